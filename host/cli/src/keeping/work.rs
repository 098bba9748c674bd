//! What the process does: it keeps the modules, as quietly as can be, and ends soon in any case.

use super::errand::{Errand, Module};
use crate::app::KeepModulesArgs;
use crate::error::CliError;
use crate::exit_code::CommandExit;
use dockwright_runtime::Runtime;
use dockwright_telemetry::Telemetry;
use std::time::Duration;

/// How long it may take, waiting for others included. A module takes less than a second of a processor.
const TIME: Duration = Duration::from_secs(30);

/// The last to get a processor, and the first to go when memory is short.
const NICE: i32 = 19;
const EXPENDABLE: &str = "1000";

/// Makes the process one that is in nobody's way. The first thing that it does.
pub(crate) fn detach() {
    close_inherited();
    rustix::process::nice(NICE).ok();
    std::fs::write("/proc/self/oom_score_adj", EXPENDABLE).ok();
}

/// Keeps the modules. What goes wrong concerns nobody: calls work without.
pub(crate) async fn run(arguments: KeepModulesArgs) -> Result<CommandExit, CliError> {
    let errand: Errand = serde_json::from_str(&arguments.errand).map_err(std::io::Error::from)?;
    let runtime = Runtime::new(errand.options(), Telemetry::new())?;
    let handle = tokio::runtime::Handle::current();
    // The thread ends with the process, wherever it is.
    let work = tokio::task::spawn_blocking(move || handle.block_on(keep(&runtime, &errand)));
    tokio::time::timeout(TIME, work).await.ok();
    Ok(CommandExit::Success)
}

async fn keep(runtime: &Runtime, errand: &Errand) {
    for module in &errand.modules {
        let is_unchanged = || is_unchanged(module, errand);
        match runtime.keep(&module.source(), is_unchanged).await {
            Ok(()) => tracing::debug!(root = %module.root, "the module is kept"),
            Err(error) => tracing::debug!(root = %module.root, %error, "the module is not kept"),
        }
    }
}

fn is_unchanged(module: &Module, errand: &Errand) -> bool {
    dockwright_module::is_untouched(module.root.as_std_path(), errand.since)
}

/// Closes what whoever started the call had open and passed on: somebody may wait for the other end of a pipe.
#[allow(
    unsafe_code,
    reason = "files that no part of the program knows can be closed in no other way"
)]
fn close_inherited() {
    let listed = ["/proc/self/fd", "/dev/fd"]
        .into_iter()
        .find_map(|folder| std::fs::read_dir(folder).ok());
    let names = listed.into_iter().flatten().flatten().map(|entry| entry.file_name());
    let open: Vec<i32> = names.filter_map(|name| name.to_str()?.parse().ok()).collect();
    for file in open.into_iter().filter(|file| *file > 2) {
        // SAFETY: nothing of this process is closed under somebody's hands. `main` calls this before there is another thread, and the program
        // has opened nothing itself but the folder that was listed above, which is closed already.
        unsafe { rustix::io::close(file) };
    }
}
