//! What a container is at one point of its chain.

use super::environment::expand;
use crate::arguments::Arguments;
use crate::directory::Directory;
use crate::error::ApiError;
use crate::paths;
use dockwright_engine::llb::{CacheSharing, Output};
use dockwright_engine::shim::ExecOutputs;
use dockwright_engine::{ImageConfig, Platform};
use dockwright_schema::ObjectId;
use std::collections::{BTreeMap, BTreeSet};

/// State of a container. Cloned at every step; the parts that grow are shared by the engine crate.
#[derive(Clone, Debug)]
pub(crate) struct Container {
    /// What it runs on.
    pub platform: Platform,
    /// Its root file system.
    pub root: Output,
    /// Environment, entry point, user and the rest of the image's configuration.
    pub config: ImageConfig,
    /// Mounts in the order they were added; later ones cover earlier ones.
    pub mounts: Vec<MountedPath>,
    /// Secrets in the environment: variable to secret.
    pub secret_variables: BTreeMap<String, ObjectId>,
    /// Services that run while commands do.
    pub services: Vec<ServiceBinding>,
    /// The last command and what it left.
    pub last_exec: Option<ExecOutputs>,
    /// The image it came from, pinned by digest.
    pub image_reference: Option<String>,
    /// Descriptions of exposed ports, by `80/tcp`.
    pub port_descriptions: BTreeMap<String, String>,
    /// Annotations of the image's manifest.
    pub annotations: BTreeMap<String, String>,
    /// Variables whose values do not decide what a command results in.
    pub volatile_variables: BTreeMap<String, String>,
    /// Ports that nobody waits for, as `80/tcp`.
    pub unchecked_ports: BTreeSet<String>,
    /// Devices that commands get, by their CDI names.
    pub devices: Vec<String>,
    /// What a terminal runs.
    pub terminal_command: Option<TerminalCommand>,
}

/// What a terminal runs.
#[derive(Clone, Debug)]
pub(crate) struct TerminalCommand {
    /// Program and arguments.
    pub command: Vec<String>,
    /// Without isolation from the engine's container.
    pub insecure: bool,
}

/// Something mounted at a path.
#[derive(Clone, Debug)]
pub(crate) struct MountedPath {
    /// Absolute path in the container.
    pub path: String,
    /// What is there.
    pub source: MountSource,
}

/// What is mounted.
#[derive(Clone, Debug)]
pub(crate) enum MountSource {
    /// A directory or a file of one; what commands write there is kept unless `readonly`.
    Files {
        /// The file system.
        output: Output,
        /// Path in it.
        selector: String,
        /// Commands cannot write there.
        readonly: bool,
    },
    /// A directory that the engine keeps between runs.
    Cache {
        /// Name of the directory.
        id: String,
        /// How several users share it.
        sharing: CacheSharing,
        /// What it holds the first time, with the path in it.
        source: Option<(Output, String)>,
    },
    /// Memory, gone with each command.
    Temporary {
        /// Most bytes; 0 is no limit.
        size: u64,
    },
    /// A secret as a file.
    Secret {
        /// The secret.
        secret: ObjectId,
        /// Owner: user and group.
        owner: (u32, u32),
        /// Permission bits.
        mode: u32,
    },
    /// A unix socket of the caller's machine.
    Socket {
        /// The socket.
        socket: ObjectId,
        /// Owner: user and group.
        owner: (u32, u32),
    },
}

/// A service under the name that commands know it by.
#[derive(Clone, Debug)]
pub(crate) struct ServiceBinding {
    /// The name.
    pub alias: String,
    /// The service.
    pub service: ObjectId,
}

impl Container {
    /// An empty container.
    pub(crate) fn scratch(platform: &Platform) -> Container {
        Container {
            platform: platform.clone(),
            root: Output::scratch(),
            config: ImageConfig::empty(platform),
            mounts: Vec::new(),
            secret_variables: BTreeMap::new(),
            services: Vec::new(),
            last_exec: None,
            image_reference: None,
            port_descriptions: BTreeMap::new(),
            annotations: BTreeMap::new(),
            volatile_variables: BTreeMap::new(),
            unchecked_ports: BTreeSet::new(),
            devices: Vec::new(),
            terminal_command: None,
        }
    }

    /// With a directory mounted at the path, which becomes the working directory.
    pub(crate) fn with_directory_at(mut self, directory: &Directory, path: &str) -> Container {
        self.mounts.push(MountedPath {
            path: path.to_owned(),
            source: MountSource::Files {
                output: directory.output.clone(),
                selector: directory.path.clone(),
                readonly: false,
            },
        });
        path.clone_into(&mut self.config.config.working_dir);
        self
    }

    /// The path as an absolute one, relative paths from the working directory.
    pub(crate) fn absolute(&self, path: &str) -> String {
        paths::absolute(&self.config.config.working_dir, path)
    }

    /// The path that an argument names, with variables filled in when `expand` asks for it.
    pub(crate) fn place(&self, arguments: Arguments<'_>, name: &str) -> Result<String, ApiError> {
        let text = arguments.text(name)?;
        Ok(self.absolute(&if arguments.flag("expand") {
            expand(self, text)?
        } else {
            text.to_owned()
        }))
    }

    /// The file system in which `path` lies, and the path in it.
    pub(crate) fn locate(&self, path: &str) -> Result<(Output, String), ApiError> {
        let path = self.absolute(path);
        let mount = self
            .mounts
            .iter()
            .rev()
            .find_map(|mount| paths::below(&path, &mount.path).map(|rest| (mount, rest)));
        let Some((mount, rest)) = mount else {
            return Ok((self.root.clone(), path));
        };
        let what = match &mount.source {
            MountSource::Files { output, selector, .. } => {
                let inner = if rest.is_empty() {
                    paths::absolute("/", selector)
                } else {
                    paths::join(&paths::absolute("/", selector), rest)
                };
                return Ok((output.clone(), inner));
            }
            MountSource::Cache { .. } => "a cache volume",
            MountSource::Temporary { .. } => "a temporary directory",
            MountSource::Secret { .. } => "a secret",
            MountSource::Socket { .. } => "a socket",
        };
        Err(ApiError::other(format!(
            "`{path}` lies in {what} mounted at `{}`; it exists only while a command runs and cannot be read from outside",
            mount.path
        )))
    }
}
