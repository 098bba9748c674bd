"""git for programs: what a working tree has besides its commit, servers with keys, and servers that are services."""

import os
import pwd
import shutil
import socket
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import QueryError, Session, asserts
from scratch import environment
from test_git import git, root

__all__ = ["root"]
pytestmark = pytest.mark.usefixtures("docker")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The working directory of the session."""
    return tmp_path_factory.mktemp("git-host")


@pytest.fixture(scope="module")
def session(folder: Path) -> Iterator[Session]:
    """One session for the tests of this file."""
    with Session(folder, environment({"SSH_AUTH_SOCK": ""})) as session:
        yield session


def free_port() -> int:
    """Give a port that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@asserts("GitRepository.uncommitted")
def test_what_is_not_committed(session: Session, folder: Path) -> None:
    """Changed, new and removed files are told; ignored ones are not, unless they were committed all the same."""
    work = folder / "work"
    work.mkdir()
    git(work, "init", "-q", "-b", "main")
    for name in ("same", "changed", "removed", "kept.log"):
        (work / name).write_text(f"{name}\n")
    (work / ".gitignore").write_text("*.log\nbuild/\n")
    git(work, "add", "-f", ".")
    chain = 'host.directory(path: "work").asGit.uncommitted'
    facts = "{ addedPaths modifiedPaths removedPaths isEmpty }"

    def changes(name: str) -> dict:
        """Look at the folder under another name: a session reads a folder once."""
        work.rename(folder / name)
        try:
            return session.get(chain.replace('"work"', f'"{name}"') + facts.replace("{", " {", 1))
        finally:
            (folder / name).rename(work)

    all_new = [".gitignore", "changed", "kept.log", "removed", "same"]
    assert [path for path in changes("zero")["addedPaths"] if path != "kept.log"] == [
        path for path in all_new if path != "kept.log"
    ]
    git(work, "commit", "-q", "-m", "all")
    assert changes("one") == {"addedPaths": [], "modifiedPaths": [], "removedPaths": [], "isEmpty": True}
    (work / "changed").write_text("other\n")
    (work / "kept.log").write_text("longer than before\n")
    (work / "removed").unlink()
    (work / "new").write_text("new")
    (work / "ignored.log").write_text("x")
    (work / "build").mkdir()
    (work / "build" / "out").write_text("x")
    assert changes("two") == {
        "addedPaths": ["new"],
        "modifiedPaths": ["changed", "kept.log"],
        "removedPaths": ["removed"],
        "isEmpty": False,
    }
    (folder / "bare").mkdir()
    git(folder / "bare", "clone", "-q", "--bare", str(work), ".")
    assert session.get('host.directory(path: "bare").asGit.uncommitted.isEmpty') is True


def test_a_repository_of_a_service(session: Session, root: Path) -> None:
    """A service is started for the repository that it serves, and stands for the host of the URL."""
    if os.environ.get("DOCKWRIGHT_ENGINE_NETWORK") != "host":
        pytest.skip("the service forwards to this machine's loopback address")
    port = free_port()
    command = ["git", "daemon", "--reuseaddr", "--listen=127.0.0.1", f"--port={port}", "--export-all"]
    command += [f"--base-path={root}", str(root)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True) as daemon:
        front = free_port()
        ports = f"[{{frontend: {front}, backend: {port}}}]"
        service = session.get(f'host.service(host: "127.0.0.1", ports: {ports}).id')
        chain = f'git(url: "git://repositories:{front}/shop", experimentalServiceHost: $service)'
        try:
            assert session.get(f"{chain}.url", service=service) == f"git://repositories:{front}/shop"
            assert session.get(f"{chain}.branches", service=service) == ["main", "topic"]
            readme = session.get(f'{chain}.branch(name: "topic").tree.file(path: "README").contents', service=service)
            assert readme == "topic\n"
        finally:
            os.killpg(daemon.pid, 15)


