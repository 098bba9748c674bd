import { object, func } from "@dagger.io/dagger"

@object()
export class Other {
  @func()
  a(): void {}
}

@object()
export class Another {}
