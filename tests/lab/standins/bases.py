"""Base layers: a busybox userland, a Debian userland, and the os-release files that tell distributions apart."""

import os
import re
import subprocess

from standins.layer import Layer, Unavailable

CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"

LIBRARIES = """
    ca-certificates libacl1 libattr1 libbz2-1.0 libcrypt1 libdb5.3 libexpat1 libffi8 libgcc-s1 libgdbm6 libgdbm-compat4
    liblzma5 libncursesw6 libreadline8 libsqlite3-0 libssl3 libstdc++6 libtinfo6 libuuid1 netbase openssl tzdata zlib1g
""".split()
"""What CPython and Node are linked with, beyond Debian's required packages."""

NOISE = tuple(f"/usr/share/{name}/" for name in ("doc", "info", "lintian", "locale", "man"))


def busybox(layer: Layer) -> None:
    """A static busybox with all its applets, and the files that programs expect of a root file system."""
    for name in "dev etc home lib proc root run sbin sys usr/bin usr/local/bin usr/sbin var/lib".split():
        layer.directory(name)
    _temporary(layer)
    program = next((path for path in ("/usr/bin/busybox", "/bin/busybox") if os.path.exists(path)), None)
    if program is None:
        raise Unavailable("no busybox (Debian: busybox-static)")
    with open(program, "rb") as data:
        layer.file("bin/busybox", data.read(), 0o755)
    for applet in subprocess.check_output([program, "--list"], text=True).split():
        layer.symlink(f"bin/{applet}", "/bin/busybox")
    layer.symlink("usr/bin/env", "/bin/busybox")
    layer.file("etc/passwd", "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n")
    layer.file("etc/group", "root:x:0:\nnogroup:x:65534:\n")
    layer.copy(os.path.realpath(CERTIFICATES), CERTIFICATES)


def debian(layer: Layer) -> None:
    """The required packages of this Debian with what they depend on, as its package database lists them.

    The database itself comes along, cut down to these packages, so that apt-get works where a mirror is in reach.
    """
    if not os.path.exists("/var/lib/dpkg/status"):
        raise Unavailable("not a Debian: no /var/lib/dpkg/status")
    for name in ("bin", "sbin", "lib", "lib64"):
        if os.path.islink(f"/{name}"):
            layer.directory(f"usr/{name}")
            layer.symlink(name, f"usr/{name}")
    for name in "dev etc home opt proc root run sys usr/local/bin var/cache/apt/archives/partial var/log".split():
        layer.directory(name)
    _temporary(layer)

    packages = _closure(_installed())
    for line in subprocess.check_output(["dpkg", "-L", *packages], text=True).splitlines():
        if line.startswith("/") and not line.startswith(NOISE) and line != "/.":
            _copy_packaged(layer, line)
    _database(layer, packages)

    layer.symlink("usr/bin/awk", "mawk")
    for path in ("/etc/passwd", "/etc/group"):
        layer.copy(path)
    layer.copy(os.path.realpath(CERTIFICATES), CERTIFICATES)
    for path in ("/etc/apt/sources.list.d/debian.sources", "/usr/share/keyrings/debian-archive-keyring.gpg"):
        if os.path.exists(path):
            layer.copy(path)


def added(layer: Layer, *names: str) -> None:
    """Packages of this Debian with what they need beyond the layer above."""
    installed = _installed()
    missing = [name for name in names if name not in installed]
    if missing:
        raise Unavailable(f"no package {', '.join(missing)}")
    packages = sorted({*_closure(installed, *names)} - {*_closure(installed)})
    for line in subprocess.check_output(["dpkg", "-L", *packages], text=True).splitlines():
        if line.startswith("/") and not line.startswith(NOISE) and line != "/.":
            _copy_packaged(layer, line)


def newest(pattern: str) -> str:
    """The installed package whose name matches and has the highest number; the pattern itself where there is none."""
    found = [name for name in _installed() if re.fullmatch(pattern, name)]
    return max(found, key=lambda name: int(name.rsplit("-", 1)[1]), default=pattern)


