"""Services: what containers reach under an alias, when they start, when they stop, and what is told when they fail."""

import json
import re
import socket
import subprocess
import threading
import time
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import BINARY, Run
from graphql import asserts
from scratch import environment, own_directories, write_module

SOURCE = '''
import json

import dagger
from dagger import NetworkProtocol, PortForward, dag, function, object_type

SERVER = """
import http.server, sys, uuid
instance = uuid.uuid4().hex
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(instance.encode())
print("begins", flush=True)
http.server.ThreadingHTTPServer(("0.0.0.0", int(sys.argv[1])), Handler).serve_forever()
"""


def server(port: int, nonce: str):
    """A server that answers with a name that each start of it makes anew."""
    base = dag.container().from_("python:3-slim").with_env_variable("NONCE", nonce)
    command = ["python3", "-c", SERVER, str(port)]
    return base.with_exposed_port(port, description="answers").with_default_args(command).as_service()


def get(alias: str, port: int, nonce: str, service, tool: str = "wget -qO-"):
    """A container that asks the service."""
    bound = dag.container().from_("busybox").with_env_variable("NONCE", nonce).with_service_binding(alias, service)
    return bound.with_exec(["sh", "-c", f"{tool} http://{alias}:{port}/"])


@object_type
class Faults:
    """Services in use."""

    @function
    async def shared(self, port: int, nonce: str) -> list[str]:
        """Ask one service from two commands, and under its own name."""
        service = server(port, nonce)
        first = await get("web", port, nonce + "1", service).stdout()
        second = await get("other", port, nonce + "2", service).stdout()
        bound = dag.container().from_("busybox").with_env_variable("NONCE", nonce).with_service_binding("x", service)
        named = await bound.with_exec(["wget", "-qO-", f"http://{await service.endpoint()}/"]).stdout()
        return [first, second, named]

    @function
    async def facts(self, port: int, nonce: str) -> str:
        """What is known of a service that is not started."""
        service = server(port, nonce)
        named = service.with_hostname("database")
        ports = [[await p.port(), await p.description(), (await p.protocol()).value,
                  await p.experimental_skip_healthcheck()] for p in await service.ports()]
        return json.dumps({
            "hostname": await service.hostname(),
            "named": await named.hostname(),
            "endpoint": await named.endpoint(scheme="http"),
            "other": await named.endpoint(port=99),
            "ports": ports,
        })

    @function
    async def renamed(self, port: int, nonce: str) -> str:
        """Reach a service under the name that it was given."""
        service = server(port, nonce).with_hostname("database")
        bound = dag.container().from_("busybox").with_env_variable("NONCE", nonce).with_service_binding("x", service)
        return await bound.with_exec(["wget", "-qO-", f"http://database:{port}/"]).stdout()

    @function
    async def hosts(self, port: int, nonce: str) -> str:
        """The file that says where services are."""
        bound = dag.container().from_("busybox").with_env_variable("NONCE", nonce)
        return await bound.with_service_binding("web", server(port, nonce)).with_exec(["cat", "/etc/hosts"]).stdout()

    @function
    async def restarted(self, port: int, nonce: str) -> list[str]:
        """Start, ask, stop, ask again."""
        service = server(port, nonce)
        await service.start()
        first = await get("web", port, nonce + "1", service).stdout()
        second = await get("web", port, nonce + "2", service).stdout()
        await service.stop()
        third = await get("web", port, nonce + "3", service).stdout()
        return [first, second, third]

    @function
    async def chained(self, port: int, nonce: str) -> str:
        """A service that asks another service."""
        inner = server(port, nonce)
        fetch = f"wget -qO- http://inner:{port}/ > /tmp/a"
        reply = f"cat - /tmp/a | nc -l -p {port + 1}"
        script = f"while true; do {fetch}; printf 'HTTP/1.0 200 OK\\\\r\\\\n\\\\r\\\\nvia ' | {reply}; done"
        outer = dag.container().from_("busybox").with_env_variable("NONCE", nonce).with_service_binding("inner", inner)
        outer = outer.with_exposed_port(port + 1, experimental_skip_healthcheck=True)
        service = outer.as_service(args=["sh", "-c", script])
        ask = f"for i in $(seq 50); do wget -qO- http://outer:{port + 1}/ 2>/tmp/e && exit; sleep 0.2; done; exit 1"
        bound = dag.container().from_("busybox").with_env_variable("NONCE", nonce)
        bound = bound.with_service_binding("outer", service)
        return await bound.with_exec(["sh", "-c", ask]).stdout()

    @function
    async def dies(self, nonce: str) -> str:
        """A service that ends before it is ready."""
        broken = dag.container().from_("busybox").with_env_variable("NONCE", nonce).with_exposed_port(9)
        service = broken.as_service(args=["sh", "-c", "echo no disk is left >&2; exit 3"])
        return await get("web", 9, nonce, service).stdout()

    @function
    async def dies_when_started(self, nonce: str) -> str:
        """The same, started by name."""
        broken = dag.container().from_("busybox").with_env_variable("NONCE", nonce).with_exposed_port(9)
        service = broken.as_service(args=["sh", "-c", "echo no disk is left >&2; exit 3"])
        await service.start()
        return "started"

    @function
    async def taken(self, port: int, nonce: str) -> str:
        """Two services with one port."""
        first, second = server(port, nonce + "a"), server(port, nonce + "b")
        bound = dag.container().from_("busybox").with_env_variable("NONCE", nonce)
        bound = bound.with_service_binding("a", first).with_service_binding("b", second)
        script = f"wget -qO- http://a:{port}/; echo; wget -qO- http://b:{port}/"
        return await bound.with_exec(["sh", "-c", script]).stdout()

    @function
    async def cached(self, port: int) -> str:
        """A command whose result is the same in each run."""
        return await get("web", port, "always", server(port, "always"), "echo answered; true").stdout()

    @function
    async def reads(self, service: dagger.Service, port: int, nonce: str) -> str:
        """Ask a service that the caller gives."""
        return await get("given", port, nonce, service).stdout()

    @function
    def serve(self, port: int, nonce: str) -> dagger.Service:
        """A service for the caller."""
        return server(port, nonce)

    @function
    async def opens_a_port(self, port: int, nonce: str) -> str:
        """Try to open a port of the host."""
        await server(port, nonce).up()
        return "opened"

    @function
    async def opens_a_tunnel(self, port: int, nonce: str) -> str:
        """Try to open a port of the host in another way."""
        await dag.host().tunnel(server(port, nonce)).start()
        return "opened"

    @function
    async def reaches_out(self, port: int) -> str:
        """Try to reach the host's network."""
        service = dag.host().service([PortForward(backend=port, frontend=port, protocol=NetworkProtocol.TCP)])
        return await service.start() and "reached"

    @function
    async def address(self, port: int) -> str:
        """Try to reach the host's network in another way."""
        return await dag.address(f"tcp://localhost:{port}").service().start() and "reached"

    @function
    async def database(self, nonce: str) -> list[str]:
        """Use a real database from two commands."""
        service = (
            dag.container().from_("postgres:16")
            .with_env_variable("POSTGRES_PASSWORD", "geheim").with_env_variable("POSTGRES_DB", "shop")
            .with_env_variable("NONCE", nonce)
            .as_service(use_entrypoint=True)
        )
        client = (
            dag.container().from_("postgres:16").with_service_binding("db", service)
            .with_env_variable("PGPASSWORD", "geheim").with_env_variable("NONCE", nonce)
        )
        def sql(text: str):
            return client.with_exec(["psql", "-h", "db", "-U", "postgres", "-d", "shop", "-Atc", text])
        await sql("create table stock (name text, count int); insert into stock values ('tea', 3), ('salt', 4)").sync()
        total = await sql("select sum(count) from stock").stdout()
        version = await sql("show server_version").stdout()
        return [total.strip(), version.strip()]
'''


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the module above."""
    return write_module(tmp_path_factory.mktemp("services"), SOURCE)


@pytest.fixture
def nonce() -> str:
    """A value that is nowhere else, so that nothing is known yet."""
    return uuid.uuid4().hex


@pytest.fixture
def port() -> int:
    """A port that nobody has, nor the next one: the engine of the tests may share this machine's network."""
    while True:
        with socket.socket() as one, socket.socket() as two:
            one.bind(("127.0.0.1", 0))
            number: int = one.getsockname()[1]
            if number < 60000 and two.connect_ex(("127.0.0.1", number + 1)):
                return number


