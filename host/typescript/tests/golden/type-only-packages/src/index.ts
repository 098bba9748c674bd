import { object, func } from "@dagger.io/dagger"

import type { Thing } from "not-installed"
import { Other } from "not-installed-either"

@object()
export class Ci {
  @func()
  a(): string {
    const thing: Thing | Other | undefined = undefined
    return String(thing)
  }
}
