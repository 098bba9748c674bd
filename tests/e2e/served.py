"""Programs that ask a session which serves a module, over HTTP as client libraries do."""

import json
import sys
from pathlib import Path
from typing import Any

from conftest import Run
from scratch import NO_DOCKER, environment

PROGRAM = """
import base64, json, os, sys, urllib.request

token = base64.b64encode((os.environ["DAGGER_SESSION_TOKEN"] + ":").encode()).decode()
url = "http://127.0.0.1:" + os.environ["DAGGER_SESSION_PORT"] + "/query"
headers = {"Authorization": "Basic " + token, "Content-Type": "application/json"}
for document in sys.argv[1:]:
    request = urllib.request.Request(url, json.dumps({"query": document}).encode(), headers)
    print(urllib.request.urlopen(request).read().decode())
"""


def answers(dockwright: Run, folder: Path, *documents: str) -> list[dict[str, Any]]:
    """Give the responses to the documents, from one session that serves the folder's module; no engine is reached."""
    command = ["run", "-m", ".", sys.executable, "-c", PROGRAM, *documents]
    result = dockwright(str(folder), *command, env=environment(NO_DOCKER))
    assert result.returncode == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]
