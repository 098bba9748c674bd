"""The built component: loading, calls, the event loop, the sandbox, failures. `cargo xtask runtimes` builds it."""

from __future__ import annotations

import os
import pathlib
import textwrap
from typing import Any

import pytest

wasmtime = pytest.importorskip(
    "wasmtime", reason="skipped: the package wasmtime, which runs the component, is not installed"
)

import guest  # noqa: E402

COMPONENT = pathlib.Path(
    os.environ.get("DOCKWRIGHT_PYTHON_WASM")
    or pathlib.Path(__file__).parents[2] / "target/release/runtimes/python.wasm"
)

pytestmark = pytest.mark.skipif(
    not COMPONENT.is_file(), reason=f"skipped: {COMPONENT} is not built; run `cargo xtask runtimes`"
)


@pytest.fixture(scope="session")
def component() -> guest.Guest:
    return guest.Guest(COMPONENT)


@pytest.fixture
def start(component, tmp_path):
    def started(files: dict[str, str] | str, name: str = "demo", answer: Any = None, **mounts: Any) -> guest.Instance:
        source = tmp_path / "source"
        if isinstance(files, str):
            files = {"main.py": HEAD + textwrap.dedent(files)}
        write(source, files)
        return component.start(source, name, answer or (lambda document: {"data": reply(document)}), **mounts)

    return started


def write(folder: pathlib.Path, files: dict[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text))


def reply(document: str) -> Any:
    """Data that has the text `ok` at the end of the document's chain."""
    steps, text, depth = [], "", 0
    for char in document:
        depth += {"(": 1, ")": -1}.get(char, 0)
        if char in "{}" and depth == 0:
            if text and not text.startswith("... on"):
                steps.append(text.split("(", maxsplit=1)[0])
            text = ""
        else:
            text += char
    data: Any = "ok"
    for step in reversed(steps):
        data = {step: data}
    return data


HEAD = """\
import asyncio
import anyio
import dagger
from dagger import dag, function, object_type, field
"""

SIMPLE = """
@object_type
class Demo:
    @function
    def hello(self, name: str = "world") -> str:
        return f"hello {name}"
"""


@pytest.mark.parametrize(
    "path",
    ["main.py", "src/main.py", "src/demo.py", "src/demo/__init__.py", "demo/__init__.py", "src/main/__init__.py"],
)
def test_where_code_is_found(start, path):
    instance = start({path: HEAD + SIMPLE})
    assert getattr(instance.describe(), "main-object") == "Demo"
    assert instance.invoke("Demo", "hello", name="you") == "hello you"


def test_the_manifest_names_the_main_object(start):
    files = {
        "src/pkg/__init__.py": HEAD + SIMPLE.replace("Demo", "Other"),
        "pyproject.toml": """
            [project]
            name = "x"
            [project.entry-points."dagger.mod"]
            main_object = "pkg:Other"
        """,
    }
    instance = start(files, "my-mod")
    definition = instance.describe()
    assert getattr(definition, "main-object") == "MyMod"
    assert [each.name for each in definition.objects] == ["MyMod"]
    assert instance.invoke("MyMod", "hello") == "hello world"


def test_the_projects_name_is_its_package(start):
    files = {"src/old_name/__init__.py": HEAD + SIMPLE, "pyproject.toml": '[project]\nname = "old-name"\n'}
    assert start(files).invoke("Demo", "hello") == "hello world"


def test_what_is_missing_is_told(start):
    with pytest.raises(guest.GuestError) as caught:
        start({"src/other/__init__.py": "", "README.md": ""}).describe()
    assert caught.value.kind == "ModuleLoadError"
    assert caught.value.message == (
        "the module 'demo' has no code: it needs a package 'demo' or 'main' in its source or in `src`, "
        "or an entry point `main_object` in the group `dagger.mod` of its pyproject.toml. Found: src/other"
    )
    assert caught.value.trace is None
    with pytest.raises(guest.GuestError, match="it needs a class Demo decorated with @object_type"):
        start("").describe()


def test_the_definition(start):
    definition = start(
        """
        @object_type
        class Demo:
            '''A demo.'''
            part: list[str] | None = field(default=None)
            @function
            async def build(self, source: dagger.Directory, count: int = 3) -> dagger.Container: ...
        """
    ).describe()
    assert [each.tag for each in definition.types][:3] == ["string", "list", "optional"]
    demo = definition.objects[0]
    assert (demo.description, demo.location.file, demo.location.line) == ("A demo.", "main.py", 6)
    build = demo.functions[0]
    assert definition.types[build.arguments[0].type].payload == "Directory"
    assert getattr(build.arguments[1], "default-value") == "3"
    assert demo.fields[0].name == "part"


