//! Vendored artifacts: an OCI image layout in a folder that can be carried along or checked in. `index.json` names each artifact by the reference
//! that it was vendored for. Nothing in it is trusted: every blob is verified when it is copied into the store.

use super::{Store, StoreError, attachments, blob_in};
use crate::digest::Digest;
use crate::format::{Descriptor, Manifest, media_type};
use crate::reference::Reference;
use crate::signing::Attachment;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

const INDEX: &str = "index.json";
const LAYOUT: &str = "oci-layout";
const LAYOUT_TEXT: &str = "{\"imageLayoutVersion\":\"1.0.0\"}\n";
/// The annotation with the reference, from the image specification.
const REF_NAME: &str = "org.opencontainers.image.ref.name";

/// A folder of vendored artifacts.
#[derive(Clone, Debug)]
pub struct Vendor {
    root: PathBuf,
}

/// One artifact of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VendorEntry {
    /// The reference that it was vendored for.
    pub reference: String,
    /// Its manifest.
    pub digest: Digest,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Index {
    schema_version: u32,
    media_type: String,
    manifests: Vec<Descriptor>,
}

impl Vendor {
    /// The folder, if there is one.
    pub fn find(root: impl Into<PathBuf>) -> Option<Vendor> {
        let root = root.into();
        root.join(LAYOUT).is_file().then_some(Vendor { root })
    }

    /// What the folder holds.
    ///
    /// # Errors
    /// Its index cannot be used.
    pub fn entries(&self) -> Result<Vec<VendorEntry>, StoreError> {
        let entries = self.index()?.manifests.into_iter().filter_map(|manifest| {
            Some(VendorEntry {
                reference: manifest.annotations.get(REF_NAME)?.clone(),
                digest: manifest.digest,
            })
        });
        Ok(entries.collect())
    }

    /// The manifest that the reference stands for in this folder: the pinned one, or what was vendored for exactly this reference.
    pub(crate) fn digest(&self, reference: &Reference) -> Result<Option<Digest>, StoreError> {
        let text = reference.to_string();
        let entries = self.entries()?;
        let found = entries.iter().find(|entry| match reference.digest() {
            Some(digest) => entry.digest == digest,
            None => entry.reference == text,
        });
        Ok(found.map(|entry| entry.digest))
    }

    /// What was vendored about the artifact: signatures and statements, to be verified like any others.
    pub(crate) fn attachments(&self, artifact: Digest) -> BTreeSet<Attachment> {
        attachments::kept_in(&self.root, artifact)
    }

    /// Copies a blob into the store, when the folder has it and it is what its digest says.
    pub(crate) fn import(&self, digest: Digest, store: &Store) -> Result<bool, StoreError> {
        let Ok(mut file) = std::fs::File::open(blob_in(&self.root, digest)) else {
            return Ok(false);
        };
        let mut staged = store.stage()?;
        std::io::copy(&mut file, &mut staged)?;
        if staged.digest() != digest {
            return Err(StoreError::Vendor {
                folder: self.root.display().to_string(),
                message: format!("the blob {digest} is not what its digest says"),
            });
        }
        staged.keep(store)?;
        Ok(true)
    }

    fn index(&self) -> Result<Index, StoreError> {
        let path = self.root.join(INDEX);
        serde_json::from_slice(&fs_err::read(&path)?).map_err(|error| StoreError::Vendor {
            folder: self.root.display().to_string(),
            message: format!("{INDEX}: {error}"),
        })
    }

    /// Writes the folder anew with these artifacts, whose blobs are all in the store. The same artifacts give the same bytes.
    ///
    /// # Errors
    /// The folder cannot be written; then it is as it was.
    pub fn write(
        root: &Path,
        store: &Store,
        artifacts: &[(Reference, Digest, &Manifest)],
    ) -> Result<Vendor, StoreError> {
        let parent = root.parent().unwrap_or(root);
        fs_err::create_dir_all(parent)?;
        let staging = tempfile::Builder::new().prefix(".vendor-").tempdir_in(parent)?;
        fs_err::create_dir_all(staging.path().join("blobs/sha256"))?;
        let mut manifests = Vec::new();
        for (reference, digest, manifest) in artifacts {
            let config = std::iter::once(&manifest.config);
            let blobs = config.chain(&manifest.layers).map(|blob| blob.digest);
            for blob in blobs.chain([*digest]) {
                fs_err::copy(store.blob(blob), blob_in(staging.path(), blob))?;
            }
            let kept = store.attachments(*digest);
            if !kept.is_empty() {
                let place = attachments::place(staging.path(), *digest);
                fs_err::create_dir_all(place.parent().unwrap_or(&place))?;
                fs_err::write(place, serde_json::to_vec(&kept).map_err(std::io::Error::from)?)?;
            }
            manifests.push(Descriptor {
                media_type: media_type::MANIFEST.to_owned(),
                digest: *digest,
                size: fs_err::metadata(store.blob(*digest))?.len(),
                artifact_type: None,
                annotations: [(REF_NAME.to_owned(), reference.to_string())].into(),
            });
        }
        manifests.sort_by_key(|manifest| manifest.annotations.get(REF_NAME).cloned());
        let index = Index {
            schema_version: 2,
            media_type: media_type::INDEX.to_owned(),
            manifests,
        };
        let mut file = fs_err::File::create(staging.path().join(INDEX))?;
        serde_json::to_writer_pretty(&mut file, &index).map_err(std::io::Error::from)?;
        file.write_all(b"\n")?;
        fs_err::write(staging.path().join(LAYOUT), LAYOUT_TEXT)?;
        if Vendor::find(root).is_some() {
            fs_err::remove_dir_all(root)?;
        } else if root.exists() {
            return Err(StoreError::Vendor {
                folder: root.display().to_string(),
                message: "there is something else in its place".to_owned(),
            });
        }
        fs_err::rename(staging.path(), root)?;
        let _moved = staging.keep();
        Ok(Vendor { root: root.to_owned() })
    }
}
