//! Expressions whose value the source alone tells: literals, and constants and enum members of any file.

use crate::declare::core;
use crate::declare::declaring::Declare;
use crate::declare::enumeration;
use crate::declare::lookup::Found;
use crate::declare::project::File;
use crate::declare::scope::Node;
use dockwright_schema::core_types::CoreKind;
use oxc::ast::ast::{BinaryOperator, Expression, ObjectPropertyKind, StaticMemberExpression, UnaryOperator};
use serde_json::{Map, Number, Value};

/// Constants that lead to constants, and operands in operands.
const DEEPEST: u32 = 64;
/// Expressions that are looked at for one constant.
const MOST_STEPS: u32 = 20_000;

/// A value known from the source.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Constant {
    /// `undefined`.
    Undefined,
    Json(Value),
    List(Vec<Constant>),
    /// A member of an enum, of the module or of the core API.
    Member {
        /// Name of the enum in the API.
        of: String,
        /// The member's name on the wire.
        name: String,
        /// Its value in the source.
        value: Value,
    },
}

impl Constant {
    /// As data: a member is its value in the source.
    pub(crate) fn into_json(self) -> Value {
        match self {
            Constant::Undefined => Value::Null,
            Constant::Json(value) | Constant::Member { value, .. } => value,
            Constant::List(items) => items.into_iter().map(Constant::into_json).collect(),
        }
    }
}

impl<'s> Declare<'_, 's> {
    /// The value of an expression, when the source tells it.
    pub(crate) fn constant(&self, file: File, expression: &Expression<'s>) -> Option<Constant> {
        self.steps.set(0);
        self.constant_at(file, expression, 0)
    }

    /// The same within another constant.
    pub(crate) fn constant_at(&self, file: File, expression: &Expression<'s>, depth: u32) -> Option<Constant> {
        self.steps.set(self.steps.get() + 1);
        if depth > DEEPEST || self.steps.get() > MOST_STEPS {
            return None;
        }
        let inner = |expression: &Expression<'s>| self.constant_at(file, expression, depth + 1);
        let json = |value: Value| Some(Constant::Json(value));
        match expression.get_inner_expression() {
            Expression::StringLiteral(literal) => json(literal.value.as_str()?.into()),
            Expression::BooleanLiteral(literal) => json(literal.value.into()),
            Expression::NullLiteral(_) => json(Value::Null),
            Expression::NumericLiteral(literal) => json(number(literal.value)?),
            Expression::UnaryExpression(unary) if unary.operator == UnaryOperator::UnaryNegation => {
                json(number(-inner(&unary.argument)?.into_json().as_f64()?)?)
            }
            Expression::TemplateLiteral(template) => {
                let mut text = String::new();
                for (index, quasi) in template.quasis.iter().enumerate() {
                    text.push_str(quasi.value.cooked.as_ref()?.as_str()?);
                    if let Some(expression) = template.expressions.get(index) {
                        text.push_str(&plain_text(&inner(expression)?.into_json())?);
                    }
                }
                json(text.into())
            }
            Expression::BinaryExpression(binary) if binary.operator == BinaryOperator::Addition => {
                let (left, right) = (inner(&binary.left)?.into_json(), inner(&binary.right)?.into_json());
                let texts = left.is_string() || right.is_string();
                let joined = texts.then(|| Some(plain_text(&left)? + &plain_text(&right)?))??;
                json(joined.into())
            }
            Expression::ArrayExpression(array) => {
                let items = array.elements.iter().map(|element| inner(element.as_expression()?));
                Some(Constant::List(items.collect::<Option<_>>()?))
            }
            Expression::ObjectExpression(object) => {
                let mut map = Map::new();
                for property in &object.properties {
                    let ObjectPropertyKind::ObjectProperty(property) = property else {
                        return None;
                    };
                    let key = property.key.static_name()?.into_cow_str()?.into_owned();
                    map.insert(key, inner(&property.value)?.into_json());
                }
                json(Value::Object(map))
            }
            Expression::Identifier(id) if id.name == "undefined" => Some(Constant::Undefined),
            Expression::StaticMemberExpression(member) => self.member(file, member, depth),
            other => match self.project.find_expression(file, other)? {
                Found::Own(at, declaring) => match declaring.node {
                    Node::Constant { value, .. } => self.constant_at(at, value, depth + 1),
                    _ => None,
                },
                _ => None,
            },
        }
    }

    /// `Enum.Member`, `CONSTANT.key`, `namespace.CONSTANT`.
    fn member(&self, file: File, member: &StaticMemberExpression<'s>, depth: u32) -> Option<Constant> {
        let name = member.property.name.as_str();
        match self.project.find_expression(file, &member.object) {
            Some(Found::Sdk(of)) => {
                let core = core::get(of).filter(|core| core.kind == CoreKind::Enum)?;
                let member = core::member(core, name)?;
                Some(Constant::Member {
                    of: core.name.to_owned(),
                    name: member.name.to_owned(),
                    value: member.value.into(),
                })
            }
            Some(Found::Own(at, declaring)) => match declaring.node {
                Node::Enum(_) | Node::Class(_) => {
                    let members = enumeration::values(self, at, &declaring, depth + 1);
                    let (name, value) = members.into_iter().find(|(known, _)| known == name)?;
                    Some(Constant::Member {
                        of: declaring.name.to_owned(),
                        name,
                        value: value?,
                    })
                }
                Node::Constant { value, .. } => {
                    let object = self.constant_at(at, value, depth + 1)?.into_json();
                    Some(Constant::Json(object.get(name)?.clone()))
                }
                _ => None,
            },
            Some(namespace @ Found::Namespace(_)) => {
                match self.project.member(namespace, member.property.name.as_str())? {
                    Found::Own(at, declaring) => match declaring.node {
                        Node::Constant { value, .. } => self.constant_at(at, value, depth + 1),
                        _ => None,
                    },
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// A number as JSON: an integer where it is one.
pub(crate) fn number(value: f64) -> Option<Value> {
    const EXACT: f64 = 9_007_199_254_740_991.0;
    if value.fract() == 0.0 && value.abs() <= EXACT {
        #[allow(clippy::cast_possible_truncation, reason = "an integer of at most 53 bits")]
        let integer = value as i64;
        return Some(integer.into());
    }
    Number::from_f64(value).map(Value::Number)
}

fn plain_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}
