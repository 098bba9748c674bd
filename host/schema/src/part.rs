//! The part of the types that a document touches. An executable schema of that part alone is made in a fraction of the time that the whole takes,
//! and most processes run a handful of documents.
//!
//! Says nothing about whether a document is right: `validate` comes first. `build` makes the schema.

use crate::graph_type::{GraphField, GraphType, GraphTypeKind};
use crate::merge::Merged;
use async_graphql::Name;
use async_graphql::Positioned;
use async_graphql::parser::types::{ExecutableDocument, Field, FragmentDefinition, Selection, SelectionSet};
use indexmap::{IndexMap, IndexSet};
use std::collections::HashMap;

/// Types that are needed, and of the objects the fields that are.
#[derive(Debug, Default)]
pub(crate) struct Part<'m> {
    /// Objects and their fields by name, never none.
    pub(crate) objects: IndexMap<&'m str, IndexMap<&'m str, &'m GraphField>>,
    /// Interfaces behind which the document says what it expects, with the objects that it does.
    pub(crate) interfaces: IndexMap<&'m str, IndexSet<&'m str>>,
    /// Scalars, enums and input objects.
    pub(crate) others: IndexSet<&'m str>,
}

impl<'m> Part<'m> {
    /// What a valid document touches; none when that is not known beforehand: it asks for the types themselves, or meets an interface, behind
    /// which any type may be.
    pub(crate) fn of(merged: &'m Merged, document: &ExecutableDocument) -> Option<Part<'m>> {
        let mut walk = Walk {
            merged,
            fragments: &document.fragments,
            part: Part::default(),
        };
        let query = merged.get("Query")?;
        for (_, operation) in document.operations.iter() {
            walk.selections(query, &operation.node.selection_set.node)?;
        }
        walk.part
            .objects
            .values()
            .all(|fields| !fields.is_empty())
            .then_some(walk.part)
    }
}

struct Walk<'m, 'd> {
    merged: &'m Merged,
    fragments: &'d HashMap<Name, Positioned<FragmentDefinition>>,
    part: Part<'m>,
}

impl<'m> Walk<'m, '_> {
    fn selections(&mut self, parent: &'m GraphType, set: &SelectionSet) -> Option<()> {
        self.part.objects.entry(parent.name.as_ref()).or_default();
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => self.field(parent, &field.node)?,
                Selection::InlineFragment(fragment) => {
                    let on = fragment.node.type_condition.as_ref();
                    let on = on.map(|condition| condition.node.on.node.as_str());
                    self.fragment(parent, on, &fragment.node.selection_set.node)?;
                }
                Selection::FragmentSpread(spread) => {
                    let fragment = &self.fragments.get(&spread.node.fragment_name.node)?.node;
                    let on = Some(fragment.type_condition.node.on.node.as_str());
                    self.fragment(parent, on, &fragment.selection_set.node)?;
                }
            }
        }
        Some(())
    }

    fn fragment(&mut self, parent: &'m GraphType, on: Option<&str>, set: &SelectionSet) -> Option<()> {
        match on {
            Some(name) if name != parent.name => None,
            _ => self.selections(parent, set),
        }
    }

    fn field(&mut self, parent: &'m GraphType, field: &Field) -> Option<()> {
        let name = field.name.node.as_str();
        if name == "__typename" {
            return Some(());
        }
        let declared = parent.field(name)?;
        let fields = self.part.objects.entry(parent.name.as_ref()).or_default();
        if fields.insert(declared.name.as_ref(), declared).is_none() {
            for argument in &declared.arguments {
                self.other(argument.r#type.name())?;
            }
        }
        let returned = self.merged.get(declared.returns.name())?;
        match returned.kind {
            _ if returned.is_abstract() => self.behind(returned, &field.selection_set.node),
            GraphTypeKind::Object { .. } | GraphTypeKind::Interface { .. } => {
                self.selections(returned, &field.selection_set.node)
            }
            _ => self.other(returned.name.as_ref()),
        }
    }

    /// An object behind an interface, when the document has exactly one fragment for it.
    fn behind(&mut self, interface: &'m GraphType, set: &SelectionSet) -> Option<()> {
        let [selection] = set.items.as_slice() else {
            return None;
        };
        let Selection::InlineFragment(fragment) = &selection.node else {
            return None;
        };
        let on = fragment.node.type_condition.as_ref()?;
        let object = self.merged.get(&on.node.on.node)?;
        if !object.interfaces().contains(&interface.name) {
            return None;
        }
        let objects = self.part.interfaces.entry(interface.name.as_ref()).or_default();
        objects.insert(object.name.as_ref());
        // An object has all fields of its interfaces.
        for field in interface.fields()?.values() {
            let own = object.field(&field.name)?;
            let fields = self.part.objects.entry(object.name.as_ref()).or_default();
            fields.insert(own.name.as_ref(), own);
            self.other(own.returns.name())?;
            for argument in &own.arguments {
                self.other(argument.r#type.name())?;
            }
        }
        self.selections(object, &fragment.node.selection_set.node)
    }

    fn other(&mut self, name: &str) -> Option<()> {
        let found = self.merged.get(name)?;
        if self.part.others.insert(found.name.as_ref())
            && let GraphTypeKind::Input { fields } = &found.kind
        {
            for field in fields {
                self.other(field.r#type.name())?;
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]
    use super::Part;
    use crate::Merged;
    use crate::parse::parse;

    fn part(document: &str) -> Option<String> {
        let merged = Merged::core();
        let document = parse(document).unwrap();
        let part = Part::of(&merged, &document)?;
        let mut lines: Vec<String> = part
            .objects
            .iter()
            .map(|(name, fields)| format!("{name}: {}", fields.keys().copied().collect::<Vec<_>>().join(" ")))
            .collect();
        lines.extend(part.others.iter().map(|name| (*name).to_owned()));
        Some(lines.join("\n"))
    }

    #[test]
    fn a_chain_needs_its_own_fields_and_the_types_of_their_arguments() {
        let document = "query($e: ReturnType) { a: container { ...F } b: container { id } } \
                        fragment F on Container { withExec(args: [], expect: $e) { stdout __typename } }";
        insta::assert_snapshot!(part(document).unwrap(), @r"
        Query: container
        Container: withExec stdout id
        Platform
        String
        Boolean
        ReturnType
        ID
        ");
    }

    #[test]
    fn one_fragment_says_what_is_behind_an_interface() {
        insta::assert_snapshot!(part("{node(id: \"x\"){... on Container{stdout}}}").unwrap(), @r"
        Query: node
        Container: id stdout
        ID
        String
        ");
    }

    #[test]
    fn input_objects_are_followed() {
        let found = part("{container{withExposedPort(port:1){asService{up(ports:[]){__typename id}}}}}");
        let found = found.or_else(|| part("{host{service(ports:[]){id}}}")).unwrap();
        assert!(
            found.contains("PortForward") && found.contains("NetworkProtocol"),
            "{found}"
        );
    }

    #[test]
    fn what_may_touch_anything_has_no_part() {
        for document in [
            "{__schema{types{name}}}",
            "{__type(name:\"Query\"){name}}",
            "{node(id:\"x\"){id}}",
            "{node(id:\"x\"){id ... on Container{id}}}",
            "{container{... on Directory{id}}}",
            "{container{... on Node{id}}}",
            "{container{__typename}}",
        ] {
            assert_eq!(part(document), None, "{document}");
        }
    }
}
