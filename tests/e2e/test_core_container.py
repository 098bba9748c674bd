"""Container: what can be seen of it in commands, images and the host."""

import json
import os
import socket
import subprocess
import tarfile
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import QueryError, Session, asserts
from test_core_directory import directory

pytestmark = pytest.mark.usefixtures("docker")
REGISTRY = os.environ.get("DOCKWRIGHT_LAB_REGISTRY")
BUSYBOX = 'container.from(address: "busybox")'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The working directory of the session."""
    return tmp_path_factory.mktemp("container")


@pytest.fixture(scope="module")
def session(folder: Path) -> Iterator[Session]:
    """One session for the tests of this file."""
    with Session(folder) as session:
        yield session


def sh(script: str, more: str = "") -> str:
    """Give the call that runs a shell script."""
    return f'withExec(args: ["sh", "-c", {json.dumps(script)}]{more})'


@asserts("Container.combinedOutput", "Container.stdout", "Container.stderr", "Container.exitCode")
def test_output(session: Session) -> None:
    """Both streams alone, and together in the order of the writes."""
    script = "echo a; sleep 0.1; echo b >&2; sleep 0.1; echo c; sleep 0.1; echo d >&2; exit 3"
    chain = f"{BUSYBOX}.{sh(script, ', expect: ANY')}"
    assert session.get(f"{chain}.stdout") == "a\nc\n"
    assert session.get(f"{chain}.stderr") == "b\nd\n"
    assert session.get(f"{chain}.combinedOutput") == "a\nb\nc\nd\n"
    assert session.get(f"{chain}.exitCode") == 3
    long = f"{BUSYBOX}.{sh('head -c 300000 /dev/zero | tr 0 x; sleep 0.1; echo end >&2')}"
    assert len(session.get(f"{long}.combinedOutput")) == 300_004


@asserts("Container.withVolatileVariable", "Container.withoutVolatileVariable")
def test_volatile_variables(session: Session, folder: Path) -> None:
    """A command sees the value, and is not run again for another one, in this session or the next."""
    mark = uuid.uuid4().hex
    script = f"echo {mark} $RUN; cat /proc/sys/kernel/random/uuid"

    def run(session: Session, value: str) -> str:
        return session.get(f'{BUSYBOX}.withVolatileVariable(name: "RUN", value: "{value}").{sh(script)}.stdout')

    first = run(session, "1")
    assert first.startswith(f"{mark} 1\n")
    assert run(session, "2") == first
    with Session(folder) as another:
        assert run(another, "3") == first
    other = f'{BUSYBOX}.withVolatileVariable(name: "RUN", value: "4").{sh(script + "; true")}.stdout'
    assert session.get(other).startswith(f"{mark} 4\n")
    without = f'{BUSYBOX}.withVolatileVariable(name: "RUN", value: "5").withoutVolatileVariable(name: "RUN")'
    assert session.get(f"{without}.{sh(script)}.stdout").startswith(f"{mark}\n")
    with pytest.raises(QueryError, match="cannot be used with the volatile variable"):
        session.get(
            f'{BUSYBOX}.withVolatileVariable(name: "V", value: "5").withWorkdir(path: "/$V", expand: true).workdir'
        )


@asserts(
    "Container.withDockerHealthcheck",
    "Container.withoutDockerHealthcheck",
    "Container.dockerHealthcheck",
    "HealthcheckConfig.args",
    "HealthcheckConfig.shell",
    "HealthcheckConfig.interval",
    "HealthcheckConfig.timeout",
    "HealthcheckConfig.startPeriod",
    "HealthcheckConfig.startInterval",
    "HealthcheckConfig.retries",
)
def test_health_check(session: Session, folder: Path) -> None:
    """The check is told again, and is in the image."""
    chain = (
        f'{BUSYBOX}.withDockerHealthcheck(args: ["curl", "-f", "localhost"], interval: "1m30s", timeout: "500ms", '
        'startPeriod: "5s", startInterval: "1s", retries: 4)'
    )
    fields = "dockerHealthcheck { args shell interval timeout startPeriod startInterval retries }"
    assert session.get(f"{chain}.{fields}") == {
        "args": ["curl", "-f", "localhost"],
        "shell": False,
        "interval": "1m30s",
        "timeout": "500ms",
        "startPeriod": "5s",
        "startInterval": "1s",
        "retries": 4,
    }
    config = image_config(session, chain, folder)["config"]["Healthcheck"]
    assert config["Test"] == ["CMD", "curl", "-f", "localhost"]
    assert (config["Interval"], config["Timeout"], config["Retries"]) == (90_000_000_000, 500_000_000, 4)
    shell = f'{BUSYBOX}.withDockerHealthcheck(args: ["exit 0"], shell: true)'
    assert image_config(session, shell, folder)["config"]["Healthcheck"]["Test"] == ["CMD-SHELL", "exit 0"]
    assert session.get(f"{chain}.withoutDockerHealthcheck.dockerHealthcheck") is None
    assert "Healthcheck" not in image_config(session, f"{chain}.withoutDockerHealthcheck", folder)["config"]
    with pytest.raises(QueryError, match="argument `interval`: `soon` is no length of time"):
        session.get(f'{BUSYBOX}.withDockerHealthcheck(args: ["x"], interval: "soon").{fields}')


def image_layout(session: Session, chain: str, folder: Path, arguments: str = "") -> dict[str, bytes]:
    """Export an image and give the files of its layout."""
    name = f"{uuid.uuid4().hex}.tar"
    session.get(f'{chain}.export(path: "{name}"{arguments})')
    with tarfile.open(folder / name) as archive:
        members = [member for member in archive if member.isfile()]
        return {member.name: archive.extractfile(member).read() for member in members}  # type: ignore[union-attr]


def blob(layout: dict[str, bytes], digest: str) -> dict:
    """Give a JSON blob of a layout."""
    return json.loads(layout[f"blobs/{digest.replace(':', '/')}"])


def manifests(layout: dict[str, bytes]) -> list[dict]:
    """Give all manifests of a layout."""
    found, pending = [], [entry["digest"] for entry in json.loads(layout["index.json"])["manifests"]]
    while pending:
        manifest = blob(layout, pending.pop())
        if "manifests" in manifest:
            pending += [entry["digest"] for entry in manifest["manifests"]]
        else:
            found.append(manifest)
    return found


def image_config(session: Session, chain: str, folder: Path) -> dict:
    """Give the configuration of an exported image."""
    layout = image_layout(session, chain, folder)
    (manifest,) = manifests(layout)
    return blob(layout, manifest["config"]["digest"])


@asserts("Container.withAnnotation", "Container.withoutAnnotation", "Container.export")
def test_annotations(session: Session, folder: Path) -> None:
    """Annotations are those of the image's manifest."""
    chain = f'{BUSYBOX}.withAnnotation(name: "org.example.a", value: "1")'
    chain += '.withAnnotation(name: "org.example.b", value: "2").withoutAnnotation(name: "org.example.a")'
    (manifest,) = manifests(image_layout(session, chain, folder))
    assert manifest["annotations"] == {"org.example.b": "2"}


