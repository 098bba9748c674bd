import * as dagger from "@dagger.io/dagger"

@dagger.object()
export class Ci {
  @dagger.func()
  base(@dagger.argument({ defaultPath: "." }) source: dagger.Directory): dagger.Container {
    return dagger.dag.container()
  }
}
