//! The elements of a large array that a mask selects, and where they are.
//!
//! One counting pass tells how many there are. Where the chunks of the mask lie as the elements follow each other, the
//! result is pieces end to end, each made from a part of the array of bounded size: strips of columns, or ranges of rows
//! of one column where a column is too long. Where chunks lie across, pieces would read each of them many times: the
//! selection is one node, which runs of its own stand for ([`crate::builtin::outofcore::compress`]) where it does not fit.

use crate::array::grid::{CHUNK_BYTES, contiguous_chunks, default_chunks};
use crate::array::{DType, Grid, ScalarFn, Shape};
use crate::builtin::api::Host;
use crate::builtin::ops::lazy::as_node;
use crate::diag::Result;
use crate::diag::Span;
use crate::fault;
use crate::ir::{AxisSlice, Node, Op, op::Source};
use crate::kernel::{Formula, MapBody, ReduceKind};
use crate::value::Value;
use smallvec::SmallVec;
use std::sync::Arc;

/// A piece takes at most one part in so many of the budget: mask, elements, result and what making them takes.
const SHARE: u64 = 64;

/// A mask is cut into so many pieces at most.
const MOST_PIECES: usize = 1 << 24;

/// Counts by layer are fetched together up to this many.
const MOST_COUNTS: usize = 1 << 20;

/// What a mask selects: its pieces and how many elements each has.
pub struct Selection {
    mask: Arc<Node>,
    pieces: Vec<(SmallVec<[AxisSlice; 4]>, usize)>,
    pub count: usize,
    span: Span,
}

impl Selection {
    /// Counts the elements of a mask of truth values.
    pub fn new(host: &mut dyn Host, mask: Arc<Node>, span: Span) -> Result<Selection> {
        let shape = mask.meta.shape.clone();
        let most = (host.arrays().budget() / SHARE).clamp(64, CHUNK_BYTES as u64) as usize / size_of::<f64>();
        let grid = Grid::new(shape.clone(), &contiguous_chunks(&shape, most));
        if grid.len() > MOST_PIECES {
            return Err(fault!("a mask of {shape} elements is too large to be counted").id("arr:too-many-blocks"));
        }
        if grid.len() > 1 && lie_across(&mask.meta.chunks, &grid) {
            let axes = (1u32 << shape.rank()) - 1;
            let all = Node::new(Op::Reduce { kind: ReduceKind::Nnz, axes }, std::slice::from_ref(&mask), span)?;
            let count = host.arrays().force(&[all])?.first().map_or(0, |b| b.data().get_f64(0) as usize);
            let whole = shape.iter().map(|&extent| AxisSlice::all(extent)).collect();
            let pieces = if count > 0 { vec![(whole, count)] } else { Vec::new() };
            return Ok(Selection { mask, pieces, count, span });
        }
        let boxes = pieces(&grid);
        let counts = counts(host, &mask, &grid, &boxes, span)?;
        let count = counts.iter().sum();
        let pieces = boxes.into_iter().zip(counts).filter(|(_, count)| *count > 0).collect();
        Ok(Selection { mask, pieces, count, span })
    }

    /// The selected elements of an array of the mask's shape, as a column.
    pub fn of(&self, x: &Arc<Node>) -> Result<Arc<Node>> {
        let shape = Shape::matrix(self.count, 1);
        let part = |x: &Arc<Node>, axes: &SmallVec<[AxisSlice; 4]>| {
            Node::new(Op::Slice { axes: axes.clone() }, std::slice::from_ref(x), self.span)
        };
        let mut made = Vec::with_capacity(self.pieces.len());
        for (axes, count) in &self.pieces {
            let inputs = [part(&self.mask, axes)?, part(x, axes)?];
            made.push(Node::new(Op::Compress { count: *count }, &inputs, self.span)?);
        }
        let joined = match made.as_slice() {
            [] => {
                let nothing = Formula::Fill { bits: 0, dtype: x.meta.dtype };
                return Node::new(Op::Source(Source::Formula(nothing, shape)), &[], self.span);
            }
            [one] => one.clone(),
            many => Node::new(Op::Concat { axis: 0 }, many, self.span)?,
        };
        Node::new(Op::Rechunk { chunk: default_chunks(&shape, x.meta.dtype) }, &[joined], self.span)
    }

    /// The selected positions (from 1), counted through all elements.
    pub fn places(&self) -> Result<Arc<Node>> {
        let shape = self.mask.meta.shape.clone();
        self.of(&linear(shape.len(), shape, self.span)?)
    }

