"""What the code of a module may not do, and what it may not ask the API for: all refused, with advice."""

import os
import tempfile
import uuid
from pathlib import Path

import pytest
from conftest import ROOT, Run
from scratch import environment, write_module

SOURCE = '''
import os

from dagger import dag, function, object_type


def box():
    return dag.container().from_("busybox")


@object_type
class Faults:
    """Functions that try to get out."""

    @function
    def hello(self) -> str:
        """What a module may do."""
        return "hello"

    @function
    def read(self, path: str) -> str:
        """Open a file."""
        with open(path) as file:
            return file.read()

    @function
    def entries(self, path: str) -> str:
        """List a directory."""
        return " ".join(os.listdir(path))

    @function
    def write(self, path: str) -> str:
        """Write a file and read it again."""
        with open(path, "w") as file:
            file.write("written")
        return self.read(path)

    @function
    def environment(self) -> str:
        """All variables."""
        return " ".join(f"{name}={value}" for name, value in os.environ.items())

    @function
    def eat(self) -> str:
        """Fill 100 GB of memory."""
        return str(len([bytearray(1 << 20) for _ in range(100_000)]))

    @function
    def eat_at_once(self) -> str:
        """Ask for 1.5 GB in one piece."""
        return str(len(bytearray(1_500_000_000)))

    @function
    def recurse(self) -> str:
        """Never come back, deeper and deeper."""
        return self.recurse()

    @function
    def loop(self) -> str:
        """Never come back."""
        while True:
            pass

    @function
    def leave(self) -> str:
        """End the process."""
        os._exit(0)

    @function
    def connect(self, port: int) -> str:
        """Open a connection."""
        import socket

        socket.create_connection(("127.0.0.1", port), timeout=2)
        return "connected"

    @function
    def listen(self) -> str:
        """Wait for connections."""
        import socket

        socket.create_server(("127.0.0.1", 0))
        return "listening"

    @function
    def fetch(self) -> str:
        """Fetch a page."""
        import urllib.request

        return urllib.request.urlopen("http://127.0.0.1:5000/v2/", timeout=2).read().decode()

    @function
    def run(self) -> str:
        """Start a program."""
        import subprocess

        return subprocess.run(["id"], capture_output=True, text=True).stdout

    @function
    async def run_async(self) -> str:
        """Start a program without waiting."""
        import asyncio

        return str(await asyncio.create_subprocess_exec("id"))

    @function
    def system(self) -> str:
        """Start a shell."""
        return str(os.system("id"))

    @function
    def fork(self) -> str:
        """Split the process."""
        return str(os.fork())

    @function
    def thread(self) -> str:
        """Start a thread."""
        import threading

        threading.Thread(target=print).start()
        return "started"

    @function
    async def secret(self, address: str) -> str:
        """The value behind an address."""
        return await dag.secret(address).plaintext()

    @function
    async def secret_in_container(self, address: str) -> str:
        """The value behind an address, by a container."""
        return await box().with_secret_variable("X", dag.secret(address)).with_exec(["printenv", "X"]).stdout()

    @function
    async def address_secret(self, address: str) -> str:
        """The value behind an address, the other way."""
        return await dag.address(address).secret().plaintext()

    @function
    async def host_directory(self, path: str) -> list[str]:
        """Entries of a directory of the host."""
        return await dag.host().directory(path).entries()

    @function
    async def host_file(self, path: str) -> str:
        """A file of the host."""
        return await dag.host().file(path).contents()

    @function
    async def host_in_container(self, path: str) -> str:
        """A directory of the host in a container."""
        return await box().with_directory("/x", dag.host().directory(path)).with_exec(["ls", "/x"]).stdout()

    @function
    async def address_directory(self, path: str) -> list[str]:
        """Entries of a directory of the host, the other way."""
        return await dag.address(path).directory().entries()

    @function
    async def address_file(self, path: str) -> str:
        """A file of the host, the other way."""
        return await dag.address(path).file().contents()

    @function
    async def http(self, url: str) -> str:
        """What an URL gives."""
        return await dag.http(url).contents()

    @function
    async def export_container(self, path: str) -> str:
        """Write a container's image."""
        return await box().export(path)

    @function
    async def export_file(self, path: str) -> str:
        """Write a file."""
        return await dag.directory().with_new_file("x", "x").file("x").export(path)

    @function
    async def export_directory(self, path: str) -> str:
        """Write a directory."""
        return await dag.directory().with_new_file("x", "x").export(path)
'''

