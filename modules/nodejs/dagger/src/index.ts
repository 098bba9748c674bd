/**
 * Install, build, test and check Node projects, in containers.
 *
 * Downloads are kept in a cache volume. Packages are installed before the source goes in, so an edit of the code installs
 * nothing again.
 */
import { CacheSharingMode, Container, Directory, ExecError, File, Secret, Service, check, dag, func, object } from "@dagger.io/dagger"
import { Commands, PackageManager, commandsOf } from "./manager"

/** What a script said with one version of Node. */
@object()
export class VersionResult {
  /** Version of Node. */
  @func()
  version: string

  /** Whether the script succeeded. */
  @func()
  passed: boolean

  /** What it printed. */
  @func()
  report: string

  constructor(version: string, passed: boolean, report: string) {
    this.version = version
    this.passed = passed
    this.report = report
  }
}

/** A Node project and how to work on it. Functions that begin with `with` return a changed copy. */
@object()
export class Nodejs {
  private variables: string[][] = []
  private npmrc?: Secret

  /**
   * @param source Directory with package.json
   * @param version Version of Node: the tag of the image `node`, without its variant
   * @param packageManager What installs packages; by default the one whose lock file the source has
   * @param base Image to work in, in place of `node`; it must have Node and npm
   * @param frozen Fail when the lock file does not say everything that package.json asks for, instead of adding to it
   */
  constructor(
    private readonly source: Directory,
    private readonly version: string = "22",
    private readonly packageManager: PackageManager = PackageManager.Auto,
    private readonly base?: Container,
    private readonly frozen: boolean = true,
  ) {}

  /**
   * Set a variable of the environment for scripts and commands.
   *
   * @param name Name, such as NODE_ENV
   * @param value Its value
   */
  @func()
  withEnvVariable(name: string, value: string): Nodejs {
    const changed = this.copy()
    changed.variables = [...this.variables, [name, value]]
    return changed
  }

  /**
   * Install with settings and credentials of private registries. Only the installation sees them.
   *
   * @param npmrc Content of an .npmrc
   */
  @func()
  withNpmrc(npmrc: Secret): Nodejs {
    const changed = this.copy()
    changed.npmrc = npmrc
    return changed
  }

  /** Return the container that every function works in: Node, installed packages, source. */
  @func()
  async container(): Promise<Container> {
    const entries = await this.source.entries()
    const commands = commandsOf(this.packageManager, entries)
    const locked = entries.includes(commands.lock)
    let install = this.manager(commands).withWorkdir("/src")
    for (const name of ["package.json", ...(locked ? [commands.lock] : [])]) {
      install = install.withFile(`/src/${name}`, this.source.file(name))
    }
    if (this.npmrc) {
      install = install.withMountedSecret("/root/.npmrc", this.npmrc)
    }
    install = install.withExec(locked && this.frozen ? commands.locked : commands.unlocked)
    if (this.npmrc) {
      install = install.withoutMount("/root/.npmrc")
    }
    const ready = install.withDirectory("/src", this.source, { exclude: ["node_modules"] })
    return this.variables.reduce((container, [name, value]) => container.withEnvVariable(name, value), ready)
  }

  /**
   * Run a command where scripts run and return the container after it.
   *
   * @param args The command, such as `npx,tsc`
   */
  @func()
  async exec(args: string[]): Promise<Container> {
    return (await this.container()).withExec(args)
  }

  /**
   * Run a script of package.json and return what it prints.
   *
   * @param script Its name
   * @param args Further arguments of the script
   */
  @func()
  async run(script: string, args: string[] = []): Promise<string> {
    return await (await this.script(script, args)).stdout()
  }

  /**
   * Run several scripts of package.json at once.
   *
   * @param scripts Their names
   */
  @func()
  async runAll(scripts: string[]): Promise<string> {
    return (await Promise.all(scripts.map((script) => this.run(script)))).join("\n")
  }

  /**
   * Run the script `test` and return its report.
   *
   * @param args Further arguments of the script
   */
  @func()
  @check()
  async test(args: string[] = []): Promise<string> {
    return await this.run("test", args)
  }

