//! The constructor of the main object.

use crate::bundle::{BundleFunction, BundleObject};
use crate::declare::declaring::Declare;
use crate::declare::doc::Doc;
use crate::declare::function::within;
use crate::declare::parameter::Arguments;
use crate::declare::project::File;
use crate::declare::scope::Declaring;
use dockwright_schema::module_def::{FunctionDef, ObjectDef, TypeRef};
use oxc::ast::ast::{Class, ClassElement, MethodDefinition, MethodDefinitionKind};
use oxc::span::{GetSpan, Span};

impl<'s> Declare<'_, 's> {
    /// Adds the constructor of a class; one without has one that takes nothing.
    pub(crate) fn constructor(
        &mut self,
        file: File,
        declaring: Declaring<'s>,
        class: &'s Class<'s>,
        object: &mut ObjectDef,
        bundled: &mut BundleObject,
    ) {
        let mut def = FunctionDef {
            name: String::new(),
            description: None,
            arguments: Vec::new(),
            returns: TypeRef::Object(declaring.name.to_owned()),
            location: object.location.clone(),
            annotations: Default::default(),
        };
        let mut arguments = Arguments::default();
        let declared = self.declared_constructor(file, class);
        if let Some((at, method)) = declared {
            let start = method.key.span().start;
            let doc: Doc = self.doc(at, Span::new(method.span.start, start), &[]);
            arguments = self.arguments(within(at, (file, declaring)), &method.value.params, &doc);
            def.description = doc.description;
            def.location = self.project.scope(at).map(|scope| scope.text.location(start));
        }
        def.arguments = arguments.defs;
        if let Some(keys) = self.stored(
            file,
            class,
            declared.map(|(_, method)| method),
            &def,
            &arguments.bundled,
        ) {
            def.annotations.0.insert("storesArguments".to_owned(), keys.into());
        }
        object.constructor = Some(def);
        bundled.constructor = Some(BundleFunction {
            method: None,
            arguments: arguments.bundled,
            returns: None,
        });
    }

    /// The constructor that runs: the class's own, else that of the nearest class it extends.
    fn declared_constructor(&self, file: File, class: &'s Class<'s>) -> Option<(File, &'s MethodDefinition<'s>)> {
        let chain = self.chain(file, class);
        chain.into_iter().rev().find_map(|(at, each)| {
            let method = each.body.body.iter().find_map(|element| match element {
                ClassElement::MethodDefinition(method)
                    if method.kind == MethodDefinitionKind::Constructor && method.value.body.is_some() =>
                {
                    Some(&**method)
                }
                _ => None,
            })?;
            Some((at, method))
        })
    }
}
