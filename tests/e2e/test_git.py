"""git and http: repositories and files of servers on this machine, fetched by the engine."""

import base64
import hashlib
import http.server
import json
import os
import re
import signal
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
import json

import dagger
from dagger import dag, function, object_type


@object_type
class Faults:
    """Repositories and files elsewhere."""

    @function
    async def survey(self, url: str) -> str:
        """Everything that there is to know of a repository."""
        repository = dag.git(url)
        head, tag = repository.head(), repository.tag("v1.2.0")
        branch, ref = repository.branch("topic"), repository.ref("refs/heads/topic")
        return json.dumps({
            "url": await repository.url(),
            "branches": await repository.branches(),
            "tags": await repository.tags(),
            "some": await repository.tags(patterns=["v1.1.*"]),
            "head": [await head.ref(), await head.commit()],
            "tag": [await tag.ref(), await tag.commit()],
            "branch": [await branch.ref(), await branch.commit()],
            "ref": await ref.commit(),
            "latest": await repository.latest_version().ref(),
            "readme": await head.tree().file("README").contents(),
            "topic": await branch.tree().file("README").contents(),
            "old": await repository.commit(await tag.commit()).tree().file("README").contents(),
            "kept": await head.tree().entries(),
            "discarded": await head.tree(discard_git_dir=True).entries(),
        })

    @function
    async def local(self, source: dagger.Directory) -> str:
        """The same of a repository that lies in a directory."""
        repository = source.as_git()
        head, tag, branch = repository.head(), repository.tag("v1.2.0"), repository.branch("topic")
        return json.dumps({
            "url": await repository.url(),
            "branches": await repository.branches(),
            "tags": await repository.tags(),
            "head": [await head.ref(), await head.commit()],
            "tag": [await tag.ref(), await tag.commit()],
            "topic": await branch.tree().file("README").contents(),
            "kept": await head.tree().entries(),
            "discarded": await head.tree(discard_git_dir=True).entries(),
            "ancestor": await head.common_ancestor(branch).commit(),
            "latest": await repository.latest_version().ref(),
        })

    @function
    async def missing(self, url: str, name: str) -> str:
        """A branch that is not there."""
        return await dag.git(url).branch(name).commit()

    @function
    async def private(self, url: str, token: dagger.Secret, user: str = "", header: bool = False) -> str:
        """Fetch what needs a login."""
        if header:
            repository = dag.git(url, http_auth_header=token)
        else:
            repository = dag.git(url, http_auth_token=token, http_auth_username=user)
        return json.dumps([await repository.branches(), await repository.head().tree().file("README").contents()])

    @function
    async def argument(self, ref: dagger.GitRef) -> str:
        """A reference that the caller names."""
        return await ref.commit() + " " + await ref.tree().file("README").contents()

    @function
    async def repository(self, repository: dagger.GitRepository) -> list[str]:
        """A repository that the caller names."""
        return await repository.branches()

    @function
    async def directory(self, directory: dagger.Directory) -> str:
        """A directory that the caller names by a git URL."""
        return await directory.file("README").contents()

    @function
    async def fetch(self, url: str, token: dagger.Secret | None = None, checksum: str = "", name: str = "") -> str:
        """A file of a web server."""
        file = dag.http(url, auth_header=token, checksum=checksum, name=name, permissions=0o640)
        return json.dumps([await file.name(), await file.contents(), await file.stat().permissions()])

    @function
    async def from_service(self, port: int, nonce: str) -> str:
        """A file of a service."""
        service = (
            dag.container().from_("busybox").with_new_file("/www/x", nonce).with_exposed_port(port)
            .as_service(args=["httpd", "-f", "-p", str(port), "-h", "/www"])
        )
        return await dag.http(f"http://web:{port}/x", experimental_service_host=service).contents()
