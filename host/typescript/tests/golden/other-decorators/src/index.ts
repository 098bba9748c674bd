import { object, func } from "@dagger.io/dagger"

const log = () => (target: unknown, key?: string) => {}

@log()
@object()
export class Ci {
  @log()
  @func()
  a(): void {}
}
