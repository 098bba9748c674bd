"""What crosses the border between two modules: objects that satisfy interfaces, and nothing that was not given."""

from pathlib import Path

import pytest
from conftest import Run
from graphs import LANGUAGES, languages, refusal, value, write

ZOO = {
    "python": """
        import typing

        from dagger import function, interface, object_type


        @interface
        class Duck(typing.Protocol):
            @function
            async def quack(self, times: int) -> str: ...


        @object_type
        class Zoo:
            @function
            async def listen(self, duck: Duck) -> str:
                return f"heard {await duck.quack(times=2)}"

            @function
            async def choir(self, ducks: list[Duck]) -> str:
                return " ".join([await duck.quack(times=1) for duck in ducks])

            @function
            def again(self, duck: Duck) -> Duck:
                return duck
    """,
    "typescript": """
        import { func, object } from "@dagger.io/dagger";

        export interface Duck {
          quack(times: number): Promise<string>;
        }

        @object()
        export class Zoo {
          @func()
          async listen(duck: Duck): Promise<string> {
            return `heard ${await duck.quack(2)}`;
          }

          @func()
          async choir(ducks: Duck[]): Promise<string> {
            return (await Promise.all(ducks.map((duck) => duck.quack(1)))).join(" ");
          }

          @func()
          again(duck: Duck): Duck {
            return duck;
          }
        }
    """,
    "go": """
        package main

        import (
            "context"
            "strings"
        )

        type Duck interface {
            DaggerObject
            Quack(ctx context.Context, times int) (string, error)
        }

        type Zoo struct{}

        func (m *Zoo) Listen(ctx context.Context, duck Duck) (string, error) {
            heard, err := duck.Quack(ctx, 2)
            return "heard " + heard, err
        }

        func (m *Zoo) Choir(ctx context.Context, ducks []Duck) (string, error) {
            var heard []string
            for _, duck := range ducks {
                one, err := duck.Quack(ctx, 1)
                if err != nil {
                    return "", err
                }
                heard = append(heard, one)
            }
            return strings.Join(heard, " "), nil
        }

        func (m *Zoo) Again(duck Duck) Duck {
            return duck
        }
    """,
}

POND = """
    from dagger import function, object_type


    @object_type
    class Mallard:
        voice: str

        @function
        def quack(self, times: int, end: str = "") -> str:
            return " ".join([self.voice] * times) + end


    @object_type
    class Stone:
        @function
        def weigh(self) -> int:
            return 3


    @object_type
    class Pond:
        @function
        def mallard(self, voice: str = "quack") -> Mallard:
            return Mallard(voice=voice)

        @function
        def stone(self) -> Stone:
            return Stone()
"""

KEEPER = """
    import typing

    from dagger import dag, function, interface, object_type


    @interface
    class Singer(typing.Protocol):
        @function
        async def quack(self, times: int) -> str: ...


    @object_type
    class Keeper:
        @function
        def singer(self) -> Singer:
            return dag.pond().mallard()

        @function
        def mute(self) -> Singer:
            return dag.pond().stone()

        @function
        async def run(self) -> str:
            duck = dag.pond().mallard().as_zoo_duck()
            low = dag.pond().mallard(voice="quock").as_zoo_duck()
            again = dag.zoo().again(duck)
            heard = await dag.zoo().listen(duck)
            choir = await dag.zoo().choir([duck, low])
            return f"{heard} | {choir} | {await again.quack(1)} | {await duck.quack(3)}"

        @function
        async def stone(self) -> str:
            return await dag.zoo().listen(dag.pond().stone())
"""


@pytest.mark.parametrize("callee", [languages(each) for each in LANGUAGES])
def test_an_object_satisfies_an_interface_of_another_module(dockwright: Run, tmp_path: Path, callee: str) -> None:
    """By its functions alone; the module that has the interface knows nothing of the one that has the object."""
    write(tmp_path / "zoo", "zoo", callee, ZOO[callee])
    write(tmp_path / "pond", "pond", "python", POND)
    folder = write(tmp_path / "keeper", "keeper", "python", KEEPER, ["../zoo", "../pond"])
    assert value(dockwright, folder, "run") == "heard quack quack | quack quock | quack | quack quack quack"
    message = refusal(dockwright, folder, "call", "stone")
    assert "lacks functions of that interface, but a ZooDuck is needed" in message


