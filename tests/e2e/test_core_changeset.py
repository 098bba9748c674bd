"""Changesets: what differs between directories, as paths, as a patch, merged and exported."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import QueryError, Session, asserts
from test_core_directory import directory

pytestmark = pytest.mark.usefixtures("docker")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The working directory of the session."""
    return tmp_path_factory.mktemp("changeset")


@pytest.fixture(scope="module")
def session(folder: Path) -> Iterator[Session]:
    """One session for the tests of this file."""
    with Session(folder) as session:
        yield session


BEFORE = {
    "same": "same\n",
    "mod": "one\nold\n",
    "gone/x": "x\n",
    "gone/y/z": "z\n",
    "name": "a\nb\nc\n",
    "size": "12\n",
}
AFTER = {"same": "same\n", "mod": "one\nnew\n", "new/a": "a\n", "empty/": "", "renamed": "a\nb\nc\n", "size": "1\n"}


def changes(session: Session, before: str, after: str) -> str:
    """Give the chain of what changed from one chain to another."""
    return f"{after}.changes(from: {json.dumps(session.get(before + '.id'))})"


@asserts(
    "Directory.changes",
    "Changeset.addedPaths",
    "Changeset.modifiedPaths",
    "Changeset.removedPaths",
    "Changeset.isEmpty",
    "Changeset.before",
    "Changeset.after",
    "Changeset.layer",
    "Changeset.sync",
    "Query.changeset",
)
def test_paths(session: Session) -> None:
    """Paths are told by what happened to them; a removed directory stands for what was in it."""
    chain = changes(session, directory(BEFORE), directory(AFTER))
    assert session.get(f"{chain}.addedPaths") == ["empty/", "new/", "new/a", "renamed"]
    assert session.get(f"{chain}.modifiedPaths") == ["mod", "size"]
    assert session.get(f"{chain}.removedPaths") == ["gone/", "name"]
    assert session.get(f"{chain}.isEmpty") is False
    assert session.get(f"{chain}.before.digest") == session.get(directory(BEFORE) + ".digest")
    assert session.get(f"{chain}.after.digest") == session.get(directory(AFTER) + ".digest")
    assert session.get(f'{chain}.layer.glob(pattern: "**")') == ["empty/", "mod", "new/", "new/a", "renamed", "size"]
    assert session.get(f"{chain}.sync").startswith("Changeset@")
    assert session.get("changeset.isEmpty") is True
    assert session.get("changeset.addedPaths") == []
    # Made anew, by other calls, at another time: equal content is no change.
    again = directory(dict(reversed(BEFORE.items())))
    assert session.get(changes(session, directory(BEFORE), again) + ".isEmpty") is True
    mode = directory({"f": ""}) + '.withNewFile(path: "f", contents: "", permissions: 493)'
    assert session.get(changes(session, directory({"f": ""}), mode) + ".modifiedPaths") == ["f"]


@asserts(
    "Changeset.diffStats",
    "DiffStat.path",
    "DiffStat.oldPath",
    "DiffStat.kind",
    "DiffStat.addedLines",
    "DiffStat.removedLines",
)
def test_diff_stats(session: Session) -> None:
    """Lines are counted by path, and renames are found."""
    stats = session.get(
        changes(session, directory(BEFORE), directory(AFTER))
        + ".diffStats { path oldPath kind addedLines removedLines }"
    )
    shown = [(s["path"], s["oldPath"], s["kind"], s["addedLines"], s["removedLines"]) for s in stats]
    assert shown == [
        ("empty/", None, "ADDED", 0, 0),
        ("gone/", None, "REMOVED", 0, 0),
        ("gone/x", None, "REMOVED", 0, 1),
        ("gone/y/", None, "REMOVED", 0, 0),
        ("gone/y/z", None, "REMOVED", 0, 1),
        ("mod", None, "MODIFIED", 1, 1),
        ("new/", None, "ADDED", 0, 0),
        ("new/a", None, "ADDED", 1, 0),
        ("renamed", "name", "RENAMED", 0, 0),
        ("size", None, "MODIFIED", 1, 1),
    ]


@asserts("Changeset.asPatch")
def test_patch_goes_both_ways(session: Session, tmp_path: Path) -> None:
    """The patch is one that git and withPatch apply, and brings the one directory to the other's files."""
    chain = changes(session, directory(BEFORE), directory({**AFTER, "tab\\tname": "x\n"}))
    patch = session.get(f"{chain}.asPatch.contents")
    for path, contents in BEFORE.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(contents)
    subprocess.run(["git", "apply", "-p1"], cwd=tmp_path, input=patch, check=True, text=True)
    assert (tmp_path / "mod").read_text() == "one\nnew\n" and not (tmp_path / "gone").exists()
    patched = f"{directory(BEFORE)}.withPatch(patch: {json.dumps(patch)})"
    assert session.get(changes(session, f"{chain}.after", patched) + ".modifiedPaths") == []
    assert session.get("changeset.asPatch.contents") == ""


