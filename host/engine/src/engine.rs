//! The engine of a run: one connection, one session, one build.

use crate::gateway::GatewayBuild;
use crate::git_access::GitAccess;
use crate::image::Resolutions;
use crate::progress::{Tracker, follow};
use crate::provision::{self, Connected};
use crate::service::Services;
use crate::session::{DockerConfig, Session, SessionState};
use crate::solve::Results;
use crate::usage::UsedDirectories;
use crate::{Address, ConnectError, EngineOptions, Platform, SecretBytes, Usage};
use dockwright_telemetry::{Level, SpanId, Telemetry};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;
use tokio::task::JoinHandle;
use tonic::transport::Channel;

/// What execs may be allowed to do beyond the usual, if the engine's configuration says so.
const ENTITLEMENTS: [&str; 2] = ["network.host", "security.insecure"];
/// How long the end of a run waits for the engine.
const CLOSE_PATIENCE: Duration = Duration::from_secs(3);

/// A connection to an engine with a session and a build open. Cheap to clone. When the last clone is dropped everything that runs for it is cancelled.
#[derive(Clone, Debug)]
pub struct Engine {
    pub(crate) inner: Arc<Inner>,
}

#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) channel: Channel,
    address: Address,
    pub(crate) build: GatewayBuild,
    pub(crate) session: Session,
    /// Sessions for directories of the client, by the names that their contents have.
    pub(crate) uploads: Mutex<HashMap<String, Session>>,
    /// Where it is kept what was uploaded.
    pub(crate) uploads_dir: Option<PathBuf>,
    pub(crate) used: Mutex<UsedDirectories>,
    /// What a run like this one used.
    pub(crate) foreseen: OnceLock<Usage>,
    pub(crate) state: Arc<SessionState>,
    pub(crate) tracker: Arc<Tracker>,
    platform: Platform,
    pub(crate) results: Results,
    pub(crate) resolutions: Resolutions,
    pub(crate) services: Services,
    pub(crate) git_access: GitAccess,
    reports: Mutex<Option<JoinHandle<()>>>,
}

impl Engine {
    /// Reaches the engine that the options name, starting our own if need be, and opens a session and a build in it.
    ///
    /// # Errors
    /// There is no engine and none can be started, or it refuses the session.
    pub async fn connect(
        options: EngineOptions,
        telemetry: Telemetry,
        parent: Option<SpanId>,
    ) -> Result<Self, ConnectError> {
        let connected = provision::connect(&options, &telemetry, parent).await?;
        Self::open(connected, options, telemetry, parent).await
    }

    /// Like [`Engine::connect`], but only to an engine that runs already: none when there is no such.
    ///
    /// # Errors
    /// The engine refuses the session, or the options name none.
    pub async fn connect_running(options: EngineOptions, telemetry: Telemetry) -> Result<Option<Self>, ConnectError> {
        match provision::connect_running(&options).await? {
            Some(connected) => Self::open(connected, options, telemetry, None).await.map(Some),
            None => Ok(None),
        }
    }

    async fn open(
        connected: Connected,
        options: EngineOptions,
        telemetry: Telemetry,
        parent: Option<SpanId>,
    ) -> Result<Self, ConnectError> {
        let Connected { channel, address } = connected;
        let docker_config = match &options.docker_config_dir {
            Some(directory) => DockerConfig::load(directory).unwrap_or_else(|error| {
                telemetry.message(
                    Level::Warn,
                    format!("{error}; registries are asked without credentials"),
                );
                DockerConfig::default()
            }),
            None => DockerConfig::default(),
        };
        let refused = |what| {
            let address = address.to_string();
            move |status: tonic::Status| ConnectError::Refused {
                address,
                what,
                message: status.message().to_owned(),
            }
        };
        let state = Arc::new(SessionState::new(options.client_id.clone(), docker_config));
        let session = Session::open(&channel, &state, None).map_err(refused("the session"))?;
        let tracker = Arc::new(Tracker::new(telemetry, parent));
        let build = open_build(&channel, tracker.run(), session.id())
            .await
            .map_err(refused("the build"))?;
        let reports = tokio::spawn(follow(channel.clone(), build.id().to_owned(), Arc::clone(&tracker)));
        let platform = build
            .worker_platform()
            .map_or_else(Platform::host, Platform::from_proto);
        let inner = Inner {
            channel,
            address,
            build,
            session,
            uploads: Mutex::default(),
            uploads_dir: options.uploads_dir,
            used: Mutex::default(),
            foreseen: OnceLock::new(),
            state,
            tracker,
            platform,
            results: Results::default(),
            resolutions: Resolutions::default(),
            services: Services::default(),
            git_access: GitAccess::new(options.open_commits),
            reports: Mutex::new(Some(reports)),
        };
        let inner = Arc::new(inner);
        // Secrets that are made when the engine asks for them need it.
        inner.state.serve_for(&inner);
        Ok(Self { inner })
    }

