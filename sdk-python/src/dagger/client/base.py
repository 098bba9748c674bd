"""Base classes of the generated types."""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from typing_extensions import Self

    from dagger.client.context import Context
    from dagger.client.query import Arg

T = TypeVar("T")


class Scalar(str):
    """A leaf of the API with a text form of its own."""

    __slots__ = ()


class Enum(enum.Enum):
    """An enum of the API; a member's value is its name there."""

    __slots__ = ()

    def __str__(self) -> str:
        return str(self.value)


def wire_name(member: enum.Enum) -> str:
    """How a member travels: a generated one by its value, since Python may spell its name differently."""
    return str(member.value) if isinstance(member, Enum) else member.name


class Object:
    """Whatever has a name in the API."""

    __slots__ = ()

    @classmethod
    def _graphql_name(cls) -> str:
        return cls.__name__


class Input(Object):
    """A record that travels as an argument; its classes are dataclasses."""

    __slots__ = ()


class Type(Object):
    """An object of the API: a chain of selections that nothing has run yet."""

    __slots__ = ("_ctx",)

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and isinstance(other, Type) and self._ctx == other._ctx

    def __hash__(self) -> int:
        return hash((type(self), self._ctx))

    def _select(self, field: str, *arguments: Arg) -> Context:
        return self._ctx.select(field, *arguments)

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    def with_(self, cb: Callable[[Self], T]) -> T:
        """Calls a function with this object, so that own steps fit into a chain."""
        return cb(self)


class Root(Type):
    """The API's entry."""

    __slots__ = ()

    def __init__(self, ctx: Context | None = None) -> None:
        if ctx is None:
            from dagger.client.context import Context  # noqa: PLC0415  (base is imported by context)

            ctx = Context()
        super().__init__(ctx)

    @classmethod
    def _graphql_name(cls) -> str:
        return "Query"
