//! Running a command in a container.

use super::{Mount, Node, Output, SecretEnv, output::Inputs};
use crate::Platform;
use crate::service::hosts_mount;
use bollard_buildkit_proto::pb::{self, op::Op as OpKind};
use dockwright_telemetry::SpanId;
use std::sync::Arc;

/// Network of an exec.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Network {
    /// What the engine gives by default.
    #[default]
    Sandbox,
    /// The engine container's own; the engine must allow it.
    Host,
    /// None.
    None,
}

/// A command and all it sees. Fields are free to set; [`ExecSpec::build`] or [`crate::shim::wrap`] makes it part of a graph.
#[derive(Clone, Debug)]
pub struct ExecSpec {
    /// Root file system.
    pub root: Output,
    /// Whether the root cannot be written to.
    pub readonly_root: bool,
    /// Program and arguments.
    pub args: Vec<String>,
    /// Environment, in order.
    pub env: Vec<(String, String)>,
    /// Variables whose values are secrets.
    pub secret_env: Vec<SecretEnv>,
    /// Absolute working directory.
    pub cwd: String,
    /// `user`, `uid`, `user:group`, …; empty is root.
    pub user: String,
    /// Host name; empty is the engine's choice.
    pub hostname: String,
    /// Extra lines of `/etc/hosts` as (name, address). Not part of what decides the result.
    pub hosts: Vec<(String, String)>,
    /// Services that must run while the command does, as (alias, key of [`crate::Engine::add_service`]). They start when the command does, and
    /// not when its result is known. The command finds them by their aliases.
    pub services: Vec<(String, String)>,
    /// What else is mounted.
    pub mounts: Vec<Mount>,
    /// Network.
    pub network: Network,
    /// Run without isolation from the engine's container; the engine must allow it.
    pub insecure: bool,
    /// Devices by their CDI names, such as `nvidia.com/gpu=all`; the engine must have them.
    pub devices: Vec<String>,
    /// Platform the command is for; none is the engine's own.
    pub platform: Option<Platform>,
    /// Name for progress; none is `exec` and the command.
    pub name: Option<String>,
    /// Span that progress is part of.
    pub parent: Option<SpanId>,
    /// Run it even if the result is known.
    pub ignore_cache: bool,
}

/// The results of an exec.
#[derive(Clone, Debug)]
pub struct ExecFilesystems {
    /// The root file system afterwards.
    pub root: Output,
    /// What was written to each mount with an output: (destination, file system).
    pub mounts: Vec<(String, Output)>,
}

