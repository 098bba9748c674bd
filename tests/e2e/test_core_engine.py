"""The engine as the API shows it: its name, its cache, its limits."""

import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Run
from graphql import QueryError, Session, asserts
from scratch import engines, write_module

pytestmark = pytest.mark.usefixtures("docker")
ENTRY = (
    "activelyUsed createdTimeUnixNano dagqlCall description diskSpaceBytes mostRecentUseTimeUnixNano recordType "
    "recordTypes"
)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """One session for the tests of this file."""
    with Session(tmp_path_factory.mktemp("engine")) as session:
        yield session


@asserts("Query.engine", "Engine.name", "Engine.clients")
def test_the_engine(session: Session) -> None:
    """The engine is the container that Docker runs; the session is among its clients."""
    assert session.get("engine.name") in engines()
    (client,) = session.get("engine.clients")
    assert client


@asserts(
    "Engine.localCache",
    "EngineCache.entrySet",
    "EngineCacheEntrySet.entries",
    "EngineCacheEntrySet.entryCount",
    "EngineCacheEntrySet.diskSpaceBytes",
    "EngineCacheEntry.activelyUsed",
    "EngineCacheEntry.createdTimeUnixNano",
    "EngineCacheEntry.dagqlCall",
    "EngineCacheEntry.description",
    "EngineCacheEntry.diskSpaceBytes",
    "EngineCacheEntry.mostRecentUseTimeUnixNano",
    "EngineCacheEntry.recordType",
    "EngineCacheEntry.recordTypes",
)
def test_what_lies_in_the_cache(session: Session) -> None:
    """A command that has run is an entry of the size of what it wrote, with the time at which it ran."""
    mark = uuid.uuid4().hex
    before = time.time_ns()
    script = f"head -c 3000000 /dev/urandom > /{mark}"
    session.get('container.from(address: "busybox").withExec(args: ["sh", "-c", $script]).sync', script=script)
    entries = session.get(f"engine.localCache.entrySet.entries {{ {ENTRY} }}")
    # What the command printed is an entry of its own.
    *_, entry = sorted((e for e in entries if mark in e["description"]), key=lambda entry: entry["diskSpaceBytes"])
    assert 3_000_000 <= entry["diskSpaceBytes"] < 3_500_000
    assert before - 10**9 <= entry["createdTimeUnixNano"] <= time.time_ns()
    assert entry["createdTimeUnixNano"] <= entry["mostRecentUseTimeUnixNano"] <= time.time_ns()
    assert (entry["recordType"], entry["recordTypes"], entry["dagqlCall"]) == ("regular", ["regular"], "")
    assert entry["activelyUsed"], "this session has it"
    summary = "{ entryCount diskSpaceBytes entries { diskSpaceBytes } }"
    found = session.query(f"{{ engine {{ localCache {{ entrySet {summary} }} }} }}")["engine"]["localCache"]["entrySet"]
    assert found["entryCount"] == len(found["entries"]) >= len(entries) > 0
    assert found["diskSpaceBytes"] == sum(entry["diskSpaceBytes"] for entry in found["entries"])


@asserts("EngineCache.maxUsedSpace", "EngineCache.reservedSpace", "EngineCache.minFreeSpace", "EngineCache.targetSpace")
def test_limits(session: Session) -> None:
    """What the engine keeps at most and at least is told in bytes."""
    limits = session.query("{ engine { localCache { maxUsedSpace reservedSpace minFreeSpace targetSpace } } }")
    limits = limits["engine"]["localCache"]
    assert 0 < limits["reservedSpace"] < limits["maxUsedSpace"] == limits["targetSpace"]
    assert limits["minFreeSpace"] > 0


def test_wrong_amounts(session: Session) -> None:
    """An amount of space that is none prunes nothing and is named."""
    with pytest.raises(QueryError, match="argument `maxUsedSpace`: `much` is no amount of space"):
        session.get('engine.localCache.prune(maxUsedSpace: "much")')
    with pytest.raises(QueryError, match="argument `minFreeSpace`: `80%` is a share"):
        session.get('engine.localCache.prune(minFreeSpace: "80%")')


def test_a_module_does_not_see_the_cache(dockwright: Run, tmp_path: Path) -> None:
    """The cache belongs to all who use the engine: a module can neither look nor prune."""
    folder = write_module(
        tmp_path,
        """
        from dagger import dag, function, object_type


        @object_type
        class Faults:
            @function
            async def prunes(self) -> str:
                await dag.engine().local_cache().prune()
                return "pruned"

            @function
            async def looks(self) -> int:
                return await dag.engine().local_cache().entry_set().entry_count()
        """,
    )
    for function in ("prunes", "looks"):
        result = dockwright(str(folder), "call", function)
        assert result.returncode == 1, result.stdout
        assert "the engine's cache is not available to a module" in result.stderr
