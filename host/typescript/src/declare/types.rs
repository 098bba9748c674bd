//! Types of TypeScript as types of the API.

use crate::declare::constant::Constant;
use crate::declare::declaring::Declare;
use crate::declare::project::File;
use crate::declare::scope::Declaring;
use crate::problem::Problem;
use dockwright_schema::module_def::TypeRef;
use oxc::ast::ast::{Expression, TSLiteral, TSType, TSTypeName, TSTypeOperatorOperator};
use oxc::span::{GetSpan, Span};
use serde_json::Value;

/// Aliases that are followed before a type counts as standing for itself.
const DEEPEST: u32 = 32;

/// Where a type is written.
#[derive(Clone, Copy)]
pub(crate) struct Context<'s> {
    pub(crate) file: File,
    /// The class or interface around it, which `this` means.
    pub(crate) this: Option<(File, Declaring<'s>)>,
    depth: u32,
}

impl<'s> Context<'s> {
    pub(crate) fn new(file: File, this: Option<(File, Declaring<'s>)>) -> Context<'s> {
        Context { file, this, depth: 0 }
    }

    /// The same within an alias; none when that is too deep.
    pub(crate) fn within(self, file: File) -> Option<Context<'s>> {
        (self.depth < DEEPEST).then_some(Context {
            file,
            depth: self.depth + 1,
            ..self
        })
    }
}

impl<'s> Declare<'_, 's> {
    /// The type as the API has it.
    ///
    /// # Errors
    /// Why it has none, and what to write.
    pub(crate) fn type_of(&mut self, context: Context<'s>, of: &TSType<'s>) -> Result<TypeRef, Problem> {
        let file = context.file;
        let refuse = |walk: &Self, message: &str, help: &str| Err(walk.problem_at(file, of.span(), message, help));
        match of {
            TSType::TSStringKeyword(_) => Ok(TypeRef::String),
            TSType::TSNumberKeyword(_) => Ok(TypeRef::Integer),
            TSType::TSBooleanKeyword(_) => Ok(TypeRef::Boolean),
            TSType::TSVoidKeyword(_) | TSType::TSUndefinedKeyword(_) | TSType::TSNullKeyword(_) => Ok(TypeRef::Void),
            TSType::TSParenthesizedType(inner) => self.type_of(context, &inner.type_annotation),
            TSType::TSArrayType(array) => Ok(list(self.type_of(context, &array.element_type)?)),
            TSType::TSTypeOperatorType(operator) if operator.operator == TSTypeOperatorOperator::Readonly => {
                self.type_of(context, &operator.type_annotation)
            }
            TSType::TSThisType(_) => match context.this {
                Some((at, declaring)) => self.own(context, at, declaring, of.span()),
                None => refuse(self, "`this` means nothing here", "write the name of the class"),
            },
            TSType::TSUnionType(union) => {
                let nothing =
                    |each: &&TSType<'s>| matches!(each, TSType::TSNullKeyword(_) | TSType::TSUndefinedKeyword(_));
                let (absent, present): (Vec<_>, Vec<_>) = union.types.iter().partition(|each| nothing(each));
                match present.as_slice() {
                    [] => Ok(TypeRef::Void),
                    [one] if absent.is_empty() => self.type_of(context, one),
                    [one] => Ok(optional(self.type_of(context, one)?)),
                    several if several.iter().all(|each| is_text_literal(each)) => refuse(
                        self,
                        "a union of texts is no type of the API",
                        "declare an enum, such as `export enum Level { Low = \"low\", High = \"high\" }`",
                    ),
                    _ => refuse(
                        self,
                        "a union is no type of the API; only `T | null` and `T | undefined` are",
                        "write two functions, an interface, or an object with optional fields",
                    ),
                }
            }
            TSType::TSTypeReference(reference) => {
                let arguments = reference.type_arguments.as_ref().map(|list| list.params.as_slice());
                let plain = match &reference.type_name {
                    TSTypeName::IdentifierReference(id) => id.name.as_str(),
                    _ => "",
                };
                match (plain, arguments) {
                    (_, None | Some([])) => self.named(context, &reference.type_name),
                    ("Promise" | "Awaited" | "PromiseLike" | "Readonly", Some([inner])) => self.type_of(context, inner),
                    ("Array" | "ReadonlyArray", Some([inner])) => Ok(list(self.type_of(context, inner)?)),
                    ("Map" | "Record" | "Set", _) => self.named(context, &reference.type_name),
                    _ => {
                        let message = format!("`{plain}<…>` takes type parameters, which the API has not");
                        let help = "declare a type of your own: `export type Name = { … }`";
                        Err(self.problem_at(file, of.span(), message, help))
                    }
                }
            }
            other => {
                let (message, help) = refused(other);
                refuse(self, message, help)
            }
        }
    }

