//! An argument of a function as a flag: which there are, how they look in help.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction};
use dockwright_schema::names::kebab_case;
use dockwright_schema::{GraphArgument, GraphTypeKind, GraphTypeRef, Merged};

/// Objects that can be named by text on the command line.
const ADDRESSABLE: &[&str] = &[
    "Container",
    "Directory",
    "File",
    "Secret",
    "CacheVolume",
    "Service",
    "Socket",
    "GitRepository",
    "GitRef",
    "Module",
    "ModuleSource",
];

/// Inputs that have a short form in text.
const INPUTS: &[&str] = &["PortForward", "BuildArg"];

/// Whether an argument can be given on the command line, as far as its type alone tells.
pub(crate) fn is_supported_core(argument: &GraphArgument) -> bool {
    match &argument.expected_type {
        Some(name) => ADDRESSABLE.contains(&name.as_ref()),
        None => argument
            .r#type
            .element()
            .is_none_or(|element| element.element().is_none()),
    }
}

/// The flag for an argument; none when it cannot be given on the command line.
pub(crate) fn arg(merged: &Merged, argument: &GraphArgument) -> Option<Arg> {
    let type_name = argument
        .expected_type
        .as_deref()
        .unwrap_or_else(|| argument.r#type.name());
    let kind = merged.get(type_name).map(|found| &found.kind);
    let is_other_input = matches!(kind, Some(GraphTypeKind::Input { .. })) && !INPUTS.contains(&type_name);
    if !is_supported_core(argument) || is_other_input {
        return None;
    }
    let long = kebab_case(&argument.name);
    let mut arg = Arg::new(argument.name.to_string())
        .long(long)
        .help(help(argument))
        .help_heading("Arguments")
        .required(argument.is_required())
        .allow_hyphen_values(true)
        .value_name(type_name.to_uppercase());
    let is_list = argument.r#type.element().is_some();
    arg = if is_list {
        arg.action(ArgAction::Append)
    } else {
        arg.action(ArgAction::Set).overrides_with(argument.name.to_string())
    };
    arg = match (type_name, kind) {
        ("Boolean", _) if !is_list => arg
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true")
            .value_parser(["true", "false"])
            .hide_possible_values(true),
        ("Int", _) if !is_list => arg.value_parser(clap::value_parser!(i64)),
        ("Float", _) if !is_list => arg.value_parser(clap::value_parser!(f64)),
        (_, Some(GraphTypeKind::Enum { members })) if !is_list => {
            let names: Vec<String> = members
                .iter()
                .filter(|member| member.name == member.value)
                .map(|member| member.name.to_string())
                .collect();
            arg.ignore_case(true).value_parser(PossibleValuesParser::new(names))
        }
        _ => arg,
    };
    Some(arg)
}

fn help(argument: &GraphArgument) -> String {
    let mut text = argument.description.to_string();
    let mut note = |note: String| {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&note);
    };
    match (&argument.default, &argument.default_path, &argument.default_address) {
        (Some(serde_json::Value::String(value)), _, _) if !value.is_empty() => note(format!("[default: {value}]")),
        (Some(serde_json::Value::String(_) | serde_json::Value::Null | serde_json::Value::Bool(false)), _, _) => {}
        (Some(serde_json::Value::Array(items)), _, _) if items.is_empty() => {}
        (Some(value), _, _) => note(format!("[default: {value}]")),
        (None, Some(path), _) => note(format!("[default: {path} of the module's repository]")),
        (None, None, Some(address)) => note(format!("[default: {address}]")),
        (None, None, None) => {}
    }
    if matches!(argument.r#type, GraphTypeRef::List(_)) || argument.r#type.element().is_some() {
        note("(may be repeated)".to_owned());
    }
    text
}
