//! A command program, as Go makes it for `wasip1`, in the form in which the host keeps and runs it.

use crate::core_module::DistinctImports;
use crate::error::WrapError;
use wasm_encoder::{
    Component, ComponentExportKind, ComponentExportSection, EntityType, ImportSection, Module, ModuleSection,
    RawSection,
};
use wasmparser::{Parser, Payload, TypeRef};

/// A component that exports the core module as `program` and does nothing else. A component may not hold a module with two
/// imports of the same name, so the second one's module is called `<module>#2`, and so on.
///
/// # Errors
/// It is no core module, or imports something else than functions.
pub fn program(core_module: &[u8]) -> Result<Vec<u8>, WrapError> {
    let mut exports = ComponentExportSection::new();
    exports.export("program", ComponentExportKind::Module, 0, None);
    let mut component = Component::new();
    component
        .section(&ModuleSection(&distinct(core_module)?))
        .section(&exports);
    Ok(component.finish())
}

fn distinct(core_module: &[u8]) -> Result<Module, WrapError> {
    let told = |error: wasmparser::BinaryReaderError| WrapError::Module(error.to_string());
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(core_module) {
        let payload = payload.map_err(told)?;
        if let Payload::ImportSection(reader) = payload {
            let mut names = DistinctImports::default();
            let mut section = ImportSection::new();
            for import in reader.into_imports() {
                let import = import.map_err(told)?;
                let TypeRef::Func(signature) = import.ty else {
                    return Err(WrapError::Import {
                        module: import.module.to_owned(),
                        function: import.name.to_owned(),
                    });
                };
                let from = names.module(import.module, import.name);
                section.import(&from, import.name, EntityType::Function(signature));
            }
            module.section(&section);
        } else if let Some((id, range)) = payload.as_section() {
            let start = usize::try_from(range.start).unwrap_or(usize::MAX);
            let end = usize::try_from(range.end).unwrap_or(usize::MAX);
            let data = core_module
                .get(start..end)
                .ok_or_else(|| WrapError::Module("a section is cut off".to_owned()))?;
            module.section(&RawSection { id, data });
        }
    }
    Ok(module)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;
    use wasm_encoder::TypeSection;

    #[test]
    fn two_imports_of_a_name_are_no_obstacle() {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        for _ in 0..2 {
            imports.import("wasi_snapshot_preview1", "proc_exit", EntityType::Function(0));
        }
        let mut module = Module::new();
        module.section(&types).section(&imports);
        let component = program(&module.finish()).unwrap();
        wasmparser::Validator::new().validate_all(&component).unwrap();
        assert!(component.windows(24).any(|bytes| bytes == b"wasi_snapshot_preview1#2"));
        assert!(program(b"no").is_err());
    }
}
