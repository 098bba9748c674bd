import { object, func } from "@dagger.io/dagger"

type Name = string
type Mark = string & { __mark: never }
type Names = Name[]
/** What came out. */
export type Report = {
  /** Its title. */
  title: string
  lines: Names
  /** @deprecated use lines */
  inner?: Inner
  level: number | null
}
export type Inner = { ok: boolean }
type Secretive = { a: number }

@object()
export class Ci {
  @func()
  report(name: Name, kept: Mark): Report {
    return { title: name, lines: [], inner: { ok: true } }
  }

  private hidden: Secretive = { a: 1 }
}
