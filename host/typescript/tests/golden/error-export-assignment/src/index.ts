import { object, func } from "@dagger.io/dagger"

@object()
export class Ci {
  @func()
  a(): void {}
}

export = Ci
