//! What a git server behind SSH says it has. The engine cannot be asked for that, so the machine's own `ssh` does it, with the agent that was given
//! and nothing else of the user: no configuration, no key files, no known hosts.

use crate::error::ApiError;
use std::ffi::OsString;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

/// How long a server may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Who is asked for what.
#[derive(Debug, PartialEq, Eq)]
struct Place<'a> {
    /// Host, with a user if one is named.
    login: &'a str,
    port: Option<&'a str>,
    path: String,
}

/// The first answer of the server.
pub(super) async fn ask(url: &str, agent: &Path, known_hosts: &str) -> Result<Vec<u8>, ApiError> {
    let place = place(url).ok_or_else(|| ApiError::other("the URL names no host and path"))?;
    let folder = tempfile::tempdir().map_err(|error| ApiError::other(format!("cannot make a directory: {error}")))?;
    let known = folder.path().join("known_hosts");
    fs_err::write(&known, format!("{known_hosts}\n")).map_err(|error| ApiError::other(error.to_string()))?;
    let mut command = Command::new("ssh");
    command
        .args(["-F", "none", "-T"])
        .args(options(agent, &known, !known_hosts.trim().is_empty()))
        .args(place.port.iter().flat_map(|port| ["-p", port]))
        .args(["--", place.login, &format!("git-upload-pack {}", quoted(&place.path))])
        .env_clear()
        .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    let mut child = command.spawn().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => ApiError::other(
            "listing branches and tags over SSH needs the program `ssh`, which is not on PATH; install it",
        ),
        _ => ApiError::other(format!("cannot run ssh: {error}")),
    })?;
    if let Some(mut stdin) = child.stdin.take() {
        // Nothing is wanted: the server ends the connection after it has said what there is. One that has gone away says why itself.
        stdin.write_all(b"0000").await.ok();
    }
    let output = tokio::time::timeout(PATIENCE, child.wait_with_output())
        .await
        .map_err(|_| ApiError::other("the server does not answer"))?
        .map_err(|error| ApiError::other(format!("cannot run ssh: {error}")))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(ApiError::other(
        String::from_utf8_lossy(&output.stderr).trim().to_owned(),
    ))
}

/// Options of ssh: nothing but the agent opens doors; without known hosts any host is believed, as by the engine.
fn options(agent: &Path, known: &Path, strict: bool) -> Vec<OsString> {
    let path = |name: &str, path: &Path| {
        let mut text = OsString::from(format!("{name}=\""));
        text.push(path);
        text.push("\"");
        text
    };
    let checking = if strict { "yes" } else { "no" };
    let all = [
        "BatchMode=yes".into(),
        "ConnectTimeout=20".into(),
        "IdentityFile=none".into(),
        "GlobalKnownHostsFile=none".into(),
        format!("StrictHostKeyChecking={checking}").into(),
        path("IdentityAgent", agent),
        path("UserKnownHostsFile", known),
    ];
    all.into_iter().flat_map(|option| ["-o".into(), option]).collect()
}

/// Host, port and path of `ssh://user@host:port/path` and `user@host:path`.
fn place(url: &str) -> Option<Place<'_>> {
    let found = match url.strip_prefix("ssh://") {
        Some(rest) => {
            let (authority, path) = rest.split_once('/')?;
            let (login, port) = match authority.rsplit_once(':') {
                Some((login, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (login, Some(port)),
                _ => (authority, None),
            };
            Place {
                login,
                port: port.filter(|port| !port.is_empty()),
                path: format!("/{path}"),
            }
        }
        None => {
            let (login, path) = url.split_once(':')?;
            Place {
                login,
                port: None,
                path: path.to_owned(),
            }
        }
    };
    let host = found.login.rsplit_once('@').map_or(found.login, |(_, host)| host);
    (!found.login.starts_with('-') && !host.is_empty() && !host.starts_with('-')).then_some(found)
}

/// The text as one word of a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::{Place, place, quoted};

    #[test]
    fn urls_name_a_host_and_a_path() {
        let of = |login, port, path: &str| {
            Some(Place {
                login,
                port,
                path: path.to_owned(),
            })
        };
        assert_eq!(place("ssh://git@h:22/a/r"), of("git@h", Some("22"), "/a/r"));
        assert_eq!(place("ssh://h/r"), of("h", None, "/r"));
        assert_eq!(place("git@h:a/r"), of("git@h", None, "a/r"));
        for wrong in ["ssh://-oProxyCommand=x/r", "ssh://a@-o/r", "ssh://h", "ssh:///r", "x"] {
            assert_eq!(place(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_path_is_one_word() {
        assert_eq!(quoted("/a'b; c"), r"'/a'\''b; c'");
    }
}