@asserts("Container.platform")
def test_platform_variants(session: Session, folder: Path) -> None:
    """One tarball holds an image for each platform, each with its own files."""
    variants = [
        session.get(f'container(platform: "{platform}").withNewFile(path: "/p", contents: "{platform}").id')
        for platform in ("linux/amd64", "linux/arm64")
    ]
    layout = image_layout(session, "container", folder, f", platformVariants: {json.dumps(variants)}")
    configs = [blob(layout, manifest["config"]["digest"]) for manifest in manifests(layout)]
    assert sorted(config["architecture"] for config in configs) == ["amd64", "arm64"]


@asserts("Container.asTarball", "Container.import")
def test_import(session: Session, folder: Path) -> None:
    """What was exported comes back: files with owners, removals between layers, configuration."""
    made = (
        f"{BUSYBOX}.{sh('mkdir /x; echo 1 > /x/a; echo 2 > /x/b; chown 7:8 /x/a')}"
        f".{sh('rm /x/b; rm -r /home; ln -s a /x/l')}"
        '.withEnvVariable(name: "V", value: "v").withEntrypoint(args: ["/bin/sh"]).withUser(name: "7")'
    )
    tarball = session.get(f"{made}.asTarball.id")
    chain = f"container.import(source: {json.dumps(tarball)})"
    script = "ls /x; stat -c %u:%g /x/a; readlink /x/l; test ! -e /home && echo $V; id -u"
    assert session.get(f"{chain}.{sh(script)}.stdout") == "a\nl\n7:8\na\nv\n7\n"
    assert session.get(f"{chain}.entrypoint") == ["/bin/sh"]
    session.get(f'{made}.export(path: "i.tar")')
    from_host = 'host.file(path: "i.tar").id'
    imported = session.get(from_host)
    assert session.get(f'container.import(source: {json.dumps(imported)}).file(path: "/x/a").contents') == "1\n"
    broken = session.get('file(name: "x.tar", contents: "nonsense").id')
    with pytest.raises(QueryError, match="is no image"):
        session.get(f"container.import(source: {json.dumps(broken)}).rootfs.entries")


