"""Secrets that other programs keep.

The vendors' services are out of reach here: programs stand in for theirs and note what they are asked.
"""

import json
import uuid
from pathlib import Path

import pytest
from conftest import Run
from scratch import environment, write_module

SOURCE = '''
import dagger
from dagger import dag, function, object_type


@object_type
class Faults:
    """A secret in use."""

    @function
    async def length(self, token: dagger.Secret) -> int:
        """Count its characters."""
        return len(await token.plaintext())

    @function
    async def mounted(self, token: dagger.Secret, owner: str, mode: int) -> str:
        """See the file that it is in a container."""
        box = dag.container().from_("busybox").with_mounted_secret("/run/token", token, owner=owner, mode=mode)
        return await box.with_exec(["stat", "-c", "%u %g %a %s", "/run/token"]).stdout()

    @function
    async def drawn(self, token: dagger.Secret) -> str:
        """A random number for each value that counts as another."""
        box = dag.container().from_("busybox").with_secret_variable("TOKEN", token)
        return await box.with_exec(["cat", "/proc/sys/kernel/random/uuid"]).stdout()
'''

STAND_IN = """#!/bin/sh
for word; do printf '%s\\n' "$word"; done >"$STAND_IN_LOG"
if [ -n "$STAND_IN_FAILS" ]; then echo "not logged in" >&2; exit 4; fi
printf '%s' "$STAND_IN_VALUE"
"""

CASES = [
    ("op://team/db/password", "op", ["read", "--no-newline", "op://team/db/password"]),
    ("vault://apps/shop.token", "vault", ["kv", "get", "-mount=secret", "-field=token", "apps/shop"]),
    ("libsecret://service/shop", "secret-tool", ["lookup", "service", "shop"]),
    (
        "aws+sm://prod/db",
        "aws",
        ["secretsmanager", "get-secret-value", "--secret-id", "prod/db", "--query", "SecretString", "--output", "text"],
    ),
    (
        "aws+ps://db",
        "aws",
        ["ssm", "get-parameter", "--with-decryption", "--name", "db", "--query", "Parameter.Value", "--output", "text"],
    ),
    ("gcp://shop/token/3", "gcloud", ["secrets", "versions", "access", "3", "--secret=token", "--project=shop"]),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the module above."""
    return write_module(tmp_path_factory.mktemp("secret-programs"), SOURCE)


def stand_in(folder: Path, program: str, value: str, fails: str = "") -> tuple[dict[str, str], Path]:
    """An environment in which a program answers with a value; and the file where it notes its arguments.

    No other program is on PATH: the vendors' own, where this machine has them, must never be called.
    """
    programs = folder / "programs"
    programs.mkdir(exist_ok=True)
    (programs / program).write_text(STAND_IN)
    (programs / program).chmod(0o755)
    log = folder / "asked"
    additions = {"STAND_IN_LOG": str(log), "STAND_IN_VALUE": value, "STAND_IN_FAILS": fails}
    return environment(additions, {"PATH": str(programs)}), log


@pytest.mark.parametrize(("uri", "program", "words"), CASES)
def test_read_by_a_program(
    dockwright: Run, folder: Path, tmp_path: Path, uri: str, program: str, words: list[str]
) -> None:
    """The program is asked in its own words; a failure is told in its own words too, and its absence by name."""
    token = f"tok-{uuid.uuid4().hex}"
    env, log = stand_in(tmp_path, program, token)
    result = dockwright(str(folder), "call", "length", f"--token={uri}", env=env)
    assert (result.returncode, result.stdout) == (0, str(len(token))), result.stderr
    assert log.read_text().splitlines() == words
    env, _ = stand_in(tmp_path, program, token, fails="yes")
    result = dockwright(str(folder), "call", "length", f"--token={uri}", env=env)
    assert result.returncode == 1
    assert "not logged in" in result.stderr
    (tmp_path / "programs" / program).unlink()
    result = dockwright(str(folder), "call", "length", f"--token={uri}", env=env)
    assert result.returncode == 1
    assert f"`{program}`, which is not on PATH" in result.stderr


def test_a_field_of_an_object(dockwright: Run, folder: Path, tmp_path: Path) -> None:
    """Of a value that is a JSON object one field can be meant; the region is passed on."""
    env, log = stand_in(tmp_path, "aws", json.dumps({"password": "geheim"}))
    uri = "aws+sm://prod/db?region=eu-west-1&field=password"
    result = dockwright(str(folder), "call", "length", f"--token={uri}", env=env)
    assert (result.returncode, result.stdout) == (0, "6"), result.stderr
    assert "--region=eu-west-1" in log.read_text().splitlines()
    result = dockwright(str(folder), "call", "length", f"--token={uri}x", env=env)
    assert result.returncode == 1
    assert "field `passwordx`" in result.stderr
    assert "geheim" not in result.stderr


@pytest.mark.usefixtures("docker")
def test_owner_and_mode(dockwright: Run, folder: Path) -> None:
    """A mounted secret has the owner, by number or by name, and the mode that are asked for."""
    env = environment({"FAULTS_TOKEN": f"tok-{uuid.uuid4().hex}"})
    for owner, shown in (("7:8", "7 8"), ("nobody", "65534 65534")):
        flags = ["--token=env://FAULTS_TOKEN", f"--owner={owner}", f"--mode={0o440}"]
        result = dockwright(str(folder), "call", "mounted", *flags, env=env)
        assert (result.returncode, result.stdout) == (0, f"{shown} 440 36\n"), result.stderr


@pytest.mark.usefixtures("docker")
def test_cache_key(dockwright: Run, folder: Path) -> None:
    """A new value is a new result, unless a cache key says that it is the same."""
    key = uuid.uuid4().hex

    def drawn(value: str, query: str = "") -> str:
        env = environment({"FAULTS_TOKEN": value})
        result = dockwright(str(folder), "call", "drawn", f"--token=env://FAULTS_TOKEN{query}", env=env)
        assert result.returncode == 0, result.stderr
        return result.stdout

    one, other = f"one-{key}", f"other-{key}"
    assert drawn(one) == drawn(one) != drawn(other)
    query = f"?cacheKey={key}"
    assert drawn(one, query) == drawn(other, query) != drawn(one, query + "x")
