//! What a principal may reach of the caller's host. The only place that decides it; the sandbox is as tight here as on the Wasm door.

use crate::error::ApiError;
use dockwright_schema::Principal;
use std::path::{Component, Path, PathBuf};

/// Where paths of a principal start, and whether they may leave.
#[derive(Clone, Debug)]
pub(crate) enum HostView {
    /// The user's own: relative paths start at the working directory.
    Whole {
        /// The working directory.
        workdir: PathBuf,
    },
    /// A module's private directory; nothing outside of it exists.
    Sandbox {
        /// That directory.
        root: PathBuf,
    },
}

impl HostView {
    /// The path on this machine. For a module, absolute paths start at its sandbox too, and no link or `..` leads out.
    pub(crate) fn resolve(&self, path: &str) -> Result<PathBuf, ApiError> {
        match self {
            HostView::Whole { workdir } => Ok(normalise(&workdir.join(expand_home(path)))),
            HostView::Sandbox { root } => {
                let denied = || ApiError::Denied {
                    what: format!("the host path `{path}`"),
                    hint: "a module reaches only what it is given; take a Directory or File argument",
                };
                let asked = Path::new(path);
                if asked.is_absolute() || asked.components().any(|part| matches!(part, Component::ParentDir)) {
                    return Err(denied());
                }
                let joined = normalise(&root.join(asked));
                let existing = joined.ancestors().find(|ancestor| ancestor.exists()).unwrap_or(root);
                let real = existing.canonicalize().map_err(|_| denied())?;
                let real_root = root.canonicalize().map_err(|_| denied())?;
                if real.starts_with(&real_root) || real_root.starts_with(&real) {
                    Ok(joined)
                } else {
                    Err(denied())
                }
            }
        }
    }
}

/// Refuses what only the user and the programs that they connected may do.
pub(crate) fn require_host(principal: &Principal, what: impl Into<String>, hint: &'static str) -> Result<(), ApiError> {
    match principal {
        Principal::CommandLine | Principal::Client => Ok(()),
        Principal::Module(_) => Err(ApiError::Denied {
            what: what.into(),
            hint,
        }),
        Principal::Guest => Err(ApiError::HostKept { what: what.into() }),
    }
}

fn expand_home(path: &str) -> PathBuf {
    let home = || std::env::var_os("HOME").map(PathBuf::from);
    match path.strip_prefix('~') {
        Some("") => home().unwrap_or_else(|| PathBuf::from(path)),
        Some(rest) => match (rest.strip_prefix('/'), home()) {
            (Some(rest), Some(home)) => home.join(rest),
            _ => PathBuf::from(path),
        },
        None => PathBuf::from(path),
    }
}

/// Without `.` and `..`; links are not followed.
fn normalise(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                result.pop();
            }
            other => result.push(other),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_cannot_leave_its_sandbox() {
        let outside = tempfile::tempdir().unwrap();
        let sandbox = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(outside.path(), sandbox.path().join("link")).unwrap();
        let view = HostView::Sandbox {
            root: sandbox.path().to_owned(),
        };
        for path in ["/", "/etc/passwd", "..", "a/../../x", "link/x", "link"] {
            assert!(matches!(view.resolve(path), Err(ApiError::Denied { .. })), "{path}");
        }
        assert_eq!(view.resolve("out/x").unwrap(), sandbox.path().join("out/x"));
        assert_eq!(view.resolve(".").unwrap(), sandbox.path());
    }

    #[test]
    fn the_users_paths_start_at_the_working_directory() {
        let view = HostView::Whole {
            workdir: "/home/me/project".into(),
        };
        assert_eq!(view.resolve("src").unwrap(), Path::new("/home/me/project/src"));
        assert_eq!(view.resolve("../other/./x").unwrap(), Path::new("/home/me/other/x"));
        assert_eq!(view.resolve("/etc").unwrap(), Path::new("/etc"));
    }
}
