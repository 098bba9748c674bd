//! Definitions of types: `TypeDef` and the types that say what an object, an interface, an enum or a list is made of.
//!
//! `model` holds the states; `from_module` and `from_schema` make them of what modules and the core API offer, `build` of what a client puts
//! together. Nothing here calls a module.

mod build;
mod current;
mod from_module;
mod from_schema;
mod kind;
mod model;
mod source_map;
mod values;

pub(crate) use current::current;
pub(crate) use from_module::ModuleTypes;
pub(crate) use kind::TypeDefKind;
pub(crate) use model::{
    EnumTypeDef, EnumValueTypeDef, FieldTypeDef, InputTypeDef, InterfaceTypeDef, ListTypeDef, ObjectTypeDef,
    ScalarTypeDef, Shape, TypeDef,
};
pub(crate) use source_map::SourceMap;