    /// What the engine's first worker runs on: the platform of containers that ask for none.
    pub fn default_platform(&self) -> &Platform {
        &self.inner.platform
    }

    /// Where the engine was found.
    pub fn address(&self) -> &Address {
        &self.inner.address
    }

    /// What the engine knows this run's session by.
    pub fn session_id(&self) -> &str {
        self.inner.session.id()
    }

    /// Makes a secret known under the id that mounts and variables name. The id is part of the cache key of what uses it, the value is not.
    pub fn add_secret(&self, id: &str, value: SecretBytes) {
        self.inner.state.add_secret(id, value);
    }

    /// Makes a unix socket of this machine known under the id that [`crate::llb::MountKind::Socket`] names.
    pub fn add_socket(&self, id: &str, path: impl Into<PathBuf>) {
        self.inner.state.add_socket(id, path.into());
    }

    /// Credentials for a registry in this run; they come before Docker's own.
    pub fn set_registry_auth(&self, host: &str, user: &str, secret: SecretBytes) {
        self.inner.state.set_credentials(host, user, secret);
    }

    /// Forgets what [`Engine::set_registry_auth`] was told; Docker's own credentials count again.
    pub fn remove_registry_auth(&self, host: &str) {
        self.inner.state.forget_credentials(host);
    }

    /// Ends the build; results cannot be read any more. Returns when the engine was told and has reported how everything went that was used; it
    /// lets go of the build in its own time. An engine that does not answer is waited for a few seconds at most.
    pub async fn close(&self) {
        self.inner.services.close().await;
        let reports = self.inner.reports.lock().unwrap_or_else(PoisonError::into_inner).take();
        let ended = async {
            // An engine that is gone needs not be told, and reports nothing any more.
            if self.inner.build.close().await.is_ok()
                && let Some(reports) = reports
            {
                let mut reports = AbortOnDrop(reports);
                tokio::select! {
                    () = self.inner.tracker.told_everything() => self.inner.tracker.settle(true),
                    _ = &mut reports.0 => {}
                }
            }
        };
        tokio::time::timeout(CLOSE_PATIENCE, ended).await.ok();
        self.inner.tracker.abandon();
    }
}

impl Inner {
    /// What the engine's first worker runs on.
    pub(crate) fn platform(&self) -> &Platform {
        &self.platform
    }
}

async fn open_build(channel: &Channel, run: &str, session: &str) -> Result<GatewayBuild, tonic::Status> {
    let entitlements = ENTITLEMENTS.map(str::to_owned).to_vec();
    match GatewayBuild::open(channel, run, session, Vec::new(), entitlements).await {
        // Most engines do not grant them, and most builds do not need them.
        Err(status) if status.message().contains("not allowed") => {
            GatewayBuild::open(channel, run, session, Vec::new(), Vec::new()).await
        }
        opened => opened,
    }
}

/// A task that ends with whoever waits for it.
struct AbortOnDrop(JoinHandle<()>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        let reports = self.reports.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(reports) = reports {
            reports.abort();
        }
        self.tracker.abandon();
    }
}
