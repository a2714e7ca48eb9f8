//! The discrete Fourier transform of lanes that are longer than memory, as an expression of transforms that fit.
//!
//! A lane of `n = p q` points is a p-by-q matrix: its rows are transformed, its elements turned by powers of the n-th root
//! of unity, its columns transformed, and the matrix is read row by row (W. M. Gentleman and G. Sande, "Fast Fourier
//! transforms for fun and profit", AFIPS 1966; D. H. Bailey, "FFTs in external or hierarchical memory", 1990). A length
//! with a large prime factor is a convolution with a chirp, made by transforms of a length that is a power of 2
//! (L. I. Bluestein, 1968). Between the steps the matrix is put aside in tiles.
//!
//! In theory: a transform reads its lane once, and writes and reads it three times, twice as complex numbers.

use super::groups::Columns;
use super::mask::linear;
use crate::array::{DType, ScalarFn, Shape};
use crate::builtin::api::Host;
use crate::builtin::ops::{elementwise::Who, lazy};
use crate::builtin::outofcore::aside::in_tiles;
use crate::builtin::outofcore::lanes::{by_lane, fits};
use crate::diag::{Result, Span};
use crate::fault;
use crate::ir::{AxisSlice, Node, Op, Source};
use crate::kernel::{Formula, LaneKind};
use crate::syntax::ast::BinaryOp::{Add, ElDiv as Div, ElMul as Mul, Sub};
use crate::value::Value;
use smallvec::SmallVec;
use std::f64::consts::PI;
use std::sync::Arc;

/// Bytes that a step takes for each element of a block: what it reads, numbers on the way and results, by two threads.
const BYTES: usize = 256;
/// Longer tiles are not read any faster.
const LONGEST_SIDE: usize = 512;

/// The transform of every lane along an axis, cut or padded with zeros to so many points.
pub fn transform(
    host: &mut dyn Host,
    x: &Arc<Node>,
    points: usize,
    axis: usize,
    inverse: bool,
    span: Span,
) -> Result<Value> {
    let cut = AxisSlice { start: 0, step: 1, len: x.meta.shape.extent(axis).min(points) };
    let x = lazy::as_node(&lazy::layers(&lazy::value(x.clone()), axis, cut, span)?, span)?;
    if fits(host, points as u128) {
        return lazy::lanes(host, LaneKind::Fourier { points, inverse }, &lazy::value(x), axis, span);
    }
    let made = by_lane(&x, axis, span, |lane, shape| {
        let mut c = Columns { host: &mut *host, span };
        let column = lazy::reshape(c.host, &lazy::value(lane.clone()), Shape::matrix(lane.meta.shape.len(), 1), span)?;
        let column = c.cast(&column, DType::C64)?;
        let column = padded(&mut c, &column, points)?;
        let out = match split(c.host, points) {
            Some(sides) => in_steps(&mut c, &column, sides, inverse)?,
            None => by_chirp(&mut c, &column, inverse)?,
        };
        let out = lazy::reshape(c.host, &out, shape.with_extent(axis, points), span)?;
        Ok(vec![lazy::as_node(&out, span)?])
    })?;
    made.into_iter().next().map(lazy::value).ok_or_else(|| fault!("internal error: a transform of nothing"))
}

/// The two factors of a length that are nearest to each other, if lanes of both fit in memory.
fn split(host: &mut dyn Host, points: usize) -> Option<(usize, usize)> {
    let small = (1..=points.isqrt()).rev().find(|p| points.is_multiple_of(*p))?;
    fits(host, (points / small) as u128).then_some((small, points / small))
}

fn zeros(c: &Columns, n: usize) -> Result<Value> {
    let formula = Formula::Fill { bits: 0, dtype: DType::F64 };
    let node = Node::new(Op::Source(Source::Formula(formula, Shape::matrix(n, 1))), &[], c.span)?;
    Ok(lazy::value(node))
}

fn padded(c: &mut Columns, x: &Value, points: usize) -> Result<Value> {
    match points - x.numel() {
        0 => Ok(x.clone()),
        missing => {
            let zeros = zeros(c, missing)?;
            let zeros = c.cast(&zeros, DType::C64)?;
            lazy::concat(c.host, &[x.clone(), zeros], 0, c.span)
        }
    }
}

/// `exp (i * angle)` of every element.
fn turned(c: &mut Columns, angle: &Value) -> Result<Value> {
    let mut of = |f: ScalarFn, args: &[&Value]| lazy::elementwise(c.host, f, args, Who::Function(f.name()), c.span);
    let (re, im) = (of(ScalarFn::Cos, &[angle])?, of(ScalarFn::Sin, &[angle])?);
    of(ScalarFn::Complex, &[&re, &im])
}

