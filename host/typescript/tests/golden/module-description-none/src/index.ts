/** The object's. */
import_me()
import { object, func } from "@dagger.io/dagger"

function import_me() {}

/** Main. */
@object()
export class Ci {
  @func()
  a(): void {}
}
