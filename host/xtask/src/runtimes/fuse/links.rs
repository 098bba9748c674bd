//! What each member's indices mean in the group: names between members are followed to what they lead to.

use super::component::{Component, Space};
use super::constant::Constant;
use super::core::{self, Core};
use super::group::{Group, Origin};
use anyhow::{Context, bail};
use std::collections::BTreeMap;
use wasmparser::{FuncType, FunctionBody, GlobalType, MemoryType, Table, TypeRef};

/// A function, seen from the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    /// The number among all that the members define.
    Own(usize),
    /// A core function of the component.
    Outside(u32),
}

/// What a member's indices lead to. Tables, memories and globals are numbers among all that the members define.
#[derive(Default)]
pub(super) struct Links {
    pub(super) functions: Vec<Function>,
    pub(super) tables: Vec<usize>,
    pub(super) memories: Vec<usize>,
    pub(super) globals: Vec<usize>,
}

/// A function that a member defines.
pub(super) struct Defined<'g, 'a> {
    pub(super) member: u32,
    pub(super) ty: &'g FuncType,
    pub(super) body: &'g FunctionBody<'a>,
    pub(super) name: Option<&'a str>,
}

/// The group with its names followed.
#[derive(Default)]
pub(super) struct Linked<'g, 'a> {
    pub(super) links: BTreeMap<u32, Links>,
    pub(super) functions: Vec<Defined<'g, 'a>>,
    pub(super) tables: Vec<&'g Table<'a>>,
    pub(super) memories: Vec<MemoryType>,
    pub(super) globals: Vec<(GlobalType, Constant)>,
    /// Core functions of the component that members import, with their types.
    pub(super) outside: BTreeMap<u32, &'g FuncType>,
}

impl<'g, 'a> Linked<'g, 'a> {
    /// Follows the names of all members.
    pub(super) fn of(component: &Component<'a>, group: &'g Group<'a>) -> anyhow::Result<Self> {
        let mut linked = Linked::default();
        for (&member, core) in &group.members {
            let links = linked.imports(component, group, member, core)?;
            let links = linked.definitions(member, core, links)?;
            linked.links.insert(member, links);
        }
        Ok(linked)
    }

    /// What a member's indices lead to.
    pub(super) fn links(&self, member: u32) -> anyhow::Result<&Links> {
        self.links
            .get(&member)
            .with_context(|| format!("instance {member} is used before it is made"))
    }

    /// What a member exports under a name.
    pub(super) fn export(&self, group: &Group<'a>, member: u32, name: &str) -> anyhow::Result<(Space, usize)> {
        let (space, index) = group.core(member)?.export(name)?;
        let links = self.links(member)?;
        let number = match space {
            Space::Function => match at(&links.functions, index)? {
                Function::Own(number) => number,
                Function::Outside(_) => bail!("`{name}` is handed through from outside"),
            },
            Space::Table => at(&links.tables, index)?,
            Space::Memory => at(&links.memories, index)?,
            Space::Global => at(&links.globals, index)?,
        };
        Ok((space, number))
    }

    fn imports(
        &mut self,
        component: &Component<'a>,
        group: &'g Group<'a>,
        member: u32,
        core: &'g Core<'a>,
    ) -> anyhow::Result<Links> {
        let mut links = Links::default();
        for import in &core.imports {
            let wanted = core::space(import)?;
            let origin = group.origin(component, member, import.module, import.name)?;
            match (origin, import.ty) {
                (Origin::Outside(index), TypeRef::Func(ty)) => {
                    self.outside.insert(index, core.type_of(ty)?);
                    links.functions.push(Function::Outside(index));
                }
                (Origin::Member { instance, space, index }, _) if space == wanted => {
                    let there = self.links(instance)?;
                    match space {
                        Space::Function => links.functions.push(at(&there.functions, index)?),
                        Space::Table => links.tables.push(at(&there.tables, index)?),
                        Space::Memory => links.memories.push(at(&there.memories, index)?),
                        Space::Global => links.globals.push(at(&there.globals, index)?),
                    }
                }
                _ => bail!(
                    "the import `{}` `{}` does not get what it wants",
                    import.module,
                    import.name
                ),
            }
        }
        Ok(links)
    }

    fn definitions(&mut self, member: u32, core: &'g Core<'a>, mut links: Links) -> anyhow::Result<Links> {
        for (ty, body) in core.functions.iter().zip(&core.bodies) {
            let index = u32::try_from(links.functions.len())?;
            links.functions.push(Function::Own(self.functions.len()));
            self.functions.push(Defined {
                member,
                ty: core.type_of(*ty)?,
                body,
                name: core.names.get(&index).copied(),
            });
        }
        for table in &core.tables {
            links.tables.push(self.tables.len());
            self.tables.push(table);
        }
        for memory in &core.memories {
            links.memories.push(self.memories.len());
            self.memories.push(*memory);
        }
        for global in &core.globals {
            let value = Constant::of(&global.init_expr, |index| self.value(&links, index))?;
            links.globals.push(self.globals.len());
            self.globals.push((global.ty, value));
        }
        Ok(links)
    }

    /// The first value of a member's global.
    pub(super) fn value(&self, links: &Links, index: u32) -> anyhow::Result<Constant> {
        let number = at(&links.globals, index)?;
        let (_, value) = self.globals.get(number).context("a global is used before it is made")?;
        Ok(*value)
    }
}

/// The entry of an index.
pub(super) fn at<T: Copy>(entries: &[T], index: u32) -> anyhow::Result<T> {
    let entry = entries.get(usize::try_from(index)?);
    entry.copied().with_context(|| format!("there is no entry {index}"))
}
