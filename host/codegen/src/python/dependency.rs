//! Definitions → the bindings of the modules that a module depends on.
//!
//! The file extends the core client: its classes join the `dagger` package, and the methods of `Constructor` become methods of `dag`. They
//! are one file, since an object of one module can be seen as an interface of another.

use dockwright_schema::{
    VisibleModule, core_types,
    module_def::{Annotations, ArgumentDef, FieldDef, FunctionDef, TypeRef},
    names::camel_case,
    satisfied,
};

use super::{
    LANGUAGE, class,
    code::string,
    docs::docstring,
    enums::{self, Member},
    literal,
    model::{Class, Method, Parameter, Presence, Returns},
    names::{method_name, snake_case},
};
use crate::CodegenError;

/// The source of the bindings of these modules, as one that depends on them sees them.
///
/// # Errors
/// When a definition names a type that neither it nor the core API has, or holds a default without a Python literal.
pub fn dependencies(modules: &[VisibleModule]) -> Result<String, CodegenError> {
    let Bindings {
        parts,
        mut exported,
        constructors,
    } = bindings(modules)?;
    let root = Class {
        name: "Constructor".to_owned(),
        bases: vec!["Type".to_owned()],
        doc: "What the modules add to `dag`.".to_owned(),
        methods: constructors,
    };
    exported.sort();
    let exported: String = exported.iter().map(|name| format!("    {},\n", string(name))).collect();
    let names: Vec<&str> = modules.iter().map(|module| module.name.as_str()).collect();
    let title = docstring(0, &format!("Bindings of the modules {}.", names.join(", ")), &[]);
    Ok(format!(
        "# Generated from the modules' definitions by dockwright; do not edit.\n# ruff: noqa\n{title}\n\
         from __future__ import annotations\n\nimport collections.abc\nfrom typing import Any\n\n\
         from dagger.client.base import Enum, Type\nfrom dagger.client.gen import *\nfrom dagger.client.query import Arg\n\n\n\
         {}\n\n__all__ = [\n{exported}]\n",
        parts
            .into_iter()
            .chain([class::class(&root, &[])])
            .collect::<Vec<_>>()
            .join("\n\n")
    ))
}

/// What modules bring into a client.
pub(super) struct Bindings {
    /// Source of their types.
    pub(super) parts: Vec<String>,
    /// Names of their types.
    pub(super) exported: Vec<String>,
    /// Methods of `dag`.
    pub(super) constructors: Vec<Method>,
}

/// The bindings, not yet a file.
pub(super) fn bindings(modules: &[VisibleModule]) -> Result<Bindings, CodegenError> {
    let mut found = Bindings {
        parts: Vec::new(),
        exported: Vec::new(),
        constructors: Vec::new(),
    };
    let conversions = satisfied(modules);
    for module in modules {
        let writer = Writer {
            module,
            conversions: &conversions,
        };
        writer.types(&mut found)?;
        found.constructors.push(writer.constructor()?);
    }
    Ok(found)
}

struct Writer<'a> {
    module: &'a VisibleModule,
    /// Which objects can be seen as which interfaces.
    conversions: &'a [(String, String)],
}

