//! Methods with `@func()` as functions of the API.

use crate::bundle::{BundleFunction, BundleObject};
use crate::declare::declaring::Declare;
use crate::declare::decorator;
use crate::declare::project::File;
use crate::declare::scope::Declaring;
use crate::declare::types::Context;
use dockwright_schema::module_def::{FunctionDef, ObjectDef, TypeRef};
use oxc::ast::ast::{Decorator, MethodDefinition, MethodDefinitionKind};
use oxc::span::{GetSpan, Span};
use serde_json::Value;

impl<'s> Declare<'_, 's> {
    /// Adds a method to the object, when it is one of the API's functions.
    pub(crate) fn method(
        &mut self,
        context: Context<'s>,
        method: &MethodDefinition<'s>,
        object: &mut ObjectDef,
        bundled: &mut BundleObject,
    ) {
        let file = context.file;
        self.misuses(file, &method.decorators);
        let marked = decorator::find(self.project, file, &method.decorators, "func");
        let Some(marked) = marked else {
            let others = ["check", "generate", "up", "field"];
            for name in others {
                if let Some(lonely) = decorator::find(self.project, file, &method.decorators, name) {
                    let message = format!("@{name}() does nothing without @func()");
                    self.problem(file, lonely.span, message, "write `@func()` too");
                }
            }
            return;
        };
        let span = method.key.span();
        let name = method
            .key
            .static_name()
            .filter(|_| !method.computed)
            .and_then(|name| name.into_cow_str());
        let Some(name) = name else {
            let message = "a function needs a name that others can call";
            self.problem(file, span, message, "write a plain name: no `#`, no brackets");
            return;
        };
        let refused = match (method.kind, method.r#static, method.value.generator) {
            (MethodDefinitionKind::Get | MethodDefinitionKind::Set, ..) => Some("an accessor cannot be a function"),
            (_, true, _) => Some("a static method cannot be a function"),
            (_, _, true) => Some("a generator cannot be a function"),
            _ if method.value.type_parameters.is_some() => Some("a function of the API has no type parameters"),
            _ => None,
        };
        if let Some(message) = refused {
            self.problem(
                file,
                span,
                message,
                "write a plain method, such as `build(): Container`",
            );
            return;
        }
        let options = self.options(file, marked, &["alias", "cache"]);
        let alias = options.get("alias").and_then(Value::as_str);
        let api = self.api_name(file, span, alias.unwrap_or(&name));
        let doc = self.doc(file, Span::new(method.span.start, span.start), &method.decorators);
        let arguments = self.arguments(context, &method.value.params, &doc);
        let Some(returns) = self.result_of(context, method) else {
            return;
        };
        let mut def = FunctionDef {
            name: api.clone(),
            description: doc.description.clone(),
            arguments: arguments.defs,
            returns: returns.clone(),
            location: self.project.scope(file).map(|scope| scope.text.location(span.start)),
            annotations: Default::default(),
        };
        let mut annotate = |name: &str, value: Value| def.annotations.0.insert(name.to_owned(), value);
        if let Some(cache) = options.get("cache") {
            annotate("cache", cache.clone());
        }
        for name in ["check", "generate", "up"] {
            if decorator::find(self.project, file, &method.decorators, name).is_some() {
                annotate(name, true.into());
            }
        }
        if let Some(reason) = doc.deprecated() {
            annotate("deprecated", reason.into());
        }
        if !self.is_free(file, span, object, &api) {
            return;
        }
        object.functions.push(def);
        let function = BundleFunction {
            method: Some(name.into_owned()),
            arguments: arguments.bundled,
            returns: Some(returns),
        };
        bundled.functions.insert(api, function);
    }

    /// Notes the decorators that are written wrongly.
    pub(crate) fn misuses(&mut self, file: File, decorators: &[Decorator<'s>]) {
        for each in decorators {
            if let Some(problem) = decorator::misuse(self, file, each) {
                self.report(problem);
            }
        }
    }

    /// Notes a problem when the object has something of that name.
    pub(crate) fn is_free(&mut self, file: File, span: Span, object: &ObjectDef, name: &str) -> bool {
        let taken = object.function(name).is_some() || object.fields.iter().any(|field| field.name == name);
        if taken {
            let message = format!("`{}` has two things named `{name}` in the API", object.name);
            self.problem(
                file,
                span,
                message,
                "rename one of them, or give it another name: `@func(\"other\")`",
            );
        } else if name == "id" {
            let message = "every object has an `id` of its own in the API";
            self.problem(
                file,
                span,
                message,
                "give it another name, such as `@func(\"identifier\")`",
            );
        }
        !taken && name != "id"
    }

    /// The result of a method: as written, else as its return statements tell. Notes a problem when neither does.
    pub(crate) fn result_of(&mut self, context: Context<'s>, method: &MethodDefinition<'s>) -> Option<TypeRef> {
        if let Some(written) = &method.value.return_type {
            let found = self.type_of(context, &written.type_annotation);
            return found.map_err(|problem| self.report(problem)).ok();
        }
        let inferred = self.inferred_result(context, method);
        if inferred.is_none() {
            let span = method.key.span();
            let name = self
                .project
                .scope(context.file)
                .map_or("", |scope| scope.text.slice(span));
            let message = format!("the function `{name}` needs the type of its result");
            let help = format!("write it after the parameters, such as `{name}(): Promise<string>`");
            self.problem(context.file, span, message, help);
        }
        inferred
    }
}

/// The context of a class's members.
pub(crate) fn within<'s>(file: File, class: (File, Declaring<'s>)) -> Context<'s> {
    Context::new(file, Some(class))
}