  /**
   * Run the script `test` with several versions of Node at once. Failures are in the results, not an error.
   *
   * @param versions Versions of Node
   */
  @func()
  async testVersions(versions: string[]): Promise<VersionResult[]> {
    return await Promise.all(versions.map((version) => this.copy(version).result()))
  }

  /** Run the script `lint` and return its findings. */
  @func()
  async lint(): Promise<string> {
    return await this.run("lint")
  }

  /**
   * Run the script `build` and return the directory that it makes.
   *
   * @param output Where the script writes
   * @param script Name of the script
   */
  @func()
  async build(output: string = "dist", script: string = "build"): Promise<Directory> {
    return (await this.script(script, [])).directory(output)
  }

  /**
   * Check types with the project's TypeScript compiler.
   *
   * @param args Further arguments of tsc
   */
  @func()
  async typecheck(args: string[] = []): Promise<string> {
    const command = ["npx", "--no-install", "tsc", "--noEmit", ...args]
    return await (await this.exec(command)).withExec(["echo", "tsc: no problems"]).stdout()
  }

  /** Make the archive that would be published and return it. */
  @func()
  async pack(): Promise<File> {
    const packed = await this.exec(["npm", "pack", "--silent"])
    const name = (await packed.stdout()).trim().split("\n").at(-1) ?? ""
    return packed.file(name)
  }

  /**
   * Publish the package.
   *
   * @param token Token of the registry; only the upload is given it
   * @param registry Address of the registry
   * @param tag Distribution tag
   * @param access `public` or `restricted`; by default the registry's
   * @param service A service to reach by the name `registry`
   */
  @func({ cache: "never" })
  async publish(
    token: Secret,
    registry: string = "https://registry.npmjs.org/",
    tag: string = "latest",
    access: string = "",
    service?: Service,
  ): Promise<string> {
    const host = registry.replace(/^https?:/, "").replace(/\/*$/, "/")
    const options = [`--registry=${registry}`, `--tag=${tag}`, ...(access ? [`--access=${access}`] : [])]
    const ready = (await this.container())
      .withNewFile("/tmp/npmrc", `${host}:_authToken=\${NODE_AUTH_TOKEN}\n`)
      .withEnvVariable("NPM_CONFIG_USERCONFIG", "/tmp/npmrc")
      .withEnvVariable("ASKED", `${Date.now()}-${Math.random()}`)
      .withSecretVariable("NODE_AUTH_TOKEN", token)
    const reaching = service ? ready.withServiceBinding("registry", service) : ready
    return await reaching.withExec(["npm", "publish", ...options]).stdout()
  }

  private copy(version: string = this.version): Nodejs {
    const changed = new Nodejs(this.source, version, this.packageManager, this.base, this.frozen)
    changed.variables = this.variables
    changed.npmrc = this.npmrc
    return changed
  }

  /** Node with the package manager and its cache, and nothing of the project. */
  private manager(commands: Commands): Container {
    const node = this.base ?? dag.container().from(`node:${this.version}-slim`)
    const sharing = { sharing: CacheSharingMode.Locked }
    const npm = node.withMountedCache("/root/.npm", dag.cacheVolume("npm"), sharing)
    if (commands.setup.length === 0) {
      return npm
    }
    return npm.withExec(commands.setup).withMountedCache(commands.cache, dag.cacheVolume(commands.name), sharing)
  }

  private async script(name: string, args: string[]): Promise<Container> {
    const commands = commandsOf(this.packageManager, await this.source.entries())
    const separator = args.length > 0 && commands.name === "npm" ? ["--"] : []
    return await this.exec([commands.name, "run", "--silent", name, ...separator, ...args])
  }

  private async result(): Promise<VersionResult> {
    try {
      return new VersionResult(this.version, true, await this.test())
    } catch (error) {
      if (error instanceof ExecError) {
        return new VersionResult(this.version, false, error.stdout + error.stderr)
      }
      throw error
    }
  }
}
