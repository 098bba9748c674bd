//! Imports that lead nowhere in the sandbox, and what to use in their stead.

/// Why a specifier can never be resolved, and what to do: message and help.
pub(crate) fn explain(specifier: &str) -> Option<(String, String)> {
    if specifier.contains("://") {
        let message = format!("`{specifier}` is an address: a module imports its own files and installed packages");
        return Some((message, "install the package in the module's folder".to_owned()));
    }
    if let Some(rest) = specifier.strip_prefix("@dagger.io/dagger/") {
        let message = format!("`@dagger.io/dagger/{rest}` is not there: the SDK is one module");
        return Some((message, "import it from \"@dagger.io/dagger\"".to_owned()));
    }
    for prefix in ["npm:", "jsr:", "bun:"] {
        if let Some(rest) = specifier.strip_prefix(prefix) {
            let message = format!("`{specifier}` is not there: packages come from node_modules");
            return Some((message, format!("install `{rest}` and import it by its name")));
        }
    }
    let name = specifier.strip_prefix("node:").unwrap_or(specifier);
    let help = builtin(name.split('/').next().unwrap_or(name))?;
    let message = format!("`{specifier}` is not there: a module runs in a sandbox, not in Node.js");
    Some((message, help.to_owned()))
}

/// What to use instead of a module of Node.js.
fn builtin(name: &str) -> Option<&'static str> {
    Some(match name {
        "fs" => {
            "take a Directory or File argument and read it with `entries()` and `contents()`, or make one with \
             `dag.directory().withNewFile(…)`"
        }
        "child_process" => "run the program in a container: `dag.container().from(…).withExec([…])`",
        "net" | "tls" | "dgram" | "dns" | "http2" => {
            "reach the network from a container: `dag.container().from(…).withServiceBinding(…).withExec([…])`"
        }
        "http" | "https" => "fetch with `dag.http(url)`, or from a container with `withExec`",
        "os" | "process" => {
            "take what you need as arguments of the function; `dag.defaultPlatform()` says where containers run"
        }
        "path" => "write paths as text, always with `/`; or install a package such as `path-browserify`",
        "util" => "use the language itself (`JSON.stringify`, template strings), or install the package `util`",
        "assert" => "throw an Error, or install the package `assert`",
        "events" => "await promises, or install the package `events`",
        "url" => "use the globals `URL` and `URLSearchParams`",
        "buffer" => "use Uint8Array, TextEncoder and TextDecoder, or install the package `buffer`",
        "string_decoder" => "use TextDecoder",
        "crypto" => "use `crypto.randomUUID()` and `crypto.getRandomValues()`, or a package of pure JavaScript",
        "stream" | "zlib" | "readline" => "do it in a container with `withExec`, or with a package of pure JavaScript",
        "timers" => "use the globals `setTimeout` and `setInterval`",
        "worker_threads" | "cluster" => "start calls side by side with `Promise.all`",
        "test"
        | "sqlite"
        | "async_hooks"
        | "console"
        | "constants"
        | "diagnostics_channel"
        | "domain"
        | "inspector"
        | "module"
        | "perf_hooks"
        | "punycode"
        | "querystring"
        | "repl"
        | "sys"
        | "trace_events"
        | "tty"
        | "v8"
        | "vm"
        | "wasi" => "do it in a container with `withExec`, or with a package of pure JavaScript",
        _ => return None,
    })
}
