//! A component that was linked from libraries, before and after: what it does stays, the names between the libraries go.

#![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use super::component::Component;
use super::fuse;
use wasmtime::Engine;
use wasmtime::component::Linker;

/// A program with two libraries: one calls the component's import, a function in the table, and reads another's variable; the other calls the first.
const LINKED: &str = r#"(component
  (import "host" (func $host (param "number" u32) (result u32)))
  (core func $lowered (canon lower (func $host)))
  (core module $program
    (memory (export "memory") 1)
    (table (export "__indirect_function_table") 4 funcref)
    (global (export "first:memory") i32 (i32.const 1024))
    (global (export "first:table") i32 (i32.const 2))
    (global (export "first:variable") (mut i32) (i32.const 1032))
    (data (i32.const 1032) "\2a\00\00\00"))
  (core module $first
    (@dylink.0 (mem-info (memory 16 2) (table 1 0)))
    (type $number (func (param i32) (result i32)))
    (import "env" "memory" (memory 1))
    (import "env" "__indirect_function_table" (table 4 funcref))
    (import "env" "memory_base" (global $memory i32))
    (import "env" "table_base" (global $table i32))
    (import "GOT.mem" "variable" (global $variable (mut i32)))
    (import "outside" "host" (func $host (type $number)))
    (global $calls (mut i32) (i32.const 0))
    (elem (global.get $table) func $double)
    (func $double (type $number) (i32.mul (local.get 0) (i32.const 2)))
    (func $nobody (type $number) (global.set $variable (i32.const 0)) (local.get 0))
    (func (export "run") (type $number)
      (global.set $calls (i32.add (global.get $calls) (i32.const 1000)))
      (i32.store (global.get $memory) (call $host (local.get 0)))
      (i32.add
        (global.get $calls)
        (i32.add
          (i32.load (global.get $memory))
          (call_indirect (type $number) (i32.load (global.get $variable)) (global.get $table))))))
  (core module $second
    (@dylink.0 (mem-info (memory 0 0) (table 0 0)))
    (import "env" "run" (func $run (param i32) (result i32)))
    (func (export "go") (param i32) (result i32)
      (i32.add (call $run (local.get 0)) (call $run (local.get 0)))))
  (core instance $p (instantiate $program))
  (core instance $env
    (export "memory" (memory $p "memory"))
    (export "__indirect_function_table" (table $p "__indirect_function_table"))
    (export "memory_base" (global $p "first:memory"))
    (export "table_base" (global $p "first:table")))
  (core instance $got (export "variable" (global $p "first:variable")))
  (core instance $outside (export "host" (func $lowered)))
  (core instance $f (instantiate $first
    (with "env" (instance $env)) (with "GOT.mem" (instance $got)) (with "outside" (instance $outside))))
  (core instance $libraries (export "run" (func $f "run")))
  (core instance $s (instantiate $second (with "env" (instance $libraries))))
  (func (export "go") (param "number" u32) (result u32) (canon lift (core func $s "go"))))"#;

/// What `go(5)` gives where the host adds one.
fn result(bytes: &[u8]) -> u32 {
    let engine = Engine::default();
    let component = wasmtime::component::Component::new(&engine, bytes).unwrap();
    let mut linker = Linker::new(&engine);
    let host = |_: wasmtime::StoreContextMut<'_, ()>, (number,): (u32,)| Ok((number + 1,));
    linker.root().func_wrap("host", host).unwrap();
    let mut store = wasmtime::Store::new(&engine, ());
    let instance = linker.instantiate(&mut store, &component).unwrap();
    let go = instance.get_typed_func::<(u32,), (u32,)>(&mut store, "go").unwrap();
    go.call(&mut store, (5,)).unwrap().0
}

#[test]
fn a_fused_component_does_what_it_did() {
    let linked = wat::parse_str(LINKED).unwrap();
    let fused = fuse(&linked).unwrap();
    // Twice: calls so far, what the host says, the variable doubled.
    assert_eq!(result(&linked), (1000 + 6 + 84) + (2000 + 6 + 84));
    assert_eq!(result(&fused), result(&linked));
}

#[test]
fn names_between_the_libraries_are_gone() {
    let linked = wat::parse_str(LINKED).unwrap();
    let fused = fuse(&linked).unwrap();
    let component = Component::read(&fused).unwrap();
    assert_eq!(component.modules.len(), 1);
    let core = super::core::Core::read(component.modules.first().unwrap()).unwrap();
    assert_eq!(core.imports.len(), 1, "the component's own import");
    assert_eq!(core.exports.len(), 1, "what the component exports");
    assert_eq!(core.globals.len(), 1, "the counter; addresses are constants");
    assert_eq!(core.functions.len(), 3, "without the one that nobody reaches");
}

#[test]
fn what_was_not_linked_is_refused() {
    let plain = wat::parse_str("(component (core module (memory 1)))").unwrap();
    let error = fuse(&plain).unwrap_err();
    assert_eq!(error.to_string(), "the component was not linked from shared libraries");
    assert!(fuse(b"\0asm").is_err());
}
