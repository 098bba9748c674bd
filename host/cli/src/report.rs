//! How errors look, and what exit they are.

use crate::error::{CliError, QueryError};
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
    if let CliError::Query(query) = error {
        printer::stderr(&details(query));
    }
    match error {
        CliError::Query(query) => query.exec_exit_code().map_or(CommandExit::Failure, CommandExit::exec),
        _ => CommandExit::Failure,
    }
}

/// What belongs to an error and must not be wrapped: the module's stack, the failed command's output.
fn details(query: &QueryError) -> String {
    let mut text = String::new();
    if query.exec_exit_code().is_none()
        && let Some(trace) = query.trace()
    {
        text.push_str(trace.trim_end());
        text.push('\n');
    }
    if !query.output_shown {
        for (title, name) in [("Stdout", "stdout"), ("Stderr", "stderr")] {
            if let Some(output) = query.text(name) {
                text.push_str(&format!("{title}:\n{}\n", output.trim_end()));
            }
        }
    }
    text
}