impl Writer<'_> {
    fn types(&self, found: &mut Bindings) -> Result<(), CodegenError> {
        for item in &self.module.def.enums {
            let type_name = self.module.type_name(&item.name);
            let members: Vec<Member<'_>> = item
                .members
                .iter()
                .map(|member| Member {
                    name: &member.name,
                    value: &member.name,
                    doc: member.description.as_deref().unwrap_or_default(),
                })
                .collect();
            found.parts.push(enums::enumeration(
                &type_name,
                item.description.as_deref().unwrap_or_default(),
                &members,
            ));
            found.exported.push(type_name);
        }
        for class in self.classes()? {
            found.parts.push(class::class(&class, &[]));
            found.exported.push(class.name);
        }
        Ok(())
    }

    fn classes(&self) -> Result<Vec<Class>, CodegenError> {
        let mut classes = Vec::new();
        for interface in &self.module.def.interfaces {
            let name = self.module.type_name(&interface.name);
            classes.push(self.class(name, interface.description.as_deref(), &[], &interface.functions)?);
        }
        for object in &self.module.def.objects {
            let name = self.module.type_name(&object.name);
            classes.push(self.class(name, object.description.as_deref(), &object.fields, &object.functions)?);
        }
        Ok(classes)
    }

    fn class(
        &self,
        name: String,
        description: Option<&str>,
        fields: &[FieldDef],
        functions: &[FunctionDef],
    ) -> Result<Class, CodegenError> {
        let mut methods = vec![Method {
            name: "id".to_owned(),
            field: "id".to_owned(),
            doc: "Identifies the object within the session.".to_owned(),
            parameters: Vec::new(),
            returns: Returns::Id,
        }];
        for field in fields {
            let doc = documentation(field.description.as_deref(), &field.annotations);
            methods.push(self.method(&name, &field.name, doc, &[], &field.r#type)?);
        }
        for function in functions {
            let doc = documentation(function.description.as_deref(), &function.annotations);
            methods.push(self.method(&name, &function.name, doc, &function.arguments, &function.returns)?);
        }
        let interfaces = self.conversions.iter().filter(|(object, _)| *object == name);
        for (_, interface) in interfaces {
            let field = format!("as{interface}");
            if methods.iter().all(|method| method.field != field) {
                methods.push(Method {
                    name: method_name(&field),
                    field,
                    doc: format!("The object as a {interface}."),
                    parameters: Vec::new(),
                    returns: Returns::Object(interface.clone()),
                });
            }
        }
        Ok(Class {
            name,
            bases: vec!["Type".to_owned()],
            doc: description.unwrap_or_default().to_owned(),
            methods,
        })
    }

    /// The method of `dag` that makes the main object.
    fn constructor(&self) -> Result<Method, CodegenError> {
        let def = &self.module.def;
        let constructor = def.main().and_then(|object| object.constructor.as_ref());
        let arguments = constructor
            .map(|function| function.arguments.as_slice())
            .unwrap_or_default();
        let doc = constructor
            .and_then(|function| function.description.as_deref())
            .or(def.description.as_deref())
            .unwrap_or_default();
        let main = self.module.type_name(&def.main_object);
        Ok(Method {
            name: method_name(&self.module.name),
            field: camel_case(&self.module.name),
            doc: doc.to_owned(),
            parameters: self.parameters(&format!("the constructor of {main}"), arguments)?,
            returns: Returns::Object(main),
        })
    }

    fn method(
        &self,
        owner: &str,
        name: &str,
        doc: String,
        arguments: &[ArgumentDef],
        returns: &TypeRef,
    ) -> Result<Method, CodegenError> {
        let place = format!("{owner}.{name}");
        Ok(Method {
            name: method_name(name),
            field: name.to_owned(),
            doc,
            parameters: self.parameters(&place, arguments)?,
            returns: self.returns(&place, returns)?,
        })
    }

    fn parameters(&self, place: &str, arguments: &[ArgumentDef]) -> Result<Vec<Parameter>, CodegenError> {
        let mut parameters = Vec::new();
        for argument in arguments {
            let place = format!("{place}({}:)", argument.name);
            let (inner, _) = argument.r#type.without_optional();
            parameters.push(Parameter {
                name: snake_case(&argument.name),
                argument: argument.name.clone(),
                annotation: self.annotation(&place, inner)?,
                doc: documentation(argument.description.as_deref(), &argument.annotations),
                default: self.presence(argument, inner),
            });
        }
        parameters.sort_by_key(|parameter| !matches!(parameter.default, Presence::Required));
        Ok(parameters)
    }

    /// A default without a plain literal (a list) is left to the server.
    fn presence(&self, argument: &ArgumentDef, inner: &TypeRef) -> Presence {
        if argument.is_required() {
            return Presence::Required;
        }
        let default = argument.default_value.as_ref().filter(|value| !value.is_null());
        let expression = match (inner, default) {
            (TypeRef::Enum(name), Some(serde_json::Value::String(member))) => {
                Some(format!("{}.{}", self.type_name(name), super::names::identifier(member)))
            }
            (_, Some(value)) => literal::json(value),
            (_, None) => None,
        };
        expression.map_or(Presence::Optional, Presence::Default)
    }

    fn returns(&self, place: &str, returns: &TypeRef) -> Result<Returns, CodegenError> {
        let (inner, optional) = returns.without_optional();
        Ok(match inner {
            TypeRef::Void => Returns::Nothing,
            TypeRef::Object(_) | TypeRef::Interface(_) => Returns::Object(self.annotation(place, inner)?),
            TypeRef::List(item) if matches!(**item, TypeRef::Object(_) | TypeRef::Interface(_)) => {
                Returns::Objects(self.annotation(place, item)?)
            }
            other => {
                let annotation = self.annotation(place, other)?;
                Returns::Value(if optional {
                    format!("{annotation} | None")
                } else {
                    annotation
                })
            }
        })
    }

    fn annotation(&self, place: &str, r#type: &TypeRef) -> Result<String, CodegenError> {
        Ok(match r#type {
            TypeRef::String => "str".to_owned(),
            TypeRef::Integer => "int".to_owned(),
            TypeRef::Float => "float".to_owned(),
            TypeRef::Boolean => "bool".to_owned(),
            TypeRef::List(item) => format!("list[{}]", self.annotation(place, item)?),
            TypeRef::Optional(inner) => format!("{} | None", self.annotation(place, inner)?),
            TypeRef::Object(name)
            | TypeRef::Interface(name)
            | TypeRef::Enum(name)
            | TypeRef::Scalar(name)
            | TypeRef::Input(name) => {
                if !self.module.defines(name) && core_types::get(name).is_none() {
                    return Err(CodegenError::UnknownType {
                        name: name.clone(),
                        used_by: place.to_owned(),
                    });
                }
                self.type_name(name)
            }
            TypeRef::Void => {
                return Err(CodegenError::Returns {
                    field: place.to_owned(),
                    returns: "void inside another type".to_owned(),
                    language: LANGUAGE,
                });
            }
        })
    }

    fn type_name(&self, name: &str) -> String {
        if self.module.defines(name) {
            self.module.type_name(name)
        } else {
            name.to_owned()
        }
    }
}

fn documentation(description: Option<&str>, annotations: &Annotations) -> String {
    let mut parts: Vec<String> = description.map(str::to_owned).into_iter().collect();
    if let Some(reason) = annotations.text("deprecated") {
        parts.push(if reason.is_empty() {
            "Deprecated.".to_owned()
        } else {
            format!("Deprecated: {reason}")
        });
    }
    parts.join("\n\n")
}
