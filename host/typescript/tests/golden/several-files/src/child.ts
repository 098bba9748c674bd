import { object, func } from "@dagger.io/dagger"

import { Level } from "./level"

/** A child. */
@object()
export class Child {
  constructor(level: Level) {}

  @func()
  hi(): string {
    return "hi"
  }
}
