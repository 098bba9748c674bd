//! GraphQL text into the executor's document type, by apollo-parser.
//!
//! async-graphql's own parser refuses selections nested more than 64 deep, and a pipeline is one selection per chained call: real ones are deeper.

use crate::validate::MAX_DEPTH;
use apollo_parser::cst::{self, CstNode};
use async_graphql::parser::types::{
    BaseType, Directive, DocumentOperations, ExecutableDocument, Field, FragmentDefinition, FragmentSpread,
    InlineFragment, OperationDefinition, OperationType, Selection, SelectionSet, Type, TypeCondition,
    VariableDefinition,
};
use async_graphql::{Name, Pos, Positioned, ServerError};
use async_graphql_value::{ConstValue, Number, Value};
use std::collections::HashMap;

/// The document, or the first error in it.
pub(crate) fn parse(text: &str) -> Result<ExecutableDocument, ServerError> {
    let tree = apollo_parser::Parser::new(text).recursion_limit(2 * MAX_DEPTH).parse();
    let lines = Lines::new(text);
    if let Some(error) = tree.errors().next() {
        let message = if error.is_limit() {
            format!("the query nests more than {MAX_DEPTH} fields; split it by asking for an id on the way")
        } else {
            error.message().to_owned()
        };
        return Err(ServerError::new(message, Some(lines.position(error.index()))));
    }
    Converter { lines }.document(&tree.document())
}

/// Offsets at which lines begin.
struct Lines(Vec<usize>);

impl Lines {
    fn new(text: &str) -> Lines {
        Lines(
            std::iter::once(0)
                .chain(text.match_indices('\n').map(|(index, _)| index + 1))
                .collect(),
        )
    }

    fn position(&self, offset: usize) -> Pos {
        let line = self.0.partition_point(|start| *start <= offset);
        let start = line
            .checked_sub(1)
            .and_then(|index| self.0.get(index))
            .copied()
            .unwrap_or_default();
        Pos {
            line,
            column: offset - start + 1,
        }
    }
}

struct Converter {
    lines: Lines,
}

type Argument = (Positioned<Name>, Positioned<Value>);

type Converted<T> = Result<Positioned<T>, ServerError>;

impl Converter {
    fn position(&self, node: &impl CstNode) -> Pos {
        self.lines
            .position(u32::from(node.syntax().text_range().start()) as usize)
    }

    fn at<T>(&self, node: &impl CstNode, value: T) -> Positioned<T> {
        Positioned::new(value, self.position(node))
    }

    /// The part of a node that the grammar requires; the parser has reported its absence already.
    fn need<T>(&self, node: &impl CstNode, part: Option<T>) -> Result<T, ServerError> {
        part.ok_or_else(|| ServerError::new("this part of the query is incomplete", Some(self.position(node))))
    }

    fn name(&self, node: &impl CstNode, name: Option<cst::Name>) -> Converted<Name> {
        let name = self.need(node, name)?;
        Ok(self.at(&name, Name::new(name.text())))
    }

    fn document(&self, document: &cst::Document) -> Result<ExecutableDocument, ServerError> {
        let mut operations = Vec::new();
        let mut fragments = HashMap::new();
        for definition in document.definitions() {
            match definition {
                cst::Definition::OperationDefinition(node) => {
                    operations.push((node.name().map(|name| Name::new(name.text())), self.operation(&node)?))
                }
                cst::Definition::FragmentDefinition(node) => {
                    let (name, fragment) = self.fragment(&node)?;
                    fragments.insert(name, fragment);
                }
                other => {
                    return Err(ServerError::new(
                        format!("a request cannot hold a {}", other.kind()),
                        Some(self.position(&other)),
                    ));
                }
            }
        }
        let anonymous = operations.iter().any(|(name, _)| name.is_none());
        let operations = match operations.len() {
            0 => return Err(ServerError::new("the request holds no operation", None)),
            1 if anonymous => operations
                .into_iter()
                .next()
                .map(|(_, operation)| DocumentOperations::Single(operation)),
            _ if anonymous => {
                return Err(ServerError::new(
                    "with several operations in one request, each needs a name",
                    None,
                ));
            }
            _ => Some(DocumentOperations::Multiple(
                operations
                    .into_iter()
                    .filter_map(|(name, operation)| Some((name?, operation)))
                    .collect(),
            )),
        };
        let operations = operations.ok_or_else(|| ServerError::new("the request holds no operation", None))?;
        Ok(ExecutableDocument { operations, fragments })
    }

