import { object, func } from "@dagger.io/dagger"

function compute() {
  return 1
}

@object()
export class Ci {
  cache = new Map()

  @func()
  a(x, y = compute(), { z }: { z: string }, [w]: string[]) {
    return compute()
  }

  @func()
  field

  @func()
  list = []
}
