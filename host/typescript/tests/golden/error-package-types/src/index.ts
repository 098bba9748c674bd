import { object, func } from "@dagger.io/dagger"

import type { Thing } from "thing"

@object()
export class Ci {
  @func()
  a(): Thing {
    throw new Error()
  }
}
