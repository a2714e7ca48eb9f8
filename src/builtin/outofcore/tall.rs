//! Linear algebra of lazy matrices that are tall (or wide, through their adjoints): everything goes through the small
//! triangle of [`tsqr`](super::tsqr), and what is tall in a result stays lazy.
//!
//! Reads the matrix once for R, singular values, rank, condition, norm, null space and least squares; what is built on Q
//! costs what Q does. Which matrices go this way follows from their shape alone, not from the budget, so that results
//! have the same bits inside any.

use super::tsqr;
use crate::array::{Block, Complex64, DType, Data, ScalarFn, Shape};
use crate::builtin::math::svd::svd_of;
use crate::builtin::math::{Mat, Scalar, qr as mqr, solve};
use crate::builtin::numeric::{self, IntoValue, Matrix, Wide};
use crate::builtin::ops::{self, lazy};
use crate::builtin::{Host, Values};
use crate::diag::{Result, Span};
use crate::ir::{AxisSlice, Node, Op};
use crate::kernel::{Formula, ReduceKind};
use crate::syntax::ast::BinaryOp;
use crate::value::{Lazy, Value};
use crate::{each_matrix, fault};
use std::sync::Arc;

/// A lazy matrix that is taken apart through its triangle.
pub struct Tall {
    /// At least twice as high as wide, of a float type.
    node: Arc<Node>,
    /// Whether it is the adjoint of the matrix that was given.
    pub adjoint: bool,
    span: Span,
}

/// The singular value decomposition of the triangle: `R = U * diag (s) * V'`.
struct Svd {
    u: Value,
    s: Vec<f64>,
    v: Value,
}

impl Tall {
    /// A lazy matrix that is tall or wide.
    pub fn of(host: &mut dyn Host, x: &Value, span: Span) -> Result<Option<Tall>> {
        let Value::Lazy(Lazy(node)) = x else { return Ok(None) };
        let dtype = node.meta.dtype;
        let shape = &node.meta.shape;
        if shape.rank() != 2 || !(dtype.is_float() || dtype == DType::Bool) {
            return Ok(None);
        }
        let adjoint = shape.columns() > shape.rows();
        let x = if dtype == DType::Bool { lazy::cast(host, x, DType::F64, span)? } else { x.clone() };
        let x = if adjoint { ops::transpose(host, &x, true, span)? } else { x };
        match x {
            Value::Lazy(Lazy(node)) if tsqr::is_tall(&node.meta) => Ok(Some(Tall { node, adjoint, span })),
            _ => Ok(None),
        }
    }

    /// As [`Tall::of`], of tall matrices alone.
    pub fn upright(host: &mut dyn Host, x: &Value, span: Span) -> Result<Option<Tall>> {
        let shape = x.shape();
        if shape.columns() > shape.rows() { Ok(None) } else { Tall::of(host, x, span) }
    }

    fn single(&self) -> bool {
        self.node.meta.dtype.is_single()
    }

    fn epsilon(&self) -> f64 {
        if self.single() { f32::EPSILON as f64 } else { f64::EPSILON }
    }

    /// Rows and columns.
    fn extents(&self) -> (usize, usize) {
        (self.node.meta.shape.rows(), self.node.meta.shape.columns())
    }

    /// `[Q, R]`, both lazy.
    pub fn q_and_r(&self) -> Result<(Value, Value)> {
        let mut nodes = tsqr::factors(&self.node, true, self.span)?.into_iter();
        match (nodes.next(), nodes.next()) {
            (Some(q), Some(r)) => Ok((lazy::value(q), lazy::value(r))),
            _ => Err(fault!("internal error: a factorisation without factors")),
        }
    }

    /// R, lazy.
    pub fn r(&self) -> Result<Value> {
        tsqr::factors(&self.node, false, self.span)?
            .pop()
            .map(lazy::value)
            .ok_or_else(|| fault!("internal error: a factorisation without factors"))
    }

