//! The events themselves. Everything that is shown, recorded or exported is derived from these; nothing else is.
//!
//! Data only: [`crate::span`] makes them, consumers read them.

use serde::{Deserialize, Serialize};
use std::time::SystemTime;

/// Identity of a span within a run; 0 is no span.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SpanId(pub u64);

/// What kind of work a span is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpanKind {
    /// A phase of the host itself: loading a module, starting the engine.
    Phase,
    /// A function of a module.
    Function,
    /// A field of the core API that needs a value.
    Api,
    /// A vertex that the engine executes.
    Vertex,
    /// A transfer: upload, download, pull, push.
    Transfer,
    /// Plumbing that only those who look for a cause want to see.
    Internal,
}

/// How a span ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "status", content = "message")]
pub enum Outcome {
    /// It did what it should.
    Done,
    /// Its result was there already.
    Cached,
    /// It failed, with the message.
    Failed(String),
    /// Nobody wanted the result any more.
    Cancelled,
}

/// Where output came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stream {
    /// Standard output of a container or a module.
    Stdout,
    /// Standard error of a container or a module.
    Stderr,
}

/// How much a message matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// For those who look for the cause of something.
    Debug,
    /// Worth a line.
    Info,
    /// Something the user should know.
    Warn,
    /// Something went wrong.
    Error,
}

/// Something that happened, at a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// When; as JSON, whole microseconds since 1970-01-01 UTC.
    #[serde(with = "crate::timestamp")]
    pub at: SystemTime,
    /// What.
    #[serde(flatten)]
    pub kind: EventKind,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "event")]
pub enum EventKind {
    /// Work began.
    SpanStarted {
        /// The new span.
        span: SpanId,
        /// The span it is part of.
        parent: Option<SpanId>,
        /// One line that tells the user what it is, such as `pip install -r requirements.txt`.
        name: String,
        /// What kind of work.
        kind: SpanKind,
    },
    /// Work ended.
    SpanEnded {
        /// Which.
        span: SpanId,
        /// How.
        outcome: Outcome,
    },
    /// A span printed something; chunks, not lines.
    Output {
        /// Which.
        span: SpanId,
        /// Where from.
        stream: Stream,
        /// UTF-8 text, secrets replaced.
        data: String,
    },
    /// A span moved on.
    Progress {
        /// Which.
        span: SpanId,
        /// How far, in `unit`s.
        current: u64,
        /// Where it ends, when known.
        total: Option<u64>,
        /// `B` for bytes, `files`, ….
        unit: String,
    },
    /// A line for the user that belongs to no span.
    Message {
        /// How much it matters.
        level: Level,
        /// The line.
        text: String,
    },
}
