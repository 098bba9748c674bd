//! Finds and declares JavaScript modules: those of the bundle by its table, those of the snapshot by theirs.

use crate::bundle::{self, Kind};
use crate::import_meta;
use crate::native::Native;
use rquickjs::loader::{ImportAttributes, Loader, Resolver};
use rquickjs::module::Declared;
use rquickjs::{Ctx, Exception, Module, Result};

/// How ids of files begin that belong to the runtime; users' files have paths relative to their source.
pub(crate) const OURS: &str = "sdk:";

/// What the SDK imports to reach the host, and what `js/` does.
const HOST: &str = "dockwright:host";
const NATIVE: &str = "dockwright:native";

/// What the module's code imports to reach the SDK.
const SDK: &str = "@dagger.io/dagger";

/// Files of the snapshot that have names of their own.
const HOST_FILE: &str = "sdk:runtime/host.js";
const SDK_FILE: &str = "sdk:src/index.ts";
const COMMONJS_FILE: &str = "sdk:runtime/commonjs.js";

/// Turns specifiers into ids.
pub(crate) struct FilesResolver;

/// Declares the module of an id.
pub(crate) struct FilesLoader;

/// Where a specifier leads; none when nowhere.
pub(crate) fn resolve(base: &str, specifier: &str) -> Option<String> {
    if let Some(found) = bundle::resolve(base, specifier) {
        return Some(found);
    }
    if specifier == SDK {
        return Some(SDK_FILE.to_owned());
    }
    let ours = base.is_empty() || base.starts_with(OURS);
    match specifier {
        HOST if ours => Some(HOST_FILE.to_owned()),
        NATIVE if ours => Some(NATIVE.to_owned()),
        // The runtime itself imports files by their ids, and what stands for a CommonJS file the function that runs it.
        _ if ours && bundle::contains(specifier) => Some(specifier.to_owned()),
        COMMONJS_FILE if matches!(bundle::kind(base), Some(Kind::Cjs | Kind::Json)) => Some(specifier.to_owned()),
        _ => None,
    }
}

impl Resolver for FilesResolver {
    fn resolve<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        base: &str,
        specifier: &str,
        _: Option<ImportAttributes<'js>>,
    ) -> Result<String> {
        resolve(base, specifier).ok_or_else(|| not_found(ctx, base, specifier))
    }
}

/// What is thrown when an import leads nowhere: the front end sees all that are written out, so this one was computed.
pub(crate) fn not_found(ctx: &Ctx<'_>, base: &str, specifier: &str) -> rquickjs::Error {
    let message = format!(
        "cannot find `{specifier}`, imported by {base}; a module is built from the imports that its source spells out, so a computed specifier must name a file that is imported elsewhere with the same text"
    );
    Exception::throw_reference(ctx, &message)
}

impl Loader for FilesLoader {
    fn load<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        id: &str,
        _: Option<ImportAttributes<'js>>,
    ) -> Result<Module<'js, Declared>> {
        if id == NATIVE {
            return Module::declare_def::<Native, _>(ctx.clone(), id);
        }
        let kind = bundle::kind(id).ok_or_else(|| not_found(ctx, "", id))?;
        let code = match kind {
            Kind::Esm => bundle::take(id).unwrap_or_default(),
            // Its code is run by `require`, also when this module is evaluated.
            Kind::Cjs => commonjs(id),
            Kind::Json => format!(
                "import {{ require }} from {};\nexport default require({});",
                quoted(COMMONJS_FILE),
                quoted(id)
            ),
        };
        let module = Module::declare(ctx.clone(), id, code)?;
        import_meta::fill(&module, id)?;
        Ok(module)
    }
}

/// An ES module that stands for a CommonJS file: it runs the file when it is evaluated.
fn commonjs(id: &str) -> String {
    use std::fmt::Write;
    let mut code = format!(
        "import {{ require }} from {};\nconst exported = require({});\nexport default exported;\n",
        quoted(COMMONJS_FILE),
        quoted(id)
    );
    let names = bundle::exports(id);
    for (index, name) in names.iter().filter(|name| *name != "default").enumerate() {
        let name = quoted(name);
        // Writing to a string cannot fail.
        write!(
            code,
            "const value{index} = exported?.[{name}];\nexport {{ value{index} as {name} }};\n"
        )
        .ok();
    }
    code
}

/// A string literal of JavaScript: JSON text is one.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
