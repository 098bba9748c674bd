//! The bundle of the snapshot: the guest's JavaScript, the packages and the SDK, in the form that modules' bundles have.
//!
//! File ids begin with `sdk:`, by which the guest tells the frames of its own code from the user's.

use std::collections::BTreeMap;

use anyhow::Context;
use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::packages::Package;
use crate::runtimes::inputs;

/// Specifiers that are not paths, and where they lead.
const NAMES: [(&str, &str); 3] = [
    ("@dagger.io/dagger", "sdk:src/index.ts"),
    ("dockwright:sdk-entry", "sdk:src/module/entry.ts"),
    ("tr46", "sdk:runtime/domain_names.cjs"),
];

#[derive(serde::Serialize)]
struct Bundle {
    format: u32,
    entries: Vec<String>,
    files: BTreeMap<String, File>,
    resolve: BTreeMap<String, BTreeMap<String, String>>,
}

#[derive(serde::Serialize)]
struct File {
    kind: &'static str,
    code: String,
}

/// The bundle as JSON.
pub(super) fn bundle(
    runtime: &Utf8Path,
    sdk: &Utf8Path,
    packages: &BTreeMap<String, Package>,
) -> anyhow::Result<String> {
    let mut files = BTreeMap::new();
    for file in inputs::files(runtime, &["js", "cjs"])? {
        let code = fs_err::read_to_string(runtime.join(&file))?;
        let kind = if file.extension() == Some("cjs") { "cjs" } else { "esm" };
        files.insert(format!("sdk:runtime/{file}"), File { kind, code });
    }
    for file in inputs::files(sdk, &["ts"])? {
        if file.as_str().ends_with(".d.ts") {
            continue;
        }
        let id = format!("sdk:src/{file}");
        let source = fs_err::read_to_string(sdk.join(&file))?;
        let code = dockwright_typescript::transpile(&id, &source)?.code;
        files.insert(id, File { kind: "esm", code });
    }
    for (name, package) in packages {
        for file in inputs::files(&package.dir, &["js"])? {
            let code = fs_err::read_to_string(package.dir.join(&file))?;
            let kind = if is_esm(&code) { "esm" } else { "cjs" };
            files.insert(format!("sdk:npm/{name}/{file}"), File { kind, code });
        }
    }
    let resolve = files
        .iter()
        .map(|(id, file)| (id.clone(), imports(id, &file.code, &files, packages)))
        .filter(|(_, imports)| !imports.is_empty())
        .collect();
    let bundle = Bundle {
        format: 1,
        entries: Vec::new(),
        files: reachable(files, &resolve),
        resolve,
    };
    serde_json::to_string(&bundle).context("cannot write the bundle")
}

/// What is imported, directly or not, by the file that the guest begins with.
fn reachable(
    mut files: BTreeMap<String, File>,
    resolve: &BTreeMap<String, BTreeMap<String, String>>,
) -> BTreeMap<String, File> {
    let mut found = BTreeMap::new();
    let mut open = vec!["sdk:runtime/main.js".to_owned(), "sdk:runtime/host.js".to_owned()];
    while let Some(id) = open.pop() {
        if let Some((id, file)) = files.remove_entry(&id) {
            open.extend(
                resolve
                    .get(&id)
                    .into_iter()
                    .flat_map(|imports| imports.values().cloned()),
            );
            found.insert(id, file);
        }
    }
    found
}

/// Whether the code is an ES module: the packages that are used write `import` and `export` at the start of a line.
fn is_esm(code: &str) -> bool {
    code.lines().any(|line| {
        ["import ", "import{", "export ", "export{"]
            .iter()
            .any(|word| line.starts_with(word))
    })
}

