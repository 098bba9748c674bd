import { object, func, NetworkProtocol, Platform, float } from "@dagger.io/dagger"

import { IMAGE, Level, limits, PATTERNS as names } from "./constants"
import * as all from "./constants.js"

const LOCAL = "local" as const

@object()
export class Ci {
  @func()
  literals(a = "x", b = 3, c = true, d = 0.5, e: string = `y`, g: float = 2, h = -4, i: float = -0.25): void {}

  @func()
  constants(a = IMAGE, b: string = LOCAL, c = all.IMAGE, d = `${IMAGE}:3`, e = "a" + LOCAL, h = limits.most, i: string[] = names): void {}

  @func()
  lists(a: string[] = [], b = ["x", "y"], c: number[] = [1, 2], d: Level[] = [Level.Low], e: (string | null)[] = [null, "z"]): void {}

  @func()
  enums(a: Level = Level.High, b = Level.Low, c = all.Level.High, d: NetworkProtocol = NetworkProtocol.Udp, e: Level = "low" as Level): void {}

  @func()
  optional(a?: string, b: string | null = null, c: string | undefined = undefined, d: string = compute(), e: string | null = "e", g?: number[]): void {}

  @func()
  scalars(platform: Platform = "linux/amd64" as Platform): void {}

  @func()
  variadic(first: string, ...rest: number[]): void {}
}

function compute(): string {
  return "computed"
}
