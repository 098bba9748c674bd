//! What an SDK does, in one file: the table of functions that `crate::module` returns becomes the description that the host asks for, calls find
//! their function, and requests go to the API.

use serde_json::{Map, Value};

wit_bindgen::generate!({ path: "wit", world: "module" });

use dockwright::module::api;
use dockwright::module::definitions as wit;
use exports::dockwright::module::functions::{Failure, FunctionCall, Guest};

/// Why a function failed.
pub struct Error {
    kind: String,
    message: String,
    extensions: Map<String, Value>,
}

impl Error {
    pub fn new(kind: impl Into<String>, message: impl Into<String>) -> Error {
        Error { kind: kind.into(), message: message.into(), extensions: Map::new() }
    }
}

/// The type of an argument or a result.
#[derive(Clone)]
pub enum Type {
    String,
    Integer,
    Float,
    #[allow(dead_code, reason = "not every module has one")]
    Boolean,
    #[allow(dead_code, reason = "not every module has one")]
    Void,
    Object(String),
    List(Box<Type>),
}

impl Type {
    /// An object of the core API or of this module.
    pub fn object(name: &str) -> Type {
        Type::Object(name.to_owned())
    }

    pub fn list(of: Type) -> Type {
        Type::List(Box::new(of))
    }
}

/// An argument; without a default it must be given.
pub struct Argument {
    name: String,
    doc: String,
    of: Type,
    default: Option<Value>,
}

pub fn argument(name: &str, doc: &str, of: Type) -> Argument {
    Argument { name: name.to_owned(), doc: doc.to_owned(), of, default: None }
}

impl Argument {
    pub fn or(self, default: impl Into<Value>) -> Argument {
        Argument { default: Some(default.into()), ..self }
    }
}

type Body = fn(&Call) -> Result<Value, Error>;

struct Function {
    name: String,
    doc: String,
    returns: Type,
    arguments: Vec<Argument>,
    body: Body,
}

struct Object {
    name: String,
    doc: String,
    fields: Vec<(String, String, Type)>,
}

/// Everything that the module offers. `with` belongs to the function before it, `field` to the object before it.
pub struct Module {
    main: Object,
    functions: Vec<Function>,
    objects: Vec<Object>,
}

impl Module {
    pub fn new(main: &str, doc: &str) -> Module {
        Module { main: object(main, doc), functions: Vec::new(), objects: Vec::new() }
    }

    pub fn function(mut self, name: &str, doc: &str, returns: Type, body: Body) -> Module {
        let (name, doc) = (name.to_owned(), doc.to_owned());
        self.functions.push(Function { name, doc, returns, arguments: Vec::new(), body });
        self
    }

    pub fn with(mut self, argument: Argument) -> Module {
        self.functions.last_mut().expect("an argument follows its function").arguments.push(argument);
        self
    }

    #[allow(dead_code, reason = "not every module has objects of its own")]
    pub fn object(mut self, name: &str, doc: &str) -> Module {
        self.objects.push(object(name, doc));
        self
    }

    #[allow(dead_code, reason = "not every module has objects of its own")]
    pub fn field(mut self, name: &str, doc: &str, of: Type) -> Module {
        let field = (name.to_owned(), doc.to_owned(), of);
        self.objects.last_mut().expect("a field follows its object").fields.push(field);
        self
    }

    /// The description that the host asks for.
    pub fn describe(&self) -> wit::ModuleDef {
        let mut types = Vec::new();
        let functions = self.functions.iter().map(|function| wit::FunctionDef {
            name: function.name.clone(),
            description: Some(function.doc.clone()),
            arguments: function.arguments.iter().map(|argument| describe_argument(argument, &mut types)).collect(),
            returns: index(&function.returns, &mut types),
            location: None,
            annotations: Vec::new(),
        });
        let functions = functions.collect();
        let mut objects = vec![wit::ObjectDef { functions, ..describe_object(&self.main, &mut types) }];
        objects.extend(self.objects.iter().map(|object| describe_object(object, &mut types)));
        wit::ModuleDef {
            description: Some(self.main.doc.clone()),
            main_object: self.main.name.clone(),
            types,
            objects,
            enums: Vec::new(),
            interfaces: Vec::new(),
            annotations: Vec::new(),
        }
    }

