"""Modules that call each other, in every pair of languages: bindings, objects, errors, what stays out of reach."""

import json
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, Run
from graphs import CI, LINT, MAIN, RUN, write
from scratch import NO_DOCKER, environment

LANGUAGES = ["python", "typescript", "go"]

GO = pytest.mark.skipif(shutil.which("go") is None, reason="there is no `go` on PATH to build modules in Go with")


def languages(*which: str) -> "pytest.ParameterSet":
    """Give a parameter for these languages, skipped where one of them cannot be built."""
    return pytest.param(*which, id="-".join(which), marks=[GO] if "go" in which else [])


PAIRS = [languages(caller, callee) for caller in LANGUAGES for callee in LANGUAGES]


def pair(folder: Path, caller: str, callee: str) -> Path:
    """Write `ci`, which calls `lint`; give its folder."""
    write(folder / "lint", "lint", callee, LINT[callee])
    return write(folder / "ci", "ci", caller, CI[caller], ["../lint"])


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


@GO
def test_a_chain_of_three_languages(dockwright: Run, tmp_path: Path) -> None:
    """Python calls Go, which calls TypeScript; an error names both on its way."""
    write(tmp_path / "lint", "lint", "typescript", LINT["typescript"])
    write(tmp_path / "middle", "middle", "go", MIDDLE, ["../lint"])
    folder = write(tmp_path / "top", "top", "python", TOP, ["../middle"])
    assert value(dockwright, folder, "check") == "1 nobody: through three"
    message = refusal(dockwright, folder, "call", "fail")
    assert "in dependency `middle`: in dependency `lint`: RangeError: deep" in message


ZOO = {
    "python": """
        import typing

        from dagger import function, interface, object_type


        @interface
        class Duck(typing.Protocol):
            @function
            async def quack(self, times: int) -> str: ...


        @object_type
        class Zoo:
            @function
            async def listen(self, duck: Duck) -> str:
                return f"heard {await duck.quack(times=2)}"

            @function
            async def choir(self, ducks: list[Duck]) -> str:
                return " ".join([await duck.quack(times=1) for duck in ducks])

            @function
            def again(self, duck: Duck) -> Duck:
                return duck
    """,
    "typescript": """
        import { func, object } from "@dagger.io/dagger";

        export interface Duck {
          quack(times: number): Promise<string>;
        }

        @object()
        export class Zoo {
          @func()
          async listen(duck: Duck): Promise<string> {
            return `heard ${await duck.quack(2)}`;
          }

          @func()
          async choir(ducks: Duck[]): Promise<string> {
            return (await Promise.all(ducks.map((duck) => duck.quack(1)))).join(" ");
          }

          @func()
          again(duck: Duck): Duck {
            return duck;
          }
        }
    """,
    "go": """
        package main

        import (
            "context"
            "strings"
        )

        type Duck interface {
            DaggerObject
            Quack(ctx context.Context, times int) (string, error)
        }

        type Zoo struct{}

        func (m *Zoo) Listen(ctx context.Context, duck Duck) (string, error) {
            heard, err := duck.Quack(ctx, 2)
            return "heard " + heard, err
        }

        func (m *Zoo) Choir(ctx context.Context, ducks []Duck) (string, error) {
            var heard []string
            for _, duck := range ducks {
                one, err := duck.Quack(ctx, 1)
                if err != nil {
                    return "", err
                }
                heard = append(heard, one)
            }
            return strings.Join(heard, " "), nil
        }

        func (m *Zoo) Again(duck Duck) Duck {
            return duck
        }
    """,
}

POND = """
    from dagger import function, object_type


    @object_type
    class Mallard:
        voice: str

        @function
        def quack(self, times: int, end: str = "") -> str:
            return " ".join([self.voice] * times) + end


    @object_type
    class Stone:
        @function
        def weigh(self) -> int:
            return 3


    @object_type
    class Pond:
        @function
        def mallard(self, voice: str = "quack") -> Mallard:
            return Mallard(voice=voice)

        @function
        def stone(self) -> Stone:
            return Stone()
"""

KEEPER = """
    import typing

    from dagger import dag, function, interface, object_type


    @interface
    class Singer(typing.Protocol):
        @function
        async def quack(self, times: int) -> str: ...


    @object_type
    class Keeper:
        @function
        def singer(self) -> Singer:
            return dag.pond().mallard()

        @function
        def mute(self) -> Singer:
            return dag.pond().stone()

        @function
        async def run(self) -> str:
            duck = dag.pond().mallard().as_zoo_duck()
            low = dag.pond().mallard(voice="quock").as_zoo_duck()
            again = dag.zoo().again(duck)
            heard = await dag.zoo().listen(duck)
            choir = await dag.zoo().choir([duck, low])
            return f"{heard} | {choir} | {await again.quack(1)} | {await duck.quack(3)}"

        @function
        async def stone(self) -> str:
            return await dag.zoo().listen(dag.pond().stone())
"""


