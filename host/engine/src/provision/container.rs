//! The engine container as Docker is told to make it.

use super::Plan;
use bollard::models::{ContainerCreateBody, HostConfig, Mount, MountType};
use std::collections::HashMap;

/// Where BuildKit keeps its state, and its socket.
const STATE: &str = "/var/lib/buildkit";
const SOCKETS: &str = "/run/buildkit";
/// Marks containers and volumes as ours.
pub(super) const LABEL: &str = "dev.dockwright.engine";

/// How much of the machine the container gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Privilege {
    /// Everything, by Docker's own switch.
    Full,
    /// Everything but these capabilities, one thing at a time.
    AllBut(Vec<String>),
}

/// The container for a plan. `group` may use the socket.
pub(super) fn body(plan: &Plan, privilege: &Privilege, group: u32) -> ContainerCreateBody {
    let mut binds = vec![format!("{}:{SOCKETS}", plan.socket_dir.display())];
    let state = Mount {
        typ: Some(MountType::VOLUME),
        source: Some(plan.name.clone()),
        target: Some(STATE.to_owned()),
        ..Mount::default()
    };
    let mut host = HostConfig {
        network_mode: Some(plan.network.as_docker().to_owned()),
        mounts: Some(vec![state]),
        init: Some(false),
        ..HostConfig::default()
    };
    match privilege {
        Privilege::Full => host.privileged = Some(true),
        Privilege::AllBut(missing) => {
            host.cap_add = Some(vec!["ALL".to_owned()]);
            host.cap_drop = Some(missing.clone());
            host.security_opt = Some(vec!["seccomp=unconfined".to_owned(), "apparmor=unconfined".to_owned()]);
            // What the command line calls systempaths=unconfined.
            host.masked_paths = Some(Vec::new());
            host.readonly_paths = Some(Vec::new());
            host.device_cgroup_rules = Some(vec!["a *:* rwm".to_owned()]);
            binds.push("/sys/fs/cgroup:/sys/fs/cgroup:rw".to_owned());
        }
    }
    host.binds = Some(binds);
    ContainerCreateBody {
        image: Some(plan.image.clone()),
        cmd: Some(vec!["--group".to_owned(), group.to_string()]),
        labels: Some(HashMap::from([(LABEL.to_owned(), "1".to_owned())])),
        host_config: Some(host),
        ..ContainerCreateBody::default()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::{Privilege, body};
    use crate::EngineOptions;
    use crate::provision::Plan;

    #[test]
    fn the_two_forms_are_these() {
        let plan = Plan::new(&EngineOptions::managed("/run/x")).unwrap();
        let json = |privilege| serde_json::to_string_pretty(&body(&plan, &privilege, 1000)).unwrap();
        insta::assert_snapshot!("privileged", json(Privilege::Full));
        insta::assert_snapshot!("by_capability", json(Privilege::AllBut(vec!["SYS_RESOURCE".into()])));
    }
}
