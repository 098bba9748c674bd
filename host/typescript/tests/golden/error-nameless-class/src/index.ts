import { object, func } from "@dagger.io/dagger"

@object()
export default class {
  @func()
  a(): void {}
}
