"""Runs a chain of selections: arguments' IDs first, then the request, then the answer as Python values."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from dagger.client import transport
from dagger.client.base import Type
from dagger.client.decode import decode
from dagger.client.query import Arg, Selection, document, pick
from dagger.errors import TransportError, query_error

if TYPE_CHECKING:
    from typing_extensions import Self

T = TypeVar("T", bound=Type)


class Context:
    """A chain. Selecting gives a longer one; only the `execute` methods send anything. An ID is asked for once."""

    __slots__ = ("_chain", "_loaded_id")

    def __init__(self, chain: tuple[Selection, ...] = (), loaded_id: str | None = None) -> None:
        self._chain = chain
        self._loaded_id = loaded_id

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Context) and self._chain == other._chain

    def __hash__(self) -> int:
        return hash(tuple(step.field for step in self._chain))

    def select(self, field: str, *arguments: Arg) -> Context:
        """One step further; arguments that equal their defaults are left out."""
        sent = {argument.name: argument.value for argument in arguments if argument.is_sent()}
        return Context((*self._chain, Selection(field, sent)))

    def select_id(self, type_name: str, id_value: str) -> Context:
        """A chain that begins at the object of that ID; its `id` needs no request."""
        return Context((Selection("node", {"id": str(id_value)}, type_name),), str(id_value))

    async def execute(self, annotation: Any) -> Any:
        """The value of the chain's last step, as the annotation says. With None the answer is dropped."""
        value = await self._request()
        return None if annotation is None else decode(value, annotation)

    async def execute_id(self) -> str:
        """The ID of the object that the chain leads to."""
        if self._loaded_id is None:
            self._loaded_id = str(await self.select("id").execute(str))
        return self._loaded_id

    async def execute_sync(self, owner: T) -> T:
        """The owner again, once the API has evaluated it: the last step answers with its ID."""
        id_value = await self.execute(str)
        return type(owner)(self.select_id(owner._graphql_name(), id_value))  # noqa: SLF001

    async def execute_objects(self, element: type[T]) -> list[T]:
        """The objects of a list, each loaded by its ID."""
        # The list is the chain's last step but one: its items answer with their IDs.
        items = await Context((*self._chain, Selection("id")))._request(self._chain)  # noqa: SLF001
        name = element._graphql_name()  # noqa: SLF001
        return [element(self.select_id(name, item["id"])) for item in items or ()]

    async def _request(self, answer: tuple[Selection, ...] | None = None) -> Any:
        query = document(await self._with_ids())
        response = _parse(await transport.current().execute(query))
        if errors := response.get("errors"):
            raise query_error(errors, query)
        return pick(response.get("data"), self._chain if answer is None else answer)

    async def _with_ids(self) -> tuple[Selection, ...]:
        """The chain with its objects replaced by their IDs, which are asked for at the same time."""
        objects = [value for step in self._chain for value in _objects(step.arguments.values())]
        if not objects:
            return self._chain
        ids = dict(zip(map(_Identity, objects), await _together([each.id() for each in objects]), strict=True))
        return tuple(
            step._replace(arguments={name: _replace(value, ids) for name, value in step.arguments.items()})
            for step in self._chain
        )

    def __repr__(self) -> str:
        return f"Context({'.'.join(step.field for step in self._chain)})"

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self


class _Identity:
    """Key of one object, whatever it equals."""

    __slots__ = ("_object",)

    def __init__(self, value: Type) -> None:
        self._object = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and self._object is other._object

    def __hash__(self) -> int:
        return id(self._object)


def _objects(values: Any) -> list[Type]:
    found: list[Type] = []
    for value in values:
        if isinstance(value, Type):
            found.append(value)
        elif isinstance(value, (list, tuple)):
            found.extend(_objects(value))
    return found


def _replace(value: Any, ids: dict[_Identity, str]) -> Any:
    if isinstance(value, Type):
        return ids[_Identity(value)]
    if isinstance(value, (list, tuple)):
        return [_replace(each, ids) for each in value]
    return value


async def _together(requests: Sequence[Awaitable[str]]) -> list[str]:
    if len(requests) == 1:
        return [await requests[0]]
    return await asyncio.gather(*requests)


def _parse(text: str) -> dict[str, Any]:
    try:
        response = json.loads(text)
    except ValueError as error:
        msg = f"the API's answer is no JSON: {error}"
        raise TransportError(msg) from error
    if not isinstance(response, dict):
        msg = "the API's answer is no GraphQL response"
        raise TransportError(msg)
    return response


__all__ = ["Context"]
