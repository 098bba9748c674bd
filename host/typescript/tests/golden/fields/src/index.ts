import { object, func, field, Container } from "@dagger.io/dagger"

@object()
export class Ci {
  /** A title. */
  @func()
  title: string = "t"

  @func("displayName")
  name = "n"

  @field()
  tags: string[] = []

  /** @deprecated use title */
  @func({ alias: "old" })
  legacy?: string

  @func()
  protected readonly level: number = 1

  private count = 0
  readonly base: Container | null = null
  cache = new Map<string, string>()
  #hidden = 1
  static shared = "s"
}
