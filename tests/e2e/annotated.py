"""Running commands in a module's folder."""

import subprocess
from pathlib import Path

from conftest import BINARY


def run(folder: Path, *arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the built binary in a folder and return status and output."""
    command = [BINARY, "--progress=plain", *arguments]
    return subprocess.run(
        command, cwd=folder, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300
    )
