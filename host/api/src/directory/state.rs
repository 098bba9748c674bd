//! What a directory is at one point of its chain.

use dockwright_engine::llb::{CopyOptions, Output, Owner, file};

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

    /// The directory, itself and everything in it, owned by somebody; unchanged by nobody.
    pub(crate) fn owned_by(&self, owner: Option<Owner>) -> Directory {
        // The root of a file system cannot be given away, a directory in it can.
        const PLACE: &str = "/owned";
        let Some(owner) = owner else {
            return self.clone();
        };
        let place = file::mkdir(&Output::scratch(), PLACE, 0o755, true, Some(&owner));
        let output = if self.output.is_scratch() {
            place
        } else {
            let options = CopyOptions {
                owner: Some(owner),
                ..CopyOptions::default()
            };
            file::copy(&place, &self.output, &self.path, PLACE, &options)
        };
        Directory {
            output,
            path: PLACE.to_owned(),
        }
    }
}
