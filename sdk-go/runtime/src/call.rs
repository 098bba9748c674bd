//! The world's `function-call` as the JSON that Go reads. Values are put in as they are.

use crate::world::functions::FunctionCall;
use serde_json::value::Value;
use std::fmt::Write;

/// `{"parentType":…,"parent":…,"name":…,"arguments":{…}}`.
pub(crate) fn json(call: &FunctionCall) -> String {
    let mut text = format!(
        r#"{{"parentType":{},"parent":{},"name":{},"arguments":{{"#,
        quoted(&call.parent_type),
        call.parent,
        quoted(&call.name)
    );
    for (index, argument) in call.arguments.iter().enumerate() {
        let comma = if index > 0 { "," } else { "" };
        // Writing into a string cannot fail.
        let _ = write!(text, "{comma}{}:{}", quoted(&argument.name), argument.value);
    }
    text.push_str("}}");
    text
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
