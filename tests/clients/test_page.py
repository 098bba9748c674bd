"""The page of `listen`: GraphiQL in a browser, with nothing from the network and only for who has the token."""

import base64
import http.client
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from browser import Browser

EDITOR = "document.querySelector('.graphiql-query-editor .CodeMirror')"
RESULT = "document.querySelector('.result-window')?.innerText"
ADMISSION = "!document.getElementById('admission')?.hidden"


@contextmanager
def listening(binary: Path, token: str | None = None) -> Iterator[tuple[str, str]]:
    """Run `listen`; give its origin, and what it says of connecting."""
    environment = {name: value for name, value in os.environ.items() if name != "DAGGER_SESSION_TOKEN"}
    if token is not None:
        environment["DAGGER_SESSION_TOKEN"] = token
    command = [binary, "--progress=plain", "listen", "--listen=127.0.0.1:0"]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        said = "".join(process.stderr.readline() for _ in range(4))
        match = re.search(r"http://127\.0\.0\.1:\d+", said)
        assert match, said
        yield match[0], said
    finally:
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
    assert process.wait(timeout=10) == 0
    shown = re.search(r"#token=(\S+)", said)
    for secret in filter(None, (token, shown and shown[1])):
        assert secret not in rest, "the token is in the log"


def get(origin: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Ask for a file; give status, headers and body."""
    connection = http.client.HTTPConnection(origin.removeprefix("http://"), timeout=30)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()


def test_its_files_are_here(binary: Path) -> None:
    """What the page refers to is served here, with a policy that forbids other places; without gzip too."""
    with listening(binary) as (origin, _):
        status, headers, page = get(origin, "/")
        assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "http" not in policy
        named = re.findall(rb'(?:src|href)="([^"]+)"', page)
        assert sorted(named) == [b"/graphiql.css", b"/graphiql.js", b"/page.css", b"/page.js", b"data:,"]
        for name in named[1:]:
            status, headers, content = get(origin, name.decode())
            assert status == 200 and "content-encoding" not in headers
            assert b"sourceMappingURL" not in content and b"@font-face" not in content
        status, headers, content = get(origin, "/graphiql.js", **{"Accept-Encoding": "gzip"})
        assert headers["content-encoding"] == "gzip" and len(content) < 450_000
        assert b"MIT" in get(origin, "/licences.txt")[2]


def test_a_token_that_was_chosen_is_not_shown(binary: Path) -> None:
    """Who chose it knows it."""
    with listening(binary, "chosen-by-me") as (_, said):
        assert "chosen-by-me" not in said
        assert "asks for the token" in said


def test_a_query_in_the_browser(binary: Path, tmp_path: Path) -> None:
    """The link opens GraphiQL, a query runs, the documentation is there, and nothing else was asked for."""
    with listening(binary) as (origin, said), Browser(tmp_path) as browser:
        link = re.search(r"http://\S+#token=\S+", said)[0]
        browser.open(link)
        browser.wait(f"!!{EDITOR}")
        assert browser.value("location.href") == f"{origin}/"
        query = '{ container { withWorkdir(path: "/page") { workdir } } }'
        browser.value(f"{EDITOR}.CodeMirror.setValue({query!r}); {EDITOR}.CodeMirror.focus(); true")
        browser.press("Enter", 13, modifiers=2)
        answer = browser.wait(f"{RESULT}?.includes('workdir') && {RESULT}")
        assert '"workdir": "/page"' in answer
        browser.value("document.querySelector('[aria-label=\"Show Documentation Explorer\"]').click(); true")
        browser.wait("document.querySelector('.graphiql-plugin')?.innerText.includes('Query')")
        if folder := os.environ.get("DOCKWRIGHT_SCREENSHOTS"):
            browser.screenshot(Path(folder) / "graphiql.png")
        # It is remembered in this tab.
        browser.open(f"{origin}/")
        browser.wait(f"!!{EDITOR}")
        elsewhere = [url for url in browser.requests() if not url.startswith((origin, "data:", "about:"))]
        assert elsewhere == []
        assert browser.complaints() == []


def test_without_the_token_the_page_asks(binary: Path, tmp_path: Path) -> None:
    """A wrong token is refused in words, the right one opens GraphiQL."""
    with listening(binary, "chosen-by-me") as (origin, _), Browser(tmp_path) as browser:
        browser.open(f"{origin}/#token=wrong")
        browser.wait("document.getElementById('reason')?.textContent.includes('not the session')")
        browser.type("chosen-by-me")
        browser.press("Enter", 13)
        browser.value("document.querySelector('#admission button').click(); true")
        browser.wait(f"!!{EDITOR}")
        assert browser.value("document.getElementById('admission').hidden")


def test_pages_of_other_origins_may_not_ask(binary: Path, tmp_path: Path) -> None:
    """Not even with the token: a browser may know it and send it along."""
    with listening(binary) as (origin, said), listening(binary) as (other, _), Browser(tmp_path) as browser:
        token = re.search(r"#token=(\S+)", said)[1]
        browser.open(f"{other}/")
        browser.wait(ADMISSION)
        ask = f"fetch('{origin}/query', {{method: 'POST', mode: 'no-cors', body: '{{}}'}}).then(r => r.type, e => 'no')"
        # The page's own policy forbids it before the server can.
        assert browser.value(ask) == "no"
        connection = http.client.HTTPConnection(origin.removeprefix("http://"), timeout=30)
        credentials = base64.b64encode(f"{token}:".encode()).decode()
        connection.request("POST", "/query", b"{}", {"Origin": other, "Authorization": f"Basic {credentials}"})
        response = connection.getresponse()
        assert response.status == 403
        assert b"--allow-cors" in response.read()
