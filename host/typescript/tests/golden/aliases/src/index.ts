import { object, func } from "@dagger.io/dagger"

@object()
export class Ci {
  @func("buildIt")
  build(): string {
    return ""
  }

  @func({ alias: "testIt", cache: "never" })
  test(): string {
    return ""
  }

  @func({ cache: "10m" })
  with_underscores(some_name: string): string {
    return some_name
  }
}
