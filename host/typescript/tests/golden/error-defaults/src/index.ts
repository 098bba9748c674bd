import { object, func } from "@dagger.io/dagger"

enum Level {
  Low = "low",
}
enum Other {
  A = "a",
}

@object()
export class Ci {
  @func()
  a(a: string = 3, b: number = "x", c: number = 0.5, d: boolean = "y", e: string[] = "z", g: Level = Other.A, h: Level = "no" as Level): void {}
}
