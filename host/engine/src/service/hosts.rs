//! `/etc/hosts` of an exec that names services, and through it the moment at which they must run.
//!
//! The file is a secret: an engine asks for it when the exec starts, and only then. An exec whose result is known starts nothing. The secret's
//! id says which services under which names, so it is part of the cache key; their addresses are not.

use crate::llb::{Mount, MountKind};
use crate::{SecretBytes, ServiceError};
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

const PREFIX: &str = "dockwright-hosts";
/// What BuildKit calls a container that has no name.
const DEFAULT_HOSTNAME: &str = "buildkitsandbox";

/// The mount for services as (alias, key).
pub(crate) fn hosts_mount(services: &[(String, String)], hostname: &str) -> Mount {
    let mut id = format!("{PREFIX},{hostname}");
    for (alias, key) in services {
        id.push_str(&format!(",{alias}={key}"));
    }
    let kind = MountKind::Secret {
        id,
        uid: 0,
        gid: 0,
        mode: 0o444,
    };
    Mount {
        destination: "/etc/hosts".to_owned(),
        kind,
    }
}

/// What the id of such a secret says: host name, and services as (alias, key). None for another secret.
pub(crate) fn named_services(id: &str) -> Option<(&str, Vec<(&str, &str)>)> {
    let (hostname, services) = {
        let rest = id.strip_prefix(PREFIX)?.strip_prefix(',')?;
        rest.split_once(',').unwrap_or((rest, ""))
    };
    let services = services.split(',').filter_map(|entry| entry.split_once('='));
    Some((hostname, services.collect()))
}

/// The content of the file.
pub(super) fn hosts_file(hostname: &str, addresses: &[(String, Ipv4Addr)]) -> SecretBytes {
    let hostname = if hostname.is_empty() {
        DEFAULT_HOSTNAME
    } else {
        hostname
    };
    let mut text = format!("127.0.0.1\tlocalhost {hostname}\n::1\tlocalhost ip6-localhost ip6-loopback\n");
    let mut seen: BTreeMap<&str, Ipv4Addr> = BTreeMap::new();
    for (name, address) in addresses {
        if seen.insert(name, *address).is_none() {
            text.push_str(&format!("{address}\t{name}\n"));
        }
    }
    SecretBytes::new(text.into_bytes())
}

impl crate::engine::Inner {
    /// Starts the services that the secret names and tells their addresses; none for another secret.
    pub(crate) async fn hosts_secret(
        self: &std::sync::Arc<Self>,
        id: &str,
    ) -> Option<Result<SecretBytes, ServiceError>> {
        let (hostname, services) = named_services(id)?;
        let starts = services.iter().map(|(alias, key)| async move {
            let running = self.start_service(key).await?;
            Ok::<_, ServiceError>([(*alias).to_owned(), running.hostname.clone()].map(|name| (name, running.address)))
        });
        let addresses = futures::future::try_join_all(starts).await;
        Some(addresses.map(|addresses| hosts_file(hostname, &addresses.concat())))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::{hosts_file, hosts_mount, named_services};
    use crate::llb::MountKind;
    use std::net::Ipv4Addr;

    #[test]
    fn the_id_says_what_is_needed() {
        let services = [
            ("db".to_owned(), "k1".to_owned()),
            ("cache".to_owned(), "k2".to_owned()),
        ];
        let MountKind::Secret { id, .. } = hosts_mount(&services, "box").kind else {
            unreachable!()
        };
        assert_eq!(
            named_services(&id).unwrap(),
            ("box", vec![("db", "k1"), ("cache", "k2")])
        );
        assert_eq!(named_services("dockwright-hosts,").unwrap(), ("", vec![]));
        assert!(named_services("dockwright-00ff").is_none());
    }

    #[test]
    fn a_name_has_one_line() {
        let address = |last| Ipv4Addr::new(10, 0, 0, last);
        let names = [
            ("db".to_owned(), address(2)),
            ("db".to_owned(), address(3)),
            ("x".to_owned(), address(3)),
        ];
        let text = String::from_utf8(hosts_file("", &names).expose().to_vec()).unwrap();
        insta::assert_snapshot!(text, @r"
        127.0.0.1	localhost buildkitsandbox
        ::1	localhost ip6-localhost ip6-loopback
        10.0.0.2	db
        10.0.0.3	x
        ");
    }
}
