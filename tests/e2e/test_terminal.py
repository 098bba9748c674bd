"""`terminal`: a shell in a container, at the terminal of whoever called, and what is told where there is none."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
import uuid
from pathlib import Path

import pytest
from conftest import BINARY, Run
from graphql import QueryError, Session, asserts
from scratch import write_module

pytestmark = pytest.mark.usefixtures("docker")


class Terminal:
    """A command of dockwright at a terminal of 33 rows and 101 columns."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        """Start it."""
        self.main, side = pty.openpty()
        fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 33, 101, 0, 0))
        self.settings = termios.tcgetattr(side)
        command = [BINARY, *arguments]
        self.process = subprocess.Popen(
            command, cwd=folder, stdin=side, stdout=side, stderr=side, start_new_session=True
        )
        self.side = side
        self.seen = b""

    def wait_for(self, text: bytes, seconds: int = 20) -> None:
        """Read until the text is on the screen."""
        end = time.monotonic() + seconds
        while text not in self.seen:
            ready, _, _ = select.select([self.main], [], [], 0.2)
            if ready:
                self.seen += os.read(self.main, 4096)
            assert time.monotonic() < end, self.seen.decode(errors="replace")

    def type(self, keys: bytes) -> None:
        """Type the keys."""
        os.write(self.main, keys)

    def status(self) -> int:
        """Wait for the end; whether the terminal is as it was before."""
        end = time.monotonic() + 20
        while self.process.poll() is None and time.monotonic() < end:
            if select.select([self.main], [], [], 0.1)[0]:
                self.seen += os.read(self.main, 4096)
        assert termios.tcgetattr(self.side) == self.settings
        os.close(self.side)
        os.close(self.main)
        return self.process.wait(timeout=1)


def test_a_terminal_that_goes_away(tmp_path: Path) -> None:
    """The command ends when the window is closed."""
    terminal = Terminal(tmp_path, "core", "container", "from", "--address=busybox", "terminal")
    terminal.wait_for(b"# ")
    os.close(terminal.side)
    os.close(terminal.main)
    assert terminal.process.wait(timeout=20) != 0


@asserts("Container.terminal")
def test_a_shell_in_a_container(tmp_path: Path) -> None:
    """Keys and the window's size reach the shell, an interrupt ends what the shell runs; its end is the call's."""
    word = uuid.uuid4().hex[:12]
    with_word = ["with-new-file", "--path=/word", f"--contents={word}"]
    terminal = Terminal(tmp_path, "core", "container", "from", "--address=busybox", *with_word, "terminal")
    terminal.wait_for(b"# ")
    terminal.type(b"echo $(cat /word)-$((6*7)); stty size\n")
    terminal.wait_for(f"{word}-42".encode())
    terminal.wait_for(b"33 101")
    terminal.type(b"sleep 100; echo slept-$?\n")
    time.sleep(0.5)
    terminal.type(b"\x03")
    terminal.type(b"echo still-$((1+1))\n")
    terminal.wait_for(b"still-2")
    terminal.type(b"exit\n")
    assert terminal.status() == 0, terminal.seen.decode(errors="replace")
    assert b"Container@" in terminal.seen


@asserts("Container.withDefaultTerminalCmd")
def test_the_command_of_a_container(tmp_path: Path) -> None:
    """A container says what its terminal runs, and the call may say otherwise."""
    own = ["with-default-terminal-cmd", "--args=sh,-c,echo own-$((20+1))"]
    base = ["core", "container", "from", "--address=busybox"]
    terminal = Terminal(tmp_path, *base, *own, "terminal")
    terminal.wait_for(b"own-21")
    assert terminal.status() == 0
    terminal = Terminal(tmp_path, *base, *own, "terminal", "--cmd=sh,-c,echo other-$((20+2))")
    terminal.wait_for(b"other-22")
    assert terminal.status() == 0
    assert b"own-21" not in terminal.seen


@asserts("Directory.terminal")
def test_a_shell_beside_a_directory(tmp_path: Path) -> None:
    """The shell begins in the directory; what it writes there is not kept."""
    chain = ["core", "directory", "with-new-file", "--path=a", "--contents=x", "terminal"]
    terminal = Terminal(tmp_path, *chain)
    terminal.wait_for(b"# ")
    terminal.type(b"pwd; ls; echo y > b; echo done-$((1+1))\n")
    terminal.wait_for(b"done-2")
    assert b"/src" in terminal.seen
    terminal.type(b"exit 3\n")
    assert terminal.status() == 0
    terminal = Terminal(tmp_path, *chain, "entries")
    terminal.wait_for(b"# ")
    terminal.type(b"ls | wc -l | sed s/^/count-/; exit\n")
    terminal.wait_for(b"count-1")
    assert terminal.status() == 0


@asserts("Service.terminal")
def test_a_shell_in_a_service(tmp_path: Path) -> None:
    """The shell sees what the service's own process does."""
    service = ["as-service", "--args=sh,-c,mkdir /made; exec sleep 1000"]
    terminal = Terminal(tmp_path, "core", "container", "from", "--address=busybox", *service, "terminal")
    terminal.wait_for(b"# ")
    terminal.type(b"ls -d /made; ps -o args | grep -c '^sleep 100[0]' | sed s/^/count-/; exit\n")
    terminal.wait_for(b"count-1")
    assert terminal.status() == 0, terminal.seen.decode(errors="replace")
    assert b"/made" in terminal.seen


def test_a_call_that_is_ended(tmp_path: Path) -> None:
    """A call that is told to end leaves the terminal as it was."""
    terminal = Terminal(tmp_path, "core", "container", "from", "--address=busybox", "terminal")
    terminal.wait_for(b"# ")
    terminal.process.terminate()
    assert terminal.status() == 2, terminal.seen.decode(errors="replace")


def test_no_terminal(dockwright: Run, tmp_path: Path) -> None:
    """Without a terminal that is said, before anything is made."""
    chain = ["core", "container", "from", "--address=busybox", "terminal"]
    result = dockwright(str(tmp_path), *chain)
    assert result.returncode == 1
    assert "Container.terminal needs a terminal: standard" in result.stderr
    with Session(tmp_path) as session, pytest.raises(QueryError, match=r"Directory\.terminal needs a terminal"):
        session.get("directory.terminal.sync")


def test_a_module_opens_none(tmp_path: Path) -> None:
    """What somebody types is not for modules to read."""
    folder = write_module(
        tmp_path,
        """
        from dagger import dag, function, object_type


        @object_type
        class Faults:
            @function
            async def opens(self) -> str:
                await dag.container().from_("busybox").terminal().sync()
                return "opened"
        """,
    )
    terminal = Terminal(folder, "--progress=plain", "call", "opens")
    assert terminal.status() == 1
    assert b"the user's terminal is not available to a module" in b" ".join(terminal.seen.split())
