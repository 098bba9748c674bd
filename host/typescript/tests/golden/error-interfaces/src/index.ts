import { object, func } from "@dagger.io/dagger"

interface Duck extends Missing {
  name: string
  quack()
  [key: string]: string
}
interface Generic<T> {
  a(): string
}

@object()
export class Ci {
  @func()
  a(x: Duck, y: Generic): void {}
}
