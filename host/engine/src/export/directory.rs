//! To a directory of this machine.

use super::run::Content;
use crate::llb::Output;
use crate::session::Destination;
use crate::{Engine, ExportError};
use bollard_buildkit_proto::moby::buildkit::v1::Exporter;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

impl Engine {
    /// Writes a file system into a directory, which is made if need be. Files that are there already are replaced; with `wipe` others are removed, but only
    /// once everything has arrived. Owners are this user; devices and pipes are left out.
    ///
    /// # Errors
    /// [`ExportError::UnsafePath`] when something would be written outside the directory; the directory may then hold a part of the export.
    pub async fn export_directory(&self, output: &Output, destination: &Path, wipe: bool) -> Result<(), ExportError> {
        if wipe {
            refuse_to_wipe(destination)?;
        }
        let sink = Arc::new(Destination::directory(destination.to_owned(), wipe));
        let exporter = Exporter {
            r#type: "local".to_owned(),
            attrs: HashMap::new(),
        };
        self.export(Content::One(output), HashMap::new(), exporter, Some(sink))
            .await
            .map(|_| ())
    }
}

/// Nobody means to empty the whole machine.
fn refuse_to_wipe(destination: &Path) -> Result<(), ExportError> {
    let real = fs_err::canonicalize(destination).unwrap_or_else(|_| destination.to_owned());
    if real.parent().is_none() {
        return Err(ExportError::UnsafeWipe {
            destination: destination.to_owned(),
            reason: "it is the root of the file system",
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::refuse_to_wipe;
    use std::path::Path;

    #[test]
    fn the_root_is_never_wiped() {
        assert!(refuse_to_wipe(Path::new("/")).is_err());
        assert!(refuse_to_wipe(Path::new("/usr/..")).is_err());
        assert!(refuse_to_wipe(Path::new("/no/such/place")).is_ok());
    }
}
