"""What a module offers, as plain data: the tree that the host's `definitions` interface has as a table."""

from __future__ import annotations

import dataclasses
from typing import Any, Literal

__all__ = [
    "ArgumentDef",
    "EnumDef",
    "EnumMemberDef",
    "FieldDef",
    "FunctionDef",
    "InterfaceDef",
    "Location",
    "ModuleDef",
    "ObjectDef",
    "TypeDef",
]

Kind = Literal[
    "string",
    "integer",
    "float",
    "boolean",
    "void",
    "scalar",
    "object",
    "interface",
    "enum",
    "input",
    "list",
    "optional",
]


@dataclasses.dataclass(frozen=True)
class TypeDef:
    """A type: a plain kind, a kind with a name, or a list or optional of another type."""

    kind: Kind
    name: str = ""
    of: TypeDef | None = None

    def required(self) -> TypeDef:
        """The type without its `optional`."""
        return self.of if self.kind == "optional" and self.of is not None else self

    def optional(self) -> TypeDef:
        """The type, or null."""
        return self if self.kind in {"optional", "void"} else TypeDef("optional", of=self)


@dataclasses.dataclass(frozen=True)
class Location:
    """Where something is declared: a path of the interpreter, and a line from 1."""

    file: str
    line: int


@dataclasses.dataclass
class ArgumentDef:
    """An argument of a function."""

    name: str
    type: TypeDef
    description: str | None = None
    default: str | None = None
    """JSON text."""
    annotations: dict[str, Any] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class FunctionDef:
    """A function; the constructor's name is empty."""

    name: str
    returns: TypeDef
    description: str | None = None
    arguments: list[ArgumentDef] = dataclasses.field(default_factory=list)
    location: Location | None = None
    annotations: dict[str, Any] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class FieldDef:
    """A field that callers can read."""

    name: str
    original_name: str
    type: TypeDef
    description: str | None = None
    annotations: dict[str, Any] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class ObjectDef:
    """An object type."""

    name: str
    description: str | None = None
    fields: list[FieldDef] = dataclasses.field(default_factory=list)
    functions: list[FunctionDef] = dataclasses.field(default_factory=list)
    constructor: FunctionDef | None = None
    location: Location | None = None
    annotations: dict[str, Any] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class EnumMemberDef:
    """A member of an enum."""

    name: str
    value: str
    description: str | None = None
    annotations: dict[str, Any] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class EnumDef:
    """An enum type."""

    name: str
    description: str | None = None
    members: list[EnumMemberDef] = dataclasses.field(default_factory=list)
    location: Location | None = None


@dataclasses.dataclass
class InterfaceDef:
    """An interface type."""

    name: str
    description: str | None = None
    functions: list[FunctionDef] = dataclasses.field(default_factory=list)
    location: Location | None = None


@dataclasses.dataclass
class ModuleDef:
    """Everything that a module offers."""

    main_object: str
    description: str | None = None
    objects: list[ObjectDef] = dataclasses.field(default_factory=list)
    enums: list[EnumDef] = dataclasses.field(default_factory=list)
    interfaces: list[InterfaceDef] = dataclasses.field(default_factory=list)
