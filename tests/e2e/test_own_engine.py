"""An engine whose containers have networks of their own: services, tunnels, git by HTTPS; and pruning."""

import http.server
import os
import socket
import ssl
import subprocess
import threading
import time
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import QueryError, Session, asserts
from own_engine import SUBNET, own_engine
from scratch import environment
from test_git import TOKEN, Handler, Server, root

__all__ = ["root"]
pytestmark = pytest.mark.usefixtures("docker")
WORD = uuid.uuid4().hex
BUSYBOX = f'container.from(address: "busybox").withEnvVariable(name: "NONCE", value: "{WORD}")'


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that is its own authority, with its key beside it."""
    folder = tmp_path_factory.mktemp("authority")
    names = ["-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "authority.pem")]
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
    ]
    subprocess.run([*command, *files, *names], check=True, capture_output=True)
    return folder / "authority.pem"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, authority: Path, docker: None) -> Iterator[str]:
    """The engine's address."""
    with own_engine(tmp_path_factory.mktemp("engine"), authority) as address:
        yield address


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory, engine: str) -> Iterator[Session]:
    """One session with that engine."""
    env = environment({"DOCKWRIGHT_ENGINE": engine, "OWN_ENGINE_TOKEN": TOKEN, "OWN_ENGINE_HEADER": f"Bearer {TOKEN}"})
    with Session(tmp_path_factory.mktemp("work"), env) as session:
        yield session


def web(session: Session, text: str, bound: str = "") -> str:
    """Give the ID of a service at port 80 that serves a text."""
    chain = f'{BUSYBOX}.withNewFile(path: "/www/text", contents: "{text}"){bound}.withExposedPort(port: 80)'
    return session.get(f'{chain}.asService(args: ["httpd", "-f", "-p", "80", "-h", "/www"]).id')


def run(session: Session, script: str, **services: str) -> str:
    """Give what a script prints in a container that has the services."""
    bindings = "".join(f'.withServiceBinding(alias: "{name}", service: "{id}")' for name, id in services.items())
    return session.get(f'{BUSYBOX}{bindings}.withExec(args: ["sh", "-c", $script]).stdout', script=script)


def test_ports_are_a_services_own(session: Session) -> None:
    """Two services have the same port, each at an address of its own, and this machine's port stays free."""
    ask = "wget -qO- http://one/text; wget -qO- http://two/text; grep -c '^10.213.77' /etc/hosts"
    services = {"one": web(session, "first-"), "two": web(session, "second-")}
    # An alias and a name for each of the two.
    assert run(session, ask, **services) == "first-second-4\n"
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", 80)) != 0
    assert SUBNET.startswith("10.213.77.")


def test_a_service_that_needs_a_service(session: Session) -> None:
    """A service finds another one by its alias, and starts it."""
    inner = web(session, "inner")
    script = "while true; do (wget -qO- http://behind/text; echo -via) | nc -l -p 81 >/dev/null; done"
    chain = f'{BUSYBOX}.withServiceBinding(alias: "behind", service: "{inner}").withExposedPort(port: 81)'
    outer = session.get(f'{chain}.asService(args: ["sh", "-c", $script]).id', script=script)
    assert run(session, "sleep 1; nc outer 81 </dev/null", outer=outer) == "inner-via\n"


def test_datagrams(session: Session) -> None:
    """A service that takes datagrams is reached by its alias; nobody waits for its port to open."""
    program = (
        "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('0.0.0.0', 5300))\n"
        "while True: data, at = s.recvfrom(999); s.sendto(b'you said ' + data, at)"
    )
    chain = f'container.from(address: "python:3-slim").withEnvVariable(name: "NONCE", value: "{WORD}")'
    service = session.get(
        f'{chain}.withExposedPort(port: 5300, protocol: UDP).asService(args: ["python3", "-c", $program]).id',
        program=program,
    )
    assert session.get("loadServiceFromID(id: $id).ports { port protocol }", id=service) == [
        {"port": 5300, "protocol": "UDP"}
    ]
    ask = (
        "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(1)\n"
        "for _ in range(20):\n"
        "    s.sendto(b'hello', ('echo', 5300))\n"
        "    try: print(s.recv(999).decode()); break\n"
        "    except OSError: pass"
    )
    bound = f'{chain}.withServiceBinding(alias: "echo", service: "{service}")'
    assert session.get(f'{bound}.withExec(args: ["python3", "-c", $ask]).stdout', ask=ask) == "you said hello\n"


