//! Runs command programs of the installation: arguments and folders in, files, messages and a status out.
//!
//! Unlike a module or a [tool](crate::Language::Tool), such a program is a core module for `wasi_snapshot_preview1`, as compilers
//! make them. It lies in the installation as a component that does nothing but export it as `program`, so that its native code
//! is made, trusted and kept as all native code is. It sees the folders that are named, and no network.

use crate::call_error::{CallError, Stop};
use crate::engine::TICK;
use crate::error::RuntimeError;
use crate::language::{Language, ModuleSource};
use crate::limits::{Accountant, Limits};
use crate::runtime::Runtime;
use camino::Utf8PathBuf;
use std::time::Duration;
use wasmtime::component::{Component, Linker as ComponentLinker};
use wasmtime::{Engine, InstancePre, Linker, Module, Store, UpdateDeadline};
use wasmtime_wasi::p1::{self, WasiP1Ctx};
use wasmtime_wasi::p2::pipe::MemoryOutputPipe;
use wasmtime_wasi::{FsPerms, I32Exit, WasiCtxBuilder};

/// Name under which the component exports the program.
const EXPORT: &str = "program";

/// What programs import from, and how further names of it begin.
const WASI: &str = "wasi_snapshot_preview1";
const ALIAS: &str = "wasi_snapshot_preview1#";

/// Bytes of each output stream that are kept. Compilers stop after a few errors.
const OUTPUT: usize = 1 << 20;

/// One run of a program.
#[derive(Clone, Debug)]
pub struct ProgramRun {
    /// Its name among the runtimes of the installation, such as `go-link`.
    pub name: &'static str,
    /// Arguments, without the program's name.
    pub arguments: Vec<String>,
    /// All variables that it sees.
    pub environment: Vec<(String, String)>,
    /// All folders that it sees.
    pub folders: Vec<ProgramFolder>,
    /// Bytes of memory that it may use; WebAssembly itself ends at 4 GiB.
    pub memory: u64,
    /// Time that its code may run.
    pub time: Duration,
}

/// A folder that a program sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramFolder {
    /// The folder.
    pub host: Utf8PathBuf,
    /// Its path for the program, such as `/src`.
    pub guest: String,
    /// Whether files can be made and changed in it.
    pub writable: bool,
}

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramEnd {
    /// Its status; 0 means success.
    pub status: i32,
    /// What it printed, up to 1 MiB.
    pub stdout: String,
    /// What it complained of, up to 1 MiB.
    pub stderr: String,
}

/// A program that is ready to start.
pub(crate) type Program = InstancePre<State>;

/// What the host keeps for a run.
pub(crate) struct State {
    wasi: WasiP1Ctx,
    accountant: Accountant,
    /// Ticks that are left.
    left: u128,
}

impl Runtime {
    /// Runs a program. It is stopped when the future is dropped.
    ///
    /// # Errors
    /// It is not installed, a folder is missing, a limit is reached, or it crashed. A status other than 0 is no error.
    pub async fn run_program(&self, run: &ProgramRun) -> Result<ProgramEnd, CallError> {
        let source = ModuleSource {
            name: run.name.to_owned(),
            digest: String::new(),
            language: Language::Tool { name: run.name },
        };
        let program = self.load_program(&source).await?;
        let inner = &self.inner;
        let limits = Limits {
            memory: run.memory,
            guest_time: run.time,
            ..inner.options.limits.clone()
        };
        let (stdout, stderr) = (MemoryOutputPipe::new(OUTPUT), MemoryOutputPipe::new(OUTPUT));
        let state = State {
            wasi: wasi(run, &stdout, &stderr)?,
            accountant: Accountant::new(&limits),
            left: run.time.as_nanos().div_ceil(TICK.as_nanos()),
        };
        let _slot = inner
            .slots
            .acquire()
            .await
            .map_err(|error| RuntimeError::Slot(error.to_string()))?;
        let mut store = Store::new(&inner.full.engine, state);
        store.limiter(|state| &mut state.accountant);
        store.set_epoch_deadline(1);
        store.epoch_deadline_callback(|mut hook| {
            let state = hook.data_mut();
            state.left = state.left.checked_sub(1).ok_or(Stop::Timeout)?;
            Ok(UpdateDeadline::YieldCustom(1, Box::pin(tokio::task::yield_now())))
        });
        let status = match start(&program, &mut store).await {
            Ok(()) => 0,
            Err(error) => match error.downcast_ref::<I32Exit>() {
                Some(exit) => exit.0,
                None => {
                    let denied = store.data().accountant.denied();
                    return Err(CallError::from_wasmtime(&error, &limits, denied));
                }
            },
        };
        Ok(ProgramEnd {
            status,
            stdout: text(&stdout),
            stderr: text(&stderr),
        })
    }
}

