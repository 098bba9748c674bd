"""Checks of modules: which functions they are, how they run, what of them is told, in the three languages."""

import json
import signal
import subprocess
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from annotated import run
from conftest import BINARY
from graphql import QueryError, Session, asserts
from scratch import NO_DOCKER, environment, write_go_module, write_module, write_typescript_module

SOURCE = '''
import asyncio
from typing import Annotated

import dagger
from dagger import DefaultPath, check, dag, function, generate, object_type


@object_type
class Backend:
    """Checks of one part."""

    @function
    @check
    def unit(self) -> dagger.Container:
        """Run the unit tests."""
        return dag.container().from_("busybox").with_exec(["sh", "-c", "echo said; echo wrong >&2; exit 3"])

    @function
    @check
    def style(self) -> dagger.Container:
        return dag.container().from_("busybox").with_exec(["true"])


@object_type
class Faults:
    """Checks that pass and fail."""

    @function
    def backend(self) -> Backend:
        """Look at the backend."""
        return Backend()

    @function
    @check
    def lint(self) -> None:
        """Look at the style.

        And at nothing else.
        """

    @function
    @check
    def broken_link(self) -> str:
        raise ValueError("a link is broken")

    @function
    @check
    def needs(self, argument: str) -> str:
        return argument

    @function
    @check
    async def slow(self) -> None:
        await dag.container().from_("busybox").with_exec(["sleep", "120", "0.NONCE"]).sync()

    @function
    @generate
    def docs(self, source: Annotated[dagger.Directory, DefaultPath("/docs")]) -> dagger.Changeset:
        """Write the docs."""
        return source.with_new_file("api.md", "# API\\n").changes(source)

    @function
    def other(self) -> str:
        return "no check"
'''


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A module with checks."""
    folder = write_module(tmp_path_factory.mktemp("checks"), SOURCE.replace("NONCE", str(uuid.uuid4().int)))
    (folder / "docs").mkdir()
    (folder / "docs" / "api.md").write_text("# API\n")
    return folder


LIST = """\
Name            Description
backend:unit    Run the unit tests.
backend:style   -
lint            Look at the style.
broken-link     -
slow            -
docs            Write the docs.
"""


def test_list(folder: Path) -> None:
    """They are listed by name, below objects too, without an engine; what needs arguments is none."""
    result = run(folder, "check", "--list", env=environment(NO_DOCKER))
    assert (result.stdout, result.returncode) == (LIST, 0), result.stderr
    result = run(folder, "check", "-l", "backend", "--skip=*:style", env=environment(NO_DOCKER))
    assert result.stdout == "Name           Description\nbackend:unit   Run the unit tests.\n"
    result = run(folder, "check", "-l", "--no-generate", "docs", "lint", env=environment(NO_DOCKER))
    assert result.stdout == "Name   Description\nlint   Look at the style.\n"
    result = run(folder, "check", "-l", "--generate", env=environment(NO_DOCKER))
    assert result.stdout == "Name   Description\ndocs   Write the docs.\n"


def test_without_containers(folder: Path) -> None:
    """A check that asks for no container needs no engine."""
    result = run(folder, "check", "lint", env=environment(NO_DOCKER))
    assert (result.stdout, result.returncode) == ("passed    lint\n", 0), result.stderr
    result = run(folder, "check", "brokenLink", "lint", env=environment(NO_DOCKER))
    assert (result.stdout, result.returncode) == ("passed    lint\nfailed    broken-link\n", 1)
    assert "check `broken-link`: ValueError: a link is broken (src/main.py:" in result.stderr
    assert 'raise ValueError("a link is broken")' in result.stderr


def test_unknown(folder: Path) -> None:
    """A pattern that names nothing is told, with what there is."""
    result = run(folder, "check", "lnt", env=environment(NO_DOCKER))
    assert (result.stdout, result.returncode) == ("", 1)
    assert "no check of module `faults` is left to run; there are: backend:unit, backend:style, lint" in result.stderr


def test_no_checks(tmp_path: Path) -> None:
    """A module without checks says how one is declared."""
    folder = write_module(tmp_path, "from dagger import object_type\n\n\n@object_type\nclass Faults:\n    pass\n")
    result = run(folder, "check", env=environment(NO_DOCKER))
    assert result.returncode == 1
    assert "has no check: mark a function without required arguments with @check in Python" in result.stderr


@pytest.mark.usefixtures("docker")
def test_run(folder: Path) -> None:
    """All run side by side; a command that fails is shown with what it printed, and the exit is a failure."""
    result = run(folder, "check", "--skip=slow")
    expected = (
        "failed    backend:unit\npassed    backend:style\npassed    lint\nfailed    broken-link\npassed    docs\n"
    )
    assert (result.stdout, result.returncode) == (expected, 1), result.stderr
    assert "check `backend:unit`: process" in result.stderr
    assert "exit code: 3" in result.stderr and "wrong" in result.stderr
    # Each is a step of its own in the view.
    assert "▸ backend:unit\n" in result.stderr and "✘ backend:unit" in result.stderr


@pytest.mark.usefixtures("docker")
def test_failfast(folder: Path) -> None:
    """With the first that fails the others end, and are told as not run."""
    start = time.monotonic()
    result = run(folder, "check", "slow", "broken-link", "--failfast")
    assert (result.stdout, result.returncode) == ("failed    broken-link\nnot run   slow\n", 1), result.stderr
    assert time.monotonic() - start < 60


@pytest.mark.usefixtures("docker")
def test_cancelled(folder: Path) -> None:
    """Ctrl-C ends them."""
    process = subprocess.Popen(
        [BINARY, "--progress=plain", "check", "slow"],
        cwd=folder,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.rstrip().endswith("faults.slow"):
            break
    time.sleep(2)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "Cancelled." in told


@pytest.mark.usefixtures("docker")
def test_outdated(folder: Path, tmp_path: Path) -> None:
    """A generator is a check that fails when there is something to write."""
    folder = write_module(tmp_path, SOURCE)
    (folder / "docs").mkdir()
    result = run(folder, "check", "docs")
    assert (result.stdout, result.returncode) == ("failed    docs\n", 1)
    assert "what it generates is not up to date: api.md; run `dockwright generate docs`" in result.stderr
    assert list((folder / "docs").iterdir()) == []


TYPESCRIPT = """
import { check, func, object } from "@dagger.io/dagger";

