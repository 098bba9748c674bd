"""Descriptions from docstrings, `Doc` annotations and the strings below an enum's members."""

from __future__ import annotations

import ast
import enum
import inspect
import itertools
import linecache
import sys
import textwrap
from typing import Any, NamedTuple

from dagger.mod.annotations import Doc, metadata

_DEPRECATED = ".. deprecated::"
_GENERATED = "An enumeration."
"""What Python 3.10 gives an enum without a docstring."""


class MemberDoc(NamedTuple):
    """What the string below an enum's member says."""

    description: str | None
    deprecated: str | None


def of_annotation(annotation: Any) -> str | None:
    """The text of an annotation's `Doc`."""
    doc = metadata(annotation, Doc)
    return inspect.cleandoc(doc.documentation) if doc else None


def of_declared(declared: Any) -> str | None:
    """A function's or class's own docstring; what it inherits says nothing about it."""
    doc = declared.__dict__.get("__doc__") if inspect.isclass(declared) else declared.__doc__
    if not isinstance(doc, str) or doc == _GENERATED:
        return None
    return inspect.cleandoc(doc).strip() or None


def of_package(cls: type) -> str | None:
    """The docstring of the package that the class is in, or of its module."""
    module = sys.modules.get(cls.__module__)
    package = sys.modules.get(getattr(module, "__package__", None) or "")
    for candidate in (package, module):
        if candidate is not None and candidate.__doc__:
            return inspect.cleandoc(candidate.__doc__)
    return None


def of_members(cls: type[enum.Enum]) -> dict[str, MemberDoc]:
    """What stands below the members in the source; nothing when the source cannot be read."""
    try:
        tree = ast.parse(textwrap.dedent(_source(cls)))
    except (OSError, TypeError, SyntaxError):
        return {}
    body = tree.body[0].body if tree.body and isinstance(tree.body[0], ast.ClassDef) else []
    found = {}
    for statement, following in itertools.pairwise(body):
        if not isinstance(following, ast.Expr) or not isinstance(following.value, ast.Constant):
            continue
        text = following.value.value
        if not isinstance(text, str):
            continue
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        found.update({target.id: member_doc(text) for target in targets if isinstance(target, ast.Name)})
    return found


def _source(cls: type) -> str:
    """The class's source. Where Python knows the line that it begins at, the file need not be parsed for it."""
    first = cls.__dict__.get("__firstlineno__")
    file = getattr(sys.modules.get(cls.__module__), "__file__", None)
    lines = linecache.getlines(file)[first - 1 :] if first and file else []
    if not lines:
        return inspect.getsource(cls)
    indent = len(lines[0]) - len(lines[0].lstrip())
    begun = False
    for index, line in enumerate(lines):
        if begun and line.strip() and len(line) - len(line.lstrip()) <= indent:
            return "".join(lines[:index])
        # Decorators stand above the class at its own depth.
        begun = begun or line.lstrip().startswith("class ")
    return "".join(lines)


def member_doc(text: str) -> MemberDoc:
    """Splits a `.. deprecated::` directive, with its indented lines, from the description."""
    description: list[str] = []
    deprecated: list[str] | None = None
    inside = False
    for line in inspect.cleandoc(text).splitlines():
        stripped = line.strip()
        if stripped.startswith(_DEPRECATED):
            deprecated = [stripped.removeprefix(_DEPRECATED).strip()]
            inside = True
        elif inside and deprecated is not None and line[:1].isspace():
            deprecated.append(stripped)
        else:
            inside = inside and not stripped
            description.append(stripped)
    return MemberDoc(
        "\n".join(description).strip() or None,
        None if deprecated is None else "\n".join(filter(None, deprecated)),
    )
