//! What a parsed file imports.

use crate::text::Text;
use oxc::ast::ast::{Program, Statement};
use oxc::span::Span;
use oxc::syntax::module_record::ModuleRecord;

/// A specifier and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Import {
    pub(crate) specifier: String,
    pub(crate) span: Span,
}

/// The imports and re-exports of a file, in source order.
pub(crate) fn of_statements(program: &Program<'_>) -> Vec<Import> {
    let requests = program.body.iter().filter_map(|statement| match statement {
        Statement::ImportDeclaration(import) => Some(&import.source),
        Statement::ExportAllDeclaration(export) => Some(&export.source),
        Statement::ExportFromDeclaration(export) => Some(&export.source),
        _ => None,
    });
    requests
        .filter_map(|literal| {
            Some(Import {
                specifier: literal.value.as_str()?.to_owned(),
                span: literal.span,
            })
        })
        .collect()
}

/// The dynamic imports whose specifier is a plain string.
pub(crate) fn dynamic(record: &ModuleRecord<'_>, text: Text<'_>) -> Vec<Import> {
    let spans = record.dynamic_imports.iter().map(|import| import.module_request);
    spans
        .filter_map(|span| {
            let inner = text.slice(span);
            let quote = inner.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
            let specifier = inner.strip_prefix(quote)?.strip_suffix(quote)?;
            let plain = !specifier.contains([quote, '\\', '$']);
            plain.then(|| Import {
                specifier: specifier.to_owned(),
                span,
            })
        })
        .collect()
}
