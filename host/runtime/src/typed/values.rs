//! Between JSON, as the API has it, and values of WIT types.

use super::describe::member_name;
use serde_json::{Map, Number, Value, json};
use wasmtime::component::Val;
use wasmtime::component::types::Type;

/// The value as one of the type. The error says what does not fit, without saying where.
pub(super) fn to_wit(value: &Value, ty: &Type) -> Result<Val, String> {
    let misfit = || format!("{value} is no value of the WIT type {}", name(ty));
    let number = || value.as_i64().ok_or_else(misfit);
    macro_rules! integer {
        ($variant:ident, $rust:ty) => {
            Val::$variant(<$rust>::try_from(number()?).map_err(|_| misfit())?)
        };
    }
    Ok(match ty {
        Type::Bool => Val::Bool(value.as_bool().ok_or_else(misfit)?),
        Type::S8 => integer!(S8, i8),
        Type::U8 => integer!(U8, u8),
        Type::S16 => integer!(S16, i16),
        Type::U16 => integer!(U16, u16),
        Type::S32 => integer!(S32, i32),
        Type::U32 => integer!(U32, u32),
        Type::S64 => Val::S64(number()?),
        Type::U64 => Val::U64(value.as_u64().ok_or_else(misfit)?),
        #[expect(clippy::cast_possible_truncation, reason = "the function takes the smaller type")]
        Type::Float32 => Val::Float32(value.as_f64().ok_or_else(misfit)? as f32),
        Type::Float64 => Val::Float64(value.as_f64().ok_or_else(misfit)?),
        Type::Char => {
            let mut characters = value.as_str().ok_or_else(misfit)?.chars();
            match (characters.next(), characters.next()) {
                (Some(one), None) => Val::Char(one),
                _ => return Err(misfit()),
            }
        }
        Type::String => Val::String(value.as_str().ok_or_else(misfit)?.to_owned()),
        Type::List(list) => Val::List(items(value, &list.ty()).ok_or_else(misfit)??),
        Type::Option(_) if value.is_null() => Val::Option(None),
        Type::Option(option) => Val::Option(Some(Box::new(to_wit(value, &option.ty())?))),
        Type::Record(record) => {
            let state = value.as_object().ok_or_else(misfit)?;
            let field = |name: &str, ty: &Type| {
                let value = state.get(name).unwrap_or(&Value::Null);
                Ok((name.to_owned(), to_wit(value, ty)?))
            };
            Val::Record(
                record
                    .fields()
                    .map(|found| field(found.name, &found.ty))
                    .collect::<Result<_, String>>()?,
            )
        }
        Type::Enum(members) => Val::Enum(member(value, members.names()).ok_or_else(misfit)?),
        Type::Flags(flags) => {
            let set = value.as_array().ok_or_else(misfit)?;
            let named = |value| member(value, flags.names()).ok_or_else(misfit);
            Val::Flags(set.iter().map(named).collect::<Result<_, _>>()?)
        }
        _ => return Err(misfit()),
    })
}

fn items(value: &Value, ty: &Type) -> Option<Result<Vec<Val>, String>> {
    Some(value.as_array()?.iter().map(|item| to_wit(item, ty)).collect())
}

/// The member that the API's name stands for.
fn member<'n>(value: &Value, mut names: impl Iterator<Item = &'n str>) -> Option<String> {
    let name = value.as_str()?;
    names.find(|known| member_name(known) == name).map(str::to_owned)
}

/// The value as JSON; an object is its state, keyed by the fields' names in WIT.
pub(super) fn to_json(value: &Val) -> Result<Value, String> {
    Ok(match value {
        Val::Bool(value) => json!(value),
        Val::S8(value) => json!(value),
        Val::U8(value) => json!(value),
        Val::S16(value) => json!(value),
        Val::U16(value) => json!(value),
        Val::S32(value) => json!(value),
        Val::U32(value) => json!(value),
        Val::S64(value) => json!(value),
        Val::U64(value) => json!(value),
        Val::Float32(value) => float(f64::from(*value))?,
        Val::Float64(value) => float(*value)?,
        Val::Char(value) => json!(value),
        Val::String(value) => json!(value),
        Val::List(items) => Value::Array(items.iter().map(to_json).collect::<Result<_, _>>()?),
        Val::Option(None) => Value::Null,
        Val::Option(Some(value)) => to_json(value)?,
        Val::Record(fields) => {
            let mut state = Map::new();
            for (name, value) in fields {
                state.insert(name.clone(), to_json(value)?);
            }
            Value::Object(state)
        }
        Val::Enum(member) => json!(member_name(member)),
        Val::Flags(members) => members.iter().map(|member| json!(member_name(member))).collect(),
        _ => return Err("the API has no form for the value that the function returned".to_owned()),
    })
}

fn float(value: f64) -> Result<Value, String> {
    Number::from_f64(value)
        .map(Value::Number)
        .ok_or_else(|| format!("the function returned {value}, which JSON has no form for"))
}

/// What users of WIT call the type.
fn name(ty: &Type) -> &'static str {
    match ty {
        Type::Bool => "bool",
        Type::S8 => "s8",
        Type::U8 => "u8",
        Type::S16 => "s16",
        Type::U16 => "u16",
        Type::S32 => "s32",
        Type::U32 => "u32",
        Type::S64 => "s64",
        Type::U64 => "u64",
        Type::Float32 => "f32",
        Type::Float64 => "f64",
        Type::Char => "char",
        Type::String => "string",
        Type::List(_) => "list",
        Type::Option(_) => "option",
        Type::Record(_) => "record",
        Type::Enum(_) => "enum",
        Type::Flags(_) => "flags",
        _ => "that the function takes",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::{to_json, to_wit};
    use serde_json::json;
    use wasmtime::component::Val;
    use wasmtime::component::types::Type;

    #[test]
    fn values_come_back_as_they_went() {
        for (value, ty) in [
            (json!(true), Type::Bool),
            (json!(-128), Type::S8),
            (json!(u64::MAX), Type::U64),
            (json!(0.5), Type::Float32),
            (json!("ä"), Type::Char),
            (json!("text"), Type::String),
        ] {
            assert_eq!(to_json(&to_wit(&value, &ty).unwrap()).unwrap(), value);
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for (value, ty) in [
            (json!(256), Type::U8),
            (json!(-1), Type::U64),
            (json!("ab"), Type::Char),
            (json!(1.5), Type::S32),
            (json!(null), Type::String),
        ] {
            assert!(to_wit(&value, &ty).unwrap_err().starts_with(&value.to_string()));
        }
        assert!(to_json(&Val::Float64(f64::NAN)).unwrap_err().contains("NaN"));
    }
}
