import { object, func, Container, Directory } from "@dagger.io/dagger"

@object()
export class Ci {
  @func()
  a(x: string | number, level: "low" | "high"): Container | Directory {
    throw new Error()
  }
}
