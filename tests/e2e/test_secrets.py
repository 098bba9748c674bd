"""A secret's value reaches the container and nothing else: no progress, no log, no error, no file."""

import base64
import contextlib
import os
import pty
import subprocess
import uuid
from pathlib import Path

import pytest
from conftest import BINARY, Run
from scratch import engines, environment, in_engines, own_directories, write_module

SOURCE = '''
import dagger
from dagger import dag, function, object_type


def box(token):
    return dag.container().from_("busybox").with_secret_variable("TOKEN", token)


@object_type
class Faults:
    """Functions that say what they should not."""

    @function
    async def leak(self, token: dagger.Secret, code: int = 0) -> str:
        """Print the secret in a container, in three ways, and return the number of lines on standard output."""
        script = f'echo "out $TOKEN"; echo "err $TOKEN" >&2; printf %s "$TOKEN" | base64; exit {code}'
        output = await box(token).with_exec(["sh", "-c", script]).stdout()
        return str(len(output.splitlines()))

    @function
    async def output(self, token: dagger.Secret) -> str:
        """Return what a container printed."""
        return await box(token).with_exec(["sh", "-c", 'echo "it is $TOKEN."']).stdout()

    @function
    async def leak_file(self, token: dagger.Secret) -> str:
        """Print the secret, mounted as a file."""
        mounted = dag.container().from_("busybox").with_mounted_secret("/run/token", token)
        return str(len(await mounted.with_exec(["cat", "/run/token"]).stdout()))

    @function
    async def leak_slowly(self, token: dagger.Secret) -> str:
        """Print the secret in two pieces."""
        script = 'printf %s "$TOKEN" | cut -c-10 | tr -d "\\\\n"; sleep 0.3; printf %s "$TOKEN" | cut -c11-'
        return str(len(await box(token).with_exec(["sh", "-c", script]).stdout()))

    @function
    async def log(self, token: dagger.Secret) -> str:
        """Print the secret in the module."""
        print("printed", await token.plaintext())
        return "logged"

    @function
    async def throw(self, token: dagger.Secret) -> str:
        """Have the secret in an exception."""
        raise ValueError(f"the token is {await token.plaintext()}")

    @function
    async def argument(self, token: dagger.Secret) -> str:
        """Have the secret among the arguments of a command that fails."""
        return await box(token).with_exec(["sh", "-c", "exit 5", await token.plaintext()]).stdout()
'''

