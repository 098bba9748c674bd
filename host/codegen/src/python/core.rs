//! The core API's tables → `gen.py`.

use dockwright_schema::VisibleModule;
use dockwright_schema::core_types::{CoreArgument, CoreField, CoreKind, CoreType, CoreTypeRef};

use super::{
    LANGUAGE, class,
    code::string,
    dependency::bindings,
    enums::{self, Member},
    inputs, literal,
    model::{Class, Method, Parameter, Presence, Returns},
    names::{method_name, snake_case},
};
use crate::CodegenError;

const HEADER: &str = "\
# Generated from the core API by `cargo xtask codegen`; do not edit.
# ruff: noqa
\"\"\"The core API: one class for each of its types, and `dag`, where every pipeline starts.\"\"\"

from __future__ import annotations

import collections.abc
import dataclasses
from typing import Any

from dagger.client.base import Enum, Input, Root, Scalar, Type
from dagger.client.query import Arg
";

const FOOTER: &str = "\
dag = Client()
\"\"\"Where every pipeline starts.\"\"\"
";

/// The source of the core client.
///
/// # Errors
/// When the tables hold something that Python cannot express: an unknown type, a default or a result of an unknown form.
pub fn core(types: &[CoreType]) -> Result<String, CodegenError> {
    client(types, &[])
}

/// The source of the core client with the bindings of modules in it, for editors: no class can be added to from another file.
///
/// # Errors
/// As `core` and `dependencies`.
pub fn client(types: &[CoreType], modules: &[VisibleModule]) -> Result<String, CodegenError> {
    let bindings = bindings(modules)?;
    let writer = Writer { types };
    let mut parts: Vec<String> = Vec::new();
    let mut exported: Vec<String> = vec!["Client".to_owned(), "dag".to_owned()];
    for core_type in types {
        exported.push(core_type.name.to_owned());
        if has_id_scalar(core_type) {
            exported.push(format!("{}ID", core_type.name));
        }
    }
    let of_kind = |kind: CoreKind| types.iter().filter(move |core_type| core_type.kind == kind);
    for core_type in of_kind(CoreKind::Scalar) {
        parts.push(scalar(core_type.name, core_type.description.unwrap_or_default()));
    }
    for core_type in types.iter().filter(|core_type| has_id_scalar(core_type)) {
        let name = format!("{}ID", core_type.name);
        parts.push(scalar(&name, &format!("The ID of a `{}`.", core_type.name)));
    }
    parts.extend(of_kind(CoreKind::Enum).map(enumeration));
    for core_type in of_kind(CoreKind::Input) {
        parts.push(writer.input(core_type)?);
    }
    for core_type in writer.interfaces_in_order() {
        parts.push(class::class(&writer.class(core_type)?, &[]));
    }
    for core_type in of_kind(CoreKind::Object) {
        let extra = if core_type.name == "Query" {
            writer.loaders()
        } else {
            Vec::new()
        };
        parts.push(class::class(&writer.class(core_type)?, &extra));
    }
    parts.extend(bindings.parts);
    exported.extend(bindings.exported);
    parts.push(class::class(
        &Class {
            name: "Client".to_owned(),
            bases: vec!["Query".to_owned()],
            doc: "The API as a module's code sees it.".to_owned(),
            methods: bindings.constructors,
        },
        &[],
    ));
    parts.push(FOOTER.to_owned());
    exported.sort();
    let exported: String = exported.iter().map(|name| format!("    {},\n", string(name))).collect();
    Ok(format!(
        "{HEADER}\n\n{}\n__all__ = [\n{exported}]\n",
        parts.join("\n\n")
    ))
}

struct Writer<'a> {
    types: &'a [CoreType],
}

