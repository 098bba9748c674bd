//! The merged types as an executable GraphQL schema. Every field resolves through one `Resolve`; nothing here knows what a field means.

use crate::coerce;
use crate::execute::Request;
use crate::graph_type::{GraphArgument, GraphField, GraphType, GraphTypeKind, GraphTypeRef, Text};
use crate::merge::Merged;
use crate::object_id::ObjectId;
use crate::parse::parse;
use crate::part::Part;
use crate::resolve::{FieldCall, Resolve, ResolveError, Resolved};
use crate::validate;
use async_graphql::dynamic::{
    Enum, EnumItem, Field, FieldFuture, FieldValue, InputObject, InputValue, Interface, InterfaceField, Object,
    ResolverContext, Scalar, Schema as Dynamic, SchemaBuilder, SchemaError, TypeRef,
};
use async_graphql::parser::types::ExecutableDocument;
use async_graphql::{
    ErrorExtensionValues, PathSegment, Response, ServerError, ValidationMode, Value as ConstValue, Variables,
};
use std::sync::{Arc, OnceLock};

/// An executable schema over the merged types. Clones share everything.
#[derive(Clone)]
pub struct Schema {
    inner: Arc<Inner>,
}

struct Inner {
    merged: Arc<Merged>,
    resolve: Arc<dyn Resolve>,
    /// The schema of all types, once a document needed it.
    whole: OnceLock<Dynamic>,
}

impl Schema {
    /// A schema over these types. Building the executable form of all of them takes milliseconds, so each document gets that of the types that
    /// it touches, until one needs them all.
    pub fn new(merged: Arc<Merged>, resolve: Arc<dyn Resolve>) -> Schema {
        Schema {
            inner: Arc::new(Inner {
                merged,
                resolve,
                whole: OnceLock::new(),
            }),
        }
    }

    /// Builds what is not built yet.
    ///
    /// # Errors
    /// When the types contradict each other in a way that merging did not see.
    pub fn complete(&self) -> Result<(), SchemaError> {
        self.inner.whole().map(|_| ())
    }
    /// The types behind it.
    pub fn merged(&self) -> &Arc<Merged> {
        &self.inner.merged
    }

    /// Runs one request and gives the response document.
    pub async fn execute(&self, request: Request) -> String {
        let mut response = match self.prepare(&request) {
            Ok((dynamic, prepared)) => dynamic.execute(prepared.data(Arc::new(request))).await,
            Err(errors) => Response::from_errors(errors),
        };
        response.errors.iter_mut().for_each(restore_path);
        serde_json::to_string(&response).unwrap_or_else(|error| {
            serde_json::json!({"data": null, "errors": [{"message": format!("the response cannot be written as JSON: {error}")}]}).to_string()
        })
    }

    fn prepare(&self, request: &Request) -> Result<(Dynamic, async_graphql::Request), Vec<ServerError>> {
        let mut prepared = async_graphql::Request::new("");
        if let Some(name) = &request.operation_name {
            prepared = prepared.operation_name(name.clone());
        }
        if let Some(text) = request.variables.as_deref().filter(|text| !text.trim().is_empty()) {
            let json: serde_json::Value = serde_json::from_str(text)
                .map_err(|error| vec![ServerError::new(format!("the variables are not JSON: {error}"), None)])?;
            prepared = prepared.variables(Variables::from_json(json));
        }
        let document = parse(&request.document).map_err(|error| vec![error])?;
        let errors = validate::check(&self.inner.merged, &document);
        if !errors.is_empty() {
            return Err(errors);
        }
        let dynamic = self
            .inner
            .for_document(&document)
            .map_err(|error| vec![ServerError::new(error.to_string(), None)])?;
        prepared.set_parsed_query(document);
        Ok((dynamic, prepared))
    }
}

impl Inner {
    fn whole(&self) -> Result<Dynamic, SchemaError> {
        if let Some(whole) = self.whole.get() {
            return Ok(whole.clone());
        }
        let mut builder = builder();
        for graph_type in self.merged.types() {
            let fields = graph_type.fields().into_iter().flat_map(|fields| fields.values());
            let interfaces: &[Text] = match &graph_type.kind {
                GraphTypeKind::Object { implements, .. } => implements,
                _ => &[],
            };
            builder = self.register(builder, graph_type, interfaces, fields);
        }
        let whole = builder.finish()?;
        Ok(self.whole.get_or_init(|| whole).clone())
    }

