"""Modules that call each other: what loading a graph of them costs, and what each hop between languages adds."""

import json
import shutil
import tempfile
from pathlib import Path

from process import Command, alternate, run, settle
from table import Row

PYTHON = '''from dagger import {imports}function, object_type


@object_type
class {object}:
    @function
    async def check(self, text: str) -> str:
        """Checks a text."""
        return {body}
'''

TYPESCRIPT = """import {{ {imports}func, object }} from "@dagger.io/dagger";

@object()
export class {object} {{
  /** Checks a text. */
  @func()
  async check(text: string): Promise<string> {{
    return {body};
  }}
}}
"""

GO = """package main

import "context"

type {object} struct{{}}

// Checks a text.
func (m *{object}) Check(ctx context.Context, text string) (string, error) {{
    return {body}
}}
"""

# Language: (its main file, the module, the body that ends a chain, the body that calls a module, what that imports).
LANGUAGES = {
    "python": ("src/main.py", PYTHON, '"checked " + text', "await dag.{0}().check(text)", "dag, "),
    "typescript": ("src/index.ts", TYPESCRIPT, '"checked " + text', "await dag.{0}().check(text)", "dag, "),
    "go": ("main.go", GO, '"checked " + text, nil', "dag.{0}().Check(ctx, text)", ""),
}

SIZES = (10, 50, 100)


def write(folder: Path, name: str, language: str, dependencies: list[str]) -> Path:
    """Write a module whose `check` calls that of its first dependency, if it has one."""
    main, template, end, call, imports = LANGUAGES[language]
    path = folder / name / "dagger" / main
    path.parent.mkdir(parents=True)
    first = dependencies[0] if dependencies else ""
    body = call.format(first.capitalize() if language == "go" else first) if first else end
    path.write_text(template.format(object=name.capitalize(), body=body, imports=imports if first else ""))
    if language == "typescript":
        (folder / name / "dagger" / "package.json").write_text('{"name": "module", "type": "module"}\n')
    named = [{"name": each, "source": f"../{each}"} for each in dependencies]
    manifest = {"name": name, "sdk": language, "source": "dagger", "dependencies": named}
    (folder / name / "dagger.json").write_text(json.dumps(manifest))
    return folder / name


def rows(times: int) -> list[Row]:
    """Loading graphs of growing size, warm, and a call through three languages."""
    with tempfile.TemporaryDirectory(prefix="dockwright-bench-") as folder:
        return [*load_rows(Path(folder), times), *hop_rows(Path(folder) / "hops", times)]


def languages() -> list[str]:
    """The languages that can be built here."""
    return [name for name in LANGUAGES if name != "go" or shutil.which("go")]


def load_rows(folder: Path, times: int) -> list[Row]:
    """`functions` of the module at the top, which needs the definitions of all."""
    known = languages()
    commands = []
    for size in SIZES:
        # Each module calls up to three of those before it, so that many share the ones below.
        for index in range(size):
            below = [f"m{size}x{other}" for other in (index - 1, index // 2, index // 3) if 0 <= other < index]
            write(folder, f"m{size}x{index}", known[index % len(known)], list(dict.fromkeys(below)))
        command = Command(["dockwright", "functions"], folder / f"m{size}x{size - 1}", expect="check")
        run(command)
        commands.append(command)
    measured = alternate(times, *(lambda command=command: command for command in commands))
    note = f"{', '.join(known)}; warm"
    return [
        Row(
            f"load a graph of {size} modules: wall", each.wall, bound=100 if size == 50 else None, runs=times, note=note
        )
        for size, each in zip(SIZES, measured, strict=True)
    ]


def hop_rows(folder: Path, times: int) -> list[Row]:
    """What a call costs more when its module calls another one, and that one more."""
    known = languages()
    ways = [("python", "python"), ("typescript", "python"), ("python", "go", "typescript")]
    ways = [way for way in ways if set(way) <= set(known)]

    def chain(name: str, way: tuple[str, ...]) -> Command:
        for index, language in enumerate(reversed(way)):
            top = write(folder, f"{name}{index}", language, [f"{name}{index - 1}"] if index else [])
        command = Command(["dockwright", "call", "check", "--text=it"], top, expect="checked it")
        # A module is kept loaded from the second call on.
        run(command)
        run(command)
        return command

    rows = []
    for number, way in enumerate(ways):
        alone, whole = chain(f"alone{number}x", way[:1]), chain(f"way{number}x", way)
        settle()
        first, all_ = alternate(times, lambda command=alone: command, lambda command=whole: command)
        added = (all_.wall - first.wall) / (len(way) - 1)
        note = f"{first.wall:.1f} ms alone, {all_.wall:.1f} ms in all"
        rows.append(Row(f"call through {' → '.join(way)}: each hop adds", added, bound=15, runs=times, note=note))
    return rows
