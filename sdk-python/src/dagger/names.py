"""How the API spells Python's names."""

from __future__ import annotations

import re

_WORD = re.compile(r"[-_ .]+")
_CASE = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z]+|[0-9]+|[^A-Za-z0-9]+")


def camel_case(name: str) -> str:
    """`with_exec` → `withExec`, `from_` → `from`."""
    first, *rest = [word for word in _WORD.split(name) if word] or [""]
    return first[:1].lower() + first[1:] + "".join(word[:1].upper() + word[1:] for word in rest)


def pascal_case(name: str) -> str:
    """`my-module` → `MyModule`."""
    return "".join(word[:1].upper() + word[1:] for word in _WORD.split(name) if word)


def snake_case(name: str) -> str:
    """`withExec` → `with_exec`."""
    words = [word for part in _WORD.split(name) for word in _CASE.findall(part)]
    return "_".join(words).lower()


def namespaced(module: str, name: str) -> str:
    """The API name of a module's type: prefixed with the module's name, once."""
    prefix = pascal_case(module)
    rest = name[len(prefix) :]
    if name.startswith(prefix) and (not rest or rest[0].isupper() or rest[0].isdigit()):
        return name
    return prefix + name
