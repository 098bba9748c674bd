//! Enums: those of TypeScript, and classes with `@enumType()`.

use crate::declare::constant::Constant;
use crate::declare::declaring::Declare;
use crate::declare::doc::Doc;
use crate::declare::project::File;
use crate::declare::property::name_of;
use crate::declare::scope::{Declaring, Node};
use dockwright_schema::module_def::{EnumDef, EnumMemberDef};
use oxc::ast::ast::{Class, ClassElement, TSEnumDeclaration, TSEnumMember};
use oxc::span::{GetSpan, Span};
use serde_json::{Map, Value};

/// Names of the members and their values in the source, where the source tells them.
pub(crate) fn values<'s>(
    walk: &Declare<'_, 's>,
    file: File,
    declaring: &Declaring<'s>,
    depth: u32,
) -> Vec<(String, Option<Value>)> {
    let value = |expression| walk.constant_at(file, expression, depth).map(Constant::into_json);
    match declaring.node {
        Node::Enum(declaration) => {
            let mut next = Some(0_i64);
            let members = declaration.body.members.iter().map(|member| {
                let value = match &member.initializer {
                    Some(expression) => value(expression),
                    None => next.map(Value::from),
                };
                next = value
                    .as_ref()
                    .and_then(Value::as_i64)
                    .and_then(|value| value.checked_add(1));
                (member_name(member), value)
            });
            members.collect()
        }
        Node::Class(class) => {
            let members = class.body.body.iter().filter_map(|element| match element {
                ClassElement::PropertyDefinition(property) if property.r#static => {
                    Some((name_of(property)?, property.value.as_ref().and_then(value)))
                }
                _ => None,
            });
            members.collect()
        }
        _ => Vec::new(),
    }
}

impl<'s> Declare<'_, 's> {
    /// Members of the module's enum of that name; none when it has no such enum.
    pub(crate) fn members_of(&self, name: &str) -> Option<Vec<(String, Option<Value>)>> {
        let file = self.registry.file_of(name)?;
        let declaring = self.project.scope(file)?.declarations.get(name)?;
        Some(values(self, file, declaring, 0))
    }

    /// Reads an `enum`.
    pub(crate) fn enumeration(
        &mut self,
        file: File,
        declaring: Declaring<'s>,
        declaration: &TSEnumDeclaration<'s>,
        exposed: bool,
    ) {
        let docs = declaration.body.members.iter().map(|member| {
            let span = member.id.span();
            (span, self.doc(file, Span::new(member.span.start, span.start), &[]))
        });
        let docs = docs.collect();
        let doc = self.doc(file, declaring.head, &[]);
        self.members_into(file, declaring, docs, doc, exposed);
    }

    /// Reads a class with `@enumType()`: its static properties are the members.
    pub(crate) fn enum_class(&mut self, file: File, declaring: Declaring<'s>, class: &Class<'s>, exposed: bool) {
        let mut docs = Vec::new();
        for element in &class.body.body {
            match element {
                ClassElement::PropertyDefinition(property) if property.r#static => {
                    let span = property.key.span();
                    docs.push((span, self.doc(file, Span::new(property.span.start, span.start), &[])));
                }
                other => {
                    let message = "an enum has members only";
                    let help = "write each as `static readonly Name: string = \"name\"`";
                    self.problem(file, other.span(), message, help);
                }
            }
        }
        let doc = self.doc(file, declaring.head, &class.decorators);
        self.members_into(file, declaring, docs, doc, exposed);
    }

    fn members_into(&mut self, file: File, declaring: Declaring<'s>, docs: Vec<(Span, Doc)>, doc: Doc, exposed: bool) {
        self.check_declared(file, &declaring);
        let mut members = Vec::new();
        let mut wire = Map::new();
        let values = values(self, file, &declaring, 0);
        for ((name, value), (span, doc)) in values.into_iter().zip(docs) {
            let value = match value {
                Some(value @ (Value::String(_) | Value::Number(_))) => value,
                _ => {
                    let message = format!("the value of the member `{name}` cannot be read without running the code");
                    self.problem(
                        file,
                        span,
                        message,
                        format!("write a text: `{name} = \"{}\"`", name.to_lowercase()),
                    );
                    continue;
                }
            };
            let starts = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
            if !starts || !name.chars().all(|each| each.is_ascii_alphanumeric() || each == '_') {
                let message = format!("`{name}` is no name of the API");
                let help = "use letters, digits and underscores of ASCII only, and a letter first";
                self.problem(file, span, message, help);
            }
            members.push(EnumMemberDef {
                name: name.clone(),
                value: value.as_str().map_or_else(|| value.to_string(), str::to_owned),
                description: doc.description.clone(),
                annotations: Default::default(),
            });
            if let (Some(reason), Some(member)) = (doc.deprecated(), members.last_mut()) {
                member.annotations.0.insert("deprecated".to_owned(), reason.into());
            }
            wire.insert(name, value);
        }
        let name = declaring.name.to_owned();
        if members.is_empty() {
            let message = format!("the enum `{name}` has no members");
            self.problem(
                file,
                crate::declare::declaring::head_name(&declaring),
                message,
                "give it one",
            );
        }
        self.types.enums.insert(name.clone(), wire);
        if exposed {
            let mut def = EnumDef {
                name,
                description: doc.description.clone(),
                members,
                location: self
                    .project
                    .scope(file)
                    .map(|scope| scope.text.location(declaring.head.end)),
                annotations: Default::default(),
            };
            if let Some(reason) = doc.deprecated() {
                def.annotations.0.insert("deprecated".to_owned(), reason.into());
            }
            self.enums.insert((file, declaring.head.end), def);
        }
    }
}

fn member_name(member: &TSEnumMember<'_>) -> String {
    member.id.static_name().as_str().unwrap_or_default().to_owned()
}
