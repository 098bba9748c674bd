//! `dockwright engine`.

use crate::app::EngineCommand;
use crate::commands::interrupted;
use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::options::GlobalOptions;
use crate::printer;
use crate::session::Session;
use dockwright_engine::EngineOptions;
use dockwright_engine::manage::{self, EngineStatus, PruneOptions};
use futures::StreamExt;

/// Does what the subcommand says.
pub(crate) async fn run(global: &GlobalOptions, command: EngineCommand) -> Result<CommandExit, CliError> {
    let session = Session::open()?;
    session.show_progress(global);
    let options = session.engine_options()?;
    let outcome = tokio::select! {
        result = perform(&session, &options, command) => Some(result),
        () = interrupted() => None,
    };
    session.close().await?;
    match outcome {
        Some(text) => {
            printer::stdout(&text?);
            Ok(CommandExit::Success)
        }
        None => Ok(CommandExit::Cancelled),
    }
}

async fn perform(session: &Session, options: &EngineOptions, command: EngineCommand) -> Result<String, CliError> {
    Ok(match command {
        EngineCommand::Status => describe(&manage::status(options).await?),
        EngineCommand::Start => format!(
            "The engine runs at {}.\n",
            manage::start(options, &session.telemetry).await?
        ),
        EngineCommand::Stop => match manage::stop(options).await? {
            true => "The engine has stopped; its cache is kept.\n".to_owned(),
            false => "The engine was not running.\n".to_owned(),
        },
        EngineCommand::Prune { all } => {
            let freed = manage::prune(
                options,
                &PruneOptions {
                    all,
                    ..PruneOptions::default()
                },
            )
            .await?;
            format!("Freed {}.\n", bytes(freed))
        }
        EngineCommand::Logs { follow } => {
            let mut lines = Box::pin(manage::logs(options, None, follow).await?);
            while let Some(chunk) = lines.next().await {
                printer::stdout(&String::from_utf8_lossy(&chunk?));
            }
            String::new()
        }
    })
}

fn describe(status: &EngineStatus) -> String {
    let mut rows: Vec<(&str, String)> = Vec::new();
    if let Some(container) = &status.container {
        rows.push(("Container", container.clone()));
    }
    if let Some(image) = &status.image {
        rows.push(("Image", image.clone()));
    }
    let state = status
        .state
        .clone()
        .unwrap_or_else(|| "not made yet; the first command that needs it makes it".to_owned());
    rows.push((
        "State",
        if status.running.is_some() && status.state.is_none() {
            "running".to_owned()
        } else {
            state
        },
    ));
    if let Some(running) = &status.running {
        rows.push(("Address", running.address.clone()));
        rows.push(("BuildKit", running.version.clone()));
        rows.push(("Platforms", running.platforms.join(", ")));
        rows.push(("Cache", bytes(running.disk_bytes)));
    }
    rows.iter()
        .map(|(name, value)| format!("{name:<11}{value}\n"))
        .collect()
}

fn bytes(count: u64) -> String {
    const UNITS: [&str; 5] = ["B", "kB", "MB", "GB", "TB"];
    let mut value = count as f64;
    let mut unit = UNITS.iter();
    let mut name = unit.next().copied().unwrap_or_default();
    while value >= 1000.0 {
        let Some(next) = unit.next() else { break };
        value /= 1000.0;
        name = next;
    }
    if name == "B" {
        format!("{count} B")
    } else {
        format!("{value:.1} {name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_at_a_glance() {
        assert_eq!(
            [0, 999, 1000, 12_345_678, 5_000_000_000_000_000].map(bytes),
            ["0 B", "999 B", "1.0 kB", "12.3 MB", "5000.0 TB"]
        );
    }
}
