"""Generators of modules: what they change together, what is shown of it, and when files are written."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from annotated import run
from graphql import QueryError, Session, asserts
from scratch import NO_DOCKER, environment, write_go_module, write_module, write_typescript_module

SOURCE = '''
from typing import Annotated

import dagger
from dagger import DefaultPath, dag, function, generate, object_type

Source = Annotated[dagger.Directory, DefaultPath("/")]


@object_type
class Faults:
    """Generators."""

    @function
    @generate
    def docs(self, source: Source) -> dagger.Changeset:
        """Write the docs."""
        return source.with_new_file("docs/api.md", "# API\\n").without_file("old.md").changes(source)

    @function
    @generate
    def version(self, source: Source) -> dagger.Changeset:
        """Write the version."""
        return source.with_new_file("VERSION", "2\\n").changes(source)

    @function
    @generate
    def clash(self, source: Source) -> dagger.Changeset:
        return source.with_new_file("VERSION", "3\\n").changes(source)

    @function
    @generate
    def nothing(self, source: Source) -> dagger.Changeset:
        return source.changes(source)

    @function
    @generate
    def text(self) -> str:
        return "no changeset"

    @function
    async def mine(self) -> list[str]:
        """Generators of the module, asked by its own code."""
        group = dag.current_module().generators(include=["docs", "nothing"]).run()
        return [await each.name() + str(await each.is_empty()) for each in await group.list_()]
'''


def module(folder: Path) -> Path:
    """Write the module with files that generators change."""
    write_module(folder, SOURCE)
    (folder / ".git").mkdir()
    (folder / "VERSION").write_text("1\n")
    (folder / "old.md").write_text("old\n")
    (folder / "deep").mkdir()
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A module that is only looked at."""
    return module(tmp_path_factory.mktemp("generate"))


@pytest.fixture(scope="module")
def session(folder: Path) -> Iterator[Session]:
    """One session for the tests of this file."""
    with Session(folder) as session:
        yield session


def test_list(folder: Path) -> None:
    """They are listed without an engine."""
    result = run(folder, "generate", "-l", "docs", "version", env=environment(NO_DOCKER))
    expected = "Name      Description\ndocs      Write the docs.\nversion   Write the version.\n"
    assert (result.stdout, result.returncode) == (expected, 0), result.stderr


@pytest.mark.usefixtures("docker")
def test_apply(tmp_path: Path) -> None:
    """Changes are shown, and made at the repository's root from wherever one is; then everything is up to date."""
    folder = module(tmp_path)
    result = run(folder / "deep", "generate", "docs", "version", "--auto-apply")
    expected = "M VERSION  +1 -1\nA docs/api.md  +1 -0\nD old.md  +0 -1\n"
    assert (result.stdout, result.returncode) == (expected, 0), result.stderr
    assert f"Changed 3 files in {folder}." in result.stderr
    assert (folder / "docs" / "api.md").read_text() == "# API\n"
    assert (folder / "VERSION").read_text() == "2\n"
    assert not (folder / "old.md").exists()
    assert list((folder / "deep").iterdir()) == []
    result = run(folder, "generate", "docs", "version", "-y")
    assert (result.stdout, result.returncode) == ("", 0)
    assert "Everything is up to date." in result.stderr
    assert run(folder, "check", "docs", "version").returncode == 0


@pytest.mark.usefixtures("docker")
def test_look_only(folder: Path, tmp_path: Path) -> None:
    """Nothing is written when one only looks, or when nobody can be asked; another directory can be named."""
    result = run(folder, "generate", "version", "--no-apply")
    assert (result.stdout, result.returncode) == ("M VERSION  +1 -1\n", 0), result.stderr
    result = run(folder, "generate", "version")
    assert (result.stdout, result.returncode) == ("", 1)
    assert "there is no terminal to ask on: pass --auto-apply (-y)" in " ".join(result.stderr.split())
    assert (folder / "VERSION").read_text() == "1\n"
    result = run(folder, "generate", "version", "-y", f"--output={tmp_path}")
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "VERSION").read_text() == "2\n"
    assert (folder / "VERSION").read_text() == "1\n"


