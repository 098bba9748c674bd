//! What `--allow` takes: permissions of published modules and, for updates, kinds of things that modules ask their callers for.

use crate::error::CliError;
use dockwright_schema::Permission;
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// Kinds of things that modules are given as arguments.
const KINDS: [&str; 5] = ["secrets", "sockets", "services", "files", "addresses"];

/// One value of `--allow`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Allowed {
    /// Something that the API refuses without.
    Permission(Permission),
    /// Something that an update may ask for anew.
    Kind(&'static str),
}

impl FromStr for Allowed {
    type Err = String;

    fn from_str(text: &str) -> Result<Allowed, String> {
        if let Some(kind) = KINDS.iter().find(|kind| **kind == text) {
            return Ok(Allowed::Kind(kind));
        }
        let permission = text.parse().map(Allowed::Permission);
        permission.map_err(|error| format!("{error}; `update` also knows {}", KINDS.join(", ")))
    }
}

impl fmt::Display for Allowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Allowed::Permission(permission) => permission.fmt(f),
            Allowed::Kind(kind) => f.write_str(kind),
        }
    }
}

/// Those that modules can be held to.
pub(crate) fn permissions(allowed: &[Allowed]) -> Result<BTreeSet<Permission>, CliError> {
    let permission = |allowed: &Allowed| match allowed {
        Allowed::Permission(permission) => Ok(permission.clone()),
        Allowed::Kind(kind) => Err(CliError::other(
            "cli::allow",
            format!(
                "`--allow={kind}` is for `dockwright update`: when a function is called, a module has what it is given as arguments"
            ),
        )),
    };
    allowed.iter().map(permission).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_permissions_go_with_calls() {
        let parsed = |text: &str| text.parse::<Allowed>();
        assert_eq!(parsed("secrets").unwrap().to_string(), "secrets");
        insta::assert_snapshot!(parsed("root").unwrap_err(), @"`root` is no permission: there are `privileged`, `network` and `network:HOST`; `update` also knows secrets, sockets, services, files, addresses");
        let all = [parsed("network:docker.io").unwrap(), parsed("secrets").unwrap()];
        insta::assert_snapshot!(permissions(&all).unwrap_err(), @"`--allow=secrets` is for `dockwright update`: when a function is called, a module has what it is given as arguments");
        assert_eq!(permissions(all.get(..1).unwrap()).unwrap().len(), 1);
    }
}
