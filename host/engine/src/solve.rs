//! Making results: solve, evaluate, and what an engine's refusal means.

use crate::error::details::{ErrorDetails, FailedExec};
use crate::error::kept;
use crate::image::{is_denied, is_missing};
use crate::llb::Output;
use crate::{Engine, ExecError, SolveError, shim};
use bollard_buildkit_proto::moby::buildkit::v1::frontend::EvaluateRequest;
use bollard_buildkit_proto::pb::op::Op as OpKind;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::OnceCell;
use tonic::{Code, Status};

/// How long an error waits for the rest of the command's output, when that comes only by the status stream.
const LOG_PATIENCE: Duration = Duration::from_millis(500);

/// A result in the engine, under a name that is good as long as the run lasts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Solved {
    pub(crate) reference: String,
}

/// Results of this run by what makes them.
pub(crate) type Results = Mutex<HashMap<String, Arc<OnceCell<Solved>>>>;

impl Engine {
    /// Hands a graph to the engine; nothing runs before somebody reads from the result. Equal graphs share one result, and those who ask for it
    /// meanwhile wait for the one answer. Dropping the future of one spares the others.
    ///
    /// # Errors
    /// The graph makes no sense to the engine, or the engine is gone.
    pub async fn solve(&self, output: &Output) -> Result<Solved, SolveError> {
        let cell = {
            let mut results = self.inner.results.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(results.entry(output.key()).or_default())
        };
        let solve = || async {
            match self.inner.build.solve(output, false).await {
                Ok(reference) => {
                    self.note_directories(output);
                    Ok(Solved { reference })
                }
                Err(status) => Err(self.failure(status, output).await),
            }
        };
        cell.get_or_try_init(solve).await.cloned()
    }

    /// Makes the result now. Dropping the future stops what runs for it alone.
    ///
    /// # Errors
    /// [`SolveError::Exec`] when a command failed; others as the engine reports them.
    pub async fn evaluate(&self, output: &Output) -> Result<(), SolveError> {
        let _needs = self.hold(output);
        let solved = self.solve(output).await?;
        let request = EvaluateRequest {
            r#ref: solved.reference,
        };
        match self.inner.build.bridge().evaluate(request).await {
            Ok(_) => {
                self.used(output);
                Ok(())
            }
            Err(status) => Err(self.failure(status, output).await),
        }
    }

    /// Notes that the result is there and was used: progress must tell of it.
    pub(crate) fn used(&self, output: &Output) {
        if let Some(node) = output.node() {
            self.inner.tracker.used(&node.name);
        }
    }

    /// The error when a status means that the engine is gone; none when the engine itself said it.
    pub(crate) fn lost(&self, status: &Status) -> Option<SolveError> {
        // Only what this side made up has a cause: the connection.
        let cause = std::error::Error::source(status).map(crate::transport::with_causes);
        let message = match cause {
            Some(cause) => cause,
            None if self.inner.build.has_ended() => format!("its build ended ({})", status.message()),
            None => return None,
        };
        Some(SolveError::EngineLost {
            address: self.address().to_string(),
            message,
        })
    }

    /// What an engine's refusal means for whoever asked for `output`.
    pub(crate) async fn failure(&self, status: Status, output: &Output) -> SolveError {
        if let Some(lost) = self.lost(&status) {
            return lost;
        }
        let (details, message) = match self.untold(&status, output).await {
            Some(untold) => (untold.details, untold.message),
            None => (ErrorDetails::of(&status), status.message().to_owned()),
        };
        let message = message.as_str();
        if let Some(failure) = self.service_failure(output, message) {
            return SolveError::Service(Box::new(failure));
        }
        match (&details.exec, details.exit_code) {
            (Some(exec), Some(exit_code)) => {
                return SolveError::Exec(Box::new(self.exec_error(exec, exit_code, &details).await));
            }
            (None, Some(exit_code)) => {
                // An engine that does not say what ran; the message does.
                let (stdout, stderr) = self.logged(&details).await;
                let command = vec![quoted(&shim::without_shim(message))];
                return SolveError::Exec(Box::new(ExecError {
                    command,
                    exit_code,
                    stdout,
                    stderr,
                }));
            }
            (_, None) => {}
        }
        if let Some(reference) = image_in(output, message) {
            if is_missing(message) {
                return SolveError::ImageNotFound { reference };
            }
            if is_denied(message) {
                return SolveError::ImageDenied {
                    reference,
                    message: message.to_owned(),
                };
            }
        }
        if status.code() == Code::Cancelled {
            return SolveError::Cancelled;
        }
        let operation = details
            .vertex
            .as_deref()
            .and_then(|digest| self.inner.tracker.name(digest));
        SolveError::Failed {
            operation,
            message: plain(message),
        }
    }

