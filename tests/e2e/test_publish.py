"""Modules in a registry: published in each language, used with no toolchain or network, refused when not genuine."""

import base64
import io
import json
import os
import shutil
import socket
import subprocess
import tarfile
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Run
from registry import MANIFEST, Proxy, Tunnel, digest, fetch, push, put, request, rewrite
from scratch import NO_DOCKER, environment, own_directories, write_module

LANGUAGES = ["python", "typescript", "go"]

User = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def lab() -> str:
    """Give the host of the lab's registry, or skip."""
    host = os.environ.get("DOCKWRIGHT_LAB_REGISTRY")
    if host is None:
        pytest.skip("no registry: run tests/lab/up.sh and take over its variables")
    return host


@pytest.fixture
def proxy(lab: str) -> Iterator[Proxy]:
    """Give a registry that can be watched and stopped."""
    proxy = Proxy(lab)
    yield proxy
    proxy.stop()


@pytest.fixture
def repository() -> str:
    """Give a repository of the test's own."""
    return f"dockwright-test/{uuid.uuid4().hex[:12]}"


@pytest.fixture
def user(dockwright: Run, tmp_path: Path) -> User:
    """Run the binary as someone who has nothing: no programs, no Docker, an empty cache."""
    home = tmp_path / "user"
    home.mkdir()
    empty = home / "bin"
    empty.mkdir()
    env = environment(NO_DOCKER, {"PATH": str(empty)}, own_directories(home))

    def run(*arguments: str, folder: Path = home) -> subprocess.CompletedProcess[str]:
        return dockwright(str(folder), *arguments, env=env)

    return run


def told(result: subprocess.CompletedProcess[str]) -> str:
    """Give the error as one line, without what frames it."""
    return " ".join(result.stderr.replace("│", " ").split())


def publish(dockwright: Run, folder: str | Path, reference: str, *arguments: str) -> str:
    """Publish the module in the folder; give the reference with the digest."""
    result = dockwright(str(folder), "publish", reference, *arguments)
    assert result.returncode == 0, result.stderr
    pinned = result.stdout.strip()
    assert pinned.startswith(f"{reference}@sha256:"), result.stdout
    return pinned


def hello(dockwright: Run, host: str, repository: str, language: str = "python") -> str:
    """Publish one of the modules hello-*; give its reference with the tag."""
    reference = f"oci://{host}/{repository}:1.0"
    publish(dockwright, f"modules/hello-{language}", reference)
    return reference


@pytest.mark.parametrize("language", LANGUAGES)
def test_published_modules_need_no_toolchain(
    dockwright: Run, user: User, lab: str, repository: str, language: str
) -> None:
    """Whoever has nothing but the binary can list and call what was published."""
    if language == "go" and shutil.which("go") is None:
        pytest.skip("there is no `go` on PATH to build modules in Go with")
    reference = hello(dockwright, lab, repository, language)
    listed = user("functions", "-m", reference)
    assert listed.returncode == 0, listed.stderr
    assert [line.split()[0] for line in listed.stdout.splitlines()[1:]] == sorted(
        ["add", "hello", "shout", "statistics", "words"],
        key=[line.split()[0] for line in listed.stdout.splitlines()].index,
    )
    called = user("call", "-m", reference, "hello", "--name=Ada")
    assert (called.returncode, called.stdout) == (0, "Hello, Ada!"), called.stderr
    state = user("call", "-m", reference, "statistics", "--numbers=1,2,3.5", "total")
    assert state.stdout == "6.5", state.stderr
    failed = user("call", "-m", reference, "shout", "--text=hey", "--times=0")
    assert failed.returncode == 1
    assert "times must be at least 1: 0" in failed.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_module_has_the_same_digest(
    dockwright: Run, lab: str, repository: str, language: str, tmp_path: Path
) -> None:
    """Publishing again, from another place and with another cache, gives the same artifact."""
    if language == "go" and shutil.which("go") is None:
        pytest.skip("there is no `go` on PATH to build modules in Go with")
    reference = f"oci://{lab}/{repository}:1.0"
    first = publish(dockwright, f"modules/hello-{language}", reference)
    copy = tmp_path / "copy"
    shutil.copytree(ROOT / f"modules/hello-{language}", copy, ignore=shutil.ignore_patterns("LICENSE"))
    shutil.copy(ROOT / "LICENSE", copy / "LICENSE")
    assert publish(dockwright, copy, reference) == first
    dry = publish(dockwright, f"modules/hello-{language}", f"oci://127.0.0.1:1/{repository}:1.0", "--dry-run")
    assert dry.split("@")[1] == first.split("@")[1]
    changed = publish(dockwright, f"modules/hello-{language}", reference, "--annotation=source=https://git.example/a")
    assert changed != first


