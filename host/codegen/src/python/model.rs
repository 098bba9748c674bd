//! What a Python client consists of, wherever it came from.

/// A class of the client: an object or interface type.
pub(super) struct Class {
    /// Name in Python and in GraphQL.
    pub(super) name: String,
    /// Base classes.
    pub(super) bases: Vec<String>,
    /// Documentation.
    pub(super) doc: String,
    /// Methods, in schema order.
    pub(super) methods: Vec<Method>,
}

/// A method: a field of the type.
pub(super) struct Method {
    /// Name in Python.
    pub(super) name: String,
    /// Name in GraphQL.
    pub(super) field: String,
    /// Documentation, deprecation included.
    pub(super) doc: String,
    /// Required ones first.
    pub(super) parameters: Vec<Parameter>,
    /// What it gives.
    pub(super) returns: Returns,
}

/// A parameter of a method.
pub(super) struct Parameter {
    /// Name in Python.
    pub(super) name: String,
    /// Name in GraphQL.
    pub(super) argument: String,
    /// Annotation, without `| None`.
    pub(super) annotation: String,
    /// Documentation.
    pub(super) doc: String,
    /// How it may be left out.
    pub(super) default: Presence,
}

/// Whether a parameter must be given.
pub(super) enum Presence {
    /// Always given.
    Required,
    /// `None` when left out, and then not sent.
    Optional,
    /// The server's own default as a Python expression; not sent when it is given again.
    Default(String),
}

/// How a method answers.
pub(super) enum Returns {
    /// An object, built without asking the server.
    Object(String),
    /// A list of objects, asked for.
    Objects(String),
    /// The same object again, once the server has done its work.
    Synced(String),
    /// The object's own ID.
    Id,
    /// Nothing, once the server has done its work.
    Nothing,
    /// A plain value of the annotated type.
    Value(String),
}
