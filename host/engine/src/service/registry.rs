//! The services of a run: what they are, which of them run, and who needs them.
//!
//! A service starts once, whoever asks; those who ask meanwhile wait for the same start. It stops some seconds after the last who needs it has
//! gone, unless somebody started it by name: then it stops when it is told to, or with the run.

use super::ports::{Claim, Taken};
use super::running::Running;
use super::start::start;
use super::{RunningService, Service};
use crate::engine::Inner;
use crate::llb::Output;
use crate::{Engine, ServiceError};
use futures::FutureExt;
use futures::future::{BoxFuture, Shared};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::task::AbortHandle;

/// How long a service runs on when nobody needs it: the next step often does.
const IDLE: Duration = Duration::from_secs(10);
/// How long the end of a run waits for services.
const CLOSE_PATIENCE: Duration = Duration::from_secs(2);

type Work = Shared<BoxFuture<'static, Result<Arc<Running>, ServiceError>>>;

/// The services of a run by their keys.
#[derive(Debug, Default)]
pub(crate) struct Services {
    entries: Mutex<HashMap<String, Arc<Entry>>>,
    ports: Taken,
}

/// One service.
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) hostname: String,
    pub(super) service: Service,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    start: Option<(Work, AbortHandle)>,
    users: usize,
    /// Started by name.
    pinned: bool,
    /// Why the last start failed.
    failure: Option<ServiceError>,
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entry").field("key", &self.key).finish_non_exhaustive()
    }
}

impl Services {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Arc<Entry>>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ports of the network that all containers share, for one service.
    pub(super) fn claim(&self, ports: &[u16], name: &str) -> Result<Claim, ServiceError> {
        Claim::new(&self.ports, ports, name)
    }

    fn get(&self, key: &str) -> Option<Arc<Entry>> {
        self.lock().get(key).cloned()
    }

    /// Ends all that run, politely as long as that takes no more than a moment.
    pub(crate) async fn close(&self) {
        let entries: Vec<_> = self.lock().values().cloned().collect();
        let stops = entries.iter().map(|entry| entry.stop(false));
        tokio::time::timeout(CLOSE_PATIENCE, futures::future::join_all(stops))
            .await
            .ok();
    }
}

impl Entry {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn stop(&self, kill: bool) {
        let started = {
            let mut state = self.lock();
            state.pinned = false;
            state.start.take()
        };
        let Some((work, abort)) = started else { return };
        match work.peek().cloned() {
            // Nothing is lost with a relay, and as a first process it would not hear the request.
            Some(Ok(running)) => running.stop(kill || matches!(self.service, Service::Host(_))).await,
            Some(Err(_)) => {}
            None => abort.abort(),
        }
    }

    fn release(self: Arc<Self>) {
        let idle = {
            let mut state = self.lock();
            state.users = state.users.saturating_sub(1);
            state.users == 0 && !state.pinned && state.start.is_some()
        };
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            return;
        };
        if idle {
            runtime.spawn(async move {
                tokio::time::sleep(IDLE).await;
                let still = {
                    let state = self.lock();
                    state.users == 0 && !state.pinned
                };
                if still {
                    self.stop(false).await;
                }
            });
        }
    }
}

/// Services that somebody needs as long as this lives.
#[derive(Debug, Default)]
pub(crate) struct Hold(Vec<Arc<Entry>>);

impl Drop for Hold {
    fn drop(&mut self) {
        self.0.drain(..).for_each(Entry::release);
    }
}

impl Inner {
    /// Needs the services, if they are started, until the answer is dropped.
    pub(super) fn hold_services<'k>(&self, keys: impl IntoIterator<Item = &'k str>) -> Hold {
        let entries: Vec<_> = keys.into_iter().filter_map(|key| self.services.get(key)).collect();
        for entry in &entries {
            entry.lock().users += 1;
        }
        Hold(entries)
    }

    /// The service, started if it does not run.
    pub(super) async fn running(self: &Arc<Self>, key: &str) -> Result<Arc<Running>, ServiceError> {
        let entry = self
            .services
            .get(key)
            .ok_or_else(|| ServiceError::Unknown { key: key.to_owned() })?;
        let work = {
            let mut state = entry.lock();
            match &state.start {
                Some((work, _)) if is_usable(work) => work.clone(),
                _ => {
                    let name = entry.service.name().to_owned();
                    // A task: whoever asked first may go away while others wait.
                    let task = tokio::spawn(start(Arc::clone(self), Arc::clone(&entry)));
                    let abort = task.abort_handle();
                    let work = async move { task.await.unwrap_or(Err(ServiceError::Stopped { name })) };
                    let work = work.boxed().shared();
                    state.failure = None;
                    state.start = Some((work.clone(), abort));
                    work
                }
            }
        };
        let started = work.await;
        if let Err(error) = &started {
            entry.lock().failure = Some(error.clone());
        }
        started
    }

    pub(super) async fn start_service(self: &Arc<Self>, key: &str) -> Result<RunningService, ServiceError> {
        Ok(self.running(key).await?.seen.clone())
    }
}

/// Whether it is under way, or was successful and still runs.
fn is_usable(work: &Work) -> bool {
    match work.peek() {
        None => true,
        Some(Ok(running)) => !running.has_ended(),
        Some(Err(_)) => false,
    }
}

impl Engine {
    /// Tells what the service of this key is; it is not started. `hostname` is a name that those who use it may call it by, besides theirs.
    /// A key that is known already stays what it is.
    pub fn add_service(&self, key: &str, hostname: &str, service: Service) {
        self.inner.services.lock().entry(key.to_owned()).or_insert_with(|| {
            Arc::new(Entry {
                key: key.to_owned(),
                hostname: hostname.to_owned(),
                service,
                state: Mutex::default(),
            })
        });
    }

    /// Whether [`Engine::add_service`] was called for the key.
    pub fn knows_service(&self, key: &str) -> bool {
        self.inner.services.get(key).is_some()
    }

    /// Starts a service, which then runs until it is stopped or the run ends. One that runs already is not started again.
    ///
    /// # Errors
    /// It ended before it was ready, did not open its ports, or cannot be made at all.
    pub async fn start_service(&self, key: &str) -> Result<RunningService, ServiceError> {
        if let Some(entry) = self.inner.services.get(key) {
            entry.lock().pinned = true;
        }
        self.inner.start_service(key).await
    }

    /// Stops a service: with SIGTERM and after ten seconds SIGKILL, or with SIGKILL at once. One that does not run stays as it is.
    pub async fn stop_service(&self, key: &str, kill: bool) {
        if let Some(entry) = self.inner.services.get(key) {
            entry.stop(kill).await;
        }
    }

    /// Needs the services that commands behind the output name, until the answer is dropped.
    pub(crate) fn hold(&self, output: &Output) -> Hold {
        match output.node().and_then(|node| node.services.as_ref()) {
            Some(keys) => self.inner.hold_services(keys.iter().map(String::as_str)),
            None => Hold::default(),
        }
    }

    /// The failure of a service that is the reason for the engine's message about `output`.
    pub(crate) fn service_failure(&self, output: &Output, message: &str) -> Option<ServiceError> {
        let keys = output.node()?.services.as_ref()?;
        keys.iter().find_map(|key| {
            let failure = self.inner.services.get(key)?.lock().failure.clone()?;
            message.contains(&failure.to_string()).then_some(failure)
        })
    }
}