def test_listing_fetches_no_code(dockwright: Run, user: User, proxy: Proxy, repository: str) -> None:
    """Functions are known from two small documents; the code comes when it is called, and once."""
    reference = hello(dockwright, proxy.host, repository)
    proxy.requests.clear()
    user("functions", "-m", reference)
    assert proxy.blobs() == 2, proxy.requests
    user("call", "-m", reference, "hello")
    assert proxy.blobs() == 3, proxy.requests
    proxy.requests.clear()
    user("call", "-m", reference, "hello")
    assert proxy.requests == [f"HEAD /v2/{repository}/manifests/1.0"]


def test_without_a_network(dockwright: Run, user: User, proxy: Proxy, repository: str) -> None:
    """What was used once works when the registry is away: by digest, or when the user says so."""
    reference = hello(dockwright, proxy.host, repository)
    pinned = f"{reference}@{digest_of(proxy.host, repository)}"
    assert user("call", "-m", reference, "hello").stdout == "Hello, world!"
    proxy.stop()
    refused = user("call", "-m", reference, "hello")
    assert refused.returncode == 1
    assert "cannot be looked up: the registry 127.0.0.1:" in refused.stderr, refused.stderr
    assert "--offline" in refused.stderr
    assert user("call", "-m", pinned, "hello").stdout == "Hello, world!"
    offline = user("--offline", "call", "-m", reference, "hello")
    assert offline.stdout == "Hello, world!", offline.stderr
    assert "unexpected argument '--offline'" in told(user("call", "-m", pinned, "hello", "--offline"))
    other = user("--offline", "call", "-m", f"oci://{proxy.host}/{repository}:2.0", "hello")
    assert "is not on this machine, and `--offline` forbids to fetch it" in told(other), other.stderr


def digest_of(host: str, repository: str, tag: str = "1.0") -> str:
    """Give the digest that a tag leads to."""
    _, headers, _ = request(host, "HEAD", f"/v2/{repository}/manifests/{tag}", headers={"accept": MANIFEST})
    return headers["docker-content-digest"]


def test_many_at_once(dockwright: Run, user: User, proxy: Proxy, repository: str) -> None:
    """Processes that fetch the same module at the same time do not get in each other's way."""
    reference = hello(dockwright, proxy.host, repository, "typescript")
    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(lambda _: user("call", "-m", reference, "hello"), range(6)))
    assert [result.stdout for result in results] == ["Hello, world!"] * 6, [result.stderr for result in results]


def test_a_changed_layer_is_refused(dockwright: Run, user: User, proxy: Proxy, repository: str) -> None:
    """A byte that changes on the way is noticed, nothing of it is kept, and the next try is a fresh one."""
    reference = hello(dockwright, proxy.host, repository)
    layers = fetch(proxy.host, repository, "1.0")["layers"]
    source = next(layer["digest"] for layer in layers if layer["mediaType"].endswith("tar+zstd"))
    proxy.change = lambda path, content: content[:-1] + bytes([content[-1] ^ 1]) if source in path else content
    refused = user("call", "-m", reference, "hello")
    assert refused.returncode == 1
    assert "is not what its digest says" in told(refused), refused.stderr
    proxy.change = None
    assert user("call", "-m", reference, "hello").stdout == "Hello, world!"


