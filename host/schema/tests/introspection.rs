//! Questions about the schema itself, as clients and their generators ask them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use async_trait::async_trait;
use dockwright_schema::*;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Instant;

struct Version;

#[async_trait]
impl Resolve for Version {
    async fn resolve(&self, call: FieldCall) -> Result<Resolved, ResolveError> {
        assert_eq!(call.field.name, "version");
        Ok(Resolved::Value(json!("v1")))
    }

    fn type_name(&self, id: &ObjectId, _asked: &[&str]) -> Option<String> {
        Some(id.type_name().to_string())
    }
}

async fn ask(document: &str, variables: Option<Value>) -> Value {
    ask_of(Merged::core(), document, variables).await
}

async fn ask_of(merged: Merged, document: &str, variables: Option<Value>) -> Value {
    let schema = Schema::new(Arc::new(merged), Arc::new(Version));
    let request = Request {
        document: document.to_owned(),
        variables: variables.map(|variables| variables.to_string()),
        operation_name: None,
        principal: Principal::Client,
        stack: CallStack::default(),
        span: 0,
    };
    serde_json::from_str(&schema.execute(request).await).unwrap()
}

/// What GraphQL's own tools ask, and what generators of clients ask besides.
const WHOLE: &str = "query IntrospectionQuery {
  __schemaVersion
  __schema {
    queryType { name } mutationType { name } subscriptionType { name }
    types { ...FullType }
    directives { name description locations args(includeDeprecated: true) { ...InputValue } }
  }
}
fragment FullType on __Type {
  kind name description specifiedByURL isOneOf
  fields(includeDeprecated: true) {
    name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef }
    isDeprecated deprecationReason directives { ...Applied }
  }
  inputFields(includeDeprecated: true) { ...InputValue }
  interfaces { ...TypeRef }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason directives { ...Applied } }
  possibleTypes { ...TypeRef }
  directives { ...Applied }
}
fragment InputValue on __InputValue {
  name description type { ...TypeRef } defaultValue isDeprecated deprecationReason directives { ...Applied }
}
fragment TypeRef on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }
fragment Applied on _DirectiveApplication { name args { name value } }";

fn named<'v>(list: &'v Value, name: &str) -> &'v Value {
    let found = list.as_array().unwrap().iter().find(|each| each["name"] == name);
    found.unwrap_or_else(|| panic!("no {name}"))
}

#[tokio::test]
async fn the_whole_schema_is_told_with_applied_directives() {
    let answer = ask(WHOLE, None).await;
    assert_eq!(answer["data"]["__schemaVersion"], API_VERSION);
    let schema = &answer["data"]["__schema"];
    assert_eq!(schema["queryType"]["name"], "Query");
    assert_eq!(schema["mutationType"], Value::Null);
    let types = &schema["types"];
    let container = named(types, "Container");
    assert_eq!(container["kind"], "OBJECT");
    let exec = named(&container["fields"], "withExec");
    let expect = named(&exec["args"], "expect");
    assert_eq!(expect["defaultValue"], "SUCCESS");
    let sync = named(&container["fields"], "sync");
    assert_eq!(
        sync["directives"],
        json!([{"name": "expectedType", "args": [{"name": "name", "value": "\"Container\""}]}])
    );
    let media = named(types, "ImageMediaTypes");
    assert_eq!(
        named(&media["enumValues"], "OCI")["directives"],
        json!([{"name": "enumValue", "args": [{"name": "value", "value": "\"OCIMediaTypes\""}]}])
    );
    let node = named(types, "Node");
    assert_eq!(node["kind"], "INTERFACE");
    let possible = node["possibleTypes"].as_array().unwrap();
    assert!(possible.iter().any(|each| each["name"] == "Container"));
    assert_eq!(named(types, "ContainerID")["kind"], "SCALAR");
    let ports = named(types, "PortForward");
    assert_eq!(named(&ports["inputFields"], "protocol")["defaultValue"], "TCP");
    let experimental = named(&schema["directives"], "experimental");
    assert_eq!(experimental["args"][0]["defaultValue"], "\"Not stabilized\"");
    assert_eq!(experimental["args"][0]["type"]["ofType"]["name"], "String");
}

