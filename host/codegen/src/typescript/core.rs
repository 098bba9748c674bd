//! The core API's tables → `client.gen.ts`.

use std::collections::BTreeMap;

use dockwright_schema::core_types::{CoreArgument, CoreField, CoreKind, CoreType, CoreTypeRef};

use super::{
    LANGUAGE, class,
    code::string,
    docs,
    enums::{self, Member},
    model::{Class, Doc, Method, Parameter, Record, Returns, Target},
    names, records,
};
use crate::CodegenError;

const HEADER: &str = "\
// Generated from the core API by `cargo xtask codegen`; do not edit.
/** The core API: one class for each of its types, and `dag`, where every pipeline starts. */

import { BaseClient } from \"./client/base.js\";
import { register } from \"./client/classes.js\";
import { GraphQLClient } from \"./client/graphql_client.js\";
import { ENUM, type Kinds } from \"./client/literal.js\";

/** Identifies an object within the session. */
export type ID = string & { __ID: never };
";

const DAG: &str = "\
/** Where every pipeline starts. */
export const dag: Client = new Client();
";

const GRAPHQL_CLIENT: &str = "  \
  /** Sends documents of one's own. */
  getGQLClient(): GraphQLClient {
    return new GraphQLClient();
  }
";

/// The source of the core client.
///
/// # Errors
/// When the tables hold something that TypeScript cannot express: an unknown type, or a result of an unknown form.
pub fn core(types: &[CoreType]) -> Result<String, CodegenError> {
    let writer = Writer { types };
    let of_kind = |kind: CoreKind| types.iter().filter(move |core_type| core_type.kind == kind);
    let mut parts: Vec<String> = vec![HEADER.to_owned()];
    for core_type in of_kind(CoreKind::Scalar) {
        let doc = docs::text(0, core_type.description.unwrap_or_default());
        parts.push(doc + &branded(core_type.name, "string"));
    }
    for core_type in types.iter().filter(|core_type| has_id_type(core_type)) {
        let doc = docs::text(0, &format!("The ID of a `{}`.", core_type.name));
        parts.push(doc + &branded(&format!("{}ID", core_type.name), "ID"));
    }
    parts.extend(of_kind(CoreKind::Enum).map(enumeration));
    for core_type in of_kind(CoreKind::Input) {
        parts.extend(writer.input(core_type)?);
    }
    let classes = types
        .iter()
        .filter(|core_type| matches!(core_type.kind, CoreKind::Object | CoreKind::Interface));
    let mut registered: BTreeMap<&str, String> = BTreeMap::new();
    for core_type in classes {
        let class = writer.class(core_type)?;
        let extra = if core_type.name == "Query" {
            writer.extra_of_root()
        } else {
            registered.insert(core_type.name, class.class_name.clone());
            Vec::new()
        };
        parts.push(class::class(&class, &extra));
    }
    parts.push(DAG.to_owned());
    let registered: String = registered
        .iter()
        .map(|(name, class)| format!("  {},\n", super::code::field(name, class)))
        .collect();
    parts.push(format!("register({{\n{registered}}});\n"));
    Ok(parts.join("\n"))
}

struct Writer<'a> {
    types: &'a [CoreType],
}