async fn start(program: &Program, store: &mut Store<State>) -> wasmtime::Result<()> {
    let instance = program.instantiate_async(&mut *store).await?;
    let start = instance.get_typed_func::<(), ()>(&mut *store, "_start")?;
    start.call_async(store, ()).await
}

fn text(pipe: &MemoryOutputPipe) -> String {
    String::from_utf8_lossy(&pipe.contents()).into_owned()
}

fn wasi(run: &ProgramRun, stdout: &MemoryOutputPipe, stderr: &MemoryOutputPipe) -> Result<WasiP1Ctx, RuntimeError> {
    let mut builder = WasiCtxBuilder::new();
    builder
        .allow_blocking_current_thread(true)
        .allow_tcp(false)
        .allow_udp(false)
        .allow_ip_name_lookup(false)
        .stdout(stdout.clone())
        .stderr(stderr.clone())
        .arg(run.name)
        .args(&run.arguments)
        .envs(&run.environment);
    for folder in &run.folders {
        let permissions = if folder.writable {
            FsPerms::ReadWrite
        } else {
            FsPerms::ReadOnly
        };
        builder
            .preopened_dir(&folder.host, &folder.guest, permissions)
            .map_err(|error| RuntimeError::Folder {
                path: folder.host.clone(),
                source: std::sync::Arc::new(std::io::Error::other(format!("{error:#}"))),
            })?;
    }
    Ok(builder.build_p1())
}

/// Takes the program out of its component and gives it what it imports.
pub(crate) fn link(engine: &Engine, component: &Component, name: &str) -> Result<Program, RuntimeError> {
    let world = |message: String| RuntimeError::World {
        module: name.to_owned(),
        message,
    };
    let module = exported(engine, component)
        .map_err(|error| world(format!("{error:#}")))?
        .ok_or_else(|| world(format!("it exports no core module `{EXPORT}`")))?;
    linked(engine, &module).map_err(|error| world(format!("{error:#}")))
}

fn linked(engine: &Engine, module: &Module) -> wasmtime::Result<Program> {
    let mut linker = Linker::new(engine);
    p1::add_to_linker_async(&mut linker, |state: &mut State| &mut state.wasi)?;
    // A component may not hold a module with two imports of the same name; the second is of `wasi_snapshot_preview1#2`.
    let mut aliases: Vec<&str> = module.imports().map(|import| import.module()).collect();
    aliases.sort_unstable();
    aliases.dedup();
    for alias in aliases.into_iter().filter(|alias| alias.starts_with(ALIAS)) {
        linker.alias_module(WASI, alias)?;
    }
    linker.instantiate_pre(module)
}

/// An instance of the component runs nothing; it is only the way to what it exports.
fn exported(engine: &Engine, component: &Component) -> wasmtime::Result<Option<Module>> {
    let mut store = Store::new(engine, ());
    let instance = ComponentLinker::new(engine).instantiate(&mut store, component)?;
    Ok(instance.get_module(&mut store, EXPORT))
}
