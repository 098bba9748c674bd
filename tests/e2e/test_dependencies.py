"""Modules that call each other, in every pair of languages: bindings, objects, errors."""

import json
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, Run
from graphs import CI, LANGUAGES, LINT, MAIN, RUN, languages, refusal, value, write
from scratch import NO_DOCKER, environment

PAIRS = [languages(caller, callee) for caller in LANGUAGES for callee in LANGUAGES]


def pair(folder: Path, caller: str, callee: str) -> Path:
    """Write `ci`, which calls `lint`; give its folder."""
    write(folder / "lint", "lint", callee, LINT[callee])
    return write(folder / "ci", "ci", caller, CI[caller], ["../lint"])


@pytest.mark.parametrize(("caller", "callee"), PAIRS)
def test_every_pair_of_languages(dockwright: Run, tmp_path: Path, caller: str, callee: str) -> None:
    """Constructors, optional arguments, chains, objects, lists, enums, objects of the core pass between any two."""
    folder = pair(tmp_path, caller, callee)
    assert value(dockwright, folder, "run") == RUN


# What throws, in the languages whose errors have a place.
THROWS = {"python": "raise ValueError(", "typescript": "throw new RangeError("}


@pytest.mark.parametrize(("caller", "callee"), PAIRS)
def test_an_error_says_where_it_came_from(dockwright: Run, tmp_path: Path, caller: str, callee: str) -> None:
    """What the dependency throws is told with the dependency's name and place, and the caller's."""
    folder = pair(tmp_path, caller, callee)
    message = refusal(dockwright, folder, "call", "fail")
    assert "in dependency `lint`: " in message
    assert "it broke" in message
    if callee in THROWS:
        lines = (folder / "../lint/dagger" / MAIN[callee]).read_text().splitlines()
        line = next(number for number, text in enumerate(lines, 1) if THROWS[callee] in text)
        assert f"({MAIN[callee]}:{line})" in message, message
    if caller != "go":
        assert f"called at {MAIN[caller]}:" in message, message


def test_the_command_line_sees_the_module_alone(dockwright: Run, tmp_path: Path) -> None:
    """Functions of a dependency are no functions of the module."""
    folder = pair(tmp_path, "python", "python")
    listed = dockwright(str(folder), "functions")
    assert [line.split()[0] for line in listed.stdout.splitlines()[1:]] == ["run", "fail"]


ALIASED = """
    from dagger import Linter, LinterReport, dag, function, object_type
    from dagger.client.context import Context
    from dagger.client.query import Arg


    async def told(report: LinterReport) -> str:
        return ",".join(await report.lines())


    @object_type
    class Kept:
        lint: Linter

        @function
        async def check(self) -> str:
            return await self.lint.check("kept")


    @object_type
    class Ci:
        @function
        async def run(self) -> str:
            return await told(dag.linter(level=3).report())

        @function
        def keep(self) -> Kept:
            return Kept(lint=dag.linter(level=3).with_name("Bo"))

        @function
        async def loaded(self) -> str:
            by_id = Arg("id", await dag.linter(level=4).id())
            return await Context().select("loadLinterFromID", by_id).select("check", Arg("text", "loaded")).execute(str)
"""


@pytest.mark.parametrize("callee", [languages(each) for each in LANGUAGES])
def test_a_dependency_is_called_as_the_manifest_names_it(dockwright: Run, tmp_path: Path, callee: str) -> None:
    """Its types have the name too, and its objects are kept in the caller's state."""
    write(tmp_path / "lint", "lint", callee, LINT[callee])
    folder = write(tmp_path / "ci", "ci", "python", ALIASED, [{"name": "linter", "source": "../lint"}])
    assert value(dockwright, folder, "run") == "a,b"
    assert value(dockwright, folder, "keep", "check") == "3 Bo: kept"
    assert value(dockwright, folder, "loaded") == "4 nobody: loaded"


KEEPERS = {
    "typescript": """
        import { dag, func, type Lint, object } from "@dagger.io/dagger";

        @object()
        export class Kept {
          private lint: Lint;

          constructor(lint: Lint) {
            this.lint = lint;
          }

          @func()
          async check(): Promise<string> {
            return await this.lint.check("kept");
          }
        }

        @object()
        export class Ci {
          @func()
          keep(): Kept {
            return new Kept(dag.lint({ level: 3 }));
          }
        }
    """,
    "go": """
        package main

        import (
            "context"

            "dagger/ci/internal/dagger"
        )

        type Kept struct {
            // +private
            Lint *dagger.Lint
        }

        func (m *Kept) Check(ctx context.Context) (string, error) {
            return m.Lint.Check(ctx, "kept")
        }

        type Ci struct{}

        func (m *Ci) Keep() *Kept {
            return &Kept{Lint: dag.Lint(dagger.LintOpts{Level: 3})}
        }
    """,
}


