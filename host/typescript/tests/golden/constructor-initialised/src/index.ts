import { object, func, Directory } from "@dagger.io/dagger"

@object()
export class Ci {
  @func()
  tag: string = "x"

  constructor(readonly source: Directory) {}
}
