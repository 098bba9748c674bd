//! Wants ever more memory.

use dockwright_guests::*;

struct Hungry;

impl Behaviour for Hungry {
    fn invoke(_: FunctionCall) -> Result<String, Failure> {
        let mut all: Vec<Vec<u8>> = Vec::new();
        loop {
            all.push(vec![1; 1 << 20]);
        }
    }
}

export!(Hungry);