@asserts("Directory.withChanges")
def test_changes_are_made_to_another_directory(session: Session) -> None:
    """What was changed is changed, what was removed is removed, and nothing else is touched."""
    changeset = session.get(changes(session, directory(BEFORE), directory(AFTER)) + ".id")
    other = directory({"own": "own\n", "gone/x": "x\n", "mod": "mine\n", "same": "mine\n"})
    chain = f"{other}.withChanges(changes: $changes)"
    assert session.get(f'{chain}.glob(pattern: "**")', changes=changeset) == [
        "empty/",
        "mod",
        "new/",
        "new/a",
        "own",
        "renamed",
        "same",
        "size",
    ]
    assert session.get(f'{chain}.file(path: "mod").contents', changes=changeset) == "one\nnew\n"
    assert session.get(f'{chain}.file(path: "same").contents', changes=changeset) == "mine\n"
    inner = directory({"sub/gone/x": "x", "gone/x": "x"}) + '.directory(path: "sub").withChanges(changes: $changes)'
    assert "gone/" not in session.get(f"{inner}.entries", changes=changeset)


@asserts("Changeset.export")
def test_changes_are_made_on_the_host(session: Session, folder: Path) -> None:
    """Files of the host are changed and removed; a link is not followed out of the directory."""
    target = folder / "target"
    for path in ("gone/x", "gone/y/z", "name", "mod", "own"):
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_text("host")
    chain = changes(session, directory(BEFORE), directory(AFTER))
    assert session.get(f'{chain}.export(path: "target")') == str(target)
    assert sorted(path.name for path in target.iterdir()) == ["empty", "mod", "new", "own", "renamed", "size"]
    assert (target / "mod").read_text() == "one\nnew\n" and (target / "own").read_text() == "host"
    outside, trap = folder / "outside", folder / "trap"
    outside.mkdir()
    (outside / "x").write_text("keep")
    trap.mkdir()
    (trap / "d").symlink_to(outside)
    removal = changes(session, directory({"d/x": "", "d/y": ""}), directory({"d/y": ""}))
    with pytest.raises(QueryError, match="refused to remove d/x"):
        session.get(f'{removal}.export(path: "trap")')
    assert (outside / "x").exists()


BASE = {"text": "1\n2\n3\n4\n5\n", "other": "x\n", "doomed": "x\n"}


@asserts("Changeset.withChangeset")
def test_merge(session: Session) -> None:
    """Changes go together where they can; where they cannot, `onConflict` decides."""
    base = directory(BASE)

    def change(files: dict[str, str], removed: str = "") -> str:
        after = directory({**BASE, **files})
        if removed:
            after += f".withoutFile(path: {json.dumps(removed)})"
        return changes(session, base, after)

    def merged(ours: str, theirs: str, on_conflict: str, path: str = "text") -> str:
        identity = session.get(f"{theirs}.id")
        chain = f"{ours}.withChangeset(changes: $theirs, onConflict: {on_conflict}).after.file(path: $path).contents"
        return session.get(chain, theirs=identity, path=path)

    first = change({"text": "one\n2\n3\n4\n5\n", "mine": "m\n"})
    last = change({"text": "1\n2\n3\n4\nfive\n", "other": "y\n"}, removed="doomed")
    assert merged(first, last, "FAIL") == "one\n2\n3\n4\nfive\n"
    assert merged(first, last, "FAIL", "mine") == "m\n"
    assert merged(first, last, "FAIL", "other") == "y\n"
    theirs = session.get(f"{last}.id")
    both = f"{first}.withChangeset(changes: $theirs)"
    assert session.get(f"{both}.addedPaths", theirs=theirs) == ["mine"]
    assert session.get(f"{both}.modifiedPaths", theirs=theirs) == ["other", "text"]
    assert session.get(f"{both}.removedPaths", theirs=theirs) == ["doomed"]
    with pytest.raises(QueryError, match=r"text \(modified in both\)"):
        merged(first, last, "FAIL_EARLY")
    clash = change({"text": "ONE\n2\n3\n4\n5\n"})
    with pytest.raises(QueryError, match=r"text \(modified in both\)"):
        merged(first, clash, "FAIL")
    assert merged(first, clash, "PREFER_OURS").startswith("one\n")
    assert merged(first, clash, "PREFER_THEIRS").startswith("ONE\n")
    assert merged(first, clash, "LEAVE_CONFLICT_MARKERS").startswith(
        "<<<<<<< ours\none\n=======\nONE\n>>>>>>> theirs\n2\n"
    )
    modified, removed = change({"doomed": "kept\n"}), change({}, removed="doomed")
    with pytest.raises(QueryError, match=r"doomed \(modified in one, removed in the other\)"):
        merged(modified, removed, "FAIL", "doomed")
    assert merged(modified, removed, "PREFER_OURS", "doomed") == "kept\n"
    assert merged(removed, modified, "LEAVE_CONFLICT_MARKERS", "doomed") == "kept\n"
    with pytest.raises(QueryError, match="doomed"):
        merged(modified, removed, "PREFER_THEIRS", "doomed")


