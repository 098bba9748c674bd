"""Client libraries as their registries have them, installed once per lock file into the user's cache."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dockwright" / "clients"
SLOW = "DOCKWRIGHT_SLOW_TESTS"


@dataclass(frozen=True)
class Client:
    """A client library: its name and version, and how to get the command that runs its pipeline."""

    name: str
    command: Callable[[], list[str]]


def python(version: str) -> Client:
    """Give the client of that version of dagger-io."""
    lock = HERE / "python" / f"dagger-io-{version}.txt"

    def command() -> list[str]:
        def install(folder: Path) -> None:
            shell(sys.executable, "-m", "venv", folder)
            shell(folder / "bin" / "pip", "install", "--quiet", "--no-deps", "--requirement", lock)

        folder = installed("python", [lock], install)
        return [str(folder / "bin" / "python"), str(HERE / "python" / "pipeline.py")]

    return Client(f"dagger-io-{version}", command)


def node() -> Client:
    """Give the client of npm."""
    source = HERE / "node"
    files = [source / name for name in ("package.json", "package-lock.json")]

    def command() -> list[str]:
        need("node", "npm")

        def install(folder: Path) -> None:
            for file in files:
                shutil.copy(file, folder)
            shell("npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", folder=folder)

        folder = installed("node", files, install)
        # Packages are found from where the program is.
        shutil.copy(source / "pipeline.mjs", folder)
        return ["node", str(folder / "pipeline.mjs")]

    return Client("@dagger.io/dagger-0.21.9", command)


def go() -> Client:
    """Give the client of Go's proxy."""

    def command() -> list[str]:
        need("go")
        program = CACHE / "go" / "pipeline"
        program.parent.mkdir(parents=True, exist_ok=True)
        shell("go", "build", "-mod=readonly", "-o", program, ".", folder=HERE / "go")
        return [str(program)]

    return Client("dagger.io/dagger-v0.21.9", command)


def rust() -> Client:
    """Give the client of crates.io."""

    def command() -> list[str]:
        if not os.environ.get(SLOW):
            pytest.skip(f"building dagger-sdk takes minutes: set {SLOW}=1")
        need("cargo")
        target = CACHE / "rust"
        shell("cargo", "build", "--quiet", "--locked", "--target-dir", target, folder=HERE / "rust")
        return [str(target / "debug" / "pipeline")]

    return Client("dagger-sdk-0.21.11", command)


CLIENTS = [python("0.19.11"), python("0.21.11"), python("1.0.0b21"), node(), go(), rust()]


def installed(kind: str, locks: list[Path], install: Callable[[Path], None]) -> Path:
    """Give the folder that the installation made, which it does once for all who ask for the same."""
    digest = hashlib.sha256(b"".join(lock.read_bytes() for lock in locks) + sys.version.encode())
    folder = CACHE / f"{kind}-{digest.hexdigest()[:12]}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with open(f"{folder}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "complete").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            install(folder)
            (folder / "complete").touch()
    return folder


def need(*programs: str) -> None:
    """Skip unless the programs are there."""
    for program in programs:
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")


def shell(*command: str | Path, folder: Path | None = None) -> None:
    """Run a command; what it printed is the failure's text."""
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=1800)
    if result.returncode != 0:
        pytest.fail(f"{' '.join(map(str, command))}\n{result.stdout[-2000:]}{result.stderr[-2000:]}", pytrace=False)
