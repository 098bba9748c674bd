"""Creates a release on GitHub. Runs in a container: the request comes as JSON on stdin, the token as GITHUB_TOKEN."""

import json
import mimetypes
import os
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path


def ask(method: str, url: str, body: bytes | None = None, kind: str = "application/json") -> tuple[int, dict]:
    """Send a request and give status and answer; anything but success and 404 ends the program."""
    headers = {
        "Accept": "application/vnd.github+json",
        "Authorization": f"Bearer {os.environ['GITHUB_TOKEN']}",
        "Content-Type": kind,
        "User-Agent": "git-release",
        "X-GitHub-Api-Version": "2022-11-28",
    }
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers, method=method), timeout=60) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        if error.code == 404 and method == "GET":
            return 404, {}
        sys.exit(f"GitHub answered {error.code} to {method} {url}: {reason(error)}")
    except urllib.error.URLError as error:
        sys.exit(f"GitHub cannot be reached at {url}: {error.reason}")


def reason(error: urllib.error.HTTPError) -> str:
    """What GitHub says of a refusal."""
    text = error.read().decode(errors="replace")
    try:
        answer = json.loads(text)
    except ValueError:
        return text.strip() or error.reason
    details = [str(each.get("message") or each.get("code")) for each in answer.get("errors", [])]
    return ": ".join([answer.get("message", error.reason), *details])


def main() -> None:
    """Create the release, unless there is one of this tag, and upload its files."""
    request = json.load(sys.stdin)
    releases = f"{request['api'].rstrip('/')}/repos/{request['repository']}/releases"
    tag = request["release"]["tag_name"]
    status, found = ask("GET", f"{releases}/tags/{urllib.parse.quote(tag, safe='')}")
    if status != 404:
        sys.exit(f"{request['repository']} has a release {tag} already: {found.get('html_url')}")
    _, release = ask("POST", releases, json.dumps(request["release"]).encode())
    upload = release["upload_url"].split("{", 1)[0]
    for path in sorted(Path("/assets").glob("*")):
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        ask("POST", f"{upload}?name={urllib.parse.quote(path.name)}", path.read_bytes(), kind)
    print(release["html_url"], end="")


main()
