//! Shape, type and canonical chunks of a node, from its operation and its inputs. Every ill-formed node is refused
//! here, before anything runs.

use super::Meta;
use super::op::{AxisSlice, Op, Source};
use crate::array::{DType, Shape};
use crate::diag::{Fault, Result};
use crate::fault;
use crate::kernel::{Conj, ScanKind, pages};
use smallvec::SmallVec;

pub use crate::array::grid::{CHUNK_BYTES, contiguous_chunks, default_chunks};

/// Octave's message for operands that do not fit each other.
pub fn nonconformant(operator: &str, a: &Shape, b: &Shape) -> Fault {
    fault!("operator {operator}: nonconformant arguments (op1 is {a}, op2 is {b})").id("Octave:nonconformant-args")
}

/// Canonical chunks of an array whose storage is cut like this: small storage chunks are taken several at a time along
/// each axis, so that a chunk has at most about [`CHUNK_BYTES`] and at least a useful size; large ones stay.
pub fn coarsen(shape: &Shape, chunk: &[usize], dtype: DType) -> SmallVec<[usize; 4]> {
    let mut out: SmallVec<[usize; 4]> =
        (0..shape.rank()).map(|a| chunk.get(a).copied().unwrap_or(1).clamp(1, shape.extent(a).max(1))).collect();
    let target = CHUNK_BYTES / dtype.size();
    loop {
        let size = out.iter().fold(1usize, |n, &c| n.saturating_mul(c));
        let candidate = (0..out.len())
            .filter(|&a| out[a] < shape.extent(a) && size.saturating_mul(2) <= target)
            .min_by_key(|&a| out[a]);
        let Some(axis) = candidate else { return out };
        let base = chunk.get(axis).copied().unwrap_or(1).max(1);
        let times = out[axis].div_ceil(base).max(1);
        let room = (target / (size / out[axis]).max(1) / base).max(1);
        out[axis] = (base * (times * 2).min(room).max(times + 1)).min(shape.extent(axis));
    }
}

