import { object, func, Container, Directory, File, Secret, Service, Platform, JSON, NetworkProtocol, BuildArg, float } from "@dagger.io/dagger"

@object()
export class Ci {
  @func()
  all(
    text: string, count: number, ratio: float, yes: boolean, source: Directory, file: File, platform: Platform,
    data: JSON, protocol: NetworkProtocol, names: string[], more: Array<number>, fixed: readonly string[],
    nested: string[][], later: Promise<Container>, maybe: string | null, absent: Secret | undefined, holes: (string | null)[],
    build: BuildArg, same: Array<this>,
  ): Promise<Container[]> {
    return Promise.resolve([])
  }

  @func()
  async nothing(): Promise<void> {}

  @func()
  none(): undefined {
    return undefined
  }

  @func()
  async perhaps(): Promise<Service | null> {
    return null
  }
}
