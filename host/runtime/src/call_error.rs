//! How a call of a module ends when it does not return a value, and what the user is told.

use crate::backtrace;
use crate::convert::ConvertError;
use crate::error::RuntimeError;
use crate::limits::Limits;
use dockwright_schema::{CallStack, Failure};
use std::time::Duration;
use wasmtime::{Trap, WasmBacktrace};

/// Why a call of a module returned no value.
#[derive(Clone, Debug, thiserror::Error)]
pub enum CallError {
    /// The module's code failed, and says how.
    #[error(transparent)]
    Failure(Box<Failure>),
    /// The code ran too long.
    #[error("the module's code ran for more than {} s, not counting time that it waited; it was stopped (does it loop without end?)", .limit.as_secs_f64())]
    Timeout {
        /// The limit, of time that the code itself ran.
        limit: Duration,
        /// The functions that were running, where known.
        trace: Option<String>,
    },
    /// The code wanted too much memory and could not go on without it.
    #[error("the module's code needs more than {} of memory; handle large data in containers or as Directory and File", mebibytes(*.limit))]
    OutOfMemory {
        /// The limit in bytes.
        limit: u64,
    },
    /// The code recursed too deeply.
    #[error("the module's code recursed too deeply: its stack is full (does a function call itself without end?)")]
    StackOverflow {
        /// The functions that were running, where known.
        trace: Option<String>,
    },
    /// The code waits for what can never happen.
    #[error("the module's code waits, but nothing that it could wait for is running")]
    Deadlock,
    /// The code was aborted.
    #[error("the module's code crashed: {message}")]
    Trapped {
        /// What happened.
        message: String,
        /// The functions that were running, where known.
        trace: Option<String>,
    },
    /// Functions call each other without end.
    #[error(
        "functions call each other more than {} levels deep (does one call itself through the API without end?)",
        CallStack::MAX_DEPTH
    )]
    TooDeep,
    /// The module describes itself wrongly.
    #[error("the module `{module}` describes itself wrongly: {source}")]
    Description {
        /// Name of the module.
        module: String,
        /// What is wrong.
        source: ConvertError,
    },
    /// The value is not JSON.
    #[error("the function `{function}` returned a value that is not JSON: {message}")]
    Result {
        /// Name of the function.
        function: String,
        /// What is wrong.
        message: String,
    },
    /// The host could not start the call.
    #[error(transparent)]
    Host(#[from] RuntimeError),
}

/// Why the host stopped the guest, thrown through the guest's frames.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum Stop {
    #[error("the time limit has passed")]
    Timeout,
    #[error("deadlock")]
    Deadlock,
    #[error("it has {limit} requests to the API open at the same time, which is the limit")]
    TooManyRequests { limit: usize },
    #[error("{0}")]
    Slot(String),
}

impl CallError {
    /// What an error of wasmtime means. `denied`: the guest had asked for more memory than it may have.
    pub(crate) fn from_wasmtime(error: &wasmtime::Error, limits: &Limits, denied: bool) -> CallError {
        let trace = error.downcast_ref::<WasmBacktrace>().and_then(backtrace::told);
        if let Some(stop) = error.downcast_ref::<Stop>() {
            return match stop {
                Stop::Timeout => CallError::Timeout {
                    limit: limits.guest_time,
                    trace,
                },
                Stop::Deadlock => CallError::Deadlock,
                Stop::TooManyRequests { .. } => CallError::Trapped {
                    message: stop.to_string(),
                    trace,
                },
                Stop::Slot(message) => CallError::Host(RuntimeError::Slot(message.clone())),
            };
        }
        if let Some(exit) = error.downcast_ref::<wasmtime_wasi::I32Exit>() {
            return CallError::Trapped {
                message: format!("it ended the process with status {}", exit.0),
                trace,
            };
        }
        match error.downcast_ref::<Trap>() {
            Some(Trap::StackOverflow) => CallError::StackOverflow { trace },
            // What compiled languages do when an allocation fails.
            Some(Trap::UnreachableCodeReached) | None if denied => CallError::OutOfMemory { limit: limits.memory },
            Some(Trap::UnreachableCodeReached) => CallError::Trapped {
                message: "it aborted itself".to_owned(),
                trace,
            },
            Some(trap) => CallError::Trapped {
                message: trap.to_string(),
                trace,
            },
            None => CallError::Trapped {
                message: format!("{:#}", error.root_cause()),
                trace,
            },
        }
    }

    /// The kind that a [`Failure`] made of this has.
    fn kind(&self) -> &'static str {
        match self {
            CallError::Timeout { .. } => "timeout",
            CallError::OutOfMemory { .. } => "memory",
            CallError::Deadlock => "deadlock",
            _ => "trap",
        }
    }
}

impl From<Failure> for CallError {
    fn from(failure: Failure) -> Self {
        CallError::Failure(Box::new(failure))
    }
}

impl From<CallError> for Failure {
    fn from(error: CallError) -> Self {
        let (kind, message) = (error.kind().to_owned(), error.to_string());
        match error {
            CallError::Failure(failure) => *failure,
            CallError::Trapped { trace, .. }
            | CallError::StackOverflow { trace }
            | CallError::Timeout { trace, .. } => Failure {
                kind,
                message,
                location: None,
                trace,
                extensions: serde_json::Map::new(),
            },
            _ => Failure {
                kind,
                message,
                location: None,
                trace: None,
                extensions: serde_json::Map::new(),
            },
        }
    }
}

fn mebibytes(bytes: u64) -> String {
    if bytes.is_multiple_of(1 << 30) {
        format!("{} GiB", bytes >> 30)
    } else {
        format!("{:.0} MiB", bytes as f64 / 1048576.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_users_read() {
        let errors = [
            CallError::Timeout {
                limit: Duration::from_millis(60_000),
                trace: None,
            },
            CallError::OutOfMemory { limit: 1 << 30 },
            CallError::OutOfMemory { limit: 200 << 20 },
            CallError::StackOverflow { trace: None },
            CallError::Deadlock,
            CallError::Trapped {
                message: "it aborted itself".into(),
                trace: None,
            },
            CallError::TooDeep,
        ];
        let told: Vec<String> = errors
            .into_iter()
            .map(Failure::from)
            .map(|f| format!("{}: {}", f.kind, f.message))
            .collect();
        insta::assert_snapshot!(told.join("\n"), @r"
        timeout: the module's code ran for more than 60 s, not counting time that it waited; it was stopped (does it loop without end?)
        memory: the module's code needs more than 1 GiB of memory; handle large data in containers or as Directory and File
        memory: the module's code needs more than 200 MiB of memory; handle large data in containers or as Directory and File
        trap: the module's code recursed too deeply: its stack is full (does a function call itself without end?)
        deadlock: the module's code waits, but nothing that it could wait for is running
        trap: the module's code crashed: it aborted itself
        trap: functions call each other more than 64 levels deep (does one call itself through the API without end?)
        ");
    }
}
