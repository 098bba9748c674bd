"""Calls: arguments and state come as JSON, results and state leave as JSON."""

from __future__ import annotations

import dataclasses
import enum
import json
import pathlib
import sys
from typing import Annotated, Any, Optional, Protocol

import pytest
from typing_extensions import Self

import dagger
from dagger import Name, dag
from dagger.mod.errors import CallError
from dagger.mod.invoke import invoke
from dagger.mod.module import Module, field

mod = Module()


@mod.enum_type
class Level(dagger.Enum):
    LOW = "low"
    HIGH = "high"


@mod.enum_type
class Plain(enum.Enum):
    ONE = "1"


@mod.interface
class Duck(Protocol):
    @mod.function
    async def quack(self, times: int = 1, loud_voice: bool = False) -> str: ...

    @mod.function
    def pond(self) -> dagger.Directory: ...

    @mod.function
    async def eggs(self) -> list[dagger.File]: ...

    @mod.function
    def friend(self) -> Duck: ...


mod.interfaces["Duck"].module_name = "main"


@mod.object_type
class Part:
    name: str = field()
    image: Optional[dagger.Container] = field(default=None)  # noqa: UP045


@mod.object_type
class Main:
    version: str = "3.12"
    parts: list[Part] = field(default=list)
    source: dagger.Directory | None = None
    table: dict[str, int] = dataclasses.field(default_factory=dict)
    names: set[str] = dataclasses.field(default_factory=set)
    path: pathlib.Path = pathlib.Path("/")
    level: Level = Level.LOW

    def __post_init__(self) -> None:
        self.derived = self.version.upper()

    @mod.function
    def echo(
        self,
        text: str = "default",
        number: float = 1,
        level: Level = Level.LOW,
        plain: Plain = Plain.ONE,
        maybe: Optional[int] = 5,  # noqa: UP045
        renamed: Annotated[list[int], Name("other")] = [],  # noqa: B006
    ) -> str:
        return repr((text, number, level.name, plain.name, maybe, renamed))

    @mod.function
    def state(self) -> str:
        return repr((self.version, self.derived, sorted(self.names), self.table, str(self.path), self.level.name))

    @mod.function
    async def entries(self, directory: dagger.Directory) -> list[str]:
        return await directory.entries()

    @mod.function
    def with_part(self, part: Part) -> Self:
        self.parts.append(part)
        self.names.add(part.name)
        self.table["n"] = len(self.parts)
        return self

    @mod.function
    def containers(self) -> list[dagger.Container]:
        return [dag.container().from_("a"), dag.container().from_("b")]

    @mod.function
    def base(self) -> dagger.Container:
        return dag.container()

    @mod.function
    def nothing(self) -> None: ...

    @mod.function
    def forgot(self) -> str: ...

    @mod.function
    def optional(self) -> str | None:
        return None

    @mod.function
    def unusable(self) -> str:
        return object()  # type: ignore[return-value]

    @mod.function
    def unawaited(self) -> str:
        return dag.version()  # type: ignore[return-value]

    @mod.function
    async def listen(self, duck: Duck) -> str:
        pond = await duck.pond().entries()
        eggs = [await each.name() for each in await duck.eggs()]
        friend = await duck.friend().quack(2)
        return f"{await duck.quack(loud_voice=True)} {pond} {eggs} {friend}"

    @mod.function
    def same(self, duck: Duck) -> Duck:
        return duck

    part = mod.function(Part)

    @mod.function
    def ports(self, forward: dagger.PortForward) -> str:
        return repr(forward)


def call(run, name: str, parent: Any = None, /, **arguments: Any) -> Any:
    return json.loads(run(invoke(mod, "Main", parent or {}, name, arguments)))


def test_defaults_and_arguments(run):
    assert call(run, "echo") == "('default', 1, 'LOW', 'ONE', 5, [])"
    given = call(run, "echo", text="x", number=2, level="HIGH", plain="1", maybe=None, other=[1])
    assert given == "('x', 2.0, 'HIGH', 'ONE', None, [1])"
    assert call(run, "echo", text=None) == "('default', 1, 'LOW', 'ONE', 5, [])", "null is no text"


def test_the_constructor_gives_the_state(run):
    state = call(run, "", version="3.13")
    assert state == {
        "version": "3.13", "parts": [], "source": None, "table": {}, "names": [], "path": "/", "level": "LOW",
    }  # fmt: skip


def test_the_state_survives(run, api):
    first = call(run, "", version="3.13", source="Directory@1")
    assert first["source"] == "Directory@1"
    assert api.documents == [], "the ID of a loaded object is known"
    second = call(run, "withPart", first, part={"name": "p", "image": "Container@1"})
    assert second["parts"] == [{"name": "p", "image": "Container@1"}]
    assert call(run, "state", second) == "('3.13', '3.13', ['p'], {'n': 1}, '/', 'LOW')"
    assert call(run, "state", {**second, "version": "a"}).startswith("('a', 'A',")


