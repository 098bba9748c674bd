//! Blobs from vendored folders and registries into the store, and code out of it.

use super::{AT_ONCE, Registry, format_error};
use crate::artifact::{Artifact, ModuleCode};
use crate::client::ClientError;
use crate::digest::Digest;
use crate::error::PullError;
use crate::format::{CodeRole, Descriptor, FormatError, Language, ModuleEntry};
use crate::limits::human_size;
use crate::reference::Reference;
use futures::stream::{StreamExt, TryStreamExt};
use std::path::PathBuf;

impl Registry {
    /// Fetches and unpacks all code of the artifact, as far as it is not there yet, and tells where that of each module is.
    ///
    /// # Errors
    /// A layer cannot be had or unpacked. Nothing that is incomplete or not what its digest says gets into the store.
    pub async fn code(&self, artifact: &Artifact) -> Result<Vec<ModuleCode>, PullError> {
        let mut layers: Vec<Descriptor> = Vec::new();
        for module in &artifact.description.modules {
            for code in &module.code {
                let layer = artifact
                    .manifest
                    .layer(code.layer)
                    .map_err(|problem| format_error(&artifact.reference, problem))?;
                if !layers.iter().any(|known| known.digest == layer.digest) {
                    layers.push(layer.clone());
                }
            }
        }
        self.fetch(&artifact.reference, layers).await?;
        let (this, artifact) = (self.clone(), artifact.clone());
        tokio::task::spawn_blocking(move || {
            let modules = artifact.description.modules.iter();
            modules.map(|module| this.unpack(module)).collect()
        })
        .await
        .map_err(std::io::Error::other)?
    }

    /// Whether all code of the artifact is here and unpacked.
    pub fn has_code(&self, artifact: &Artifact) -> bool {
        artifact.description.modules.iter().all(|module| {
            self.places(module).is_ok_and(|code| match code {
                ModuleCode::Python { source, packages } => source.is_dir() && packages.is_none_or(|path| path.is_dir()),
                ModuleCode::TypeScript { bundle, maps } => bundle.is_file() && maps.is_file(),
                ModuleCode::Component { path } => path.is_file(),
            })
        })
    }

    /// Fetches everything of the artifact that is not there yet, also what no call needs.
    ///
    /// # Errors
    /// A blob cannot be had.
    pub async fn complete(&self, artifact: &Artifact) -> Result<(), PullError> {
        let config = std::iter::once(&artifact.manifest.config);
        let blobs = config.chain(&artifact.manifest.layers).cloned().collect();
        self.fetch(&artifact.reference, blobs).await
    }

    /// Where a module's code is, or will be when it was fetched.
    ///
    /// # Errors
    /// The module lacks a part, which a description that was read rules out.
    pub fn places(&self, module: &ModuleEntry) -> Result<ModuleCode, PullError> {
        let store = &self.inner.store;
        let part = |role| {
            module
                .part(role)
                .ok_or_else(|| std::io::Error::other(format!("module {} lacks a part of its code", module.name)))
        };
        Ok(match module.language {
            Language::Python => ModuleCode::Python {
                source: store.unpacked(part(CodeRole::Source)?),
                packages: module.part(CodeRole::Packages).map(|layer| store.unpacked(layer)),
            },
            Language::TypeScript => ModuleCode::TypeScript {
                bundle: store.unpacked(part(CodeRole::Bundle)?),
                maps: store.unpacked(part(CodeRole::Maps)?),
            },
            Language::Component => ModuleCode::Component {
                path: store.blob(part(CodeRole::Component)?),
            },
        })
    }

    /// Where the files of the module's default paths are, or will be when its code is fetched.
    pub fn context(&self, module: &ModuleEntry) -> Option<PathBuf> {
        let layer = module.part(CodeRole::Context)?;
        Some(self.inner.store.unpacked(layer))
    }

    fn unpack(&self, module: &ModuleEntry) -> Result<ModuleCode, PullError> {
        for code in &module.code {
            match code.role {
                CodeRole::Source | CodeRole::Packages | CodeRole::Context => {
                    self.inner.store.folder(code.layer, &self.inner.limits)?;
                }
                CodeRole::Bundle | CodeRole::Maps => {
                    self.inner.store.document(code.layer, &self.inner.limits)?;
                }
                CodeRole::Component => {}
            }
        }
        self.places(module)
    }

    /// A document, from the store or fetched.
    pub(super) async fn small_blob(&self, reference: &Reference, blob: &Descriptor) -> Result<Vec<u8>, PullError> {
        let limit = self.inner.limits.document;
        if blob.size > limit {
            let problem = FormatError::TooLarge {
                what: format!("the document {}", blob.digest.short()),
                size: human_size(blob.size),
                limit: human_size(limit),
            };
            return Err(format_error(reference, problem));
        }
        if let Some(bytes) = self.local(blob.digest)? {
            return Ok(bytes);
        }
        self.fetch_one(reference, blob).await?;
        Ok(fs_err::read(self.inner.store.blob(blob.digest))?)
    }

    /// A small blob that is in the store or in a vendored folder.
    pub(super) fn local(&self, digest: Digest) -> Result<Option<Vec<u8>>, PullError> {
        if let Some(bytes) = self.inner.store.read(digest) {
            return Ok(Some(bytes));
        }
        for vendor in &self.inner.vendors {
            if vendor.import(digest, &self.inner.store)? {
                return Ok(self.inner.store.read(digest));
            }
        }
        Ok(None)
    }

    pub(super) async fn fetch(&self, reference: &Reference, blobs: Vec<Descriptor>) -> Result<(), PullError> {
        let missing = blobs.into_iter().filter(|blob| !self.inner.store.has(blob));
        futures::stream::iter(missing.map(|blob| async move { self.fetch_one(reference, &blob).await }))
            .buffer_unordered(AT_ONCE)
            .try_collect()
            .await
    }

    async fn fetch_one(&self, reference: &Reference, blob: &Descriptor) -> Result<(), PullError> {
        for vendor in &self.inner.vendors {
            if vendor.import(blob.digest, &self.inner.store)? {
                return Ok(());
            }
        }
        self.must_be_on(|| format!("the layer {} of {reference}", blob.digest.short()))?;
        let mut staged = self.inner.store.stage()?;
        self.inner.client.blob(reference, blob, &mut staged).await?;
        let found = staged.digest();
        if found != blob.digest {
            let title = Some(blob.title()).filter(|title| !title.is_empty());
            return Err(PullError::Client(ClientError::Digest {
                host: reference.host().to_owned(),
                what: title.map_or_else(|| "a layer".to_owned(), |title| format!("the layer {title:?}")),
                expected: blob.digest,
                found,
            }));
        }
        staged.keep(&self.inner.store)?;
        Ok(())
    }
}