    fn operation(&self, node: &cst::OperationDefinition) -> Converted<OperationDefinition> {
        let ty = match node.operation_type() {
            Some(kind) if kind.mutation_token().is_some() => OperationType::Mutation,
            Some(kind) if kind.subscription_token().is_some() => OperationType::Subscription,
            _ => OperationType::Query,
        };
        let variables = node
            .variable_definitions()
            .map(|list| list.variable_definitions().map(|v| self.variable(&v)).collect())
            .transpose_list()?;
        let operation = OperationDefinition {
            ty,
            variable_definitions: variables,
            directives: self.directives(node.directives())?,
            selection_set: self.selection_set(node, node.selection_set())?,
        };
        Ok(self.at(node, operation))
    }

    fn variable(&self, node: &cst::VariableDefinition) -> Converted<VariableDefinition> {
        let variable = self.need(node, node.variable())?;
        let var_type = self.need(node, node.ty())?;
        let default = match node.default_value().and_then(|default| default.value()) {
            Some(value) => {
                let constant = self.value(&value)?.into_const().ok_or_else(|| {
                    ServerError::new("a default value cannot use variables", Some(self.position(&value)))
                })?;
                Some(self.at::<ConstValue>(&value, constant))
            }
            None => None,
        };
        let definition = VariableDefinition {
            name: self.name(&variable, variable.name())?,
            var_type: self.at(&var_type, self.variable_type(&var_type)?),
            directives: self.directives(node.directives())?,
            default_value: default,
        };
        Ok(self.at(node, definition))
    }

    fn variable_type(&self, node: &cst::Type) -> Result<Type, ServerError> {
        Ok(match node {
            cst::Type::NamedType(named) => Type {
                base: BaseType::Named(self.name(named, named.name())?.node),
                nullable: true,
            },
            cst::Type::ListType(list) => Type {
                base: BaseType::List(Box::new(self.variable_type(&self.need(list, list.ty())?)?)),
                nullable: true,
            },
            cst::Type::NonNullType(inner) => {
                let inner_type = match (inner.named_type(), inner.list_type()) {
                    (Some(named), _) => cst::Type::NamedType(named),
                    (None, list) => cst::Type::ListType(self.need(inner, list)?),
                };
                Type {
                    nullable: false,
                    ..self.variable_type(&inner_type)?
                }
            }
        })
    }

    fn fragment(&self, node: &cst::FragmentDefinition) -> Result<(Name, Positioned<FragmentDefinition>), ServerError> {
        let name = self.name(node, node.fragment_name().and_then(|name| name.name()))?.node;
        let fragment = FragmentDefinition {
            type_condition: self.type_condition(node, node.type_condition())?,
            directives: self.directives(node.directives())?,
            selection_set: self.selection_set(node, node.selection_set())?,
        };
        Ok((name, self.at(node, fragment)))
    }

    fn type_condition(&self, parent: &impl CstNode, node: Option<cst::TypeCondition>) -> Converted<TypeCondition> {
        let node = self.need(parent, node)?;
        let on = self.name(&node, node.named_type().and_then(|named| named.name()))?;
        Ok(self.at(&node, TypeCondition { on }))
    }

    fn selection_set(&self, parent: &impl CstNode, node: Option<cst::SelectionSet>) -> Converted<SelectionSet> {
        let node = self.need(parent, node)?;
        let items = node
            .selections()
            .map(|selection| self.selection(&selection))
            .collect::<Result<_, _>>()?;
        Ok(self.at(&node, SelectionSet { items }))
    }

    fn selection(&self, node: &cst::Selection) -> Converted<Selection> {
        let selection = match node {
            cst::Selection::Field(field) => Selection::Field(self.field(field)?),
            cst::Selection::FragmentSpread(spread) => {
                let fragment_name = self.name(spread, spread.fragment_name().and_then(|name| name.name()))?;
                Selection::FragmentSpread(self.at(
                    spread,
                    FragmentSpread {
                        fragment_name,
                        directives: self.directives(spread.directives())?,
                    },
                ))
            }
            cst::Selection::InlineFragment(fragment) => {
                let inline = InlineFragment {
                    type_condition: fragment
                        .type_condition()
                        .map(|on| self.type_condition(fragment, Some(on)))
                        .transpose()?,
                    directives: self.directives(fragment.directives())?,
                    selection_set: self.selection_set(fragment, fragment.selection_set())?,
                };
                Selection::InlineFragment(self.at(fragment, inline))
            }
        };
        Ok(self.at(node, selection))
    }

    fn field(&self, node: &cst::Field) -> Converted<Field> {
        let selection_set = match node.selection_set() {
            Some(set) => self.selection_set(node, Some(set))?,
            None => self.at(node, SelectionSet::default()),
        };
        let field = Field {
            alias: node.alias().map(|alias| self.name(&alias, alias.name())).transpose()?,
            name: self.name(node, node.name())?,
            arguments: self.arguments(node.arguments())?,
            directives: self.directives(node.directives())?,
            selection_set,
        };
        Ok(self.at(node, field))
    }

