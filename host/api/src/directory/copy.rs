//! Changes to file systems that directories and containers share.

use super::state::Directory;
use crate::arguments::Arguments;
use crate::error::ApiError;
use crate::file::File;
use crate::paths;
use dockwright_engine::llb::{CopyOptions, Output, Owner, file};

/// The argument `owner`, if given: `user`, `user:group`, numbers or names.
pub(crate) fn owner(arguments: Arguments<'_>) -> Result<Option<Owner>, ApiError> {
    let Some(text) = arguments.non_empty_text("owner") else {
        return Ok(None);
    };
    match Owner::parse(text) {
        Some(owner) => Ok(Some(owner)),
        None => Err(ApiError::other(format!(
            "argument `owner`: `{text}` is no owner; write `user`, `user:group` or `1000:1000`"
        ))),
    }
}

/// The argument `timestamp`: seconds since 1970-01-01 UTC, as nanoseconds.
pub(crate) fn timestamp(arguments: Arguments<'_>) -> Result<i64, ApiError> {
    let seconds = arguments.optional_integer("timestamp").unwrap_or_default();
    seconds
        .checked_mul(1_000_000_000)
        .filter(|nanoseconds| *nanoseconds >= 0)
        .ok_or_else(|| {
            ApiError::other(format!(
                "argument `timestamp`: {seconds} is no time after 1970-01-01 UTC"
            ))
        })
}

/// What the arguments say of a copy: owner, permissions, patterns.
pub(crate) fn copy_options(arguments: Arguments<'_>) -> Result<CopyOptions, ApiError> {
    Ok(CopyOptions {
        include: arguments.texts("include"),
        exclude: arguments.texts("exclude"),
        owner: owner(arguments)?,
        mode: arguments.mode("permissions")?,
        ..CopyOptions::default()
    })
}

/// `base` with the content of a directory at `target`, over what is there.
pub(crate) fn copy_directory(base: &Output, target: &str, source: &Directory, options: &CopyOptions) -> Output {
    if source.output.is_scratch() {
        return file::mkdir(
            base,
            target,
            options.mode.unwrap_or(0o755),
            true,
            options.owner.as_ref(),
        );
    }
    file::copy(base, &source.output, &source.path, target, options)
}

/// `base` with a file at `target`, its directory made when missing.
pub(crate) fn copy_file(base: &Output, target: &str, source: &File, options: &CopyOptions) -> Output {
    let options = CopyOptions {
        include: Vec::new(),
        exclude: Vec::new(),
        follow_symlink: true,
        ..options.clone()
    };
    file::copy(base, &source.output, &source.path, target, &options)
}

/// `base` with a file from any file system at `target`.
pub(crate) fn copy_output(base: &Output, from: &Output, path: &str, target: &str) -> Output {
    file::copy(base, from, path, target, &CopyOptions::default())
}

/// `base` with a new file at `target`, its directory made when missing.
pub(crate) fn new_file(base: &Output, target: &str, mode: u32, contents: Vec<u8>, owner: Option<&Owner>) -> Output {
    file::mkfile(&with_parent(base, target), target, mode, contents, owner)
}

/// `base` with the directory that `target` lies in.
pub(crate) fn with_parent(base: &Output, target: &str) -> Output {
    match paths::parent(target) {
        "/" => base.clone(),
        parent => file::mkdir(base, parent, 0o755, true, None),
    }
}
