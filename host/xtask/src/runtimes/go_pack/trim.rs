//! Leaves the processors out of Go's tools that they never compile for here: what they do for WebAssembly stays as it is.
//!
//! Lines are dropped from three files of the tools. If Go's source takes another form one day, the file stays whole, or the
//! tools do not compile and are built from the whole source: larger, and the same otherwise.

/// Processors, as Go's tools name them or their packages.
const OTHERS: [&str; 15] = [
    "386", "x86", "amd64", "arm", "arm64", "loong64", "mips", "mipsle", "mips64", "mips64le", "ppc64", "ppc64le",
    "riscv64", "s390x", "wasm64",
];

/// Files of `cmd` that name the processors.
pub(super) const FILES: [&str; 3] = ["compile/main.go", "compile/internal/ssa/config.go", "link/main.go"];

/// The file without the imports, table rows and cases of other processors.
pub(super) fn trim(source: &str) -> String {
    let mut kept = String::with_capacity(source.len());
    let mut lines = source.lines().peekable();
    while let Some(line) = lines.next() {
        if is_import(line) || is_row(line) {
            continue;
        }
        kept.push_str(line);
        kept.push('\n');
        if line.starts_with("\tswitch ") && line.ends_with('{') {
            let mut block = Vec::new();
            while let Some(line) = lines.next_if(|line| *line != "\t}") {
                block.push(line);
            }
            // Of a switch without a case for WebAssembly nothing would be left, and Go forbids what is not used.
            let chooses = block.contains(&"\tcase \"wasm\":");
            let mut dropping = false;
            for line in block {
                if let Some(names) = line.strip_prefix("\tcase ").and_then(|rest| rest.strip_suffix(':')) {
                    dropping = chooses && names.split(", ").all(|name| is_other(name.trim_matches('"')));
                } else if line.starts_with("\tdefault:") {
                    dropping = false;
                }
                if !dropping {
                    kept.push_str(line);
                    kept.push('\n');
                }
            }
        }
    }
    kept
}

fn is_other(name: &str) -> bool {
    OTHERS.contains(&name)
}

/// `"cmd/compile/internal/amd64"`.
fn is_import(line: &str) -> bool {
    let path = line.trim().trim_matches('"');
    path.starts_with("cmd/") && path.rsplit('/').next().is_some_and(is_other)
}

/// `"amd64":    amd64.Init,`.
fn is_row(line: &str) -> bool {
    line.split_once(':')
        .is_some_and(|(name, value)| is_other(name.trim().trim_matches('"')) && value.trim().ends_with(".Init,"))
}

#[cfg(test)]
mod tests {
    use super::trim;

    #[test]
    fn only_other_processors_go() {
        let source = "import (\n\t\"cmd/compile/internal/amd64\"\n\t\"cmd/compile/internal/wasm\"\n)\n\
            var inits = map[string]func(){\n\t\"amd64\":    amd64.Init,\n\t\"wasm\":     wasm.Init,\n}\n\
            \tswitch arch {\n\tcase \"amd64\", \"386\":\n\t\ta()\n\tcase \"wasm\":\n\t\tb()\n\tdefault:\n\t\tc()\n\t}\n\
            \tswitch arch {\n\tcase \"amd64\":\n\t\td()\n\t}\n";
        let left = "import (\n\t\"cmd/compile/internal/wasm\"\n)\n\
            var inits = map[string]func(){\n\t\"wasm\":     wasm.Init,\n}\n\
            \tswitch arch {\n\tcase \"wasm\":\n\t\tb()\n\tdefault:\n\t\tc()\n\t}\n\
            \tswitch arch {\n\tcase \"amd64\":\n\t\td()\n\t}\n";
        assert_eq!(trim(source), left);
    }
}
