//! A core module as Go makes it: checked, and its imports named so that a component may hold it.

use crate::bridge::{GO_FUNCTIONS, MEMORY};
use crate::error::WrapError;
use std::collections::{BTreeSet, HashMap};
use wasm_encoder::{EntityType, ImportSection, Module, RawSection};
use wasmparser::{ExternalKind, ImportSectionReader, Parser, Payload, TypeRef};

/// Modules that Go imports from. The shim has the functions of both.
const KNOWN: [&str; 2] = ["wasi_snapshot_preview1", "dockwright"];

/// A module whose imports all have different names.
#[derive(Debug)]
pub(crate) struct CoreModule {
    pub(crate) bytes: Vec<u8>,
    /// Names of the modules that it imports from.
    pub(crate) imported: Vec<String>,
}

impl CoreModule {
    /// Checks the module against the names that the shim exports. Components forbid two imports of the same name, and Go has
    /// such: the second one's module is called `<module>#2`, and so on.
    pub(crate) fn read(bytes: &[u8], offered: &BTreeSet<String>) -> Result<CoreModule, WrapError> {
        let told = |error: wasmparser::BinaryReaderError| WrapError::Module(error.to_string());
        let mut module = Module::new();
        let mut imported = Vec::new();
        let mut exported = Vec::new();
        for payload in Parser::new(0).parse_all(bytes) {
            let payload = payload.map_err(told)?;
            match payload {
                Payload::Version {
                    encoding: wasmparser::Encoding::Component,
                    ..
                } => return Err(WrapError::Module("it is a component already".to_owned())),
                Payload::ImportSection(reader) => {
                    module.section(&imports(reader, offered, &mut imported)?);
                }
                _ => {
                    if let Payload::ExportSection(reader) = &payload {
                        for export in reader.clone() {
                            let export = export.map_err(told)?;
                            exported.push((export.name, export.kind));
                        }
                    }
                    if let Some((id, range)) = payload.as_section() {
                        let start = usize::try_from(range.start).unwrap_or(usize::MAX);
                        let end = usize::try_from(range.end).unwrap_or(usize::MAX);
                        let data = bytes
                            .get(start..end)
                            .ok_or_else(|| WrapError::Module("a section is cut off".to_owned()))?;
                        module.section(&RawSection { id, data });
                    }
                }
            }
        }
        let wanted = GO_FUNCTIONS
            .iter()
            .map(|name| (*name, ExternalKind::Func))
            .chain([(MEMORY, ExternalKind::Memory)]);
        for wanted in wanted {
            if !exported.contains(&wanted) {
                return Err(WrapError::Export(wanted.0));
            }
        }
        Ok(CoreModule {
            bytes: module.finish(),
            imported,
        })
    }
}

/// Names of modules under which no two imports are the same.
#[derive(Default)]
pub(crate) struct DistinctImports<'a> {
    seen: HashMap<(&'a str, &'a str), u32>,
}

impl<'a> DistinctImports<'a> {
    /// The name of the module for the next import: `<module>#2` when it is the second of that function.
    pub(crate) fn module(&mut self, module: &'a str, function: &'a str) -> String {
        let times = self.seen.entry((module, function)).or_insert(0);
        *times += 1;
        match *times {
            1 => module.to_owned(),
            times => format!("{module}#{times}"),
        }
    }
}

fn imports(
    reader: ImportSectionReader<'_>,
    offered: &BTreeSet<String>,
    imported: &mut Vec<String>,
) -> Result<ImportSection, WrapError> {
    let mut section = ImportSection::new();
    let mut distinct = DistinctImports::default();
    for import in reader.into_imports() {
        let import = import.map_err(|error| WrapError::Module(error.to_string()))?;
        let foreign = || WrapError::Import {
            module: import.module.to_owned(),
            function: import.name.to_owned(),
        };
        let TypeRef::Func(signature) = import.ty else {
            return Err(foreign());
        };
        if !KNOWN.contains(&import.module) || !offered.contains(import.name) {
            return Err(foreign());
        }
        let module = distinct.module(import.module, import.name);
        section.import(&module, import.name, EntityType::Function(signature));
        if !imported.contains(&module) {
            imported.push(module);
        }
    }
    Ok(section)
}