/// Checks an operation against its inputs and says what comes out.
pub fn infer(op: &Op, inputs: &[&Meta]) -> Result<Meta> {
    let meta = |shape: Shape, dtype: DType, chunks: SmallVec<[usize; 4]>| {
        let chunks =
            (0..shape.rank()).map(|a| chunks.get(a).copied().unwrap_or(1).clamp(1, shape.extent(a).max(1))).collect();
        Ok(Meta { shape, dtype, chunks })
    };
    match op {
        Op::Source(Source::Stored(source)) => {
            let m = source.meta();
            meta(m.shape.clone(), m.dtype, coarsen(&m.shape, &m.grid.chunk, m.dtype))
        }
        Op::Source(Source::Dense(block)) => {
            meta(block.shape().clone(), block.dtype(), default_chunks(block.shape(), block.dtype()))
        }
        Op::Source(Source::Promised(promised)) => Ok(promised.meta().clone()),
        Op::Source(Source::Formula(formula, shape)) => {
            meta(shape.clone(), formula.dtype(), default_chunks(shape, formula.dtype()))
        }
        Op::Map(body) => {
            let mut shape = Shape::scalar();
            for input in inputs {
                shape = shape
                    .broadcast(&input.shape)
                    .ok_or_else(|| nonconformant(map_symbol(body), &inputs[0].shape, &input.shape))?;
            }
            // The chunks of the input that has most elements; along its broadcast axes, of another one.
            let mut chunks: SmallVec<[usize; 4]> = SmallVec::from_elem(1, shape.rank());
            for (axis, chunk) in chunks.iter_mut().enumerate() {
                *chunk = inputs
                    .iter()
                    .filter(|m| m.shape.extent(axis) == shape.extent(axis))
                    .max_by_key(|m| m.shape.len())
                    .and_then(|m| m.chunks.get(axis).copied())
                    .unwrap_or(1);
            }
            // Extents of several inputs may make a chunk that is larger than any of theirs.
            let largest = inputs.iter().map(|m| m.chunk_len()).max().unwrap_or(1);
            limit(&mut chunks, None, (CHUNK_BYTES / body.dtype().size()).max(largest));
            meta(shape, body.dtype(), chunks)
        }
        Op::Dot { a, b } => {
            let (x, y) = (inputs[0], inputs[1]);
            let ((m, k), (l, n)) = (oriented(*a, x)?, oriented(*b, y)?);
            if k != l {
                return Err(nonconformant("*", &Shape::matrix(m, k), &Shape::matrix(l, n)).hint(dot_hint(x, y)));
            }
            let rows = x.chunks[usize::from(*a != Conj::No)];
            let columns = y.chunks[usize::from(*b == Conj::No)];
            let mut chunks: SmallVec<[usize; 4]> = SmallVec::from_slice(&[rows, columns]);
            // Chunks of two vectors make a chunk of their outer product as large as both.
            limit(&mut chunks, None, (CHUNK_BYTES / x.dtype.size()).max(x.chunk_len()).max(y.chunk_len()));
            meta(Shape::matrix(m, n), x.dtype, chunks)
        }
        Op::SymDot { adjoint_first } => {
            let x = inputs[0];
            let axis = usize::from(*adjoint_first);
            let (n, chunk) = (x.shape.extent(axis), x.chunks[axis]);
            meta(Shape::matrix(n, n), x.dtype, SmallVec::from_slice(&[chunk, chunk]))
        }
        Op::PageDot { a, b } => {
            let (x, y) = (inputs[0], inputs[1]);
            let shape = pages::shape(*a, *b, &x.shape, &y.shape)?;
            let inner = x.shape.extent(usize::from(*a == Conj::No));
            let mut chunks: SmallVec<[usize; 4]> = SmallVec::new();
            chunks.push(x.chunks[usize::from(*a != Conj::No)]);
            chunks.push(y.chunks[usize::from(*b == Conj::No)]);
            // As many pages as keep the largest of the three blocks at the usual size.
            let page = (chunks[0] * chunks[1]).max(chunks[0].max(chunks[1]) * inner).max(1);
            let mut room = (CHUNK_BYTES / x.dtype.size() / page).max(1);
            for axis in 2..shape.rank() {
                let input = if x.shape.extent(axis) == shape.extent(axis) { x } else { y };
                chunks.push(input.chunks.get(axis).copied().unwrap_or(1).min(room));
                room = (room / chunks[axis].max(1)).max(1);
            }
            meta(shape, x.dtype, chunks)
        }
        Op::Reduce { kind, axes } => {
            let x = inputs[0];
            let mut shape = x.shape.clone();
            for axis in 0..x.shape.rank() {
                if axes & (1 << axis) != 0 {
                    shape = shape.with_extent(axis, 1);
                }
            }
            meta(shape, kind.result_type(x.dtype), x.chunks.clone())
        }
        Op::Scan { kind, axis } => {
            let x = inputs[0];
            let carry = x.shape.with_extent(*axis as usize, kind.carried());
            let fits = inputs.get(1).is_none_or(|start| start.shape == carry);
            if !fits
                || matches!(kind, ScanKind::Filter(filter) if inputs.iter().any(|x| filter.element_type(x.dtype) != x.dtype))
            {
                return Err(fault!("internal error: a scan of {:?} {} from elsewhere", x.dtype, x.shape));
            }
            meta(x.shape.clone(), kind.result_type(x.dtype), x.chunks.clone())
        }
        Op::Lanes { kind, axis } => {
            let (x, axis) = (inputs[0], *axis as usize);
            let dtype = kind
                .result_type(x.dtype)
                .ok_or_else(|| fault!("{} is not defined for complex arguments", super::print::lane_text(kind)))?;
            let extent = kind.extent(x.shape.extent(axis));
            // A block has whole lanes: it is cut along the other axes until it has the usual size.
            let mut chunks = x.chunks.clone();
            let most = CHUNK_BYTES / x.dtype.size().max(dtype.size());
            if axis < chunks.len() {
                chunks[axis] = x.shape.extent(axis).max(extent).max(1);
                limit(&mut chunks, Some(axis), most);
            }
            meta(x.shape.with_extent(axis, extent), dtype, chunks)
        }
        Op::Window(window) => {
            let x = inputs[0];
            let dtype = window.result_type(x.dtype).ok_or_else(|| {
                fault!("a {} is not defined for complex arguments", super::print::window_text(window))
            })?;
            meta(window.shape.clone(), dtype, x.chunks.clone())
        }
        Op::Permute { perm } => {
            let x = inputs[0];
            let dims: SmallVec<[usize; 4]> = perm.iter().map(|&p| x.shape.extent(p as usize)).collect();
            let chunks = perm.iter().map(|&p| x.chunks.get(p as usize).copied().unwrap_or(1)).collect();
            meta(Shape::new(&dims), x.dtype, chunks)
        }
        Op::Slice { axes } => {
            let x = inputs[0];
            let dims: SmallVec<[usize; 4]> = axes.iter().map(|s| s.len).collect();
            let chunks = axes
                .iter()
                .enumerate()
                .map(|(a, s)| x.chunks.get(a).copied().unwrap_or(1).div_ceil(s.step.unsigned_abs().max(1)))
                .collect();
            meta(Shape::new(&dims), x.dtype, chunks)
        }
        Op::Gather { axis, indices } => {
            let x = inputs[0];
            meta(x.shape.with_extent(*axis as usize, indices.len()), x.dtype, x.chunks.clone())
        }
        Op::Assign { axes } => {
            let (base, value) = (inputs[0], inputs[1]);
            let dims: SmallVec<[usize; 4]> = axes.iter().map(|s: &AxisSlice| s.len).collect();
            if !value.shape.is_scalar() && value.shape != Shape::new(&dims) {
                return Err(fault!(
                    "=: nonconformant arguments (op1 is {}, op2 is {})",
                    Shape::new(&dims),
                    value.shape
                )
                .id("Octave:nonconformant-args"));
            }
            meta(base.shape.clone(), base.dtype, base.chunks.clone())
        }
        Op::Reshape { shape } => {
            let x = inputs[0];
            if x.shape.len() != shape.len() {
                return Err(fault!("reshape: can't reshape {} array to {shape} array", x.shape));
            }
            meta(shape.clone(), x.dtype, contiguous_chunks(shape, CHUNK_BYTES / x.dtype.size()))
        }
        Op::Concat { axis } => {
            let axis = *axis as usize;
            let mut shape = inputs[0].shape.clone();
            let mut total = 0;
            for x in inputs {
                if x.shape.with_extent(axis, 1) != inputs[0].shape.with_extent(axis, 1) {
                    let which = if axis == 0 { "vertical" } else { "horizontal" };
                    return Err(fault!("{which} dimensions mismatch ({} vs {})", inputs[0].shape, x.shape));
                }
                total += x.shape.extent(axis);
            }
            shape = shape.with_extent(axis, total);
            // A layer before or behind an array does not cut it into layers.
            let largest = inputs.iter().fold(inputs[0], |a, b| if b.shape.len() > a.shape.len() { b } else { a });
            let mut chunks: SmallVec<[usize; 4]> = largest.chunks.clone();
            chunks.resize(shape.rank(), 1);
            meta(shape, inputs[0].dtype, chunks)
        }
        Op::Rechunk { chunk } => {
            let x = inputs[0];
            meta(x.shape.clone(), x.dtype, chunk.clone())
        }
        Op::Compress { count } => {
            let shape = Shape::matrix(*count, 1);
            meta(shape.clone(), inputs[1].dtype, default_chunks(&shape, inputs[1].dtype))
        }
    }
}

