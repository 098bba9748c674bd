//! Components that know nothing of dockwright.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests stop at the first surprise"
)]

mod support;

use dockwright_runtime::{CallError, Limits, LoadedModule};
use dockwright_schema::FunctionCall;
use serde_json::{Value, json};
use support::Lab;

async fn said(lab: &Lab, tools: &LoadedModule, object: &str, name: &str, arguments: Value) -> Result<Value, String> {
    let Value::Object(arguments) = arguments else {
        panic!("an object")
    };
    let call = FunctionCall {
        parent_type: object.to_owned(),
        parent: json!({}),
        name: name.to_owned(),
        arguments: arguments.into_iter().collect(),
    };
    lab.call(tools, call).await.map_err(|error| match error {
        CallError::Failure(failure) => failure.message,
        other => panic!("{other}"),
    })
}

#[tokio::test]
async fn functions_are_read_from_the_type() {
    let lab = Lab::new(Limits::default());
    let tools = lab.load("plain").await;
    let def = lab.runtime.describe(&tools).await.unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&def).unwrap());
}

#[tokio::test]
async fn functions_are_called_by_value() {
    let lab = Lab::new(Limits::default());
    let tools = lab.load("plain").await;
    let text = async |name: &str, arguments| said(&lab, &tools, "Text", name, arguments).await;
    assert_eq!(said(&lab, &tools, "Plain", "text", json!({})).await, Ok(json!({})));
    let converted = text("convert", json!({"text": "Ab", "to": "VERY_LOWER"})).await;
    assert_eq!(converted, Ok(json!("ab")));
    let counted = text("count", json!({"text": "a\nbcd"})).await.unwrap();
    assert_eq!(counted, json!({"lines": 2, "longest-line": "bcd"}));
    let described = text("describe", json!({"count": counted})).await;
    assert_eq!(described, Ok(json!("2 lines, longest Some(\"bcd\")")));
    let marked = text("mark", json!({"text": "x", "marks": ["UNDER_LINED"]})).await;
    assert_eq!(marked, Ok(json!(["x", "Marks(UNDER_LINED)"])));

    let number = async |name: &str, arguments| said(&lab, &tools, "Numbers", name, arguments).await;
    assert_eq!(number("sum", json!({"values": [200, 100]})).await, Ok(json!(300)));
    assert_eq!(number("divide", json!({"dividend": 7, "by": 2})).await, Ok(json!(3)));
    assert_eq!(number("nothing", json!({})).await, Ok(Value::Null));
}

#[tokio::test]
async fn what_goes_wrong_is_told_in_the_users_terms() {
    let lab = Lab::new(Limits::default());
    let tools = lab.load("plain").await;
    let number = async |name: &str, arguments| said(&lab, &tools, "Numbers", name, arguments).await.unwrap_err();
    assert_eq!(
        number("divide", json!({"dividend": 7, "by": 0})).await,
        "7 cannot be divided by 0"
    );
    assert_eq!(
        number("sum", json!({"values": [1, 256]})).await,
        "argument `values` of `Numbers.sum`: 256 is no value of the WIT type u8"
    );
    assert_eq!(
        number("missing", json!({})).await,
        "the component exports no function for `Numbers.missing`"
    );
}
