//! The definition of a component's functions, from their types alone.

use super::exports::{Exports, short};
use dockwright_schema::module_def::{
    Annotations, ArgumentDef, EnumDef, EnumMemberDef, FieldDef, FunctionDef, ModuleDef, ObjectDef, TypeRef,
};
use dockwright_schema::names::{camel_case, pascal_case};
use wasmtime::component::types::{ComponentFunc, Type};

/// What the component offers as a module of that name. Functions whose types the API has no form for are left out, and named in the description.
pub(crate) fn describe(exports: &Exports, module: &str) -> ModuleDef {
    let mut reading = Reading {
        exports,
        def: ModuleDef {
            main_object: pascal_case(module),
            ..ModuleDef::default()
        },
    };
    let mut left_out = Vec::new();
    let mut main = object(&reading.def.main_object);
    let mut others: Vec<ObjectDef> = Vec::new();
    for interface in exports.interfaces() {
        let name = pascal_case(short(interface));
        let returns = TypeRef::Object(name.clone());
        main.functions
            .push(function(camel_case(short(interface)), Vec::new(), returns));
        others.push(object(&name));
    }
    for export in &exports.functions {
        let owner = export
            .interface
            .as_deref()
            .map(|interface| pascal_case(short(interface)));
        let owner = others.iter_mut().find(|object| Some(&object.name) == owner.as_ref());
        match reading.function(&export.name, &export.ty) {
            Ok(def) => owner.unwrap_or(&mut main).functions.push(def),
            Err(what) => left_out.push(format!("`{}` ({what})", export.name)),
        }
    }
    let mut def = reading.def;
    if !left_out.is_empty() {
        def.description = Some(format!(
            "Functions that the API has no types for are left out: {}.",
            left_out.join(", ")
        ));
    }
    def.objects.splice(0..0, std::iter::once(main).chain(others));
    def
}

fn object(name: &str) -> ObjectDef {
    ObjectDef {
        name: name.to_owned(),
        description: None,
        fields: Vec::new(),
        functions: Vec::new(),
        constructor: None,
        location: None,
        annotations: Annotations::default(),
    }
}

fn function(name: String, arguments: Vec<ArgumentDef>, returns: TypeRef) -> FunctionDef {
    FunctionDef {
        name,
        description: None,
        arguments,
        returns,
        location: None,
        annotations: Annotations::default(),
    }
}

struct Reading<'a> {
    exports: &'a Exports,
    /// Objects and enums that were met so far.
    def: ModuleDef,
}

/// What has no form in the API, in WIT's words.
type Unsupported = &'static str;

impl Reading<'_> {
    fn function(&mut self, name: &str, ty: &ComponentFunc) -> Result<FunctionDef, Unsupported> {
        let mut arguments = Vec::new();
        for (name, ty) in ty.params() {
            arguments.push(ArgumentDef {
                name: camel_case(name),
                description: None,
                r#type: self.type_of(&ty)?,
                default_value: None,
                annotations: Annotations::default(),
            });
        }
        let returns = match ty.results().next() {
            None => TypeRef::Void,
            Some(Type::Result(result)) => match result.ok() {
                None => TypeRef::Void,
                Some(ok) => self.type_of(&ok)?,
            },
            Some(ty) => self.type_of(&ty)?,
        };
        Ok(function(camel_case(name), arguments, returns))
    }

    fn type_of(&mut self, ty: &Type) -> Result<TypeRef, Unsupported> {
        Ok(match ty {
            Type::Bool => TypeRef::Boolean,
            Type::S8 | Type::U8 | Type::S16 | Type::U16 | Type::S32 | Type::U32 | Type::S64 | Type::U64 => {
                TypeRef::Integer
            }
            Type::Float32 | Type::Float64 => TypeRef::Float,
            Type::Char | Type::String => TypeRef::String,
            Type::List(list) => TypeRef::List(Box::new(self.type_of(&list.ty())?)),
            Type::Option(option) => match self.type_of(&option.ty())? {
                TypeRef::Optional(_) => return Err("an option of an option"),
                inner => TypeRef::Optional(Box::new(inner)),
            },
            Type::Record(record) => {
                let name = self.name_of(ty).ok_or("a record without a name")?;
                if self.def.object(&name).is_none() {
                    let mut fields = Vec::new();
                    for field in record.fields() {
                        fields.push(FieldDef {
                            name: camel_case(field.name),
                            original_name: field.name.to_owned(),
                            description: None,
                            r#type: self.type_of(&field.ty)?,
                            location: None,
                            annotations: Annotations::default(),
                        });
                    }
                    self.def.objects.push(ObjectDef {
                        fields,
                        ..object(&name)
                    });
                }
                TypeRef::Object(name)
            }
            Type::Enum(members) => self.enumeration(ty, members.names().collect())?,
            Type::Flags(flags) => TypeRef::List(Box::new(self.enumeration(ty, flags.names().collect())?)),
            Type::Tuple(_) => return Err("a tuple"),
            Type::Variant(_) => return Err("a variant"),
            Type::Result(_) => return Err("a result within another type"),
            Type::Own(_) | Type::Borrow(_) => return Err("a resource"),
            Type::Map(_) => return Err("a map"),
            Type::Future(_) | Type::Stream(_) => return Err("a stream or future"),
            Type::ErrorContext => return Err("an error context"),
            Type::FixedLengthList(_) => return Err("a list of fixed length"),
        })
    }

    fn enumeration(&mut self, ty: &Type, members: Vec<&str>) -> Result<TypeRef, Unsupported> {
        let name = self.name_of(ty).ok_or("an enum without a name")?;
        if self.def.enumeration(&name).is_none() {
            let members = members.into_iter().map(|member| EnumMemberDef {
                name: member_name(member),
                value: member.to_owned(),
                description: None,
                annotations: Annotations::default(),
            });
            self.def.enums.push(EnumDef {
                name: name.clone(),
                description: None,
                members: members.collect(),
                location: None,
                annotations: Annotations::default(),
            });
        }
        Ok(TypeRef::Enum(name))
    }

    fn name_of(&self, ty: &Type) -> Option<String> {
        let known = self.exports.types.iter().find(|(_, known)| known == ty);
        known.map(|(name, _)| name.clone())
    }
}

/// An enum's member as the API writes it: `VERY_LOUD` for `very-loud`.
pub(super) fn member_name(wit: &str) -> String {
    wit.replace('-', "_").to_uppercase()
}
