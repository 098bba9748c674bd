"""Defaults of arguments in `.env` files: of the module, of the caller, of dependencies, and what they may reach."""

from pathlib import Path

import pytest
from conftest import Run
from graphs import LANGUAGES, languages, refusal, value, write
from scratch import NO_DOCKER, environment

GREET = {
    "python": """
        import dagger
        from dagger import function, object_type


        @object_type
        class Greet:
            greeting: str = "hello"
            token: dagger.Secret | None = None

            @function
            async def name(self, name: str, times: int = 1) -> str:
                said = " ".join([f"{self.greeting} {name}"] * times)
                return f"{said} {await self.token.plaintext() if self.token else '-'}"

            @function
            async def files(self, source: dagger.Directory) -> list[str]:
                return await source.entries()
    """,
    "typescript": """
        import { type Directory, func, object, type Secret } from "@dagger.io/dagger";

        @object()
        export class Greet {
          greeting: string;
          token?: Secret;

          constructor(greeting: string = "hello", token?: Secret) {
            this.greeting = greeting;
            this.token = token;
          }

          @func()
          async name(name: string, times: number = 1): Promise<string> {
            const said = Array(times).fill(`${this.greeting} ${name}`).join(" ");
            return `${said} ${this.token ? await this.token.plaintext() : "-"}`;
          }

          @func()
          async files(source: Directory): Promise<string[]> {
            return await source.entries();
          }
        }
    """,
    "go": """
        package main

        import (
            "context"
            "fmt"
            "strings"

            "dagger/greet/internal/dagger"
        )

        type Greet struct {
            Greeting string
            Token    *dagger.Secret
        }

        func New(
            // +default="hello"
            greeting string,
            // +optional
            token *dagger.Secret,
        ) *Greet {
            return &Greet{greeting, token}
        }

        func (m *Greet) Name(
            ctx context.Context,
            name string,
            // +default=1
            times int,
        ) (string, error) {
            said := strings.TrimSuffix(strings.Repeat(m.Greeting+" "+name+" ", times), " ")
            if m.Token == nil {
                return said + " -", nil
            }
            token, err := m.Token.Plaintext(ctx)
            return fmt.Sprintf("%s %s", said, token), err
        }

        func (m *Greet) Files(ctx context.Context, source *dagger.Directory) ([]string, error) {
            return source.Entries(ctx)
        }
    """,
}

CI = """
    from dagger import dag, function, object_type


    @object_type
    class Ci:
        @function
        async def run(self) -> str:
            return await dag.greet().name("Ada")
"""


def greet(folder: Path, language: str = "python", env: str = "") -> Path:
    """Write the module `greet` with this `.env`; give its folder."""
    write(folder, "greet", language, GREET[language])
    (folder / ".env").write_text(env)
    return folder


def told(run: Run, folder: Path, *arguments: str, **variables: str) -> str:
    """Call a function with these variables in the environment and give what it printed."""
    result = run(str(folder), "call", *arguments, env=environment(NO_DOCKER, variables))
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize("language", [languages(language) for language in LANGUAGES])
def test_the_modules_own_file(dockwright: Run, tmp_path: Path, language: str) -> None:
    """It names arguments of the constructor, and of functions after their names; what is passed wins."""
    folder = greet(tmp_path, language, "GREETING=hi $WHO\nTOKEN=env://THE_TOKEN\nNAME_TIMES=2\nNAME_NAME='Ada L'\n")
    variables = {"WHO": "there", "THE_TOKEN": "open sesame"}
    assert told(dockwright, folder, "name", **variables) == "hi there Ada L hi there Ada L open sesame"
    passed = told(dockwright, folder, "--greeting=ho", "name", "--name=Bob", "--times=1", **variables)
    assert passed == "ho Bob open sesame"


def test_the_callers_file_is_found_from_below_and_wins(dockwright: Run, tmp_path: Path) -> None:
    """Its variables begin with the module's name in any spelling; others are not the module's."""
    module = greet(tmp_path / "modules/greet", env="GREETING=hi\nNAME_TIMES=2\n")
    (tmp_path / ".env").write_text("GREET_NAME_TIMES=1\ngreet_token=cmd://printf sesame\nNAME_NAME=nobody\n")
    (tmp_path / "work/deep").mkdir(parents=True)
    printed = told(dockwright, tmp_path / "work/deep", "-m", str(module), "name", "--name=Ada")
    assert printed == "hi Ada sesame"
    message = refusal(dockwright, tmp_path / "work/deep", "call", "-m", str(module), "name")
    assert "--name" in message


