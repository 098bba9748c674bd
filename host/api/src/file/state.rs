//! What a file is at one point of its chain.

use crate::arguments::Arguments;
use crate::directory;
use crate::error::ApiError;
use crate::paths;
use dockwright_engine::llb::{CopyOptions, Output, file};

/// State of a file.
#[derive(Clone, Debug)]
pub(crate) struct File {
    /// The file system that it lies in.
    pub output: Output,
    /// Absolute path in it.
    pub path: String,
}

impl File {
    /// Its name.
    pub(crate) fn name(&self) -> &str {
        paths::file_name(&self.path)
    }

    /// The file alone, under a name, in a file system of its own.
    pub(crate) fn alone(&self, name: &str, options: &CopyOptions) -> File {
        let path = format!("/{name}");
        File {
            output: file::copy(&Output::scratch(), &self.output, &self.path, &path, options),
            path,
        }
    }

    /// The file owned as the argument `owner` says; unchanged when it says nothing.
    pub(crate) fn owned_by(&self, arguments: Arguments<'_>) -> Result<File, ApiError> {
        match directory::owner(arguments)? {
            Some(owner) => Ok(self.alone(
                self.name(),
                &CopyOptions {
                    owner: Some(owner),
                    ..CopyOptions::default()
                },
            )),
            None => Ok(self.clone()),
        }
    }
}