@pytest.fixture
def answering() -> Iterator[tuple[int, str]]:
    """A server of this machine that knows a word: its port and the word."""
    word = uuid.uuid4().hex

    def serve(listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.recv(65536)
                connection.sendall(f"HTTP/1.0 200 OK\r\n\r\n{word}".encode())

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        yield listener.getsockname()[1], word
        listener.shutdown(socket.SHUT_RDWR)


def listens(port: int) -> bool:
    """Whether somebody accepts connections at the port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


pytestmark = pytest.mark.usefixtures("docker")


@asserts("Container.asService", "Container.withServiceBinding")
def test_shared_by_those_who_bind_it(dockwright: Run, folder: Path, port: int, nonce: str) -> None:
    """One start answers two commands and its own name; what it prints is progress; it is gone with the run."""
    result = dockwright(str(folder), "call", "--json", "shared", f"--port={port}", f"--nonce={nonce}")
    assert result.returncode == 0, result.stderr
    first, second, named = json.loads(result.stdout)
    assert re.fullmatch(r"[0-9a-f]{32}", first)
    assert first == second == named
    assert result.stderr.count("│ begins") == 1, result.stderr
    assert not listens(port)


@asserts("Service.hostname", "Service.endpoint", "Service.ports")
def test_what_is_known_before_it_starts(dockwright: Run, folder: Path, port: int, nonce: str) -> None:
    """Name, endpoint and ports need no start; the name is the same in each run and another for another service."""
    facts = []
    for each in (nonce, nonce, nonce + "x"):
        result = dockwright(str(folder), "call", "facts", f"--port={port}", f"--nonce={each}")
        assert result.returncode == 0, result.stderr
        assert "│ begins" not in result.stderr
        facts.append(json.loads(result.stdout))
    assert facts[0]["named"] == "database"
    assert facts[0]["endpoint"] == f"http://database:{port}"
    assert facts[0]["other"] == "database:99"
    assert facts[0]["ports"] == [[port, "answers", "TCP", False]]
    assert facts[0]["hostname"] == facts[1]["hostname"] != facts[2]["hostname"]


@asserts("Service.withHostname")
def test_a_name_of_ones_own(dockwright: Run, folder: Path, port: int, nonce: str) -> None:
    """A service is reached under the name that it was given."""
    result = dockwright(str(folder), "call", "renamed", f"--port={port}", f"--nonce={nonce}")
    assert result.returncode == 0, result.stderr
    assert re.fullmatch(r"[0-9a-f]{32}", result.stdout)


def test_hosts_file(dockwright: Run, folder: Path, port: int, nonce: str) -> None:
    """The alias has one address, and the loopback names are there."""
    result = dockwright(str(folder), "call", "hosts", f"--port={port}", f"--nonce={nonce}")
    assert result.returncode == 0, result.stderr
    assert re.search(r"^\d+\.\d+\.\d+\.\d+\tweb$", result.stdout, re.MULTILINE)
    assert "127.0.0.1\tlocalhost" in result.stdout


@asserts("Service.start", "Service.stop")
def test_started_and_stopped_by_name(dockwright: Run, folder: Path, port: int, nonce: str) -> None:
    """A started service serves those who bind it; after a stop the next one starts it anew."""
    result = dockwright(str(folder), "call", "--json", "restarted", f"--port={port}", f"--nonce={nonce}")
    assert result.returncode == 0, result.stderr
    first, second, third = json.loads(result.stdout)
    assert first == second != third


@asserts("Container.withServiceBinding")
def test_a_service_that_needs_a_service(dockwright: Run, folder: Path, port: int, nonce: str) -> None:
    """Bindings of a service's container start what it needs."""
    result = dockwright(str(folder), "call", "chained", f"--port={port}", f"--nonce={nonce}")
    assert result.returncode == 0, result.stderr
    assert re.fullmatch(r"via [0-9a-f]{32}", result.stdout)


@pytest.mark.parametrize("function", ["dies", "dies-when-started"])
def test_failure_is_told(dockwright: Run, folder: Path, nonce: str, function: str) -> None:
    """Whoever waits for a service that ends learns its exit code and its last words."""
    result = dockwright(str(folder), "call", function, f"--nonce={nonce}")
    assert result.returncode == 1, result.stderr
    assert "ended with exit code 3 before it was ready" in result.stderr
    assert "no disk is left" in result.stderr


def test_two_services_with_one_port(dockwright: Run, folder: Path, port: int, nonce: str) -> None:
    """With networks of their own both serve; in one network the second is refused with the reason."""
    result = dockwright(str(folder), "call", "taken", f"--port={port}", f"--nonce={nonce}")
    if result.returncode == 0:
        first, second = result.stdout.split()
        assert first != second
    else:
        assert f"cannot have port {port}" in result.stderr, result.stderr
        assert "share the network" in result.stderr


def test_a_known_result_starts_nothing(dockwright: Run, folder: Path) -> None:
    """A command whose result is known does not start the service that it names."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    first = dockwright(str(folder), "call", "cached", f"--port={port}")
    assert (first.returncode, first.stdout) == (0, "answered\n"), first.stderr
    assert "│ begins" in first.stderr
    second = dockwright(str(folder), "call", "cached", f"--port={port}")
    assert (second.returncode, second.stdout) == (0, "answered\n"), second.stderr
    assert "│ begins" not in second.stderr


@asserts("Address.service")
def test_a_service_of_the_host(
    dockwright: Run, folder: Path, tmp_path: Path, answering: tuple[int, str], nonce: str
) -> None:
    """A program of this machine is reached by a container when the caller gives it as an argument."""
    port, word = answering
    arguments = [f"--service=tcp://localhost:{port}", f"--port={port}", f"--nonce={nonce}"]
    result = dockwright(str(folder), "call", "reads", *arguments)
    assert (result.returncode, result.stdout) == (0, word), result.stderr


@pytest.mark.parametrize(
    ("function", "what"),
    [
        ("opens-a-port", "a port of the host"),
        ("opens-a-tunnel", "a port of the host"),
        ("reaches-out", "the network of the host"),
        ("address", "the service"),
    ],
)
def test_what_a_module_may_not(dockwright: Run, folder: Path, port: int, nonce: str, function: str, what: str) -> None:
    """A module neither opens ports of the host nor reaches its network."""
    arguments = [f"--port={port}"] + ([f"--nonce={nonce}"] if function.startswith("opens") else [])
    result = dockwright(str(folder), "call", function, *arguments)
    assert result.returncode == 1, result.stdout
    assert "is not available to a module" in result.stderr
    assert what in result.stderr
    assert not listens(port)


@asserts("Service.up")
@pytest.mark.parametrize("ports", ["--ports={front}:{back}", "--random"])
def test_up(folder: Path, tmp_path: Path, port: int, nonce: str, ports: str) -> None:
    """The caller opens ports of the host that lead to the service; they close with the call."""
    front = port + 1
    env = environment(own_directories(tmp_path))
    command = [BINARY, "--progress=plain", "call", "serve", f"--port={port}", f"--nonce={nonce}", "up"]
    command.append(ports.format(front=front, back=port))
    with subprocess.Popen(command, cwd=folder, env=env, stderr=subprocess.PIPE, text=True) as call:
        assert call.stderr is not None
        try:
            opened = None
            seen = []
            for line in call.stderr:
                seen.append(line)
                if opened := re.search(r"127\.0\.0\.1:(\d+) leads to port (\d+)", line):
                    break
            assert opened, "".join(seen)
            assert int(opened[2]) == port
            if ports != "--random":
                assert int(opened[1]) == front
            answers = {urllib.request.urlopen(f"http://127.0.0.1:{opened[1]}/", timeout=10).read() for _ in range(3)}
            assert len(answers) == 1
            assert re.fullmatch(rb"[0-9a-f]{32}", answers.pop())
        finally:
            call.terminate()
            call.stderr.read()
    assert not listens(int(opened[1]))
    for _ in range(50):
        if not listens(port):
            break
        time.sleep(0.1)
    assert not listens(port)


def test_a_real_database(dockwright: Run, folder: Path, nonce: str) -> None:
    """PostgreSQL starts, is waited for, is shared by two commands, and is gone afterwards."""
    result = dockwright(str(folder), "call", "--json", "database", f"--nonce={nonce}")
    if "postgres" in result.stderr and "does not exist, or its registry" in result.stderr:
        pytest.skip("no image of PostgreSQL: the lab could not make one")
    assert result.returncode == 0, result.stderr
    total, version = json.loads(result.stdout)
    assert total == "7"
    assert re.match(r"\d+\.\d+", version)
    assert "database system is ready to accept connections" in result.stderr
    assert result.stderr.count("starting PostgreSQL") == 1
    assert not listens(5432)
