import { object, func, argument, Directory, File, Container } from "@dagger.io/dagger"

const IGNORED = ["node_modules", "**/.git"]

@object()
export class Ci {
  @func()
  build(
    @argument({ defaultPath: "/", ignore: IGNORED }) source: Directory,
    @argument({ defaultPath: "package.json" }) manifest: File,
    @argument({ defaultAddress: "alpine:3" }) base: Container,
    @argument() plain: string,
  ): void {}
}
