//! The session's API: its recipes, its engine, its modules, its secrets. Everything that resolves a field is handed this.

use crate::access::HostView;
use crate::core_object::CoreObject;
use crate::dispatch::Dispatcher;
use crate::engine_source::EngineSource;
use crate::error::ApiError;
use crate::function_call::RunningCalls;
use crate::loaded_module::ServedModule;
use crate::memo::Memo;
use crate::module::Module;
use crate::recipe::{Call, Recipe};
use crate::secret::Secret;
use crate::store::Store;
use crate::terminal::TerminalHost;
use crate::toolchain::{Toolchain, ToolchainRules};
use crate::view::View;
use async_trait::async_trait;
use dockwright_engine::{Engine, SecretBytes};
use dockwright_schema::{
    Execute, Invoke, Merged, ModuleId, ModuleSources, ObjectId, ObjectKey, Principal, Request, Resolve, Schema,
    VisibleModule,
};
use dockwright_telemetry::Telemetry;
use futures::FutureExt;
use std::any::Any;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};

/// What an API is made of.
pub struct ApiOptions {
    /// Where containers run.
    pub engine: EngineSource,
    /// Calls functions of modules.
    pub invoke: Arc<dyn Invoke>,
    /// Finds, reads and loads sources of modules.
    pub module_sources: Arc<dyn ModuleSources>,
    /// Where events go.
    pub telemetry: Telemetry,
    /// Key of object IDs and secret names; stable for a user.
    pub key: ObjectKey,
    /// Where relative paths of the command line start.
    pub workdir: PathBuf,
    /// Who has a terminal for commands in containers.
    pub terminal: Arc<dyn TerminalHost>,
    /// A directory that only this session uses, for the modules' private directories; removed by whoever made it.
    pub scratch: PathBuf,
}

type AnyState = Arc<dyn Any + Send + Sync>;

/// The session's API.
pub struct Api {
    itself: Weak<Api>,
    options: ApiOptions,
    store: Store,
    states: Memo<ObjectId, AnyState>,
    /// Results of function calls, by the call's digest: a function runs once per session with the same arguments.
    pub(crate) calls: Memo<[u8; 32], serde_json::Value>,
    /// Calls of functions that run now.
    pub(crate) running: RunningCalls,
    secrets: Mutex<HashMap<ObjectId, Arc<Secret>>>,
    modules: RwLock<HashMap<ModuleId, Arc<ServedModule>>>,
    /// What the command line and clients see.
    served: RwLock<Vec<VisibleModule>>,
    /// `ModuleSource`s of modules that were loaded by way of one.
    sources: Mutex<HashMap<ModuleId, ObjectId>>,
    /// Those of them that are toolchains, each with the module that offers it.
    toolchains: RwLock<Vec<(ModuleId, VisibleModule, Arc<ToolchainRules>)>>,
    /// One for each list of modules that somebody sees, by their names and identities.
    schemas: Mutex<HashMap<Vec<(String, ModuleId)>, Schema>>,
}

impl Api {
    /// An API without modules.
    pub fn new(options: ApiOptions) -> Arc<Api> {
        let store = Store::new(options.key.clone());
        Arc::new_cyclic(|itself| Api {
            itself: itself.clone(),
            options,
            store,
            states: Memo::default(),
            calls: Memo::default(),
            running: RunningCalls::default(),
            secrets: Mutex::default(),
            modules: RwLock::default(),
            served: RwLock::default(),
            sources: Mutex::default(),
            toolchains: RwLock::default(),
            schemas: Mutex::default(),
        })
    }

