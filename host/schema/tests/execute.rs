//! The built schema as clients meet it: what clients of the API rely on, with a resolver that only records what it is asked.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use async_trait::async_trait;
use dockwright_schema::module_def::{ArgumentDef, FieldDef, FunctionDef, ObjectDef, TypeRef};
use dockwright_schema::*;
use serde_json::{Value, json};
use std::sync::Arc;

/// Answers every scalar with the call's own path; objects get an ID made of the call.
struct Echo;

fn id_of(type_name: &str, call: &str) -> ObjectId {
    ObjectId::new(type_name, *blake3::hash(call.as_bytes()).as_bytes())
}

#[async_trait]
impl Resolve for Echo {
    async fn resolve(&self, call: FieldCall) -> Result<Resolved, ResolveError> {
        let parent = call.parent.as_ref().map(|id| id.short()).unwrap_or_default();
        let text = format!(
            "{parent}.{}({})",
            call.field.name,
            Value::Object(call.arguments.clone())
        );
        match (&*call.parent_type, call.field.name.as_ref()) {
            (_, "stdout") => {
                let mut error = ResolveError::new("process \"false\" did not complete successfully: exit code: 3");
                error.extensions.insert("_type".into(), json!("EXEC_ERROR"));
                error.extensions.insert("exitCode".into(), json!(3));
                Err(error)
            }
            (_, "node") => {
                let id: ObjectId = call.arguments["id"].as_str().unwrap().parse().unwrap();
                Ok(Resolved::Object(id))
            }
            (_, "envVariables") => Ok(Resolved::List(vec![
                Resolved::Object(id_of("EnvVariable", "a")),
                Resolved::Object(id_of("EnvVariable", "b")),
            ])),
            (_, "entrypoint") => Ok(Resolved::Value(json!(["a", "b"]))),
            (_, "id") => Ok(Resolved::Value(json!(call.parent.unwrap().to_string()))),
            _ => match call.field.returns.name() {
                name @ ("Container" | "Directory" | "File" | "Ci" | "CiReport") => {
                    Ok(Resolved::Object(id_of(name, &text)))
                }
                "Int" => Ok(Resolved::Value(json!(1))),
                _ => Ok(Resolved::Value(json!(text))),
            },
        }
    }
}

fn request(document: &str) -> Request {
    Request {
        document: document.to_owned(),
        variables: None,
        operation_name: None,
        principal: Principal::CommandLine,
        stack: CallStack::default(),
        span: 0,
    }
}

fn schema(modules: &[VisibleModule]) -> Schema {
    Schema::new(Arc::new(Merged::new(modules).unwrap()), Arc::new(Echo))
}

async fn run(schema: &Schema, document: &str) -> Value {
    serde_json::from_str(&schema.execute(request(document)).await).unwrap()
}

fn argument(name: &str, r#type: TypeRef) -> ArgumentDef {
    ArgumentDef {
        name: name.into(),
        description: None,
        r#type,
        default_value: None,
        annotations: Default::default(),
    }
}

fn function(name: &str, arguments: Vec<ArgumentDef>, returns: TypeRef) -> FunctionDef {
    FunctionDef {
        name: name.into(),
        description: Some(format!("Does {name}.")),
        arguments,
        returns,
        location: None,
        annotations: Default::default(),
    }
}

fn ci() -> VisibleModule {
    let report = ObjectDef {
        name: "Report".into(),
        description: None,
        fields: vec![FieldDef {
            name: "isOk".into(),
            original_name: "is_ok".into(),
            description: None,
            r#type: TypeRef::Boolean,
            location: None,
            annotations: Default::default(),
        }],
        functions: vec![],
        constructor: None,
        location: None,
        annotations: Default::default(),
    };
    let main = ObjectDef {
        name: "Ci".into(),
        description: Some("The pipeline.".into()),
        fields: vec![],
        functions: vec![
            function(
                "test",
                vec![argument("source", TypeRef::Object("Directory".into()))],
                TypeRef::String,
            ),
            function("report", vec![], TypeRef::Object("Report".into())),
        ],
        constructor: Some(function(
            "",
            vec![argument("python", TypeRef::Optional(Box::new(TypeRef::String)))],
            TypeRef::Object("Ci".into()),
        )),
        location: None,
        annotations: Default::default(),
    };
    let def = ModuleDef {
        main_object: "Ci".into(),
        objects: vec![main, report],
        ..Default::default()
    };
    VisibleModule {
        name: "ci".into(),
        id: ModuleId("m1".into()),
        def: Arc::new(def),
    }
}

#[tokio::test]
async fn chains_fragments_lists_and_variables_work() {
    let schema = schema(&[]);
    let id = id_of("Container", "x");
    let answer = run(
        &schema,
        &format!("{{node(id:\"{id}\"){{__typename id ... on Container{{entrypoint}} ... on Directory{{entries}}}}}}"),
    )
    .await;
    assert_eq!(
        answer,
        json!({"data": {"node": {"__typename": "Container", "id": id.to_string(), "entrypoint": ["a", "b"]}}})
    );

    let answer = run(&schema, "{container{envVariables{name}}}").await;
    assert_eq!(answer["data"]["container"]["envVariables"].as_array().unwrap().len(), 2);

    let mut with_variables =
        request("query q($a: [String!]!) { container { withExec(args: $a) { label(name: \"x\") } } }");
    with_variables.variables = Some(json!({"a": ["ls"]}).to_string());
    let answer: Value = serde_json::from_str(&schema.execute(with_variables).await).unwrap();
    assert!(answer.get("errors").is_none(), "{answer}");
}

