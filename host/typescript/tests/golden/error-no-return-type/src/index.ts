import { object, func } from "@dagger.io/dagger"

function helper() {
  return 1
}

@object()
export class Ci {
  @func()
  a() {
    return helper()
  }

  @func()
  b() {
    return this.b()
  }

  @func()
  c(x: boolean) {
    if (x) return 1
    return "x"
  }
}
