"""Runs one function of the module."""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from typing import Any

from dagger.client.base import Type
from dagger.mod import hints
from dagger.mod.dump import dump
from dagger.mod.errors import CallError
from dagger.mod.load import load, load_object
from dagger.mod.module import Module
from dagger.mod.objects import ObjectType
from dagger.mod.parameters import Parameter


async def invoke(
    module: Module, parent_type: str, parent: Mapping[str, Any], name: str, arguments: Mapping[str, Any]
) -> str:
    """The function's result as JSON text. An empty name means the constructor.

    Raises:
        CallError: The module has no such function, or a value does not fit. What the function raises passes through.
    """
    declared = _object(module, parent_type)
    if not name:
        constructor = declared.constructor
        given = _arguments(constructor.parameters, arguments, f"the constructor of {declared.name}")
        made = await _awaited(constructor.call(**given))
        if not isinstance(made, declared.cls):
            raise CallError(f"the constructor of {declared.name} returned a {type(made).__name__}")
        return _json(await dump(made))
    function = declared.functions.get(name)
    if function is None:
        raise CallError(f"{declared.name} has no function {name!r}; it has: {', '.join(declared.functions) or 'none'}")
    where = f"{declared.name}.{function.original.__name__}"
    given = _arguments(function.parameters, arguments, where)
    result = await _awaited(function.bind(load_object(declared, parent))(**given))
    returned, optional = hints.without_none(function.returns)
    if returned is None or returned is type(None):
        return "null"
    if result is None and not optional:
        raise CallError(f"{where} returned None, but its annotation promises a value; add `| None` or a `return`")
    return _json(await dump(result, f"what {where} returned"))


def _object(module: Module, name: str) -> ObjectType:
    for declared in module.objects.values():
        if declared.name == name:
            return declared
    raise CallError(f"the module has no object {name!r}; it has: {', '.join(module.objects) or 'none'}")


def _arguments(parameters: list[Parameter], given: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The arguments by Python's names; those that were not given keep Python's defaults."""
    values: dict[str, Any] = {}
    for parameter in parameters:
        if parameter.api_name not in given:
            if not parameter.has_default:
                if hints.without_none(parameter.annotation)[1]:
                    values[parameter.name] = None
                    continue
                raise CallError(f"{where} needs the argument {parameter.api_name!r}")
            continue
        value = given[parameter.api_name]
        if value is None and parameter.has_default and not hints.without_none(parameter.annotation)[1]:
            continue
        try:
            values[parameter.name] = load(value, parameter.annotation)
        except CallError as error:
            raise CallError(f"the argument {parameter.api_name!r} of {where}: {error}") from None
    return values


async def _awaited(value: Any) -> Any:
    # An object of the API can be awaited too, but awaiting it means to evaluate it.
    return await value if inspect.isawaitable(value) and not isinstance(value, Type) else value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
