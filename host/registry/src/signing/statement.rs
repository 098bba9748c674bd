//! In-toto statements: what somebody says of an artifact, such as that it is signed or how it was made.

use crate::digest::Digest;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The predicate with which cosign says that something is signed and nothing more.
pub const SIGNED: &str = "https://sigstore.dev/cosign/sign/v1";
/// Media type of statements.
pub(crate) const STATEMENT: &str = "application/vnd.in-toto+json";

const TYPE: &str = "https://in-toto.io/Statement/v1";
const TYPES: [&str; 2] = [TYPE, "https://in-toto.io/Statement/v0.1"];

/// A statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Statement {
    #[serde(rename = "_type")]
    form: String,
    subject: Vec<Subject>,
    /// What kind of statement it is.
    pub predicate_type: String,
    /// What it says.
    #[serde(default)]
    pub predicate: Value,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Subject {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    name: String,
    digest: BTreeMap<String, String>,
}

impl Statement {
    /// A statement about an artifact, which is called `name` in it.
    pub fn new(name: &str, artifact: Digest, predicate_type: &str, predicate: Value) -> Statement {
        Statement {
            form: TYPE.to_owned(),
            subject: vec![Subject {
                name: name.to_owned(),
                digest: [("sha256".to_owned(), artifact.hex())].into(),
            }],
            predicate_type: predicate_type.to_owned(),
            predicate,
        }
    }

    /// Reads a statement; none when it is none.
    pub(super) fn parse(bytes: &[u8]) -> Option<Statement> {
        let statement: Statement = serde_json::from_slice(bytes).ok()?;
        TYPES.contains(&statement.form.as_str()).then_some(statement)
    }

    /// Whether it is about that artifact.
    pub fn is_about(&self, artifact: Digest) -> bool {
        let wanted = artifact.hex();
        self.subject
            .iter()
            .any(|subject| subject.digest.get("sha256").is_some_and(|digest| *digest == wanted))
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        // Structures of texts and JSON values always have a form in JSON.
        serde_json::to_vec(self).unwrap_or_default()
    }
}
