//! One TypeScript file into the ES module that QuickJS runs, with its source map.
//!
//! Decorators become calls of the global `babelHelpers` (legacy form, as `experimentalDecorators`); nothing else is
//! lowered. Class fields keep their `define` semantics.

use crate::error::BuildError;
use crate::graph::imports::{self, Import};
use crate::parse::{Parsed, parse};
use crate::problem::Problem;
use crate::stack::deep;
use crate::text::Text;
use oxc::allocator::Allocator;
use oxc::ast::ast::Statement;
use oxc::codegen::{Codegen, CodegenOptions, CommentOptions};
use oxc::semantic::SemanticBuilder;
use oxc::span::SourceType;
use oxc::transformer::{HelperLoaderMode, TransformOptions, Transformer};
use std::path::{Path, PathBuf};

/// A file as JavaScript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transpiled {
    /// The ES module.
    pub code: String,
    /// Source map (version 3) as JSON, from `code` to the file; the source's text is not in it.
    pub map: String,
}

/// Turns one TypeScript file into an ES module. `file` is the name that errors and the source map give it.
///
/// # Errors
/// `Source` with every syntax error of the file.
pub fn transpile(file: &str, source: &str) -> Result<Transpiled, BuildError> {
    deep(|| {
        let allocator = Allocator::default();
        let text = Text::new(file, source);
        let emitted = parse(&allocator, text, SourceType::ts()).and_then(|parsed| emit(&allocator, parsed));
        match emitted {
            Ok(emitted) => Ok(emitted.transpiled),
            Err(problems) => Err(BuildError::Source { problems }),
        }
    })
}

/// JavaScript, and what it imports.
pub(crate) struct Emitted {
    pub(crate) transpiled: Transpiled,
    /// The imports and re-exports that are left.
    pub(crate) imports: Vec<Import>,
}

/// Turns a parsed file into JavaScript; imports that are types only are gone.
///
/// # Errors
/// What is wrong with the file beyond its grammar.
pub(crate) fn emit<'a>(allocator: &'a Allocator, parsed: Parsed<'a>) -> Result<Emitted, Vec<Problem>> {
    let Parsed { text, mut program, .. } = parsed;
    let semantic = SemanticBuilder::new_compiler()
        .with_check_syntax_error(true)
        .with_enum_eval(true)
        .build(&program);
    let mut problems: Vec<Problem> = semantic
        .diagnostics
        .errors()
        .map(|each| text.diagnostic(each))
        .collect();
    let scoping = semantic.semantic.into_scoping();
    let options = options().map_err(|message| vec![text.problem(oxc::span::Span::default(), message, None)])?;
    let result = Transformer::new(allocator, Path::new(text.file), &options).build_with_scoping(scoping, &mut program);
    problems.extend(result.diagnostics.errors().map(|each| text.diagnostic(each)));
    if !problems.is_empty() {
        problems.sort_by_key(|problem| (problem.line, problem.column));
        return Err(problems);
    }
    for statement in &mut program.body {
        match statement {
            Statement::ImportDeclaration(import) => import.with_clause = None,
            Statement::ExportAllDeclaration(export) => export.with_clause = None,
            Statement::ExportFromDeclaration(export) => export.with_clause = None,
            _ => {}
        }
    }
    let imports = imports::of_statements(&program);
    let generated = Codegen::new()
        .with_options(CodegenOptions {
            source_map_path: Some(PathBuf::from(text.file)),
            comments: CommentOptions::disabled(),
            ..CodegenOptions::default()
        })
        .build(&program);
    let map = generated.map.map(|mut map| {
        map.set_source_contents(Vec::new());
        map.to_json_string()
    });
    Ok(Emitted {
        transpiled: Transpiled {
            code: generated.code,
            map: map.unwrap_or_default(),
        },
        imports,
    })
}

fn options() -> Result<TransformOptions, String> {
    let mut options = TransformOptions::from_target("esnext")?;
    options.decorator.legacy = true;
    options.helper_loader.mode = HelperLoaderMode::External;
    Ok(options)
}
