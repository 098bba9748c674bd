"""Programs written for Dagger, run unmodified: each client library, by both ways in which it finds a session."""

import json
import os
import shutil
import subprocess
import uuid
from pathlib import Path
from typing import Any

import pytest
from installed import CLIENTS, HERE, Client

FAILED = ["sh", "-c", "echo out; echo err >&2; exit 3"]


@pytest.mark.parametrize("way", ["run", "spawn"])
@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.name)
def test_pipeline(client: Client, way: str, binary: Path, docker: None, tmp_path: Path) -> None:
    """The pipeline finds what it should, and its files are there."""
    command = client.command()
    shutil.copytree(HERE / "source", tmp_path / "source")
    run = uuid.uuid4().hex[:8]
    environment = dict(os.environ)
    if way == "run":
        command = [str(binary), "--progress=plain", "run", "--", *command]
    else:
        environment["_EXPERIMENTAL_DAGGER_CLI_BIN"] = str(binary)
    result = subprocess.run([*command, run], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300)
    assert result.returncode == 0, result.stderr[-4000:]
    assert f"plaintext-{run}" not in result.stdout + result.stderr
    check(json.loads(result.stdout), run, tmp_path)


def check(report: dict[str, Any], run: str, folder: Path) -> None:
    """Compare what the pipeline reports."""
    missing, exported = report.pop("missing"), report.pop("exported")
    assert "no-such-image-anywhere" in missing
    assert Path(exported) == folder / "out"
    assert (folder / "out" / "deep" / "sorted").read_text() == "one\nthree\ntwo\n"
    assert report == {
        "version": "v0.21.8",
        "entries": ["numbers.txt"],
        "greeting": "Hello, client!\n",
        "platform": f"linux/{'arm64' if os.uname().machine == 'aarch64' else 'amd64'}",
        "cache": "0\n1\n",
        "secret": f"{len('plaintext-') + len(run)} ***\n",
        "error": {
            "exitCode": 3,
            "command": FAILED,
            "stdout": "out",
            "stderr": "err",
            "message": f'process "{" ".join(FAILED)}" did not complete successfully: exit code: 3',
        },
        "allowed": 4,
        "variables": {"RUN": run, "GREETING": "Hello"},
        "sorted": "one\nthree\ntwo\n",
        "new": ['quotes " and\nlines', ["a.txt", "empty/"]],
        "parallel": "".join(f"{number}\n" for number in range(8)),
    }
