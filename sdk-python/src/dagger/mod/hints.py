"""Reads annotations: resolved, and taken apart into what matters."""

from __future__ import annotations

import collections.abc
import functools
import types
import typing
from typing import Any

import typing_extensions

from dagger.mod.errors import DeclarationError

_UNIONS = (typing.Union, types.UnionType)
_LISTS = (list, collections.abc.Sequence, collections.abc.Iterable, collections.abc.Collection)
_SELF = (typing_extensions.Self, getattr(typing, "Self", typing_extensions.Self))


@functools.cache
def resolved(declared: Any) -> dict[str, Any]:
    """The annotations of a function or class, forward references resolved, `Annotated` kept.

    Raises:
        DeclarationError: A name in them does not exist at run time.
    """
    try:
        return typing.get_type_hints(declared, include_extras=True)
    except NameError as error:
        name = getattr(declared, "__qualname__", repr(declared))
        msg = (
            f"an annotation of {name} cannot be resolved: {error}. Names in the annotations of functions and fields "
            "must exist at run time, so do not import them under `if TYPE_CHECKING`"
        )
        raise DeclarationError(msg, declared) from error


def plain(annotation: Any) -> Any:
    """Without `Annotated`, type aliases, `NewType` and `InitVar`."""
    while True:
        if typing.get_origin(annotation) is typing.Annotated:
            annotation = typing.get_args(annotation)[0]
        elif hasattr(annotation, "__supertype__"):
            annotation = annotation.__supertype__
        elif type(annotation).__name__ == "TypeAliasType":
            annotation = annotation.__value__
        elif type(annotation).__name__ == "InitVar":
            annotation = annotation.type
        else:
            return annotation


def without_none(annotation: Any) -> tuple[Any, bool]:
    """The type without None, and whether None was in it. A union of several other types stays one."""
    annotation = plain(annotation)
    if typing.get_origin(annotation) not in _UNIONS:
        return annotation, annotation is None or annotation is type(None)
    members = [member for member in typing.get_args(annotation) if member is not type(None)]
    optional = len(members) < len(typing.get_args(annotation))
    if len(members) == 1:
        inner, nested = without_none(members[0])
        return inner, optional or nested
    return annotation, optional


def list_item(annotation: Any) -> Any | None:
    """The type of a list's items; None when it is no list. A bare `list` has items of any type."""
    annotation = plain(annotation)
    origin = typing.get_origin(annotation) or annotation
    args = typing.get_args(annotation)
    if origin in _LISTS:
        return args[0] if args else Any
    if origin is tuple:
        homogeneous = 2  # tuple[T, ...]
        return args[0] if len(args) == homogeneous and args[1] is Ellipsis else None
    return None


def is_self(annotation: Any) -> bool:
    """Whether it is `Self`."""
    return any(annotation is each for each in _SELF)