@asserts("Changeset.withChangesets")
def test_merge_of_several(session: Session) -> None:
    """Several are merged in order; any two that clash are told."""
    base = directory(BASE)
    first, second, third = (
        session.get(changes(session, base, directory({**BASE, name: "1\n"})) + ".id") for name in ("a", "b", "c")
    )
    chain = changes(session, base, directory({**BASE, "d": "1\n"}))
    merged = f"{chain}.withChangesets(changes: [$first, $second, $third], onConflict: FAIL_EARLY)"
    assert session.get(f"{merged}.addedPaths", first=first, second=second, third=third) == ["a", "b", "c", "d"]
    clash = session.get(changes(session, base, directory({**BASE, "a": "2\n"})) + ".id")
    with pytest.raises(QueryError, match=r"a \(added in both\)"):
        session.get(f"{chain}.withChangesets(changes: [$first, $clash]).addedPaths", first=first, clash=clash)


def test_a_large_directory_is_not_read_whole(session: Session, folder: Path) -> None:
    """One changed file among 5,000 is found, by facts: the 200 MB of the others are not transferred."""
    units = {"B": 1, "kB": 1_000, "KiB": 1_024, "MB": 1_000_000, "MiB": 1 << 20, "GB": 1_000_000_000, "GiB": 1 << 30}
    already = len(session.progress())
    tree = folder / "large"
    for number in range(5000):
        path = tree / f"d{number % 50}" / str(number)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.truncate(40_000)
    before = 'host.directory(path: "large")'
    after = f'{before}.withNewFile(path: "d7/7", contents: "changed").withoutFile(path: "d8/8")'
    chain = changes(session, before, after)
    assert session.get(f"{chain}.modifiedPaths") == ["d7/7"]
    assert session.get(f"{chain}.removedPaths") == ["d8/8"]
    assert "deleted file mode" in session.get(f"{chain}.asPatch.contents")
    sizes = re.findall(r"exporting to client directory(?: +[\d.]+m?s)? +([\d.]+) (\w+)\b", session.progress()[already:])
    assert sizes, session.progress()[already:]
    assert sum(float(number) * units[unit] for number, unit in sizes) < 10_000_000


def test_awkward_changes(session: Session) -> None:
    """Odd names, another kind under the same name, touched files, links, permissions."""
    names = {
        "[x]*?.txt": "1",
        "!not": "1",
        " blank ": "1",
        "back\\slash": "1",
        'quo"te': "1",
        "tab\tname": "1",
        "täst": "1",
    }
    base = directory({"kind": "1", "old/x": "1", "kept": "1", "x.txt": "1"})
    after = directory({"kind/inner": "2", "old": "2", "kept": "1", "x.txt": "1", **names})
    chain = changes(session, base, after)
    changeset = session.get(f"{chain}.id")
    assert session.get(f"{chain}.addedPaths") == sorted(["kind/", "kind/inner", "old", *names])
    assert session.get(f"{chain}.removedPaths") == ["kind", "old/"]
    applied = f"{base}.withChanges(changes: $changes)"
    assert session.get(f"{applied}.digest", changes=changeset) == session.get(f"{after}.digest")
    only = session.get(f'{chain}.layer.glob(pattern: "**")')
    assert "kept" not in only and "x.txt" not in only and len(only) == len(names) + 3
    patch = session.get(f"{chain}.asPatch.contents")
    assert session.get(f"{base}.withPatch(patch: $patch).digest", patch=patch) == session.get(f"{after}.digest")

    def run(script: str) -> str:
        mounted = session.get(directory({"a": "1234\n", "b": "1\n"}) + ".id")
        command = f'withExec(args: ["sh", "-c", {json.dumps(script)}])'
        return (
            f'container.from(address: "busybox").withMountedDirectory(path: "/d", source: {json.dumps(mounted)})'
            f'.withWorkdir(path: "/d").{command}.directory(path: "/d")'
        )

    touched = changes(session, directory({"a": "1234\n", "b": "1\n"}), run("touch a; cp b c; rm b; mv c b"))
    assert session.get(f"{touched}.isEmpty") is True
    executable = changes(session, run("true"), run("chmod +x a; ln -s a l; mkfifo p"))
    assert session.get(f"{executable}.modifiedPaths") == ["a"]
    assert session.get(f"{executable}.addedPaths") == ["l", "p"]
    assert "new mode 100755" in session.get(f"{executable}.asPatch.contents")
