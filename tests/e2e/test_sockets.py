"""Unix sockets of the caller's machine in containers, and an SSH agent among them."""

import shutil
import socket
import subprocess
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Run
from graphql import asserts
from scratch import environment, write_module

SOURCE = '''
import dagger
from dagger import dag, function, object_type

ASK = """
import os, socket, stat, sys
path = sys.argv[1]
status = os.stat(path)
print(status.st_uid, status.st_gid, oct(stat.S_IMODE(status.st_mode)))
connection = socket.socket(socket.AF_UNIX)
connection.connect(path)
connection.sendall(b"hello")
connection.shutdown(socket.SHUT_WR)
answer = b""
while part := connection.recv(4096):
    answer += part
print(answer.decode())
"""


@object_type
class Faults:
    """Sockets in use."""

    @function
    async def ask(self, given: dagger.Socket, nonce: str, owner: str = "") -> str:
        """Ask the socket that the caller gives."""
        box = dag.container().from_("python:3-slim").with_env_variable("NONCE", nonce)
        box = box.with_unix_socket("/run/given.sock", given, owner=owner)
        return await box.with_exec(["python3", "-c", ASK, "/run/given.sock"]).stdout()

    @function
    async def without(self, given: dagger.Socket, nonce: str) -> str:
        """Take it away again."""
        box = dag.container().from_("busybox").with_env_variable("NONCE", nonce)
        box = box.with_unix_socket("/run/given.sock", given).without_unix_socket("/run/given.sock")
        return await box.with_exec(["sh", "-c", "test -e /run/given.sock && echo there || echo gone"]).stdout()

    @function
    async def takes(self, path: str) -> str:
        """Try to take a socket of the host."""
        box = dag.container().from_("busybox").with_unix_socket("/x", dag.host().unix_socket(path))
        return await box.with_exec(["true"]).stdout()

    @function
    async def names(self, path: str) -> str:
        """Try to take it in another way."""
        box = dag.container().from_("busybox").with_unix_socket("/x", dag.address(path).socket())
        return await box.with_exec(["true"]).stdout()
'''

pytestmark = pytest.mark.usefixtures("docker")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the module above."""
    return write_module(tmp_path_factory.mktemp("sockets"), SOURCE)


@pytest.fixture
def answering(tmp_path: Path) -> Iterator[Path]:
    """A socket that repeats what it is told."""
    path = tmp_path / "s"
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen()

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                while part := connection.recv(4096):
                    connection.sendall(b"you said " + part)

    threading.Thread(target=serve, daemon=True).start()
    yield path
    listener.shutdown(socket.SHUT_RDWR)


@asserts("Container.withUnixSocket", "Address.socket")
@pytest.mark.parametrize("scheme", ["", "unix://"])
def test_a_socket_is_reached(dockwright: Run, folder: Path, answering: Path, scheme: str) -> None:
    """What a container writes reaches this machine, and the answer comes back."""
    arguments = [f"--given={scheme}{answering}", f"--nonce={uuid.uuid4().hex}"]
    result = dockwright(str(folder), "call", "ask", *arguments)
    assert (result.returncode, result.stdout) == (0, "0 0 0o600\nyou said hello\n"), result.stderr


def test_its_owner(dockwright: Run, folder: Path, answering: Path) -> None:
    """An owner is named by numbers or by the container's own names."""
    for owner, shown in (("7:8", "7 8"), ("nobody", "65534 65534")):
        arguments = [f"--given={answering}", f"--nonce={uuid.uuid4().hex}", f"--owner={owner}"]
        result = dockwright(str(folder), "call", "ask", *arguments)
        assert result.returncode == 0, result.stderr
        assert result.stdout.startswith(f"{shown} 0o600\n")


@asserts("Container.withoutUnixSocket")
def test_taken_away(dockwright: Run, folder: Path, answering: Path) -> None:
    """A socket that was taken away is not there."""
    result = dockwright(str(folder), "call", "without", f"--given={answering}", f"--nonce={uuid.uuid4().hex}")
    assert (result.returncode, result.stdout) == (0, "gone\n"), result.stderr


@pytest.mark.parametrize("function", ["takes", "names"])
def test_a_module_takes_none(dockwright: Run, folder: Path, answering: Path, function: str) -> None:
    """A module cannot name a socket of the host."""
    result = dockwright(str(folder), "call", function, f"--path={answering}")
    assert result.returncode == 1
    assert "is not available to a module" in result.stderr


def test_nobody_listens(dockwright: Run, folder: Path, tmp_path: Path) -> None:
    """What is no socket is refused by name."""
    (tmp_path / "file").touch()
    for name in ("nosuch", "file"):
        arguments = [f"--given={tmp_path}/{name}", f"--nonce={uuid.uuid4().hex}"]
        result = dockwright(str(folder), "call", "ask", *arguments)
        assert result.returncode == 1
        assert f"{tmp_path}/{name}" in result.stderr


def test_an_agent(dockwright: Run, folder: Path, tmp_path: Path) -> None:
    """An SSH agent answers in its own protocol through the container's socket."""
    if shutil.which("ssh-agent") is None:
        pytest.skip("no ssh-agent (Debian: openssh-client)")
    path = tmp_path / "agent"
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "marker", "-f", str(key)], check=True)
    with subprocess.Popen(["ssh-agent", "-D", "-a", str(path)], stdout=subprocess.DEVNULL) as agent:
        while not path.exists():
            pass
        subprocess.run(["ssh-add", "-q", str(key)], check=True, env=environment({"SSH_AUTH_SOCK": str(path)}))
        # A request for the list of keys; the agent takes the end of the connection for a wish to hear nothing.
        source = SOURCE.replace('sendall(b"hello")', "sendall(bytes([0, 0, 0, 1, 11]))")
        source = source.replace("connection.shutdown(socket.SHUT_WR)\n", "")
        source = source.replace(
            "while part := connection.recv(4096):\n    answer += part", "answer = connection.recv(4096)"
        )
        source = source.replace("print(answer.decode())", "print(b'marker' in answer)")
        other = write_module(tmp_path / "module", source)
        arguments = [f"--given={path}", f"--nonce={uuid.uuid4().hex}"]
        result = dockwright(str(other), "call", "ask", *arguments)
        agent.terminate()
    assert result.returncode == 0, result.stderr
    assert result.stdout.endswith("True\n")
