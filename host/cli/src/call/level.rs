//! One level of the command line: the flags of a function, and the functions of what it returns.

use crate::call::flag;
use clap::{Arg, ArgAction, Command};
use dockwright_schema::names::kebab_case;
use dockwright_schema::{GraphField, GraphType, GraphTypeKind, Merged, Origin};

/// Name of the hidden argument that holds the words after a function's name.
pub(crate) const REST: &str = "\u{0}rest";
/// Names of the options that every level takes, unless the function has a flag of that name.
pub(crate) const OUTPUT: &str = "\u{0}output";
/// The same for `--json`.
pub(crate) const JSON: &str = "\u{0}json";
/// The same for `--progress`.
pub(crate) const PROGRESS: &str = "\u{0}progress";
/// The same for `--quiet`.
pub(crate) const QUIET: &str = "\u{0}quiet";
/// The same for `--silent`.
pub(crate) const SILENT: &str = "\u{0}silent";
/// The same for `--verbose`.
pub(crate) const VERBOSE: &str = "\u{0}verbose";

/// Functions that can be called on a value of the type from the command line.
pub(crate) fn functions_of(graph_type: &GraphType) -> Vec<&GraphField> {
    let is_core = matches!(
        &graph_type.kind,
        GraphTypeKind::Object { module: None, .. } | GraphTypeKind::Interface { module: None, .. }
    );
    let fields = graph_type.fields().into_iter().flat_map(|fields| fields.values());
    fields
        .filter(|field| field.name != "id" && field.origin != Origin::Itself)
        .filter(|field| !is_core || dockwright_api::supports(&graph_type.name, &field.name))
        .filter(|field| {
            field
                .arguments
                .iter()
                .all(|argument| !argument.is_required() || flag::is_supported_core(argument))
        })
        .collect()
}

/// The clap command of a level.
///
/// `path` is what was typed before it. With `lenient`, nothing is required: help was asked for.
pub(crate) fn command(
    merged: &Merged,
    path: &str,
    field: &GraphField,
    returned: Option<&GraphType>,
    lenient: bool,
) -> Command {
    let mut command = Command::new(path.to_owned())
        .bin_name(path.to_owned())
        .no_binary_name(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading("Functions")
        .subcommand_value_name("FUNCTION")
        .max_term_width(120);
    if !field.description.is_empty() {
        command = command
            .about(field.description.lines().next().unwrap_or_default().to_owned())
            .long_about(field.description.to_string());
    }
    for argument in &field.arguments {
        if let Some(mut arg) = flag::arg(merged, argument) {
            if lenient {
                arg = arg.required(false);
            }
            command = command.arg(arg);
        }
    }
    for option in options() {
        let taken = option.get_long().is_some_and(|long| {
            field
                .arguments
                .iter()
                .any(|argument| kebab_case(&argument.name) == long)
        });
        if !taken {
            command = command.arg(option);
        }
    }
    for function in returned.map(functions_of).unwrap_or_default() {
        let rest = Arg::new(REST)
            .num_args(0..)
            .allow_hyphen_values(true)
            .trailing_var_arg(true)
            .hide(true);
        let name = kebab_case(&function.name);
        let mut sub = Command::new(name)
            .disable_help_flag(true)
            .disable_help_subcommand(true)
            .arg(rest);
        if let Some(line) = function.description.lines().next() {
            sub = sub.about(line.to_owned());
        }
        command = command.subcommand(sub);
    }
    command
}

fn options() -> [Arg; 6] {
    let options = [
        Arg::new(OUTPUT)
            .short('o')
            .long("output")
            .value_name("PATH")
            .help("Write the result to this path"),
        Arg::new(JSON)
            .short('j')
            .long("json")
            .action(ArgAction::SetTrue)
            .help("Print the result as JSON"),
        Arg::new(PROGRESS)
            .long("progress")
            .value_name("FORM")
            .help("How progress is shown: auto, tty, plain, dots, logs, report, json, none"),
        Arg::new(QUIET)
            .short('q')
            .long("quiet")
            .action(ArgAction::Count)
            .help("Show less; -qq shows errors only"),
        Arg::new(SILENT)
            .short('s')
            .long("silent")
            .action(ArgAction::SetTrue)
            .help("Show no progress at all"),
        Arg::new(VERBOSE)
            .short('v')
            .long("verbose")
            .action(ArgAction::Count)
            .help("Show more: -v, -vv, -vvv"),
    ];
    options.map(|option| option.help_heading("Output options"))
}
