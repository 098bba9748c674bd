//! `TypeDefKind`: what a type is.

use crate::error::ApiError;

/// What a type is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TypeDefKind {
    String,
    Integer,
    Float,
    Boolean,
    Scalar,
    List,
    Object,
    Interface,
    Input,
    Void,
    Enum,
}

impl TypeDefKind {
    const ALL: [TypeDefKind; 11] = [
        TypeDefKind::String,
        TypeDefKind::Integer,
        TypeDefKind::Float,
        TypeDefKind::Boolean,
        TypeDefKind::Scalar,
        TypeDefKind::List,
        TypeDefKind::Object,
        TypeDefKind::Interface,
        TypeDefKind::Input,
        TypeDefKind::Void,
        TypeDefKind::Enum,
    ];

    /// The member of the API's enum; its other spelling has no `_KIND`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            TypeDefKind::String => "STRING_KIND",
            TypeDefKind::Integer => "INTEGER_KIND",
            TypeDefKind::Float => "FLOAT_KIND",
            TypeDefKind::Boolean => "BOOLEAN_KIND",
            TypeDefKind::Scalar => "SCALAR_KIND",
            TypeDefKind::List => "LIST_KIND",
            TypeDefKind::Object => "OBJECT_KIND",
            TypeDefKind::Interface => "INTERFACE_KIND",
            TypeDefKind::Input => "INPUT_KIND",
            TypeDefKind::Void => "VOID_KIND",
            TypeDefKind::Enum => "ENUM_KIND",
        }
    }

    /// The kind of that name, in either spelling.
    pub(crate) fn parse(text: &str) -> Result<TypeDefKind, ApiError> {
        let is = |kind: &TypeDefKind| kind.name() == text || kind.name().strip_suffix("_KIND") == Some(text);
        TypeDefKind::ALL
            .into_iter()
            .find(is)
            .ok_or_else(|| ApiError::other(format!("`{text}` is no kind of type")))
    }

    /// The name of a type of that kind that needs none of its own.
    pub(crate) fn builtin(self) -> Option<&'static str> {
        match self {
            TypeDefKind::String => Some("String"),
            TypeDefKind::Integer => Some("Int"),
            TypeDefKind::Float => Some("Float"),
            TypeDefKind::Boolean => Some("Boolean"),
            TypeDefKind::Void => Some("Void"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::TypeDefKind;
    use dockwright_schema::core_types;

    #[test]
    fn every_member_of_the_enum_is_a_kind() {
        let members = core_types::get("TypeDefKind").unwrap().members;
        assert_eq!(members.len(), 2 * TypeDefKind::ALL.len());
        for member in members {
            assert_eq!(TypeDefKind::parse(member.name).unwrap().name(), member.value);
        }
        assert!(TypeDefKind::parse("KIND").is_err());
    }
}
