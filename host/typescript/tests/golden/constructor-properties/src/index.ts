import { object, func, argument, Directory, Secret } from "@dagger.io/dagger"

@object()
export class Ci {
  constructor(
    /** The code. */
    @argument({ defaultPath: "/" })
    readonly source: Directory,
    private tag: string = "latest",
    public token?: Secret,
  ) {}

  @func()
  tagged(): string {
    return this.tag
  }
}