FILES_HINT = "a module sees only its own source"
NETWORK_HINT = "a module has no network"
PROCESS_HINT = "a module cannot start processes"

docker = pytest.mark.usefixtures("docker")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the module above, with links that lead out of it, and with a neighbour."""
    parent = tmp_path_factory.mktemp("sandbox")
    write_module(parent / "neighbour", SOURCE)
    folder = write_module(parent / "module", SOURCE)
    source = folder / "dagger" / "src"
    (source / "etc").symlink_to("/etc")
    (source / "passwd").symlink_to("/etc/passwd")
    (source / "neighbour").symlink_to("../../../neighbour/dagger/src")
    return folder


def refused(dockwright: Run, folder: Path, *arguments: str, env: dict[str, str] | None = None) -> str:
    """Call a function that must fail as a module's mistake; give standard error."""
    result = dockwright(str(folder), "call", *arguments, env=env)
    assert result.returncode == 1, result.stdout + result.stderr
    assert result.stdout == ""
    assert "panicked" not in result.stderr
    return result.stderr


PATHS = [
    "/etc/passwd",
    "../../../../../../etc/passwd",
    "/src/../../../../etc/passwd",
    "/proc/self/environ",
    "/src/src/passwd",
    "/src/src/etc/passwd",
    "/src/src/neighbour/main.py",
    "/src/../../neighbour/dagger.json",
    str(ROOT / "README.md"),
    "~/.docker/config.json",
]


@pytest.mark.parametrize("path", PATHS)
def test_reading(dockwright: Run, folder: Path, path: str) -> None:
    """Nothing of the host can be opened, neither by links nor by `..`."""
    errors = refused(dockwright, folder, "read", f"--path={path}")
    # A module's own /tmp hides the host's: there the file is just not there.
    assert (FILES_HINT if not path.startswith("/tmp/") else "No such file") in errors
    assert "root:" not in errors


def test_neighbour(dockwright: Run, folder: Path) -> None:
    """The source of another module cannot be opened by its real path."""
    other = folder.parent / "neighbour" / "dagger" / "src" / "main.py"
    assert other.exists()
    assert "No such file" in refused(dockwright, folder, "read", f"--path={other}")


def test_own_source(dockwright: Run, folder: Path) -> None:
    """The module's own source can be read and not written."""
    result = dockwright(str(folder), "call", "read", "--path=/src/src/main.py")
    assert "Functions that try to get out." in result.stdout, result.stderr
    before = (folder / "dagger" / "src" / "main.py").read_text()
    refused(dockwright, folder, "write", "--path=/src/src/main.py")
    refused(dockwright, folder, "write", "--path=/src/src/new.py")
    assert (folder / "dagger" / "src" / "main.py").read_text() == before
    assert not (folder / "dagger" / "src" / "new.py").exists()


def test_private_tmp(dockwright: Run, folder: Path) -> None:
    """A module's /tmp is not the host's and does not outlive the call."""
    name = f"dockwright-e2e-{uuid.uuid4().hex}"
    result = dockwright(str(folder), "call", "write", f"--path=/tmp/{name}")
    assert (result.returncode, result.stdout) == (0, "written"), result.stderr
    assert not Path("/tmp", name).exists()
    assert "No such file" in refused(dockwright, folder, "read", f"--path=/tmp/{name}")


def test_environment(dockwright: Run, folder: Path) -> None:
    """Nothing of the caller's environment is seen."""
    env = environment({"FAULTS_MARK": "seen-by-nobody"})
    result = dockwright(str(folder), "call", "environment", env=env)
    assert result.returncode == 0, result.stderr
    names = {pair.split("=")[0] for pair in result.stdout.split()}
    assert names <= {"DOCKWRIGHT_MODULE", "DOCKWRIGHT_PYC"}
    assert "seen-by-nobody" not in result.stdout + result.stderr


@pytest.mark.parametrize("function", ["eat", "eat-at-once"])
def test_memory(dockwright: Run, folder: Path, function: str) -> None:
    """Memory has a limit, and the error says so."""
    errors = refused(dockwright, folder, function)
    assert "memory limit" in errors
    assert dockwright(str(folder), "call", "hello").stdout == "hello"


def test_recursion(dockwright: Run, folder: Path) -> None:
    """Endless recursion is an ordinary exception."""
    assert "recursion" in refused(dockwright, folder, "recurse")


