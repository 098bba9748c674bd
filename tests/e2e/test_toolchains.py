"""Modules without code of their own: blueprints, toolchains, and what only names others."""

import json
from pathlib import Path

import pytest
from conftest import Run
from graphs import LANGUAGES, languages, refusal, value, write
from scratch import NO_DOCKER, environment

READ = {
    "python": """
        from typing import Annotated

        import dagger
        from dagger import DefaultPath, Ignore, function, object_type


        @object_type
        class Read:
            \"\"\"Reads files.\"\"\"

            prefix: str = "-"

            @function
            async def around(self, source: Annotated[dagger.Directory, DefaultPath("."), Ignore(["dagger*"])]) -> str:
                return self.prefix + " " + " ".join(await source.entries())

            @function
            async def top(self, source: Annotated[dagger.Directory, DefaultPath("/")]) -> str:
                return " ".join(await source.entries())
    """,
    "typescript": """
        import { argument, type Directory, func, object } from "@dagger.io/dagger";

        /** Reads files. */
        @object()
        export class Read {
          prefix: string;

          constructor(prefix: string = "-") {
            this.prefix = prefix;
          }

          @func()
          async around(@argument({ defaultPath: ".", ignore: ["dagger*"] }) source: Directory): Promise<string> {
            return `${this.prefix} ${(await source.entries()).join(" ")}`;
          }

          @func()
          async top(@argument({ defaultPath: "/" }) source: Directory): Promise<string> {
            return (await source.entries()).join(" ");
          }
        }
    """,
    "go": """
        package main

        import (
            "context"
            "strings"

            "dagger/read/internal/dagger"
        )

        // Reads files.
        type Read struct {
            Prefix string
        }

        func New(
            // +default="-"
            prefix string,
        ) *Read {
            return &Read{prefix}
        }

        func (m *Read) Around(
            ctx context.Context,
            // +defaultPath="."
            // +ignore=["dagger*"]
            source *dagger.Directory,
        ) (string, error) {
            entries, err := source.Entries(ctx)
            return m.Prefix + " " + strings.Join(entries, " "), err
        }

        func (m *Read) Top(
            ctx context.Context,
            // +defaultPath="/"
            source *dagger.Directory,
        ) (string, error) {
            entries, err := source.Entries(ctx)
            return strings.Join(entries, " "), err
        }
    """,
}

APP = """
    from dagger import function, object_type


    @object_type
    class App:
        @function
        def own(self) -> str:
            return "own"
"""


def read(folder: Path, language: str = "python") -> Path:
    """Write the module `read`, which has a file of its own; give its folder."""
    write(folder, "read", language, READ[language])
    (folder / "of-read.txt").write_text("")
    return folder


