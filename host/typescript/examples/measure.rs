//! How long a small and a large module take to build: `cargo run --release -p dockwright-typescript --example measure`.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "an example that prints"
)]

use camino::{Utf8Path, Utf8PathBuf};
use dockwright_typescript::{BuildOptions, build};
use std::time::{Duration, Instant};

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let root = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
    report("6 files", &small(&root.join("small")), 60);
    report("200 classes, 2,000 functions", &large(&root.join("large")), 20);
}

fn report(what: &str, root: &Utf8Path, runs: usize) {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            let built = build(&BuildOptions {
                source: root,
                module: "ci",
                packages: None,
                dependencies: None,
            })
            .unwrap();
            assert!(!built.bundle.files.is_empty());
            start.elapsed()
        })
        .collect();
    let first = times[0];
    times.sort();
    println!(
        "{what}: first {first:.2?}, least {:.2?}, median {:.2?}",
        times[0],
        times[runs / 2]
    );
}

fn write(root: &Utf8Path, file: &str, text: &str) {
    let path = root.join(file);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn small(root: &Utf8Path) -> Utf8PathBuf {
    write(
        root,
        "src/index.ts",
        "import { dag, Container, Directory, object, func, argument } from \"@dagger.io/dagger\"\nimport { shout } from \"./lib/text\"\n\
         import { Level, Report } from \"./lib/types.js\"\nimport { greet } from \"greeting\"\nimport pad from \"padding\"\n\n\
         /** Builds and tests. */\n@object()\nexport class Ci {\n  constructor(@argument({ defaultPath: \"/\" }) readonly source: Directory) {}\n\n\
         \x20 /** Tests it. */\n  @func()\n  async test(level: Level = Level.High, names: string[] = []): Promise<string> {\n\
         \x20   return await this.base().withExec([greet(shout(pad(level))), ...names]).stdout()\n  }\n\n  @func()\n  base(): Container {\n\
         \x20   return dag.container().from(\"alpine\").withDirectory(\"/src\", this.source)\n  }\n\n  @func()\n  report(): Report {\n    return { title: \"t\", lines: [] }\n  }\n}\n",
    );
    write(
        root,
        "src/lib/text.ts",
        "export const shout = (text: string): string => text.toUpperCase()\n",
    );
    write(
        root,
        "src/lib/types.ts",
        "export enum Level { Low = \"low\", High = \"high\" }\nexport type Report = { title: string; lines: string[] }\n",
    );
    write(root, "src/lib/data.json", "{}");
    write(
        root,
        "node_modules/greeting/package.json",
        "{\"name\": \"greeting\", \"type\": \"module\", \"exports\": \"./index.js\"}",
    );
    write(
        root,
        "node_modules/greeting/index.js",
        "export function greet(name) { return \"hi \" + name }\n",
    );
    write(
        root,
        "node_modules/padding/package.json",
        "{\"name\": \"padding\", \"main\": \"./index.js\"}",
    );
    write(
        root,
        "node_modules/padding/index.js",
        "module.exports = function pad(text) { return \" \" + text }\n",
    );
    root.to_owned()
}

fn large(root: &Utf8Path) -> Utf8PathBuf {
    for class in 0..200 {
        let name = if class == 0 {
            "Ci".to_owned()
        } else {
            format!("Part{class}")
        };
        let file = if class == 0 {
            "src/index.ts".to_owned()
        } else {
            format!("src/part{class}.ts")
        };
        let functions: String = (0..10)
            .map(|at| {
                format!(
                    "\n  /**\n   * Does {at}.\n   * @param source the code\n   */\n  @func()\n  async run{at}(source: Directory, verbose = false, names: string[] = [\"a\"], count: number = {at}): Promise<string> {{\n\
                     \x20   const base = dag.container().from(\"alpine\").withDirectory(\"/src\", source)\n    for (const name of names) {{\n      if (verbose) console.log(name, count)\n    }}\n\
                     \x20   return await base.withExec([\"echo\", this.title]).stdout()\n  }}\n"
                )
            })
            .collect();
        write(
            root,
            &file,
            &format!(
                "import {{ dag, Directory, object, func }} from \"@dagger.io/dagger\"\n\n/** Part {class}. */\n@object()\nexport class {name} {{\n  @func()\n  title: string = \"t\"\n{functions}}}\n"
            ),
        );
    }
    root.to_owned()
}
