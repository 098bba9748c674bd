"""Stands in for GitHub: keeps releases and their files in memory, and tells what it was asked."""

import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

RELEASES = "/repos/acme/shop/releases"
TOKEN = "Bearer a-token-of-github"
released: dict[str, dict] = {}
asked: list[dict] = []


class GitHub(BaseHTTPRequestHandler):
    """Answers as GitHub does."""

    def do_GET(self) -> None:
        """Tell of a release, or what was asked."""
        if self.path == "/asked":
            self.answer(200, asked)
        elif not self.allowed():
            self.answer(401, {"message": "Bad credentials"})
        else:
            found = released.get(self.path.removeprefix(f"{RELEASES}/tags/"))
            self.answer(200 if found else 404, found or {"message": "Not Found"})

    def do_POST(self) -> None:
        """Take a release or a file."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not self.allowed():
            self.answer(401, {"message": "Bad credentials"})
        elif self.path == RELEASES:
            release = json.loads(body)
            tag = release["tag_name"]
            asked.append(release)
            upload = f"http://{self.headers['Host']}/upload/1/assets{{?name,label}}"
            released[tag] = {"html_url": f"https://github.test/acme/shop/{tag}", "upload_url": upload}
            self.answer(201, released[tag])
        elif self.path.startswith("/upload/1/assets?name="):
            asked.append({"file": self.path.split("=", 1)[1], "content": body.decode()})
            self.answer(201, {"state": "uploaded"})
        else:
            self.answer(422, {"message": "Validation Failed", "errors": [{"code": "missing_field"}]})

    def allowed(self) -> bool:
        """Whether the token is right."""
        return self.headers["Authorization"] == TOKEN

    def answer(self, status: int, value: object) -> None:
        """Send JSON."""
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


ThreadingHTTPServer(("", int(os.environ["PORT"])), GitHub).serve_forever()
