//! How errors look, and what exit they are.

use crate::error::CliError;
use crate::exit_code::CommandExit;
use crate::printer;
use miette::{GraphicalReportHandler, GraphicalTheme};

/// Shows clap's message: help on stdout, errors on stderr.
pub(crate) fn usage(error: &clap::Error) -> CommandExit {
    let text = if printer::stdout_is_terminal() {
        error.render().ansi().to_string()
    } else {
        error.render().to_string()
    };
    if error.use_stderr() {
        printer::stderr(&text);
        CommandExit::Failure
    } else {
        printer::stdout(&text);
        CommandExit::Success
    }
}

/// Shows an error and tells the exit that it is.
pub(crate) fn error(error: &CliError) -> CommandExit {
    if let CliError::Usage(error) = error {
        return usage(error);
    }
    let theme = if printer::stderr_is_terminal() {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    let mut text = String::new();
    if GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        .render_report(&mut text, error)
        .is_err()
    {
        text = format!("{error}\n");
    }
    printer::stderr(&format!("Error: {}\n", text.trim_start().trim_end()));
    match error {
        CliError::Query(query) => query.exec_exit_code().map_or(CommandExit::Failure, CommandExit::exec),
        _ => CommandExit::Failure,
    }
}
