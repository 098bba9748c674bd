"""Directory and File: what can be seen of them in the engine."""

import hashlib
import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import QueryError, Session, asserts

pytestmark = pytest.mark.usefixtures("docker")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The working directory of the session."""
    return tmp_path_factory.mktemp("directory")


@pytest.fixture(scope="module")
def session(folder: Path) -> Iterator[Session]:
    """One session for the tests of this file."""
    with Session(folder) as session:
        yield session


def directory(files: dict[str, str]) -> str:
    """Give the chain of a directory with these files; those that end with `/` are directories."""
    chain = "directory"
    for path, contents in files.items():
        if path.endswith("/"):
            chain += f".withNewDirectory(path: {json.dumps(path)})"
        else:
            chain += f".withNewFile(path: {json.dumps(path)}, contents: {json.dumps(contents)})"
    return chain


def in_busybox(session: Session, chain: str, script: str) -> str:
    """Run a script in busybox with the directory at /d and give its output."""
    source = session.get(f"{chain}.id")
    return session.get(
        'container.from(address: "busybox").withMountedDirectory(path: "/d", source: $source)'
        '.withWorkdir(path: "/d").withExec(args: ["sh", "-c", $script]).stdout',
        source=source,
        script=script,
    )


@asserts("Directory.digest")
def test_directory_digest(session: Session) -> None:
    """The digest says what is in it: not when, nor by which calls."""
    one = session.get(directory({"a": "1", "d/b": "2"}) + ".digest")
    assert one.startswith("sha256:")
    assert session.get(directory({"d/b": "2", "a": "0"}) + '.withNewFile(path: "a", contents: "1").digest') == one
    assert session.get(directory({"a": "1", "d/b": "2"}) + ".withTimestamps(timestamp: 5).digest") == one
    assert session.get(directory({"x/a": "1", "x/d/b": "2"}) + '.directory(path: "x").digest') == one
    for other in ({"a": "1", "d/b": "3"}, {"a": "1", "d/c": "2"}, {"a": "1", "d/b": "2", "e/": ""}):
        assert session.get(directory(other) + ".digest") != one


@asserts("File.digest")
def test_file_digest(session: Session) -> None:
    """Without metadata it is what sha256sum says; with it, permissions count."""
    chain = 'file(name: "f", contents: "hello", permissions: $mode)'
    plain = "sha256:" + hashlib.sha256(b"hello").hexdigest()
    assert session.get(f"{chain}.digest(excludeMetadata: true)", mode=0o644) == plain
    assert session.get(f"{chain}.digest(excludeMetadata: true)", mode=0o755) == plain
    assert session.get(f"{chain}.digest", mode=0o644) != session.get(f"{chain}.digest", mode=0o755)
    assert session.get(f'{chain}.withName(name: "g").digest', mode=0o644) == session.get(f"{chain}.digest", mode=0o644)


@asserts("Directory.withTimestamps", "File.withTimestamps")
def test_timestamps(session: Session) -> None:
    """All that is in it has the time, and nothing else changes."""
    chain = directory({"a": "1", "d/b": "2"}) + ".withTimestamps(timestamp: 1000000000)"
    output = in_busybox(session, chain, "stat -c '%n %Y' a d d/b; cat a d/b")
    assert output == "a 1000000000\nd 1000000000\nd/b 1000000000\n12"
    file = session.get('file(name: "f", contents: "x").withTimestamps(timestamp: 60).id')
    output = in_busybox(
        session, f'directory.withFile(path: "f", source: {json.dumps(file)})', "stat -c '%n %Y' f; cat f"
    )
    assert output == "f 60\nx"
    with pytest.raises(QueryError, match="no time after 1970"):
        session.get(directory({"a": "1"}) + ".withTimestamps(timestamp: -1).entries")


SEARCHED = {
    "src/main.py": "import os\n\ndef main():\n    return os.name\n",
    "src/.hidden.py": "import os\n",
    "build/out.py": "import os\n",
    "README": "Import nothing\n",
    ".gitignore": "build/\n",
}


@asserts(
    "Directory.search",
    "SearchResult.filePath",
    "SearchResult.lineNumber",
    "SearchResult.absoluteOffset",
    "SearchResult.matchedLines",
    "SearchResult.submatches",
    "SearchSubmatch.start",
    "SearchSubmatch.end",
    "SearchSubmatch.text",
)
def test_search(session: Session) -> None:
    """Lines are told with their places; arguments choose files and how to match."""
    chain = directory(SEARCHED)

    def found(arguments: str) -> list[str]:
        results = session.get(f"{chain}.search({arguments}) {{ filePath lineNumber }}")
        return [f"{result['filePath']}:{result['lineNumber']}" for result in results]

    everything = ["build/out.py:1", "src/.hidden.py:1", "src/main.py:1"]
    assert found('pattern: "import"') == everything
    assert found('pattern: "import", insensitive: true') == ["README:1", *everything]
    assert found('pattern: "import", skipHidden: true') == ["build/out.py:1", "src/main.py:1"]
    assert found('pattern: "import", skipIgnored: true') == ["src/.hidden.py:1", "src/main.py:1"]
    assert found('pattern: "import", paths: ["src/main.py"]') == ["src/main.py:1"]
    assert found('pattern: "import", globs: ["src/*"]') == ["src/.hidden.py:1", "src/main.py:1"]
    assert found('pattern: "import", limit: 1') == ["build/out.py:1"]
    assert found('pattern: "main()", literal: true') == ["src/main.py:3"]
    assert found('pattern: "nothing at all"') == []
    assert found('pattern: "def.*name", multiline: true') == []
    assert found('pattern: "def.*name", multiline: true, dotall: true') == ["src/main.py:3"]
    files = session.get(
        f'{chain}.search(pattern: "os", filesOnly: true) {{ filePath matchedLines submatches {{ text }} }}'
    )
    assert [file["filePath"] for file in files] == ["build/out.py", "src/.hidden.py", "src/main.py"]
    assert files[0]["matchedLines"] == "" and files[0]["submatches"] == []
    (line,) = session.get(
        f'{chain}.search(pattern: "os.(name)")'
        " { lineNumber absoluteOffset matchedLines submatches { start end text } }"
    )
    assert line == {
        "lineNumber": 4,
        "absoluteOffset": 23,
        "matchedLines": "    return os.name\n",
        "submatches": [{"start": 11, "end": 18, "text": "os.name"}],
    }
    with pytest.raises(QueryError, match="argument `pattern`"):
        found('pattern: "("')
    with pytest.raises(QueryError, match="leads out of the directory"):
        found('pattern: "x", paths: ["../etc"]')


@asserts("File.search")
def test_search_in_a_file(session: Session) -> None:
    """A file is searched under its name."""
    chain = (
        'file(name: "notes.txt", contents: "one\\ntwo\\n").search(pattern: "t.o") { filePath lineNumber matchedLines }'
    )
    assert session.get(chain) == [{"filePath": "notes.txt", "lineNumber": 2, "matchedLines": "two\n"}]


@asserts("Directory.filter", "Directory.withDirectory", "Directory.glob")
def test_filters(session: Session) -> None:
    """Patterns and .gitignore files choose what is taken."""
    chain = directory(
        {
            "a.txt": "",
            "a.log": "",
            "sub/b.txt": "",
            "sub/keep.log": "",
            "sub/.gitignore": "!keep.log",
            ".gitignore": "*.log",
        }
    )
    everything = '.glob(pattern: "**/*.*")'
    assert session.get(f'{chain}.filter(include: ["**/*.txt"]){everything}') == ["a.txt", "sub/b.txt"]
    assert session.get(f'{chain}.filter(exclude: ["sub"]){everything}') == [".gitignore", "a.log", "a.txt"]
    kept = [".gitignore", "a.txt", "sub/.gitignore", "sub/b.txt", "sub/keep.log"]
    assert session.get(f"{chain}.filter(gitignore: true){everything}") == kept
    source = session.get(f"{chain}.id")
    copied = session.get(
        f'directory.withDirectory(path: "x", source: $source, gitignore: true).directory(path: "x"){everything}',
        source=source,
    )
    assert copied == kept
    both = session.get(
        'directory.withDirectory(path: "/", source: $source, include: ["sub/**"], exclude: ["**/.gitignore"])'
        + everything,
        source=source,
    )
    assert both == ["sub/b.txt", "sub/keep.log"]


@asserts("Directory.directory", "Directory.file", "Directory.exists", "Directory.withNewFile", "Directory.withoutFile")
def test_paths_do_not_leave_the_directory(session: Session) -> None:
    """What is beside a directory is not reached through it; a leading slash is the directory itself."""
    chain = directory({"secret": "1", "d/x": "2"}) + '.directory(path: "d")'
    assert session.get(f'{chain}.file(path: "/x").contents') == "2"
    assert session.get(f'{chain}.file(path: "y/../x").contents') == "2"
    for step in (
        'file(path: "../secret").contents',
        'directory(path: "../..").entries',
        'exists(path: "../secret")',
        'withNewFile(path: "../new", contents: "").entries',
        'withoutFile(path: "../secret").entries',
        'entries(path: "..")',
    ):
        with pytest.raises(QueryError, match="leads out of the directory"):
            session.get(f"{chain}.{step}")


@asserts("Directory.withSymlink", "Directory.stat", "Stat.fileType", "Stat.name", "Stat.permissions", "Stat.size")
def test_links_are_seen_and_followed(session: Session) -> None:
    """A link is followed unless asked not to be; a loop is an error and no hang."""
    chain = (
        directory({"file": "12345"})
        + '.withSymlink(target: "file", linkName: "link").withSymlink(target: "loop", linkName: "loop")'
    )
    followed = session.get(f'{chain}.stat(path: "link") {{ name fileType size permissions }}')
    assert followed["fileType"] == "REGULAR" and followed["size"] == 5 and followed["permissions"] == 0o644
    assert session.get(f'{chain}.stat(path: "link", doNotFollowSymlinks: true) {{ fileType }}') == {
        "fileType": "SYMLINK"
    }
    assert in_busybox(session, chain, "readlink link; cat link") == "file\n12345"
    with pytest.raises(QueryError):
        session.get(f'{chain}.file(path: "loop").contents')


PATCH = """\
--- a/one.txt
+++ b/one.txt
@@ -1,2 +1,2 @@
 first
