//! What a published module may use by itself, beyond what its callers give it as arguments. Modules that are not published, and say nothing of it
//! in their manifest, may use all of this.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// What a module may use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Permissions {
    /// The only hosts that may be fetched from; commands in containers then have no network. None stands for all hosts, and commands have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<BTreeSet<String>>,
    /// Commands with all root capabilities, and devices.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub privileged: bool,
}

/// One thing that can be permitted: `privileged`, `network` for all hosts, `network:HOST`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Permission {
    /// Commands with all root capabilities, and devices.
    Privileged,
    /// All hosts, and a network for commands.
    Network,
    /// Fetching from one host.
    Host(String),
}

/// A text that is no permission.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no permission: there are `privileged`, `network` and `network:HOST`")]
pub struct InvalidPermission(String);

impl FromStr for Permission {
    type Err = InvalidPermission;

    fn from_str(text: &str) -> Result<Permission, InvalidPermission> {
        match text.split_once(':') {
            None if text == "privileged" => Ok(Permission::Privileged),
            None if text == "network" => Ok(Permission::Network),
            Some(("network", host)) if is_host(host) => Ok(Permission::Host(host.to_ascii_lowercase())),
            _ => Err(InvalidPermission(text.to_owned())),
        }
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Permission::Privileged => f.write_str("privileged"),
            Permission::Network => f.write_str("network"),
            Permission::Host(host) => write!(f, "network:{host}"),
        }
    }
}

impl Permissions {
    /// Nothing at all.
    pub fn none() -> Permissions {
        Permissions {
            network: Some(BTreeSet::new()),
            privileged: false,
        }
    }

    /// The same with one more.
    pub fn allow(&mut self, permission: &Permission) {
        match permission {
            Permission::Privileged => self.privileged = true,
            Permission::Network => self.network = None,
            Permission::Host(host) => {
                if let Some(hosts) = &mut self.network {
                    hosts.insert(host.clone());
                }
            }
        }
    }

    /// One by one.
    pub fn list(&self) -> BTreeSet<Permission> {
        let hosts = self.network.iter().flatten().cloned().map(Permission::Host);
        let all = self.network.is_none().then_some(Permission::Network);
        let privileged = self.privileged.then_some(Permission::Privileged);
        hosts.chain(all).chain(privileged).collect()
    }

    /// Whether they cover that one.
    pub fn has(&self, permission: &Permission) -> bool {
        match permission {
            Permission::Privileged => self.privileged,
            Permission::Network => self.network.is_none(),
            Permission::Host(host) => self.reaches(host),
        }
    }

    /// Whether that host, with or without a port, may be fetched from. An entry without a port stands for all ports; `*.example.org` for all hosts
    /// below that name.
    pub fn reaches(&self, host: &str) -> bool {
        let Some(hosts) = &self.network else { return true };
        let host = host.to_ascii_lowercase();
        let name = match host.rsplit_once(':') {
            Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host.as_str(),
        };
        hosts.iter().any(|entry| {
            let entry = entry.to_ascii_lowercase();
            let is_below = entry
                .strip_prefix('*')
                .is_some_and(|end| end.starts_with('.') && name.ends_with(end));
            entry == host || entry == name || is_below
        })
    }
}

fn is_host(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || ".-_:*[]".contains(c))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;

    #[test]
    fn permissions_are_texts() {
        for text in ["privileged", "network", "network:docker.io", "network:127.0.0.1:5000"] {
            assert_eq!(text.parse::<Permission>().unwrap().to_string(), text);
        }
        for text in ["", "root", "network:", "privileged:x", "network:a/b"] {
            assert!(text.parse::<Permission>().is_err(), "{text}");
        }
    }

    #[test]
    fn hosts_are_reached_by_name() {
        let mut some = Permissions::none();
        assert!(!some.reaches("docker.io"));
        for host in ["docker.io", "127.0.0.1:5000", "*.example.org"] {
            some.allow(&Permission::Host(host.to_owned()));
        }
        for (host, expected) in [
            ("docker.io", true),
            ("Docker.io:443", true),
            ("evildocker.io", false),
            ("docker.io.evil.example", false),
            ("127.0.0.1:5000", true),
            ("127.0.0.1:5001", false),
            ("127.0.0.1", false),
            ("git.example.org", true),
            ("example.org", false),
            ("evil-example.org", false),
        ] {
            assert_eq!(some.reaches(host), expected, "{host}");
        }
        some.allow(&Permission::Network);
        assert!(some.reaches("anything") && some.has(&Permission::Network) && !some.has(&Permission::Privileged));
        assert!(
            Permissions::default().reaches("anything"),
            "what says nothing has a network"
        );
    }
}
