"""A repository with modules whose sources tests look at."""

import json
import subprocess
from pathlib import Path
from textwrap import dedent

from scratch import environment

CALLEE = """
    from dagger import function, object_type


    @object_type
    class Lint:
        @function
        def count(self, text: str) -> int:
            return len(text)
"""

CALLER = """
    from dagger import dag, function, object_type


    @object_type
    class Ci:
        \"\"\"Uses lint.\"\"\"

        @function
        async def run(self) -> str:
            return str(await dag.lint().count("four"))
"""


def git(folder: Path, *arguments: str) -> str:
    """Run git as nobody in particular."""
    who = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    names = {f"GIT_{role}_{what}": "x@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    command = ["git", "-C", str(folder), *arguments]
    result = subprocess.run(command, check=True, capture_output=True, text=True, env=environment(who, names))
    return result.stdout.strip()


def write(folder: Path, name: str, source: str, **fields: object) -> None:
    """Write a module in Python."""
    (folder / "dagger" / "src").mkdir(parents=True)
    manifest = {"name": name, "engineVersion": "v0.20.0", "sdk": {"source": "python"}, **fields, "source": "dagger"}
    (folder / "dagger.json").write_text(json.dumps(manifest, indent=2) + "\n")
    (folder / "dagger" / "src" / "main.py").write_text(dedent(source))
    project = '[project]\nname = "%s"\nversion = "1"\nrequires-python = ">=3.13"\ndependencies = ["dagger-io"]\n'
    entry = '[project.entry-points."dagger.mod"]\nmain_object = "main:%s"\n'
    (folder / "dagger" / "pyproject.toml").write_text(project % name + entry % name.capitalize())


def repository(folder: Path) -> Path:
    """A repository with two modules, one of which uses the other, and with files that belong to neither."""
    root = folder / "acme.git"
    root.mkdir()
    dependencies = [{"name": "lint", "source": "../lint"}]
    write(root / "ci", "ci", CALLER, dependencies=dependencies, include=["../data/*.txt"])
    write(root / "lint", "lint", CALLEE)
    (root / "data").mkdir()
    (root / "data" / "words.txt").write_text("word\n")
    (root / "data" / "other").write_text("")
    (root / "secret").write_text("not of a module")
    (root / "ci" / ".env").write_text("greeting=hello\nNAME=inner\n")
    (root / ".env").write_text("CI_NAME=outer\nOTHER_NAME=x\n")
    git(root, "init", "--quiet", "--initial-branch=main", ".")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", "modules")
    git(root, "tag", "lint/v1.0.0")
    return root
