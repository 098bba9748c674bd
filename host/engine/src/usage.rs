//! What a run used of the engine, so that the next run of the same kind can begin with it before it is asked.
//!
//! Beginning early decides nothing: answers are those of the engine and the registries now, and what nobody asks for is left lying.

use crate::llb::{Output, source};
use crate::{Engine, Platform};
use bollard_buildkit_proto::pb::{file_action::Action, op::Op as OpKind};
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
    /// Those of them whose whole content the engine had to know, to tell whether something has been done with it before.
    pub compared: BTreeSet<String>,
}

/// As in [`Usage`].
#[derive(Debug, Default)]
pub(crate) struct UsedDirectories {
    all: BTreeSet<String>,
    compared: BTreeSet<String>,
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
        let used = self.inner.used.lock().unwrap_or_else(PoisonError::into_inner);
        Usage {
            images,
            directories: used.all.clone(),
            compared: used.compared.clone(),
        }
    }

    /// Remembers which directories of the client the graph is made of.
    pub(crate) fn note_directories(&self, output: &Output) {
        let mut used = self.inner.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.all.extend(output.upload_name());
        for node in output.nodes() {
            for (number, input) in node.inputs.iter().enumerate() {
                let Some(name) = input.upload_name() else { continue };
                if node.op().and_then(|op| op.op).is_none_or(|op| compares(&op, number)) {
                    used.compared.insert(name.clone());
                }
                used.all.insert(name);
            }
        }
    }

    /// Says what a run like this one used. Only the first call counts.
    pub fn foresee(&self, usage: &Usage) {
        self.inner.foreseen.get_or_init(|| usage.clone());
    }

    /// Whether a run like this one used the directory, but nothing that the engine had to know its whole content for.
    pub(crate) fn foresees_changes(&self, name: &str) -> bool {
        let usage = self.inner.foreseen.get();
        usage.is_some_and(|usage| usage.directories.contains(name) && !usage.compared.contains(name))
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
        let name = directory.upload_name();
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

/// Whether the engine asks for the digest of everything in its input of that number before it does the operation.
fn compares(op: &OpKind, number: usize) -> bool {
    let is_it = |input: i64| usize::try_from(input) == Ok(number);
    match op {
        OpKind::File(file) => file
            .actions
            .iter()
            .any(|action| matches!(action.action, Some(Action::Copy(_))) && is_it(action.secondary_input)),
        // A part that an exec writes to and keeps could change beside what the digest of the part tells of.
        OpKind::Exec(exec) => exec.mounts.iter().any(|mount| {
            let is_all = matches!(mount.selector.as_str(), "" | "/");
            is_it(mount.input) && (mount.readonly || mount.output < 0 || is_all)
        }),
        _ => true,
    }
}
