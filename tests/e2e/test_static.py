"""The static binary of `make dist` in a root like Alpine's: busybox, no glibc, Docker by TCP as in `docker:dind`."""

import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

DIST = ROOT / "target/dist/dockwright"

pytestmark = [
    pytest.mark.skipif(not DIST.is_dir(), reason="skipped: there is no static binary; run `make dist`"),
    pytest.mark.skipif(os.geteuid() != 0, reason="skipped: chroot and mount need root"),
    pytest.mark.skipif(not shutil.which("busybox"), reason="skipped: busybox is not installed"),
]


@pytest.fixture
def docker_by_tcp() -> Iterator[str]:
    """An address at which Docker's socket answers by TCP."""
    server = socket.create_server(("127.0.0.1", 0))

    def pump(source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            target.close()

    def accept() -> None:
        while True:
            try:
                client, _ = server.accept()
            except OSError:
                return
            docker = socket.socket(socket.AF_UNIX)
            docker.connect("/var/run/docker.sock")
            for pair in ((client, docker), (docker, client)):
                threading.Thread(target=pump, args=pair, daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    yield f"tcp://127.0.0.1:{server.getsockname()[1]}"
    server.close()


@pytest.fixture
def alpine(tmp_path: Path) -> Iterator[Path]:
    """A root with busybox, the installation and the modules; `/proc` is mounted."""
    root = tmp_path / "root"
    for folder in ("bin", "dev", "etc", "home", "proc", "tmp"):
        (root / folder).mkdir(parents=True)
    shutil.copy(shutil.which("busybox") or "", root / "bin/busybox")
    (root / "bin/sh").symlink_to("busybox")
    shutil.copytree(DIST, root / "opt/dockwright")
    shutil.copytree(ROOT / "modules", root / "modules")
    shutil.copy("/etc/hosts", root / "etc/hosts")
    (root / "dev/null").touch()
    if config := os.environ.get("DOCKWRIGHT_ENGINE_CONFIG"):
        shutil.copy(config, root / "etc/buildkitd.toml")
    subprocess.run(["mount", "-t", "proc", "proc", root / "proc"], check=True)
    yield root
    subprocess.run(["umount", root / "proc"], check=True)


def call(root: Path, module: str, docker: str, *arguments: str) -> str:
    """Call a function within the root; it must succeed."""
    environment = {"HOME": "/home", "PATH": "/bin", "DOCKER_HOST": docker}
    if (root / "etc/buildkitd.toml").exists():
        environment |= {
            "DOCKWRIGHT_ENGINE_CONFIG": "/etc/buildkitd.toml",
            "DOCKWRIGHT_ENGINE_NETWORK": os.environ.get("DOCKWRIGHT_ENGINE_NETWORK", "bridge"),
        }
    command = f"cd /modules/{module} && exec /opt/dockwright/dockwright call {' '.join(arguments)}"
    result = subprocess.run(
        [shutil.which("chroot") or "/usr/sbin/chroot", root, "/bin/sh", "-c", command],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_alpine(alpine: Path, docker_by_tcp: str) -> None:
    """Neither glibc nor compiling a runtime is needed; containers run through a Docker that is reached by TCP."""
    for module in ("hello-python", "hello-typescript"):
        assert call(alpine, module, docker_by_tcp, "hello") == "Hello, world!"
    assert not list(alpine.glob("home/.cache/dockwright/native/*/*.cwasm"))
    assert "All checks passed!" in call(alpine, "ci-python", docker_by_tcp, "lint", "--source=example-app")
