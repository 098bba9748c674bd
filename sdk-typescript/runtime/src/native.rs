//! The functions that the runtime's JavaScript gets from Rust: the module `dockwright:native`.

use crate::bundle::{self, Kind};
use crate::world::system::{self, Level};
use crate::{clock, loader, requests, text, timers};
use rquickjs::context::EvalOptions;
use rquickjs::function::{IntoJsFunc, Opt};
use rquickjs::module::{Declarations, Exports, ModuleDef};
use rquickjs::{ArrayBuffer, Ctx, Exception, Function, Result, Value};

/// What precedes the code of a CommonJS file, on its first line.
const WRAPPER: &str = "(function (exports, require, module, __filename, __dirname) {";

/// The module.
pub(crate) struct Native;

const NAMES: [&str; 14] = [
    "submit",
    "cancel",
    "arm",
    "disarm",
    "log",
    "monotonic",
    "random",
    "randomBytes",
    "encode",
    "decode",
    "resolve",
    "kind",
    "compile",
    "take",
];

impl ModuleDef for Native {
    fn declare(declarations: &Declarations<'_>) -> Result<()> {
        for name in NAMES {
            declarations.declare(name)?;
        }
        Ok(())
    }

    fn evaluate<'js>(ctx: &Ctx<'js>, exports: &Exports<'js>) -> Result<()> {
        fn give<'js, P>(
            ctx: &Ctx<'js>,
            exports: &Exports<'js>,
            name: &str,
            f: impl IntoJsFunc<'js, P> + 'js,
        ) -> Result<()> {
            exports.export(name, Function::new(ctx.clone(), f)?.with_name(name)?)?;
            Ok(())
        }
        give(
            ctx,
            exports,
            "submit",
            |document: String, variables: Opt<Option<String>>| {
                requests::submit(&document, variables.0.flatten().as_deref()) as f64
            },
        )?;
        give(ctx, exports, "cancel", |id: f64| requests::cancel(id as u64))?;
        give(ctx, exports, "arm", timers::arm)?;
        give(ctx, exports, "disarm", timers::disarm)?;
        give(ctx, exports, "log", log)?;
        give(ctx, exports, "monotonic", || clock::monotonic_ns() as f64 / 1e6)?;
        give(ctx, exports, "random", || {
            (clock::random() >> 11) as f64 / (1u64 << 53) as f64
        })?;
        give(ctx, exports, "randomBytes", random_bytes)?;
        give(ctx, exports, "encode", text::encode)?;
        give(ctx, exports, "decode", text::decode)?;
        give(ctx, exports, "resolve", resolve)?;
        give(ctx, exports, "kind", kind)?;
        give(ctx, exports, "compile", compile)?;
        give(ctx, exports, "take", |id: String| bundle::take(&id))
    }
}

/// 0 debug, 1 info, 2 warn, 3 error.
fn log(level: u8, message: String) {
    if clock::live() {
        let level = match level {
            0 => Level::Debug,
            1 => Level::Info,
            2 => Level::Warn,
            _ => Level::Error,
        };
        system::log(level, &message);
    }
}

fn random_bytes(ctx: Ctx<'_>, count: usize) -> Result<ArrayBuffer<'_>> {
    let mut bytes = Vec::with_capacity(count.next_multiple_of(8));
    while bytes.len() < count {
        bytes.extend_from_slice(&clock::random().to_le_bytes());
    }
    bytes.truncate(count);
    ArrayBuffer::new(ctx, bytes)
}

/// Where `require` of a file leads.
fn resolve(ctx: Ctx<'_>, from: String, specifier: String) -> Result<String> {
    loader::resolve(&from, &specifier).ok_or_else(|| loader::not_found(&ctx, &from, &specifier))
}

fn kind(id: String) -> Option<&'static str> {
    Some(match bundle::kind(&id)? {
        Kind::Esm => "esm",
        Kind::Cjs => "cjs",
        Kind::Json => "json",
    })
}

/// The function that a CommonJS file is.
fn compile(ctx: Ctx<'_>, id: String) -> Result<Value<'_>> {
    let code = bundle::take(&id).ok_or_else(|| Exception::throw_reference(&ctx, &format!("there is no file {id}")))?;
    let code = code.strip_prefix("#!").map_or(code.clone(), |rest| format!("//{rest}"));
    let mut options = EvalOptions::default();
    options.strict = false;
    options.filename = Some(id);
    ctx.eval_with_options(format!("{WRAPPER}{code}\n}})"), options)
}
