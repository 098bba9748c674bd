"""What a program reaches of its own machine: paths, ports, sockets, secrets, and what a text names as an address."""

import os
import socket
import threading
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import QueryError, Session, asserts

pytestmark = pytest.mark.usefixtures("docker")
WORD = uuid.uuid4().hex
BUSYBOX = f'container.from(address: "busybox").withEnvVariable(name: "NONCE", value: "{WORD}")'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The working directory of the session: two files, a folder, and what is to be ignored."""
    folder = tmp_path_factory.mktemp("host") / "top" / "work"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text("a")
    (folder / "b.log").write_text("b")
    (folder / "sub" / "c.txt").write_text("c")
    (folder / ".gitignore").write_text("*.log\n")
    (folder.parent / "marker").write_text("above")
    return folder


@pytest.fixture(scope="module")
def session(folder: Path) -> Iterator[Session]:
    """One session for the tests of this file."""
    with Session(folder, {**os.environ, "HOST_TEST_WORD": WORD}) as session:
        yield session


@pytest.fixture
def port() -> int:
    """A port that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@asserts("Query.host", "Host.directory")
def test_a_directory(session: Session, folder: Path) -> None:
    """A directory is read below the working directory, or at an absolute path, with filters."""
    assert session.get('host.directory(path: ".").entries') == [".gitignore", "a.txt", "b.log", "sub/"]
    assert session.get("host.directory(path: $path).entries", path=str(folder / "sub")) == ["c.txt"]
    assert session.get('host.directory(path: "..").entries') == ["marker", "work/"]
    only = 'host.directory(path: ".", include: ["**/*.txt"], exclude: ["sub"]).glob(pattern: "**")'
    assert session.get(only) == ["a.txt"]
    assert session.get('host.directory(path: ".", gitignore: true).entries') == [".gitignore", "a.txt", "sub/"]
    with pytest.raises(QueryError, match=r"a\.txt is a file; a directory is needed"):
        session.get('host.directory(path: "a.txt").entries')
    with pytest.raises(QueryError, match="nosuch"):
        session.get('host.directory(path: "nosuch").entries')


@asserts("Host.file")
def test_a_file(session: Session, folder: Path) -> None:
    """A file is read; a directory is none."""
    assert session.get('host.file(path: "a.txt").contents') == "a"
    assert session.get("host.file(path: $path).contents", path=str(folder / "sub" / "c.txt")) == "c"
    with pytest.raises(QueryError, match="sub is a directory; a file is needed"):
        session.get('host.file(path: "sub").contents')


@asserts("Host.findUp")
def test_upwards(session: Session, folder: Path) -> None:
    """A name is looked for in the working directory and in those above it."""
    assert session.get('host.findUp(name: "a.txt")') == str(folder / "a.txt")
    assert session.get('host.findUp(name: "marker")') == str(folder.parent / "marker")
    assert session.get(f'host.findUp(name: "nosuch-{WORD}")') is None


@asserts("Host.unixSocket")
def test_a_socket(session: Session, tmp_path: Path) -> None:
    """A command in a container speaks with the socket of the machine."""
    path = tmp_path / "s"
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen()

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(WORD.encode())

    threading.Thread(target=serve, daemon=True).start()
    identity = session.get("host.unixSocket(path: $path).id", path=str(path))
    script = "import socket; s = socket.socket(socket.AF_UNIX); s.connect('/s'); print(s.recv(99).decode())"
    chain = (
        'container.from(address: "python:3-slim").withEnvVariable(name: "NONCE", value: $nonce)'
        '.withUnixSocket(path: "/s", source: $socket).withExec(args: ["python3", "-c", $script]).stdout'
    )
    assert session.get(chain, nonce=uuid.uuid4().hex, socket=identity, script=script) == f"{WORD}\n"
    listener.close()


@pytest.fixture
def answering() -> Iterator[int]:
    """A server of this machine that knows the word: its port."""

    def serve(listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.recv(65536)
                connection.sendall(f"HTTP/1.0 200 OK\r\n\r\n{WORD}".encode())

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)


@asserts("Host.service")
def test_a_port_of_the_machine(session: Session, answering: int, port: int) -> None:
    """A container reaches a program of the machine, at another port if that is asked for."""
    chain = f'host.service(host: "127.0.0.1", ports: [{{frontend: {port}, backend: {answering}}}])'
    identity = session.get(f"{chain}.id")
    assert session.get(f"{chain}.endpoint").endswith(f":{port}")
    ask = f'{BUSYBOX}.withServiceBinding(alias: "web", service: $service).withExec(args: ["wget", "-qO-", $url]).stdout'
    assert session.get(ask, service=identity, url=f"http://web:{port}/{port}") == WORD
    with pytest.raises(QueryError, match="needs at least one port"):
        session.get("host.service(ports: []).start")


def test_datagrams_are_not_forwarded(session: Session, port: int) -> None:
    """Ports for datagrams are not carried between the machine and containers, which is said before anything starts."""
    udp = f"[{{backend: {port}, protocol: UDP}}]"
    with pytest.raises(QueryError, match="only TCP ports can be forwarded"):
        session.get(f"host.service(ports: {udp}).start")
    with pytest.raises(QueryError, match="only TCP ports can be forwarded"):
        session.get(f"host.tunnel(service: $service, ports: {udp}).start", service=served(session, port))
    with pytest.raises(QueryError, match="only tcp:// services can be reached"):
        session.get(f'address(value: "udp://localhost:{port}").service.start')
    exposed = f"{BUSYBOX}.withExposedPort(port: {port}, protocol: UDP)"
    with pytest.raises(QueryError, match="the service exposes no TCP port"):
        session.get(f'{exposed}.up(args: ["sleep", "9"])')


