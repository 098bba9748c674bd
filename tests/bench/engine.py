"""The product's own engine, and the `buildctl` that came with it: both sides of a comparison use the same daemon."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

from process import BenchError, Command


@dataclass(frozen=True)
class Engine:
    """An engine that runs, and a client of it."""

    address: str
    buildctl: Path

    def build(self, definition: bytes, **directories: Path) -> Command:
        """Make a `buildctl build` of a definition, which may name the directories as `local://NAME`."""
        sources = [f"--local={name}={path}" for name, path in directories.items()]
        arguments = [str(self.buildctl), f"--addr={self.address}", "build", "--progress=plain", *sources]
        return Command(arguments, stdin=definition)

    def dockerfile(self, text: str, folder: Path, context: Path) -> Command:
        """Make a `buildctl build` of a Dockerfile, which is written into the folder."""
        (folder / "Dockerfile").write_text(text)
        arguments = [str(self.buildctl), f"--addr={self.address}", "build", "--progress=plain"]
        return Command(
            [*arguments, "--frontend=dockerfile.v0", f"--local=context={context}", f"--local=dockerfile={folder}"]
        )


def find(folder: Path) -> Engine:
    """Ask the product where its engine is, and copy `buildctl` out of the container into the folder."""
    status = _output("dockwright", "engine", "status")
    fields = dict(line.split(maxsplit=1) for line in status.splitlines() if len(line.split(maxsplit=1)) == 2)
    if fields.get("State") != "running" or "Address" not in fields or "Container" not in fields:
        raise BenchError(f"the engine does not run\n{status}")
    buildctl = folder / "buildctl"
    _output("docker", "cp", "--quiet", f"{fields['Container']}:/usr/bin/buildctl", str(buildctl))
    return Engine(fields["Address"], buildctl)


def _output(*arguments: str) -> str:
    try:
        result = subprocess.run(arguments, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise BenchError(f"{arguments[0]} is not installed") from error
    if result.returncode != 0:
        raise BenchError(f"{' '.join(arguments)}: status {result.returncode}\n{result.stderr}")
    return result.stdout
