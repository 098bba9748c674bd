import { object, func, enumType } from "@dagger.io/dagger"

/** How bad it is. */
export enum Level {
  /** Not so bad. */
  Low = "low",
  /**
   * Bad.
   * @deprecated use Low
   */
  High = "high",
}

export enum Mode {
  Fast,
  Slow = 5,
  Slower,
}

/** A colour. */
@enumType()
export class Color {
  /** Like blood. */
  static readonly Red: string = "red"
  static readonly Blue = "blue"
}

@object()
export class Ci {
  @func()
  level(level: Level, mode: Mode = Mode.Slow, color: Color = Color.Red): Level {
    return level
  }
}
