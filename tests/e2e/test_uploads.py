"""Directories given on the command line, again and again, with something changed in between."""

import os
from pathlib import Path

import pytest
from conftest import Run
from scratch import write_module

pytestmark = pytest.mark.usefixtures("docker")

SOURCE = """
    from dagger import Directory, dag, function, object_type

    SHOW = "cd /src && find . -type f -o -type l | sort | while read f; do echo $f $(stat -c %a $f) $(cat $f); done"

    @object_type
    class Faults:
        @function
        async def read(self, source: Directory) -> str:
            paths = await source.glob("**/*.txt")
            return "\\n".join([f"{path} {await source.file(path).contents()}" for path in paths])

        @function
        async def copied(self, source: Directory) -> str:
            container = dag.container().from_("busybox").with_directory("/src", source)
            return await container.with_exec(["sh", "-c", SHOW]).stdout()

        @function
        async def mounted(self, source: Directory) -> str:
            container = dag.container().from_("busybox").with_mounted_directory("/src", source)
            return await container.with_exec(["sh", "-c", SHOW]).stdout()
"""


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A module that shows directories."""
    return write_module(tmp_path_factory.mktemp("uploads") / "module", SOURCE)


def shown(folder: Path, function: str) -> str:
    """What the module should show of the folder."""
    files = sorted(path for path in folder.rglob("*") if not path.is_dir())
    names = {path: path.relative_to(folder) for path in files}
    if function == "read":
        return "\n".join(f"{names[path]} {path.read_text()}" for path in files)
    modes = {path: "777" if path.is_symlink() else f"{path.stat().st_mode & 0o777:o}" for path in files}
    return "\n".join(f"./{names[path]} {modes[path]} {path.read_text()}" for path in files)


@pytest.mark.parametrize("function", ["read", "copied", "mounted"])
def test_each_call_sees_the_directory_as_it_is(dockwright: Run, module: Path, tmp_path: Path, function: str) -> None:
    """Files that are edited, made, removed and replaced between calls are so in the next."""
    source = tmp_path / "source"
    (source / "sub").mkdir(parents=True)
    for name in ("a.txt", "b.txt", "sub/c.txt", "sub/d.txt"):
        (source / name).write_text(name + os.urandom(8).hex())

    def replace() -> None:
        (source / "a.txt").unlink()
        (source / "a.txt").symlink_to("b.txt")

    def make() -> None:
        (source / "new" / "deep").mkdir(parents=True)
        (source / "new" / "deep" / "e.txt").write_text("e")

    def turn() -> None:
        (source / "a.txt").unlink()
        (source / "a.txt").mkdir()
        (source / "a.txt" / "f.txt").write_text("f")

    edits = [
        lambda: None,
        lambda: None,
        lambda: (source / "b.txt").write_text("edited"),
        lambda: (source / "sub" / "c.txt").unlink(),
        lambda: (source / "sub" / "d.txt").chmod(0o600),
        replace,
        make,
        lambda: (source / "b.txt").write_text("again"),
        turn,
        lambda: None,
    ]
    if function == "read":
        edits.remove(turn)
    for number, edit in enumerate(edits):
        edit()
        result = dockwright(str(module), "call", function, f"--source={source}")
        assert (result.returncode, result.stdout.strip()) == (0, shown(source, function)), (number, result.stderr)


def test_functions_that_use_a_directory_otherwise_see_the_same(dockwright: Run, module: Path, tmp_path: Path) -> None:
    """One function reads the directory and one copies it, in turns."""
    (tmp_path / "keep.txt").write_text("kept")
    for number in range(4):
        (tmp_path / "a.txt").write_text(f"{number}{os.urandom(8).hex()}")
        for function in ("read", "copied"):
            result = dockwright(str(module), "call", function, f"--source={tmp_path}")
            assert (result.returncode, result.stdout.strip()) == (0, shown(tmp_path, function)), result.stderr
