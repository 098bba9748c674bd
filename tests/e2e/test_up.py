"""Services of modules that a command starts: where they are reached, and when they end."""

import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from annotated import run
from conftest import BINARY
from graphql import Session, asserts
from scratch import NO_DOCKER, environment, in_engines, write_go_module, write_module, write_typescript_module

SOURCE = '''
import dagger
from dagger import dag, function, object_type, up

SERVER = "import sys, http.server as s; s.test(HandlerClass=s.SimpleHTTPRequestHandler, port=int(sys.argv[1]))"


def server(port: int) -> dagger.Service:
    base = dag.container().from_("python:3-slim").with_new_file("/srv/index.html", f"from {port}").with_workdir("/srv")
    return base.with_exposed_port(port).with_default_args(["python3", "-c", SERVER, str(port)]).as_service()


@object_type
class Backend:
    @function
    @up
    def api(self) -> dagger.Service:
        """Serve the API."""
        return server(OTHER)


@object_type
class Faults:
    """Services."""

    @function
    def backend(self) -> Backend:
        return Backend()

    @function
    @up
    def web(self) -> dagger.Service:
        """Serve pages."""
        return server(PORT)

    @function
    @up
    def text(self) -> str:
        return "no service"
'''


def free_ports() -> list[int]:
    """Find ports that nobody listens on."""
    sockets = [socket.socket() for _ in range(2)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


@pytest.fixture(scope="module")
def ports() -> list[int]:
    """The ports of the two services."""
    return free_ports()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, ports: list[int]) -> Path:
    """A module with services."""
    source = SOURCE.replace("PORT", str(ports[0])).replace("OTHER", str(ports[1]))
    return write_module(tmp_path_factory.mktemp("up"), source)


def page(port: int) -> str:
    """Give what the service answers, once it does."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"nothing answers at {port}")


def answers(port: int) -> bool:
    """Tell whether something listens."""
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", port)) == 0


def falls_silent(port: int, seconds: int = 20) -> bool:
    """Tell whether nothing listens any more: a container ends a little after whoever ran it."""
    end = time.monotonic() + seconds
    while answers(port):
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start `up`."""
    command = [BINARY, "--progress=plain", "up", *arguments]
    return subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_list(folder: Path) -> None:
    """They are listed without an engine."""
    result = run(folder, "up", "-l", "web", "backend", env=environment(NO_DOCKER))
    expected = "Name          Description\nbackend:api   Serve the API.\nweb           Serve pages.\n"
    assert (result.stdout, result.returncode) == (expected, 0), result.stderr
    result = run(folder, "up", "-l", "wb", env=environment(NO_DOCKER))
    assert result.returncode == 1
    assert "no service of module `faults` is left to run; there are: backend:api, web, text" in result.stderr


@pytest.mark.usefixtures("docker")
def test_up(folder: Path, ports: list[int]) -> None:
    """Services are reached at their own ports until Ctrl-C, which stops them."""
    process = start(folder, "web", "backend")
    try:
        assert process.stderr is not None
        lines = [next(line for line in process.stderr if " leads to port " in line) for _ in ports]
        assert [page(port) for port in ports] == [f"from {port}" for port in ports]
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 0, told
    assert sorted(lines) == sorted(
        f"127.0.0.1:{port} leads to port {port} of `{name}`\n"
        for port, name in zip(ports, ("web", "backend:api"), strict=True)
    )
    assert "Stopped." in told
    assert all(falls_silent(port) for port in ports)
    assert str(ports[0]) not in in_engines("ps", "-o", "args")


@pytest.mark.usefixtures("docker")
def test_only_one(folder: Path, ports: list[int]) -> None:
    """Only what is named is started."""
    process = start(folder, "web")
    try:
        assert page(ports[0]) == f"from {ports[0]}"
        assert not answers(ports[1])
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 0


