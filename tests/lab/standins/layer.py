"""One layer of an image: an uncompressed tar file, filled from data and from files of this machine."""

import hashlib
import io
import os
import stat
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

EPOCH = 1_700_000_000
"""Time stamp of entries that have none of their own, so that equal content gives an equal digest."""


class Unavailable(Exception):
    """This machine lacks something that an image is made of."""


@dataclass(frozen=True)
class Blob:
    """A finished layer on disk."""

    path: Path
    digest: str
    size: int


class Layer:
    """Writes one layer. Paths are relative to the image's root; a path that exists already is not written again."""

    def __init__(self, path: Path) -> None:
        """Starts the tar file at `path`."""
        self._path = path
        self._tar = tarfile.open(path, mode="w", format=tarfile.GNU_FORMAT)  # noqa: SIM115 (closed by finish)
        self._seen: set[str] = set()

    def directory(self, path: str, mode: int = 0o755) -> None:
        """Adds a directory and those above it."""
        path = path.strip("/")
        if path and self._claim(path):
            self._add(path, mode, tarfile.DIRTYPE)

    def file(self, path: str, content: bytes | str, mode: int = 0o644) -> None:
        """Adds a file with this content."""
        data = content.encode() if isinstance(content, str) else content
        path = path.strip("/")
        if self._claim(path):
            self._add(path, mode, tarfile.REGTYPE, io.BytesIO(data), len(data))

    def symlink(self, path: str, target: str) -> None:
        """Adds a symbolic link."""
        path = path.strip("/")
        if self._claim(path):
            self._add(path, 0o777, tarfile.SYMTYPE, target=target)

    def copy(self, source: str, path: str | None = None, skip: Callable[[str], bool] = lambda _: False) -> None:
        """Copies a file, link or tree of this machine to `path` (default: the same place).

        Files keep their time stamps: Python's compiled files are valid only beside a source of the recorded age. What
        may not be read is left out, and so is everything below a path for which `skip` is true.
        """
        path = (path or source).strip("/")
        status = os.lstat(source)
        if stat.S_ISLNK(status.st_mode):
            self.symlink(path, os.readlink(source))
        elif stat.S_ISDIR(status.st_mode):
            self.directory(path, stat.S_IMODE(status.st_mode))
            for name in sorted(os.listdir(source)):
                child = f"{source}/{name}"
                if not skip(child):
                    self.copy(child, f"{path}/{name}", skip)
        elif stat.S_ISREG(status.st_mode) and os.access(source, os.R_OK) and self._claim(path):
            with open(source, "rb") as data:
                mode = stat.S_IMODE(status.st_mode)
                self._add(path, mode, tarfile.REGTYPE, data, status.st_size, int(status.st_mtime))

    def finish(self) -> Blob:
        """Closes the tar file and digests it."""
        self._tar.close()
        with open(self._path, "rb") as data:
            digest = hashlib.file_digest(data, "sha256").hexdigest()
        return Blob(self._path, f"sha256:{digest}", self._path.stat().st_size)

    def _claim(self, path: str) -> bool:
        if path in self._seen:
            return False
        self.directory(os.path.dirname(path))
        self._seen.add(path)
        return True

    def _add(
        self,
        path: str,
        mode: int,
        kind: bytes,
        data: io.BufferedIOBase | None = None,
        size: int = 0,
        mtime: int = EPOCH,
        target: str = "",
    ) -> None:
        entry = tarfile.TarInfo(path)
        entry.mode, entry.type, entry.size, entry.mtime, entry.linkname = mode, kind, size, mtime, target
        self._tar.addfile(entry, data)
