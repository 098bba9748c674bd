//! The merged types as an executable GraphQL schema. Every field resolves through one `Resolve`; nothing here knows what a field means.

use crate::coerce;
use crate::execute::Request;
use crate::graph_type::{GraphArgument, GraphField, GraphType, GraphTypeKind, GraphTypeRef, Text};
use crate::introspection::{self, Questions};
use crate::lenient;
use crate::merge::Merged;
use crate::object_id::ObjectId;
use crate::parse::parse;
use crate::part::Part;
use crate::resolve::{FieldCall, Resolve, ResolveError};
use crate::typed_value::{Asked, Types};
use crate::validate;
use async_graphql::dynamic::{
    Enum, EnumItem, Field, FieldFuture, InputObject, InputValue, Interface, InterfaceField, Object, ResolverContext,
    Scalar, Schema as Dynamic, SchemaBuilder, SchemaError, TypeRef,
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
        let prepared = match self.prepare(&request) {
            Ok(prepared) => prepared,
            Err(errors) => return written(Response::from_errors(errors)),
        };
        let merged = &self.inner.merged;
        let mut response = match (prepared.executed, &prepared.questions) {
            (Some((dynamic, executed)), _) => written(dynamic.execute(executed.data(Arc::new(request))).await),
            (None, Some(questions)) => return format!("{{\"data\":{}}}", questions.answer(merged)),
            (None, None) => return "{\"data\":{}}".to_owned(),
        };
        if prepared.completed {
            response = lenient::collapse(response);
        }
        match &prepared.questions {
            Some(questions) => questions.complete(merged, &response),
            None => response,
        }
    }

    fn prepare(&self, request: &Request) -> Result<Prepared, Vec<ServerError>> {
        let mut executed = async_graphql::Request::new("");
        if let Some(name) = &request.operation_name {
            executed = executed.operation_name(name.clone());
        }
        let mut variables = None;
        if let Some(text) = request.variables.as_deref().filter(|text| !text.trim().is_empty()) {
            let json: serde_json::Value = serde_json::from_str(text)
                .map_err(|error| vec![ServerError::new(format!("the variables are not JSON: {error}"), None)])?;
            executed = executed.variables(Variables::from_json(json.clone()));
            variables = Some(json);
        }
        let mut document = parse(&request.document).map_err(|error| vec![error])?;
        let questions = introspection::split(&mut document, request.operation_name.as_deref(), variables.as_ref())
            .map_err(|error| vec![error])?;
        if questions.as_ref().is_some_and(Questions::are_all) {
            return Ok(Prepared {
                questions,
                completed: false,
                executed: None,
            });
        }
        let completed = lenient::complete(&self.inner.merged, &mut document);
        let errors = validate::check(&self.inner.merged, &document);
        if !errors.is_empty() {
            return Err(errors);
        }
        let dynamic = self
            .inner
            .for_document(&document)
            .map_err(|error| vec![ServerError::new(error.to_string(), None)])?;
        executed.set_parsed_query(document);
        Ok(Prepared {
            questions,
            completed,
            executed: Some((dynamic, executed)),
        })
    }
}

/// A request that is ready to run.
struct Prepared {
    /// What it asks about the schema.
    questions: Option<Questions>,
    /// Whether selections were added.
    completed: bool,
    /// What is left for the executor.
    executed: Option<(Dynamic, async_graphql::Request)>,
}

fn written(mut response: Response) -> String {
    response.errors.iter_mut().for_each(restore_path);
    serde_json::to_string(&response).unwrap_or_else(|error| {
        serde_json::json!({"data": null, "errors": [{"message": format!("the response cannot be written as JSON: {error}")}]}).to_string()
    })
}

impl Inner {
    fn whole(&self) -> Result<Dynamic, SchemaError> {
        if let Some(whole) = self.whole.get() {
            return Ok(whole.clone());
        }
        let mut builder = builder();
        for graph_type in self.merged.types() {
            let fields = graph_type.fields().into_iter().flat_map(|fields| fields.values());
            builder = self.register(builder, graph_type, graph_type.interfaces(), fields);
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
                let interfaces: Vec<Text> = part
                    .interfaces
                    .iter()
                    .filter(|(_, objects)| objects.contains(name))
                    .map(|(interface, _)| Text::from((*interface).to_owned()))
                    .collect();
                builder = self.register(builder, graph_type, &interfaces, fields.values().copied());
            }
        }
        for graph_type in part.interfaces.keys().filter_map(|name| self.merged.get(name)) {
            let fields = graph_type.fields().into_iter().flat_map(|fields| fields.values());
            builder = self.register(builder, graph_type, &[], fields);
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
            GraphTypeKind::Interface { module: None, .. } => {
                builder.register(fields.fold(Interface::new(name), |interface, field| {
                    interface.field(field.arguments.iter().fold(
                        InterfaceField::new(field.name.as_ref(), type_ref(&field.returns)),
                        |f, a| f.argument(input_value(a)),
                    ))
                }))
            }
            GraphTypeKind::Object { .. } | GraphTypeKind::Interface { .. } => {
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
        let resolve = resolve.clone();
        let is_abstract = merged.get(declared.returns.name()).is_some_and(GraphType::is_abstract);
        let asked = is_abstract.then(|| Asked::of(&context));
        FieldFuture::new(async move {
            let call = call.map_err(|error| into_graphql(error, &path))?;
            let resolved = resolve
                .resolve(call)
                .await
                .map_err(|error| into_graphql(error, &path))?;
            let types = Types {
                resolve: &*resolve,
                asked: asked.as_ref(),
            };
            types.value(resolved)
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
