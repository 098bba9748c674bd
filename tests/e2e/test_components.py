"""Modules that are components: no SDK of ours, no source, only a `.wasm` file."""

import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT, Run
from scratch import rust_toolchain

COMPONENT = ROOT / "target" / "guests" / "components" / "plain.wasm"


@pytest.fixture
def module(tmp_path: Path) -> Path:
    """A module whose source is a component that exports plain functions of WIT types."""
    if not COMPONENT.exists():
        pytest.skip("the test components are not built: `cargo test -p dockwright-runtime` builds them")
    shutil.copy(COMPONENT, tmp_path / "tools.wasm")
    (tmp_path / "dagger.json").write_text('{"name": "tools", "engineVersion": "v0.21.8", "sdk": "component"}')
    return tmp_path


def test_plain_functions_are_called(dockwright: Run, module: Path) -> None:
    """Interfaces are objects, their functions sub-commands, records have fields, enums names."""
    calls = {
        ("text", "convert", "--text=Ab", "--to=very_lower"): "ab",
        ("text", "count", "--text=one two", "longest-line"): "one two",
        ("numbers", "sum", "--values=200,100"): "300",
    }
    for arguments, output in calls.items():
        result = dockwright(str(module), "call", *arguments)
        assert (result.returncode, result.stdout) == (0, output), result.stderr
    failed = dockwright(str(module), "call", "numbers", "divide", "--dividend=7", "--by=0")
    assert failed.returncode == 1
    assert "7 cannot be divided by 0" in failed.stderr


def test_what_has_no_form_in_the_api_is_said(dockwright: Run, module: Path) -> None:
    """A component without any function that the API can offer is no module."""
    (module / "tools.wasm").write_bytes(b"\0asm\x0d\0\x01\0")
    result = dockwright(str(module), "functions")
    assert result.returncode == 1
    assert "tools" in result.stderr


def test_a_module_in_python_uses_one_in_rust(dockwright: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bindings of a module without an SDK are like all others."""
    if shutil.which("cargo") is None:
        pytest.skip("there is no `cargo` on PATH to build the module with")
    monkeypatch.setenv("RUSTUP_TOOLCHAIN", rust_toolchain())
    made = dockwright(str(tmp_path), "init", "--sdk=python", "--name=user")
    assert made.returncode == 0, made.stderr
    library = tmp_path / "hello-rust"
    shutil.copytree(ROOT / "modules" / "hello-rust", library, ignore=shutil.ignore_patterns("target"))
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    installed = dockwright(str(tmp_path), "install", "./hello-rust")
    assert installed.returncode == 0, installed.stderr
    (tmp_path / "dagger" / "src" / "main.py").write_text(
        "from dagger import dag, function, object_type\n\n\n"
        "@object_type\nclass User:\n"
        "    @function\n    async def mean(self) -> float:\n"
        "        return await dag.hello().statistics([1.0, 2.0, 6.0]).mean()\n"
    )
    result = dockwright(str(tmp_path), "call", "mean")
    assert (result.returncode, result.stdout) == (0, "3"), result.stderr