@pytest.mark.skipif(
    os.environ.get("DOCKWRIGHT_SLOW_TESTS") != "1",
    reason="an endless loop may run for 60 s before it is stopped: set DOCKWRIGHT_SLOW_TESTS=1",
)
def test_endless_loop(dockwright: Run, folder: Path) -> None:
    """The module's code is stopped after a minute."""
    errors = refused(dockwright, folder, "loop")
    assert "ran for more than 60 s" in errors
    assert "does it loop without end?" in errors


def test_exit(dockwright: Run, folder: Path) -> None:
    """A module that ends itself is a failed call: it gave no result."""
    assert "ended the process with status 0" in refused(dockwright, folder, "leave")


ATTEMPTS = {
    "connect": (["connect", "--port=5000"], NETWORK_HINT),
    "listen": (["listen"], NETWORK_HINT),
    "fetch": (["fetch"], NETWORK_HINT),
    "subprocess": (["run"], PROCESS_HINT),
    "asyncio subprocess": (["run-async"], PROCESS_HINT),
    "system": (["system"], PROCESS_HINT),
    "fork": (["fork"], PROCESS_HINT),
    "thread": (["thread"], "a module has one thread"),
}


@pytest.mark.parametrize(("arguments", "hint"), ATTEMPTS.values(), ids=ATTEMPTS.keys())
def test_forbidden(dockwright: Run, folder: Path, arguments: list[str], hint: str) -> None:
    """What a sandbox lacks is told together with what to use."""
    errors = refused(dockwright, folder, *arguments)
    assert f"hint: {hint}" in errors


SECRETS = ["cmd://id", "cmd:id", "file:///etc/hostname", "file:/etc/hostname", "env://FAULTS_MARK", "FAULTS_MARK"]


@docker
@pytest.mark.parametrize("function", ["secret", "secret-in-container", "address-secret"])
@pytest.mark.parametrize("address", SECRETS)
def test_secret_of_the_host(dockwright: Run, folder: Path, function: str, address: str) -> None:
    """A module cannot resolve a secret of the caller by itself."""
    env = environment({"FAULTS_MARK": "seen-by-nobody"})
    errors = refused(dockwright, folder, function, f"--address={address}", env=env)
    assert f"the secret `{address}` is not available to a module" in errors
    assert "take a Secret argument" in errors
    assert "seen-by-nobody" not in errors


HOST_PATHS = [
    (["host-directory", "address-directory", "host-in-container"], ["/", "/etc", "..", "a/../.."]),
    (["host-file", "address-file"], ["/etc/passwd", "../passwd"]),
]


@docker
@pytest.mark.parametrize(
    ("function", "path"),
    [(function, path) for functions, paths in HOST_PATHS for function in functions for path in paths],
)
def test_path_of_the_host(dockwright: Run, folder: Path, function: str, path: str) -> None:
    """A module cannot upload what is outside of its own directory."""
    errors = refused(dockwright, folder, function, f"--path={path}")
    assert f"the host path `{path}` is not available to a module" in errors
    assert "take a Directory or File argument" in errors


@docker
def test_url_of_the_host(dockwright: Run, folder: Path) -> None:
    """A file URL is not a way to the host's files, nor to the engine's."""
    assert "root:" not in refused(dockwright, folder, "http", "--url=file:///etc/passwd")


@docker
@pytest.mark.parametrize("kind", ["container", "file", "directory"])
def test_export_outside(dockwright: Run, folder: Path, kind: str) -> None:
    """A module cannot write outside of its own directory."""
    name = f"dockwright-e2e-{uuid.uuid4().hex}"
    for path in (f"{tempfile.gettempdir()}/{name}", f"../{name}"):
        errors = refused(dockwright, folder, f"export-{kind}", f"--path={path}")
        assert f"the host path `{path}` is not available to a module" in errors
    for parent in (Path(tempfile.gettempdir()), folder, folder.parent, Path.cwd(), Path.cwd().parent):
        assert not (parent / name).exists()


@docker
@pytest.mark.parametrize("kind", ["container", "file", "directory"])
def test_export_inside(dockwright: Run, folder: Path, kind: str) -> None:
    """What a module exports to its own directory does not come to the user's."""
    name = f"dockwright-e2e-{uuid.uuid4().hex}"
    result = dockwright(str(folder), "call", f"export-{kind}", f"--path={name}")
    assert result.returncode == 0, result.stderr
    assert not (folder / name).exists()
    assert not Path(result.stdout).exists(), "the private directory outlives the call"
