//! The instances that become one: the program with its memory and table, and the shared libraries that it was linked from.

use super::component::{Component, Space, Thing};
use super::core::Core;
use anyhow::{Context, bail};
use std::collections::BTreeMap;
use wasmparser::{ExternalKind, Instance};

/// The table that the program and its libraries share, by the name that tools give it.
const TABLE: &str = "__indirect_function_table";

/// The instances to fuse, by their indices, in the order in which they are made.
pub(super) struct Group<'a> {
    pub(super) members: BTreeMap<u32, Core<'a>>,
}

/// Where something that a member imports comes from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Origin {
    /// A member of the group: its instance, and what of its module.
    Member { instance: u32, space: Space, index: u32 },
    /// A core function of the component.
    Outside(u32),
}

impl<'a> Group<'a> {
    /// Finds the group.
    pub(super) fn of(component: &Component<'a>) -> anyhow::Result<Self> {
        let mut members = BTreeMap::new();
        for (index, instance) in component.instances.iter().enumerate() {
            let Instance::Instantiate { module_index, .. } = instance else {
                continue;
            };
            let bytes = component.modules.get(usize::try_from(*module_index)?);
            let core = Core::read(bytes.context("an instance is of no module")?)?;
            if core.is_library || core.imports(TABLE) || core.exports.contains_key(TABLE) {
                members.insert(u32::try_from(index)?, core);
            }
        }
        if members.len() < 2 {
            bail!("the component was not linked from shared libraries");
        }
        Ok(Group { members })
    }

    /// Whether the instance is one of them.
    pub(super) fn has(&self, instance: u32) -> bool {
        self.members.contains_key(&instance)
    }

    /// The module that an instance of the group is of.
    pub(super) fn core(&self, instance: u32) -> anyhow::Result<&Core<'a>> {
        let core = self.members.get(&instance);
        core.with_context(|| format!("instance {instance} is not in the group"))
    }

    /// Follows an import of a member to what it gets.
    pub(super) fn origin(
        &self,
        component: &Component<'a>,
        instance: u32,
        module: &str,
        name: &str,
    ) -> anyhow::Result<Origin> {
        let Instance::Instantiate { args, .. } = component.instance(instance)? else {
            bail!("instance {instance} is of no module");
        };
        let argument = args.iter().find(|argument| argument.name == module);
        let from = argument
            .with_context(|| format!("nothing is given for `{module}`"))?
            .index;
        match component.instance(from)? {
            Instance::Instantiate { .. } => self.member(from, name),
            Instance::FromExports(exports) => {
                let export = exports.iter().find(|export| export.name == name);
                let export = export.with_context(|| format!("`{module}` has no `{name}`"))?;
                let space = Space::of(export.kind)?;
                match component.thing(space, export.index)? {
                    Thing::Export { instance, name } if self.has(instance) => self.member(instance, name),
                    _ if export.kind == ExternalKind::Func => Ok(Origin::Outside(export.index)),
                    _ => bail!("`{module}` `{name}` comes from outside and is no function"),
                }
            }
        }
    }

    fn member(&self, instance: u32, name: &str) -> anyhow::Result<Origin> {
        let (space, index) = self.core(instance)?.export(name)?;
        Ok(Origin::Member { instance, space, index })
    }
}
