//! Parameters of functions and constructors as arguments.

use crate::bundle::BundleArgument;
use crate::declare::declaring::Declare;
use crate::declare::decorator;
use crate::declare::default_value::Default;
use crate::declare::doc::Doc;
use crate::declare::project::File;
use crate::declare::types::{Context, optional};
use crate::problem::Problem;
use dockwright_schema::module_def::{Annotations, ArgumentDef, TypeRef};
use oxc::ast::ast::{BindingPattern, Decorator, FormalParameter, FormalParameters};
use oxc::span::{GetSpan, Span};
use serde_json::{Value, json};

/// The arguments of a function, for the definition and for the guest.
#[derive(Default)]
pub(crate) struct Arguments {
    pub(crate) defs: Vec<ArgumentDef>,
    pub(crate) bundled: Vec<BundleArgument>,
}

impl<'s> Declare<'_, 's> {
    /// The arguments of a function whose documentation is given; notes what is wrong with them.
    pub(crate) fn arguments(
        &mut self,
        context: Context<'s>,
        parameters: &FormalParameters<'s>,
        doc: &Doc,
    ) -> Arguments {
        let mut arguments = Arguments::default();
        for parameter in &parameters.items {
            match self.argument(context, parameter, doc) {
                Ok((def, original)) => arguments.push(def, original, false),
                Err(problem) => self.report(problem),
            }
        }
        if let Some(rest) = &parameters.rest {
            let annotation = rest.type_annotation.as_deref().map(|note| &note.type_annotation);
            let found = name_of(&rest.rest.argument).ok_or_else(|| self.unnamed(context.file, rest.span));
            let found = found.and_then(|name| {
                let place = (rest.span, "the parameter");
                let of = self.type_or_value(context, annotation, None, place)?;
                match of {
                    TypeRef::List(_) => Ok((name, of)),
                    _ => Err(self.problem_at(
                        context.file,
                        rest.span,
                        "a rest parameter is a list",
                        "write `string[]`",
                    )),
                }
            });
            match found {
                Ok((name, of)) => {
                    let def = ArgumentDef {
                        name: self.api_name(context.file, rest.span, name),
                        description: doc.parameter(name),
                        r#type: of,
                        default_value: Some(json!([])),
                        annotations: Annotations::default(),
                    };
                    arguments.push(def, name, true);
                }
                Err(problem) => self.report(problem),
            }
        }
        for (index, def) in arguments.defs.iter().enumerate() {
            if arguments.defs.iter().take(index).any(|other| other.name == def.name) {
                let message = format!("two parameters are named `{}` in the API", def.name);
                self.problem(context.file, parameters.span, message, "rename one of them");
            }
        }
        arguments
    }

    fn argument(
        &mut self,
        context: Context<'s>,
        parameter: &FormalParameter<'s>,
        doc: &Doc,
    ) -> Result<(ArgumentDef, &'s str), Problem> {
        let file = context.file;
        let span = parameter.pattern.span();
        let name = name_of(&parameter.pattern).ok_or_else(|| self.unnamed(file, parameter.span))?;
        for each in &parameter.decorators {
            if let Some(problem) = decorator::misuse(self, file, each) {
                return Err(problem);
            }
        }
        let annotation = parameter.type_annotation.as_deref().map(|note| &note.type_annotation);
        let value = parameter.initializer.as_deref();
        let what = format!("the parameter `{name}`");
        let mut of = self.type_or_value(context, annotation, value, (span, &what))?;
        if of == TypeRef::Void {
            return Err(self.problem_at(
                file,
                span,
                format!("{what} can never have a value"),
                "write another type",
            ));
        }
        let mut default_value = None;
        if let Some(value) = value {
            let constant = self.constant(file, value);
            match constant.map(|constant| self.default_value(constant, &of)) {
                Some(Ok(Default::Stated(value))) => default_value = Some(value),
                Some(Ok(Default::Left)) | None => of = optional(of),
                Some(Err((message, help))) => return Err(self.problem_at(file, value.span(), message, help)),
            }
        }
        if parameter.optional {
            of = optional(of);
        }
        let own = self.doc(file, Span::new(parameter.span.start, span.start), &parameter.decorators);
        let mut annotations = match decorator::find(self.project, file, &parameter.decorators, "argument") {
            Some(found) => self.contextual(file, found, &of),
            None => Annotations::default(),
        };
        if let Some(reason) = own.deprecated() {
            annotations.0.insert("deprecated".to_owned(), reason.into());
        }
        let def = ArgumentDef {
            name: self.api_name(file, span, name),
            description: own.description.or_else(|| doc.parameter(name)),
            r#type: of,
            default_value,
            annotations,
        };
        Ok((def, name))
    }

    /// `@argument({ defaultPath, ignore, defaultAddress })`.
    fn contextual(&mut self, file: File, decorator: &Decorator<'s>, of: &TypeRef) -> Annotations {
        let options = self.options(file, decorator, &["defaultPath", "ignore", "defaultAddress"]);
        let mut annotations = Annotations::default();
        let object = match of.without_optional().0 {
            TypeRef::Object(name) => name.as_str(),
            _ => "",
        };
        for (name, value) in options {
            let is_texts = |value: &Value| value.as_array().is_some_and(|list| list.iter().all(Value::is_string));
            let (fits, takes) = match name.as_str() {
                "ignore" => (
                    object == "Directory" && is_texts(&value),
                    "a list of patterns, for a Directory",
                ),
                "defaultPath" => {
                    let kinds = ["Directory", "File", "GitRepository", "GitRef"];
                    (
                        kinds.contains(&object) && value.is_string(),
                        "a path, for a Directory or a File",
                    )
                }
                "defaultAddress" => (
                    object == "Container" && value.is_string(),
                    "an address, for a Container",
                ),
                _ => continue,
            };
            if fits {
                annotations.0.insert(name, value);
            } else {
                self.problem(
                    file,
                    decorator.span,
                    format!("`{name}` does not fit here"),
                    format!("it is {takes}"),
                );
            }
        }
        annotations
    }

    fn unnamed(&self, file: File, span: Span) -> Problem {
        let message = "a parameter that is taken apart has no name in the API";
        self.problem_at(
            file,
            span,
            message,
            "take one parameter per argument, each with a name and a type",
        )
    }
}

impl Arguments {
    fn push(&mut self, def: ArgumentDef, original: &str, variadic: bool) {
        self.bundled.push(BundleArgument {
            name: def.name.clone(),
            original: (def.name != original).then(|| original.to_owned()),
            r#type: def.r#type.clone(),
            variadic,
        });
        self.defs.push(def);
    }
}

/// The name of a parameter; none when it is taken apart.
pub(crate) fn name_of<'s>(pattern: &BindingPattern<'s>) -> Option<&'s str> {
    match pattern {
        BindingPattern::BindingIdentifier(id) => Some(id.name.as_str()),
        _ => None,
    }
}
