"""Stands in for PyPI and npm: takes what is published, and tells of it."""

import base64
import json
import os
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOKEN = "a-token-of-registries"
BASIC = "Basic " + base64.b64encode(f"__token__:{TOKEN}".encode()).decode()
asked: list[list[object]] = []


class Registry(BaseHTTPRequestHandler):
    """Answers as the registries do."""

    def do_GET(self) -> None:
        """Tell what was published; no package is there already."""
        self.answer(200, asked) if self.path == "/asked" else self.answer(404, {"error": "not found"})

    def do_POST(self) -> None:
        """Take a file as PyPI does: a form with the file in it."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        names = re.findall(rb'filename="([^"]+)"', body)
        self.take(BASIC, "/legacy/", [each.decode() for each in names])

    def do_PUT(self) -> None:
        """Take a package as npm does: a document with the archive in it."""
        document = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.take(f"Bearer {TOKEN}", "/shown", [*document["dist-tags"], *document["_attachments"]])

    def take(self, authorization: str, path: str, names: list[str]) -> None:
        """Keep the names, if the token and the place are right."""
        allowed = self.headers["Authorization"] == authorization and self.path == path
        if allowed:
            asked.append([self.command, *names])
        self.answer(200 if allowed else 403, {"ok": allowed})

    def answer(self, status: int, value: object) -> None:
        """Send JSON."""
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


ThreadingHTTPServer(("", int(os.environ["PORT"])), Registry).serve_forever()
