//! Go's JSON of a failure as the world's.

use crate::world::functions::{Annotation, Failure, SourceLocation};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Told {
    kind: String,
    message: String,
    location: Option<Place>,
    trace: Option<String>,
    #[serde(default)]
    extensions: BTreeMap<String, Box<RawValue>>,
}

#[derive(Deserialize)]
struct Place {
    file: String,
    line: u32,
    column: u32,
}

/// The failure in the text. Text that is none becomes the message.
pub(crate) fn parse(text: &str) -> Failure {
    match serde_json::from_str::<Told>(text) {
        Ok(told) => Failure {
            kind: told.kind,
            message: told.message,
            location: told.location.map(|Place { file, line, column }| SourceLocation { file, line, column }),
            trace: told.trace,
            extensions: told
                .extensions
                .into_iter()
                .map(|(name, value)| Annotation {
                    name,
                    value: value.get().to_owned(),
                })
                .collect(),
        },
        Err(_) => plain(text),
    }
}

/// A failure of the runtime, not of the user's code.
pub(crate) fn plain(message: &str) -> Failure {
    Failure {
        kind: "RuntimeError".to_owned(),
        message: message.to_owned(),
        location: None,
        trace: None,
        extensions: Vec::new(),
    }
}
