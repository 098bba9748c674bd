import { object, func } from "@dagger.io/dagger"

import type { Report } from "./report.js"
import { Child as Kid, Level as L } from "./index2"
import Chosen from "./chosen"
import * as types from "./types"

export { Child } from "./index2"

@object()
export default class Ci {
  @func()
  kid(level: L = L.Low): Kid {
    return new Kid(level)
  }

  @func()
  report(): Report {
    return { ok: true }
  }

  @func()
  chosen(other: types.Other, again: types.Kid): Chosen {
    return new Chosen()
  }
}
