"""modules/hello-python: functions that need no container."""

import os

import pytest
from conftest import Run

MODULE = "modules/hello-python"

CALLS = {
    "default": (["hello"], "Hello, world!"),
    "argument": (["hello", "--name=Ada"], "Hello, Ada!"),
    "integer": (["shout", "--text=hey", "--times=3"], "HEY! HEY! HEY!"),
    "list result": (["words", "--text=one two"], "one\ntwo\n"),
    "integers": (["add", "--a=40", "--b=2"], "42"),
    "object field": (["statistics", "--numbers=1,2,3.5", "count"], "3"),
}


@pytest.mark.parametrize(("arguments", "output"), CALLS.values(), ids=CALLS.keys())
def test_call(dockwright: Run, arguments: list[str], output: str) -> None:
    """A call prints its value and nothing else on standard output."""
    result = dockwright(MODULE, "call", *arguments)
    assert result.returncode == 0, result.stderr
    assert result.stdout == output


def test_functions(dockwright: Run) -> None:
    """All functions are listed with their description."""
    result = dockwright(MODULE, "functions")
    assert result.returncode == 0, result.stderr
    names = [line.split()[0] for line in result.stdout.splitlines()[1:]]
    assert sorted(names) == ["add", "hello", "shout", "statistics", "words"]
    assert "Greet someone." in result.stdout


def test_error(dockwright: Run) -> None:
    """An exception of the module fails the call and is shown."""
    result = dockwright(MODULE, "call", "shout", "--text=hey", "--times=0")
    assert result.returncode == 1
    assert result.stdout == ""
    assert "times must be at least 1: 0" in result.stderr


def test_docker_is_not_touched(dockwright: Run) -> None:
    """No daemon is needed where no container is."""
    env = {**os.environ, "DOCKER_HOST": "unix:///nonexistent/docker.sock"}
    result = dockwright(MODULE, "call", "hello", env=env)
    assert result.returncode == 0, result.stderr
    assert result.stdout == "Hello, world!"
