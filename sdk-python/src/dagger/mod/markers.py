"""The marks that decorators leave on classes and functions, and how to read them."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dagger.mod.interfaces import InterfaceType
    from dagger.mod.objects import ObjectType

OBJECT = "__dagger_object__"
INTERFACE = "__dagger_interface__"
ENUM = "__dagger_enum__"
FUNCTION = "__dagger_function__"
TRAITS = "__dagger_traits__"
FIELD = "dagger_field"
"""Key in the metadata of a dataclass field."""


@dataclasses.dataclass(frozen=True)
class FunctionOptions:
    """What `@function(…)` was given."""

    name: str | None = None
    doc: str | None = None
    cache: str | None = None
    deprecated: str | None = None


@dataclasses.dataclass(frozen=True)
class FieldOptions:
    """What `field(…)` was given."""

    name: str | None = None
    deprecated: str | None = None


def object_of(cls: type) -> ObjectType | None:
    """The class's own mark; a base class's says nothing about it."""
    return cls.__dict__.get(OBJECT)


def interface_of(cls: type) -> InterfaceType | None:
    """The protocol's own mark."""
    return cls.__dict__.get(INTERFACE)


def is_enum_type(cls: type) -> bool:
    """Whether it is decorated with `@enum_type`."""
    return ENUM in cls.__dict__


def options_of(member: Any) -> FunctionOptions | None:
    """What `@function` left on it."""
    return getattr(member, FUNCTION, None)


def traits_of(member: Any) -> tuple[str, ...]:
    """`check`, `generate`, `up` and `agent` where they decorate it."""
    return getattr(member, TRAITS, ())


def add_trait(member: Any, trait: str) -> None:
    """Leaves a trait on a function."""
    setattr(member, TRAITS, (*traits_of(member), trait))
