//! What editors read of the TypeScript SDK: its sources, to which the module's `tsconfig.json` leads `@dagger.io/dagger`.

use rust_embed::RustEmbed;
use std::borrow::Cow;

/// The package that modules import, and the declarations of the sandbox's globals.
#[derive(RustEmbed)]
#[folder = "../../sdk-typescript/src"]
#[include = "*.ts"]
struct TypeScriptSdk;

/// The file with the bindings of dependencies.
pub(super) const BINDINGS: &str = "dependencies.gen.ts";

/// Files relative to `sdk/`; with bindings, the SDK exports them too.
pub(super) fn files(bindings: Option<&str>) -> impl Iterator<Item = (String, Cow<'static, [u8]>)> {
    let sdk = TypeScriptSdk::iter().filter_map(move |name| {
        let mut content = TypeScriptSdk::get(&name)?.data;
        if name == "index.ts" && bindings.is_some() {
            content
                .to_mut()
                .extend_from_slice(b"export * from \"./dependencies.gen.js\";\n");
        }
        Some((name.to_string(), content))
    });
    let own = bindings.map(|text| (BINDINGS.to_owned(), text.as_bytes().to_vec().into()));
    sdk.chain(own)
}

/// For editors and `dockwright check-types`; a call does not read it. `lib` and `types` leave out what a module's sandbox
/// does not have; what it has is declared by the SDK.
pub(crate) const TSCONFIG: &str = r#"{
  "compilerOptions": {
    "target": "ES2023",
    "lib": ["ESNext"],
    "module": "preserve",
    "moduleResolution": "bundler",
    "experimentalDecorators": true,
    "strict": true,
    "noEmit": true,
    "skipLibCheck": true,
    "types": [],
    "paths": { "@dagger.io/dagger": ["./sdk/index.ts"] }
  },
  "include": ["src", "sdk/globals.d.ts"]
}
"#;
