//! The two traits that cut the loop between module code and the API: `Execute` runs a GraphQL document (module code calls
//! the API), `Invoke` runs a module's function (the API calls module code).
//!
//! Implemented by `api` and by the command line's session; used by `runtime` and by `api`. Nothing here does any work.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Who asks. What a request may reach depends on it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Principal {
    /// The user at the command line: the host is theirs.
    CommandLine,
    /// A program that the user connected to the session.
    Client,
    /// A program that the user lets use the API, but not their host.
    Guest,
    /// Code of a module: only what it was given.
    Module(ModuleId),
}

/// Identity of a loaded module within a session: the digest of its source and dependencies, as hex.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ModuleId(pub Arc<str>);

/// The chain of calls that a request belongs to. Bounds recursion and names who waits for whom.
#[derive(Clone, Debug, Default)]
pub struct CallStack {
    frames: Arc<Vec<u64>>,
}

impl CallStack {
    /// Calls deeper than this are refused.
    pub const MAX_DEPTH: usize = 64;

    /// How many function calls are open above this request.
    pub fn depth(&self) -> usize {
        self.frames.len()
    }

    /// The key of the call that the request's code runs for.
    pub fn innermost(&self) -> Option<u64> {
        self.frames.last().copied()
    }

    /// Whether the call with that key is one of the open ones.
    pub fn contains(&self, call: u64) -> bool {
        self.frames.contains(&call)
    }

    /// The stack with one more call on it.
    pub fn push(&self, call: u64) -> CallStack {
        let mut frames = Vec::with_capacity(self.frames.len() + 1);
        frames.extend_from_slice(&self.frames);
        frames.push(call);
        CallStack {
            frames: Arc::new(frames),
        }
    }
}

/// One GraphQL request.
#[derive(Clone, Debug)]
pub struct Request {
    /// The GraphQL document.
    pub document: String,
    /// JSON text of an object, when there are variables.
    pub variables: Option<String>,
    /// Which operation of the document to run, when it holds several.
    pub operation_name: Option<String>,
    /// Who asks.
    pub principal: Principal,
    /// Function calls above it.
    pub stack: CallStack,
    /// Telemetry span that the request's work belongs to (`dockwright_telemetry::SpanId` as a number), 0 for none.
    pub span: u64,
}

/// Runs GraphQL documents.
#[async_trait]
pub trait Execute: Send + Sync {
    /// The response document, `{"data":…}` with `errors` when there are any. Errors of the request are part of the document.
    /// Dropping the future cancels the work.
    async fn execute(&self, request: Request) -> String;
}

/// Which function to run, on what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FunctionCall {
    /// Name of the object type.
    pub parent_type: String,
    /// The object's state, a JSON object keyed by the source's own names.
    pub parent: serde_json::Value,
    /// API name; empty for the constructor.
    pub name: String,
    /// Values by argument name; objects as ID strings.
    pub arguments: Vec<(String, serde_json::Value)>,
}

/// Calls functions of modules.
#[async_trait]
pub trait Invoke: Send + Sync {
    /// Runs the function in an instance of its own and returns its result as JSON.
    /// Dropping the future stops the instance and cancels what it asked for.
    async fn invoke(
        &self,
        module: &ModuleId,
        call: FunctionCall,
        stack: CallStack,
        span: u64,
    ) -> Result<serde_json::Value, Failure>;
}

/// Why a function call failed, with the structure that crosses module boundaries.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// The language's name of the error's class (`KeyError`), or `trap`, `timeout`, `memory`, `deadlock`, `depth` for what the host
    /// finds out about the code, and `host` when the session is the cause.
    pub kind: String,
    /// What went wrong.
    pub message: String,
    /// The innermost frame in the user's own code; where none is known, the declaration of the function that was called.
    pub location: Option<crate::module_def::SourceLocation>,
    /// The language's own stack text, without the runtime's frames.
    pub trace: Option<String>,
    /// Structured values, such as an exec error's `_type`, `cmd`, `exitCode`, `stdout`, `stderr`.
    #[serde(default)]
    pub extensions: serde_json::Map<String, serde_json::Value>,
}
