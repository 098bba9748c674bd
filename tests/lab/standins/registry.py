"""Pushing images over the OCI distribution protocol (opencontainers/distribution-spec, "Push"), plain HTTP."""

import hashlib
import http.client
import json
from typing import IO

from standins.image import CONFIG_TYPE, LAYER_TYPE, MANIFEST_TYPE, Image
from standins.layer import Blob


class RegistryError(Exception):
    """The registry refused a request."""


class Registry:
    """One registry. Blobs that it has in another repository are mounted from there rather than sent again."""

    def __init__(self, address: str) -> None:
        """Talks to the registry at `address`, HOST:PORT."""
        self._address = address
        self._home: dict[str, str] = {}

    def push(self, image: Image) -> int:
        """Pushes the image under all its tags and returns its size in bytes."""
        repository = image.path_in_registry
        blobs = [layer() for layer in image.layers]
        for blob in blobs:
            self._push_layer(repository, blob)
        config = image.config(blobs)
        config_digest = self._push_bytes(repository, config)
        manifest = {
            "schemaVersion": 2,
            "mediaType": MANIFEST_TYPE,
            "config": {"mediaType": CONFIG_TYPE, "digest": config_digest, "size": len(config)},
            "layers": [{"mediaType": LAYER_TYPE, "digest": blob.digest, "size": blob.size} for blob in blobs],
        }
        body = json.dumps(manifest, sort_keys=True).encode()
        for tag in image.tags:
            path = f"/v2/{repository}/manifests/{tag}"
            self._expect(201, "PUT", path, body, {"Content-Type": MANIFEST_TYPE})
        return sum(blob.size for blob in blobs)

    def _push_layer(self, repository: str, blob: Blob) -> None:
        with open(blob.path, "rb") as data:
            self._push_blob(repository, blob.digest, data, blob.size)

    def _push_bytes(self, repository: str, data: bytes) -> str:
        digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
        self._push_blob(repository, digest, data, len(data))
        return digest

    def _push_blob(self, repository: str, digest: str, data: bytes | IO[bytes], size: int) -> None:
        if self._request("HEAD", f"/v2/{repository}/blobs/{digest}")[0] == 200:
            self._home.setdefault(digest, repository)
            return
        start = f"/v2/{repository}/blobs/uploads/"
        if home := self._home.get(digest):
            start += f"?mount={digest}&from={home}"
        status, headers, body = self._request("POST", start)
        if status == 201:
            return
        if status != 202:
            raise RegistryError(f"POST {start}: status {status}: {body.decode(errors='replace')}")
        location = headers["location"]
        location = location[location.index("/v2/") :]
        separator = "&" if "?" in location else "?"
        head = {"Content-Type": "application/octet-stream", "Content-Length": str(size)}
        self._expect(201, "PUT", f"{location}{separator}digest={digest}", data, head)
        self._home[digest] = repository

    def _expect(self, wanted: int, method: str, path: str, body: bytes | IO[bytes], headers: dict[str, str]) -> None:
        status, _, answer = self._request(method, path, body, headers)
        if status != wanted:
            raise RegistryError(f"{method} {path}: status {status}: {answer.decode(errors='replace')}")

    def _request(
        self, method: str, path: str, body: bytes | IO[bytes] | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection(self._address, timeout=120, blocksize=1 << 20)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            response = connection.getresponse()
            answer = response.read()
            return response.status, {name.lower(): value for name, value in response.getheaders()}, answer
        finally:
            connection.close()
