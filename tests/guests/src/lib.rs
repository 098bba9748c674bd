//! What the guests share: bindings of the world, and a description that is right but says little.

wit_bindgen::generate!({
    path: "../../wit/0.1.0",
    world: "module",
    pub_export_macro: true,
    default_bindings_module: "dockwright_guests",
});

pub use dockwright::module::definitions::*;
pub use dockwright::module::{api, system};
pub use exports::dockwright::module::functions::{Failure, FunctionCall};

/// What a guest does.
pub trait Behaviour {
    fn describe() -> Result<ModuleDef, Failure> {
        Ok(minimal())
    }

    fn invoke(call: FunctionCall) -> Result<String, Failure>;
}

impl<T: Behaviour> exports::dockwright::module::functions::Guest for T {
    fn describe() -> Result<ModuleDef, Failure> {
        <T as Behaviour>::describe()
    }

    fn invoke(call: FunctionCall) -> Result<String, Failure> {
        <T as Behaviour>::invoke(call)
    }
}

/// An object with nothing in it.
pub fn minimal() -> ModuleDef {
    ModuleDef {
        description: None,
        main_object: "Main".into(),
        types: vec![],
        objects: vec![object("Main")],
        enums: vec![],
        interfaces: vec![],
        annotations: vec![],
    }
}

pub fn object(name: &str) -> ObjectDef {
    ObjectDef {
        name: name.into(),
        description: None,
        fields: vec![],
        functions: vec![],
        constructor: None,
        location: None,
        annotations: vec![],
    }
}

pub fn function(name: &str, returns: TypeIndex) -> FunctionDef {
    FunctionDef {
        name: name.into(),
        description: None,
        arguments: vec![],
        returns,
        location: None,
        annotations: vec![],
    }
}

pub fn fail(kind: &str, message: String) -> Failure {
    Failure {
        kind: kind.into(),
        message,
        location: None,
        trace: None,
        extensions: vec![],
    }
}

/// A JSON string.
pub fn quote(text: &str) -> String {
    format!(
        "\"{}\"",
        text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
    )
}

/// The completion's id and outcome as one line.
pub fn show(completion: Option<api::Completion>) -> String {
    match completion {
        None => "nothing".into(),
        Some(api::Completion { id, outcome: Ok(text) }) => format!("{id} ok {text}"),
        Some(api::Completion { id, outcome: Err(text) }) => format!("{id} err {text}"),
    }
}
