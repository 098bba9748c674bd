//! States of type definitions. Parts are shared, so that a definition is cheap to copy and to add to.

use crate::function_def::Function;
use crate::type_def::{SourceMap, TypeDefKind};
use std::sync::Arc;

/// A type as it is declared or referred to. A reference to an object has its name and nothing of what it is made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct TypeDef {
    /// None until it is said.
    pub kind: Option<TypeDefKind>,
    /// Whether null is one of its values.
    pub optional: bool,
    /// What the kind alone does not say.
    pub shape: Shape,
}

/// What the kind of a type does not say.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Shape {
    /// Nothing.
    #[default]
    None,
    Scalar(Arc<ScalarTypeDef>),
    List(Arc<ListTypeDef>),
    Object(Arc<ObjectTypeDef>),
    Interface(Arc<InterfaceTypeDef>),
    Input(Arc<InputTypeDef>),
    Enum(Arc<EnumTypeDef>),
}

impl TypeDef {
    /// A type that its kind says all of.
    pub(crate) fn of(kind: TypeDefKind) -> TypeDef {
        TypeDef {
            kind: Some(kind),
            ..TypeDef::default()
        }
    }

    pub(crate) fn scalar(scalar: ScalarTypeDef) -> TypeDef {
        TypeDef::shaped(TypeDefKind::Scalar, Shape::Scalar(Arc::new(scalar)))
    }

    pub(crate) fn list(element: Arc<TypeDef>) -> TypeDef {
        let list = ListTypeDef { element };
        TypeDef::shaped(TypeDefKind::List, Shape::List(Arc::new(list)))
    }

    pub(crate) fn object(object: ObjectTypeDef) -> TypeDef {
        TypeDef::shaped(TypeDefKind::Object, Shape::Object(Arc::new(object)))
    }

    pub(crate) fn interface(interface: InterfaceTypeDef) -> TypeDef {
        TypeDef::shaped(TypeDefKind::Interface, Shape::Interface(Arc::new(interface)))
    }

    pub(crate) fn input(input: InputTypeDef) -> TypeDef {
        TypeDef::shaped(TypeDefKind::Input, Shape::Input(Arc::new(input)))
    }

    pub(crate) fn enumeration(enumeration: EnumTypeDef) -> TypeDef {
        TypeDef::shaped(TypeDefKind::Enum, Shape::Enum(Arc::new(enumeration)))
    }

    fn shaped(kind: TypeDefKind, shape: Shape) -> TypeDef {
        TypeDef {
            kind: Some(kind),
            optional: false,
            shape,
        }
    }

    /// The type's name, whether or not it is optional; empty when it has none yet. A list is named by its elements.
    pub(crate) fn name(&self) -> String {
        match &self.shape {
            Shape::None => self.kind.and_then(TypeDefKind::builtin).unwrap_or_default().to_owned(),
            Shape::Scalar(scalar) => scalar.name.clone(),
            Shape::List(list) => {
                let mark = if list.element.optional { "?" } else { "" };
                format!("[{}{mark}]", list.element.name())
            }
            Shape::Object(object) => object.name.clone(),
            Shape::Interface(interface) => interface.name.clone(),
            Shape::Input(input) => input.name.clone(),
            Shape::Enum(enumeration) => enumeration.name.clone(),
        }
    }

    /// The object, when it is one.
    pub(crate) fn as_object(&self) -> Option<&Arc<ObjectTypeDef>> {
        match &self.shape {
            Shape::Object(object) => Some(object),
            _ => None,
        }
    }
}

/// A scalar.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ScalarTypeDef {
    pub name: String,
    pub description: String,
    /// Empty for a core type.
    pub source_module_name: String,
}

/// A list.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ListTypeDef {
    pub element: Arc<TypeDef>,
}

/// An object type.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ObjectTypeDef {
    pub name: String,
    pub description: String,
    pub deprecated: Option<String>,
    pub source_map: Option<Arc<SourceMap>>,
    /// Empty for a core type.
    pub source_module_name: String,
    pub fields: Vec<Arc<FieldTypeDef>>,
    pub functions: Vec<Arc<Function>>,
    pub constructor: Option<Arc<Function>>,
}

/// A field of an object or input.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct FieldTypeDef {
    pub name: String,
    pub description: String,
    pub deprecated: Option<String>,
    pub source_map: Option<Arc<SourceMap>>,
    pub r#type: Arc<TypeDef>,
}

/// An interface.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct InterfaceTypeDef {
    pub name: String,
    pub description: String,
    pub source_map: Option<Arc<SourceMap>>,
    /// Empty for a core type.
    pub source_module_name: String,
    pub functions: Vec<Arc<Function>>,
}

/// An input object.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct InputTypeDef {
    pub name: String,
    pub fields: Vec<Arc<FieldTypeDef>>,
}

/// An enum.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct EnumTypeDef {
    pub name: String,
    pub description: String,
    pub source_map: Option<Arc<SourceMap>>,
    /// Empty for a core type.
    pub source_module_name: String,
    pub members: Vec<Arc<EnumValueTypeDef>>,
}

/// A member of an enum.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct EnumValueTypeDef {
    pub name: String,
    pub value: String,
    pub description: String,
    pub deprecated: Option<String>,
    pub source_map: Option<Arc<SourceMap>>,
}
