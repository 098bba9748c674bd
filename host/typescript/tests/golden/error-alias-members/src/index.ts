import { object, func } from "@dagger.io/dagger"

type Report = {
  a(): string
  [key: string]: string
  b: Missing
  id: string
}
type Empty = {}
type Loop = Loop[]

@object()
export class Ci {
  @func()
  a(x: Report, y: Empty, z: Loop): void {}
}
