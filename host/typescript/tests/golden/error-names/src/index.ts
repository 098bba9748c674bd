import { object, func } from "@dagger.io/dagger"

type Container = { a: string }
type Ünique = { a: string }

@object()
export class Ci {
  @func()
  größe(ключ: string): void {}

  @func()
  $(): void {}

  @func()
  a(x: Container, y: Ünique): void {}
}