    fn for_document(&self, document: &ExecutableDocument) -> Result<Dynamic, SchemaError> {
        let part = match self.whole.get() {
            Some(whole) => return Ok(whole.clone()),
            None => Part::of(&self.merged, document),
        };
        let Some(part) = part else { return self.whole() };
        let mut builder = builder();
        for (name, fields) in &part.objects {
            if let Some(graph_type) = self.merged.get(name) {
                builder = self.register(builder, graph_type, &[], fields.values().copied());
            }
        }
        for graph_type in part.others.iter().filter_map(|name| self.merged.get(name)) {
            builder = self.register(builder, graph_type, &[], std::iter::empty());
        }
        builder.finish()
    }

    /// Adds a type with some of its fields and interfaces.
    fn register<'f>(
        &self,
        builder: SchemaBuilder,
        graph_type: &GraphType,
        interfaces: &[Text],
        fields: impl Iterator<Item = &'f GraphField>,
    ) -> SchemaBuilder {
        let name = graph_type.name.as_ref();
        let documented = !graph_type.description.is_empty();
        match &graph_type.kind {
            GraphTypeKind::Scalar if matches!(name, "String" | "Int" | "Float" | "Boolean" | "ID") => builder,
            GraphTypeKind::Scalar => {
                let scalar = Scalar::new(name);
                builder.register(if documented {
                    scalar.description(graph_type.description.as_ref())
                } else {
                    scalar
                })
            }
            GraphTypeKind::Enum { members } => builder.register(
                members
                    .iter()
                    .fold(Enum::new(name), |e, m| e.item(EnumItem::new(m.name.as_ref()))),
            ),
            GraphTypeKind::Input { fields } => builder.register(
                fields
                    .iter()
                    .fold(InputObject::new(name), |input, f| input.field(input_value(f))),
            ),
            GraphTypeKind::Interface { .. } => {
                builder.register(fields.fold(Interface::new(name), |interface, field| {
                    interface.field(field.arguments.iter().fold(
                        InterfaceField::new(field.name.as_ref(), type_ref(&field.returns)),
                        |f, a| f.argument(input_value(a)),
                    ))
                }))
            }
            GraphTypeKind::Object { .. } => {
                let mut object = Object::new(name);
                if documented {
                    object = object.description(graph_type.description.as_ref());
                }
                for interface in interfaces {
                    object = object.implement(interface.as_ref());
                }
                builder.register(fields.fold(object, |object, field| {
                    object.field(executable_field(graph_type, field, &self.merged, &self.resolve))
                }))
            }
        }
    }
}

fn builder() -> SchemaBuilder {
    Dynamic::build("Query", None, None)
        .validation_mode(ValidationMode::Fast)
        .limit_recursive_depth(2 * validate::MAX_DEPTH + 2)
        .disable_suggestions()
}

fn type_ref(reference: &GraphTypeRef) -> TypeRef {
    match reference {
        GraphTypeRef::Named(Text::Borrowed(name)) => TypeRef::Named((*name).into()),
        GraphTypeRef::Named(Text::Owned(name)) => TypeRef::Named(name.clone().into()),
        GraphTypeRef::List(inner) => TypeRef::List(Box::new(type_ref(inner))),
        GraphTypeRef::NonNull(inner) => TypeRef::NonNull(Box::new(type_ref(inner))),
    }
}

fn input_value(argument: &GraphArgument) -> InputValue {
    let required = argument.is_required();
    let reference = match &argument.r#type {
        GraphTypeRef::NonNull(inner) if !required && argument.default.is_none() => type_ref(inner),
        other => type_ref(other),
    };
    let mut value = InputValue::new(argument.name.as_ref(), reference);
    if !argument.description.is_empty() {
        value = value.description(argument.description.as_ref());
    }
    match argument
        .default
        .as_ref()
        .map(|default| ConstValue::from_json(default.clone()))
    {
        Some(Ok(default)) => value.default_value(default),
        _ => value,
    }
}

