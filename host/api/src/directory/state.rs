//! What a directory is at one point of its chain.

use super::copy;
use crate::arguments::Arguments;
use crate::error::ApiError;
use dockwright_engine::llb::{CopyOptions, Output, file};

/// State of a directory.
#[derive(Clone, Debug)]
pub(crate) struct Directory {
    /// The file system that it lies in.
    pub output: Output,
    /// Absolute path in it.
    pub path: String,
}

impl Directory {
    /// A whole file system.
    pub(crate) fn root(output: Output) -> Directory {
        Directory {
            output,
            path: "/".to_owned(),
        }
    }

    /// A file system with the directory's content at its root.
    pub(crate) fn as_root(&self) -> Output {
        if self.path == "/" {
            return self.output.clone();
        }
        file::copy(
            &Output::scratch(),
            &self.output,
            &self.path,
            "/",
            &CopyOptions::default(),
        )
    }

    /// The directory with everything in it owned as the argument `owner` says; unchanged when it says nothing.
    pub(crate) fn owned_by(&self, arguments: Arguments<'_>) -> Result<Directory, ApiError> {
        let Some(owner) = copy::owner(arguments)? else {
            return Ok(self.clone());
        };
        let options = CopyOptions {
            owner: Some(owner),
            ..CopyOptions::default()
        };
        Ok(Directory::root(file::copy(
            &Output::scratch(),
            &self.output,
            &self.path,
            "/",
            &options,
        )))
    }
}
