//! `Function`: a function of an object or interface, or a constructor.

use crate::api::Api;
use crate::arguments::Arguments;
use crate::core_object::{CoreObject, ValueOf, unsupported_source};
use crate::error::ApiError;
use crate::function_def::{FunctionArg, cache_policy};
use crate::part::{list, object, optional, optional_text, text};
use crate::recipe::Call;
use crate::type_def::{SourceMap, TypeDef};
use dockwright_schema::names::camel_case;
use dockwright_schema::{Request, Resolved};
use serde_json::Value;
use std::sync::Arc;

/// State of a function.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Function {
    /// API name; empty for a constructor.
    pub name: String,
    pub description: String,
    pub deprecated: Option<String>,
    pub source_map: Option<Arc<SourceMap>>,
    /// The module that it is from; empty for a core function.
    pub source_module_name: String,
    pub arguments: Vec<Arc<FunctionArg>>,
    pub returns: Arc<TypeDef>,
}

impl CoreObject for Function {
    const TYPE: &'static str = "Function";
    const VALUES: &'static [&'static str] = &[
        "args",
        "deprecated",
        "description",
        "name",
        "returnType",
        "sourceMap",
        "sourceModuleName",
    ];
    const SOURCES: &'static [(&'static str, &'static str)] = &[
        ("Query", "function"),
        ("Function", "withArg"),
        ("Function", "withCachePolicy"),
        ("Function", "withCheck"),
        ("Function", "withDeprecated"),
        ("Function", "withDescription"),
        ("Function", "withGenerator"),
        ("Function", "withSourceMap"),
        ("Function", "withUp"),
    ];

    async fn evaluate(api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<Self, ApiError> {
        let arguments = Arguments(&call.arguments);
        if let ("Query", "function") = (&*call.parent_type, &*call.field) {
            let returns = arguments.object("returnType", TypeDef::TYPE)?;
            return Ok(Function {
                name: camel_case(arguments.text("name")?),
                returns: api.state::<TypeDef>(&returns, request).await?,
                ..Function::default()
            });
        }
        let mut function = (*api.parent_state::<Function>(call, request).await?).clone();
        let text = |name: &str| arguments.optional_text(name).map(str::to_owned);
        match &*call.field {
            "withArg" => function.add(argument(api, call, request).await?)?,
            "withCachePolicy" => {
                cache_policy::check(arguments.text("policy")?, arguments.optional_text("timeToLive"))?;
            }
            // No field tells of these: they make another function, with another ID.
            "withCheck" | "withGenerator" | "withUp" => {}
            "withDeprecated" => function.deprecated = Some(text("reason").unwrap_or_default()),
            "withDescription" => function.description = text("description").unwrap_or_default(),
            "withSourceMap" => function.source_map = SourceMap::argument(api, call, request).await?,
            _ => return unsupported_source(call),
        }
        Ok(function)
    }

    async fn value(&self, field: ValueOf<'_>) -> Result<Resolved, ApiError> {
        Ok(match field.name {
            "args" => list(field, &self.arguments),
            "deprecated" => optional_text(self.deprecated.as_deref()),
            "description" => text(&self.description),
            "name" => text(&self.name),
            "returnType" => object(field, &self.returns),
            "sourceMap" => optional(field, self.source_map.as_ref()),
            "sourceModuleName" => text(&self.source_module_name),
            _ => return field.unsupported(Self::TYPE),
        })
    }
}

impl Function {
    fn add(&mut self, argument: FunctionArg) -> Result<(), ApiError> {
        if self.arguments.iter().any(|known| known.name == argument.name) {
            return Err(ApiError::other(format!(
                "function `{}` has an argument `{}` already",
                self.name, argument.name
            )));
        }
        self.arguments.push(Arc::new(argument));
        Ok(())
    }
}

/// The argument that `withArg` adds.
async fn argument(api: &Arc<Api>, call: &Call, request: &Arc<Request>) -> Result<FunctionArg, ApiError> {
    let arguments = Arguments(&call.arguments);
    let name = camel_case(arguments.text("name")?);
    let text = |name: &str| arguments.optional_text(name).unwrap_or_default().to_owned();
    let r#type = arguments.object("typeDef", TypeDef::TYPE)?;
    let r#type = api.state::<TypeDef>(&r#type, request).await?;
    let argument = FunctionArg {
        description: text("description"),
        deprecated: arguments.optional_text("deprecated").map(str::to_owned),
        source_map: SourceMap::argument(api, call, request).await?,
        default_value: default_value(&name, arguments.0.get("defaultValue"))?,
        default_path: text("defaultPath"),
        default_address: text("defaultAddress"),
        ignore: arguments.texts("ignore"),
        name,
        r#type,
    };
    let object = argument.r#type.as_object().map(|object| object.name.as_str());
    let misplaced = |what: &str, kinds: &str| {
        let shown = argument.r#type.name();
        ApiError::other(format!(
            "argument `{}` of type {shown}: {what} is for arguments of type {kinds}",
            argument.name
        ))
    };
    if !argument.default_path.is_empty() && !matches!(object, Some("Directory" | "File" | "GitRepository" | "GitRef")) {
        return Err(misplaced("`defaultPath`", "Directory, File, GitRepository or GitRef"));
    }
    if !argument.ignore.is_empty() && object != Some("Directory") {
        return Err(misplaced("`ignore`", "Directory"));
    }
    if !argument.default_address.is_empty() && object != Some("Container") {
        return Err(misplaced("`defaultAddress`", "Container"));
    }
    if argument.default_path.is_empty() && argument.default_address.is_empty() {
        return Ok(argument);
    }
    if !argument.default_value.is_empty() {
        return Err(ApiError::other(format!(
            "argument `{}`: give it a default value or a default path or address, not both",
            argument.name
        )));
    }
    // It can be left out, and is never null for the function.
    let optional = TypeDef {
        optional: true,
        ..(*argument.r#type).clone()
    };
    Ok(FunctionArg {
        r#type: Arc::new(optional),
        ..argument
    })
}

/// The JSON text of a default; clients send it as text, or as the value itself.
fn default_value(argument: &str, given: Option<&Value>) -> Result<String, ApiError> {
    match given {
        None | Some(Value::Null) => Ok(String::new()),
        Some(Value::String(text)) if text.is_empty() => Ok(String::new()),
        Some(Value::String(text)) => match serde_json::from_str::<Value>(text) {
            Ok(_) => Ok(text.clone()),
            Err(error) => Err(ApiError::other(format!(
                "default value of argument `{argument}` is no JSON: {error}"
            ))),
        },
        Some(value) => Ok(value.to_string()),
    }
}
