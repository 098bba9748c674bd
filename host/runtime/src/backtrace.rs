//! What is worth telling of a stack of WebAssembly functions: names. Offsets in generated code help nobody.

use wasmtime::WasmBacktrace;

/// The functions, the innermost first, one a line; none when the code has no names.
pub(crate) fn told(backtrace: &WasmBacktrace) -> Option<String> {
    let names: Vec<&str> = backtrace
        .frames()
        .iter()
        .filter_map(wasmtime::FrameInfo::func_name)
        .collect();
    if names.is_empty() {
        return None;
    }
    if names.iter().any(|name| is_go(name)) {
        return go(&names);
    }
    Some(backtrace.to_string())
}

/// Go names its functions by package. The shim around them is Rust.
fn is_go(name: &str) -> bool {
    name.starts_with("main.") || name.starts_with("runtime.") || name.starts_with("_rt0_wasm")
}

/// The functions of package main and of packages that it imports, without the runtime and what calls the module.
fn go(names: &[&str]) -> Option<String> {
    let mut told: Vec<(String, usize)> = Vec::new();
    for name in names.iter().filter(|name| is_users(name)).map(|name| readable(name)) {
        match told.last_mut() {
            Some((last, times)) if *last == name => *times += 1,
            _ => told.push((name, 1)),
        }
    }
    let lines: Vec<String> = told
        .into_iter()
        .map(|(name, times)| {
            if times > 1 {
                format!("{name} (again and again)")
            } else {
                name
            }
        })
        .collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn is_users(name: &str) -> bool {
    let hidden = [
        "runtime.",
        "main.dockwright",
        "main.init",
        "internal_",
        "wasm_",
        "_rt0_",
        "gosave",
        "gogo",
    ];
    name.contains('.')
        && !name.contains([':', '#'])
        && !name.contains("internal_dagger")
        && !hidden.iter().any(|start| name.starts_with(start))
}

/// The linker writes an underscore for what is neither letter nor digit: `main.__Ci_.Test` is `main.(*Ci).Test`.
fn readable(name: &str) -> String {
    match name
        .split_once(".__")
        .and_then(|(package, rest)| Some((package, rest.split_once("_.")?)))
    {
        Some((package, (receiver, method))) => format!("{package}.(*{receiver}).{method}"),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_of_go_have_the_names_that_users_know() {
        let names = [
            "runtime.morestack",
            "main.__Ci_.Deep",
            "main.__Ci_.Deep",
            "main.helper",
            "main.dockwrightRun",
            "guest::invoke",
        ];
        assert_eq!(
            go(&names).as_deref(),
            Some("main.(*Ci).Deep (again and again)\nmain.helper")
        );
        assert_eq!(go(&["runtime.mallocgc"]), None);
    }
}