@pytest.mark.parametrize("callee", [languages(each) for each in LANGUAGES])
def test_an_object_satisfies_an_interface_of_another_module(dockwright: Run, tmp_path: Path, callee: str) -> None:
    """By its functions alone; the module that has the interface knows nothing of the one that has the object."""
    write(tmp_path / "zoo", "zoo", callee, ZOO[callee])
    write(tmp_path / "pond", "pond", "python", POND)
    folder = write(tmp_path / "keeper", "keeper", "python", KEEPER, ["../zoo", "../pond"])
    assert value(dockwright, folder, "run") == "heard quack quack | quack quock | quack | quack quack quack"
    message = refusal(dockwright, folder, "call", "stone")
    assert "lacks functions of that interface, but a ZooDuck is needed" in message


def test_a_module_gives_an_object_of_a_dependency_as_its_own_interface(dockwright: Run, tmp_path: Path) -> None:
    """So the command line can call it, though it does not see the dependency."""
    write(tmp_path / "zoo", "zoo", "python", ZOO["python"])
    write(tmp_path / "pond", "pond", "python", POND)
    folder = write(tmp_path / "keeper", "keeper", "python", KEEPER, ["../zoo", "../pond"])
    assert value(dockwright, folder, "singer", "quack", "--times=2") == "quack quack"
    message = refusal(dockwright, folder, "call", "mute", "quack", "--times=2")
    assert "lacks functions of that interface, but a KeeperSinger is needed" in message


SPY = """
    from typing import Annotated

    import dagger
    from dagger import DefaultPath, dag, function, object_type


    @object_type
    class Spy:
        @function
        async def host(self, path: str) -> str:
            return " ".join(await dag.host().directory(path).entries())

        @function
        async def file(self, path: str) -> str:
            return await dag.host().file(path).contents()

        @function
        async def secret(self, uri: str) -> str:
            return await dag.secret(uri).plaintext()

        @function
        async def address(self, value: str) -> str:
            return await dag.address(value).file().contents()

        @function
        async def made_up(self) -> str:
            return " ".join(await dag.load_directory_from_id("Directory@" + "00" * 32).entries())

        @function
        def own(self, source: Annotated[dagger.Directory, DefaultPath("/")]) -> dagger.Directory:
            return source

        @function
        async def caller(self) -> str:
            from dagger.client.context import Context

            return await Context().select("ci").select("run").execute(str)
"""

CAREFUL = """
    from typing import Annotated

    import dagger
    from dagger import DefaultPath, dag, function, object_type


    @object_type
    class Ci:
        @function
        async def run(self, what: str, argument: str = "") -> str:
            spy = dag.spy()
            if what == "host":
                return await spy.host(argument)
            if what == "file":
                return await spy.file(argument)
            if what == "secret":
                return await spy.secret(argument)
            if what == "address":
                return await spy.address(argument)
            if what == "caller":
                return await spy.caller()
            return await spy.made_up()

        @function
        async def same(self, source: Annotated[dagger.Directory, DefaultPath("/")]) -> bool:
            return await dag.spy().own().id() == await source.id()

        @function
        async def own(self) -> list[str]:
            return await dag.spy().own().entries()
"""

ATTEMPTS = [
    ("host", "/etc", "the host path `/etc` is not available to a module"),
    ("host", "..", "the host path `..` is not available to a module"),
    ("file", "/etc/passwd", "the host path `/etc/passwd` is not available to a module"),
    ("secret", "env://HOME", "not available to a module"),
    ("secret", "file:///etc/passwd", "not available to a module"),
    ("address", "/etc/passwd", "not available to a module"),
    ("made up", "", "no object has the ID Directory@0000"),
    ("caller", "", "`Query` has no field `ci`"),
]


@pytest.fixture(scope="module")
def spied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A module whose dependency tries to get out; each is a repository of its own."""
    folder = tmp_path_factory.mktemp("spied")
    for name in ("spy", "ci"):
        (folder / name / ".git").mkdir(parents=True)
        (folder / name / f"{name}.txt").touch()
    write(folder / "spy", "spy", "python", SPY)
    return write(folder / "ci", "ci", "python", CAREFUL, ["../spy"])


@pytest.mark.parametrize(("what", "argument", "told"), ATTEMPTS, ids=[f"{a} {b}".strip() for a, b, _ in ATTEMPTS])
def test_a_dependency_reaches_only_what_it_is_given(
    dockwright: Run, spied: Path, what: str, argument: str, told: str
) -> None:
    """Neither the caller's host nor its environment, IDs or functions."""
    message = refusal(dockwright, spied, "call", "run", f"--what={what}", f"--argument={argument}")
    assert told in message, message


def test_default_paths_are_the_dependencys_own(dockwright: Run, spied: Path) -> None:
    """The same default path leads each module to its own repository."""
    assert value(dockwright, spied, "same") == "false"


@pytest.mark.usefixtures("docker")
def test_a_dependency_sees_its_own_files(dockwright: Run, spied: Path) -> None:
    """Its context is where it is, not where its caller is."""
    result = dockwright(str(spied), "call", "own")
    assert result.returncode == 0, result.stderr
    assert "spy.txt" in result.stdout
    assert "ci.txt" not in result.stdout


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
