"""Credentials of git: what was fetched with them is read by nobody who lacks them, in this session or another."""

import shutil
import subprocess
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import QueryError, Session
from scratch import environment
from test_core_git import ssh
from test_git import TOKEN, Server, git, reachable

__all__ = ["reachable", "ssh"]
pytestmark = pytest.mark.usefixtures("docker", "reachable")
README = 'tree.file(path: "README").contents'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with two repositories that no other test knows: `hidden`, two commits and a tag, and `open`."""
    for name in ("hidden.git", "open.git"):
        folder = tmp_path / "served" / name
        folder.mkdir(parents=True)
        git(folder, "init", "-q", "-b", "main")
        for text in ("one", "two"):
            (folder / "README").write_text(f"{text} {uuid.uuid4().hex}\n")
            git(folder, "add", ".")
            git(folder, "commit", "-q", "-m", text)
        git(folder, "tag", "-a", "v1.0.0", "-m", "release")
    return tmp_path / "served"


@pytest.fixture
def server(root: Path) -> Iterator[Server]:
    """The web server: /git is open, /private needs the token."""
    with Server(root) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The working directory of sessions."""
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


def session(folder: Path) -> Session:
    """Start a session that has the token, another one, and no agent."""
    return Session(folder, environment({"SSH_AUTH_SOCK": "", "RIGHT": TOKEN, "WRONG": "not-this-one"}))


def login(session: Session, name: str) -> str:
    """Give the argument of `git` for the token of that name."""
    return f', httpAuthToken: "{session.get("secret(uri: $uri).id", uri=f"env://{name}")}"'


def refused(session: Session, chain: str, words: str = "(?i)authentication|username|401") -> None:
    """Check that the chain fails for want of credentials."""
    with pytest.raises(QueryError, match=words):
        print(chain, session.get(chain))


@pytest.mark.parametrize("kept", ["", ", keepGitDir: false"])
def test_without_the_token(root: Path, server: Server, folder: Path, kept: str) -> None:
    """Names, commits and files that a token opened stay closed without it and with another one."""
    url = f"http://127.0.0.1:{server.server_port}/private/git/hidden.git"
    head, first = git(root / "hidden.git", "rev-parse", "main"), git(root / "hidden.git", "rev-parse", "main^")
    ways = [
        "head.commit",
        f"head.{README}",
        f'branch(name: "main").{README}',
        f'tag(name: "v1.0.0").{README}',
        'tag(name: "v1.0.0").commit',
        "branches",
        "latestVersion.ref",
        f'commit(id: "{head}").{README}',
        f'commit(id: "{first}").{README}',
    ]

    def check(session: Session) -> None:
        """Try every way without credentials and with wrong ones."""
        for way in ways:
            for other in ("", login(session, "WRONG")):
                refused(session, f'git(url: "{url}"{kept}{other}).{way}')
        refused(session, f'address(value: "{url}#main:README").file.contents')
        refused(session, f'address(value: "{url}#{head}:README").file.contents')
        # Another repository that is open does not have the commit.
        elsewhere = f"http://127.0.0.1:{server.server_port}/git/open.git"
        refused(session, f'git(url: "{elsewhere}"{kept}).commit(id: "{head}").{README}', head)

    with session(folder) as one:
        right = login(one, "RIGHT")
        for way in ways:
            assert one.get(f'git(url: "{url}"{kept}{right}).{way}')
        check(one)
        for way in ways:
            assert one.get(f'git(url: "{url}"{kept}{right}).{way}')
    with session(folder) as other:
        check(other)
        assert other.get(f'git(url: "{url}"{kept}{login(other, "RIGHT")}).commit(id: "{first}").{README}')


def test_refused_first(root: Path, server: Server, folder: Path) -> None:
    """Who was refused may come back with the token, and who had none is refused again."""
    url = f"http://127.0.0.1:{server.server_port}/private/git/hidden.git"
    with session(folder) as one:
        refused(one, f'git(url: "{url}").branch(name: "main").{README}')
        assert one.get(f'git(url: "{url}"{login(one, "RIGHT")}).branch(name: "main").{README}').startswith("two ")
        refused(one, f'git(url: "{url}").ref(name: "main").{README}')
        refused(one, f'git(url: "{url}").branch(name: "main").{README}')


