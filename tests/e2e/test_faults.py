"""What goes wrong with modules, arguments, containers and the machine: a clear error, the right code, nothing lost."""

import os
import re
import shutil
import signal
import subprocess
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import BINARY, Run
from scratch import NO_DOCKER, environment, in_engines, own_directories, write_module

SOURCE = '''
from dagger import dag, function, object_type


def box():
    return dag.container().from_("busybox")


@object_type
class Faults:
    """Functions that can be made to fail."""

    @function
    def double(self, number: int) -> int:
        """Twice the number."""
        return 2 * number

    @function
    def divide(self, number: int) -> int:
        """One by the number."""
        return 1 // number

    @function
    async def echo(self, text: str) -> str:
        """The text, by a container."""
        return await box().with_exec(["echo", text]).stdout()

    @function
    async def unknown_image(self) -> str:
        """Use an image that does not exist."""
        return await dag.container().from_("nosuch/image:1").with_exec(["true"]).stdout()

    @function
    async def fail(self) -> str:
        """End a command with 7."""
        return await box().with_exec(["sh", "-c", "echo to-stdout; echo to-stderr >&2; exit 7"]).stdout()

    @function
    async def sleep(self, mark: str) -> str:
        """Sleep a minute; the mark is among the arguments of the container's processes."""
        return await box().with_exec(["sh", "-c", f"sleep 60; echo {mark}"]).stdout()
'''


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of the module above."""
    return str(write_module(tmp_path_factory.mktemp("faults"), SOURCE))


def failure(dockwright: Run, folder: str | Path, *arguments: str, env: dict[str, str] | None = None) -> str:
    """Run what must end with 1 and print nothing on standard output; give standard error."""
    result = dockwright(str(folder), *arguments, env=env)
    assert result.returncode == 1, result.stdout + result.stderr
    assert result.stdout == ""
    assert "panicked" not in result.stderr
    return result.stderr


MANIFESTS = {
    "missing comma": ('{\n  "name": "faults",\n  "sdk": "python"\n  "source": "dagger"\n}\n', "line 4, column 3"),
    "wrong type": ('{\n  "name": 3,\n  "sdk": "python"\n}\n', "line 2, column 11"),
    "cut off": ('{\n  "name": "faults",\n', r"line [23], column \d+"),
}


@pytest.mark.parametrize(("manifest", "place"), MANIFESTS.values(), ids=MANIFESTS.keys())
def test_malformed_manifest(dockwright: Run, tmp_path: Path, manifest: str, place: str) -> None:
    """The place in dagger.json is named."""
    folder = write_module(tmp_path, SOURCE)
    (folder / "dagger.json").write_text(manifest)
    errors = failure(dockwright, folder, "functions")
    assert "dagger.json" in errors
    assert re.search(place, errors), errors


def test_no_module(dockwright: Run, tmp_path: Path) -> None:
    """Where no module is, the way to one is told."""
    errors = failure(dockwright, tmp_path, "functions")
    assert "no dagger.json in" in errors
    assert "dockwright init" in errors


HEAD = "from dagger import function, object_type\n\n@object_type\nclass Faults:\n    @function\n"

# The line of a function is that of its `def` or of its first decorator.
BROKEN = {
    "syntax error": ("import dagger\n\ndef broken(:\n", "3", "SyntaxError"),
    "import error": ("import dagger\n\nimport nosuchmodule\n", "3", "No module named 'nosuchmodule'"),
    "missing annotation": (HEAD + "    def f(self, number) -> int:\n        return 1\n", "[56]", "'number'"),
    "unknown annotation": (HEAD + "    def f(self, number: Nosuch) -> int:\n        return 1\n", "[56]", "'Nosuch'"),
    "error while loading": ("import dagger\n\nx = 1 / 0\n", "3", "division by zero"),
}


@pytest.mark.parametrize("command", ["functions", "call"])
@pytest.mark.parametrize(("source", "line", "message"), BROKEN.values(), ids=BROKEN.keys())
def test_broken_source(dockwright: Run, tmp_path: Path, command: str, source: str, line: str, message: str) -> None:
    """The user's file and line are named, and nothing of the SDK's inside."""
    folder = write_module(tmp_path, source)
    errors = failure(dockwright, folder, command, *(["f"] if command == "call" else []))
    assert re.search(rf"src/main\.py:{line}\b", errors), errors
    assert message in errors
    assert "site-packages" not in errors


def test_exception_in_a_function(dockwright: Run, module: str) -> None:
    """An exception that nobody caught names the place that raised it."""
    line = SOURCE.splitlines().index("        return 1 // number") + 1
    errors = failure(dockwright, module, "call", "divide", "--number=0")
    assert "division by zero" in errors
    assert re.search(rf"main\.py(:|\", line ){line}\b", errors), errors


ARGUMENTS = {
    "unknown function": (["duble", "--number=2"], ["`duble`", "`double`"]),
    "unknown flag": (["double", "--numbr=2"], ["'--numbr'", "'--number'"]),
    "missing argument": (["double"], ["required", "--number"]),
    "wrong type": (["double", "--number=two"], ["'two'", "--number", "invalid"]),
    "flag without value": (["double", "--number"], ["value is required", "--number"]),
    "too much": (["double", "--number=2", "more"], ["'more'"]),
    "number too large": (["double", f"--number={10**30}"], ["--number", "too large"]),
}


@pytest.mark.parametrize(("arguments", "messages"), ARGUMENTS.values(), ids=ARGUMENTS.keys())
def test_wrong_arguments(dockwright: Run, module: str, arguments: list[str], messages: list[str]) -> None:
    """What is wrong is named, with what was probably meant."""
    errors = failure(dockwright, module, "call", *arguments)
    for message in messages:
        assert message in errors


@pytest.mark.usefixtures("docker")
def test_unknown_image(dockwright: Run, module: str) -> None:
    """The image is named, and that it is not there."""
    errors = failure(dockwright, module, "call", "unknown-image")
    assert "nosuch/image:1 does not exist" in errors


@pytest.mark.usefixtures("docker")
def test_failed_command(dockwright: Run, module: str) -> None:
    """The exit code is the command's; it and its output are on standard error."""
    result = dockwright(module, "call", "fail")
    assert result.returncode == 7, result.stderr
    assert result.stdout == ""
    summary = result.stderr[result.stderr.index("failed after") :]
    assert "to-stdout" in summary
    assert "to-stderr" in summary
    assert re.search(r'process "sh -c .*exit 7" did not complete successfully: exit code: 7', summary)


