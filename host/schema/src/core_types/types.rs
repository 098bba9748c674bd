//! The shape of the core API's tables.
//!
//! Everything is `'static` data, so that a lookup costs nothing at start. It holds no behaviour beyond reading itself;
//! `merge` and `build` turn it into a schema, `codegen` into clients.

/// What a core type is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CoreKind {
    /// Has fields and an identity.
    Object,
    /// Fields that several objects share.
    Interface,
    /// A closed list of names.
    Enum,
    /// A record that travels as an argument.
    Input,
    /// A leaf with its own text form.
    Scalar,
}

/// One type of the core API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoreType {
    /// GraphQL name.
    pub name: &'static str,
    /// What it is.
    pub kind: CoreKind,
    /// Documentation.
    pub description: Option<&'static str>,
    /// Names of the interfaces of an object or interface.
    pub implements: &'static [&'static str],
    /// Fields of an object, interface or input, sorted by name as in the schema file.
    pub fields: &'static [CoreField],
    /// Members of an enum, in schema order.
    pub members: &'static [CoreEnumMember],
}

impl CoreType {
    /// The field of that name.
    pub fn field(&self, name: &str) -> Option<&'static CoreField> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Whether it names the interface among those it implements.
    pub fn is_a(&self, interface: &str) -> bool {
        self.implements.contains(&interface)
    }
}

/// A field of an object or interface, or a field of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoreField {
    /// GraphQL name, lowerCamel.
    pub name: &'static str,
    /// Documentation.
    pub description: Option<&'static str>,
    /// Arguments, in schema order; an input's field has none.
    pub arguments: &'static [CoreArgument],
    /// Type of the value.
    pub returns: CoreTypeRef,
    /// Default value of an input's field, a GraphQL literal.
    pub default: Option<&'static str>,
    /// For a field that returns `ID`: the object type that the ID stands for.
    pub expected_type: Option<&'static str>,
    /// Why not to use it.
    pub deprecated: Option<&'static str>,
    /// Why it may change.
    pub experimental: Option<&'static str>,
}

impl CoreField {
    /// The argument of that name.
    pub fn argument(&self, name: &str) -> Option<&'static CoreArgument> {
        self.arguments.iter().find(|argument| argument.name == name)
    }
}

/// An argument of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoreArgument {
    /// GraphQL name, lowerCamel.
    pub name: &'static str,
    /// Documentation.
    pub description: Option<&'static str>,
    /// Its type.
    pub r#type: CoreTypeRef,
    /// Default value, a GraphQL literal.
    pub default: Option<&'static str>,
    /// For an `ID` or a list of them: the type that the ID stands for.
    pub expected_type: Option<&'static str>,
    /// Why not to use it.
    pub deprecated: Option<&'static str>,
}

impl CoreArgument {
    /// Whether a caller must give it.
    pub fn is_required(&self) -> bool {
        self.r#type.non_null && self.default.is_none()
    }
}

/// A reference to a type, with its list and null markers. The core API has no lists of lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoreTypeRef {
    /// The named type: a core type, or `String`, `Int`, `Float`, `Boolean`, `ID`.
    pub name: &'static str,
    /// Whether it is a list of that type.
    pub list: bool,
    /// For a list: whether its items are never null.
    pub item_non_null: bool,
    /// Whether the value itself is never null.
    pub non_null: bool,
}

impl std::fmt::Display for CoreTypeRef {
    /// The GraphQL form, such as `[String!]!`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let end = if self.non_null { "!" } else { "" };
        if self.list {
            let item = if self.item_non_null { "!" } else { "" };
            write!(f, "[{}{item}]{end}", self.name)
        } else {
            write!(f, "{}{end}", self.name)
        }
    }
}

/// One member of an enum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoreEnumMember {
    /// Name; it travels on the wire.
    pub name: &'static str,
    /// What it stands for: another member's name for an alias, else its own name.
    pub value: &'static str,
    /// Documentation.
    pub description: Option<&'static str>,
}

impl CoreEnumMember {
    /// Whether it only spells another member differently.
    pub fn is_alias(&self) -> bool {
        self.name != self.value
    }
}
