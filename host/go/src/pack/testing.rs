//! A host without programs, for tests of what needs none.

use super::host::{Ended, Programs, Run, Step};
use serde_json::Value;

pub(crate) struct NoPrograms;

impl Programs for NoPrograms {
    fn run(&self, run: Run) -> Result<Ended, String> {
        Err(format!("{} is not there", run.program))
    }

    fn ask(&self, _: Value) -> Result<Value, String> {
        Err("the introspector is not there".to_owned())
    }

    fn step(&self, _: &str) -> Box<dyn Step + '_> {
        Box::new(Untold)
    }
}

struct Untold;

impl Step for Untold {
    fn failed(&mut self, _: &str) {}
}
