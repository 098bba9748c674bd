"""A registry for tests: the lab's, through a proxy that can be watched and stopped; and artifacts made by hand."""

import base64
import hashlib
import json
import socket
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from typing import Any

MANIFEST = "application/vnd.oci.image.manifest.v1+json"

Change = Callable[[str, bytes], bytes]

Fault = Callable[[str], dict[str, Any] | None]
"""What goes wrong with a request for a path: `status` and `headers` of a refusal, or `cut`, how much comes."""


def request(
    host: str, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
) -> tuple[int, dict[str, str], bytes]:
    """Ask a registry on this machine; errors are answers too."""
    url = path if path.startswith("http") else f"http://{host}{path}"
    asked = urllib.request.Request(url, data=body, method=method, headers=headers or {})
    try:
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, {name.lower(): value for name, value in error.headers.items()}, error.read()


class Proxy:
    """A registry at an address of its own, which hands everything on."""

    def __init__(self, behind: str, certificate: Path | None = None, login: str | None = None) -> None:
        """Begin to listen; `behind` is the registry's host.

        With a certificate (and its key, in one file) connections are encrypted; `login` is the `user:password` to show.
        """
        wanted = None if login is None else "Basic " + base64.b64encode(login.encode()).decode()
        self.requests: list[str] = []
        self.change: Change | None = None
        self.fault: Fault | None = None
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                size = int(self.headers.get("content-length") or 0)
                body = self.rfile.read(size) if size else None
                proxy.requests.append(f"{self.command} {self.path}")
                if wanted is not None and self.headers["authorization"] != wanted:
                    self.send_response(401)
                    self.send_header("www-authenticate", 'Basic realm="test"')
                    self.send_header("content-length", "0")
                    self.end_headers()
                    return
                fault = (proxy.fault and self.command == "GET" and proxy.fault(self.path)) or {}
                if "status" in fault:
                    self.send_response(fault["status"])
                    for name, value in fault.get("headers", {}).items():
                        self.send_header(name, value)
                    self.send_header("content-length", "0")
                    self.end_headers()
                    return
                kept = {name: self.headers[name] for name in ("accept", "content-type", "range") if self.headers[name]}
                status, headers, content = request(behind, self.command, self.path, body, kept)
                if proxy.change is not None and self.command == "GET":
                    content = proxy.change(self.path, content)
                self.send_response(status)
                for name in ("content-type", "docker-content-digest", "content-range", "location"):
                    if name in headers:
                        self.send_header(name, headers[name].replace(f"http://{behind}", ""))
                length = headers.get("content-length", "0") if self.command == "HEAD" else str(len(content))
                self.send_header("content-length", length)
                self.end_headers()
                if "cut" in fault:
                    self.close_connection = True
                    content = content[: fault["cut"]]
                if self.command != "HEAD":
                    self.wfile.write(content)

            do_GET = do_HEAD = do_POST = do_PUT = answer

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.host = f"127.0.0.1:{self.port}"
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Go away: nobody answers at the address any more."""
        self.server.shutdown()
        self.server.server_close()

    def blobs(self) -> int:
        """Count the blobs that were fetched."""
        return sum(asked.startswith("GET ") and "/blobs/" in asked for asked in self.requests)


class Tunnel:
    """A proxy that leads to one place, whatever it is asked for, and remembers what it was asked for."""

    def __init__(self, to: tuple[str, int]) -> None:
        """Begin to listen."""
        self.requests: list[str] = []
        tunnel = self

        class Handler(BaseRequestHandler):
            def handle(self) -> None:
                asked = b""
                while not asked.endswith(b"\r\n\r\n"):
                    asked += self.request.recv(1)
                tunnel.requests.append(asked.decode().splitlines()[0])
                with socket.create_connection(to) as beyond:
                    self.request.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                    back = threading.Thread(target=pass_on, args=(beyond, self.request), daemon=True)
                    back.start()
                    pass_on(self.request, beyond)
                    back.join()

        self.server = ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


def pass_on(start: socket.socket, end: socket.socket) -> None:
    """Hand on what comes until nothing does any more."""
    try:
        while content := start.recv(1 << 16):
            end.sendall(content)
        end.shutdown(socket.SHUT_WR)
    except OSError:
        end.close()


def digest(content: bytes) -> str:
    """Name content as registries do."""
    return "sha256:" + hashlib.sha256(content).hexdigest()


def push(host: str, name: str, content: bytes) -> dict[str, Any]:
    """Write a blob and describe it."""
    _, headers, _ = request(host, "POST", f"/v2/{name}/blobs/uploads/")
    target = headers["location"]
    separator = "&" if "?" in target else "?"
    status, _, answer = request(
        host,
        "PUT",
        f"{target}{separator}digest={digest(content)}",
        content,
        {"content-type": "application/octet-stream"},
    )
    assert status == 201, answer
    return {"digest": digest(content), "size": len(content)}


def fetch(host: str, name: str, reference: str) -> dict[str, Any]:
    """Read a manifest."""
    status, _, content = request(host, "GET", f"/v2/{name}/manifests/{reference}", headers={"accept": MANIFEST})
    assert status == 200, content
    return json.loads(content)


def rewrite(host: str, name: str, tag: str, to: str, replace: Callable[[str, Any], Any]) -> str:
    """Publish a changed artifact with every digest right, as an attacker could who may write to a repository.

    `replace` gets each JSON document, with its kind (`definition` or `module`), and gives what shall stand there.
    Digests that change are changed in the documents that name them. Gives the new manifest's digest.
    """
    manifest = fetch(host, name, tag)
    renamed: dict[str, str] = {}
    for kind in ("definition", "module"):
        for layer in manifest["layers"]:
            if not layer["mediaType"].startswith(f"application/vnd.dockwright.{kind}."):
                continue
            _, _, content = request(host, "GET", f"/v2/{name}/blobs/{layer['digest']}")
            for old, new in renamed.items():
                content = content.replace(old.encode(), new.encode())
            changed = json.dumps(replace(kind, json.loads(content))).encode()
            written = push(host, name, changed)
            renamed[layer["digest"]] = written["digest"]
            layer.update(written)
    return put(host, name, to, manifest)


def put(host: str, name: str, tag: str, manifest: dict[str, Any]) -> str:
    """Write a manifest."""
    content = json.dumps(manifest).encode()
    status, _, answer = request(host, "PUT", f"/v2/{name}/manifests/{tag}", content, {"content-type": MANIFEST})
    assert status == 201, answer
    return digest(content)
