//! `gitignore: true` for directories of the engine: what their `.gitignore` files leave out.

use super::state::Directory;
use crate::api::Api;
use crate::arguments::Arguments;
use crate::error::ApiError;
use crate::ignore_rules::{GITIGNORE, left_out, pattern_of};
use dockwright_engine::llb::{CopyOptions, Output, file};
use std::sync::Arc;

/// The directory without what its `.gitignore` files leave out, when the arguments ask for it. These files are read now.
pub(crate) async fn filtered(
    api: &Arc<Api>,
    directory: &Directory,
    arguments: Arguments<'_>,
) -> Result<Directory, ApiError> {
    if !arguments.flag("gitignore") || directory.output.is_scratch() {
        return Ok(directory.clone());
    }
    let (_, ignored) = left_out(api.engine().await?, &directory.as_root(), GITIGNORE).await?;
    if ignored.is_empty() {
        return Ok(directory.clone());
    }
    let options = CopyOptions {
        exclude: ignored.iter().map(|path| pattern_of(path)).collect(),
        ..CopyOptions::default()
    };
    Ok(Directory::root(file::copy(
        &Output::scratch(),
        &directory.output,
        &directory.path,
        "/",
        &options,
    )))
}
