"""Which images there are."""

import functools
from collections.abc import Callable, Iterator
from pathlib import Path

from standins import bases, languages, servers, tools
from standins.image import PATH, Image
from standins.layer import Blob, Layer

OLDEST_PYTHON = 10
"""The minor version before which no image is made."""


def catalogue(scratch: Path) -> Iterator[Image]:
    """All images; their layers are written to `scratch`, each once."""

    @functools.cache
    def build(name: str, fill: Callable[[Layer], None]) -> Blob:
        layer = Layer(scratch / f"{name}.tar")
        fill(layer)
        return layer.finish()

    def layer(name: str, fill: Callable[[Layer], None]) -> Callable[[], Blob]:
        return functools.partial(build, name, fill)

    def distribution(identity: str, version: str, title: str) -> Callable[[], Blob]:
        def fill(target: Layer) -> None:
            for path, content in bases.os_release(identity, version, f"{title} (stand-in)").items():
                target.file(path, content)

        return layer(f"{identity}-{version}", fill)

    busybox = layer("busybox", bases.busybox)
    debian = layer("debian", bases.debian)
    alpine = distribution("alpine", "3.22.0", "Alpine Linux v3.22")

    yield Image("busybox", ("latest", "1", "1.36", "stable"), (busybox,), ("sh",))
    for minor in range(18, 22):
        release = distribution("alpine", f"3.{minor}.0", f"Alpine Linux v3.{minor}")
        yield Image("alpine", (f"3.{minor}",), (busybox, release), ("/bin/sh",))
    yield Image("alpine", ("latest", "3", "3.22"), (busybox, alpine), ("/bin/sh",))
    # Named by the tests that client libraries come with.
    for version in ("3.16.2", "3.20.2"):
        release = distribution("alpine", version, f"Alpine Linux v{version.rpartition('.')[0]}")
        yield Image("alpine", (version,), (busybox, release, layer("printenv", bases.printenv)), ("/bin/sh",))
    yield Image("debian", ("latest", "stable", "stable-slim", "bookworm", "bookworm-slim", "12"), (debian,), ("bash",))
    ubuntu = distribution("ubuntu", "24.04", "Ubuntu 24.04 LTS")
    yield Image("ubuntu", ("latest", "24.04", "22.04"), (debian, ubuntu), ("/bin/bash",))

    versions = [each for each in languages.python_versions() if int(each.split(".")[1]) >= OLDEST_PYTHON]
    for version in versions or ["3.12"]:
        tags = [version, f"{version}-slim", f"{version}-bookworm", f"{version}-slim-bookworm"]
        if versions and version == versions[-1]:
            tags += ["latest", "slim", "3", "3-slim"]
        interpreter = layer(f"python{version}", functools.partial(languages.python, version=version))
        environment = ("LANG=C.UTF-8", f"PYTHON_VERSION={version}")
        yield Image("python", tuple(tags), (debian, interpreter), ("python3",), environment=environment)

    go = layer("go", languages.go)
    go_path = f"/go/bin:/usr/local/go/bin:{PATH}"
    go_environment = ("GOPATH=/go", "GOTOOLCHAIN=local", "CGO_ENABLED=0")
    go_tags = [f"1.{minor}" for minor in range(21, 27)] + ["1"]
    on_alpine = (*(f"{tag}-alpine" for tag in go_tags), "alpine")
    yield Image("golang", on_alpine, (busybox, alpine, go), ("sh",), go_path, go_environment, "/go")
    yield Image("golang", (*go_tags, "latest"), (debian, go), ("bash",), go_path, go_environment, "/go")

    postgres = layer("postgres", servers.postgres)
    yield Image(
        "postgres",
        ("latest", "15", "16", "17"),
        (debian, postgres),
        ("postgres",),
        environment=("PGDATA=/var/lib/postgresql/data",),
        entrypoint=("docker-entrypoint.sh",),
        ports=("5432/tcp",),
    )

    node = layer("node", languages.node)
    node_tags = ("20", "20-slim", "22", "22-slim", "lts", "lts-slim", "latest", "slim")
    # npm trusts only its built-in authorities, not the system's bundle, unless told.
    node_environment = (f"NODE_EXTRA_CA_CERTS={bases.CERTIFICATES}",)
    yield Image("node", node_tags, (debian, node), ("node",), environment=node_environment)

    git = layer("git", tools.git)
    yield Image("alpine/git", ("latest", "v2.49.1"), (debian, git), ("--help",), entrypoint=("git",))

    shellcheck = layer("shellcheck", tools.shellcheck)
    yield Image("koalaman/shellcheck-alpine", ("latest", "stable", "v0.11.0"), (busybox, alpine, shellcheck), ("sh",))