def test_no_docker(dockwright: Run, module: str, tmp_path: Path) -> None:
    """Without a daemon the user is told what to do."""
    env = environment(own_directories(tmp_path), NO_DOCKER)
    env.pop("DOCKWRIGHT_ENGINE", None)
    errors = failure(dockwright, module, "call", "echo", "--text=x", env=env)
    assert "containers need Docker, but its daemon does not answer" in errors
    assert "/nonexistent/docker.sock" in errors
    assert "Start Docker" in errors


@pytest.mark.usefixtures("docker")
def test_no_engine_image(dockwright: Run, module: str, tmp_path: Path) -> None:
    """The image is named, and no container stays behind."""
    env = environment(own_directories(tmp_path), {"DOCKWRIGHT_ENGINE_IMAGE": "nosuch/image:1"})
    env.pop("DOCKWRIGHT_ENGINE", None)
    errors = failure(dockwright, module, "call", "echo", "--text=x", env=env)
    assert "the engine's image nosuch/image:1 is not here and could not be pulled" in errors
    images = subprocess.run(["docker", "ps", "-a", "--format={{.Image}}"], capture_output=True, text=True).stdout
    assert "nosuch/image" not in images


def test_commands_without_docker(dockwright: Run, tmp_path: Path) -> None:
    """`version`, `init`, `functions` and a call without a container need no daemon."""
    (tmp_path / "own").mkdir()
    (tmp_path / "new").mkdir()
    env = environment(own_directories(tmp_path / "own"), NO_DOCKER)
    folder = str(tmp_path / "new")
    commands = {
        "dockwright v": ["version"],
        "Made module": ["init", "--sdk=python", "--name=ci"],
        "container-echo": ["functions"],
        "you": ["call", "hello", "--name=you"],
    }
    for sign, command in commands.items():
        result = dockwright(folder, *command, env=env)
        assert result.returncode == 0, result.stderr
        assert sign in result.stdout + result.stderr
    assert (tmp_path / "new" / "dagger" / "src" / "main.py").exists()


