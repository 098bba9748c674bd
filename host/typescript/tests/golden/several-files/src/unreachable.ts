import { object, func } from "@dagger.io/dagger"

@object()
export class Alone {
  @func()
  a(): void {}
}
