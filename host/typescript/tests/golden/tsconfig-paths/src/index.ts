import { object, func } from "@dagger.io/dagger"

import { shout } from "@lib/text"

@object()
export class Ci {
  @func()
  a(): string {
    return shout("x")
  }
}
