//! What a module offers as type definitions, under the names that it has where it is seen.

use crate::function_def::{Function, FunctionArg};
use crate::type_def::{
    EnumTypeDef, EnumValueTypeDef, FieldTypeDef, InputTypeDef, InterfaceTypeDef, ObjectTypeDef, ScalarTypeDef,
    SourceMap, TypeDef, TypeDefKind,
};
use dockwright_schema::VisibleModule;
use dockwright_schema::module_def::{
    Annotations, ArgumentDef, EnumDef, FunctionDef, InterfaceDef, ObjectDef, SourceLocation, TypeRef,
};
use std::sync::Arc;

/// The types of one module.
#[derive(Clone, Copy)]
pub(crate) struct ModuleTypes<'a>(pub &'a VisibleModule);

impl ModuleTypes<'_> {
    /// Its objects, in source order.
    pub(crate) fn objects(self) -> Vec<Arc<TypeDef>> {
        let objects = self.0.def.objects.iter();
        objects.map(|def| Arc::new(TypeDef::object(self.object(def)))).collect()
    }

    /// Its interfaces, in source order.
    pub(crate) fn interfaces(self) -> Vec<Arc<TypeDef>> {
        let interfaces = self.0.def.interfaces.iter();
        interfaces
            .map(|def| Arc::new(TypeDef::interface(self.interface(def))))
            .collect()
    }

    /// Its enums, in source order.
    pub(crate) fn enums(self) -> Vec<Arc<TypeDef>> {
        let enums = self.0.def.enums.iter();
        enums
            .map(|def| Arc::new(TypeDef::enumeration(self.enumeration(def))))
            .collect()
    }

    fn object(self, def: &ObjectDef) -> ObjectTypeDef {
        let fields = def.fields.iter().map(|field| {
            Arc::new(FieldTypeDef {
                name: field.name.clone(),
                description: described(&field.description),
                deprecated: deprecated(&field.annotations),
                source_map: self.place(&field.location),
                r#type: Arc::new(self.reference(&field.r#type)),
            })
        });
        ObjectTypeDef {
            name: self.0.type_name(&def.name),
            description: described(&def.description),
            deprecated: deprecated(&def.annotations),
            source_map: self.place(&def.location),
            source_module_name: self.0.name.clone(),
            fields: fields.collect(),
            functions: self.functions(&def.functions),
            constructor: def.constructor.as_ref().map(|def| Arc::new(self.function(def))),
        }
    }

    fn interface(self, def: &InterfaceDef) -> InterfaceTypeDef {
        InterfaceTypeDef {
            name: self.0.type_name(&def.name),
            description: described(&def.description),
            source_map: self.place(&def.location),
            source_module_name: self.0.name.clone(),
            functions: self.functions(&def.functions),
        }
    }

    fn enumeration(self, def: &EnumDef) -> EnumTypeDef {
        let members = def.members.iter().map(|member| {
            Arc::new(EnumValueTypeDef {
                name: member.name.clone(),
                value: member.value.clone(),
                description: described(&member.description),
                deprecated: deprecated(&member.annotations),
                source_map: None,
            })
        });
        EnumTypeDef {
            name: self.0.type_name(&def.name),
            description: described(&def.description),
            source_map: self.place(&def.location),
            source_module_name: self.0.name.clone(),
            members: members.collect(),
        }
    }

    fn functions(self, defs: &[FunctionDef]) -> Vec<Arc<Function>> {
        defs.iter().map(|def| Arc::new(self.function(def))).collect()
    }

    fn function(self, def: &FunctionDef) -> Function {
        Function {
            name: def.name.clone(),
            description: described(&def.description),
            deprecated: deprecated(&def.annotations),
            source_map: self.place(&def.location),
            source_module_name: self.0.name.clone(),
            arguments: def
                .arguments
                .iter()
                .map(|argument| Arc::new(self.argument(argument)))
                .collect(),
            returns: Arc::new(self.reference(&def.returns)),
        }
    }

    fn argument(self, def: &ArgumentDef) -> FunctionArg {
        let text = |name: &str| def.annotations.text(name).unwrap_or_default().to_owned();
        let ignore = def.annotations.get("ignore").and_then(|value| value.as_array());
        let mut r#type = self.reference(&def.r#type);
        // What the host fills in can be left out.
        r#type.optional |= !text("defaultPath").is_empty() || !text("defaultAddress").is_empty();
        FunctionArg {
            name: def.name.clone(),
            description: described(&def.description),
            deprecated: deprecated(&def.annotations),
            source_map: None,
            r#type: Arc::new(r#type),
            default_value: def.default_value.as_ref().map(ToString::to_string).unwrap_or_default(),
            default_path: text("defaultPath"),
            default_address: text("defaultAddress"),
            ignore: ignore
                .map(|list| {
                    list.iter()
                        .filter_map(|each| each.as_str().map(str::to_owned))
                        .collect()
                })
                .unwrap_or_default(),
        }
    }

    /// A type by name: nothing of what it is made of.
    fn reference(self, reference: &TypeRef) -> TypeDef {
        match reference {
            TypeRef::String => TypeDef::of(TypeDefKind::String),
            TypeRef::Integer => TypeDef::of(TypeDefKind::Integer),
            TypeRef::Float => TypeDef::of(TypeDefKind::Float),
            TypeRef::Boolean => TypeDef::of(TypeDefKind::Boolean),
            TypeRef::Void => TypeDef {
                optional: true,
                ..TypeDef::of(TypeDefKind::Void)
            },
            TypeRef::Scalar(name) => TypeDef::scalar(ScalarTypeDef {
                name: name.clone(),
                ..ScalarTypeDef::default()
            }),
            TypeRef::Object(name) => TypeDef::object(ObjectTypeDef {
                name: self.named(name),
                source_module_name: self.owner(name),
                ..ObjectTypeDef::default()
            }),
            TypeRef::Interface(name) => TypeDef::interface(InterfaceTypeDef {
                name: self.named(name),
                source_module_name: self.owner(name),
                ..InterfaceTypeDef::default()
            }),
            TypeRef::Enum(name) => TypeDef::enumeration(EnumTypeDef {
                name: self.named(name),
                source_module_name: self.owner(name),
                ..EnumTypeDef::default()
            }),
            TypeRef::Input(name) => TypeDef::input(InputTypeDef {
                name: name.clone(),
                fields: Vec::new(),
            }),
            TypeRef::List(inner) => TypeDef::list(Arc::new(self.reference(inner))),
            TypeRef::Optional(inner) => TypeDef {
                optional: true,
                ..self.reference(inner)
            },
        }
    }

    fn named(self, name: &str) -> String {
        if self.0.defines(name) {
            self.0.type_name(name)
        } else {
            name.to_owned()
        }
    }

    /// The module that the type is from; empty for a core type.
    fn owner(self, name: &str) -> String {
        if self.0.defines(name) {
            self.0.name.clone()
        } else {
            String::new()
        }
    }

    fn place(self, location: &Option<SourceLocation>) -> Option<Arc<SourceMap>> {
        let location = location.as_ref()?;
        Some(Arc::new(SourceMap::of(&self.0.name, location)))
    }
}

fn described(description: &Option<String>) -> String {
    description.clone().unwrap_or_default()
}

fn deprecated(annotations: &Annotations) -> Option<String> {
    annotations.text("deprecated").map(str::to_owned)
}
