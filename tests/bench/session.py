"""A session as client libraries meet it: how soon it is there, and what a request costs besides its work."""

import base64
import http.client
import json
import statistics
import subprocess
import time
from pathlib import Path

from process import BenchError
from table import Row

WHOLE = (Path(__file__).resolve().parent / "introspection.graphql").read_text()


class Session:
    """`dockwright session`, and one connection to it."""

    def __init__(self) -> None:
        """Start it and wait for its line of parameters; `started` is how long that took, in milliseconds."""
        begin = time.perf_counter()
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(["dockwright", "session"], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)
        parameters = json.loads(self.process.stdout.readline())
        self.started = (time.perf_counter() - begin) * 1000
        token = base64.b64encode(f"{parameters['session_token']}:".encode()).decode()
        self.headers = {"Authorization": f"Basic {token}", "Content-Type": "application/json"}
        self.connection = http.client.HTTPConnection("127.0.0.1", parameters["port"])

    def ask(self, query: str, expect: str) -> float:
        """Send a query and read the answer; give the milliseconds that both took."""
        body = json.dumps({"query": query})
        begin = time.perf_counter()
        self.connection.request("POST", "/query", body, self.headers)
        answer = self.connection.getresponse().read().decode()
        taken = (time.perf_counter() - begin) * 1000
        if expect not in answer or '"errors"' in answer:
            raise BenchError(f"the session answered {answer[:500]}")
        return taken

    def close(self) -> None:
        """End it."""
        self.connection.close()
        self.process.communicate(timeout=30)


def started() -> float:
    """Start a session and end it; give how long its line of parameters took."""
    session = Session()
    session.close()
    return session.started


def rows(times: int) -> list[Row]:
    """Starting, the questions that clients ask first, and requests of a session that is warm."""
    starts = [started() for _ in range(times)]
    firsts = []
    for _ in range(times):
        session = Session()
        firsts.append(session.ask(WHOLE, '"queryType"'))
        session.close()
    session = Session()
    chain = "{container" + '{withWorkdir(path:"/a")' * 99 + "{workdir}" + "}" * 100
    chains = [session.ask(chain, '"/a"') for _ in range(times)]
    return [
        Row("session: spawn to parameters", statistics.median(starts), bound=25, runs=times),
        Row("session: first introspection", statistics.median(firsts), bound=15, runs=times),
        Row("session: 100 chained fields", statistics.median(chains), bound=5, runs=times),
        *exec_rows(session, times),
    ]


def exec_rows(session: Session, times: int) -> list[Row]:
    """The output of a command that ran before in this session; needs an engine."""
    query = '{container{from(address:"alpine"){withExec(args:["echo","bench"]){stdout}}}}'
    try:
        session.ask(query, "bench\\n")
        taken = [session.ask(query, "bench\\n") for _ in range(max(30, times))]
    except BenchError as error:
        return [Row("session: stdout of a cached exec", bound=3, note=str(error)[:60])]
    finally:
        session.close()
    return [Row("session: stdout of a cached exec", statistics.median(taken), bound=3, runs=len(taken))]
