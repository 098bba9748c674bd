import { object, func } from "@dagger.io/dagger"

@object()
class Chosen {
  @func()
  a(): void {}
}

export default Chosen
