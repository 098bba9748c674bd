//! Text of a flag as a value of a request.

use crate::error::CliError;
use dockwright_schema::{GraphArgument, GraphTypeKind, Merged};
use serde_json::Value;

/// A value that goes into a request.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ArgumentValue {
    /// A GraphQL literal.
    Literal(String),
    /// An object named by text; resolved to its ID first.
    Address(Address),
    /// A list of them.
    Addresses(Vec<Address>),
}

/// Text that names an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    /// Type of the object.
    pub type_name: String,
    /// The text.
    pub text: String,
    /// Patterns that a directory leaves out.
    pub ignore: Vec<String>,
}

/// The value of a flag. `texts` are its values in order, at least one.
pub(crate) fn parse(merged: &Merged, argument: &GraphArgument, texts: &[String]) -> Result<ArgumentValue, CliError> {
    let is_list = argument.r#type.element().is_some();
    let items: Vec<String> = if is_list {
        texts.iter().flat_map(|text| split_list(text)).collect()
    } else {
        texts.last().cloned().into_iter().collect()
    };
    if let Some(expected) = &argument.expected_type {
        let address = |text: String| Address {
            type_name: expected.to_string(),
            text,
            ignore: argument.ignore.clone(),
        };
        let mut addresses: Vec<Address> = items.into_iter().map(address).collect();
        return Ok(match addresses.pop() {
            Some(single) if !is_list => ArgumentValue::Address(single),
            last => ArgumentValue::Addresses(addresses.into_iter().chain(last).collect()),
        });
    }
    let literals = items
        .iter()
        .map(|text| literal(merged, argument, text))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(ArgumentValue::Literal(if is_list {
        format!("[{}]", literals.join(","))
    } else {
        literals.concat()
    }))
}

/// The items of a comma-separated list, as CSV has them: quotes keep commas.
fn split_list(text: &str) -> Vec<String> {
    let text = text
        .strip_prefix('[')
        .and_then(|inner| inner.strip_suffix(']'))
        .unwrap_or(text);
    let mut items = Vec::new();
    let mut item = String::new();
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                item.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => items.push(std::mem::take(&mut item)),
            other => item.push(other),
        }
    }
    if !item.is_empty() || !items.is_empty() {
        items.push(item);
    }
    items
}

fn literal(merged: &Merged, argument: &GraphArgument, text: &str) -> Result<String, CliError> {
    let invalid = |expected: &str| {
        CliError::other(
            "call::argument",
            format!(
                "--{}: `{text}` is not {expected}",
                dockwright_schema::names::kebab_case(&argument.name)
            ),
        )
    };
    Ok(match argument.r#type.name() {
        "Int" => text.parse::<i64>().map_err(|_| invalid("a whole number"))?.to_string(),
        "Float" => {
            let number = text
                .parse::<f64>()
                .ok()
                .filter(|number| number.is_finite())
                .ok_or_else(|| invalid("a number"))?;
            Value::from(number).to_string()
        }
        "Boolean" => text.parse::<bool>().map_err(|_| invalid("true or false"))?.to_string(),
        "Platform" => string(&platform(text).ok_or_else(|| invalid("a platform such as linux/amd64 or current"))?),
        "PortForward" => port_forward(text).ok_or_else(|| invalid("a port or FRONTEND:BACKEND"))?,
        "BuildArg" => match text.split_once('=') {
            Some((name, value)) => format!("{{name:{},value:{}}}", string(name), string(value)),
            None => return Err(invalid("NAME=VALUE")),
        },
        name => match merged.get(name).map(|found| &found.kind) {
            Some(GraphTypeKind::Enum { members }) => {
                let member = members
                    .iter()
                    .find(|member| member.name.eq_ignore_ascii_case(text.trim()));
                let choices = || {
                    members
                        .iter()
                        .map(|member| member.name.as_ref())
                        .collect::<Vec<_>>()
                        .join(",")
                };
                member
                    .map(|member| member.name.to_string())
                    .ok_or_else(|| invalid(&format!("one of {}", choices())))?
            }
            _ => string(text),
        },
    })
}

