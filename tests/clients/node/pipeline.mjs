// A pipeline as users of @dagger.io/dagger write one. Prints what it found as JSON.
import { CacheSharingMode, connection, dag, ExecError, ReturnType } from "@dagger.io/dagger"

const run = process.argv[2]
const report = {}

await connection(
  async () => {
    report.version = await dag.version()
    const source = dag.host().directory("source", { exclude: ["**/*.log"] })
    report.entries = await source.directory("data").entries()

    const base = dag
      .container()
      .from("alpine")
      .withEnvVariable("RUN", run)
      .withEnvVariable("GREETING", "Hello")
      .withDirectory("/src", source)
      .withWorkdir("/src")
    report.greeting = await base.withExec(["./greet.sh", "client"]).stdout()
    report.platform = await base.platform()

    const cache = dag.cacheVolume(`clients-${run}`)
    let counting = base.withMountedCache("/cache", cache, { sharing: CacheSharingMode.Locked })
    for (const step of [0, 1]) {
      counting = counting.withExec(["sh", "-c", `echo ${step} >> /cache/log; cat /cache/log`])
    }
    report.cache = await counting.stdout()

    const token = dag.setSecret("token", `plaintext-${run}`)
    const guarded = base.withSecretVariable("TOKEN", token)
    report.secret = await guarded.withExec(["sh", "-c", "echo ${#TOKEN} $TOKEN"]).stdout()

    try {
      await base.withExec(["sh", "-c", "echo out; echo err >&2; exit 3"]).sync()
    } catch (error) {
      if (!(error instanceof ExecError)) throw error
      report.error = {
        exitCode: error.exitCode,
        command: error.cmd,
        stdout: error.stdout,
        stderr: error.stderr,
        message: error.message,
      }
    }
    try {
      await dag.container().from("no-such-image-anywhere").sync()
    } catch (error) {
      report.missing = error instanceof ExecError ? "an ExecError" : error.message
    }
    const allowed = base.withExec(["sh", "-c", "exit 4"], { expect: ReturnType.Any })
    report.allowed = await allowed.exitCode()

    report.variables = {}
    for (const each of await base.envVariables()) {
      const name = await each.name()
      if (name === "RUN" || name === "GREETING") report.variables[name] = await each.value()
    }

    const built = await base
      .withExec(["sh", "-c", "mkdir -p out/deep && sort data/numbers.txt > out/deep/sorted"])
      .sync()
    const out = built.directory("out")
    report.sorted = await out.file("deep/sorted").contents()
    report.exported = await out.export("out")

    const made = dag.directory().withNewFile("a.txt", 'quotes " and\nlines').withNewDirectory("empty")
    report.new = [await made.file("a.txt").contents(), await made.entries()]
    const numbers = Array.from({ length: 8 }, (_, number) => number)
    const results = numbers.map((number) => base.withExec(["sh", "-c", `echo ${number}`]).stdout())
    report.parallel = (await Promise.all(results)).join("")
  },
  { LogOutput: process.stderr },
)
console.log(JSON.stringify(report))
