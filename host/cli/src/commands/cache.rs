//! `dockwright cache`: what is kept on this machine to be quick the next time.

use crate::app::CacheCommand;
use crate::cache::{KINDS, Kind, prune};
use crate::directories::Directories;
use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::printer;
use dockwright_registry::human_size;
use std::path::Path;
use std::time::Duration;

/// Does what the subcommand says.
pub(crate) fn run(command: &CacheCommand) -> Result<CommandExit, CliError> {
    let cache = Directories::new()?.cache;
    match command {
        CacheCommand::Status => printer::stdout(&status(&cache)),
        CacheCommand::Prune { unused_for, all } => {
            let age = if *all { Duration::ZERO } else { *unused_for };
            let pruned = prune(&cache, age)?;
            printer::stdout(&format!("Freed {}.\n", human_size(pruned.size)));
        }
    }
    Ok(CommandExit::Success)
}

fn status(cache: &Path) -> String {
    let row = |kind: &Kind| {
        let entries = kind.entries(cache);
        (kind.name, entries.len(), entries.iter().map(|entry| entry.size).sum())
    };
    let rows: Vec<(&str, usize, u64)> = KINDS.iter().map(row).filter(|(_, count, _)| *count > 0).collect();
    let total = rows.iter().map(|(_, _, size)| size).sum();
    let lines = rows
        .iter()
        .map(|(name, count, size)| format!("{name:<25}{:>12}{count:>8}\n", human_size(*size)));
    format!(
        "{:<25}{:>12}{:>8}\n{}{:<25}{:>12}\n{}\n",
        "Kind",
        "Size",
        "Entries",
        lines.collect::<String>(),
        "all",
        human_size(total),
        cache.display()
    )
}
