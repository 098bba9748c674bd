"""Default paths: of modules in directories and in git, of files, directories and repositories."""

import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Run
from graphs import refusal, value, write
from scratch import environment
from test_git import Server, git

READ = """
    from typing import Annotated

    import dagger
    from dagger import DefaultPath, Ignore, function, object_type


    @object_type
    class Read:
        @function
        async def beside(self, source: Annotated[dagger.Directory, DefaultPath("."), Ignore(["dagger*"])]) -> str:
            return " ".join(await source.entries())

        @function
        async def top(self, source: Annotated[dagger.Directory, DefaultPath("/"), Ignore(["*.log", ".git"])]) -> str:
            return " ".join(await source.entries())

        @function
        async def configuration(self, file: Annotated[dagger.File, DefaultPath("../shared/settings")]) -> str:
            return await file.contents()

        @function
        async def out(self, source: Annotated[dagger.Directory, DefaultPath("../../..")]) -> str:
            return " ".join(await source.entries())

        @function
        async def commit(self, ref: Annotated[dagger.GitRef, DefaultPath("/")]) -> str:
            return await ref.commit()

        @function
        async def branches(self, repository: Annotated[dagger.GitRepository, DefaultPath("./.git")]) -> str:
            return " ".join(await repository.branches())

        @function
        def is_in_git(self, ref: Annotated[dagger.GitRef | None, DefaultPath("/")] = None) -> str:
            return "yes" if ref else "no"

        @function
        async def elsewhere(self, ref: Annotated[dagger.GitRef, DefaultPath("./sub")]) -> str:
            return await ref.commit()
"""

CI = """
    from dagger import dag, function, object_type


    @object_type
    class Ci:
        @function
        async def run(self) -> str:
            return f"{await dag.read().beside()} | {await dag.read().top()} | {await dag.read().configuration()}"
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with the module in a folder, and a second commit on its branch."""
    root = tmp_path / "served" / "mods.git"
    module = write(root / "read", "read", "python", READ)
    (module / "own.txt").write_text("")
    (root / "shared").mkdir()
    (root / "shared" / "settings").write_text("settings")
    (root / "a.log").write_text("")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "first")
    git(root, "branch", "topic")
    return root


@pytest.fixture
def url(repository: Path) -> Iterator[str]:
    """Where the repository is served."""
    with Server(repository.parent) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/git/mods.git"
        server.shutdown()


def test_in_a_directory(dockwright: Run, repository: Path) -> None:
    """Relative paths start at the manifest, absolute ones at the repository; nothing leads out of that."""
    module = repository / "read"
    assert value(dockwright, module, "beside") == "own.txt"
    assert value(dockwright, module, "top") == "read/ shared/"
    assert value(dockwright, module, "configuration") == "settings"
    assert "leads out of its context" in refusal(dockwright, module, "call", "out")


@pytest.mark.usefixtures("docker")
def test_of_a_module_in_git(dockwright: Run, url: str, repository: Path, tmp_path: Path) -> None:
    """They are of the commit that the module came from, whatever is around its caller."""
    commit = git(repository, "rev-parse", "HEAD")
    (repository / "read" / "later.txt").write_text("")
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "second")
    (tmp_path / "caller").mkdir()
    (tmp_path / "caller" / "mine.txt").write_text("")

    def call(*arguments: str) -> str:
        result = dockwright(str(tmp_path / "caller"), "call", "-m", f"{url}/read@{commit}", *arguments)
        assert result.returncode == 0, result.stderr
        return result.stdout

    assert call("beside") == "own.txt"
    assert call("top") == "read/ shared/"
    assert call("configuration") == "settings"
    assert call("commit") == commit
    assert call("branches") == "main topic"
    assert call("is-in-git") == "yes"


def test_of_a_dependency_in_git(dockwright: Run, url: str, repository: Path, tmp_path: Path) -> None:
    """A dependency's default paths lead to its own repository, not to its caller's."""
    dependency = {"name": "read", "source": f"{url}/read@main"}
    folder = write(tmp_path / "ci", "ci", "python", CI, [dependency])
    (folder / "mine.txt").write_text("")
    assert value(dockwright, folder, "run") == "own.txt | read/ shared/ | settings"
    assert json.loads((folder / "dagger.json").read_text())["dependencies"] == [dependency]
    shutil.rmtree(repository)


