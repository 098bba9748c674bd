"""Command line: `python3 tests/conformance [--write]`. See README.md."""

import argparse
import ast
import re
import sys
import tomllib
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
TABLES = HERE.parents[1] / "host" / "schema" / "src" / "core_types" / "generated.rs"
TESTS = (HERE.parent / "e2e", HERE.parent / "clients")
TABLE = HERE / "fields"

OUT_OF_SCOPE = re.compile(r"(LLM|Env$|Binding|Cloud|Agent|Workspace|Query\.(currentWorkspace|llm|env$|cloud))")
"""Types (and fields of `Query` that lead to them) that are left out."""


def core_fields() -> list[str]:
    """Name every field in scope as `Type.field`, but for `id`, which all objects share."""
    fields, owner = [], ""
    kind = re.compile(r'^        name: "(\w+)", kind: CoreKind::(\w+)')
    field = re.compile(r'^                name: "(\w+)", returns:')
    for line in TABLES.read_text().splitlines():
        if match := kind.match(line):
            owner = match[1] if match[2] == "Object" else ""
        elif (match := field.match(line)) and owner and match[1] != "id":
            fields.append(f"{owner}.{match[1]}")
    return sorted(
        name for name in fields if not OUT_OF_SCOPE.match(name.split(".")[0]) and not OUT_OF_SCOPE.match(name)
    )


def asserted() -> dict[str, list[str]]:
    """Find which tests assert which field, from their sources."""
    tests: dict[str, list[str]] = {}
    for path in sorted(file for folder in TESTS for file in folder.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.FunctionDef):
                continue
            for decorator in node.decorator_list:
                if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "asserts":
                    for argument in decorator.args:
                        name = ast.literal_eval(argument)
                        tests.setdefault(name, []).append(f"{path.stem}::{node.name}")
    return tests


def main() -> int:
    """Compare the table with what is true, or write it."""
    parser = argparse.ArgumentParser(prog="conformance", description="Which fields of the core API tests assert.")
    parser.add_argument("--write", action="store_true", help="write the table anew")
    options = parser.parse_args()

    fields, tests = core_fields(), asserted()
    reasons = tomllib.loads((HERE / "reasons.toml").read_text())
    known = set(fields)
    unknown = sorted((set(tests) | set(reasons["partial"]) | set(reasons["missing"])) - known)
    if unknown:
        print(f"no such fields in the core API: {', '.join(unknown)}", file=sys.stderr)
        return 1
    contradictions = sorted(set(tests) & set(reasons["missing"]))
    if contradictions:
        print(f"asserted by a test, yet missing in reasons.toml: {', '.join(contradictions)}", file=sys.stderr)
        return 1

    lines, counts, by_type = [], Counter(), Counter()
    for name in fields:
        if name in reasons["missing"]:
            status, detail = "missing", reasons["missing"][name]
        elif name not in tests:
            status, detail = "untested", ""
        else:
            status = "partial" if name in reasons["partial"] else "ok"
            detail = ", ".join(tests[name]) + (f": {reasons['partial'][name]}" if status == "partial" else "")
        counts[status] += 1
        if status != "ok":
            by_type[name.split(".")[0]] += 1
        lines.append(f"{name}\t{status}\t{detail}".rstrip())
    text = "\n".join(lines) + "\n"

    if options.write:
        TABLE.write_text(text)
    shares = ", ".join(f"{counts[status]} {status}" for status in ("ok", "partial", "missing", "untested"))
    print(f"core API: {len(fields)} fields: {shares} ({100 * counts['ok'] // len(fields)} % ok)")
    print("not ok by type: " + ", ".join(f"{name} {count}" for name, count in by_type.most_common()))
    if not TABLE.exists() or TABLE.read_text() != text:
        print("tests/conformance/fields is out of date: run `python3 tests/conformance --write`", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