impl Writer<'_> {
    fn get(&self, name: &str) -> Option<&CoreType> {
        self.types.iter().find(|core_type| core_type.name == name)
    }

    fn is(&self, name: &str, kind: CoreKind) -> bool {
        self.get(name).is_some_and(|core_type| core_type.kind == kind)
    }

    fn class(&self, core_type: &CoreType) -> Result<Class, CodegenError> {
        let methods = core_type
            .fields
            .iter()
            .map(|field| self.method(core_type, field))
            .collect::<Result<Vec<_>, _>>()?;
        let target = self.target(core_type.name);
        Ok(Class {
            api_name: target.api_name,
            name: target.annotation,
            class_name: target.class,
            doc: core_type.description.unwrap_or_default().to_owned(),
            methods,
        })
    }

    fn target(&self, name: &str) -> Target {
        let annotation = names::type_name(name);
        let class = if self.is(name, CoreKind::Interface) {
            format!("_{annotation}Client")
        } else {
            annotation.clone()
        };
        Target {
            api_name: name.to_owned(),
            annotation,
            class,
        }
    }

    fn method(&self, core_type: &CoreType, field: &CoreField) -> Result<Method, CodegenError> {
        let place = format!("{}.{}", core_type.name, field.name);
        let mut parameters = field
            .arguments
            .iter()
            .map(|argument| self.parameter(&place, argument))
            .collect::<Result<Vec<_>, _>>()?;
        let optional = Parameter::split_options(&mut parameters);
        let options = (!optional.is_empty()).then(|| Record {
            name: names::options(core_type.name, field.name),
            doc: String::new(),
            fields: optional,
        });
        Ok(Method {
            name: names::identifier(field.name),
            field: field.name.to_owned(),
            doc: documentation(field),
            parameters,
            options,
            returns: self.returns(&place, core_type, field)?,
        })
    }

    fn parameter(&self, place: &str, argument: &CoreArgument) -> Result<Parameter, CodegenError> {
        let place = format!("{place}({}:)", argument.name);
        Ok(Parameter {
            name: names::identifier(argument.name),
            argument: argument.name.to_owned(),
            annotation: self.annotation(&place, &argument.r#type, argument.expected_type)?,
            kind: self.kind(argument.r#type.name),
            optional: !argument.is_required(),
            doc: Doc {
                text: argument.description.unwrap_or_default().to_owned(),
                deprecated: argument.deprecated.map(str::to_owned),
            },
        })
    }

    /// How a value of the type is written: `ENUM`, or the constant of an input that holds one.
    fn kind(&self, name: &str) -> Option<String> {
        let core_type = self.get(name)?;
        match core_type.kind {
            CoreKind::Enum => Some("ENUM".to_owned()),
            CoreKind::Input if !self.kinds(core_type).is_empty() => Some(names::constant(name)),
            _ => None,
        }
    }

    fn kinds(&self, input: &CoreType) -> Vec<String> {
        let fields = input.fields.iter();
        fields
            .filter_map(|field| {
                self.kind(field.returns.name)
                    .map(|kind| format!("{}: {kind}", field.name))
            })
            .collect()
    }

    fn returns(&self, place: &str, owner: &CoreType, field: &CoreField) -> Result<Returns, CodegenError> {
        let returns = &field.returns;
        if field.name == "id" {
            let name = if has_id_type(owner) && owner.kind == CoreKind::Object {
                format!("{}ID", owner.name)
            } else {
                "ID".to_owned()
            };
            return Ok(Returns::Id(name));
        }
        if returns.name == "ID" {
            return match field.expected_type {
                Some(expected) if !returns.list && expected == owner.name => Ok(Returns::Synced(self.target(expected))),
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
        if self.is(returns.name, CoreKind::Object) || self.is(returns.name, CoreKind::Interface) {
            let target = self.target(returns.name);
            return Ok(if returns.list {
                Returns::Objects(target)
            } else {
                Returns::Object(target)
            });
        }
        Ok(Returns::Value(self.annotation(place, returns, None)?))
    }

    fn annotation(
        &self,
        place: &str,
        r#type: &CoreTypeRef,
        expected: Option<&'static str>,
    ) -> Result<String, CodegenError> {
        let name = match r#type.name {
            "String" => "string".to_owned(),
            "Int" | "Float" => "number".to_owned(),
            "Boolean" => "boolean".to_owned(),
            "ID" => names::type_name(expected.unwrap_or("ID")),
            name if self.get(name).is_some() => names::type_name(name),
            name => {
                return Err(CodegenError::UnknownType {
                    name: name.to_owned(),
                    used_by: place.to_owned(),
                });
            }
        };
        Ok(if r#type.list { format!("{name}[]") } else { name })
    }

    /// The input's type, and how its fields are written when that needs saying.
    fn input(&self, core_type: &CoreType) -> Result<Vec<String>, CodegenError> {
        let fields = core_type
            .fields
            .iter()
            .map(|field| {
                let place = format!("{}.{}", core_type.name, field.name);
                Ok(Parameter {
                    name: field.name.to_owned(),
                    argument: field.name.to_owned(),
                    annotation: self.annotation(&place, &field.returns, field.expected_type)?,
                    kind: None,
                    optional: !field.returns.non_null || field.default.is_some(),
                    doc: documentation(field),
                })
            })
            .collect::<Result<Vec<_>, CodegenError>>()?;
        let mut parts = vec![records::record(&Record {
            name: core_type.name.to_owned(),
            doc: core_type.description.unwrap_or_default().to_owned(),
            fields,
        })];
        let kinds = self.kinds(core_type);
        if !kinds.is_empty() {
            let name = names::constant(core_type.name);
            parts.push(format!("const {name}: Kinds = {};\n", super::code::literal(&kinds)));
        }
        Ok(parts)
    }

    /// `loadContainerFromID` and its like, which older modules call, and the way to send any document.
    fn extra_of_root(&self) -> Vec<String> {
        let loadable = self.types.iter().filter(|core_type| has_id_type(core_type));
        let loaders = loadable.map(|core_type| {
            let Target {
                api_name,
                annotation,
                class,
            } = self.target(core_type.name);
            format!(
                "  /** The `{api_name}` of that ID. */\n  \
                 load{api_name}FromID(id: {api_name}ID | ID): {annotation} {{\n    \
                 return new {class}(this._ctx.selectNode(id, {}));\n  }}\n",
                string(&api_name)
            )
        });
        loaders.chain([GRAPHQL_CLIENT.to_owned()]).collect()
    }
}

fn has_id_type(core_type: &CoreType) -> bool {
    matches!(core_type.kind, CoreKind::Object | CoreKind::Interface) && core_type.name != "Query"
}

fn branded(name: &str, base: &str) -> String {
    format!("export type {name} = {base} & {{ __{name}: never }};\n")
}

fn enumeration(core_type: &CoreType) -> String {
    let canonical = core_type.members.iter().filter(|member| !member.is_alias());
    let aliases = core_type.members.iter().filter(|member| member.is_alias());
    let members: Vec<Member<'_>> = canonical
        .chain(aliases)
        .map(|member| Member {
            name: member.name,
            value: member.value,
            doc: member.description.unwrap_or_default(),
        })
        .collect();
    enums::enumeration(core_type.name, core_type.description.unwrap_or_default(), &members)
}

fn documentation(field: &CoreField) -> Doc {
    let mut parts: Vec<String> = field.description.map(str::to_owned).into_iter().collect();
    parts.extend(field.experimental.map(|reason| format!("Experimental: {reason}")));
    Doc {
        text: parts.join("\n\n"),
        deprecated: field.deprecated.map(str::to_owned),
    }
}