def test_a_module_gives_an_object_of_a_dependency_as_its_own_interface(dockwright: Run, tmp_path: Path) -> None:
    """So the command line can call it, though it does not see the dependency."""
    write(tmp_path / "zoo", "zoo", "python", ZOO["python"])
    write(tmp_path / "pond", "pond", "python", POND)
    folder = write(tmp_path / "keeper", "keeper", "python", KEEPER, ["../zoo", "../pond"])
    assert value(dockwright, folder, "singer", "quack", "--times=2") == "quack quack"
    message = refusal(dockwright, folder, "call", "mute", "quack", "--times=2")
    assert "lacks functions of that interface, but a KeeperSinger is needed" in message


SPY = """
    from typing import Annotated

    import dagger
    from dagger import DefaultPath, dag, function, object_type


    @object_type
    class Spy:
        @function
        async def host(self, path: str) -> str:
            return " ".join(await dag.host().directory(path).entries())

        @function
        async def file(self, path: str) -> str:
            return await dag.host().file(path).contents()

        @function
        async def secret(self, uri: str) -> str:
            return await dag.secret(uri).plaintext()

        @function
        async def address(self, value: str) -> str:
            return await dag.address(value).file().contents()

        @function
        async def made_up(self) -> str:
            return " ".join(await dag.load_directory_from_id("Directory@" + "00" * 32).entries())

        @function
        def own(self, source: Annotated[dagger.Directory, DefaultPath("/")]) -> dagger.Directory:
            return source

        @function
        async def caller(self) -> str:
            from dagger.client.context import Context

            return await Context().select("ci").select("run").execute(str)
"""

CAREFUL = """
    from typing import Annotated

    import dagger
    from dagger import DefaultPath, dag, function, object_type


    @object_type
    class Ci:
        @function
        async def run(self, what: str, argument: str = "") -> str:
            spy = dag.spy()
            if what == "host":
                return await spy.host(argument)
            if what == "file":
                return await spy.file(argument)
            if what == "secret":
                return await spy.secret(argument)
            if what == "address":
                return await spy.address(argument)
            if what == "caller":
                return await spy.caller()
            return await spy.made_up()

        @function
        async def same(self, source: Annotated[dagger.Directory, DefaultPath("/")]) -> bool:
            return await dag.spy().own().id() == await source.id()

        @function
        async def own(self) -> list[str]:
            return await dag.spy().own().entries()
"""

ATTEMPTS = [
    ("host", "/etc", "the host path `/etc` is not available to a module"),
    ("host", "..", "the host path `..` is not available to a module"),
    ("file", "/etc/passwd", "the host path `/etc/passwd` is not available to a module"),
    ("secret", "env://HOME", "not available to a module"),
    ("secret", "file:///etc/passwd", "not available to a module"),
    ("address", "/etc/passwd", "not available to a module"),
    ("made up", "", "no object has the ID Directory@0000"),
    ("caller", "", "`Query` has no field `ci`"),
]


@pytest.fixture(scope="module")
def spied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A module whose dependency tries to get out; each is a repository of its own."""
    folder = tmp_path_factory.mktemp("spied")
    for name in ("spy", "ci"):
        (folder / name / ".git").mkdir(parents=True)
        (folder / name / f"{name}.txt").touch()
    write(folder / "spy", "spy", "python", SPY)
    return write(folder / "ci", "ci", "python", CAREFUL, ["../spy"])


@pytest.mark.parametrize(("what", "argument", "told"), ATTEMPTS, ids=[f"{a} {b}".strip() for a, b, _ in ATTEMPTS])
def test_a_dependency_reaches_only_what_it_is_given(
    dockwright: Run, spied: Path, what: str, argument: str, told: str
) -> None:
    """Neither the caller's host nor its environment, IDs or functions."""
    message = refusal(dockwright, spied, "call", "run", f"--what={what}", f"--argument={argument}")
    assert told in message, message


def test_default_paths_are_the_dependencys_own(dockwright: Run, spied: Path) -> None:
    """The same default path leads each module to its own repository."""
    assert value(dockwright, spied, "same") == "false"


@pytest.mark.usefixtures("docker")
def test_a_dependency_sees_its_own_files(dockwright: Run, spied: Path) -> None:
    """Its context is where it is, not where its caller is."""
    result = dockwright(str(spied), "call", "own")
    assert result.returncode == 0, result.stderr
    assert "spy.txt" in result.stdout
    assert "ci.txt" not in result.stdout
