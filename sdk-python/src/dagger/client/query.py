"""GraphQL documents from chains of selections.

Values are written into the document, so a request has no variables. Objects are IDs by then.
"""

from __future__ import annotations

import dataclasses
import enum
import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from dagger.client.base import Input, wire_name
from dagger.errors import InvalidQueryError, TransportError
from dagger.names import camel_case

REQUIRED: Any = object()
"""Default of an argument that is always sent."""


class Arg(NamedTuple):
    """An argument of a field, with the value that need not be sent."""

    name: str
    value: Any
    default: Any = REQUIRED

    def is_sent(self) -> bool:
        """Whether the document must carry it: None and the default mean the same to the API."""
        if self.default is REQUIRED:
            return True
        return self.value is not None and self.value != self.default


class Selection(NamedTuple):
    """One step of a chain."""

    field: str
    arguments: Mapping[str, Any] = {}
    on_type: str | None = None
    """Type of the fragment that the next step is inside."""


def document(chain: tuple[Selection, ...]) -> str:
    """The query that selects the last step of the chain."""
    parts = []
    depth = 0
    for step in chain:
        parts.append("{" + step.field + _arguments(step.arguments))
        depth += 1
        if step.on_type is not None:
            parts.append("{... on " + step.on_type)
            depth += 1
    return "".join(parts) + "}" * depth


def pick(data: Any, chain: tuple[Selection, ...]) -> Any:
    """The value of the chain's last step in a response; None when a step before it is null.

    Raises:
        TransportError: The response does not answer the chain.
    """
    for step in chain:
        if data is None:
            return None
        if not isinstance(data, dict) or step.field not in data:
            raise TransportError(f"the API's answer lacks {step.field!r}")
        data = data[step.field]
    return data


def _arguments(arguments: Mapping[str, Any]) -> str:
    if not arguments:
        return ""
    return "(" + ", ".join(f"{name}: {literal(value)}" for name, value in arguments.items()) + ")"


def literal(value: Any) -> str:
    """A value as a GraphQL literal."""
    if value is None:
        return "null"
    if isinstance(value, enum.Enum):
        return wire_name(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(str(value), ensure_ascii=False)
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, float):
        return json.dumps(value, allow_nan=False)
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(literal, value)) + "]"
    if isinstance(value, Input):
        return "{" + ", ".join(f"{name}: {literal(item)}" for name, item in _input_fields(value)) + "}"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {literal(item)}" for name, item in value.items()) + "}"
    raise InvalidQueryError(f"a value of type {type(value).__name__} cannot be sent to the API")


def _input_fields(value: Input) -> Iterator[tuple[str, Any]]:
    for field in dataclasses.fields(value):  # type: ignore[arg-type]
        item = getattr(value, field.name)
        if item is not None:
            yield camel_case(field.name), item
