"""Bad input to the core API: what is too large, what leads out, what leads in circles, IDs that are none."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import QueryError, Session

pytestmark = pytest.mark.usefixtures("docker")
BUSYBOX = 'container.from(address: "busybox")'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The working directory of the session."""
    return tmp_path_factory.mktemp("faults") / "work"


@pytest.fixture(scope="module")
def session(folder: Path) -> Iterator[Session]:
    """One session for the tests of this file: none of them may break it for the next."""
    folder.mkdir()
    with Session(folder) as session:
        yield session


def test_a_file_of_one_gigabyte(session: Session, folder: Path) -> None:
    """Its content is no value; its size is, and it can be exported."""
    large = f'{BUSYBOX}.withExec(args: ["truncate", "-s", "1G", "/large"])'
    with pytest.raises(QueryError, match="/large has 1073741824 bytes; the content of a file is given up to 134217728"):
        session.get(f'{large}.file(path: "/large").contents')
    assert session.get(f'{large}.file(path: "/large").size') == 1 << 30
    middle = f'{BUSYBOX}.withExec(args: ["sh", "-c", "yes xxxx | head -c 20000000 > /middle"])'
    assert session.get(f'{middle}.file(path: "/middle").contents') == "xxxx\n" * 4_000_000
    session.get(f'{middle}.file(path: "/middle").export(path: "middle")')
    assert (folder / "middle").stat().st_size == 20_000_000


def test_new_files_that_are_large(session: Session) -> None:
    """Content that a request brings is taken as far as requests go."""
    document = (
        'query($text: String!) { directory { withNewFile(path: "x", contents: $text) { file(path: "x") { size } } } }'
    )
    data = session.query(document, text="y" * 5_000_000)
    assert data["directory"]["withNewFile"]["file"]["size"] == 5_000_000


@pytest.mark.parametrize("path", ["..", "../..", "/../..", "a/../../..", "../../etc"])
def test_paths_that_lead_out(session: Session, path: str) -> None:
    """A path within a directory stays within it."""
    tree = 'directory.withNewFile(path: "a/b", contents: "x")'
    for field in (
        f"{tree}.directory(path: $path).entries",
        f"{tree}.file(path: $path).contents",
        f'{tree}.withNewFile(path: $path, contents: "x").entries',
        f"{tree}.withoutDirectory(path: $path).entries",
    ):
        with pytest.raises(QueryError):
            session.get(field, path=path)
    assert session.get(f"{tree}.entries") == ["a/"]


def test_links_do_not_lead_an_export_out(session: Session, folder: Path) -> None:
    """Links of a tree are written as links, and nothing is written through those that are there already."""
    outside = folder.parent / "outside"
    outside.mkdir()
    tree = f'directory.withSymlink(target: "{outside}", linkName: "link")'
    session.get(f'{tree}.export(path: "out")')
    assert os.readlink(folder / "out" / "link") == str(outside)
    session.get('directory.withNewFile(path: "link/evil", contents: "x").export(path: "out")')
    assert list(outside.iterdir()) == []
    assert (folder / "out" / "link" / "evil").read_text() == "x"
    assert not (folder / "out" / "link").is_symlink()


def test_links_in_circles(session: Session, folder: Path) -> None:
    """Links that lead to each other, and a directory that holds a link to itself, end nothing in a loop."""
    circle = 'directory.withSymlink(target: "b", linkName: "a").withSymlink(target: "a", linkName: "b")'
    assert session.get(f"{circle}.entries") == ["a", "b"]
    with pytest.raises(QueryError):
        session.get(f'{circle}.file(path: "a").contents')
    with pytest.raises(QueryError):
        session.get(f'{circle}.directory(path: "a").entries')
    with pytest.raises(QueryError, match="too many links"):
        session.get(f'{circle}.exists(path: "a")')
    loop = folder / "loop"
    loop.mkdir()
    (loop / "self").symlink_to(".")
    (loop / "x").write_text("x")
    assert session.get('host.directory(path: "loop").glob(pattern: "**")') == ["self", "x"]
    session.get('host.directory(path: "loop").export(path: "loop-out")')
    assert os.readlink(folder / "loop-out" / "self") == "."
    assert session.get('host.directory(path: "loop").search(pattern: "x") { filePath }') == [{"filePath": "x"}]


def test_identities_that_are_none(session: Session) -> None:
    """An unknown ID, one that was changed, and one of another type are refused by name, also as an argument."""
    identity = session.get('directory.withNewFile(path: "a", contents: "1").id')
    changed = identity[:-1] + ("0" if identity[-1] != "0" else "1")
    for unknown in (changed, "", "Directory@", "💥"):
        with pytest.raises(QueryError):
            session.get('directory.withDirectory(path: "x", source: $id).entries', id=unknown)
    with pytest.raises(QueryError, match="no object has the ID"):
        session.get("loadDirectoryFromID(id: $id).entries", id=changed)
    with pytest.raises(QueryError, match="is a Directory, but a Secret is needed"):
        session.get(f'{BUSYBOX}.withSecretVariable(name: "X", secret: $id).sync', id=identity)
    with pytest.raises(QueryError, match="is a Directory, but a File is needed"):
        session.get("loadFileFromID(id: $id).contents", id=identity)
    assert session.get("loadDirectoryFromID(id: $id).entries", id=identity) == ["a"]
