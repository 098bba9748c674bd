//! Makes a component of a Go module by adding four sections to the shim's component: two core modules and their instances.

use crate::bridge;
use crate::core_module::CoreModule;
use crate::error::WrapError;
use crate::shim::Shim;
use wasm_encoder::{ComponentSection, InstanceSection, ModuleArg, RawSection};

/// Section of a component that holds a core module.
const CORE_MODULE: u8 = 1;

/// The component. `shim` is the component of `sdk-go/runtime`, `module` what Go has built with `-buildmode=c-shared` for
/// `wasip1`. It imports what the shim imports: `api` and `system` of `dockwright:module`, no WASI.
///
/// # Errors
/// The module lacks an export, or imports what modules do not get; the shim is not one.
pub fn wrap(shim: &[u8], module: &[u8]) -> Result<Vec<u8>, WrapError> {
    let known = Shim::read(shim)?;
    let module = CoreModule::read(module, &known.exports)?;
    let bridge = bridge::bytes();
    let main = ModuleArg::Instance(known.main);
    let mut instances = InstanceSection::new();
    instances.instantiate(known.modules, module.imported.iter().map(|name| (name.as_str(), main)));
    let go = ModuleArg::Instance(known.instances);
    instances.instantiate(known.modules + 1, [(bridge::SHIM, main), (bridge::GO, go)]);

    let mut component = Vec::with_capacity(shim.len() + module.bytes.len() + bridge.len() + 256);
    component.extend_from_slice(shim);
    for data in [&module.bytes, &bridge] {
        let section = RawSection { id: CORE_MODULE, data };
        section.append_to_component(&mut component);
    }
    instances.append_to_component(&mut component);
    Ok(component)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    use super::*;
    use wasm_encoder::{
        CodeSection, Component, ExportKind, ExportSection, Function, FunctionSection, ImportSection, MemorySection,
        MemoryType, Module, ModuleSection, RefType, TableSection, TableType, TypeSection, ValType,
    };

    fn memory() -> MemoryType {
        MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        }
    }

    /// A module with these imports and exports, all functions without parameters but the last export, which takes a number.
    fn module(imports: &[(&str, &str)], exports: &[&str], number: Option<&str>) -> Module {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        types.ty().function([ValType::I32], []);
        let mut imported = ImportSection::new();
        for (module, name) in imports {
            imported.import(module, name, wasm_encoder::EntityType::Function(0));
        }
        let (mut functions, mut code, mut exported) =
            (FunctionSection::new(), CodeSection::new(), ExportSection::new());
        let all = exports
            .iter()
            .map(|name| (name, 0))
            .chain(number.iter().map(|name| (name, 1)));
        for (index, (name, signature)) in all.enumerate() {
            functions.function(signature);
            let mut body = Function::new([]);
            body.instructions().end();
            code.function(&body);
            exported.export(name, ExportKind::Func, (imports.len() + index) as u32);
        }
        let mut memories = MemorySection::new();
        memories.memory(memory());
        exported.export("memory", ExportKind::Memory, 0);
        let mut tables = TableSection::new();
        tables.table(TableType {
            element_type: RefType::FUNCREF,
            table64: false,
            minimum: 1,
            maximum: None,
            shared: false,
        });
        exported.export("__indirect_function_table", ExportKind::Table, 0);
        let mut module = Module::new();
        module
            .section(&types)
            .section(&imported)
            .section(&functions)
            .section(&tables)
            .section(&memories)
            .section(&exported)
            .section(&code);
        module
    }

    fn shim() -> Vec<u8> {
        let main = module(&[], &["fd_write", "output"], Some("dockwright_hooks"));
        let mut instances = InstanceSection::new();
        instances.instantiate(0, std::iter::empty::<(&str, ModuleArg)>());
        let mut component = Component::new();
        component.section(&ModuleSection(&main)).section(&instances);
        component.finish()
    }

    const WASI: (&str, &str) = ("wasi_snapshot_preview1", "fd_write");
    const EXPORTS: [&str; 2] = ["_initialize", "dockwright_invoke"];

    fn wrapped(imports: &[(&str, &str)], exports: &[&str]) -> Result<Vec<u8>, WrapError> {
        wrap(&shim(), &module(imports, exports, None).finish())
    }

    #[test]
    fn what_comes_out_is_a_valid_component() {
        let component = wrapped(&[WASI, ("dockwright", "output"), WASI, WASI], &EXPORTS).unwrap();
        wasmparser::Validator::new().validate_all(&component).unwrap();
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let said = |imports: &[(&str, &str)], exports: &[&str]| wrapped(imports, exports).unwrap_err().to_string();
        let foreign = said(&[("env", "fd_write")], &EXPORTS);
        assert!(
            foreign.starts_with("the module imports `fd_write` of `env`"),
            "{foreign}"
        );
        let unknown = said(&[("wasi_snapshot_preview1", "fd_new")], &EXPORTS);
        assert!(unknown.contains("`fd_new` of `wasi_snapshot_preview1`"), "{unknown}");
        assert!(said(&[], &["_initialize"]).contains("does not export `dockwright_invoke`"));
        assert!(
            wrap(&shim(), b"no")
                .unwrap_err()
                .to_string()
                .contains("not WebAssembly")
        );
        let swapped = wrap(&module(&[], &[], None).finish(), &shim()).unwrap_err().to_string();
        assert!(swapped.contains("shim cannot be used"), "{swapped}");
        assert!(
            wrap(&shim(), &shim())
                .unwrap_err()
                .to_string()
                .contains("component already")
        );
    }
}
