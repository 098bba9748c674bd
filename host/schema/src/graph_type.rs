//! One type of the merged schema, core or from a module, in one form: what validation, coercion, the command line's flags and the GraphQL
//! schema are all derived from.

use crate::execute::ModuleId;
use crate::notes::{Notes, Place};
use indexmap::IndexMap;
use serde_json::Value;
use std::borrow::Cow;
use std::sync::Arc;

/// Text that is static for core types and owned for a module's.
pub type Text = Cow<'static, str>;

/// A type as GraphQL writes it: a named type, wrapped at most once in a list per level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GraphTypeRef {
    /// A named type.
    Named(Text),
    /// `[T]`.
    List(Box<GraphTypeRef>),
    /// `T!`.
    NonNull(Box<GraphTypeRef>),
}

impl GraphTypeRef {
    /// `Name`, nullable.
    pub fn named(name: impl Into<Text>) -> GraphTypeRef {
        GraphTypeRef::Named(name.into())
    }

    /// This type, never null.
    pub fn non_null(self) -> GraphTypeRef {
        match self {
            GraphTypeRef::NonNull(_) => self,
            other => GraphTypeRef::NonNull(Box::new(other)),
        }
    }

    /// The innermost named type.
    pub fn name(&self) -> &str {
        match self {
            GraphTypeRef::Named(name) => name,
            GraphTypeRef::List(inner) | GraphTypeRef::NonNull(inner) => inner.name(),
        }
    }

    /// Whether null is refused.
    pub fn is_non_null(&self) -> bool {
        matches!(self, GraphTypeRef::NonNull(_))
    }

    /// The element type when this is a list, whatever its nullability.
    pub fn element(&self) -> Option<&GraphTypeRef> {
        match self {
            GraphTypeRef::List(inner) => Some(inner),
            GraphTypeRef::NonNull(inner) => inner.element(),
            GraphTypeRef::Named(_) => None,
        }
    }
}

impl std::fmt::Display for GraphTypeRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            GraphTypeRef::Named(name) => f.write_str(name),
            GraphTypeRef::List(inner) => write!(f, "[{inner}]"),
            GraphTypeRef::NonNull(inner) => write!(f, "{inner}!"),
        }
    }
}

/// Where a field's value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A resolver of the core API.
    Core,
    /// `Query.<module>`: constructs the module's main object.
    Constructor {
        /// The module.
        module: ModuleId,
        /// The object's name in the module.
        object: Text,
    },
    /// A function of a module's object.
    Function {
        /// The module.
        module: ModuleId,
        /// The object's name in the module.
        object: Text,
    },
    /// A function of a module's interface: whatever object is behind it has that function or field.
    Behaviour {
        /// The module.
        module: ModuleId,
        /// The interface's name in the module.
        interface: Text,
    },
    /// `as<Interface>` of an object that satisfies it: the object itself.
    Itself,
    /// A field of a module's object, read from its state.
    State {
        /// Key in the state.
        key: Text,
    },
    /// `id` of any object.
    Id,
    /// `Query.node` and `Query.load…FromID`.
    Load,
}

/// One argument of a field.
#[derive(Clone, Debug, PartialEq)]
pub struct GraphArgument {
    /// API name.
    pub name: Text,
    /// Documentation; may be empty.
    pub description: Text,
    /// Its type; objects are `ID`.
    pub r#type: GraphTypeRef,
    /// Value when left out.
    pub default: Option<Value>,
    /// For an `ID`: the type of object that it must be.
    pub expected_type: Option<Text>,
    /// Path of the caller's files that the host fills in when left out.
    pub default_path: Option<Text>,
    /// Address (an image reference) that the host fills in when left out.
    pub default_address: Option<Text>,
    /// Patterns that a directory given here leaves out.
    pub ignore: Vec<String>,
    /// Why it should not be used any more.
    pub deprecated: Option<Text>,
}

impl GraphArgument {
    /// Whether a caller must give it.
    pub fn is_required(&self) -> bool {
        self.r#type.is_non_null()
            && self.default.is_none()
            && self.default_path.is_none()
            && self.default_address.is_none()
    }
}

