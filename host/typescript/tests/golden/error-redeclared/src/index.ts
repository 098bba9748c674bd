import { object, func } from "@dagger.io/dagger"

@object()
export class Ci {
  @func()
  a(): string {
    let x = 1
    let x = 2
    break
    return ""
  }
}
