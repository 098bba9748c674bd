import { object, func } from "@dagger.io/dagger"

import a from "./missing"
import b from "missing"
import c from "@scope/missing/sub"
import d from "https://example.com/x.js"
import { e } from "@dagger.io/dagger/telemetry"
import g from "npm:zod"
import h from "../../outside"
import i from "/etc/hosts"
import j from "./style.css"

@object()
export class Ci {
  @func()
  a(): string {
    return String([a, b, c, d, e, g, h, i, j])
  }
}
