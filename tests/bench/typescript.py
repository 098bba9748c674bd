"""Modules in TypeScript: what a call, an edit and reading a definition cost."""

import re
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path

from process import BenchError, Command, alternate, run
from table import Row

ROOT = Path(__file__).resolve().parents[2]
MODULE = ROOT / "modules" / "hello-typescript"
# A line of the front end's example: a name, the first and the median duration.
FIGURE = r"^(.+?): first ([\d.]+)(µs|ms|s), .*?median ([\d.]+)(µs|ms|s)$"
MILLISECONDS = {"µs": 0.001, "ms": 1.0, "s": 1000.0}
REQUESTS = "three_requests_take_the_time_of_one"


def rows(times: int) -> list[Row]:
    """`call hello` as it is, and after one line of its source has changed."""
    hello = Command(["dockwright", "call", "hello", "--name=bench"], MODULE, expect="Hello, bench!")
    run(hello)
    (ours,) = alternate(times, lambda: hello)
    with tempfile.TemporaryDirectory(prefix="dockwright-bench-") as folder:
        copy = Path(shutil.copytree(MODULE, Path(folder) / "module"))
        source = copy / "dagger" / "src" / "index.ts"
        text = source.read_text()
        edits = iter(range(times))

        def edited() -> Command:
            greeting = f"Hello {next(edits)}"
            source.write_text(text.replace("Hello, ", f"{greeting}, "))
            return Command(["dockwright", "call", "hello", "--name=bench"], copy, expect=f"{greeting}, bench!")

        (edit,) = alternate(times, edited)
    return [
        Row("TypeScript, call hello: wall", ours.wall, bound=15, runs=times),
        Row("TypeScript, call hello: CPU", ours.cpu, runs=times),
        Row("TypeScript, call hello: peak memory", ours.rss, unit="MB", bound=40, runs=times),
        Row("TypeScript, one line edited: wall", edit.wall, bound=20, runs=times),
    ]


def definition_rows(times: int) -> list[Row]:
    """Reading definitions from the source, measured inside one process by an example of the front end's crate."""
    bounds = {"6 files": 5.0, "200 classes, 2,000 functions": 100.0}
    figures: dict[str, list[tuple[float, float]]] = {}
    for _ in range(times):
        output = cargo("run", "-p", "dockwright-typescript", "--example", "measure")
        for name, first, unit, median, median_unit in re.findall(FIGURE, output, re.MULTILINE):
            pair = float(first) * MILLISECONDS[unit], float(median) * MILLISECONDS[median_unit]
            figures.setdefault(name, []).append(pair)
    if missing := bounds.keys() - figures.keys():
        raise BenchError(f"no figures for {', '.join(sorted(missing))}")
    rows = []
    for name, found in figures.items():
        first, again = (statistics.median(each) for each in zip(*found, strict=True))
        rows.append(Row(f"TypeScript, describe {name}", first, bound=bounds[name], runs=times, note="the first time"))
        rows.append(Row(f"TypeScript, describe {name}, again", again, runs=times))
    return [*rows, *request_rows(times)]


def request_rows(times: int) -> list[Row]:
    """Three requests that the API answers after 200 ms each, under `Promise.all`, by a test of the runtime's crate."""
    found = []
    for _ in range(times):
        output = cargo("test", "-p", "dockwright-runtime", "--test", "typescript", REQUESTS, "--", "--nocapture")
        found += re.findall(r"three requests of 200 ms: (\d+) ms", output)
    if not found:
        raise BenchError("the runtime's test printed no figure: is the TypeScript runtime built?")
    return [Row("TypeScript, three requests", statistics.median(map(int, found)), bound=260, runs=times)]


def cargo(command: str, *arguments: str) -> str:
    """Run cargo on the release profile and give its standard output."""
    whole = ["cargo", command, "--release", "--locked", "-q", *arguments]
    result = subprocess.run(whole, cwd=ROOT, capture_output=True, text=True)
    if result.returncode != 0:
        raise BenchError(f"{' '.join(whole)}: status {result.returncode}\n{result.stderr[-2000:]}")
    return result.stdout
