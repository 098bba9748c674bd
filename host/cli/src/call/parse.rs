//! Walks the words: a function, its flags, a function of its result, its flags, and so on.

use crate::app::OutputArgs;
use crate::call::level::{self, JSON, OUTPUT, PROGRESS, QUIET, REST, SILENT, VERBOSE};
use crate::call::plan::{Leaf, Plan, Step};
use crate::call::value::{self, ArgumentValue};
use crate::error::CliError;
use crate::options::GlobalOptions;
use clap::ArgMatches;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use dockwright_schema::names::kebab_case;
use dockwright_schema::{GraphField, Merged, closest};

/// The plan that the words make, starting at a field of `Query`, which `command` leads to. Help and usage errors come as clap's own errors.
///
/// `global` gets what options among the words say.
pub(crate) fn parse(
    merged: &Merged,
    entry: &GraphField,
    command: &str,
    words: Vec<String>,
    output: OutputArgs,
    global: &mut GlobalOptions,
) -> Result<Plan, CliError> {
    let wants_help = words
        .iter()
        .take_while(|word| *word != "--")
        .any(|word| word == "--help" || word == "-h");
    let mut plan = Plan {
        steps: Vec::new(),
        leaf: Leaf::Value,
        output: output.output,
        json: output.json,
    };
    let mut field = entry.clone();
    let mut words = words;
    let mut path = command.to_owned();
    loop {
        let returned = merged.get(field.returns.name()).filter(|found| found.is_object());
        let mut command = level::command(merged, &path, &field, returned, wants_help);
        if plan.steps.is_empty() && words.is_empty() && returned.is_some() {
            command = command.arg_required_else_help(true);
        }
        let functions = returned.map(level::functions_of).unwrap_or_default();
        let matches = command
            .try_get_matches_from(normalise(&field, words))
            .map_err(|error| unknown_function(error, &functions, returned.map_or("", |found| &found.name)))?;
        if let Some(path) = one(&matches, OUTPUT) {
            plan.output = Some(path.into());
        }
        if let Some(form) = one(&matches, PROGRESS) {
            let parsed = form
                .parse()
                .map_err(|error| CliError::other("cli::progress", format!("--progress: {error}")))?;
            global.progress = Some(parsed);
        }
        let flag = |name| {
            matches
                .try_get_one::<bool>(name)
                .ok()
                .flatten()
                .copied()
                .unwrap_or_default()
        };
        let count = |name| {
            matches
                .try_get_one::<u8>(name)
                .ok()
                .flatten()
                .copied()
                .unwrap_or_default()
        };
        plan.json |= flag(JSON);
        global.silent |= flag(SILENT);
        global.quiet = global.quiet.saturating_add(count(QUIET));
        global.verbose = global.verbose.saturating_add(count(VERBOSE));
        let arguments = arguments(merged, &field, &matches)?;
        plan.leaf = Leaf::of(&field, returned);
        plan.steps.push(Step {
            field: field.clone(),
            arguments,
        });
        let Some((name, rest)) = matches.subcommand() else {
            break;
        };
        let next = functions
            .into_iter()
            .find(|function| kebab_case(&function.name) == name);
        field = next
            .cloned()
            .ok_or_else(|| CliError::other("call::unknown_function", format!("unknown function `{name}`")))?;
        words = rest
            .get_many::<String>(REST)
            .map(|words| words.cloned().collect())
            .unwrap_or_default();
        path = format!("{path} {name}");
    }
    Ok(plan)
}

/// Clap's error in our words when it is about a function's name.
fn unknown_function(error: clap::Error, functions: &[&GraphField], type_name: &str) -> CliError {
    let invalid = (error.kind() == ErrorKind::InvalidSubcommand)
        .then(|| error.get(ContextKind::InvalidSubcommand))
        .flatten();
    let Some(ContextValue::String(name)) = invalid else {
        return error.into();
    };
    let names: Vec<String> = functions.iter().map(|field| kebab_case(&field.name)).collect();
    let hint = match closest(name, names.iter().map(String::as_str)) {
        Some(near) => format!("; did you mean `{near}`?"),
        None => format!("; it has: {}", names.join(", ")),
    };
    CliError::other(
        "call::unknown_function",
        format!("{type_name} has no function `{name}`{hint}"),
    )
}

fn one(matches: &ArgMatches, name: &str) -> Option<String> {
    matches.try_get_one::<String>(name).ok().flatten().cloned()
}

/// Spells flags of the function the one way: `--dockerConfig` and `--docker_config` are `--docker-config`.
fn normalise(field: &GraphField, words: Vec<String>) -> Vec<String> {
    let mut options_end = false;
    words
        .into_iter()
        .map(|word| {
            options_end |= word == "--";
            let Some(flag) = word.strip_prefix("--").filter(|_| !options_end) else {
                return word;
            };
            let (name, value) = flag
                .split_once('=')
                .map_or((flag, None), |(name, value)| (name, Some(value)));
            let spelled = kebab_case(name);
            if name == spelled
                || !field
                    .arguments
                    .iter()
                    .any(|argument| kebab_case(&argument.name) == spelled)
            {
                return word;
            }
            value.map_or_else(|| format!("--{spelled}"), |value| format!("--{spelled}={value}"))
        })
        .collect()
}

fn arguments(
    merged: &Merged,
    field: &GraphField,
    matches: &ArgMatches,
) -> Result<Vec<(String, ArgumentValue)>, CliError> {
    let mut result = Vec::new();
    for argument in &field.arguments {
        let given = matches.try_get_raw(&argument.name).ok().flatten();
        let texts: Vec<String> = given
            .into_iter()
            .flatten()
            .map(|text| text.to_string_lossy().into_owned())
            .collect();
        if !texts.is_empty() {
            result.push((argument.name.to_string(), value::parse(merged, argument, &texts)?));
        }
    }
    Ok(result)
}
