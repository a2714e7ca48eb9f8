//! The operations of the graph. About a dozen; variety lives in their parameters.

use crate::array::{Block, DType, ScalarFn, Shape};
use crate::kernel::{Conj, Formula, LaneKind, MapBody, ReduceKind, ScanKind, Window};
use crate::store;
use smallvec::SmallVec;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// Where elements come from that no node computes.
#[derive(Clone)]
pub enum Source {
    /// An array on disk, named as the user named it.
    Stored(Arc<dyn store::Source>),
    /// A block the session holds, column-major.
    Dense(Arc<Block>),
    /// An array by formula, of this shape.
    Formula(Formula, Shape),
    /// What runs of its own make before the graph that reads it is planned; see [`super::promise`].
    Promised(super::Promised),
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Source::Stored(s) => write!(f, "Stored({})", s.name()),
            Source::Dense(b) => write!(f, "Dense({} {})", b.shape(), b.dtype().class()),
            Source::Formula(formula, shape) => write!(f, "{formula:?} {shape}"),
            Source::Promised(promised) => write!(f, "{promised:?}"),
        }
    }
}

/// Sources are equal when they are the same thing, not when they hold the same elements.
impl PartialEq for Source {
    fn eq(&self, other: &Source) -> bool {
        match (self, other) {
            (Source::Stored(a), Source::Stored(b)) => Arc::ptr_eq(a, b),
            (Source::Dense(a), Source::Dense(b)) => Arc::ptr_eq(a, b),
            (Source::Formula(a, s), Source::Formula(b, t)) => a == b && s == t,
            (Source::Promised(a), Source::Promised(b)) => a == b,
            _ => false,
        }
    }
}

impl Eq for Source {}

impl Hash for Source {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Source::Stored(a) => (Arc::as_ptr(a) as *const u8).hash(state),
            Source::Dense(a) => Arc::as_ptr(a).hash(state),
            Source::Formula(a, s) => (a, s).hash(state),
            Source::Promised(a) => a.hash(state),
        }
    }
}

/// `start : step : ...`, `len` layers of an axis (from 0).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AxisSlice {
    pub start: usize,
    pub step: isize,
    pub len: usize,
}

impl AxisSlice {
    /// Whether most of what lies between its layers is not wanted.
    pub fn is_sparse(&self) -> bool {
        self.len > 1 && self.step.unsigned_abs() >= 8
    }

    pub fn all(extent: usize) -> AxisSlice {
        AxisSlice { start: 0, step: 1, len: extent }
    }

    pub fn is_all(&self, extent: usize) -> bool {
        self.start == 0 && self.step == 1 && self.len == extent
    }

    /// The slice that takes `inner` of what `self` took.
    pub fn then(&self, inner: AxisSlice) -> AxisSlice {
        AxisSlice {
            start: (self.start as isize + inner.start as isize * self.step) as usize,
            step: self.step * inner.step,
            len: inner.len,
        }
    }

    /// Lowest and one past the highest layer touched; `None` when empty.
    pub fn bounds(&self) -> Option<(usize, usize)> {
        let last = self.len.checked_sub(1)? as isize * self.step + self.start as isize;
        let (low, high) = if self.step >= 0 { (self.start as isize, last) } else { (last, self.start as isize) };
        Some((low as usize, high as usize + 1))
    }
}

/// What a node does with its inputs.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Op {
    /// No inputs.
    Source(Source),
    /// Elementwise over any number of inputs, with broadcasting.
    Map(Arc<MapBody>),
    /// Matrix product of two inputs, each as it is, transposed or adjoint.
    Dot { a: Conj, b: Conj },
    /// `A' * A` (`adjoint_first`) or `A * A'` of one input: half the work, exactly symmetric (Hermitian).
    SymDot { adjoint_first: bool },
    /// The product of every page, the matrices of the first two axes; a single page goes with all of the other input.
    PageDot { a: Conj, b: Conj },
    /// Reduces the axes whose bit is set to extent 1.
    Reduce { kind: ReduceKind, axes: u32 },
    /// Running result along an axis; a second input is the carry that it starts from.
    Scan { kind: ScanKind, axis: u8 },
    /// A function of every lane along an axis.
    Lanes { kind: LaneKind, axis: u8 },
    /// A function of the surroundings of every element.
    Window(Arc<Window>),
    /// Axis `i` of the result is axis `perm[i]` of the input.
    Permute { perm: SmallVec<[u8; 4]> },
    /// A box with steps.
    Slice { axes: SmallVec<[AxisSlice; 4]> },
    /// Layers of an axis by index (from 0), in any order, with repeats.
    Gather { axis: u8, indices: Arc<Vec<u64>> },
    /// `[base, value]`: base with the box replaced by value (same shape as the box, or a scalar).
    Assign { axes: SmallVec<[AxisSlice; 4]> },
    /// The same elements in column-major sequence.
    Reshape { shape: Shape },
    /// Inputs side by side.
    Concat { axis: u8 },
    /// Says how the result shall be cut; changes no element.
    Rechunk { chunk: SmallVec<[usize; 4]> },
    /// `[mask, A]`: the elements of A where mask is true, as a column of `count` elements (counted before).
    Compress { count: usize },
}

impl Op {
    /// One scalar function as a map.
    pub fn map(f: ScalarFn, inputs: &[DType], dtype: DType) -> Op {
        Op::Map(Arc::new(MapBody::single(f, inputs, dtype)))
    }

    /// Whether it is there, or made by a formula, instead of being computed from other nodes.
    pub fn is_source(&self) -> bool {
        matches!(self, Op::Source(_))
    }
}
