"""The modules ci-*, each over its example application: a whole pipeline in containers, in each language."""

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import ROOT, Run

SOURCE = "--source=example-app"
REGISTRY = os.environ.get("DOCKWRIGHT_LAB_REGISTRY")

pytestmark = pytest.mark.usefixtures("docker")


def break_pytest(app: Path) -> None:
    """Give pytest an option that it does not know: it ends with 4."""
    settings = app / "pyproject.toml"
    settings.write_text(settings.read_text().replace('testpaths = ["tests"]', 'addopts = "--no-such-option"'))


def break_npm_test(app: Path) -> None:
    """End the test script with 9."""
    settings = app / "package.json"
    settings.write_text(settings.read_text().replace('"node --test', '"exit 9; node --test'))


def break_go_test(app: Path) -> None:
    """Spoil go.mod: Go ends with 1 before any test."""
    (app / "go.mod").write_text("no go.mod\n")


@dataclass(frozen=True)
class Pipeline:
    """What the functions of a module print, and how to break its application."""

    module: str
    build: str
    test: str
    lint: str
    command: str
    """A shell command in the application's image."""
    output: str
    """What it prints."""
    failing_test: tuple[str, str]
    """A test that fails: its file and text."""
    failures: str
    """What the report then says."""
    break_tests: Callable[[Path], None]
    code: int
    """The exit code of the tests when broken."""


PIPELINES = {
    "python": Pipeline(
        module="modules/ci-python",
        build="tabulate==",
        test="9 passed",
        lint="All checks passed!",
        command="echo to be or not to be | python -m tally --limit 1",
        output=r"be +2\s*$",
        failing_test=("tests/test_broken.py", "def test_broken():\n    assert 1 == 2\n"),
        failures="1 failed, 9 passed",
        break_tests=break_pytest,
        code=4,
    ),
    "typescript": Pipeline(
        module="modules/ci-typescript",
        build="dist/mdtable.js",
        test="pass 9",
        lint="No problems found",
        command="echo name | mdtable",
        output=r"^\| name \|\n\| ---- \|\n$",
        failing_test=("test/broken.test.js", "throw new Error('broken')\n"),
        failures="fail 1",
        break_tests=break_npm_test,
        code=9,
    ),
    "go": Pipeline(
        module="modules/ci-go",
        build="/out/server",
        test="--- PASS: TestHealth",
        lint="No problems found",
        command="server -check",
        output=r'^\{"text":"Hello, check!","visits":1\}\n$',
        failing_test=(
            "broken_test.go",
            'package main\n\nimport "testing"\n\nfunc TestBroken(t *testing.T) { t.Fail() }\n',
        ),
        failures="--- FAIL: TestBroken",
        break_tests=break_go_test,
        code=1,
    ),
}


@pytest.fixture(params=PIPELINES)
def pipeline(request: pytest.FixtureRequest) -> Pipeline:
    """The pipeline of each language."""
    if request.param == "go" and shutil.which("go") is None:
        pytest.skip("there is no `go` on PATH to build modules in Go with")
    return PIPELINES[request.param]


def call(dockwright: Run, pipeline: Pipeline, *arguments: str, env: dict[str, str] | None = None) -> str:
    """Call a function that must succeed and return its standard output."""
    result = dockwright(pipeline.module, "call", *arguments, env=env)
    assert result.returncode == 0, result.stderr
    return result.stdout


def copy_application(pipeline: Pipeline, folder: Path) -> Path:
    """Copy the example application, to break it."""
    return Path(shutil.copytree(ROOT / pipeline.module / "example-app", folder / "app"))


def test_steps(dockwright: Run, pipeline: Pipeline) -> None:
    """Building, testing and linting each give what the tool prints."""
    assert pipeline.build in call(dockwright, pipeline, "build", SOURCE)
    assert pipeline.test in call(dockwright, pipeline, "test", SOURCE)
    assert pipeline.lint in call(dockwright, pipeline, "lint", SOURCE)


@pytest.mark.parametrize("name", ["all", "all-parallel"])
def test_all(dockwright: Run, pipeline: Pipeline, name: str) -> None:
    """Both orders give all three outputs, in the order of the source."""
    output = call(dockwright, pipeline, name, SOURCE)
    places = [output.index(text) for text in (pipeline.build, pipeline.test, pipeline.lint)]
    assert places == sorted(places)


def test_build_with_cache(dockwright: Run, pipeline: Pipeline) -> None:
    """The cache volume does not change the result."""
    assert pipeline.build in call(dockwright, pipeline, "build-with-cache", SOURCE)


def test_container_goes_on(dockwright: Run, pipeline: Pipeline) -> None:
    """A returned container is continued on the command line."""
    command = f"--args=sh,-c,{pipeline.command}"
    assert re.search(pipeline.output, call(dockwright, pipeline, "container", SOURCE, "with-exec", command, "stdout"))


def test_deploy_hides_the_token(dockwright: Run, pipeline: Pipeline) -> None:
    """The secret is used, and neither stream shows it."""
    token = "correct-horse-battery-staple"
    env = {**os.environ, "DEPLOY_TOKEN": token}
    result = dockwright(pipeline.module, "call", "deploy", SOURCE, "--token=env://DEPLOY_TOKEN", env=env)
    assert result.returncode == 0, result.stderr
    assert re.fullmatch(r"release [0-9a-f]{12} signed [0-9a-f]{12}\n", result.stdout)
    assert token not in result.stdout + result.stderr


@pytest.mark.skipif(REGISTRY is None, reason="DOCKWRIGHT_LAB_REGISTRY is not set: there is no registry to push to")
def test_publish(dockwright: Run, pipeline: Pipeline) -> None:
    """The address of what was pushed carries its digest."""
    address = call(dockwright, pipeline, "publish", SOURCE, f"--registry={REGISTRY}/app", "--tag=1.0.0")
    assert re.fullmatch(rf"{REGISTRY}/app:1\.0\.0@sha256:[0-9a-f]{{64}}", address.strip())


def test_failing_tests_are_shown(dockwright: Run, pipeline: Pipeline, tmp_path: Path) -> None:
    """The report of a failing run reaches the caller."""
    app = copy_application(pipeline, tmp_path)
    file, text = pipeline.failing_test
    (app / file).write_text(text)
    result = dockwright(pipeline.module, "call", "test", f"--source={app}")
    assert result.returncode == 1
    assert pipeline.failures in result.stdout + result.stderr


def test_exit_code_is_the_tools(dockwright: Run, pipeline: Pipeline, tmp_path: Path) -> None:
    """The call ends with the exit code of the failed command."""
    app = copy_application(pipeline, tmp_path)
    pipeline.break_tests(app)
    assert dockwright(pipeline.module, "call", "test", f"--source={app}").returncode == pipeline.code
