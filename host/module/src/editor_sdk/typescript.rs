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
