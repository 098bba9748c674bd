//! A core module, read as far as it must be to become part of another.

use super::component::Space;
use anyhow::{Context, bail};
use std::collections::HashMap;
use wasmparser::{
    Data, Element, FuncType, FunctionBody, Global, Import, KnownCustom, MemoryType, Name, Parser, Payload, Table,
    TypeRef,
};

/// A core module. Vectors hold what it defines, without what it imports.
#[derive(Default)]
pub(super) struct Core<'a> {
    pub(super) types: Vec<FuncType>,
    pub(super) imports: Vec<Import<'a>>,
    /// The type of each function, in `types`.
    pub(super) functions: Vec<u32>,
    pub(super) bodies: Vec<FunctionBody<'a>>,
    pub(super) tables: Vec<Table<'a>>,
    pub(super) memories: Vec<MemoryType>,
    pub(super) globals: Vec<Global<'a>>,
    pub(super) elements: Vec<Element<'a>>,
    pub(super) data: Vec<Data<'a>>,
    pub(super) exports: HashMap<&'a str, (Space, u32)>,
    /// Names of functions, by index.
    pub(super) names: HashMap<u32, &'a str>,
    /// It says that it is a shared library.
    pub(super) is_library: bool,
}

impl<'a> Core<'a> {
    /// Reads a module's binary.
    pub(super) fn read(bytes: &'a [u8]) -> anyhow::Result<Self> {
        let mut core = Core::default();
        for payload in Parser::new(0).parse_all(bytes) {
            core.take(payload?)?;
        }
        Ok(core)
    }

    fn take(&mut self, payload: Payload<'a>) -> anyhow::Result<()> {
        match payload {
            Payload::TypeSection(section) => {
                self.types = section.into_iter_err_on_gc_types().collect::<Result<_, _>>()?;
            }
            Payload::ImportSection(section) => self.imports = section.into_imports().collect::<Result<_, _>>()?,
            Payload::FunctionSection(section) => self.functions = section.into_iter().collect::<Result<_, _>>()?,
            Payload::TableSection(section) => self.tables = section.into_iter().collect::<Result<_, _>>()?,
            Payload::MemorySection(section) => self.memories = section.into_iter().collect::<Result<_, _>>()?,
            Payload::GlobalSection(section) => self.globals = section.into_iter().collect::<Result<_, _>>()?,
            Payload::ElementSection(section) => self.elements = section.into_iter().collect::<Result<_, _>>()?,
            Payload::DataSection(section) => self.data = section.into_iter().collect::<Result<_, _>>()?,
            Payload::CodeSectionEntry(body) => self.bodies.push(body),
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    self.exports
                        .insert(export.name, (Space::of(export.kind)?, export.index));
                }
            }
            Payload::CustomSection(section) => match section.as_known() {
                KnownCustom::Name(names) => {
                    for name in names {
                        self.name(name?)?;
                    }
                }
                KnownCustom::Dylink0(_) => self.is_library = true,
                _ => {}
            },
            Payload::Version { .. }
            | Payload::DataCountSection { .. }
            | Payload::CodeSectionStart { .. }
            | Payload::End(_) => {}
            other => bail!("a core module has a section that is not understood: {other:?}"),
        }
        Ok(())
    }

    fn name(&mut self, name: Name<'a>) -> anyhow::Result<()> {
        if let Name::Function(names) = name {
            for name in names {
                let name = name?;
                self.names.insert(name.index, name.name);
            }
        }
        Ok(())
    }

    /// What it exports under a name.
    pub(super) fn export(&self, name: &str) -> anyhow::Result<(Space, u32)> {
        let found = self.exports.get(name).copied();
        found.with_context(|| format!("a core module exports no `{name}`"))
    }

    /// The type of a function of its own or an imported one.
    pub(super) fn type_of(&self, index: u32) -> anyhow::Result<&FuncType> {
        let ty = self.types.get(usize::try_from(index)?);
        ty.with_context(|| format!("there is no type {index}"))
    }

    /// Whether it imports anything under that name.
    pub(super) fn imports(&self, name: &str) -> bool {
        self.imports.iter().any(|import| import.name == name)
    }
}

/// The space of what is imported.
pub(super) fn space(import: &Import<'_>) -> anyhow::Result<Space> {
    Ok(match import.ty {
        TypeRef::Func(_) => Space::Function,
        TypeRef::Table(_) => Space::Table,
        TypeRef::Memory(_) => Space::Memory,
        TypeRef::Global(_) => Space::Global,
        TypeRef::Tag(_) | TypeRef::FuncExact(_) => bail!("the import `{}` is not understood", import.name),
    })
}
