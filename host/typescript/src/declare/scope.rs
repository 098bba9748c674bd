//! The names of one file: what it declares, imports and exports.

use crate::text::Text;
use oxc::ast::ast::{
    BindingPattern, Class, Declaration, ExportDefaultDeclarationKind, Expression, ImportDeclarationSpecifier,
    ModuleExportName, Program, Statement, TSEnumDeclaration, TSInterfaceDeclaration, TSTypeAliasDeclaration,
};
use oxc::span::{GetSpan, Span};
use std::collections::HashMap;

/// One declaration.
#[derive(Clone, Copy)]
pub(crate) struct Declaring<'s> {
    pub(crate) name: &'s str,
    pub(crate) node: Node<'s>,
    /// From the first token of the statement to the name; documentation is attached to a token in it.
    pub(crate) head: Span,
}

/// What is declared.
#[derive(Clone, Copy)]
pub(crate) enum Node<'s> {
    Class(&'s Class<'s>),
    Enum(&'s TSEnumDeclaration<'s>),
    Interface(&'s TSInterfaceDeclaration<'s>),
    Alias(&'s TSTypeAliasDeclaration<'s>),
    Constant {
        value: &'s Expression<'s>,
    },
    /// A function, or a variable without a value.
    Other,
}

/// What an imported name stands for in the file it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Imported<'s> {
    Name(&'s str),
    Namespace,
}

/// What an exported name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Exported<'s> {
    Local(&'s str),
    From(&'s str, Imported<'s>),
}

/// The names of one file.
pub(crate) struct Scope<'s> {
    pub(crate) text: Text<'s>,
    pub(crate) program: &'s Program<'s>,
    pub(crate) declarations: HashMap<&'s str, Declaring<'s>>,
    /// Names in source order.
    pub(crate) order: Vec<&'s str>,
    /// Classes without a name that are the default export.
    pub(crate) nameless: Vec<&'s Class<'s>>,
    pub(crate) imports: HashMap<&'s str, (&'s str, Imported<'s>)>,
    pub(crate) exports: HashMap<&'s str, Exported<'s>>,
    pub(crate) stars: Vec<&'s str>,
    /// Documentation comments: the token they are attached to, and the comment.
    docs: Vec<(u32, Span)>,
}

impl<'s> Scope<'s> {
    pub(crate) fn new(text: Text<'s>, program: &'s Program<'s>) -> Scope<'s> {
        let docs = program.comments.iter().filter(|comment| comment.is_jsdoc());
        let mut scope = Scope {
            text,
            program,
            declarations: HashMap::new(),
            order: Vec::new(),
            nameless: Vec::new(),
            imports: HashMap::new(),
            exports: HashMap::new(),
            stars: Vec::new(),
            docs: docs.map(|comment| (comment.attached_to, comment.span)).collect(),
        };
        scope.docs.sort_by_key(|(attached, span)| (*attached, span.start));
        for statement in &program.body {
            scope.statement(statement);
        }
        scope
    }

    /// The last documentation comment attached to a token of the span and outside the excluded ones.
    pub(crate) fn doc(&self, head: Span, excluded: impl Iterator<Item = Span> + Clone) -> Option<&'s str> {
        let first = self.docs.partition_point(|(attached, _)| *attached < head.start);
        let inside = self.docs.get(first..).unwrap_or_default();
        inside
            .iter()
            .take_while(|(attached, _)| *attached <= head.end)
            .filter(|(attached, _)| {
                !excluded
                    .clone()
                    .any(|span| span.start < *attached && *attached < span.end)
            })
            .last()
            .map(|(_, span)| self.text.slice(*span))
    }

