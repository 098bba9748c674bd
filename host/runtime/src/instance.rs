//! One instance of a component: its state on the host, what it may see, how long it may run. It serves one call and goes.

use crate::bindings::Runtime as World;
use crate::bindings::exports::dockwright::module::functions::Failure as WitFailure;
use crate::call_error::{CallError, Stop};
use crate::engine::TICK;
use crate::error::RuntimeError;
use crate::imports::api::{Door, Requests};
use crate::language::Grants;
use crate::language::go::LastWords;
use crate::limits::{Accountant, Limits};
use crate::linked::{Guest, Linked};
use crate::output::Output;
use crate::slots::{Slot, Slots};
use crate::snapshot::Watch;
use dockwright_telemetry::Stream;
use tempfile::TempDir;
use wasmtime::component::{ResourceTable, Val};
use wasmtime::{Store, UpdateDeadline};
use wasmtime_wasi::{FsPerms, WasiCtx, WasiCtxBuilder, WasiCtxView, WasiView};

/// What the host keeps for one instance.
pub(crate) struct State {
    wasi: WasiCtx,
    table: ResourceTable,
    accountant: Accountant,
    time: GuestTime,
    slots: Slots,
    /// Held while guest code may run, given away while it waits.
    slot: Option<Slot>,
    pub(crate) requests: Requests,
    pub(crate) output: Output,
    /// Why the guest is about to abort itself, if it says so.
    pub(crate) last_words: LastWords,
    pub(crate) grants: Grants,
    /// `/tmp` of the guest; removed with the state.
    _tmp: Option<TempDir>,
    watch: Option<Watch>,
}

/// Time that guest code ran, in ticks.
struct GuestTime {
    left: u128,
    /// The next tick covers time that the guest waited, and is free.
    waited: bool,
}

/// An instance that can be called.
pub(crate) struct Instance {
    store: Store<State>,
    guest: Guest,
    limits: Limits,
}

/// What an instance is made with.
pub(crate) struct Parts {
    pub(crate) grants: Grants,
    pub(crate) door: Door,
    pub(crate) output: Output,
    /// Notices what the guest asks that would be answered otherwise another time.
    pub(crate) watch: Option<Watch>,
}

impl Instance {
    /// Starts an instance; waits until one may run.
    pub(crate) async fn start(
        linked: &Linked,
        limits: &Limits,
        slots: &Slots,
        parts: Parts,
    ) -> Result<Instance, CallError> {
        let slot = slots
            .acquire()
            .await
            .map_err(|error| RuntimeError::Slot(error.to_string()))?;
        let mut store = Store::new(linked.engine(), State::new(linked, limits, slots.clone(), slot, parts)?);
        store.limiter(|state| &mut state.accountant);
        store.set_epoch_deadline(1);
        store.epoch_deadline_callback(|mut hook| {
            hook.data_mut().time.tick()?;
            Ok(UpdateDeadline::YieldCustom(1, Box::pin(tokio::task::yield_now())))
        });
        match linked.instantiate(&mut store).await {
            Ok(guest) => Ok(Instance {
                store,
                guest,
                limits: limits.clone(),
            }),
            Err(error) => Err(CallError::from_wasmtime(
                &error,
                limits,
                store.data().accountant.denied(),
            )),
        }
    }

    /// Calls an export of a module and ends the instance.
    pub(crate) async fn call<T>(
        mut self,
        export: impl AsyncFnOnce(&World, &mut Store<State>) -> wasmtime::Result<T>,
    ) -> Result<T, CallError> {
        let result = match &self.guest {
            Guest::World(world) => export(world, &mut self.store).await,
            Guest::Typed(_) => Err(wasmtime::Error::msg("the component is no module of dockwright's world")),
        };
        self.finish(result)
    }

    /// Calls an exported function by its name and that of its interface, if it is in one, and ends the instance.
    pub(crate) async fn call_export(
        mut self,
        interface: Option<&str>,
        function: &str,
        arguments: &[Val],
        results: &mut [Val],
    ) -> Result<(), CallError> {
        let result = match &self.guest {
            Guest::Typed(instance) => {
                let store = &mut self.store;
                let interface = interface.and_then(|name| instance.get_export_index(&mut *store, None, name));
                let index = instance.get_export_index(&mut *store, interface.as_ref(), function);
                match index.and_then(|index| instance.get_func(&mut *store, index)) {
                    Some(function) => function.call_async(&mut *store, arguments, results).await,
                    None => Err(wasmtime::Error::msg("the component has no such function")),
                }
            }
            Guest::World(_) => Err(wasmtime::Error::msg("modules are called through their world")),
        };
        self.finish(result)
    }

    /// Asks the module what it offers and leaves the instance as it is then. Its answer is of no interest.
    pub(crate) async fn describe(&mut self) -> Result<Result<(), WitFailure>, CallError> {
        let result = match &self.guest {
            Guest::World(world) => {
                let functions = world.dockwright_module_functions();
                functions.call_describe(&mut self.store).await
            }
            Guest::Typed(_) => Err(wasmtime::Error::msg("the component is no module of dockwright's world")),
        };
        let denied = self.store.data().accountant.denied();
        let described = result.map_err(|error| CallError::from_wasmtime(&error, &self.limits, denied))?;
        Ok(described.map(|_| ()))
    }

