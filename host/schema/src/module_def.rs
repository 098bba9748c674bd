//! What a module offers, as the host keeps it: the Rust form of `definitions.wit`, serialisable, types as a tree.
//!
//! `runtime` makes it from WIT, `merge` checks and merges it, `codegen` and the command line read it. It knows
//! nothing of GraphQL.

use serde::{Deserialize, Serialize};

/// Version of the serialised form; a reader that finds another one describes the module anew.
pub const FORMAT: u32 = 1;

/// Everything that a module offers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ModuleDef {
    /// Documentation of the module.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Name of the object that `Query.<module>` constructs.
    pub main_object: String,
    /// Object types, in source order.
    #[serde(default)]
    pub objects: Vec<ObjectDef>,
    /// Enum types, in source order.
    #[serde(default)]
    pub enums: Vec<EnumDef>,
    /// Interface types, in source order.
    #[serde(default)]
    pub interfaces: Vec<InterfaceDef>,
    /// Properties without a field of their own.
    #[serde(default, skip_serializing_if = "Annotations::is_empty")]
    pub annotations: Annotations,
}

impl ModuleDef {
    /// The object type of that name.
    pub fn object(&self, name: &str) -> Option<&ObjectDef> {
        self.objects.iter().find(|object| object.name == name)
    }

    /// The enum type of that name.
    pub fn enumeration(&self, name: &str) -> Option<&EnumDef> {
        self.enums.iter().find(|def| def.name == name)
    }

    /// The interface type of that name.
    pub fn interface(&self, name: &str) -> Option<&InterfaceDef> {
        self.interfaces.iter().find(|def| def.name == name)
    }

    /// Whether one of its types has that name.
    pub fn defines(&self, name: &str) -> bool {
        self.type_names().any(|own| own == name)
    }

    /// Names of all its types.
    pub fn type_names(&self) -> impl Iterator<Item = &str> {
        let objects = self.objects.iter().map(|object| &object.name);
        let enums = self.enums.iter().map(|def| &def.name);
        let interfaces = self.interfaces.iter().map(|def| &def.name);
        objects.chain(enums).chain(interfaces).map(String::as_str)
    }

    /// The object that `Query.<module>` constructs.
    pub fn main(&self) -> Option<&ObjectDef> {
        self.object(&self.main_object)
    }
}

/// A type as a tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind", content = "of")]
pub enum TypeRef {
    /// UTF-8 text.
    String,
    /// Signed integer.
    Integer,
    /// Double precision number.
    Float,
    /// True or false.
    Boolean,
    /// No value.
    Void,
    /// A named scalar of the core API.
    Scalar(String),
    /// An object, by name.
    Object(String),
    /// An interface, by name.
    Interface(String),
    /// An enum, by name.
    Enum(String),
    /// An input object of the core API, by name.
    Input(String),
    /// A list.
    List(Box<TypeRef>),
    /// The type, or null.
    Optional(Box<TypeRef>),
}

impl TypeRef {
    /// The type without its outermost `Optional`, and whether there was one.
    pub fn without_optional(&self) -> (&TypeRef, bool) {
        match self {
            TypeRef::Optional(inner) => (inner, true),
            other => (other, false),
        }
    }
}

/// One argument of a function.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ArgumentDef {
    /// API name, lowerCamel.
    pub name: String,
    /// Documentation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its type.
    pub r#type: TypeRef,
    /// Default value; an argument that has one may be left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_value: Option<serde_json::Value>,
    /// `defaultPath`, `ignore`, `defaultAddress`, `deprecated`.
    #[serde(default, skip_serializing_if = "Annotations::is_empty")]
    pub annotations: Annotations,
}

impl ArgumentDef {
    /// Whether a caller must give it: no default, not optional, and no default path or address to take it from.
    pub fn is_required(&self) -> bool {
        let contextual = ["defaultPath", "defaultAddress"]
            .iter()
            .any(|name| self.annotations.get(name).is_some());
        self.default_value.is_none() && !matches!(self.r#type, TypeRef::Optional(_)) && !contextual
    }
}

/// A function of an object or interface, or a constructor (name is empty).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FunctionDef {
    /// API name, lowerCamel; empty for a constructor.
    pub name: String,
    /// Documentation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Arguments, in source order.
    #[serde(default)]
    pub arguments: Vec<ArgumentDef>,
    /// Type of the result.
    pub returns: TypeRef,
    /// Where it is declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<SourceLocation>,
    /// `cache`, `check`, `generate`, `up`, `deprecated`.
    #[serde(default, skip_serializing_if = "Annotations::is_empty")]
    pub annotations: Annotations,
}

/// A field of an object, read from its state without calling the module.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FieldDef {
    /// API name, lowerCamel.
    pub name: String,
    /// Key of the value in the object's state.
    pub original_name: String,
    /// Documentation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its type.
    pub r#type: TypeRef,
    /// Where it is declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<SourceLocation>,
    /// `deprecated`.
    #[serde(default, skip_serializing_if = "Annotations::is_empty")]
    pub annotations: Annotations,
}

/// An object type of the module.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ObjectDef {
    /// Type name, UpperCamel.
    pub name: String,
    /// Documentation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Readable fields.
    #[serde(default)]
    pub fields: Vec<FieldDef>,
    /// Functions.
    #[serde(default)]
    pub functions: Vec<FunctionDef>,
    /// How the main object is made; none when only functions return it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constructor: Option<FunctionDef>,
    /// Where it is declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<SourceLocation>,
    /// `deprecated`.
    #[serde(default, skip_serializing_if = "Annotations::is_empty")]
    pub annotations: Annotations,
}

impl ObjectDef {
    /// The function of that API name.
    pub fn function(&self, name: &str) -> Option<&FunctionDef> {
        self.functions.iter().find(|function| function.name == name)
    }
}

/// An enum type of the module.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EnumDef {
    /// Type name, UpperCamel.
    pub name: String,
    /// Documentation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Members, in source order.
    pub members: Vec<EnumMemberDef>,
    /// Where it is declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<SourceLocation>,
    /// Properties without a field of their own.
    #[serde(default, skip_serializing_if = "Annotations::is_empty")]
    pub annotations: Annotations,
}

/// One member of an enum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EnumMemberDef {
    /// Name; it travels on the wire.
    pub name: String,
    /// What the language's own enum holds.
    pub value: String,
    /// Documentation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `deprecated`.
    #[serde(default, skip_serializing_if = "Annotations::is_empty")]
    pub annotations: Annotations,
}

/// An interface type of the module.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InterfaceDef {
    /// Type name, UpperCamel.
    pub name: String,
    /// Documentation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Functions that an object needs to satisfy it.
    pub functions: Vec<FunctionDef>,
    /// Where it is declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<SourceLocation>,
    /// Properties without a field of their own.
    #[serde(default, skip_serializing_if = "Annotations::is_empty")]
    pub annotations: Annotations,
}

impl InterfaceDef {
    /// The function of that API name.
    pub fn function(&self, name: &str) -> Option<&FunctionDef> {
        self.functions.iter().find(|function| function.name == name)
    }
}

/// Where in the module's source something is declared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceLocation {
    /// Path relative to the module's source root, with `/`.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From 1.
    pub column: u32,
}

/// Named properties that have no record field of their own: name (lowerCamel) to JSON value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Annotations(pub indexmap::IndexMap<String, serde_json::Value>);

impl Annotations {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of that name.
    pub fn get(&self, name: &str) -> Option<&serde_json::Value> {
        self.0.get(name)
    }

    /// The value of that name when it is a string.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(serde_json::Value::as_str)
    }
}
