//! Development tasks: `cargo xtask codegen`, `cargo xtask runtimes` and `cargo xtask dist`.
//!
//! Nothing that ships depends on it.

mod codegen;
mod dist;
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
    /// Write the runtimes of an installation for another platform.
    Dist(dist::Options),
    /// Build the guest runtimes into target/release/runtimes.
    Runtimes(runtimes::Options),
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().task {
        Task::Codegen(options) => codegen::run(&options),
        Task::Dist(options) => dist::run(&options),
        Task::Runtimes(options) => runtimes::run(&options),
    }
}
