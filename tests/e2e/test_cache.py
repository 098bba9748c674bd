"""The user's cache: what it holds is told, and what was not used for long is let go of."""

import os
import time
from pathlib import Path

from conftest import Run
from scratch import NO_DOCKER, environment, own_directories


def test_what_was_not_used_is_pruned_and_made_again(dockwright: Run, tmp_path: Path) -> None:
    """What is in use stays, what is old goes, and a call works after either."""
    # What a call leaves behind would go on writing into the cache.
    env = environment(NO_DOCKER, own_directories(tmp_path), {"DOCKWRIGHT_SNAPSHOTS": "0"})

    def run(*arguments: str) -> str:
        result = dockwright("modules/hello-python", *arguments, env=env)
        assert result.returncode == 0, result.stderr
        return result.stdout

    assert run("cache", "prune") == "Freed 0 bytes.\n"
    assert run("call", "hello", "--name=Ada") == "Hello, Ada!"
    status = run("cache", "status")
    assert "definitions" in status and str(tmp_path / "cache") in status
    assert run("cache", "prune") == "Freed 0 bytes.\n"
    definition = next((tmp_path / "cache" / "definitions").iterdir())
    month = time.time() - 31 * 24 * 3600
    os.utime(definition, (month, month))
    assert run("cache", "prune") != "Freed 0 bytes.\n"
    assert not definition.exists()
    assert run("call", "hello", "--name=Ada") == "Hello, Ada!"
    assert run("cache", "prune", "--all") != "Freed 0 bytes.\n"
    assert run("cache", "status").splitlines()[1].startswith("all")
    assert run("call", "hello", "--name=Ada") == "Hello, Ada!"
    wrong = dockwright("modules/hello-python", "cache", "prune", "--unused-for=3w", env=env)
    assert wrong.returncode != 0 and "use ms, s, m, h or d" in wrong.stderr
