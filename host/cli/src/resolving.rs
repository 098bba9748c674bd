//! From a reference to a locked module, for every command alike: where what was fetched is kept, and how fetching is shown.

use crate::environment;
use crate::error::CliError;
use crate::options::GlobalOptions;
use crate::session::{QUIET_LOADING, Session};
use dockwright_module::{LockedModule, ModuleError, PhaseEnd, Resolver, Watch};
use dockwright_registry::Network;
use dockwright_telemetry::{Outcome, SpanKind, Telemetry};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

impl Session {
    /// The module that the reference names, with those that it calls.
    pub(crate) async fn resolve(&self, reference: &str) -> Result<LockedModule, CliError> {
        // What was vendored, and whom to trust, is looked for where the first reference leads.
        self.registry(reference);
        self.trust(reference)?;
        let (reference, workdir) = (reference.to_owned(), self.workdir.clone());
        self.with_resolver(move |resolver| resolver.resolve(&reference, &workdir))
            .await
    }

    /// Gives work on the module that the reference names a resolver. Progress shows when it takes long, as fetching does.
    pub(crate) async fn resolving<T: Send + 'static>(
        &self,
        global: &GlobalOptions,
        reference: String,
        work: impl FnOnce(&Resolver) -> Result<T, ModuleError> + Send + 'static,
    ) -> Result<T, CliError> {
        self.network.get_or_init(|| global.network());
        self.registry(&reference);
        self.trust(&reference)?;
        let mut resolving = std::pin::pin!(self.with_resolver(work));
        tokio::select! {
            result = &mut resolving => result,
            () = tokio::time::sleep(QUIET_LOADING) => {
                self.show_progress(global);
                resolving.await
            }
        }
    }

    /// Gives the work a resolver. Git programs that it runs end when the result is not awaited any more.
    pub(crate) async fn with_resolver<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Resolver) -> Result<T, ModuleError> + Send + 'static,
    ) -> Result<T, CliError> {
        let cancelled = Arc::new(AtomicBool::new(false));
        let mut resolver = Resolver::new(&self.directories.cache, watch(&self.telemetry), cancelled.clone())
            .trusting(self.trust(".")?.clone(), environment::proxies())
            .with_registry(self.registries().clone(), self.trust(".")?.clone());
        if self.network.get() == Some(&Network::Off) {
            resolver = resolver.offline();
        }
        let _cancel = CancelWhenDropped(cancelled);
        let result = tokio::task::spawn_blocking(move || work(&resolver)).await;
        Ok(result.map_err(|error| CliError::other("module::resolve", error.to_string()))??)
    }
}

struct CancelWhenDropped(Arc<AtomicBool>);

impl Drop for CancelWhenDropped {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Shows fetching as phases.
fn watch(telemetry: &Telemetry) -> Watch {
    let telemetry = telemetry.clone();
    Arc::new(move |label| {
        let span = telemetry.span(label, SpanKind::Phase, None);
        let end: PhaseEnd = Box::new(move |failure| span.finish(failure.map_or(Outcome::Done, Outcome::Failed)));
        end
    })
}