    /// The type of something with an annotation, or with a value that tells its type.
    ///
    /// # Errors
    /// Why there is none, and what to write.
    pub(crate) fn type_or_value(
        &mut self,
        context: Context<'s>,
        annotation: Option<&TSType<'s>>,
        value: Option<&Expression<'s>>,
        place: (Span, &str),
    ) -> Result<TypeRef, Problem> {
        if let Some(annotation) = annotation {
            return self.type_of(context, annotation);
        }
        let known = value.and_then(|value| {
            let constant = self.constant(context.file, value);
            constant
                .as_ref()
                .and_then(type_of_constant)
                .or_else(|| self.type_of_expression(context, None, value))
        });
        known.ok_or_else(|| {
            let (span, what) = place;
            let message = format!("{what} has no type");
            self.problem_at(
                context.file,
                span,
                message,
                "write its type after a colon, such as `: string`",
            )
        })
    }
}

/// The type of a constant; none for null and for an empty list.
pub(crate) fn type_of_constant(constant: &Constant) -> Option<TypeRef> {
    Some(match constant {
        Constant::Json(Value::String(_)) => TypeRef::String,
        Constant::Json(Value::Bool(_)) => TypeRef::Boolean,
        Constant::Json(Value::Number(number)) if number.is_f64() => TypeRef::Float,
        Constant::Json(Value::Number(_)) => TypeRef::Integer,
        Constant::Member { of, .. } => TypeRef::Enum(of.clone()),
        Constant::List(items) => {
            let first = type_of_constant(items.first()?)?;
            let same = items.iter().all(|item| type_of_constant(item).as_ref() == Some(&first));
            same.then(|| list(first))?
        }
        Constant::Undefined | Constant::Json(_) => return None,
    })
}

/// `string & { … }`: a text with a mark for the type checker.
pub(crate) fn is_branded_text(of: &TSType<'_>) -> bool {
    match of {
        TSType::TSIntersectionType(intersection) => intersection
            .types
            .iter()
            .any(|each| matches!(each, TSType::TSStringKeyword(_))),
        _ => false,
    }
}

pub(crate) fn optional(of: TypeRef) -> TypeRef {
    match of {
        TypeRef::Optional(_) | TypeRef::Void => of,
        of => TypeRef::Optional(Box::new(of)),
    }
}

fn list(of: TypeRef) -> TypeRef {
    TypeRef::List(Box::new(of))
}

fn is_text_literal(of: &TSType<'_>) -> bool {
    matches!(of, TSType::TSLiteralType(literal) if matches!(literal.literal, TSLiteral::StringLiteral(_)))
}

/// Why a form of type is none of the API's, and what to write.
fn refused(of: &TSType<'_>) -> (&'static str, &'static str) {
    match of {
        TSType::TSAnyKeyword(_) | TSType::TSUnknownKeyword(_) => (
            "`any` and `unknown` are no types of the API",
            "write the type, or `JSON` from \"@dagger.io/dagger\" for data of any shape",
        ),
        TSType::TSObjectKeyword(_) => (
            "`object` is no type of the API",
            "declare its fields: `export type Name = { … }`",
        ),
        TSType::TSTypeLiteral(_) => (
            "an object type without a name is no type of the API",
            "give it a name: `export type Name = { … }`",
        ),
        TSType::TSTupleType(_) => (
            "a tuple is no type of the API",
            "write a list, such as `string[]`, or an object",
        ),
        TSType::TSLiteralType(literal) => match literal.literal {
            TSLiteral::StringLiteral(_) | TSLiteral::TemplateLiteral(_) => (
                "a single text is no type of the API",
                "write `string`, or declare an enum",
            ),
            TSLiteral::BooleanLiteral(_) => ("a single value is no type of the API", "write `boolean`"),
            _ => ("a single value is no type of the API", "write `number`"),
        },
        TSType::TSTemplateLiteralType(_) => ("a pattern of texts is no type of the API", "write `string`"),
        TSType::TSFunctionType(_) | TSType::TSConstructorType(_) => (
            "a function is no value of the API",
            "take an interface: `export interface Name { run(): Promise<string> }`",
        ),
        TSType::TSBigIntKeyword(_) => ("the API has no `bigint`", "write `number` or `string`"),
        TSType::TSNeverKeyword(_) => ("`never` is no type of the API", "write `void`"),
        TSType::TSSymbolKeyword(_) => ("the API has no symbols", "write `string`"),
        TSType::TSIntersectionType(_) => (
            "an intersection is no type of the API",
            "declare one type with all fields: `export type Name = { … }`",
        ),
        TSType::TSTypeQuery(_) | TSType::TSIndexedAccessType(_) => (
            "a type taken from a value or another type is no type of the API",
            "write the type itself",
        ),
        TSType::TSImportType(_) => (
            "`import(…)` is no type of the API",
            "import the type at the top of the file",
        ),
        _ => (
            "this is no type of the API",
            "write the type of a value, a class with @object(), or a declared type",
        ),
    }
}
