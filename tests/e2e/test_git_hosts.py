"""Modules that may fetch from some hosts alone: submodules of what they fetch are at those hosts too."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Run
from scratch import write_module
from test_git import Server, git, reachable
from test_publish import told
from test_trust import with_section

__all__ = ["reachable"]
pytestmark = pytest.mark.usefixtures("docker", "reachable")

SOURCE = '''
from dagger import dag, function, object_type


@object_type
class Faults:
    """For tests."""

    @function
    async def fetched(self, url: str, path: str) -> str:
        """Fetch a file of a repository."""
        return await dag.git(url).branch("main").tree().file(path).contents()
'''


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Serve the same repositories at two addresses: `inner`, `middle` with it as a submodule, and `outer` with that."""
    with Server(tmp_path / "served") as one, Server(tmp_path / "served") as other:
        for server in (one, other):
            threading.Thread(target=server.serve_forever, daemon=True).start()
        hosts = [f"127.0.0.1:{server.server_port}" for server in (one, other)]
        submodules = {"inner": None, "near": "../inner", "middle": f"http://{hosts[1]}/git/inner", "outer": "../middle"}
        for name, below in submodules.items():
            folder = tmp_path / "served" / name
            folder.mkdir(parents=True)
            git(folder, "init", "-q", "-b", "main")
            (folder / "file").write_text(f"{name}\n")
            git(folder, "add", ".")
            if below is not None:
                (folder / ".gitmodules").write_text(f'[submodule "x"]\n\tpath = x\n\turl = {below}\n')
                target = tmp_path / "served" / below.rpartition("/")[2]
                commit = git(target, "rev-parse", "HEAD")
                git(folder, "update-index", "--add", "--cacheinfo", f"160000,{commit},x")
                git(folder, "add", ".gitmodules")
            git(folder, "commit", "-q", "-m", name)
        yield hosts[0], hosts[1]
        for server in (one, other):
            server.shutdown()


def test_submodules_are_at_the_hosts(dockwright: Run, tmp_path: Path, servers: tuple[str, str]) -> None:
    """One at the same host is fetched, one elsewhere is not, also when it is a submodule's."""
    one, other = servers
    module = with_section(write_module(tmp_path / "module", SOURCE), {"uses": {"network": [one]}})

    def fetched(name: str, path: str, *allowed: str) -> tuple[int, str]:
        """Call the function; give the exit code and what was printed."""
        arguments = ["call", "fetched", f"--url=http://{one}/git/{name}", f"--path={path}"]
        result = dockwright(str(module), *(f"--allow=network:{host}" for host in allowed), *arguments)
        return result.returncode, result.stdout or told(result)

    assert fetched("inner", "file") == (0, "inner\n")
    assert fetched("near", "x/file") == (0, "inner\n")
    for name, path in (("middle", "the submodule `x`"), ("outer", "the submodule `x/x`")):
        code, text = fetched(name, "file")
        assert code == 1 and path in text and f"`network:{other}`" in text, text
    assert fetched("middle", "x/file", other) == (0, "inner\n")
    assert fetched("outer", "x/x/file", other) == (0, "inner\n")