@pytest.mark.usefixtures("docker")
def test_conflict(folder: Path) -> None:
    """Two that write the same file differently are told."""
    result = run(folder, "generate", "version", "clash", "-y")
    assert (result.stdout, result.returncode) == ("", 1)
    assert "VERSION" in result.stderr
    assert (folder / "VERSION").read_text() == "1\n"


def test_no_changeset(folder: Path) -> None:
    """A generator must return a changeset."""
    result = run(folder, "generate", "text", "-y", env=environment(NO_DOCKER))
    assert result.returncode == 1
    assert "generator `text` returns no Changeset" in result.stderr


@asserts(
    "Module.generators",
    "GeneratorGroup.list",
    "GeneratorGroup.run",
    "GeneratorGroup.changes",
    "GeneratorGroup.isEmpty",
    "Generator.name",
    "Generator.path",
    "Generator.description",
    "Generator.completed",
    "Generator.originalModule",
)
@pytest.mark.usefixtures("docker")
def test_group(session: Session) -> None:
    """Generators of a module, and what they change together."""
    group = 'moduleSource(refString: ".").asModule.generators(include: ["docs", "version"])'
    fields = "{ name path description completed originalModule { name } }"
    docs, version = session.get(f"{group}.list{fields}")
    assert docs == {
        "name": "docs",
        "path": ["docs"],
        "description": "Write the docs.",
        "completed": False,
        "originalModule": {"name": "faults"},
    }
    assert version["name"] == "version"
    assert [each["completed"] for each in session.get(f"{group}.run.list{fields}")] == [True, True]
    assert session.get(f"{group}.run.changes.modifiedPaths") == ["VERSION"]
    assert session.get(f"{group}.run.changes.removedPaths") == ["old.md"]
    assert session.get(f"{group}.isEmpty") is False
    assert session.get('moduleSource(refString: ".").asModule.generators(include: ["nothing"]).isEmpty') is True
    clash = 'moduleSource(refString: ".").asModule.generators(include: ["version", "clash"])'
    with pytest.raises(QueryError, match="VERSION"):
        session.get(f"{clash}.changes.modifiedPaths")


@asserts("Module.generator", "Generator.run", "Generator.changes", "Generator.isEmpty")
@pytest.mark.usefixtures("docker")
def test_one(session: Session) -> None:
    """One generator, by name."""
    one = 'moduleSource(refString: ".").asModule.generator(name: "%s")'
    assert session.get(one % "version" + ".changes.after.file(path: $p).contents", p="VERSION") == "2\n"
    assert session.get(one % "version" + ".run.isEmpty") is False
    assert session.get(one % "nothing" + ".run.isEmpty") is True
    with pytest.raises(QueryError, match="module `faults` has no generator `dcs`; did you mean `docs`"):
        session.get(one % "dcs" + ".name")


@asserts("CurrentModule.generators")
@pytest.mark.usefixtures("docker")
def test_own(folder: Path) -> None:
    """A module runs its own generators."""
    result = run(folder, "call", "mine")
    assert (result.stdout, result.returncode) == ("docsFalse\nnothingTrue\n", 0), result.stderr


TYPESCRIPT = """
import { argument, Changeset, Directory, func, generate, object } from "@dagger.io/dagger";

@object()
export class Faults {
  /** Writes the version. */
  @func()
  @generate()
  version(@argument({ defaultPath: "/" }) source: Directory): Changeset {
    return source.withNewFile("VERSION", "2\\n").changes(source);
  }
}
"""

GO = """
package main

import "dagger/faults/internal/dagger"

type Faults struct{}

// Writes the version.
//
// +generate
func (m *Faults) Version(
	// +defaultPath="/"
	source *dagger.Directory,
) *dagger.Changeset {
	return source.WithNewFile("VERSION", "2\\n").Changes(source)
}
"""


@pytest.mark.parametrize("language", ["typescript", "go"])
@pytest.mark.usefixtures("docker")
def test_languages(tmp_path: Path, language: str) -> None:
    """They are declared in each language's own way."""
    if language == "typescript":
        folder = write_typescript_module(tmp_path, {"src/index.ts": TYPESCRIPT})
    else:
        folder = write_go_module(tmp_path, {"main.go": GO})
    result = run(folder, "generate", "-y")
    assert (result.stdout, result.returncode) == ("A VERSION  +1 -0\n", 0), result.stderr
    assert (folder / "VERSION").read_text() == "2\n"
