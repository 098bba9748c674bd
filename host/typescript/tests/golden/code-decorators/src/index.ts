import { object, func, argument, Directory, Container, dag } from "@dagger.io/dagger"

@object()
export class Ci {
  @func()
  title: string = "t"

  declare kept: string

  constructor(@argument({ defaultPath: "/" }) readonly source: Directory, private tag = "x") {
    console.log(tag)
  }

  /** Documentation is not in the code. */
  @func()
  async build(@argument({ defaultPath: "." }) other: Directory, count?: number): Promise<Container> {
    const base = dag.container() as Container
    return base.withDirectory("/", other satisfies Directory)!
  }
}
