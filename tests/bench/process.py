"""Whole processes, measured by the kernel's own accounts: wall time, processor time, peak memory."""

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


class BenchError(Exception):
    """Something that keeps a figure from being measured."""


@dataclass(frozen=True)
class Command:
    """A process to start, with variables beside this one's.

    Its standard output must contain `expect`, so that no failure counts as fast.
    """

    arguments: Sequence[str]
    directory: Path | None = None
    stdin: bytes = b""
    expect: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sample:
    """One process: milliseconds of wall and processor time (user and system), and its peak resident set in MB."""

    wall: float
    cpu: float
    rss: float


def run(command: Command) -> Sample:
    """Run a process to its end. Output goes to files, so that reading it costs the process nothing.

    The peak of a process is at least that of this program, which it was when it was forked.
    """
    with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        stdin.write(command.stdin)
        stdin.seek(0)
        environment = {**os.environ, **command.variables}
        started = time.perf_counter()
        process = subprocess.Popen(
            command.arguments, cwd=command.directory, env=environment, stdin=stdin, stdout=out, stderr=err
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = (time.perf_counter() - started) * 1000
        process.returncode = os.waitstatus_to_exitcode(status)
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read().decode(errors="replace"))
    if process.returncode != 0 or command.expect not in texts[0]:
        shown = " ".join(command.arguments)
        wanted = f", expected {command.expect!r} in its output" if command.expect else ""
        raise BenchError(f"{shown}: status {process.returncode}{wanted}\n{texts[0][-2000:]}{texts[1][-2000:]}")
    return Sample(wall, (usage.ru_utime + usage.ru_stime) * 1000, usage.ru_maxrss * 1024 / 1e6)


def settle(seconds: float = 30) -> None:
    """Wait for what calls leave behind: processes that keep the modules which they have loaded, for later calls."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and _is_keeping():
        time.sleep(0.1)


def _is_keeping() -> bool:
    found = subprocess.run(["pgrep", "-f", "keep-modules"], stdout=subprocess.DEVNULL)
    return found.returncode == 0


@dataclass
class Samples:
    """Runs of the same command; each figure is a median over them."""

    runs: list[Sample]

    @property
    def wall(self) -> float:
        """Wall time in milliseconds."""
        return statistics.median(sample.wall for sample in self.runs)

    @property
    def least(self) -> float:
        """The shortest wall time in milliseconds, which other work on the machine disturbs least."""
        return min(sample.wall for sample in self.runs)

    @property
    def cpu(self) -> float:
        """Processor time in milliseconds."""
        return statistics.median(sample.cpu for sample in self.runs)

    @property
    def rss(self) -> float:
        """Peak resident set in MB."""
        return statistics.median(sample.rss for sample in self.runs)


def alternate(
    times: int, *commands: Callable[[], Command], before: Callable[[], None] | None = None
) -> tuple[Samples, ...]:
    """Run commands in turns, each turn in the reverse order of the last: a busy machine is busy for all of them.

    `before` runs at the beginning of each turn. A command is made anew for each run.
    """
    samples = tuple(Samples([]) for _ in commands)
    for turn in range(times):
        if before is not None:
            before()
        order = range(len(commands))
        for index in order if turn % 2 == 0 else reversed(order):
            samples[index].runs.append(run(commands[index]()))
    return samples
