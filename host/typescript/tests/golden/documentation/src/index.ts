/**
 * The module.
 *
 * It does things.
 */
import { object, func } from "@dagger.io/dagger"

/**
 * The main object.
 * @deprecated use Other
 */
@object()
export class Ci {
  /**
   * Builds.
   *
   * Slowly.
   * @param source the code
   *   of it
   * @param {string} tag - a tag
   * @returns nothing
   * @deprecated
   */
  @func()
  build(source: string, tag: string, /** its own */ other: string): void {}

  @func()
  /** After the decorator. */
  after(): void {}

  // no documentation
  @func()
  plain(): void {}

  /* none either */
  @func()
  block(): void {}
}
