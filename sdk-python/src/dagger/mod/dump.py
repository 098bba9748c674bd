"""Python values as JSON values: results of calls, and the state of objects. Objects of the API become IDs."""

from __future__ import annotations

import asyncio
import collections.abc
import dataclasses
import enum
import inspect
import pathlib
from typing import Any

from dagger.client import base
from dagger.mod import markers
from dagger.mod.errors import CallError
from dagger.names import camel_case


async def dump(value: Any, where: str = "the result") -> Any:
    """The value as JSON can hold it. `where` is told when it cannot.

    Raises:
        CallError: It holds what cannot leave the module.
    """
    if value is None or (isinstance(value, (bool, int, float)) and not isinstance(value, enum.Enum)):
        return value
    if isinstance(value, enum.Enum):
        return base.wire_name(value)
    if isinstance(value, (str, pathlib.PurePath)):
        return str(value)
    if isinstance(value, base.Type):
        return await value.id()
    if isinstance(value, (list, tuple, set, frozenset)):
        return await _all(list(value), where)
    if isinstance(value, collections.abc.Mapping):
        return await _mapping(value, where)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return await _dataclass(value)
    if inspect.isawaitable(value):
        raise CallError(f"{where} is a {type(value).__name__} that was not awaited; put `await` before the call")
    raise CallError(
        f"{where} is a {type(value).__name__}, which cannot leave the function. It may "
        "hold objects of the API and of the module, text, numbers, booleans, and lists of them"
    )


async def _dataclass(value: Any) -> Any:
    declared = markers.object_of(type(value))
    api = isinstance(value, base.Input)
    # A subclass of an object type that is not decorated itself keeps what the dataclass knows.
    name = declared.name if declared else type(value).__name__
    fields = [field.name for field in dataclasses.fields(value) if hasattr(value, field.name)]
    items = [dump(getattr(value, field), f"the field {field!r} of {name}") for field in fields]
    keys = [camel_case(field) for field in fields] if api else fields
    return dict(zip(keys, await _together(items), strict=True))


async def _mapping(value: collections.abc.Mapping[Any, Any], where: str) -> Any:
    for key in value:
        if not isinstance(key, str):
            raise CallError(f"{where} has a key that is no text: {key!r}")
    items = await _all(list(value.values()), where)
    return dict(zip((str(key) for key in value), items, strict=True))


async def _all(values: list[Any], where: str) -> list[Any]:
    return await _together([dump(each, where) for each in values])


async def _together(items: list[collections.abc.Coroutine[Any, Any, Any]]) -> list[Any]:
    """The IDs that they need are asked for at the same time."""
    if len(items) == 1:
        return [await items[0]]
    return list(await asyncio.gather(*items))
