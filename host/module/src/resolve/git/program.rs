//! Running `git`: with the user's configuration and credentials, without what a surrounding repository or hook put into the environment,
//! and with what it complains about sorted into kinds.

use super::route::Route;
use std::io::{IsTerminal, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Variables of a surrounding git command, which would point this one at another repository.
const NOT_OURS: [&str; 8] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
];

/// Settings under which equal commits give equal files on every machine, without hooks. What LFS keeps elsewhere stays a pointer.
const SETTINGS: [&str; 11] = [
    "core.autocrlf=false",
    "core.attributesFile=/dev/null",
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "filter.lfs.process=",
    "filter.lfs.smudge=",
    "filter.lfs.required=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "fetch.recurseSubmodules=false",
    "advice.detachedHead=false",
];

/// What git complained about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Complaint {
    /// There is no such program.
    NoGit,
    /// The host has no address.
    Host,
    /// The host does not answer, or stopped answering.
    Network,
    /// Credentials are missing or wrong.
    Access,
    /// There is no repository at the address.
    NoRepository,
    /// The commit or the ref is not there, or not to be had alone.
    Revision,
    /// The user has cancelled.
    Cancelled,
    /// An address is not among those that modules may come from.
    Unlisted,
    /// Anything else.
    Other,
}

/// A failed command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    /// What kind of failure.
    pub complaint: Complaint,
    /// The first line that says why, as git wrote it.
    pub message: String,
}

/// How git is run.
#[derive(Clone)]
pub(super) struct Program {
    /// Ends the running command when it becomes true.
    cancelled: Arc<AtomicBool>,
    variables: Vec<(String, String)>,
    /// Where repositories may be.
    route: Route,
}

impl Program {
    pub(super) fn new(cancelled: Arc<AtomicBool>) -> Program {
        Program {
            cancelled,
            variables: Vec::new(),
            route: Route::default(),
        }
    }

    /// The same, which fetches only along that way.
    pub(super) fn along(self, route: Route) -> Program {
        Program { route, ..self }
    }

    pub(super) fn route(&self) -> &Route {
        &self.route
    }

    /// The same with an index file of its own, at that path.
    pub(super) fn with_index(&self, index: &str) -> Program {
        self.with_variable("GIT_INDEX_FILE", index)
    }

    /// The same with a variable of its environment.
    pub(super) fn with_variable(&self, name: &str, value: &str) -> Program {
        let mut program = self.clone();
        program.variables.push((name.to_owned(), value.to_owned()));
        program
    }

    /// Runs git and gives what it printed. With `may_ask` it may ask for credentials where there is a terminal.
    pub(super) fn run(&self, directory: Option<&Path>, may_ask: bool, arguments: &[&str]) -> Result<String, Failure> {
        let mut command = Command::new("git");
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        if let Some(directory) = directory {
            command.current_dir(directory);
        }
        for name in NOT_OURS {
            command.env_remove(name);
        }
        if self.route.is_limited() {
            command.args(["-c", "http.followRedirects=false"]);
        }
        for (name, value) in &self.variables {
            command.env(name, value);
        }
        let asks = may_ask && std::io::stdin().is_terminal();
        command
            .args(arguments)
            .env("LC_ALL", "C")
            .env("GIT_TERMINAL_PROMPT", if asks { "1" } else { "0" })
            .env("GIT_LFS_SKIP_SMUDGE", "1")
            .stdin(if asks { Stdio::inherit() } else { Stdio::null() })
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if std::env::var_os("GIT_HTTP_LOW_SPEED_LIMIT").is_none() {
            // A connection that has gone silent ends after a minute.
            command
                .env("GIT_HTTP_LOW_SPEED_LIMIT", "100")
                .env("GIT_HTTP_LOW_SPEED_TIME", "60");
        }
        self.finish(command)
    }

    fn finish(&self, mut command: Command) -> Result<String, Failure> {
        let mut child = command.spawn().map_err(|error| Failure {
            complaint: match error.kind() {
                std::io::ErrorKind::NotFound => Complaint::NoGit,
                _ => Complaint::Other,
            },
            message: format!("git does not start: {error}"),
        })?;
        let out = reader(child.stdout.take());
        let err = reader(child.stderr.take());
        let mut pause = Duration::from_micros(200);
        let status = loop {
            match child.try_wait() {
                Ok(Some(status)) => break Ok(status),
                Ok(None) => {}
                Err(error) => break Err(other(error.to_string())),
            }
            if self.cancelled.load(Ordering::Relaxed) {
                drop(child.kill().and_then(|()| child.wait()));
                break Err(Failure {
                    complaint: Complaint::Cancelled,
                    message: "cancelled".to_owned(),
                });
            }
            std::thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(10));
        }?;
        let (out, err) = (out.join().unwrap_or_default(), err.join().unwrap_or_default());
        if status.success() {
            return Ok(String::from_utf8_lossy(&out).into_owned());
        }
        Err(sort(&String::from_utf8_lossy(&err)))
    }
}

