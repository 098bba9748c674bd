"""Building the schema of the core and a module: the figure that the schema crate's own test prints."""

import re
import subprocess
from pathlib import Path

from process import BenchError
from table import Row

ROOT = Path(__file__).resolve().parents[2]
UNITS = {"ns": 1e-6, "µs": 1e-3, "ms": 1.0, "s": 1e3}


def rows() -> list[Row]:
    """Run the test and read its figure."""
    arguments = [
        "cargo",
        "test",
        "--release",
        "--locked",
        "-q",
        "-p",
        "dockwright-schema",
        "milliseconds",
        "--",
        "--nocapture",
    ]
    result = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True)
    found = re.search(r"schema build: ([\d.]+)(ns|µs|ms|s)\b", result.stdout)
    if result.returncode != 0 or not found:
        raise BenchError(f"{' '.join(arguments)}: status {result.returncode}\n{result.stdout}{result.stderr[-2000:]}")
    return [
        Row("schema, core and module", float(found[1]) * UNITS[found[2]], bound=5, note="best of 10 in one process")
    ]
