//! `TypeDef`, put together by a client: `withKind`, `withObject`, `withFunction` and so on.

use crate::api::Api;
use crate::arguments::Arguments;
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::error::ApiError;
use crate::function_def::Function;
use crate::part::{optional, text};
use crate::recipe::Call;
use crate::type_def::{
    EnumTypeDef, EnumValueTypeDef, FieldTypeDef, InterfaceTypeDef, ObjectTypeDef, ScalarTypeDef, Shape, SourceMap,
    TypeDef, TypeDefKind,
};
use dockwright_schema::names::{camel_case, pascal_case};
use dockwright_schema::{Request, Resolved};
use serde_json::Value;
use std::sync::Arc;

impl CoreObject for TypeDef {
    const TYPE: &'static str = "TypeDef";
    const VALUES: &'static [&'static str] = &[
        "asEnum",
        "asInput",
        "asInterface",
        "asList",
        "asObject",
        "asScalar",
        "kind",
        "name",
        "optional",
    ];
    const SOURCES: &'static [(&'static str, &'static str)] = &[
        ("Query", "typeDef"),
        ("TypeDef", "withConstructor"),
        ("TypeDef", "withEnum"),
        ("TypeDef", "withEnumMember"),
        ("TypeDef", "withEnumValue"),
        ("TypeDef", "withField"),
        ("TypeDef", "withFunction"),
        ("TypeDef", "withInterface"),
        ("TypeDef", "withKind"),
        ("TypeDef", "withListOf"),
        ("TypeDef", "withObject"),
        ("TypeDef", "withOptional"),
        ("TypeDef", "withScalar"),
    ];

    async fn evaluate(api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<Self, ApiError> {
        let arguments = Arguments(&call.arguments);
        let text = |name: &str| arguments.optional_text(name).unwrap_or_default().to_owned();
        if let ("Query", "typeDef") = (&*call.parent_type, &*call.field) {
            return Ok(TypeDef::default());
        }
        let before = api.parent_state::<TypeDef>(call, request).await?;
        let made = match &*call.field {
            "withKind" => TypeDef::of(TypeDefKind::parse(arguments.text("kind")?)?),
            "withOptional" => TypeDef {
                optional: arguments.flag("optional"),
                ..(*before).clone()
            },
            "withListOf" => {
                let element = arguments.object("elementType", TypeDef::TYPE)?;
                TypeDef::list(api.state::<TypeDef>(&element, request).await?)
            }
            "withScalar" => TypeDef::scalar(ScalarTypeDef {
                name: pascal_case(named(call, "a scalar")?),
                description: text("description"),
                ..ScalarTypeDef::default()
            }),
            "withObject" => TypeDef::object(ObjectTypeDef {
                name: pascal_case(named(call, "an object")?),
                description: text("description"),
                deprecated: arguments.optional_text("deprecated").map(str::to_owned),
                source_map: SourceMap::argument(api, call, request).await?,
                ..ObjectTypeDef::default()
            }),
            "withInterface" => TypeDef::interface(InterfaceTypeDef {
                name: pascal_case(named(call, "an interface")?),
                description: text("description"),
                source_map: SourceMap::argument(api, call, request).await?,
                ..InterfaceTypeDef::default()
            }),
            "withEnum" => TypeDef::enumeration(EnumTypeDef {
                name: pascal_case(named(call, "an enum")?),
                description: text("description"),
                source_map: SourceMap::argument(api, call, request).await?,
                ..EnumTypeDef::default()
            }),
            "withConstructor" | "withFunction" => {
                let function = arguments.object("function", Function::TYPE)?;
                let function = api.state::<Function>(&function, request).await?;
                before.with_function(&call.field, function)?
            }
            "withField" => {
                let r#type = arguments.object("typeDef", TypeDef::TYPE)?;
                before.with_field(FieldTypeDef {
                    name: camel_case(arguments.text("name")?),
                    description: text("description"),
                    deprecated: arguments.optional_text("deprecated").map(str::to_owned),
                    source_map: SourceMap::argument(api, call, request).await?,
                    r#type: api.state::<TypeDef>(&r#type, request).await?,
                })?
            }
            "withEnumMember" | "withEnumValue" => {
                let name = arguments
                    .optional_text("name")
                    .map_or_else(|| arguments.text("value"), Ok)?;
                before.with_member(EnumValueTypeDef {
                    value: arguments.non_empty_text("value").unwrap_or(name).to_owned(),
                    name: name.to_owned(),
                    description: text("description"),
                    deprecated: arguments.optional_text("deprecated").map(str::to_owned),
                    source_map: SourceMap::argument(api, call, request).await?,
                })?
            }
            _ => return unsupported_source(call),
        };
        // Whether null is a value stays as it was said.
        Ok(match &*call.field {
            "withOptional" => made,
            _ => TypeDef {
                optional: before.optional,
                ..made
            },
        })
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        Ok(match (field.name, &self.shape) {
            ("asEnum", Shape::Enum(enumeration)) => optional(field, Some(enumeration)),
            ("asInput", Shape::Input(input)) => optional(field, Some(input)),
            ("asInterface", Shape::Interface(interface)) => optional(field, Some(interface)),
            ("asList", Shape::List(list)) => optional(field, Some(list)),
            ("asObject", Shape::Object(object)) => optional(field, Some(object)),
            ("asScalar", Shape::Scalar(scalar)) => optional(field, Some(scalar)),
            ("asEnum" | "asInput" | "asInterface" | "asList" | "asObject" | "asScalar", _) => {
                Resolved::Value(Value::Null)
            }
            ("kind", _) => text(
                self.kind
                    .ok_or_else(|| ApiError::other("the type has no kind yet; give it one, as with `withKind`"))?
                    .name(),
            ),
            ("name", _) => text(&self.name()),
            ("optional", _) => Resolved::Value(Value::Bool(self.optional)),
            _ => return field.unsupported(Self::TYPE),
        })
    }
}

