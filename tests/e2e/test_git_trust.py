"""Dependencies in git: what a new commit reaches, who must have signed it, and where it may come from."""

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from conftest import Run
from scratch import environment, write_module
from test_git import Server
from test_install import commit, git
from test_publish import lab, publish, repository, told
from test_trust import ASKING, PLAIN, User, with_section

__all__ = ["lab", "repository"]
pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git program")


@pytest.fixture
def user(dockwright: Run, tmp_path: Path) -> User:
    """Give someone who uses modules and has no engine."""
    return User(dockwright, tmp_path / "user")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """Serve the repositories in `served` by HTTP; give the address of `acme/dep.git`, which has one module."""
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


def ssh_key(folder: Path, name: str) -> Path:
    """Make an SSH key; give the file with the public half."""
    file = folder / name
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(file)], check=True)
    return file.with_suffix(".pub")


def signing(key: Path) -> list[str]:
    """Give what makes git sign with an SSH key."""
    return ["-c", "gpg.format=ssh", "-c", f"user.signingkey={key.with_suffix('')}"]


needs_keys = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen to make keys with")


@needs_keys
def test_who_must_have_signed(user: User, served: str, tmp_path: Path) -> None:
    """A commit by one of the keys is used; one without a signature or by another key is refused everywhere."""
    dep = tmp_path / "served" / "acme" / "dep.git"
    ada, eve = ssh_key(tmp_path, "ada"), ssh_key(tmp_path, "eve")
    host = served.removeprefix("http://").split("/")[0]
    (user.config / "ada.pub").write_text(ada.read_text())
    user.trusts(f'[git-keys]\nada = "ada.pub"\n\n[[git]]\nmatch = "{host}/git/acme/**"\nsigned-by = ["ada"]\n')
    module = write_module(tmp_path / "module", PLAIN)
    reference = f"{served}@main"

    def refuses(reference: str, words: str) -> None:
        """Check that the module is refused whatever is done with it."""
        for arguments in (
            ("functions", "-m", reference),
            ("call", "-m", reference, "name"),
            ("install", reference, "--name=dep"),
        ):
            refused = user(*arguments, folder=module)
            assert refused.returncode == 1, arguments
            assert words in told(refused) and "wants a signature by `ada`" in told(refused), told(refused)

    git(dep, "add", "--all")
    git(dep, "commit", "--quiet", "-m", "plain")
    refuses(reference, "it is not signed")
    git(dep, *signing(eve), "commit", "--quiet", "--allow-empty", "-S", "-m", "eve")
    refuses(reference, "it is signed, but not by them")
    refuses(reference.replace("http://127", "http://me@127").replace("/acme", "//acme"), "it is signed, but not by")
    git(dep, *signing(ada), "commit", "--quiet", "--allow-empty", "-S", "-m", "ada")
    installed = user("install", reference, "--name=dep", folder=module)
    assert installed.returncode == 0, installed.stderr
    assert user("--offline", "functions", folder=module).returncode == 0
    kept = {name: (module / name).read_text() for name in ("dagger.json", "dockwright.lock")}
    git(dep, "commit", "--quiet", "--allow-empty", "-m", "unsigned again")
    refused = user("update", folder=module)
    assert refused.returncode == 1 and "it is not signed" in told(refused), told(refused)
    assert kept == {name: (module / name).read_text() for name in kept}
    # What is vendored brings no signature.
    assert user("vendor", folder=module).returncode == 0
    shutil.rmtree(user.home / "cache" / "git")
    refused = user("--offline", "functions", folder=module)
    assert refused.returncode == 1, refused.stdout
    again = user("functions", folder=module)
    assert again.returncode == 0, again.stderr


@needs_keys
def test_signed_tags(user: User, served: str, tmp_path: Path) -> None:
    """An annotated tag that is signed does for its commit, under its own name alone."""
    dep = tmp_path / "served" / "acme" / "dep.git"
    ada, eve = ssh_key(tmp_path, "ada"), ssh_key(tmp_path, "eve")
    user.trusts(f'[git-keys]\nada = "{ada.read_text().strip()}"\n\n[[git]]\nmatch = "**"\n')
    git(dep, "add", "--all")
    git(dep, "commit", "--quiet", "-m", "first")
    git(dep, *signing(ada), "tag", "-s", "v1.0.0", "-m", "release")
    git(dep, *signing(eve), "tag", "-s", "v1.1.0", "-m", "release")
    git(dep, "tag", "-a", "v1.2.0", "-m", "release")
    git(dep, "update-ref", "refs/tags/v2.0.0", "refs/tags/v1.0.0")
    for version, words in {"v1.1.0": "its tag is not signed", "v1.2.0": "its tag is", "v2.0.0": "not signed"}.items():
        refused = user("functions", "-m", f"{served}@{version}")
        assert refused.returncode == 1 and words in told(refused), told(refused)
    signed = user("functions", "-m", f"{served}@v1.0.0")
    assert signed.returncode == 0, signed.stderr
    assert user("--offline", "functions", "-m", f"{served}@v1.0.0").returncode == 0


