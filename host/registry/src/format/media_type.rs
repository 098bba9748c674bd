//! Media types. Those of `vnd.oci` are from the OCI image specification, those of wasm from the Wasm artifact conventions of the CNCF's TAG Runtime.

/// An image manifest, which is what an artifact's manifest is.
pub(crate) const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
/// A list of manifests.
pub(crate) const INDEX: &str = "application/vnd.oci.image.index.v1+json";
/// The config of Wasm artifacts.
pub(crate) const WASM_CONFIG: &str = "application/vnd.wasm.config.v0+json";
/// `{}`: the config of artifacts that have none.
pub(crate) const EMPTY: &str = "application/vnd.oci.empty.v1+json";
/// A component or module.
pub(crate) const WASM: &str = "application/wasm";
/// What the artifact is, where the config cannot say it.
pub(crate) const ARTIFACT: &str = "application/vnd.dockwright.module.v1";
/// The modules of the artifact and where their parts are.
pub(crate) const DESCRIPTION: &str = "application/vnd.dockwright.module.v1+json";
/// What one module offers.
pub(crate) const DEFINITION: &str = "application/vnd.dockwright.definition.v1+json";
/// Files, as a compressed tar.
pub(crate) const FILES: &str = "application/vnd.dockwright.files.v1.tar+zstd";
/// A TypeScript module's bundle.
pub(crate) const BUNDLE: &str = "application/vnd.dockwright.bundle.v1+json+zstd";
/// Source maps of such a bundle.
pub(crate) const MAPS: &str = "application/vnd.dockwright.sourcemaps.v1+json+zstd";
/// A text for people: licence or readme.
pub(crate) const MARKDOWN: &str = "text/markdown";
/// The same without markup.
pub(crate) const TEXT: &str = "text/plain";

/// Names what a manifest was found to be, for errors.
pub(crate) fn name(media_type: &str) -> &str {
    match media_type {
        INDEX | "application/vnd.docker.distribution.manifest.list.v2+json" => "an index of container images",
        "application/vnd.oci.image.config.v1+json" | "application/vnd.docker.container.image.v1+json" => {
            "a container image"
        }
        "application/vnd.docker.distribution.manifest.v2+json" => "a container image in Docker's form",
        other => other,
    }
}
