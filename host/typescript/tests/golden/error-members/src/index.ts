import { object, func, check } from "@dagger.io/dagger"

@object()
export class Ci {
  @func()
  get a(): string {
    return ""
  }

  @func()
  static b(): void {}

  @func()
  *c(): Iterable<string> {}

  @func()
  #d(): void {}

  @func()
  ["e"](): void {}

  @func()
  g = () => "x"

  @func()
  accessor h = "x"

  @check()
  i(): void {}

  @func()
  static j = "x"
}
