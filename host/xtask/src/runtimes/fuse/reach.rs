//! What can be reached in the group: only that becomes part of the module.

use super::group::Group;
use super::links::{Function, Linked, Links, at};
use anyhow::{Context, bail};
use std::collections::BTreeSet;
use wasmparser::{ElementItems, Operator};

/// What can be reached, by the numbers of [`Linked`].
#[derive(Default)]
pub(super) struct Reach {
    pub(super) functions: BTreeSet<usize>,
    /// Core functions of the component.
    pub(super) outside: BTreeSet<u32>,
    /// Globals that some code sets.
    pub(super) assigned: BTreeSet<usize>,
    open: Vec<usize>,
}

impl Reach {
    /// From the given functions, and all that tables hold.
    pub(super) fn of(group: &Group<'_>, linked: &Linked<'_, '_>, roots: &[usize]) -> anyhow::Result<Self> {
        let mut reach = Reach::default();
        roots.iter().for_each(|root| reach.function(Function::Own(*root)));
        for (&member, core) in &group.members {
            let links = linked.links(member)?;
            for element in &core.elements {
                let ElementItems::Functions(functions) = &element.items else {
                    bail!("a table is filled with expressions, which are not understood");
                };
                for function in functions.clone() {
                    reach.function(at(&links.functions, function?)?);
                }
            }
        }
        while let Some(number) = reach.open.pop() {
            let function = linked.functions.get(number).context("a function is missing")?;
            reach.body(function.body, linked.links(function.member)?)?;
        }
        Ok(reach)
    }

    fn function(&mut self, function: Function) {
        match function {
            Function::Own(number) => {
                if self.functions.insert(number) {
                    self.open.push(number);
                }
            }
            Function::Outside(index) => {
                self.outside.insert(index);
            }
        }
    }

    fn body(&mut self, body: &wasmparser::FunctionBody<'_>, links: &Links) -> anyhow::Result<()> {
        for operator in body.get_operators_reader()? {
            match operator? {
                Operator::Call { function_index }
                | Operator::ReturnCall { function_index }
                | Operator::RefFunc { function_index } => self.function(at(&links.functions, function_index)?),
                Operator::GlobalSet { global_index } => {
                    self.assigned.insert(at(&links.globals, global_index)?);
                }
                _ => {}
            }
        }
        Ok(())
    }
}
