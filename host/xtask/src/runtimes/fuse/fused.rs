//! The one module that the members become.

use super::component::{Component, Space, Thing};
use super::constant::Constant;
use super::core::Core;
use super::group::Group;
use super::links::{Linked, Links};
use super::reach::Reach;
use super::reindex::{Numbers, Reindex};
use super::writer::{Needed, OUTSIDE, export_name, import_name};
use anyhow::{Context, bail};
use std::collections::{BTreeMap, HashMap, HashSet};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, DataSection, ElementSection, Elements, EntityType, ExportKind, ExportSection, FunctionSection,
    GlobalSection, ImportSection, MemorySection, Module, NameMap, NameSection, TableSection, TypeSection,
};
use wasmparser::{ConstExpr, DataKind, ElementItems, ElementKind, FuncType, TableInit};

/// An export of the module: what it is, its index in the component, its number among all that the members define.
type Exported = (Space, u32, usize);

/// Makes the module; it exports what is needed of it.
pub(super) fn module(component: &Component<'_>, group: &Group<'_>, needed: &Needed) -> anyhow::Result<Vec<u8>> {
    let linked = Linked::of(component, group)?;
    let mut exports = Vec::new();
    for &(space, index) in needed {
        let Thing::Export { instance, name } = component.thing(space, index)? else {
            bail!("what the component makes is no export");
        };
        let (found, number) = linked.export(group, instance, name)?;
        if found != space {
            bail!("`{name}` is no {space:?}");
        }
        exports.push((space, index, number));
    }
    let roots: Vec<usize> = of(Space::Function, &exports).collect();
    let reach = Reach::of(group, &linked, &roots)?;
    Fusing::new(group, &linked, &reach, &exports)?.module(&exports)
}

fn of(space: Space, exports: &[Exported]) -> impl Iterator<Item = usize> {
    let exports = exports.iter().filter(move |(other, ..)| *other == space);
    exports.map(|(_, _, number)| *number)
}

struct Fusing<'f, 'g, 'a> {
    group: &'g Group<'a>,
    linked: &'f Linked<'g, 'a>,
    reach: &'f Reach,
    numbers: Numbers,
    types: TypeSection,
    numbers_of_types: HashMap<FuncType, u32>,
}

impl<'f, 'g, 'a> Fusing<'f, 'g, 'a> {
    fn new(
        group: &'g Group<'a>,
        linked: &'f Linked<'g, 'a>,
        reach: &'f Reach,
        exports: &[Exported],
    ) -> anyhow::Result<Self> {
        let mut numbers = Numbers::default();
        for (number, index) in (0..).zip(&reach.outside) {
            numbers.outside.insert(*index, number);
        }
        for (number, function) in (u32::try_from(reach.outside.len())?..).zip(&reach.functions) {
            numbers.functions.insert(*function, number);
        }
        let exported: HashSet<usize> = of(Space::Global, exports).collect();
        for (global, (_, value)) in linked.globals.iter().enumerate() {
            if reach.assigned.contains(&global) || exported.contains(&global) {
                let number = u32::try_from(numbers.globals.len())?;
                numbers.globals.insert(global, number);
            } else {
                numbers.constants.insert(global, *value);
            }
        }
        Ok(Fusing {
            group,
            linked,
            reach,
            numbers,
            types: TypeSection::new(),
            numbers_of_types: HashMap::new(),
        })
    }

    /// The number of a type, which becomes part of the module when it is new.
    fn ty(&mut self, ty: &FuncType) -> anyhow::Result<u32> {
        if let Some(number) = self.numbers_of_types.get(ty) {
            return Ok(*number);
        }
        let number = self.types.len();
        let encoded = RoundtripReencoder.func_type(ty.clone())?;
        self.types.ty().func_type(&encoded);
        self.numbers_of_types.insert(ty.clone(), number);
        Ok(number)
    }

    fn module(mut self, exports: &[Exported]) -> anyhow::Result<Vec<u8>> {
        let imports = self.imports()?;
        let mut functions = FunctionSection::new();
        for number in &self.reach.functions {
            let function = self.linked.functions.get(*number).context("a function is missing")?;
            functions.function(self.ty(function.ty)?);
        }
        let code = self.code()?;
        let (elements, data) = self.contents()?;
        let mut module = Module::new();
        module
            .section(&self.types)
            .section(&imports)
            .section(&functions)
            .section(&self.tables()?)
            .section(&self.memories()?)
            .section(&self.globals()?)
            .section(&self.exports(exports)?)
            .section(&elements)
            .section(&code)
            .section(&data)
            .section(&self.names()?);
        Ok(module.finish())
    }

    fn imports(&mut self) -> anyhow::Result<ImportSection> {
        let mut imports = ImportSection::new();
        for index in &self.reach.outside {
            let ty = self.linked.outside.get(index).context("a function is missing")?;
            imports.import(OUTSIDE, &import_name(*index), EntityType::Function(self.ty(ty)?));
        }
        Ok(imports)
    }

