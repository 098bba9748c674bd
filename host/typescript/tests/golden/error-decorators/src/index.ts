import { object, func, argument } from "@dagger.io/dagger"

@object
export class Ci {
  @func
  a(): void {}

  @func(compute())
  b(): void {}

  @func({ name: "x" })
  c(@argument({ defaultPath: "/" }) x: string, @argument({ ignore: ["a"] }) y: string, @argument({ default: 1 }) z: string): void {}
}

function compute() {
  return "x"
}
