"""Calls that need no container: what the product itself costs, beside a Python that imports asyncio."""

import re
import statistics
import subprocess
import sys
from pathlib import Path

from process import BenchError, Command, alternate, run
from table import Row, compared

ROOT = Path(__file__).resolve().parents[2]
MODULE = ROOT / "modules" / "hello-python"
# A line of the example: a name, milliseconds of the first time, and for what is repeated the median.
FIGURE = r"^(\w+) +([\d.]+)(?: first,.*?([\d.]+) median)?"


def rows(times: int) -> list[Row]:
    """`call hello`, `functions` and the other commands, each warm: one run before the first that counts."""
    hello = Command(["dockwright", "call", "hello", "--name=bench"], MODULE, expect="Hello, bench!")
    functions = Command(["dockwright", "functions"], MODULE, expect="hello")
    version = Command(["dockwright", "version"], MODULE)
    python = Command(["python3", "-c", "import asyncio"], MODULE)
    for command in (hello, functions, version, python):
        run(command)
    ours, theirs, listing, least = alternate(times, lambda: hello, lambda: python, lambda: functions, lambda: version)
    note = f"python3 {sys.version_info.major}.{sys.version_info.minor} -c 'import asyncio'"
    return [
        Row("call hello: wall", ours.wall, bound=35, runs=times),
        compared("call hello: wall, ratio", ours, theirs, note, 0.6),
        Row("call hello: CPU", ours.cpu, against=theirs.cpu, runs=times, note=note),
        Row("call hello: peak memory", ours.rss, unit="MB", bound=70, runs=times),
        Row("functions: wall", listing.wall, bound=8, runs=times),
        Row("functions: CPU", listing.cpu, runs=times),
        Row("version: wall", least.wall, runs=times, note="starting the process and nothing else"),
    ]


def split_rows(times: int) -> list[Row]:
    """What a call of `hello` consists of, measured inside one process by an example of the runtime's crate.

    `new` makes the runtime, `load` maps the compiled component; `describe` and `invoke` include making an instance, and
    `again` is what they cost when the process has done so before. The example calls its module `ci`, and a module's
    main object bears the module's name.
    """
    arguments = "cargo run --release --locked -q -p dockwright-runtime --example measure --".split()
    arguments += ["target/release", str(MODULE / "dagger"), "Ci", "hello", 'name="bench"']
    figures: dict[str, list[float]] = {}
    for _ in range(times):
        result = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True)
        if result.returncode != 0:
            raise BenchError(f"{' '.join(arguments)}: status {result.returncode}\n{result.stderr[-2000:]}")
        for name, first, median in re.findall(FIGURE, result.stdout, re.MULTILINE):
            figures.setdefault(name, []).append(float(first))
            if median:
                figures.setdefault(f"{name} again", []).append(float(median))
    if not figures:
        raise BenchError(f"no figures in\n{result.stdout}")
    return [Row(f"  of which {name}", statistics.median(found), runs=times) for name, found in figures.items()]
