//! The walk from the module's classes to its definition.

use crate::bundle::BundleTypes;
use crate::declare::decorator;
use crate::declare::doc::Doc;
use crate::declare::lookup::Found;
use crate::declare::project::{File, Project};
use crate::declare::registry::{Registry, Sort};
use crate::declare::scope::{Declaring, Node};
use crate::error::BuildError;
use crate::problem::Problem;
use dockwright_schema::module_def::{EnumDef, InterfaceDef, ModuleDef, ObjectDef, TypeRef};
use dockwright_schema::names::pascal_case;
use oxc::ast::ast::Decorator;
use oxc::span::Span;
use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};

/// What a module declares.
pub(crate) struct Declared {
    pub(crate) definition: ModuleDef,
    pub(crate) types: BundleTypes,
    /// Files with classes of the API.
    pub(crate) files: Vec<File>,
    pub(crate) problems: Vec<Problem>,
}

/// Where a declaration stands in the source: the order of the definition.
pub(crate) type Place = (File, u32);

/// The walk, and what it has found.
pub(crate) struct Declare<'p, 's> {
    pub(crate) project: &'p Project<'s>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) registry: Registry<'s>,
    pub(crate) types: BundleTypes,
    pub(crate) objects: BTreeMap<Place, ObjectDef>,
    pub(crate) enums: BTreeMap<Place, EnumDef>,
    pub(crate) interfaces: BTreeMap<Place, InterfaceDef>,
    /// Result types of methods, by place; none while one is being inferred.
    pub(crate) results: HashMap<Place, Option<TypeRef>>,
    /// Expressions looked at for the constant at hand.
    pub(crate) steps: Cell<u32>,
}

/// Reads every class of the project and what they use.
///
/// # Errors
/// `NoMainObject`, unless something else is wrong that is among the problems.
pub(crate) fn declare<'s>(project: &Project<'s>) -> Result<Declared, BuildError> {
    let main = pascal_case(project.module);
    let mut walk = Declare {
        project,
        problems: Vec::new(),
        registry: Registry::default(),
        types: BundleTypes::default(),
        objects: BTreeMap::new(),
        enums: BTreeMap::new(),
        interfaces: BTreeMap::new(),
        results: HashMap::new(),
        steps: Cell::new(0),
    };
    let classes = walk.classes(&main);
    for (file, class) in &classes {
        walk.class(*file, *class, class.name == main);
    }
    walk.drain(true);
    for (file, class) in &classes {
        walk.state(*file, *class);
    }
    walk.drain(false);
    let found_main = classes.iter().find(|(_, class)| class.name == main);
    if found_main.is_none() && walk.problems.is_empty() {
        let names: Vec<&str> = classes.iter().map(|(_, class)| class.name).collect();
        return Err(BuildError::NoMainObject {
            module: project.module.to_owned(),
            object: main,
            found: if names.is_empty() {
                "none".to_owned()
            } else {
                names.join(", ")
            },
        });
    }
    let description = found_main.and_then(|(file, _)| walk.description(*file));
    let mut files: Vec<File> = classes.iter().map(|(file, _)| *file).collect();
    files.dedup();
    Ok(Declared {
        definition: ModuleDef {
            description: description.or_else(|| walk.description(0)),
            main_object: main,
            objects: walk.objects.into_values().collect(),
            enums: walk.enums.into_values().collect(),
            interfaces: walk.interfaces.into_values().collect(),
            annotations: Default::default(),
        },
        types: walk.types,
        files,
        problems: walk.problems,
    })
}

impl<'p, 's> Declare<'p, 's> {
    /// Notes a problem.
    pub(crate) fn problem(&mut self, file: File, span: Span, message: impl Into<String>, help: impl Into<String>) {
        let problem = self.problem_at(file, span, message, help);
        self.report(problem);
    }

