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
# A line of an example: a name and the median in milliseconds.
FIGURE = r"^(.+?): ([\d.]+) ms"


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
    arguments = "cargo run --release --locked -q -p dockwright-typescript --example measure".split()
    figures: dict[str, list[float]] = {}
    for _ in range(times):
        result = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True)
        if result.returncode != 0:
            raise BenchError(f"{' '.join(arguments)}: status {result.returncode}\n{result.stderr[-2000:]}")
        for name, median in re.findall(FIGURE, result.stdout, re.MULTILINE):
            figures.setdefault(name, []).append(float(median))
    if missing := bounds.keys() - figures.keys():
        raise BenchError(f"no figures for {', '.join(sorted(missing))}")
    return [
        Row(f"TypeScript, describe {name}", statistics.median(found), bound=bounds.get(name), runs=times)
        for name, found in figures.items()
    ]
