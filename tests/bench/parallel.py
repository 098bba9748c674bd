"""Commands of a second each: three under `asyncio.gather` against one."""

import secrets
from pathlib import Path

from process import Command, alternate, run
from table import Row, compared

MODULE = Path(__file__).resolve().parent / "module"
IMAGE = "python:3.12-slim"


def _wait(count: int) -> Command:
    tags = [secrets.token_hex(8) for _ in range(count)]
    return Command(
        ["dockwright", "call", "wait", f"--image={IMAGE}", f"--tags={','.join(tags)}"], MODULE, expect="\n".join(tags)
    )


def rows(times: int) -> list[Row]:
    """Each run has tags of its own, so nothing is cached but the image."""
    run(_wait(1))
    three, one = alternate(times, lambda: _wait(3), lambda: _wait(1))
    return [compared("three sleep 1, gathered", three, one, "one sleep 1", 1.5)]