    fn statement(&mut self, statement: &'s Statement<'s>) {
        let start = statement.span().start;
        match statement {
            Statement::ImportDeclaration(import) => {
                let Some(from) = import.source.value.as_str() else {
                    return;
                };
                for specifier in import.specifiers.iter().flatten() {
                    let (local, imported) = match specifier {
                        ImportDeclarationSpecifier::ImportSpecifier(one) => {
                            (&one.local, Imported::Name(export_name(&one.imported)))
                        }
                        ImportDeclarationSpecifier::ImportDefaultSpecifier(one) => {
                            (&one.local, Imported::Name("default"))
                        }
                        ImportDeclarationSpecifier::ImportNamespaceSpecifier(one) => (&one.local, Imported::Namespace),
                    };
                    self.imports.insert(local.name.as_str(), (from, imported));
                }
            }
            Statement::ExportDeclaration(export) => {
                for name in self.declaration(&export.declaration, start) {
                    self.exports.insert(name, Exported::Local(name));
                }
            }
            Statement::ExportDefaultDeclaration(export) => match &export.declaration {
                ExportDefaultDeclarationKind::ClassDeclaration(class) => match &class.id {
                    Some(id) => {
                        let name = self.declare(id.name.as_str(), start, id.span, Node::Class(class));
                        self.exports.insert("default", Exported::Local(name));
                    }
                    None => self.nameless.push(class),
                },
                ExportDefaultDeclarationKind::TSInterfaceDeclaration(interface) => {
                    let id = &interface.id;
                    let name = self.declare(id.name.as_str(), start, id.span, Node::Interface(interface));
                    self.exports.insert("default", Exported::Local(name));
                }
                other => {
                    if let Some(Expression::Identifier(id)) = other.as_expression() {
                        self.exports.insert("default", Exported::Local(id.name.as_str()));
                    }
                }
            },
            Statement::ExportNamedDeclaration(export) => {
                for one in &export.specifiers {
                    let local = Exported::Local(export_name(&one.local));
                    self.exports.insert(export_name(&one.exported), local);
                }
            }
            Statement::ExportFromDeclaration(export) => {
                let Some(from) = export.source.value.as_str() else {
                    return;
                };
                for one in &export.specifiers {
                    let imported = Imported::Name(export_name(&one.local));
                    self.exports
                        .insert(export_name(&one.exported), Exported::From(from, imported));
                }
            }
            Statement::ExportAllDeclaration(export) => {
                let Some(from) = export.source.value.as_str() else {
                    return;
                };
                match &export.exported {
                    Some(name) => {
                        let exported = Exported::From(from, Imported::Namespace);
                        self.exports.insert(export_name(name), exported);
                    }
                    None => self.stars.push(from),
                }
            }
            other => {
                if let Some(declaration) = other.as_declaration() {
                    self.declaration(declaration, start);
                }
            }
        }
    }

    fn declaration(&mut self, declaration: &'s Declaration<'s>, start: u32) -> Vec<&'s str> {
        let (id, node) = match declaration {
            Declaration::ClassDeclaration(class) => match &class.id {
                Some(id) => (id, Node::Class(class)),
                None => return Vec::new(),
            },
            Declaration::TSEnumDeclaration(one) => (&one.id, Node::Enum(one)),
            Declaration::TSInterfaceDeclaration(one) => (&one.id, Node::Interface(one)),
            Declaration::TSTypeAliasDeclaration(one) => (&one.id, Node::Alias(one)),
            Declaration::FunctionDeclaration(one) => match &one.id {
                Some(id) => (id, Node::Other),
                None => return Vec::new(),
            },
            Declaration::VariableDeclaration(variables) => {
                let mut names = Vec::new();
                for one in &variables.declarations {
                    if let BindingPattern::BindingIdentifier(id) = &one.id {
                        let constant = one.init.as_ref().filter(|_| variables.kind.is_const());
                        let node = constant.map_or(Node::Other, |value| Node::Constant { value });
                        names.push(self.declare(id.name.as_str(), start, id.span, node));
                    }
                }
                return names;
            }
            _ => return Vec::new(),
        };
        vec![self.declare(id.name.as_str(), start, id.span, node)]
    }

    fn declare(&mut self, name: &'s str, start: u32, id: Span, node: Node<'s>) -> &'s str {
        let head = Span::new(start, id.start);
        let declaring = Declaring { name, node, head };
        // A class and an interface may share a name; the class is what exists.
        let keeps = matches!(
            self.declarations.get(name).map(|known| known.node),
            Some(Node::Class(_))
        );
        if !keeps && self.declarations.insert(name, declaring).is_none() {
            self.order.push(name);
        }
        name
    }
}

fn export_name<'s>(name: &'s ModuleExportName<'s>) -> &'s str {
    match name {
        ModuleExportName::IdentifierName(id) => id.name.as_str(),
        ModuleExportName::IdentifierReference(id) => id.name.as_str(),
        ModuleExportName::StringLiteral(literal) => literal.value.as_str().unwrap_or_default(),
    }
}
