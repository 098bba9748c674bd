"""The module of this repository itself, over the repository and over what it must refuse."""

import shutil
from pathlib import Path

import pytest
from applications import failure
from conftest import ROOT, Run

pytestmark = pytest.mark.usefixtures("docker")


def test_the_repository_is_sound(dockwright: Run) -> None:
    """All checks run at once, from the top, and each says what it looked at."""
    result = dockwright(".", "call", "check")
    assert result.returncode == 0, result.stdout + result.stderr
    said = [
        "All checks passed!",
        " passed in ",
        "go vet: no problems",
        "\tdagger/semver/versions\t",
        "gofmt: no problems",
    ]
    said += ["sdk-typescript: no problems", "scripts, no problems", "documents, no problems"]
    assert [text for text in said if text not in result.stdout] == []


def test_it_is_found_from_below(dockwright: Run) -> None:
    """In a folder without a module of its own, the module at the top is meant, and its source is the repository."""
    result = dockwright("host/cli", "call", "documents")
    assert "documents, no problems" in result.stdout, result.stderr


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with something wrong for each check."""
    (tmp_path / "tests" / "one").mkdir(parents=True)
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "test_one.py").write_text('"""One."""\n\n\ndef test_one() -> None:\n    """One."""\n')
    shutil.copytree(ROOT / "sdk-python" / "runtime", tmp_path / "sdk-python" / "runtime")
    shutil.copy(ROOT / "sdk-python" / "pyproject.toml", tmp_path / "sdk-python")
    (tmp_path / "tests" / "one" / "unused.py").write_text("import os\n")
    (tmp_path / "tests" / "bad.sh").write_text("#!/bin/sh\necho $1\n")
    (tmp_path / "README.md").write_text("# Top\n\n[there](#top) `[code](none.md)` [gone](none.md) [lost](#bottom)\n")
    return tmp_path


def test_findings_fail(dockwright: Run, repository: Path) -> None:
    """What a tool finds fails the check, with the tool's words; code is no link."""
    source = f"--source={repository}"
    assert "F401" in failure(dockwright, "pipeline", source, "python")
    assert "SC2086" in failure(dockwright, "pipeline", source, "shell")
    said = failure(dockwright, "pipeline", source, "documents")
    assert "README.md:3: none.md leads nowhere" in said
    assert "README.md:3: #bottom leads nowhere" in said


def test_a_finding_in_typescript_fails(dockwright: Run, tmp_path: Path) -> None:
    """A type error in the SDK fails its check."""
    without = shutil.ignore_patterns("node_modules", "runtime")
    sdk = shutil.copytree(ROOT / "sdk-typescript", tmp_path / "sdk-typescript", ignore=without)
    (sdk / "src" / "wrong.ts").write_text('export const wrong: number = "text";\n')
    said = failure(dockwright, "pipeline", f"--source={tmp_path}", "typescript")
    assert "src/wrong.ts(1,14): error TS2322" in said
