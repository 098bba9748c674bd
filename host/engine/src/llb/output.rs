//! One result of an operation: a file system, possibly empty.

use super::{Node, upload};
use bollard_buildkit_proto::pb;
use dockwright_telemetry::SpanId;
use std::fmt;
use std::sync::Arc;

/// A file system that an operation makes, or the empty one. Cheap to clone.
#[derive(Clone)]
pub struct Output {
    /// None is the empty file system.
    node: Option<Arc<Node>>,
    index: i64,
}

impl Output {
    /// The empty file system.
    pub fn scratch() -> Self {
        Self { node: None, index: 0 }
    }

    pub(crate) fn new(node: Arc<Node>, index: i64) -> Self {
        Self {
            node: Some(node),
            index,
        }
    }

    /// Whether it is the empty file system by construction.
    pub fn is_scratch(&self) -> bool {
        self.node.is_none()
    }

    /// What decides its content: digest of the operation and which of its results, marked when it shall be made anew. Equal keys are equal file
    /// systems.
    pub fn key(&self) -> String {
        match &self.node {
            Some(node) => format!(
                "{}#{}{}",
                node.digest,
                self.index,
                if node.is_fresh() { "!" } else { "" }
            ),
            None => "scratch".to_owned(),
        }
    }

    /// Whether it is a directory of the client as it was uploaded.
    pub fn is_upload(&self) -> bool {
        self.upload_name().is_some()
    }

    /// What the directory of the client was registered under, if it is one as it was uploaded.
    pub(crate) fn upload_name(&self) -> Option<String> {
        let node = self.node.as_ref()?;
        match upload::local_name(node) {
            None => upload::local_name(upload::beneath(node, &node.op()?.op?)?.node()?),
            name => name,
        }
    }

    /// The same result with a name for progress; names beginning with `[internal]` show only when the operation fails.
    #[must_use]
    pub fn named(self, name: impl Into<String>) -> Self {
        self.change(|node| node.name = name.into())
    }

    /// The same result, its progress shown as part of the given span.
    #[must_use]
    pub fn parent(self, span: SpanId) -> Self {
        self.change(|node| node.parent = Some(span))
    }

    /// The same result, made anew even if an engine has it.
    #[must_use]
    pub fn ignore_cache(self) -> Self {
        self.change(|node| node.ignore_cache = true)
    }

    fn change(mut self, edit: impl FnOnce(&mut Node)) -> Self {
        if let Some(node) = &mut self.node {
            edit(Arc::make_mut(node));
        }
        self
    }

    pub(crate) fn node(&self) -> Option<&Arc<Node>> {
        self.node.as_ref()
    }

    pub(crate) fn into_node(self) -> Option<Arc<Node>> {
        self.node
    }

    pub(crate) fn to_input(&self) -> Option<pb::Input> {
        self.node.as_ref().map(|node| pb::Input {
            digest: node.digest.clone(),
            index: self.index,
        })
    }
}

impl PartialEq for Output {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && self.node.as_ref().map(|n| &n.digest) == other.node.as_ref().map(|n| &n.digest)
    }
}

impl Eq for Output {}

impl fmt::Debug for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Output").field(&self.key()).finish()
    }
}

/// The inputs of an operation under construction: each result once, with the number the operation refers to it by.
#[derive(Default)]
pub(crate) struct Inputs(Vec<Output>);

impl Inputs {
    /// Number of the result; -1 is the empty file system.
    pub(crate) fn number(&mut self, output: &Output) -> i64 {
        if output.is_scratch() {
            return -1;
        }
        let position = self.0.iter().position(|known| known == output).unwrap_or_else(|| {
            self.0.push(output.clone());
            self.0.len() - 1
        });
        i64::try_from(position).unwrap_or(i64::MAX)
    }

    pub(crate) fn into_outputs(self) -> Vec<Output> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Output;
    use crate::llb::{CopyOptions, file, source};

    #[test]
    fn an_upload_is_known_from_what_is_made_of_it() {
        let upload = source::local("src", "session", "hint");
        let copied = file::copy(&Output::scratch(), &upload, "/", "/", &CopyOptions::default());
        assert!(upload.is_upload() && !copied.is_upload() && !Output::scratch().is_upload());
    }
}
