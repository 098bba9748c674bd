import { object, func } from "@dagger.io/dagger"

import data from "./data.json"

@object()
export class Ci {
  @func()
  a(): string {
    return String(data)
  }
}