    async fn exec_error(&self, exec: &FailedExec, exit_code: i32, details: &ErrorDetails) -> ExecError {
        let command = shim::user_command(&exec.args);
        let meta = shim::meta_mount_number(&exec.destinations).and_then(|number| details.mounts.get(number));
        if let Some(meta) = meta
            && let Some(result) = self.read_failed_meta(meta).await
        {
            return ExecError {
                command,
                exit_code: result.exit_code,
                stdout: result.stdout,
                stderr: result.stderr,
            };
        }
        let (stdout, stderr) = self.logged(details).await;
        ExecError {
            command,
            exit_code,
            stdout,
            stderr,
        }
    }

    /// What the failed operation printed, from the status stream, which may be a little behind.
    async fn logged(&self, details: &ErrorDetails) -> (String, String) {
        let Some(digest) = details.vertex.as_deref() else {
            return Default::default();
        };
        let wait = async {
            loop {
                match self.inner.tracker.kept_output(digest) {
                    Some((stdout, stderr, true)) => return (stdout, stderr),
                    _ => tokio::time::sleep(Duration::from_millis(10)).await,
                }
            }
        };
        let (stdout, stderr) = match tokio::time::timeout(LOG_PATIENCE, wait).await {
            Ok(complete) => complete,
            Err(_) => self
                .inner
                .tracker
                .kept_output(digest)
                .map(|(stdout, stderr, _)| (stdout, stderr))
                .unwrap_or_default(),
        };
        (kept(&stdout), kept(&stderr))
    }
}

/// The image of the graph that a message is about.
fn image_in(output: &Output, message: &str) -> Option<String> {
    let mut references = output.nodes().into_iter().filter_map(|node| match node.op()?.op? {
        OpKind::Source(source) => source.identifier.strip_prefix("docker-image://").map(str::to_owned),
        _ => None,
    });
    references.find(|reference| message.contains(reference.as_str()))
}

/// The engine's message without what only engines know: the shim and the names of its snapshots.
fn plain(message: &str) -> String {
    let message = shim::without_shim(message);
    let own = message
        .split_once("failed to calculate checksum of ref ")
        .and_then(|(_, rest)| rest.split_once(": "));
    own.map_or_else(|| message.clone(), |(_, reason)| reason.to_owned())
}

/// The first text in double quotes, or all of it.
fn quoted(message: &str) -> String {
    let inner = message.split_once('"').and_then(|(_, rest)| rest.rsplit_once('"'));
    inner.map_or(message, |(inner, _)| inner).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{plain, quoted};

    #[test]
    fn names_that_only_the_engine_knows_are_left_out() {
        let message = r#"failed to compute cache key: failed to calculate checksum of ref abc::def: "/x": not found"#;
        assert_eq!(plain(message), r#""/x": not found"#);
        assert_eq!(plain("anything else: x"), "anything else: x");
    }

    #[test]
    fn the_command_is_taken_from_the_message() {
        assert_eq!(
            quoted(r#"process "/bin/sh -c echo \"a\"" did not complete"#),
            r#"/bin/sh -c echo \"a\""#
        );
        assert_eq!(quoted("nothing quoted"), "nothing quoted");
    }
}