def os_release(identity: str, version: str, title: str) -> dict[str, str]:
    """The files that name a distribution: path to content."""
    files = {"etc/os-release": f'ID={identity}\nVERSION_ID="{version}"\nPRETTY_NAME="{title}"\n'}
    if identity == "alpine":
        files["etc/alpine-release"] = f"{version}\n"
    return files


def printenv(layer: Layer) -> None:
    """What Debian's busybox lacks of Alpine's."""
    script = """#!/bin/sh
[ $# -gt 0 ] || exec env
status=0
for name; do
  eval "if [ \\"\\${$name+set}\\" ]; then echo \\"\\$$name\\"; else status=1; fi"
done
exit $status
"""
    layer.file("bin/printenv", script, 0o755)


def _temporary(layer: Layer) -> None:
    layer.directory("tmp", 0o1777)
    layer.directory("var/tmp", 0o1777)


def _installed() -> dict[str, tuple[bool, list[str]]]:
    """Installed packages: whether Debian requires them, and what they depend on.

    Of alternatives, the first that is installed counts.
    """
    form = "${Package}\t${Status}\t${Essential}\t${Priority}\t${Pre-Depends}, ${Depends}\t${Provides}\n"
    rows = [line.split("\t") for line in subprocess.check_output(["dpkg-query", "-Wf", form], text=True).splitlines()]
    rows = [row for row in rows if len(row) == 6 and row[1].endswith(" installed")]
    present = {row[0] for row in rows}
    provider = {_bare(name): row[0] for row in rows for name in row[5].split(",") if name.strip()}
    found = {}
    for name, _, essential, priority, depends, _ in rows:
        wanted = []
        for group in filter(str.strip, depends.split(",")):
            names = [_bare(alternative) for alternative in group.split("|")]
            real = [each if each in present else provider.get(each) for each in names]
            wanted += [each for each in real if each][:1]
        found[name] = (essential == "yes" or priority == "required", wanted)
    return found


def _bare(relation: str) -> str:
    """A package's name without version, architecture and blanks."""
    return re.split(r"[ (:]", relation.strip(), maxsplit=1)[0]


def _closure(installed: dict[str, tuple[bool, list[str]]], *more: str) -> list[str]:
    """The required packages, the libraries above, more packages and everything that these depend on, sorted."""
    todo = [name for name, (required, _) in installed.items() if required]
    todo += [name for name in LIBRARIES if name in installed]
    todo += more
    seen: set[str] = set()
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += installed[name][1]
    return sorted(seen)


def _copy_packaged(layer: Layer, path: str) -> None:
    """Copies one path of a package; those below /bin, /lib and so on go where this machine's links point."""
    top = path.split("/", 2)[1]
    if os.path.islink(f"/{top}"):
        if path == f"/{top}":
            return
        path = f"/usr{path}"
    if not os.path.lexists(path):
        return
    if os.path.isdir(path) and not os.path.islink(path):
        layer.directory(path)
    else:
        layer.copy(path)


def _database(layer: Layer, packages: list[str]) -> None:
    """The database of dpkg, with only these packages."""
    wanted = set(packages)
    with open("/var/lib/dpkg/status", encoding="utf-8", errors="surrogateescape") as data:
        stanzas = data.read().split("\n\n")
    kept = [each for each in stanzas if each.strip() and each.split("\n", 1)[0].removeprefix("Package: ") in wanted]
    layer.file("var/lib/dpkg/status", ("\n\n".join(kept) + "\n\n").encode("utf-8", "surrogateescape"))
    info = "/var/lib/dpkg/info"
    for name in sorted(os.listdir(info)):
        if name.rsplit(".", 1)[0].split(":")[0] in wanted or name == "format":
            layer.copy(f"{info}/{name}")
    for name in ("updates", "triggers", "alternatives", "parts"):
        layer.directory(f"var/lib/dpkg/{name}")
    layer.directory("var/lib/apt/lists/partial")
