"""Finds and imports the module's code."""

from __future__ import annotations

import functools
import importlib
import importlib.machinery
import os
import sys
import tomllib
from typing import TYPE_CHECKING, Any, NamedTuple

import dagger
from dagger.client import bindings
from dagger.mod.describe import select_main
from dagger.mod.errors import ModuleLoadError
from dockwright_runtime import paths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dagger.mod.objects import ObjectType

_ROOTS = (f"{paths.SOURCE}/src", paths.SOURCE)
_DEFAULT = "main"
_GENERATED = "dagger_dependencies"
"""Package in the folder of bindings: one file for each dependency."""


class EntryPoint(NamedTuple):
    """Where the main object is: a package, and a class in it when the manifest names one."""

    package: str
    cls: str = ""


def prepare() -> None:
    """Makes imports look where the host will mount things.

    For the snapshot: to forget the folders of the build touches so much of the heap that no call should do it.
    """
    sys.path[:] = paths.SEARCH
    sys.path_importer_cache.clear()


@functools.cache
def load() -> ObjectType:
    """Imports the module's code, once; its main object.

    Raises:
        ModuleLoadError: There is no code, or no main object in it. What the code raises passes through.
    """
    name = os.environ.get("DOCKWRIGHT_MODULE", "")
    if not name:
        raise ModuleLoadError("the host did not say which module to load")
    _use_bytecode(os.environ.get("DOCKWRIGHT_PYC", ""))
    _load_bindings()
    entry_point = find(name)
    code = importlib.import_module(entry_point.package)
    registry = dagger.default_module()
    for interface in registry.interfaces.values():
        interface.module_name = name
    return select_main(registry, name, _member(code, entry_point) if entry_point.cls else None)


def find(module_name: str) -> EntryPoint:
    """The manifest's entry point, else the package named as the module or the project, else `main`."""
    project = _project()
    declared = project.get("entry-points", {}).get("dagger.mod", {}).get("main_object")
    if isinstance(declared, str):
        package, _, cls = declared.partition(":")
        return EntryPoint(package.strip(), cls.strip())
    candidates = [_package_name(each) for each in (module_name, str(project.get("name", ""))) if each] + [_DEFAULT]
    for candidate in candidates:
        if any(_exists(f"{root}/{candidate}") for root in _ROOTS):
            return EntryPoint(candidate)
    found = ", ".join(sorted(_python_files())) or "no Python files"
    raise ModuleLoadError(
        f"the module {module_name!r} has no code: it needs a package {candidates[0]!r} or {_DEFAULT!r} in its "
        f"source or in `src`, or an entry point `main_object` in the group `dagger.mod` of its pyproject.toml. "
        f"Found: {found}"
    )


def _project() -> dict[str, Any]:
    try:
        with open(f"{paths.SOURCE}/pyproject.toml", "rb") as file:
            project = tomllib.load(file).get("project", {})
    except FileNotFoundError:
        return {}
    except tomllib.TOMLDecodeError as error:
        raise ModuleLoadError(f"pyproject.toml cannot be read: {error}") from None
    return project if isinstance(project, dict) else {}


def _package_name(name: str) -> str:
    return name.replace("-", "_").replace(".", "_").lower() if not name.isidentifier() else name


def _exists(path: str) -> bool:
    return os.path.isfile(path + ".py") or os.path.isfile(path + "/__init__.py")


def _python_files() -> Iterator[str]:
    for root in _ROOTS:
        try:
            entries = os.listdir(root)
        except OSError:
            continue
        for entry in entries:
            path = f"{root}/{entry}"
            if entry.endswith(".py") or os.path.isfile(path + "/__init__.py"):
                yield paths.relative(path) or path


def _member(code: Any, entry_point: EntryPoint) -> type:
    found = code
    for part in entry_point.cls.split("."):
        found = getattr(found, part, None)
    if not isinstance(found, type):
        raise ModuleLoadError(
            f"pyproject.toml names the main object {entry_point.package}:{entry_point.cls}, but there is no such class"
        )
    return found


def _load_bindings() -> None:
    try:
        files = sorted(os.listdir(f"{paths.BINDINGS}/{_GENERATED}"))
    except OSError:
        return
    for file in files:
        if file.endswith(".py"):
            bindings.install(importlib.import_module(f"{_GENERATED}.{file.removesuffix('.py')}"))


def _use_bytecode(mode: str) -> None:
    sys.pycache_prefix = paths.BYTECODE if mode else None
    sys.dont_write_bytecode = mode != "write"
    if mode:
        # The host keeps a folder of bytecode for each digest of the source, whatever times the files have.
        importlib.machinery.SourceFileLoader.path_stats = lambda _self, _path: {"mtime": 0, "size": None}