def test_a_tunnel_and_the_machine(session: Session) -> None:
    """Connections are carried from this machine into such a network, and from there to this machine."""
    service = web(session, "through")
    tunnel = session.get("host.tunnel(service: $service).start", service=service)
    endpoint = session.get("loadServiceFromID(id: $id).endpoint", id=tunnel)
    with urllib.request.urlopen(f"http://{endpoint}/text", timeout=10) as answer:
        assert answer.read() == b"through"
    session.get("loadServiceFromID(id: $id).stop", id=tunnel)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        ports = f"[{{frontend: 8080, backend: {server.server_port}}}]"
        back = session.get(f'host.service(host: "127.0.0.1", ports: {ports}).id')
        assert "200 OK" in run(session, "wget -S -O /dev/null http://back:8080/ 2>&1", back=back)
        server.shutdown()


def test_a_file_of_a_service(session: Session) -> None:
    """The engine itself reaches a service in its network."""
    service = web(session, "fetched")
    chain = 'http(url: "http://files/text", experimentalServiceHost: $service).contents'
    assert session.get(chain, service=service) == "fetched"


def test_a_registry_out_of_reach(session: Session) -> None:
    """The engine speaks HTTPS with registries in its network; that a service does not is said at once."""
    with pytest.raises(QueryError, match="use an engine whose containers share its network"):
        session.get('container.from(address: "r:80/x", registryService: $service).sync', service=web(session, "no"))


@pytest.fixture(scope="module")
def https(root: Path, authority: Path) -> Iterator[str]:
    """A web server as for git by HTTP, with the authority's certificate."""
    server = Server(root)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority, authority.with_name("key.pem"))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    assert server.RequestHandlerClass is Handler
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_git_by_https(session: Session, https: str) -> None:
    """A server is trusted whose authority the engine trusts; a token or a header opens what is private."""
    topic = 'branch(name: "topic").tree.file(path: "README").contents'
    assert session.get(f'git(url: "{https}/git/shop").branches') == ["main", "topic"]
    assert session.get(f'git(url: "{https}/git/shop").{topic}') == "topic\n"
    private = f"{https}/private/git/shop"
    token = session.get('secret(uri: "env://OWN_ENGINE_TOKEN").id')
    header = session.get('secret(uri: "env://OWN_ENGINE_HEADER").id')
    for login in (f'httpAuthToken: "{token}"', f'httpAuthHeader: "{header}"'):
        assert session.get(f'git(url: "{private}", {login}).tags(patterns: ["v1.1.*"])') == ["v1.1.0"]
        assert session.get(f'git(url: "{private}", {login}).{topic}') == "topic\n"
    with pytest.raises(QueryError) as refused:
        session.get(f'git(url: "{private}").tag(name: "v1.2.0").commit')
    assert TOKEN not in str(refused.value)
    assert TOKEN not in session.progress()
    assert session.get(f'http(url: "{https}/file.txt").contents') == "the file"


def test_an_authority_that_is_not_trusted(tmp_path: Path, https: str) -> None:
    """An engine that does not know the authority fetches nothing."""
    if os.environ.get("DOCKWRIGHT_ENGINE_NETWORK") != "host":
        pytest.skip("the engine of the tests cannot reach this machine's loopback address")
    with Session(tmp_path) as session, pytest.raises(QueryError, match="certificate"):
        session.get(f'git(url: "{https}/git/shop").branch(name: "main").commit')


@asserts("EngineCache.prune")
def test_pruning(tmp_path: Path, engine: str) -> None:
    """What nothing uses is removed, unless the limits leave it room, and made anew when it is asked for."""
    env = environment({"DOCKWRIGHT_ENGINE": engine})
    mark = uuid.uuid4().hex
    script = f"head -c 2000000 /dev/urandom > /{mark}; cat /proc/sys/kernel/random/uuid"
    chain = f'container.from(address: "busybox").withExec(args: ["sh", "-c", "{script}"]).stdout'

    def kept(session: Session) -> bool:
        """Whether the command is in the cache."""
        entries = session.get("engine.localCache.entrySet.entries { description }")
        return any(mark in entry["description"] for entry in entries)

    with Session(tmp_path, env) as session:
        first = session.get(chain)
    time.sleep(1)
    with Session(tmp_path, env) as session:
        session.get('engine.localCache.prune(maxUsedSpace: "10TB", useDefaultPolicy: true)')
        session.get('engine.localCache.prune(maxUsedSpace: "100GB")')
        assert kept(session)
    with Session(tmp_path, env) as session:
        assert session.get(chain) == first
    with Session(tmp_path, env) as session:
        for _ in range(20):
            session.get("engine.localCache.prune")
            if not kept(session):
                break
            # The engine lets go of a session that has ended in its own time.
            time.sleep(0.5)
        assert not kept(session)
        assert session.get(chain) != first
