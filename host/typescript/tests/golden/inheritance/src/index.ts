import { object, func, dag, Container } from "@dagger.io/dagger"

class Base {
  @func()
  shared = "s"

  constructor(readonly tag: string) {}

  /** Of the base. */
  @func()
  base(): Container {
    return dag.container()
  }

  @func()
  replaced(): string {
    return "base"
  }
}

@object()
export class Ci extends Base {
  @func()
  replaced(): number {
    return 1
  }

  @func()
  own(): Ci {
    return this
  }
}