    /// Whether the guest has asked anything of the API.
    pub(crate) fn has_sent_requests(&self) -> bool {
        self.store.data().requests.any_sent()
    }

    /// The module and where it runs, to call it in a way of one's own.
    pub(crate) fn world(&mut self) -> Option<(&World, &mut Store<State>)> {
        match &self.guest {
            Guest::World(world) => Some((world, &mut self.store)),
            Guest::Typed(_) => None,
        }
    }

    /// What is left when the guest is not called again.
    pub(crate) fn into_store(self) -> Store<State> {
        self.store
    }

    fn finish<T>(self, result: wasmtime::Result<T>) -> Result<T, CallError> {
        let state = self.store.data();
        let result = result.map_err(|error| {
            let own = CallError::from_wasmtime(&error, &self.limits, state.accountant.denied());
            let aborted = matches!(own, CallError::Trapped { .. } | CallError::OutOfMemory { .. });
            let said = aborted.then(|| state.last_words.error(&self.limits));
            said.flatten().unwrap_or(own)
        });
        if !matches!(result, Err(CallError::Failure(_))) {
            state
                .output
                .write(Stream::Stderr, state.last_words.printed().as_bytes());
        }
        state.output.finish();
        result
    }
}

impl State {
    fn new(linked: &Linked, limits: &Limits, slots: Slots, slot: Slot, parts: Parts) -> Result<State, RuntimeError> {
        let Parts {
            grants,
            door,
            output,
            watch,
        } = parts;
        let (wasi, tmp) = if linked.wants_wasi() {
            wasi(&grants, &output, watch.as_ref())?
        } else {
            (WasiCtxBuilder::new().build(), None)
        };
        Ok(State {
            wasi,
            table: ResourceTable::new(),
            accountant: Accountant::new(limits),
            time: GuestTime {
                left: limits.guest_time.as_nanos().div_ceil(TICK.as_nanos()),
                waited: false,
            },
            slots,
            slot: Some(slot),
            requests: Requests::new(door, limits.requests),
            output,
            last_words: LastWords::default(),
            grants,
            _tmp: tmp,
            watch,
        })
    }

    /// The guest asks something that is answered otherwise each time.
    pub(crate) fn asked_for_the_moment(&self) {
        if let Some(watch) = &self.watch {
            watch.note();
        }
    }

    /// Guest code waits: others may run, and its time stands still.
    pub(crate) fn pause(&mut self) {
        self.slot = None;
    }

    /// Guest code goes on, as soon as it may.
    pub(crate) async fn resume(&mut self) -> wasmtime::Result<()> {
        self.slot = Some(
            self.slots
                .acquire()
                .await
                .map_err(|error| Stop::Slot(error.to_string()))?,
        );
        self.time.waited = true;
        Ok(())
    }
}

impl GuestTime {
    fn tick(&mut self) -> Result<(), Stop> {
        if !std::mem::take(&mut self.waited) {
            self.left = self.left.checked_sub(1).ok_or(Stop::Timeout)?;
        }
        Ok(())
    }
}

/// WASI with nothing in it but what is granted: no network, no arguments, no inherited stream or variable.
fn wasi(grants: &Grants, output: &Output, watch: Option<&Watch>) -> Result<(WasiCtx, Option<TempDir>), RuntimeError> {
    let mut builder = WasiCtxBuilder::new();
    if let Some(watch) = watch {
        watch.over(&mut builder);
    }
    builder
        .allow_blocking_current_thread(true)
        .allow_tcp(false)
        .allow_udp(false)
        .allow_ip_name_lookup(false)
        .stdout(output.stream(Stream::Stdout))
        .stderr(output.stream(Stream::Stderr));
    for (name, value) in &grants.environment {
        builder.env(name, value);
    }
    for preopen in &grants.preopens {
        let permissions = if preopen.writable {
            FsPerms::ReadWrite
        } else {
            FsPerms::ReadOnly
        };
        builder
            .preopened_dir(&preopen.host, preopen.guest, permissions)
            .map_err(|error| folder(preopen.host.clone(), std::io::Error::other(format!("{error:#}"))))?;
    }
    let tmp = if grants.private_tmp {
        let tmp = tempfile::Builder::new()
            .prefix("dockwright-")
            .tempdir()
            .map_err(|error| folder("/tmp".into(), error))?;
        builder
            .preopened_dir(tmp.path(), "/tmp", FsPerms::ReadWrite)
            .map_err(|error| folder("/tmp".into(), std::io::Error::other(format!("{error:#}"))))?;
        Some(tmp)
    } else {
        None
    };
    Ok((builder.build(), tmp))
}

fn folder(path: camino::Utf8PathBuf, source: std::io::Error) -> RuntimeError {
    RuntimeError::Folder {
        path,
        source: source.into(),
    }
}

impl WasiView for State {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView {
            ctx: &mut self.wasi,
            table: &mut self.table,
        }
    }
}
