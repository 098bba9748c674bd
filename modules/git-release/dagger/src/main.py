"""Versions, change logs and GitHub releases, from tags and conventional commits."""

import datetime
import json
import uuid
from pathlib import Path
from typing import Annotated

import commits as log
import dagger
from dagger import Doc, dag, field, function, object_type

Prerelease = Annotated[str, Doc("Make a version before the release, with this identifier, such as `rc`")]


@object_type
class Commit:
    """A commit since the last release."""

    digest: Annotated[str, Doc("Its digest")] = field()
    kind: Annotated[str, Doc("`feat`, `fix` and so on; empty when its message is not conventional")] = field()
    scope: Annotated[str, Doc("What it is about, where the message says so")] = field()
    text: Annotated[str, Doc("What it does")] = field()
    breaking: Annotated[bool, Doc("Whether it breaks callers")] = field()


@object_type
class GitRelease:
    """A repository and what its next release is."""

    source: Annotated[dagger.Directory, Doc("The repository, with its .git")]
    tag_prefix: Annotated[str, Doc("What stands before the version in tags")] = "v"
    initial: Annotated[str, Doc("The version of the first release")] = "0.1.0"
    git_image: Annotated[str, Doc("Image with git")] = "alpine/git:v2.49.1"

    @function
    async def last_tag(self, prereleases: Annotated[bool, Doc("Also versions before a release")] = False) -> str:
        """Return the tag of the last version that HEAD comes after; empty when there is none."""
        tags = (await self._git("tag", "--merged", "HEAD").stdout()).split()
        versions = [tag.removeprefix(self.tag_prefix) for tag in tags if tag.startswith(self.tag_prefix)]
        for version in await dag.semver().sort(versions, descending=True):
            if prereleases or not await dag.semver().parse(version).prerelease():
                return self.tag_prefix + version
        return ""

    @function
    async def commits(
        self, prereleases: Annotated[bool, Doc("Since a version before a release, too")] = False
    ) -> list[Commit]:
        """Return the commits since the last tag, the newest first."""
        return [
            Commit(digest=each.digest, kind=each.kind, scope=each.scope, text=each.text, breaking=each.breaking)
            for each in await self._since(await self.last_tag(prereleases))
        ]

    @function
    async def version(self, prerelease: Prerelease = "") -> str:
        """Return the next version; the last one when no commit asks for another."""
        tag = await self.last_tag(bool(prerelease))
        if not tag:
            return f"{self.initial}-{prerelease}.0" if prerelease else self.initial
        messages = [each.message for each in await self._since(tag)]
        return await dag.semver().next(tag.removeprefix(self.tag_prefix), messages, prerelease=prerelease)

    @function
    async def changelog(
        self, prerelease: Prerelease = "", date: Annotated[str, Doc("The release's date; by default today")] = ""
    ) -> str:
        """Return what the next version changes, in Markdown."""
        since = await self._since(await self.last_tag(bool(prerelease)))
        return log.changelog(await self.version(prerelease), date or datetime.date.today().isoformat(), since)

    @function
    async def update_changelog(
        self,
        path: Annotated[str, Doc("Path of the change log")] = "CHANGELOG.md",
        date: Annotated[str, Doc("The release's date; by default today")] = "",
    ) -> dagger.Changeset:
        """Write what the next version changes into the change log, above older versions."""
        existing = await self.source.file(path).contents() if path in await self.source.glob(path) else ""
        text = log.prepend(existing, await self.changelog(date=date))
        return self.source.with_new_file(path, text).changes(self.source)

    @function
    async def check(self) -> str:
        """Fail unless there is something to release: a clean work tree, and a commit that asks for a version."""
        if dirty := await self._git("status", "--porcelain").stdout():
            raise ValueError(f"the work tree has changes that are not committed:\n{dirty.rstrip()}")
        tag, version = await self.last_tag(), await self.version()
        if tag == self.tag_prefix + version:
            raise ValueError(f"no commit since {tag} asks for a release: none is feat, fix, perf or breaking")
        return f"{tag or 'the beginning'} → {self.tag_prefix}{version}"

    @function(cache="never")
    async def create_github_release(
        self,
        repository: Annotated[str, Doc("OWNER/NAME on GitHub")],
        token: Annotated[dagger.Secret, Doc("Token that may write the repository's contents")],
        assets: Annotated[list[dagger.File] | None, Doc("Files to add")] = None,
        prerelease: Prerelease = "",
        draft: Annotated[bool, Doc("Create it without publishing it")] = False,
        api: Annotated[str, Doc("Address of the API; GitHub Enterprise has one of its own")] = "https://api.github.com",
        service: Annotated[dagger.Service | None, Doc("A service to reach by the name `github`")] = None,
        image: Annotated[str, Doc("Image with Python, which sends the requests")] = "python:3.13-slim",
    ) -> str:
        """Create the release of the next version, with its tag and change log, and return its address."""
        await self.check()
        tag = self.tag_prefix + await self.version(prerelease)
        request = {
            "api": api,
            "repository": repository,
            "release": {
                "tag_name": tag,
                "target_commitish": (await self._git("rev-parse", "HEAD").stdout()).strip(),
                "name": tag,
                "body": await self.changelog(prerelease),
                "draft": draft,
                "prerelease": bool(prerelease),
            },
        }
        program = Path(__file__).with_name("github_program.py").read_text()
        container = (
            dag.container()
            .from_(image)
            .with_new_file("/github.py", program)
            .with_directory("/assets", dag.directory().with_files("/", assets or []))
            .with_secret_variable("GITHUB_TOKEN", token)
            .with_env_variable("ASKED", uuid.uuid4().hex)
        )
        if service:
            container = container.with_service_binding("github", service)
        return await container.with_exec(["python", "/github.py"], stdin=json.dumps(request)).stdout()

    def _git(self, *args: str) -> dagger.Container:
        return (
            dag.container()
            .from_(self.git_image)
            .with_mounted_directory("/src", self.source)
            .with_workdir("/src")
            .with_exec(["git", "-c", "safe.directory=*", *args])
        )

    async def _since(self, tag: str) -> list[log.Parsed]:
        span = f"{tag}..HEAD" if tag else "HEAD"
        return log.parse_log(await self._git("log", f"--format={log.LOG_FORMAT}", span).stdout())
