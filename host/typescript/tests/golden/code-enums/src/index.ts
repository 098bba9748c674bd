import { object, func } from "@dagger.io/dagger"

export enum Level {
  Low = "low",
  High = "high",
}

const enum Mode {
  Fast,
  Slow = 5,
}

namespace Inner {
  export const mark = "m"
}

@object()
export class Ci {
  @func()
  level(level: Level = Level.High): string {
    return Inner.mark + Mode.Slow + level
  }
}
