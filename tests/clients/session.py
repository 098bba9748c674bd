"""A session as clients have it: the process, its port and token, and requests by hand."""

import base64
import http.client
import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any

BINARY = Path(__file__).resolve().parents[2] / "target" / "release" / "dockwright"


class Session:
    """`dockwright session`, from its line of parameters to the end of its standard input."""

    def __init__(self, folder: Path, *flags: str, env: dict[str, str] | None = None):
        """Start it in a folder."""
        self.process = subprocess.Popen(
            [BINARY, "session", *flags],
            cwd=folder,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"no session: {self.process.stderr.read()}")
        self.parameters = json.loads(line)
        self.port: int = self.parameters["port"]
        self.token: str = self.parameters["session_token"]

    def __enter__(self) -> "Session":
        """Give the session."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close it; it must end by itself and without an error."""
        status, stderr = self.close()
        assert status == 0, stderr

    def close(self) -> tuple[int, str]:
        """Close its standard input and wait; give its status and what it wrote to standard error."""
        _, stderr = self.process.communicate(timeout=30)
        return self.process.returncode, stderr

    def connect(self) -> http.client.HTTPConnection:
        """Open a connection."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def headers(self, token: str | None = None) -> dict[str, str]:
        """Give the headers of a request with the token."""
        credentials = base64.b64encode(f"{token or self.token}:".encode()).decode()
        return {"Authorization": f"Basic {credentials}", "Content-Type": "application/json"}

    def post(self, body: bytes, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
        """Send a body to /query; give status, headers and body of the response."""
        connection = self.connect()
        try:
            connection.request("POST", "/query", body, self.headers() if headers is None else headers)
            response = connection.getresponse()
            return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
        finally:
            connection.close()

    def ask(self, query: str, **members: Any) -> dict[str, Any]:
        """Send a query; give the response document."""
        status, headers, body = self.post(json.dumps({"query": query, **members}).encode())
        assert status == 200, body
        assert headers["content-type"] == "application/json"
        return json.loads(body)

    def data(self, query: str, **members: Any) -> Any:
        """Send a query that must succeed; give its data."""
        answer = self.ask(query, **members)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]