def test_requests_run_together(start):
    instance = start(
        """
        @object_type
        class Demo:
            @function
            async def gather(self) -> list[str]:
                return await asyncio.gather(*(dag.container().from_(str(i)).stdout() for i in range(5)))
            @function
            async def group(self) -> int:
                done = []
                async def one(i):
                    done.append(await dag.container().from_(str(i)).stdout())
                async with anyio.create_task_group() as group:
                    for i in range(5):
                        group.start_soon(one, i)
                return len(done)
        """
    )
    assert instance.invoke("Demo", "gather") == ["ok"] * 5
    assert instance.api.most_waiting == 5
    assert instance.invoke("Demo", "group") == 5


def test_time_and_cancellation(start):
    answer = lambda document: guest.NEVER if "never" in document else {"data": reply(document)}  # noqa: E731
    instance = start(
        """
        import time
        @object_type
        class Demo:
            @function
            async def timeouts(self) -> list[str]:
                done = []
                try:
                    async with asyncio.timeout(0.02):
                        await dag.container().from_("never").stdout()
                except TimeoutError:
                    done.append("timeout")
                with anyio.move_on_after(0.02) as scope:
                    await dag.container().from_("never").stdout()
                done.append(f"cancelled {scope.cancelled_caught}")
                before = time.monotonic()
                await asyncio.sleep(0.03)
                done.append(f"slept {time.monotonic() - before >= 0.02}")
                done.append(await asyncio.wait_for(dag.container().from_("x").stdout(), 5))
                return done
            @function
            async def abandoned(self) -> str:
                task = asyncio.create_task(dag.container().from_("never").stdout())
                await asyncio.sleep(0)
                await asyncio.sleep(0)
                return "done"
            @function
            async def stubborn(self) -> str:
                async def ignore():
                    while True:
                        try:
                            await asyncio.Event().wait()
                        except asyncio.CancelledError:
                            pass
                task = asyncio.create_task(ignore())
                await asyncio.sleep(0)
                return "done"
        """,
        answer=answer,
    )
    assert instance.invoke("Demo", "timeouts") == ["timeout", "cancelled True", "slept True", "ok"]
    assert len(instance.api.cancelled) == 2
    assert instance.invoke("Demo", "abandoned") == "done"
    assert len(instance.api.cancelled) == 3
    assert instance.invoke("Demo", "stubborn") == "done"


def test_a_deadlock_is_an_error(start):
    instance = start(
        """
        @object_type
        class Demo:
            @function
            async def stuck(self) -> None:
                await asyncio.Event().wait()
        """
    )
    with pytest.raises(guest.GuestError, match="waits for something that nothing is left to bring about") as caught:
        instance.invoke("Demo", "stuck")
    assert caught.value.kind == "DeadlockError"


def test_what_has_no_threads_still_works(start):
    instance = start(
        """
        import pathlib
        ONCE = asyncio.run(asyncio.sleep(0, "imported"))
        @object_type
        class Demo:
            @function
            async def all(self) -> list[str]:
                pathlib.Path("/tmp/x").write_text("file")
                return [
                    ONCE,
                    await asyncio.to_thread(str, 1),
                    await anyio.to_thread.run_sync(str, 2),
                    await anyio.Path("/tmp/x").read_text(),
                ]
        """
    )
    assert instance.invoke("Demo", "all") == ["imported", "1", "2", "file"]


def test_exec_errors_keep_their_parts(start):
    extensions = {"_type": "EXEC_ERROR", "cmd": ["sh", "-c", "x"], "exitCode": 3, "stdout": "out", "stderr": "err"}
    message = 'process "sh -c x" did not complete successfully: exit code: 3'
    answer = lambda _: {"data": None, "errors": [{"message": message, "extensions": extensions}]}  # noqa: E731
    instance = start(
        """
        @object_type
        class Demo:
            @function
            async def one(self) -> str:
                return await dag.container().stdout()
            @function
            async def group(self) -> None:
                async with asyncio.TaskGroup() as group:
                    group.create_task(dag.container().stdout())
            @function
            async def caught(self) -> int:
                try:
                    await dag.container().stdout()
                except dagger.ExecError as error:
                    return error.exit_code
                return 0
        """,
        answer=answer,
    )
    for name in ("one", "group"):
        with pytest.raises(guest.GuestError) as caught:
            instance.invoke("Demo", name)
        assert (caught.value.kind, caught.value.message) == ("ExecError", message)
        assert caught.value.extensions == extensions
    assert instance.invoke("Demo", "caught") == 3