@pytest.mark.parametrize("caller", [languages(each) for each in KEEPERS])
def test_objects_of_a_dependency_are_kept_in_state(dockwright: Run, tmp_path: Path, caller: str) -> None:
    """An object of the module holds one of the dependency from one call to the next."""
    write(tmp_path / "lint", "lint", "python", LINT["python"])
    folder = write(tmp_path / "ci", "ci", caller, KEEPERS[caller], ["../lint"])
    assert value(dockwright, folder, "keep", "check") == "3 nobody: kept"


MIDDLE = """
    package main

    import "context"

    type Middle struct{}

    func (m *Middle) Check(ctx context.Context, text string) (string, error) {
        return dag.Lint().Check(ctx, text)
    }

    func (m *Middle) Fail(ctx context.Context) (string, error) {
        return dag.Lint().Fail(ctx, "deep")
    }
"""

TOP = """
    from dagger import dag, function, object_type


    @object_type
    class Top:
        @function
        async def check(self) -> str:
            return await dag.middle().check("through three")

        @function
        async def fail(self) -> str:
            return await dag.middle().fail()
"""


@pytest.mark.skipif(shutil.which("go") is None, reason="there is no `go` on PATH to build modules in Go with")
def test_a_chain_of_three_languages(dockwright: Run, tmp_path: Path) -> None:
    """Python calls Go, which calls TypeScript; an error names both on its way."""
    write(tmp_path / "lint", "lint", "typescript", LINT["typescript"])
    write(tmp_path / "middle", "middle", "go", MIDDLE, ["../lint"])
    folder = write(tmp_path / "top", "top", "python", TOP, ["../middle"])
    assert value(dockwright, folder, "check") == "1 nobody: through three"
    message = refusal(dockwright, folder, "call", "fail")
    assert "in dependency `middle`: in dependency `lint`: RangeError: deep" in message


EXEC = {
    "python": """
        from dagger import dag, function, object_type


        @object_type
        class Run:
            @function
            async def exit(self, code: int) -> str:
                script = f"echo out; echo err >&2; exit {code}"
                return await dag.container().from_("busybox").with_exec(["sh", "-c", script]).stdout()
    """,
}

CAUGHT = """
    import dagger
    from dagger import dag, function, object_type


    @object_type
    class Ci:
        @function
        async def caught(self) -> str:
            try:
                return await dag.middle().exit(7)
            except dagger.ExecError as error:
                return f"{error.command[0]} {error.exit_code} {error.stdout} {error.stderr}"

        @function
        async def exit(self, code: int) -> str:
            return await dag.middle().exit(code)
"""

PASSING = """
    import { dag, func, object } from "@dagger.io/dagger";

    @object()
    export class Middle {
      @func()
      async exit(code: number): Promise<string> {
        return await dag.run().exit(code);
      }
    }
"""


@pytest.mark.usefixtures("docker")
def test_a_failed_command_keeps_its_structure(dockwright: Run, tmp_path: Path) -> None:
    """Through two modules in two languages, up to the exit code of the process."""
    write(tmp_path / "run", "run", "python", EXEC["python"])
    write(tmp_path / "middle", "middle", "typescript", PASSING, ["../run"])
    folder = write(tmp_path / "ci", "ci", "python", CAUGHT, ["../middle"])
    caught = dockwright(str(folder), "call", "caught")
    assert (caught.returncode, caught.stdout) == (0, "sh 7 out err"), caught.stderr
    passed = dockwright(str(folder), "call", "exit", "--code=9")
    assert passed.returncode == 9, passed.stderr
    assert "exit code: 9" in passed.stderr


FOREIGN = {
    "python": """
        from dagger import LintReport, dag, function, object_type


        @object_type
        class Ci:
            @function
            def report(self) -> LintReport:
                return dag.lint().report()
    """,
    "typescript": """
        import { dag, func, type LintReport, object } from "@dagger.io/dagger";

        @object()
        export class Ci {
          @func()
          report(): LintReport {
            return dag.lint().report();
          }
        }
    """,
    "go": """
        package main

        import "dagger/ci/internal/dagger"

        type Ci struct{}

        func (m *Ci) Report() *dagger.LintReport {
            return dag.Lint().Report()
        }
    """,
}


