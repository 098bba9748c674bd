//! What a run used of the engine, so that the next run of the same kind can begin with it before it is asked.
//!
//! Beginning early decides nothing: answers are those of the engine and the registries now, and what nobody asks for is left lying.

use crate::llb::{Node, Output, source};
use crate::{Engine, Platform};
use bollard_buildkit_proto::pb::op::Op as OpKind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::PoisonError;

/// What a run used. Rests on disk as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// Images that were looked up, by canonical name, and for which platform.
    pub images: BTreeSet<(String, Platform)>,
    /// Directories of the client that something was made of, by the names they were registered under.
    pub directories: BTreeSet<String>,
}

impl Engine {
    /// What was used so far. Without images of registries that the run has credentials of its own for: only it can say when those are known.
    pub fn usage(&self) -> Usage {
        let resolutions = self.inner.resolutions.lock().unwrap_or_else(PoisonError::into_inner);
        let images = resolutions
            .iter()
            .filter(|((reference, _), answer)| {
                answer.get().is_some() && self.inner.state.credentials(&reference.registry).is_none()
            })
            .map(|((reference, platform), _)| (reference.to_string(), platform.clone()))
            .collect();
        Usage {
            images,
            directories: self
                .inner
                .directories
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone(),
        }
    }

    /// Remembers which directories of the client the graph is made of.
    pub(crate) fn note_directories(&self, output: &Output) {
        let mut noted = self.inner.directories.lock().unwrap_or_else(PoisonError::into_inner);
        noted.extend(output.nodes().into_iter().filter_map(|node| local_name(node)));
    }

    /// Looks an image up and has the engine look at it, as the first command in it will need. No layer is fetched.
    pub async fn foresee_image(&self, reference: &str, platform: &Platform) {
        // Whoever needs the image meets the error again, and tells it.
        if let Ok(found) = self.resolve_image(reference, platform).await {
            self.begin(&source::image(&found.reference, platform)).await;
        }
    }

    /// Begins to upload a directory that [`Engine::add_local`] returned, if the usage says that its kind was needed.
    pub async fn foresee_directory(&self, directory: &Output, usage: &Usage) {
        let name = directory.node().and_then(|node| local_name(node));
        if name.is_some_and(|name| usage.directories.contains(&name)) {
            self.begin(directory).await;
        }
    }

    async fn begin(&self, output: &Output) {
        if let Ok(solved) = self.solve(output).await {
            let request = bollard_buildkit_proto::moby::buildkit::v1::frontend::EvaluateRequest {
                r#ref: solved.reference,
            };
            self.inner.build.bridge().evaluate(request).await.ok();
        }
    }
}

/// The name of a directory of the client, when the operation is its upload.
fn local_name(node: &Node) -> Option<String> {
    match node.op()?.op? {
        OpKind::Source(op) => op.identifier.strip_prefix("local://").map(str::to_owned),
        _ => None,
    }
}
