import { object, func } from "@dagger.io/dagger"

@object()
export class Ci {
  @func()
  hello(): string {
    return "hi"
  }
}
