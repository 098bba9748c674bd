//! What an exec sees besides its root file system.

use super::{Output, output::Inputs};
use bollard_buildkit_proto::pb;

/// How several execs use one cache directory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CacheSharing {
    /// All at once.
    #[default]
    Shared,
    /// A second one at the same time gets a directory of its own.
    Private,
    /// One after the other.
    Locked,
}

/// What a mount shows.
#[derive(Clone, Debug)]
pub enum MountKind {
    /// A file system, or what lies at `selector` in it.
    Bind {
        /// The file system.
        source: Output,
        /// Path in it; empty is its root.
        selector: String,
        /// The exec cannot write there.
        readonly: bool,
        /// Keep what the exec writes there as a result; else it is thrown away.
        output: bool,
    },
    /// A directory that the engine keeps between runs.
    Cache {
        /// Name of the directory.
        id: String,
        /// Who else may use it meanwhile.
        sharing: CacheSharing,
        /// What it holds the first time.
        source: Output,
        /// Path in `source`; empty is its root.
        selector: String,
    },
    /// Memory that is gone with the exec.
    Tmpfs {
        /// Most bytes; 0 is no limit.
        size: u64,
    },
    /// A file with a secret, in memory.
    Secret {
        /// As registered with [`crate::Engine::add_secret`].
        id: String,
        /// Owner.
        uid: u32,
        /// Group.
        gid: u32,
        /// Permission bits.
        mode: u32,
    },
    /// A unix socket of the client.
    Socket {
        /// As registered with [`crate::Engine::add_socket`].
        id: String,
        /// Owner.
        uid: u32,
        /// Group.
        gid: u32,
        /// Permission bits.
        mode: u32,
    },
}

/// A mount of an exec.
#[derive(Clone, Debug)]
pub struct Mount {
    /// Absolute path in the container.
    pub destination: String,
    /// What is there.
    pub kind: MountKind,
}

/// An environment variable whose value is a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretEnv {
    /// Name of the variable.
    pub name: String,
    /// As registered with [`crate::Engine::add_secret`].
    pub id: String,
}

impl Mount {
    /// A file system that can be written to; what is written becomes a result.
    pub fn output(destination: &str, source: Output) -> Self {
        Self::bind(destination, source, "", false, true)
    }

    /// What lies at `selector` of a file system (empty: all of it), not to be written to.
    pub fn readonly(destination: &str, source: Output, selector: &str) -> Self {
        Self::bind(destination, source, selector, true, false)
    }

    /// A cache directory that is empty at first and shared.
    pub fn cache(destination: &str, id: &str) -> Self {
        let kind = MountKind::Cache {
            id: id.to_owned(),
            sharing: CacheSharing::Shared,
            source: Output::scratch(),
            selector: String::new(),
        };
        Self {
            destination: destination.to_owned(),
            kind,
        }
    }

    /// A secret that only its owner, root, can read.
    pub fn secret(destination: &str, id: &str) -> Self {
        let kind = MountKind::Secret {
            id: id.to_owned(),
            uid: 0,
            gid: 0,
            mode: 0o400,
        };
        Self {
            destination: destination.to_owned(),
            kind,
        }
    }

    /// A temporary directory in memory.
    pub fn tmpfs(destination: &str, size: u64) -> Self {
        Self {
            destination: destination.to_owned(),
            kind: MountKind::Tmpfs { size },
        }
    }

    fn bind(destination: &str, source: Output, selector: &str, readonly: bool, output: bool) -> Self {
        let kind = MountKind::Bind {
            source,
            selector: selector.to_owned(),
            readonly,
            output,
        };
        Self {
            destination: destination.to_owned(),
            kind,
        }
    }

    pub(crate) fn has_output(&self) -> bool {
        matches!(self.kind, MountKind::Bind { output: true, .. })
    }

    /// The message; `output` is the number of the result, -1 for none.
    pub(crate) fn to_proto(&self, inputs: &mut Inputs, output: i64) -> pb::Mount {
        let base = pb::Mount {
            dest: self.destination.clone(),
            input: -1,
            output,
            ..pb::Mount::default()
        };
        match &self.kind {
            MountKind::Bind {
                source,
                selector,
                readonly,
                ..
            } => pb::Mount {
                input: inputs.number(source),
                selector: selector.clone(),
                readonly: *readonly,
                ..base
            },
            MountKind::Cache {
                id,
                sharing,
                source,
                selector,
            } => {
                let sharing = match sharing {
                    CacheSharing::Shared => pb::CacheSharingOpt::Shared,
                    CacheSharing::Private => pb::CacheSharingOpt::Private,
                    CacheSharing::Locked => pb::CacheSharingOpt::Locked,
                };
                pb::Mount {
                    input: inputs.number(source),
                    selector: selector.clone(),
                    mount_type: pb::MountType::Cache.into(),
                    cache_opt: Some(pb::CacheOpt {
                        id: id.clone(),
                        sharing: sharing.into(),
                    }),
                    ..base
                }
            }
            MountKind::Tmpfs { size } => pb::Mount {
                mount_type: pb::MountType::Tmpfs.into(),
                tmpfs_opt: Some(pb::TmpfsOpt {
                    size: i64::try_from(*size).unwrap_or(i64::MAX),
                }),
                ..base
            },
            MountKind::Secret { id, uid, gid, mode } => pb::Mount {
                mount_type: pb::MountType::Secret.into(),
                secret_opt: Some(pb::SecretOpt {
                    id: id.clone(),
                    uid: *uid,
                    gid: *gid,
                    mode: *mode,
                    optional: false,
                }),
                ..base
            },
            MountKind::Socket { id, uid, gid, mode } => pb::Mount {
                mount_type: pb::MountType::Ssh.into(),
                ssh_opt: Some(pb::SshOpt {
                    id: id.clone(),
                    uid: *uid,
                    gid: *gid,
                    mode: *mode,
                    optional: false,
                }),
                ..base
            },
        }
    }
}
