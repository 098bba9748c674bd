//! The core API's types under the names that the SDK gives them.

use dockwright_schema::core_types::{self, CoreEnumMember, CoreField, CoreKind, CoreType, CoreTypeRef};
use dockwright_schema::module_def::TypeRef;

/// The core type that the SDK exports under the name.
pub(crate) fn get(name: &str) -> Option<&'static CoreType> {
    core_types::get(name).or_else(|| core_types::get(name.strip_suffix('_')?))
}

/// The reference to a core type; none for `Query`, which no value is.
pub(crate) fn reference(core: &CoreType) -> Option<TypeRef> {
    let name = core.name.to_owned();
    match core.kind {
        CoreKind::Object if core.name == "Query" => None,
        CoreKind::Object => Some(TypeRef::Object(name)),
        CoreKind::Interface => Some(TypeRef::Interface(name)),
        CoreKind::Enum => Some(TypeRef::Enum(name)),
        CoreKind::Input => Some(TypeRef::Input(name)),
        CoreKind::Scalar if core.name == "Void" => Some(TypeRef::Void),
        CoreKind::Scalar => Some(TypeRef::Scalar(name)),
    }
}

/// What a field of a core object gives in the SDK; none for a bare ID.
pub(crate) fn field_type(field: &CoreField) -> Option<TypeRef> {
    let CoreTypeRef {
        name, list, non_null, ..
    } = field.returns;
    let item = match (name, field.expected_type) {
        ("String", _) => TypeRef::String,
        ("Int", _) => TypeRef::Integer,
        ("Float", _) => TypeRef::Float,
        ("Boolean", _) => TypeRef::Boolean,
        ("ID", Some(expected)) => reference(core_types::get(expected)?)?,
        (other, _) => reference(core_types::get(other)?)?,
    };
    let item = if list { TypeRef::List(Box::new(item)) } else { item };
    let nullable = !non_null && item != TypeRef::Void;
    Some(if nullable {
        TypeRef::Optional(Box::new(item))
    } else {
        item
    })
}

/// The field of a core type that a method of the SDK asks for.
pub(crate) fn field(core: &CoreType, method: &str) -> Option<&'static CoreField> {
    core.field(method).or_else(|| core.field(method.strip_suffix('_')?))
}

/// The member of a core enum that the SDK spells so: names are compared by their letters and digits alone.
pub(crate) fn member(core: &CoreType, spelled: &str) -> Option<&'static CoreEnumMember> {
    let letters = |name: &str| {
        name.chars()
            .filter(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_lowercase()
    };
    let wanted = letters(spelled);
    let same = || core.members.iter().filter(|member| letters(member.name) == wanted);
    same().find(|member| !member.is_alias()).or_else(|| same().next())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn fields_have_the_types_that_the_sdk_gives_them() {
        let container = get("Container").unwrap();
        let of = |name: &str| field_type(field(container, name).unwrap()).unwrap();
        assert_eq!(of("from"), TypeRef::Object("Container".to_owned()));
        assert_eq!(of("stdout"), TypeRef::String);
        assert_eq!(of("sync"), TypeRef::Object("Container".to_owned()));
        assert_eq!(of("entrypoint"), TypeRef::List(Box::new(TypeRef::String)));
        assert_eq!(reference(get("Query").unwrap()), None);
    }

    #[test]
    fn members_are_found_by_their_spelling_in_the_sdk() {
        let protocol = get("NetworkProtocol").unwrap();
        assert_eq!(member(protocol, "Tcp").unwrap().name, "TCP");
        assert_eq!(member(protocol, "UDP").unwrap().name, "UDP");
        assert!(member(protocol, "Icmp").is_none());
    }
}
