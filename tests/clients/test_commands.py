"""The commands beside `session`: run, listen, query and core."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

PROGRAM = """
import base64, json, os, sys, urllib.request
credentials = base64.b64encode((os.environ["DAGGER_SESSION_TOKEN"] + ":").encode()).decode()
url = f"http://127.0.0.1:{os.environ['DAGGER_SESSION_PORT']}/query"
headers = {"Authorization": f"Basic {credentials}", "Content-Type": "application/json"}
body = json.dumps({"query": sys.argv[1]}).encode()
print(urllib.request.urlopen(urllib.request.Request(url, body, headers)).read().decode())
"""

# Shells cannot catch what was ignored when they were started.
CATCHER = """
import signal, sys, time
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, lambda *_: ({action}))
print("ready", flush=True)
while True:
    time.sleep(0.1)
"""


def run(binary: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the binary with no progress shown."""
    command = [binary, "--progress=none", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=120)


def test_run_gives_a_session(binary: Path) -> None:
    """The program finds the session in its environment, and its standard input is its own."""
    result = run(binary, "run", sys.executable, "-c", PROGRAM, "{version}")
    assert json.loads(result.stdout) == {"data": {"version": "v0.21.8"}}, result.stderr
    assert run(binary, "run", "cat", stdin="through").stdout == "through"


@pytest.mark.parametrize("script, status", [("exit 0", 0), ("exit 7", 7), ("kill -TERM $$", 143)])
def test_run_passes_the_exit_on(binary: Path, script: str, status: int) -> None:
    """The program's exit code is ours; a signal counts as shells count it."""
    assert run(binary, "run", "--", "sh", "-c", script).returncode == status


def test_run_of_what_is_not_there(binary: Path) -> None:
    """It is told."""
    result = run(binary, "run", "no-such-program")
    assert result.returncode == 1
    assert "cannot start `no-such-program`: No such file or directory" in result.stderr


def test_run_forwards_signals_and_loses_patience(binary: Path) -> None:
    """The program may clean up; if it does not end, it is ended."""
    polite = CATCHER.format(action="print('cleaned'), sys.exit(5)")
    stubborn = CATCHER.format(action="None")
    for script, sent, expected in (
        (polite, signal.SIGINT, (5, "cleaned")),
        (polite, signal.SIGTERM, (5, "cleaned")),
        (stubborn, signal.SIGTERM, (137, "")),
    ):
        command = [binary, "run", "--cleanup-timeout=500ms", sys.executable, "-c", script]
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert process.stdout.readline() == "ready\n"
        process.send_signal(sent)
        output, _ = process.communicate(timeout=10)
        assert (process.returncode, output.strip()) == expected


def test_run_on_a_terminal(binary: Path) -> None:
    """What the program prints is all there, between the frames of the view."""
    main, side = pty.openpty()
    command = [binary, "run", "sh", "-c", "for i in 1 2 3; do echo line-$i; sleep 0.15; done; echo error >&2; exit 3"]
    process = subprocess.Popen(command, stdin=side, stdout=side, stderr=side)
    os.close(side)
    output = b""
    try:
        while chunk := os.read(main, 4096):
            output += chunk
    except OSError:
        pass  # The other side is closed.
    assert process.wait(timeout=30) == 3
    for text in (b"line-1", b"line-2", b"line-3", b"error"):
        assert output.count(text) == 1, output


