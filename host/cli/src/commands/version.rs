//! `dockwright version`.

use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::printer;

/// Prints name, version and platform, on one line.
pub(crate) fn run() -> Result<CommandExit, CliError> {
    printer::stdout(&format!(
        "dockwright v{} ({}/{})\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH
    ));
    Ok(CommandExit::Success)
}
