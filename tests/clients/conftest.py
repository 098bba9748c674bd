"""What the tests of clients share: the built binary, sessions of it, and leave to skip where no engine can be had."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from session import BINARY, Session

TOLD = pytest.StashKey[list[str]]()
"""What the libraries' own tests came to."""

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def binary() -> Path:
    """Give the built binary."""
    if not BINARY.exists():
        pytest.fail(f"{BINARY} is missing: run `make build`")
    return BINARY


@pytest.fixture
def session(binary: Path, tmp_path: Path) -> Iterator[Session]:
    """Give a session of its own, whose working directory is the test's."""
    with Session(tmp_path) as session:
        yield session


@pytest.fixture(scope="session")
def docker() -> None:
    """Skip unless a Docker daemon answers."""
    if shutil.which("docker") is None:
        pytest.skip("no docker program: run tests/lab/up.sh")
    answer = subprocess.run(["docker", "version"], capture_output=True, text=True)
    if answer.returncode != 0:
        pytest.skip("no Docker daemon answers: run tests/lab/up.sh")


def pytest_configure(config: pytest.Config) -> None:
    """Make room for what the libraries' own tests come to."""
    config.stash[TOLD] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print it."""
    if told := config.stash[TOLD]:
        terminalreporter.section("tests that client libraries come with")
        terminalreporter.write_line("\n".join(told))
