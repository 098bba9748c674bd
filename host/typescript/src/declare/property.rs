//! Properties of classes as fields of the API and as state.

use crate::bundle::BundleObject;
use crate::declare::declaring::Declare;
use crate::declare::decorator;
use crate::declare::types::{Context, optional};
use dockwright_schema::module_def::{FieldDef, ObjectDef, TypeRef};
use oxc::ast::ast::{Expression, PropertyDefinition};
use oxc::span::{GetSpan, Span};
use serde_json::Value;

impl<'s> Declare<'_, 's> {
    /// Adds a property to the object's fields, when it is marked.
    pub(crate) fn property(
        &mut self,
        context: Context<'s>,
        property: &PropertyDefinition<'s>,
        object: &mut ObjectDef,
        bundled: &mut BundleObject,
    ) {
        let file = context.file;
        self.misuses(file, &property.decorators);
        let marked = ["func", "field"]
            .iter()
            .find_map(|name| decorator::find(self.project, file, &property.decorators, name));
        let Some(marked) = marked else { return };
        let span = property.key.span();
        let Some(name) = name_of(property).filter(|_| !property.r#static) else {
            let message = "a field needs a name that others can read";
            self.problem(
                file,
                span,
                message,
                "write a plain name: no `#`, no brackets, not static",
            );
            return;
        };
        if let Some(Expression::ArrowFunctionExpression(_) | Expression::FunctionExpression(_)) = &property.value {
            let message = format!("the field `{name}` holds a function");
            self.problem(
                file,
                span,
                message,
                format!("write a method: `{name}(): Container {{ … }}`"),
            );
            return;
        }
        let options = self.options(file, marked, &["alias"]);
        let alias = options.get("alias").and_then(Value::as_str);
        let api = self.api_name(file, span, alias.unwrap_or(&name));
        let of = match self.type_of_property(context, property) {
            Ok(of) => of,
            Err(problem) => {
                self.report(problem);
                return;
            }
        };
        if !self.is_free(file, span, object, &api) {
            return;
        }
        let doc = self.doc(file, Span::new(property.span.start, span.start), &property.decorators);
        let mut field = FieldDef {
            name: api,
            original_name: name.clone(),
            description: doc.description.clone(),
            r#type: of.clone(),
            location: self.project.scope(file).map(|scope| scope.text.location(span.start)),
            annotations: Default::default(),
        };
        if let Some(reason) = doc.deprecated() {
            field.annotations.0.insert("deprecated".to_owned(), reason.into());
        }
        object.fields.push(field);
        bundled.properties.insert(name, of);
    }

    /// The type of a property, from its annotation or its value.
    pub(crate) fn type_of_property(
        &mut self,
        context: Context<'s>,
        property: &PropertyDefinition<'s>,
    ) -> Result<TypeRef, crate::problem::Problem> {
        let annotation = property.type_annotation.as_deref().map(|note| &note.type_annotation);
        let span = property.key.span();
        let written = self
            .project
            .scope(context.file)
            .map_or("", |scope| scope.text.slice(span));
        let what = format!("the field `{written}`");
        let of = self.type_or_value(context, annotation, property.value.as_ref(), (span, &what))?;
        Ok(if property.optional { optional(of) } else { of })
    }
}

/// The name of a property that is state; none for `#private`, computed and static ones.
pub(crate) fn name_of(property: &PropertyDefinition<'_>) -> Option<String> {
    let name = property.key.static_name().filter(|_| !property.computed)?;
    name.into_cow_str().map(std::borrow::Cow::into_owned)
}