    fn arguments(&self, node: Option<cst::Arguments>) -> Result<Vec<Argument>, ServerError> {
        let one = |argument: cst::Argument| {
            let value = self.need(&argument, argument.value())?;
            Ok((
                self.name(&argument, argument.name())?,
                self.at(&value, self.value(&value)?),
            ))
        };
        node.map(|list| list.arguments().map(one).collect()).transpose_list()
    }

    fn directives(&self, node: Option<cst::Directives>) -> Result<Vec<Positioned<Directive>>, ServerError> {
        let one = |directive: cst::Directive| {
            let converted = Directive {
                name: self.name(&directive, directive.name())?,
                arguments: self.arguments(directive.arguments())?,
            };
            Ok(self.at(&directive, converted))
        };
        node.map(|list| list.directives().map(one).collect()).transpose_list()
    }

    fn value(&self, node: &cst::Value) -> Result<Value, ServerError> {
        let invalid = || ServerError::new("this number is out of range", Some(self.position(node)));
        Ok(match node {
            cst::Value::Variable(variable) => Value::Variable(self.name(variable, variable.name())?.node),
            cst::Value::StringValue(text) => Value::String(text.into()),
            cst::Value::FloatValue(number) => Value::Number(
                f64::try_from(number)
                    .ok()
                    .and_then(Number::from_f64)
                    .ok_or_else(invalid)?,
            ),
            cst::Value::IntValue(number) => Value::Number(
                number
                    .syntax()
                    .text()
                    .to_string()
                    .trim()
                    .parse::<i64>()
                    .map_err(|_| invalid())?
                    .into(),
            ),
            cst::Value::BooleanValue(boolean) => Value::Boolean(boolean.true_token().is_some()),
            cst::Value::NullValue(_) => Value::Null,
            cst::Value::EnumValue(member) => Value::Enum(self.name(member, member.name())?.node),
            cst::Value::ListValue(list) => Value::List(
                list.values()
                    .map(|value| self.value(&value))
                    .collect::<Result<_, _>>()?,
            ),
            cst::Value::ObjectValue(object) => {
                let one = |field: cst::ObjectField| {
                    Ok((
                        self.name(&field, field.name())?.node,
                        self.value(&self.need(&field, field.value())?)?,
                    ))
                };
                Value::Object(object.object_fields().map(one).collect::<Result<_, ServerError>>()?)
            }
        })
    }
}

/// `Option<Result<Vec<T>>>` with absence as an empty list.
trait TransposeList<T> {
    fn transpose_list(self) -> Result<Vec<T>, ServerError>;
}

impl<T> TransposeList<T> for Option<Result<Vec<T>, ServerError>> {
    fn transpose_list(self) -> Result<Vec<T>, ServerError> {
        self.unwrap_or_else(|| Ok(Vec::new()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Positions differ where a node begins with an optional part; nothing depends on those.
    fn without_positions(value: serde_json::Value) -> serde_json::Value {
        match value {
            serde_json::Value::Object(map) => map
                .into_iter()
                .filter(|(key, _)| key != "pos")
                .map(|(key, value)| (key, without_positions(value)))
                .collect(),
            serde_json::Value::Array(items) => items.into_iter().map(without_positions).collect(),
            other => other,
        }
    }

    /// Documents that both parsers take: ours must read them as async-graphql does.
    #[test]
    fn documents_read_as_the_executors_own_parser_reads_them() {
        for text in [
            "{a}",
            "query Q($x: [String!]! = [\"a\"], $y: Int) @d { a(x: $x, y: -3, z: 1.5, e: RED, n: null, t: true) { b: c } }",
            "{ node(id: \"X@1\") { ... on Container { id } ... { id } ...F } } fragment F on Node { id }",
            "{ a(s: \"tab\\t \\u00e9 \\\"q\\\" ü\", o: {k: [1, 2], m: {}}) @skip(if: false) }",
            "{ a(s: \"\"\"\n    block\n      text\n    \"\"\") }",
            "query A { a } query B { b }",
            "\u{feff}# comment\n{ a, b }",
        ] {
            let ours = without_positions(serde_json::to_value(parse(text).unwrap()).unwrap());
            let theirs =
                without_positions(serde_json::to_value(async_graphql::parser::parse_query(text).unwrap()).unwrap());
            assert_eq!(ours, theirs, "{text}");
        }
    }

    #[test]
    fn errors_have_a_position() {
        let error = parse("{\n  a(x: }").unwrap_err();
        assert_eq!((error.locations[0].line, error.message.is_empty()), (2, false));
        assert_eq!(
            parse("type X { a: Int }").unwrap_err().message,
            "a request cannot hold a ObjectTypeDefinition"
        );
        assert_eq!(parse("").unwrap_err().message, "Unexpected <EOF>.");
        assert_eq!(
            parse("fragment F on Node { id }").unwrap_err().message,
            "the request holds no operation"
        );
    }
}
