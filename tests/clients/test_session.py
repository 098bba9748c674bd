"""What a session does with requests that are wrong, too large, abandoned, or many. Needs no engine but where said."""

import json
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from session import Session

# Files of the end-to-end tests are shared.
sys.path.append(str(Path(__file__).resolve().parents[1] / "e2e"))
from scratch import NO_DOCKER, environment, in_engines


def errors(session: Session, query: str) -> str:
    """Send a query that must fail; give its messages."""
    answer = session.ask(query)
    return "\n".join(error["message"] for error in answer["errors"])


def test_parameters(session: Session) -> None:
    """The line has what clients read, and a token that every alphabet of Base64 encodes alike."""
    assert set(session.parameters) == {"port", "session_token"}
    assert str(uuid.UUID(session.token)) == session.token


def test_flags_of_all_versions(binary: Path, tmp_path: Path) -> None:
    """Flags that clients send, or may send one day, are accepted; --workdir is where paths start."""
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "here").touch()
    flags = "--workdir below --project x --label dagger.io/sdk.name:python --label=dagger.io/sdk.version:0.21.11"
    flags += " --version 0.21.11 --load-workspace-modules --not-yet=1 --nor-this value -v"
    with Session(tmp_path, *flags.split()) as session:
        assert session.data("{version}") == {"version": "v0.21.8"}
        export = '{directory{withNewFile(path:"a", contents:"x"){file(path:"a"){name}}}}'
        assert session.data(export)["directory"]["withNewFile"]["file"]["name"] == "a"


def test_a_working_directory_that_is_not_there(binary: Path, tmp_path: Path) -> None:
    """It is told on standard error, and there is no line of parameters."""
    command = [binary, "session", "--workdir", "nowhere"]
    result = subprocess.run(command, cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30)
    assert (result.returncode, result.stdout) == (1, "")
    assert "--workdir nowhere: No such file or directory" in result.stderr


def test_it_needs_no_docker_to_answer(binary: Path, tmp_path: Path) -> None:
    """Nothing like an engine is touched before somebody needs a container."""
    with Session(tmp_path, env=environment(NO_DOCKER)) as session:
        assert session.data('{container{withEnvVariable(name:"A", value:"b"){envVariable(name:"A")}}}') == {
            "container": {"withEnvVariable": {"envVariable": "b"}}
        }


@pytest.mark.parametrize(
    "query, message",
    [
        ("", "Unexpected <EOF>."),
        ("{", "expected at least one Selection"),
        ("{version", "R_CURLY"),
        ("{versjon}", "`Query` has no field `versjon`; did you mean `version`?"),
        ("{container{from}}", "needs argument `address` of type String!"),
        ("{container{from(address: 1){id}}}", "argument `address`: expected String, got 1"),
        ('{node(id: "x"){id}}', "`x` is not an object ID"),
        ('{node(id: "Container@' + "0" * 64 + '"){id}}', "Container@0000"),
        ('{loadContainerFromID(id: "Container@' + "0" * 64 + '"){id}}', "Container@0000"),
        ("mutation{version}", "utation"),
        ("{" + "container{withWorkdir(path:" * 3 + "}", ""),
        ("{container" + '{withWorkdir(path:"/")' * 1100 + "{id}" + "}" * 1101, "nests more than 1000 fields"),
    ],
)
def test_wrong_queries(session: Session, query: str, message: str) -> None:
    """Each is refused with the reason, and the session goes on."""
    assert message in errors(session, query)
    assert session.data("{version}")


def test_an_id_of_another_type(session: Session) -> None:
    """It is refused by loaders, by fragments and as an argument."""
    directory = session.data("{directory{id}}")["directory"]["id"]
    assert "Directory" in errors(session, f'{{loadContainerFromID(id: "{directory}"){{id}}}}')
    assert "a Container is needed" in errors(session, f'{{node(id: "{directory}"){{... on Container{{id}}}}}}')
    query = f'{{container{{withFile(path: "/f", source: "{directory}"){{file(path: "/f"){{contents}}}}}}}}'
    assert "Directory" in errors(session, query)
    assert session.data(f'{{node(id: "{directory}"){{__typename}}}}') == {"node": {"__typename": "Directory"}}


def test_tokens(session: Session) -> None:
    """Without the session's own token nothing is answered."""
    body = b'{"query": "{version}"}'
    for headers in ({}, session.headers("x"), {"Authorization": f"Bearer {session.token}"}):
        status, answered, answer = session.post(body, headers)
        assert status == 401
        assert answered["www-authenticate"].startswith("Basic ")
        assert b"token" in answer and session.token.encode() not in answer
    assert session.post(body)[0] == 200


def test_bodies(session: Session) -> None:
    """What is no request is refused as a GraphQL error; one that is large, but not too large, is answered."""
    for body in (b"", b"{", b"[]", b'{"query": 1}', b'{"query": "{version}", "variables": 3}', b"\xff\xfe"):
        status, _, answer = session.post(body)
        assert status == 400
        assert json.loads(answer)["errors"]
    text = "x" * (10 << 20)
    query = f'{{directory{{withNewFile(path: "f", contents: "{text}"){{file(path: "f"){{name}}}}}}}}'
    assert session.data(query)["directory"]["withNewFile"]["file"] == {"name": "f"}


