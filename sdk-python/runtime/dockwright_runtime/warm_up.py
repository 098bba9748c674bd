"""Runs a small module once while the component is built, so that what a call needs is ready in the snapshot."""

from __future__ import annotations

import asyncio
import sys
import types
from typing import Any

import dagger
from dagger.client import transport
from dagger.mod import hints
from dagger.mod.describe import describe, select_main
from dagger.mod.invoke import invoke
from dockwright_runtime import event_loop
from dockwright_runtime.failure import failure
from dockwright_runtime.wit_types import module_def

_NAME = "warm_up_module"
_SOURCE = '''
"""A module."""
import asyncio
from typing import Annotated, Optional

import anyio
import dagger
from dagger import DefaultPath, Doc, dag, enum_type, field, function, object_type


@enum_type
class Level(dagger.Enum):
    LOW = "LOW", "Low"


@object_type
class Part:
    name: str = field(default="part")


@object_type
class WarmUpModule:
    """An object."""

    version: Annotated[str, Doc("A version")] = "1"

    @function
    async def ask(
        self,
        source: Annotated[dagger.Directory, DefaultPath("/"), Doc("A directory")],
        names: list[str] = [],
        level: Level = Level.LOW,
        flag: Optional[bool] = None,
        text: str | None = None,
    ) -> str:
        """A function."""

        async def one():
            return await dag.container().from_("image").with_directory("/", source).stdout()

        async with anyio.create_task_group() as group:
            group.start_soon(one)
        return "".join(await asyncio.gather(one(), one()))

    @function
    def part(self) -> Part:
        return Part()

    @function
    def fail(self) -> str:
        raise KeyError("key")
'''


class _Answers:
    """An API that has one answer."""

    async def execute(self, document: str) -> str:  # noqa: ARG002
        await asyncio.sleep(0)
        return '{"data":{"container":{"from":{"withDirectory":{"stdout":"text"}}}}}'


def run() -> None:
    """Declares, describes and calls it, then forgets it."""
    registry = dagger.default_module()
    module = types.ModuleType(_NAME)
    sys.modules[_NAME] = module
    previous = transport.install(_Answers())
    try:
        exec(compile(_SOURCE, "/src/warm_up_module.py", "exec"), module.__dict__)  # noqa: S102
        module_def(describe(registry, select_main(registry, _NAME)))
        calls: list[tuple[str, dict[str, Any]]] = [("", {}), ("ask", {"source": "id", "names": ["a"]}), ("part", {})]
        for name, arguments in calls:
            event_loop.run(invoke(registry, "WarmUpModule", {"version": "1"}, name, arguments))
        try:
            event_loop.run(invoke(registry, "WarmUpModule", {}, "fail", {}))
        except KeyError as error:
            failure(error)
    finally:
        transport.install(previous)
        registry.clear()
        hints.resolved.cache_clear()
        del sys.modules[_NAME]
