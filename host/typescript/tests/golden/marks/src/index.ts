import { object, func, check, generate, up, Changeset, Service, dag } from "@dagger.io/dagger"

@object()
export class Ci {
  @func()
  @check()
  lint(): void {}

  @generate()
  @func()
  make(): Changeset {
    return dag.directory().changes(dag.directory())
  }

  @func()
  @up()
  serve(): Service {
    return dag.container().asService()
  }
}