@object()
export class Faults {
  /** Looks at the style. */
  @func()
  @check()
  lintAll(): void {}

  @func()
  @check()
  async broken(): Promise<string> {
    throw new Error("a link is broken");
  }
}
"""

GO = """
package main

import "errors"

type Faults struct{}

// Looks at the style.
//
// +check
func (m *Faults) LintAll() error {
	return nil
}

// +check
func (m *Faults) Broken() error {
	return errors.New("a link is broken")
}
"""


@pytest.mark.parametrize("language", ["typescript", "go"])
def test_languages(tmp_path: Path, language: str) -> None:
    """They are declared in each language's own way."""
    if language == "typescript":
        folder = write_typescript_module(tmp_path, {"src/index.ts": TYPESCRIPT})
    else:
        folder = write_go_module(tmp_path, {"main.go": GO})
    result = run(folder, "check", env=environment(NO_DOCKER))
    assert (result.stdout, result.returncode) == ("passed    lint-all\nfailed    broken\n", 1), result.stderr
    assert "a link is broken" in result.stderr
    result = run(folder, "check", "-l", "lint-all", env=environment(NO_DOCKER))
    assert result.stdout == "Name       Description\nlint-all   Looks at the style.\n"


@pytest.fixture(scope="module")
def session(folder: Path) -> Iterator[Session]:
    """One session for the tests of this file."""
    with Session(folder) as session:
        yield session