impl TypeDef {
    fn with_function(&self, field: &str, function: Arc<Function>) -> Result<TypeDef, ApiError> {
        match (field, &self.shape) {
            ("withConstructor", Shape::Object(object)) => Ok(TypeDef::object(ObjectTypeDef {
                constructor: Some(Arc::new(Function {
                    name: String::new(),
                    ..(*function).clone()
                })),
                ..(**object).clone()
            })),
            ("withFunction", Shape::Object(object)) => {
                let mut object = (**object).clone();
                free(&object, &function.name)?;
                object.functions.push(function);
                Ok(TypeDef::object(object))
            }
            ("withFunction", Shape::Interface(interface)) => {
                let mut interface = (**interface).clone();
                if interface.functions.iter().any(|known| known.name == function.name) {
                    return Err(taken(&interface.name, &function.name));
                }
                interface.functions.push(function);
                Ok(TypeDef::interface(interface))
            }
            ("withConstructor", _) => Err(self.misplaced("a constructor", "an object")),
            _ => Err(self.misplaced("a function", "an object or an interface")),
        }
    }

    fn with_field(&self, field: FieldTypeDef) -> Result<TypeDef, ApiError> {
        let Shape::Object(object) = &self.shape else {
            return Err(self.misplaced("a field", "an object"));
        };
        let mut object = (**object).clone();
        free(&object, &field.name)?;
        object.fields.push(Arc::new(field));
        Ok(TypeDef::object(object))
    }

    fn with_member(&self, member: EnumValueTypeDef) -> Result<TypeDef, ApiError> {
        let Shape::Enum(enumeration) = &self.shape else {
            return Err(self.misplaced("a member", "an enum"));
        };
        let mut enumeration = (**enumeration).clone();
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        if member.name.is_empty() || !member.name.chars().all(is_name) || member.name.starts_with(char::is_numeric) {
            return Err(ApiError::other(format!(
                "`{}` cannot be the name of a member of the enum `{}`: use letters, digits and `_`",
                member.name, enumeration.name
            )));
        }
        if enumeration.members.iter().any(|known| known.name == member.name) {
            return Err(taken(&enumeration.name, &member.name));
        }
        enumeration.members.push(Arc::new(member));
        Ok(TypeDef::enumeration(enumeration))
    }

    fn misplaced(&self, what: &str, owner: &str) -> ApiError {
        let found = self.kind.map_or("no kind yet", TypeDefKind::name);
        ApiError::other(format!("{what} belongs to {owner}; this type has {found}"))
    }
}

/// The name that is given to a type.
fn named<'a>(call: &'a Call, what: &str) -> Result<&'a str, ApiError> {
    let name = Arguments(&call.arguments).non_empty_text("name");
    name.ok_or_else(|| ApiError::other(format!("{what} needs a name")))
}

fn free(object: &ObjectTypeDef, name: &str) -> Result<(), ApiError> {
    let has =
        object.fields.iter().any(|known| known.name == name) || object.functions.iter().any(|known| known.name == name);
    if has { Err(taken(&object.name, name)) } else { Ok(()) }
}

fn taken(owner: &str, name: &str) -> ApiError {
    ApiError::other(format!("`{owner}` has `{name}` already"))
}