-second
+changed
--- /dev/null
+++ b/new/two.txt
@@ -0,0 +1 @@
+two
--- a/gone.txt
+++ /dev/null
@@ -1 +0,0 @@
-gone
"""


@asserts("Directory.withPatch", "Directory.withPatchFile")
def test_patches(session: Session) -> None:
    """A patch changes, adds and removes files; one that does not fit, or leads out, changes nothing."""
    chain = directory({"one.txt": "first\nsecond\n", "gone.txt": "gone\n", "kept.txt": "kept\n"})
    patched = f"{chain}.withPatch(patch: {json.dumps(PATCH)})"
    assert session.get(f'{patched}.glob(pattern: "**/*.txt")') == ["kept.txt", "new/two.txt", "one.txt"]
    assert session.get(f'{patched}.file(path: "one.txt").contents') == "first\nchanged\n"
    file = session.get(f'file(name: "p.diff", contents: {json.dumps(PATCH)}).id')
    assert session.get(f"{chain}.withPatchFile(patch: $file).digest", file=file) == session.get(f"{patched}.digest")
    inner = directory({"d/one.txt": "first\nsecond\n", "d/gone.txt": "gone\n"}) + '.directory(path: "d")'
    assert session.get(f"{inner}.withPatch(patch: {json.dumps(PATCH)}).entries") == ["new/", "one.txt"]
    with pytest.raises(QueryError, match="the patch does not apply"):
        session.get(f"{patched}.withPatch(patch: {json.dumps(PATCH)}).entries")
    outside = PATCH.replace("b/new/two.txt", "b/../../two.txt")
    with pytest.raises(QueryError, match="the patch does not apply"):
        session.get(f"{chain}.withPatch(patch: {json.dumps(outside)}).entries")


@asserts("File.export", "Directory.export")
def test_exports(session: Session, folder: Path) -> None:
    """Files come with permissions and links; `wipe` removes what is not in the export."""
    target = folder / "out"
    target.mkdir()
    (target / "other").write_text("other")
    chain = (
        directory({"d/x": "1"})
        + '.withNewFile(path: "run", contents: "#!", permissions: 493).withSymlink(target: "d/x", linkName: "l")'
    )
    assert session.get(f'{chain}.export(path: "out")') == str(target)
    assert (target / "other").exists() and (target / "l").readlink() == Path("d/x")
    assert stat.S_IMODE((target / "run").stat().st_mode) == 0o755
    session.get(f'{chain}.export(path: "out", wipe: true)')
    assert sorted(os.listdir(target)) == ["d", "l", "run"]
    assert session.get(f'{chain}.file(path: "d/x").export(path: "out/")') == str(target / "x")
    assert (target / "x").read_text() == "1"


@asserts("Directory.chown", "File.chown")
def test_owners(session: Session) -> None:
    """Numbers become owners."""
    chain = directory({"a": "", "d/b": ""}) + '.chown(path: "/", owner: "1000:1001")'
    assert in_busybox(session, chain, "stat -c %u:%g a d d/b") == "1000:1001\n" * 3
    file = session.get('file(name: "f", contents: "").chown(owner: "7").id')
    assert in_busybox(session, f'directory.withFile(path: "f", source: {json.dumps(file)})', "stat -c %u f") == "7\n"
