"""References to modules in git whose repository is not plain to see, or that need more than one repository, or ssh."""

import getpass
import http.server
import json
import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from conftest import Run
from graphs import refusal, write
from registry import Tunnel
from scratch import NO_DOCKER, environment
from test_git import Server, git

LINT = """
    from dagger import function, object_type


    @object_type
    class Lint:
        @function
        def check(self) -> str:
            return "checked"
"""


def repository(folder: Path) -> Path:
    """Write a repository with the module `lint` in a folder, tagged; give it."""
    write(folder / "lint", "lint", "python", LINT)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "first")
    git(folder, "tag", "v1.0.0")
    return folder


class Vanity(http.server.BaseHTTPRequestHandler):
    """A host that has no repositories, but says where they are."""

    said = ""
    asked: ClassVar[list[str]] = []

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer with the page for `?go-get=1`, and with nothing else."""
        self.asked.append(self.path)
        is_question = self.path.endswith("?go-get=1")
        body = self.said.encode() if is_question else b"no such page"
        self.send_response(200 if is_question else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def vanity() -> Iterator[tuple[str, type[Vanity]]]:
    """The host, and its handler to be told what to say."""

    class Handler(Vanity):
        asked: ClassVar[list[str]] = []

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}", Handler
        server.shutdown()


def call(run: Run, folder: Path, *arguments: str, env: dict[str, str] | None = None) -> str:
    """Call a function with a cache of its own; give what it printed."""
    own = {"DOCKWRIGHT_CACHE_DIR": str(folder / "cache")}
    result = run(str(folder), *arguments, env=environment(NO_DOCKER, own, env or {}))
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_a_host_says_where_its_modules_are(dockwright: Run, tmp_path: Path, vanity: tuple[str, type[Vanity]]) -> None:
    """As for packages of Go: the path's repository is named by the host, and the rest of the path is in it."""
    repository(tmp_path / "served" / "mods")
    host, handler = vanity
    with Server(tmp_path / "served") as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}/git/mods"
        handler.said = f'<html><meta name="go-import" content="{host}/x git {url}"></html>'
        reference = f"http://{host}/x/lint@v1.0.0"
        assert call(dockwright, tmp_path, "call", "-m", reference, "check") == "checked"
        assert "/x/lint?go-get=1" in handler.asked
        folder = write(tmp_path / "ci", "ci", "python", LINT.replace("Lint", "Ci"))
        call(dockwright, folder, "install", reference)
        dependency = json.loads((folder / "dagger.json").read_text())["dependencies"][0]
        assert dependency == {
            "name": "lint",
            "source": reference,
            "pin": git(tmp_path / "served/mods", "rev-parse", "HEAD"),
        }
        assert f'"{url}"' in (folder / "dockwright.lock").read_text()
        server.shutdown()
    handler.asked.clear()
    assert call(dockwright, tmp_path, "--offline", "call", "-m", reference, "check") == "checked"
    assert call(dockwright, folder, "call", "check") == "checked"
    assert handler.asked == []


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make a certificate with")
def test_a_host_is_asked_through_the_proxy(dockwright: Run, tmp_path: Path) -> None:
    """The question goes where HTTPS_PROXY leads, and not there for a host of NO_PROXY."""
    repository(tmp_path / "served" / "mods")
    name, pem = "modules.example", tmp_path / "both.pem"
    make = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    make += ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-addext", "basicConstraints=CA:FALSE"]
    subprocess.run([*make, "-keyout", pem, "-out", tmp_path / "public.pem"], check=True, capture_output=True)
    pem.write_text(pem.read_text() + (tmp_path / "public.pem").read_text())

    class Handler(Vanity):
        asked: ClassVar[list[str]] = []

    with (
        Server(tmp_path / "served") as server,
        http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as host,
    ):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        host.socket = context.wrap_socket(host.socket, server_side=True)
        for each in (server, host):
            threading.Thread(target=each.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}/git/mods"
        Handler.said = f'<html><meta name="go-import" content="{name}/x git {url}"></html>'
        tunnel = Tunnel(("127.0.0.1", host.server_address[1]))
        own = {"DOCKWRIGHT_CACHE_DIR": str(tmp_path / "cache"), "SSL_CERT_FILE": str(tmp_path / "public.pem")}
        env = environment(NO_DOCKER, own, {"HTTPS_PROXY": tunnel.address, "NO_PROXY": ""})
        arguments = ["call", "-m", f"{name}/x/lint@v1.0.0", "check"]
        direct = dockwright(str(tmp_path), *arguments, env={**env, "NO_PROXY": name})
        assert direct.returncode == 1
        assert tunnel.requests == []
        result = dockwright(str(tmp_path), *arguments, env=env)
        assert (result.returncode, result.stdout) == (0, "checked"), result.stderr
        assert tunnel.requests[0] == f"CONNECT {name}:443 HTTP/1.1"
        assert Handler.asked == ["/x/lint?go-get=1"]
        for each in (server, host):
            each.shutdown()