/// Cuts chunks along all axes, but for one that must stay whole, until they have at most so many elements, or a single layer along each.
fn limit(chunks: &mut [usize], whole: Option<usize>, most: usize) {
    loop {
        let size = chunks.iter().fold(1usize, |n, &c| n.saturating_mul(c));
        let longest = (0..chunks.len()).filter(|&a| Some(a) != whole && chunks[a] > 1).max_by_key(|&a| chunks[a]);
        match longest {
            Some(axis) if size > most => chunks[axis] = (most / (size / chunks[axis])).clamp(1, chunks[axis] - 1),
            _ => return,
        }
    }
}

/// Rows and columns of an operand as it enters a product.
fn oriented(conj: Conj, x: &Meta) -> Result<(usize, usize)> {
    if x.shape.rank() != 2 {
        return Err(fault!("operator *: not defined for N-D objects")
            .hint("a matrix product takes two-dimensional arrays; reshape or index the extra dimensions away"));
    }
    Ok(if conj == Conj::No { (x.shape.rows(), x.shape.columns()) } else { (x.shape.columns(), x.shape.rows()) })
}

/// What was probably meant by two matrices that do not multiply.
pub fn dot_hint(x: &Meta, y: &Meta) -> String {
    let (a, b) = (&x.shape, &y.shape);
    let inner = format!("the inner dimensions {} and {} differ", a.columns(), b.rows());
    if a == b {
        format!("{inner}; did you mean A .* B (by element), A' * B or A * B'?")
    } else if a.rows() == b.rows() {
        format!("{inner}; did you mean A' * B?")
    } else if a.columns() == b.columns() {
        format!("{inner}; did you mean A * B'?")
    } else {
        inner
    }
}

/// The operator a map of one instruction stands for in messages.
fn map_symbol(body: &crate::kernel::MapBody) -> &'static str {
    use crate::array::ScalarFn::*;
    match body.instrs.last().map(|i| i.f) {
        Some(Add) => "+",
        Some(Sub) => "-",
        Some(Mul) => ".*",
        Some(Div) => "./",
        Some(Pow) => ".^",
        Some(Eq) => "==",
        Some(Ne) => "!=",
        Some(Lt) => "<",
        Some(Le) => "<=",
        Some(Gt) => ">",
        Some(Ge) => ">=",
        Some(And) => "&",
        Some(Or) => "|",
        _ => "",
    }
}