def test_a_request_without_an_answer(start):
    instance = start(
        """
        @object_type
        class Demo:
            @function
            async def one(self) -> str:
                return await dag.version()
        """,
        answer=lambda _: RuntimeError("the engine is gone"),
    )
    with pytest.raises(guest.GuestError, match="the engine is gone") as caught:
        instance.invoke("Demo", "one")
    assert caught.value.kind == "TransportError"


def test_failures_show_the_users_frames(start):
    instance = start(
        """
        @object_type
        class Demo:
            @function
            async def boom(self) -> str:
                return await self._inner({})
            async def _inner(self, d: dict) -> str:
                return d["missing"]
        """
    )
    with pytest.raises(guest.GuestError) as caught:
        instance.invoke("Demo", "boom")
    assert (caught.value.kind, caught.value.location) == ("KeyError", ("main.py", 12))
    assert caught.value.trace == textwrap.dedent(
        """\
        Traceback (most recent call last):
          File "main.py", line 10, in boom
            return await self._inner({})
                   ^^^^^^^^^^^^^^^^^^^^^
          File "main.py", line 12, in _inner
            return d["missing"]
                   ~^^^^^^^^^^^
        KeyError: 'missing'
        """
    )


@pytest.mark.parametrize(
    ("code", "kind", "location", "message"),
    [
        ("def x(:", "SyntaxError", ("main.py", 5), "invalid syntax"),
        ("import nope", "ModuleNotFoundError", ("main.py", 5), "No module named 'nope'"),
        (
            "raise SystemExit(3)",
            "SystemExit",
            ("main.py", 5),
            "the module's code exited with 3; raise an error to fail",
        ),
        (
            "asyncio.run(dag.version())",
            "ClientConnectionError",
            ("main.py", 5),
            "there is no connection to the API here",
        ),
        (
            "@object_type\nclass Demo:\n    @function\n    def f(self, x) -> str: ...",
            "DeclarationError",
            ("main.py", 7),
            "parameter 'x' of Demo.f has no type annotation",
        ),
    ],
)
def test_code_that_cannot_be_described(start, code, kind, location, message):
    with pytest.raises(guest.GuestError) as caught:
        start({"main.py": HEAD + code}).describe()
    assert (caught.value.kind, caught.value.location) == (kind, location)
    assert caught.value.message.startswith(message)


HINTS = {
    "network": "a module has no network",
    "threads": "a module has one thread",
    "processes": "a module cannot start processes",
    "files": "a module sees only its own source",
    "library": "needs a native library",
}


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("import socket; socket.socket()", "network"),
        ("import socket; socket.getaddrinfo('example.com', 80)", "network"),
        ("import urllib.request; urllib.request.urlopen('http://example.com')", "network"),
        ("import urllib.request; urllib.request.urlopen('https://example.com')", "network"),
        ("import asyncio; asyncio.run(asyncio.open_connection('example.com', 80))", "network"),
        ("import threading; threading.Thread(target=print).start()", "threads"),
        (
            "import concurrent.futures as f\nwith f.ThreadPoolExecutor() as pool: pool.submit(print)",
            "threads",
        ),
        ("import subprocess; subprocess.run(['ls'])", "processes"),
        ("import os; os.system('ls')", "processes"),
        ("import os; os.fork()", "processes"),
        ("import asyncio; asyncio.run(asyncio.create_subprocess_exec('ls'))", "processes"),
        ("import ctypes", "library"),
        ("import lzma", "library"),
        ("open('/etc/passwd')", "files"),
        ("open('/src/../../../etc/passwd')", "files"),
        ("open('/src/new', 'w')", "files"),
    ],
)
def test_what_the_sandbox_refuses_is_explained(start, code, hint):
    with pytest.raises(guest.GuestError) as caught:
        start({"main.py": code}).describe()
    assert HINTS[hint] in caught.value.message, caught.value.message


