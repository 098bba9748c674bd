/** A module as users of Dagger write them; that it type-checks in their editors is the test. */

import {
  argument,
  CacheSharingMode,
  type CheckID,
  Container,
  type ContainerID,
  type Context,
  check,
  connect,
  type Directory,
  dag,
  ExecError,
  enumType,
  type File,
  field,
  type float,
  func,
  type GitRepository,
  generate,
  type ID,
  ImageLayerCompression,
  type JSON as Json,
  NetworkProtocol,
  object,
  type Platform,
  ReturnType,
  type Secret,
  type Service,
  type Syncer,
  TypeDefKind,
  up,
} from "@dagger.io/dagger";

export enum Level {
  Low = "low",
  High = "high",
}

@enumType()
export class Status {
  /** All is well. */
  static readonly Active: string = "ACTIVE";
}

export interface Duck {
  quack: (times?: number) => Promise<string>;
  pond: () => Directory;
}

export type Report = { ok: boolean; score: float };

const IGNORE = ["**/node_modules"];

@object()
export class Ci {
  @func()
  name: string = "ci";

  @field("other")
  renamed?: string;

  private base: Container | null = null;

  constructor(
    @argument({ defaultPath: "/", ignore: IGNORE }) readonly source: Directory,
    @argument({ defaultAddress: "alpine:3" }) image?: Container,
    private readonly platform: Platform = "linux/amd64" as Platform,
  ) {
    this.base = image ?? null;
  }

  @check()
  @func({ cache: "never", alias: "verify" })
  async lint(level: Level = Level.Low, ...paths: string[]): Promise<void> {
    await this.container()
      .withExec(["lint", level, ...paths], { expect: ReturnType.Any })
      .sync();
  }

  @func()
  container(): Container {
    return (this.base ?? dag.container({ platform: this.platform }))
      .from("node:22")
      .withDirectory("/src", this.source, { exclude: IGNORE, owner: "node" })
      .withMountedCache("/cache", dag.cacheVolume("npm"), { sharing: CacheSharingMode.Locked })
      .with((container) => container.withWorkdir("/src"))
      .with(Ci.tools);
  }

  private static tools(container: Container): Container {
    return container.withExec(["apk", "add", "git"]).withExposedPort(80, { protocol: NetworkProtocol.Tcp });
  }

  @func("test")
  async tests(token: Secret, repo?: GitRepository): Promise<string> {
    try {
      const commit: string = repo === undefined ? "" : await repo.head().commit();
      const value: string = await this.container().envVariable("PATH");
      return commit + value + (await this.container().withSecretVariable("T", token).stdout());
    } catch (e) {
      if (e instanceof ExecError) {
        const code: number = e.exitCode;
        const command: string[] = e.cmd;
        return `${command.join(" ")} ${code} ${e.stderr} ${e.extensions?.traceId}`;
      }
      throw e;
    }
  }

  @func()
  async ids(): Promise<ContainerID> {
    const id: ContainerID = await this.container().id();
    const general: ID = id;
    const loaded: Container = dag.loadContainerFromID(general);
    await dag.node(general).id();
    await loaded.sync();
    const known: CheckID = "Check@1" as CheckID;
    dag.loadCheckFromID(known);
    return id;
  }

  @func()
  async publish(duck: Duck, json: Json): Promise<Report[]> {
    const synced: Syncer = await duck.pond().sync();
    const files: File[] = [duck.pond().file("a"), dag.directory().withNewFile("b", json).file("b")];
    await dag
      .container()
      .withFiles("/", files)
      .publish("registry.example/x", {
        forcedCompression: ImageLayerCompression.Gzip,
        platformVariants: [this.container()],
      });
    const directories = await Promise.all((await dag.container().envVariables()).map((each) => each.name()));
    console.log(directories.length, await synced.id(), TypeDefKind.StringKind);
    return [{ ok: true, score: 1.5 }];
  }

  @generate()
  @func()
  async searched(): Promise<string[]> {
    const results = await this.source.search({ pattern: "TODO", literal: true });
    return Promise.all(results.map((result) => result.filePath()));
  }

  @up()
  @func()
  serve(): Service {
    return this.container().asService({ args: ["serve"], useEntrypoint: true });
  }
}

export const globals: [URL, Buffer, Uint8Array, AbortSignal] = [
  new URL("https://example.org/?a=1"),
  Buffer.from("aGk=", "base64"),
  new TextEncoder().encode(atob(btoa("hi"))),
  AbortSignal.timeout(10),
];

export async function script(): Promise<void> {
  await connect(async (client) => {
    const context: Context | undefined = undefined;
    await new Container(context).id();
    await client.container().from("alpine").exitCode();
    setTimeout(() => process.stdout.write(crypto.randomUUID()), performance.now());
  });
  // @ts-expect-error a number is no list of words
  dag.container().withExec(1);
  // @ts-expect-error there is no such option
  dag.container().withExec([], { nope: true });
  // @ts-expect-error a secret is no directory
  dag.directory().withDirectory("/", dag.setSecret("a", "b"));
  // @ts-expect-error a module has no network
  fetch("https://example.org");
  // @ts-expect-error there is no file system
  await import("node:fs");
}