@asserts("Container.exportImage", "Host.containerImage")
def test_export_to_docker(session: Session) -> None:
    """Docker has the image under its name afterwards, and it can be had from there."""
    name = f"dockwright-test-{uuid.uuid4().hex}:1"
    session.get(f'{BUSYBOX}.withLabel(name: "l", value: "42").exportImage(name: "{name}")')
    try:
        inspected = subprocess.run(["docker", "image", "inspect", name], capture_output=True, text=True)
        assert inspected.returncode == 0, inspected.stderr
        assert json.loads(inspected.stdout)[0]["Config"]["Labels"]["l"] == "42"
        again = f'host.containerImage(name: "{name}")'
        assert session.get(f'{again}.label(name: "l")') == "42"
        assert session.get(f"{again}.{sh('echo runs')}.stdout") == "runs\n"
        with pytest.raises(QueryError, match="no-such-image-here"):
            session.get('host.containerImage(name: "no-such-image-here:1").rootfs.entries')
    finally:
        subprocess.run(["docker", "image", "rm", name], capture_output=True)


@asserts("Container.experimentalWithAllGPUs", "Container.experimentalWithGPU")
def test_gpus(session: Session) -> None:
    """The engine is asked for the devices; one that has none says so."""
    for call, device in (("experimentalWithAllGPUs", "all"), ('experimentalWithGPU(devices: ["3"])', "3")):
        with pytest.raises(QueryError, match=f"nvidia.com/gpu={device}"):
            session.get(f"{BUSYBOX}.{call}.{sh('true')}.sync")


DOCKERFILE = """\
ARG BASE=busybox
FROM $BASE AS first
ARG GREETING=hello
COPY . /src
RUN --mount=type=secret,id=token cat /run/secrets/token | tr a-z A-Z > /secret; echo $GREETING > /greeting
ENV V=1
FROM first AS second
ENTRYPOINT ["/bin/cat"]
CMD ["/greeting"]
WORKDIR /src
"""


@asserts("Directory.dockerBuild")
def test_docker_build(session: Session, folder: Path) -> None:
    """Arguments, target, secrets, an agent and the ignore file count; the image's configuration is the container's."""
    files = {
        "Dockerfile": DOCKERFILE,
        "other/Dockerfile": "FROM busybox\nRUN echo other > /which\n",
        ".dockerignore": "# comment\n*.log\n/target\n!keep.log\n",
        "a.log": "",
        "keep.log": "",
        "target/x": "",
        "main.c": "",
    }
    secret = session.get('setSecret(name: "token", plaintext: "plain").id')
    source = directory(files)
    build = f'{source}.dockerBuild(buildArgs: [{{name: "GREETING", value: "hi"}}], secrets: [{json.dumps(secret)}])'
    assert session.get(f"{build}.stdout") == "hi\n"
    assert session.get(f"{build}.entrypoint") == ["/bin/cat"]
    assert session.get(f"{build}.workdir") == "/src"
    assert session.get(f'{build}.envVariable(name: "V")') == "1"
    assert session.get(f'{build}.file(path: "/secret").size') == 5
    assert session.get(f'{build}.directory(path: "/src").glob(pattern: "**/*.*")') == [
        ".dockerignore",
        "keep.log",
        "main.c",
    ]
    assert session.get(f"{build}.withEntrypoint(args: []).{sh('cat /secret')}.stdout") == "PLAIN\n".strip()
    first = f'{source}.dockerBuild(target: "first", secrets: [{json.dumps(secret)}])'
    assert session.get(f"{first}.entrypoint") == []
    assert session.get(f'{first}.file(path: "/greeting").contents') == "hello\n"
    assert (
        session.get(f'{source}.dockerBuild(dockerfile: "other/Dockerfile").file(path: "/which").contents') == "other\n"
    )
    with socket.socket(socket.AF_UNIX) as agent:
        agent.bind(str(folder / "agent"))
        agent.listen()
        identity = session.get('host.unixSocket(path: "agent").id')
        connected = directory(
            {"Dockerfile": "FROM busybox\nRUN --mount=type=ssh test -S $SSH_AUTH_SOCK && echo 1 > /ok\n"}
        )
        assert session.get(f'{connected}.dockerBuild(ssh: {json.dumps(identity)}).file(path: "/ok").contents') == "1\n"
    with pytest.raises(QueryError, match="open nope: no such file"):
        session.get(f'{source}.dockerBuild(dockerfile: "nope").stdout')
    with pytest.raises(QueryError, match="exit code: 9"):
        session.get(directory({"Dockerfile": "FROM busybox\nRUN exit 9\n"}) + ".dockerBuild.stdout")


