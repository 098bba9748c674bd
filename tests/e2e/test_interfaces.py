"""Interfaces in every language: objects of dependencies and of the module itself, given to others and returned."""

import json
from pathlib import Path

import pytest
from conftest import Run
from graphs import LANGUAGES, languages, refusal, value, write
from test_dependency_borders import POND, ZOO

KEEPER = {
    "python": """
        import typing

        from dagger import dag, function, interface, object_type


        @interface
        class Singer(typing.Protocol):
            @function
            async def quack(self, times: int) -> str: ...


        @object_type
        class Robot:
            voice: str = "beep"

            @function
            def quack(self, times: int) -> str:
                return " ".join([self.voice] * times)


        @object_type
        class Keeper:
            @function
            def robot(self, voice: str = "beep") -> Robot:
                return Robot(voice=voice)

            @function
            def singer(self) -> Singer:
                return dag.pond().mallard()

            @function
            def singers(self) -> list[Singer]:
                return [dag.pond().mallard(), dag.pond().mallard(voice="quock")]

            @function
            def nobody(self) -> Singer | None:
                return None

            @function
            def mute(self) -> Singer:
                return dag.pond().stone()

            @function
            def own(self) -> Singer:
                return Robot(voice="bop")

            @function
            async def run(self) -> str:
                duck = dag.keeper().robot(voice="boop").as_zoo_duck()
                other = dag.pond().mallard().as_zoo_duck()
                again = dag.zoo().again(duck)
                return f"{await dag.zoo().choir([duck, other])} {await again.quack(2)}"
    """,
    "typescript": """
        import { dag, func, object } from "@dagger.io/dagger";

        export interface Singer {
          quack(times: number): Promise<string>;
        }

        @object()
        export class Robot {
          @func()
          voice: string;

          constructor(voice: string = "beep") {
            this.voice = voice;
          }

          @func()
          async quack(times: number): Promise<string> {
            return Array(times).fill(this.voice).join(" ");
          }
        }

        @object()
        export class Keeper {
          @func()
          robot(voice: string = "beep"): Robot {
            return new Robot(voice);
          }

          @func()
          singer(): Singer {
            return dag.pond().mallard();
          }

          @func()
          singers(): Singer[] {
            return [dag.pond().mallard(), dag.pond().mallard({ voice: "quock" })];
          }

          @func()
          nobody(): Singer | null {
            return null;
          }

          @func()
          own(): Singer {
            return new Robot("bop");
          }

          @func()
          mute(): Singer {
            return dag.pond().stone() as unknown as Singer;
          }

          @func()
          async run(): Promise<string> {
            const duck = dag.keeper().robot({ voice: "boop" }).asZooDuck();
            const other = dag.pond().mallard().asZooDuck();
            const again = dag.zoo().again(duck);
            return `${await dag.zoo().choir([duck, other])} ${await again.quack(2)}`;
          }
        }
    """,
    "go": """
        package main

        import (
            "context"
            "strings"

            "dagger/keeper/internal/dagger"
        )

        type Singer interface {
            DaggerObject
            Quack(ctx context.Context, times int) (string, error)
        }

        type Robot struct {
            Voice string
        }

        func (m *Robot) Quack(times int) string {
            return strings.TrimSuffix(strings.Repeat(m.Voice+" ", times), " ")
        }

        type Keeper struct{}

        func (m *Keeper) Robot(
            // +default="beep"
            voice string,
        ) *Robot {
            return &Robot{voice}
        }

        func (m *Keeper) Singer() Singer {
            return dag.Pond().Mallard().AsKeeperSinger()
        }

        func (m *Keeper) Singers() []Singer {
            high := dag.Pond().Mallard().AsKeeperSinger()
            low := dag.Pond().Mallard(dagger.PondMallardOpts{Voice: "quock"}).AsKeeperSinger()
            return []Singer{high, low}
        }

        // +optional
        func (m *Keeper) Nobody() Singer {
            return nil
        }

        func (m *Keeper) Run(ctx context.Context) (string, error) {
            duck := dag.Keeper().Robot(dagger.KeeperRobotOpts{Voice: "boop"}).AsZooDuck()
            other := dag.Pond().Mallard().AsZooDuck()
            heard, err := dag.Zoo().Choir(ctx, []dagger.DaggerObject{duck, other})
            if err != nil {
                return "", err
            }
            again, err := dag.Zoo().Again(duck).Quack(ctx, 2)
            return heard + " " + again, err
        }
    """,
}


def keeper(folder: Path, language: str, zoo: str = "python") -> Path:
    """Write a module in that language with an interface, beside `zoo`, which has one, and `pond`, which has ducks."""
    write(folder / "zoo", "zoo", zoo, ZOO[zoo])
    write(folder / "pond", "pond", "python", POND)
    write(folder / "keeper", "keeper", language, KEEPER[language], ["../zoo", "../pond"])
    manifest = json.loads((folder / "keeper" / "dagger.json").read_text())
    manifest["sdk"] = {"source": language, "experimental": {"SELF_CALLS": True}}
    (folder / "keeper" / "dagger.json").write_text(json.dumps(manifest))
    return folder / "keeper"


@pytest.mark.parametrize("language", [languages(language) for language in LANGUAGES])
def test_objects_are_given_as_interfaces_of_a_dependency(dockwright: Run, tmp_path: Path, language: str) -> None:
    """Those of another dependency, and the module's own, which it has through itself."""
    folder = keeper(tmp_path, language)
    assert value(dockwright, folder, "run") == "boop quack boop boop"


@pytest.mark.parametrize("language", [languages(language) for language in LANGUAGES])
def test_objects_are_returned_as_interfaces(dockwright: Run, tmp_path: Path, language: str) -> None:
    """One, a list of them, none; what does not satisfy the interface is refused."""
    folder = keeper(tmp_path, language)
    assert value(dockwright, folder, "singer", "quack", "--times=2") == "quack quack"
    assert value(dockwright, folder, "singers", "quack", "--times=1") == "quack\nquock\n"
    if language != "go":
        assert value(dockwright, folder, "nobody", "quack", "--times=1") == ""
        assert value(dockwright, folder, "own", "quack", "--times=2") == "bop bop"
        message = refusal(dockwright, folder, "call", "mute", "quack", "--times=2")
        assert "lacks functions of that interface, but a KeeperSinger is needed" in message


def test_an_object_of_the_module_must_be_the_only_one_that_fits(dockwright: Run, tmp_path: Path) -> None:
    """State does not say of which type it is; where several could be meant, the module is told what to do."""
    folder = keeper(tmp_path, "python")
    main = folder / "dagger/src/main.py"
    second = """
@object_type
class Second:
    @function
    def quack(self, times: int) -> str:
        return ""


@object_type
class Keeper:
    @function
    def second(self) -> Second:
        return Second()
"""
    main.write_text(main.read_text().replace("\n@object_type\nclass Keeper:\n", second))
    message = refusal(dockwright, folder, "call", "own", "quack", "--times=2")
    assert "`Singer`, which Robot and Second satisfy" in message
