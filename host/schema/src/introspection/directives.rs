//! The directives that there are. Those of documents are GraphQL's own; the others are applied to the schema, for generators of clients.

use crate::graph_type::{GraphArgument, GraphTypeRef};
use serde_json::Value;
use std::sync::LazyLock;

/// A directive's definition.
#[derive(Debug)]
pub(crate) struct Directive {
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) locations: &'static [&'static str],
    pub(crate) arguments: Vec<GraphArgument>,
}

/// All directives.
pub(crate) static DIRECTIVES: LazyLock<Vec<Directive>> = LazyLock::new(|| {
    let define = |definition: &Definition| Directive {
        name: definition.name,
        description: definition.description,
        locations: definition.locations,
        arguments: definition.arguments.iter().map(DirectiveArgument::convert).collect(),
    };
    DEFINITIONS.iter().map(define).collect()
});

struct Definition {
    name: &'static str,
    description: &'static str,
    locations: &'static [&'static str],
    arguments: &'static [DirectiveArgument],
}

struct DirectiveArgument {
    name: &'static str,
    description: &'static str,
    type_name: &'static str,
    list: bool,
    required: bool,
    default: Option<&'static str>,
}

impl DirectiveArgument {
    fn convert(&self) -> GraphArgument {
        let mut reference = GraphTypeRef::named(self.type_name);
        if self.list {
            reference = GraphTypeRef::List(Box::new(reference.non_null()));
        }
        if self.required {
            reference = reference.non_null();
        }
        GraphArgument {
            name: self.name.into(),
            description: self.description.into(),
            r#type: reference,
            default: self.default.map(Value::from),
            expected_type: None,
            default_path: None,
            default_address: None,
            ignore: Vec::new(),
            deprecated: None,
        }
    }
}

const fn argument(name: &'static str, type_name: &'static str, description: &'static str) -> DirectiveArgument {
    DirectiveArgument {
        name,
        description,
        type_name,
        list: false,
        required: true,
        default: None,
    }
}

const ON_SELECTIONS: &[&str] = &["FIELD", "FRAGMENT_SPREAD", "INLINE_FRAGMENT"];
const ON_MEMBERS: &[&str] = &[
    "FIELD_DEFINITION",
    "ARGUMENT_DEFINITION",
    "INPUT_FIELD_DEFINITION",
    "ENUM_VALUE",
];
const ON_FIELDS: &[&str] = &["FIELD_DEFINITION"];
const ON_ARGUMENTS: &[&str] = &["ARGUMENT_DEFINITION"];

const DEFINITIONS: &[Definition] = &[
    Definition {
        name: "include",
        description: "Selects only if the condition holds.",
        locations: ON_SELECTIONS,
        arguments: &[argument("if", "Boolean", "The condition.")],
    },
    Definition {
        name: "skip",
        description: "Selects only if the condition does not hold.",
        locations: ON_SELECTIONS,
        arguments: &[argument("if", "Boolean", "The condition.")],
    },
    Definition {
        name: "deprecated",
        description: "Should not be used any more.",
        locations: ON_MEMBERS,
        arguments: &[DirectiveArgument {
            required: false,
            default: Some("No longer supported"),
            ..argument("reason", "String", "Why, and what to use instead.")
        }],
    },
    Definition {
        name: "specifiedBy",
        description: "Where a scalar is specified.",
        locations: &["SCALAR"],
        arguments: &[argument("url", "String", "The specification.")],
    },
    Definition {
        name: "expectedType",
        description: "The type of object that an ID names.",
        locations: &["ARGUMENT_DEFINITION", "FIELD_DEFINITION"],
        arguments: &[argument("name", "String", "Name of the type.")],
    },
    Definition {
        name: "enumValue",
        description: "The member that this is another spelling of.",
        locations: &["ENUM_VALUE"],
        arguments: &[argument("value", "String", "Name of the member.")],
    },
    Definition {
        name: "experimental",
        description: "May change.",
        locations: ON_MEMBERS,
        arguments: &[DirectiveArgument {
            default: Some("Not stabilized"),
            ..argument("reason", "String", "Why.")
        }],
    },
    Definition {
        name: "defaultPath",
        description: "The path that an argument is read from when it is left out.",
        locations: ON_ARGUMENTS,
        arguments: &[argument("path", "String", "The path.")],
    },
    Definition {
        name: "defaultAddress",
        description: "The address that an argument is made from when it is left out.",
        locations: ON_ARGUMENTS,
        arguments: &[argument("address", "String", "The address.")],
    },
    Definition {
        name: "ignorePatterns",
        description: "What a directory that is given leaves out.",
        locations: ON_ARGUMENTS,
        arguments: &[DirectiveArgument {
            list: true,
            ..argument("patterns", "String", "The patterns, as in .gitignore.")
        }],
    },
    Definition {
        name: "sourceMap",
        description: "Where something is defined in a module's source.",
        locations: &[
            "SCALAR",
            "OBJECT",
            "FIELD_DEFINITION",
            "ARGUMENT_DEFINITION",
            "UNION",
            "ENUM",
            "ENUM_VALUE",
            "INPUT_OBJECT",
        ],
        arguments: &[
            argument("module", "String", "Name of the module."),
            argument("filename", "String", "The file, from the module's directory."),
            argument("line", "Int", "The line, from 1."),
            argument("column", "Int", "The column, from 1."),
            argument("url", "String", "Where it can be read."),
        ],
    },
    Definition {
        name: "cache",
        description: "How long results of a function are kept.",
        locations: ON_FIELDS,
        arguments: &[
            DirectiveArgument {
                required: false,
                ..argument("policy", "FunctionCachePolicy", "The policy.")
            },
            DirectiveArgument {
                required: false,
                ..argument("ttl", "String", "The time, such as `10m`.")
            },
        ],
    },
    Definition {
        name: "check",
        description: "The function is a check.",
        locations: ON_FIELDS,
        arguments: &[],
    },
    Definition {
        name: "generate",
        description: "The function generates files.",
        locations: ON_FIELDS,
        arguments: &[],
    },
    Definition {
        name: "up",
        description: "The function's result is a service to run.",
        locations: ON_FIELDS,
        arguments: &[],
    },
];
