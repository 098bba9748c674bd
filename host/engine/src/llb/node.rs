//! One operation of the graph: its encoded form, its digest and what it depends on.

use super::Output;
use bollard_buildkit_proto::pb::{self, op::Op as OpKind};
use dockwright_telemetry::SpanId;
use prost::Message;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Prefix of names that users only see when the vertex fails.
pub(crate) const INTERNAL: &str = "[internal] ";

/// An operation. Immutable; two with the same digest do the same.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// The encoded `pb.Op`: what the digest is of.
    pub(crate) bytes: Vec<u8>,
    /// `sha256:…`
    pub(crate) digest: String,
    /// The results it works on, in the order the operation counts them.
    pub(crate) inputs: Vec<Output>,
    /// What progress shows for it.
    pub(crate) name: String,
    /// The span that its own span is part of.
    pub(crate) parent: Option<SpanId>,
    /// Run it even when its result is known.
    pub(crate) ignore_cache: bool,
    /// Something it works on is run even when its result is known.
    inputs_ignore_cache: bool,
    /// Keys of the services that it needs when it runs, and those that what it works on needs; none when there are none.
    pub(crate) services: Option<Arc<BTreeSet<String>>>,
}

impl Node {
    pub(crate) fn new(kind: OpKind, inputs: Vec<Output>, platform: Option<pb::Platform>, name: String) -> Arc<Self> {
        let op = pb::Op {
            inputs: inputs.iter().filter_map(Output::to_input).collect(),
            platform,
            constraints: None,
            op: Some(kind),
        };
        let bytes = op.encode_to_vec();
        let digest = digest_of(&bytes);
        let inputs_ignore_cache = inputs.iter().filter_map(Output::node).any(|node| node.is_fresh());
        let services = services_of(&inputs);
        Arc::new(Self {
            bytes,
            digest,
            inputs,
            name,
            parent: None,
            ignore_cache: false,
            inputs_ignore_cache,
            services,
        })
    }

    /// An operation that another client made. Where nothing of it is changed its bytes stay, and so what an engine knows of it.
    pub(crate) fn adopt(bytes: Vec<u8>, inputs: Vec<Output>, name: String, ignore_cache: bool) -> Arc<Self> {
        let inputs_ignore_cache = inputs.iter().filter_map(Output::node).any(|node| node.is_fresh());
        let services = services_of(&inputs);
        Arc::new(Self {
            digest: digest_of(&bytes),
            bytes,
            inputs,
            name,
            parent: None,
            ignore_cache,
            inputs_ignore_cache,
            services,
        })
    }

    /// It needs these services when it runs.
    pub(crate) fn need_services(&mut self, keys: impl IntoIterator<Item = String>) {
        let own: BTreeSet<String> = keys.into_iter().collect();
        if !own.is_empty() {
            self.services = union(self.services.take(), &Arc::new(own));
        }
    }

    /// Whether its result is not simply the one that is known.
    pub(crate) fn is_fresh(&self) -> bool {
        self.ignore_cache || self.inputs_ignore_cache
    }

    /// The operation decoded again; none only if the bytes were not made by [`Node::new`].
    pub(crate) fn op(&self) -> Option<pb::Op> {
        pb::Op::decode(self.bytes.as_slice()).ok()
    }

    /// What goes beside the operation. An engine reports operations by digests of its own, but with this name and group; the group carries
    /// the parent, and the `run` it belongs to, because an engine may report the operations of another client that does the same.
    pub(crate) fn metadata(&self, run: &str) -> pb::OpMetadata {
        let progress_group = self.parent.map(|span| pb::ProgressGroup {
            id: format!("{run}/{}", span.0),
            name: String::new(),
            weak: true,
        });
        let mut metadata = pb::OpMetadata {
            ignore_cache: self.ignore_cache,
            progress_group,
            ..pb::OpMetadata::default()
        };
        metadata
            .description
            .insert("llb.customname".to_owned(), self.name.clone());
        metadata
    }
}

/// Not recursive: chains of operations may be longer than a stack is deep.
impl Drop for Node {
    fn drop(&mut self) {
        let mut doomed = std::mem::take(&mut self.inputs);
        while let Some(output) = doomed.pop() {
            if let Some(mut node) = output.into_node().and_then(Arc::into_inner) {
                doomed.append(&mut node.inputs);
            }
        }
    }
}

fn services_of(inputs: &[Output]) -> Option<Arc<BTreeSet<String>>> {
    let needed = inputs.iter().filter_map(|input| input.node()?.services.as_ref());
    needed.fold(None, union)
}

/// Both sets; the one that is there already when the other adds nothing.
fn union(all: Option<Arc<BTreeSet<String>>>, more: &Arc<BTreeSet<String>>) -> Option<Arc<BTreeSet<String>>> {
    match all {
        Some(all) if more.is_subset(&all) => Some(all),
        Some(all) => Some(Arc::new(all.union(more).cloned().collect())),
        None => Some(Arc::clone(more)),
    }
}

/// Digest in the spelling of OCI.
pub(crate) fn digest_of(bytes: &[u8]) -> String {
    format!("sha256:{}", hex::encode(Sha256::digest(bytes)))
}
