//! What a Go client consists of, wherever it came from.

/// A struct of the client: an object or interface type.
pub(super) struct Class {
    /// Name in Go.
    pub(super) name: String,
    /// Name in GraphQL.
    pub(super) api_name: String,
    /// Documentation.
    pub(super) doc: String,
    /// Methods, in schema order.
    pub(super) methods: Vec<Method>,
    /// Interfaces of the core API that it can be seen as.
    pub(super) implements: Vec<String>,
}

/// A method: a field of the type.
pub(super) struct Method {
    /// Name in Go.
    pub(super) name: String,
    /// Name in GraphQL.
    pub(super) field: String,
    /// Documentation, deprecation included.
    pub(super) doc: String,
    /// What must be given, in schema order.
    pub(super) required: Vec<Parameter>,
    /// Name of the struct of options, when there are any.
    pub(super) options_type: String,
    /// What may be left out, in schema order.
    pub(super) options: Vec<Parameter>,
    /// What it gives.
    pub(super) returns: Returns,
}

/// A parameter of a method, or a field of its options.
pub(super) struct Parameter {
    /// Name in GraphQL.
    pub(super) argument: String,
    /// Type in Go.
    pub(super) go_type: String,
    /// Documentation.
    pub(super) doc: String,
}

/// How a method answers.
pub(super) enum Returns {
    /// An object, built without asking the server.
    Object(Reference),
    /// A list of objects, asked for.
    Objects(Reference),
    /// The object of that type again, once the server has done its work.
    Synced(Reference),
    /// The object's own ID.
    Id,
    /// Nothing, once the server has done its work.
    Nothing,
    /// A plain value of the Go type.
    Value(String),
}

/// An object type that a method names.
pub(super) struct Reference {
    /// The struct in Go.
    pub(super) class: String,
    /// What the method's signature says: the struct's pointer, or an interface that it satisfies.
    pub(super) shown: String,
    /// What a list's item is in the signature: the struct, or an interface.
    pub(super) item: String,
    /// Name in GraphQL.
    pub(super) api_name: String,
}