impl Writer<'_> {
    fn get(&self, name: &str) -> Option<&CoreType> {
        self.types.iter().find(|core_type| core_type.name == name)
    }

    /// An interface follows those that it implements, since a base class must exist first.
    fn interfaces_in_order(&self) -> Vec<&CoreType> {
        let mut interfaces: Vec<&CoreType> = self
            .types
            .iter()
            .filter(|core_type| core_type.kind == CoreKind::Interface)
            .collect();
        interfaces.sort_by_key(|core_type| core_type.implements.len());
        interfaces
    }

    fn class(&self, core_type: &CoreType) -> Result<Class, CodegenError> {
        let methods = core_type
            .fields
            .iter()
            .map(|field| self.method(core_type, field))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Class {
            name: core_type.name.to_owned(),
            bases: self.bases(core_type),
            doc: core_type.description.unwrap_or_default().to_owned(),
            methods,
        })
    }

    /// The interfaces that no other one of them implies.
    fn bases(&self, core_type: &CoreType) -> Vec<String> {
        if core_type.name == "Query" {
            return vec!["Root".to_owned()];
        }
        let implied = |name: &str| {
            core_type
                .implements
                .iter()
                .any(|other| self.get(other).is_some_and(|interface| interface.is_a(name)))
        };
        let bases: Vec<String> = core_type
            .implements
            .iter()
            .filter(|name| !implied(name))
            .map(|name| (*name).to_owned())
            .collect();
        if bases.is_empty() {
            vec!["Type".to_owned()]
        } else {
            bases
        }
    }

    fn method(&self, core_type: &CoreType, field: &CoreField) -> Result<Method, CodegenError> {
        let place = format!("{}.{}", core_type.name, field.name);
        let mut parameters = field
            .arguments
            .iter()
            .map(|argument| self.parameter(&place, argument))
            .collect::<Result<Vec<_>, _>>()?;
        parameters.sort_by_key(|parameter| !matches!(parameter.default, Presence::Required));
        Ok(Method {
            name: method_name(field.name),
            field: field.name.to_owned(),
            doc: documentation(field),
            parameters,
            returns: self.returns(&place, core_type, field)?,
        })
    }

    fn parameter(&self, place: &str, argument: &CoreArgument) -> Result<Parameter, CodegenError> {
        let place = format!("{place}({}:)", argument.name);
        let default = match argument.default {
            _ if argument.is_required() => Presence::Required,
            // An empty list or null is what the server takes when nothing is sent.
            None | Some("[]" | "null") => Presence::Optional,
            Some(literal) => Presence::Default(self.default(&place, &argument.r#type, literal)?),
        };
        Ok(Parameter {
            name: snake_case(argument.name),
            argument: argument.name.to_owned(),
            annotation: self.annotation(&place, &argument.r#type, argument.expected_type)?,
            doc: argument.description.unwrap_or_default().to_owned(),
            default,
        })
    }

    fn default(&self, place: &str, r#type: &CoreTypeRef, value: &str) -> Result<String, CodegenError> {
        let is_enum = self
            .get(r#type.name)
            .is_some_and(|core_type| core_type.kind == CoreKind::Enum);
        literal::graphql(value, is_enum.then_some(r#type.name)).ok_or_else(|| CodegenError::Default {
            value: value.to_owned(),
            used_by: place.to_owned(),
            language: LANGUAGE,
        })
    }

    fn returns(&self, place: &str, owner: &CoreType, field: &CoreField) -> Result<Returns, CodegenError> {
        let returns = &field.returns;
        if field.name == "id" {
            return Ok(Returns::Id);
        }
        if returns.name == "ID" {
            return match field.expected_type {
                Some(expected) if !returns.list && expected == owner.name => Ok(Returns::Synced(expected.to_owned())),
                _ => Err(CodegenError::Returns {
                    field: place.to_owned(),
                    returns: returns.to_string(),
                    language: LANGUAGE,
                }),
            };
        }
        if returns.name == "Void" {
            return Ok(Returns::Nothing);
        }
        let is_object = self
            .get(returns.name)
            .is_some_and(|core_type| matches!(core_type.kind, CoreKind::Object | CoreKind::Interface));
        if is_object {
            let name = returns.name.to_owned();
            return Ok(if returns.list {
                Returns::Objects(name)
            } else {
                Returns::Object(name)
            });
        }
        let annotation = self.annotation(place, returns, None)?;
        Ok(Returns::Value(if returns.non_null {
            annotation
        } else {
            format!("{annotation} | None")
        }))
    }

    fn annotation(
        &self,
        place: &str,
        r#type: &CoreTypeRef,
        expected: Option<&'static str>,
    ) -> Result<String, CodegenError> {
        let name = match r#type.name {
            "String" => "str",
            "Int" => "int",
            "Float" => "float",
            "Boolean" => "bool",
            "ID" => expected.unwrap_or("str"),
            name if self.get(name).is_some() => name,
            name => {
                return Err(CodegenError::UnknownType {
                    name: name.to_owned(),
                    used_by: place.to_owned(),
                });
            }
        };
        Ok(if r#type.list {
            format!("list[{name}]")
        } else {
            name.to_owned()
        })
    }

    fn input(&self, core_type: &CoreType) -> Result<String, CodegenError> {
        let mut fields = Vec::new();
        for field in core_type.fields {
            let place = format!("{}.{}", core_type.name, field.name);
            let annotation = self.annotation(&place, &field.returns, field.expected_type)?;
            let default = match field.default {
                Some(literal) => Some(self.default(&place, &field.returns, literal)?),
                None if field.returns.non_null => None,
                None => Some("None".to_owned()),
            };
            fields.push(inputs::Field {
                name: snake_case(field.name),
                annotation: if default.is_some() {
                    format!("{annotation} | None")
                } else {
                    annotation
                },
                default,
                doc: field.description.unwrap_or_default().to_owned(),
            });
        }
        Ok(inputs::input(
            core_type.name,
            core_type.description.unwrap_or_default(),
            fields,
        ))
    }

    /// `load_container_from_id` and its like, which older modules call.
    fn loaders(&self) -> Vec<String> {
        let loadable = self.types.iter().filter(|core_type| has_id_scalar(core_type));
        loadable
            .map(|core_type| {
                let name = core_type.name;
                format!(
                    "    def load_{}_from_id(self, id: str) -> {name}:\n        \
                     \"\"\"The `{name}` of that ID.\"\"\"\n        \
                     return {name}(self._ctx.select_id({}, id))\n",
                    snake_case(name),
                    string(name)
                )
            })
            .collect()
    }
}

fn has_id_scalar(core_type: &CoreType) -> bool {
    matches!(core_type.kind, CoreKind::Object | CoreKind::Interface) && core_type.name != "Query"
}

fn scalar(name: &str, doc: &str) -> String {
    let doc = super::docs::docstring(4, doc, &[]);
    let body = if doc.is_empty() {
        "    pass\n".to_owned()
    } else {
        format!("{doc}\n    __slots__ = ()\n")
    };
    format!("class {name}(Scalar):\n{body}")
}

fn enumeration(core_type: &CoreType) -> String {
    let mut members: Vec<Member<'_>> = Vec::new();
    for canonical in core_type.members.iter().filter(|member| !member.is_alias()) {
        let spellings = core_type
            .members
            .iter()
            .filter(|member| member.is_alias() && member.value == canonical.name);
        for member in std::iter::once(canonical).chain(spellings) {
            members.push(Member {
                name: member.name,
                value: member.value,
                doc: member.description.unwrap_or_default(),
            });
        }
    }
    enums::enumeration(core_type.name, core_type.description.unwrap_or_default(), &members)
}

fn documentation(field: &CoreField) -> String {
    let mut parts: Vec<String> = field.description.map(str::to_owned).into_iter().collect();
    parts.extend(field.experimental.map(|reason| format!("Experimental: {reason}")));
    parts.extend(field.deprecated.map(|reason| format!("Deprecated: {reason}")));
    parts.join("\n\n")
}
