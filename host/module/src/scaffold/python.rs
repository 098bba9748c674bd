//! A new module in Python.

use dockwright_schema::names::{kebab_case, pascal_case};

/// Files relative to the module's source.
pub(super) fn files(name: &str) -> Vec<(&'static str, String)> {
    let class = pascal_case(name);
    vec![
        (
            "pyproject.toml",
            PYPROJECT
                .replace("{name}", &kebab_case(name))
                .replace("{class}", &class),
        ),
        ("src/main.py", MAIN.replace("{class}", &class)),
        (".gitignore", "/sdk\n".to_owned()),
    ]
}

const PYPROJECT: &str = r#"[project]
name = "{name}"
version = "0.1.0"
requires-python = ">=3.13"
dependencies = ["dagger-io"]

[project.entry-points."dagger.mod"]
main_object = "main:{class}"

[tool.uv.sources]
dagger-io = { path = "sdk", editable = true }
"#;

const MAIN: &str = r#""""A module of functions: build, test and ship from code."""

from typing import Annotated

import dagger
from dagger import Doc, dag, function, object_type


@object_type
class {class}:
    """Functions of this project's pipeline."""

    @function
    def hello(self, name: Annotated[str, Doc("Whom to greet")] = "world") -> str:
        """Greet someone. Runs without any container."""
        return f"Hello, {name}!"

    @function
    def container_echo(self, text: str) -> dagger.Container:
        """A container that prints the text."""
        return dag.container().from_("alpine:latest").with_exec(["echo", text])

    @function
    async def grep_dir(self, source: dagger.Directory, pattern: str) -> str:
        """Lines of the directory's files that match the pattern."""
        return await (
            dag.container()
            .from_("alpine:latest")
            .with_mounted_directory("/mnt", source)
            .with_workdir("/mnt")
            .with_exec(["grep", "-R", pattern, "."])
            .stdout()
        )
"#;
