"""Modules that tests write for themselves, and environments that share nothing with the user's."""

import os
import subprocess
import tomllib
from pathlib import Path
from textwrap import dedent

MANIFEST = '{"name": "faults", "engineVersion": "v0.21.8", "sdk": "python", "source": "dagger"}\n'

PROJECT = """\
[project]
name = "faults"
version = "0.1.0"
requires-python = ">=3.13"
dependencies = ["dagger-io"]

[project.entry-points."dagger.mod"]
main_object = "main:Faults"
"""

NO_DOCKER = {"DOCKER_HOST": "unix:///nonexistent/docker.sock"}


def write_module(folder: Path, source: str) -> Path:
    """Write a module with this source of its main.py, whose object is `Faults`; give its folder."""
    (folder / "dagger" / "src").mkdir(parents=True)
    (folder / "dagger.json").write_text(MANIFEST)
    (folder / "dagger" / "pyproject.toml").write_text(PROJECT)
    (folder / "dagger" / "src" / "main.py").write_text(dedent(source))
    return folder


def write_typescript_module(folder: Path, files: dict[str, str]) -> Path:
    """Write a module with these files below its source folder, whose object is `Faults`; give its folder."""
    for name, text in {"package.json": '{"name": "faults", "type": "module"}\n', **files}.items():
        path = folder / "dagger" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text))
    (folder / "dagger.json").write_text(MANIFEST.replace("python", "typescript"))
    return folder


def write_go_module(folder: Path, files: dict[str, str]) -> Path:
    """Write a module with these files below its source folder, whose object is `Faults`; give its folder."""
    for name, text in {"go.mod": "module dagger/faults\n\ngo 1.24\n", **files}.items():
        path = folder / "dagger" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text))
    (folder / "dagger.json").write_text(MANIFEST.replace("python", "go"))
    return folder


def own_directories(folder: Path) -> dict[str, str]:
    """Name empty directories for cache, state and scratch files in environment variables; they are below the folder."""
    variables = {"DOCKWRIGHT_CACHE_DIR": "cache", "DOCKWRIGHT_STATE_DIR": "state", "TMPDIR": "scratch"}
    for name in variables.values():
        (folder / name).mkdir()
    return {variable: str(folder / name) for variable, name in variables.items()}


def environment(*additions: dict[str, str]) -> dict[str, str]:
    """Give the environment of this process with additions, the last one winning."""
    result = dict(os.environ)
    for addition in additions:
        result.update(addition)
    return result


def engines() -> list[str]:
    """Name the running engine containers."""
    command = ["docker", "ps", "--format={{.Names}}", "--filter=name=dockwright-engine-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def in_engines(*command: str) -> str:
    """Run a command in each running engine container and give all standard output."""
    outputs = [subprocess.run(["docker", "exec", name, *command], capture_output=True, text=True) for name in engines()]
    return "".join(output.stdout for output in outputs)


def rust_toolchain() -> str:
    """Name the Rust of this repository, for modules outside of it: another may lack the target they need."""
    pinned = tomllib.loads((Path(__file__).resolve().parents[2] / "rust-toolchain.toml").read_text())
    return pinned["toolchain"]["channel"]
