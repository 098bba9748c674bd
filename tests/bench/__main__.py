"""Measures what the product costs and compares it, in the same run, with what it should beat.

Usage: python3 tests/bench [--runs N] [--strict] [SECTION...]. Needs `dockwright` on PATH; sections that run containers
need an engine or Docker, and those that measure a crate need cargo. What cannot be measured is named in the table.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import artifact
import cached
import calls
import engine
import go
import graph
import parallel
import schema
import session
import typescript
import upload
from process import BenchError, Command, run
from table import Row, render


def sections(runs: int, folder: Path) -> dict[str, Callable[[], list[Row]]]:
    """Each section's name and how its rows come to be. Slow ones have fewer runs."""

    def found() -> engine.Engine:
        run(Command(["dockwright", "call", "test", "--source=example-app"], cached.MODULE))
        return engine.find(folder)

    return {
        "calls": lambda: calls.rows(runs),
        "split": lambda: calls.split_rows(max(1, runs // 3)),
        "typescript": lambda: typescript.rows(runs),
        "definitions": lambda: typescript.definition_rows(max(1, runs // 3)),
        "graph": lambda: graph.rows(max(1, runs // 3)),
        "go": lambda: go.rows(runs),
        "go-definitions": lambda: go.definition_rows(max(1, runs // 5)),
        "go-pack": lambda: go.pack_rows(max(1, runs // 3)),
        "artifacts": lambda: artifact.rows(runs),
        "schema": schema.rows,
        "session": lambda: session.rows(runs),
        "cached": lambda: cached.rows(found(), runs),
        "upload": lambda: upload.rows(found(), max(1, runs // 5)),
        "parallel": lambda: parallel.rows(max(1, runs // 3)),
    }


def main() -> int:
    """Print the table; return 1 when a section failed, or with --strict when a bound is missed."""
    parser = argparse.ArgumentParser(description="Measure what the product costs.")
    parser.add_argument("sections", nargs="*", metavar="SECTION", help="which to run (all)")
    parser.add_argument("--runs", type=int, default=15, help="repetitions of what is fast")
    parser.add_argument("--strict", action="store_true", help="fail when a bound is missed")
    options = parser.parse_args()

    rows: list[Row] = []
    errors: list[str] = []
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="dockwright-bench-") as folder:
        known = sections(options.runs, Path(folder))
        if unknown := [name for name in options.sections if name not in known]:
            parser.error(f"unknown section {unknown[0]}; there are {', '.join(known)}")
        for name in options.sections or known:
            print(f"measuring {name}", file=sys.stderr, flush=True)
            try:
                rows += known[name]()
            except (BenchError, FileNotFoundError) as error:
                rows.append(Row(name, note="see below"))
                errors.append(f"{name}: {error}")
    print(f"medians; load average {load:.1f} before and {os.getloadavg()[0]:.1f} after, {os.cpu_count()} processors\n")
    print(render(rows))
    for error in errors:
        print(f"\n{error}", file=sys.stderr)
    missed = sum(row.result == "miss" for row in rows)
    print(f"\n{sum(row.result == 'pass' for row in rows)} bounds kept, {missed} missed")
    return 1 if errors or (options.strict and missed) else 0


if __name__ == "__main__":
    sys.exit(main())
