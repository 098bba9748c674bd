//! The core API as static tables, generated from `core.graphql`.
//!
//! `generated.rs` is written by `cargo xtask codegen`; edit the schema file, never the tables. Nothing here resolves a field.

#[rustfmt::skip]
mod generated;
mod types;

pub use generated::TYPES;
pub use types::{CoreArgument, CoreEnumMember, CoreField, CoreKind, CoreType, CoreTypeRef};

/// The core type of that name; built-in scalars (`String`, `ID`, …) are not among them.
pub fn get(name: &str) -> Option<&'static CoreType> {
    let index = TYPES.binary_search_by(|candidate| candidate.name.cmp(name)).ok()?;
    TYPES.get(index)
}

/// Whether GraphQL itself defines the name.
pub fn is_builtin(name: &str) -> bool {
    matches!(name, "String" | "Int" | "Float" | "Boolean" | "ID")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn tables_are_sorted_for_the_lookup() {
        assert!(TYPES.windows(2).all(|pair| pair[0].name < pair[1].name));
        for core_type in TYPES {
            assert_eq!(get(core_type.name), Some(core_type));
        }
        assert_eq!(get("String"), None);
        assert_eq!(get("Zzz"), None);
    }

    #[test]
    fn every_reference_leads_to_a_type() {
        let known = |name: &str| is_builtin(name) || get(name).is_some();
        for core_type in TYPES {
            for interface in core_type.implements {
                assert_eq!(get(interface).unwrap().kind, CoreKind::Interface, "{}", core_type.name);
            }
            for field in core_type.fields {
                assert!(known(field.returns.name), "{}.{}", core_type.name, field.name);
                assert!(
                    field.expected_type.is_none_or(known),
                    "{}.{}",
                    core_type.name,
                    field.name
                );
                for argument in field.arguments {
                    assert!(
                        known(argument.r#type.name),
                        "{}.{}({})",
                        core_type.name,
                        field.name,
                        argument.name
                    );
                    assert!(
                        argument.expected_type.is_none_or(known),
                        "{}.{}",
                        core_type.name,
                        field.name
                    );
                    assert_eq!(
                        argument.r#type.name == "ID",
                        argument.expected_type.is_some() || field.name == "node"
                    );
                }
            }
        }
    }

    #[test]
    fn what_users_read_most_is_described() {
        let described = [
            "Address",
            "CacheVolume",
            "Container",
            "Directory",
            "EnvVariable",
            "File",
            "Host",
            "Label",
            "Port",
            "Query",
            "Secret",
            "Service",
        ];
        for core_type in described.map(|name| get(name).unwrap()) {
            assert!(core_type.description.is_some(), "{}", core_type.name);
            for field in core_type.fields {
                assert!(field.description.is_some(), "{}.{}", core_type.name, field.name);
                for argument in field.arguments {
                    assert!(
                        argument.description.is_some(),
                        "{}.{}({})",
                        core_type.name,
                        field.name,
                        argument.name
                    );
                }
            }
        }
        for core_type in TYPES.iter().filter(|core_type| core_type.kind == CoreKind::Enum) {
            for member in core_type.members.iter().filter(|member| !member.is_alias()) {
                assert!(member.description.is_some(), "{}.{}", core_type.name, member.name);
            }
        }
    }

    #[test]
    fn an_alias_names_another_member() {
        for core_type in TYPES {
            for member in core_type.members.iter().filter(|member| member.is_alias()) {
                assert!(
                    core_type.members.iter().any(|other| other.name == member.value),
                    "{}",
                    member.name
                );
            }
        }
    }

    #[test]
    fn a_known_field_reads_as_in_the_schema() {
        let container = get("Container").unwrap();
        assert!(container.is_a("Syncer"));
        let with_exec = container.field("withExec").unwrap();
        let args = with_exec.argument("args").unwrap();
        assert_eq!(args.r#type.to_string(), "[String!]!");
        assert!(args.is_required());
        assert_eq!(with_exec.argument("expect").unwrap().default, Some("SUCCESS"));
        let sync = container.field("sync").unwrap();
        assert_eq!(
            (sync.returns.to_string().as_str(), sync.expected_type),
            ("ID!", Some("Container"))
        );
    }
}
