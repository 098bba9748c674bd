"""JSON values as Python values: arguments of calls, and the state of objects."""

from __future__ import annotations

import collections.abc
import dataclasses
import enum
import inspect
import pathlib
import typing
from typing import Any

from dagger.client import base
from dagger.client.context import Context
from dagger.client.decode import enum_member
from dagger.mod import hints, markers
from dagger.mod.errors import CallError
from dagger.mod.interfaces import client_class
from dagger.mod.objects import ObjectType
from dagger.names import camel_case

_SETS = {set: set, frozenset: frozenset, collections.abc.Set: set}
_MAPS = (dict, collections.abc.Mapping, collections.abc.MutableMapping)


def load(value: Any, annotation: Any) -> Any:
    """The value as the annotation says.

    Raises:
        CallError: It does not fit.
    """
    inner, optional = hints.without_none(annotation)
    if value is None:
        if optional or inner is Any:
            return None
        raise CallError(f"got null where {_shown(inner)} is expected")
    item = hints.list_item(inner)
    if item is not None:
        return _many(value, inner, item)
    if inspect.isclass(inner) and not typing.get_args(inner):
        return _of_class(value, inner)
    return _container(value, inner)


def load_object(declared: ObjectType, state: Any) -> Any:
    """An object from its state. Its generated `__init__` runs, so that `__post_init__` can set up what is no field."""
    if not isinstance(state, collections.abc.Mapping):
        raise CallError(f"the state of {declared.name} must be a JSON object, not {type(state).__name__}")
    values = {
        each.name: load(state[each.name], each.annotation)
        for each in declared.fields
        if state.get(each.name) is not None
    }
    # An optional field without a value differs from one that is missing only by its default.
    values.update({each.name: None for each in declared.fields if each.name in state and state[each.name] is None})
    made = _generated(declared, values) if declared.generated_init else None
    if made is None:
        made = object.__new__(declared.cls)
        for each in declared.fields:
            if each.name not in values and (default := _default(each.field)) is not dataclasses.MISSING:
                object.__setattr__(made, each.name, default)
    for name, value in values.items():
        object.__setattr__(made, name, value)
    return made


def _generated(declared: ObjectType, values: dict[str, Any]) -> Any | None:
    """The object by its generated `__init__`; None when that needs what is not kept, an `InitVar`."""
    fields = {each.name for each in declared.fields}
    needed = [each for each in list(inspect.signature(declared.cls).parameters.values()) if each.default is each.empty]
    if any(each.name not in fields or each.name not in values for each in needed):
        return None
    init = {each.name for each in declared.fields if each.field.init}
    return declared.cls(**{name: value for name, value in values.items() if name in init})


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def _many(value: Any, annotation: Any, item: Any) -> Any:
    if not isinstance(value, list):
        raise CallError(f"got {_kind(value)} where a list is expected")
    items = [load(each, item) for each in value]
    origin = typing.get_origin(annotation) or annotation
    return tuple(items) if origin is tuple else items


def _of_class(value: Any, cls: type) -> Any:
    if (declared := markers.object_of(cls)) is not None:
        return load_object(declared, value)
    if (client := client_class(cls)) is not None:
        if not isinstance(value, str):
            raise CallError(f"got {_kind(value)} where the ID of a {cls.__name__} is expected")
        return client(Context().select_id(client._graphql_name(), value))  # noqa: SLF001
    if issubclass(cls, enum.Enum):
        try:
            return enum_member(cls, value)
        except ValueError as error:
            raise CallError(str(error)) from None
    if issubclass(cls, base.Scalar) or issubclass(cls, pathlib.PurePath):
        return cls(value)
    if dataclasses.is_dataclass(cls) and isinstance(value, collections.abc.Mapping):
        return _plain_dataclass(value, cls)
    return _primitive(value, cls)


def _plain_dataclass(value: collections.abc.Mapping[str, Any], cls: type) -> Any:
    """An input object of the API, keyed in its spelling, or a dataclass of the user's, keyed in Python's."""
    annotations = hints.resolved(cls)
    api = issubclass(cls, base.Input)
    given = {}
    for field in dataclasses.fields(cls):
        key = camel_case(field.name) if api else field.name
        if key in value:
            given[field.name] = load(value[key], annotations[field.name])
    return cls(**given)


def _primitive(value: Any, cls: type) -> Any:
    if cls is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if cls is int and isinstance(value, float) and value.is_integer():
        return int(value)
    fits = isinstance(value, cls) and not (cls is int and isinstance(value, bool))
    if cls is not object and not fits:
        raise CallError(f"got {_kind(value)} where {_shown(cls)} is expected")
    return value


def _container(value: Any, annotation: Any) -> Any:
    """What only a private field can hold: a mapping, a set, a tuple of several types, any value."""
    origin = typing.get_origin(annotation)
    args = typing.get_args(annotation)
    if origin in _MAPS and isinstance(value, dict):
        return {load(key, args[0]): load(item, args[1]) for key, item in value.items()}
    if origin in _SETS and isinstance(value, list):
        return _SETS[origin](load(each, args[0]) for each in value)
    if origin is tuple and isinstance(value, list):
        return tuple(load(each, arg) for each, arg in zip(value, args, strict=True))
    return value


def _shown(annotation: Any) -> str:
    return annotation.__name__ if inspect.isclass(annotation) else str(annotation)


def _kind(value: Any) -> str:
    kinds = {bool: "a boolean", int: "a number", float: "a number", str: "text", list: "a list", dict: "an object"}
    return kinds.get(type(value), type(value).__name__)