def test_a_dockerfile_without_the_token(root: Path, server: Server, folder: Path) -> None:
    """A Dockerfile adds nothing of a repository that it has no credentials for."""
    url = f"http://127.0.0.1:{server.server_port}/private/git/hidden.git"
    head = git(root / "hidden.git", "rev-parse", "main")

    def added(reference: str) -> str:
        """Add the repository."""
        return (
            f'directory.withNewFile(path: "Dockerfile", contents: "FROM scratch\\nADD {url}#{reference} /x\\n")'
            '.dockerBuild.file(path: "/x/README").contents'
        )

    with session(folder) as one:
        assert one.get(f'git(url: "{url}"{login(one, "RIGHT")}).commit(id: "{head}").{README}').startswith("two ")
        assert one.get(f'git(url: "{url}"{login(one, "RIGHT")}).branch(name: "main").{README}').startswith("two ")
        for reference in (head, "main", "refs/heads/main"):
            refused(one, added(reference))
    with session(folder) as other:
        refused(other, added(head))
        open_to_all = f"http://127.0.0.1:{server.server_port}/git/hidden.git"
        assert other.get(added(head).replace(url, open_to_all)).startswith("two ")


def test_an_open_repository_is_asked_once(root: Path, server: Server, folder: Path) -> None:
    """What needs no credentials costs no request more: a name is looked up once a session, a commit never again."""
    url = f"http://127.0.0.1:{server.server_port}/git/open.git"
    head = git(root / "open.git", "rev-parse", "main")

    def asked(session: Session, chain: str) -> list[str]:
        """Give the requests that the chain made."""
        server.asked.clear()
        assert session.get(f'git(url: "{url}").{chain}').startswith("two ")
        return [path.partition("/open.git")[2] for path, _ in server.asked]

    with session(folder) as one:
        one.get(f'git(url: "{url}").commit(id: "{head}").{README}')
        one.get(f'git(url: "{url}").branch(name: "main").{README}')
    with session(folder) as other:
        assert asked(other, f'commit(id: "{head}").{README}') == []
        looked_up = ["/info/refs?service=git-upload-pack", "/git-upload-pack"]
        assert asked(other, f'branch(name: "main").{README}') == looked_up
        assert asked(other, f'ref(name: "refs/heads/main").{README}') == []


def test_without_the_agent(root: Path, ssh: dict[str, str], folder: Path, tmp_path: Path) -> None:
    """What an agent opened stays closed without it, with an empty one, and for another host key."""
    url = f"ssh://root@127.0.0.1:{ssh['port']}{root}/hidden.git"
    head, first = git(root / "hidden.git", "rev-parse", "main"), git(root / "hidden.git", "rev-parse", "main^")
    ways = [f'branch(name: "main").{README}', "head.commit", f'commit(id: "{head}").{README}']
    ways += [f'tag(name: "v1.0.0").{README}', f'commit(id: "{first}").{README}']
    program = shutil.which("ssh-agent")
    assert program is not None
    empty = subprocess.Popen([program, "-D", "-a", str(tmp_path / "empty")], stdout=subprocess.DEVNULL)
    wrong = ssh["known"][:-8] + "AAAAAAAA"
    try:

        def check(session: Session) -> None:
            """Try every way without the key."""
            nobody = session.get("host.unixSocket(path: $path).id", path=str(tmp_path / "empty"))
            agent = session.get("host.unixSocket(path: $path).id", path=ssh["agent"])
            known = f'sshKnownHosts: "{ssh["known"]}"'
            for way in ways:
                refused(session, f'git(url: "{url}", {known}).{way}', "(?i)permission denied|publickey")
                refused(session, f'git(url: "{url}").{way}', "(?i)permission denied|publickey|host key")
                another = f'git(url: "{url}", {known}, sshAuthSocket: "{nobody}").{way}'
                refused(session, another, "(?i)permission denied|publickey")
                changed = f'git(url: "{url}", sshKnownHosts: "{wrong}", sshAuthSocket: "{agent}").{way}'
                refused(session, changed, "(?i)host key")

        with session(folder) as one:
            agent = one.get("host.unixSocket(path: $path).id", path=ssh["agent"])
            for way in ways:
                chain = f'git(url: "{url}", sshKnownHosts: "{ssh["known"]}", sshAuthSocket: "{agent}").{way}'
                assert one.get(chain)
            check(one)
        with session(folder) as other:
            check(other)
    finally:
        empty.terminate()
        empty.wait(timeout=10)
