import { object, func } from "@dagger.io/dagger"

@object()
export class MyBuildTool {
  @func()
  a(): MyBuildTool {
    return this
  }
}