@pytest.mark.usefixtures("docker")
def test_the_repository_that_a_module_is_in(dockwright: Run, repository: Path, tmp_path: Path) -> None:
    """A module in a directory has that directory's repository; where there is none, what is optional is left out."""
    result = dockwright(str(repository / "read"), "call", "commit", env=environment())
    assert result.stdout == git(repository, "rev-parse", "HEAD"), result.stderr
    result = dockwright(str(repository / "read"), "call", "branches", env=environment())
    assert result.stdout == "main topic", result.stderr
    shutil.copytree(repository / "read", tmp_path / "copy")
    assert value(dockwright, tmp_path / "copy", "is-in-git") == "no"
    assert "is in no git repository" in refusal(dockwright, tmp_path / "copy", "call", "commit")
    assert "a repository is `/`" in refusal(dockwright, tmp_path / "copy", "call", "elsewhere")


SHIPPED = {
    "python": """
        from typing import Annotated

        import dagger
        from dagger import DefaultPath, Ignore, function, object_type

        RULES = DefaultPath("./rules")


        @object_type
        class Ship:
            @function
            async def rules(self, source: Annotated[dagger.Directory, RULES, Ignore(["*.log"])]) -> str:
                return " ".join(await source.entries())

            @function
            async def rule(self, file: Annotated[dagger.File, DefaultPath("rules/a.txt")]) -> str:
                return await file.contents()

            @function
            async def top(self, source: Annotated[dagger.Directory, DefaultPath("/")]) -> str:
                return " ".join(await source.entries())
    """,
    "typescript": """
        import { argument, type Directory, type File, func, object } from "@dagger.io/dagger";

        @object()
        export class Ship {
          @func()
          async rules(@argument({ defaultPath: "./rules", ignore: ["*.log"] }) source: Directory): Promise<string> {
            return (await source.entries()).join(" ");
          }

          @func()
          async rule(@argument({ defaultPath: "rules/a.txt" }) file: File): Promise<string> {
            return await file.contents();
          }

          @func()
          async top(@argument({ defaultPath: "/" }) source: Directory): Promise<string> {
            return (await source.entries()).join(" ");
          }
        }
    """,
}


@pytest.mark.parametrize("language", ["python", "typescript"])
def test_files_beside_the_manifest_are_published(dockwright: Run, tmp_path: Path, language: str) -> None:
    """Those that default paths name, without what is ignored; the rest of its repository stays at home."""
    folder = write(tmp_path / "ship", "ship", language, SHIPPED[language])
    (folder / "rules" / "deep").mkdir(parents=True)
    for name in ("a.txt", "b.log", "deep/c.txt", "secret.key", ".env"):
        (folder / "rules" / name).write_text(name)
    (folder / ".gitignore").write_text("*.key\n")
    own = {"DOCKWRIGHT_CACHE_DIR": str(tmp_path / "cache")}
    env = environment({"DOCKER_HOST": "unix:///nonexistent/docker.sock"}, own)
    made = dockwright(str(folder), "publish", "--dry-run", "oci://127.0.0.1:1/ship:1", env=env)
    assert made.returncode == 0, made.stderr
    assert "ship.context.tar.zst" in made.stderr
    shutil.rmtree(folder / "rules")
    (tmp_path / "elsewhere").mkdir()

    def published(*arguments: str) -> str:
        command = ["--offline", "call", "-m", made.stdout.strip(), *arguments]
        result = dockwright(str(tmp_path / "elsewhere"), *command, env=env)
        return result.stdout or result.stderr

    assert published("rules") == "a.txt deep/"
    assert published("rule") == "a.txt"
    assert "pass the argument" in " ".join(published("top").replace("│", " ").split())
    ci = CI.replace(
        "{await dag.read().beside()} | {await dag.read().top()} | {await dag.read().configuration()}",
        "{await dag.ship().rules()}",
    )
    user = write(tmp_path / "ci", "ci", "python", ci, [made.stdout.strip()])
    result = dockwright(str(user), "--offline", "call", "run", env=env)
    assert result.stdout == "a.txt deep/", result.stderr
