//! Arguments of the commands that programs connect through.

use crate::app::OutputArgs;
use crate::error::CliError;
use crate::options::GlobalOptions;
use clap::Args;
use dockwright_ui::Progress;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// Arguments of `session`. Clients of all versions start it, so that what is not known is ignored.
#[derive(Args, Debug)]
pub(crate) struct SessionArgs {
    /// Flags; --workdir and --mod matter
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, num_args = 0.., value_name = "FLAG")]
    pub rest: Vec<String>,
}

/// What the flags of `session` say.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct SessionFlags {
    /// Where relative paths start.
    pub workdir: Option<PathBuf>,
    /// A module to serve.
    pub module: Option<String>,
    /// Somebody wants to know what this is.
    pub help: bool,
}

impl SessionFlags {
    /// Reads the flags that are known; those about output go to `global`.
    pub(crate) fn read(words: Vec<String>, global: &mut GlobalOptions) -> Result<SessionFlags, CliError> {
        let mut flags = SessionFlags::default();
        let mut words = words.into_iter().peekable();
        while let Some(word) = words.next() {
            let (name, joined) = match word.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                None => (word, None),
            };
            match name.as_str() {
                "-v" | "-vv" | "-vvv" => global.verbose += u8::try_from(name.len() - 1).unwrap_or(1),
                "--verbose" | "-d" | "--debug" => global.verbose += 1,
                "-h" | "--help" => flags.help = true,
                "-q" | "--quiet" => global.quiet += 1,
                "-s" | "--silent" => global.silent = true,
                "--workdir" | "-m" | "--mod" | "--load-module" | "--progress" => {
                    let Some(value) = joined.or_else(|| words.next()) else {
                        return Err(CliError::other("cli::usage", format!("{name} needs a value")));
                    };
                    match name.as_str() {
                        "--workdir" => flags.workdir = Some(value.into()),
                        "--progress" => global.progress = Some(progress(&value)?),
                        _ => flags.module = Some(value),
                    }
                }
                _ => {}
            }
        }
        Ok(flags)
    }
}

fn progress(form: &str) -> Result<Progress, CliError> {
    form.parse()
        .map_err(|error| CliError::other("cli::progress", format!("--progress: {error}")))
}

/// Arguments of `run`.
#[derive(Args, Debug)]
pub(crate) struct RunArgs {
    /// Serve this module's functions too
    #[arg(short = 'm', long = "mod", value_name = "MODULE")]
    pub module: Option<String>,
    /// How long the program may take to end once it was asked to: `10s`, `2m`
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = duration)]
    pub cleanup_timeout: Duration,
    /// The program and its arguments
    #[arg(
        trailing_var_arg = true,
        allow_hyphen_values = true,
        required = true,
        value_name = "COMMAND"
    )]
    pub command: Vec<String>,
}

/// Reads `10s`, `2m`, `500ms`, `1h`, `30d`, or a number of seconds.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = text.get(digits.len()..).unwrap_or_default();
    let seconds = match unit {
        "ms" => 0.001,
        "" | "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        "d" => 24.0 * 3600.0,
        _ => return Err(format!("`{unit}` is no unit of time: use ms, s, m, h or d")),
    };
    let number: f64 = digits.parse().map_err(|_| format!("`{digits}` is no number"))?;
    Duration::try_from_secs_f64(number * seconds).map_err(|error| error.to_string())
}

/// Arguments of `listen`.
#[derive(Args, Debug)]
pub(crate) struct ListenArgs {
    /// Serve this module's functions too
    #[arg(short = 'm', long = "mod", value_name = "MODULE")]
    pub module: Option<String>,
    /// Where to listen; only addresses that other machines cannot reach are allowed
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Let pages of other origins ask
    #[arg(long)]
    pub allow_cors: bool,
    /// Keep clients from this machine's files, variables, commands and sockets
    #[arg(long)]
    pub disable_host_read_write: bool,
}

/// Arguments of `query`.
#[derive(Args, Debug)]
pub(crate) struct QueryArgs {
    /// Serve this module's functions too; by default those of the directory's module, if it is in one
    #[arg(short = 'm', long = "mod", value_name = "MODULE")]
    pub module: Option<String>,
    /// Serve the core API alone
    #[arg(short = 'M', long = "no-mod", conflicts_with = "module")]
    pub no_module: bool,
    /// File of the document; standard input by default, or where it is `-`
    #[arg(long, value_name = "PATH")]
    pub doc: Option<PathBuf>,
    /// Set a variable to a text
    #[arg(long = "var", value_name = "NAME=VALUE")]
    pub variables: Vec<String>,
    /// Set variables to what a JSON object says
    #[arg(long = "var-json", value_name = "JSON")]
    pub variables_json: Option<String>,
    /// Which operation to run, when the document has several
    #[arg(value_name = "OPERATION")]
    pub operation: Option<String>,
}

/// Arguments of `core`.
#[derive(Args, Debug)]
pub(crate) struct CoreArgs {
    #[command(flatten)]
    pub output: OutputArgs,
    /// Function and its arguments
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "FUNCTION")]
    pub rest: Vec<String>,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::*;

    fn read(words: &[&str]) -> (SessionFlags, GlobalOptions) {
        let mut global = GlobalOptions::default();
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        (SessionFlags::read(words, &mut global).unwrap(), global)
    }

    #[test]
    fn what_clients_send_is_understood_and_what_they_may_send_one_day_is_ignored() {
        let (flags, global) = read(&[
            "--project",
            "x",
            "--workdir",
            "/src",
            "--label",
            "dagger.io/sdk.name:python",
            "--label=dagger.io/sdk.version:0.21.11",
            "--version",
            "0.21.11",
            "--load-workspace-modules",
            "--from-the-future=1",
            "-vv",
            "-m=./ci",
        ]);
        assert_eq!(flags.workdir, Some("/src".into()));
        assert_eq!(flags.module.as_deref(), Some("./ci"));
        assert_eq!(global.verbose, 2);
    }

    #[test]
    fn a_missing_value_is_told() {
        let words = vec!["--workdir".to_owned()];
        let error = SessionFlags::read(words, &mut GlobalOptions::default()).unwrap_err();
        assert_eq!(error.to_string(), "--workdir needs a value");
    }

    #[test]
    fn times_have_units() {
        assert_eq!(duration("10s"), Ok(Duration::from_secs(10)));
        assert_eq!(duration("1.5m"), Ok(Duration::from_secs(90)));
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(duration("3"), Ok(Duration::from_secs(3)));
        assert_eq!(duration("30d"), Ok(Duration::from_secs(30 * 24 * 3600)));
        assert_eq!(
            duration("3w").unwrap_err(),
            "`w` is no unit of time: use ms, s, m, h or d"
        );
        assert_eq!(duration("s").unwrap_err(), "`` is no number");
        assert!(duration("-1s").is_err());
    }
}