@pytest.mark.skipif(shutil.which("gpg") is None, reason="no gpg to make keys with")
def test_keys_of_openpgp(user: User, served: str, tmp_path: Path) -> None:
    """A commit that GnuPG signed is verified with the key in the file, and with no other that the user has."""
    home = tmp_path / "g"
    home.mkdir(mode=0o700)
    env = environment({"GNUPGHOME": str(home)})

    def gpg(*arguments: str) -> str:
        """Run gpg with a keyring of its own."""
        command = ["gpg", "--batch", "--quiet", "--pinentry-mode=loopback", "--passphrase=", *arguments]
        return subprocess.run(command, check=True, env=env, capture_output=True, text=True).stdout

    for name in ("ada", "eve"):
        gpg("--quick-generate-key", f"{name}@example.com", "ed25519", "sign", "never")
        (user.config / f"{name}.asc").write_text(gpg("--armor", "--export", f"{name}@example.com"))
    dep = tmp_path / "served" / "acme" / "dep.git"
    who = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "user.signingkey=ada@example.com"]
    git(dep, "add", "--all")
    command = ["git", *who, "-c", "gpg.format=openpgp", "commit", "--quiet", "-S", "-m", "signed"]
    subprocess.run(command, cwd=dep, check=True, env=env, capture_output=True)
    user.env["GNUPGHOME"] = str(home)
    for name, expected in (("eve", 1), ("ada", 0)):
        user.trusts(f'[git-keys]\n{name} = "{name}.asc"\n\n[[git]]\nmatch = "127.0.0.1:*/**"\n')
        result = user("functions", "-m", f"{served}@main")
        assert result.returncode == expected, result.stderr
        assert expected == 0 or "it is signed, but not by them" in told(result), told(result)
    subprocess.run(["gpgconf", "--kill", "all"], env=env, check=False)


class Redirecting(BaseHTTPRequestHandler):
    """A host that has moved."""

    to = ""

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Redirect."""
        self.send_response(301)
        self.send_header("Location", self.to + self.path)
        self.send_header("Content-Length", "0")
        self.end_headers()


@pytest.fixture
def moved(served: str) -> Iterator[str]:
    """Give the address of the repository at a host that redirects to it."""

    class Handler(Redirecting):
        to = served.rsplit("/git/", 1)[0]

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield served.replace(Handler.to, f"http://127.0.0.1:{server.server_port}")
        server.shutdown()


def listed(*urls: str) -> str:
    """Write a policy that lists repositories of git."""
    return f"[only]\ngit = {json.dumps([url.removeprefix('http://') for url in urls])}\n"


def test_where_modules_may_come_from(user: User, served: str, moved: str, tmp_path: Path) -> None:
    """Only repositories on the list are fetched, and redirections and what was fetched before lead nowhere else."""
    dep = tmp_path / "served" / "acme" / "dep.git"
    commit(dep, "first")
    module = write_module(tmp_path / "module", PLAIN)
    user.trusts(listed("github.com/acme/**"))
    for arguments in (("functions", "-m", f"{served}@main"), ("install", f"{served}@main", "--name=dep")):
        refused = user(*arguments, folder=module)
        assert refused.returncode == 1 and "is not among the repositories that" in told(refused), told(refused)
    user.trusts("")
    followed = user("functions", "-m", f"{moved}@main")
    assert followed.returncode == 0, followed.stderr
    user.trusts(listed(moved))
    refused = user("functions", "-m", f"{moved}@main")
    assert refused.returncode == 1, refused.stdout
    assert f"{served} is not among the repositories" in told(refused), told(refused)
    user.trusts(listed(moved, served))
    allowed = user("functions", "-m", f"{moved}@main")
    assert allowed.returncode == 0, allowed.stderr
    assert user("--offline", "functions", "-m", f"{moved}@main").returncode == 0
    user.trusts(listed(moved))
    assert user("--offline", "functions", "-m", f"{moved}@main").returncode == 1


def test_submodules_are_on_the_list_too(user: User, served: str, tmp_path: Path) -> None:
    """A submodule of a listed repository that is not listed itself is refused, also when it was fetched before."""
    inner, dep = tmp_path / "served" / "other" / "inner.git", tmp_path / "served" / "acme" / "dep.git"
    inner.mkdir(parents=True)
    git(inner, "init", "--quiet", "--initial-branch=main")
    (inner / "file").write_text("x")
    commit(inner, "first")
    address = served.replace("acme/dep.git", "other/inner.git")
    git(dep, "submodule", "--quiet", "add", address, "inner")
    commit(dep, "first")
    reference = f"{served}@main"
    assert user("functions", "-m", reference).returncode == 0
    user.trusts(listed(served))
    refused = user("functions", "-m", reference)
    assert refused.returncode == 1, refused.stdout
    assert f"its submodule `inner`: {address} is not among" in told(refused), told(refused)
    user.trusts(listed(served, address))
    allowed = user("functions", "-m", reference)
    assert allowed.returncode == 0, allowed.stderr


def test_where_registries_may_lead(dockwright: Run, user: User, lab: str, repository: str, tmp_path: Path) -> None:
    """Repositories of registries are listed, and hosts that they redirect to."""
    reference = f"oci://{lab}/{repository}:1.0"
    artifact = publish(dockwright, "modules/hello-python", reference)
    assert artifact

    class Handler(Redirecting):
        to = f"http://{lab}"

        def do_HEAD(self) -> None:
            """Redirect too."""
            self.do_GET()

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        host = f"127.0.0.1:{server.server_port}"
        moved = reference.replace(lab, host)

        def policy(*registries: str, redirects: str = "") -> None:
            """Write a list."""
            user.trusts(f'[only]\nregistries = {json.dumps(registries)}\nredirects = ["{redirects}"]\n')

        policy("ghcr.io/**")
        refused = user("functions", "-m", reference)
        assert refused.returncode == 1 and "is not among those that" in told(refused), told(refused)
        policy(f"{host}/**")
        refused = user("functions", "-m", moved)
        assert refused.returncode == 1 and f"it leads to {lab}, which" in told(refused), told(refused)
        policy(f"{host}/**", redirects=lab)
        allowed = user("functions", "-m", moved)
        assert allowed.returncode == 0, allowed.stderr
        server.shutdown()
