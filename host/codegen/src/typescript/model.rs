//! What a TypeScript client consists of, wherever it came from.

/// A class of the client: an object or interface type.
pub(super) struct Class {
    /// Name in GraphQL.
    pub(super) api_name: String,
    /// Name of the type in TypeScript.
    pub(super) name: String,
    /// Name of the class; it differs from the type's when that is a TypeScript interface.
    pub(super) class_name: String,
    /// Documentation.
    pub(super) doc: String,
    /// Methods, in schema order.
    pub(super) methods: Vec<Method>,
}

/// A method: a field of the type.
pub(super) struct Method {
    /// Name in TypeScript.
    pub(super) name: String,
    /// Name in GraphQL.
    pub(super) field: String,
    /// Documentation.
    pub(super) doc: Doc,
    /// Those that are passed one by one, in schema order.
    pub(super) parameters: Vec<Parameter>,
    /// Those that are the fields of one record.
    pub(super) options: Option<Record>,
    /// What it gives.
    pub(super) returns: Returns,
}

/// Documentation with its tags.
#[derive(Default)]
pub(super) struct Doc {
    /// The text.
    pub(super) text: String,
    /// Why not to use it; empty when no reason is known.
    pub(super) deprecated: Option<String>,
}

/// A parameter of a method, or a field of a record.
pub(super) struct Parameter {
    /// Name in TypeScript; in a record, the GraphQL name.
    pub(super) name: String,
    /// Name in GraphQL.
    pub(super) argument: String,
    /// Type in TypeScript.
    pub(super) annotation: String,
    /// How its text is written, when the value alone does not tell.
    pub(super) kind: Option<String>,
    /// Whether it may be left out.
    pub(super) optional: bool,
    /// Documentation.
    pub(super) doc: Doc,
}

impl Parameter {
    /// Takes the parameters that go into the options: those from the first one on that may be left out. One behind it that must be
    /// given goes with them, as in Dagger's client.
    pub(super) fn split_options(parameters: &mut Vec<Parameter>) -> Vec<Parameter> {
        let first = parameters.iter().position(|parameter| parameter.optional);
        parameters.split_off(first.unwrap_or(parameters.len()))
    }
}

/// A type of plain objects.
pub(super) struct Record {
    /// Name in TypeScript.
    pub(super) name: String,
    /// Documentation.
    pub(super) doc: String,
    /// Its fields, in schema order.
    pub(super) fields: Vec<Parameter>,
}

/// How a method answers.
pub(super) enum Returns {
    /// An object, built without asking the server.
    Object(Target),
    /// A list of objects, asked for.
    Objects(Target),
    /// The same object again, once the server has done its work.
    Synced(Target),
    /// The object's own ID, of that type.
    Id(String),
    /// Nothing, once the server has done its work.
    Nothing,
    /// A plain value of the type.
    Value(String),
}

/// The type of an object that a method gives.
#[derive(Clone)]
pub(super) struct Target {
    /// Name in GraphQL.
    pub(super) api_name: String,
    /// Name of the type in TypeScript.
    pub(super) annotation: String,
    /// Name of the class to build.
    pub(super) class: String,
}