/// A module's own marks, and those of the core API that say what to expect of a field.
#[tokio::test]
async fn marks_of_modules_and_of_the_core_are_applied() {
    let place = |line: u32| json!({"file": "src/main.py", "line": line, "column": 5});
    let function = |name: &str, annotations: Value| {
        json!({"name": name, "returns": {"kind": "void"}, "location": place(9), "annotations": annotations,
               "arguments": [{"name": "old", "type": {"kind": "string"}, "annotations": {"deprecated": "use new"}}]})
    };
    let def = json!({
        "mainObject": "Ci",
        "objects": [{"name": "Ci", "location": place(3), "functions": [
            function("lint", json!({"check": true, "cache": "never"})),
            function("write", json!({"generate": true, "cache": "10m"})),
            function("serve", json!({"up": true, "cache": "session", "deprecated": "gone soon"})),
        ]}],
        "enums": [{"name": "Level", "location": place(30), "members": [
            {"name": "LOW", "value": "low", "annotations": {"deprecated": "no"}}, {"name": "HIGH", "value": "high"}
        ]}],
    });
    let module = VisibleModule {
        name: "ci".to_owned(),
        id: ModuleId("ci".into()),
        def: Arc::new(serde_json::from_value(def).unwrap()),
    };
    let answer = ask_of(Merged::new(&[module]).unwrap(), WHOLE, None).await;
    let types = &answer["data"]["__schema"]["types"];
    let shown = |applied: &Value| {
        let applied = applied.as_array().unwrap().iter().map(|each| {
            let arguments: Vec<String> = each["args"]
                .as_array()
                .unwrap()
                .iter()
                .map(|argument| {
                    format!(
                        "{}: {}",
                        argument["name"].as_str().unwrap(),
                        argument["value"].as_str().unwrap()
                    )
                })
                .collect();
            format!("@{}({})", each["name"].as_str().unwrap(), arguments.join(", "))
        });
        applied.collect::<Vec<_>>().join(" ")
    };
    let ci = named(types, "Ci");
    let fields = ["lint", "write", "serve"].map(|name| shown(&named(&ci["fields"], name)["directives"]));
    insta::assert_snapshot!(fields.join("\n"), @r#"
    @cache(policy: Never) @sourceMap(module: "ci", filename: "src/main.py", line: 9, column: 5, url: "") @check()
    @cache(policy: Default, ttl: "10m") @sourceMap(module: "ci", filename: "src/main.py", line: 9, column: 5, url: "") @generate()
    @deprecated(reason: "gone soon") @cache(policy: PerSession) @sourceMap(module: "ci", filename: "src/main.py", line: 9, column: 5, url: "") @up()
    "#);
    let level = named(types, "CiLevel");
    let of_types = [ci, level].map(|each| shown(&each["directives"])).join("\n");
    insta::assert_snapshot!(of_types, @r#"
    @sourceMap(module: "ci", filename: "src/main.py", line: 3, column: 5, url: "")
    @sourceMap(module: "ci", filename: "src/main.py", line: 30, column: 5, url: "")
    "#);
    let low = named(&level["enumValues"], "LOW");
    assert_eq!(
        (&low["isDeprecated"], &low["deprecationReason"]),
        (&json!(true), &json!("no"))
    );
    let old = named(&named(&ci["fields"], "lint")["args"], "old");
    assert_eq!(shown(&old["directives"]), "@deprecated(reason: \"use new\")");
    let patch = named(&named(types, "Directory")["fields"], "withPatch");
    let reason = "This API is highly experimental and may be removed or replaced entirely.";
    assert_eq!(
        shown(&patch["directives"]),
        format!("@experimental(reason: \"{reason}\")")
    );
}

/// Each type that is referred to is told, so that clients can build the schema for themselves.
#[tokio::test]
async fn no_type_is_only_referred_to() {
    fn walk(value: &Value, names: &mut Vec<String>) {
        match value {
            Value::Object(map) => {
                if let (Some(Value::String(kind)), Some(Value::String(name))) = (map.get("kind"), map.get("name"))
                    && !matches!(kind.as_str(), "LIST" | "NON_NULL")
                {
                    names.push(name.clone());
                }
                map.values().for_each(|value| walk(value, names));
            }
            Value::Array(items) => items.iter().for_each(|value| walk(value, names)),
            _ => {}
        }
    }
    let answer = ask(WHOLE, None).await;
    let schema = &answer["data"]["__schema"];
    let mut referred = Vec::new();
    walk(schema, &mut referred);
    assert!(referred.len() > 1000);
    for name in referred {
        named(&schema["types"], &name);
    }
}

#[tokio::test]
async fn questions_stand_beside_other_fields_in_the_order_of_the_document() {
    let document = "query($with: Boolean = false, $name: String!) {
        version
        ...Q
        t: __type(name: $name) { __typename name enumValues @include(if: $with) { name } kind @skip(if: true) }
        __typename
        nothing: __type(name: \"Nothing\") { name }
    }
    fragment Q on Query { ... on Query { __schema { __typename queryType { n: name } } } }";
    let answer = ask(document, Some(json!({"name": "ReturnType"}))).await;
    assert_eq!(
        answer.to_string(),
        json!({"data": {
            "version": "v1",
            "__schema": {"__typename": "__Schema", "queryType": {"n": "Query"}},
            "t": {"__typename": "__Type", "name": "ReturnType"},
            "__typename": "Query",
            "nothing": null,
        }})
        .to_string()
    );
}

#[tokio::test]
async fn selections_of_one_key_are_joined() {
    let document = "{__type(name: \"Syncer\"){...A ...B fields{type{kind}}}} fragment A on __Type{fields{name}} fragment B on __Type{kind}";
    let answer = ask(document, None).await;
    let told = &answer["data"]["__type"];
    assert_eq!(told["kind"], "INTERFACE");
    assert_eq!(told["fields"][0], json!({"name": "id", "type": {"kind": "NON_NULL"}}));
}

#[tokio::test]
async fn wrong_questions_are_refused() {
    for (document, message) in [
        ("{__schema{typez{name}}}", "`__Schema` has no field `typez`"),
        ("{__schema}", "select fields of `__Schema`"),
        ("{__type{name}}", "`__type` needs argument `name` of type String!"),
        (
            "{__schema{types{...F}}} fragment F on __Type{...F}",
            "a fragment contains itself",
        ),
        ("{__schema{types{...F}}}", "fragment `F` is not defined"),
    ] {
        let answer = ask(document, None).await;
        assert_eq!(answer["errors"][0]["message"], message, "{document}");
        assert_eq!(answer["data"], Value::Null);
    }
}

/// The budget is 15 ms with the transport; the bound leaves room for a busy machine.
#[tokio::test]
async fn the_whole_schema_is_told_in_milliseconds() {
    let mut best = f64::MAX;
    for _ in 0..10 {
        let start = Instant::now();
        ask(WHOLE, None).await;
        best = best.min(start.elapsed().as_secs_f64());
    }
    assert!(best < 0.05, "{best} s");
}