    /// Runs the function that the host calls.
    pub fn invoke(&self, call: FunctionCall) -> Result<String, Failure> {
        let found = self.functions.iter().find(|function| function.name == call.name);
        let result = match found {
            Some(function) => (function.body)(&Call::new(call)),
            None => Err(Error::new("LookupError", format!("there is no function `{}`", call.name))),
        };
        result.map(|value| value.to_string()).map_err(|error| Failure {
            kind: error.kind,
            message: error.message,
            location: None,
            trace: None,
            extensions: error
                .extensions
                .into_iter()
                .map(|(name, value)| wit::Annotation { name, value: value.to_string() })
                .collect(),
        })
    }
}

fn object(name: &str, doc: &str) -> Object {
    Object { name: name.to_owned(), doc: doc.to_owned(), fields: Vec::new() }
}

fn describe_object(object: &Object, types: &mut Vec<wit::TypeDef>) -> wit::ObjectDef {
    let fields = object.fields.iter().map(|(name, doc, of)| wit::FieldDef {
        name: name.clone(),
        original_name: name.clone(),
        description: Some(doc.clone()),
        type_: index(of, types),
        location: None,
        annotations: Vec::new(),
    });
    wit::ObjectDef {
        name: object.name.clone(),
        description: Some(object.doc.clone()),
        fields: fields.collect(),
        functions: Vec::new(),
        constructor: None,
        location: None,
        annotations: Vec::new(),
    }
}

fn describe_argument(argument: &Argument, types: &mut Vec<wit::TypeDef>) -> wit::ArgumentDef {
    wit::ArgumentDef {
        name: argument.name.clone(),
        description: Some(argument.doc.clone()),
        type_: index(&argument.of, types),
        default_value: argument.default.as_ref().map(Value::to_string),
        annotations: Vec::new(),
    }
}

/// Puts the type into the table, since types of WIT cannot contain themselves.
fn index(of: &Type, types: &mut Vec<wit::TypeDef>) -> u32 {
    let entry = match of {
        Type::String => wit::TypeDef::String,
        Type::Integer => wit::TypeDef::Integer,
        Type::Float => wit::TypeDef::Float,
        Type::Boolean => wit::TypeDef::Boolean,
        Type::Void => wit::TypeDef::Void,
        Type::Object(name) => wit::TypeDef::Object(name.clone()),
        Type::List(inner) => wit::TypeDef::List(index(inner, types)),
    };
    types.push(entry);
    u32::try_from(types.len() - 1).expect("a module has fewer types")
}

/// A call's arguments by name; an object is its ID.
pub struct Call(Map<String, Value>);

impl Call {
    fn new(call: FunctionCall) -> Call {
        let value = |text: &str| serde_json::from_str(text).unwrap_or_default();
        Call(call.arguments.iter().map(|argument| (argument.name.clone(), value(&argument.value))).collect())
    }

    pub fn value(&self, name: &str) -> &Value {
        self.0.get(name).unwrap_or(&Value::Null)
    }

    pub fn text(&self, name: &str) -> Result<&str, Error> {
        self.value(name).as_str().ok_or_else(|| Error::new("TypeError", format!("argument `{name}` is no text")))
    }

    #[allow(dead_code, reason = "not every module takes numbers")]
    pub fn integer(&self, name: &str) -> Result<i64, Error> {
        self.value(name).as_i64().ok_or_else(|| Error::new("TypeError", format!("argument `{name}` is no integer")))
    }
}

/// Sends a GraphQL document to the API and waits for its `data`. An error keeps its structure, such as a command's exit code.
pub fn query(document: &str) -> Result<Value, Error> {
    let id = api::submit(document, None);
    let outcome = loop {
        match api::wait(None) {
            Some(completion) if completion.id == id => break completion.outcome,
            _ => {}
        }
    };
    let text = outcome.map_err(|message| Error::new("ApiError", message))?;
    let mut response: Value = serde_json::from_str(&text).map_err(|error| Error::new("ApiError", error.to_string()))?;
    match response["errors"].get_mut(0) {
        None => Ok(response["data"].take()),
        Some(error) => Err(Error {
            kind: "QueryError".to_owned(),
            message: error["message"].as_str().unwrap_or_default().to_owned(),
            extensions: error["extensions"].as_object().cloned().unwrap_or_default(),
        }),
    }
}

/// The component: what `crate::module` returns, asked for once per call.
struct Component;

impl Guest for Component {
    fn describe() -> Result<wit::ModuleDef, Failure> {
        Ok(crate::module().describe())
    }

    fn invoke(call: FunctionCall) -> Result<String, Failure> {
        crate::module().invoke(call)
    }
}

export!(Component);
