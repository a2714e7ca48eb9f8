//! Convolutions: of vectors, matrices and arrays of any rank. The smaller operand is a window's taps and in memory; the
//! other may be lazy, and then so is the result.

use crate::array::{Block, DType, Shape};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{one, text, usage};
use crate::builtin::numeric::{Elements, Wide};
use crate::builtin::ops::lazy;
use crate::diag::{Result, Span};
use crate::fault;
use crate::kernel::{Window, WindowKind};
use crate::value::Value;
use smallvec::SmallVec;
use std::sync::Arc;

/// Which part of the convolution is wanted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Part {
    Full,
    /// As large as the first operand, from the middle.
    Same,
    /// Where the second operand lies within the first.
    Valid,
}

impl Part {
    pub fn named(name: &str) -> Option<Part> {
        match name {
            "full" => Some(Part::Full),
            "same" => Some(Part::Same),
            "valid" => Some(Part::Valid),
            _ => None,
        }
    }

    /// First place and extent along an axis of operands of these extents.
    pub(in crate::builtin) fn along(self, a: usize, b: usize) -> (usize, usize) {
        match self {
            Part::Full if a == 0 || b == 0 => (0, 0),
            Part::Full => (0, a + b - 1),
            Part::Same => (b / 2, a),
            Part::Valid => (b.saturating_sub(1), (a + 1).saturating_sub(b.max(1))),
        }
    }
}

/// The convolution of two numeric arrays.
pub fn convolved(host: &mut dyn Host, who: &str, a: &Value, b: &Value, part: Part, span: Span) -> Result<Value> {
    let rank = a.shape().rank().max(b.shape().rank());
    let along: Vec<(usize, usize)> =
        (0..rank).map(|axis| part.along(a.shape().extent(axis), b.shape().extent(axis))).collect();
    let shape = Shape::new(&along.iter().map(|&(_, extent)| extent).collect::<Vec<_>>());
    let single = [a, b].iter().any(|x| x.dtype().is_some_and(DType::is_single));
    if shape.is_empty() || a.is_empty() || b.is_empty() {
        let dtype = if single { DType::F32 } else { DType::F64 };
        return Ok(Value::block(Block::try_zeros(dtype, shape)?));
    }
    // Which of them is the window does not matter to the sum.
    let (x, taps) = if b.numel() <= a.numel() { (a, b) } else { (b, a) };
    let taps = Wide::new(host, taps, who)?;
    let extents = taps.shape.iter().copied().collect();
    let bits = match &taps.elements {
        Elements::Real(v) => v.iter().map(|x| [x.to_bits(), 0]).collect(),
        Elements::Complex(v) => v.iter().map(|z| [z.re.to_bits(), z.im.to_bits()]).collect(),
    };
    let offset: SmallVec<[i64; 4]> = along.iter().map(|&(first, _)| first as i64).collect();
    let kind = WindowKind::Convolve { taps: Arc::new(bits), extents };
    let y = lazy::window(host, Window { kind, offset, shape }, x, span)?;
    match y.dtype() {
        Some(DType::F64) if single => lazy::cast(host, &y, DType::F32, span),
        Some(DType::C64) if single => lazy::cast(host, &y, DType::C32, span),
        _ => Ok(y),
    }
}

/// The operands and the part that a trailing name asks for.
fn operands<'a>(who: &str, args: &'a [Value], usual: Part) -> Result<(&'a [Value], Part)> {
    match args {
        [rest @ .., last] if last.to_text().is_some() && args.len() > 2 => {
            let part = Part::named(&text(who, "SHAPE", last)?)
                .ok_or_else(|| fault!("{who}: SHAPE type not valid").hint("\"full\", \"same\" or \"valid\""))?;
            Ok((rest, part))
        }
        all => Ok((all, usual)),
    }
}

fn matrices(who: &str, operands: &[&Value]) -> Result<()> {
    for x in operands {
        if x.dtype().is_none_or(|d| d == DType::Char) {
            return Err(crate::builtin::numeric::wrong_type(who, x));
        }
    }
    if operands.iter().any(|x| x.shape().rank() > 2) {
        return Err(fault!("{who}: A and B must be 1-D vectors or 2-D matrices"));
    }
    Ok(())
}

/// `conv2 (a, b, shape)`, `conv2 (v, r, m, shape)`.
fn conv2(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (args, part) = operands("conv2", args, Part::Full)?;
    match args {
        [a, b] => {
            matrices("conv2", &[a, b])?;
            one(convolved(host, "conv2", a, b, part, call.span)?)
        }
        [column, row, m] => {
            matrices("conv2", &[column, row, m])?;
            let column = lazy::reshape(host, column, Shape::matrix(column.numel(), 1), call.span)?;
            let row = lazy::reshape(host, row, Shape::matrix(1, row.numel()), call.span)?;
            let window = convolved(host, "conv2", &column, &row, Part::Full, call.span)?;
            one(convolved(host, "conv2", m, &window, part, call.span)?)
        }
        _ => Err(usage("conv2")),
    }
}

/// `convn (a, b, shape)`.
fn convn(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (args, part) = operands("convn", args, Part::Full)?;
    let [a, b] = args else { return Err(usage("convn")) };
    if [a, b].iter().any(|x| x.dtype().is_none_or(|d| d == DType::Char)) {
        return Err(fault!("convn: A and B must be numeric arrays"));
    }
    one(convolved(host, "convn", a, b, part, call.span)?)
}

/// `filter2 (b, x, shape)`.
fn filter2(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (args, part) = operands("filter2", args, Part::Same)?;
    let [b, x] = args else { return Err(usage("filter2")) };
    matrices("filter2", &[b, x])?;
    // Turned by half a turn, a filter is a convolution.
    let mut b = Wide::new(host, b, "filter2")?;
    match &mut b.elements {
        Elements::Real(v) => v.reverse(),
        Elements::Complex(v) => v.reverse(),
    }
    let turned = crate::builtin::numeric::complex(b.shape.clone(), b.complex(), b.single);
    one(convolved(host, "filter2", x, &turned, part, call.span)?)
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "filter2",
        (2, 3),
        1,
        filter2,
        "filter2 (B, X), filter2 (B, X, SHAPE)\n\nX through the two-dimensional filter B.\n\n    filter2 ([1 1; 1 1], magic (3))\n",
    ),
    Builtin::new(
        "conv2",
        (2, 4),
        1,
        conv2,
        "conv2 (A, B), conv2 (V, R, M), conv2 (..., SHAPE)\n\nThe two-dimensional convolution, \"full\", of the size of A (\"same\"), or where B fits (\"valid\").\n\n    conv2 ([1 2; 3 4], [1 1])\n",
    ),
    Builtin::new(
        "convn",
        (2, 3),
        1,
        convn,
        "convn (A, B), convn (A, B, SHAPE)\n\nThe convolution of arrays of any rank; SHAPE is \"full\", \"same\" or \"valid\".\n\n    convn ([1 2; 3 4], [1 1])\n    % ans =\n    %\n    %    1   3   2\n    %    3   7   4\n",
    ),
];
