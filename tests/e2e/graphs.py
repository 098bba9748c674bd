"""Modules that call each other, written by tests: a callee and a caller in each language."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from textwrap import dedent

import pytest
from conftest import Run
from scratch import NO_DOCKER, environment

MAIN = {"python": "src/main.py", "typescript": "src/index.ts", "go": "main.go"}

# What every caller's `run` gives, whatever the languages.
RUN = "2 Ada: hello! | true a,b | 2 false | HIGH | same"


def write(
    folder: Path, name: str, language: str, source: str, dependencies: Sequence[str | dict[str, str]] = ()
) -> Path:
    """Write a module with this source of its main file; dependencies are paths from it, or what the manifest says."""
    main = folder / "dagger" / MAIN[language]
    main.parent.mkdir(parents=True, exist_ok=True)
    main.write_text(dedent(source))
    named = [{"source": each} if isinstance(each, str) else each for each in dependencies]
    manifest = {"name": name, "engineVersion": "v0.21.8", "sdk": language, "source": "dagger", "dependencies": named}
    (folder / "dagger.json").write_text(json.dumps(manifest, indent=2) + "\n")
    if language == "typescript":
        (folder / "dagger" / "package.json").write_text('{"name": "module", "type": "module"}\n')
    return folder


LINT = {
    "python": '''
        """Checks texts."""

        import enum

        import dagger
        from dagger import enum_type, field, function, object_type


        @enum_type
        class Severity(enum.Enum):
            """How bad."""

            LOW = "low"
            HIGH = "high"


        @object_type
        class Report:
            ok: bool = field()
            lines: list[str] = field()


        @object_type
        class Lint:
            level: int = field(default=1)
            name: str = field(default="nobody")

            @function
            def with_name(self, name: str) -> "Lint":
                return Lint(level=self.level, name=name)

            @function
            def check(self, text: str, suffix: str = "") -> str:
                """Checks a text."""
                return f"{self.level} {self.name}: {text}{suffix}"

            @function
            def report(self) -> Report:
                return Report(ok=True, lines=["a", "b"])

            @function
            def reports(self) -> list[Report]:
                return [Report(ok=True, lines=[]), Report(ok=False, lines=[])]

            @function
            def worse(self, severity: Severity = Severity.LOW) -> Severity:
                return Severity.HIGH if severity is Severity.LOW else Severity.LOW

            @function
            def same(self, directory: dagger.Directory) -> dagger.Directory:
                return directory

            @function
            def fail(self, text: str) -> str:
                raise ValueError(text)
    ''',
    "typescript": """
        /** Checks texts. */
        import { type Directory, func, object } from "@dagger.io/dagger";

        /** How bad. */
        export enum Severity {
          LOW = "low",
          HIGH = "high",
        }

        @object()
        export class Report {
          @func()
          ok: boolean;

          @func()
          lines: string[];

          constructor(ok: boolean, lines: string[]) {
            this.ok = ok;
            this.lines = lines;
          }
        }

        @object()
        export class Lint {
          @func()
          level: number;

          @func()
          name: string;

          constructor(level: number = 1, name: string = "nobody") {
            this.level = level;
            this.name = name;
          }

          @func()
          withName(name: string): Lint {
            return new Lint(this.level, name);
          }

          /** Checks a text. */
          @func()
          check(text: string, suffix: string = ""): string {
            return `${this.level} ${this.name}: ${text}${suffix}`;
          }

          @func()
          report(): Report {
            return new Report(true, ["a", "b"]);
          }

          @func()
          reports(): Report[] {
            return [new Report(true, []), new Report(false, [])];
          }

          @func()
          worse(severity: Severity = Severity.LOW): Severity {
            return severity === Severity.LOW ? Severity.HIGH : Severity.LOW;
          }

          @func()
          same(directory: Directory): Directory {
            return directory;
          }

          @func()
          fail(text: string): string {
            throw new RangeError(text);
          }
        }
    """,
    "go": """
        // Checks texts.
        package main

        import (
            "errors"
            "fmt"

            "dagger/lint/internal/dagger"
        )

        // How bad.
        type Severity string

        const (
            LOW  Severity = "low"
            HIGH Severity = "high"
        )

        type Report struct {
            Ok    bool
            Lines []string
        }

        type Lint struct {
            Level int
            Name  string
        }

        func New(
            // +default=1
            level int,
            // +default="nobody"
            name string,
        ) *Lint {
            return &Lint{level, name}
        }

        func (m *Lint) WithName(name string) *Lint {
            return &Lint{m.Level, name}
        }

        // Checks a text.
        func (m *Lint) Check(
            text string,
            // +optional
            suffix string,
        ) string {
            return fmt.Sprintf("%d %s: %s%s", m.Level, m.Name, text, suffix)
        }

        func (m *Lint) Report() *Report {
            return &Report{true, []string{"a", "b"}}
        }

        func (m *Lint) Reports() []*Report {
            return []*Report{{Ok: true}, {Ok: false}}
        }

        func (m *Lint) Worse(
            // +default="LOW"
            severity Severity,
        ) Severity {
            if severity == LOW {
                return HIGH
            }
            return LOW
        }

        func (m *Lint) Same(directory *dagger.Directory) *dagger.Directory {
            return directory
        }

        func (m *Lint) Fail(text string) (string, error) {
            return "", errors.New(text)
        }
    """,
}

CI = {
    "python": """
        from dagger import LintSeverity, dag, function, object_type


        @object_type
        class Ci:
            @function
            async def run(self) -> str:
                lint = dag.lint(level=2).with_name("Ada")
                checked = await lint.check("hello", suffix="!")
                report = lint.report()
                told = f"{await report.ok()} {','.join(await report.lines())}".lower()
                reports = await lint.reports()
                counted = f"{len(reports)} {await reports[1].ok()}".lower()
                worse = await lint.worse(severity=LintSeverity.LOW)
                directory = dag.directory().with_new_file("a", "b")
                same = "same" if await lint.same(directory).id() == await directory.id() else "another"
                return " | ".join([checked, told, counted, worse.value, same])

            @function
            async def fail(self) -> str:
                return await dag.lint().fail("it broke")
    """,
    "typescript": """
        import { dag, func, LintSeverity, object } from "@dagger.io/dagger";

        @object()
        export class Ci {
          @func()
          async run(): Promise<string> {
            const lint = dag.lint({ level: 2 }).withName("Ada");
            const checked = await lint.check("hello", { suffix: "!" });
            const report = lint.report();
            const told = `${await report.ok()} ${(await report.lines()).join(",")}`;
            const reports = await lint.reports();
            const counted = `${reports.length} ${await reports[1]?.ok()}`;
            const worse = await lint.worse({ severity: LintSeverity.Low });
            const directory = dag.directory().withNewFile("a", "b");
            const same = (await lint.same(directory).id()) === (await directory.id()) ? "same" : "another";
            return [checked, told, counted, worse, same].join(" | ");
          }

          @func()
          async fail(): Promise<string> {
            return await dag.lint().fail("it broke");
          }
        }
    """,
    "go": """
        package main

        import (
            "context"
            "fmt"
            "strings"

            "dagger/ci/internal/dagger"
        )

        type Ci struct{}

        func (m *Ci) Run(ctx context.Context) (string, error) {
            lint := dag.Lint(dagger.LintOpts{Level: 2}).WithName("Ada")
            checked, err := lint.Check(ctx, "hello", dagger.LintCheckOpts{Suffix: "!"})
            if err != nil {
                return "", err
            }
            ok, err := lint.Report().Ok(ctx)
            if err != nil {
                return "", err
            }
            lines, err := lint.Report().Lines(ctx)
            if err != nil {
                return "", err
            }
            reports, err := lint.Reports(ctx)
            if err != nil {
                return "", err
            }
            second, err := reports[1].Ok(ctx)
            if err != nil {
                return "", err
            }
            worse, err := lint.Worse(ctx, dagger.LintWorseOpts{Severity: dagger.LintSeverityLow})
            if err != nil {
                return "", err
            }
            directory := dag.Directory().WithNewFile("a", "b")
            id, err := directory.ID(ctx)
            if err != nil {
                return "", err
            }
            returned, err := lint.Same(directory).ID(ctx)
            if err != nil {
                return "", err
            }
            same := "another"
            if id == returned {
                same = "same"
            }
            told := fmt.Sprintf("%v %s", ok, strings.Join(lines, ","))
            counted := fmt.Sprintf("%d %v", len(reports), second)
            return strings.Join([]string{checked, told, counted, string(worse), same}, " | "), nil
        }

        func (m *Ci) Fail(ctx context.Context) (string, error) {
            return dag.Lint().Fail(ctx, "it broke")
        }
    """,
}


LANGUAGES = ["python", "typescript", "go"]

GO = pytest.mark.skipif(shutil.which("go") is None, reason="there is no `go` on PATH to build modules in Go with")


def languages(*which: str) -> "pytest.ParameterSet":
    """Give a parameter for these languages, skipped where one of them cannot be built."""
    return pytest.param(*which, id="-".join(which), marks=[GO] if "go" in which else [])


def value(run: Run, folder: Path, *arguments: str) -> str:
    """Call a function and give what it printed. No engine can be reached."""
    result = run(str(folder), "call", *arguments, env=environment(NO_DOCKER))
    assert result.returncode == 0, result.stderr
    return result.stdout


def refusal(run: Run, folder: Path, *arguments: str) -> str:
    """Run a command that fails and give its message on one line."""
    result = run(str(folder), *arguments, env=environment(NO_DOCKER))
    assert result.returncode == 1, result.stdout + result.stderr
    assert result.stdout == ""
    return " ".join(result.stderr.replace("│", " ").split())
