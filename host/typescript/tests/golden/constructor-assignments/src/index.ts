import { object, func, Directory } from "@dagger.io/dagger"

@object()
export class Ci {
  @func()
  source: Directory
  private tagName: string

  /**
   * Makes it.
   * @param tag the tag
   */
  constructor(source: Directory, tag: string) {
    this.source = source
    this.tagName = tag
  }
}
