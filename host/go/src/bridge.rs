//! The bridge: a core module that gives the shim a way into Go's memory and to Go's exports.
//!
//! It imports both memories and puts its functions into the shim's table when it starts. That cuts the circle: Go imports
//! from the shim, so the shim cannot import from Go. Their order is that of `sdk-go/runtime/src/bridge.rs`.

use wasm_encoder::{
    CodeSection, ElementSection, Elements, EntityType, Function, FunctionSection, HeapType, ImportSection, MemoryType,
    Module, RefType, StartSection, TableType, TypeSection, ValType,
};

/// Names under which the bridge is given the two.
pub(crate) const SHIM: &str = "shim";
pub(crate) const GO: &str = "go";

/// What Go must export for it: the functions in the order of the table, then the memory.
pub(crate) const GO_FUNCTIONS: [&str; 2] = ["_initialize", "dockwright_invoke"];
pub(crate) const MEMORY: &str = "memory";

const SHIM_MEMORY: u32 = 0;
const GO_MEMORY: u32 = 1;

/// Function indices: three imports, then those of the bridge.
const HOOKS: u32 = 0;
const INITIALIZE: u32 = 1;
const INVOKE: u32 = 2;
const COPY_IN: u32 = 3;
const COPY_OUT: u32 = 4;
const START: u32 = 5;

/// Type indices.
const NOTHING: u32 = 0;
const NUMBER: u32 = 1;
const COPY: u32 = 2;

/// The module's bytes.
pub(crate) fn bytes() -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([], []);
    types.ty().function([ValType::I32], []);
    types.ty().function([ValType::I32; 3], []);

    let memory = MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    };
    let table = TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum: 1,
        maximum: None,
        shared: false,
    };
    let mut imports = ImportSection::new();
    imports.import(SHIM, MEMORY, memory);
    imports.import(GO, MEMORY, memory);
    imports.import(SHIM, "__indirect_function_table", table);
    imports.import(SHIM, "dockwright_hooks", EntityType::Function(NUMBER));
    for function in GO_FUNCTIONS {
        imports.import(GO, function, EntityType::Function(NOTHING));
    }

    let mut functions = FunctionSection::new();
    functions.function(COPY).function(COPY).function(NOTHING);

    let given = [COPY_IN, COPY_OUT, INITIALIZE, INVOKE];
    let mut elements = ElementSection::new();
    elements.passive(Elements::Functions((&given[..]).into()));

    let mut code = CodeSection::new();
    code.function(&copy(GO_MEMORY, SHIM_MEMORY));
    code.function(&copy(SHIM_MEMORY, GO_MEMORY));
    code.function(&start(i32::try_from(given.len()).unwrap_or_default()));

    let mut module = Module::new();
    module
        .section(&types)
        .section(&imports)
        .section(&functions)
        .section(&StartSection { function_index: START })
        .section(&elements)
        .section(&code);
    module.finish()
}

fn copy(from: u32, to: u32) -> Function {
    let mut function = Function::new([]);
    function
        .instructions()
        .local_get(0)
        .local_get(1)
        .local_get(2)
        .memory_copy(to, from)
        .end();
    function
}

/// Makes room in the shim's table, fills it, and tells where it begins.
fn start(count: i32) -> Function {
    let mut function = Function::new([(1, ValType::I32)]);
    function
        .instructions()
        .ref_null(HeapType::FUNC)
        .i32_const(count)
        .table_grow(0)
        .local_tee(0)
        .i32_const(0)
        .i32_const(count)
        .table_init(0, 0)
        .local_get(0)
        .call(HOOKS)
        .end();
    function
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

    #[test]
    fn it_is_valid() {
        wasmparser::Validator::new().validate_all(&super::bytes()).unwrap();
    }
}
