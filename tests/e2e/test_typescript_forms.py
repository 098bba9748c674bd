"""What a module in TypeScript may consist of, each form called through the command line."""

import pytest
from conftest import ROOT, Run
from scratch import NO_DOCKER, environment

MODULE = "tests/e2e/modules/forms-typescript"

CALLS = {
    "enum default": (["level"], "Low"),
    "enum": (["level", "--level=low"], "High"),
    "enum class": (["colour", "--colour=GREEN"], "colour green"),
    "optional and nullable": (["optional", "--a=x"], "x null"),
    "variadic": (["variadic", "--names=a,b"], "a+b"),
    "type alias": (["report", "score"], "1.5"),
    "list of an alias": (["report", "tags"], "x\ny\n"),
    "field of listed objects": (["parts", "label"], "one\ntwo\n"),
    "function of listed objects": (["parts", "shout"], "ONE!ONE!\nTWO!TWO!\n"),
    "state": (["--size=5", "grow", "grow", "state"], "7 a,b,b"),
    "alias": (["renamed"], "was original"),
    "object": (["hello", "--prefix=Hey", "greet", "--name=Bob"], "Hey Bob"),
    "interface": (["greet-with", "--name=Z"], "Yo Z"),
    "secret": (["length", "--token=env:SINK_TOKEN"], "4"),
    "scalar": (["platform", "--p=linux/arm64"], "on linux/arm64"),
    "void": (["nothing"], ""),
    "null": (["maybe", "--give=false"], ""),
    "not null": (["maybe", "--give"], "given"),
}

IN_CONTAINERS = {
    "inferred type": (["inferred", "with-exec", "--args=echo,hi", "stdout"], "hi\n"),
    "file": (["file", "--f=dagger.json"], None),
    "caught error": (["caught"], "ExecError 3 out err sh,-c,echo out; echo err >&2; exit 3"),
}


@pytest.mark.parametrize(("arguments", "output"), CALLS.values(), ids=CALLS.keys())
def test_form(dockwright: Run, arguments: list[str], output: str) -> None:
    """The value is printed, and no Docker is needed."""
    env = environment(NO_DOCKER, {"SINK_TOKEN": "abcd"})
    result = dockwright(MODULE, "call", *arguments, env=env)
    assert (result.returncode, result.stdout) == (0, output), result.stderr


@pytest.mark.usefixtures("docker")
@pytest.mark.parametrize(("arguments", "output"), IN_CONTAINERS.values(), ids=IN_CONTAINERS.keys())
def test_form_in_containers(dockwright: Run, arguments: list[str], output: str | None) -> None:
    """Core objects pass both ways."""
    result = dockwright(MODULE, "call", *arguments)
    expected = str((ROOT / MODULE / "dagger.json").stat().st_size) if output is None else output
    assert (result.returncode, result.stdout) == (0, expected), result.stderr


@pytest.mark.usefixtures("docker")
def test_exit_code_of_a_command(dockwright: Run) -> None:
    """A command that fails ends the call with its own code."""
    assert dockwright(MODULE, "call", "fails").returncode == 3


def test_log(dockwright: Run) -> None:
    """What the module logs is progress, not output."""
    result = dockwright(MODULE, "call", "nothing")
    assert "note { a: [ 1, { b: Map(1)" in result.stderr
    assert result.stdout == ""
