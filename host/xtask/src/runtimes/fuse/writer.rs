//! The component around the module.
//!
//! Definitions stay in their order, but for core things that need the group: they wait until everything that the module imports is there.

use super::component::{Component, Item, Space, Thing};
use super::group::Group;
use super::order::{Order, used};
use anyhow::{Context, bail};
use std::collections::{BTreeSet, HashMap};
use wasm_encoder::{
    Alias, CanonicalFunctionSection, CanonicalOption, ComponentAliasSection, ExportKind, InstanceSection, ModuleArg,
    RawSection,
};
use wasmparser::{CanonicalFunction, ComponentAlias, Instance};

/// What of the group is needed outside, by index in the component.
pub(super) type Needed = BTreeSet<(Space, u32)>;

/// The name that the module imports its functions from.
pub(super) const OUTSIDE: &str = "component";

const MODULE: u8 = 1;

/// The name of an import of the module.
pub(super) fn import_name(index: u32) -> String {
    index.to_string()
}

/// The name of an export of the module.
pub(super) fn export_name(space: Space, index: u32) -> String {
    format!("{space:?}{index}")
}

/// What was written.
pub(super) struct Written {
    pub(super) bytes: Vec<u8>,
    pub(super) needed: Needed,
}

/// Writes a component once.
pub(super) struct Writer<'w, 'a> {
    component: &'w Component<'a>,
    group: &'w Group<'a>,
    output: wasm_encoder::Component,
    /// New indices of core things, modules and instances.
    things: HashMap<(Space, u32), u32>,
    made: HashMap<Space, u32>,
    modules: HashMap<u32, u32>,
    instances: HashMap<u32, u32>,
    made_instances: u32,
    /// The instance of the module.
    fused: Option<u32>,
    needed: Needed,
}

impl<'w, 'a> Writer<'w, 'a> {
    /// Nothing is written yet.
    pub(super) fn new(component: &'w Component<'a>, group: &'w Group<'a>) -> Self {
        Writer {
            component,
            group,
            output: wasm_encoder::Component::new(),
            things: HashMap::new(),
            made: HashMap::new(),
            modules: HashMap::new(),
            instances: HashMap::new(),
            made_instances: 0,
            fused: None,
            needed: Needed::new(),
        }
    }

    /// Writes everything.
    pub(super) fn write(mut self, module: &[u8]) -> anyhow::Result<Written> {
        let order = Order::of(self.component, self.group)?;
        let mut waiting = Vec::new();
        for (place, item) in self.component.items.iter().enumerate() {
            if place == order.after {
                self.fused(module, &order.imports)?;
                for item in std::mem::take(&mut waiting) {
                    self.item(item)?;
                }
            }
            match item {
                Item::Instance(index) if self.group.has(*index) || order.unused.contains(index) => {}
                item if order.waiting.contains(&place) => waiting.push(item),
                item => self.item(item)?,
            }
        }
        Ok(Written {
            bytes: self.output.finish(),
            needed: self.needed,
        })
    }

    fn fused(&mut self, module: &[u8], imports: &BTreeSet<u32>) -> anyhow::Result<()> {
        let number = u32::try_from(self.modules.len())?;
        // No index of the component's own modules.
        self.modules.insert(u32::MAX, number);
        self.output.section(&RawSection {
            id: MODULE,
            data: module,
        });
        let mut given = Vec::new();
        for index in imports {
            given.push((
                import_name(*index),
                ExportKind::Func,
                self.thing(Space::Function, *index)?,
            ));
        }
        let mut instances = InstanceSection::new();
        instances.export_items(given);
        instances.instantiate(number, [(OUTSIDE, ModuleArg::Instance(self.made_instances))]);
        self.output.section(&instances);
        self.fused = Some(self.made_instances + 1);
        self.made_instances += 2;
        Ok(())
    }

    fn item(&mut self, item: &Item<'a>) -> anyhow::Result<()> {
        match item {
            Item::Section { id, data } => {
                self.output.section(&RawSection { id: *id, data });
            }
            Item::Module(index) => self.module(*index)?,
            Item::Alias(alias) => self.alias(alias)?,
            Item::Instance(index) => self.instance(*index)?,
            // Written when something asks for it.
            Item::Export(..) => {}
            Item::Canonical(function, index) => self.canonical(function, *index)?,
        }
        Ok(())
    }

    /// A module that the group does not replace.
    fn module(&mut self, index: u32) -> anyhow::Result<()> {
        for (instance, definition) in self.component.instances.iter().enumerate() {
            if matches!(definition, Instance::Instantiate { module_index, .. } if *module_index == index)
                && !self.group.has(u32::try_from(instance)?)
            {
                let data = self.component.modules.get(usize::try_from(index)?);
                self.output.section(&RawSection {
                    id: MODULE,
                    data: data.context("a module is missing")?,
                });
                let number = u32::try_from(self.modules.len())?;
                self.modules.insert(index, number);
                break;
            }
        }
        Ok(())
    }