    /// Singular values, largest first.
    pub fn singular_values(&self, host: &mut dyn Host, who: &str) -> Result<Vec<f64>> {
        let r = triangle(host, &self.r()?, who)?;
        each_matrix!(r, r => {
            finite(&r)?;
            r.faer().singular_values().map_err(|_| fault!("svd: no convergence"))
        })
    }

    fn svd_of(&self, host: &mut dyn Host, r: &Value, who: &str) -> Result<Svd> {
        let r = triangle(host, r, who)?;
        let single = self.single();
        each_matrix!(r, r => {
            finite(&r)?;
            let (u, s, v) = svd_of(&r, false).ok_or_else(|| fault!("{who}: no convergence"))?;
            Ok(Svd { u: u.into_value(single), s, v: v.into_value(single) })
        })
    }

    /// `[U, s, V]` of the economy decomposition; U is lazy (V, where the adjoint was given).
    pub fn svd(&self, host: &mut dyn Host, who: &str) -> Result<(Value, Vec<f64>, Value)> {
        let (q, r) = self.q_and_r()?;
        let Svd { u, s, v } = self.svd_of(host, &r, who)?;
        let u = ops::binary(host, BinaryOp::Mul, &q, &u, self.span)?;
        Ok(if self.adjoint { (v, s, u) } else { (u, s, v) })
    }

    /// The tolerance below which singular values count as zero.
    pub fn tolerance(&self, s: &[f64]) -> f64 {
        let (m, n) = self.extents();
        m.max(n) as f64 * s.first().copied().unwrap_or(0.0) * self.epsilon()
    }

    /// The pseudoinverse, lazy.
    pub fn pinv(&self, host: &mut dyn Host, tolerance: Option<f64>) -> Result<Value> {
        let (q, r) = self.q_and_r()?;
        let Svd { u, s, v } = self.svd_of(host, &r, "pinv")?;
        let tolerance = tolerance.unwrap_or_else(|| self.tolerance(&s));
        let inverse: Vec<f64> = s.iter().map(|&s| if s > tolerance { 1.0 / s } else { 0.0 }).collect();
        let row = numeric::real(Shape::matrix(1, inverse.len()), inverse, self.single());
        let scaled = ops::binary(host, BinaryOp::ElMul, &v, &row, self.span)?;
        let adjoint = ops::transpose(host, &u, true, self.span)?;
        let small = ops::binary(host, BinaryOp::Mul, &scaled, &adjoint, self.span)?;
        if self.adjoint {
            // The pseudoinverse of the adjoint is the adjoint: no tall factor is turned twice.
            let small = ops::transpose(host, &small, true, self.span)?;
            return ops::binary(host, BinaryOp::Mul, &q, &small, self.span);
        }
        let across = ops::transpose(host, &q, true, self.span)?;
        ops::binary(host, BinaryOp::Mul, &small, &across, self.span)
    }

    /// An orthonormal basis of the range, or of the null space; `None` for the null space of a wide matrix, which is as
    /// large as the square of its long side.
    pub fn subspace(
        &self,
        host: &mut dyn Host,
        who: &str,
        range: bool,
        tolerance: Option<f64>,
    ) -> Result<Option<Value>> {
        if !range && self.adjoint {
            return Ok(None);
        }
        let (basis, s) = if range && !self.adjoint {
            let (u, s, _) = self.svd(host, who)?;
            (u, s)
        } else {
            // The range of a wide matrix and the null space of a tall one are spanned by right vectors of the triangle.
            let svd = self.svd_of(host, &self.r()?, who)?;
            (svd.v, svd.s)
        };
        let tolerance = tolerance.unwrap_or_else(|| self.tolerance(&s));
        let rank = s.iter().filter(|&&x| x > tolerance).count();
        if range {
            return columns(&basis, 0, rank, self.span).map(Some);
        }
        let basis = columns(&basis, rank, s.len(), self.span)?;
        let basis = Wide::new(host, &basis, who)?.matrix();
        let (epsilon, single) = (self.epsilon(), self.single());
        Ok(Some(each_matrix!(basis, basis => {
            basis.map(|x| if x.modulus() < epsilon { Default::default() } else { x }).into_value(single)
        })))
    }
}

