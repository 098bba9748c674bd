import { object, func } from "@dagger.io/dagger"

@object()
export class Ci {
  constructor(readonly tag: string = new Date().toISOString()) {}
}
