"""Explains what the sandbox refuses: the errors that CPython raises there say little."""

from __future__ import annotations

import errno
import re
import socket
from typing import TYPE_CHECKING

from dagger.errors import DaggerError
from dockwright_runtime import paths, ssl_stub

if TYPE_CHECKING:
    from collections.abc import Iterable

NETWORK = "a module has no network; fetch with dag.http(), or do it in a container: dag.container()"
THREADS = "a module has one thread; run things concurrently with asyncio.gather() or anyio task groups"
PROCESSES = "a module cannot start processes; run the command in a container: dag.container().from_(…).with_exec([…])"
FILES = (
    "a module sees only its own source, read-only, and a private /tmp; "
    "files of the caller arrive as Directory or File arguments"
)
NATIVE = (
    "the package may need a native extension, which cannot be loaded in a module; "
    "use it in a container: dag.container()"
)
MISSING = (
    "this part of the standard library needs a native library that a module has not; "
    "use it in a container: dag.container()"
)
MEMORY = "the module reached its memory limit; process large data in a container: dag.container()"

_NO_THREAD = "can't start new thread"
_NO_PROCESS = "wasi does not support processes"
_PROCESS_ATTRIBUTES = frozenset(
    {"fork", "forkpty", "posix_spawn", "posix_spawnp", "system", "popen", "execv", "waitpid", "WNOHANG"}
)
_MISSING_MODULES = frozenset(
    {
        "_bz2", "_ctypes", "_curses", "_lzma", "_posixsubprocess", "_ssl", "_zstd", "fcntl", "grp", "mmap", "pwd",
        "readline", "resource", "termios",
    }
)  # fmt: skip
_SANDBOX_ERRNOS = frozenset({errno.EPERM, errno.EROFS, getattr(errno, "ENOTCAPABLE", 76)})


def advice(error: BaseException, files: Iterable[str]) -> str | None:
    """What to do instead; none when the error says enough. `files` are those of its stack, innermost last."""
    if isinstance(error, DaggerError):
        return None  # It tells what happened in a container or in another module.
    stack = list(files)
    if isinstance(error, MemoryError):
        return MEMORY
    if isinstance(error, (ssl_stub.SSLError, socket.gaierror)):
        return NETWORK
    if isinstance(error, ImportError):
        return _of_import(error, stack)
    if isinstance(error, OSError):
        return _of_os_error(error, stack)
    if isinstance(error, RuntimeError) and _NO_THREAD in str(error):
        return THREADS
    if isinstance(error, NotImplementedError) and any("base_events" in file for file in stack):
        return PROCESSES if "subprocess" in " ".join(stack) else NETWORK
    if isinstance(error, AttributeError) and error.name in _PROCESS_ATTRIBUTES:
        return PROCESSES
    return _of_text(str(error))


def _of_import(error: ImportError, stack: list[str]) -> str | None:
    if (error.name or "").partition(".")[0] in _MISSING_MODULES:
        return MISSING
    inside_dependency = any(file.startswith(paths.DEPENDENCIES + "/") for file in stack)
    return NATIVE if inside_dependency else None


def _of_os_error(error: OSError, stack: list[str]) -> str | None:
    if _NO_PROCESS in str(error):
        return PROCESSES
    if any(file.endswith(("/socket.py", "asyncio/selector_events.py")) for file in stack) or _is_socket(error):
        return NETWORK
    if error.filename is None:
        return _of_text(str(error))
    outside = not str(error.filename).startswith((paths.SOURCE + "/", "/tmp/"))  # noqa: S108
    if error.errno in _SANDBOX_ERRNOS or (isinstance(error, FileNotFoundError) and outside):
        return FILES
    return None


def _is_socket(error: OSError) -> bool:
    # `socket.socket()` itself is C, so no frame of it is in the stack: its error is ENOENT dressed as a permission.
    return isinstance(error, PermissionError) and error.filename is None


def _of_text(text: str) -> str | None:
    """Libraries wrap these errors in their own and keep the text."""
    if re.search(r"NameResolutionError|Name or service not known|Non-recoverable (failure|error)", text):
        return NETWORK
    if _NO_THREAD in text:
        return THREADS
    if _NO_PROCESS in text:
        return PROCESSES
    return None
