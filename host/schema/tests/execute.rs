//! The built schema as clients meet it: what clients of the API rely on, with a resolver that only records what it is asked.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use async_trait::async_trait;
use dockwright_schema::module_def::{ArgumentDef, FieldDef, FunctionDef, InterfaceDef, ObjectDef, TypeRef};
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
                name @ ("Container" | "Directory" | "File" | "Ci" | "CiReport" | "CiDuck") => {
                    Ok(Resolved::Object(id_of(name, &text)))
                }
                "Int" => Ok(Resolved::Value(json!(1))),
                _ => Ok(Resolved::Value(json!(text))),
            },
        }
    }

    /// An object of a type that the schema lacks is whatever it is asked as.
    fn type_name(&self, id: &ObjectId, asked: &[&str]) -> Option<String> {
        match &**id.type_name() {
            "Foreign" => asked.first().map(|name| (*name).to_owned()),
            name => Some(name.to_owned()),
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
async fn objects_behind_an_interface_need_no_type_of_their_own() {
    let mut module = ci();
    let def = Arc::make_mut(&mut module.def);
    def.interfaces.push(InterfaceDef {
        name: "Duck".into(),
        description: None,
        functions: vec![function("report", vec![], TypeRef::Object("Report".into()))],
        location: None,
        annotations: Default::default(),
    });
    let schema = schema(&[module]);
    let foreign = id_of("Foreign", "x");
    let asked = format!("{{node(id:\"{foreign}\"){{... on CiDuck{{id report{{id}}}}}}}}");
    let answer = run(&schema, &asked).await;
    assert_eq!(answer["data"]["node"]["id"], json!(foreign.to_string()), "{answer}");
    assert!(
        answer["data"]["node"]["report"]["id"]
            .as_str()
            .unwrap()
            .starts_with("CiReport@")
    );
    let unknown = run(&schema, &format!("{{node(id:\"{foreign}\"){{id}}}}")).await;
    let message = unknown["errors"][0]["message"].as_str().unwrap();
    assert!(message.contains("the type Foreign of Foreign@"), "{message}");
    // Its main object has that function, so it can be seen as one.
    let seen = run(&schema, "{ci{asCiDuck{report{id}}}}").await;
    assert!(seen.get("errors").is_none(), "{seen}");
}

#[tokio::test]
async fn one_fragment_that_does_not_fit_is_an_error() {
    let schema = schema(&[]);
    let id = id_of("Container", "x");
    let answer = run(
        &schema,
        &format!("{{node(id:\"{id}\"){{... on Directory{{entries}}}}}}"),
    )
    .await;
    let message = answer["errors"][0]["message"].as_str().unwrap();
    assert!(
        message.ends_with(" is a Container, but a Directory is needed"),
        "{message}"
    );
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
async fn an_object_without_a_selection_is_its_id_and_one_of_a_scalar_is_ignored() {
    let schema = schema(&[]);
    let document =
        "{a: container{rootfs envVariables} ...F} fragment F on Query { b: container{entrypoint{x}} c: container }";
    let answer = run(&schema, document).await;
    let data = &answer["data"];
    assert!(
        data["a"]["rootfs"].as_str().unwrap().starts_with("Directory@"),
        "{answer}"
    );
    let variables = data["a"]["envVariables"].as_array().unwrap();
    assert!(
        variables
            .iter()
            .all(|id| id.as_str().unwrap().starts_with("EnvVariable@"))
    );
    assert_eq!(data["b"]["entrypoint"], json!(["a", "b"]));
    assert!(data["c"].as_str().unwrap().starts_with("Container@"));
}

#[tokio::test]
async fn values_are_taken_in_the_forms_that_clients_send() {
    let schema = schema(&[]);
    let id = id_of("Container", "x").to_string();
    for (document, variables) in [
        (
            "query($id: ContainerID!){loadContainerFromID(id: $id){workdir}}",
            json!({"id": id}),
        ),
        (
            "query($id: ID!){node(id: $id){... on Container{workdir}}}",
            json!({"id": id}),
        ),
        (
            "query($p: NetworkProtocol, $n: Int!){container{withExposedPort(port: $n, protocol: $p){workdir}}}",
            json!({"p": "TCP", "n": 80}),
        ),
        (
            "{container{withExposedPort(port: 80, protocol: TCP){workdir}}}",
            json!(null),
        ),
        (
            "{container{withExposedPort(port: \"80\", protocol: \"tcp\"){workdir}}}",
            json!({}),
        ),
        (
            "query($n: Int = 80){container{withExposedPort(port: $n, protocol: \"TCP\"){workdir}}}",
            json!({"unknown": 1}),
        ),
    ] {
        let variables = (!variables.is_null()).then(|| variables.to_string());
        let request = Request {
            variables,
            ..request(document)
        };
        let answer = schema.execute(request).await;
        assert!(
            answer.contains("workdir\":\"") && !answer.contains("errors"),
            "{document}: {answer}"
        );
    }
}

#[tokio::test]
async fn one_operation_of_several_is_run_by_its_name() {
    let schema = schema(&[]);
    let request = |name: Option<&str>| Request {
        operation_name: name.map(str::to_owned),
        ..request("query A {a: version} query B {b: version __schemaVersion}")
    };
    assert!(schema.execute(request(Some("A"))).await.contains("\"a\":"));
    assert!(
        schema
            .execute(request(Some("B")))
            .await
            .contains("\"__schemaVersion\":\"v")
    );
    for name in [None, Some("C")] {
        assert!(schema.execute(request(name)).await.contains("\"errors\":"), "{name:?}");
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
    assert_eq!(
        Merged::new(&[module]).unwrap_err().to_string(),
        "`container` is already the name of a core function or of another module here; give it another name in dagger.json"
    );
    let mut module = ci();
    module.name = "search".into();
    let mut result = module.def.objects[1].clone();
    result.name = "Result".into();
    Arc::make_mut(&mut module.def).objects.push(result);
    assert_eq!(
        Merged::new(&[module]).unwrap_err().to_string(),
        "type `SearchResult` of module `search` has the name of a type that exists already; rename it"
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
