//! Where a name leads: through imports and re-exports to a declaration, the SDK or a package.

use crate::declare::project::{File, Project};
use crate::declare::scope::{Declaring, Exported, Imported};
use crate::graph::{Request, Target};
use oxc::ast::ast::Expression;

/// Re-exports that are followed before a name counts as not found.
const DEEPEST: u32 = 64;

/// What a name stands for.
#[derive(Clone, Copy)]
pub(crate) enum Found<'s> {
    /// A declaration of the module.
    Own(File, Declaring<'s>),
    /// A name of `@dagger.io/dagger`.
    Sdk(&'s str),
    /// Everything that a file of the module exports.
    Namespace(File),
    /// Everything that the SDK exports.
    SdkNamespace,
    /// Something of the package with that specifier.
    Package(&'s str),
    /// A name that the file of the module does not export.
    NotExported(File),
}

impl<'s> Project<'s> {
    /// What a name means in a file; none when the file does not know it.
    pub(crate) fn find(&self, file: File, name: &str) -> Option<Found<'s>> {
        self.find_at(file, name, 0)
    }

    /// What `namespace.name` means.
    pub(crate) fn member(&self, of: Found<'s>, name: &'s str) -> Option<Found<'s>> {
        match of {
            Found::Namespace(file) => Some(self.exported(file, name, 0)),
            Found::SdkNamespace => Some(Found::Sdk(name)),
            Found::Package(specifier) => Some(Found::Package(specifier)),
            Found::Own(..) | Found::Sdk(_) | Found::NotExported(_) => None,
        }
    }

    /// What an identifier or a member of a namespace means.
    pub(crate) fn find_expression(&self, file: File, expression: &Expression<'s>) -> Option<Found<'s>> {
        match expression {
            Expression::Identifier(id) => self.find(file, &id.name),
            Expression::StaticMemberExpression(member) => match &member.object {
                Expression::Identifier(id) => self.member(self.find(file, &id.name)?, member.property.name.as_str()),
                _ => None,
            },
            _ => None,
        }
    }

    fn find_at(&self, file: File, name: &str, depth: u32) -> Option<Found<'s>> {
        let scope = self.scope(file)?;
        if let Some(declaring) = scope.declarations.get(name) {
            return Some(Found::Own(file, *declaring));
        }
        let (from, imported) = scope.imports.get(name)?;
        Some(self.import(file, from, imported, depth))
    }

    fn import(&self, file: File, from: &'s str, imported: &Imported<'s>, depth: u32) -> Found<'s> {
        let importer = self.scope(file).map_or("", |scope| scope.text.file);
        let target = self.resolver.resolve(importer, from, Request::Import);
        match target.ok().and_then(Result::ok) {
            Some(Target::Sdk) => match imported {
                Imported::Name(name) => Found::Sdk(name),
                Imported::Namespace => Found::SdkNamespace,
            },
            Some(Target::File { id, .. }) => match (self.file(&id), imported) {
                (None, _) => Found::Package(from),
                (Some(target), Imported::Name(name)) => self.exported(target, name, depth + 1),
                (Some(target), Imported::Namespace) => Found::Namespace(target),
            },
            None => Found::Package(from),
        }
    }

    fn exported(&self, file: File, name: &'s str, depth: u32) -> Found<'s> {
        let Some(scope) = self.scope(file).filter(|_| depth < DEEPEST) else {
            return Found::NotExported(file);
        };
        let found = match scope.exports.get(name) {
            Some(Exported::Local(local)) => self.find_at(file, local, depth),
            Some(Exported::From(from, imported)) => Some(self.import(file, from, imported, depth)),
            None => {
                let everything = Imported::Name(name);
                let starred = scope.stars.iter().filter(|_| name != "default");
                let mut targets = starred.map(|from| self.import(file, from, &everything, depth));
                targets.find(|found| !matches!(found, Found::NotExported(_)))
            }
        };
        found.unwrap_or(Found::NotExported(file))
    }
}
