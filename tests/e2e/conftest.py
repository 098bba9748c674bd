"""What the end-to-end tests share: running the built binary, and leave to skip where no engine can be had."""

import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BINARY = ROOT / "target" / "release" / "dockwright"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def dockwright() -> Run:
    """Run the built binary in a folder of the repository and return status and output."""
    if not BINARY.exists():
        pytest.fail(f"{BINARY} is missing: run `make build`")

    def run(folder: str, *arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        command = [BINARY, "--progress=plain", *arguments]
        if not BINARY.exists():
            time.sleep(5)  # A build that goes on beside the tests is replacing it.
        return subprocess.run(command, cwd=ROOT / folder, env=env, capture_output=True, text=True, timeout=300)

    return run


@pytest.fixture(scope="session")
def docker() -> None:
    """Skip unless a Docker daemon answers."""
    if shutil.which("docker") is None:
        pytest.skip("no docker program: run tests/lab/up.sh")
    answer = subprocess.run(["docker", "version"], capture_output=True, text=True)
    if answer.returncode != 0:
        pytest.skip("no Docker daemon answers: run tests/lab/up.sh")


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker for what a test asserts known."""
    config.addinivalue_line(
        "markers", "asserts(*fields): fields of the core API whose observable behaviour the test asserts"
    )