MODULE = 'moduleSource(refString: ".").asModule'


@asserts(
    "Module.checks",
    "CheckGroup.list",
    "Check.name",
    "Check.path",
    "Check.description",
    "Check.checkType",
    "Check.completed",
    "Check.passed",
    "Check.resultEmoji",
    "Check.error",
)
def test_before(session: Session) -> None:
    """What is known of checks that were not run."""
    fields = "{ name path description checkType completed passed resultEmoji error { message } }"
    found = session.get(f'{MODULE}.checks(include: ["backend:unit", "docs"]).list{fields}')
    assert found == [
        {
            "name": "backend:unit",
            "path": ["backend", "unit"],
            "description": "Run the unit tests.",
            "checkType": "check",
            "completed": False,
            "passed": False,
            "resultEmoji": "",
            "error": None,
        },
        {
            "name": "docs",
            "path": ["docs"],
            "description": "Write the docs.",
            "checkType": "generate",
            "completed": False,
            "passed": False,
            "resultEmoji": "",
            "error": None,
        },
    ]
    names = session.get(f"{MODULE}.checks(noGenerate: true).list{{ name }}")
    assert [each["name"] for each in names] == ["backend:unit", "backend:style", "lint", "broken-link", "slow"]


@asserts("Module.check", "Check.run", "Check.passed", "Check.completed", "Check.error", "Check.resultEmoji")
@pytest.mark.usefixtures("docker")
def test_one(session: Session) -> None:
    """One check is run by name; its error has the structure of what failed."""
    fields = "{ completed passed resultEmoji error { message values { name value } } }"
    one = '{ moduleSource(refString: ".") { asModule { check(name: "%s") { run %s } } } }'
    passed = session.query(one % ("backend:style", fields))["moduleSource"]["asModule"]["check"]["run"]
    assert passed == {"completed": True, "passed": True, "resultEmoji": "🟢", "error": None}
    failed = session.query(one % ("backend:unit", fields))["moduleSource"]["asModule"]["check"]["run"]
    assert (failed["completed"], failed["passed"], failed["resultEmoji"]) == (True, False, "🔴")
    values = {entry["name"]: json.loads(entry["value"]) for entry in failed["error"]["values"]}
    assert (values["_type"], values["exitCode"], values["stderr"]) == ("EXEC_ERROR", 3, "wrong")
    with pytest.raises(QueryError, match="module `faults` has no check `lnt`; did you mean `lint`"):
        session.get(f'{MODULE}.check(name: "lnt").name')


@asserts("CheckGroup.run", "CheckGroup.report", "Check.originalModule")
def test_group(session: Session) -> None:
    """A group runs them all, and reports."""
    group = f'{MODULE}.checks(include: ["lint", "broken-link"]).run'
    assert session.get(f"{group}.list{{ name passed originalModule {{ name }} }}") == [
        {"name": "lint", "passed": True, "originalModule": {"name": "faults"}},
        {"name": "broken-link", "passed": False, "originalModule": {"name": "faults"}},
    ]
    report = session.get(f"{group}.report.contents")
    assert report.startswith("# Checks\n\n| Check | Result | Description |\n|---|---|---|\n")
    assert "| lint | 🟢 passed | Look at the style. |\n| broken-link | 🔴 failed |  |\n" in report
    assert "\n## broken-link\n\n    ValueError: a link is broken (src/main.py:" in report


@asserts("CheckGroup.run")
@pytest.mark.usefixtures("docker")
def test_group_fails_fast(session: Session) -> None:
    """With `failFast` what goes on when one fails is cancelled, and stays as it was."""
    group = f'{MODULE}.checks(include: ["slow", "broken-link"]).run(failFast: true)'
    assert session.get(f"{group}.list{{ name completed }}") == [
        {"name": "broken-link", "completed": True},
        {"name": "slow", "completed": False},
    ]
