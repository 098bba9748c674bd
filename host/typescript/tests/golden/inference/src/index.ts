import { object, func, dag, Directory, Container } from "@dagger.io/dagger"

@object()
export class Ci {
  source: Directory = dag.directory()
  name = "n"

  @func()
  base() {
    return dag.container().from("alpine")
  }

  @func()
  built(tag: string) {
    const base = this.base().withEnvVariable("TAG", tag)
    return base.withDirectory("/src", this.source)
  }

  @func()
  async out() {
    return await this.built("x").withExec(["make"]).stdout()
  }

  @func()
  async entries() {
    const found = await this.source.entries()
    return found
  }

  @func()
  text(count: number) {
    if (count > 1) {
      return "many"
    }
    return `${count} of ` + this.name
  }

  @func()
  maybe(a: boolean) {
    return a ? dag.directory() : this.source.directory("x")
  }

  @func()
  child() {
    return new Child()
  }

  @func()
  greeting() {
    return this.child().hi()
  }

  @func()
  same() {
    return this
  }

  @func()
  nothing() {
    console.log("x")
  }

  @func()
  async synced(box: Container) {
    return box.sync()
  }

  @func()
  numbers() {
    return [1, 2]
  }
}

@object()
export class Child {
  @func()
  hi() {
    return "hi"
  }
}