def test_listen(binary: Path, tmp_path: Path) -> None:
    """Whoever has the token is served until the end; without the host where that is asked for."""
    environment = {**os.environ, "DAGGER_SESSION_TOKEN": "chosen"}
    (tmp_path / "file").write_text("contents")
    command = [binary, "--progress=none", "listen", "--listen=127.0.0.1:0", "--allow-cors", "--disable-host-read-write"]
    process = subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        url = process.stderr.readline().split()[-1]
        headers = {"Authorization": "Basic Y2hvc2VuOg==", "Content-Type": "application/json"}

        def ask(query: str) -> tuple[dict, str | None]:
            request = urllib.request.Request(url, json.dumps({"query": query}).encode(), headers)
            with urllib.request.urlopen(request) as response:
                return json.load(response), response.headers["Access-Control-Allow-Origin"]

        assert ask("{version}") == ({"data": {"version": "v0.21.8"}}, "*")
        for query in (
            f'{{host{{file(path: "{tmp_path}/file"){{contents}}}}}}',
            '{secret(uri: "env://HOME"){plaintext}}',
            '{secret(uri: "cmd://id"){plaintext}}',
        ):
            answer, _ = ask(query)
            message = answer["errors"][0]["message"]
            assert message.endswith("is not available: this session keeps its clients from the host"), answer
    finally:
        process.send_signal(signal.SIGINT)
    assert process.wait(timeout=10) == 0


def test_listen_refuses_other_machines(binary: Path) -> None:
    """Addresses that others reach are no place for a session."""
    result = run(binary, "listen", "--listen=0.0.0.0:0")
    assert result.returncode == 1
    assert "use 127.0.0.1 or [::1]" in result.stderr


def test_query(binary: Path, tmp_path: Path) -> None:
    """Documents from standard input and files, variables, and one operation of several."""
    document = "query A($p: String!) {container{withWorkdir(path: $p){workdir}}} query B {version}"
    result = run(binary, "query", "--var", "p=/x", "A", stdin=document)
    assert json.loads(result.stdout) == {"container": {"withWorkdir": {"workdir": "/x"}}}, result.stderr
    (tmp_path / "d.graphql").write_text(document)
    result = run(binary, "query", f"--doc={tmp_path}/d.graphql", '--var-json={"p": "/y"}', "A")
    assert json.loads(result.stdout)["container"]["withWorkdir"]["workdir"] == "/y"
    assert json.loads(run(binary, "q", "B", stdin=document).stdout) == {"version": "v0.21.8"}
    wrong = run(binary, "query", stdin="{versjon}")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "did you mean `version`?" in wrong.stderr


def test_query_in_a_module(binary: Path) -> None:
    """The directory's module is part of the API, unless the core alone is asked for."""
    folder = Path(__file__).resolve().parents[2] / "modules" / "hello-python"

    def ask(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [binary, "--progress=none", "query", *arguments]
        query = '{hello{hello(name: "Ada")}}'
        return subprocess.run(command, cwd=folder, input=query, capture_output=True, text=True, timeout=120)

    assert json.loads(ask().stdout) == {"hello": {"hello": "Hello, Ada!"}}
    assert "`Query` has no field `hello`" in ask("--no-mod").stderr
    assert "cannot be used with" in ask("-M", "-m=.").stderr


def test_help(binary: Path) -> None:
    """What clients start says so, without starting; what people start is listed."""
    told = run(binary, "session", "--help")
    assert told.returncode == 0 and "Usage: dockwright session" in told.stdout
    assert "session_token" in told.stdout and not told.stdout.startswith("{")
    listed = run(binary, "--help").stdout
    assert "listen " in listed and "session " not in listed
    assert "GraphiQL" in run(binary, "listen", "--help").stdout


def test_core(binary: Path) -> None:
    """Functions of the core API are commands, with help and hints."""
    assert run(binary, "core", "version").stdout == "v0.21.8"
    arguments = "core container with-env-variable --name=A --value=b env-variable --name=A".split()
    assert run(binary, *arguments).stdout == "b"
    listing = run(binary, "core")
    assert listing.returncode == 0
    assert "container " in listing.stdout and "load-" not in listing.stdout
    assert "--address" in run(binary, "core", "container", "from", "--help").stdout
    assert "did you mean `container`?" in run(binary, "core", "contaner").stderr


def test_nothing_is_left_over(binary: Path) -> None:
    """A session that ends at once has been quick about it."""
    started = time.monotonic()
    assert run(binary, "session").returncode == 0
    assert time.monotonic() - started < 2