def test_a_registry_that_fails(dockwright: Run, user: User, proxy: Proxy, repository: str, tmp_path: Path) -> None:
    """What passes is waited for, what stays is told, and nothing bad is kept."""
    reference = hello(dockwright, proxy.host, repository)
    calls = ("call", "-m", reference, "hello", "--name=Ada")

    def fail(*faults: dict[str, Any]) -> None:
        left = list(faults)
        proxy.fault = lambda path: left.pop(0) if "/blobs/" in path and left else None

    fail(*[{"status": 500}] * 50)
    refused = user(*calls)
    assert refused.returncode == 1
    assert f"{proxy.host} answers GET" in told(refused) and "500" in told(refused), refused.stderr
    fail(*[{"status": 404}] * 50)
    assert "has no" in told(user(*calls))
    fail(*[{"cut": 0}] * 50)
    assert f"the connection to the registry {proxy.host} ended after 0 of" in told(user(*calls))
    # None of that is remembered; and what happens once does not even show.
    fail({"status": 429, "headers": {"retry-after": "1"}}, {"cut": 100}, {"status": 503})
    started = time.monotonic()
    called = user(*calls)
    assert (called.returncode, called.stdout) == (0, "Hello, Ada!"), called.stderr
    assert time.monotonic() - started > 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_definition_that_is_not_that_of_the_code_is_refused(
    dockwright: Run, user: User, lab: str, repository: str, language: str
) -> None:
    """Someone who may write to the repository cannot make a function look like another one."""
    if language == "go" and shutil.which("go") is None:
        pytest.skip("there is no `go` on PATH to build modules in Go with")
    hello(dockwright, lab, repository, language)

    def renamed(kind: str, document: Any) -> Any:
        return json.loads(json.dumps(document).replace('"shout"', '"whisper"')) if kind == "definition" else document

    rewrite(lab, repository, "1.0", "evil", renamed)
    reference = f"oci://{lab}/{repository}:evil"
    assert "whisper" in user("functions", "-m", reference).stdout
    refused = user("call", "-m", reference, "hello")
    assert refused.returncode == 1
    assert "its code offers something else than its definition says" in told(refused), refused.stderr
    assert "whisper" in refused.stderr


@pytest.mark.parametrize(
    ("version", "words"), [("9.0.0", "update dockwright"), ("0.0.1", "have the module published again")]
)
def test_versions_that_do_not_fit_are_told(
    dockwright: Run, user: User, lab: str, repository: str, version: str, words: str
) -> None:
    """A module for another world is refused before its code is fetched, with what to do."""
    hello(dockwright, lab, repository)

    def other_world(kind: str, document: Any) -> Any:
        if kind == "module":
            document["modules"][0]["requires"]["world"] = version
        return document

    rewrite(lab, repository, "1.0", "other", other_world)
    refused = user("functions", "-m", f"oci://{lab}/{repository}:other")
    assert refused.returncode == 1
    assert f"needs the module world {version}; this version of dockwright has 0.1.0" in told(refused)
    assert words in refused.stderr


def test_paths_that_lead_out_are_refused(dockwright: Run, user: User, lab: str, repository: str) -> None:
    """A layer cannot write anywhere but where it is unpacked."""
    hello(dockwright, lab, repository)
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        member = tarfile.TarInfo("../../../../escaped.py")
        member.size = 1
        tar.addfile(member, io.BytesIO(b"x"))
    zstd = shutil.which("zstd")
    if zstd is None:
        pytest.skip("no zstd program to make the layer with")
    compressed = subprocess.run([zstd, "-c"], input=archive.getvalue(), capture_output=True, check=True).stdout
    written = push(lab, repository, compressed)
    manifest = fetch(lab, repository, "1.0")
    source = next(layer for layer in manifest["layers"] if layer["mediaType"].endswith("tar+zstd"))
    before = source["digest"]
    source.update(written)
    put(lab, repository, "step", manifest)

    def redirected(kind: str, document: Any) -> Any:
        return json.loads(json.dumps(document).replace(before, written["digest"]))

    rewrite(lab, repository, "step", "evil", redirected)
    refused = user("call", "-m", f"oci://{lab}/{repository}:evil", "hello")
    assert refused.returncode == 1
    assert "is none of a file in a module" in told(refused), refused.stderr


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[str, Path]:
    """Give a name of this machine that is not known to be it, and a certificate for that name."""
    name = socket.gethostname()
    try:
        addresses = {str(entry[4][0]) for entry in socket.getaddrinfo(name, None)}
    except OSError:
        addresses = set()
    if name == "localhost" or not addresses or not all(address.startswith("127.") for address in addresses):
        pytest.skip(f"this machine's name `{name}` does not lead to itself alone")
    if (openssl := shutil.which("openssl")) is None:
        pytest.skip("no openssl program to make a certificate with")
    file = tmp_path / "certificate.pem"
    command = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    names = ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"]
    names += ["-addext", "basicConstraints=critical,CA:FALSE"]
    subprocess.run(
        [*command, *names, "-keyout", file, "-out", tmp_path / "public.pem"], check=True, capture_output=True
    )
    file.write_text(file.read_text() + (tmp_path / "public.pem").read_text())
    return name, file


