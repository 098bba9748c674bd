"""Copies of the example applications, sound and broken, and calls of modules over them."""

import shutil
from pathlib import Path

from conftest import ROOT, Run


def application(module: str, folder: Path, files: dict[str, str]) -> Path:
    """Copy the example application of a module and write files into it."""
    copied = Path(shutil.copytree(ROOT / "modules" / module / "example-app", folder / "app"))
    for name, text in files.items():
        (copied / name).write_text(text)
    return copied


def call(dockwright: Run, module: str, *arguments: str) -> str:
    """Call a function that must succeed and return its standard output."""
    result = dockwright(f"modules/{module}", "call", *arguments)
    assert result.returncode == 0, result.stderr
    return result.stdout


def failure(dockwright: Run, module: str, *arguments: str) -> str:
    """Call a function that must fail and return everything that it says."""
    result = dockwright(f"modules/{module}", "call", *arguments)
    assert result.returncode != 0, result.stdout
    return result.stdout + result.stderr