'''

TOKEN = f"tok-{uuid.uuid4().hex}"


class Server(http.server.ThreadingHTTPServer):
    """A web server with git repositories below /git, the same behind a login below /private, and files."""

    def __init__(self, root: Path) -> None:
        """Serves the folder on any port."""
        super().__init__(("127.0.0.1", 0), Handler)
        self.root = root
        self.asked: list[tuple[str, str | None]] = []


class Handler(http.server.BaseHTTPRequestHandler):
    """One request."""

    server: Server

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""

    def do_HEAD(self) -> None:
        """The same without content."""
        self.do_GET()

    def do_GET(self) -> None:
        """Answer with a file, or with what git says."""
        authorization = self.headers.get("Authorization")
        self.server.asked.append((self.path, authorization))
        if self.path.startswith("/private"):
            accepted = {f"Bearer {TOKEN}"}
            for user in ("x-access-token", "me"):
                accepted.add("basic " + base64.b64encode(f"{user}:{TOKEN}".encode()).decode())
            if authorization not in accepted:
                self.send_response(401)
                self.send_header("WWW-Authenticate", "Basic realm=test")
                self.end_headers()
                return
        path = self.path.removeprefix("/private")
        if path.startswith("/git/"):
            self.git(path.removeprefix("/git"))
        else:
            self.answer(200, "text/plain", b"the file")

    do_POST = do_GET

    def answer(self, status: int, kind: str, body: bytes) -> None:
        """Send all of it."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def git(self, path: str) -> None:
        """What git's own server program answers."""
        path, _, query = path.partition("?")
        env = environment(
            {
                "GIT_PROJECT_ROOT": str(self.server.root),
                "GIT_HTTP_EXPORT_ALL": "1",
                "PATH_INFO": path,
                "QUERY_STRING": query,
                "REQUEST_METHOD": self.command,
                "CONTENT_TYPE": self.headers.get("Content-Type", ""),
                "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
                "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            }
        )
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        output = subprocess.run(["git", "http-backend"], input=body, env=env, capture_output=True).stdout
        head, _, content = output.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().splitlines())
        self.answer(int(headers.get("Status", "200").split()[0]), headers.get("Content-Type", ""), content)


def git(folder: Path, *arguments: str) -> str:
    """Run git without the user's settings."""
    who = {f"GIT_{role}_{what}": "t@e.st" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    env = environment(who, {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"})
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, env=env, capture_output=True, text=True).stdout.strip()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one repository, `shop`: a main branch, another, and tags, one of them annotated."""
    root = tmp_path_factory.mktemp("repositories")
    shop = root / "shop"
    shop.mkdir()
    git(shop, "init", "-q", "-b", "main")
    for number, text in enumerate(["one", "two"]):
        (shop / "README").write_text(f"{text} {root.name}\n")
        git(shop, "add", ".")
        git(shop, "commit", "-q", "-m", text)
        if number == 0:
            git(shop, "tag", "-a", "v1.2.0", "-m", "release")
            git(shop, "tag", "v1.1.0")
            git(shop, "tag", "v1.10.0-rc1")
    git(shop, "checkout", "-q", "-b", "topic", "v1.2.0")
    (shop / "README").write_text("topic\n")
    git(shop, "commit", "-q", "-a", "-m", "topic")
    git(shop, "checkout", "-q", "main")
    return root


@pytest.fixture(scope="module")
def server(root: Path) -> Iterator[Server]:
    """The web server."""
    with Server(root) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def daemon(root: Path) -> Iterator[str]:
    """A git daemon: the URL of what it serves."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        "git",
        "daemon",
        "--export-all",
        f"--base-path={root}",
        "--listen=127.0.0.1",
        f"--port={port}",
        str(root),
    ]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True) as process:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
        yield f"git://127.0.0.1:{port}"
        os.killpg(process.pid, signal.SIGTERM)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the module above."""
    return write_module(tmp_path_factory.mktemp("git"), SOURCE)


@pytest.fixture
def reachable() -> None:
    """Skip where the engine has a network of its own: it cannot reach servers on this machine's loopback address."""
    if os.environ.get("DOCKWRIGHT_ENGINE_NETWORK") != "host":
        pytest.skip("the engine does not share this machine's network (DOCKWRIGHT_ENGINE_NETWORK=host)")


pytestmark = pytest.mark.usefixtures("docker", "reachable")


@asserts(
    "Query.git",
    "GitRepository.url",
    "GitRepository.branches",
    "GitRepository.tags",
    "GitRepository.head",
    "GitRepository.tag",
    "GitRepository.branch",
    "GitRepository.ref",
    "GitRepository.commit",
    "GitRepository.latestVersion",
    "GitRef.commit",
    "GitRef.ref",
    "GitRef.tree",
)
@pytest.mark.parametrize("protocol", ["http", "git"])
def test_survey(dockwright: Run, folder: Path, root: Path, server: Server, daemon: str, protocol: str) -> None:
    """Names, commits and files are those that git itself tells."""
    url = f"http://127.0.0.1:{server.server_port}/git/shop" if protocol == "http" else f"{daemon}/shop"
    result = dockwright(str(folder), "call", "survey", f"--url={url}")
    assert result.returncode == 0, result.stderr
    shop = root / "shop"
    main, tag, topic = (git(shop, "rev-parse", f"{name}^{{commit}}") for name in ("main", "v1.2.0", "topic"))
    assert json.loads(result.stdout) == {
        "url": url,
        "branches": ["main", "topic"],
        "tags": ["v1.1.0", "v1.10.0-rc1", "v1.2.0"],
        "some": ["v1.1.0"],
        "head": ["refs/heads/main", main],
        "tag": ["refs/tags/v1.2.0", tag],
        "branch": ["refs/heads/topic", topic],
        "ref": topic,
        "latest": "refs/tags/v1.2.0",
        "readme": f"two {root.name}\n",
        "topic": "topic\n",
        "old": f"one {root.name}\n",
        "kept": [".git/", "README"],
        "discarded": ["README"],
    }


@asserts("Directory.asGit", "GitRef.commonAncestor")
def test_a_repository_in_a_directory(dockwright: Run, folder: Path, root: Path) -> None:
    """A directory with `.git` is a repository."""
    shop = root / "shop"
    result = dockwright(str(folder), "call", "local", f"--source={shop}")
    assert result.returncode == 0, result.stderr
    main, tag = git(shop, "rev-parse", "main"), git(shop, "rev-parse", "v1.2.0^{commit}")
    assert json.loads(result.stdout) == {
        "url": None,
        "branches": ["main", "topic"],
        "tags": ["v1.1.0", "v1.10.0-rc1", "v1.2.0"],
        "head": ["refs/heads/main", main],
        "tag": ["refs/tags/v1.2.0", tag],
        "topic": "topic\n",
        "kept": [".git/", "README"],
        "discarded": ["README"],
        "ancestor": tag,
        "latest": "refs/tags/v1.2.0",
    }


def test_what_is_not_there(dockwright: Run, folder: Path, server: Server) -> None:
    """A branch and a repository that are not there are named."""
    base = f"http://127.0.0.1:{server.server_port}/git"
    for url, name in ((f"{base}/shop", "nosuch"), (f"{base}/nosuch", "main")):
        result = dockwright(str(folder), "call", "missing", f"--url={url}", f"--name={name}")
        assert result.returncode == 1
        assert "nosuch" in result.stderr
    result = dockwright(str(folder), "call", "missing", f"--url={base}/shop", "--name=--upload-pack=evil")
    assert result.returncode == 1
    result = dockwright(str(folder), "call", "missing", "--url=file:///etc", "--name=main")
    assert result.returncode == 1
    assert "is no git URL" in result.stderr


@pytest.mark.parametrize("way", ["token", "user", "header"])
def test_private(dockwright: Run, folder: Path, root: Path, server: Server, way: str) -> None:
    """A token, with a user, or a whole header opens a repository, and no output tells it."""
    url = f"http://127.0.0.1:{server.server_port}/private/git/shop"
    flags = {"token": [], "user": ["--user=me"], "header": ["--header"]}[way]
    value = f"Bearer {TOKEN}" if way == "header" else TOKEN
    env = environment({"FAULTS_TOKEN": value})
    arguments = ["private", f"--url={url}", "--token=env://FAULTS_TOKEN", *flags]
    result = dockwright(str(folder), "call", *arguments, env=env)
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout) == [["main", "topic"], f"two {root.name}\n"]
    assert TOKEN not in result.stderr
    env = environment({"FAULTS_TOKEN": "wrong"})
    result = dockwright(str(folder), "call", *arguments, env=env)
    assert result.returncode == 1, result.stdout


@asserts("Address.gitRef", "Address.gitRepository", "Address.directory")
def test_named_by_the_caller(dockwright: Run, folder: Path, root: Path, server: Server) -> None:
    """Arguments name references, repositories and directories by URL or by path."""
    url = f"http://127.0.0.1:{server.server_port}/git/shop"
    shop = root / "shop"
    topic = git(shop, "rev-parse", "topic")
    for address in (f"{url}#topic", f"{shop}#topic"):
        result = dockwright(str(folder), "call", "argument", f"--ref={address}")
        assert (result.returncode, result.stdout) == (0, f"{topic} topic\n"), result.stderr
    for address in (url, str(shop)):
        result = dockwright(str(folder), "call", "--json", "repository", f"--repository={address}")
        assert result.returncode == 0, result.stderr
        assert json.loads(result.stdout) == ["main", "topic"]
    result = dockwright(str(folder), "call", "directory", f"--directory={url}#topic")
    assert (result.returncode, result.stdout) == (0, "topic\n"), result.stderr


@asserts("Query.http")
def test_files_by_http(dockwright: Run, folder: Path, server: Server) -> None:
    """A file has the name, the permissions and the checksum that are asked for; a header opens private ones."""
    base = f"http://127.0.0.1:{server.server_port}"
    nonce = uuid.uuid4().hex
    result = dockwright(str(folder), "call", "fetch", f"--url={base}/{nonce}.txt?x=1")
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout) == [f"{nonce}.txt", "the file", 0o640]
    good = "sha256:" + hashlib.sha256(b"the file").hexdigest()
    result = dockwright(str(folder), "call", "fetch", f"--url={base}/{nonce}", f"--checksum={good}", "--name=other")
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)[0] == "other"
    wrong = re.sub("[0-9]", "0", good.removeprefix("sha256:"))
    result = dockwright(str(folder), "call", "fetch", f"--url={base}/{nonce}", f"--checksum=sha256:{wrong}")
    assert result.returncode == 1
    assert "digest" in result.stderr
    env = environment({"FAULTS_TOKEN": f"Bearer {TOKEN}"})
    private = ["fetch", f"--url={base}/private/{nonce}"]
    result = dockwright(str(folder), "call", *private, "--token=env://FAULTS_TOKEN", env=env)
    assert result.returncode == 0, result.stderr
    assert TOKEN not in result.stderr
    result = dockwright(str(folder), "call", *private)
    assert result.returncode == 1
    assert "401" in result.stderr


def test_a_file_of_a_service(dockwright: Run, folder: Path) -> None:
    """A service is started for the file that it serves."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    nonce = uuid.uuid4().hex
    result = dockwright(str(folder), "call", "from-service", f"--port={port}", f"--nonce={nonce}")
    assert (result.returncode, result.stdout) == (0, nonce), result.stderr
