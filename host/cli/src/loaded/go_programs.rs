//! Runs the programs of the Go toolchain pack in the module runtime.

use dockwright_go::introspection;
use dockwright_go::pack::{Ended, Programs, Run, Step};
use dockwright_runtime::{ProgramFolder, ProgramRun, Runtime};
use dockwright_telemetry::{Outcome, Span, SpanKind, Telemetry};
use serde_json::Value;
use std::path::PathBuf;
use std::time::Duration;

/// Bytes of memory for the compiler, which needs most.
const MEMORY: u64 = 3 << 30;
/// How long one package may take. The largest that are known take seconds.
const TIME: Duration = Duration::from_secs(600);

/// The programs, for threads beside the event loop.
pub(super) struct GoPrograms {
    pub(super) runtime: Runtime,
    pub(super) telemetry: Telemetry,
    pub(super) event_loop: tokio::runtime::Handle,
}

impl Programs for GoPrograms {
    fn run(&self, run: Run) -> Result<Ended, String> {
        let folder = |folder: dockwright_go::pack::Folder| {
            let not_utf8 = |path: PathBuf| format!("{} is not valid UTF-8", path.display());
            Ok::<_, String>(ProgramFolder {
                host: folder
                    .host
                    .try_into()
                    .map_err(|error: camino::FromPathBufError| not_utf8(error.into_path_buf()))?,
                guest: folder.guest,
                writable: folder.writable,
            })
        };
        let run = ProgramRun {
            name: run.program,
            arguments: run.arguments,
            environment: run.environment,
            folders: run.folders.into_iter().map(folder).collect::<Result<_, _>>()?,
            memory: MEMORY,
            time: TIME,
        };
        let ended = self.event_loop.block_on(self.runtime.run_program(&run));
        let ended = ended.map_err(|error| format!("{}: {error}", run.name))?;
        Ok(Ended {
            status: ended.status,
            output: ended.stdout + &ended.stderr,
        })
    }

    fn ask(&self, request: Value) -> Result<Value, String> {
        self.event_loop
            .block_on(self.runtime.run_tool(introspection::PROGRAM, request, 0))
            .map_err(|error| error.to_string())
    }

    fn step(&self, label: &str) -> Box<dyn Step + '_> {
        Box::new(Told {
            span: Some(self.telemetry.span(label, SpanKind::Phase, None)),
            outcome: Outcome::Done,
        })
    }
}

/// A step as a span.
struct Told {
    span: Option<Span>,
    outcome: Outcome,
}

impl Step for Told {
    fn failed(&mut self, why: &str) {
        self.outcome = Outcome::Failed(why.to_owned());
    }
}

impl Drop for Told {
    fn drop(&mut self) {
        if let Some(span) = self.span.take() {
            span.finish(std::mem::replace(&mut self.outcome, Outcome::Done));
        }
    }
}
