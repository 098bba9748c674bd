//! Options that every command takes.

use crate::allowed::Allowed;
use clap::Args;
use dockwright_registry::Network;
use dockwright_ui::Progress;

/// How much is shown, and how.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct GlobalOptions {
    /// Show less: -q hides steps, -qq everything but errors
    #[arg(short, long, global = true, action = clap::ArgAction::Count, help_heading = "Output options")]
    pub quiet: u8,
    /// Show no progress at all
    #[arg(short, long, global = true, help_heading = "Output options")]
    pub silent: bool,
    /// Show more: nested steps, then API calls, then internals
    #[arg(short, long, global = true, action = clap::ArgAction::Count, help_heading = "Output options")]
    pub verbose: u8,
    /// Ask no registry and no git host: use modules as they were fetched last. Goes before the function's name
    #[arg(long, global = true, help_heading = "Module options")]
    pub offline: bool,
    /// Let published modules use more than they were published with: privileged, network, network:HOST. Goes before the function's name
    #[arg(long, global = true, value_name = "PERMISSION", help_heading = "Module options")]
    pub allow: Vec<Allowed>,
    /// How progress is shown: auto, tty, plain, dots, logs, report, json, none
    #[arg(long, global = true, value_name = "FORM", help_heading = "Output options")]
    pub progress: Option<Progress>,
}

impl GlobalOptions {
    /// The level for the views: 0 is normal.
    pub(crate) fn verbosity(&self) -> i8 {
        let level = i16::from(self.verbose.min(3)) - i16::from(self.quiet.min(3));
        i8::try_from(level).unwrap_or_default()
    }

    /// Whether registries may be asked.
    pub(crate) fn network(&self) -> Network {
        if self.offline { Network::Off } else { Network::On }
    }

    /// The view: what the option says, else the environment, else what fits.
    pub(crate) fn view(&self) -> Progress {
        if self.silent || self.quiet > 1 {
            return Progress::None;
        }
        let from_environment = || crate::environment::progress().and_then(|text| text.parse().ok());
        self.progress.or_else(from_environment).unwrap_or(Progress::Auto)
    }
}
