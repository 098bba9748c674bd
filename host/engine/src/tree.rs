//! Whole trees of results: all facts in one stream, and the content of chosen files, without an export to the disk.

use crate::export::Content;
use crate::llb::Output;
use crate::session::Destination;
use crate::{Engine, ExportError, FileStat};
use bollard_buildkit_proto::moby::buildkit::v1::Exporter;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Something in a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeEntry {
    /// Path below the root of the tree, with `/`, without one at the beginning or the end.
    pub path: String,
    /// Facts; a hard link has those of the file.
    pub stat: FileStat,
}

/// Reads a tree as it comes, from a thread that may block.
pub trait ReadTree: Send + Sync {
    /// Takes note of an entry (parents before what is in them, in order of their names); whether its content is wanted. Only regular files have any.
    fn wants(&self, entry: &TreeEntry) -> bool;

    /// The next part of the content of a wanted file. Files may take turns.
    fn data(&self, entry: &TreeEntry, data: &[u8]);

    /// The content of the file is complete.
    fn end(&self, entry: &TreeEntry);
}

impl Engine {
    /// Sends a whole tree through a reader. Facts of all of it are transferred, content only where the reader wants it.
    ///
    /// # Errors
    /// What makes the tree failed, or the engine broke off.
    pub async fn read_tree(&self, output: &Output, reader: Arc<dyn ReadTree>) -> Result<(), ExportError> {
        let exporter = Exporter {
            r#type: "local".to_owned(),
            attrs: HashMap::new(),
        };
        self.export(
            Content::One(output),
            HashMap::new(),
            exporter,
            Some(Arc::new(Destination::reader(reader))),
        )
        .await
        .map(|_| ())
    }

    /// All that is in a tree, in order of the paths.
    ///
    /// # Errors
    /// As those of [`Engine::read_tree`].
    pub async fn list_tree(&self, output: &Output) -> Result<Vec<TreeEntry>, ExportError> {
        let list = Arc::new(Listing::default());
        self.read_tree(output, list.clone()).await?;
        Ok(std::mem::take(
            &mut *list.0.lock().unwrap_or_else(PoisonError::into_inner),
        ))
    }

    /// The content of the files whose entries `wanted` accepts, by path.
    ///
    /// # Errors
    /// As those of [`Engine::read_tree`].
    pub async fn read_files(
        &self,
        output: &Output,
        wanted: impl Fn(&TreeEntry) -> bool + Send + Sync + 'static,
    ) -> Result<HashMap<String, Vec<u8>>, ExportError> {
        let contents = Arc::new(Contents {
            wanted: Box::new(wanted),
            found: Mutex::default(),
        });
        self.read_tree(output, contents.clone()).await?;
        Ok(std::mem::take(
            &mut *contents.found.lock().unwrap_or_else(PoisonError::into_inner),
        ))
    }
}

#[derive(Default)]
struct Listing(Mutex<Vec<TreeEntry>>);

impl ReadTree for Listing {
    fn wants(&self, entry: &TreeEntry) -> bool {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(entry.clone());
        false
    }

    fn data(&self, _: &TreeEntry, _: &[u8]) {}

    fn end(&self, _: &TreeEntry) {}
}

struct Contents {
    wanted: Box<dyn Fn(&TreeEntry) -> bool + Send + Sync>,
    found: Mutex<HashMap<String, Vec<u8>>>,
}

impl ReadTree for Contents {
    fn wants(&self, entry: &TreeEntry) -> bool {
        (self.wanted)(entry)
    }

    fn data(&self, entry: &TreeEntry, data: &[u8]) {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.entry(entry.path.clone()).or_default().extend_from_slice(data);
    }

    fn end(&self, entry: &TreeEntry) {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.entry(entry.path.clone()).or_default();
    }
}
