import { object, func, dag } from "@dagger.io/dagger"

@object()
export class Ci {
  @func()
  async greet(name: string): Promise<string> {
    return dag.hello().greet(name)
  }
}
