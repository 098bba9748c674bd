//! What can be asked of a schema: the types that GraphQL defines for it, and two for applied directives.

/// A type of introspection, with its fields and their types.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) name: &'static str,
    fields: &'static [(&'static str, &'static str)],
}

impl Shape {
    /// The type of what the field returns: none when there is no such field, else the shape, or none of those for a scalar.
    pub(crate) fn field(&self, name: &str) -> Option<(&'static str, Option<&'static Shape>)> {
        let (name, returned) = self.fields.iter().find(|(field, _)| *field == name)?;
        Some((name, shape(returned)))
    }
}

/// The shape of that name.
pub(crate) fn shape(name: &str) -> Option<&'static Shape> {
    SHAPES.iter().find(|shape| shape.name == name)
}

const SHAPES: &[Shape] = &[
    Shape {
        name: "__Schema",
        fields: &[
            ("description", "String"),
            ("types", "__Type"),
            ("queryType", "__Type"),
            ("mutationType", "__Type"),
            ("subscriptionType", "__Type"),
            ("directives", "__Directive"),
        ],
    },
    Shape {
        name: "__Type",
        fields: &[
            ("kind", "__TypeKind"),
            ("name", "String"),
            ("description", "String"),
            ("specifiedByURL", "String"),
            ("fields", "__Field"),
            ("interfaces", "__Type"),
            ("possibleTypes", "__Type"),
            ("enumValues", "__EnumValue"),
            ("inputFields", "__InputValue"),
            ("ofType", "__Type"),
            ("isOneOf", "Boolean"),
            ("directives", "_DirectiveApplication"),
        ],
    },
    Shape {
        name: "__Field",
        fields: &[
            ("name", "String"),
            ("description", "String"),
            ("args", "__InputValue"),
            ("type", "__Type"),
            ("isDeprecated", "Boolean"),
            ("deprecationReason", "String"),
            ("directives", "_DirectiveApplication"),
        ],
    },
    Shape {
        name: "__InputValue",
        fields: &[
            ("name", "String"),
            ("description", "String"),
            ("type", "__Type"),
            ("defaultValue", "String"),
            ("isDeprecated", "Boolean"),
            ("deprecationReason", "String"),
            ("directives", "_DirectiveApplication"),
        ],
    },
    Shape {
        name: "__EnumValue",
        fields: &[
            ("name", "String"),
            ("description", "String"),
            ("isDeprecated", "Boolean"),
            ("deprecationReason", "String"),
            ("directives", "_DirectiveApplication"),
        ],
    },
    Shape {
        name: "__Directive",
        fields: &[
            ("name", "String"),
            ("description", "String"),
            ("isRepeatable", "Boolean"),
            ("locations", "__DirectiveLocation"),
            ("args", "__InputValue"),
        ],
    },
    Shape {
        name: "_DirectiveApplication",
        fields: &[("name", "String"), ("args", "_DirectiveApplicationArg")],
    },
    Shape {
        name: "_DirectiveApplicationArg",
        fields: &[("name", "String"), ("value", "String")],
    },
];
