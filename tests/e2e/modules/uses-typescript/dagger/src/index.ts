/** Calls modules of this repository, in Python and Go, from TypeScript. */
import { Directory, SemverLevel, dag, func, object } from "@dagger.io/dagger"

/** Functions for tests. */
@object()
export class Uses {
  /** Lint in Go. */
  @func()
  async vetted(source: Directory): Promise<string> {
    return await dag.go(source).vet()
  }

  /** Lint a Python project. */
  @func()
  async linted(source: Directory): Promise<string> {
    return await dag.python(source).lint()
  }

  /** What ShellCheck finds. */
  @func()
  async findings(source: Directory): Promise<string[]> {
    const findings = await dag.shellcheck().findings(source)
    return await Promise.all(findings.map(async (each) => `${await each.file()}:${await each.line()} ${await each.code()}`))
  }

  /** The next version before a release. */
  @func()
  async next(): Promise<string> {
    return await dag.semver().bump("1.2.3", SemverLevel.Minor, { prerelease: "rc" })
  }
}
