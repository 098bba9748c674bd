"""The module that runs: its own source and files, what it may not reach, and sources that it is given."""

import json
import os
from pathlib import Path

import pytest
from annotated import run
from graphql import asserts
from scratch import NO_DOCKER, environment
from sources import CALLEE, repository, write


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with two modules, one of which uses the other, and with files that belong to neither."""
    return repository(tmp_path_factory.mktemp("sources"))


INSIDE = '''
import json

import dagger
from dagger import dag, function, object_type


@object_type
class Inside:
    @function
    async def facts(self) -> str:
        """What a module knows of itself."""
        current = dag.current_module()
        workdir = current.workdir(".")
        source = dag.module_source(".")
        return json.dumps({
            "name": await current.name(),
            "source": await current.source().glob("**/*.py"),
            "dependencies": [await each.name() for each in await current.dependencies()],
            "generated": "inside/dagger/sdk/pyproject.toml" in await current.generated_context_directory().glob("**"),
            "kind": (await source.kind()).value,
            "asString": await source.as_string(),
            "files": await source.context_directory().glob("**"),
            "env": [await each.name() for each in await source.user_defaults().variables()],
        })

    @function
    async def scratch(self) -> list[str]:
        """What lies in its private directory."""
        await dag.directory().with_new_file("out/x", "written").export(".")
        current = dag.current_module()
        return [await current.workdir_file("out/x").contents(), *await current.workdir("out").entries()]

    @function
    async def reach(self, reference: str) -> str:
        """Try a reference."""
        return await dag.module_source(reference).as_string()

    @function
    async def include(self) -> list[str]:
        """Try to have more files than it has."""
        return await dag.module_source(".").with_includes(["../**"]).context_directory().glob("**")

    @function
    async def path(self) -> str:
        return await dag.module_source(".").local_context_directory_path()

    @function
    async def given(self, directory: dagger.Directory) -> str:
        """Load a module from a directory."""
        return await directory.as_module().name()
'''


@pytest.fixture(scope="module")
def inside(root: Path) -> Path:
    """A module that looks at sources, in the repository of the others."""
    write(root / "inside", "inside", INSIDE, dependencies=[{"name": "lint", "source": "../lint"}])
    (root / "inside" / ".env").write_text("TOKEN=x\n")
    return root / "inside"


@asserts(
    "Query.currentModule",
    "CurrentModule.name",
    "CurrentModule.source",
    "CurrentModule.dependencies",
    "CurrentModule.generatedContextDirectory",
)
@pytest.mark.usefixtures("docker")
def test_current(inside: Path) -> None:
    """A module sees itself: its source, what it depends on, what is generated for it."""
    result = run(inside, "call", "facts")
    assert result.returncode == 0, result.stderr
    facts = json.loads(result.stdout)
    files = [path for path in facts.pop("files") if not path.endswith("/")]
    assert facts == {
        "name": "inside",
        "source": ["src/main.py"],
        "dependencies": ["lint"],
        "generated": True,
        "kind": "DIR_SOURCE",
        "asString": ".",
        "env": [],
    }
    assert sorted(files) == ["dagger.json", "dagger/pyproject.toml", "dagger/src/main.py"]


@asserts("CurrentModule.workdir", "CurrentModule.workdirFile")
@pytest.mark.usefixtures("docker")
def test_workdir(inside: Path) -> None:
    """A module has a private directory."""
    result = run(inside, "call", "scratch")
    assert (result.stdout, result.returncode) == ("written\nx\n", 0), result.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["reach", "--reference=../ci"], "it leads out of the module's own files"),
        (["reach", "--reference=/etc"], "it leads out of the module's own files"),
        (["reach", "--reference=github.com/acme/ci"], "is not available to a module"),
        (["reach", "--reference=oci://127.0.0.1:1/a:1"], "is not available to a module"),
        (["include"], "changing module `inside` is not available to a module"),
        (["path"], "the module is in no directory of the caller's"),
    ],
)
def test_denied(inside: Path, root: Path, arguments: list[str], told: str) -> None:
    """A module reaches no other files of the caller's by way of sources, and nothing with the caller's credentials."""
    result = run(inside, "call", *arguments, env=environment(NO_DOCKER))
    assert (result.stdout, result.returncode) == ("", 1)
    assert told in " ".join(result.stderr.replace("│", "").split())


@pytest.mark.usefixtures("docker")
def test_file_reference_denied(inside: Path, root: Path) -> None:
    """A repository of this machine cannot be named by a module, nor by a module that it loads."""
    url = f"file://{root}/lint"
    result = run(inside, "call", "reach", f"--reference={url}")
    assert "is not available to a module" in result.stderr
    stranger = root / "data" / "stranger"
    write(stranger, "stranger", CALLEE.replace("Lint", "Stranger"), dependencies=[{"name": "lint", "source": url}])
    try:
        result = run(inside, "call", "given", f"--directory={stranger}")
        assert result.returncode == 1
        told = " ".join(result.stderr.replace("│", "").split())
        assert "a module that another module loads can depend only on modules in its own directory" in told
        manifest = json.loads((stranger / "dagger.json").read_text())
        (stranger / "dagger.json").write_text(json.dumps({**manifest, "dependencies": []}))
        result = run(inside, "call", "given", f"--directory={stranger}")
        assert (result.stdout, result.returncode) == ("stranger", 0), result.stderr
    finally:
        for name in ("dagger/src/main.py", "dagger/pyproject.toml", "dagger.json"):
            os.remove(stranger / name)


TAKES = """
    import dagger
    from dagger import function, object_type


    @object_type
    class Takes:
        @function
        async def facts(self, source: dagger.ModuleSource, module: dagger.Module) -> str:
            return f"{await source.module_name()} {await module.name()}"

        @function
        async def more(self, source: dagger.ModuleSource) -> list[str]:
            return await source.with_includes(["../**"]).context_directory().glob("**")
"""


def test_arguments(root: Path, tmp_path: Path) -> None:
    """Modules and their sources are arguments; whoever is given one does not get other files with it."""
    write(tmp_path, "takes", TAKES)
    sources = ["facts", f"--source={root}/ci", f"--module={root}/lint"]
    result = run(tmp_path, "call", *sources, env=environment(NO_DOCKER))
    assert (result.stdout, result.returncode) == ("ci lint", 0), result.stderr
    result = run(tmp_path, "call", "more", f"--source={root}/ci", env=environment(NO_DOCKER))
    assert (result.stdout, result.returncode) == ("", 1)
    assert "changing module `ci` is not available to a module" in " ".join(result.stderr.replace("│", "").split())
