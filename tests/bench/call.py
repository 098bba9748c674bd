#!/usr/bin/env python3
"""Measures what a call costs: wall time of whole processes, without container work.

Usage: call.py [--runs N] [--limit-ms N]. Needs `dockwright` on PATH. With a limit, a median above it fails.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

MODULE = Path(__file__).resolve().parents[2] / "modules" / "hello-python"

COMMANDS = {
    "version": ["version"],
    "functions": ["functions"],
    "call hello": ["call", "hello", "--name=bench"],
    "call statistics mean": ["call", "statistics", "--numbers=1,2,3.5", "mean"],
}


def measure(arguments: list[str], runs: int) -> list[float]:
    """Wall times in milliseconds, after one run that fills the caches."""
    times = []
    for _ in range(runs + 1):
        started = time.perf_counter()
        result = subprocess.run(["dockwright", *arguments], cwd=MODULE, capture_output=True, text=True)
        times.append((time.perf_counter() - started) * 1000)
        if result.returncode != 0:
            sys.exit(f"dockwright {' '.join(arguments)}: status {result.returncode}\n{result.stderr}")
    return times[1:]


def main() -> int:
    """Print a table; return 1 when a limit is exceeded."""
    parser = argparse.ArgumentParser(description="Measure what a call costs.")
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--limit-ms", type=float, help="fail when a median is above this")
    options = parser.parse_args()

    print(f"{options.runs} runs each, load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    print(f"{'command':24} {'min ms':>8} {'median':>8} {'max':>8}")
    slow = []
    for name, arguments in COMMANDS.items():
        times = measure(arguments, options.runs)
        median = statistics.median(times)
        print(f"{name:24} {min(times):8.1f} {median:8.1f} {max(times):8.1f}")
        if options.limit_ms is not None and median > options.limit_ms:
            slow.append(name)
    for name in slow:
        print(f"above {options.limit_ms} ms: {name}", file=sys.stderr)
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
