//! Elementwise functions of scalars: one row each. The kernels, the type rules and the builtins all read this table.

use super::DType;
use serde::{Deserialize, Serialize};

/// A function of one, two or three scalars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ScalarFn {
    Add,
    Sub,
    Mul,
    Div,
    Pow,
    Neg,
    Not,
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    And,
    Or,
    Min,
    Max,
    Abs,
    Exp,
    Log,
    Sqrt,
    Sin,
    Cos,
    /// Conversion to the instruction's type.
    Cast,
    /// `mask ? a : b`.
    Select,
}

impl ScalarFn {
    pub fn arity(self) -> usize {
        use ScalarFn::*;
        match self {
            Neg | Not | Abs | Exp | Log | Sqrt | Sin | Cos | Cast => 1,
            Select => 3,
            _ => 2,
        }
    }

    /// The type of the result for real or complex operands of these types; `None` where the language has no such operation.
    pub fn result_type(self, args: &[DType]) -> Option<DType> {
        let _ = args;
        None
    }
}
