//! Interfaces: what another module's object must be able to do.

use crate::bundle::{BundleFunction, BundleInterface};
use crate::declare::declaring::{Declare, head_name};
use crate::declare::function::within;
use crate::declare::lookup::Found;
use crate::declare::project::File;
use crate::declare::scope::{Declaring, Node};
use dockwright_schema::module_def::{FunctionDef, InterfaceDef};
use oxc::ast::ast::{FormalParameters, PropertyKey, TSInterfaceDeclaration, TSSignature, TSType, TSTypeName};
use oxc::span::{GetSpan, Span};

/// Interfaces that extend each other before the rest is left out.
const DEEPEST: usize = 32;

impl<'s> Declare<'_, 's> {
    /// Reads an interface.
    pub(crate) fn interface(
        &mut self,
        file: File,
        declaring: Declaring<'s>,
        declaration: &'s TSInterfaceDeclaration<'s>,
        exposed: bool,
    ) {
        self.check_declared(file, &declaring);
        if declaration.type_parameters.is_some() {
            let message = format!(
                "the interface `{}` takes type parameters, which the API has not",
                declaring.name
            );
            self.problem(file, head_name(&declaring), message, "write the types themselves");
        }
        let doc = self.doc(file, declaring.head, &[]);
        let mut def = InterfaceDef {
            name: declaring.name.to_owned(),
            description: doc.description.clone(),
            functions: Vec::new(),
            location: self
                .project
                .scope(file)
                .map(|scope| scope.text.location(declaring.head.end)),
            annotations: Default::default(),
        };
        if let Some(reason) = doc.deprecated() {
            def.annotations.0.insert("deprecated".to_owned(), reason.into());
        }
        let mut bundled = BundleInterface::default();
        for (at, each) in self.extended(file, declaration) {
            for signature in &each.body.body {
                self.signature((file, declaring), at, signature, &mut def, &mut bundled);
            }
        }
        self.types.interfaces.insert(declaring.name.to_owned(), bundled);
        if exposed {
            self.interfaces.insert((file, declaring.head.end), def);
        }
    }

    /// The interface after those that it extends.
    fn extended(
        &mut self,
        file: File,
        declaration: &'s TSInterfaceDeclaration<'s>,
    ) -> Vec<(File, &'s TSInterfaceDeclaration<'s>)> {
        let mut found = vec![(file, declaration)];
        let mut at = 0;
        while let Some((file, each)) = found.get(at).copied() {
            at += 1;
            for heritage in &each.extends {
                let target = match &heritage.type_name {
                    TSTypeName::IdentifierReference(id) => self.project.find(file, &id.name),
                    _ => None,
                };
                match target {
                    Some(Found::Own(
                        other,
                        Declaring {
                            node: Node::Interface(base),
                            ..
                        },
                    )) if found.len() < DEEPEST => found.push((other, base)),
                    _ => {
                        let message = "an interface of the API extends interfaces of the module only";
                        self.problem(file, heritage.span, message, "write its functions here");
                    }
                }
            }
        }
        found.reverse();
        found
    }

    fn signature(
        &mut self,
        interface: (File, Declaring<'s>),
        file: File,
        signature: &'s TSSignature<'s>,
        def: &mut InterfaceDef,
        bundled: &mut BundleInterface,
    ) {
        let function: Option<(&PropertyKey<'s>, &FormalParameters<'s>, Option<&TSType<'s>>)> = match signature {
            TSSignature::TSMethodSignature(method) => {
                let returns = method.return_type.as_deref().map(|note| &note.type_annotation);
                Some((&method.key, &method.params, returns))
            }
            TSSignature::TSPropertySignature(property) => match property.type_annotation.as_deref() {
                Some(note) => match &note.type_annotation {
                    TSType::TSFunctionType(function) => Some((
                        &property.key,
                        &function.params,
                        Some(&function.return_type.type_annotation),
                    )),
                    _ => None,
                },
                None => None,
            },
            _ => None,
        };
        let Some((key, parameters, returns)) = function else {
            let message = "an interface of the API has functions only";
            let help =
                "write it as a function, such as `name(): Promise<string>`; for plain data declare `type Name = { … }`";
            self.problem(file, signature.span(), message, help);
            return;
        };
        let span = key.span();
        let Some(name) = key.static_name().and_then(|name| name.into_cow_str()) else {
            self.problem(file, span, "a function needs a plain name", "write it without brackets");
            return;
        };
        let Some(returns) = returns else {
            let message = format!("the function `{name}` needs the type of its result");
            self.problem(file, span, message, format!("write `{name}(): Promise<string>`"));
            return;
        };
        let context = within(file, interface);
        let returns = match self.type_of(context, returns) {
            Ok(returns) => returns,
            Err(problem) => {
                self.report(problem);
                return;
            }
        };
        let doc = self.doc(file, Span::new(signature.span().start, span.start), &[]);
        let arguments = self.arguments(context, parameters, &doc);
        let api = self.api_name(file, span, &name);
        if def.functions.iter().any(|function| function.name == api) {
            let message = format!("`{}` has two functions named `{api}` in the API", def.name);
            self.problem(file, span, message, "rename one of them");
            return;
        }
        let mut function = FunctionDef {
            name: api.clone(),
            description: doc.description.clone(),
            arguments: arguments.defs,
            returns: returns.clone(),
            location: self.project.scope(file).map(|scope| scope.text.location(span.start)),
            annotations: Default::default(),
        };
        if let Some(reason) = doc.deprecated() {
            function.annotations.0.insert("deprecated".to_owned(), reason.into());
        }
        def.functions.push(function);
        let function = BundleFunction {
            method: Some(name.into_owned()),
            arguments: arguments.bundled,
            returns: Some(returns),
        };
        bundled.functions.insert(api, function);
    }
}
