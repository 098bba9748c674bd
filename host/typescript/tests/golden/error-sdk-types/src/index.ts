import { object, func, Client, ContainerID, ID } from "@dagger.io/dagger"

@object()
export class Ci {
  @func()
  a(x: Client, y: ContainerID, z: ID): void {}
}
