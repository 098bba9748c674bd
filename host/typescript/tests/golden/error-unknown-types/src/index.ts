import { object, func } from "@dagger.io/dagger"

import * as types from "./types"

class Undecorated {}
const value = 1

@object()
export class Ci {
  @func()
  a(x: Missing, y: Hidden, z: Undecorated, w: value, v: Container, u: float, t: types.Missing): void {}
}
