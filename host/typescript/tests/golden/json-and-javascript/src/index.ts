import { object, func } from "@dagger.io/dagger"

import data from "./data.json" with { type: "json" }
import { shout } from "./shout.js"

@object()
export class Ci {
  @func()
  async a(): Promise<string> {
    const more = await import("./more")
    return shout(data.name) + more.more
  }
}