    fn tables(&self) -> anyhow::Result<TableSection> {
        let mut tables = TableSection::new();
        for table in &self.linked.tables {
            if !matches!(table.init, TableInit::RefNull) {
                bail!("a table's first content is not understood");
            }
            tables.table(RoundtripReencoder.table_type(table.ty)?);
        }
        Ok(tables)
    }

    fn memories(&self) -> anyhow::Result<MemorySection> {
        let mut memories = MemorySection::new();
        for memory in &self.linked.memories {
            memories.memory(RoundtripReencoder.memory_type(*memory)?);
        }
        Ok(memories)
    }

    /// Those that are not constant, by their numbers.
    fn globals(&self) -> anyhow::Result<GlobalSection> {
        let mut globals = GlobalSection::new();
        let kept: BTreeMap<u32, usize> = self
            .numbers
            .globals
            .iter()
            .map(|(global, number)| (*number, *global))
            .collect();
        for global in kept.values() {
            let (ty, value) = self.linked.globals.get(*global).context("a global is missing")?;
            globals.global(RoundtripReencoder.global_type(*ty)?, &value.expression());
        }
        Ok(globals)
    }

    fn exports(&self, exports: &[Exported]) -> anyhow::Result<ExportSection> {
        let mut section = ExportSection::new();
        for &(space, index, number) in exports {
            let (kind, number) = match space {
                Space::Function => (ExportKind::Func, self.numbers.functions.get(&number).copied()),
                Space::Table => (ExportKind::Table, Some(u32::try_from(number)?)),
                Space::Memory => (ExportKind::Memory, Some(u32::try_from(number)?)),
                Space::Global => (ExportKind::Global, self.numbers.globals.get(&number).copied()),
            };
            section.export(
                &export_name(space, index),
                kind,
                number.context("an export is missing")?,
            );
        }
        Ok(section)
    }

    fn code(&mut self) -> anyhow::Result<CodeSection> {
        let mut types: HashMap<u32, Vec<u32>> = HashMap::new();
        for (member, core) in &self.group.members {
            let numbers = core.types.iter().map(|ty| self.ty(ty)).collect::<anyhow::Result<_>>()?;
            types.insert(*member, numbers);
        }
        let mut code = CodeSection::new();
        for number in &self.reach.functions {
            let function = self.linked.functions.get(*number).context("a function is missing")?;
            let types = types.get(&function.member).context("a member is missing")?;
            let mut reindex = self.reindex(self.linked.links(function.member)?, types);
            reindex.parse_function_body(&mut code, function.body.clone())?;
        }
        Ok(code)
    }

    /// What tables and memories hold at first. Later members come later, as they do when each is an instance.
    fn contents(&self) -> anyhow::Result<(ElementSection, DataSection)> {
        let (mut elements, mut data) = (ElementSection::new(), DataSection::new());
        for (&member, core) in &self.group.members {
            let links = self.linked.links(member)?;
            self.elements(core, links, &mut elements)?;
            for segment in &core.data {
                let DataKind::Active {
                    memory_index,
                    offset_expr,
                } = &segment.kind
                else {
                    bail!("data that code copies is not understood");
                };
                let memory = self.reindex(links, &[]).memory_index(*memory_index)?;
                let offset = self.offset(links, offset_expr)?.expression();
                data.active(memory, &offset, segment.data.iter().copied());
            }
        }
        Ok((elements, data))
    }

    fn elements(&self, core: &Core<'a>, links: &Links, section: &mut ElementSection) -> anyhow::Result<()> {
        let mut reindex = self.reindex(links, &[]);
        for element in &core.elements {
            let (
                ElementKind::Active {
                    table_index,
                    offset_expr,
                },
                ElementItems::Functions(functions),
            ) = (&element.kind, &element.items)
            else {
                bail!("elements that code copies are not understood");
            };
            let mut numbers = Vec::new();
            for function in functions.clone() {
                numbers.push(reindex.function_index(function?)?);
            }
            let table = reindex.table_index(table_index.unwrap_or(0))?;
            let offset = self.offset(links, offset_expr)?.expression();
            section.active(
                Some(table).filter(|table| *table > 0),
                &offset,
                Elements::Functions(numbers.into()),
            );
        }
        Ok(())
    }

    fn offset(&self, links: &Links, expression: &ConstExpr<'_>) -> anyhow::Result<Constant> {
        Constant::of(expression, |index| self.linked.value(links, index))
    }

    fn names(&self) -> anyhow::Result<NameSection> {
        let mut functions = NameMap::new();
        for number in &self.reach.functions {
            let function = self.linked.functions.get(*number).context("a function is missing")?;
            if let (Some(name), Some(index)) = (function.name, self.numbers.functions.get(number)) {
                functions.append(*index, name);
            }
        }
        let mut names = NameSection::new();
        names.functions(&functions);
        Ok(names)
    }

    fn reindex<'r>(&'r self, links: &'r Links, types: &'r [u32]) -> Reindex<'r> {
        Reindex {
            numbers: &self.numbers,
            links,
            types,
        }
    }
}
