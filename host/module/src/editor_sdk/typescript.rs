//! What editors read of the TypeScript SDK: its sources, to which the module's `tsconfig.json` leads `@dagger.io/dagger`.

use rust_embed::RustEmbed;
use std::borrow::Cow;

/// The package that modules import, and the declarations of the sandbox's globals.
#[derive(RustEmbed)]
#[folder = "../../sdk-typescript/src"]
#[include = "*.ts"]
struct TypeScriptSdk;

/// Files relative to `sdk/`.
pub(super) fn files() -> impl Iterator<Item = (String, Cow<'static, [u8]>)> {
    TypeScriptSdk::iter().filter_map(|name| Some((name.to_string(), TypeScriptSdk::get(&name)?.data)))
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
