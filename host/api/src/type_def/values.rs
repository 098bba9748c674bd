//! What can be read of type definitions. All but `TypeDef` come as parts of others.

use crate::core_object::{CoreObject, ValueOf};
use crate::error::ApiError;
use crate::part::{list, object, optional, optional_text, text};
use crate::type_def::{
    EnumTypeDef, EnumValueTypeDef, FieldTypeDef, InputTypeDef, InterfaceTypeDef, ListTypeDef, ObjectTypeDef,
    ScalarTypeDef,
};
use dockwright_schema::Resolved;

impl CoreObject for ObjectTypeDef {
    const TYPE: &'static str = "ObjectTypeDef";
    const VALUES: &'static [&'static str] = &[
        "constructor",
        "deprecated",
        "description",
        "fields",
        "functions",
        "name",
        "sourceMap",
        "sourceModuleName",
    ];

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        Ok(match field.name {
            "constructor" => optional(field, self.constructor.as_ref()),
            "deprecated" => optional_text(self.deprecated.as_deref()),
            "description" => text(&self.description),
            "fields" => list(field, &self.fields),
            "functions" => list(field, &self.functions),
            "name" => text(&self.name),
            "sourceMap" => optional(field, self.source_map.as_ref()),
            "sourceModuleName" => text(&self.source_module_name),
            _ => return field.unsupported(Self::TYPE),
        })
    }
}

impl CoreObject for FieldTypeDef {
    const TYPE: &'static str = "FieldTypeDef";
    const VALUES: &'static [&'static str] = &["deprecated", "description", "name", "sourceMap", "typeDef"];

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        Ok(match field.name {
            "deprecated" => optional_text(self.deprecated.as_deref()),
            "description" => text(&self.description),
            "name" => text(&self.name),
            "sourceMap" => optional(field, self.source_map.as_ref()),
            "typeDef" => object(field, &self.r#type),
            _ => return field.unsupported(Self::TYPE),
        })
    }
}

impl CoreObject for InterfaceTypeDef {
    const TYPE: &'static str = "InterfaceTypeDef";
    const VALUES: &'static [&'static str] = &["description", "functions", "name", "sourceMap", "sourceModuleName"];

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        Ok(match field.name {
            "description" => text(&self.description),
            "functions" => list(field, &self.functions),
            "name" => text(&self.name),
            "sourceMap" => optional(field, self.source_map.as_ref()),
            "sourceModuleName" => text(&self.source_module_name),
            _ => return field.unsupported(Self::TYPE),
        })
    }
}

impl CoreObject for EnumTypeDef {
    const TYPE: &'static str = "EnumTypeDef";
    const VALUES: &'static [&'static str] = &[
        "description",
        "members",
        "name",
        "sourceMap",
        "sourceModuleName",
        "values",
    ];

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        Ok(match field.name {
            "description" => text(&self.description),
            "members" | "values" => list(field, &self.members),
            "name" => text(&self.name),
            "sourceMap" => optional(field, self.source_map.as_ref()),
            "sourceModuleName" => text(&self.source_module_name),
            _ => return field.unsupported(Self::TYPE),
        })
    }
}

impl CoreObject for EnumValueTypeDef {
    const TYPE: &'static str = "EnumValueTypeDef";
    const VALUES: &'static [&'static str] = &["deprecated", "description", "name", "sourceMap", "value"];

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        Ok(match field.name {
            "deprecated" => optional_text(self.deprecated.as_deref()),
            "description" => text(&self.description),
            "name" => text(&self.name),
            "sourceMap" => optional(field, self.source_map.as_ref()),
            "value" => text(&self.value),
            _ => return field.unsupported(Self::TYPE),
        })
    }
}

impl CoreObject for InputTypeDef {
    const TYPE: &'static str = "InputTypeDef";
    const VALUES: &'static [&'static str] = &["fields", "name"];

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        Ok(match field.name {
            "fields" => list(field, &self.fields),
            "name" => text(&self.name),
            _ => return field.unsupported(Self::TYPE),
        })
    }
}

impl CoreObject for ListTypeDef {
    const TYPE: &'static str = "ListTypeDef";
    const VALUES: &'static [&'static str] = &["elementTypeDef"];

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        match field.name {
            "elementTypeDef" => Ok(object(field, &self.element)),
            _ => field.unsupported(Self::TYPE),
        }
    }
}

impl CoreObject for ScalarTypeDef {
    const TYPE: &'static str = "ScalarTypeDef";
    const VALUES: &'static [&'static str] = &["description", "name", "sourceModuleName"];

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        Ok(match field.name {
            "description" => text(&self.description),
            "name" => text(&self.name),
            "sourceModuleName" => text(&self.source_module_name),
            _ => return field.unsupported(Self::TYPE),
        })
    }
}