def test_a_users_own_errors_get_no_advice(start):
    told = "import dagger; raise dagger.DaggerError('Name or service not known')"
    for code in (
        "open('/src/missing')",
        "open('/tmp/missing')",
        "{}['x']",
        "raise RuntimeError('x')",
        "import nope",
        told,
    ):
        with pytest.raises(guest.GuestError) as caught:
            start({"main.py": code}).describe()
        assert "hint:" not in caught.value.message, code


def test_native_extensions_are_explained(start, tmp_path):
    write(tmp_path / "deps", {"native_pkg/__init__.py": "from native_pkg._core import x"})
    with pytest.raises(guest.GuestError, match="may need a native extension"):
        start({"main.py": "import native_pkg"}, deps=tmp_path / "deps").describe()


def test_dependencies_and_bindings(start, tmp_path):
    write(tmp_path / "deps", {"helper.py": "VALUE = 'from a package'"})
    write(
        tmp_path / "gen",
        {
            "dagger_dependencies/hello_world.py": """
                from __future__ import annotations
                from dagger.client.base import Type
                from dagger.client.query import Arg

                class HelloWorld(Type):
                    async def greet(self, name: str) -> str:
                        return await self._select("greet", Arg("name", name)).execute(str)

                class Constructor(Type):
                    def hello_world(self) -> HelloWorld:
                        return HelloWorld(self._select("helloWorld"))

                __all__ = ["HelloWorld"]
            """
        },
    )
    instance = start(
        """
        import helper
        @object_type
        class Demo:
            @function
            async def use(self) -> str:
                other: dagger.HelloWorld = dag.hello_world()
                return helper.VALUE + " " + await other.greet("x")
            @function
            def give(self) -> dagger.HelloWorld:
                return dag.hello_world()
        """,
        deps=tmp_path / "deps",
        gen=tmp_path / "gen",
    )
    assert instance.invoke("Demo", "use") == "from a package ok"
    assert instance.api.documents == ['{helloWorld{greet(name: "x")}}']
    assert instance.describe().types[1].payload == "HelloWorld"


def test_bytecode_is_written_and_read(start, tmp_path):
    folder = tmp_path / "pyc"
    folder.mkdir()
    start(SIMPLE, pyc=(folder, "write")).describe()
    written = list(folder.rglob("*.pyc"))
    assert [each.name for each in written] == ["main.cpython-314.pyc"]
    source = tmp_path / "source/main.py"
    os.utime(source, (1, 1))
    before = written[0].stat().st_mtime_ns
    assert start({}, pyc=(folder, "read")).invoke("Demo", "hello") == "hello world"
    assert written[0].stat().st_mtime_ns == before
    # The bytecode is used: the source can be nonsense of whatever length and time.
    source.write_text("nonsense (")
    assert start({}, pyc=(folder, "read")).invoke("Demo", "hello") == "hello world"


def test_the_whole_standard_library_is_there(start):
    instance = start(
        """
        import plistlib, mailbox, colorsys, wave, imaplib, logging.handlers, json.tool, xml.sax, sqlite3, tomllib
        print("printed")
        @object_type
        class Demo:
            @function
            def check(self) -> str:
                return sqlite3.sqlite_version[:1]
        """
    )
    assert instance.invoke("Demo", "check") == "3"
    assert b"printed\n" in bytes(instance.stdout)


def test_randomness_and_environment_are_of_the_call(start):
    code = """
    import os, random, uuid, secrets
    @object_type
    class Demo:
        @function
        def values(self) -> list[str]:
            return [str(random.random()), str(uuid.uuid4()), secrets.token_hex(), os.urandom(8).hex()]
        @function
        def environment(self) -> list[str]:
            return sorted(os.environ)
    """
    first, second = (start(code).invoke("Demo", "values") for _ in range(2))
    assert not set(first) & set(second)
    assert start(code).invoke("Demo", "environment") == ["DOCKWRIGHT_MODULE"]


def test_memory_of_cycles_is_reclaimed(start):
    instance = start(
        """
        import weakref
        class Node: ...
        @object_type
        class Demo:
            @function
            def cycles(self) -> bool:
                first = Node(); first.me = first
                alive = weakref.ref(first)
                del first
                for _ in range(300_000):
                    node = Node(); node.me = node
                return alive() is None
        """
    )
    assert instance.invoke("Demo", "cycles") is True
