"""Language layers, put on top of a base: CPython with pip, Go, Node with npm."""

import glob
import os
import re
import shutil
import subprocess

from standins.layer import Layer, Unavailable

PYTHON_PREFIXES = (
    "~/.local/share/uv/python/cpython-3.*-linux-*-gnu",
    "/opt/hostedtoolcache/Python/3.*/*",
    f"{os.environ.get('PYENV_ROOT', '~/.pyenv')}/versions/3.*",
)
"""Where self-contained installations of CPython are: uv's, a GitHub runner's, pyenv's. Later ones win."""

PIP_PACKAGES = ("pip", "setuptools", "wheel", "_distutils_hack", "distutils-precedence", "pkg_resources")
UNUSED_PYTHON = ("test", "tests", "idlelib", "tkinter", "turtledemo", "lib2to3", "ensurepip")

PIP_SCRIPT = """#!/usr/local/bin/python{version}
import sys
from pip._internal.cli.main import main
sys.exit(main())
"""


def python_versions() -> list[str]:
    """Minor versions of CPython 3 that are installed here with pip, oldest first, such as `3.12`."""
    return sorted(_pythons(), key=lambda version: int(version.split(".")[1]))


def python(layer: Layer, version: str) -> None:
    """CPython with pip under /usr/local, where the official image has it."""
    prefix = _pythons().get(version)
    if prefix is None:
        raise Unavailable(f"no CPython {version} with pip in {', '.join(PYTHON_PREFIXES)}")

    def skip(path: str) -> bool:
        directory, name = os.path.split(path)
        if directory.endswith("/site-packages"):
            return not name.lower().startswith(PIP_PACKAGES)
        return name in UNUSED_PYTHON or name.endswith((".a", ".opt-1.pyc", ".opt-2.pyc")) or name.startswith("config-3")

    for name in ("lib", "include"):
        layer.copy(f"{prefix}/{name}", f"usr/local/{name}", skip)
    layer.copy(os.path.realpath(f"{prefix}/bin/python{version}"), f"usr/local/bin/python{version}")
    # Without a loader cache, /usr/local/lib is not searched.
    loader_directory = f"usr/lib/{os.uname().machine}-linux-gnu"
    for name in sorted(os.listdir(f"{prefix}/lib")):
        if name.startswith("libpython"):
            layer.symlink(f"{loader_directory}/{name}", f"/usr/local/lib/{name}")
    for name in ("python3", "python"):
        layer.symlink(f"usr/local/bin/{name}", f"python{version}")
    for name in ("pip", "pip3"):
        layer.file(f"usr/local/bin/{name}", PIP_SCRIPT.format(version=version), 0o755)


def go(layer: Layer) -> None:
    """This machine's Go under /usr/local/go."""
    if shutil.which("go") is None:
        raise Unavailable("no Go")
    root = subprocess.check_output(["go", "env", "GOROOT"], text=True).strip()
    unused = {f"{root}/{name}" for name in ("api", "doc", "misc", "test")}
    layer.copy(root, "usr/local/go", lambda path: path in unused or path.endswith("/testdata"))
    layer.directory("go/src", 0o777)
    layer.directory("go/bin", 0o777)


def node(layer: Layer) -> None:
    """This machine's Node and npm under /usr/local, with the shared libraries that Node needs."""
    program = shutil.which("node")
    if program is None:
        raise Unavailable("no Node")
    program = os.path.realpath(program)
    layer.copy(program, "usr/local/bin/node")
    for modules in (f"{os.path.dirname(os.path.dirname(program))}/lib/node_modules", "/usr/share/nodejs"):
        if os.path.isdir(f"{modules}/npm"):
            layer.copy(f"{modules}/npm", "usr/local/lib/node_modules/npm")
            for name in ("npm", "npx"):
                layer.symlink(f"usr/local/bin/{name}", f"../lib/node_modules/npm/bin/{name}-cli.js")
            break
    for line in subprocess.check_output(["ldd", program], text=True).splitlines():
        name, _, rest = line.strip().partition(" => ")
        if rest.startswith("/"):
            layer.copy(os.path.realpath(rest.split()[0]), f"usr/lib/{os.uname().machine}-linux-gnu/{name}")


def _pythons() -> dict[str, str]:
    """Minor version to prefix; of several patch releases the last found counts."""
    found: dict[str, str] = {}
    for pattern in PYTHON_PREFIXES:
        for prefix in sorted(glob.glob(os.path.expanduser(pattern))):
            version = re.search(r"\b(3\.\d+)\.\d+\b", prefix)
            if version and glob.glob(f"{prefix}/lib/python{version[1]}/site-packages/pip"):
                found[version[1]] = prefix
    return found