@pytest.mark.parametrize("url", ["file:///etc", "ext::sh", "http://me:secret@127.0.0.1/x"])
def test_a_host_cannot_name_what_is_not_on_the_network(
    dockwright: Run, tmp_path: Path, vanity: tuple[str, type[Vanity]], url: str
) -> None:
    """What a page says is only believed of other repositories."""
    host, handler = vanity
    handler.said = f'<meta name="go-import" content="{host}/x git {url}">'
    own = {"DOCKWRIGHT_CACHE_DIR": str(tmp_path / "cache")}
    result = dockwright(str(tmp_path), "call", "-m", f"http://{host}/x/lint", "check", env=environment(NO_DOCKER, own))
    assert result.returncode == 1
    assert "secret" not in result.stderr
    assert "no git repository found" in " ".join(result.stderr.replace("│", " ").split()), result.stderr


def test_submodules_are_part_of_a_commit(dockwright: Run, tmp_path: Path) -> None:
    """A module whose files are in a submodule of a submodule, with relative addresses."""
    inner = repository(tmp_path / "inner.git")
    middle = tmp_path / "middle.git"
    outer = tmp_path / "outer.git"
    for folder, address in ((middle, "../inner.git"), (outer, f"file://{middle}")):
        folder.mkdir()
        git(folder, "init", "-q", "-b", "main")
        (folder / "README").write_text(folder.name)
        below = inner if folder == middle else middle
        git(folder, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(below), "mods")
        git(folder, "config", "--file", ".gitmodules", "submodule.mods.url", address)
        git(folder, "add", ".")
        git(folder, "commit", "-q", "-m", "first")
    reference = f"file://{outer}/mods/mods/lint@main"
    assert call(dockwright, tmp_path, "call", "-m", reference, "check") == "checked"
    shutil.rmtree(inner)
    assert call(dockwright, tmp_path, "--offline", "call", "-m", reference, "check") == "checked"


def test_submodules_of_elsewhere(dockwright: Run, tmp_path: Path) -> None:
    """A repository on the network does not get files of this machine; a submodule that cannot be had is named."""
    inner = repository(tmp_path / "inner.git")
    outer = repository(tmp_path / "served" / "outer.git")
    git(outer, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner), "mods")
    git(outer, "config", "--file", ".gitmodules", "submodule.mods.url", f"file://{inner}")
    git(outer, "add", ".")
    git(outer, "commit", "-q", "-m", "second")
    with Server(tmp_path / "served") as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}/git/outer.git"
        message = refusal(dockwright, tmp_path, "call", "-m", f"{url}/mods/lint@main", "check")
        assert "submodule `mods`" in message
        assert "none of a repository on the network" in message
        server.shutdown()


@pytest.fixture
def ssh(tmp_path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """An ssh server that lets a new key in: its port, and what git needs to reach it."""
    program = shutil.which("sshd") or "/usr/sbin/sshd"
    if not Path(program).exists() or shutil.which("ssh") is None:
        pytest.skip("there is no sshd here: install openssh-server")
    keys = tmp_path / "keys"
    keys.mkdir(mode=0o700)
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(keys / name)], check=True)
    shutil.copy(keys / "user.pub", keys / "authorized")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = [
        f"HostKey {keys / 'host'}",
        f"AuthorizedKeysFile {keys / 'authorized'}",
        f"Port {port}",
        "ListenAddress 127.0.0.1",
        "StrictModes no",
        "UsePAM no",
        "PasswordAuthentication no",
        f"PidFile {keys / 'pid'}",
    ]
    (keys / "config").write_text("\n".join(settings) + "\n")
    known = (keys / "host.pub").read_text()
    (keys / "known").write_text(f"[127.0.0.1]:{port} {known}")
    command = [program, "-D", "-e", "-f", str(keys / "config")]
    if os.geteuid() == 0 and not Path("/run/sshd").exists():
        # It wants that folder; it gets one that only it sees.
        prepare = 'mount -t tmpfs none /run && mkdir -m 755 /run/sshd && exec "$@"'
        command = ["unshare", "--mount", "sh", "-c", prepare, "sh", *command]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        for _ in range(50):
            time.sleep(0.1)
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None:
                pytest.skip(f"sshd does not start here: {process.stderr.read() if process.stderr else ''}")
        client = f"ssh -F {os.devnull} -i {keys / 'user'} -o IdentitiesOnly=yes -o UserKnownHostsFile={keys / 'known'}"
        yield port, {"GIT_SSH_COMMAND": f"{client} -o BatchMode=yes"}
        process.terminate()


