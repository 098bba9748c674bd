# Generated from the modules' definitions by dockwright; do not edit.
# ruff: noqa
"""Bindings of the modules ci, pond."""

from __future__ import annotations

import collections.abc
from typing import Any

from dagger.client.base import Enum, Type
from dagger.client.gen import *
from dagger.client.query import Arg


class CiSeverity(Enum):
    """How bad."""

    LOW = "LOW"
    """Not so bad."""

    VERY_HIGH = "VERY_HIGH"

    None_ = "None"


class CiDuck(Type):
    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def quack(self) -> str:
        _ctx = self._select("quack")
        return await _ctx.execute(str)


class Ci(Type):
    """Build, lint and test."""

    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def lint(
        self,
        from_: str,
        *,
        level: CiSeverity | None = CiSeverity.LOW,
        names: list[str] | None = None,
    ) -> str:
        """Lints.

        Args:
            from_: Where to begin.
        """
        _ctx = self._select("lint", Arg("from", from_), Arg("level", level, CiSeverity.LOW), Arg("names", names, None))
        return await _ctx.execute(str)

    def with_level(self, level: CiSeverity) -> Ci:
        _ctx = self._select("withLevel", Arg("level", level))
        return Ci(_ctx)

    async def list_(self) -> list[CiReport]:
        """Deprecated: use reports"""
        _ctx = self._select("list")
        return await _ctx.execute_objects(CiReport)

    async def verify(self) -> None:
        _ctx = self._select("verify")
        await _ctx.execute(None)

    async def listen(self, duck: CiDuck) -> int | None:
        _ctx = self._select("listen", Arg("duck", duck))
        return await _ctx.execute(int | None)

    def image(self, *, platform: Platform | None = None) -> Container:
        _ctx = self._select("image", Arg("platform", platform, None))
        return Container(_ctx)


class CiReport(Type):
    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def ok(self) -> bool:
        """Whether it is good."""
        _ctx = self._select("ok")
        return await _ctx.execute(bool)


class Pond(Type):
    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    def mallard(self) -> PondMallard:
        _ctx = self._select("mallard")
        return PondMallard(_ctx)


class PondMallard(Type):
    async def id(self) -> str:
        """Identifies the object within the session."""
        return await self._ctx.execute_id()

    async def quack(self) -> str:
        _ctx = self._select("quack")
        return await _ctx.execute(str)

    def as_ci_duck(self) -> CiDuck:
        """The object as a CiDuck."""
        _ctx = self._select("asCiDuck")
        return CiDuck(_ctx)


class Constructor(Type):
    """What the modules add to `dag`."""

    def ci(self, *, source: Directory | None = None, python: str | None = "3.12") -> Ci:
        """Builds things.

        Args:
            python: Python version.
        """
        _ctx = self._select("ci", Arg("source", source, None), Arg("python", python, "3.12"))
        return Ci(_ctx)

    def pond(self) -> Pond:
        _ctx = self._select("pond")
        return Pond(_ctx)


__all__ = [
    "Ci",
    "CiDuck",
    "CiReport",
    "CiSeverity",
    "Pond",
    "PondMallard",
]