    fn alias(&mut self, alias: &ComponentAlias<'a>) -> anyhow::Result<()> {
        let alias = match *alias {
            ComponentAlias::InstanceExport {
                kind,
                instance_index,
                name,
            } => Alias::InstanceExport {
                instance: instance_index,
                kind: kind.into(),
                name,
            },
            ComponentAlias::Outer { kind, count, index } => Alias::Outer {
                kind: kind.into(),
                count,
                index,
            },
            ComponentAlias::CoreInstanceExport { .. } => bail!("an alias is on the wrong level"),
        };
        self.output.section(ComponentAliasSection::new().alias(alias));
        Ok(())
    }

    fn instance(&mut self, index: u32) -> anyhow::Result<()> {
        let mut section = InstanceSection::new();
        match self.component.instance(index)? {
            Instance::Instantiate { module_index, args } => {
                let mut given = Vec::new();
                for argument in args {
                    let instance = self
                        .instances
                        .get(&argument.index)
                        .context("an instance comes too late")?;
                    given.push((argument.name, ModuleArg::Instance(*instance)));
                }
                let module = self.modules.get(module_index).context("a module comes too late")?;
                section.instantiate(*module, given);
            }
            Instance::FromExports(exports) => {
                let mut given = Vec::new();
                for export in exports {
                    let number = self.thing(Space::of(export.kind)?, export.index)?;
                    given.push((export.name, export.kind.into(), number));
                }
                section.export_items(given);
            }
        }
        self.output.section(&section);
        self.instances.insert(index, self.made_instances);
        self.made_instances += 1;
        Ok(())
    }

    fn canonical(&mut self, function: &CanonicalFunction, index: Option<u32>) -> anyhow::Result<()> {
        let mut section = CanonicalFunctionSection::new();
        match function {
            CanonicalFunction::Lift {
                core_func_index,
                type_index,
                options,
            } => {
                let function = self.thing(Space::Function, *core_func_index)?;
                section.lift(function, *type_index, self.options(options)?);
            }
            CanonicalFunction::Lower { func_index, options } => {
                section.lower(*func_index, self.options(options)?);
            }
            CanonicalFunction::ResourceNew { resource } => {
                section.resource_new(*resource);
            }
            CanonicalFunction::ResourceDrop { resource } => {
                section.resource_drop(*resource);
            }
            CanonicalFunction::ResourceRep { resource } => {
                section.resource_rep(*resource);
            }
            other => bail!("{other:?} is not understood"),
        }
        self.output.section(&section);
        if let Some(index) = index {
            let number = self.next(Space::Function);
            self.things.insert((Space::Function, index), number);
        }
        Ok(())
    }

    fn options(&mut self, options: &[wasmparser::CanonicalOption]) -> anyhow::Result<Vec<CanonicalOption>> {
        let mut found = Vec::new();
        for option in options {
            let new = match used(option) {
                Some((space, index)) => Some(self.thing(space, index)?),
                None => None,
            };
            found.push(match (option, new) {
                (wasmparser::CanonicalOption::UTF8, _) => CanonicalOption::UTF8,
                (wasmparser::CanonicalOption::Memory(_), Some(index)) => CanonicalOption::Memory(index),
                (wasmparser::CanonicalOption::Realloc(_), Some(index)) => CanonicalOption::Realloc(index),
                (wasmparser::CanonicalOption::PostReturn(_), Some(index)) => CanonicalOption::PostReturn(index),
                (other, _) => bail!("the option {other:?} is not understood"),
            });
        }
        Ok(found)
    }

    /// The new index of a core thing. An export gets one when it is first asked for.
    fn thing(&mut self, space: Space, index: u32) -> anyhow::Result<u32> {
        if let Some(number) = self.things.get(&(space, index)) {
            return Ok(*number);
        }
        let Thing::Export { instance, name } = self.component.thing(space, index)? else {
            bail!("a function comes too late");
        };
        let own = export_name(space, index);
        let (instance, name) = if self.group.has(instance) {
            self.needed.insert((space, index));
            (self.fused.context("the group comes too late")?, own.as_str())
        } else {
            (
                *self.instances.get(&instance).context("an instance comes too late")?,
                name,
            )
        };
        let kind = match space {
            Space::Function => ExportKind::Func,
            Space::Table => ExportKind::Table,
            Space::Memory => ExportKind::Memory,
            Space::Global => ExportKind::Global,
        };
        let alias = Alias::CoreInstanceExport { instance, kind, name };
        self.output.section(ComponentAliasSection::new().alias(alias));
        let number = self.next(space);
        self.things.insert((space, index), number);
        Ok(number)
    }

    fn next(&mut self, space: Space) -> u32 {
        let made = self.made.entry(space).or_default();
        *made += 1;
        *made - 1
    }
}
