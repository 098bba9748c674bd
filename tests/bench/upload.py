"""A large directory taken in: first, unchanged, and with one file changed, against `buildctl build --local`."""

import os
import secrets
import tempfile
from pathlib import Path

import llb
from engine import Engine
from process import Command, Samples, alternate
from table import Row, compared

MODULE = Path(__file__).resolve().parent / "module"
FOLDERS, FILES, SIZE = 50, 100, 40_000
CHANGING = "folder-49/file-99.txt"


class Tree:
    """5,000 files of 40 kB, each run of the bench with bytes that no engine has seen."""

    def __init__(self, root: Path) -> None:
        """Write the files."""
        self.root = root
        for folder in range(FOLDERS):
            path = root / f"folder-{folder}"
            path.mkdir(parents=True)
            for file in range(FILES):
                (path / f"file-{file}.txt").write_bytes(os.urandom(SIZE))
        self.content = ""
        self.change()

    def change(self) -> None:
        """Rewrite one file, at the same length."""
        self.content = secrets.token_hex(SIZE // 2)
        (self.root / CHANGING).write_text(self.content)

    def product(self) -> Command:
        """Hand the tree to a function that returns the file that changes."""
        arguments = ["dockwright", "call", "read", f"--source={self.root}", f"--path={CHANGING}"]
        return Command(arguments, MODULE, expect=self.content)


def rows(engine: Engine, times: int) -> list[Row]:
    """`times` trees are uploaded; for each, the rest is measured three times."""
    first, unchanged, changed = ([Samples([]), Samples([])] for _ in range(3))
    for turn in range(times):
        with tempfile.TemporaryDirectory(prefix="dockwright-bench-") as folder:
            tree = Tree(Path(folder) / "tree")
            definition = llb.definition(llb.source("local://tree"))

            def buildctl(definition: bytes = definition, tree: Tree = tree) -> Command:
                return engine.build(definition, tree=tree.root)

            sides = (tree.product, buildctl)
            order = slice(None, None, -1 if turn % 2 else 1)
            for sample, side in zip(first[order], alternate(1, *sides[order]), strict=True):
                sample.runs += side.runs
            for sample, side in zip(unchanged, alternate(3, *sides), strict=True):
                sample.runs += side.runs
            for sample, side in zip(changed, alternate(3, *sides, before=tree.change), strict=True):
                sample.runs += side.runs
    return [
        compared(f"{FOLDERS * FILES} files, 200 MB: {name}", *sides, "buildctl --local", bound)
        for name, sides, bound in (("first", first, 1.0), ("unchanged", unchanged, 0.5), ("one changed", changed, 0.5))
    ]
