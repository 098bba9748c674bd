"""modules/ci-python over its example application: a whole pipeline in containers."""

import os
import re
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, Run

MODULE = "modules/ci-python"
SOURCE = "--source=example-app"
REGISTRY = os.environ.get("DOCKWRIGHT_LAB_REGISTRY")

pytestmark = pytest.mark.usefixtures("docker")


def call(dockwright: Run, *arguments: str, env: dict[str, str] | None = None) -> str:
    """Call a function that must succeed and return its standard output."""
    result = dockwright(MODULE, "call", *arguments, env=env)
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_build(dockwright: Run) -> None:
    """What requirements.txt names is installed."""
    assert re.search(r"(?m)^tabulate==", call(dockwright, "build", SOURCE))


def test_test(dockwright: Run) -> None:
    """The report of pytest comes back."""
    assert "9 passed" in call(dockwright, "test", SOURCE)


def test_lint(dockwright: Run) -> None:
    """The application is clean."""
    assert "All checks passed!" in call(dockwright, "lint", SOURCE)


@pytest.mark.parametrize("name", ["all", "all-parallel"])
def test_all(dockwright: Run, name: str) -> None:
    """Both orders give all three outputs, in the order of the source."""
    output = call(dockwright, name, SOURCE)
    places = [output.index(text) for text in ("tabulate==", "9 passed", "All checks passed!")]
    assert places == sorted(places)


def test_build_with_cache(dockwright: Run) -> None:
    """The cache volume does not change the result."""
    assert re.search(r"(?m)^tabulate==", call(dockwright, "build-with-cache", SOURCE))


def test_container_goes_on(dockwright: Run) -> None:
    """A returned container is continued on the command line."""
    command = "--args=sh,-c,echo to be or not to be | python -m tally --limit 1"
    output = call(dockwright, "container", SOURCE, "with-exec", command, "stdout")
    assert output.splitlines()[-1].split() == ["be", "2"]


def test_deploy_hides_the_token(dockwright: Run) -> None:
    """The secret is used, and neither stream shows it."""
    token = "correct-horse-battery-staple"
    env = {**os.environ, "DEPLOY_TOKEN": token}
    result = dockwright(MODULE, "call", "deploy", SOURCE, "--token=env://DEPLOY_TOKEN", env=env)
    assert result.returncode == 0, result.stderr
    assert re.fullmatch(r"release [0-9a-f]{12} signed [0-9a-f]{12}\n", result.stdout)
    assert token not in result.stdout + result.stderr


@pytest.mark.skipif(REGISTRY is None, reason="DOCKWRIGHT_LAB_REGISTRY is not set: there is no registry to push to")
def test_publish(dockwright: Run) -> None:
    """The address of what was pushed carries its digest."""
    address = call(dockwright, "publish", SOURCE, f"--registry={REGISTRY}/tally", "--tag=1.0.0")
    assert re.fullmatch(rf"{REGISTRY}/tally:1\.0\.0@sha256:[0-9a-f]{{64}}", address.strip())


def test_failing_tests_are_shown(dockwright: Run, tmp_path: Path) -> None:
    """The report of a failing run reaches the caller."""
    app = copy_application(tmp_path)
    (app / "tests" / "test_broken.py").write_text("def test_broken():\n    assert 1 == 2\n")
    result = dockwright(MODULE, "call", "test", f"--source={app}")
    assert result.returncode == 1
    assert "1 failed, 9 passed" in result.stdout + result.stderr


def test_exit_code_is_the_tools(dockwright: Run, tmp_path: Path) -> None:
    """The call ends with the exit code of the failed command: 4 is pytest's for wrong usage."""
    app = copy_application(tmp_path)
    settings = app / "pyproject.toml"
    settings.write_text(settings.read_text().replace('testpaths = ["tests"]', 'addopts = "--no-such-option"'))
    assert dockwright(MODULE, "call", "test", f"--source={app}").returncode == 4


def copy_application(folder: Path) -> Path:
    """Copy the example application, to break it."""
    return Path(shutil.copytree(ROOT / MODULE / "example-app", folder / "app"))
