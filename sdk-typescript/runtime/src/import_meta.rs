//! `import.meta` of a module: where its file would be, though there are no files.

use rquickjs::module::Declared;
use rquickjs::{Module, Result};

/// Where the module's source seems to be.
const ROOT: &str = "/src";

/// Sets `url`, `filename` and `dirname`.
pub(crate) fn fill(module: &Module<'_, Declared>, id: &str) -> Result<()> {
    let meta = module.meta()?;
    let filename = format!("{ROOT}/{id}");
    let dirname = filename.rsplit_once('/').map_or(ROOT, |(dirname, _)| dirname);
    meta.set("url", format!("file://{filename}"))?;
    meta.set("dirname", dirname)?;
    meta.set("filename", filename.as_str())
}
