//! Modules that depend on others: the bindings are part of the SDK.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use camino::Utf8Path;
use dockwright_schema::module_def::TypeRef;
use dockwright_typescript::{BuildOptions, Built, BundleFile, Dependencies, build};

const BINDINGS: &str = "import { BaseClient, extend } from \"@dagger.io/dagger\";\n\
    export enum LintLevel { Low = \"LOW\" }\n\
    export class Lint extends BaseClient {}\n\
    extend(\"lint\", (ctx) => new Lint(ctx.select(\"lint\")));\n";

const SOURCE: &str = "import { dag, func, LintLevel, object, type Lint } from \"@dagger.io/dagger\";\n\
    @object()\n\
    export class Ci {\n\
      private lint: Lint = dag.lint();\n\
      private level: LintLevel = LintLevel.Low;\n\
      @func()\n\
      a(): string { return String(this.lint) + this.level }\n\
    }\n";

fn built(dependencies: Option<Dependencies<'_>>) -> Built {
    let folder = tempfile::tempdir().unwrap();
    let source = Utf8Path::from_path(folder.path()).unwrap();
    std::fs::create_dir(source.join("src")).unwrap();
    std::fs::write(source.join("src/index.ts"), SOURCE).unwrap();
    build(&BuildOptions {
        source,
        module: "ci",
        packages: None,
        dependencies,
    })
    .unwrap()
}

#[test]
fn the_sdk_is_the_guests_own_and_the_bindings() {
    let enums = ["LintLevel".to_owned()];
    let built = built(Some(Dependencies {
        text: BINDINGS,
        enums: &enums,
    }));
    let id = "sdk:src/dependencies.ts";
    assert_eq!(built.bundle.entries, [id, "src/index.ts"]);
    assert_eq!(built.bundle.resolve["src/index.ts"]["@dagger.io/dagger"], id);
    assert!(
        !built.bundle.resolve.contains_key(id),
        "there, the SDK is the guest's own"
    );
    let BundleFile::Esm { code } = &built.bundle.files[id] else {
        panic!("{:?}", built.bundle.files[id])
    };
    assert!(code.starts_with("export * from \"@dagger.io/dagger\";"), "{code}");
    assert!(code.contains("extend(\"lint\""), "{code}");
}

#[test]
fn a_property_can_hold_what_a_dependency_gives() {
    let enums = ["LintLevel".to_owned()];
    let built = built(Some(Dependencies {
        text: BINDINGS,
        enums: &enums,
    }));
    let properties = &built.bundle.types.objects["Ci"].properties;
    assert_eq!(properties["lint"], TypeRef::Object("Lint".to_owned()));
    assert_eq!(properties["level"], TypeRef::Enum("LintLevel".to_owned()));
}

#[test]
fn without_dependencies_nothing_stands_for_the_sdk() {
    let built = built(None);
    assert_eq!(built.bundle.entries, ["src/index.ts"]);
    assert!(built.bundle.resolve.is_empty(), "{:?}", built.bundle.resolve);
}
