//! What updated modules from registries and git reach that they did not before, and whether the user agrees.

use crate::commands::uses::Reach;
use crate::error::CliError;
use crate::loaded::{self, Need};
use crate::options::GlobalOptions;
use crate::printer;
use crate::session::Session;
use dockwright_module::{GitRef, ModuleError, Updated};
use dockwright_registry::{Digest, Reference, SCHEME};
use std::collections::BTreeSet;

/// Shows what changes; fails when a module asks for more and nobody agrees.
pub(super) async fn check(
    session: &Session,
    global: &GlobalOptions,
    updated: &[Updated],
    agreed: bool,
) -> Result<String, CliError> {
    let (mut text, mut more) = (String::new(), BTreeSet::new());
    for updated in updated {
        let Some(before) = updated.before.as_deref().filter(|before| *before != updated.after) else {
            continue;
        };
        let now = reach(session, &updated.source, &updated.after).await?;
        let was = reach(session, &updated.source, before).await;
        let unknown = was.is_err();
        let was = was.unwrap_or_default();
        let difference = now.difference(&was);
        if difference.is_empty() {
            continue;
        }
        let name = updated.name.as_deref().unwrap_or(&updated.source);
        let note = match unknown {
            true => " (the version before cannot be had any more, so all that it reaches is listed)",
            false => "",
        };
        text.push_str(&format!(
            "{name} reaches something else than before{note}:\n{difference}"
        ));
        more.extend(now.more_than(&was));
    }
    let allowed: BTreeSet<String> = global.allow.iter().map(ToString::to_string).collect();
    let missing: Vec<String> = more
        .into_iter()
        .filter(|name| !allowed.contains(name) && !(name.starts_with("network:") && allowed.contains("network")))
        .collect();
    if missing.is_empty() || agreed {
        return Ok(text);
    }
    if asked(session, &text) {
        return Ok(String::new());
    }
    Err(CliError::MoreAsked {
        difference: text.trim_end().to_owned(),
        flags: missing
            .iter()
            .map(|name| format!("--allow={name}"))
            .collect::<Vec<_>>()
            .join(" "),
    })
}

async fn reach(session: &Session, source: &str, version: &str) -> Result<Reach, CliError> {
    if !source.starts_with(SCHEME) {
        let reference =
            GitRef::parse(source).map_err(|error| CliError::other("update::reference", error.to_string()))?;
        let reference = reference.with_version(version).to_string();
        return Reach::of_module(&loaded::load(session, &reference, Need::Definition).await?);
    }
    let reference: Reference = source.parse().map_err(ModuleError::from)?;
    let digest: Digest = version
        .parse()
        .map_err(|error| CliError::other("update::digest", format!("{source}: {error}")))?;
    let artifact = session.registries().find(&reference.pinned(digest)).await;
    Reach::of_artifact(session, &artifact.map_err(ModuleError::from)?).await
}

/// Whether the user at the terminal agrees.
fn asked(session: &Session, difference: &str) -> bool {
    if !printer::stdin_is_terminal() || !printer::stderr_is_terminal() {
        return false;
    }
    let mut answer = String::new();
    session.between_frames(|| {
        printer::stderr(&format!("{difference}Update all the same? [y/N] "));
        let read = std::io::stdin().read_line(&mut answer);
        if read.is_err() {
            answer.clear();
        }
    });
    matches!(answer.trim(), "y" | "Y" | "yes")
}
