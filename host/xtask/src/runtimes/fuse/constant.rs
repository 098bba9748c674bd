//! Constant expressions, worked out.

use anyhow::{Context, bail};
use wasm_encoder::{ConstExpr, Ieee32, Ieee64, Instruction};
use wasmparser::Operator;

/// A constant number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Constant {
    I32(i32),
    I64(i64),
    F32(u32),
    F64(u64),
}

impl Constant {
    /// The value of an expression; `global` tells those of globals.
    pub(super) fn of(
        expression: &wasmparser::ConstExpr<'_>,
        global: impl Fn(u32) -> anyhow::Result<Constant>,
    ) -> anyhow::Result<Constant> {
        let mut stack = Vec::new();
        for operator in expression.get_operators_reader() {
            let value = match operator? {
                Operator::I32Const { value } => Constant::I32(value),
                Operator::I64Const { value } => Constant::I64(value),
                Operator::F32Const { value } => Constant::F32(value.bits()),
                Operator::F64Const { value } => Constant::F64(value.bits()),
                Operator::GlobalGet { global_index } => global(global_index)?,
                Operator::I32Add => match (stack.pop(), stack.pop()) {
                    (Some(Constant::I32(b)), Some(Constant::I32(a))) => Constant::I32(a.wrapping_add(b)),
                    _ => bail!("a sum is not of two numbers"),
                },
                Operator::End => break,
                other => bail!("{other:?} in a constant expression is not understood"),
            };
            stack.push(value);
        }
        let value = stack.pop().context("a constant expression has no value")?;
        if !stack.is_empty() {
            bail!("a constant expression has several values");
        }
        Ok(value)
    }

    /// The instruction that gives it.
    pub(super) fn instruction(self) -> Instruction<'static> {
        match self {
            Constant::I32(value) => Instruction::I32Const(value),
            Constant::I64(value) => Instruction::I64Const(value),
            Constant::F32(bits) => Instruction::F32Const(Ieee32::new(bits)),
            Constant::F64(bits) => Instruction::F64Const(Ieee64::new(bits)),
        }
    }

    /// The expression that gives it.
    pub(super) fn expression(self) -> ConstExpr {
        ConstExpr::extended([self.instruction()])
    }
}
