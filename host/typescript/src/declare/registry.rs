//! The module's own types by name: which there are, and which are still to be read.

use crate::declare::project::File;
use crate::declare::scope::Declaring;
use std::collections::{HashMap, VecDeque};

/// What a type is in the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Object,
    Enum,
    Interface,
}

/// The types found so far.
#[derive(Default)]
pub(crate) struct Registry<'s> {
    known: HashMap<&'s str, (File, u32)>,
    pending: VecDeque<(File, Declaring<'s>)>,
}

impl<'s> Registry<'s> {
    /// Notes a class with `@object()`; the walk reads those by itself.
    pub(crate) fn object(&mut self, file: File, declaring: Declaring<'s>) {
        self.known.entry(declaring.name).or_insert((file, declaring.head.end));
    }

    /// Notes a type that is used, to be read later. False when another declaration has the name.
    pub(crate) fn want(&mut self, file: File, declaring: Declaring<'s>) -> bool {
        let place = (file, declaring.head.end);
        match self.known.get(declaring.name) {
            Some(known) => *known == place,
            None => {
                self.known.insert(declaring.name, place);
                self.pending.push_back((file, declaring));
                true
            }
        }
    }

    /// The next type to read.
    pub(crate) fn next(&mut self) -> Option<(File, Declaring<'s>)> {
        self.pending.pop_front()
    }

    /// Which of the classes have a name that an earlier one has.
    pub(crate) fn duplicates(&self, classes: &[(File, Declaring<'s>)]) -> Vec<(File, Declaring<'s>)> {
        let is_first = |file: File, class: &Declaring<'s>| self.known.get(class.name) == Some(&(file, class.head.end));
        let others = classes.iter().filter(|(file, class)| !is_first(*file, class));
        others.copied().collect()
    }

    /// The file that declares the type of that name.
    pub(crate) fn file_of(&self, name: &str) -> Option<File> {
        self.known.get(name).map(|(file, _)| *file)
    }
}
