//! The packages of a build, each after what it imports.

use super::Programs;
use super::listing::{Listing, Wanted, list};
use super::resolve::{Located, Resolver, Target};
use crate::error::GoError;
use std::collections::{BTreeMap, HashMap};

/// A package that has to be compiled.
#[derive(Clone, Debug)]
pub(crate) struct Package {
    pub(crate) at: Located,
    pub(crate) listing: Listing,
    /// Where its imports lead, by how they are written.
    pub(crate) imports: BTreeMap<String, Target>,
}

/// Finds everything that package main needs. What cannot be found is told together, as Go does.
pub(crate) fn packages(resolver: &Resolver<'_>, programs: &dyn Programs) -> Result<Vec<Package>, GoError> {
    let mut graph = Graph {
        resolver,
        programs,
        states: HashMap::new(),
        ordered: Vec::new(),
        problems: Vec::new(),
    };
    let main = resolver.main();
    graph.visit(&main, None)?;
    if graph.problems.is_empty() {
        Ok(graph.ordered)
    } else {
        Err(GoError::Compile(graph.problems.join("\n")))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Its imports are being looked at.
    Open,
    Done,
}

struct Graph<'a> {
    resolver: &'a Resolver<'a>,
    programs: &'a dyn Programs,
    states: HashMap<String, State>,
    ordered: Vec<Package>,
    problems: Vec<String>,
}

impl Graph<'_> {
    /// Imports are at most as deep as there are packages; Go's own tools go down the same way.
    fn visit(&mut self, at: &Located, importer: Option<(&str, &Wanted)>) -> Result<(), GoError> {
        let place = importer
            .map(|(folder, wanted)| format!("{}: ", wanted.place(folder)))
            .unwrap_or_default();
        match self.states.get(&at.path) {
            Some(State::Done) => return Ok(()),
            Some(State::Open) => {
                self.problems.push(format!(
                    "{place}import cycle not allowed: it leads back to package {}",
                    at.path
                ));
                return Ok(());
            }
            None => {}
        }
        self.states.insert(at.path.clone(), State::Open);
        if at.folder.is_dir() {
            let listing = list(&at.folder, self.resolver.manifest.minor(), self.programs)?;
            self.take(at, listing, &place)?;
        } else {
            self.problems.push(format!(
                "{place}package {} is not in this module: there is no folder {}",
                at.path, at.shown
            ));
        }
        self.states.insert(at.path.clone(), State::Done);
        Ok(())
    }

    fn take(&mut self, at: &Located, listing: Listing, place: &str) -> Result<(), GoError> {
        for found in &listing.diagnostics {
            let separator = if at.shown.is_empty() { "" } else { "/" };
            self.problems.push(format!("{}{separator}{found}", at.shown));
        }
        if listing.files.is_empty() {
            if let Some(cgo) = listing.cgo.first() {
                self.problems.push(format!(
                    "{}: import \"C\": package {} needs cgo, and a module runs as WebAssembly, where there is none",
                    cgo.place(&at.shown),
                    at.path
                ));
            } else if listing.diagnostics.is_empty() {
                self.problems.push(format!(
                    "{place}no Go file of package {} is built for wasip1/wasm",
                    at.path
                ));
            }
            return Ok(());
        }
        let mut imports = BTreeMap::new();
        for wanted in &listing.imports {
            match self.resolver.resolve(&wanted.what, &at.path) {
                Ok((target, located)) => {
                    if let Some(located) = located {
                        self.visit(&located, Some((&at.shown, wanted)))?;
                    }
                    imports.insert(wanted.what.clone(), target);
                }
                Err(problem) => self.problems.push(format!("{}: {problem}", wanted.place(&at.shown))),
            }
        }
        self.ordered.push(Package {
            at: at.clone(),
            listing,
            imports,
        });
        Ok(())
    }
}
