"""Build, test and check Python projects in containers.

What is downloaded is kept in a cache volume. Dependencies are installed before the source goes in, so an edit of the
code installs nothing again.
"""

import asyncio
import copy
import dataclasses
import enum
import re
import uuid
from typing import Annotated, Self

import dagger
import project
from dagger import Doc, check, dag, enum_type, field, function, object_type

UV, BUILD, PYTEST, COVERAGE = "uv==0.13.8", "build==1.6.1", "pytest==9.2.0", "pytest-cov==7.1.0"
"""What is installed where the project does not say which version it wants."""

Arguments = Annotated[list[str] | None, Doc("Further arguments of the tool, such as `-x,-k,parser`")]


@enum_type
class Installer(enum.Enum):
    """What installs packages."""

    PIP = "pip"
    """The installer that comes with Python"""

    UV = "uv"
    """uv, which is faster and comes from PyPI"""


@object_type
class VersionResult:
    """What the tests said with one version of Python."""

    version: Annotated[str, Doc("Version of Python")] = field()
    passed: Annotated[bool, Doc("Whether all tests passed")] = field()
    report: Annotated[str, Doc("pytest's report")] = field()


@object_type
class Python:
    """A Python project and how to work on it. Functions that begin with `with` return a changed copy."""

    source: Annotated[dagger.Directory, Doc("Directory with pyproject.toml or requirements.txt, if there is any")]
    version: Annotated[str, Doc("Version of Python: the tag of the image `python`, without its variant")] = "3.13"
    installer: Annotated[Installer, Doc("What installs packages")] = Installer.PIP
    base: Annotated[
        dagger.Container | None, Doc("Image to work in, in place of `python`; it must have Python and pip")
    ] = None
    ruff_version: Annotated[str, Doc("Version of ruff")] = "0.17.6"
    requirements: list[str] = dataclasses.field(default_factory=list, init=False)
    packages: list[str] = dataclasses.field(default_factory=list, init=False)
    extras: list[str] = dataclasses.field(default_factory=list, init=False)
    groups: list[str] = dataclasses.field(default_factory=list, init=False)

    @function
    def with_requirements(
        self, files: Annotated[list[str], Doc("Paths in the source, such as `requirements-dev.txt`")]
    ) -> Self:
        """Install what these files name. Without it, `requirements.txt` is used where there is one."""
        return self._with(requirements=[*self.requirements, *files])

    @function
    def with_packages(self, packages: Annotated[list[str], Doc("Requirements, such as `pytest-cov>=6`")]) -> Self:
        """Install further packages."""
        return self._with(packages=[*self.packages, *packages])

    @function
    def with_extras(self, extras: Annotated[list[str], Doc("Names of extras in pyproject.toml")]) -> Self:
        """Install optional dependencies of the project."""
        return self._with(extras=[*self.extras, *extras])

    @function
    def with_groups(self, groups: Annotated[list[str], Doc("Names of dependency groups in pyproject.toml")]) -> Self:
        """Install dependency groups of the project."""
        return self._with(groups=[*self.groups, *groups])

    @function
    async def container(self) -> dagger.Container:
        """Return the container that tests work in: Python, dependencies, source, the project itself if it is one."""
        files = set(await self.source.entries())
        container = self._interpreter().with_workdir("/src")
        for path in self.requirements or [name for name in ("requirements.txt",) if name in files]:
            container = container.with_file(f"/src/{path}", self.source.file(path))
            container = container.with_exec(self._install("-r", path))
        said = project.Project()
        if "pyproject.toml" in files:
            said = project.read(await self.source.file("pyproject.toml").contents(), self.extras, self.groups)
        if needed := [*said.dependencies, *self.packages]:
            container = container.with_exec(self._install(*needed))
        container = container.with_directory("/src", self.source)
        return container.with_exec(self._install("--no-deps", "-e", ".")) if said.installable else container

    @function
    async def run(self, args: Annotated[list[str], Doc("The command: `python,-m,mypy`")]) -> dagger.Container:
        """Run a command where tests work and return the container after it."""
        return (await self.container()).with_exec(args)

    @function
    async def test(self, args: Arguments = None) -> str:
        """Run the tests with pytest, installed if the project does not bring it, and return the report."""
        return await (await self._tested(args)).stdout()

    @function
    async def junit(self, args: Arguments = None) -> dagger.File:
        """Run the tests and return the report as JUnit XML, also when tests fail."""
        ran = await self._tested(["--junitxml=/tmp/junit.xml", *(args or [])], dagger.ReturnType.ANY)
        return ran.file("/tmp/junit.xml")

    @function
    async def coverage_percent(self, args: Arguments = None) -> float:
        """Run the tests and return how much of the code they reach, in percent."""
        measured = self._with(packages=[*self.packages, COVERAGE])
        report = await measured.test(["--cov", "--cov-report=term", *(args or [])])
        total = re.search(r"^TOTAL.* (\d+(?:\.\d+)?)%$", report, re.MULTILINE)
        if total is None:
            raise ValueError("pytest-cov reported no total: did any test run code of the project?")
        return float(total[1])

    @function
    async def test_versions(
        self, versions: Annotated[list[str], Doc("Versions of Python")], args: Arguments = None
    ) -> list[VersionResult]:
        """Run the tests with several versions of Python at once. Failures are in the results, not an error."""
        return await asyncio.gather(*(self._with(version=each)._result(args) for each in versions))

    @function
    async def lint(
        self, paths: Annotated[list[str] | None, Doc("Files and folders to check; by default all")] = None
    ) -> str:
        """Check the code with ruff and return its findings."""
        return await self._ruff("check", *(paths or ["."])).stdout()

    @function
    async def check_format(
        self, paths: Annotated[list[str] | None, Doc("Files and folders to check; by default all")] = None
    ) -> str:
        """Fail, with their names, when files are not formatted as ruff does."""
        return await self._ruff("format", "--check", *(paths or ["."])).stdout()

    @function
    def fix(self) -> dagger.Changeset:
        """Format the code, repair what ruff can repair, and return what changes."""
        fixed = self._ruff("check", "--fix", "--exit-zero", ".").with_exec(["ruff", "format", "--no-cache", "."])
        return fixed.directory("/src").changes(self.source)

    @function
    async def typecheck(
        self,
        args: Annotated[list[str], Doc("Arguments of mypy")] = ["."],  # noqa: B006
        version: Annotated[str, Doc("Version of mypy")] = "2.4.1",
    ) -> str:
        """Check types with mypy."""
        checked = self._with(packages=[*self.packages, f"mypy=={version}"])
        return await (await checked.run(["python", "-m", "mypy", *args])).stdout()

    @function
    def build(self) -> dagger.Directory:
        """Build the wheel and the source archive and return the directory with both."""
        return (
            self._interpreter()
            .with_exec(self._install(BUILD))
            .with_workdir("/src")
            .with_directory("/src", self.source)
            .with_exec(["python", "-m", "build", "--outdir", "/dist"])
            .directory("/dist")
        )

    @function
    async def wheel(self) -> dagger.File:
        """Build the wheel and return it."""
        built = self.build()
        return built.file((await built.glob("*.whl"))[0])

    @function(cache="never")
    async def publish(
        self,
        token: Annotated[dagger.Secret, Doc("Token of the index; only the upload is given it")],
        index: Annotated[str, Doc("Where to upload to")] = "https://upload.pypi.org/legacy/",
        username: Annotated[str, Doc("Whose token it is")] = "__token__",
        service: Annotated[dagger.Service | None, Doc("A service to reach by the name `index`")] = None,
        version: Annotated[str, Doc("Version of twine")] = "7.0.0",
    ) -> str:
        """Build wheel and source archive, check what they say of themselves, and upload both."""
        container = (
            self._interpreter()
            .with_exec(self._install(f"twine=={version}"))
            .with_directory("/dist", self.build())
            .with_exec(["sh", "-c", "python -m twine check /dist/*"])
            .with_env_variable("TWINE_USERNAME", username)
            .with_env_variable("TWINE_REPOSITORY_URL", index)
            .with_env_variable("ASKED", uuid.uuid4().hex)
            .with_secret_variable("TWINE_PASSWORD", token)
        )
        if service:
            container = container.with_service_binding("index", service)
        upload = "python -m twine upload --non-interactive --disable-progress-bar /dist/*"
        return await container.with_exec(["sh", "-c", upload]).stdout()

    @function
    @check
    async def check(self) -> str:
        """Lint, check the format and test at once."""
        return "\n".join(await asyncio.gather(self.lint(), self.check_format(), self.test()))

    def _with(self, **changes: object) -> Self:
        changed = copy.copy(self)
        for name, value in changes.items():
            setattr(changed, name, value)
        return changed

    def _interpreter(self) -> dagger.Container:
        """Python with its installer and the cache of that, and nothing of the project."""
        container = self.base or dag.container().from_(f"python:{self.version}-slim")
        container = container.with_env_variable("PIP_DISABLE_PIP_VERSION_CHECK", "1").with_env_variable(
            "PIP_ROOT_USER_ACTION", "ignore"
        )
        container = container.with_mounted_cache("/root/.cache/pip", dag.cache_volume("pip"))
        if self.installer is Installer.UV:
            container = (
                container.with_exec(["pip", "install", "--quiet", UV])
                .with_mounted_cache("/root/.cache/uv", dag.cache_volume("uv"))
                .with_env_variable("UV_LINK_MODE", "copy")
                .with_env_variable("UV_SYSTEM_CERTS", "1")
                .with_env_variable("UV_SYSTEM_PYTHON", "1")
                .with_env_variable("UV_BREAK_SYSTEM_PACKAGES", "1")
            )
        return container

    def _install(self, *what: str) -> list[str]:
        return [*({Installer.PIP: ["pip"], Installer.UV: ["uv", "pip"]}[self.installer]), "install", "--quiet", *what]

    async def _tested(
        self, args: list[str] | None, expect: dagger.ReturnType = dagger.ReturnType.SUCCESS
    ) -> dagger.Container:
        install = " ".join(self._install(PYTEST))
        present = f"python -c 'import pytest' 2>/dev/null || {install}"
        container = (await self.container()).with_exec(["sh", "-c", present])
        return container.with_exec(["python", "-m", "pytest", *(args or [])], expect=expect)

    async def _result(self, args: list[str] | None) -> VersionResult:
        ran = await self._tested(args, dagger.ReturnType.ANY)
        code, report = await asyncio.gather(ran.exit_code(), ran.stdout())
        return VersionResult(version=self.version, passed=code == 0, report=report)

    def _ruff(self, command: str, *args: str) -> dagger.Container:
        return (
            self._interpreter()
            .with_exec(self._install(f"ruff=={self.ruff_version}"))
            .with_workdir("/src")
            .with_directory("/src", self.source)
            .with_exec(["ruff", command, "--no-cache", *args])
        )
