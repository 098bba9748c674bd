"""A session of dockwright, asked over HTTP as client libraries do, and the marker for what a test asserts."""

import base64
import json
import subprocess
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from conftest import BINARY

asserts = pytest.mark.asserts
"""The fields (`Type.field`) whose observable behaviour a test asserts; `tests/conformance` reads them."""


class QueryError(Exception):
    """The response's errors."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        """Keep the first message as the text, and its extensions."""
        super().__init__(errors[0]["message"])
        self.extensions: dict[str, Any] = errors[0].get("extensions") or {}


class Session:
    """One `dockwright session`; it ends with the block."""

    def __init__(self, folder: Path, env: dict[str, str] | None = None) -> None:
        """Start it in a folder."""
        # A file that is appended to, not a pipe: nobody reads it meanwhile. It lives as long as the session.
        self.log = tempfile.TemporaryFile("a+", encoding="utf-8")  # noqa: SIM115
        self.process = subprocess.Popen(
            [BINARY, "session"],
            cwd=folder,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )

    def __enter__(self) -> "Session":
        """Read where it listens."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            self.process.wait(timeout=60)
            raise AssertionError(self.progress())
        parameters = json.loads(line)
        self.url = f"http://127.0.0.1:{parameters['port']}/query"
        self.token = base64.b64encode(f"{parameters['session_token']}:".encode()).decode()
        return self

    def __exit__(self, *_: object) -> None:
        """Close its standard input, which ends it."""
        self.process.communicate(timeout=60)
        self.log.close()

    def progress(self) -> str:
        """Give what it has told of its progress."""
        self.log.seek(0)
        return self.log.read()

    def query(self, document: str, **variables: Any) -> dict[str, Any]:
        """Send a document and return its data."""
        body = json.dumps({"query": document, "variables": variables}).encode()
        headers = {"Authorization": f"Basic {self.token}", "Content-Type": "application/json"}
        request = urllib.request.Request(self.url, body, headers)
        with urllib.request.urlopen(request, timeout=300) as response:
            answer = json.load(response)
        if answer.get("errors"):
            raise QueryError(answer["errors"])
        return answer["data"]

    def get(self, chain: str, **values: Any) -> Any:
        """Send a chain such as `directory.withNewFile(path: $path, contents: "x").id` and return its last value.

        The values fill `$name` as JSON text, which in GraphQL is right for all but enumerations and objects. What
        stands in braces at the end is asked for as it is.
        """
        for name, value in values.items():
            chain = chain.replace(f"${name}", json.dumps(value))
        steps = _steps(chain)
        data: Any = self.query("{ " + " { ".join(steps) + " }" * len(steps))
        for _ in steps:
            (data,) = data.values()
            if isinstance(data, list):
                break
        return data


def _steps(chain: str) -> list[str]:
    """Split a chain at its dots, those within arguments and braces aside."""
    steps, depth, quoted, escaped = [""], 0, False, False
    for character in chain:
        if escaped or character == "\\":
            escaped = not escaped
        elif character == '"':
            quoted = not quoted
        elif not quoted and character in "({[":
            depth += 1
        elif not quoted and character in ")}]":
            depth -= 1
        if character == "." and depth == 0 and not quoted:
            steps.append("")
        else:
            steps[-1] += character
    return [step.strip() for step in steps]
