//! Where one export goes, and what became of it.

use super::PartFile;
use crate::{ExportError, ReadTree};
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// How long the disk may take after the engine has sent everything.
const PATIENCE: Duration = Duration::from_secs(120);

/// Where the export goes.
#[derive(Debug)]
pub(super) enum Target {
    /// Into a directory; with `wipe`, what the export does not have is removed from it.
    Directory { path: PathBuf, wipe: bool },
    /// Into a file.
    File(PartFile),
    /// To somebody who reads it as it comes.
    Reader(TreeSink),
}

/// Who reads a tree.
pub(crate) struct TreeSink(pub(crate) Arc<dyn ReadTree>);

impl fmt::Debug for TreeSink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TreeSink")
    }
}

/// The one destination of an export's session.
#[derive(Debug)]
pub(crate) struct Destination {
    pub(super) target: Target,
    failure: Mutex<Option<ExportError>>,
    /// True once everything is written, or will not be.
    settled: watch::Sender<bool>,
}

impl Destination {
    pub(crate) fn directory(path: PathBuf, wipe: bool) -> Self {
        Self::new(Target::Directory { path, wipe })
    }

    pub(crate) fn file(file: PartFile) -> Self {
        Self::new(Target::File(file))
    }

    pub(crate) fn reader(reader: Arc<dyn ReadTree>) -> Self {
        Self::new(Target::Reader(TreeSink(reader)))
    }

    fn new(target: Target) -> Self {
        Self {
            target,
            failure: Mutex::new(None),
            settled: watch::Sender::new(false),
        }
    }

    /// Everything is written.
    pub(super) fn succeed(&self) {
        self.settled.send_replace(true);
    }

    /// Keeps the reason: the engine passes on only a text.
    pub(super) fn fail(&self, error: ExportError) -> tonic::Status {
        let status = tonic::Status::aborted(error.to_string());
        self.failure
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get_or_insert(error);
        self.settled.send_replace(true);
        status
    }

    /// Why writing failed, if it did by now.
    pub(crate) fn failure(&self) -> Option<ExportError> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until everything is written: an engine is content when it has sent all. False when that takes too long.
    pub(crate) async fn settled(&self) -> bool {
        let mut settled = self.settled.subscribe();
        tokio::time::timeout(PATIENCE, settled.wait_for(|settled| *settled))
            .await
            .is_ok()
    }

    /// The file, when that is what it is.
    pub(crate) fn part_file(&self) -> Option<&PartFile> {
        match &self.target {
            Target::File(file) => Some(file),
            Target::Directory { .. } | Target::Reader(_) => None,
        }
    }
}
