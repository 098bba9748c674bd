//! `type Name = { … }`: objects that are plain data.

use crate::bundle::BundleObject;
use crate::declare::declaring::{Declare, head_name};
use crate::declare::function::within;
use crate::declare::project::File;
use crate::declare::scope::Declaring;
use crate::declare::types::optional;
use dockwright_schema::module_def::{FieldDef, ObjectDef};
use oxc::ast::ast::{TSSignature, TSType, TSTypeAliasDeclaration};
use oxc::span::{GetSpan, Span};

impl<'s> Declare<'_, 's> {
    /// Reads an object type.
    pub(crate) fn alias(
        &mut self,
        file: File,
        declaring: Declaring<'s>,
        declaration: &'s TSTypeAliasDeclaration<'s>,
        exposed: bool,
    ) {
        let TSType::TSTypeLiteral(literal) = &declaration.type_annotation else {
            return;
        };
        self.check_declared(file, &declaring);
        let doc = self.doc(file, declaring.head, &[]);
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
        let mut bundled = BundleObject::default();
        for member in &literal.members {
            self.alias_field(file, declaring, member, &mut object, &mut bundled);
        }
        if literal.members.is_empty() {
            let message = format!("the type `{}` has no fields", declaring.name);
            self.problem(file, head_name(&declaring), message, "give it one");
        }
        self.types.objects.insert(declaring.name.to_owned(), bundled);
        if exposed {
            self.objects.insert((file, declaring.head.end), object);
        }
    }

    fn alias_field(
        &mut self,
        file: File,
        declaring: Declaring<'s>,
        member: &'s TSSignature<'s>,
        object: &mut ObjectDef,
        bundled: &mut BundleObject,
    ) {
        let TSSignature::TSPropertySignature(property) = member else {
            let message = "an object type of the API has fields only";
            let help = "write a class with @object() for functions, or an interface";
            self.problem(file, member.span(), message, help);
            return;
        };
        let span = property.key.span();
        let name = property
            .key
            .static_name()
            .filter(|_| !property.computed)
            .and_then(|name| name.into_cow_str());
        let Some(name) = name else {
            self.problem(file, span, "a field needs a plain name", "write it without brackets");
            return;
        };
        let annotation = property.type_annotation.as_deref().map(|note| &note.type_annotation);
        let what = format!("the field `{name}`");
        let of = match self.type_or_value(within(file, (file, declaring)), annotation, None, (span, &what)) {
            Ok(of) if property.optional => optional(of),
            Ok(of) => of,
            Err(problem) => {
                self.report(problem);
                return;
            }
        };
        let api = self.api_name(file, span, &name);
        if !self.is_free(file, span, object, &api) {
            return;
        }
        let doc = self.doc(file, Span::new(property.span.start, span.start), &[]);
        let mut field = FieldDef {
            name: api,
            original_name: name.to_string(),
            description: doc.description.clone(),
            r#type: of.clone(),
            location: self.project.scope(file).map(|scope| scope.text.location(span.start)),
            annotations: Default::default(),
        };
        if let Some(reason) = doc.deprecated() {
            field.annotations.0.insert("deprecated".to_owned(), reason.into());
        }
        object.fields.push(field);
        bundled.properties.insert(name.into_owned(), of);
    }
}