fn reader<T: Read + Send + 'static>(pipe: Option<T>) -> std::thread::JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe
            && let Err(error) = pipe.read_to_end(&mut bytes)
        {
            bytes.extend(format!("\nfatal: {error}").into_bytes());
        }
        bytes
    })
}

pub(super) fn other(message: String) -> Failure {
    Failure {
        complaint: Complaint::Other,
        message,
    }
}

/// What git, ssh and curl write when something is wrong, in the C locale. The first kind with a match is taken.
const SIGNS: [(Complaint, &[&str]); 6] = [
    (
        Complaint::Host,
        &[
            "could not resolve host",
            "could not resolve proxy",
            "unable to look up",
            "name or service not known",
            "temporary failure in name resolution",
            "nodename nor servname provided",
        ],
    ),
    (
        Complaint::Revision,
        &[
            "couldn't find remote ref",
            "not our ref",
            "unadvertised object",
            "remote error: upload-pack: not our ref",
            "not a valid object",
            "did not match any file(s) known",
        ],
    ),
    // Of git's own server, which says "access denied or repository not exported".
    (Complaint::NoRepository, &["repository not exported"]),
    (
        Complaint::Access,
        &[
            "could not read username",
            "could not read password",
            "terminal prompts disabled",
            "authentication failed",
            "permission denied",
            "access denied",
            "host key verification failed",
            "returned error: 401",
            "returned error: 403",
            "invalid credentials",
        ],
    ),
    (
        Complaint::NoRepository,
        &[
            "repository not found",
            "not found",
            "does not appear to be a git repository",
            "does not exist",
            "not a git repository",
            "returned error: 404",
            "not valid: is this a git repository",
            "could not be found",
        ],
    ),
    (
        Complaint::Network,
        &[
            "connection refused",
            "connection timed out",
            "operation timed out",
            "failed to connect",
            "couldn't connect",
            "unable to connect",
            "network is unreachable",
            "no route to host",
            "connection reset",
            "operation too slow",
            "early eof",
            "unexpected disconnect",
            "empty reply from server",
            "remote end hung up",
            "returned error: 429",
            "returned error: 5",
            "certificate",
            "gnutls",
            "openssl",
        ],
    ),
];

fn sort(stderr: &str) -> Failure {
    let lower = stderr.to_lowercase();
    let complaint = SIGNS
        .iter()
        .find(|(_, signs)| signs.iter().any(|sign| lower.contains(sign)))
        .map_or(Complaint::Other, |(complaint, _)| *complaint);
    let lines = || stderr.lines().map(str::trim).filter(|line| !line.is_empty());
    let telling = lines().find(|line| ["fatal:", "error:", "ssh:"].iter().any(|sign| line.starts_with(sign)));
    let message = telling
        .or_else(|| lines().next_back())
        .unwrap_or("git failed and did not say why");
    let message = message.trim_start_matches("fatal: ").trim_start_matches("error: ");
    // The address is told anyway.
    let message = match message.strip_prefix("unable to access '") {
        Some(rest) => rest.split_once("': ").map_or(message, |(_, reason)| reason),
        None => message,
    };
    Failure {
        complaint,
        message: message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complaints_are_sorted() {
        for (text, complaint) in [
            (
                "fatal: unable to access 'https://a.invalid/x/': Could not resolve host: a.invalid",
                Complaint::Host,
            ),
            (
                "ssh: Could not resolve hostname a.invalid: Name or service not known\nfatal: Could not read from remote repository.",
                Complaint::Host,
            ),
            (
                "fatal: could not read Username for 'https://github.com': terminal prompts disabled",
                Complaint::Access,
            ),
            (
                "git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.",
                Complaint::Access,
            ),
            (
                "remote: Repository not found.\nfatal: repository 'https://x/y/' not found",
                Complaint::NoRepository,
            ),
            (
                "fatal: '/srv/x' does not appear to be a git repository",
                Complaint::NoRepository,
            ),
            (
                "fatal: unable to access 'http://127.0.0.1:1/x/': Failed to connect to 127.0.0.1 port 1: Connection refused",
                Complaint::Network,
            ),
            (
                "fatal: remote error: upload-pack: not our ref 0123",
                Complaint::Revision,
            ),
            ("fatal: couldn't find remote ref refs/heads/nope", Complaint::Revision),
            ("fatal: the disk is full", Complaint::Other),
        ] {
            assert_eq!(sort(text).complaint, complaint, "{text}");
        }
        assert_eq!(sort("warning: x\nfatal: y\nPlease make sure").message, "y");
    }

    #[test]
    fn a_command_can_be_cancelled() {
        let program = Program::new(Arc::new(AtomicBool::new(true)));
        let failure = program
            .run(None, false, &["-c", "alias.nap=!sleep 3", "nap"])
            .unwrap_err();
        assert_eq!(failure.complaint, Complaint::Cancelled);
    }
}
