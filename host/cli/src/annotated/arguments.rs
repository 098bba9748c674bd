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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use crate::app::App;
    use clap::CommandFactory;

    /// What a command is for, how it is written, and its own options.
    fn help(command: &str) -> String {
        let mut app = App::command();
        let command = app.find_subcommand_mut(command).unwrap();
        command.render_long_help().to_string()
    }

    #[test]
    fn what_runs_annotated_functions_is_explained() {
        insta::assert_snapshot!("check", help("check"));
        insta::assert_snapshot!("generate", help("generate"));
        insta::assert_snapshot!("up", help("up"));
    }
}