def test_a_request_that_is_too_large(session: Session) -> None:
    """It is refused before it is sent, and no memory is kept for it."""
    with socket.create_connection(("127.0.0.1", session.port)) as connection:
        head = "\r\n".join(f"{name}: {value}" for name, value in session.headers().items())
        connection.sendall(f"POST /query HTTP/1.1\r\nHost: x\r\n{head}\r\nContent-Length: {1 << 40}\r\n\r\n".encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")
    assert session.data("{version}")


def test_two_hundred_clients(session: Session) -> None:
    """Two hundred connections at once, each with its own answer."""

    def ask(number: int) -> bool:
        query = f'{{container{{withWorkdir(path: "/{number}"){{workdir}}}}}}'
        return session.data(query)["container"]["withWorkdir"]["workdir"] == f"/{number}"

    with ThreadPoolExecutor(200) as pool:
        assert all(pool.map(ask, range(600)))


def test_it_ends_with_its_client(binary: Path, tmp_path: Path) -> None:
    """Open connections and unfinished requests do not keep it."""
    session = Session(tmp_path)
    idle, half = session.connect(), socket.create_connection(("127.0.0.1", session.port))
    idle.connect()
    half.sendall(b"POST /query HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
    started = time.monotonic()
    assert session.close()[0] == 0
    assert time.monotonic() - started < 3


def test_a_client_that_goes_away_in_mid_solve(docker: None, session: Session) -> None:
    """Its container is stopped; the session goes on."""
    mark = f"mark-{uuid.uuid4().hex}"
    script = f"sleep 60; echo {mark}"
    query = f'{{container{{from(address: "alpine"){{withExec(args: ["sh", "-c", "{script}"]){{stdout}}}}}}}}'
    connection = session.connect()
    connection.request("POST", "/query", json.dumps({"query": query}), session.headers())
    assert within(60, lambda: mark in in_engines("ps", "-o", "args")), "the container does not start"
    connection.sock.close()
    connection.close()
    assert within(10, lambda: mark not in in_engines("ps", "-o", "args")), "the container outlives its client"
    assert session.data("{version}")


def test_each_of_several_failures_is_told(docker: None, session: Session) -> None:
    """Commands that fail in one session, one after the other and at once, each with its own code and output."""
    mark = uuid.uuid4().hex

    def fail(code: int) -> None:
        command = ["sh", "-c", f"echo out-{code}; echo err-{mark} >&2; exit {code}"]
        query = f'{{container{{from(address: "alpine"){{withExec(args: {json.dumps(command)}){{sync}}}}}}}}'
        extensions = session.ask(query)["errors"][0]["extensions"]
        assert extensions == {
            "_type": "EXEC_ERROR",
            "cmd": command,
            "exitCode": code,
            "stdout": f"out-{code}",
            "stderr": f"err-{mark}",
        }

    for code in (3, 4, 5):
        fail(code)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(fail, range(10, 18)))


def test_the_end_stops_what_runs(docker: None, binary: Path, tmp_path: Path) -> None:
    """Closing standard input stops containers and ends the process in seconds."""
    mark = f"mark-{uuid.uuid4().hex}"
    query = (
        f'{{container{{from(address: "alpine"){{withExec(args: ["sh", "-c", "sleep 60; echo {mark}"]){{stdout}}}}}}}}'
    )
    session = Session(tmp_path)
    connection = session.connect()
    connection.request("POST", "/query", json.dumps({"query": query}), session.headers())
    assert within(60, lambda: mark in in_engines("ps", "-o", "args")), "the container does not start"
    started = time.monotonic()
    assert session.close()[0] == 0
    assert time.monotonic() - started < 5
    assert within(10, lambda: mark not in in_engines("ps", "-o", "args")), "the container outlives the session"


def test_introspection_builds_a_schema(session: Session, tmp_path: Path) -> None:
    """A GraphQL library of others accepts the whole schema as valid."""
    from installed import python

    command = python("0.19.11").command()[0]
    program = (
        "import json, sys, graphql\n"
        "if sys.argv[1] == 'query':\n"
        "    print(graphql.get_introspection_query(specified_by_url=True, input_value_deprecation=True))\n"
        "else:\n"
        "    schema = graphql.build_client_schema(json.load(sys.stdin))\n"
        "    graphql.assert_valid_schema(schema)\n"
        "    print(len(schema.type_map))\n"
    )
    query = subprocess.run([command, "-c", program, "query"], check=True, capture_output=True, text=True).stdout
    answer = json.dumps(session.data(query, operationName="IntrospectionQuery"))
    built = subprocess.run([command, "-c", program, "build"], input=answer, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr[-2000:]
    assert int(built.stdout) > 150


def within(seconds: float, condition: Callable[[], bool]) -> bool:
    """Wait until a condition holds, and tell whether it came to that."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False
