//! The one JavaScript engine of an instance.

use crate::loader::{FilesLoader, FilesResolver};
use crate::rejections;
use crate::world::functions::FunctionCall;
use rquickjs::{Context, Ctx, Function, Object, Persistent, Promise, Runtime};
use std::cell::OnceCell;

/// Bytes of the linear memory's stack that JavaScript may use; the linker gives 4 MiB (`.cargo/config.toml`). The host's
/// stack for WebAssembly code (32 MiB) must not end earlier: a recursion then is a `RangeError` and no trap.
const STACK: usize = 1 << 20;

/// File that exports what the runtime calls.
const MAIN: &str = "sdk:runtime/main.js";

thread_local! {
    static ENGINE: OnceCell<Engine> = const { OnceCell::new() };
}

struct Engine {
    /// Not used again, but the context needs it.
    _runtime: Runtime,
    context: Context,
    hooks: Persistent<Object<'static>>,
}

/// What `js/main.js` exports.
pub(crate) struct Hooks<'js> {
    ctx: Ctx<'js>,
    object: Object<'js>,
}

/// Starts the engine and evaluates the globals and the SDK, whose files are known already. Called once.
pub(crate) fn start() -> Result<(), String> {
    let runtime = Runtime::new().map_err(|error| error.to_string())?;
    runtime.set_max_stack_size(STACK);
    runtime.set_loader(FilesResolver, FilesLoader);
    runtime.set_host_promise_rejection_tracker(Some(Box::new(rejections::track)));
    let context = Context::full(&runtime).map_err(|error| error.to_string())?;
    let hooks = context.with(|ctx| {
        let told = |error: rquickjs::Error| rquickjs::CaughtError::from_error(&ctx, error).to_string();
        let imported = rquickjs::Module::import(&ctx, MAIN).map_err(told)?;
        while ctx.execute_pending_job() {}
        let object: Object<'_> = imported.finish().map_err(told)?;
        Ok::<_, String>(Persistent::save(&ctx, object))
    })?;
    runtime.run_gc();
    let engine = Engine {
        _runtime: runtime,
        context,
        hooks,
    };
    ENGINE
        .with(|cell| cell.set(engine))
        .map_err(|_| "the engine was started twice".to_owned())
}

/// Runs something in the engine.
pub(crate) fn with<R>(run: impl for<'js> FnOnce(Hooks<'js>) -> R) -> R {
    let (context, hooks) = ENGINE.with(|cell| {
        let engine = cell.get().expect("the snapshot holds an engine");
        (engine.context.clone(), engine.hooks.clone())
    });
    context.with(|ctx| {
        let object = hooks.restore(&ctx).expect("the hooks belong to this engine");
        run(Hooks { ctx, object })
    })
}

impl<'js> Hooks<'js> {
    /// The context.
    pub(crate) fn ctx(&self) -> &Ctx<'js> {
        &self.ctx
    }

    /// Runs jobs until there is none.
    pub(crate) fn run_jobs(&self) {
        while self.ctx.execute_pending_job() {}
    }

    fn function(&self, name: &str) -> rquickjs::Result<Function<'js>> {
        self.object.get(name)
    }

    /// Evaluates a file of the bundle.
    pub(crate) fn load(&self, entry: &str) -> rquickjs::Result<Promise<'js>> {
        self.function("load")?.call((entry,))
    }

    /// Calls a function of the module.
    pub(crate) fn invoke(&self, types: &str, call: &FunctionCall) -> rquickjs::Result<Promise<'js>> {
        let arguments = rquickjs::Array::new(self.ctx.clone())?;
        for (index, argument) in call.arguments.iter().enumerate() {
            let object = Object::new(self.ctx.clone())?;
            object.set("name", argument.name.as_str())?;
            object.set("value", argument.value.as_str())?;
            arguments.set(index, object)?;
        }
        self.function("invoke")?.call((
            types,
            call.parent_type.as_str(),
            call.parent.as_str(),
            call.name.as_str(),
            arguments,
        ))
    }

    /// Tells JavaScript that a request ended.
    pub(crate) fn complete(&self, id: u64, outcome: &Result<String, String>) -> rquickjs::Result<()> {
        let (ok, text) = match outcome {
            Ok(text) => (true, text),
            Err(text) => (false, text),
        };
        self.function("complete")?.call((id as f64, ok, text.as_str()))
    }

    /// Tells JavaScript that a timer is due.
    pub(crate) fn fire(&self, timer: u32) -> rquickjs::Result<()> {
        self.function("fire")?.call((timer,))
    }

    /// Logs a rejection that nothing handles.
    pub(crate) fn unhandled(&self, reason: rquickjs::Value<'js>) -> rquickjs::Result<()> {
        self.function("unhandled")?.call((reason,))
    }
}
