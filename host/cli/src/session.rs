//! The composition root: everything that a command needs, made when it is first needed, closed in order.

use crate::allowed;
use crate::directories::{Directories, private_directory};
use crate::environment;
use crate::error::CliError;
use crate::invoker::Invoker;
use crate::keeping;
use crate::loaded::{self, Need, Served};
use crate::module_sources::SessionSources;
use crate::options::GlobalOptions;
use crate::printer;
use crate::terminal::OwnTerminal;
use camino::Utf8PathBuf;
use dockwright_api::{Api, ApiOptions, EngineSource};
use dockwright_engine::{DEFAULT_IMAGE, EngineOptions, NetworkMode};
use dockwright_module::{LockedModule, Origin, PermissionTable, Trust};
use dockwright_registry::{Network, Registry};
use dockwright_runtime::{Limits, Runtime, RuntimeOptions};
use dockwright_schema::names::camel_case;
use dockwright_schema::{GraphField, Merged, ModuleId, Permission};
use dockwright_telemetry::Telemetry;
use dockwright_ui::{Progress, Ui};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};
use std::time::{Duration, SystemTime};

/// Loading that takes longer than this shows progress.
pub(crate) const QUIET_LOADING: Duration = Duration::from_millis(400);

/// One run of a command.
pub(crate) struct Session {
    pub(crate) itself: Weak<Session>,
    /// When nothing had been read yet.
    pub(crate) opened: SystemTime,
    pub(crate) directories: Directories,
    pub(crate) telemetry: Telemetry,
    pub(crate) workdir: PathBuf,
    /// Registries, opened with what the first reference needs.
    pub(crate) registry: OnceLock<Registry>,
    /// Whether registries may be asked.
    pub(crate) network: OnceLock<Network>,
    /// What published modules may use beyond what they were published with.
    pub(crate) allowed: OnceLock<BTreeSet<Permission>>,
    /// Whose signatures are demanded.
    pub(crate) trust: OnceLock<Arc<Trust>>,
    shown: OnceLock<Progress>,
    ui: Arc<Mutex<Option<Ui>>>,
    runtime: OnceLock<Runtime>,
    invoker: Arc<Invoker>,
    api: OnceLock<Arc<Api>>,
    scratch: OnceLock<tempfile::TempDir>,
}

impl Session {
    /// A session that has not touched anything yet.
    pub(crate) fn open() -> Result<Arc<Session>, CliError> {
        let (directories, workdir) = (Directories::new()?, std::env::current_dir()?);
        Ok(Arc::new_cyclic(|itself| Session {
            itself: itself.clone(),
            opened: SystemTime::now(),
            directories,
            telemetry: Telemetry::new(),
            workdir,
            registry: OnceLock::new(),
            network: OnceLock::new(),
            allowed: OnceLock::new(),
            trust: OnceLock::new(),
            shown: OnceLock::new(),
            ui: Arc::default(),
            runtime: OnceLock::new(),
            invoker: Arc::default(),
            api: OnceLock::new(),
            scratch: OnceLock::new(),
        }))
    }

    /// Starts to show progress.
    pub(crate) fn show_progress(&self, global: &GlobalOptions) {
        let view = *self.shown.get_or_init(|| global.view());
        let mut ui = self.ui.lock().unwrap_or_else(PoisonError::into_inner);
        ui.get_or_insert_with(|| {
            let terminal = printer::stderr_is_terminal();
            dockwright_ui::start(view, global.verbosity(), &self.telemetry, std::io::stderr(), terminal)
        });
    }

    /// Whether the view repeats what a failed step printed.
    pub(crate) fn view_shows_output(&self) -> bool {
        !matches!(
            self.shown.get().copied().unwrap_or(Progress::None),
            Progress::None | Progress::Json | Progress::Logs
        )
    }

    /// Whether a view redraws the terminal, so that nobody else may write to it but in [`Session::between_frames`].
    pub(crate) fn view_is_live(&self) -> bool {
        matches!(self.shown.get(), Some(Progress::Auto | Progress::Tty)) && printer::stderr_is_terminal()
    }

