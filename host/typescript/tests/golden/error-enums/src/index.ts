import { object, func, enumType } from "@dagger.io/dagger"

enum Level {
  Low = compute(),
  "a b" = "x",
}
enum Empty {}
@enumType()
class Color {
  static readonly Red = compute()
  method() {}
}
function compute() {
  return "x"
}

@object()
export class Ci {
  @func()
  a(x: Level, y: Empty, z: Color): void {}
}