    /// Notes a problem once.
    pub(crate) fn report(&mut self, problem: Problem) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// A problem at a place; no help when it is empty.
    pub(crate) fn problem_at(
        &self,
        file: File,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Problem {
        let help: String = help.into();
        let help = (!help.is_empty()).then_some(help);
        match self.project.scope(file) {
            Some(scope) => scope.text.problem(span, message, help),
            None => crate::text::Text::new("", "").problem(span, message, help),
        }
    }

    /// The documentation at a declaration: what stands before its name, outside its decorators.
    pub(crate) fn doc(&self, file: File, head: Span, decorators: &[Decorator<'s>]) -> Doc {
        let scope = self.project.scope(file);
        let comment = scope.and_then(|scope| scope.doc(head, decorators.iter().map(|each| each.span)));
        comment.map(Doc::read).unwrap_or_default()
    }

    /// The classes with `@object()`, in the order of the source.
    fn classes(&mut self, main: &str) -> Vec<(File, Declaring<'s>)> {
        let mut classes = Vec::new();
        for (file, scope) in self.project.scopes() {
            for class in &scope.nameless {
                if decorator::find(self.project, file, &class.decorators, "object").is_some() {
                    let message = "a class with @object() needs a name";
                    self.problem(
                        file,
                        class.span,
                        message,
                        format!("write `export default class {main}`"),
                    );
                }
            }
            for name in &scope.order {
                let Some(declaring) = scope.declarations.get(name) else {
                    continue;
                };
                let Node::Class(class) = declaring.node else { continue };
                for each in &class.decorators {
                    let problem = decorator::misuse(self, file, each);
                    self.problems.extend(problem);
                }
                let is_object = decorator::find(self.project, file, &class.decorators, "object").is_some();
                if is_object {
                    self.registry.object(file, *declaring);
                    classes.push((file, *declaring));
                } else if *name == main && class.decorators.is_empty() {
                    let message = format!("`{main}` is the main object of the module but has no @object()");
                    let help = "write `@object()` above it, and import it from \"@dagger.io/dagger\"";
                    self.problem(file, head_name(declaring), message, help);
                }
            }
        }
        let duplicates: Vec<(File, Declaring<'s>)> = self.registry.duplicates(&classes);
        for (file, declaring) in duplicates {
            self.duplicate(file, declaring);
        }
        classes
    }

    /// Says that another file declares the same name.
    pub(crate) fn duplicate(&mut self, file: File, declaring: Declaring<'s>) {
        let other = self
            .registry
            .file_of(declaring.name)
            .and_then(|file| self.project.scope(file));
        let other = other.map_or("", |scope| scope.text.file);
        let message = format!(
            "`{}` is also declared in {other}: the API has one type of a name",
            declaring.name
        );
        self.problem(file, head_name(&declaring), message, "rename one of them");
    }

    /// Reads the types that were found on the way, until there are no more.
    fn drain(&mut self, exposed: bool) {
        while let Some((file, declaring)) = self.registry.next() {
            match declaring.node {
                Node::Enum(declaration) => self.enumeration(file, declaring, declaration, exposed),
                Node::Class(class) => self.enum_class(file, declaring, class, exposed),
                Node::Interface(declaration) => self.interface(file, declaring, declaration, exposed),
                Node::Alias(declaration) => self.alias(file, declaring, declaration, exposed),
                Node::Constant { .. } | Node::Other => {}
            }
        }
    }

    /// The comment at the top of a file, when the first statement is no declaration that it belongs to.
    fn description(&self, file: File) -> Option<String> {
        let scope = self.project.scope(file)?;
        let comment = scope.program.comments.first().filter(|comment| comment.is_jsdoc())?;
        let before = scope.text.source.get(..comment.span.start as usize)?;
        let first = scope.program.body.first()?;
        let belongs = first.as_declaration().is_some()
            || matches!(
                first,
                oxc::ast::ast::Statement::ExportDeclaration(_) | oxc::ast::ast::Statement::ExportDefaultDeclaration(_)
            );
        let top = before.trim().is_empty() && !belongs;
        Doc::read(scope.text.slice(comment.span)).description.filter(|_| top)
    }

    /// What a declaration of the module is in the API; none for a value.
    pub(crate) fn sort_of(&self, file: File, declaring: &Declaring<'s>) -> Option<Sort> {
        Some(match declaring.node {
            Node::Class(class) => {
                let is = |name| decorator::find(self.project, file, &class.decorators, name).is_some();
                match (is("object"), is("enumType")) {
                    (true, _) => Sort::Object,
                    (false, true) => Sort::Enum,
                    (false, false) => return None,
                }
            }
            Node::Enum(_) => Sort::Enum,
            Node::Interface(_) => Sort::Interface,
            Node::Alias(_) => Sort::Object,
            Node::Constant { .. } | Node::Other => return None,
        })
    }

    /// Whether a name is imported from the SDK under the given name.
    pub(crate) fn is_sdk(&self, file: File, local: &str, name: &str) -> bool {
        matches!(self.project.find(file, local), Some(Found::Sdk(found)) if found == name)
    }
}

/// The span of the name of a declaration.
pub(crate) fn head_name(declaring: &Declaring<'_>) -> Span {
    let length = u32::try_from(declaring.name.len()).unwrap_or(0);
    Span::new(declaring.head.end, declaring.head.end.saturating_add(length))
}
