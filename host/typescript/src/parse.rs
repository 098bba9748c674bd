//! A source file into a syntax tree, or into everything that is wrong with its syntax.

use crate::nesting;
use crate::problem::Problem;
use crate::text::Text;
use oxc::allocator::Allocator;
use oxc::ast::ast::Program;
use oxc::parser::{ParseOptions, Parser};
use oxc::span::SourceType;
use oxc::syntax::module_record::ModuleRecord;

/// A file that was parsed.
pub(crate) struct Parsed<'a> {
    pub(crate) text: Text<'a>,
    pub(crate) program: Program<'a>,
    pub(crate) record: ModuleRecord<'a>,
}

/// Parses a file.
///
/// # Errors
/// Every syntax error that the parser finds, or that the source is nested too deep.
pub(crate) fn parse<'a>(
    allocator: &'a Allocator,
    text: Text<'a>,
    kind: SourceType,
) -> Result<Parsed<'a>, Vec<Problem>> {
    nesting::check(text)?;
    let options = ParseOptions {
        allow_return_outside_function: kind.is_commonjs(),
        ..ParseOptions::default()
    };
    let result = Parser::new(allocator, text.source, kind).with_options(options).parse();
    let mut problems: Vec<Problem> = result.diagnostics.iter().map(|each| text.diagnostic(each)).collect();
    if result.fatal_error && problems.is_empty() {
        problems.push(text.problem(oxc::span::Span::default(), "the file cannot be parsed", None));
    }
    if problems.is_empty() {
        Ok(Parsed {
            text,
            program: result.program,
            record: result.module_record,
        })
    } else {
        problems.sort_by_key(|problem| (problem.line, problem.column));
        Err(problems)
    }
}
