//! What is said about a published module, for `inspect`: who has signed it, how it was made, whether it may be used.

use crate::error::CliError;
use crate::session::Session;
use dockwright_module::{Provenance, Trust};
use dockwright_registry::{Artifact, Attachment, PullError, Statement};
use std::collections::BTreeSet;

/// Rows about the artifact.
pub(super) async fn facts(session: &Session, artifact: &Artifact) -> Result<Vec<(String, String)>, CliError> {
    let trust = session.trust(".")?;
    let registry = session.registries();
    let found = registry.listed_attachments(&artifact.reference, artifact.digest).await;
    let mut facts = vec![("Signed by".to_owned(), signers(trust, artifact, &found))];
    if trust.demands_of(&artifact.reference) {
        let checked = trust.check(registry, &artifact.reference, artifact.digest).await;
        let verdict = match checked {
            Ok(()) => "met: it has the signatures that trust.toml wants".to_owned(),
            Err(error) => format!("not met, so it cannot be used: {error}"),
        };
        facts.push(("Demands".to_owned(), verdict));
    }
    facts.extend(made(trust, artifact, &found.unwrap_or_default()));
    Ok(facts)
}

fn signers(trust: &Trust, artifact: &Artifact, found: &Result<BTreeSet<Attachment>, PullError>) -> String {
    let found = match found {
        Ok(found) => found,
        Err(error) => return format!("unknown: {error}"),
    };
    let names = trust.signers(artifact.digest, found);
    if !names.is_empty() {
        return names.join(", ");
    }
    let is_claimed = found
        .iter()
        .any(|attachment| attachment.claims_signature(artifact.digest));
    let text = match is_claimed {
        true => "somebody whose key trust.toml does not name, so that it cannot be verified",
        false => "nobody",
    };
    text.to_owned()
}

/// How it was made: what somebody has signed whose key is known, else what is only said.
fn made(trust: &Trust, artifact: &Artifact, found: &BTreeSet<Attachment>) -> Vec<(String, String)> {
    let read = |statement: Option<Statement>| Provenance::read(&statement?);
    let verified = found.iter().find_map(|attachment| {
        trust.keys().find_map(|(name, key)| {
            let provenance = read(attachment.signed_statement(artifact.digest, key))?;
            Some((provenance, format!("signed by {name}")))
        })
    });
    let said = || {
        let provenance = found
            .iter()
            .find_map(|attachment| read(attachment.statement(artifact.digest)))?;
        Some((provenance, "not verified".to_owned()))
    };
    let Some((provenance, by)) = verified.or_else(said) else {
        return Vec::new();
    };
    let source = match (&provenance.repository, &provenance.commit) {
        (repository, Some(commit)) => {
            let repository = repository.as_deref().unwrap_or("a repository without an address");
            let changed = if provenance.is_changed { ", with changes" } else { "" };
            format!("{repository} at {}{changed}", commit.get(..12).unwrap_or(commit))
        }
        _ => "source that was in no repository".to_owned(),
    };
    let text = format!("from {source}, by {} ({by})", provenance.builder);
    vec![("Made".to_owned(), text.chars().filter(|c| !c.is_control()).collect())]
}
