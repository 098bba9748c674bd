//! Measures what a call of a module costs: `measure <install dir> <module source> <object> <function> [argument=json]…`, or
//! `measure <component.wasm> …` for a module that is a component. The source of a TypeScript module is its `bundle.json`. Prints the first time and the best, median and 90th percentile
//! of the rest, in milliseconds.

#![allow(clippy::print_stdout, missing_docs, reason = "a program for developers")]

use camino::{Utf8Path, Utf8PathBuf};
use dockwright_runtime::{Language, Limits, ModuleSource, Runtime, RuntimeOptions};
use dockwright_schema::{CallStack, Execute, FunctionCall, Principal, Request};
use dockwright_telemetry::Telemetry;
use std::error::Error;
use std::sync::Arc;
use std::time::Instant;

const TIMES: usize = 50;

struct Nothing;

#[async_trait::async_trait]
impl Execute for Nothing {
    async fn execute(&self, _: Request) -> String {
        r#"{"data":null}"#.to_owned()
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || {
        arguments
            .next()
            .ok_or("usage: measure <install dir> <source> <object> <function> [name=json]…")
    };
    let install = Utf8PathBuf::from(next()?);
    let language = if install.extension() == Some("wasm") {
        Language::Component { path: install.clone() }
    } else {
        let source = Utf8PathBuf::from(next()?);
        if source.extension() == Some("json") {
            Language::TypeScript {
                maps: source.with_file_name("maps.json"),
                bundle: source,
            }
        } else {
            Language::Python {
                root: source,
                dependencies: None,
                generated: None,
            }
        }
    };
    let (parent_type, name) = (next()?, next()?);
    let arguments = arguments
        .map(|argument| {
            let (name, value) = argument.split_once('=').ok_or("an argument is name=json")?;
            Ok((name.to_owned(), serde_json::from_str(value)?))
        })
        .collect::<Result<Vec<_>, Box<dyn Error>>>()?;
    let call = FunctionCall {
        parent_type,
        parent: serde_json::json!({}),
        name,
        arguments,
    };

    let begin = Instant::now();
    let cache_dir = Utf8Path::new("target/tmp/measure").to_owned();
    let options = RuntimeOptions {
        cache_dir,
        install_dir: Some(install),
        limits: Limits::default(),
        snapshots: true,
    };
    let runtime = Runtime::new(options, Telemetry::new())?;
    println!("new       {:8.3}", milliseconds(begin));
    let begin = Instant::now();
    let source = ModuleSource {
        name: "ci".into(),
        digest: "measured".into(),
        language,
    };
    let module = runtime.load(&source).await?;
    println!("load      {:8.3}", milliseconds(begin));

    let (mut describe, mut invoke) = (Vec::new(), Vec::new());
    // A TypeScript module is described without its runtime.
    let describes = !matches!(module.source().language, Language::TypeScript { .. });
    for _ in 0..if describes { TIMES } else { 0 } {
        let begin = Instant::now();
        runtime.describe(&module).await?;
        describe.push(milliseconds(begin));
    }
    for _ in 0..TIMES {
        let begin = Instant::now();
        let execute = Arc::new(Nothing);
        runtime
            .invoke(
                &module,
                call.clone(),
                execute,
                Principal::CommandLine,
                CallStack::default(),
                0,
            )
            .await?;
        invoke.push(milliseconds(begin));
    }
    if describes {
        report("describe", describe);
    }
    report("invoke", invoke);
    Ok(())
}

fn report(what: &str, times: Vec<f64>) {
    let first = times.first().copied().unwrap_or_default();
    let mut times = times;
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
    println!(
        "{what:<9} {first:8.3} first, {:8.3} best, {:8.3} median, {:8.3} p90",
        at(0),
        at(50),
        at(90)
    );
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}
