//! Starts the process, detached from everything of this one: streams, environment, terminal.

use super::errand::{Errand, Module};
use crate::environment;
use crate::error::CliError;
use crate::session::Session;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// This program, even when its file was replaced meanwhile.
const ITSELF: &str = "/proc/self/exe";

/// Has those modules kept that the session has called often enough. Where that cannot be, later calls are as this one was.
pub(crate) fn start(session: &Session) {
    if let Err(error) = try_start(session) {
        tracing::debug!(%error, "loaded modules cannot be kept");
    }
}

fn try_start(session: &Session) -> Result<(), CliError> {
    let due = session.runtime()?.take_due();
    if due.is_empty() {
        return Ok(());
    }
    let errand = Errand {
        cache: session.cache_dir()?,
        install: session.install_dir()?,
        since: session.opened,
        modules: due.into_iter().filter_map(Module::of).collect(),
    };
    let errand = serde_json::to_string(&errand).map_err(std::io::Error::from)?;
    let itself = match cfg!(target_os = "linux") {
        true => PathBuf::from(ITSELF),
        false => std::env::current_exe()?,
    };
    // It ends after this process, whose parent then is its own.
    Command::new(itself)
        .arg("keep-modules")
        .arg(errand)
        .env_clear()
        .envs(environment::path(environment::SCRATCH).map(|scratch| (environment::SCRATCH, scratch)))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // Ctrl-C at the terminal is for the group in front.
        .process_group(0)
        .spawn()?;
    Ok(())
}
