//! Arguments of the commands that run annotated functions.

use crate::app::ModuleArgs;
use clap::Args;
use std::path::PathBuf;

/// Arguments of `check`.
#[derive(Args, Debug)]
pub(crate) struct CheckArgs {
    /// Run only these: `lint`, `backend`, `backend:*`, `**:unit`
    #[arg(value_name = "PATTERN")]
    pub patterns: Vec<String>,
    #[command(flatten)]
    pub module: ModuleArgs,
    /// List them instead
    #[arg(short, long)]
    pub list: bool,
    /// End with the first that fails
    #[arg(long, visible_alias = "fail-fast")]
    pub failfast: bool,
    /// Leave these out
    #[arg(long, value_name = "PATTERN")]
    pub skip: Vec<String>,
    /// Leave out generators, which as checks tell whether their files are up to date
    #[arg(long, conflicts_with = "generate")]
    pub no_generate: bool,
    /// Run generators only
    #[arg(long)]
    pub generate: bool,
}

/// Arguments of `generate`.
#[derive(Args, Debug)]
pub(crate) struct GenerateArgs {
    /// Run only these: `docs`, `backend`, `backend:*`
    #[arg(value_name = "PATTERN")]
    pub patterns: Vec<String>,
    #[command(flatten)]
    pub module: ModuleArgs,
    /// List them instead
    #[arg(short, long)]
    pub list: bool,
    /// Show what would change, and change nothing
    #[arg(long, conflicts_with = "auto_apply")]
    pub no_apply: bool,
    /// Make the changes without asking
    #[arg(short = 'y', long)]
    pub auto_apply: bool,
    /// Directory to change; the root of the module's repository by default
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,
}

/// Arguments of `up`.
#[derive(Args, Debug)]
pub(crate) struct UpArgs {
    /// Start only these: `web`, `backend`, `backend:*`
    #[arg(value_name = "PATTERN")]
    pub patterns: Vec<String>,
    #[command(flatten)]
    pub module: ModuleArgs,
    /// List them instead
    #[arg(short, long)]
    pub list: bool,
}
