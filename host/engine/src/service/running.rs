//! A service that runs.

use super::container::Container;
use super::ports::Claim;
use super::process::{Ended, Process};
use super::registry::Hold;
use dockwright_telemetry::{Outcome, Span, Stream};
use std::collections::VecDeque;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Bytes of a service's output that its errors show.
const SHOWN: usize = 4 << 10;
/// How long a service may take to end by itself.
const STOP_PATIENCE: Duration = Duration::from_secs(10);

/// A service that runs, as those see it who use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunningService {
    /// Where other containers of the engine reach it.
    pub address: Ipv4Addr,
    /// The name under which it is known besides its aliases.
    pub hostname: String,
}

/// The process of a service with its container.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) seen: RunningService,
    pub(super) container: Container,
    pub(super) process: Process,
    pub(super) log: Arc<Log>,
    /// The services that it needs itself.
    pub(super) _needs: Hold,
    /// The ports that are its own.
    pub(super) _claim: Claim,
}

impl Running {
    pub(super) fn has_ended(&self) -> bool {
        self.process.end().is_some()
    }

    /// Ends it: with a request first, unless `kill`.
    pub(super) async fn stop(&self, kill: bool) {
        self.log.expect_end();
        if !kill {
            self.process.signal("TERM").await;
            if tokio::time::timeout(STOP_PATIENCE, self.process.ended()).await.is_ok() {
                return;
            }
        }
        self.process.signal("KILL").await;
        tokio::time::timeout(STOP_PATIENCE, self.process.ended()).await.ok();
    }
}

/// What a service prints: shown in progress, and its end kept for errors.
#[derive(Debug)]
pub(super) struct Log {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    span: Option<Span>,
    tail: VecDeque<u8>,
    end_is_expected: bool,
}

impl Log {
    pub(super) fn new(span: Span) -> Arc<Self> {
        let state = State {
            span: Some(span),
            tail: VecDeque::new(),
            end_is_expected: false,
        };
        Arc::new(Self {
            state: Mutex::new(state),
        })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn push(&self, descriptor: u32, data: &[u8]) {
        let mut state = self.lock();
        if let Some(span) = &state.span {
            let stream = if descriptor == 2 {
                Stream::Stderr
            } else {
                Stream::Stdout
            };
            span.output(stream, &String::from_utf8_lossy(data));
        }
        state.tail.extend(data);
        let excess = state.tail.len().saturating_sub(SHOWN);
        state.tail.drain(..excess);
    }

    /// The end of what was printed.
    pub(super) fn tail(&self) -> String {
        let bytes: Vec<u8> = self.lock().tail.iter().copied().collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// From now on the service ends because somebody wants it to.
    pub(super) fn expect_end(&self) {
        self.lock().end_is_expected = true;
    }

    /// Tells progress that it is over.
    pub(super) fn finish(&self, ended: &Ended) {
        let mut state = self.lock();
        let outcome = if state.end_is_expected || ended.exit_code == 0 {
            Outcome::Done
        } else {
            Outcome::Failed(format!("exit code {}", ended.exit_code))
        };
        if let Some(span) = state.span.take() {
            span.finish(outcome);
        }
    }
}
