"""Dependencies from paths and git: install, list, update, uninstall, lock; what goes wrong with hosts and networks."""

import json
import os
import shutil
import socket
import stat
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from conftest import BINARY, Run
from scratch import NO_DOCKER, PROJECT, environment, own_directories

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git program")

SOURCE = '''
from dagger import function, object_type


@object_type
class {type}:
    """{name}, for tests."""

    @function
    def name(self) -> str:
        """Say which."""
        return "{text}"
'''


def write(folder: Path, name: str, text: str = "", dependencies: list[object] | None = None) -> Path:
    """Write a Python module whose one function gives the text."""
    (folder / "dagger" / "src").mkdir(parents=True, exist_ok=True)
    manifest: dict[str, object] = {"name": name, "engineVersion": "v0.21.8", "sdk": {"source": "python"}}
    if dependencies:
        manifest["dependencies"] = dependencies
    manifest["source"] = "dagger"
    (folder / "dagger.json").write_text(json.dumps(manifest, indent=2) + "\n")
    kind = name.title().replace("-", "")
    (folder / "dagger" / "pyproject.toml").write_text(PROJECT.replace("faults", name).replace("Faults", kind))
    source = SOURCE.format(type=kind, name=name, text=text or name)
    (folder / "dagger" / "src" / "main.py").write_text(source)
    return folder