/// Where the specifiers in the code lead. What looks like one but leads nowhere is left out: should it be one, the
/// snapshot cannot be made, and says so.
fn imports(
    id: &str,
    code: &str,
    files: &BTreeMap<String, File>,
    packages: &BTreeMap<String, Package>,
) -> BTreeMap<String, String> {
    specifiers(code)
        .filter_map(|specifier| {
            let target = resolve(id, specifier, files, packages)?;
            Some((specifier.to_owned(), target))
        })
        .collect()
}

/// Every quoted text after `from`, `import`, `import(` and `require(`.
fn specifiers(code: &str) -> impl Iterator<Item = &str> {
    ["from ", "from", "import ", "import(", "require("]
        .into_iter()
        .flat_map(move |word| code.split(word).skip(1))
        .filter_map(|rest| {
            let quote = rest.chars().next().filter(|quote| *quote == '"' || *quote == '\'')?;
            rest.get(1..)?.split(quote).next()
        })
}

fn resolve(
    id: &str,
    specifier: &str,
    files: &BTreeMap<String, File>,
    packages: &BTreeMap<String, Package>,
) -> Option<String> {
    if let Some((_, target)) = NAMES.iter().find(|(name, _)| *name == specifier) {
        return files.contains_key(*target).then(|| (*target).to_owned());
    }
    if let Some(package) = packages.get(specifier.trim_end_matches('/')) {
        return Some(format!("sdk:npm/{}/{}", specifier.trim_end_matches('/'), package.entry));
    }
    if !specifier.starts_with('.') {
        return None;
    }
    let folder = Utf8Path::new(id).parent()?;
    let path = normal(&folder.join(specifier));
    let without_js = path.as_str().strip_suffix(".js").map(|stem| format!("{stem}.ts"));
    [
        Some(path.to_string()),
        without_js,
        Some(format!("{path}.js")),
        Some(format!("{path}.ts")),
        Some(format!("{path}/index.js")),
        Some(format!("{path}/index.ts")),
    ]
    .into_iter()
    .flatten()
    .find(|candidate| files.contains_key(candidate))
}

/// The path without `.` and `..`.
fn normal(path: &Utf8Path) -> Utf8PathBuf {
    let mut normal = Utf8PathBuf::new();
    for component in path.components() {
        match component {
            Utf8Component::ParentDir => {
                normal.pop();
            }
            Utf8Component::CurDir => {}
            other => normal.push(other),
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn specifiers_are_found_as_they_are_written() {
        let code = "import a from \"./a.js\";\nimport './b';\nconst c = await import('./c.js'), d = require(\"d\");\nexport*from'./e'";
        let mut found: Vec<_> = specifiers(code).collect();
        found.sort_unstable();
        found.dedup();
        assert_eq!(found, ["./a.js", "./b", "./c.js", "./e", "d"]);
    }

    #[test]
    fn files_are_found_as_node_and_typescript_find_them() {
        let file = || File {
            kind: "esm",
            code: String::new(),
        };
        let ids = [
            "sdk:src/a.ts",
            "sdk:src/b/index.ts",
            "sdk:npm/p/lib/x.js",
            "sdk:npm/p/main.js",
        ];
        let files: BTreeMap<_, _> = ids.into_iter().map(|id| (id.to_owned(), file())).collect();
        let package = Package {
            dir: "/p".into(),
            entry: "main.js".into(),
        };
        let packages = BTreeMap::from([("p".to_owned(), package)]);
        let to = |from: &str, specifier: &str| resolve(from, specifier, &files, &packages);
        assert_eq!(to("sdk:src/b/index.ts", "../a.js").as_deref(), Some("sdk:src/a.ts"));
        assert_eq!(to("sdk:src/a.ts", "./b").as_deref(), Some("sdk:src/b/index.ts"));
        assert_eq!(
            to("sdk:npm/p/main.js", "./lib/x").as_deref(),
            Some("sdk:npm/p/lib/x.js")
        );
        assert_eq!(to("sdk:src/a.ts", "p/").as_deref(), Some("sdk:npm/p/main.js"));
        assert_eq!(to("sdk:src/a.ts", "fs"), None);
    }
}
