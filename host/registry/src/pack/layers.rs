//! Layers of an artifact, written into the store.

use super::error::PackError;
use super::files::{write_document, write_files};
use crate::format::{CodeRole, Descriptor, Language, Requirements, TITLE, embedded_definition, media_type, section};
use crate::store::Store;
use dockwright_schema::{ModuleDef, Permissions};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

/// A module that goes into an artifact.
#[derive(Clone, Debug)]
pub struct PackModule {
    /// Its name.
    pub name: String,
    /// What runs its code.
    pub language: Language,
    /// The SDK that it was written with.
    pub sdk: String,
    /// What it offers.
    pub definition: ModuleDef,
    /// Its code.
    pub code: Vec<PackCode>,
    /// The modules that it calls: the name that it calls them by, and their place among the packed modules.
    pub dependencies: Vec<(String, usize)>,
    /// What it needs of the host.
    pub requires: Requirements,
    /// What it may use by itself, when it says so.
    pub uses: Option<Permissions>,
}

/// A part of a module's code.
#[derive(Clone, Debug)]
pub struct PackCode {
    /// What it is for.
    pub role: CodeRole,
    /// What it is.
    pub content: Content,
}

/// Content of a layer.
#[derive(Clone, Debug)]
pub enum Content {
    /// Files: path with `/`, and the file on disk.
    Files(Vec<(String, PathBuf)>),
    /// A text, which is compressed.
    Document(PathBuf),
    /// A component, which gets its definition as a section of its own unless it carries one.
    Component(PathBuf),
}

/// Writes layers and lists them, each once.
pub(super) struct Layers<'a> {
    store: &'a Store,
    pub(super) listed: Vec<Descriptor>,
}

impl<'a> Layers<'a> {
    pub(super) fn new(store: &'a Store) -> Layers<'a> {
        Layers {
            store,
            listed: Vec::new(),
        }
    }

    /// Adds a part of the module with that name.
    pub(super) fn code(&mut self, module: &str, code: &PackCode, definition: &[u8]) -> Result<Descriptor, PackError> {
        let (media_type, suffix) = match code.role {
            CodeRole::Source => (media_type::FILES, "source.tar.zst"),
            CodeRole::Packages => (media_type::FILES, "packages.tar.zst"),
            CodeRole::Context => (media_type::FILES, "context.tar.zst"),
            CodeRole::Bundle => (media_type::BUNDLE, "bundle.json.zst"),
            CodeRole::Maps => (media_type::MAPS, "maps.json.zst"),
            CodeRole::Component => (media_type::WASM, "wasm"),
        };
        self.add(media_type, &format!("{module}.{suffix}"), |out| match &code.content {
            Content::Files(files) => write_files(out, files),
            Content::Document(path) => write_document(out, path),
            Content::Component(path) => {
                std::io::copy(&mut fs_err::File::open(path)?, out)?;
                if embedded_definition(path)?.is_none() {
                    out.write_all(&section(definition))?;
                }
                Ok(())
            }
        })
    }

    /// Adds a document.
    pub(super) fn bytes(&mut self, media_type: &str, title: &str, bytes: &[u8]) -> Result<Descriptor, PackError> {
        self.add(media_type, title, |out| out.write_all(bytes))
    }

    fn add(
        &mut self,
        media_type: &str,
        title: &str,
        write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
    ) -> Result<Descriptor, PackError> {
        let mut staged = self.store.stage()?;
        write(&mut staged)?;
        let (digest, size) = staged.keep(self.store)?;
        if let Some(known) = self.listed.iter().find(|layer| layer.digest == digest) {
            return Ok(known.clone());
        }
        let layer = Descriptor {
            media_type: media_type.to_owned(),
            digest,
            size,
            artifact_type: None,
            annotations: BTreeMap::from([(TITLE.to_owned(), self.free_title(title))]),
        };
        self.listed.push(layer.clone());
        Ok(layer)
    }

    /// The title, or the next one that is free: modules of one graph can have one name.
    fn free_title(&self, title: &str) -> String {
        let title = title.replace(' ', "-");
        let taken = |wanted: &str| self.listed.iter().any(|layer| layer.title() == wanted);
        (1..)
            .map(|n| if n == 1 { title.clone() } else { format!("{n}-{title}") })
            .find(|candidate| !taken(candidate))
            .unwrap_or(title)
    }
}