impl ExecSpec {
    /// A command in the root of `root`, as root, with an empty environment.
    pub fn new(root: Output, args: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            root,
            readonly_root: false,
            args: args.into_iter().map(Into::into).collect(),
            env: Vec::new(),
            secret_env: Vec::new(),
            cwd: "/".to_owned(),
            user: String::new(),
            hostname: String::new(),
            hosts: Vec::new(),
            services: Vec::new(),
            mounts: Vec::new(),
            network: Network::default(),
            insecure: false,
            devices: Vec::new(),
            platform: None,
            name: None,
            parent: None,
            ignore_cache: false,
        }
    }

    /// Sets a variable, replacing an earlier value in its place.
    pub fn set_env(&mut self, name: &str, value: &str) {
        match self.env.iter_mut().find(|(known, _)| known == name) {
            Some((_, slot)) => value.clone_into(slot),
            None => self.env.push((name.to_owned(), value.to_owned())),
        }
    }

    /// The exec as it stands, without a shim: its output goes to progress only and its exit code is 0 or an error.
    pub fn build(&self) -> ExecFilesystems {
        let mut inputs = Inputs::default();
        let root_mount = pb::Mount {
            input: inputs.number(&self.root),
            dest: "/".to_owned(),
            output: if self.readonly_root { -1 } else { 0 },
            readonly: self.readonly_root,
            ..pb::Mount::default()
        };
        let mut results = i64::from(!self.readonly_root);
        let mut mounts = vec![root_mount];
        let mut outputs: Vec<(String, i64)> = Vec::new();
        let hosts = (!self.services.is_empty()).then(|| hosts_mount(&self.services, &self.hostname));
        for mount in self.mounts.iter().chain(&hosts) {
            let number = if mount.has_output() {
                outputs.push((mount.destination.clone(), results));
                results += 1;
                results - 1
            } else {
                -1
            };
            mounts.push(mount.to_proto(&mut inputs, number));
        }
        let op = OpKind::Exec(pb::ExecOp {
            meta: Some(self.meta()),
            mounts,
            network: match self.network {
                Network::Sandbox => pb::NetMode::Unset,
                Network::Host => pb::NetMode::Host,
                Network::None => pb::NetMode::None,
            }
            .into(),
            security: if self.insecure {
                pb::SecurityMode::Insecure
            } else {
                pb::SecurityMode::Sandbox
            }
            .into(),
            secretenv: self.secret_env_proto(),
            cdi_devices: self
                .devices
                .iter()
                .map(|name| pb::CdiDevice {
                    name: name.clone(),
                    optional: false,
                })
                .collect(),
        });
        let name = self
            .name
            .clone()
            .unwrap_or_else(|| format!("exec {}", self.args.join(" ")));
        let platform = self.platform.as_ref().map(Platform::to_proto);
        let mut node = Node::new(op, inputs.into_outputs(), platform, name);
        let fresh = Arc::make_mut(&mut node);
        fresh.parent = self.parent;
        fresh.ignore_cache = self.ignore_cache;
        fresh.need_services(self.services.iter().map(|(_, key)| key.clone()));
        ExecFilesystems {
            root: if self.readonly_root {
                self.root.clone()
            } else {
                Output::new(Arc::clone(&node), 0)
            },
            mounts: outputs
                .into_iter()
                .map(|(destination, index)| (destination, Output::new(Arc::clone(&node), index)))
                .collect(),
        }
    }

    pub(crate) fn secret_env_proto(&self) -> Vec<pb::SecretEnv> {
        let entry = |secret: &SecretEnv| pb::SecretEnv {
            id: secret.id.clone(),
            name: secret.name.clone(),
            optional: false,
        };
        self.secret_env.iter().map(entry).collect()
    }

    pub(crate) fn meta(&self) -> pb::Meta {
        pb::Meta {
            args: self.args.clone(),
            env: self.env.iter().map(|(name, value)| format!("{name}={value}")).collect(),
            cwd: self.cwd.clone(),
            user: self.user.clone(),
            hostname: self.hostname.clone(),
            extra_hosts: self
                .hosts
                .iter()
                .map(|(host, ip)| pb::HostIp {
                    host: host.clone(),
                    ip: ip.clone(),
                })
                .collect(),
            // No empty directories of mount points stay in the root.
            remove_mount_stubs_recursive: true,
            ..pb::Meta::default()
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        reason = "tests stop at the first surprise"
    )]
    use super::ExecSpec;
    use crate::llb::{Mount, Output, file};
    use bollard_buildkit_proto::pb::op::Op as OpKind;

    #[test]
    fn results_are_numbered_in_order_and_inputs_are_shared() {
        let tree = file::mkdir(&Output::scratch(), "/x", 0o755, true, None);
        let mut spec = ExecSpec::new(tree.clone(), ["true"]);
        spec.mounts.push(Mount::readonly("/ro", tree.clone(), "/x"));
        spec.mounts.push(Mount::output("/a", Output::scratch()));
        spec.mounts.push(Mount::cache("/c", "c"));
        spec.mounts.push(Mount::output("/b", tree));
        let built = spec.build();
        let node = built.root.node().unwrap();
        let OpKind::Exec(op) = node.op().unwrap().op.unwrap() else {
            unreachable!()
        };
        assert_eq!(node.inputs.len(), 1);
        let numbers: Vec<_> = op.mounts.iter().map(|m| (m.dest.as_str(), m.input, m.output)).collect();
        assert_eq!(
            numbers,
            [("/", 0, 0), ("/ro", 0, -1), ("/a", -1, 1), ("/c", -1, -1), ("/b", 0, 2)]
        );
        let number = |output: &Output| output.to_input().unwrap().index;
        let outputs: Vec<_> = built.mounts.iter().map(|(d, o)| (d.as_str(), number(o))).collect();
        assert_eq!(outputs, [("/a", 1), ("/b", 2)]);
    }

    #[test]
    fn setting_a_variable_again_keeps_its_place() {
        let mut spec = ExecSpec::new(Output::scratch(), ["true"]);
        spec.set_env("A", "1");
        spec.set_env("B", "2");
        spec.set_env("A", "3");
        assert_eq!(
            spec.env,
            [("A".to_owned(), "3".to_owned()), ("B".to_owned(), "2".to_owned())]
        );
    }
}