def test_directories_are_the_callers(dockwright: Run, tmp_path: Path) -> None:
    """A directory that a file names starts at the working directory, as on the command line."""
    folder = greet(tmp_path, env="FILES_SOURCE=./src\n")
    (tmp_path / "src").mkdir()
    (tmp_path / "src/a.txt").write_text("a")
    assert told(dockwright, folder, "files") == "a.txt\n"


def test_help_shows_them_and_never_a_secret(dockwright: Run, tmp_path: Path) -> None:
    """What may be left out is not asked for; a secret whose value stands in the place of its address is not shown."""
    folder = greet(tmp_path, env="GREETING=hi\nTOKEN=hunter2\nNAME_NAME=Ada\nFILES_SOURCE=./src\n")
    main = told(dockwright, folder, "--help")
    assert "[default: hi]" in main
    assert "[default: from .env]" in main
    assert "hunter2" not in main
    assert "[default: Ada]" in told(dockwright, folder, "name", "--help")
    assert "[default: ./src]" in told(dockwright, folder, "files", "--help")


def test_programs_of_the_caller_have_them_too(dockwright: Run, tmp_path: Path) -> None:
    """A query leaves out what the file gives."""
    folder = greet(tmp_path, env="GREETING=hi\nNAME_NAME=Ada\n")
    query = folder / "query.graphql"
    query.write_text("{greet{name}}")
    result = dockwright(str(folder), "query", "-m", ".", "--doc", str(query), env=environment(NO_DOCKER))
    assert result.returncode == 0, result.stderr
    assert '"hi Ada -"' in result.stdout


def test_a_dependency_under_the_name_of_the_manifest(dockwright: Run, tmp_path: Path) -> None:
    """The caller may speak of what its module depends on, and give it secrets; its own file gives it plain values."""
    greet(tmp_path / "lib", env="GREETING=hi\nNAME_TIMES=2\n")
    folder = write(tmp_path / "ci", "ci", "python", CI, [{"name": "greet", "source": "../lib"}])
    assert told(dockwright, folder, "run", T="sesame") == "hi Ada hi Ada -"
    (folder / ".env").write_text("GREET_TOKEN=env://T\nGREET_NAME_TIMES=1\n")
    assert told(dockwright, folder, "run", T="sesame") == "hi Ada sesame"


def test_a_dependencys_own_file_reaches_nothing_of_the_host(dockwright: Run, tmp_path: Path) -> None:
    """It names no secret of the caller's, and its references do not see the caller's environment."""
    greet(tmp_path / "lib", env="TOKEN=env://T\n")
    folder = write(tmp_path / "ci", "ci", "python", CI, [{"name": "greet", "source": "../lib"}])
    result = dockwright(str(folder), "call", "run", env=environment(NO_DOCKER, {"T": "sesame"}))
    assert result.returncode == 1
    assert "the secret `env://T` is not available to a module" in " ".join(result.stderr.replace("│", " ").split())
    assert "sesame" not in result.stdout + result.stderr
    (tmp_path / "lib/.env").write_text("GREETING=$T\n")
    result = dockwright(str(folder), "call", "run", env=environment(NO_DOCKER, {"T": "sesame"}))
    assert result.returncode == 1
    assert "`T` is not set" in result.stderr
    assert "sesame" not in result.stdout + result.stderr


def test_a_module_further_down_gets_nothing_of_the_callers_file(dockwright: Run, tmp_path: Path) -> None:
    """Only what the called module's manifest names can be spoken of: names further down are chosen by others."""
    greet(tmp_path / "lib")
    write(tmp_path / "middle", "middle", "python", CI.replace("Ci", "Middle"), [{"name": "greet", "source": "../lib"}])
    source = CI.replace('dag.greet().name("Ada")', "dag.middle().run()")
    folder = write(tmp_path / "ci", "ci", "python", source, ["../middle"])
    (folder / ".env").write_text("GREET_TOKEN=env://T\nGREET_GREETING=hi\n")
    assert told(dockwright, folder, "run", T="sesame") == "hello Ada -"


def test_wrong_values_are_told_with_the_file(dockwright: Run, tmp_path: Path) -> None:
    """A value that is not of the argument's type is an error that names file and variable."""
    folder = greet(tmp_path, env="NAME_TIMES=many\n")
    message = refusal(dockwright, folder, "call", "name", "--name=Ada")
    assert "`NAME_TIMES` is `many`, but the argument wants a whole number" in message
    (folder / ".env").write_text("UNRELATED=$NOBODY_SETS_THIS\n")
    assert value(dockwright, folder, "name", "--name=Ada") == "hello Ada -"
