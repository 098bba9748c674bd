//! Packages, links and what lies outside the module.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use camino::{Utf8Path, Utf8PathBuf};
use dockwright_typescript::{BuildError, BuildOptions, Built, BundleFile, build};

struct Module {
    _folder: tempfile::TempDir,
    root: Utf8PathBuf,
}

impl Module {
    /// A module in `<temporary folder>/module` whose `index.ts` begins with the given text.
    fn new(top: &str, files: &[(&str, &str)]) -> Module {
        let folder = tempfile::tempdir().unwrap();
        let outer = Utf8PathBuf::from_path_buf(folder.path().canonicalize().unwrap()).unwrap();
        let module = Module {
            root: outer.join("module"),
            _folder: folder,
        };
        let index = format!(
            "import {{ object, func }} from \"@dagger.io/dagger\"\n{top}\n@object()\nexport class Ci {{\n  @func()\n  a(): string {{\n    return String(used)\n  }}\n}}\n"
        );
        module.write("src/index.ts", &index);
        for (file, text) in files {
            module.write(file, text);
        }
        module
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.root.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn build(&self) -> Result<Built, BuildError> {
        build(&BuildOptions {
            source: &self.root,
            module: "ci",
            packages: None,
            dependencies: None,
        })
    }

    fn error(&self) -> String {
        let outer = self.root.parent().unwrap();
        self.build().unwrap_err().to_string().replace(outer.as_str(), "OUTER")
    }
}

fn exports(built: &Built, id: &str) -> Vec<String> {
    match &built.bundle.files[id] {
        BundleFile::Cjs { exports, .. } => exports.clone(),
        other => panic!("{id}: {other:?}"),
    }
}

#[test]
fn conditions_choose_the_file() {
    let module = Module::new(
        "import one from \"both\"\nimport two from \"both/sub\"\nimport three from \"only-cjs\"\nimport four from \"module-field\"\nconst used = [one, two, three, four]\n",
        &[
            (
                "node_modules/both/package.json",
                r#"{"exports": {".": {"types": "./x.d.ts", "require": "./a.cjs", "import": "./a.mjs"}, "./*": {"default": "./deep/*.js"}}, "type": "module"}"#,
            ),
            ("node_modules/both/a.mjs", "export default 1"),
            ("node_modules/both/a.cjs", "module.exports = 2"),
            ("node_modules/both/deep/sub.js", "export default 3"),
            (
                "node_modules/only-cjs/package.json",
                r#"{"exports": {"require": "./a.js"}}"#,
            ),
            (
                "node_modules/only-cjs/a.js",
                "const b = require('./b'); exports.x = b.y; if (!b) return",
            ),
            ("node_modules/only-cjs/b.js", "exports.y = require('./c.json')"),
            ("node_modules/only-cjs/c.json", "{}"),
            (
                "node_modules/module-field/package.json",
                r#"{"main": "./main.js", "module": "./module.js"}"#,
            ),
            ("node_modules/module-field/main.js", "module.exports = 1"),
            ("node_modules/module-field/module.js", "export default 1"),
        ],
    );
    let built = module.build().unwrap();
    let table = &built.bundle.resolve["src/index.ts"];
    assert_eq!(table["both"], "node_modules/both/a.mjs");
    assert_eq!(table["both/sub"], "node_modules/both/deep/sub.js");
    assert_eq!(table["only-cjs"], "node_modules/only-cjs/a.js");
    assert_eq!(table["module-field"], "node_modules/module-field/module.js");
    assert_eq!(
        built.bundle.resolve["node_modules/only-cjs/a.js"]["./b"],
        "node_modules/only-cjs/b.js"
    );
    assert_eq!(exports(&built, "node_modules/only-cjs/a.js"), ["x"]);
    assert!(
        built
            .inputs
            .contains(&module.root.join("node_modules/both/package.json"))
    );
    assert!(built.inputs.contains(&module.root.join("node_modules/only-cjs/c.json")));
    assert!(built.inputs.iter().all(|path| path.as_str().contains("node_modules")));
    assert!(!built.maps.contains_key("node_modules/both/a.mjs"));
}

#[test]
fn exports_are_taken_over_through_files_even_in_a_circle() {
    let module = Module::new(
        "import { a } from \"star\"\nconst used = a\n",
        &[
            (
                "node_modules/star/index.js",
                "__exportStar(require('./a'), exports); exports.own = 1; exports.default = 2",
            ),
            ("node_modules/star/a.js", "module.exports = { ...require('./b'), a: 1 }"),
            (
                "node_modules/star/b.js",
                "exports.b = 1; __exportStar(require('./index'), exports)",
            ),
        ],
    );
    let built = module.build().unwrap();
    assert_eq!(exports(&built, "node_modules/star/index.js"), ["a", "b", "own"]);
    assert_eq!(exports(&built, "node_modules/star/b.js"), ["a", "b", "own"]);
}

#[test]
fn what_a_package_may_never_need_is_left_to_fail_then() {
    let lazy = Module::new(
        "import used from \"lazy\"\n",
        &[(
            "node_modules/lazy/index.js",
            "let fs; try { fs = require('fs') } catch {}\nmodule.exports = () => require('net')",
        )],
    );
    assert!(
        !lazy
            .build()
            .unwrap()
            .bundle
            .resolve
            .contains_key("node_modules/lazy/index.js")
    );
    let eager = Module::new(
        "import used from \"eager\"\n",
        &[(
            "node_modules/eager/index.js",
            "const fs = require('fs')\nmodule.exports = fs\n",
        )],
    );
    insta::assert_snapshot!(eager.error(), @r#"
    node_modules/eager/index.js:1:12: `fs` is not there: a module runs in a sandbox, not in Node.js
      1 | const fs = require('fs')
        |            ^^^^^^^^^^^^^
      2 | module.exports = fs
      help: take a Directory or File argument and read it with `entries()` and `contents()`, or make one with `dag.directory().withNewFile(…)`
    "#);
}

#[test]
fn a_package_may_have_the_name_of_a_module_of_node() {
    let module = Module::new(
        "import used from \"events\"\n",
        &[("node_modules/events/index.js", "module.exports = 1")],
    );
    assert_eq!(
        module.build().unwrap().bundle.resolve["src/index.ts"]["events"],
        "node_modules/events/index.js"
    );
}

#[test]
fn native_code_is_refused() {
    let module = Module::new(
        "import used from \"native\"\n",
        &[
            ("node_modules/native/package.json", r#"{"main": "./build.node"}"#),
            ("node_modules/native/build.node", ""),
        ],
    );
    assert!(
        module
            .error()
            .contains("native code for Node.js (node_modules/native/build.node)"),
        "{}",
        module.error()
    );
}

#[cfg(unix)]
mod links {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_link_inside_the_module_is_followed_once() {
        let module = Module::new(
            "import used from \"linked\"\nimport \"./again\"\n",
            &[
                (
                    "node_modules/.store/linked/index.js",
                    "import './more.js'; export default 1",
                ),
                ("node_modules/.store/linked/more.js", "export {}"),
            ],
        );
        symlink(".store/linked", module.root.join("node_modules/linked")).unwrap();
        symlink("index.ts", module.root.join("src/again.ts")).unwrap();
        symlink(".", module.root.join("src/circle")).unwrap();
        let built = module.build().unwrap();
        let table = &built.bundle.resolve["src/index.ts"];
        assert_eq!(table["linked"], "node_modules/.store/linked/index.js");
        assert_eq!(table["./again"], "src/index.ts");
        assert_eq!(built.bundle.files.len(), 3);
    }

    fn outside(module: &Module, file: &str, text: &str) -> Utf8PathBuf {
        let path = module.root.parent().unwrap().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    #[test]
    fn a_link_out_of_the_module_is_an_error() {
        let source = Module::new("const used = 1\n", &[]);
        let secret = outside(&source, "secret.ts", "export const secret = 1");
        symlink(&secret, source.root.join("src/secret.ts")).unwrap();
        insta::assert_snapshot!(source.error(), @"src/secret.ts leads to OUTER/secret.ts, outside the module's source root OUTER/module: nothing outside it is read. Copy it into the module");

        let folder = Module::new("const used = 1\n", &[]);
        outside(&folder, "shared/a.ts", "export {}");
        symlink(
            folder.root.parent().unwrap().join("shared"),
            folder.root.join("src/shared"),
        )
        .unwrap();
        assert!(
            folder.error().starts_with("src/shared leads to OUTER/shared, outside"),
            "{}",
            folder.error()
        );

        let data = Module::new("import used from \"./data.json\"\n", &[]);
        let secret = outside(&data, "data.json", "{}");
        symlink(&secret, data.root.join("src/data.json")).unwrap();
        assert!(
            data.error().contains("`./data.json` leads to OUTER/data.json, outside"),
            "{}",
            data.error()
        );

        let package = Module::new("import used from \"linked/sub\"\n", &[("node_modules/x/index.js", "")]);
        outside(&package, "linked/sub.js", "export default 1");
        symlink(
            package.root.parent().unwrap().join("linked"),
            package.root.join("node_modules/linked"),
        )
        .unwrap();
        assert!(
            package.error().contains("`linked/sub` leads to OUTER/linked, outside"),
            "{}",
            package.error()
        );
    }

    #[test]
    fn packages_above_the_module_are_not_seen() {
        let module = Module::new("import used from \"above\"\n", &[]);
        outside(&module, "node_modules/above/index.js", "export default 1");
        assert!(
            module.error().contains("cannot find the package `above`"),
            "{}",
            module.error()
        );
    }

    #[test]
    fn the_root_may_be_a_link() {
        let module = Module::new("const used = 1\n", &[]);
        let link = module.root.parent().unwrap().join("link");
        symlink(&module.root, &link).unwrap();
        let built = build(&BuildOptions {
            source: Utf8Path::new(&link),
            module: "ci",
            packages: None,
            dependencies: None,
        })
        .unwrap();
        assert_eq!(built.bundle.entries, ["src/index.ts"]);
    }
}

#[test]
fn a_folder_without_source_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let root = Utf8Path::from_path(folder.path()).unwrap();
    let error = build(&BuildOptions {
        source: root,
        module: "ci",
        packages: None,
        dependencies: None,
    })
    .unwrap_err();
    assert!(
        error.to_string().ends_with("/src, its main class in src/index.ts"),
        "{error}"
    );
    std::fs::create_dir(folder.path().join("src")).unwrap();
    std::fs::write(folder.path().join("src/index.ts"), [0xff, 0xfe]).unwrap();
    let error = build(&BuildOptions {
        source: root,
        module: "ci",
        packages: None,
        dependencies: None,
    })
    .unwrap_err();
    assert_eq!(error.to_string(), "src/index.ts is not UTF-8 text");
}

#[test]
fn packages_may_lie_elsewhere() {
    let module = Module::new("import used from \"far\"", &[]);
    let elsewhere = tempfile::tempdir().unwrap();
    let root = Utf8Path::from_path(elsewhere.path()).unwrap();
    for (file, text) in [
        ("node_modules/far/package.json", "{\"main\": \"lib/main.js\"}"),
        ("node_modules/far/lib/main.js", "module.exports = require(\"near\")"),
        (
            "node_modules/near/index.js",
            "module.exports = require(\"../../secret\")",
        ),
        ("secret.js", "module.exports = 1"),
    ] {
        let path = root.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let options = BuildOptions {
        source: &module.root,
        module: "ci",
        packages: Some(root),
        dependencies: None,
    };
    let error = build(&options).unwrap_err().to_string();
    assert!(
        error.contains("node_modules/near/index.js:1:") && error.contains("../../secret"),
        "what lies beside the packages is not read: {error}"
    );
    std::fs::write(root.join("node_modules/near/index.js"), "module.exports = 2").unwrap();
    let built = build(&options).unwrap();
    let ids: Vec<&str> = built.bundle.files.keys().map(String::as_str).collect();
    assert_eq!(
        ids,
        [
            "node_modules/far/lib/main.js",
            "node_modules/near/index.js",
            "src/index.ts"
        ]
    );
    let root = root.canonicalize_utf8().unwrap();
    assert!(built.inputs.contains(&root.join("node_modules/near/index.js")));
}