def test_objects_of_the_api(run, api):
    api.on("entries", {"node": {"entries": ["a"]}})
    assert call(run, "entries", directory="Directory@1") == ["a"]
    api.on('address: "a"', {"container": {"from": {"id": "Container@a"}}})
    api.on('address: "b"', {"container": {"from": {"id": "Container@b"}}})
    assert call(run, "containers") == ["Container@a", "Container@b"]
    api.on("container{id}", {"container": {"id": "Container@1"}})
    assert call(run, "base") == "Container@1"
    assert not any("sync" in each for each in api.documents), "returning an object does not evaluate it"


def test_interfaces_ask_the_api(run, api):
    node = '{node(id: "Any@1"){... on MainDuck{'
    api.on(node + "pond{entries", {"node": {"pond": {"entries": ["fish"]}}})
    api.on(node + "eggs{id", {"node": {"eggs": [{"id": "File@1"}]}})
    api.on('{node(id: "File@1"){... on File{name', {"node": {"name": "egg"}})
    api.on(node + "friend{quack(times: 2)", {"node": {"friend": {"quack": "quack2"}}})
    api.on(node + "quack(loudVoice: true)", {"node": {"quack": "QUACK"}})
    assert call(run, "listen", duck="Any@1") == "QUACK ['fish'] ['egg'] quack2"
    assert call(run, "same", duck="Any@1") == "Any@1"


def test_a_function_of_a_class_is_its_constructor(run):
    assert call(run, "part", name="x") == {"name": "x", "image": None}


def test_results_without_a_value(run):
    assert call(run, "nothing") is None
    assert call(run, "optional") is None


def test_inputs_come_in_the_apis_spelling(run):
    assert "backend=80, frontend=None, protocol=<NetworkProtocol.UDP" in call(
        run, "ports", forward={"backend": 80, "protocol": "UDP"}
    )


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("missing", {}, "Main has no function 'missing'; it has: echo, state, entries, "),
        ("entries", {}, "Main.entries needs the argument 'directory'"),
        ("echo", {"text": 1}, "the argument 'text' of Main.echo: got a number where str is expected"),
        ("echo", {"number": True}, "the argument 'number' of Main.echo: got a boolean where float is expected"),
        ("echo", {"level": "NO"}, "the argument 'level' of Main.echo: 'NO' is none of Level's members: LOW, HIGH"),
        ("echo", {"other": "x"}, "the argument 'other' of Main.echo: got text where a list is expected"),
        (
            "entries",
            {"directory": 1},
            "the argument 'directory' of Main.entries: got a number where the ID of a Directory is",
        ),
        ("forgot", {}, "Main.forgot returned None, but its annotation promises a value; add `| None` or a `return`"),
        ("unusable", {}, "what Main.unusable returned is a object, which cannot leave the function"),
        ("unawaited", {}, ""),
    ],
)
def test_calls_that_do_not_fit(run, api, name, arguments, message):
    api.on("version", {"version": "1"})
    if name == "unawaited":
        assert call(run, name) == "1", "an awaitable that is returned is awaited"
        return
    with pytest.raises(CallError) as caught:
        call(run, name, **arguments)
    assert str(caught.value).startswith(message)


def test_constructors_of_all_kinds(run):
    other = Module()

    @other.object_type
    class Created:
        text: str

        @classmethod
        async def create(cls, number: int = 3) -> Self:
            return cls(text=str(number))

        @other.function
        def show(self) -> str:
            return self.text

    @other.object_type
    class Initialised:
        text: str
        more: int = 2

        def __init__(self, first: str):
            self.text = first * 2

        @other.function
        def show(self) -> str:
            return f"{self.text}{self.more}"

    def both(name, **arguments):
        state = json.loads(run(invoke(other, name, {}, "", arguments)))
        return state, json.loads(run(invoke(other, name, state, "show", {})))

    assert both("Created", number=4) == ({"text": "4"}, "4")
    assert both("Initialised", first="x") == ({"text": "xx", "more": 2}, "xx2")


@pytest.mark.skipif(sys.version_info < (3, 11), reason="Python 3.10 cannot resolve an InitVar that is text")
def test_an_init_var_is_not_kept(run):
    other = Module()

    @other.object_type
    class WithInitVar:
        seed: dataclasses.InitVar[str]
        text: str = field(init=False)

        def __post_init__(self, seed: str) -> None:
            self.text = seed + "!"

        @other.function
        def show(self) -> str:
            return self.text

    state = json.loads(run(invoke(other, "WithInitVar", {}, "", {"seed": "s"})))
    assert state == {"text": "s!"}
    assert json.loads(run(invoke(other, "WithInitVar", state, "show", {}))) == "s!"


def test_errors_pass_through(run):
    other = Module()

    @other.object_type
    class Main:
        @other.function
        def fail(self) -> str:
            raise KeyError("x")

    with pytest.raises(KeyError):
        run(invoke(other, "Main", {}, "fail", {}))