/// `FRONTEND:BACKEND`, or one number for both, with `/tcp` or `/udp` after it.
fn port_forward(text: &str) -> Option<String> {
    let (ports, protocol) = match text.split_once('/') {
        Some((ports, protocol)) => (ports, Some(protocol)),
        None => (text, None),
    };
    let (frontend, backend) = ports.split_once(':').unwrap_or((ports, ports));
    let frontend: u16 = frontend.parse().ok()?;
    let backend: u16 = backend.parse().ok()?;
    let protocol = match protocol {
        None => "",
        Some("tcp") => ",protocol:TCP",
        Some("udp") => ",protocol:UDP",
        Some(_) => return None,
    };
    Some(format!("{{frontend:{frontend},backend:{backend}{protocol}}}"))
}

fn platform(text: &str) -> Option<String> {
    if text == "current" {
        let architecture = match std::env::consts::ARCH {
            "x86_64" => "amd64",
            "aarch64" => "arm64",
            other => other,
        };
        return Some(format!("linux/{architecture}"));
    }
    let parts: Vec<&str> = text.split('/').collect();
    (matches!(parts.len(), 2 | 3) && parts.iter().all(|part| !part.is_empty())).then(|| text.to_owned())
}

/// A GraphQL string literal; JSON's escapes are GraphQL's.
pub(crate) fn string(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(field: &str, argument: &str, texts: &[&str]) -> Result<ArgumentValue, String> {
        let merged = Merged::core();
        let declared = merged
            .get("Container")
            .unwrap()
            .field(field)
            .unwrap()
            .argument(argument)
            .unwrap();
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        parse(&merged, declared, &texts).map_err(|error| error.to_string())
    }

    #[test]
    fn ports_lead_to_ports() {
        assert_eq!(port_forward("80").unwrap(), "{frontend:80,backend:80}");
        assert_eq!(
            port_forward("8080:80/udp").unwrap(),
            "{frontend:8080,backend:80,protocol:UDP}"
        );
        for wrong in ["", "a", "1:2:3", "1/x", "70000:1"] {
            assert_eq!(port_forward(wrong), None, "{wrong}");
        }
    }

    fn literal_of(field: &str, argument: &str, texts: &[&str]) -> String {
        match value(field, argument, texts).unwrap() {
            ArgumentValue::Literal(literal) => literal,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn lists_are_comma_separated_and_repeatable() {
        assert_eq!(
            literal_of("withExec", "args", &["sh,-c", "\"a,b\""]),
            r#"["sh","-c","a,b"]"#
        );
        assert_eq!(literal_of("withExec", "args", &[r#"a ""b"""#]), r#"["a b"]"#);
        assert_eq!(literal_of("withExec", "args", &[""]), "[]");
    }

    #[test]
    fn scalars_and_enums() {
        assert_eq!(literal_of("withExec", "expect", &["any"]), "ANY");
        assert_eq!(literal_of("withExposedPort", "port", &["1", "8080"]), "8080");
        assert_eq!(literal_of("withWorkdir", "path", &["a\"\n"]), r#""a\"\n""#);
        assert_eq!(
            value("withExposedPort", "protocol", &["x"]).unwrap_err(),
            "--protocol: `x` is not one of TCP,UDP"
        );
    }

    #[test]
    fn objects_are_addresses() {
        let expected = Address {
            type_name: "Directory".into(),
            text: "./src".into(),
            ignore: vec![],
        };
        assert_eq!(
            value("withDirectory", "source", &["./src"]),
            Ok(ArgumentValue::Address(expected))
        );
        let ArgumentValue::Addresses(files) = value("withFiles", "sources", &["a,b", "c"]).unwrap() else {
            panic!("a list")
        };
        assert_eq!(
            files.iter().map(|address| address.text.as_str()).collect::<Vec<_>>(),
            ["a", "b", "c"]
        );
    }
}
