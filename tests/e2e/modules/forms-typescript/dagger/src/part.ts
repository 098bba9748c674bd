import { func, object } from "@dagger.io/dagger"

export type Shape = { w: number; h: number }

@object()
export class Part {
  @func()
  label: string

  constructor(label: string) {
    this.label = label
  }

  @func()
  shout(times: number = 2): string {
    return `${this.label.toUpperCase()}!`.repeat(times)
  }
}
