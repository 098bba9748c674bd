//! A member's code with the indices of the module that it becomes part of.

use super::constant::Constant;
use super::links::{Function, Links};
use std::collections::HashMap;
use std::io;
use wasm_encoder::Instruction;
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasmparser::Operator;

/// The numbers of the module, for all members.
#[derive(Default)]
pub(super) struct Numbers {
    pub(super) functions: HashMap<usize, u32>,
    pub(super) outside: HashMap<u32, u32>,
    /// Of globals that are not constant.
    pub(super) globals: HashMap<usize, u32>,
    pub(super) constants: HashMap<usize, Constant>,
}

/// Reencodes what belongs to one member.
pub(super) struct Reindex<'l> {
    pub(super) numbers: &'l Numbers,
    pub(super) links: &'l Links,
    /// The number of each type of the member.
    pub(super) types: &'l [u32],
}

impl Reindex<'_> {
    /// The module's number of a function of the member.
    pub(super) fn function(&self, index: u32) -> Option<u32> {
        let numbers = self.numbers;
        match self.links.functions.get(usize::try_from(index).ok()?)? {
            Function::Own(number) => numbers.functions.get(number).copied(),
            Function::Outside(index) => numbers.outside.get(index).copied(),
        }
    }

    fn global(&self, index: u32) -> Option<usize> {
        self.links.globals.get(usize::try_from(index).ok()?).copied()
    }
}

fn found<T>(what: &str, index: u32, entry: Option<T>) -> Result<T, Error<io::Error>> {
    entry.ok_or_else(|| Error::UserError(io::Error::other(format!("there is no {what} {index}"))))
}

fn number(what: &str, entries: &[usize], index: u32) -> Result<u32, Error<io::Error>> {
    let entry = usize::try_from(index).ok().and_then(|index| entries.get(index));
    found(what, index, entry.and_then(|entry| u32::try_from(*entry).ok()))
}

impl Reencode for Reindex<'_> {
    type Error = io::Error;

    fn function_index(&mut self, index: u32) -> Result<u32, Error<io::Error>> {
        found("function", index, self.function(index))
    }

    fn type_index(&mut self, index: u32) -> Result<u32, Error<io::Error>> {
        let entry = usize::try_from(index).ok().and_then(|index| self.types.get(index));
        found("type", index, entry.copied())
    }

    fn table_index(&mut self, index: u32) -> Result<u32, Error<io::Error>> {
        number("table", &self.links.tables, index)
    }

    fn memory_index(&mut self, index: u32) -> Result<u32, Error<io::Error>> {
        number("memory", &self.links.memories, index)
    }

    fn global_index(&mut self, index: u32) -> Result<u32, Error<io::Error>> {
        let number = self.global(index).and_then(|number| self.numbers.globals.get(&number));
        found("global", index, number.copied())
    }

    fn instruction<'a>(&mut self, operator: Operator<'a>) -> Result<Instruction<'a>, Error<io::Error>> {
        if let Operator::GlobalGet { global_index } = operator
            && let Some(constant) = self
                .global(global_index)
                .and_then(|number| self.numbers.constants.get(&number))
        {
            return Ok(constant.instruction());
        }
        utils::instruction(self, operator)
    }
}
