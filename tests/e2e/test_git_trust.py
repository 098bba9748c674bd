"""Dependencies in git: what a new commit reaches, who must have signed it, and where it may come from."""

import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Run
from scratch import write_module
from test_git import Server
from test_install import commit, git
from test_publish import told
from test_trust import ASKING, PLAIN, User, with_section

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git program")


@pytest.fixture
def user(dockwright: Run, tmp_path: Path) -> User:
    """Give someone who uses modules and has no engine."""
    return User(dockwright, tmp_path / "user")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """Serve the repositories of the folder `served` by HTTP; give the address of `acme/dep.git`, which has one module."""
    (tmp_path / "served" / "acme").mkdir(parents=True)
    with Server(tmp_path / "served") as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        dep = write_module(tmp_path / "served" / "acme" / "dep.git", PLAIN.format(text="first"))
        git(dep, "init", "--quiet", "--initial-branch=main")
        yield f"http://127.0.0.1:{server.server_port}/git/acme/dep.git"
        server.shutdown()


def change(folder: Path, source: str, section: dict[str, object]) -> str:
    """Commit other source and another section of the manifest."""
    (folder / "dagger" / "src" / "main.py").write_text(source)
    return commit(with_section(folder, section), "next")


def test_an_update_that_asks_for_more(user: User, served: str, tmp_path: Path) -> None:
    """The difference between two commits is shown, and nothing changes unless somebody agrees to exactly that."""
    dep = tmp_path / "served" / "acme" / "dep.git"
    first, second = PLAIN.format(text="first"), ASKING
    before = change(dep, first, {"uses": {"network": []}})
    module = write_module(tmp_path / "module", PLAIN)
    installed = user("install", f"{served}@main", "--name=dep", folder=module)
    assert installed.returncode == 0, installed.stderr
    files = {name: (module / name).read_text() for name in ("dagger.json", "dockwright.lock")}

    after = change(dep, second, {"uses": {"network": ["docker.io"], "privileged": True}})
    refused = user("update", folder=module)
    assert refused.returncode == 1
    for line in (
        "dep reaches something else than before:",
        "+ may use privileged",
        "+ may use network:docker.io",
        "+ asks for secrets: Faults.name(token)",
        "--allow=network:docker.io --allow=privileged --allow=secrets",
    ):
        assert line in told(refused), told(refused)
    assert files == {name: (module / name).read_text() for name in files}
    part = user("--allow=privileged", "update", "dep", folder=module)
    assert part.returncode == 1 and "--allow=network:docker.io --allow=secrets" in told(part), told(part)
    updated = user("--allow=privileged", "--allow=network", "--allow=secrets", "update", folder=module)
    assert updated.returncode == 0, updated.stderr
    assert f"{before[:12]} → {after[:12]}" in updated.stderr
    assert json.loads((module / "dagger.json").read_text())["dependencies"][0]["pin"] == after

    (dep / "dagger.json").write_text(json.dumps({**json.loads((dep / "dagger.json").read_text()), "dockwright": {}}))
    change(dep, second, {})
    free = user("update", folder=module)
    assert free.returncode == 1 and "--allow=network" in told(free), told(free)
    agreed = user("update", "--yes", folder=module)
    assert agreed.returncode == 0 and "+ may use network" in agreed.stderr, agreed.stderr
    change(dep, first, {"uses": {"network": []}})
    less = user("update", folder=module)
    assert less.returncode == 0 and "- may use privileged" in less.stderr, less.stderr


def test_an_update_of_what_a_dependency_calls(user: User, served: str, tmp_path: Path) -> None:
    """What the module in between calls counts as what it reaches itself."""
    dep = tmp_path / "served" / "acme" / "dep.git"
    change(dep, PLAIN, {"uses": {"network": []}})
    middle = write_module(tmp_path / "served" / "acme" / "middle.git", PLAIN)
    manifest = json.loads((middle / "dagger.json").read_text()) | {"name": "middle"}
    (middle / "dagger.json").write_text(json.dumps(manifest | {"dependencies": [{"name": "x", "source": served}]}))
    project = middle / "dagger" / "pyproject.toml"
    project.write_text(project.read_text().replace("Faults", "Middle"))
    source = middle / "dagger" / "src" / "main.py"
    source.write_text(source.read_text().replace("Faults", "Middle"))
    git(middle, "init", "--quiet", "--initial-branch=main")
    commit(with_section(middle, {"uses": {"network": []}}), "first")
    module = write_module(tmp_path / "module", PLAIN)
    installed = user("install", f"{served.replace('dep.git', 'middle.git')}@main", folder=module)
    assert installed.returncode == 0, installed.stderr
    change(dep, PLAIN, {"uses": {"network": [], "privileged": True}})
    refused = user("update", folder=module)
    assert refused.returncode == 1 and "--allow=privileged" in told(refused), told(refused)
    assert user("--allow=privileged", "update", folder=module).returncode == 0