/// R in memory, once it is sure that working on it fits.
fn triangle(host: &mut dyn Host, r: &Value, who: &str) -> Result<Matrix> {
    let r = lazy::gathered_for(host, r, who, 6)?;
    Ok(Wide::new(host, &r, who)?.matrix())
}

fn finite<T: Scalar>(r: &Mat<T>) -> Result<()> {
    if r.finite() { Ok(()) } else { Err(fault!("svd: cannot take SVD of matrix containing Inf or NaN values")) }
}

/// Columns `from..to` of a matrix, lazy if it is.
fn columns(x: &Value, from: usize, to: usize, span: Span) -> Result<Value> {
    let shape = x.shape();
    let axes = [AxisSlice::all(shape.rows()), AxisSlice { start: from, step: 1, len: to - from }];
    if let Value::Lazy(Lazy(node)) = x {
        let node = Node::new(Op::Slice { axes: axes.into_iter().collect() }, std::slice::from_ref(node), span)?;
        return Ok(lazy::value(node));
    }
    let positions: Vec<usize> = (from * shape.rows()..to * shape.rows()).collect();
    let block: &Block = &*x.to_block()?;
    Ok(Value::block(crate::builtin::ops::pick::pick_block(block, Shape::matrix(shape.rows(), to - from), &positions)))
}

/// `[q, r, p] = qr (a, ...)` of a lazy matrix that is tall or wide; `None` where the whole factor was asked for.
pub fn qr(
    host: &mut dyn Host,
    a: &Value,
    economy: bool,
    vector: bool,
    nargout: usize,
    span: Span,
) -> Result<Option<Values>> {
    let shape = a.shape();
    let Some(tall) = Tall::of(host, a, span)? else { return Ok(None) };
    if tall.adjoint {
        if nargout > 2 {
            return Ok(None);
        }
        // Q of the first columns, as many as rows, is Q of all.
        let square = columns(a, 0, shape.rows(), span)?;
        let square = lazy::gathered_for(host, &square, "qr", 5)?;
        let square = Wide::new(host, &square, "qr")?.matrix();
        let single = tall.single();
        let q = each_matrix!(square, m => mqr::Qr::new(&m, false).q(m.rows).into_value(single));
        let across = ops::transpose(host, &q, true, span)?;
        let r = ops::binary(host, BinaryOp::Mul, &across, a, span)?;
        // Below the diagonal of the square part there is nothing but rounding.
        let r = triu(host, &r, span)?;
        return Ok(Some(if nargout < 2 { [r].into_iter().collect() } else { [q, r].into_iter().collect() }));
    }
    if nargout < 2 {
        let r = tall.r()?;
        if economy {
            return Ok(Some([r].into_iter().collect()));
        }
        let zeros = Formula::Fill { bits: 0, dtype: r.dtype().unwrap_or(DType::F64) };
        let below = lazy::formula(host, zeros, Shape::matrix(shape.rows() - shape.columns(), shape.columns()), span)?;
        return Ok(Some([lazy::concat(host, &[r, below], 0, span)?].into_iter().collect()));
    }
    if !economy {
        // A square Q, what it is made from, and its copy as a value.
        let whole = 4 * (shape.rows() as u128).pow(2) * size_of::<Complex64>() as u128;
        if whole <= host.arrays().budget() as u128 {
            return Ok(None);
        }
        return Err(fault!("qr: Q of this {shape} matrix would be {}x{0}", shape.rows())
            .hint("qr (A, 0) gives the columns of Q that R needs"));
    }
    let (q, r) = tall.q_and_r()?;
    if nargout == 2 {
        return Ok(Some([q, r].into_iter().collect()));
    }
    // With pivoting: the triangle's own factorisation tells the order of the columns.
    let single = tall.single();
    let r = triangle(host, &r, "qr")?;
    each_matrix!(r, r => {
        let f = mqr::Qr::new(&r, true);
        let n = r.cols;
        let inner = f.q(n).into_value(single);
        let q = ops::binary(host, BinaryOp::Mul, &q, &inner, span)?;
        let p = if vector {
            Value::row(f.perm.iter().map(|&i| (i + 1) as f64).collect())
        } else {
            Mat::from_fn(n, n, |i, j| if f.perm[j] == i { 1.0 } else { 0.0 }).into_value(false)
        };
        Ok(Some([q, f.r(n).into_value(single), p].into_iter().collect()))
    })
}

