//! A failure that the engine does not tell in its answer, from what it reported of the operations meanwhile.
//!
//! BuildKit 0.34 keeps what a failed command worked on for debugging. When two commands of a build fail that have an input in common, it
//! lets go of the second one's twice, and answers with that mishap instead of the failure (`registerResultIDs` in `frontend/gateway`).

use super::details::{ErrorDetails, FailedExec};
use crate::Engine;
use crate::llb::Output;
use bollard_buildkit_proto::pb::op::Op as OpKind;
use std::collections::HashMap;
use std::time::Duration;
use tonic::Status;

/// How the mishap's message begins.
const MISHAP: &str = "releasing already released reference";

/// How long a report may come after the answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// A failure, from reports.
pub(crate) struct Untold {
    pub(crate) message: String,
    pub(crate) details: ErrorDetails,
}

impl Engine {
    /// The failure that the answer should have told, when it tells of the mishap only.
    pub(crate) async fn untold(&self, status: &Status, output: &Output) -> Option<Untold> {
        if !status.message().starts_with(MISHAP) {
            return None;
        }
        // Reports have the names that the graph gave.
        let nodes: HashMap<_, _> = output
            .nodes()
            .into_iter()
            .map(|node| (node.name.as_str(), node))
            .collect();
        let failure = self.inner.tracker.failure(|name| nodes.contains_key(name));
        let failed = tokio::time::timeout(PATIENCE, failure).await.ok()?;
        let exec = match nodes.get(failed.name.as_str())?.op()?.op? {
            OpKind::Exec(exec) => Some(FailedExec {
                args: exec.meta.unwrap_or_default().args,
                destinations: Vec::new(),
            }),
            _ => None,
        };
        let details = ErrorDetails {
            vertex: Some(failed.digest),
            exit_code: exit_code(&failed.message),
            mounts: Vec::new(),
            exec,
        };
        Some(Untold {
            message: failed.message,
            details,
        })
    }
}

/// The number at the end of a message about a command.
fn exit_code(message: &str) -> Option<i32> {
    let (_, code) = message.rsplit_once("did not complete successfully: exit code: ")?;
    code.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::exit_code;

    #[test]
    fn the_exit_code_ends_the_message() {
        let failed =
            |end: &str| format!("process \"sh -c exit code: 7\" did not complete successfully: exit code: {end}");
        assert_eq!(exit_code(&failed("3")), Some(3));
        assert_eq!(exit_code(&failed("137: out of memory")), Some(137));
        assert_eq!(exit_code("process \"exit code: 3\" was not found"), None);
    }
}