    /// Does something while the terminal is free.
    pub(crate) fn between_frames(&self, work: impl FnOnce()) {
        match &*self.ui.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(ui) => ui.suspend(work),
            None => work(),
        }
    }

    /// Runs module code.
    pub(crate) fn runtime(&self) -> Result<&Runtime, CliError> {
        if let Some(runtime) = self.runtime.get() {
            return Ok(runtime);
        }
        let options = RuntimeOptions {
            cache_dir: self.cache_dir()?,
            install_dir: Some(self.install_dir()?),
            limits: Limits::default(),
            snapshots: environment::snapshots(),
        };
        let runtime = Runtime::new(options, self.telemetry.clone())?;
        Ok(self.runtime.get_or_init(|| runtime))
    }

    /// The user's cache, for the runtime.
    pub(crate) fn cache_dir(&self) -> Result<Utf8PathBuf, CliError> {
        utf8(self.directories.cache.clone())
    }

    /// The installation, for the runtime.
    pub(crate) fn install_dir(&self) -> Result<Utf8PathBuf, CliError> {
        utf8(self.directories.install.clone())
    }

    /// The API.
    pub(crate) fn api(&self) -> Result<&Arc<Api>, CliError> {
        if let Some(api) = self.api.get() {
            return Ok(api);
        }
        let scratch = self.scratch()?;
        let api = Api::new(ApiOptions {
            engine: EngineSource::new(self.engine_options()?, self.telemetry.clone()),
            invoke: self.invoker.clone(),
            module_sources: Arc::new(SessionSources(self.itself.clone())),
            telemetry: self.telemetry.clone(),
            key: self.directories.object_key()?,
            workdir: self.workdir.clone(),
            terminal: Arc::new(OwnTerminal::new(Arc::clone(&self.ui))),
            scratch,
        });
        self.invoker.connect(self.runtime()?.clone(), &api);
        Ok(self.api.get_or_init(|| api))
    }

    /// Whether the session has a module of that identity whose files are in another place.
    pub(crate) fn is_elsewhere(&self, id: &ModuleId, locked: &LockedModule) -> bool {
        let on_disk = !matches!(locked.origin, Origin::Artifact(_));
        let known = self.api.get().filter(|_| on_disk);
        known.is_some_and(|api| api.is_elsewhere(id, &locked.context, &locked.source) == Some(true))
    }

    /// A directory that is gone with the session.
    fn scratch(&self) -> Result<PathBuf, CliError> {
        if let Some(scratch) = self.scratch.get() {
            return Ok(scratch.path().to_owned());
        }
        let made = tempfile::Builder::new().prefix("dockwright-").tempdir()?;
        Ok(self.scratch.get_or_init(|| made).path().to_owned())
    }

    /// Which engine to use.
    pub(crate) fn engine_options(&self) -> Result<EngineOptions, CliError> {
        let network = match environment::text(environment::ENGINE_NETWORK).as_deref() {
            None | Some("bridge") => NetworkMode::Bridge,
            Some("host") => NetworkMode::Host,
            Some(other) => {
                return Err(CliError::other(
                    "engine::network",
                    format!(
                        "{}: `{other}` is neither `bridge` nor `host`",
                        environment::ENGINE_NETWORK
                    ),
                ));
            }
        };
        let runtime_dir = match private_directory(&self.directories.runtime) {
            Ok(()) => self.directories.runtime.clone(),
            Err(error) => {
                tracing::debug!(%error, "the state directory cannot be written; this session uses one of its own");
                self.scratch()?.join("run")
            }
        };
        let workdir = blake3::hash(self.workdir.as_os_str().as_encoded_bytes());
        Ok(EngineOptions {
            address: environment::text(environment::ENGINE),
            image: environment::text(environment::ENGINE_IMAGE).unwrap_or_else(|| DEFAULT_IMAGE.to_owned()),
            config: environment::path(environment::ENGINE_CONFIG),
            network,
            runtime_dir,
            docker_config_dir: self.directories.docker_config.clone(),
            client_id: format!("dockwright-{}", workdir.to_hex().get(..16).unwrap_or_default()),
            open_commits: Some(self.directories.cache.join("git/open")),
            uploads_dir: Some(self.directories.cache.join("uploads")),
        })
    }

    /// Loads a module: its definition, and what is needed to call it. Progress shows when that takes long, as it does the first time.
    pub(crate) async fn load(&self, global: &GlobalOptions, reference: &str) -> Result<Served, CliError> {
        self.load_as_far(global, reference, Need::Code).await
    }

    /// Loads a module as far as its definition: code that is in a registry stays there.
    pub(crate) async fn load_definition(&self, global: &GlobalOptions, reference: &str) -> Result<Served, CliError> {
        self.load_as_far(global, reference, Need::Definition).await
    }

    /// Loads a module: all of it when its code will run, else as far as its definition.
    pub(crate) async fn load_as_needed(
        &self,
        global: &GlobalOptions,
        reference: &str,
        runs: bool,
    ) -> Result<Served, CliError> {
        let need = if runs { Need::Code } else { Need::Definition };
        self.load_as_far(global, reference, need).await
    }

    async fn load_as_far(&self, global: &GlobalOptions, reference: &str, need: Need) -> Result<Served, CliError> {
        self.network.get_or_init(|| global.network());
        let allowed = allowed::permissions(&global.allow)?;
        self.allowed.get_or_init(|| allowed);
        let mut loading = std::pin::pin!(loaded::load(self, reference, need));
        tokio::select! {
            served = &mut loading => served,
            () = tokio::time::sleep(QUIET_LOADING) => {
                self.show_progress(global);
                loading.await
            }
        }
    }

    /// Makes a loaded module callable, and for it those that it calls. The command line sees the module alone.
    pub(crate) fn serve(&self, served: Served) -> Result<(), CliError> {
        self.make_callable(served, true)
    }

    /// Makes a loaded module callable, and for it those that it calls. Nobody sees it yet.
    pub(crate) fn keep(&self, served: Served) -> Result<(), CliError> {
        self.make_callable(served, false)
    }

    fn make_callable(&self, mut served: Served, visible: bool) -> Result<(), CliError> {
        loaded::apply_user_defaults(&mut served, &self.workdir)?;
        let api = self.api()?;
        // Mapping the native code takes milliseconds of a processor, so it needs a thread: a task would wait until this one pauses. A failure shows
        // again when the code is called.
        let (runtime, callable) = (self.runtime()?.clone(), served.callable.clone());
        let handle = tokio::runtime::Handle::current();
        tokio::task::spawn_blocking(move || {
            if let Ok(source) = callable.source() {
                drop(handle.block_on(runtime.load(source)));
            }
        });
        let allowed = self.allowed.get().cloned().unwrap_or_default();
        let permissions = PermissionTable::new(served.locked(), &allowed)?;
        let below = std::mem::take(&mut served.below)
            .into_iter()
            .map(|below| (below, false));
        let toolchains = std::mem::take(&mut served.toolchains);
        let id = served.id().clone();
        for (module, visible) in below.chain([(served, visible)]) {
            // One that is there already stays as it is.
            if visible || !api.has(module.id()) {
                self.invoker.add(module.id().clone(), module.callable.clone());
                api.serve(module.into_served_module(&permissions)?, visible);
            }
        }
        for toolchain in toolchains {
            self.invoker.add(toolchain.id().clone(), toolchain.callable.clone());
            let rules = toolchain.rules.clone();
            api.serve_toolchain(&id, toolchain.into_served_module(&permissions)?, rules);
        }
        Ok(())
    }

    /// The field of `Query` that constructs the module's main object.
    pub(crate) fn entry<'m>(&self, merged: &'m Merged, module: &str) -> Result<&'m GraphField, CliError> {
        let field = merged.get("Query").and_then(|query| query.field(&camel_case(module)));
        field.ok_or_else(|| CliError::other("module::definition", format!("module `{module}` has no constructor")))
    }

    /// Ends everything in order: the engine's session, then the view.
    pub(crate) async fn close(&self) -> Result<(), CliError> {
        if let Some(api) = self.api.get() {
            api.close().await;
        }
        if self.runtime.get().is_some() {
            keeping::start(self);
        }
        if let Some(scratch) = self.scratch.get() {
            fs_err::remove_dir_all(scratch.path())?;
        }
        self.finish_view()
    }

    /// Lets go of a closed session at the end of the process, without tearing down what the process's end frees anyway.
    pub(crate) fn forget(self: Arc<Self>) {
        std::mem::forget(self);
    }

    /// Ends the view, so that others may print.
    pub(crate) fn finish_view(&self) -> Result<(), CliError> {
        let ui = self.ui.lock().unwrap_or_else(PoisonError::into_inner).take();
        match ui {
            Some(ui) => Ok(ui.finish()?),
            None => Ok(()),
        }
    }
}

fn utf8(path: PathBuf) -> Result<Utf8PathBuf, CliError> {
    Utf8PathBuf::from_path_buf(path)
        .map_err(|path| CliError::other("cli::path", format!("{} is not valid UTF-8", path.display())))
}
