import { func } from "@dagger.io/dagger"

export class Ci {
  a(): void {}
}
