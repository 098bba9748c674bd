"""A pipeline for a Python application: build, test, lint, deploy and publish it in containers.

Every function takes the application's directory, which holds `requirements.txt`, tests for pytest and code for ruff.
Steps are descriptions until someone asks for a value (`stdout`, `publish`): only then does the engine run
them, and a step whose inputs are unchanged is taken from the cache.
"""

import asyncio
from typing import Annotated

import dagger
from dagger import Doc, dag, function, object_type

Source = Annotated[dagger.Directory, Doc("The application's directory, with its requirements.txt")]


@object_type
class Ci:
    """Build, test, lint, deploy and publish a Python application."""

    python_version: Annotated[str, Doc("Version of Python to build and test with")] = "3.12"

    def _interpreter(self) -> dagger.Container:
        """An image with Python and nothing of the application."""
        return dag.container().from_(f"python:{self.python_version}-slim")

    def _installed(self, source: dagger.Directory) -> dagger.Container:
        """The application over its installed requirements.

        requirements.txt goes in alone and first: the slow step, pip, then repeats only when that file changes.
        """
        return (
            self._interpreter()
            .with_workdir("/app")
            .with_file("/app/requirements.txt", source.file("requirements.txt"))
            .with_exec(["pip", "install", "--no-cache-dir", "-r", "requirements.txt"])
            .with_directory("/app", source)
        )

    @function
    async def build(self, source: Source) -> str:
        """Install the requirements, compile every source file and return what is installed."""
        return await (
            self._installed(source)
            .with_exec(["python", "-m", "compileall", "-q", "src"])
            .with_exec(["pip", "list", "--format=freeze"])
            .stdout()
        )

    @function
    async def test(self, source: Source) -> str:
        """Run the tests with pytest and return its report."""
        return await self._installed(source).with_exec(["python", "-m", "pytest", "-v"]).stdout()

    @function
    async def lint(self, source: Source) -> str:
        """Check the code with ruff, in a container that knows nothing of the application's requirements."""
        return await (
            self._interpreter()
            .with_exec(["pip", "install", "--no-cache-dir", "ruff"])
            .with_workdir("/app")
            .with_directory("/app", source)
            .with_exec(["ruff", "check", "."])
            .stdout()
        )

    @function
    async def all(self, source: Source) -> str:
        """Build, test and lint, one after the other; stop at the first that fails."""
        return "\n".join([await self.build(source), await self.test(source), await self.lint(source)])

    @function
    async def all_parallel(self, source: Source) -> str:
        """Build, test and lint at the same time. What they have in common runs once."""
        return "\n".join(await asyncio.gather(self.build(source), self.test(source), self.lint(source)))

    @function
    async def build_with_cache(self, source: Source) -> str:
        """Build with pip's downloads kept in a cache volume, so that new requirements fetch only what is new."""
        return await (
            self._interpreter()
            .with_mounted_cache("/root/.cache/pip", dag.cache_volume("pip-cache"))
            .with_workdir("/app")
            .with_file("/app/requirements.txt", source.file("requirements.txt"))
            .with_exec(["pip", "install", "-r", "requirements.txt"])
            .with_directory("/app", source)
            .with_exec(["pip", "list", "--format=freeze"])
            .stdout()
        )

    @function
    def container(self, source: Source) -> dagger.Container:
        """Return the image that runs the application, to be exported, published or continued by the caller."""
        return (
            self._installed(source)
            .with_env_variable("PYTHONPATH", "/app/src")
            .with_entrypoint(["python", "-m", "tally"])
            .with_default_args(["--help"])
        )

    @function
    async def deploy(
        self,
        source: Source,
        token: Annotated[dagger.Secret, Doc("Credential of the deployment, such as env://DEPLOY_TOKEN")],
    ) -> str:
        """Sign a release with the token. It reaches the one command that needs it and no layer, log or cache."""
        return await (
            self.container(source)
            .with_secret_variable("DEPLOY_TOKEN", token)
            .with_exec(["python", "deploy.py"])
            .stdout()
        )

    @function
    async def publish(
        self,
        source: Source,
        registry: Annotated[str, Doc("Repository to push to, such as registry.example.com/team/tally")],
        tag: Annotated[str, Doc("Tag of the image")] = "latest",
    ) -> str:
        """Push the application's image and return its address with the digest."""
        return await self.container(source).publish(f"{registry}:{tag}")
