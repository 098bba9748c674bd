//! Containers of the gateway, made from what an exec of the graph would see.

use super::process::{Process, Sink};
use crate::engine::Inner;
use crate::gateway::Bridge;
use crate::llb::{Inputs, Mount, MountKind, Output};
use crate::{Engine, Platform, ServiceError, SolveError, identifier};
use bollard_buildkit_proto::moby::buildkit::v1::frontend::{InitMessage, NewContainerRequest, ReleaseContainerRequest};
use bollard_buildkit_proto::pb;
use std::sync::Arc;

/// A container that is let go when it is dropped.
#[derive(Debug)]
pub(super) struct Container {
    id: String,
    /// Not the engine: whoever has it must not keep it open.
    bridge: Bridge,
}

impl Container {
    /// Makes a container; what its mounts consist of is made first.
    pub(super) async fn new(
        engine: &Arc<Inner>,
        root: &Output,
        mounts: &[Mount],
        hostname: &str,
        platform: &Platform,
    ) -> Result<Self, ServiceError> {
        let engine = Engine {
            inner: Arc::clone(engine),
        };
        let mut all = vec![Mount::output("/", root.clone())];
        all.extend_from_slice(mounts);
        let mut requests = Vec::new();
        for mount in &all {
            requests.push(request(&engine, mount).await?);
        }
        let id = identifier::random();
        let request = NewContainerRequest {
            container_id: id.clone(),
            mounts: requests,
            platform: Some(platform.to_proto()),
            hostname: hostname.to_owned(),
            ..NewContainerRequest::default()
        };
        match engine.inner.build.bridge().new_container(request).await {
            Ok(_) => Ok(Self {
                id,
                bridge: engine.inner.build.bridge(),
            }),
            Err(status) => Err(engine.failure(status, root).await.into()),
        }
    }

    /// Starts a process of the container as root.
    pub(super) async fn helper(&self, args: Vec<String>, stdin: bool, sink: Sink) -> Result<Process, tonic::Status> {
        let meta = pb::Meta {
            args,
            cwd: "/".to_owned(),
            ..pb::Meta::default()
        };
        self.start(meta, Vec::new(), false, stdin, sink).await
    }

    /// Starts a process; the first one is the container's own.
    pub(super) async fn start(
        &self,
        meta: pb::Meta,
        secretenv: Vec<pb::SecretEnv>,
        insecure: bool,
        stdin: bool,
        sink: Sink,
    ) -> Result<Process, tonic::Status> {
        let init = self.init(meta, secretenv, insecure);
        Process::start(self.bridge.clone(), init, stdin, sink).await
    }
}

impl Container {
    /// Starts a process that has a terminal.
    pub(super) async fn on_terminal(
        &self,
        meta: pb::Meta,
        secretenv: Vec<pb::SecretEnv>,
        insecure: bool,
        sink: Sink,
    ) -> Result<Process, tonic::Status> {
        let init = InitMessage {
            tty: true,
            ..self.init(meta, secretenv, insecure)
        };
        Process::start(self.bridge.clone(), init, true, sink).await
    }

    fn init(&self, meta: pb::Meta, secretenv: Vec<pb::SecretEnv>, insecure: bool) -> InitMessage {
        let security = if insecure {
            pb::SecurityMode::Insecure
        } else {
            pb::SecurityMode::Sandbox
        };
        InitMessage {
            container_id: self.id.clone(),
            meta: Some(meta),
            security: security.into(),
            secretenv,
            ..InitMessage::default()
        }
    }
}

impl Drop for Container {
    fn drop(&mut self) {
        let mut bridge = self.bridge.clone();
        let request = ReleaseContainerRequest {
            container_id: std::mem::take(&mut self.id),
        };
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            // The answer repeats how the processes ended, which is known already.
            runtime.spawn(async move { bridge.release_container(request).await.ok() });
        }
    }
}

/// The mount with its file system named by a result of this build.
async fn request(engine: &Engine, mount: &Mount) -> Result<pb::Mount, SolveError> {
    let mut inputs = Inputs::default();
    let mut message = mount.to_proto(&mut inputs, -1);
    let needed = match &mount.kind {
        MountKind::Bind { source, .. } => Some(source.clone()),
        _ => inputs.into_outputs().pop(),
    };
    if let Some(output) = needed {
        message.result_id = engine.solve(&output).await?.reference;
    }
    message.input = -1;
    Ok(message)
}