def run_with(
    module: str, directory: Path, prefix: list[str], variable: str = "DOCKWRIGHT_CACHE_DIR"
) -> subprocess.CompletedProcess[str]:
    """Call a function with a cache (or other) directory, behind the words of another program."""
    env = environment({variable: str(directory)})
    command = [*prefix, str(BINARY), "--progress=plain", "call", "double", "--number=21"]
    return subprocess.run(command, cwd=module, env=env, capture_output=True, text=True, timeout=60)


@pytest.fixture
def without_root() -> list[str]:
    """Words before a command that take from root the right to write everywhere."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root may write everywhere, and there is no setpriv to take that away")
    return ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override"]


def test_read_only_cache(module: str, tmp_path: Path, without_root: list[str]) -> None:
    """A cache that cannot be written costs time, not the call."""
    cache = tmp_path / "cache"
    cache.mkdir(mode=0o555)
    result = run_with(module, cache, without_root)
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == "42"


def test_read_only_state(module: str, tmp_path: Path, without_root: list[str]) -> None:
    """A state directory that cannot be written does not matter to a call without containers, or is named."""
    state = tmp_path / "state"
    state.mkdir(mode=0o555)
    result = run_with(module, state, without_root, variable="DOCKWRIGHT_STATE_DIR")
    assert "panicked" not in result.stderr
    assert result.stdout.strip() == "42" or str(state) in result.stderr, result.stderr


def test_impossible_cache(module: str, tmp_path: Path) -> None:
    """A cache that cannot even exist costs time, not the call."""
    (tmp_path / "file").touch()
    result = run_with(module, tmp_path / "file" / "cache", [])
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == "42"


def test_full_disk(module: str, tmp_path: Path) -> None:
    """A cache without room costs time, not the call."""
    mount = f"mount -t tmpfs -o size=64k tmpfs {tmp_path} && {{ head -c 1M /dev/zero >{tmp_path}/fill; exec"
    isolate = ["unshare", "--mount", "sh", "-c"]
    probe = subprocess.run([*isolate, mount.split(" && ")[0]], capture_output=True, text=True)
    if probe.returncode != 0:
        pytest.skip(f"no file system of our own can be mounted here: {probe.stderr.strip()}")
    result = run_with(module, tmp_path, [*isolate, mount + ' "$@"; } 2>&1', "sh"])
    assert result.returncode == 0, result.stdout + result.stderr
    assert "42" in result.stdout.splitlines()


@pytest.mark.usefixtures("docker")
def test_two_calls_at_once(module: str, tmp_path: Path) -> None:
    """Calls of one module do not disturb each other, not even on an empty cache."""
    env = environment(own_directories(tmp_path))
    texts = [f"{name}-{uuid.uuid4().hex}" for name in ("first", "second")]
    calls = []
    for text in texts:
        command = [BINARY, "--progress=plain", "call", "echo", f"--text={text}"]
        pipe = subprocess.PIPE
        calls.append(subprocess.Popen(command, cwd=module, env=env, stdout=pipe, stderr=pipe, text=True))
    for text, call in zip(texts, calls, strict=True):
        output, errors = call.communicate(timeout=60)
        assert call.returncode == 0, errors
        assert output.strip() == text


@pytest.mark.usefixtures("docker")
def test_interrupt(module: str) -> None:
    """Ctrl-C ends the call with 2 within five seconds, and the container with it."""
    mark = f"mark-{uuid.uuid4().hex}"
    command = [BINARY, "--progress=plain", "call", "sleep", f"--mark={mark}"]
    call = subprocess.Popen(command, cwd=module, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert within(30, lambda: mark in in_engines("ps", "-o", "args")), "the container does not start"
        call.send_signal(signal.SIGINT)
        output, errors = call.communicate(timeout=5)
    finally:
        call.kill()
    assert call.returncode == 2, errors
    assert output == ""
    assert "Cancelled." in errors
    assert within(5, lambda: mark not in in_engines("ps", "-o", "args")), "the container outlives the call"


def within(seconds: float, condition: Callable[[], bool]) -> bool:
    """Wait until a condition holds, and tell whether it came to that."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False