def manifest(folder: Path, **fields: object) -> Path:
    """Write a manifest without code, and a file beside it; give its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dagger.json").write_text(json.dumps({"name": "app", "engineVersion": "v0.21.8", **fields}))
    (folder / "of-app.txt").write_text("")
    return folder


def run(dockwright: Run, folder: Path, *arguments: str) -> str:
    """Run a command without an engine; give what it printed to both."""
    result = dockwright(str(folder), *arguments, env=environment(NO_DOCKER))
    assert result.returncode == 0, result.stderr
    return result.stdout + result.stderr


@pytest.mark.parametrize("language", [languages(language) for language in LANGUAGES])
def test_a_blueprint_works_on_the_files_of_whoever_uses_it(dockwright: Run, tmp_path: Path, language: str) -> None:
    """Its functions are the module's own, its default paths start at the module's manifest."""
    read(tmp_path / "read", language)
    folder = manifest(tmp_path / "app", blueprint={"name": "read", "source": "../read"})
    assert {"around", "top"} <= {line.split()[0] for line in run(dockwright, folder, "functions").splitlines()}
    assert value(dockwright, folder, "around") == "- of-app.txt"
    assert value(dockwright, folder, "--prefix=!", "around") == "! of-app.txt"
    assert value(dockwright, tmp_path / "read", "around") == "- of-read.txt"


def test_init_from_a_blueprint(dockwright: Run, tmp_path: Path) -> None:
    """The manifest names it by a path from itself; nothing stays when it cannot be used."""
    read(tmp_path / "modules/read")
    (tmp_path / "app").mkdir()
    told = run(dockwright, tmp_path / "app", "init", "--blueprint=../modules/read", "--name=web")
    assert "Made module `web`" in told
    assert json.loads((tmp_path / "app/dagger.json").read_text()) == {
        "name": "web",
        "engineVersion": "v0.21.8",
        "blueprint": {"name": "read", "source": "../modules/read"},
    }
    assert list((tmp_path / "app").iterdir()) == [tmp_path / "app/dagger.json"]
    assert value(dockwright, tmp_path / "app", "around") == "- "
    (tmp_path / "other").mkdir()
    assert "there is no" in refusal(dockwright, tmp_path / "other", "init", "--blueprint=../nothing")
    assert list((tmp_path / "other").iterdir()) == []


def test_a_blueprint_is_a_dependency_like_others(dockwright: Run, tmp_path: Path) -> None:
    """What has a blueprint can be called by other modules, under its own name."""
    read(tmp_path / "read")
    manifest(tmp_path / "app", blueprint={"source": "../read"})
    source = APP.replace("App", "Ci").replace("def own", "async def own").replace('"own"', "await dag.app().around()")
    source = source.replace("from dagger import ", "from dagger import dag, ")
    ci = write(tmp_path / "ci", "ci", "python", source, ["../app"])
    assert value(dockwright, ci, "own") == "- of-app.txt"


def test_toolchains_stand_beside_the_modules_own_functions(dockwright: Run, tmp_path: Path) -> None:
    """They work on the files of the module that names them; as dependencies they keep to their own."""
    read(tmp_path / "read")
    folder = write(tmp_path / "app", "app", "python", APP)
    fields = json.loads((folder / "dagger.json").read_text())
    fields["toolchains"] = [{"name": "reader", "source": "../read"}]
    (folder / "dagger.json").write_text(json.dumps(fields))
    (folder / "of-app.txt").write_text("")
    listed = run(dockwright, folder, "functions")
    assert [line.split()[0] for line in listed.splitlines()[1:]] == ["own", "reader"]
    assert "Reads files." in listed
    assert value(dockwright, folder, "own") == "own"
    assert value(dockwright, folder, "reader", "around") == "- of-app.txt"
    assert value(dockwright, folder, "reader", "--prefix=!", "around") == "! of-app.txt"
    published = run(dockwright, folder, "publish", "--dry-run", "oci://127.0.0.1:1/app:1")
    assert "app.source.tar.zst" in published
    assert "read." not in published
    (folder / ".env").write_text("READER_PREFIX=env\n")
    assert value(dockwright, folder, "reader", "around") == "env .env of-app.txt"


def test_toolchains_of_a_module_without_code(dockwright: Run, tmp_path: Path) -> None:
    """A manifest that only names toolchains is enough; customizations change defaults, paths and what is left out."""
    read(tmp_path / "read")
    customizations = [
        {"argument": "prefix", "default": "custom"},
        {"function": ["top"], "argument": "source", "defaultPath": "./sub", "ignore": ["*.log"]},
    ]
    folder = manifest(
        tmp_path / "app", toolchains=[{"name": "read", "source": "../read", "customizations": customizations}]
    )
    (folder / "sub").mkdir()
    (folder / "sub/a.txt").write_text("")
    (folder / "sub/b.log").write_text("")
    assert [line.split()[0] for line in run(dockwright, folder, "functions").splitlines()[1:]] == ["read"]
    assert value(dockwright, folder, "read", "around") == "custom of-app.txt sub/"
    assert value(dockwright, folder, "read", "top") == "a.txt"
    customizations[0]["argument"] = "nope"
    manifest(tmp_path / "app", toolchains=[{"name": "read", "source": "../read", "customizations": customizations}])
    message = refusal(dockwright, folder, "functions")
    assert "the toolchain `Read` has no argument `nope` to customize" in message


def test_toolchains_are_installed_and_removed(dockwright: Run, tmp_path: Path) -> None:
    """The commands do for toolchains what they do for dependencies."""
    read(tmp_path / "read")
    folder = manifest(tmp_path / "app")
    assert "has no toolchains" in run(dockwright, folder, "toolchain", "list")
    assert "Installed `reader`" in run(dockwright, folder, "toolchain", "install", "../read", "--name=reader")
    fields = json.loads((folder / "dagger.json").read_text())
    assert fields["toolchains"] == [{"name": "reader", "source": "../read"}]
    assert list(fields) == ["name", "engineVersion", "toolchains"]
    assert "reader   ../read" in run(dockwright, folder, "toolchain", "list")
    assert value(dockwright, folder, "reader", "around") == "- of-app.txt"
    assert "has no dependencies" in run(dockwright, folder, "list")
    assert "Removed" in run(dockwright, folder, "toolchain", "uninstall", "reader")
    assert "toolchains" not in (folder / "dagger.json").read_text()


def test_a_module_that_only_has_dependencies(dockwright: Run, tmp_path: Path) -> None:
    """It has no functions, and loads."""
    read(tmp_path / "read")
    folder = manifest(tmp_path / "app", dependencies=[{"name": "read", "source": "../read"}])
    assert run(dockwright, folder, "functions").splitlines()[1:] == []
    assert "read   ../read" in run(dockwright, folder, "list")
    assert "no code of its own" in run(dockwright, folder, "develop")
    assert "no code of its own" in refusal(dockwright, folder, "publish", "--dry-run", "oci://127.0.0.1:1/app:1")


def test_code_and_blueprint_exclude_each_other(dockwright: Run, tmp_path: Path) -> None:
    """A manifest with both is refused."""
    read(tmp_path / "read")
    folder = write(tmp_path / "app", "app", "python", APP)
    fields = json.loads((folder / "dagger.json").read_text())
    (folder / "dagger.json").write_text(json.dumps({**fields, "blueprint": {"source": "../read"}}))
    assert "it has `sdk` and `blueprint`" in refusal(dockwright, folder, "functions")


def test_included_files_are_part_of_a_module(dockwright: Run, tmp_path: Path) -> None:
    """Files that `include` names beside the source decide what the module is; those that it leaves out do not."""
    (tmp_path / ".git").mkdir()
    folder = write(tmp_path / "app", "app", "python", APP)
    (tmp_path / "shared").mkdir()
    for path in (tmp_path / "shared/used.txt", tmp_path / "shared/skipped.log", folder / "dagger/notes.md"):
        path.write_text("first")
    fields = json.loads((folder / "dagger.json").read_text())
    fields["include"] = ["../shared/**", "!../shared/*.log", "!dagger/notes.md"]
    (folder / "dagger.json").write_text(json.dumps(fields))

    def identity() -> str:
        told = run(dockwright, folder, "inspect")
        return next(line.split()[1] for line in told.splitlines() if line.startswith("Source"))

    first = identity()
    (tmp_path / "shared/skipped.log").write_text("second")
    (folder / "dagger/notes.md").write_text("second")
    assert identity() == first
    (tmp_path / "shared/used.txt").write_text("second")
    assert identity() != first
    fields["include"] = ["../../outside"]
    (folder / "dagger.json").write_text(json.dumps(fields))
    assert "leads out of" in refusal(dockwright, folder, "functions")
