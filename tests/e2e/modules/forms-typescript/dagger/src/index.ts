import { Container, dag, enumType, ExecError, File, float, func, object, Platform, Secret } from "@dagger.io/dagger"
import { Part, Shape } from "./part.js"

export enum Level {
  Low = "low",
  High = "high",
}

@enumType()
export class Colour {
  static readonly RED: string = "red"
  /** like grass */
  static readonly GREEN: string = "green"
}

export interface Greeter {
  greet(name: string): Promise<string>
}

export type Report = { title: string; score: float; tags: string[] }

@object()
export class Greeting {
  constructor(private readonly prefix: string = "Hi") {}
  @func()
  async greet(name: string): Promise<string> {
    return `${this.prefix} ${name}`
  }
}

/** Every form of argument, result and state. */
@object()
export class Forms {
  /** a number */
  @func()
  readonly size: number
  private secretState: string[] = ["a"]

  constructor(
    size: number = 2,
    readonly base?: Container,
  ) {
    this.size = size
  }

  @func()
  level(level: Level = Level.High): Level {
    return level === Level.Low ? Level.High : Level.Low
  }

  @func()
  colour(colour: Colour): string {
    return `colour ${colour}`
  }

  @func()
  optional(a?: string, b: string | null = null): string {
    return `${a} ${b}`
  }

  @func()
  variadic(...names: string[]): string {
    return names.join("+")
  }

  @func()
  report(): Report {
    return { title: "t", score: 1.5, tags: ["x", "y"] }
  }

  @func()
  parts(): Part[] {
    return [new Part("one"), new Part("two")]
  }

  @func()
  grow(): Forms {
    const next = new Forms(this.size + 1)
    next.secretState = [...this.secretState, "b"]
    return next
  }

  @func()
  state(): string {
    return `${this.size} ${this.secretState.join(",")}`
  }

  @func("renamed")
  original(): string {
    return "was original"
  }

  @func()
  hello(prefix: string): Greeting {
    return new Greeting(prefix)
  }

  @func()
  async greetWith(name: string): Promise<string> {
    return await this.useGreeter(new Greeting("Yo"), name)
  }

  private async useGreeter(greeter: Greeter, name: string): Promise<string> {
    return await greeter.greet(name)
  }

  @func()
  inferred() {
    return dag.container().from("busybox")
  }

  @func()
  async fails(): Promise<string> {
    const command = "echo out; echo err >&2; exit 3"
    return await dag.container().from("busybox").withExec(["sh", "-c", command]).stdout()
  }

  @func()
  async caught(): Promise<string> {
    try {
      return await this.fails()
    } catch (error) {
      if (!(error instanceof ExecError)) throw error
      return `${error.name} ${error.exitCode} ${error.stdout} ${error.stderr} ${error.cmd}`
    }
  }
  @func()
  async length(token: Secret): Promise<number> {
    return (await token.plaintext()).length
  }

  @func()
  platform(p: Platform): string {
    return `on ${p}`
  }

  @func()
  nothing(): void {
    console.log("note", { a: [1, { b: new Map([["k", new Set([1])]]) }] })
  }

  @func()
  async file(f: File): Promise<number> {
    return await f.size()
  }

  @func()
  maybe(give: boolean): string | null {
    return give ? "given" : null
  }

  @func()
  shape(s: Shape): number {
    return s.w * s.h
  }
}
