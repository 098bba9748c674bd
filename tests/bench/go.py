"""Modules in Go: what a call, an edit and reading a definition cost, with a local Go and with the toolchain pack."""

import os
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from process import BenchError, Command, Samples, alternate, run
from table import Row
from typescript import cargo

ROOT = Path(__file__).resolve().parents[2]
MODULE = ROOT / "modules" / "hello-go"
RUNTIMES = ROOT / "target" / "release" / "runtimes"
TEST = "a_module_behaves_the_same_in_both_engines"
HELLO = ["dockwright", "call", "hello", "--name=bench"]
PACK = {"DOCKWRIGHT_GO": "pack"}


def rows(times: int) -> list[Row]:
    """`call hello` as it is, and after one line of its source has changed, with the Go on PATH."""
    hello = Command(HELLO, MODULE, expect="Hello, bench!")
    run(hello)
    functions = Command(["dockwright", "functions"], MODULE, expect="hello")
    version = Command(["dockwright", "version"], MODULE)
    ours, listing, least = alternate(times, lambda: hello, lambda: functions, lambda: version)
    known = "functions, without what starting a process takes"
    found = [
        Row("Go, call hello: wall", ours.wall, bound=10, runs=times),
        Row("Go, call hello: CPU", ours.cpu, runs=times),
        Row("Go, call hello: peak memory", ours.rss, unit="MB", bound=40, runs=times),
        Row("Go, describe, cached", listing.wall - least.wall, bound=5, runs=times, note=known),
    ]
    if shutil.which("go") is None:
        return [*found, Row("Go, one line edited: wall", bound=1200, note="there is no go on PATH")]
    with edits({}) as edited:
        (edit,) = alternate(times, edited)
    return [*found, *edit_rows("Go, one line edited", edit, 1200, times)]


def pack_rows(times: int) -> list[Row]:
    """The same with the toolchain pack, its size, and the first build that a machine does."""
    names = ["Go pack, one line edited: wall", "Go pack, first build: wall", "Go pack, size"]
    bounds = [2000, 10000, 60]
    probe = subprocess.run(
        ["dockwright", "functions"], cwd=MODULE, env={**os.environ, **PACK}, capture_output=True, text=True
    )
    if probe.returncode != 0 or "hello" not in probe.stdout:
        reason = (probe.stderr.strip().splitlines() or ["`DOCKWRIGHT_GO=pack` failed"])[0]
        units = ["ms", "ms", "MB"]
        return [
            Row(name, bound=bound, unit=unit, note=reason)
            for name, bound, unit in zip(names, bounds, units, strict=True)
        ]
    with edits(PACK) as edited:
        (edit,) = alternate(times, edited)
    with tempfile.TemporaryDirectory(prefix="dockwright-bench-") as cache:
        first = run(Command(HELLO, MODULE, expect="Hello, bench!", variables={**PACK, "DOCKWRIGHT_CACHE_DIR": cache}))
    size = sum(path.stat().st_size for path in RUNTIMES.glob("go-pack*") if path.is_file())
    return [
        *edit_rows("Go pack, one line edited", edit, bounds[0], times),
        Row(names[1], first.wall, bound=bounds[1], runs=1, note="nothing in the cache"),
        Row(names[2], size / 1e6, unit="MB", bound=bounds[2], note="as it is installed"),
    ]


def edit_rows(name: str, samples: Samples, bound: float, times: int) -> list[Row]:
    """Wall and processor time of an edit; where the machine is busy the shortest run tells more than the median."""
    return [
        Row(f"{name}: wall", samples.wall, bound=bound, runs=times, note=f"shortest {samples.least:.0f} ms"),
        Row(f"{name}: CPU", samples.cpu, runs=times),
    ]


@contextmanager
def edits(variables: Mapping[str, str]) -> Iterator[Callable[[], Command]]:
    """Give what edits a copy of the module and returns the call that shows the edit. No edit is like an earlier one."""
    with tempfile.TemporaryDirectory(prefix="dockwright-bench-") as folder:
        copy = Path(shutil.copytree(MODULE, Path(folder) / "module"))
        source = copy / "dagger" / "main.go"
        text = source.read_text()

        def edited() -> Command:
            greeting = f"Hello {time.time_ns()}"
            source.write_text(text.replace('"Hello, "', f'"{greeting}, "'))
            return Command(HELLO, copy, expect=f"{greeting}, bench!", variables=variables)

        run(edited())
        yield edited


def definition_rows(times: int) -> list[Row]:
    """Reading a definition from the source, and three requests of 200 ms, by a test of the runtime's crate."""
    patterns = {
        "Go, describe": (r"described the first time: ([\d.]+) ms", 30),
        "Go, describe, changed source": (r"described again: ([\d.]+) ms", None),
        "Go, three requests": (r"quick: three requests of 200 ms: (\d+) ms", 260),
        "Go, native code, quickly": (r"compiled quickly: (\d+) ms", None),
        "Go, native code, fully": (r"compiled fully: (\d+) ms", None),
        "Go, primes, compiled quickly": (r"quick: primes .*: (\d+) ms", None),
        "Go, primes, compiled fully": (r"full: primes .*: (\d+) ms", None),
    }
    figures: dict[str, list[float]] = {name: [] for name in patterns}
    for _ in range(times):
        output = cargo("test", "-p", "dockwright-runtime", "--test", "go", TEST, "--", "--nocapture")
        for name, (pattern, _) in patterns.items():
            figures[name] += map(float, re.findall(pattern, output))
    if missing := [name for name, found in figures.items() if not found]:
        raise BenchError(f"no figures for {', '.join(missing)}: is the Go runtime built, and go on PATH?")
    return [
        Row(name, statistics.median(figures[name]), bound=bound, runs=times) for name, (_, bound) in patterns.items()
    ]
