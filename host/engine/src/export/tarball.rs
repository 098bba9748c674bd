//! To a tarball in the layout of the OCI.

use super::image::content;
use super::{ImageOptions, PlatformImage};
use crate::session::{Destination, PartFile};
use crate::{Engine, ExportError};
use bollard_buildkit_proto::moby::buildkit::v1::Exporter;
use std::path::Path;
use std::sync::Arc;

impl Engine {
    /// Writes an image, of one platform or several, as an OCI layout in a tar file, which `docker load` takes too. The file appears when it is whole.
    ///
    /// # Errors
    /// The images could not be made, or the file not be written.
    pub async fn export_tarball(
        &self,
        images: &[PlatformImage],
        destination: &Path,
        options: ImageOptions,
    ) -> Result<(), ExportError> {
        let (content, metadata) = content(images)?;
        let failed = |e: std::io::Error| ExportError::Write {
            path: destination.to_owned(),
            message: e.to_string(),
        };
        let sink = Arc::new(Destination::file(PartFile::new(destination).map_err(failed)?));
        let exporter = Exporter {
            r#type: "oci".to_owned(),
            attrs: options.attributes().into_iter().collect(),
        };
        self.export(content, metadata, exporter, Some(Arc::clone(&sink)))
            .await?;
        sink.part_file().map_or(Ok(()), PartFile::complete).map_err(failed)
    }
}