#[tokio::test]
async fn old_and_new_spellings_of_ids_load_the_same_object() {
    let schema = schema(&[ci()]);
    let id = id_of("Container", "x");
    let answer = run(&schema, &format!("{{node(id:\"{id}\"){{id}} version}}")).await;
    assert_eq!(answer["data"]["node"]["id"], json!(id.to_string()));
    for (name, type_name) in [
        ("loadContainerFromID", "Container"),
        ("loadCiFromID", "Ci"),
        ("loadCiReportFromID", "CiReport"),
    ] {
        assert_eq!(
            schema
                .merged()
                .get("Query")
                .unwrap()
                .field(name)
                .unwrap()
                .returns
                .to_string(),
            format!("{type_name}!")
        );
    }
}

#[tokio::test]
async fn errors_keep_their_structure() {
    let answer = run(&schema(&[]), "{container{withExec(args:[\"false\"]){stdout}}}").await;
    assert_eq!(
        answer["errors"][0]["extensions"],
        json!({"_type": "EXEC_ERROR", "exitCode": 3})
    );
    assert_eq!(answer["errors"][0]["path"], json!(["container", "withExec", "stdout"]));
}

#[tokio::test]
async fn what_would_be_dropped_silently_is_an_error() {
    let schema = schema(&[ci()]);
    for (document, message) in [
        (
            "{contaner{id}}",
            "`Query` has no field `contaner`; did you mean `container`?",
        ),
        (
            "{container{withExec(argz:[\"x\"]){id}}}",
            "`Container.withExec` has no argument `argz`",
        ),
        (
            "{container{withExec{id}}}",
            "`Container.withExec` needs argument `args` of type [String!]!",
        ),
        (
            "{container}",
            "`Query.container` is an object of type Container: select fields of it",
        ),
        (
            "{container{stdout{x}}}",
            "`Container.stdout` is a String: it has no fields to select",
        ),
        (
            "{node(id:\"x\"){...on Nothing{id}}}",
            "there is no object type `Nothing`",
        ),
        ("{ci{test}}", "`Ci.test` needs argument `source` of type ID!"),
    ] {
        let answer = run(&schema, document).await;
        let messages: Vec<&str> = answer["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|e| e["message"].as_str().unwrap())
            .collect();
        assert!(messages.contains(&message), "{document}: {messages:?}");
        assert_eq!(answer["data"], Value::Null);
    }
}

#[tokio::test]
async fn a_chain_of_three_hundred_calls_runs() {
    let document = format!(
        "{{container{}{{entrypoint}}{}}}",
        "{withWorkdir(path:\"/\")".repeat(300),
        "}".repeat(300)
    );
    let answer = tokio::task::spawn(async move { schema(&[]).execute(request(&document)).await })
        .await
        .unwrap();
    assert!(answer.contains("\"entrypoint\":[\"a\",\"b\"]"), "{answer:.300}");
}

#[tokio::test]
async fn module_types_are_part_of_the_schema() {
    let schema = schema(&[ci()]);
    let answer = run(&schema, "{__type(name:\"Ci\"){description fields{name args{name type{kind ofType{name}}}}} ci(python:\"3\"){report{isOk}}}").await;
    insta::assert_json_snapshot!(answer);
}

#[test]
fn types_that_do_not_fit_are_named() {
    let mut module = ci();
    let def = Arc::make_mut(&mut module.def);
    def.objects[0].functions.push(function(
        "broken",
        vec![argument("x", TypeRef::Object("Nope".into()))],
        TypeRef::Void,
    ));
    let message = Merged::new(&[module]).unwrap_err().to_string();
    assert_eq!(
        message,
        "`Ci.broken` of module `ci` uses type `Nope`, which is neither in the core API nor defined by the module"
    );

    let mut module = ci();
    module.name = "container".into();
    let def = Arc::make_mut(&mut module.def);
    def.objects[0].name = "Container".into();
    def.main_object = "Container".into();
    assert!(
        Merged::new(&[module])
            .unwrap_err()
            .to_string()
            .contains("has the name of a type that exists already")
    );
}

/// The budget is 5 ms on a quiet machine; the test's bound leaves room for a busy one.
#[test]
fn the_schema_is_built_in_milliseconds() {
    let best = (0..10)
        .map(|_| {
            let start = std::time::Instant::now();
            let built = schema(&[ci()]);
            built.complete().unwrap();
            let took = start.elapsed();
            drop(built);
            took
        })
        .min()
        .unwrap();
    println!("schema build: {best:?}");
    assert!(best.as_millis() < 25, "{best:?}");
}
