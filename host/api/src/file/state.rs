//! What a file is at one point of its chain.

use crate::directory;
use crate::paths;
use dockwright_engine::llb::{CopyOptions, Output, Owner, file};

/// State of a file.
#[derive(Clone, Debug)]
pub(crate) struct File {
    /// The file system that it lies in.
    pub output: Output,
    /// Absolute path in it.
    pub path: String,
}

impl File {
    /// A new file.
    pub(crate) fn new(name: &str, contents: Vec<u8>) -> File {
        let path = format!("/{name}");
        File {
            output: directory::new_file(&Output::scratch(), &path, 0o644, contents, None),
            path,
        }
    }

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

    /// The file owned by somebody; unchanged by nobody.
    pub(crate) fn owned_by(&self, owner: Option<Owner>) -> File {
        match owner {
            Some(owner) => self.alone(
                self.name(),
                &CopyOptions {
                    owner: Some(owner),
                    ..CopyOptions::default()
                },
            ),
            None => self.clone(),
        }
    }
}