/// One field of an object or interface.
#[derive(Clone, Debug, PartialEq)]
pub struct GraphField {
    /// API name.
    pub name: Text,
    /// Documentation; may be empty.
    pub description: Text,
    /// Arguments.
    pub arguments: Vec<GraphArgument>,
    /// Type of the value.
    pub returns: GraphTypeRef,
    /// For an `ID` result: the type of object that it names.
    pub expected_type: Option<Text>,
    /// Why it should not be used any more.
    pub deprecated: Option<Text>,
    /// Where the value comes from.
    pub origin: Origin,
    /// What there is to know of it besides.
    pub notes: Notes,
}

impl GraphField {
    /// The argument of that name.
    pub fn argument(&self, name: &str) -> Option<&GraphArgument> {
        self.arguments.iter().find(|argument| argument.name == name)
    }
}

/// One member of an enum.
#[derive(Clone, Debug, PartialEq)]
pub struct GraphMember {
    /// Name on the wire.
    pub name: Text,
    /// Name that it stands for when it is a second spelling of another member.
    pub value: Text,
    /// Documentation; may be empty.
    pub description: Text,
    /// Why it should not be used any more.
    pub deprecated: Option<Text>,
}

/// What kind of type it is.
#[derive(Clone, Debug, PartialEq)]
pub enum GraphTypeKind {
    /// An object with the interfaces that it implements.
    Object {
        /// Fields by name.
        fields: IndexMap<Text, GraphField>,
        /// Names of interfaces.
        implements: Vec<Text>,
        /// The module that the type belongs to; none for core.
        module: Option<ModuleId>,
    },
    /// An interface.
    Interface {
        /// Fields by name.
        fields: IndexMap<Text, GraphField>,
        /// The module that the type belongs to; none for core.
        module: Option<ModuleId>,
    },
    /// An enum.
    Enum {
        /// Members in order.
        members: Vec<GraphMember>,
    },
    /// An input object; its fields are arguments.
    Input {
        /// Fields in order.
        fields: Vec<GraphArgument>,
    },
    /// A scalar; values are passed as they are.
    Scalar,
}

/// One type of the merged schema.
#[derive(Clone, Debug, PartialEq)]
pub struct GraphType {
    /// API name.
    pub name: Text,
    /// Name in the module's own source, when the type is a module's and the API's name differs or not.
    pub original_name: Option<Text>,
    /// Documentation; may be empty.
    pub description: Text,
    /// What it is.
    pub kind: GraphTypeKind,
    /// Where a module declares it.
    pub place: Option<Arc<Place>>,
}

impl GraphType {
    /// The field of that name, of an object or interface.
    pub fn field(&self, name: &str) -> Option<&GraphField> {
        self.fields()?.get(name)
    }

    pub(crate) fn fields_mut(&mut self) -> Option<&mut IndexMap<Text, GraphField>> {
        match &mut self.kind {
            GraphTypeKind::Object { fields, .. } | GraphTypeKind::Interface { fields, .. } => Some(fields),
            _ => None,
        }
    }

    /// All fields, of an object or interface.
    pub fn fields(&self) -> Option<&IndexMap<Text, GraphField>> {
        match &self.kind {
            GraphTypeKind::Object { fields, .. } | GraphTypeKind::Interface { fields, .. } => Some(fields),
            _ => None,
        }
    }

    /// Whether it is an interface of the core API. Objects behind one of those are told apart by their types. Objects behind an interface of a
    /// module may be of types that are not part of the schema, so that it is executed as if it were an object.
    pub(crate) fn is_abstract(&self) -> bool {
        matches!(self.kind, GraphTypeKind::Interface { module: None, .. })
    }

    /// The interfaces of the core API that its objects have.
    pub(crate) fn interfaces(&self) -> &[Text] {
        const NODE: &[Text] = &[Text::Borrowed("Node")];
        match &self.kind {
            GraphTypeKind::Object { implements, .. } => implements,
            GraphTypeKind::Interface { module: Some(_), .. } => NODE,
            _ => &[],
        }
    }

    /// Whether values of the type are objects with an ID.
    pub fn is_object(&self) -> bool {
        matches!(
            self.kind,
            GraphTypeKind::Object { .. } | GraphTypeKind::Interface { .. }
        )
    }
}
