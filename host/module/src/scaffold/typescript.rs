//! A new module in TypeScript.

use crate::editor_sdk::TSCONFIG;
use dockwright_schema::names::{kebab_case, pascal_case};

/// Files relative to the module's source.
pub(super) fn files(name: &str) -> Vec<(&'static str, String)> {
    vec![
        ("package.json", PACKAGE.replace("{name}", &kebab_case(name))),
        ("tsconfig.json", TSCONFIG.to_owned()),
        ("src/index.ts", INDEX.replace("{class}", &pascal_case(name))),
        (".gitignore", "/sdk\n/node_modules\n".to_owned()),
    ]
}

const PACKAGE: &str = r#"{
  "name": "{name}",
  "private": true,
  "type": "module"
}
"#;

const INDEX: &str = r#"/**
 * A module of functions: build, test and ship from code.
 */
import { Container, Directory, dag, func, object } from "@dagger.io/dagger"

/** Functions of this project's pipeline. */
@object()
export class {class} {
  /**
   * Greet someone. Runs without any container.
   *
   * @param name Whom to greet
   */
  @func()
  hello(name: string = "world"): string {
    return `Hello, ${name}!`
  }

  /** A container that prints the text. */
  @func()
  containerEcho(text: string): Container {
    return dag.container().from("alpine:latest").withExec(["echo", text])
  }

  /** Lines of the directory's files that match the pattern. */
  @func()
  async grepDir(source: Directory, pattern: string): Promise<string> {
    return await dag
      .container()
      .from("alpine:latest")
      .withMountedDirectory("/mnt", source)
      .withWorkdir("/mnt")
      .withExec(["grep", "-R", pattern, "."])
      .stdout()
  }
}
"#;