/// The transform of a column of `p * q` points.
fn in_steps(c: &mut Columns, x: &Value, (p, q): (usize, usize), inverse: bool) -> Result<Value> {
    let span = c.span;
    let side = (c.host.arrays().budget() as usize / BYTES / p.max(q)).clamp(1, LONGEST_SIDE);
    // In blocks of a few whole rows, or columns.
    let cut = |x: &Value, chunk: [usize; 2]| {
        let chunk = SmallVec::from_slice(&chunk);
        Node::new(Op::Rechunk { chunk }, &[lazy::as_node(x, span)?], span).map(lazy::value)
    };
    let aside = |x: &Value, chunk| {
        let tiles = in_tiles(&lazy::as_node(&cut(x, chunk)?, span)?, side, span)?;
        Ok::<Value, crate::diag::Fault>(lazy::value(tiles))
    };
    let lanes = |host: &mut dyn Host, x: &Value, points, axis| {
        lazy::lanes(host, LaneKind::Fourier { points, inverse }, x, axis, span)
    };
    let matrix = lazy::reshape(c.host, x, Shape::matrix(p, q), span)?;
    let matrix = aside(&matrix, [p, side])?;
    let rows = lanes(c.host, &cut(&matrix, [side, q])?, q, 1)?;
    let i = lazy::value(linear(p, Shape::matrix(p, 1), span)?);
    let k = lazy::value(linear(q, Shape::matrix(1, q), span)?);
    let (i, k) = (c.op(Sub, &i, 1.0)?, c.op(Sub, &k, 1.0)?);
    // Whole numbers below the length: exact.
    let turns = c.op(Mul, &i, k)?;
    let sign = if inverse { 2.0 } else { -2.0 };
    let angle = c.op(Mul, &turns, sign * PI / (p * q) as f64)?;
    let twiddles = turned(c, &angle)?;
    let rows = c.op(Mul, &rows, twiddles)?;
    let rows = aside(&rows, [side, q])?;
    let columns = lanes(c.host, &cut(&rows, [p, side])?, p, 0)?;
    let turned = lazy::permute(c.host, &columns, &[1, 0], span)?;
    let turned = aside(&turned, [side, p])?;
    lazy::reshape(c.host, &turned, Shape::matrix(p * q, 1), span)
}

/// The transform of a column of any length: `x(n) w(n)` convolved with `conj (w)`, times `w`, where
/// `w(n) = exp (-i pi n^2 / length)`.
fn by_chirp(c: &mut Columns, x: &Value, inverse: bool) -> Result<Value> {
    let (n, span) = (x.numel(), c.span);
    let length = (2 * n - 1).next_power_of_two();
    let sides = split(c.host, length)
        .ok_or_else(|| fault!("fft: a lane of {n} points needs a larger budget").hint("--memory sets the budget"))?;
    let squares = squares(c, n)?;
    let sign = if inverse { 1.0 } else { -1.0 };
    let angle = c.op(Mul, &squares, sign * PI / n as f64)?;
    let chirp = turned(c, &angle)?;
    let negative = c.op(Mul, &angle, -1.0)?;
    let counter = turned(c, &negative)?;
    let a = c.op(Mul, x, chirp.clone())?;
    let a = padded(c, &a, length)?;
    // The counter-chirp reaches to both sides of 0.
    let back = AxisSlice { start: n - 1, step: -1, len: n - 1 };
    let gap = zeros(c, length - (2 * n - 1))?;
    let gap = c.cast(&gap, DType::C64)?;
    let parts = [counter.clone(), gap, lazy::layers(&counter, 0, back, span)?];
    let b = lazy::concat(c.host, &parts, 0, span)?;
    let (a, b) = (in_steps(c, &a, sides, false)?, in_steps(c, &b, sides, false)?);
    let product = c.op(Mul, &a, b)?;
    let convolved = in_steps(c, &product, sides, true)?;
    let kept = c.part(&convolved, 0, n)?;
    let out = c.op(Mul, &kept, chirp)?;
    if inverse { c.op(Div, &out, n as f64) } else { Ok(out) }
}

/// `mod (k^2, 2 n)` of k from 0 below n, exact: k is cut into digits of 15 bits, so that no product passes 2^53.
fn squares(c: &mut Columns, n: usize) -> Result<Value> {
    const DIGIT: f64 = 32768.0;
    let period = 2.0 * n as f64;
    let modulo = |c: &mut Columns, x: &Value| {
        lazy::elementwise(c.host, ScalarFn::Mod, &[x, &Value::Num(period)], Who::Function("mod"), c.span)
    };
    let k = lazy::value(linear(n, Shape::matrix(n, 1), c.span)?);
    let k = c.op(Sub, &k, 1.0)?;
    let scaled = c.op(Div, &k, DIGIT)?;
    let high = lazy::elementwise(c.host, ScalarFn::Floor, &[&scaled], Who::Function("floor"), c.span)?;
    let raised = c.op(Mul, &high, DIGIT)?;
    let low = c.op(Sub, &k, raised)?;
    // (h d + l)^2 = (h^2 d + 2 h l) d + l^2
    let square = c.op(Mul, &high, high.clone())?;
    let square = modulo(c, &square)?;
    let square = c.op(Mul, &square, DIGIT)?;
    let both = c.op(Mul, &high, low.clone())?;
    let both = c.op(Mul, &both, 2.0)?;
    let inner = c.op(Add, &square, both)?;
    let inner = modulo(c, &inner)?;
    let inner = c.op(Mul, &inner, DIGIT)?;
    let last = c.op(Mul, &low, low.clone())?;
    let all = c.op(Add, &inner, last)?;
    modulo(c, &all)
}