def test_other_machines_are_asked_over_tls(
    dockwright: Run, lab: str, repository: str, tmp_path: Path, certificate: tuple[str, Path]
) -> None:
    """A registry elsewhere needs a trusted certificate, and gets what `docker login` has kept."""
    name, file = certificate
    proxy = Proxy(lab, file, "ada:hunter2")
    reference = f"oci://{name}:{proxy.port}/{repository}:1.0"
    logins = {"auths": {f"{name}:{proxy.port}": {"auth": base64.b64encode(b"ada:hunter2").decode()}}}
    (tmp_path / "docker").mkdir()
    (tmp_path / "docker" / "config.json").write_text(json.dumps(logins))
    trusting = {"SSL_CERT_FILE": str(tmp_path / "public.pem")}
    known = environment(trusting, {"DOCKER_CONFIG": str(tmp_path / "docker")}, own_directories(tmp_path))
    published = dockwright("modules/hello-python", "publish", reference, env=known)
    assert published.returncode == 0, published.stderr
    called = dockwright(str(tmp_path), "call", "-m", reference, "hello", env=known)
    assert called.stdout == "Hello, world!", called.stderr
    stranger = dockwright(str(tmp_path), "functions", "-m", reference, env={**known, "DOCKER_CONFIG": str(tmp_path)})
    assert f"the registry {name}:{proxy.port} does not let you read {repository}" in told(stranger), stranger.stderr
    assert f"docker login {name}:{proxy.port}" in told(stranger)
    distrusting = dockwright(str(tmp_path), "functions", "-m", reference, env={**known, "SSL_CERT_FILE": "/dev/null"})
    assert f"the registry {name}:{proxy.port} cannot be reached" in told(distrusting), distrusting.stderr
    tunnel = Tunnel(("127.0.0.1", proxy.port))
    elsewhere = f"oci://{name}:1/{repository}:1.0"
    through = {**trusting, "HTTPS_PROXY": tunnel.address, "DOCKER_CONFIG": str(tmp_path / "elsewhere")}
    (tmp_path / "elsewhere").mkdir()
    logins["auths"] = {f"{name}:1": logins["auths"][f"{name}:{proxy.port}"]}
    (tmp_path / "elsewhere" / "config.json").write_text(json.dumps(logins))
    tunnelled = dockwright(str(tmp_path), "functions", "-m", elsewhere, env={**known, **through})
    assert "Greet someone." in tunnelled.stdout, tunnelled.stderr
    assert tunnel.requests[0] == f"CONNECT {name}:1 HTTP/1.1"
    directly = dockwright(str(tmp_path), "functions", "-m", elsewhere, env={**known, **through, "NO_PROXY": name})
    assert f"the registry {name}:1 cannot be reached" in told(directly), directly.stderr
    assert "hunter2" not in published.stderr + called.stderr + stranger.stderr
    proxy.stop()


def test_what_is_no_module_is_told(user: User, lab: str) -> None:
    """A container image, a tag that is not there, a registry that is not there."""
    image = user("functions", "-m", f"oci://{lab}/library/alpine:latest")
    assert "this is no module: the registry has a container image there" in told(image), image.stderr
    missing = user("functions", "-m", f"oci://{lab}/library/alpine:nope")
    assert f"the registry {lab} has no library/alpine:nope" in told(missing)
    away = user("functions", "-m", "oci://127.0.0.1:1/acme/lint:1")
    assert "the registry 127.0.0.1:1 cannot be reached" in told(away)
    wrong = user("functions", "-m", "oci://registry.example/Acme")
    assert "should be lower-case letters and digits" in told(wrong)


def test_a_module_that_does_not_load_is_not_published(
    dockwright: Run, lab: str, repository: str, tmp_path: Path
) -> None:
    """The author learns of a mistake, not the users."""
    folder = write_module(tmp_path, "import nonsense\n")
    result = dockwright(str(folder), "publish", f"oci://{lab}/{repository}:1")
    assert result.returncode == 1
    assert "nonsense" in result.stderr
    assert request(lab, "GET", f"/v2/{repository}/tags/list")[0] == 404


ALONE = """
import dagger


@dagger.object_type
class Faults:
    @dagger.function
    def hello(self) -> str:
        return "hi"
"""


