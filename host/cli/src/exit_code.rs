//! How the process ends. Documented in the README; scripts rely on it.

use std::os::unix::process::ExitStatusExt;
use std::process::{ExitCode, ExitStatus};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CommandExit {
    /// 0: it did what it should.
    Success,
    /// 1: anything that is not one of the others, wrong usage included.
    Failure,
    /// The exit code of a container's command that failed, or of the program that was run.
    Exec(u8),
    /// 2: cancelled, by Ctrl-C or SIGTERM.
    Cancelled,
}

impl CommandExit {
    /// The exit for a container's command that ended with that code. A code of 0 is a failure all the same: it was expected to be another.
    pub(crate) fn exec(code: i64) -> CommandExit {
        match u8::try_from(code) {
            Ok(0) | Err(_) => CommandExit::Failure,
            Ok(code) => CommandExit::Exec(code),
        }
    }
}

impl From<ExitStatus> for CommandExit {
    /// The exit of a program that was run; a signal that ended it counts as shells count it.
    fn from(status: ExitStatus) -> CommandExit {
        let code = status.code().or_else(|| status.signal().map(|signal| 128 + signal));
        match code.and_then(|code| u8::try_from(code).ok()) {
            Some(0) => CommandExit::Success,
            Some(code) => CommandExit::Exec(code),
            None => CommandExit::Failure,
        }
    }
}

impl From<CommandExit> for ExitCode {
    fn from(exit: CommandExit) -> ExitCode {
        match exit {
            CommandExit::Success => ExitCode::SUCCESS,
            CommandExit::Failure => ExitCode::from(1),
            CommandExit::Exec(code) => ExitCode::from(code),
            CommandExit::Cancelled => ExitCode::from(2),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CommandExit;
    use std::os::unix::process::ExitStatusExt;
    use std::process::ExitStatus;

    #[test]
    fn a_programs_exit_is_passed_on() {
        let exit = |raw| CommandExit::from(ExitStatus::from_raw(raw));
        assert_eq!(exit(0), CommandExit::Success);
        assert_eq!(exit(3 << 8), CommandExit::Exec(3));
        assert_eq!(exit(15), CommandExit::Exec(143));
    }

    #[test]
    fn an_execs_code_is_passed_on_unless_it_says_success() {
        assert_eq!(CommandExit::exec(7), CommandExit::Exec(7));
        assert_eq!(CommandExit::exec(0), CommandExit::Failure);
        assert_eq!(CommandExit::exec(-1), CommandExit::Failure);
        assert_eq!(CommandExit::exec(300), CommandExit::Failure);
    }
}
