//! Development tasks: `cargo xtask codegen` and `cargo xtask runtimes`.
//!
//! Nothing that ships depends on it.

mod codegen;
mod layering;
mod output;
mod runtimes;
mod workspace;

use clap::{Parser, Subcommand};

/// Development tasks of dockwright.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Write the generated files that are checked in.
    Codegen(codegen::Options),
    /// Build the guest runtimes into target/release/runtimes.
    Runtimes(runtimes::Options),
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().task {
        Task::Codegen(options) => codegen::run(&options),
        Task::Runtimes(options) => runtimes::run(&options),
    }
}