def test_no_service(folder: Path) -> None:
    """A function with `up` must return a service."""
    result = run(folder, "up", "text", env=environment(NO_DOCKER))
    assert result.returncode == 1
    assert "`text` returns no Service; a function with `up` must" in result.stderr


@pytest.fixture(scope="module")
def session(folder: Path) -> Iterator[Session]:
    """One session for the tests of this file."""
    with Session(folder) as session:
        yield session


@asserts("Module.services", "UpGroup.list", "Up.name", "Up.path", "Up.description", "Up.originalModule")
def test_group(session: Session) -> None:
    """Services of a module."""
    fields = "{ name path description originalModule { name } }"
    assert session.get(f'moduleSource(refString: ".").asModule.services(include: ["backend"]).list{fields}') == [
        {
            "name": "backend:api",
            "path": ["backend", "api"],
            "description": "Serve the API.",
            "originalModule": {"name": "faults"},
        }
    ]


@asserts("UpGroup.run", "Up.run")
@pytest.mark.parametrize("one", [True, False])
@pytest.mark.usefixtures("docker")
def test_run(folder: Path, ports: list[int], one: bool) -> None:
    """Running them stays until the service ends; a client that goes away ends it too."""
    group = "list { run { id } }" if one else "run { id }"
    document = f'{{ moduleSource(refString: ".") {{ asModule {{ services(include: ["web"]) {{ {group} }} }} }} }}'
    program = folder / "program.py"
    program.write_text(
        "import base64, json, os, urllib.request\n"
        "token = base64.b64encode((os.environ['DAGGER_SESSION_TOKEN'] + ':').encode()).decode()\n"
        "url = f\"http://127.0.0.1:{os.environ['DAGGER_SESSION_PORT']}/query\"\n"
        f"body = json.dumps({{'query': {document!r}}}).encode()\n"
        "headers = {'Authorization': f'Basic {token}', 'Content-Type': 'application/json'}\n"
        "print(urllib.request.urlopen(urllib.request.Request(url, body, headers)).read())\n"
    )
    command = [BINARY, "--progress=plain", "run", "python3", str(program)]
    process = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert page(ports[0]) == f"from {ports[0]}"
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    finally:
        process.kill()
    assert falls_silent(ports[0])


def test_not_for_modules(tmp_path: Path) -> None:
    """A module cannot open ports of the caller's machine."""
    source = SOURCE.replace("PORT", "1").replace("OTHER", "2") + (
        "\n    @function\n"
        "    async def open(self) -> str:\n"
        '        source = dag.module_source(".")\n'
        "        await source.as_module().services().run().id()\n"
        '        return "opened"\n'
    )
    result = run(write_module(tmp_path, source), "call", "open", env=environment(NO_DOCKER))
    assert result.returncode == 1
    assert "a port of the host is not available to a module" in result.stderr


TYPESCRIPT = """
import { dag, func, object, Service, up } from "@dagger.io/dagger";

@object()
export class Faults {
  /** Serves pages. */
  @func()
  @up()
  web(): Service {
    return dag.container().from("busybox").withExposedPort(80).asService();
  }
}
"""

GO = """
package main

import "dagger/faults/internal/dagger"

type Faults struct{}

// Serves pages.
//
// +up
func (m *Faults) Web() *dagger.Service {
	return dag.Container().From("busybox").WithExposedPort(80).AsService()
}
"""


@pytest.mark.parametrize("language", ["typescript", "go"])
def test_languages(tmp_path: Path, language: str) -> None:
    """They are declared in each language's own way."""
    if language == "typescript":
        folder = write_typescript_module(tmp_path, {"src/index.ts": TYPESCRIPT})
    else:
        folder = write_go_module(tmp_path, {"main.go": GO})
    result = run(folder, "up", "-l", env=environment(NO_DOCKER))
    assert (result.stdout, result.returncode) == ("Name   Description\nweb    Serves pages.\n", 0), result.stderr
