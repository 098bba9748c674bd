//! A component's own level: its definitions in order, and what its core index spaces hold.

use anyhow::{Context, bail};
use std::ops::Range;
use wasmparser::{CanonicalFunction, ComponentAlias, ExternalKind, Instance, Parser, Payload};

/// A definition. Core things have the index that they get by it.
pub(super) enum Item<'a> {
    /// A section that names nothing of the core level, as it is.
    Section { id: u8, data: &'a [u8] },
    /// An alias of the component level.
    Alias(ComponentAlias<'a>),
    /// A core module.
    Module(u32),
    /// A core instance.
    Instance(u32),
    /// An export of a core instance.
    Export(Space, u32),
    /// A function across the border; the index is that of the core function that it makes, if it makes one.
    Canonical(CanonicalFunction, Option<u32>),
}

/// An index space of core things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Space {
    Function,
    Table,
    Memory,
    Global,
}

impl Space {
    /// Of an export's kind.
    pub(super) fn of(kind: ExternalKind) -> anyhow::Result<Space> {
        Ok(match kind {
            ExternalKind::Func => Space::Function,
            ExternalKind::Table => Space::Table,
            ExternalKind::Memory => Space::Memory,
            ExternalKind::Global => Space::Global,
            other => bail!("exports of the kind {other:?} are not understood"),
        })
    }
}

/// What a core thing of the component is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Thing<'a> {
    /// An export of a core instance.
    Export { instance: u32, name: &'a str },
    /// A function that the component makes.
    Made,
}

/// A component, read.
#[derive(Default)]
pub(super) struct Component<'a> {
    pub(super) items: Vec<Item<'a>>,
    pub(super) modules: Vec<&'a [u8]>,
    pub(super) instances: Vec<Instance<'a>>,
    functions: Vec<Thing<'a>>,
    tables: Vec<Thing<'a>>,
    memories: Vec<Thing<'a>>,
    globals: Vec<Thing<'a>>,
}

impl<'a> Component<'a> {
    /// Reads a component's binary.
    pub(super) fn read(bytes: &'a [u8]) -> anyhow::Result<Self> {
        let mut component = Component::default();
        let (mut parser, mut offset) = (Parser::new(0), 0);
        loop {
            let rest = bytes.get(offset..).unwrap_or_default();
            let (consumed, payload) = match parser.parse(rest, true)? {
                wasmparser::Chunk::Parsed { consumed, payload } => (consumed, payload),
                wasmparser::Chunk::NeedMoreData(_) => bail!("the component is cut off"),
            };
            offset += consumed;
            let nested = match &payload {
                Payload::ModuleSection { unchecked_range, .. } | Payload::ComponentSection { unchecked_range, .. } => {
                    Some(range(unchecked_range)?)
                }
                Payload::End(_) => return Ok(component),
                _ => None,
            };
            component.take(bytes, payload)?;
            if let Some(nested) = nested {
                offset = nested.end;
            }
        }
    }

    /// What the core thing is.
    pub(super) fn thing(&self, space: Space, index: u32) -> anyhow::Result<Thing<'a>> {
        let things = match space {
            Space::Function => &self.functions,
            Space::Table => &self.tables,
            Space::Memory => &self.memories,
            Space::Global => &self.globals,
        };
        let thing = things.get(usize::try_from(index)?);
        thing
            .copied()
            .with_context(|| format!("there is no core {space:?} {index}"))
    }

    /// The instance of that index.
    pub(super) fn instance(&self, index: u32) -> anyhow::Result<&Instance<'a>> {
        let instance = self.instances.get(usize::try_from(index)?);
        instance.with_context(|| format!("there is no core instance {index}"))
    }

    fn take(&mut self, bytes: &'a [u8], payload: Payload<'a>) -> anyhow::Result<()> {
        match payload {
            Payload::ModuleSection { unchecked_range, .. } => {
                self.items.push(Item::Module(u32::try_from(self.modules.len())?));
                self.modules.push(part(bytes, &unchecked_range)?);
            }
            Payload::InstanceSection(section) => {
                for instance in section {
                    self.items.push(Item::Instance(u32::try_from(self.instances.len())?));
                    self.instances.push(instance?);
                }
            }
            Payload::ComponentAliasSection(section) => {
                for alias in section {
                    self.alias(alias?)?;
                }
            }
            Payload::ComponentCanonicalSection(section) => {
                for function in section {
                    let function = function?;
                    let makes = !matches!(function, CanonicalFunction::Lift { .. });
                    let index = makes.then(|| u32::try_from(self.functions.len())).transpose()?;
                    self.functions.extend(index.map(|_| Thing::Made));
                    self.items.push(Item::Canonical(function, index));
                }
            }
            Payload::CoreTypeSection(_) | Payload::ComponentStartSection { .. } => {
                bail!("the component has a section that is not understood")
            }
            // Names of things that are no more.
            Payload::CustomSection(section) if section.name() == "component-name" => {}
            payload => {
                if let Some((id, range)) = payload.as_section() {
                    let data = part(bytes, &range)?;
                    self.items.push(Item::Section { id, data });
                }
            }
        }
        Ok(())
    }

    fn alias(&mut self, alias: ComponentAlias<'a>) -> anyhow::Result<()> {
        let ComponentAlias::CoreInstanceExport {
            kind,
            instance_index: instance,
            name,
        } = alias
        else {
            self.items.push(Item::Alias(alias));
            return Ok(());
        };
        let space = Space::of(kind)?;
        let things = match space {
            Space::Function => &mut self.functions,
            Space::Table => &mut self.tables,
            Space::Memory => &mut self.memories,
            Space::Global => &mut self.globals,
        };
        self.items.push(Item::Export(space, u32::try_from(things.len())?));
        things.push(Thing::Export { instance, name });
        Ok(())
    }
}

fn range(range: &Range<u64>) -> anyhow::Result<Range<usize>> {
    Ok(usize::try_from(range.start)?..usize::try_from(range.end)?)
}

fn part<'a>(bytes: &'a [u8], place: &Range<u64>) -> anyhow::Result<&'a [u8]> {
    bytes.get(range(place)?).context("a section leads out of the component")
}
