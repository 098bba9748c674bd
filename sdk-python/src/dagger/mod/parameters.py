"""The parameters of functions and constructors, as users declared them."""

from __future__ import annotations

import dataclasses
import enum
import inspect
import json
from collections.abc import Callable
from typing import Any

from dagger.client import base
from dagger.mod import docs
from dagger.mod.annotations import DefaultAddress, DefaultPath, Deprecated, Ignore, Name, metadata
from dagger.mod.definitions import ArgumentDef
from dagger.mod.errors import DeclarationError
from dagger.mod.type_defs import type_def
from dagger.names import camel_case

NO_DEFAULT = inspect.Parameter.empty


@dataclasses.dataclass(frozen=True)
class Parameter:
    """A parameter with its API name, its full annotation and its default."""

    name: str
    api_name: str
    annotation: Any
    default: Any = NO_DEFAULT

    @property
    def has_default(self) -> bool:
        """Whether Python has a value for it when the caller gives none."""
        return self.default is not NO_DEFAULT


def of_callable(function: Callable[..., Any], annotations: dict[str, Any], *, skip_first: bool) -> list[Parameter]:
    """The parameters of a function; the first is left out when it is `self`.

    Raises:
        DeclarationError: One has no annotation, or takes any number of arguments.
    """
    parameters = list(inspect.signature(function).parameters.values())
    if skip_first:
        if not parameters:
            raise DeclarationError(f"{function.__qualname__} has no `self`: a function must be a method", function)
        parameters = parameters[1:]
    return [_parameter(each, annotations, function) for each in parameters]


def _parameter(parameter: inspect.Parameter, annotations: dict[str, Any], function: Any) -> Parameter:
    where = f"parameter {parameter.name!r} of {function.__qualname__}"
    if parameter.kind in {parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD}:
        raise DeclarationError(f"{where} takes any number of arguments, which the API cannot offer", function)
    if parameter.kind is parameter.POSITIONAL_ONLY:
        raise DeclarationError(f"{where} is positional-only, but callers give arguments by name", function)
    if parameter.name not in annotations:
        raise DeclarationError(f"{where} has no type annotation", function)
    annotation = annotations[parameter.name]
    return Parameter(parameter.name, api_name(parameter.name, annotation), annotation, parameter.default)


def api_name(name: str, annotation: Any) -> str:
    """The `Name` of an annotation, else the name in the API's spelling."""
    alternative = metadata(annotation, Name)
    return alternative.name if alternative else camel_case(name)


def describe(parameter: Parameter, owner: type | None, declared: Any) -> ArgumentDef:
    """The argument that the API offers for it."""
    annotation = parameter.annotation
    found = type_def(annotation, owner, declared)
    default = None
    if parameter.has_default:
        default = default_json(parameter.default)
        if default is None:
            found = found.optional()
    annotations: dict[str, Any] = {}
    if path := metadata(annotation, DefaultPath):
        annotations["defaultPath"] = str(path)
    if address := metadata(annotation, DefaultAddress):
        annotations["defaultAddress"] = str(address)
    if ignore := metadata(annotation, Ignore):
        annotations["ignore"] = list(ignore.patterns)
    if deprecated := metadata(annotation, Deprecated):
        annotations["deprecated"] = str(deprecated)
    return ArgumentDef(parameter.api_name, found, docs.of_annotation(annotation), default, annotations)


def default_json(value: Any) -> str | None:
    """The default as JSON text; none when it is None or cannot be written, and so stays in Python."""
    if value is None:
        return None
    try:
        return json.dumps(_plain(value))
    except TypeError:
        return None


def _plain(value: Any) -> Any:
    if isinstance(value, enum.Enum):
        return base.wire_name(value)
    if isinstance(value, base.Input) and dataclasses.is_dataclass(value):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        return {camel_case(name): _plain(item) for name, item in fields.items() if item is not None}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value
