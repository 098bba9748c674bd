"""What goes wrong with modules in TypeScript: each a clear error with file and line, and the machine lives on."""

import os
import re
import shutil
from pathlib import Path

import pytest
from conftest import Run
from scratch import NO_DOCKER, environment, write_typescript_module

HEAD = 'import { dag, func, object } from "@dagger.io/dagger"\n'
CLASS = HEAD + "@object()\nexport class Faults {\n"
FUNCTION = CLASS + "  @func()\n"

# Name: (src/index.ts, what the error must match). The line counts from HEAD, which is line 1.
BROKEN = {
    "syntax error": (FUNCTION + "  f(: string {}\n}\n", r"src/index\.ts:5:5[\s\S]*f\(: string"),
    "missing type": (FUNCTION + "  f(a): string { return a }\n}\n", r"src/index\.ts:5:\d+.*`?a`?"),
    "union": (FUNCTION + "  f(a: string | number): string { return `${a}` }\n}\n", r"src/index\.ts:5:\d+.*[Uu]nion"),
    "generic": (FUNCTION + "  f(): Map<string, string> { return new Map() }\n}\n", r"src/index\.ts:5:\d+.*Map"),
    "no such file": (
        'import x from "./nosuch.js"\n' + CLASS + "  y = x\n}\n",
        r"src/index\.ts:1:\d+[\s\S]*\./nosuch\.js",
    ),
    "no such package": (
        'import x from "nosuch"\n' + CLASS + "  y = x\n}\n",
        r"src/index\.ts:1:\d+[\s\S]*npm install",
    ),
    "node module": (
        'import fs from "node:fs"\n' + CLASS + "  y = fs\n}\n",
        r"src/index\.ts:1:\d+[\s\S]*node:fs[\s\S]*Directory",
    ),
    "outside": ('import x from "../../x.js"\n' + CLASS + "  y = x\n}\n", r"src/index\.ts:1:\d+[\s\S]*\.\./\.\./x\.js"),
    "no main object": (HEAD + "@object()\nexport class Other {}\n", r"Faults"),
}


def failure(dockwright: Run, folder: Path, *arguments: str) -> str:
    """Run what must end with 1 and print nothing on standard output; give standard error."""
    result = dockwright(str(folder), *arguments, env=environment(NO_DOCKER))
    assert result.returncode == 1, result.stdout + result.stderr
    assert result.stdout == ""
    assert "panicked" not in result.stderr
    return result.stderr


@pytest.mark.parametrize(("source", "pattern"), BROKEN.values(), ids=BROKEN.keys())
def test_broken_module(dockwright: Run, tmp_path: Path, source: str, pattern: str) -> None:
    """The module does not load, and the place is named."""
    (tmp_path / "x.js").write_text("export default 1\n")
    errors = failure(dockwright, write_typescript_module(tmp_path, {"src/index.ts": source}), "functions")
    assert re.search(pattern, errors), errors


SOURCE = """\
import { dag, func, object } from "@dagger.io/dagger"

function inner(): never {
  throw new TypeError("inside")
}

@object()
export class Faults {
  @func()
  hello(): string { return "hello" }

  @func()
  deep(): string { return this.deep() + "." }

  @func()
  big(): number { return new Array(1 << 27).fill("x".repeat(64)).map((text) => text + "y").length }

  @func()
  async never(): Promise<string> { return await new Promise(() => {}) }

  @func()
  thrown(): string { return inner() }

  @func()
  pollute(): string {
    Object.prototype["kind"] = "polluted"
    Array.prototype.map = () => { throw new Error("map is gone") }
    JSON.stringify = () => "null"
    Promise.prototype.then = () => { throw new Error("then is gone") }
    delete globalThis.console
    return "still here"
  }

  @func()
  loop(): string { for (;;) {} }

  @func()
  regex(): boolean { return /^(a+)+$/.test("a".repeat(64) + "b") }
}
"""