@asserts(
    "Container.withDirectory",
    "Container.withFile",
    "Container.withNewFile",
    "Container.withMountedDirectory",
    "Container.withMountedSecret",
    "Container.withMountedCache",
)
def test_owners_by_name(session: Session) -> None:
    """Names are the container's own, in its files and in what is mounted there."""
    source = session.get(directory({"f": ""}) + ".id")
    secret = session.get('setSecret(name: "s", plaintext: "x").id')
    cache = session.get(f'cacheVolume(key: "{uuid.uuid4().hex}").id')
    chain = (
        f"{BUSYBOX}.{sh('echo me:x:1234:1235::/:/bin/sh >> /etc/passwd; echo us:x:77: >> /etc/group')}"
        '.withDirectory(path: "/a", source: $source, owner: "me:us").withNewFile(path: "/b", contents: "", owner: "me")'
        '.withMountedDirectory(path: "/m", source: $source, owner: "me:us")'
        '.withNewFile(path: "/m/g", contents: "", owner: "me")'
        '.withMountedSecret(path: "/s", source: $secret, owner: "me", mode: 288)'
        '.withMountedCache(path: "/c", cache: $cache, owner: "me:us")'
    )
    script = "stat -c '%n %u:%g' /a/f /b /m/f /m/g /s /c; stat -c %a /s"
    output = session.get(f"{chain}.{sh(script)}.stdout", source=source, secret=secret, cache=cache)
    assert output.splitlines() == [
        "/a/f 1234:77",
        "/b 1234:1235",
        "/m/f 1234:77",
        "/m/g 1234:1235",
        "/s 1234:1235",
        "/c 1234:77",
        "440",
    ]
    with pytest.raises(QueryError, match="knows no `nobody-here`"):
        session.get(
            f'{BUSYBOX}.withMountedDirectory(path: "/m", source: $source, owner: "nobody-here").{sh("true")}.stdout',
            source=source,
        )


@asserts("Container.directory", "Container.file", "Container.exists", "Container.stat")
def test_paths_are_expanded(session: Session) -> None:
    """With `expand`, variables of the container are filled in."""
    chain = f'{BUSYBOX}.withEnvVariable(name: "P", value: "/x").withNewFile(path: "$P/f", contents: "1", expand: true)'
    assert session.get(f'{chain}.file(path: "$P/f", expand: true).contents') == "1"
    assert session.get(f'{chain}.directory(path: "$P", expand: true).entries') == ["f"]
    assert session.get(f'{chain}.exists(path: "$P/f", expand: true)') is True
    assert session.get(f'{chain}.exists(path: "$P/f")') is False
    assert session.get(f'{chain}.stat(path: "/x/f") {{ size }}') == {"size": 1}


@asserts("Container.withoutRegistryAuth", "Container.withRegistryAuth", "Container.publish")
@pytest.mark.skipif(not REGISTRY, reason="no lab registry: run tests/lab/up.sh")
def test_publish_with_annotations(session: Session) -> None:
    """The registry has the image with its annotations; credentials can be taken back."""
    secret = session.get('setSecret(name: "p", plaintext: "word").id')
    address = f"{REGISTRY}/test/core-{uuid.uuid4().hex}:1"
    chain = (
        f'{BUSYBOX}.withRegistryAuth(address: "{REGISTRY}", username: "me", secret: $secret)'
        f'.withoutRegistryAuth(address: "{REGISTRY}").withAnnotation(name: "a.b", value: "1")'
    )
    reference = session.get(f'{chain}.publish(address: "{address}")', secret=secret)
    digest = reference.rsplit("@", 1)[1]
    repository = address.split("/", 1)[1].rsplit(":", 1)[0]
    request = urllib.request.Request(
        f"http://{REGISTRY}/v2/{repository}/manifests/{digest}",
        headers={"Accept": "application/vnd.oci.image.manifest.v1+json"},
    )
    with urllib.request.urlopen(request) as answer:
        assert json.load(answer)["annotations"] == {"a.b": "1"}
