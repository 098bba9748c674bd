//! To a tarball: in the layout of the OCI, or in the form of `docker save`.

use super::image::{annotations, content};
use super::{ImageOptions, PlatformImage};
use crate::session::{Destination, PartFile};
use crate::{Engine, ExportError};
use bollard_buildkit_proto::moby::buildkit::v1::Exporter;
use std::collections::HashMap;
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
        self.write_tarball("oci", None, images, destination, options).await
    }

    /// Writes an image in a form that every Docker daemon can load, under a name. Only daemons that keep images in containerd take several platforms.
    ///
    /// # Errors
    /// As those of [`Engine::export_tarball`].
    pub async fn export_docker_tarball(
        &self,
        images: &[PlatformImage],
        name: &str,
        destination: &Path,
        options: ImageOptions,
    ) -> Result<(), ExportError> {
        let form = if images.len() > 1 { "oci" } else { "docker" };
        self.write_tarball(form, Some(name), images, destination, options).await
    }

    async fn write_tarball(
        &self,
        form: &str,
        name: Option<&str>,
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
        let mut attrs: HashMap<String, String> = options.attributes().into_iter().collect();
        attrs.extend(annotations(images));
        attrs.extend(name.map(|name| ("name".to_owned(), name.to_owned())));
        let exporter = Exporter {
            r#type: form.to_owned(),
            attrs,
        };
        self.export(content, metadata, exporter, Some(Arc::clone(&sink)))
            .await?;
        sink.part_file().map_or(Ok(()), PartFile::complete).map_err(failed)
    }
}