def git(folder: Path, *arguments: str) -> str:
    """Run git as somebody."""
    who = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"]
    result = subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def commit(folder: Path, message: str) -> str:
    """Commit everything and give the commit."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", message)
    return git(folder, "rev-parse", "HEAD")


class Place:
    """A repository with the modules `tools` (at its root) and `lint`, tagged; a module `ci` of the user's; a cache."""

    def __init__(self, root: Path, run: Run) -> None:
        """Make all that below the root."""
        self.root, self._run = root, run
        (root / "own").mkdir()
        self.env = environment(own_directories(root / "own"), NO_DOCKER)
        self.repository = write(root / "served" / "acme" / "ci.git", "tools")
        write(self.repository / "lint", "lint", "lint 1")
        git(self.repository, "init", "--quiet", "--initial-branch=main", ".")
        self.first = commit(self.repository, "first")
        git(self.repository, "tag", "lint/v1.0.0")
        self.module = write(root / "ci", "ci")
        self.url = f"file://{self.repository}"

    def run(self, *arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """Run dockwright in the user's module."""
        return self._run(str(self.module), *arguments, env={**self.env, **(env or {})})

    def ok(self, *arguments: str, env: dict[str, str] | None = None) -> str:
        """Run what must succeed; give standard output and standard error."""
        result = self.run(*arguments, env=env)
        assert result.returncode == 0, result.stderr
        return result.stdout + result.stderr

    def says(self, reference: str) -> str:
        """Call the function `name` of the module that is named."""
        result = self.run("call", "-m", reference, "name")
        assert result.returncode == 0, result.stderr
        return result.stdout

    def fails(self, *arguments: str, env: dict[str, str] | None = None) -> str:
        """Run what must end with 1 and change nothing; give standard error, unwrapped."""
        before = self.files()
        result = self.run(*arguments, env=env)
        assert result.returncode == 1, result.stdout + result.stderr
        assert "panicked" not in result.stderr
        assert self.files() == before
        lines = [line.strip().lstrip("│\u00d7╰─▶ ") for line in result.stderr.splitlines()]
        return " ".join(line for line in lines if line)

    def files(self) -> dict[str, str]:
        """What is in the files that commands change."""
        names = ["dagger.json", "dockwright.lock"]
        return {name: (self.module / name).read_text() for name in names if (self.module / name).exists()}

    def manifest(self) -> dict[str, list[dict[str, str]]]:
        """Read dagger.json."""
        return json.loads((self.module / "dagger.json").read_text())

    def lock(self) -> dict[str, list[dict[str, str]]]:
        """Read the lock."""
        return json.loads((self.module / "dockwright.lock").read_text())

    def next_version(self) -> str:
        """Commit a second version of `lint`."""
        write(self.repository / "lint", "lint", "lint 2")
        return commit(self.repository, "second")


@pytest.fixture
def place(tmp_path: Path, dockwright: Run) -> Place:
    """A repository and a module that wants something from it."""
    return Place(tmp_path, dockwright)


def test_install_list_update_uninstall(place: Place) -> None:
    """The life of a dependency in git."""
    said = place.ok("install", f"{place.url}/lint@main", "--name=checks")
    assert f"Installed `checks` from {place.url}/lint@main at {place.first[:12]}." in said
    source = f"{place.url}/lint@main"
    assert place.manifest()["dependencies"] == [{"name": "checks", "source": source, "pin": place.first}]
    text = (place.module / "dagger.json").read_text()
    order = [text.index(f'\n  "{field}"') for field in ("name", "engineVersion", "sdk", "dependencies", "source")]
    assert order == sorted(order)
    assert text.endswith("}\n")
    entry = place.lock()["git"][0]
    assert (entry["source"], entry["url"], entry["commit"]) == (source, place.url, place.first)
    assert entry["digest"].startswith("blake3:")

    rows = [line.split() for line in place.ok("list").splitlines()]
    assert rows == [["Name", "Source", "Version", "SDK"], ["checks", source, place.first[:12], "python"]]

    assert f"checks  {source}  is up to date at {place.first[:12]}" in place.ok("update")
    second = place.next_version()
    assert place.first[:12] in place.ok("list"), "it stays where it was"
    assert f"checks  {source}  {place.first[:12]} → {second[:12]}" in place.ok("update", "checks")
    assert place.manifest()["dependencies"][0]["pin"] == second
    assert place.lock()["git"][0]["commit"] == second
    place.ok("update", "checks@v1.0.0")
    assert place.manifest()["dependencies"][0]["pin"] == place.first

    assert "Removed `checks`" in place.ok("uninstall", "checks")
    assert "dependencies" not in place.manifest()
    assert not (place.module / "dockwright.lock").exists()
    assert "has no dependencies" in place.ok("list")


def test_paths(place: Place) -> None:
    """A dependency in a folder is written from the manifest, wherever the command runs, and not locked."""
    write(place.root / "lib", "lib")
    place.ok("install", "../lib")
    assert place.manifest()["dependencies"] == [{"name": "lib", "source": "../lib"}]
    assert not (place.module / "dockwright.lock").exists()
    assert place.ok("list").splitlines()[1].split() == ["lib", "../lib", "-", "python"]


def test_call_and_functions_of_a_reference(place: Place) -> None:
    """A module in git is used without installing it: tag, branch, commit, root and folder."""
    place.next_version()
    for rest, text in {
        "/lint@v1.0.0": "lint 1",
        "/lint": "lint 2",
        f"/lint@{place.first}": "lint 1",
        "@main": "tools",
    }.items():
        assert place.says(place.url + rest) == text
    assert "name" in place.ok("functions", "-m", f"{place.url}/lint@v1.0.0")


def test_offline(place: Place) -> None:
    """What is pinned or locked needs no remote, and a branch that is locked none either."""
    place.ok("install", f"{place.url}/lint@v1.0.0")
    write(place.module, "ci", dependencies=[f"{place.url}/lint@main"])
    place.ok("develop")
    assert place.lock()["git"][0].get("pinned") is None
    shutil.rmtree(place.repository)
    assert place.first[:12] in place.ok("list")
    assert place.says(f"{place.url}/lint@{place.first}") == "lint 1"
    assert "no git repository found" in place.fails("update")


def test_offline_flag(place: Place) -> None:
    """With `--offline` nothing is fetched, and that is said."""
    assert "`--offline` forbids it" in place.fails("install", f"{place.url}/lint@v1.0.0", "--offline")
    place.ok("install", f"{place.url}/lint@v1.0.0")
    assert place.first[:12] in place.ok("list", "--offline")


def test_hosts_by_name(place: Place) -> None:
    """Without a transport https is tried, then ssh, as git is configured; the repository is found in the path."""

    def leading(address: str) -> dict[str, str]:
        served = f"url.file://{place.root}/served/.insteadOf"
        return {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": served, "GIT_CONFIG_VALUE_0": address}

    (place.root / "served" / "acme" / "plain").symlink_to("ci.git")
    for address, reference in {
        "https://github.com/": "github.com/acme/ci.git/lint@v1.0.0",
        "https://git.nosuchhost.invalid/": "git.nosuchhost.invalid/acme/plain/lint@v1.0.0",
        "ssh://git@nosuchhost.invalid/": "nosuchhost.invalid/acme/ci.git/lint#v1.0.0",
        "git@nosuchhost.invalid:": "git@nosuchhost.invalid:acme/ci.git/lint@v1.0.0",
    }.items():
        place.ok("install", reference, env=leading(address))
        written = place.manifest()["dependencies"][0]
        assert written == {"name": "lint", "source": reference.replace("#", "@"), "pin": place.first}
        assert place.lock()["git"][0]["url"].startswith(address)
        place.ok("list")
        place.ok("uninstall", "lint")


def test_develop_writes_the_lock_once(place: Place) -> None:
    """`develop` locks what is not locked, says so, and is silent about it the next time."""
    write(place.module, "ci", dependencies=[{"name": "lint", "source": f"{place.url}/lint@main"}])
    assert "dockwright.lock" in place.ok("develop")
    text = (place.module / "dockwright.lock").read_text()
    place.next_version()
    assert "dockwright.lock" not in place.ok("develop")
    assert (place.module / "dockwright.lock").read_text() == text


def test_the_same_lock_everywhere(place: Place) -> None:
    """Another machine, with another cache, writes the same text."""
    place.ok("install", f"{place.url}/lint@v1.0.0")
    text = place.files()["dockwright.lock"]
    (place.root / "else").mkdir()
    (place.module / "dockwright.lock").unlink()
    place.ok("develop", env=own_directories(place.root / "else"))
    assert place.files()["dockwright.lock"] == text


def test_tampered_lock(place: Place) -> None:
    """Content that the lock does not know is refused, and the way out is told."""
    place.ok("install", f"{place.url}/lint@v1.0.0")
    lock = place.module / "dockwright.lock"
    digest = place.lock()["git"][0]["digest"]
    lock.write_text(lock.read_text().replace(digest, "blake3:" + "0" * 64))
    for command in ["list", "functions"]:
        errors = place.fails(command)
        assert "is not what dockwright.lock says" in errors
        assert "dockwright update" in errors
    place.ok("update")
    assert place.lock()["git"][0]["digest"] == digest


def test_broken_lock(place: Place) -> None:
    """A lock with the marks of a merge is named."""
    place.ok("install", f"{place.url}/lint@v1.0.0")
    lock = place.module / "dockwright.lock"
    lock.write_text("<<<<<<< HEAD\n" + lock.read_text())
    errors = place.fails("list")
    assert "conflicts of a merge" in errors
    assert "dockwright develop" in errors


def broken(place: Place) -> str:
    """Write a module that does not load."""
    write(place.root / "broken", "broken")
    (place.root / "broken" / "dagger" / "src" / "main.py").write_text("def broken(:\n")
    return "../broken"


def circle(place: Place) -> str:
    """Write a module that calls the user's."""
    write(place.root / "back", "back", dependencies=["../ci"])
    return "../back"


def unknown(place: Place) -> str:
    """Write a module in a language that nobody runs here."""
    (write(place.root / "odd", "odd") / "dagger.json").write_text('{"name": "odd", "sdk": "cobol"}')
    return "../odd"


REFUSED: dict[str, tuple[Callable[[Place], str], list[str]]] = {
    "no such folder": (lambda _: "../nope", ["there is no directory", "nope"]),
    "folder without a module": (
        lambda place: f"{place.url}/lint/dagger@main",
        ["there is no dagger.json", "lint/dagger"],
    ),
    "path that is not there": (lambda place: f"{place.url}/nope@main", ["there is no directory `nope`"]),
    "version that is none": (
        lambda place: f"{place.url}/lint@v9",
        ["module version not found", "`lint/v9`", "`v9`", "the newest versions there are: `v1.0.0`"],
    ),
    "branch that is none": (lambda place: f"{place.url}/lint@gone", ["no branch, tag or commit `gone`"]),
    "path that leads out": (lambda place: f"{place.url}/../x", ["its path leads out of the repository"]),
    "no repository": (lambda place: f"file://{place.root}/served/nope.git", ["no git repository found"]),
    "no host": (lambda _: "https://nosuchhost.invalid/acme/ci.git", ["host not found"]),
    "password": (lambda _: "https://me:secret@example.com/acme/ci", ["must not hold a password"]),
    "source that does not load": (broken, ["SyntaxError"]),
    "circle": (circle, ["in a circle: ci → back → ci"]),
    "unknown SDK": (unknown, ["`cobol`"]),
}


@pytest.mark.parametrize(("reference", "messages"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(place: Place, reference: Callable[[Place], str], messages: list[str]) -> None:
    """What cannot be installed is told, and all files are as they were."""
    place.ok("install", f"{place.url}/lint@v1.0.0")
    errors = place.fails("install", reference(place))
    for message in messages:
        assert message in errors
    assert "secret" not in errors


def test_names_that_clash(place: Place) -> None:
    """A name is used once; another name helps."""
    place.ok("install", f"{place.url}/lint@v1.0.0")
    write(place.root / "lint", "lint")
    assert "choose another name with `--name`" in place.fails("install", "../lint")
    place.ok("install", "../lint", "-n", "other")
    assert "the module itself is called `CI`" in place.fails("install", "../lint", "-n", "CI")
    assert "cannot be a dependency under this name" in place.fails("install", "../lint", "-n", "container")
    assert [each["name"] for each in place.manifest()["dependencies"]] == ["lint", "other"]


def test_read_only_module(place: Place, tmp_path: Path) -> None:
    """Where dagger.json cannot be written, nothing changes."""
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("root may write everywhere, and there is no setpriv to take that away")
    before = place.files()
    place.module.chmod(0o555)
    words = ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override"] if os.geteuid() == 0 else []
    command = [*words, str(BINARY), "install", f"{place.url}/lint@v1.0.0"]
    result = subprocess.run(command, cwd=place.module, env=place.env, capture_output=True, text=True, timeout=60)
    place.module.chmod(0o755)
    assert result.returncode == 1, result.stderr
    assert "dagger.json" in result.stderr
    assert place.files() == before


def test_no_git_program(place: Place, tmp_path: Path) -> None:
    """Git is needed for modules in git alone, and named."""
    env = {"PATH": str(tmp_path / "empty")}
    assert "needs the program `git`" in place.fails("install", f"{place.url}/lint@v1.0.0", env=env)
    write(place.root / "lib", "lib")
    place.ok("install", "../lib", env=env)


def test_dependency_of_a_module_in_git(place: Place) -> None:
    """Relative dependencies of a module in git stay in its repository, at its commit."""
    write(place.repository / "lint", "lint", dependencies=["../shared"])
    write(place.repository / "shared", "shared")
    commit(place.repository, "shared")
    place.ok("install", f"{place.url}/lint@main")
    assert len(place.lock()["git"]) == 1
    write(place.repository / "lint", "lint", dependencies=[str(place.root / "ci")])
    commit(place.repository, "outside")
    assert "only paths in its own repository" in place.fails("update")


def test_links_out_of_the_repository(place: Place) -> None:
    """A module in git must not read the user's files through a link."""
    (place.repository / "lint" / "dagger" / "src" / "data.txt").symlink_to("/etc/passwd")
    commit(place.repository, "link")
    assert "data.txt leads out of the repository" in place.fails("install", f"{place.url}/lint@main")


def test_files_of_this_machine(place: Place) -> None:
    """A module from a host must not name repositories of the machine that it runs on."""
    write(place.repository / "lint", "lint", dependencies=[place.url])
    commit(place.repository, "file")
    served = f"url.file://{place.root}/served/.insteadOf"
    env = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": served, "GIT_CONFIG_VALUE_0": "https://github.com/"}
    assert "cannot name files of this machine" in place.fails("install", "github.com/acme/ci.git/lint@main", env=env)


def test_manifest_of_dagger_one(place: Place) -> None:
    """`dagger-module.toml` is read where there is no dagger.json; changing it is left to the user."""
    (place.module / "dagger.json").unlink()
    fields = ['name = "ci"', 'source = "dagger"', 'runtime.source = "python"', "", "[[dependencies]]", 'name = "lint"']
    (place.module / "dagger-module.toml").write_text("\n".join([*fields, f'source = "{place.url}/lint"', ""]))
    place.ok("develop")
    assert place.lock()["git"][0]["commit"] == place.first
    assert "by hand" in place.fails("install", f"{place.url}@main")


# Repositories behind protocols of the network, all on loopback.


@pytest.fixture
def daemon(place: Place) -> Iterator[str]:
    """Serve the repository with `git daemon`; give the address of what is served."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    served = place.root / "served"
    command = [
        "git",
        "daemon",
        "--export-all",
        "--reuseaddr",
        "--listen=127.0.0.1",
        f"--port={port}",
        f"--base-path={served}",
        str(served),
    ]
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    try:
        for _ in range(100):
            if process.poll() is not None:
                pytest.skip(f"git daemon does not run here: {process.stderr.read().decode()}")
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                threading.Event().wait(0.05)
        yield f"git://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def test_git_protocol(place: Place, daemon: str) -> None:
    """`git://`, with the repository found among the parts of the path."""
    place.ok("install", f"{daemon}/acme/ci.git/lint@v1.0.0")
    assert place.manifest()["dependencies"][0]["pin"] == place.first
    place.repository.rename(place.root / "served" / "acme" / "plain")
    assert place.says(f"{daemon}/acme/plain/lint@v1.0.0") == "lint 1"
    assert "no git repository found" in place.fails("install", f"{daemon}/acme/gone.git")


def serve(handler: type[BaseHTTPRequestHandler]) -> tuple[ThreadingHTTPServer, str]:
    """Serve on loopback; give the server and its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}"


def test_plain_files_over_http(place: Place) -> None:
    """A server that knows nothing of git gives whole repositories only; that works too."""
    second = place.next_version()
    bare = place.root / "served" / "bare.git"
    git(place.root, "clone", "--quiet", "--bare", str(place.repository), str(bare))
    git(bare, "update-server-info")

    class Files(SimpleHTTPRequestHandler):
        def __init__(self, *arguments: object, **named: object) -> None:
            super().__init__(*arguments, directory=str(place.root / "served"), **named)  # type: ignore[arg-type]

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server, url = serve(Files)
    try:
        place.ok("install", f"{url}/bare.git/lint@main")
        assert place.manifest()["dependencies"][0]["pin"] == second
        place.ok("install", f"{url}/bare.git/lint@v1.0.0")
        assert place.manifest()["dependencies"][0]["pin"] == place.first
    finally:
        server.shutdown()


STATUS = {
    401: "access denied",
    403: "access denied",
    404: "no git repository found",
    429: "cannot be reached",
    500: "cannot be reached",
}


@pytest.mark.parametrize(("status", "message"), STATUS.items())
def test_http_status(place: Place, status: int, message: str) -> None:
    """What a host answers becomes a message; no password is asked for."""

    class Refusing(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            if status == 401:
                self.send_header("WWW-Authenticate", 'Basic realm="here"')
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server, url = serve(Refusing)
    try:
        assert message in place.fails("install", f"{url}/acme/ci.git@main")
    finally:
        server.shutdown()


def test_cut_connection(place: Place) -> None:
    """A connection that is cut is told, and the next try succeeds: the cache is not spoilt."""
    backend = Path(git(place.root, "--exec-path")) / "git-http-backend"
    if not backend.exists():
        pytest.skip("git has no http-backend here")
    cut = threading.Event()
    cut.set()

    class Backend(BaseHTTPRequestHandler):
        def answer(self) -> None:
            path, _, query = self.path.partition("?")
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            env = {
                **os.environ,
                "GIT_PROJECT_ROOT": str(place.root / "served"),
                "GIT_HTTP_EXPORT_ALL": "1",
                "REQUEST_METHOD": self.command,
                "PATH_INFO": path,
                "QUERY_STRING": query,
                "CONTENT_TYPE": self.headers.get("Content-Type", ""),
                "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
                "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            }
            output = subprocess.run([backend], input=body, env=env, capture_output=True).stdout
            head, _, content = output.partition(b"\r\n\r\n")
            self.send_response(200)
            for line in head.decode().splitlines():
                name, _, value = line.partition(": ")
                if name != "Status":
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            is_pack = self.command == "POST" and b"PACK" in content
            self.wfile.write(content[: len(content) // 2] if cut.is_set() and is_pack else content)
            self.close_connection = True

        do_GET = do_POST = answer

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server, url = serve(Backend)
    try:
        reference = f"{url}/acme/ci.git/lint@v1.0.0"
        assert "cannot be" in place.fails("install", reference)
        cut.clear()
        place.ok("install", reference)
        assert place.manifest()["dependencies"][0]["pin"] == place.first
    finally:
        server.shutdown()


def test_checkouts_are_not_written(place: Place) -> None:
    """Files of a commit are read-only, and using the module adds none."""
    place.says(f"{place.url}/lint@v1.0.0")
    cache = Path(place.env["DOCKWRIGHT_CACHE_DIR"]) / "git" / "checkouts"
    files = [path for path in cache.glob("*/*/files/**/*") if path.is_file()]
    names = {path.relative_to(next(iter(cache.glob("*/*/files")))).as_posix() for path in files}
    tracked = set(git(place.repository, "ls-tree", "-r", "--name-only", place.first).splitlines())
    assert names == tracked
    assert not any(path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) for path in files)
