"""The tests that client libraries come with, run as they are. What fails must be known to, with a reason."""

import json
import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as Xml
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from installed import CACHE, HERE, SLOW, installed, need, shell

LOCKS = HERE / "suite-locks"

GITHUB = "reads a repository on github.com"
EMULATION = "runs a program of another processor, which needs an emulator in the engine's kernel"
DOWNLOAD = "downloads Dagger's own command"
REPOSITORY = "reads a file of the library's repository that the package lacks"


@dataclass
class Outcome:
    """Which tests passed, which failed and why, which were skipped."""

    passed: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Suite:
    """The tests of one package: how they run, and those that cannot pass here, with the reason."""

    name: str
    run: Callable[[Path, Path], Outcome]
    known: dict[str, str]


def python(binary: Path, scratch: Path) -> Outcome:
    """Run the tests of dagger-io's source distribution. Those of its code generator are of another package."""
    locks = [LOCKS / "python.txt", LOCKS / "python-source.txt"]

    def install(folder: Path) -> None:
        shell(sys.executable, "-m", "venv", folder)
        pip = folder / "bin" / "pip"
        shell(pip, "install", "--quiet", "--no-deps", "--requirement", locks[0])
        shell(
            pip,
            "download",
            "--quiet",
            "--no-deps",
            "--no-binary=dagger-io",
            "--dest",
            folder,
            "--requirement",
            locks[1],
        )
        shutil.unpack_archive(next(folder.glob("*.tar.gz")), folder / "source", filter="data")

    folder = installed("suite-python", locks, install)
    source = scratch / "source"
    shutil.copytree(next((folder / "source").iterdir()), source)
    report = scratch / "report.xml"
    command = [folder / "bin" / "python", "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junit-xml={report}"]
    run = subprocess.run(
        [*command, "--ignore=tests/codegen"], cwd=source, env=environment(binary), capture_output=True, text=True
    )
    outcome = Outcome()
    if not report.exists():
        pytest.fail(run.stdout[-2000:] + run.stderr[-2000:], pytrace=False)
    for case in Xml.parse(report).iter("testcase"):
        name = f"{case.get('classname')}::{case.get('name')}"
        problem = next((part for part in case if part.tag in ("failure", "error")), None)
        if problem is not None:
            outcome.failed[name] = (problem.text or "")[-1500:]
        elif case.find("skipped") is not None:
            outcome.skipped.append(name)
        else:
            outcome.passed.append(name)
    return outcome


def go(binary: Path, scratch: Path) -> Outcome:
    """Run the tests of the module dagger.io/dagger. An example that fails ends all: `KNOWN_GO` is left out."""
    need("go")
    shutil.copytree(HERE / "go", scratch / "module")
    left_out = "|".join(f"^{name}$" for name in KNOWN_GO)
    packages = ["dagger.io/dagger", "dagger.io/dagger/dag", "dagger.io/dagger/engineconn"]
    run = subprocess.run(
        ["go", "test", "-mod=mod", "-json", "-count=1", f"-skip={left_out}", *packages],
        cwd=scratch / "module",
        env=environment(binary),
        capture_output=True,
        text=True,
    )
    outcome = Outcome(failed=dict(KNOWN_GO))
    output: dict[str, str] = {}
    for line in run.stdout.splitlines():
        event = json.loads(line) if line.startswith("{") else {}
        name = event.get("Test")
        if name is None:
            continue
        output[name] = output.get(name, "") + event.get("Output", "")
        match event["Action"]:
            case "pass":
                outcome.passed.append(name)
            case "skip":
                outcome.skipped.append(name)
            case "fail":
                outcome.failed[name] = output[name][-1500:]
    if not outcome.passed:
        pytest.fail(run.stdout[-2000:] + run.stderr[-2000:], pytrace=False)
    return outcome


def rust(binary: Path, scratch: Path) -> Outcome:
    """Run the tests of the crate dagger-sdk."""
    if not os.environ.get(SLOW):
        pytest.skip(f"building dagger-sdk and its tests takes minutes: set {SLOW}=1")
    need("cargo")
    shell("cargo", "fetch", "--quiet", "--locked", folder=HERE / "rust")
    home = Path(os.environ.get("CARGO_HOME") or Path.home() / ".cargo")
    shutil.copytree(next(home.glob("registry/src/*/dagger-sdk-0.21.11")), scratch / "crate")
    command = ["cargo", "test", "--quiet", "--target-dir", CACHE / "rust", "--lib", "--tests", "--no-fail-fast"]
    run = subprocess.run(
        [*command, "--", "--format=pretty"],
        cwd=scratch / "crate",
        env=environment(binary),
        capture_output=True,
        text=True,
    )
    outcome = Outcome()
    for line in run.stdout.splitlines():
        match line.split():
            case ["test", name, "...", "ok"]:
                outcome.passed.append(name)
            case ["test", name, "...", "ignored", *_]:
                outcome.skipped.append(name)
            case ["test", name, "...", "FAILED"]:
                outcome.failed[name] = run.stdout[-3000:]
    if not outcome.passed:
        pytest.fail(run.stdout[-2000:] + run.stderr[-2000:], pytrace=False)
    return outcome


def environment(binary: Path) -> dict[str, str]:
    """Give the environment in which libraries start our sessions."""
    return {**os.environ, "_EXPERIMENTAL_DAGGER_CLI_BIN": str(binary), "DO_NOT_TRACK": "1"}


KNOWN_PYTHON = {
    "tests.client.test_integration::test_git_repository": GITHUB,
    "tests.client.test_integration::test_container_build": GITHUB,
    "tests.client.test_integration::test_object_sequence": EMULATION,
    "tests.client.test_integration::test_service_start_stop": REPOSITORY,
}

KNOWN_GO = {"TestGit": GITHUB, "ExampleGitRepository": GITHUB, "ExampleDirectory_DockerBuild": GITHUB}

SUITES = [
    Suite("dagger-io 0.21.11", python, KNOWN_PYTHON),
    Suite("dagger.io/dagger v0.21.9", go, KNOWN_GO),
    Suite("dagger-sdk 0.21.11", rust, {"test_git": GITHUB, "core::downloader::test::download": DOWNLOAD}),
]