    /// The selected positions along one axis, the axes behind it counted through if `rest`.
    pub fn places_along(&self, axis: usize, rest: bool) -> Result<Arc<Node>> {
        let shape = &self.mask.meta.shape;
        let own = (0..shape.rank()).fold(Shape::scalar(), |s, a| {
            if a == axis || rest && a > axis { s.with_extent(a, shape.extent(a)) } else { s }
        });
        let along = linear(own.len(), own, self.span)?;
        // Spread over the other axes: added to zeros of the whole shape.
        let zeros = Formula::Fill { bits: 0, dtype: DType::F64 };
        let zeros = Node::new(Op::Source(Source::Formula(zeros, shape.clone())), &[], self.span)?;
        let add = MapBody::single(ScalarFn::Add, &[DType::F64; 2], DType::F64);
        self.of(&Node::new(Op::Map(Arc::new(add)), &[along, zeros], self.span)?)
    }
}

/// Whether a chunk of an array reaches into pieces that do not follow each other in it. Ranges of a column do follow each
/// other in a chunk of that column.
fn lie_across(chunks: &[usize], pieces: &Grid) -> bool {
    let across = |axis: &usize| pieces.count(*axis) > 1 && chunks.get(*axis).is_some_and(|&c| c > pieces.chunk[*axis]);
    (1..pieces.rank()).any(|axis| across(&axis))
}

/// 1, 2, ... n in column-major sequence.
pub fn linear(n: usize, shape: Shape, span: Span) -> Result<Arc<Node>> {
    let one = 1f64.to_bits();
    let formula = Formula::Linear { start: one, step: one, last: (n as f64).to_bits() };
    Node::new(Op::Source(Source::Formula(formula, shape)), &[], span)
}

/// The chunks of a grid of consecutive elements, in column-major sequence.
fn pieces(grid: &Grid) -> Vec<SmallVec<[AxisSlice; 4]>> {
    let counts = grid.counts();
    (0..grid.len())
        .map(|number| {
            let mut rest = number;
            let axes = (0..grid.rank()).map(|axis| {
                let start = rest % counts[axis] * grid.chunk[axis];
                rest /= counts[axis];
                AxisSlice { start, step: 1, len: grid.chunk[axis].min(grid.shape.extent(axis) - start) }
            });
            axes.collect()
        })
        .collect()
}

/// How many elements each piece selects.
fn counts(
    host: &mut dyn Host,
    mask: &Arc<Node>,
    grid: &Grid,
    pieces: &[SmallVec<[AxisSlice; 4]>],
    span: Span,
) -> Result<Vec<usize>> {
    let kind = ReduceKind::Nnz;
    let cut = (0..grid.rank()).find(|&a| grid.count(a) > 1).unwrap_or(0);
    let layers: usize = (cut..grid.rank()).map(|a| grid.shape.extent(a)).product();
    if cut > 0 && layers <= MOST_COUNTS {
        // By layer of the axis that is cut, in one scan that need not follow the pieces.
        let op = Op::Reduce { kind, axes: (1 << cut) - 1 };
        let blocks = host.arrays().force(&[Node::new(op, std::slice::from_ref(mask), span)?])?;
        let mut counted = blocks.iter().flat_map(|b| (0..b.len()).map(|i| b.data().get_f64(i) as usize));
        return Ok(pieces.iter().map(|axes| counted.by_ref().take(axes[cut].len).sum()).collect());
    }
    let axes = (1u32 << grid.rank()) - 1;
    let mut counters = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let part = Node::new(Op::Slice { axes: piece.clone() }, std::slice::from_ref(mask), span)?;
        counters.push(Node::new(Op::Reduce { kind, axes }, &[part], span)?);
    }
    let blocks = host.arrays().force(&counters)?;
    Ok(blocks.iter().map(|b| b.data().get_f64(0) as usize).collect())
}

/// A numeric array as a mask: true where it is not zero.
pub fn truths(x: &Value, span: Span) -> Result<Arc<Node>> {
    let node = as_node(x, span)?;
    if node.meta.dtype == DType::Bool {
        return Ok(node);
    }
    let zero = Formula::Fill { bits: 0, dtype: node.meta.dtype };
    let zero = Node::new(Op::Source(Source::Formula(zero, Shape::scalar())), &[], span)?;
    let types = [node.meta.dtype; 2];
    Node::new(Op::map(ScalarFn::Ne, &types, DType::Bool), &[node, zero], span)
}
