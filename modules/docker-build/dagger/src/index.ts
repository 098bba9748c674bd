/**
 * Build images from a Dockerfile, for one platform or several, look at them, publish them under tags.
 *
 * Base images, build arguments and secrets are those of `docker build`; nothing needs Docker's own builder.
 */
import { BuildArg, Container, Directory, File, Platform, ReturnType, Secret, Socket, dag, func, object } from "@dagger.io/dagger"

/** What looks at an image before it is published, such as the module `trivy`. */
export interface Scanner {
  /** Fail when the image must not be published; else say why it may. */
  checkContainer(container: Container): Promise<string>
}

/** What a command in an image said. */
@object()
export class Trial {
  /** Exit code of the command. */
  @func()
  exitCode: number

  /** What it printed. */
  @func()
  stdout: string

  /** What it printed to standard error. */
  @func()
  stderr: string

  constructor(exitCode: number, stdout: string, stderr: string) {
    this.exitCode = exitCode
    this.stdout = stdout
    this.stderr = stderr
  }
}

/** A Dockerfile and how it is built. Functions that begin with `with` return a changed copy. */
@object()
export class DockerBuild {
  private buildArgs: BuildArg[] = []
  private secrets: Secret[] = []
  private labels: BuildArg[] = []
  private ssh?: Socket

  /**
   * @param source The build context
   * @param dockerfile Path of the Dockerfile in it
   * @param target Stage to build; by default the last
   * @param platforms Platforms to build for, such as linux/arm64; by default the engine's
   */
  constructor(
    private readonly source: Directory,
    private readonly dockerfile: string = "Dockerfile",
    private readonly target: string = "",
    private readonly platforms: Platform[] = [],
  ) {}

  /**
   * Give an ARG of the Dockerfile a value.
   *
   * @param name Name of the argument
   * @param value Its value; it can be read from the image, so secrets have a function of their own
   */
  @func()
  withBuildArg(name: string, value: string): DockerBuild {
    const changed = this.copy()
    changed.buildArgs = [...this.buildArgs.filter((each) => each.name !== name), { name, value }]
    return changed
  }

  /**
   * Offer a secret to `RUN --mount=type=secret,id=…`. It is no part of the image or of the cache.
   *
   * @param name The id in the Dockerfile
   * @param secret The secret
   */
  @func()
  async withSecret(name: string, secret: Secret): Promise<DockerBuild> {
    const changed = this.copy()
    changed.secrets = [...this.secrets, dag.setSecret(name, await secret.plaintext())]
    return changed
  }

  /**
   * Offer an SSH agent to `RUN --mount=type=ssh`.
   *
   * @param socket The agent's socket
   */
  @func()
  withSsh(socket: Socket): DockerBuild {
    const changed = this.copy()
    changed.ssh = socket
    return changed
  }

  /**
   * Put a label on the image.
   *
   * @param name Name, such as org.opencontainers.image.source
   * @param value Its value
   */
  @func()
  withLabel(name: string, value: string): DockerBuild {
    const changed = this.copy()
    changed.labels = [...this.labels.filter((each) => each.name !== name), { name, value }]
    return changed
  }

  /**
   * Build the image for one platform and return it.
   *
   * @param platform The platform; by default the first of the constructor's
   */
  @func()
  container(platform?: Platform): Container {
    const built = this.source.dockerBuild({
      dockerfile: this.dockerfile,
      target: this.target,
      platform: platform ?? this.platforms[0],
      buildArgs: this.buildArgs,
      secrets: this.secrets,
      ssh: this.ssh,
    })
    return this.labels.reduce((container, { name, value }) => container.withLabel(name, value), built)
  }

  /** Build the image for every platform and return the variants. */
  @func()
  variants(): Container[] {
    return this.platforms.length > 0 ? this.platforms.map((each) => this.container(each)) : [this.container()]
  }

  /** Build the image for every platform and return its archive, for `docker load`. */
  @func()
  archive(): File {
    const [first, ...others] = this.variants()
    return first!.asTarball({ platformVariants: others })
  }

  /**
   * Run a command in the built image. A failure is in the result, not an error.
   *
   * @param args The command; by default the image's own
   * @param useEntrypoint Put the image's entry point before it
   */
  @func()
  async trial(args: string[] = [], useEntrypoint: boolean = false): Promise<Trial> {
    const ran = this.container().withExec(args, { useEntrypoint, expect: ReturnType.Any })
    const [code, stdout, stderr] = await Promise.all([ran.exitCode(), ran.stdout(), ran.stderr()])
    return new Trial(code, stdout, stderr)
  }

  /**
   * Check the Dockerfile with hadolint and return its findings; fail when there are any.
   *
   * @param ignore Rules to leave out, such as DL3008
   * @param version Tag of the image hadolint/hadolint
   * @param base Image with hadolint, in place of that one
   */
  @func()
  async lint(ignore: string[] = [], version: string = "v2.14.0-alpine", base?: Container): Promise<string> {
    return await (base ?? dag.container().from(`hadolint/hadolint:${version}`))
      .withMountedFile("/Dockerfile", this.source.file(this.dockerfile))
      .withExec(["hadolint", "--no-color", ...ignore.map((rule) => `--ignore=${rule}`), "/Dockerfile"])
      .withExec(["echo", "hadolint: no problems"])
      .stdout()
  }

  /**
   * Build the image for every platform, push it under every tag, and return the addresses with digests.
   *
   * @param repository Where to push, without a tag: registry.example.com/team/app
   * @param tags Tags
   * @param username User of the registry, where docker's own credentials do not do
   * @param password That user's password
   * @param scanner What must pass every variant before anything is pushed
   */
  @func({ cache: "never" })
  async publish(
    repository: string,
    tags: string[] = ["latest"],
    username: string = "",
    password?: Secret,
    scanner?: Scanner,
  ): Promise<string[]> {
    if (tags.length === 0) {
      throw new Error("there is no tag to publish under")
    }
    const variants = this.variants()
    if (scanner) {
      await Promise.all(variants.map((each) => scanner.checkContainer(each)))
    }
    const [first, ...others] = variants
    const registry = repository.split("/")[0]!
    const pushed = password ? first!.withRegistryAuth(registry, username, password) : first!
    const addresses: string[] = []
    for (const tag of tags) {
      addresses.push(await pushed.publish(`${repository}:${tag}`, { platformVariants: others }))
    }
    return addresses
  }

  private copy(): DockerBuild {
    const changed = new DockerBuild(this.source, this.dockerfile, this.target, this.platforms)
    changed.buildArgs = this.buildArgs
    changed.secrets = this.secrets
    changed.labels = this.labels
    changed.ssh = this.ssh
    return changed
  }
}
