//! The order of the new component: what goes, what waits for the group, and when the group is made.

use super::component::{Component, Item, Space, Thing};
use super::group::{Group, Origin};
use anyhow::{Context, bail};
use std::collections::{BTreeSet, HashSet};
use wasmparser::{CanonicalFunction, CanonicalOption, Instance};

/// When what is written.
pub(super) struct Order {
    /// Core functions of the component that the members import.
    pub(super) imports: BTreeSet<u32>,
    /// The place of the first item that follows the group.
    pub(super) after: usize,
    /// Instances that only the group is given.
    pub(super) unused: HashSet<u32>,
    /// Places of items before it that need it.
    pub(super) waiting: HashSet<usize>,
}

impl Order {
    /// Works the order out.
    pub(super) fn of(component: &Component<'_>, group: &Group<'_>) -> anyhow::Result<Self> {
        let finding = Finding { component, group };
        let imports = finding.imports()?;
        let after = finding.after(&imports)?;
        let mut waiting = HashSet::new();
        for (place, item) in component.items.iter().enumerate().take(after) {
            if finding.waits(item)? {
                waiting.insert(place);
            }
        }
        Ok(Order {
            imports,
            after,
            unused: finding.unused()?,
            waiting,
        })
    }
}

struct Finding<'f, 'a> {
    component: &'f Component<'a>,
    group: &'f Group<'a>,
}

impl<'a> Finding<'_, 'a> {
    fn imports(&self) -> anyhow::Result<BTreeSet<u32>> {
        let mut imports = BTreeSet::new();
        for (&member, core) in &self.group.members {
            for import in &core.imports {
                let origin = self.group.origin(self.component, member, import.module, import.name)?;
                if let Origin::Outside(index) = origin {
                    imports.insert(index);
                }
            }
        }
        Ok(imports)
    }

    fn after(&self, imports: &BTreeSet<u32>) -> anyhow::Result<usize> {
        let mut items = self.component.items.iter();
        let last = items.rposition(|item| match item {
            Item::Canonical(_, Some(index)) | Item::Export(Space::Function, index) => imports.contains(index),
            _ => false,
        });
        Ok(last.context("the group imports nothing")? + 1)
    }

    fn unused(&self) -> anyhow::Result<HashSet<u32>> {
        let mut used = HashSet::new();
        for (index, instance) in self.component.instances.iter().enumerate() {
            if let Instance::Instantiate { args, .. } = instance
                && !self.group.has(u32::try_from(index)?)
            {
                used.extend(args.iter().map(|argument| argument.index));
            }
        }
        let mut unused = HashSet::new();
        for (index, instance) in self.component.instances.iter().enumerate() {
            let index = u32::try_from(index)?;
            if matches!(instance, Instance::FromExports(_)) && !used.contains(&index) {
                unused.insert(index);
            }
        }
        Ok(unused)
    }

    /// Whether something needs the group that is not there yet.
    fn waits(&self, item: &Item<'a>) -> anyhow::Result<bool> {
        match item {
            Item::Instance(index) => self.instance_waits(*index),
            Item::Canonical(CanonicalFunction::Lift { .. }, _) => {
                bail!("a function is exported before the group is there")
            }
            Item::Canonical(CanonicalFunction::Lower { options, .. }, _) => {
                for (space, index) in options.iter().filter_map(used) {
                    if self.thing_waits(space, index)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            _ => Ok(false),
        }
    }

    fn instance_waits(&self, index: u32) -> anyhow::Result<bool> {
        if self.group.has(index) {
            return Ok(true);
        }
        match self.component.instance(index)? {
            Instance::Instantiate { args, .. } => {
                for argument in args {
                    if self.instance_waits(argument.index)? {
                        return Ok(true);
                    }
                }
            }
            Instance::FromExports(exports) => {
                for export in exports {
                    if self.thing_waits(Space::of(export.kind)?, export.index)? {
                        return Ok(true);
                    }
                }
            }
        }
        Ok(false)
    }

    fn thing_waits(&self, space: Space, index: u32) -> anyhow::Result<bool> {
        match self.component.thing(space, index)? {
            Thing::Export { instance, .. } => self.instance_waits(instance),
            Thing::Made => {
                let made = |item: &&Item<'a>| matches!(item, Item::Canonical(_, Some(other)) if *other == index);
                let item = self
                    .component
                    .items
                    .iter()
                    .find(made)
                    .context("a function is missing")?;
                self.waits(item)
            }
        }
    }
}

/// The core thing that an option names.
pub(super) fn used(option: &CanonicalOption) -> Option<(Space, u32)> {
    match option {
        CanonicalOption::Memory(index) => Some((Space::Memory, *index)),
        CanonicalOption::Realloc(index) | CanonicalOption::PostReturn(index) => Some((Space::Function, *index)),
        _ => None,
    }
}