@pytest.fixture(scope="module")
def ssh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """An SSH server of this machine that lets one key in, and an agent that has it: their port, socket and host key."""
    programs = {
        "sshd": shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin"),
        "agent": shutil.which("ssh-agent"),
    }
    if os.geteuid() != 0 or not all(programs.values()):
        pytest.skip("no sshd to start (Debian: openssh-server, openssh-client; as root)")
    place = tmp_path_factory.mktemp("ssh")
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(place / name)], check=True)
    shutil.copy(place / "user.pub", place / "allowed")
    for above in (place, *place.parents):
        if above.stat().st_uid != 0:
            pytest.skip(f"sshd does not trust {above}: its owner is {pwd.getpwuid(above.stat().st_uid).pw_name}")
    port = free_port()
    (place / "config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {place}/host\nAuthorizedKeysFile {place}/allowed\n"
        "PasswordAuthentication no\nKbdInteractiveAuthentication no\nUsePAM no\nStrictModes no\nPermitRootLogin yes\n"
        f"PidFile {place}/pid\nLogLevel ERROR\n"
    )
    Path("/run/sshd").mkdir(exist_ok=True)
    agent = subprocess.Popen([str(programs["agent"]), "-D", "-a", str(place / "agent")], stdout=subprocess.DEVNULL)
    server = subprocess.Popen(
        [str(programs["sshd"]), "-D", "-e", "-f", str(place / "config")], stderr=subprocess.DEVNULL
    )
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0 and (place / "agent").exists():
                break
        server.poll()
    agent_env = environment({"SSH_AUTH_SOCK": str(place / "agent")})
    subprocess.run(["ssh-add", "-q", str(place / "user")], check=True, env=agent_env)
    host_key = " ".join((place / "host.pub").read_text().split()[:2])
    yield {"port": str(port), "agent": str(place / "agent"), "known": f"[127.0.0.1]:{port} {host_key}"}
    server.terminate()
    agent.terminate()
    server.wait(timeout=10)
    agent.wait(timeout=10)


def test_ssh(session: Session, root: Path, ssh: dict[str, str]) -> None:
    """The agent's socket opens a repository behind SSH; without it, or with another host key, it stays closed."""
    if os.environ.get("DOCKWRIGHT_ENGINE_NETWORK") != "host":
        pytest.skip("the engine cannot reach this machine's loopback address")
    url = f"ssh://root@127.0.0.1:{ssh['port']}{root}/shop"
    agent = session.get("host.unixSocket(path: $path).id", path=ssh["agent"])
    chain = "git(url: $url, sshKnownHosts: $known, sshAuthSocket: $agent)"
    given = {"url": url, "known": ssh["known"], "agent": agent}
    readme = 'tree.file(path: "README").contents'
    assert session.get(f'{chain}.branch(name: "topic").{readme}', **given) == "topic\n"
    assert session.get(f'{chain}.tag(name: "v1.2.0").commit', **given) == git(
        root / "shop", "rev-parse", "v1.2.0^{commit}"
    )
    assert session.get(f"{chain}.head.{readme}", **given).startswith("two")
    assert session.get(f"{chain}.branches", **given) == ["main", "topic"]
    assert session.get(f"{chain}.latestVersion.ref", **given) == "refs/tags/v1.2.0"
    without = "git(url: $url, sshKnownHosts: $known)"
    with pytest.raises(QueryError, match="only with an agent"):
        session.get(f"{without}.tags", url=url, known=ssh["known"])
    with pytest.raises(QueryError):
        session.get(f'{without}.tag(name: "v1.1.0").{readme}', url=url, known=ssh["known"])
    wrong = ssh["known"][:-8] + "AAAAAAAA"
    with pytest.raises(QueryError, match=r"(?i)host key"):
        session.get(f"{chain}.tags", **{**given, "known": wrong})
    with pytest.raises(QueryError, match=r"(?i)host key"):
        session.get(f'{chain}.tag(name: "v1.10.0-rc1").{readme}', **{**given, "known": wrong})


def test_a_registry_that_is_a_service(session: Session) -> None:
    """An image is pushed to a registry that is a service, and pulled from it, under the name that was written."""
    port = free_port()
    program = shutil.which("docker-registry")
    if program is None or os.environ.get("DOCKWRIGHT_ENGINE_NETWORK") != "host":
        pytest.skip("needs docker-registry, and an engine that shares this machine's network")
    mark = uuid.uuid4().hex
    config = f"version: 0.1\nlog: {{level: error}}\nstorage: {{inmemory: {{}}}}\nhttp: {{addr: '127.0.0.1:{port}'}}\n"
    service = session.get(
        'container.from(address: "debian:bookworm").withFile(path: "/registry", source: $program)'
        f'.withNewFile(path: "/config", contents: $config).withExposedPort(port: {port})'
        '.asService(args: ["/registry", "serve", "/config"]).id',
        program=session.get("host.file(path: $path).id", path=program),
        config=config,
    )
    image = f"images.internal:{port}/made/{mark}:1"
    made = f'container.from(address: "busybox").withNewFile(path: "/mark", contents: "{mark}")'
    published = session.get(f"{made}.publish(address: $image, registryService: $service)", image=image, service=service)
    assert published.startswith(f"{image}@sha256:")
    pulled = "container.from(address: $image, registryService: $service)"
    assert session.get(f'{pulled}.file(path: "/mark").contents', image=image, service=service) == mark
    assert session.get(f"{pulled}.imageRef", image=image, service=service) == published
    with pytest.raises(QueryError):
        session.get("container.from(address: $image).sync", image=image)
    session.get("loadServiceFromID(id: $id).stop", id=service)
