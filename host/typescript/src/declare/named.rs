//! Type names of the source as types of the API.

use crate::declare::core;
use crate::declare::declaring::{Declare, head_name};
use crate::declare::lookup::Found;
use crate::declare::project::File;
use crate::declare::registry::Sort;
use crate::declare::scope::{Declaring, Node};
use crate::declare::types::{Context, is_branded_text};
use crate::problem::Problem;
use dockwright_schema::module_def::TypeRef;
use oxc::ast::ast::{TSType, TSTypeName};
use oxc::span::{GetSpan, Span};

impl<'s> Declare<'_, 's> {
    /// The type that a name means.
    ///
    /// # Errors
    /// Why it means none, and what to write.
    pub(crate) fn named(&mut self, context: Context<'s>, name: &TSTypeName<'s>) -> Result<TypeRef, Problem> {
        let file = context.file;
        let found = self.find_type(file, name);
        let span = name.span();
        let written = self.project.scope(file).map_or("", |scope| scope.text.slice(span));
        match found {
            Some(Found::Own(at, declaring)) => self.own(context, at, declaring, span),
            Some(Found::Sdk(name)) => self.of_sdk(file, name, span),
            Some(Found::Namespace(_) | Found::SdkNamespace) => {
                Err(self.problem_at(file, span, format!("`{written}` is no type but a whole module"), ""))
            }
            Some(Found::Package(from)) => {
                let message = format!("`{written}` comes from `{from}`: the API has no types of packages");
                Err(self.problem_at(file, span, message, "declare the type in this module"))
            }
            Some(Found::NotExported(at)) => {
                let from = self.project.scope(at).map_or("", |scope| scope.text.file);
                let message = format!("{from} does not export `{written}`");
                Err(self.problem_at(file, span, message, "write `export` before its declaration"))
            }
            None => Err(self.unknown(file, written, span)),
        }
    }

    fn find_type(&self, file: File, name: &TSTypeName<'s>) -> Option<Found<'s>> {
        match name {
            TSTypeName::IdentifierReference(id) => self.project.find(file, &id.name),
            TSTypeName::QualifiedName(qualified) => {
                let left = self.find_type(file, &qualified.left)?;
                self.project.member(left, qualified.right.name.as_str())
            }
            TSTypeName::ThisExpression(_) => None,
        }
    }

    /// A declaration of the module as a type.
    pub(crate) fn own(
        &mut self,
        context: Context<'s>,
        at: File,
        declaring: Declaring<'s>,
        span: Span,
    ) -> Result<TypeRef, Problem> {
        let name = declaring.name;
        if let Node::Alias(alias) = declaring.node {
            if alias.type_parameters.is_some() {
                let message = format!("`{name}` takes type parameters, which the API has not");
                return Err(self.problem_at(context.file, span, message, "declare a type for each use"));
            }
            if is_branded_text(&alias.type_annotation) {
                return Ok(TypeRef::String);
            }
            if !matches!(alias.type_annotation, TSType::TSTypeLiteral(_)) {
                let Some(context) = context.within(at) else {
                    let message = format!("`{name}` stands for itself");
                    return Err(self.problem_at(context.file, span, message, ""));
                };
                return self.type_of(context, &alias.type_annotation);
            }
        }
        let Some(sort) = self.sort_of(at, &declaring) else {
            let (message, help) = match declaring.node {
                Node::Class(_) => (
                    format!("the class `{name}` is no type of the API"),
                    "write `@object()` above it; or `@enumType()`, when it is a list of names",
                ),
                _ => (format!("`{name}` is a value, no type"), "write the type it has"),
            };
            return Err(self.problem_at(context.file, span, message, help));
        };
        let is_object_class = sort == Sort::Object && matches!(declaring.node, Node::Class(_));
        if !is_object_class && !self.registry.want(at, declaring) {
            self.duplicate(at, declaring);
        }
        let name = name.to_owned();
        Ok(match sort {
            Sort::Object => TypeRef::Object(name),
            Sort::Enum => TypeRef::Enum(name),
            Sort::Interface => TypeRef::Interface(name),
        })
    }

    /// A type of the SDK. What the core API does not know is taken for an object of a dependency; the schema has the last word.
    pub(crate) fn of_sdk(&self, file: File, name: &str, span: Span) -> Result<TypeRef, Problem> {
        if name == "float" {
            return Ok(TypeRef::Float);
        }
        if name == "Client" || name == "dag" {
            let message = format!("`{name}` is the API itself, no type of it");
            return Err(self.problem_at(file, span, message, "import `dag` and use it inside the function"));
        }
        if let Some(of) = name.strip_suffix("ID") {
            let help = match core::get(of) {
                Some(core) => format!("write `{}`", core.name),
                None => "write the type of the object".to_owned(),
            };
            let message = format!("`{name}` is a handle: functions take and return the object itself");
            return Err(self.problem_at(file, span, message, help));
        }
        match core::get(name) {
            None if self.project.is_enum_of_dependency(name) => Ok(TypeRef::Enum(name.to_owned())),
            None => Ok(TypeRef::Object(name.to_owned())),
            Some(found) => core::reference(found).ok_or_else(|| {
                let message = format!("`{name}` is no type of a value");
                self.problem_at(file, span, message, "write the type of an object")
            }),
        }
    }

    fn unknown(&self, file: File, name: &str, span: Span) -> Problem {
        let (message, help) = match name {
            "String" | "Number" | "Boolean" => (
                format!("`{name}` is the class of an object, not the type of a value"),
                format!("write `{}`", name.to_lowercase()),
            ),
            "float" => return self.not_imported(file, name, span),
            "Date" => (
                "the API has no dates".to_owned(),
                "write `string` and pass it as in `toISOString()`".to_owned(),
            ),
            "Map" | "Record" | "Set" => (
                format!("the API has no `{name}`"),
                "write a list of objects, such as `Entry[]` with `type Entry = { key: string; value: string }`"
                    .to_owned(),
            ),
            "Buffer" | "Uint8Array" => ("the API has no bytes".to_owned(), "write `File`".to_owned()),
            _ if core::get(name).is_some() => return self.not_imported(file, name, span),
            _ => {
                let declares = |scope: &crate::declare::scope::Scope<'s>| scope.declarations.contains_key(name);
                let place = self.project.scopes().find(|(_, scope)| declares(scope));
                let help = match place {
                    Some((_, scope)) => format!("import it: it is declared in {}", scope.text.file),
                    None => "declare it in the module, or import it".to_owned(),
                };
                (format!("nothing here is named `{name}`"), help)
            }
        };
        self.problem_at(file, span, message, help)
    }

    fn not_imported(&self, file: File, name: &str, span: Span) -> Problem {
        let help = format!("write `import {{ {name} }} from \"@dagger.io/dagger\"`");
        self.problem_at(file, span, format!("`{name}` is not imported"), help)
    }

    /// Notes a problem when the name of a type of the module does not do.
    pub(crate) fn check_declared(&mut self, file: File, declaring: &Declaring<'s>) {
        self.check_type_name(file, head_name(declaring), declaring.name);
    }
}