@pytest.mark.parametrize("caller", FOREIGN)
def test_types_of_a_dependency_stay_inside(dockwright: Run, tmp_path: Path, caller: str) -> None:
    """A function cannot return one; the message names the way out."""
    write(tmp_path / "lint", "lint", "python", LINT["python"])
    folder = write(tmp_path / "ci", "ci", caller, FOREIGN[caller], ["../lint"])
    message = refusal(dockwright, folder, "functions")
    if caller == "go":
        assert "main.go:8:23: the type *dagger.LintReport cannot be used in the API" in message
        assert "objects of a dependency cannot be passed on, an interface can" in message
    else:
        assert "`Ci.report` of module `ci` uses `LintReport`, which is a type of the module `lint`" in message
        assert "declare an interface" in message


def test_names_that_meet_are_refused(dockwright: Run, tmp_path: Path) -> None:
    """A dependency cannot be called as a core function, the module itself or another dependency."""
    write(tmp_path / "lint", "lint", "python", LINT["python"])
    write(tmp_path / "other", "other", "python", LINT["python"].replace("Lint", "Other"))
    for name in ("container", "ci"):
        folder = write(tmp_path / "ci", "ci", "python", CI["python"], [{"name": name, "source": "../lint"}])
        message = refusal(dockwright, folder, "functions")
        assert f"`{name}` is already the name of a core function or of another module here" in message
    twice = [{"name": "lint", "source": "../lint"}, {"name": "lint", "source": "../other"}]
    folder = write(tmp_path / "ci", "ci", "python", CI["python"], twice)
    assert "two dependencies are called `lint`" in refusal(dockwright, folder, "functions")


def test_a_circle_is_refused(dockwright: Run, tmp_path: Path) -> None:
    """The message has the way around it."""
    write(tmp_path / "lint", "lint", "python", LINT["python"], ["../ci"])
    folder = write(tmp_path / "ci", "ci", "python", CI["python"], ["../lint"])
    assert "ci → lint → ci" in refusal(dockwright, folder, "functions")


def test_a_broken_dependency_names_the_way_to_it(dockwright: Run, tmp_path: Path) -> None:
    """The error is the dependency's own, with the chain from the module that the user named."""
    write(tmp_path / "lint", "lint", "python", LINT["python"] + "\n\n        1 / 0\n")
    write(tmp_path / "middle", "middle", "python", TOP.replace("Top", "Middle"), ["../lint"])
    folder = write(tmp_path / "ci", "ci", "python", CI["python"], ["../middle"])
    message = refusal(dockwright, folder, "functions")
    assert "ZeroDivisionError" in message
    assert "(needed by ci → middle → lint)" in message


EDITORS = {
    "python": ("sdk/src/dagger/client/gen.py", "    def lint(self, *"),
    "typescript": ("sdk/dependencies.gen.ts", "    lint(opts?: ClientLintOpts): Lint;"),
    "go": ("internal/dagger/lint.gen.go", "func (r *Query) Lint(opts ...LintOpts) *Lint {"),
}


@pytest.mark.parametrize("caller", LANGUAGES)
def test_editors_read_bindings(dockwright: Run, tmp_path: Path, caller: str) -> None:
    """`develop` writes them, and takes them away when the dependency has gone."""
    write(tmp_path / "lint", "lint", "python", LINT["python"])
    folder = write(tmp_path / "ci", "ci", caller, CI[caller], ["../lint"])
    name, text = EDITORS[caller]
    written = dockwright(str(folder), "develop")
    assert written.returncode == 0, written.stderr
    content = (folder / "dagger" / name).read_text()
    assert text in content
    if caller == "python":
        compile(content, name, "exec")
    manifest = json.loads((folder / "dagger.json").read_text())
    (folder / "dagger.json").write_text(json.dumps({**manifest, "dependencies": []}))
    written = dockwright(str(folder), "develop")
    assert written.returncode == 0, written.stderr
    left = folder / "dagger" / name
    assert not left.exists() or text not in left.read_text()


COMPILER = ROOT / "sdk-typescript" / "node_modules" / ".bin"


@pytest.mark.skipif(
    not (COMPILER / "tsc").exists(), reason="no TypeScript compiler: `npm --prefix sdk-typescript test` installs one"
)
def test_types_of_bindings_are_checked(dockwright: Run, tmp_path: Path) -> None:
    """The compiler knows the dependency's functions, and names a call that it does not have."""
    folder = pair(tmp_path, "typescript", "python")
    env = environment(NO_DOCKER, {"PATH": str(COMPILER)})
    checked = dockwright(str(folder), "check-types", env=env)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    main = folder / "dagger" / MAIN["typescript"]
    main.write_text(main.read_text().replace('fail("it broke")', "fail(1)"))
    checked = dockwright(str(folder), "check-types", env=env)
    assert checked.returncode == 1
    assert "TS2345" in checked.stdout
