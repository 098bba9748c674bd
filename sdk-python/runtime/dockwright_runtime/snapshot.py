"""Makes an instance that has loaded the module fit to be kept: calls then start from its memory.

The host keeps the memory only if loading left nothing else behind and depended on nothing else. It watches clocks,
random numbers, output and requests itself; what only Python knows is checked here.
"""

from __future__ import annotations

import gc
import os
import random
import sys
from typing import TYPE_CHECKING, Any

import _dockwright_snapshot

from dagger.errors import DaggerError
from dockwright_runtime import heap

if TYPE_CHECKING:
    from collections.abc import Callable

_VARIABLE = "DOCKWRIGHT_SNAPSHOT"
_FILES = 128
"""Numbers of files that are looked at. They are given from below."""

_before: tuple[Any, set[int]] | None = None
_kept = False


class UnfitError(DaggerError):
    """The instance cannot stand for later ones."""


def wanted() -> bool:
    """Whether the host has made this instance to keep it."""
    return _before is not None or _VARIABLE in os.environ


def take[T](load: Callable[[], T]) -> T:
    """Loads the module, at the second call: what the first finds is what loading may not change.

    Raises:
        UnfitError: The instance cannot be kept, or this is the first call.
    """
    global _before, _kept  # noqa: PLW0603
    if _before is None:
        # Not of the environment that module code sees.
        del os.environ[_VARIABLE]
        # The first look at a path opens the folders that the host has granted.
        os.stat("/tmp")  # noqa: S108
        _before = (random.getstate(), _open_files())
        raise UnfitError("the module is not loaded yet")
    loaded = load()
    state, files = _before
    if random.getstate() != state:
        raise UnfitError("loading used the random number generator that modules share")
    if _open_files() != files:
        raise UnfitError("loading left files open")
    if os.listdir("/tmp"):  # noqa: S108
        raise UnfitError("loading left temporary files")
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    gc.collect()
    heap.immortalize()
    gc.collect()
    gc.freeze()
    _kept = True
    _dockwright_snapshot.forget_handles()
    return loaded


def wake() -> None:
    """Takes new random numbers, in an instance that starts from a kept one."""
    if _kept:
        random.seed()


def _open_files() -> set[int]:
    return {number for number in range(_FILES) if _is_open(number)}


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True
