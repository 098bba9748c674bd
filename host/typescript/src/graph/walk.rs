//! Follows the imports of the entries and makes a file of the bundle of each that they reach.

use crate::bundle::BundleFile;
use crate::error::BuildError;
use crate::graph::commonjs::{self, CommonJs};
use crate::graph::fence::Fence;
use crate::graph::imports::{self, Import};
use crate::graph::resolver::{FileKind, Request, Resolver, Target};
use crate::parse::{Parsed, parse};
use crate::problem::Problem;
use crate::text::Text;
use crate::transpile::emit;
use oxc::allocator::Allocator;
use oxc::span::{SourceType, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that the entries reach.
#[derive(Debug, Default)]
pub(crate) struct Walked {
    pub(crate) files: BTreeMap<String, BundleFile>,
    pub(crate) resolve: BTreeMap<String, BTreeMap<String, String>>,
    pub(crate) maps: BTreeMap<String, String>,
    pub(crate) problems: Vec<Problem>,
}

/// The walk through the files of one module.
pub(crate) struct Walk<'w, 's> {
    allocator: &'s Allocator,
    fence: &'w Fence,
    resolver: &'w Resolver,
    /// Files of `src` that are parsed already.
    parsed: BTreeMap<String, Parsed<'s>>,
    /// The file that stands for the SDK, when it is not the guest's own.
    sdk: Option<&'w str>,
    pending: Vec<(String, FileKind)>,
    seen: BTreeSet<String>,
    commonjs: BTreeMap<String, CommonJs>,
    walked: Walked,
}

impl<'w, 's> Walk<'w, 's> {
    pub(crate) fn new(
        allocator: &'s Allocator,
        fence: &'w Fence,
        resolver: &'w Resolver,
        parsed: BTreeMap<String, Parsed<'s>>,
        sdk: Option<&'w str>,
    ) -> Walk<'w, 's> {
        Walk {
            allocator,
            fence,
            resolver,
            parsed,
            sdk,
            pending: Vec::new(),
            seen: BTreeSet::new(),
            commonjs: BTreeMap::new(),
            walked: Walked::default(),
        }
    }

    /// Reads everything that the entries reach; what is wrong is among the result's problems.
    ///
    /// # Errors
    /// When a file cannot be read, or leads out of the source root.
    pub(crate) fn run(mut self, entries: &[String]) -> Result<Walked, BuildError> {
        for entry in entries {
            self.reach(entry.clone(), FileKind::TypeScript);
        }
        while let Some((id, kind)) = self.pending.pop() {
            self.file(id, kind)?;
        }
        self.name_exports();
        Ok(self.walked)
    }

    fn reach(&mut self, id: String, kind: FileKind) {
        if self.seen.insert(id.clone()) {
            self.pending.push((id, kind));
        }
    }

    fn file(&mut self, id: String, kind: FileKind) -> Result<(), BuildError> {
        let parsed = match self.parsed.remove(&id) {
            Some(parsed) => parsed,
            None => {
                let source = self.fence.text(&id)?;
                let text = Text::new(self.allocator.alloc_str(&id), self.allocator.alloc_str(&source));
                if kind == FileKind::Json {
                    self.json(id, text);
                    return Ok(());
                }
                match parse(self.allocator, text, source_type(kind)).or_else(|problems| {
                    // Only CommonJS may return at its top level.
                    let again = kind == FileKind::JavaScript;
                    let result = again.then(|| parse(self.allocator, text, SourceType::cjs()));
                    result.and_then(Result::ok).ok_or(problems)
                }) {
                    Ok(parsed) => parsed,
                    Err(problems) => {
                        self.walked.problems.extend(problems);
                        return Ok(());
                    }
                }
            }
        };
        let text = parsed.text;
        let dynamic = imports::dynamic(&parsed.record, text);
        match kind {
            FileKind::TypeScript => {
                let emitted = match emit(self.allocator, parsed) {
                    Ok(emitted) => emitted,
                    Err(problems) => {
                        self.walked.problems.extend(problems);
                        return Ok(());
                    }
                };
                for import in emitted.imports.iter().chain(&dynamic) {
                    self.follow(&id, text, import, Request::Import, false)?;
                }
                self.walked.maps.insert(id.clone(), emitted.transpiled.map);
                let code = emitted.transpiled.code;
                self.walked.files.insert(id, BundleFile::Esm { code });
            }
            _ if kind == FileKind::Esm || (kind == FileKind::JavaScript && parsed.record.has_module_syntax) => {
                for import in imports::of_statements(&parsed.program).iter().chain(&dynamic) {
                    self.follow(&id, text, import, Request::Import, false)?;
                }
                let code = text.source.to_owned();
                self.walked.files.insert(id, BundleFile::Esm { code });
            }
            _ => {
                let found = commonjs::analyse(&parsed.program);
                for required in &found.requires {
                    self.follow(&id, text, &required.import, Request::Require, required.lazy)?;
                }
                for import in &dynamic {
                    self.follow(&id, text, import, Request::Import, true)?;
                }
                let code = text.source.to_owned();
                let exports = Vec::new();
                self.walked.files.insert(id.clone(), BundleFile::Cjs { code, exports });
                self.commonjs.insert(id, found);
            }
        }
        Ok(())
    }

    /// Notes where an import leads. One that may never run and leads nowhere is left to fail when it does.
    fn follow(
        &mut self,
        importer: &str,
        text: Text<'_>,
        import: &Import,
        request: Request,
        lazy: bool,
    ) -> Result<(), BuildError> {
        let table = self.walked.resolve.get(importer);
        if table.is_some_and(|table| table.contains_key(&import.specifier)) {
            return Ok(());
        }
        match self.resolver.resolve(importer, &import.specifier, request)? {
            Ok(Target::Sdk) => {
                if let Some(sdk) = self.sdk {
                    let table = self.walked.resolve.entry(importer.to_owned()).or_default();
                    table.insert(import.specifier.clone(), sdk.to_owned());
                }
            }
            Ok(Target::File { id, kind }) => {
                let table = self.walked.resolve.entry(importer.to_owned()).or_default();
                table.insert(import.specifier.clone(), id.clone());
                self.reach(id, kind);
            }
            Err(_) if lazy => {}
            Err(unresolved) => {
                let problem = text.problem(import.span, unresolved.message, unresolved.help);
                if !self.walked.problems.contains(&problem) {
                    self.walked.problems.push(problem);
                }
            }
        }
        Ok(())
    }

    fn json(&mut self, id: String, text: Text<'_>) {
        if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text.source) {
            let line = text.source.split_inclusive('\n').take(error.line().saturating_sub(1));
            let offset = line.map(str::len).sum::<usize>() + error.column().saturating_sub(1);
            let offset = u32::try_from(offset).unwrap_or(u32::MAX);
            let message = format!("the file is no JSON: {error}");
            self.walked
                .problems
                .push(text.problem(Span::new(offset, offset), message, None));
            return;
        }
        let code = text.source.to_owned();
        self.walked.files.insert(id, BundleFile::Json { code });
    }

    /// Gives each CommonJS file the names it exports, those that it takes over from others included.
    fn name_exports(&mut self) {
        let ids: Vec<String> = self.commonjs.keys().cloned().collect();
        for id in ids {
            let mut names = BTreeSet::new();
            let mut visited = BTreeSet::new();
            let mut pending = vec![id.clone()];
            while let Some(current) = pending.pop() {
                let Some(found) = self.commonjs.get(&current).filter(|_| visited.insert(current.clone())) else {
                    continue;
                };
                names.extend(found.exports.iter().cloned());
                let table = self.walked.resolve.get(&current);
                let targets = found.reexports.iter().filter_map(|specifier| table?.get(specifier));
                pending.extend(targets.cloned());
            }
            names.remove("default");
            if let Some(BundleFile::Cjs { exports, .. }) = self.walked.files.get_mut(&id) {
                *exports = names.into_iter().collect();
            }
        }
    }
}

fn source_type(kind: FileKind) -> SourceType {
    match kind {
        FileKind::TypeScript => SourceType::ts(),
        FileKind::Esm => SourceType::mjs(),
        FileKind::Cjs => SourceType::cjs(),
        FileKind::JavaScript | FileKind::Json => SourceType::unambiguous(),
    }
}
