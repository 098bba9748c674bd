//! The `git` program, for what it does best: patches and merges of texts. It sees a directory of its own, none of the user's settings and no repository.

use crate::error::ApiError;
use std::path::Path;
use std::process::{Output, Stdio};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

/// Runs git in a directory that only this call uses, and returns how it went.
pub(crate) async fn git(directory: &Path, arguments: &[&str], stdin: &[u8]) -> Result<Output, ApiError> {
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => {
            ApiError::other("patches and merges need the program `git`, which is not on PATH; install it")
        }
        _ => ApiError::other(format!("cannot run git: {error}")),
    };
    let mut command = Command::new("git");
    command
        .args(arguments)
        .current_dir(directory)
        .env_clear()
        .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
        .env("HOME", directory)
        .env("LC_ALL", "C")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CEILING_DIRECTORIES", directory.parent().unwrap_or(directory))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    let mut child = command.spawn().map_err(failed)?;
    let mut pipe = child.stdin.take();
    let feed = async {
        if let Some(mut pipe) = pipe.take() {
            // A git that ends early says why itself.
            pipe.write_all(stdin).await.ok();
        }
    };
    let ((), output) = tokio::join!(feed, child.wait_with_output());
    output.map_err(failed)
}

/// Like [`git`], for what must succeed: its standard output.
pub(crate) async fn git_output(directory: &Path, arguments: &[&str], stdin: &[u8]) -> Result<Vec<u8>, ApiError> {
    let output = git(directory, arguments, stdin).await?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(ApiError::other(format!(
        "git {} failed: {}",
        arguments.first().copied().unwrap_or_default(),
        String::from_utf8_lossy(&output.stderr).trim()
    )))
}
