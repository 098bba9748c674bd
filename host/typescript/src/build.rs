//! From a module's folder to what it offers and what runs.

use crate::bundle::{Bundle, BundleFile};
use crate::declare::{Project, declare};
use crate::error::BuildError;
use crate::graph::{Fence, Resolver, Walk, scan};
use crate::parse::parse;
use crate::stack::deep;
use crate::text::Text;
use camino::{Utf8Path, Utf8PathBuf};
use dockwright_schema::ModuleDef;
use oxc::allocator::Allocator;
use oxc::span::SourceType;
use std::collections::BTreeMap;

/// Version of what `build` makes: raised when the same source gives something else, and part of the keys of caches.
pub const FORMAT: u32 = 1;

/// What to build.
#[derive(Clone, Copy, Debug)]
pub struct BuildOptions<'a> {
    /// The module's source root: the folder with `src`.
    pub source: &'a Utf8Path,
    /// The module's name in its `dagger.json`; its main class is named after it.
    pub module: &'a str,
    /// A folder whose `node_modules` is taken when the source has none; outside the source root nothing else is read.
    pub packages: Option<&'a Utf8Path>,
    /// What the SDK offers beside the core API, when the module depends on others.
    pub dependencies: Option<Dependencies<'a>>,
}

/// Bindings of the modules that a module depends on: to the module they are part of the SDK.
#[derive(Clone, Copy, Debug)]
pub struct Dependencies<'a> {
    /// TypeScript source.
    pub text: &'a str,
    /// Names of the enums in it.
    pub enums: &'a [String],
}

/// A module, read and transpiled.
#[derive(Clone, Debug, PartialEq)]
pub struct Built {
    /// What it offers.
    pub definition: ModuleDef,
    /// What the guest loads.
    pub bundle: Bundle,
    /// File id to its source map (version 3, JSON), of the files that were transpiled.
    pub maps: BTreeMap<String, String>,
    /// Files below `node_modules` that were read: absolute paths, sorted.
    pub inputs: Vec<Utf8PathBuf>,
}

/// The file that stands for the SDK where a module depends on others. In the guest it counts as a file of the SDK.
const DEPENDENCIES: &str = "sdk:src/dependencies.ts";

/// All of the SDK, and the bindings.
fn virtual_sdk(bindings: &str) -> Result<BundleFile, BuildError> {
    let text = format!("export * from \"@dagger.io/dagger\";\n{bindings}");
    let code = crate::transpile::transpile(DEPENDENCIES, &text)?.code;
    Ok(BundleFile::Esm { code })
}

/// Reads the module and builds its bundle. The same source gives the same bytes.
///
/// # Errors
/// `Source` with everything that is wrong in the files; else what stands in the way.
pub fn build(options: &BuildOptions<'_>) -> Result<Built, BuildError> {
    deep(|| build_here(options))
}

fn build_here(options: &BuildOptions<'_>) -> Result<Built, BuildError> {
    let fence = Fence::around(options.source, options.packages)?;
    let resolver = Resolver::new(fence.clone());
    let allocator = Allocator::default();
    let ids = scan(&fence)?;
    let mut parsed = Vec::new();
    let mut problems = Vec::new();
    for id in &ids {
        let source = fence.text(id)?;
        let text = Text::new(allocator.alloc_str(id), allocator.alloc_str(&source));
        match parse(&allocator, text, SourceType::ts()) {
            Ok(file) => parsed.push(file),
            Err(found) => problems.extend(found),
        }
    }
    if !problems.is_empty() {
        return Err(BuildError::Source { problems });
    }
    let scopes = parsed
        .iter()
        .map(|file| crate::declare::Scope::new(file.text, &file.program));
    let project = Project::new(scopes.collect(), &resolver, options.module, options.dependencies);
    let declared = declare(&project)?;
    drop(project);
    let mut entries: Vec<String> = ids.iter().filter(|id| *id == "src/index.ts").cloned().collect();
    for id in declared.files.iter().filter_map(|file| ids.get(*file)) {
        if !entries.contains(id) {
            entries.push(id.clone());
        }
    }
    let parsed = parsed.into_iter().map(|file| (file.text.file.to_owned(), file));
    let sdk = options.dependencies.map(|_| DEPENDENCIES);
    let walked = Walk::new(&allocator, &fence, &resolver, parsed.collect(), sdk).run(&entries)?;
    let mut problems = declared.problems;
    problems.extend(walked.problems);
    if !problems.is_empty() {
        problems.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
        return Err(BuildError::Source { problems });
    }
    let mut files = walked.files;
    if let Some(dependencies) = options.dependencies {
        files.insert(DEPENDENCIES.to_owned(), virtual_sdk(dependencies.text)?);
        entries.insert(0, DEPENDENCIES.to_owned());
    }
    Ok(Built {
        definition: declared.definition,
        bundle: Bundle {
            format: FORMAT,
            entries,
            files,
            resolve: walked.resolve,
            types: declared.types,
        },
        maps: walked.maps,
        inputs: fence.packages_read(),
    })
}