def test_files_that_git_ignores_stay_at_home(dockwright: Run, lab: str, repository: str, tmp_path: Path) -> None:
    """Secrets beside the source are not published; a module that needs such a file is not published at all."""
    folder = write_module(tmp_path, ALONE)
    (folder / ".gitignore").write_text("credentials.json\nsettings.py\n")
    (folder / "dagger" / ".env").write_text("TOKEN=hunter2\n")
    (folder / "dagger" / "src" / "credentials.json").write_text("hunter2\n")
    pinned = publish(dockwright, folder, f"oci://{lab}/{repository}:1")
    manifest = fetch(lab, repository, pinned.split("@")[1])
    layer = next(layer for layer in manifest["layers"] if layer["mediaType"].endswith("tar+zstd"))
    _, _, content = request(lab, "GET", f"/v2/{repository}/blobs/{layer['digest']}")
    if (zstd := shutil.which("zstd")) is not None:
        content = subprocess.run([zstd, "-dc"], input=content, capture_output=True, check=True).stdout
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            assert archive.getnames() == ["pyproject.toml", "src/main.py"]
    (folder / "dagger" / "src" / "settings.py").write_text("")
    (folder / "dagger" / "src" / "main.py").write_text("import settings\n" + ALONE)
    result = dockwright(str(folder), "publish", f"oci://{lab}/{repository}:2")
    assert result.returncode == 1
    assert "settings" in result.stderr


def test_inspect(dockwright: Run, user: User, lab: str, repository: str) -> None:
    """A module is shown without fetching its code."""
    reference = hello(dockwright, lab, repository)
    shown = user("inspect", reference)
    assert shown.returncode == 0, shown.stderr
    lines = {line.split("   ")[0].strip(): line for line in shown.stdout.splitlines()}
    assert digest_of(lab, repository) in lines["Digest"]
    assert lines["Version"].endswith("1.0")
    assert lines["Language"].endswith("python")
    assert lines["Signed by"].endswith("nobody")
    assert "Greet someone." in shown.stdout
    assert "Asks for nothing of its caller's machine." in shown.stdout
    asking = user("inspect", str(ROOT / "modules/ci-python"))
    assert "Asks its caller for" in asking.stdout, asking.stdout + asking.stderr


ASKING = """
from typing import Annotated

import dagger


@dagger.object_type
class Faults:
    @dagger.function
    def check(self, token: dagger.Secret, source: Annotated[dagger.Directory, dagger.DefaultPath("/")]) -> str:
        return "checked"
"""

MAIN = """
import dagger
from dagger import dag


@dagger.object_type
class Faults:
    @dagger.function
    async def greet(self, name: str) -> str:
        return "main: " + await dag.hello().hello(name=name)
"""


def depending(folder: Path, source: str) -> Path:
    """Write a module that calls the module at that reference."""
    write_module(folder, MAIN)
    manifest = json.loads((folder / "dagger.json").read_text())
    manifest["dependencies"] = [{"name": "hello", "source": source}]
    (folder / "dagger.json").write_text(json.dumps(manifest))
    return folder


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_artifact_holds_its_dependencies(
    dockwright: Run, user: User, lab: str, repository: str, language: str, tmp_path: Path
) -> None:
    """A module is published with those that it calls; one pull is complete."""
    if language == "go" and shutil.which("go") is None:
        pytest.skip("there is no `go` on PATH to build modules in Go with")
    shutil.copytree(ROOT / f"modules/hello-{language}", tmp_path / "main" / "hello")
    folder = depending(tmp_path / "main", "./hello")
    reference = f"oci://{lab}/{repository}:1"
    publish(dockwright, folder, reference)
    shutil.rmtree(folder)
    called = user("call", "-m", reference, "greet", "--name=Ada")
    assert called.stdout == "main: Hello, Ada!", called.stderr
    shown = user("inspect", reference)
    assert f"{language}" in shown.stdout.split("Modules")[1], shown.stdout


def test_a_locked_tag_stays_where_it_was(
    dockwright: Run, user: User, lab: str, repository: str, tmp_path: Path
) -> None:
    """A tag that moves after it was locked changes nothing until the user updates."""
    reference = hello(dockwright, lab, repository)
    folder = write_module(tmp_path / "main", MAIN)
    installed = dockwright(str(folder), "install", reference)
    assert installed.returncode == 0, installed.stderr
    first = digest_of(lab, repository)
    lock = json.loads((folder / "dockwright.lock").read_text())
    assert lock["oci"] == [{"source": reference, "digest": first}]
    shutil.copytree(ROOT / "modules/hello-python", tmp_path / "hello")
    source = tmp_path / "hello" / "dagger" / "src" / "main.py"
    source.write_text(source.read_text().replace("Hello, ", "Hi, "))
    publish(dockwright, tmp_path / "hello", reference)
    assert digest_of(lab, repository) != first
    for run in (dockwright, lambda _, *arguments: user(*arguments, folder=folder)):
        called = run(str(folder), "call", "greet", "--name=Ada")
        assert called.stdout == "main: Hello, Ada!", called.stderr
    updated = dockwright(str(folder), "update")
    assert updated.returncode == 0, updated.stderr
    called = dockwright(str(folder), "call", "greet", "--name=Ada")
    assert called.stdout == "main: Hi, Ada!", called.stderr


