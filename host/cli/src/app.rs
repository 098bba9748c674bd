//! The command line as clap sees it before a module is known.

use crate::options::GlobalOptions;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// CI pipelines as ordinary code, run in containers
///
/// Write functions in Python, TypeScript or Go, call them from the command line. Functions run in a sandbox that loads in
/// milliseconds; what they do in containers is done by BuildKit, with its cache.
#[derive(Debug, Parser)]
#[command(
    name = "dockwright",
    version,
    propagate_version = false,
    subcommand_required = true,
    arg_required_else_help = true,
    max_term_width = 120
)]
pub(crate) struct App {
    #[command(flatten)]
    pub global: GlobalOptions,
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Call a function of a module, and methods of what it returns
    ///
    /// Arguments of the function are flags; further words call functions of the result:
    ///   dockwright call build --source=. file --path=/app/app.bin export --path=./app.bin
    #[command(disable_help_flag = true)]
    Call(CallArgs),
    /// List the functions of a module
    Functions(FunctionsArgs),
    /// Make a new module
    Init(InitArgs),
    /// Write what editors need beside a module's source (`sdk/`), and install its packages
    Develop(DevelopArgs),
    /// Check the types of a TypeScript module with the TypeScript compiler
    ///
    /// Uses the compiler among the module's packages, else the one on PATH. TypeScript 7's runs without Node. Calling a
    /// module never needs this: types are for you and your editor.
    CheckTypes(CheckTypesArgs),
    /// Look after the engine that runs containers
    Engine(EngineArgs),
    /// Print the version
    Version,
}

/// Which module.
#[derive(Args, Clone, Debug)]
pub(crate) struct ModuleArgs {
    /// Directory of the module, or one below it
    #[arg(short = 'm', long = "mod", value_name = "MODULE", default_value = ".")]
    pub module: String,
}

/// Arguments of `call`.
#[derive(Args, Debug)]
pub(crate) struct CallArgs {
    #[command(flatten)]
    pub module: ModuleArgs,
    #[command(flatten)]
    pub output: OutputArgs,
    /// Function and its arguments; see `dockwright call --help` in a module
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "FUNCTION")]
    pub rest: Vec<String>,
}

/// Where the result goes.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct OutputArgs {
    /// Write the result to this path: a directory, file or container is exported
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,
    /// Print the result as JSON
    #[arg(short, long)]
    pub json: bool,
}

/// Arguments of `functions`.
#[derive(Args, Debug)]
pub(crate) struct FunctionsArgs {
    #[command(flatten)]
    pub module: ModuleArgs,
    /// List what the result of these functions offers instead
    #[arg(value_name = "FUNCTION")]
    pub path: Vec<String>,
}

/// Arguments of `init`.
#[derive(Args, Debug)]
pub(crate) struct InitArgs {
    /// Directory of the new module
    #[arg(default_value = ".")]
    pub path: PathBuf,
    /// What it is written in: python, typescript or go
    #[arg(long, value_name = "SDK", default_value = "python")]
    pub sdk: String,
    /// Its name; the directory's by default
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Where its source goes
    #[arg(long, value_name = "DIR", default_value = "dagger")]
    pub source: String,
}

/// Arguments of `develop`.
#[derive(Args, Debug)]
pub(crate) struct DevelopArgs {
    #[command(flatten)]
    pub module: ModuleArgs,
}

/// Arguments of `check-types`.
#[derive(Args, Debug)]
pub(crate) struct CheckTypesArgs {
    #[command(flatten)]
    pub module: ModuleArgs,
}

/// Arguments of `engine`.
#[derive(Args, Debug)]
pub(crate) struct EngineArgs {
    #[command(subcommand)]
    pub command: EngineCommand,
}

/// What to do with the engine.
#[derive(Clone, Debug, Subcommand)]
pub(crate) enum EngineCommand {
    /// Tell whether it runs, and what it holds
    Status,
    /// Start it; commands that need it do so by themselves
    Start,
    /// Print what it logged
    Logs {
        /// Go on printing
        #[arg(short, long)]
        follow: bool,
    },
    /// Stop it; its cache stays
    Stop,
    /// Remove what it cached
    Prune {
        /// Remove everything, also what was used lately
        #[arg(long)]
        all: bool,
    },
}
