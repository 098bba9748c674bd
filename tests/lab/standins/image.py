"""An image as the catalogue describes it, and its OCI configuration (opencontainers/image-spec, config.md)."""

import json
import platform
from collections.abc import Callable
from dataclasses import dataclass

from standins.layer import Blob

MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json"
CONFIG_TYPE = "application/vnd.oci.image.config.v1+json"
LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar"

CREATED = "2024-01-01T00:00:00Z"
"""A fixed date, so that equal images have equal digests."""

PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
"""Go's names, which OCI uses, of the machines that Python reports."""


@dataclass(frozen=True)
class Image:
    """One image; a layer is made when it is first asked for and then shared."""

    repository: str
    tags: tuple[str, ...]
    layers: tuple[Callable[[], Blob], ...]
    command: tuple[str, ...]
    path: str = PATH
    environment: tuple[str, ...] = ()
    workdir: str = "/"
    entrypoint: tuple[str, ...] = ()
    ports: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """As a user would write it, by its first tag."""
        return f"{self.repository}:{self.tags[0]}"

    @property
    def path_in_registry(self) -> str:
        """Where Docker Hub keeps it: official images, whose name has no owner, below `library/`."""
        return self.repository if "/" in self.repository else f"library/{self.repository}"

    def config(self, blobs: list[Blob]) -> bytes:
        """The configuration, as the JSON that is pushed."""
        machine = platform.machine()
        extra: dict[str, object] = {}
        if self.entrypoint:
            extra["Entrypoint"] = list(self.entrypoint)
        if self.ports:
            extra["ExposedPorts"] = {port: {} for port in self.ports}
        config = {
            "created": CREATED,
            "architecture": ARCHITECTURES.get(machine, machine),
            "os": "linux",
            "config": {
                "Env": [f"PATH={self.path}", *self.environment],
                "Cmd": list(self.command),
                "WorkingDir": self.workdir,
                "Labels": {"dockwright.lab.standin": self.name},
                **extra,
            },
            "rootfs": {"type": "layers", "diff_ids": [blob.digest for blob in blobs]},
            "history": [{"created": CREATED, "created_by": "stand-in layer"} for _ in blobs],
        }
        return json.dumps(config, sort_keys=True).encode()