FORMS = ["plain", "logs", "dots", "report", "json"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the module above."""
    return write_module(tmp_path_factory.mktemp("secrets"), SOURCE)


@pytest.fixture
def token() -> str:
    """A value that is nowhere else."""
    return f"tok-{uuid.uuid4().hex}"


def secret_call(
    folder: Path, own: Path, token: str, *arguments: str, options: tuple[str, ...] = ("--progress=plain",)
) -> subprocess.CompletedProcess[str]:
    """Call with the token in a variable and directories of its own."""
    env = environment(own_directories(own), {"FAULTS_TOKEN": token})
    command = [BINARY, *options, "call", *arguments]
    if "--token=" not in " ".join(arguments):
        command.append("--token=env://FAULTS_TOKEN")
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=60)


def assert_hidden(token: str, result: subprocess.CompletedProcess[str], own: Path) -> None:
    """Search streams and files for the token and its base64 form."""
    for form in (token, base64.b64encode(token.encode()).decode()):
        assert form not in result.stdout
        assert form not in result.stderr
        found = subprocess.run(["grep", "-rlaF", form, str(own)], capture_output=True, text=True)
        assert (found.returncode, found.stdout) == (1, ""), found.stdout + found.stderr


@pytest.mark.usefixtures("docker")
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("code", [0, 3])
def test_printed_by_a_container(folder: Path, tmp_path: Path, token: str, form: str, code: int) -> None:
    """What a container prints is scrubbed in every form of progress, whether it succeeds or fails."""
    options = (f"--progress={form}", "-vvv")
    result = secret_call(folder, tmp_path, token, "leak", f"--code={code}", options=options)
    assert result.returncode == code, result.stderr
    assert_hidden(token, result, tmp_path)
    if form in ("plain", "logs", "json") or code:
        assert "out ***" in result.stderr
        assert "err ***" in result.stderr
    if code == 0:
        assert result.stdout == "2"


@pytest.mark.usefixtures("docker")
@pytest.mark.parametrize("flag", [[], ["--json"], ["--output"]], ids=["plain", "json", "file"])
def test_returned_output(folder: Path, tmp_path: Path, token: str, flag: list[str]) -> None:
    """What a container printed is scrubbed also where it is the result of the call."""
    flags = [f"--output={tmp_path}/result"] if flag == ["--output"] else flag
    result = secret_call(folder, tmp_path, token, *flags, "output")
    assert result.returncode == 0, result.stderr
    assert "it is ***." in result.stdout
    assert_hidden(token, result, tmp_path)


@pytest.mark.usefixtures("docker")
def test_printed_on_a_terminal(folder: Path, tmp_path: Path, token: str) -> None:
    """The live tree scrubs as well."""
    env = environment(own_directories(tmp_path), {"FAULTS_TOKEN": token, "TERM": "xterm-256color"})
    terminal, side = pty.openpty()
    command = [BINARY, "--progress=tty", "call", "leak", "--code=3", "--token=env://FAULTS_TOKEN"]
    with subprocess.Popen(command, cwd=folder, env=env, stdin=side, stdout=side, stderr=side) as call:
        os.close(side)
        shown = b""
        # Linux ends the reading of a terminal that nobody has open any more with an error.
        with contextlib.suppress(OSError):
            while part := os.read(terminal, 65536):
                shown += part
        os.close(terminal)
    screen = shown.decode(errors="replace")
    assert call.returncode == 3, screen
    assert "***" in screen
    assert_hidden(token, subprocess.CompletedProcess(command, 3, screen, ""), tmp_path)


@pytest.mark.usefixtures("docker")
@pytest.mark.parametrize("function", ["leak-file", "leak-slowly"])
def test_printed_otherwise(folder: Path, tmp_path: Path, token: str, function: str) -> None:
    """A mounted secret is scrubbed too, and one that arrives in pieces."""
    result = secret_call(folder, tmp_path, token, function)
    assert result.returncode == 0, result.stderr
    assert "***" in result.stderr
    assert_hidden(token, result, tmp_path)
    assert token[:10] not in result.stderr


@pytest.mark.usefixtures("docker")
@pytest.mark.parametrize("scheme", ["file", "cmd"])
def test_other_sources(folder: Path, tmp_path: Path, token: str, scheme: str) -> None:
    """Secrets from files and commands are scrubbed like those from variables."""
    (tmp_path / "own").mkdir()
    (tmp_path / "token").write_text(token)
    address = f"file://{tmp_path}/token" if scheme == "file" else f"cmd://cat {tmp_path}/token"
    result = secret_call(folder, tmp_path / "own", token, "leak", "--code=3", f"--token={address}")
    assert result.returncode == 3, result.stderr
    assert "out ***" in result.stderr
    assert_hidden(token, result, tmp_path / "own")


def test_printed_by_the_module(folder: Path, tmp_path: Path, token: str) -> None:
    """What the module itself prints is scrubbed."""
    result = secret_call(folder, tmp_path, token, "log")
    assert (result.returncode, result.stdout) == (0, "logged"), result.stderr
    assert "printed ***" in result.stderr
    assert_hidden(token, result, tmp_path)


def test_in_an_exception(folder: Path, tmp_path: Path, token: str) -> None:
    """The message of an exception is scrubbed wherever it is shown."""
    result = secret_call(folder, tmp_path, token, "throw")
    assert result.returncode == 1
    assert "the token is ***" in result.stderr
    assert_hidden(token, result, tmp_path)


@pytest.mark.usefixtures("docker")
def test_in_a_failed_command(folder: Path, tmp_path: Path, token: str) -> None:
    """The command of an error is scrubbed wherever it is shown."""
    result = secret_call(folder, tmp_path, token, "argument")
    assert result.returncode == 5
    assert "exit 5 ***" in result.stderr
    assert_hidden(token, result, tmp_path)


@pytest.mark.parametrize(
    ("address", "messages"),
    [
        ("env://FAULTS_NOT_SET", ["FAULTS_NOT_SET"]),
        ("file:///nonexistent/token", ["/nonexistent/token"]),
        ("cmd://exit 9", ["exit 9"]),
        ("vault://x", ["vault"]),
    ],
)
def test_missing_secret(dockwright: Run, folder: Path, address: str, messages: list[str]) -> None:
    """A secret that cannot be had fails the call and is named."""
    result = dockwright(str(folder), "call", "log", f"--token={address}")
    assert result.returncode == 1, result.stdout + result.stderr
    assert result.stdout == ""
    for message in messages:
        assert message in result.stderr


@pytest.mark.usefixtures("docker")
def test_history_of_the_engine(folder: Path, tmp_path: Path, token: str) -> None:
    """The engine keeps no record of the value: neither its history nor its databases of cached steps."""
    result = secret_call(folder, tmp_path, token, "leak", "--code=3")
    assert result.returncode == 3, result.stderr
    assert engines()
    databases = "find /var/lib/buildkit -type f -name '*.db'"
    assert "history.db" in in_engines("sh", "-c", databases)
    search = f"{databases} -exec grep -lF"
    assert in_engines("sh", "-c", f"{search} sha256 {{}} +"), "the search finds nothing at all"
    assert in_engines("sh", "-c", f"{search} {token} {{}} +") == ""
