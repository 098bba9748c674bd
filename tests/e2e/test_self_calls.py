"""Modules whose code calls the module itself."""

import json
from pathlib import Path

import pytest
from conftest import Run
from graphs import LANGUAGES, LINT, languages, refusal, value, write
from scratch import NO_DOCKER, environment

OWN = {
    "python": """
        from dagger import dag, field, function, object_type


        @object_type
        class Part:
            name: str = field()

            @function
            def loud(self) -> str:
                return self.name.upper()


        @object_type
        class Own:
            greeting: str = field(default="hello")

            @function
            def greet(self, name: str, mark: str = "!") -> str:
                return f"{self.greeting} {name}{mark}"

            @function
            def part(self, name: str) -> Part:
                return Part(name=name)

            @function
            async def run(self) -> str:
                greeted = await dag.own(greeting="hi").greet("Ada", mark="?")
                return f"{greeted} {await dag.own().part('bob').loud()}"

            @function
            async def loop(self) -> str:
                return await dag.own().loop()
    """,
    "typescript": """
        import { dag, func, object } from "@dagger.io/dagger";

        @object()
        export class Part {
          @func()
          name: string;

          constructor(name: string) {
            this.name = name;
          }

          @func()
          loud(): string {
            return this.name.toUpperCase();
          }
        }

        @object()
        export class Own {
          @func()
          greeting: string;

          constructor(greeting: string = "hello") {
            this.greeting = greeting;
          }

          @func()
          greet(name: string, mark: string = "!"): string {
            return `${this.greeting} ${name}${mark}`;
          }

          @func()
          part(name: string): Part {
            return new Part(name);
          }

          @func()
          async run(): Promise<string> {
            const greeted = await dag.own({ greeting: "hi" }).greet("Ada", { mark: "?" });
            return `${greeted} ${await dag.own().part("bob").loud()}`;
          }

          @func()
          async loop(): Promise<string> {
            return await dag.own().loop();
          }
        }
    """,
    "go": """
        package main

        import (
            "context"
            "strings"

            "dagger/own/internal/dagger"
        )

        type Part struct {
            Name string
        }

        func (p *Part) Loud() string {
            return strings.ToUpper(p.Name)
        }

        type Own struct {
            Greeting string
        }

        func New(
            // +default="hello"
            greeting string,
        ) *Own {
            return &Own{greeting}
        }

        func (m *Own) Greet(
            name string,
            // +default="!"
            mark string,
        ) string {
            return m.Greeting + " " + name + mark
        }

        func (m *Own) Part(name string) *Part {
            return &Part{name}
        }

        func (m *Own) Run(ctx context.Context) (string, error) {
            own := dag.Own(dagger.OwnOpts{Greeting: "hi"})
            greeted, err := own.Greet(ctx, "Ada", dagger.OwnGreetOpts{Mark: "?"})
            if err != nil {
                return "", err
            }
            loud, err := dag.Own().Part("bob").Loud(ctx)
            return greeted + " " + loud, err
        }

        func (m *Own) Loop(ctx context.Context) (string, error) {
            return dag.Own().Loop(ctx)
        }
    """,
}


def own(folder: Path, language: str) -> Path:
    """Write the module `own`, which calls itself; give its folder."""
    write(folder, "own", language, OWN[language])
    fields = json.loads((folder / "dagger.json").read_text())
    fields["sdk"] = {"source": language, "experimental": {"SELF_CALLS": True}}
    (folder / "dagger.json").write_text(json.dumps(fields))
    return folder


@pytest.mark.parametrize("language", [languages(language) for language in LANGUAGES])
def test_a_module_calls_itself(dockwright: Run, tmp_path: Path, language: str) -> None:
    """Constructor arguments, functions and objects of its own come through the API; endless calls are refused."""
    folder = own(tmp_path, language)
    assert value(dockwright, folder, "run") == "hi Ada? BOB"
    assert "it would wait for itself" in refusal(dockwright, folder, "call", "loop")


@pytest.mark.parametrize("language", [languages(language) for language in LANGUAGES])
def test_a_dependency_calls_itself_under_its_own_name(dockwright: Run, tmp_path: Path, language: str) -> None:
    """What others call it does not matter to its own code."""
    own(tmp_path / "own", language)
    source = """
        from dagger import dag, function, object_type


        @object_type
        class Ci:
            @function
            async def run(self) -> str:
                return await dag.other().run()
    """
    folder = write(tmp_path / "ci", "ci", "python", source, [{"name": "other", "source": "../own"}])
    assert value(dockwright, folder, "run") == "hi Ada? BOB"


@pytest.mark.parametrize("language", [languages(language) for language in LANGUAGES])
def test_beside_dependencies(dockwright: Run, tmp_path: Path, language: str) -> None:
    """Bindings of itself and of what it depends on stand side by side."""
    folder = own(tmp_path / "own", language)
    write(tmp_path / "lint", "lint", language, LINT[language])
    fields = json.loads((folder / "dagger.json").read_text())
    (folder / "dagger.json").write_text(json.dumps({**fields, "dependencies": [{"source": "../lint"}]}))
    assert value(dockwright, folder, "run") == "hi Ada? BOB"


def test_it_is_asked_for(dockwright: Run, tmp_path: Path) -> None:
    """`init` and `develop` write it into dagger.json, and what editors read."""
    folder = tmp_path / "own"
    folder.mkdir()
    made = dockwright(str(folder), "init", "--with-self-calls", env=environment(NO_DOCKER))
    assert made.returncode == 0, made.stderr
    experimental = json.loads((folder / "dagger.json").read_text())["sdk"]["experimental"]
    assert experimental == {"SELF_CALLS": True}

    def known() -> bool:
        return any("def own(" in path.read_text() for path in (folder / "dagger/sdk").rglob("*.py"))

    assert known()
    taken = dockwright(str(folder), "develop", "--without-self-calls", env=environment(NO_DOCKER))
    assert taken.returncode == 0, taken.stderr
    assert json.loads((folder / "dagger.json").read_text())["sdk"] == {"source": "python"}
    assert not known()


def test_published_modules_call_themselves(dockwright: Run, tmp_path: Path) -> None:
    """An artifact says what its module needs; that it was made is checked by loading it."""
    folder = own(tmp_path, "python")
    made = dockwright(str(folder), "publish", "--dry-run", "oci://127.0.0.1:1/own:1", env=environment(NO_DOCKER))
    assert made.returncode == 0, made.stderr
    run = dockwright(str(folder), "--offline", "call", "-m", made.stdout.strip(), "run", env=environment(NO_DOCKER))
    assert run.stdout == "hi Ada? BOB", run.stderr
