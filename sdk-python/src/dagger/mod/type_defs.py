"""An annotation as a type of the API."""

from __future__ import annotations

import enum
import inspect
import types
import typing
from typing import Any

from dagger.client import base
from dagger.mod import hints
from dagger.mod.definitions import TypeDef
from dagger.mod.errors import DeclarationError
from dagger.mod.markers import interface_of, is_enum_type, object_of

_PRIMITIVES: dict[Any, TypeDef] = {
    str: TypeDef("string"),
    int: TypeDef("integer"),
    float: TypeDef("float"),
    bool: TypeDef("boolean"),
    None: TypeDef("void"),
    type(None): TypeDef("void"),
}


def type_def(annotation: Any, owner: type | None = None, used_by: Any = None) -> TypeDef:
    """The type that an annotation means. `owner` is what `Self` stands for; `used_by` is told in errors.

    Raises:
        DeclarationError: The API has no such type.
    """
    inner, optional = hints.without_none(annotation)
    found = _required(inner, owner, used_by)
    return found.optional() if optional else found


def _required(annotation: Any, owner: type | None, used_by: Any) -> TypeDef:
    if hints.is_self(annotation) and owner is not None:
        annotation = owner
    if inspect.isclass(annotation) or annotation is None:
        if annotation in _PRIMITIVES:
            return _PRIMITIVES[annotation]
        if inspect.isclass(annotation) and (named := _named(annotation, used_by)) is not None:
            return named
    item = hints.list_item(annotation)
    if item is not None and item is not Any:
        return TypeDef("list", of=type_def(item, owner, used_by))
    raise DeclarationError(f"{_where(used_by)}{_shown(annotation)} is no type of the API{_advice(annotation)}", used_by)


def _named(cls: type, used_by: Any) -> TypeDef | None:
    if (declared := object_of(cls)) is not None:
        return TypeDef("object", declared.name)
    if (protocol := interface_of(cls)) is not None:
        return TypeDef("interface", protocol.name)
    if issubclass(cls, enum.Enum):
        if is_enum_type(cls) or issubclass(cls, base.Enum):
            return TypeDef("enum", cls.__name__)
        msg = f"{_where(used_by)}the enum {cls.__name__} must be decorated with @enum_type"
        raise DeclarationError(msg, used_by)
    if issubclass(cls, base.Scalar):
        # The old scalars for IDs are text to the API.
        is_id = cls.__module__.startswith("dagger.") and cls.__name__.endswith("ID")
        return TypeDef("string") if is_id else TypeDef("scalar", cls.__name__)
    if issubclass(cls, base.Input):
        return TypeDef("input", cls.__name__)
    if issubclass(cls, base.Type):
        return TypeDef("object", cls._graphql_name())
    return None


def _where(used_by: Any) -> str:
    name = getattr(used_by, "__qualname__", None)
    return f"{name}: " if name else ""


def _shown(annotation: Any) -> str:
    return annotation.__name__ if inspect.isclass(annotation) and not typing.get_args(annotation) else str(annotation)


def _advice(annotation: Any) -> str:
    origin = typing.get_origin(annotation) or annotation
    if origin is dict:
        return "; return a list of objects, or the JSON scalar, instead of a dict"
    if origin is list:
        return "; say what the list holds, such as list[str]"
    if annotation is Any:
        return "; say which type it is"
    if origin in {typing.Union, types.UnionType}:
        return "; a union may only be of one type and None"
    if inspect.isclass(annotation):
        return "; decorate the class with @object_type, @interface or @enum_type"
    return ""
