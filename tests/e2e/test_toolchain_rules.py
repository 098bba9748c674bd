"""Checks, generators and services of toolchains: offered under its name, left out or moved as the manifest says."""

import json
import signal
from pathlib import Path

import pytest
from annotated import run
from graphql import Session
from scratch import NO_DOCKER, environment, write_module
from test_up import free_ports, page, start

APP = '''
from dagger import check, function, object_type


@object_type
class Faults:
    """A module."""

    @function
    @check
    def own(self) -> str:
        """Look at it."""
        return "good"
'''

TOOLS = '''
from typing import Annotated

import dagger
from dagger import DefaultPath, check, dag, function, generate, object_type, up

Source = Annotated[dagger.Directory, DefaultPath("/")]
SERVER = "import sys, http.server as s; s.test(HandlerClass=s.SimpleHTTPRequestHandler, port=int(sys.argv[1]))"


@object_type
class Backend:
    @function
    @check
    def unit(self) -> str:
        """Test it."""
        return "good"


@object_type
class Tools:
    """Tools."""

    @function
    def backend(self) -> Backend:
        return Backend()

    @function
    @check
    async def lint(self, source: Annotated[dagger.Directory, DefaultPath("/")]) -> None:
        """Look at the files of the module that uses it."""
        if "of-app.txt" not in await source.entries():
            raise ValueError("these are the wrong files")

    @function
    @check
    def broken(self) -> None:
        raise ValueError("broken")

    @function
    @generate
    def docs(self, source: Source) -> dagger.Changeset:
        """Write the docs."""
        return source.with_new_file("docs.md", "# Docs\\n").changes(source)

    @function
    @up
    def web(self) -> dagger.Service:
        """Serve pages."""
        base = dag.container().from_("python:3-slim").with_new_file("/srv/index.html", "pages").with_workdir("/srv")
        return base.with_exposed_port(PORT).with_default_args(["python3", "-c", SERVER, "PORT"]).as_service()

    @function
    @up
    def cache(self) -> dagger.Service:
        return self.web()
'''


def project(folder: Path, port: int = 8000, **said: object) -> Path:
    """Write a module and its toolchain, of which its manifest says that; give the module's folder."""
    tools = write_module(folder / "tools", TOOLS.replace("PORT", str(port)))
    (tools / "dagger.json").write_text((tools / "dagger.json").read_text().replace("faults", "tools"))
    written = tools / "dagger" / "pyproject.toml"
    written.write_text(written.read_text().replace("faults", "tools").replace("Faults", "Tools"))
    app = write_module(folder / "app", APP)
    (app / "of-app.txt").write_text("")
    manifest = json.loads((app / "dagger.json").read_text())
    toolchain = {"name": "my-tools", "source": "../tools", **said}
    (app / "dagger.json").write_text(json.dumps(manifest | {"toolchains": [toolchain]}))
    return app


def names(folder: Path, *arguments: str) -> list[str]:
    """List functions without an engine."""
    result = run(folder, *arguments, "-l", env=environment(NO_DOCKER))
    assert result.returncode == 0, result.stderr
    return [line.split()[0] for line in result.stdout.splitlines()[1:]]


def test_they_are_listed(tmp_path: Path) -> None:
    """They stand after the module's own; patterns name them, with the toolchain's name or its whole."""
    app = project(tmp_path)
    checks = ["own", "my-tools:backend:unit", "my-tools:lint", "my-tools:broken", "my-tools:docs"]
    assert names(app, "check") == checks
    assert names(app, "check", "my-tools:backend") == ["my-tools:backend:unit"]
    assert names(app, "check", "myTools") == checks[1:]
    assert names(app, "check", "--skip=my-tools:*") == ["own"]
    assert names(app, "generate") == ["my-tools:docs"]
    assert names(app, "up") == ["my-tools:web", "my-tools:cache"]


def test_they_run(tmp_path: Path) -> None:
    """A check of a toolchain works on the files of the module that uses it."""
    app = project(tmp_path, ignoreGenerators=["docs"])
    result = run(app, "check", "own", "my-tools:lint", "my-tools:broken", env=environment(NO_DOCKER))
    expected = "passed    own\npassed    my-tools:lint\nfailed    my-tools:broken\n"
    assert (result.stdout, result.returncode) == (expected, 1), result.stderr
    assert "check `my-tools:broken`: ValueError: broken" in result.stderr


def test_some_are_left_out(tmp_path: Path) -> None:
    """What the manifest ignores is neither listed nor run; others of the same name stay."""
    app = project(
        tmp_path,
        ignoreChecks=["broken", "my-tools:backend:*", "own"],
        ignoreGenerators=["docs"],
        ignoreServices=["cache"],
    )
    assert names(app, "check") == ["own", "my-tools:lint"]
    assert names(app, "up") == ["my-tools:web"]
    none = run(app, "generate", "-l", env=environment(NO_DOCKER))
    assert none.returncode == 1 and "has no generator" in none.stderr
    result = run(app, "check", env=environment(NO_DOCKER))
    assert (result.stdout, result.returncode) == ("passed    own\npassed    my-tools:lint\n", 0), result.stderr
    gone = run(app, "check", "my-tools:broken", env=environment(NO_DOCKER))
    assert gone.returncode == 1 and "is left to run" in gone.stderr


def test_what_makes_no_sense(tmp_path: Path) -> None:
    """A mistake in what is said of a toolchain is told."""
    for said, words in (
        ({"portMappings": {"web": ["3000:http"]}}, "`3000:http` is no pair of ports, such as `3000:80`"),
        ({"ignoreChecks": "lint"}, "expected a sequence"),
    ):
        folder = tmp_path / next(iter(said))
        app = project(folder, **said)
        result = run(app, "check", "-l", env=environment(NO_DOCKER))
        text = " ".join(line.strip().lstrip("│\u00d7╰─▶ ") for line in result.stderr.splitlines())
        assert result.returncode == 1 and words in text, result.stderr


@pytest.mark.usefixtures("docker")
def test_generators_and_what_they_belong_to(tmp_path: Path) -> None:
    """A generator of a toolchain changes the module's files, and the API says whose it is."""
    app = project(tmp_path)
    result = run(app, "generate", "-y", "my-tools:docs")
    assert result.returncode == 0, result.stderr
    assert (app / "docs.md").read_text() == "# Docs\n"
    with Session(app) as session:
        source = session.get('moduleSource(refString: ".").id')
        listed = "loadModuleSourceFromID(id: $id).asModule.checks.list { name }"
        found = session.get(listed, id=source)
        assert "own" in [each["name"] for each in found]


@pytest.mark.usefixtures("docker")
def test_services_are_reached_where_the_manifest_says(tmp_path: Path) -> None:
    """A port of this machine leads to another one of the service."""
    port, front = free_ports()
    app = project(tmp_path, port, portMappings={"web": [f"{front}:{port}"]})
    process = start(app, "my-tools:web")
    try:
        assert page(front) == "pages"
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 0, told
    assert f"127.0.0.1:{front} leads to port {port} of `my-tools:web`" in told
