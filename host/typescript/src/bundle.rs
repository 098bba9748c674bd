//! What the guest loads: the code of a module's files, who imports whom, and the types that values are converted by.
//!
//! It is JSON, read by the SDK in the guest. Source maps are no part of it.

use dockwright_schema::module_def::TypeRef;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A module, ready to run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bundle {
    /// Version of this form.
    pub format: u32,
    /// Files to evaluate, in this order.
    pub entries: Vec<String>,
    /// Every file by its id: the path relative to the source root, with `/`.
    pub files: BTreeMap<String, BundleFile>,
    /// Importer to specifier to the id of the file it leads to.
    pub resolve: BTreeMap<String, BTreeMap<String, String>>,
    /// The module's own types.
    pub types: BundleTypes,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum BundleFile {
    /// An ES module.
    Esm {
        /// JavaScript.
        code: String,
    },
    /// A CommonJS module.
    Cjs {
        /// JavaScript.
        code: String,
        /// Names that it exports, as far as they can be read from its source.
        exports: Vec<String>,
    },
    /// Data.
    Json {
        /// JSON text.
        code: String,
    },
}

/// The module's own types, by their names in the definition.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BundleTypes {
    /// Classes and object types.
    pub objects: BTreeMap<String, BundleObject>,
    /// Enums: name on the wire to the value in the source.
    pub enums: BTreeMap<String, Map<String, Value>>,
    /// Interfaces.
    pub interfaces: BTreeMap<String, BundleInterface>,
}

/// An object: a class, or a plain object when it has none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BundleObject {
    /// Name of the class in the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Its state: name in the source to type. Properties whose type is none of the API's are left out.
    pub properties: BTreeMap<String, TypeRef>,
    /// Functions by API name.
    pub functions: BTreeMap<String, BundleFunction>,
    /// How it is made; only the main object has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constructor: Option<BundleFunction>,
}

/// A function.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BundleFunction {
    /// Name of the method in the source; a constructor has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Arguments in the order of the source.
    pub arguments: Vec<BundleArgument>,
    /// Type of the result; a constructor has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returns: Option<TypeRef>,
}

/// An argument.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BundleArgument {
    /// API name.
    pub name: String,
    /// Its name in the source, where that differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<String>,
    /// Its type.
    pub r#type: TypeRef,
    /// Whether it is spread over the rest of the arguments.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub variadic: bool,
}

/// An interface.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BundleInterface {
    /// Functions by API name.
    pub functions: BTreeMap<String, BundleFunction>,
}
