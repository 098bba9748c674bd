"""The everyday fields of Container, Directory and File, each seen from a command, an image or another field."""

import json
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import QueryError, Session, asserts
from test_core_container import BUSYBOX, image_config, sh
from test_core_directory import directory, in_busybox

pytestmark = pytest.mark.usefixtures("docker")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The working directory of the session."""
    return tmp_path_factory.mktemp("basics")


@pytest.fixture(scope="module")
def session(folder: Path) -> Iterator[Session]:
    """One session for the tests of this file."""
    with Session(folder) as session:
        yield session


@asserts(
    "Query.container",
    "Container.from",
    "Container.imageRef",
    "Container.rootfs",
    "Query.defaultPlatform",
    "Container.sync",
)
def test_images(session: Session) -> None:
    """An image is pinned by digest, and its files are there."""
    reference = session.get(f"{BUSYBOX}.imageRef")
    assert reference.startswith("docker.io/library/busybox:latest@sha256:")
    assert session.get(f'container.from(address: "{reference}").imageRef') == reference
    assert "bin/" in session.get(f"{BUSYBOX}.rootfs.entries")
    assert session.get(f"{BUSYBOX}.platform") == session.get("defaultPlatform")
    assert session.get(f"{BUSYBOX}.sync").startswith("Container@")
    with pytest.raises(QueryError, match="no-such-image"):
        session.get('container.from(address: "no-such-image").sync')
    with pytest.raises(QueryError, match="the container comes from no image"):
        session.get("container.imageRef")


@asserts("Container.withExec")
def test_exec(session: Session) -> None:
    """Arguments, standard input, redirections, expected failure and entry point."""
    failing = sh("exit 4")
    with pytest.raises(QueryError, match="exit code: 4") as caught:
        session.get(f"{BUSYBOX}.{sh('echo out; echo err >&2; exit 4')}.stdout")
    assert caught.value.extensions == {
        "_type": "EXEC_ERROR",
        "cmd": ["sh", "-c", "echo out; echo err >&2; exit 4"],
        "exitCode": 4,
        "stdout": "out",
        "stderr": "err",
    }
    assert session.get(f"{BUSYBOX}.{failing[:-1]}, expect: FAILURE).exitCode") == 4
    with pytest.raises(QueryError):
        session.get(f"{BUSYBOX}.{sh('true', ', expect: FAILURE')}.sync")
    assert session.get(f'{BUSYBOX}.withExec(args: ["cat"], stdin: "hello").stdout') == "hello"
    redirected = f"{BUSYBOX}.{sh('echo o; echo e >&2', ', redirectStdout: $out, redirectStderr: $err')}".replace(
        "$out", '"/o"'
    ).replace("$err", '"/e"')
    assert session.get(f'{redirected}.file(path: "/o").contents') == "o\n"
    assert session.get(f'{redirected}.file(path: "/e").contents') == "e\n"
    assert session.get(f'{redirected}.withExec(args: ["cat"], redirectStdin: "/o").stdout') == "o\n"
    entry = f'{BUSYBOX}.withEntrypoint(args: ["echo", "-n"]).withExec(args: ["x"], useEntrypoint: true).stdout'
    assert session.get(entry) == "x"
    expanded = f'{BUSYBOX}.withEnvVariable(name: "V", value: "v").withExec(args: ["echo", "$V"], expand: true).stdout'
    assert session.get(expanded) == "v\n"


@asserts(
    "Container.withEntrypoint",
    "Container.withoutEntrypoint",
    "Container.entrypoint",
    "Container.withDefaultArgs",
    "Container.withoutDefaultArgs",
    "Container.defaultArgs",
)
def test_default_command(session: Session, folder: Path) -> None:
    """Entry point and arguments are in the image and are what runs without a command."""
    chain = f'{BUSYBOX}.withEntrypoint(args: ["echo"]).withDefaultArgs(args: ["a", "b"])'
    config = image_config(session, chain, folder)["config"]
    assert config["Entrypoint"] == session.get(f"{chain}.entrypoint") == ["echo"]
    assert config["Cmd"] == session.get(f"{chain}.defaultArgs") == ["a", "b"]
    assert session.get(f"{chain}.stdout") == "a b\n"
    assert session.get(f'{chain}.withEntrypoint(args: ["cat"]).defaultArgs') == []
    assert session.get(f'{chain}.withEntrypoint(args: ["cat"], keepDefaultArgs: true).defaultArgs') == ["a", "b"]
    assert session.get(f"{chain}.withoutEntrypoint(keepDefaultArgs: true).entrypoint") == []
    config = image_config(session, f"{chain}.withoutEntrypoint.withoutDefaultArgs", folder)["config"]
    assert "Entrypoint" not in config and "Cmd" not in config


@asserts(
    "Container.withUser",
    "Container.withoutUser",
    "Container.user",
    "Container.withWorkdir",
    "Container.withoutWorkdir",
    "Container.workdir",
)
def test_user_and_workdir(session: Session) -> None:
    """Commands run as the user and in the directory."""
    chain = f'{BUSYBOX}.withUser(name: "7:8").withWorkdir(path: "/tmp").withWorkdir(path: "x")'
    assert session.get(f"{chain}.{sh('id -u; id -g; pwd')}.stdout") == "7\n8\n/tmp/x\n"
    assert session.get(f"{chain}.user") == "7:8" and session.get(f"{chain}.workdir") == "/tmp/x"
    assert session.get(f"{chain}.withoutUser.withoutWorkdir.{sh('id -u; pwd')}.stdout") == "0\n/\n"


@asserts(
    "Container.withEnvVariable",
    "Container.withoutEnvVariable",
    "Container.envVariable",
    "Container.envVariables",
    "Container.withSecretVariable",
    "Container.withoutSecretVariable",
    "Query.setSecret",
    "Secret.name",
    "Secret.plaintext",
)
def test_variables(session: Session, folder: Path) -> None:
    """Commands see variables; secrets are in no image and are not printed."""
    chain = (
        f'{BUSYBOX}.withEnvVariable(name: "A", value: "1").withEnvVariable(name: "B", value: "${{A}}2", expand: true)'
    )
    assert session.get(f"{chain}.{sh('echo $A $B')}.stdout") == "1 12\n"
    assert session.get(f'{chain}.envVariable(name: "B")') == "12"
    assert {"name": "A", "value": "1"} in session.get(f"{chain}.envVariables {{ name value }}")
    assert session.get(f'{chain}.withoutEnvVariable(name: "A").{sh("echo $A $B")}.stdout') == "12\n"
    assert session.get(f'{chain}.envVariable(name: "NOPE")') is None
    plain = uuid.uuid4().hex
    secret = session.get(f'setSecret(name: "s", plaintext: "{plain}").id')
    hidden = f'{chain}.withSecretVariable(name: "S", secret: {json.dumps(secret)})'
    assert session.get(f"{hidden}.{sh('echo $S | tr a-f A-F')}.stdout") == plain.upper() + "\n"
    assert plain not in session.get(f"{hidden}.{sh('echo $S')}.stdout")
    assert plain not in json.dumps(image_config(session, hidden, folder))
    assert session.get(f'{hidden}.withoutSecretVariable(name: "S").{sh("echo x$S")}.stdout') == "x\n"
    node = session.query("query($id: ID!) { node(id: $id) { ... on Secret { name plaintext } } }", id=secret)
    assert node == {"node": {"name": "s", "plaintext": plain}}


@asserts(
    "Container.withLabel",
    "Container.withoutLabel",
    "Container.label",
    "Container.labels",
    "Label.name",
    "Label.value",
    "Container.withExposedPort",
    "Container.withoutExposedPort",
    "Container.exposedPorts",
    "Port.port",
    "Port.protocol",
    "Port.description",
    "Port.experimentalSkipHealthcheck",
)
def test_labels_and_ports(session: Session, folder: Path) -> None:
    """They are in the image and are told again."""
    chain = f'{BUSYBOX}.withLabel(name: "a", value: "1").withLabel(name: "b", value: "2").withoutLabel(name: "a")'
    chain += '.withExposedPort(port: 80, description: "web", experimentalSkipHealthcheck: true)'
    chain += ".withExposedPort(port: 53, protocol: UDP)"
    chain += ".withExposedPort(port: 81).withoutExposedPort(port: 81)"
    config = image_config(session, chain, folder)["config"]
    assert config["Labels"]["b"] == "2" and "a" not in config["Labels"]
    assert sorted(config["ExposedPorts"]) == ["53/udp", "80/tcp"]
    labels = session.get(f"{chain}.labels {{ name value }}")
    assert {label["name"]: label["value"] for label in labels} == config["Labels"]
    assert session.get(f'{chain}.label(name: "b")') == "2" and session.get(f'{chain}.label(name: "a")') is None
    ports = session.get(f"{chain}.exposedPorts {{ port protocol description experimentalSkipHealthcheck }}")
    assert sorted(ports, key=lambda port: port["port"]) == [
        {"port": 53, "protocol": "UDP", "description": None, "experimentalSkipHealthcheck": False},
        {"port": 80, "protocol": "TCP", "description": "web", "experimentalSkipHealthcheck": True},
    ]
    with pytest.raises(QueryError, match="70000 is no port"):
        session.get(f"{BUSYBOX}.withExposedPort(port: 70000).sync")


@asserts(
    "Container.withMountedFile",
    "Container.withMountedTemp",
    "Container.withoutMount",
    "Container.mounts",
    "Query.cacheVolume",
)
def test_mounts(session: Session) -> None:
    """Commands see mounts, images do not; a cache is kept, memory is not."""
    file = session.get('file(name: "f", contents: "1").id')
    key = uuid.uuid4().hex
    cache = session.get(f'cacheVolume(key: "{key}").id')
    chain = f'{BUSYBOX}.withMountedFile(path: "/f", source: $file).withMountedTemp(path: "/t")'
    chain += '.withMountedCache(path: "/c", cache: $cache)'
    assert session.get(f"{chain}.mounts", file=file, cache=cache) == ["/f", "/t", "/c"]
    script = sh("cat /f; touch /t/x /c/x; ls /t /c; grep -c ' /t tmpfs' /proc/mounts")
    assert session.get(f"{chain}.{script}.stdout", file=file, cache=cache) == "1/c:\nx\n\n/t:\nx\n1\n"
    again = sh("ls /t /c")
    assert session.get(f"{chain}.{script}.{again}.stdout", file=file, cache=cache) == "/c:\nx\n\n/t:\n"
    without = f'{chain}.{script}.withoutMount(path: "/f").{sh("test ! -e /f && echo gone")}.stdout'
    assert session.get(without, file=file, cache=cache) == "gone\n"


@asserts(
    "Container.withRootfs",
    "Container.withFiles",
    "Container.withoutFile",
    "Container.withoutFiles",
    "Container.withoutDirectory",
    "Container.withSymlink",
)
def test_files_of_a_container(session: Session) -> None:
    """Files come and go, also below a mounted directory."""
    one, two = (session.get(f'file(name: "{name}", contents: "{name}").id') for name in "ab")
    chain = f'{BUSYBOX}.withFiles(path: "/x", sources: [$one, $two], permissions: 384)'
    chain += '.withSymlink(target: "a", linkName: "/x/l")'
    assert (
        session.get(f"{chain}.{sh('cd /x; cat a b l; stat -c %a a; readlink l')}.stdout", one=one, two=two)
        == "aba600\na\n"
    )
    assert session.get(f'{chain}.withoutFile(path: "/x/a").directory(path: "/x").entries', one=one, two=two) == [
        "b",
        "l",
    ]
    assert session.get(
        f'{chain}.withoutFiles(paths: ["/x/a", "/x/b"]).directory(path: "/x").entries', one=one, two=two
    ) == ["l"]
    assert session.get(f'{chain}.withoutDirectory(path: "/x").exists(path: "/x")', one=one, two=two) is False
    root = session.get(f"{BUSYBOX}.{sh('echo 1 > /mark')}.rootfs.id")
    assert session.get(f"container.withRootfs(directory: {json.dumps(root)}).{sh('cat /mark')}.stdout") == "1\n"
    mounted = session.get(directory({"f": "1", "g": "2"}) + ".id")
    below = f'{BUSYBOX}.withMountedDirectory(path: "/m", source: $source).withoutFile(path: "/m/f")'
    below += f".{sh('echo 3 > /m/h; ls /m')}"
    assert session.get(f"{below}.stdout", source=mounted) == "g\nh\n"
    assert session.get(f'{below}.directory(path: "/m").entries', source=mounted) == ["g", "h"]


@asserts("Container.withError", "Directory.withError")
def test_errors_on_purpose(session: Session) -> None:
    """The error is what evaluates to."""
    for chain in (f'{BUSYBOX}.withError(err: "on purpose").stdout', 'directory.withError(err: "on purpose").entries'):
        with pytest.raises(QueryError, match="on purpose"):
            session.get(chain)


@asserts(
    "Query.directory",
    "Directory.entries",
    "Directory.withFile",
    "Directory.withFiles",
    "Directory.withNewDirectory",
    "Directory.withoutDirectory",
    "Directory.withoutFiles",
    "Directory.diff",
    "Directory.findUp",
    "Directory.name",
    "Directory.sync",
)
def test_directories(session: Session) -> None:
    """What goes in is there, what goes out is not."""
    assert session.get("directory.entries") == []
    file = session.get('file(name: "f", contents: "1", permissions: 493).id')
    chain = directory({"a/b/c": "1", "a/d": "2"}) + '.withFile(path: "x/y", source: $file)'
    chain += '.withFiles(path: "z/", sources: [$file], permissions: 384)'
    assert session.get(f"{chain}.entries", file=file) == ["a/", "x/", "z/"]
    made = session.get(f'{chain}.withNewDirectory(path: "n/m", permissions: 448).id', file=file)
    node = f'directory.withDirectory(path: "/", source: {json.dumps(made)})'
    assert in_busybox(session, node, "stat -c '%n %a' x/y z/f n/m") == "x/y 755\nz/f 600\nn/m 700\n"
    assert session.get(f'{chain}.withoutDirectory(path: "a").entries', file=file) == ["x/", "z/"]
    assert session.get(f'{chain}.withoutFiles(paths: ["a/d", "x/y"]).glob(pattern: "**")', file=file) == [
        "a/",
        "a/b/",
        "a/b/c",
        "x/",
        "z/",
        "z/f",
    ]
    other = session.get(directory({"a/b/c": "1", "a/d": "3", "new": ""}) + ".id")
    assert (
        session.get(f'{directory({"a/b/c": "1", "a/d": "2"})}.diff(other: $other).exists(path: "new")', other=other)
        is True
    )
    assert session.get(f'{chain}.findUp(name: "d", start: "a/b")', file=file) == "a/d"
    assert session.get(f'{chain}.findUp(name: "nope", start: "a/b")', file=file) is None
    assert session.get(f'{chain}.directory(path: "a/b").name', file=file).rstrip("/") == "b"
    assert session.get(f"{chain}.sync", file=file).startswith("Directory@")
    with pytest.raises(QueryError):
        session.get(f'{chain}.directory(path: "nope").sync', file=file)


@asserts(
    "Query.file",
    "File.contents",
    "File.name",
    "File.size",
    "File.stat",
    "File.sync",
    "File.withName",
    "File.withReplaced",
)
def test_files(session: Session) -> None:
    """Content, lines of it, facts and replacements."""
    chain = 'file(name: "f.txt", contents: "one\\ntwo\\ntwo\\n", permissions: 416)'
    assert session.get(f"{chain}.contents") == "one\ntwo\ntwo\n"
    assert session.get(f"{chain}.contents(offsetLines: 1, limitLines: 1)") == "two\n"
    assert session.get(f"{chain}.size") == 12 and session.get(f"{chain}.name") == "f.txt"
    stat = session.get(f"{chain}.stat {{ name size permissions fileType }}")
    assert stat == {"name": "f.txt", "size": 12, "permissions": 0o640, "fileType": "REGULAR"}
    renamed = session.get(f'{chain}.withName(name: "g").id')
    assert session.get(f'directory.withFiles(path: "/", sources: [{json.dumps(renamed)}]).entries') == ["g"]
    assert session.get(f'{chain}.withReplaced(search: "one", replacement: "1").contents') == "1\ntwo\ntwo\n"
    assert session.get(f'{chain}.withReplaced(search: "two", replacement: "2", all: true).contents') == "one\n2\n2\n"
    assert (
        session.get(f'{chain}.withReplaced(search: "two", replacement: "2", firstFrom: 3).contents') == "one\ntwo\n2\n"
    )
    assert session.get(f'{chain}.withReplaced(search: "one", replacement: "1").stat {{ permissions }}') == {
        "permissions": 0o640
    }
    with pytest.raises(QueryError, match="`two` occurs 2 times"):
        session.get(f'{chain}.withReplaced(search: "two", replacement: "2").contents')
    assert session.get(f"{chain}.sync").startswith("File@")
    with pytest.raises(QueryError):
        session.get(directory({"d/x": ""}) + '.file(path: "d").sync')


@asserts("Query.node", "Query.version")
def test_query(session: Session) -> None:
    """IDs are good in the session that made them, and are refused elsewhere."""
    identity = session.get(directory({"a": "1"}) + ".id")
    assert session.query("query($id: ID!) { node(id: $id) { ... on Directory { entries } } }", id=identity) == {
        "node": {"entries": ["a"]}
    }
    assert session.get("version").startswith("v0.")
    with pytest.raises(QueryError):
        session.query('{ node(id: "nonsense") { id } }')
    with pytest.raises(QueryError, match="Container is needed"):
        session.get(f"loadContainerFromID(id: {json.dumps(identity)}).stdout")
