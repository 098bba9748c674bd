"""Check shell scripts with ShellCheck, and repair what it can repair."""

import asyncio
import copy
import dataclasses
import enum
import json
from typing import Annotated, Self

import dagger
from dagger import Doc, dag, enum_type, field, function, object_type

Source = Annotated[dagger.Directory, Doc("Directory with the scripts")]
Paths = Annotated[
    list[str] | None, Doc("Patterns of scripts in the source, such as `bin/*`; by default `**/*.sh` and `**/*.bash`")
]

DEFAULT_PATHS = ["**/*.sh", "**/*.bash"]


@enum_type
class Severity(enum.Enum):
    """How bad a finding is."""

    STYLE = "style"
    """Could be written more simply"""

    INFO = "info"
    """Works differently from what it looks like, in rare cases"""

    WARNING = "warning"
    """Is likely wrong"""

    ERROR = "error"
    """Is wrong"""


@enum_type
class Format(enum.Enum):
    """How a report is written."""

    TTY = "tty"
    """For people"""

    GCC = "gcc"
    """A line for each finding, as compilers write them"""

    CHECKSTYLE = "checkstyle"
    """Checkstyle's XML, which CI servers read"""

    JSON = "json1"
    """ShellCheck's JSON"""


@object_type
class Finding:
    """One finding."""

    file: Annotated[str, Doc("Path of the script in the source")] = field()
    line: Annotated[int, Doc("Line where it begins")] = field()
    column: Annotated[int, Doc("Column where it begins")] = field()
    code: Annotated[str, Doc("ShellCheck's name of it, such as `SC2086`")] = field()
    severity: Annotated[Severity, Doc("How bad it is")] = field()
    message: Annotated[str, Doc("What is wrong")] = field()


@object_type
class Shellcheck:
    """ShellCheck and how strict it is. Functions that begin with `with` return a changed copy."""

    version: Annotated[str, Doc("Tag of the image `koalaman/shellcheck-alpine`")] = "v0.11.0"
    base: Annotated[dagger.Container | None, Doc("Image with shellcheck, in place of that one")] = None
    severity: Annotated[Severity, Doc("Findings below this are left out")] = Severity.STYLE
    shell: Annotated[str, Doc("Dialect of scripts that do not name theirs: `sh`, `bash`, `dash`, `ksh`")] = ""
    follow: Annotated[bool, Doc("Read the files that scripts source, from the source directory")] = True
    excluded: list[str] = dataclasses.field(default_factory=list, init=False)

    @function
    def with_exclude(self, codes: Annotated[list[str], Doc("Codes, such as `SC2086`")]) -> Self:
        """Leave out findings by their codes."""
        changed = copy.copy(self)
        changed.excluded = [*self.excluded, *codes]
        return changed

    @function
    async def check(self, source: Source, paths: Paths = None) -> str:
        """Check scripts; fail, with the findings, when there are any."""
        scripts = await self._scripts(source, paths)
        checked = self._run(source, scripts, Format.TTY)
        return await checked.with_exec(["echo", f"shellcheck: {len(scripts)} scripts, no problems"]).stdout()

    @function
    async def findings(self, source: Source, paths: Paths = None) -> list[Finding]:
        """Check scripts and return the findings. They are no error."""
        scripts = await self._scripts(source, paths)
        ran = self._run(source, scripts, Format.JSON, dagger.ReturnType.ANY)
        code, report, errors = await asyncio.gather(ran.exit_code(), ran.stdout(), ran.stderr())
        if code > 1:
            raise RuntimeError(f"shellcheck ended with {code}: {errors.strip()}")
        return [
            Finding(
                file=each["file"],
                line=each["line"],
                column=each["column"],
                code=f"SC{each['code']}",
                severity=Severity(each["level"]),
                message=each["message"],
            )
            for each in json.loads(report)["comments"]
        ]

    @function
    async def report(
        self,
        source: Source,
        paths: Paths = None,
        format: Annotated[Format, Doc("How it is written")] = Format.CHECKSTYLE,
    ) -> dagger.File:
        """Check scripts and return the report. Findings are no error."""
        ran = self._run(source, await self._scripts(source, paths), format, dagger.ReturnType.ANY, "/tmp/report")
        return ran.file("/tmp/report")

    @function
    async def fix(self, source: Source, paths: Paths = None) -> dagger.Changeset:
        """Repair what ShellCheck can repair and return what changes."""
        scripts = await self._scripts(source, paths)
        repair = 'shellcheck --format=diff "$@" 2>/dev/null >/tmp/diff; [ ! -s /tmp/diff ] || patch -p1 </tmp/diff'
        container = self._container(source).with_exec(["sh", "-c", repair, "sh", *self._options(), *scripts])
        return container.directory("/src").changes(source)

    async def _scripts(self, source: dagger.Directory, paths: list[str] | None) -> list[str]:
        patterns = paths or DEFAULT_PATHS
        found = await asyncio.gather(*map(source.glob, patterns))
        scripts = sorted({path for each in found for path in each if not path.endswith("/")})
        if not scripts:
            raise ValueError(f"no script matches {', '.join(patterns)}")
        return scripts

    def _container(self, source: dagger.Directory) -> dagger.Container:
        image = self.base or dag.container().from_(f"koalaman/shellcheck-alpine:{self.version}")
        return image.with_directory("/src", source).with_workdir("/src")

    def _options(self) -> list[str]:
        options = [f"--severity={self.severity.value}"]
        options += [f"--shell={self.shell}"] * bool(self.shell)
        options += ["--external-sources"] * self.follow
        return options + [f"--exclude={code}" for code in self.excluded]

    def _run(
        self,
        source: dagger.Directory,
        scripts: list[str],
        format: Format,
        expect: dagger.ReturnType = dagger.ReturnType.SUCCESS,
        into: str = "",
    ) -> dagger.Container:
        command = ["shellcheck", f"--format={format.value}", "--color=never", *self._options(), *scripts]
        return self._container(source).with_exec(command, expect=expect, redirect_stdout=into)
