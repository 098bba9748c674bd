//! The `dockwright` command: parse, compose, report. What it does is in `commands/`; what it is made of, in `session.rs`.

mod allowed;
mod annotated;
mod app;
mod cache;
mod call;
mod commands;
mod directories;
mod environment;
mod error;
mod exit_code;
mod forecast;
mod heap;
mod invoker;
mod keeping;
mod loaded;
mod module_sources;
mod options;
mod printer;
mod registries;
mod report;
mod resolving;
mod serve;
mod session;
mod terminal;
mod trust;

use clap::Parser;
use std::num::NonZero;
use std::ops::RangeInclusive;
use std::process::ExitCode;

/// Enough for guests that compute to leave one to the rest; more would only pass work around.
const WORKERS: RangeInclusive<usize> = 2..=4;

fn main() -> ExitCode {
    heap::settle();
    let app = match app::App::try_parse_from(environment::arguments()) {
        Ok(app) => app,
        Err(error) => return report::usage(&error).into(),
    };
    if matches!(app.command, app::Command::KeepModules(_)) {
        keeping::detach();
    }
    let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
    let workers = processors.clamp(*WORKERS.start(), *WORKERS.end());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(workers)
        .thread_stack_size(16 << 20)
        .enable_all()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => return report::error(&error::CliError::from(error)).into(),
    };
    let code = runtime.block_on(async {
        tokio::spawn(commands::run(app))
            .await
            .unwrap_or(exit_code::CommandExit::Failure)
    });
    // Guests that ignore their end are not waited for.
    runtime.shutdown_background();
    code.into()
}
