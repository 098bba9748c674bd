"""A pipeline as users of dagger-io write one. Prints what it found as JSON."""

import json
import sys

import anyio
import dagger
from dagger import dag


async def main(run: str) -> None:
    """Run everything; `run` makes it new."""
    report = {}
    async with dagger.connection(dagger.Config(log_output=sys.stderr)):
        report["version"] = await dag.version()
        source = dag.host().directory("source", exclude=["**/*.log"])
        report["entries"] = await source.directory("data").entries()

        base = (
            dag.container()
            .from_("alpine")
            .with_env_variable("RUN", run)
            .with_env_variable("GREETING", "Hello")
            .with_directory("/src", source)
            .with_workdir("/src")
        )
        report["greeting"] = await base.with_exec(["./greet.sh", "client"]).stdout()
        report["platform"] = await base.platform()

        cache = dag.cache_volume(f"clients-{run}")
        counting = base.with_mounted_cache("/cache", cache, sharing=dagger.CacheSharingMode.LOCKED)
        for step in range(2):
            counting = counting.with_exec(["sh", "-c", f"echo {step} >> /cache/log; cat /cache/log"])
        report["cache"] = await counting.stdout()

        token = dag.set_secret("token", f"plaintext-{run}")
        guarded = base.with_secret_variable("TOKEN", token)
        report["secret"] = await guarded.with_exec(["sh", "-c", "echo ${#TOKEN} $TOKEN"]).stdout()

        try:
            await base.with_exec(["sh", "-c", "echo out; echo err >&2; exit 3"]).sync()
        except dagger.ExecError as error:
            report["error"] = {
                "exitCode": error.exit_code,
                "command": error.command,
                "stdout": error.stdout,
                "stderr": error.stderr,
                "message": error.message,
            }
        try:
            await dag.container().from_("no-such-image-anywhere").sync()
        except dagger.ExecError:
            report["missing"] = "an ExecError"
        except dagger.QueryError as error:
            report["missing"] = str(error)
        allowed = base.with_exec(["sh", "-c", "exit 4"], expect=dagger.ReturnType.ANY)
        report["allowed"] = await allowed.exit_code()

        variables = [(await each.name(), await each.value()) for each in await base.env_variables()]
        report["variables"] = {name: value for name, value in variables if name in ("RUN", "GREETING")}

        built = await base.with_exec(
            ["sh", "-c", "mkdir -p out/deep && sort data/numbers.txt > out/deep/sorted"]
        ).sync()
        out = built.directory("out")
        report["sorted"] = await out.file("deep/sorted").contents()
        report["exported"] = await out.export("out")

        new = dag.directory().with_new_file("a.txt", 'quotes " and\nlines').with_new_directory("empty")
        report["new"] = [await new.file("a.txt").contents(), await new.entries()]
        results = {}

        async def measure(number: int) -> None:
            results[number] = await base.with_exec(["sh", "-c", f"echo {number}"]).stdout()

        async with anyio.create_task_group() as group:
            for number in range(8):
                group.start_soon(measure, number)
        report["parallel"] = "".join(results[number] for number in range(8))
    print(json.dumps(report))


anyio.run(main, sys.argv[1])
