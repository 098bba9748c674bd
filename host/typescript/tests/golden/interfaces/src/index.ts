import { object, func, dag, Directory } from "@dagger.io/dagger"

interface Named {
  name(): Promise<string>
}

/** Lints. */
export interface Linter extends Named {
  /**
   * Runs it.
   * @param source what to lint
   */
  lint(source: Directory, level?: string): Promise<string>
  version: () => Promise<number>
  next(): Linter
}

@object()
export class Ci {
  @func()
  async lint(linter: Linter): Promise<string> {
    return linter.lint(dag.directory())
  }
}