RUNTIME = {
    "deep": r"call stack[\s\S]*src/index\.ts:13:",
    "big": r"memory",
    "never": r"promise that nothing[\s\S]*src/index\.ts:1[89]",
    "thrown": r"inside[\s\S]*src/index\.ts:4:[\s\S]*src/index\.ts:22:",
}


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the module above."""
    return write_typescript_module(tmp_path_factory.mktemp("faults"), {"src/index.ts": SOURCE})


@pytest.mark.parametrize(("function", "pattern"), RUNTIME.items(), ids=RUNTIME.keys())
def test_failing_function(dockwright: Run, module: Path, function: str, pattern: str) -> None:
    """The error says what happened, and where."""
    errors = failure(dockwright, module, "call", function)
    assert re.search(pattern, errors), errors


def test_a_function_cannot_break_the_sdk(dockwright: Run, module: Path) -> None:
    """What a function does to the language's own objects does not change how its result travels."""
    result = dockwright(str(module), "call", "pollute", env=environment(NO_DOCKER))
    assert (result.returncode, result.stdout) == (0, "still here"), result.stderr
    assert dockwright(str(module), "call", "hello", env=environment(NO_DOCKER)).stdout == "hello"


@pytest.mark.skipif("DOCKWRIGHT_SLOW_TESTS" not in os.environ, reason="takes a minute: set DOCKWRIGHT_SLOW_TESTS=1")
@pytest.mark.parametrize("function", ["loop", "regex"])
def test_endless_function(dockwright: Run, module: Path, function: str) -> None:
    """A function that does not end is ended."""
    errors = failure(dockwright, module, "call", function)
    assert "60" in errors
    assert re.search(r"src/index\.ts:\d+", errors), errors


def test_import_cycle(dockwright: Run, tmp_path: Path) -> None:
    """Files may import each other, as in any JavaScript; using what is not there yet is an error with its place."""
    files = {
        "src/index.ts": 'import { b } from "./b.js"\n' + CLASS + "  @func()\n  f(): string { return b() }\n}\n"
        'export const a = "from a"\n',
        "src/b.ts": 'import { a } from "./index.js"\nexport const b = (): string => a\n',
    }
    folder = write_typescript_module(tmp_path / "good", files)
    result = dockwright(str(folder), "call", "f", env=environment(NO_DOCKER))
    assert (result.returncode, result.stdout) == (0, "from a"), result.stderr
    files["src/b.ts"] = 'import { a } from "./index.js"\nconst early = a\nexport const b = (): string => early\n'
    folder = write_typescript_module(tmp_path / "bad", files)
    assert "src/b.ts:2:" in failure(dockwright, folder, "call", "f")


def test_top_level_await_that_never_ends(dockwright: Run, tmp_path: Path) -> None:
    """The module's file is named."""
    source = CLASS + '  @func()\n  f(): string { return "" }\n}\nawait new Promise(() => {})\n'
    folder = write_typescript_module(tmp_path, {"src/index.ts": source})
    assert "src/index.ts" in failure(dockwright, folder, "call", "f")


PACKAGES = {
    "package.json": '{"name": "faults", "type": "module", "dependencies": {"ms": "2.1.3", "nanoid": "5.1.6"}}\n',
    "src/index.ts": 'import ms from "ms"\nimport { customAlphabet } from "nanoid"\n'
    + CLASS
    + "  @func()\n  milliseconds(text: string): number { return ms(text) }\n"
    + '  @func()\n  name(): string { return customAlphabet("a", 5)() }\n}\n',
}


@pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed: nothing can install packages")
@pytest.mark.parametrize("developed", [True, False], ids=["in node_modules", "in the cache"])
def test_packages(dockwright: Run, tmp_path: Path, developed: bool) -> None:
    """Published packages work: ms is CommonJS, nanoid an ES module. Without `develop`, the first call installs them."""
    folder = write_typescript_module(tmp_path, PACKAGES)
    if developed:
        made = dockwright(str(folder), "develop")
        assert made.returncode == 0, made.stderr
    assert (folder / "dagger" / "node_modules").exists() == developed
    assert dockwright(str(folder), "call", "milliseconds", "--text=2 days").stdout == "172800000"
    assert dockwright(str(folder), "call", "name").stdout == "aaaaa"
