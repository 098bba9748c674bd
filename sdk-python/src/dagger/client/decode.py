"""Values of a response as Python values, by the type that a method promises."""

from __future__ import annotations

import enum
import types
import typing
from typing import Any

from dagger.client.base import Scalar

_UNIONS = (typing.Union, types.UnionType)


def decode(value: Any, annotation: Any) -> Any:
    """The value as the annotation says; null stays None."""
    if value is None:
        return None
    origin = typing.get_origin(annotation)
    if origin in _UNIONS:
        inner = next(arg for arg in typing.get_args(annotation) if arg is not type(None))
        return decode(value, inner)
    if origin is list:
        (item,) = typing.get_args(annotation)
        return [decode(each, item) for each in value]
    if isinstance(annotation, type):
        if issubclass(annotation, enum.Enum):
            return enum_member(annotation, value)
        if issubclass(annotation, Scalar):
            return annotation(value)
        if annotation is float:
            return float(value)
    return value


def enum_member(cls: type[enum.Enum], value: str) -> enum.Enum:
    """The member of that name, or of that value when none has the name.

    Raises:
        ValueError: There is neither.
    """
    member = cls.__members__.get(value)
    if member is not None:
        return member
    for candidate in cls:
        if candidate.value == value:
            return candidate
    msg = f"{value!r} is none of {cls.__name__}'s members: {', '.join(cls.__members__)}"
    raise ValueError(msg)
