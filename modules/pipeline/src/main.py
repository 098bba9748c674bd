"""What is checked in this repository, by the modules that it has for others.

Rust is not part of it: its checks need the repository's own toolchain, and run by `make lint` and `make test`.
"""

import asyncio
from pathlib import Path
from typing import Annotated

import dagger
from dagger import DefaultPath, Doc, Ignore, check, dag, function, object_type

PYTHON = ["modules", "sdk-python", "tests"]
"""Where Python is, each with settings of ruff of its own."""

TESTED = ["git-release/dagger/src", "pipeline/src", "python/dagger/src"]
"""Modules whose Python has tests that need no container."""

SCRIPTS = ["**/*.sh", ".ci/run"]

NOT_SOURCE = [
    "target",
    ".git",
    "**/node_modules",
    "**/__pycache__",
    "modules/*/dagger/sdk",
    "modules/*/dagger/internal",
    "modules/*/dagger/dagger.gen.go",
]


@object_type
class Pipeline:
    """The checks of this repository. Each says what it looked at; a finding fails it."""

    source: Annotated[dagger.Directory, Doc("The repository"), DefaultPath("/"), Ignore(NOT_SOURCE)]

    @function
    @check
    async def python(self) -> str:
        """Lint Python with ruff, check its format, and run the tests of modules."""
        ruff = dag.python(self.source)
        path = f"pythonpath={' '.join(TESTED)}"
        tested = dag.python(self.source.directory("modules").filter(include=["**/*.py"], exclude=["ci-python"]))
        checks = [ruff.lint(paths=PYTHON), ruff.check_format(paths=PYTHON), tested.test(args=["-q", "-o", path])]
        return "".join(await asyncio.gather(*checks))

    @function
    @check
    async def go(self) -> str:
        """Vet the Go SDK, test the rules of `semver`, check the format of all Go."""
        sdk = dag.go(self.source.directory("sdk-go"))
        semver = dag.go(self.source.directory("modules/semver/dagger"))
        # Some of what the introspector is tested with is no Go, on purpose.
        all_go = dag.go(self.source.filter(include=["**/*.go"], exclude=["**/testdata"]))
        checks = [sdk.vet(), semver.test(packages=["./versions"]), all_go.check_format()]
        return "".join(await asyncio.gather(*checks))

    @function
    @check
    async def typescript(self) -> str:
        """Check types, format and style of the TypeScript SDK."""
        # The lock file lists programs for every platform, and not every registry has them all.
        said = await dag.nodejs(self.source.directory("sdk-typescript"), frozen=False).run("check")
        return f"{said}sdk-typescript: no problems\n"

    @function
    @check
    async def shell(self) -> str:
        """Check shell scripts with ShellCheck."""
        return await dag.shellcheck().with_exclude(["SC1091"]).check(self.source, paths=SCRIPTS)

    @function
    @check
    async def documents(self) -> str:
        """Check that links between documents lead somewhere."""
        program = Path(__file__).with_name("links.py").read_text()
        return await (
            dag.container()
            .from_("python:3.13-slim")
            .with_new_file("/links.py", program)
            .with_mounted_directory("/src", self.source)
            .with_workdir("/src")
            .with_exec(["python", "/links.py"])
            .stdout()
        )

    @function
    async def check(self) -> str:
        """Run every check at once."""
        checks = [self.python(), self.go(), self.typescript(), self.shell(), self.documents()]
        return "\n".join(part.rstrip("\n") for part in await asyncio.gather(*checks)) + "\n"