    /// Makes a module callable. With `visible`, the command line and clients see it.
    pub fn serve(&self, module: ServedModule, visible: bool) {
        if visible {
            self.served
                .write()
                .unwrap_or_else(PoisonError::into_inner)
                .push(module.module.clone());
        }
        self.modules
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(module.id().clone(), Arc::new(module));
        self.schemas.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Makes modules that are callable already seen by the command line and clients, unless they are.
    pub(crate) fn show(&self, modules: Vec<VisibleModule>) -> Result<(), ApiError> {
        let mut served = self.served.write().unwrap_or_else(PoisonError::into_inner);
        let mut all = served.clone();
        for module in modules {
            if !all.iter().any(|seen| seen.id == module.id && seen.name == module.name) {
                all.push(module);
            }
        }
        self.merged(&all)?;
        *served = all;
        Ok(())
    }

    /// Makes a module callable as a toolchain of another one, for the command line and clients.
    pub fn serve_toolchain(&self, of: &ModuleId, module: ServedModule, rules: ToolchainRules) {
        self.toolchains.write().unwrap_or_else(PoisonError::into_inner).push((
            of.clone(),
            module.module.clone(),
            Arc::new(rules),
        ));
        self.serve(module, true);
    }

    /// The toolchains of a module, in the order of its manifest.
    pub(crate) fn toolchains_of(&self, module: &ModuleId) -> Vec<Toolchain> {
        let toolchains = self.toolchains.read().unwrap_or_else(PoisonError::into_inner);
        let mut found: Vec<Toolchain> = Vec::new();
        for (_, each, rules) in toolchains.iter().filter(|(of, ..)| of == module) {
            let is_new = !found.iter().any(|known| *known.served.id() == each.id);
            if let (true, Ok(served)) = (is_new, self.module(&each.id)) {
                found.push(Toolchain {
                    served,
                    rules: Arc::clone(rules),
                });
            }
        }
        found
    }

    /// The types of the modules that somebody sees.
    fn merged(&self, modules: &[VisibleModule]) -> Result<Merged, ApiError> {
        let toolchains = self.toolchains.read().unwrap_or_else(PoisonError::into_inner);
        let mut merged = Merged::new(modules);
        for module in modules {
            let offered = toolchains.iter().filter(|(of, ..)| *of == module.id);
            let offered = offered.filter(|(_, each, _)| modules.iter().any(|seen| seen.id == each.id));
            let offered: Vec<VisibleModule> = offered.map(|(_, each, _)| each.clone()).collect();
            merged = merged.and_then(|merged| merged.offering(module, &offered));
        }
        merged.map_err(|error| ApiError::other(error.to_string()))
    }

    /// The schema as the principal sees it.
    pub fn schema(self: &Arc<Self>, principal: &Principal) -> Result<Schema, ApiError> {
        let modules = match principal {
            Principal::CommandLine | Principal::Client | Principal::Guest => {
                self.served.read().unwrap_or_else(PoisonError::into_inner).clone()
            }
            Principal::Module(id) => {
                let module = self.module(id)?;
                std::iter::once(&module.module)
                    .chain(&module.dependencies)
                    .cloned()
                    .collect()
            }
        };
        let view = modules
            .iter()
            .map(|module| (module.name.clone(), module.id.clone()))
            .collect();
        let mut schemas = self.schemas.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(schema) = schemas.get(&view) {
            return Ok(schema.clone());
        }
        let merged = self.merged(&modules)?;
        let dispatcher = Dispatcher::new(self, View::new(modules));
        let schema = Schema::new(Arc::new(merged), Arc::new(dispatcher));
        schemas.insert(view, schema.clone());
        Ok(schema)
    }

    pub(crate) fn module_sources(&self) -> &Arc<dyn ModuleSources> {
        &self.options.module_sources
    }

    /// Where relative paths of the command line start.
    pub(crate) fn workdir(&self) -> &Path {
        &self.options.workdir
    }

    /// What gives the fields of these modules their values.
    pub(crate) fn dispatcher(self: &Arc<Self>, modules: Vec<VisibleModule>) -> Arc<dyn Resolve> {
        Arc::new(Dispatcher::new(self, View::new(modules)))
    }

    /// The source that a module was loaded from, when an object of the API says it.
    pub(crate) fn source_of(&self, module: &ModuleId) -> Option<ObjectId> {
        let sources = self.sources.lock().unwrap_or_else(PoisonError::into_inner);
        sources.get(module).cloned()
    }

    /// Keeps the source that a module was loaded from.
    pub(crate) fn keep_source(&self, module: &ModuleId, source: ObjectId) {
        let mut sources = self.sources.lock().unwrap_or_else(PoisonError::into_inner);
        sources.entry(module.clone()).or_insert(source);
    }

    /// Whether a module of that identity is part of the session.
    pub fn has(&self, module: &ModuleId) -> bool {
        self.module(module).is_ok()
    }

    /// Whether a module of that identity is part of the session and lies elsewhere, or nowhere; none when there is no such module.
    pub fn is_elsewhere(&self, module: &ModuleId, context_root: &Path, source_root: &Path) -> Option<bool> {
        let known = self.module(module).ok()?;
        let roots = (known.context_root.as_deref(), known.source_root.as_deref());
        Some(roots != (Some(context_root), Some(source_root)))
    }

    /// The ID of the `Module` that a module of the session is.
    pub fn module_object(&self, module: &VisibleModule) -> ObjectId {
        Module::id(self, module)
    }

    /// Ends the session with the engine.
    pub async fn close(&self) {
        self.options.engine.close().await;
    }

    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    pub(crate) fn telemetry(&self) -> &Telemetry {
        &self.options.telemetry
    }

    pub(crate) fn terminal(&self) -> &Arc<dyn TerminalHost> {
        &self.options.terminal
    }

    pub(crate) fn invoker(&self) -> &Arc<dyn Invoke> {
        &self.options.invoke
    }

    pub(crate) async fn engine(&self) -> Result<&Engine, ApiError> {
        self.options.engine.get().await
    }

    pub(crate) fn engine_source(&self) -> &EngineSource {
        &self.options.engine
    }

    pub(crate) async fn running_engine(&self) -> Option<&Engine> {
        self.options.engine.get_running().await
    }

    pub(crate) fn module(&self, id: &ModuleId) -> Result<Arc<ServedModule>, ApiError> {
        let modules = self.modules.read().unwrap_or_else(PoisonError::into_inner);
        modules
            .get(id)
            .cloned()
            .ok_or_else(|| ApiError::other(format!("module {} is not part of this session", id.0)))
    }

    /// The host as the principal sees it; a module's private directory is made when it first asks.
    pub(crate) fn host_view(&self, principal: &Principal) -> Result<HostView, ApiError> {
        match principal {
            Principal::CommandLine | Principal::Client => Ok(HostView::Whole {
                workdir: self.options.workdir.clone(),
            }),
            Principal::Module(id) => {
                let root = self.options.scratch.join("modules").join(&*id.0);
                fs_err::create_dir_all(&root).map_err(|error| ApiError::other(error.to_string()))?;
                Ok(HostView::Sandbox { root })
            }
            Principal::Guest => Err(ApiError::HostKept {
                what: "the host".to_owned(),
            }),
        }
    }

    /// A new directory below the session's own, gone with the session.
    pub(crate) fn scratch_directory(&self, prefix: &str) -> Result<PathBuf, ApiError> {
        let failed = |error: std::io::Error| ApiError::other(format!("cannot make a temporary directory: {error}"));
        fs_err::create_dir_all(&self.options.scratch).map_err(failed)?;
        let made = tempfile::Builder::new()
            .prefix(prefix)
            .tempdir_in(&self.options.scratch);
        made.map(tempfile::TempDir::keep).map_err(failed)
    }

    /// Keeps a secret whose plaintext a client gave.
    pub(crate) fn keep_secret(&self, id: ObjectId, name: &str, plaintext: SecretBytes) {
        let mut secrets = self.secrets.lock().unwrap_or_else(PoisonError::into_inner);
        secrets
            .entry(id)
            .or_insert_with(|| Arc::new(Secret::in_memory(name, plaintext)));
    }

    /// The state of an object, evaluated once per session. Objects of the same type below it are evaluated first, one after the other, so that a
    /// long chain does not nest.
    pub(crate) async fn state<T: CoreObject>(
        self: &Arc<Self>,
        id: &ObjectId,
        request: &Arc<Request>,
    ) -> Result<Arc<T>, ApiError> {
        let mut chain = Vec::new();
        let mut at = Some(id.clone());
        while let Some(id) = at.take() {
            if &**id.type_name() != T::TYPE || self.states.has(&id) {
                break;
            }
            let recipe = self.store.get(&id)?;
            if let Recipe::Call(call) = &*recipe {
                at = call.parent.clone();
            }
            chain.push((id, recipe));
        }
        while let Some((id, recipe)) = chain.pop() {
            self.evaluate::<T>(id, recipe, request).await?;
        }
        let recipe = self.store.get(id)?;
        let state = self.evaluate::<T>(id.clone(), recipe, request).await?;
        state.downcast::<T>().map_err(|_| ApiError::WrongType {
            id: id.to_string(),
            found: id.type_name().to_string(),
            expected: T::TYPE.to_owned(),
        })
    }

    /// The state of the object that a call is made on.
    pub(crate) async fn parent_state<T: CoreObject>(
        self: &Arc<Self>,
        call: &Call,
        request: &Arc<Request>,
    ) -> Result<Arc<T>, ApiError> {
        match &call.parent {
            Some(parent) => self.state::<T>(parent, request).await,
            None => Err(ApiError::other(format!(
                "{}.{} has no parent",
                call.parent_type, call.field
            ))),
        }
    }

    async fn evaluate<T: CoreObject>(
        self: &Arc<Self>,
        id: ObjectId,
        recipe: Arc<Recipe>,
        request: &Arc<Request>,
    ) -> Result<AnyState, ApiError> {
        if let Recipe::Secret { .. } = &*recipe {
            let secrets = self.secrets.lock().unwrap_or_else(PoisonError::into_inner);
            let secret = secrets
                .get(&id)
                .cloned()
                .ok_or_else(|| ApiError::UnknownId(id.to_string()))?;
            return Ok(secret);
        }
        if let Recipe::Part { state, .. } = &*recipe {
            return Ok(state.0.clone());
        }
        let (api, request) = (self.clone(), request.clone());
        self.states
            .get(id.clone(), move || {
                async move {
                    match &*recipe {
                        Recipe::Call(call) => Ok(Arc::new(T::evaluate(&api, call, &request).await?) as AnyState),
                        _ => Err(ApiError::WrongType {
                            id: id.to_string(),
                            found: id.type_name().to_string(),
                            expected: T::TYPE.to_owned(),
                        }),
                    }
                }
                .boxed()
            })
            .await
    }
}

/// The API as something that requests are sent to.
#[async_trait]
impl Execute for Api {
    async fn execute(&self, request: Request) -> String {
        let schema = self
            .itself
            .upgrade()
            .ok_or_else(|| ApiError::other("the session has ended"))
            .and_then(|api| api.schema(&request.principal));
        match schema {
            Ok(schema) => schema.execute(request).await,
            Err(error) => serde_json::json!({"data": null, "errors": [{"message": error.to_string()}]}).to_string(),
        }
    }
}
