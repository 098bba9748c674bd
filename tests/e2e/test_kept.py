"""Python modules that are called again start from the memory of an instance that has loaded them.

A process that the call leaves behind keeps it.
"""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import BINARY, Run
from scratch import NO_DOCKER, environment, own_directories, write_module

SOURCE = """
    import time
    import helper
    from dagger import function, object_type

    @object_type
    class Faults:
        @function
        def hello(self) -> str:
            return f"Hello, {helper.NAME}!"

        @function
        def slow(self) -> str:
            time.sleep(1)
            return "done"
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")


class Place:
    """A module, and a user of one's own who calls it."""

    def __init__(self, folder: Path) -> None:
        """Write the module."""
        own = own_directories(folder)
        self.module = write_module(folder / "module", SOURCE)
        self.helper = self.module / "dagger" / "src" / "helper.py"
        self.helper.write_text('NAME = "world"\n')
        self.env = environment(NO_DOCKER, own)
        self.cache = Path(own["DOCKWRIGHT_CACHE_DIR"])

    def kept(self) -> set[Path]:
        """The snapshots in the cache."""
        return {path for path in self.cache.glob("native/*/snapshots/*.cwasm") if path.name != "making.cwasm"}

    def uses(self) -> list[Path]:
        """The files that count calls."""
        return list(self.cache.glob("native/*/snapshots/*.uses"))

    def makers(self) -> list[int]:
        """The processes that keep modules of this user."""
        found = []
        for process in Path("/proc").iterdir():
            try:
                command = (process / "cmdline").read_bytes().split(b"\0") if process.name.isdigit() else []
            except OSError:
                continue
            if len(command) > 2 and command[1] == b"keep-modules" and os.fsencode(self.cache) in command[2]:
                found.append(int(process.name))
        return found

    def settle(self) -> None:
        """Wait for those processes."""
        end = time.monotonic() + 40
        while self.makers():
            assert time.monotonic() < end, "they do not end"
            time.sleep(0.02)

    @contextmanager
    def holding_makers(self) -> Iterator[None]:
        """Whoever keeps a module waits meanwhile."""
        (uses,) = self.uses()
        with (uses.parent / "making.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A module whose user has an empty cache."""
    return Place(tmp_path)


def test_calls_stay_the_same_and_edits_count(dockwright: Run, place: Place) -> None:
    """The second call leaves a snapshot, later ones print what the first did, and an edit is another module."""
    assert dockwright(str(place.module), "call", "hello", env=place.env).stdout == "Hello, world!"
    place.settle()
    assert (place.kept(), len(place.uses())) == (set(), 1)
    for _ in range(3):
        assert dockwright(str(place.module), "call", "hello", env=place.env).stdout == "Hello, world!"
        place.settle()
        assert (len(place.kept()), place.uses()) == (1, [])
    place.helper.write_text('NAME = "you"\n')
    for _ in range(3):
        assert dockwright(str(place.module), "call", "hello", env=place.env).stdout == "Hello, you!"
        place.settle()
    assert len(place.kept()) == 2


def test_a_damaged_snapshot_does_no_harm(dockwright: Run, place: Place) -> None:
    """What is not as it was written is not mapped, and the call goes on without."""
    for _ in range(2):
        dockwright(str(place.module), "call", "hello", env=place.env)
    place.settle()
    (snapshot,) = place.kept()
    snapshot.write_bytes(snapshot.read_bytes()[:-4096] + bytes(4096))
    result = dockwright(str(place.module), "call", "hello", env=place.env)
    assert (result.returncode, result.stdout) == (0, "Hello, world!"), result.stderr


def test_what_is_printed_while_loading_is_printed_by_every_call(dockwright: Run, place: Place) -> None:
    """A module that does more than to define itself is loaded anew each time."""
    place.helper.write_text('NAME = "world"\nprint("loading")\n')
    for _ in range(4):
        result = dockwright(str(place.module), "call", "hello", env=place.env)
        assert result.stdout == "Hello, world!"
        assert "loading" in result.stderr
        place.settle()
    assert place.kept() == set()


def test_nobody_waits_for_the_process_and_it_holds_nothing_of_the_call(dockwright: Run, place: Place) -> None:
    """The call ends, and with it every pipe that it was given; what goes on knows no secret and hears no Ctrl-C."""
    dockwright(str(place.module), "call", "hello", env=place.env)
    reading, writing = os.pipe()
    with place.holding_makers():
        result = subprocess.run(
            [BINARY, "call", "hello"],
            cwd=place.module,
            env={**place.env, "API_TOKEN": "hunter2"},
            pass_fds=[writing],
            capture_output=True,
            text=True,
            timeout=20,
        )
        assert result.stdout == "Hello, world!"
        (maker,) = place.makers()
        os.close(writing)
        assert os.read(reading, 1) == b"", "nobody else can write"
        process = Path(f"/proc/{maker}")
        assert {str((process / "fd" / stream).readlink()) for stream in "012"} == {"/dev/null"}
        variables = (process / "environ").read_bytes().strip(b"\0").split(b"\0")
        assert [variable.split(b"=")[0] for variable in variables] == [b"TMPDIR"]
        assert b"hunter2" not in (process / "cmdline").read_bytes()
        assert (os.getpgid(maker), os.getpriority(os.PRIO_PROCESS, maker)) == (maker, 19)
        os.kill(maker, signal.SIGKILL)
        place.settle()
    os.close(reading)
    for _ in range(2):
        assert dockwright(str(place.module), "call", "hello", env=place.env).stdout == "Hello, world!"
        place.settle()
    assert len(place.kept()) == 1, "another has taken its place"


def test_source_that_is_edited_meanwhile_is_not_taken_for_what_was_called(dockwright: Run, place: Place) -> None:
    """An edit between a call and the process that it leaves behind does not come back with the old source."""
    dockwright(str(place.module), "call", "hello", env=place.env)
    with place.holding_makers():
        dockwright(str(place.module), "call", "hello", env=place.env)
        assert len(place.makers()) == 1
        place.helper.write_text('NAME = "you"\n')
    place.settle()
    assert place.kept() == set()
    place.helper.write_text('NAME = "world"\n')
    assert dockwright(str(place.module), "call", "hello", env=place.env).stdout == "Hello, world!"


def test_calls_at_the_same_time_make_one(dockwright: Run, place: Place) -> None:
    """However many call, one snapshot is made, and nothing else is left."""
    dockwright(str(place.module), "call", "hello", env=place.env)
    command = [BINARY, "call", "hello"]
    calls = [
        subprocess.Popen(command, cwd=place.module, env=place.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        for _ in range(4)
    ]
    assert {call.communicate(timeout=60)[0] for call in calls} == {b"Hello, world!"}
    place.settle()
    (snapshot,) = place.kept()
    left = {path.name for path in snapshot.parent.iterdir() if path.suffix != ".uses"}
    assert left == {snapshot.name, snapshot.with_suffix(".fingerprint").name, "making.lock"}


def test_a_program_that_is_replaced_while_it_runs_is_the_one_that_goes_on(dockwright: Run, place: Place) -> None:
    """It was started by a relative path, and is no longer there when the call ends."""
    dockwright(str(place.module), "call", "hello", env=place.env)
    program = place.module.parent / "bin" / "dockwright"
    program.parent.mkdir()
    try:
        program.hardlink_to(BINARY)
    except OSError:
        program.write_bytes(BINARY.read_bytes())
        program.chmod(0o755)
    env = {**place.env, "DOCKWRIGHT_INSTALL_DIR": str(BINARY.parent)}
    call = subprocess.Popen(["../bin/dockwright", "call", "slow"], cwd=place.module, env=env, stdout=subprocess.PIPE)
    time.sleep(0.5)
    program.unlink()
    program.write_text("another\n")
    assert call.communicate(timeout=60)[0] == b"done"
    place.settle()
    assert len(place.kept()) == 1


def test_snapshots_can_be_turned_off(dockwright: Run, place: Place) -> None:
    """Then none are made, counted for, or used."""
    off = {**place.env, "DOCKWRIGHT_SNAPSHOTS": "0"}
    for _ in range(2):
        assert dockwright(str(place.module), "call", "hello", env=off).stdout == "Hello, world!"
        assert place.makers() == []
    assert (place.kept(), place.uses()) == (set(), [])
    for _ in range(2):
        dockwright(str(place.module), "call", "hello", env=place.env)
    place.settle()
    (snapshot,) = place.kept()
    snapshot.write_bytes(b"")
    assert dockwright(str(place.module), "call", "hello", env=off).stdout == "Hello, world!"
    assert "DOCKWRIGHT_SNAPSHOTS=0" in dockwright(str(place.module), "cache", "--help").stdout


def test_what_is_kept_counts_and_goes_as_everything_in_the_cache(dockwright: Run, place: Place) -> None:
    """`cache status` counts snapshots and counters of calls, `cache prune` lets go of those that are old."""

    def entries() -> int:
        status = dockwright(str(place.module), "cache", "status", env=place.env).stdout
        return sum(int(line.split()[-1]) for line in status.splitlines() if line.startswith("native code"))

    dockwright(str(place.module), "call", "hello", env=place.env)
    (uses,) = place.uses()
    before = entries()
    old = time.time() - 31 * 24 * 3600
    os.utime(uses, (old, old))
    dockwright(str(place.module), "cache", "prune", env=place.env)
    assert (place.uses(), entries()) == ([], before - 1)
    for _ in range(2):
        dockwright(str(place.module), "call", "hello", env=place.env)
    place.settle()
    (snapshot,) = place.kept()
    for path in (snapshot, snapshot.with_suffix(".fingerprint")):
        os.utime(path, (old, old))
    dockwright(str(place.module), "cache", "prune", env=place.env)
    assert place.kept() == set()
    assert dockwright(str(place.module), "call", "hello", env=place.env).stdout == "Hello, world!"


def test_the_process_ends_whatever_it_waits_for(dockwright: Run, place: Place) -> None:
    """Half a minute is all that it has."""
    dockwright(str(place.module), "call", "hello", env=place.env)
    with place.holding_makers():
        dockwright(str(place.module), "call", "hello", env=place.env)
        assert len(place.makers()) == 1
        place.settle()
    assert place.kept() == set()