def test_ssh(dockwright: Run, tmp_path: Path, ssh: tuple[int, dict[str, str]]) -> None:
    """With the user's own ssh and its keys; without them the message names the repository."""
    mods = repository(tmp_path / "mods.git")
    port, env = ssh
    reference = f"ssh://{getpass.getuser()}@127.0.0.1:{port}{mods}/lint@v1.0.0"
    assert call(dockwright, tmp_path, "call", "-m", reference, "check", env=env) == "checked"
    folder = write(tmp_path / "ci", "ci", "python", LINT.replace("Lint", "Ci"))
    call(dockwright, folder, "install", reference, env=env)
    assert json.loads((folder / "dagger.json").read_text())["dependencies"][0]["source"] == reference
    assert call(dockwright, folder, "call", "check") == "checked"
    nobody = {"GIT_SSH_COMMAND": f"ssh -F {os.devnull} -o BatchMode=yes -o StrictHostKeyChecking=no -i /dev/null"}
    own = {"DOCKWRIGHT_CACHE_DIR": str(tmp_path / "other")}
    refused = dockwright(str(tmp_path), "functions", "-m", reference, env=environment(NO_DOCKER, own, nobody))
    assert refused.returncode == 1
    assert "denied" in refused.stderr or "credentials" in refused.stderr, refused.stderr


@pytest.fixture
def depending(dockwright: Run, tmp_path: Path) -> Path:
    """A module that calls one in git, which has another in git; vendored, and then their repositories are gone."""
    inner = repository(tmp_path / "inner.git")
    middle = tmp_path / "middle.git"
    source = """
        from dagger import dag, function, object_type


        @object_type
        class Middle:
            @function
            async def check(self) -> str:
                return f"middle {await dag.lint().check()}"
    """
    write(middle / "middle", "middle", "python", source, [f"file://{inner}/lint@v1.0.0"])
    git(middle, "init", "-q", "-b", "main")
    git(middle, "add", ".")
    git(middle, "commit", "-q", "-m", "first")
    main = source.replace("Middle", "Ci").replace("dag.lint()", "dag.middle()").replace('"middle ', '"ci ')
    folder = write(tmp_path / "ci", "ci", "python", main)
    call(dockwright, folder, "install", f"file://{middle}/middle@main")
    result = dockwright(str(folder), "vendor", env=environment(NO_DOCKER, {"DOCKWRIGHT_CACHE_DIR": f"{folder}/cache"}))
    assert result.returncode == 0, result.stderr
    assert f"file://{middle}" in result.stderr
    assert f"file://{inner}" in result.stderr
    shutil.rmtree(folder / "cache" / "git")
    shutil.rmtree(inner)
    shutil.rmtree(middle)
    return folder


def test_commits_are_vendored(dockwright: Run, depending: Path) -> None:
    """With the repositories away and an empty cache, what was vendored is called: also from a copy of the folder."""
    assert call(dockwright, depending, "--offline", "call", "check") == "ci middle checked"
    assert call(dockwright, depending, "call", "check") == "ci middle checked"
    copied = shutil.copytree(depending, depending.parent / "copied", ignore=shutil.ignore_patterns("cache"))
    assert call(dockwright, copied, "call", "check") == "ci middle checked"


def test_changed_files_of_a_vendored_commit_are_refused(dockwright: Run, depending: Path) -> None:
    """The lock says what they add up to; and what a project brings stands for no commit elsewhere."""
    (main,) = (path for path in depending.glob("dockwright-vendor/git/*/*/lint/dagger/src/main.py"))
    main.write_text(main.read_text().replace("checked", "changed"))
    own = {"DOCKWRIGHT_CACHE_DIR": str(depending / "cache")}
    result = dockwright(str(depending), "call", "check", env=environment(NO_DOCKER, own))
    assert result.returncode == 1
    assert result.stdout == ""
    assert "the files there are not what the lock says" in " ".join(result.stderr.replace("│", " ").split())
    assert not (depending / "cache" / "git" / "checkouts").exists()
