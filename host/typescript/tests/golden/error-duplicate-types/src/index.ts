import { object, func } from "@dagger.io/dagger"

import * as one from "./one"
import * as two from "./two"

@object()
export class Ci {
  @func()
  a(x: one.Report, y: two.Report): void {}
}