fn executable_field(owner: &GraphType, field: &GraphField, merged: &Arc<Merged>, resolve: &Arc<dyn Resolve>) -> Field {
    let parent_type: Arc<str> = owner.name.as_ref().into();
    let declared = Arc::new(field.clone());
    let (merged, resolve) = (merged.clone(), resolve.clone());
    let mut result = Field::new(field.name.as_ref(), type_ref(&field.returns), move |context| {
        let call = prepare_call(&context, &parent_type, &declared, &merged);
        let path = context
            .path_node
            .as_ref()
            .map(|node| node.to_string_vec())
            .unwrap_or_default();
        let (resolve, merged) = (resolve.clone(), merged.clone());
        FieldFuture::new(async move {
            let call = call.map_err(|error| into_graphql(error, &path))?;
            let returned = call.field.returns.name().to_owned();
            let resolved = resolve
                .resolve(call)
                .await
                .map_err(|error| into_graphql(error, &path))?;
            let is_interface = matches!(
                merged.get(&returned).map(|found| &found.kind),
                Some(GraphTypeKind::Interface { .. })
            );
            field_value(resolved, is_interface)
        })
    });
    for argument in &field.arguments {
        result = result.argument(input_value(argument));
    }
    if !field.description.is_empty() {
        result = result.description(field.description.as_ref());
    }
    if let Some(reason) = &field.deprecated {
        result = result.deprecation(Some(reason.as_ref()));
    }
    result
}

fn prepare_call(
    context: &ResolverContext<'_>,
    parent_type: &Arc<str>,
    field: &Arc<GraphField>,
    merged: &Merged,
) -> Result<FieldCall, ResolveError> {
    let mut given = serde_json::Map::new();
    for (name, value) in context.args.as_index_map() {
        given.insert(
            name.to_string(),
            value.clone().into_json().map_err(|error| {
                ResolveError::new(format!("{parent_type}.{}: argument `{name}`: {error}", field.name))
            })?,
        );
    }
    let arguments = coerce::arguments(merged, &field.arguments, given)
        .map_err(|error| ResolveError::new(format!("{parent_type}.{}: {error}", field.name)))?;
    Ok(FieldCall {
        parent_type: parent_type.clone(),
        parent: context.parent_value.downcast_ref::<ObjectId>().cloned(),
        field: field.clone(),
        arguments,
        request: context
            .data::<Arc<Request>>()
            .map_err(|error| ResolveError::new(error.message))?
            .clone(),
    })
}

fn field_value(resolved: Resolved, is_interface: bool) -> async_graphql::Result<Option<FieldValue<'static>>> {
    Ok(match resolved {
        Resolved::Value(serde_json::Value::Null) => None,
        Resolved::Value(value) => Some(json_value(value)?),
        Resolved::Object(id) => {
            let type_name = id.type_name().to_string();
            let value = FieldValue::owned_any(id);
            Some(if is_interface {
                value.with_type(type_name)
            } else {
                value
            })
        }
        Resolved::List(items) => {
            let items = items
                .into_iter()
                .map(|item| Ok(field_value(item, is_interface)?.unwrap_or(FieldValue::NULL)));
            Some(FieldValue::list(items.collect::<async_graphql::Result<Vec<_>>>()?))
        }
    })
}

/// A list stays a list of values, so that element types are checked; everything else is one value.
fn json_value(value: serde_json::Value) -> async_graphql::Result<FieldValue<'static>> {
    Ok(match value {
        serde_json::Value::Array(items) => FieldValue::list(
            items
                .into_iter()
                .map(json_value)
                .collect::<async_graphql::Result<Vec<_>>>()?,
        ),
        other => FieldValue::value(ConstValue::from_json(other)?),
    })
}

/// Key under which an error carries its path until the response is complete: the executor sets paths of its own errors only.
const PATH: &str = "dockwright.path";

fn into_graphql(error: ResolveError, path: &[String]) -> async_graphql::Error {
    let mut extensions = ErrorExtensionValues::default();
    for (name, value) in error.extensions {
        if let Ok(value) = ConstValue::from_json(value) {
            extensions.set(name, value);
        }
    }
    extensions.set(
        PATH,
        path.iter()
            .map(|segment| ConstValue::from(segment.as_str()))
            .collect::<Vec<_>>(),
    );
    async_graphql::Error {
        extensions: Some(extensions),
        ..async_graphql::Error::new(error.message)
    }
}

fn restore_path(error: &mut ServerError) {
    let Some(extensions) = &mut error.extensions else {
        return;
    };
    if let Some(ConstValue::List(path)) = extensions.get(PATH).cloned() {
        let segment = |value| match value {
            ConstValue::String(text) => Some(text.parse().map_or(PathSegment::Field(text), PathSegment::Index)),
            _ => None,
        };
        error.path = path.into_iter().filter_map(segment).collect();
        extensions.unset(PATH);
    }
    if error
        .extensions
        .as_ref()
        .is_some_and(|rest| *rest == ErrorExtensionValues::default())
    {
        error.extensions = None;
    }
}
