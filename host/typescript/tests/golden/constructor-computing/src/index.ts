import { object, func } from "@dagger.io/dagger"

@object()
export class Ci {
  @func()
  tag: string

  constructor(tag: string = "x") {
    this.tag = tag.toUpperCase()
  }
}
