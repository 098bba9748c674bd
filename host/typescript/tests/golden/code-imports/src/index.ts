import { object, func, Container } from "@dagger.io/dagger"

import type { Report } from "./types"
import { Level, type Report as R } from "./types"
import "./effect"

export * from "./types"

@object()
export class Ci {
  @func()
  a(level: Level = Level.Low, box?: Container): string {
    const report: Report | R | undefined = undefined
    return String(report) + level
  }
}