def served(session: Session, port: int, script: str = "") -> str:
    """Give the ID of a service that serves the word."""
    chain = (
        f'{BUSYBOX}.withNewFile(path: "/www/word", contents: $word).withExposedPort(port: {port})'
        ".asService(args: $args)"
    )
    args = ["sh", "-c", f"{script} exec httpd -f -p {port} -h /www"]
    return session.get(f"{chain}.id", word=WORD, args=args)


def fetched(url: str) -> str:
    """Give what this machine finds at the URL."""
    with urllib.request.urlopen(f"http://{url}/word", timeout=10) as answer:
        return answer.read().decode()


@asserts("Host.tunnel")
def test_a_tunnel(session: Session, port: int) -> None:
    """Ports of the machine lead to a service until the tunnel is stopped: any, the same, or named ones."""
    service = served(session, port)
    identity = session.get("host.tunnel(service: $service).start", service=service)
    endpoint = session.get("loadServiceFromID(id: $id).endpoint", id=identity)
    assert endpoint.startswith("localhost:")
    assert fetched(endpoint) == WORD
    session.get("loadServiceFromID(id: $id).stop", id=identity)
    with pytest.raises(OSError, match=r"refused|reset"):
        fetched(endpoint)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        front = probe.getsockname()[1]
    chain = f"host.tunnel(service: $service, ports: [{{frontend: {front}, backend: {port}}}])"
    identity = session.get(f"{chain}.start", service=service)
    assert session.get("loadServiceFromID(id: $id).ports { port }", id=identity) == [{"port": front}]
    assert fetched(f"127.0.0.1:{front}") == WORD
    session.get("loadServiceFromID(id: $id).stop", id=identity)
    session.get("loadServiceFromID(id: $id).stop", id=service)


@asserts("Service.sync")
def test_a_service_is_made_and_not_started(session: Session, port: int) -> None:
    """What a service consists of is made; a failure of it is told; it does not run."""
    service = served(session, port)
    assert session.get("loadServiceFromID(id: $id).sync", id=service) == service
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
    broken = f'{BUSYBOX}.withExec(args: ["sh", "-c", "exit 5"]).asService(args: ["true"]).sync'
    with pytest.raises(QueryError, match="exit code: 5"):
        session.get(broken)


@asserts("Container.up")
def test_up(session: Session, port: int) -> None:
    """The ports of a container's service are open on the machine until it ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        front = probe.getsockname()[1]
    script = f"httpd -p {port} -h /www; while ! test -e /end; do sleep 0.1; done; sleep 0.5"
    chain = (
        f'{BUSYBOX}.withNewFile(path: "/www/word", contents: $word)'
        '.withNewFile(path: "/www/cgi-bin/end", contents: "#!/bin/sh\\ntouch /end\\necho\\n", permissions: 493)'
        f".withExposedPort(port: {port}).up(args: $args, ports: [{{frontend: {front}, backend: {port}}}])"
    )
    outcome: list[object] = []

    def up() -> None:
        outcome.append(session.get(chain, word=WORD, args=["sh", "-c", script]))

    thread = threading.Thread(target=up, daemon=True)
    thread.start()
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", front)) == 0:
                break
        thread.join(0.1)
    assert fetched(f"127.0.0.1:{front}") == WORD
    urllib.request.urlopen(f"http://127.0.0.1:{front}/cgi-bin/end", timeout=10).read()
    thread.join(30)
    assert outcome == [None]
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", front)) != 0


@asserts("Query.address", "Address.value", "Address.file", "Address.container", "Address.directory")
def test_addresses(session: Session, folder: Path) -> None:
    """A text names files, directories and images as on the command line, and can be read again."""
    assert session.get('address(value: "./sub").value') == "./sub"
    assert session.get('address(value: "sub").directory.entries') == ["c.txt"]
    assert session.get('address(value: ".").directory(include: ["*.txt"]).entries') == ["a.txt"]
    assert session.get("address(value: $path).file.contents", path=f"file://{folder}/a.txt") == "a"
    command = f'withExec(args: ["echo", "{WORD}"]).stdout'
    assert session.get(f'address(value: "busybox").container.{command}') == f"{WORD}\n"
    with pytest.raises(QueryError, match="nosuch"):
        session.get('address(value: "nosuch.txt").file.contents')


@asserts("Query.secret", "Address.secret", "Secret.uri")
def test_secrets(session: Session, tmp_path: Path) -> None:
    """A secret is named by where it is kept, and says so; one that was set says nothing."""
    chain = 'secret(uri: "env://HOST_TEST_WORD")'
    assert session.get(f"{chain}.plaintext") == WORD
    assert session.get(f"{chain}.uri") == "env://HOST_TEST_WORD"
    (tmp_path / "kept").write_text("from a file")
    uri = f"file://{tmp_path}/kept"
    assert session.get("address(value: $uri).secret.plaintext", uri=uri) == "from a file"
    assert session.get("address(value: $uri).secret.uri", uri=uri) == uri
    identity = session.get('setSecret(name: "x", plaintext: "y").id')
    assert session.get("loadSecretFromID(id: $id).uri", id=identity) == ""
    with pytest.raises(QueryError, match="HOST_TEST_NOSUCH is not set"):
        session.get('secret(uri: "env://HOST_TEST_NOSUCH").plaintext')
