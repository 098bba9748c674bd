//! Classes with `@object()` as objects of the API.

use crate::bundle::BundleObject;
use crate::declare::declaring::{Declare, head_name};
use crate::declare::function::within;
use crate::declare::lookup::Found;
use crate::declare::project::File;
use crate::declare::property::name_of;
use crate::declare::scope::{Declaring, Node};
use crate::declare::types::optional;
use dockwright_schema::module_def::ObjectDef;
use oxc::ast::ast::{Class, ClassElement, MethodDefinition, MethodDefinitionKind};
use std::collections::HashSet;

/// Classes that extend each other before the rest is left out.
const DEEPEST: usize = 32;

/// A class and the file that it is in.
pub(crate) type Owned<'s> = (File, &'s Class<'s>);

impl<'s> Declare<'_, 's> {
    /// The classes that the class extends as far as the module declares them, the farthest first, and itself last.
    pub(crate) fn chain(&self, file: File, class: &'s Class<'s>) -> Vec<Owned<'s>> {
        let mut chain = vec![(file, class)];
        let mut next = (file, class);
        while let Some(heritage) = next.1.heritage.as_ref().filter(|_| chain.len() < DEEPEST) {
            match self.project.find_expression(next.0, &heritage.expression) {
                Some(Found::Own(at, declaring)) => match declaring.node {
                    Node::Class(base) => next = (at, base),
                    _ => break,
                },
                _ => break,
            }
            chain.push(next);
        }
        chain.reverse();
        chain
    }

    /// The members that the class has in the end, its bases' first. One that is overridden counts where it was first.
    pub(crate) fn members(&self, file: File, class: &'s Class<'s>) -> Vec<(File, &'s ClassElement<'s>)> {
        let mut members: Vec<(File, &'s ClassElement<'s>)> = Vec::new();
        let mut names = HashSet::new();
        for (at, each) in self.chain(file, class).into_iter().rev() {
            let mut own = Vec::new();
            let mut declared = Vec::new();
            for element in &each.body.body {
                let without_body =
                    matches!(element, ClassElement::MethodDefinition(method) if method.value.body.is_none());
                let name = element.static_name().and_then(|name| name.into_cow_str());
                if without_body || name.as_ref().is_some_and(|name| names.contains(name)) {
                    continue;
                }
                declared.extend(name);
                own.push((at, element));
            }
            names.extend(declared);
            members.splice(0..0, own);
        }
        members
    }

    /// The method of the class with that name.
    pub(crate) fn method_named(
        &self,
        file: File,
        class: &'s Class<'s>,
        name: &str,
    ) -> Option<(File, &'s MethodDefinition<'s>)> {
        self.members(file, class)
            .into_iter()
            .find_map(|(at, element)| match element {
                ClassElement::MethodDefinition(method) if method.key.is_specific_static_name(name) => {
                    Some((at, &**method))
                }
                _ => None,
            })
    }

    /// Reads a class: its fields, its functions and, for the main object, its constructor.
    pub(crate) fn class(&mut self, file: File, declaring: Declaring<'s>, is_main: bool) {
        let Node::Class(class) = declaring.node else { return };
        if !is_main {
            self.check_declared(file, &declaring);
        }
        if class.type_parameters.is_some() {
            let message = format!(
                "the class `{}` takes type parameters, which the API has not",
                declaring.name
            );
            self.problem(file, head_name(&declaring), message, "write the types themselves");
        }
        let doc = self.doc(file, declaring.head, &class.decorators);
        let mut object = ObjectDef {
            name: declaring.name.to_owned(),
            description: doc.description.clone(),
            fields: Vec::new(),
            functions: Vec::new(),
            constructor: None,
            location: self
                .project
                .scope(file)
                .map(|scope| scope.text.location(declaring.head.end)),
            annotations: Default::default(),
        };
        if let Some(reason) = doc.deprecated() {
            object.annotations.0.insert("deprecated".to_owned(), reason.into());
        }
        let mut bundled = BundleObject {
            class: Some(declaring.name.to_owned()),
            ..BundleObject::default()
        };
        for (at, element) in self.members(file, class) {
            let context = within(at, (file, declaring));
            match element {
                ClassElement::MethodDefinition(method) if method.kind != MethodDefinitionKind::Constructor => {
                    self.method(context, method, &mut object, &mut bundled);
                }
                ClassElement::PropertyDefinition(property) => {
                    self.property(context, property, &mut object, &mut bundled);
                }
                ClassElement::AccessorProperty(accessor) if !accessor.decorators.is_empty() => {
                    let message = "an accessor cannot be a field";
                    self.problem(at, accessor.span, message, "write a plain property");
                }
                _ => {}
            }
        }
        if is_main {
            self.constructor(file, declaring, class, &mut object, &mut bundled);
        }
        self.objects.insert((file, declaring.head.end), object);
        self.types.objects.insert(declaring.name.to_owned(), bundled);
    }

    /// Adds what the class keeps without showing it, as far as the API has types for it.
    pub(crate) fn state(&mut self, file: File, declaring: Declaring<'s>) {
        let Node::Class(class) = declaring.node else { return };
        let mut found = Vec::new();
        for (at, element) in self.members(file, class) {
            let context = within(at, (file, declaring));
            match element {
                ClassElement::PropertyDefinition(property) if !property.r#static => {
                    if let Some(name) = name_of(property) {
                        found.push((name, self.type_of_property(context, property)));
                    }
                }
                ClassElement::MethodDefinition(method) if method.kind == MethodDefinitionKind::Constructor => {
                    for parameter in &method.value.params.items {
                        if !parameter.has_modifier() {
                            continue;
                        }
                        let Some(name) = crate::declare::parameter::name_of(&parameter.pattern) else {
                            continue;
                        };
                        let annotation = parameter.type_annotation.as_deref().map(|note| &note.type_annotation);
                        let value = parameter.initializer.as_deref();
                        let of = self.type_or_value(context, annotation, value, (parameter.span, name));
                        let of = of.map(|of| if parameter.optional { optional(of) } else { of });
                        found.push((name.to_owned(), of));
                    }
                }
                _ => {}
            }
        }
        if let Some(bundled) = self.types.objects.get_mut(declaring.name) {
            for (name, of) in found {
                if let Ok(of) = of {
                    bundled.properties.entry(name).or_insert(of);
                }
            }
        }
    }
}
