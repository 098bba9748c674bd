//! An error of JavaScript as the world's `failure`: in the user's terms, with the user's frames.

use crate::frames::{self, Frame, Line};
use crate::world::functions::{Annotation, Failure, SourceLocation};
use rquickjs::CaughtError;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// Kind of a failure to go on, as in other languages.
pub(crate) const DEADLOCK: &str = "DeadlockError";

/// What `js/outcome.js` makes of a promise.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Outcome {
    Ok(String),
    Failure(Told),
}

/// An error as JavaScript tells it.
#[derive(Deserialize)]
struct Told {
    kind: String,
    message: String,
    /// Frames as QuickJS writes them, innermost first. Lines that are none begin a cause.
    stack: String,
    extensions: BTreeMap<String, Box<RawValue>>,
}

/// The value or the failure in an outcome.
pub(crate) fn outcome(json: &str) -> Result<String, Failure> {
    match serde_json::from_str(json) {
        Ok(Outcome::Ok(value)) => Ok(value),
        Ok(Outcome::Failure(told)) => Err(told.into()),
        Err(error) => Err(plain(
            "RuntimeError",
            &format!("the runtime's own code gave no proper outcome ({error}); this is a bug in dockwright"),
        )),
    }
}

impl From<Told> for Failure {
    fn from(told: Told) -> Failure {
        let lines = frames::of_users(&told.stack);
        let location = lines.iter().find_map(Line::frame).map(SourceLocation::from);
        let title = format!("{}: {}", told.kind, told.message);
        let trace = location.is_some().then(|| frames::text(&title, &lines));
        let extensions = told.extensions.into_iter().map(|(name, value)| Annotation {
            name,
            value: value.get().to_owned(),
        });
        Failure {
            kind: told.kind,
            message: told.message,
            trace,
            location,
            extensions: extensions.collect(),
        }
    }
}

impl From<&Frame<'_>> for SourceLocation {
    fn from(frame: &Frame<'_>) -> SourceLocation {
        SourceLocation {
            file: frame.file.to_owned(),
            line: frame.line,
            column: frame.column,
        }
    }
}

/// A failure without a place.
pub(crate) fn plain(kind: &str, message: &str) -> Failure {
    Failure {
        kind: kind.to_owned(),
        message: message.to_owned(),
        location: None,
        trace: None,
        extensions: Vec::new(),
    }
}

/// A failure of a file as a whole.
pub(crate) fn at_start_of(file: &str, kind: &str, message: &str) -> Failure {
    let location = SourceLocation {
        file: file.to_owned(),
        line: 1,
        column: 1,
    };
    Failure {
        location: Some(location),
        ..plain(kind, message)
    }
}

/// An error that the runtime's JavaScript could not handle: memory or stack are used up.
pub(crate) fn uncaught(error: &CaughtError<'_>) -> Failure {
    match error {
        CaughtError::Exception(exception) => {
            let name: Option<String> = exception.as_object().get("name").ok();
            Told {
                kind: name.unwrap_or_else(|| "Error".to_owned()),
                message: exception.message().unwrap_or_default(),
                stack: exception.stack().unwrap_or_default(),
                extensions: BTreeMap::new(),
            }
            .into()
        }
        other => plain("Error", &other.to_string()),
    }
}
