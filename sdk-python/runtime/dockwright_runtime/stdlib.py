"""The rest of the standard library, compiled and kept in memory: no folder of it exists at run time."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import marshal
import os
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import CodeType, ModuleType

# `ssl` is replaced; the others are for developing Python, or need what a module has not.
_LEFT_OUT = frozenset(
    {
        "__phello__", "__pycache__", "ensurepip", "idlelib", "lib-dynload", "lib2to3", "pydoc_data", "site-packages",
        "ssl", "test", "tkinter", "turtle", "turtledemo", "venv",
    }
)  # fmt: skip


class _Entry(NamedTuple):
    is_package: bool
    path: str
    code: bytes


class BundleFinder(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Finds and loads the modules that were bundled when the component was built."""

    def __init__(self) -> None:
        self._entries: dict[str, _Entry] = {}

    def add(self, root: str) -> None:
        """Compiles every module below the folder."""
        for name, is_package, path in _modules(root):
            with open(path, "rb") as file:
                source = file.read()
            try:
                code = compile(source, path, "exec", dont_inherit=True, optimize=0)
            except SyntaxError:
                # Some files of the library are templates.
                continue
            self._entries[name] = _Entry(is_package, path, marshal.dumps(code))

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> importlib.machinery.ModuleSpec | None:
        """Where the module is, if it is bundled."""
        entry = self._entries.get(fullname)
        if entry is None:
            return None
        spec = importlib.machinery.ModuleSpec(fullname, self, origin=entry.path, is_package=entry.is_package)
        spec.has_location = True
        return spec

    def is_package(self, fullname: str) -> bool:
        """Whether it holds other modules."""
        return self._entries[fullname].is_package

    def get_code(self, fullname: str) -> CodeType:
        """Its code."""
        return marshal.loads(self._entries[fullname].code)  # noqa: S302  (our own bytes)

    def get_source(self, fullname: str) -> None:
        """Its source is not kept."""

    def __len__(self) -> int:
        return len(self._entries)


def install(roots: Iterable[str]) -> BundleFinder:
    """Bundles the folders; the finder is asked after all others."""
    finder = BundleFinder()
    for root in roots:
        if os.path.isdir(root):
            finder.add(root)
    sys.meta_path.append(finder)
    return finder


def _modules(root: str) -> Iterator[tuple[str, bool, str]]:
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(each for each in folders if each not in _LEFT_OUT and not each.startswith("config-"))
        relative = os.path.relpath(folder, root)
        package = [] if relative == os.curdir else relative.split(os.sep)
        for file in sorted(files):
            stem, extension = os.path.splitext(file)
            if extension != ".py" or (not package and stem in _LEFT_OUT):
                continue
            parts = package if stem == "__init__" else [*package, stem]
            if parts:
                yield ".".join(parts), stem == "__init__", os.path.join(folder, file)
