import { object, func } from "@dagger.io/dagger"

type Report = { a: string }
type T<X> = { a: X }
class Box<X> {}

@object()
export class Ci {
  @func()
  a(x: Partial<Report>, y: Box<string>): T<string> {
    throw new Error()
  }

  @func()
  b<T>(x: T): void {}
}
