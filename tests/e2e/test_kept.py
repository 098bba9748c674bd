"""Python modules that are called again and again start from the memory of an instance that has loaded them."""

from pathlib import Path

import pytest
from conftest import Run
from scratch import NO_DOCKER, environment, own_directories, write_module

SOURCE = """
    import helper
    from dagger import function, object_type

    @object_type
    class Faults:
        @function
        def hello(self) -> str:
            return f"Hello, {helper.NAME}!"
"""


@pytest.fixture
def place(tmp_path: Path) -> tuple[Path, dict[str, str], Path]:
    """A module, an environment of its own, and the folder of its cache."""
    module = write_module(tmp_path / "module", SOURCE)
    (module / "dagger" / "src" / "helper.py").write_text('NAME = "world"\n')
    own = own_directories(tmp_path)
    return module, environment(NO_DOCKER, own), Path(own["DOCKWRIGHT_CACHE_DIR"])


def kept(cache: Path) -> set[Path]:
    """The snapshots in the cache."""
    return set(cache.glob("native/*/snapshots/*.cwasm"))


def test_calls_stay_the_same_and_edits_count(dockwright: Run, place: tuple[Path, dict[str, str], Path]) -> None:
    """The third call leaves a snapshot, later ones print what the first did, and an edit is another module."""
    module, env, cache = place
    for _ in range(2):
        assert dockwright(str(module), "call", "hello", env=env).stdout == "Hello, world!"
    assert kept(cache) == set()
    for _ in range(3):
        assert dockwright(str(module), "call", "hello", env=env).stdout == "Hello, world!"
        assert len(kept(cache)) == 1
    (module / "dagger" / "src" / "helper.py").write_text('NAME = "you"\n')
    for _ in range(4):
        assert dockwright(str(module), "call", "hello", env=env).stdout == "Hello, you!"
    assert len(kept(cache)) == 2


def test_a_damaged_snapshot_does_no_harm(dockwright: Run, place: tuple[Path, dict[str, str], Path]) -> None:
    """What is not as it was written is not mapped, and the call goes on without."""
    module, env, cache = place
    for _ in range(3):
        dockwright(str(module), "call", "hello", env=env)
    (snapshot,) = kept(cache)
    snapshot.write_bytes(snapshot.read_bytes()[:-4096] + bytes(4096))
    result = dockwright(str(module), "call", "hello", env=env)
    assert (result.returncode, result.stdout) == (0, "Hello, world!"), result.stderr


def test_what_is_printed_while_loading_is_printed_by_every_call(
    dockwright: Run, place: tuple[Path, dict[str, str], Path]
) -> None:
    """A module that does more than to define itself is loaded anew each time."""
    module, env, cache = place
    (module / "dagger" / "src" / "helper.py").write_text('NAME = "world"\nprint("loading")\n')
    for _ in range(5):
        result = dockwright(str(module), "call", "hello", env=env)
        assert result.stdout == "Hello, world!"
        assert "loading" in result.stderr
    assert kept(cache) == set()