/// The upper triangle of a lazy matrix, by a mask that no memory holds.
fn triu(host: &mut dyn Host, x: &Value, span: Span) -> Result<Value> {
    let shape = x.shape();
    let count = |host: &mut dyn Host, n: usize, shape: Shape| {
        let to = n as f64;
        let range = Formula::Linear { start: 1f64.to_bits(), step: 1f64.to_bits(), last: to.to_bits() };
        lazy::formula(host, range, shape, span)
    };
    let rows = count(host, shape.rows(), Shape::matrix(shape.rows(), 1))?;
    let columns = count(host, shape.columns(), Shape::matrix(1, shape.columns()))?;
    let keep = ops::binary(host, BinaryOp::Le, &rows, &columns, span)?;
    ops::binary(host, BinaryOp::ElMul, x, &keep, span)
}

/// `a \ b` for a lazy tall `a`: least squares by the triangle of `[a b]`, which is read in one run. For a wide one the
/// shortest solution, `Q * (R' \ b)` with the factors of the adjoint.
pub fn left_divide(host: &mut dyn Host, a: &Value, b: &Value, span: Span) -> Result<Option<Value>> {
    let Some(tall) = Tall::of(host, a, span)? else { return Ok(None) };
    let (_, n) = tall.extents();
    let dtype = ops::product::common_float(a, b, "\\")?;
    let epsilon = if dtype.is_single() { f32::EPSILON as f64 } else { f64::EPSILON };
    if tall.adjoint {
        let (q, r) = tall.q_and_r()?;
        let r = triangle(host, &r, "operator \\")?;
        let b = lazy::gathered_for(host, b, "operator \\", 4)?;
        let b = Wide::new(host, &b, "operator \\")?.matrix();
        let y = match (r, b) {
            (Matrix::Real(r), Matrix::Real(b)) => solved(&r.adjoint(), &b, epsilon).into_value(dtype.is_single()),
            (r, b) => solved(&r.complex().adjoint(), &b.complex(), epsilon).into_value(dtype.is_single()),
        };
        return ops::binary(host, BinaryOp::Mul, &q, &y, span).map(Some);
    }
    let k = b.shape().columns();
    let whole = Shape::matrix(tall.extents().0, n + k);
    let both = {
        let a = lazy::cast(host, &lazy::value(tall.node.clone()), dtype, span)?;
        let b = lazy::cast(host, b, dtype, span)?;
        let b = lazy::value(lazy::as_node(&b, span)?);
        lazy::concat(host, &[a, b], 1, span)?
    };
    let Some(both) = Tall::upright(host, &both, span)?.filter(|_| whole.rows() >= 2 * whole.columns()) else {
        return Ok(None);
    };
    let r = triangle(host, &both.r()?, "operator \\")?;
    Ok(Some(each_matrix!(r, r => {
        let square = r.cols(0, n).rows_of(0, n);
        let right = r.cols(n, n + k).rows_of(0, n);
        solved(&square, &right, epsilon).into_value(dtype.is_single())
    })))
}