def test_installing_tells_what_a_module_asks_for(dockwright: Run, lab: str, repository: str, tmp_path: Path) -> None:
    """What a dependency wants of its callers is shown before it is used."""
    asking = write_module(tmp_path / "asking", ASKING)
    reference = f"oci://{lab}/{repository}:1"
    publish(dockwright, asking, reference)
    folder = write_module(tmp_path / "main", ALONE)
    installed = dockwright(str(folder), "install", reference, "--name=asking")
    assert installed.returncode == 0, installed.stderr
    for words in ("secrets", "Faults check --token", "files of its context", "Faults check --source (else /)"):
        assert words in installed.stderr, installed.stderr


def test_a_component_alone(dockwright: Run, user: User, lab: str, repository: str) -> None:
    """A module in Go can be published in the form of other tools, and is a module all the same."""
    if shutil.which("go") is None:
        pytest.skip("there is no `go` on PATH to build modules in Go with")
    reference = f"oci://{lab}/{repository}:1.0"
    publish(dockwright, "modules/hello-go", reference, "--only-component")
    manifest = fetch(lab, repository, "1.0")
    assert manifest["config"]["mediaType"] == "application/vnd.wasm.config.v0+json"
    assert [layer["mediaType"] for layer in manifest["layers"]] == ["application/wasm"]
    called = user("call", "-m", reference, "hello", "--name=Ada")
    assert (called.returncode, called.stdout) == (0, "Hello, Ada!"), called.stderr
    refused = dockwright("modules/hello-python", "publish", reference, "--only-component")
    assert "is not one component alone" in told(refused)


def test_dependencies_from_a_registry_are_vendored(
    dockwright: Run, user: User, proxy: Proxy, repository: str, tmp_path: Path
) -> None:
    """A module of the user's calls a published one; vendored, it does so with the registry away and an empty cache."""
    reference = hello(dockwright, proxy.host, repository, "typescript")
    folder = depending(tmp_path / "main", reference)
    called = dockwright(str(folder), "call", "greet", "--name=Ada")
    assert called.stdout == "main: Hello, Ada!", called.stderr
    vendored = dockwright(str(folder), "vendor")
    assert vendored.returncode == 0, vendored.stderr
    assert (folder / "dockwright-vendor" / "oci-layout").is_file()
    layers = fetch(proxy.host, repository, "1.0")["layers"]
    bundle = next(layer["digest"] for layer in layers if ".bundle." in layer["mediaType"]).removeprefix("sha256:")
    proxy.stop()
    called = user("--offline", "call", "greet", "--name=Ada", folder=folder)
    assert called.stdout == "main: Hello, Ada!", called.stderr
    (folder / "dockwright-vendor" / "blobs" / "sha256" / bundle).write_bytes(b"damaged")
    shutil.rmtree(tmp_path / "user" / "cache" / "artifacts")
    refused = user("--offline", "call", "greet", "--name=Ada", folder=folder)
    assert "is not what its digest says" in told(refused), refused.stdout + refused.stderr


def test_other_tools_pull_a_component(dockwright: Run, lab: str, repository: str, tmp_path: Path) -> None:
    """A component that was published alone is what wkg, the tool for packages of components, pulls."""
    for program in ("go", "wkg"):
        if shutil.which(program) is None:
            pytest.skip(f"there is no `{program}` on PATH")
    publish(dockwright, "modules/hello-go", f"oci://{lab}/{repository}:1.0.0", "--only-component")
    command = ["wkg", "oci", "pull", f"--insecure={lab}", f"{lab}/{repository}:1.0.0", "-o", "hello.wasm"]
    pulled = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert pulled.returncode == 0, pulled.stderr
    layer = fetch(lab, repository, "1.0.0")["layers"][0]
    assert digest((tmp_path / "hello.wasm").read_bytes()) == layer["digest"]
