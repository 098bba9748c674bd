//! Plays an invented run in real time, to look at the views:
//! `cargo run --release -p dockwright-ui --example demo -- [run] [progress] [verbosity]`.

mod recorded;

use dockwright_telemetry::Telemetry;
use std::{
    env,
    error::Error,
    io::{self, IsTerminal},
    thread,
};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let name = arguments.next().unwrap_or_else(|| "ok".to_owned());
    let progress = arguments.next().unwrap_or_default();
    let verbosity = arguments.next().map_or(Ok(0), |text| text.parse())?;
    if !recorded::NAMES.contains(&name.as_str()) {
        return Err(format!("no run {name:?}: choose one of {}", recorded::NAMES.join(", ")).into());
    }
    let progress = match progress.as_str() {
        "" => dockwright_ui::Progress::Auto,
        chosen => chosen.parse()?,
    };

    let telemetry = Telemetry::new();
    let stderr = io::stderr();
    let is_terminal = stderr.is_terminal();
    let ui = dockwright_ui::start(progress, verbosity, &telemetry, stderr, is_terminal);
    let mut latest = None;
    for event in recorded::run(&name) {
        let pause = latest.and_then(|latest| event.at.duration_since(latest).ok());
        thread::sleep(pause.unwrap_or_default());
        latest = Some(event.at);
        telemetry.emit(event.kind);
    }
    ui.finish()?;
    Ok(())
}
