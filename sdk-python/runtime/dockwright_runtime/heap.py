"""Makes the snapshot's heap cheap to start from.

A page of the snapshot is copied when it is first written to. Small objects in holes all over the heap would touch most
pages, so the holes are filled before the snapshot is taken: what a call allocates then lies together, at the end.
"""

from __future__ import annotations

import gc
import sys
from types import CodeType

import _dockwright_snapshot

_IMMORTAL = 1 << 30
"""From this count on nobody changes it."""
_HEADER = bytes(0).__sizeof__()
_LARGE = (
    1 << 19,
    1 << 18,
    1 << 17,
    1 << 16,
    1 << 15,
    1 << 14,
    12288,
    8192,
    6144,
    4096,
    3072,
    2048,
    1536,
    1024,
    896,
    768,
    640,
    560,
)
"""Sizes that the C allocator serves, largest first."""
_SMALL = range(32, 513, 16)
"""Sizes that Python's own allocator serves from pools."""
_POOLS = 2 * 4096
_LIMIT = 60_000

_ROOM = 16 << 20
"""Memory behind the heap that belongs to the snapshot: what loading a module makes fits in there, as a rule, and so has
its place in the file that the module's own snapshot is made of (`snapshot`)."""

_fillers: list[bytes] = []


def settle() -> None:
    """Fills the holes and hides every object from the garbage collector. The last thing before the snapshot."""
    gc.collect()
    immortalize()
    gc.collect()
    for size in _LARGE:
        _fill_large(size)
    for size in _SMALL:
        _fill_small(size)
    gc.collect()
    gc.freeze()
    room = bytearray(_ROOM)
    # All zeros would not be part of the snapshot.
    room[-1] = 1
    del room
    # What a call leaves behind goes with its instance: collecting is only for calls that make very much.
    gc.set_threshold(50_000, 10, 10)


def immortalize() -> None:
    """Lets every object that can be found live for ever: to look at it then writes to no page of it (PEP 683)."""
    found: list[object] = []
    seen: set[int] = set()
    waiting = [gc.get_objects()]
    while waiting:
        fresh = []
        for thing in waiting.pop():
            if sys.getrefcount(thing) < _IMMORTAL and id(thing) not in seen:
                seen.add(id(thing))
                fresh.append(thing)
        if fresh:
            found += fresh
            waiting.append(gc.get_referents(*fresh))
            waiting.append([part for thing in fresh if type(thing) is CodeType for part in _parts(thing)])
    _dockwright_snapshot.immortalize(found)


def _parts(code: CodeType) -> list[object]:
    """What code refers to, which the collector is not told."""
    return [code.co_consts, code.co_names, code.co_name, code.co_qualname, code.co_filename, code.co_linetable]


def _block(size: int) -> bytes:
    block = bytes(size - _HEADER)
    _fillers.append(block)
    return block


def _fill_large(size: int) -> None:
    """Until a block lies behind all others, so that no hole of the size is left."""
    end = max(id(bytes(1 << 20)), max(map(id, _fillers), default=0))
    for _ in range(_LIMIT):
        if id(_block(size)) > end:
            return


def _fill_small(size: int) -> None:
    """Until blocks follow each other for two pools."""
    needed = _POOLS // size
    run = previous = 0
    for _ in range(_LIMIT):
        address = id(_block(size))
        run = run + 1 if 0 < address - previous < 2 * size + 64 else 0
        if run >= needed:
            return
        previous = address