/// A triangular system, by substitution where that is safe and of least norm where it is not.
fn solved<T: Scalar>(a: &Mat<T>, b: &Mat<T>, epsilon: f64) -> Mat<T> {
    solve::left_divide(a, b, epsilon).0
}

/// The 2-norm or another norm of a lazy vector, or a norm of a lazy matrix that one pass gives; `None` for others.
pub fn norm(
    host: &mut dyn Host,
    x: &Value,
    p: f64,
    frobenius: bool,
    axis: Option<usize>,
    span: Span,
) -> Result<Option<Value>> {
    let Value::Lazy(_) = x else { return Ok(None) };
    let shape = x.shape();
    let all = (1u32 << shape.rank()) - 1;
    let who = ops::elementwise::Who::Operator("abs");
    if axis.is_none() && !shape.is_vector() && !frobenius {
        let (inner, outer) = if p == 1.0 { (1, 2) } else { (2, 1) };
        if p != 1.0 && p != f64::INFINITY {
            return Ok(None);
        }
        let sums = lazy::elementwise(host, ScalarFn::Abs, &[x], who, span)?;
        let sums = lazy::reduce(host, ReduceKind::Sum, &sums, inner, span)?;
        if sums.is_empty() {
            return Ok(Some(Value::Num(0.0)));
        }
        // NaN only where the first sum is, as nothing is greater than that.
        let most = lazy::reduce(host, ReduceKind::Max, &sums, outer, span)?;
        let first = lazy::layers(&sums, usize::from(p == 1.0), AxisSlice::all(1), span)?;
        let result = nan_where(host, &first, &most, span)?;
        return host.gather(&result).map(Some);
    }
    let result = norms(host, x, if frobenius { 2.0 } else { p }, axis.map_or(all, |a| 1 << a), span)?;
    Ok(Some(if axis.is_some() { result } else { host.gather(&result)? }))
}

/// The p-norms of a lazy array along the axes whose bit is set, lazy.
pub fn norms(host: &mut dyn Host, x: &Value, p: f64, axes: u32, span: Span) -> Result<Value> {
    let who = ops::elementwise::Who::Operator("abs");
    if p == 2.0 {
        let squares = lazy::reduce(host, ReduceKind::SumSq, x, axes, span)?;
        return lazy::elementwise(host, ScalarFn::Sqrt, &[&squares], who, span);
    }
    if p == 0.0 {
        return lazy::reduce(host, ReduceKind::Nnz, x, axes, span);
    }
    let sizes = lazy::elementwise(host, ScalarFn::Abs, &[x], who, span)?;
    if p == 1.0 {
        return lazy::reduce(host, ReduceKind::Sum, &sizes, axes, span);
    }
    if p.is_infinite() {
        let kind = if p > 0.0 { ReduceKind::Max } else { ReduceKind::Min };
        let most = lazy::reduce(host, kind, &sizes, axes, span)?;
        let sum = lazy::reduce(host, ReduceKind::Sum, &sizes, axes, span)?;
        return nan_where(host, &sum, &most, span);
    }
    let powers = ops::binary(host, BinaryOp::ElPow, &sizes, &Value::Num(p), span)?;
    let sum = lazy::reduce(host, ReduceKind::Sum, &powers, axes, span)?;
    ops::binary(host, BinaryOp::ElPow, &sum, &Value::Num(1.0 / p), span)
}

/// `y`, but NaN where `x` is.
fn nan_where(host: &mut dyn Host, x: &Value, y: &Value, span: Span) -> Result<Value> {
    let who = ops::elementwise::Who::Operator("abs");
    let missing = lazy::elementwise(host, ScalarFn::IsNan, &[x], who, span)?;
    lazy::elementwise(host, ScalarFn::Select, &[&missing, x, y], who, span)
}

/// Singular values as a column value.
pub fn column(s: Vec<f64>, single: bool) -> Value {
    let block = Block::dense(Shape::matrix(s.len(), 1), Data::F64(s));
    Value::block(if single { ops::elementwise::to_single(block) } else { block })
}
