"""The modules hello-*: functions that need no container, in each language."""

import shutil
from pathlib import Path

import pytest
from conftest import ROOT, Run
from scratch import NO_DOCKER, environment, rust_toolchain

# Language: (its source, the line that throws; Rust has no errors that know their place).
LANGUAGES = {
    "python": ("src/main.py", "raise ValueError(f"),
    "typescript": ("src/index.ts", "throw new RangeError("),
    "go": ("main.go", "panic(fmt.Sprintf("),
    "rust": ("src/lib.rs", None),
}
# What builds modules in a language that needs building: a program on PATH, or what is beside `dockwright`.
BUILDERS = {"go": ("go", "runtimes/go-pack.json"), "rust": ("cargo", None)}

CALLS = {
    "default": (["hello"], "Hello, world!"),
    "argument": (["hello", "--name=Ada"], "Hello, Ada!"),
    "integer": (["shout", "--text=hey", "--times=3"], "HEY! HEY! HEY!"),
    "list result": (["words", "--text=one two"], "one\ntwo\n"),
    "integers": (["add", "--a=40", "--b=2"], "42"),
    "object field": (["statistics", "--numbers=1,2,3.5", "count"], "3"),
    "float field": (["statistics", "--numbers=1,2,3.5", "total"], "6.5"),
}


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each language that has such a module."""
    program, beside = BUILDERS.get(request.param, (None, None))
    installed = Path(shutil.which("dockwright") or "").resolve().parent
    if program and shutil.which(program) is None and not (beside and (installed / beside).exists()):
        pytest.skip(f"there is no `{program}` on PATH to build the module with")
    if program == "cargo":
        monkeypatch.setenv("RUSTUP_TOOLCHAIN", rust_toolchain())
    return request.param


@pytest.mark.parametrize(("arguments", "output"), CALLS.values(), ids=CALLS.keys())
def test_call(dockwright: Run, language: str, arguments: list[str], output: str) -> None:
    """A call prints its value and nothing else on standard output."""
    result = dockwright(f"modules/hello-{language}", "call", *arguments)
    assert result.returncode == 0, result.stderr
    assert result.stdout == output


def test_functions(dockwright: Run, language: str) -> None:
    """All functions are listed with their description."""
    result = dockwright(f"modules/hello-{language}", "functions")
    assert result.returncode == 0, result.stderr
    names = [line.split()[0] for line in result.stdout.splitlines()[1:]]
    assert {"add", "hello", "shout", "statistics", "words"} <= set(names)
    assert "Greet someone." in result.stdout


def test_help(dockwright: Run, language: str) -> None:
    """Arguments are flags, with their description and default."""
    result = dockwright(f"modules/hello-{language}", "call", "shout", "--help")
    assert result.returncode == 0, result.stderr
    for text in ("Repeat a text in capitals.", "--text", "What to shout", "--times", "How often", "default: 1"):
        assert text in result.stdout


def test_error(dockwright: Run, language: str) -> None:
    """An exception of the module fails the call and is shown with the line of the source that threw it."""
    result = dockwright(f"modules/hello-{language}", "call", "shout", "--text=hey", "--times=0")
    assert result.returncode == 1
    assert result.stdout == ""
    assert "times must be at least 1: 0" in result.stderr
    file, thrown = LANGUAGES[language]
    if thrown is None:
        return
    lines = (ROOT / f"modules/hello-{language}/dagger" / file).read_text().splitlines()
    line = next(number for number, text in enumerate(lines, 1) if thrown in text)
    assert any(f"{file}{form}" in result.stderr for form in (f":{line}", f'", line {line}')), result.stderr


def test_neither_docker_nor_a_toolchain_is_needed(dockwright: Run, language: str, tmp_path: Path) -> None:
    """With an empty PATH and no daemon the call is the same. A module that needs building is built first."""
    if language in BUILDERS:
        dockwright(f"modules/hello-{language}", "functions")
    env = environment(NO_DOCKER, {"PATH": str(tmp_path)})
    result = dockwright(f"modules/hello-{language}", "call", "hello", env=env)
    assert result.returncode == 0, result.stderr
    assert result.stdout == "Hello, world!"


def test_a_new_module_can_be_called(dockwright: Run, language: str, tmp_path: Path) -> None:
    """What `init` writes works as it is."""
    made = dockwright(str(tmp_path), "init", f"--sdk={language}", "--name=my-ci")
    assert made.returncode == 0, made.stderr
    for_editors = {"go": "internal/dagger", "rust": "wit"}.get(language, "sdk")
    assert (tmp_path / "dagger" / for_editors).is_dir()
    result = dockwright(str(tmp_path), "call", "hello", "--name=you")
    assert (result.returncode, result.stdout) == (0, "Hello, you!"), result.stderr


COMPILER = ROOT / "sdk-typescript" / "node_modules" / ".bin"


@pytest.mark.skipif(
    not (COMPILER / "tsc").exists(), reason="no TypeScript compiler: `npm --prefix sdk-typescript test` installs one"
)
def test_types_are_checked_without_node(dockwright: Run, tmp_path: Path) -> None:
    """The compiler of TypeScript 7 accepts a new module and names a mistake, with nothing but itself on PATH."""
    env = environment(NO_DOCKER, {"PATH": str(COMPILER)})
    dockwright(str(tmp_path), "init", "--sdk=typescript", "--name=ci")
    checked = dockwright(str(tmp_path), "check-types", env=env)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    source = tmp_path / "dagger" / "src" / "index.ts"
    source.write_text(source.read_text().replace("return `Hello, ${name}!`", "return 1"))
    checked = dockwright(str(tmp_path), "check-types", env=env)
    assert checked.returncode == 1
    assert "src/index.ts(" in checked.stdout
    assert "TS2322" in checked.stdout


def test_there_may_be_no_compiler(dockwright: Run, tmp_path: Path) -> None:
    """Without a compiler, the way to one is told."""
    dockwright(str(tmp_path), "init", "--sdk=typescript", "--name=ci")
    checked = dockwright(str(tmp_path), "check-types", env=environment({"PATH": ""}))
    assert checked.returncode == 1
    assert "npm install --save-dev typescript" in checked.stderr
