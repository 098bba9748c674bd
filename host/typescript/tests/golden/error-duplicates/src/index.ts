import { object, func } from "@dagger.io/dagger"

@object()
export class Ci {
  @func("b")
  a(): void {}

  @func()
  b(): void {}

  @func()
  some_name: string = ""

  @func()
  someName(): void {}

  @func()
  c(an_x: string, anX: string): void {}

  @func()
  id(): string {
    return ""
  }
}

@object()
export class Report {}
