import { object, func } from "@dagger.io/dagger"

import { Report } from "./types"

@object()
export class Ci {
  @func()
  a(): Report {
    throw new Error()
  }
}
