//! What a kernel is, and what it is told.

use super::filter::Filter;
use super::lanes::LaneKind;
use super::window::Window;
use crate::array::{DType, Order, Pool, ScalarFn, Shape};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use std::sync::Arc;

/// An operand of an instruction of a [`MapBody`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Operand {
    /// The element of this input block.
    Input(u16),
    /// The result of this earlier instruction.
    Instr(u16),
    /// A real constant of double type (its bits).
    Const(u64),
}

impl Operand {
    pub fn constant(x: f64) -> Operand {
        Operand::Const(x.to_bits())
    }
}

/// One step of an elementwise expression.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Instr {
    pub f: ScalarFn,
    pub args: SmallVec<[Operand; 3]>,
    /// The type of the result: integer types round and saturate after the arithmetic, single rounds to single.
    pub dtype: DType,
}

/// A fused elementwise expression in static single assignment form: instruction `i` may use inputs, constants and the
/// results of instructions before it; the last instruction is the result.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MapBody {
    /// The types of the inputs. Inputs broadcast against each other: extents are equal or 1.
    pub inputs: Vec<DType>,
    pub instrs: Vec<Instr>,
}

impl MapBody {
    /// The body that applies one function to its inputs, result of the given type.
    pub fn single(f: ScalarFn, inputs: &[DType], dtype: DType) -> MapBody {
        let args = (0..inputs.len() as u16).map(Operand::Input).collect();
        MapBody { inputs: inputs.to_vec(), instrs: vec![Instr { f, args, dtype }] }
    }

    /// The type of the result.
    pub fn dtype(&self) -> DType {
        self.instrs.last().map_or(DType::F64, |i| i.dtype)
    }
}

/// Reductions. The state of a partial result has one or more components; see `reduce`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ReduceKind {
    Sum,
    Prod,
    SumSq,
    Mean,
    /// Divides by n-1 unless `population`.
    Var {
        population: bool,
    },
    Std {
        population: bool,
    },
    Min,
    Max,
    /// Index (from 1) of the first least element along the single reduced axis, NaN skipped.
    ArgMin,
    ArgMax,
    Any,
    All,
    /// Number of elements that are not zero.
    Nnz,
}

impl ReduceKind {
    /// The type of the result for elements of a type: sums of integers are double, as in the language.
    pub fn result_type(self, x: DType) -> DType {
        let number = |d: DType| if d == DType::Char { DType::F64 } else { d };
        let sum = |d: DType| if d.is_float() { d } else { DType::F64 };
        match self {
            ReduceKind::Any | ReduceKind::All => DType::Bool,
            ReduceKind::Nnz | ReduceKind::ArgMin | ReduceKind::ArgMax => DType::F64,
            ReduceKind::Sum | ReduceKind::Prod | ReduceKind::Mean => sum(x),
            ReduceKind::SumSq | ReduceKind::Var { .. } | ReduceKind::Std { .. } => sum(x).real(),
            ReduceKind::Min | ReduceKind::Max => number(x),
        }
    }
}

/// Running results along an axis.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ScanKind {
    Sum,
    Prod,
    Max,
    Min,
    /// The last element that is not NaN; NaN before the first.
    Latest,
    /// What a recursive filter makes of elements of its own type.
    Filter(Arc<Filter>),
}

impl ScanKind {
    /// The type of the result for elements of a type.
    pub fn result_type(&self, x: DType) -> DType {
        match self {
            ScanKind::Filter(filter) => filter.element_type(x),
            ScanKind::Sum | ScanKind::Prod => ReduceKind::Sum.result_type(x),
            ScanKind::Max | ScanKind::Min | ScanKind::Latest => ReduceKind::Max.result_type(x),
        }
    }

    /// Extent along the axis of what a block hands to the next: the last layer of running results, the state of a filter.
    pub fn carried(&self) -> usize {
        if let ScanKind::Filter(filter) = self { filter.order() } else { 1 }
    }
}

/// How an operand of a product enters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Conj {
    /// As it is.
    No,
    /// Transposed.
    Transposed,
    /// Transposed and conjugated.
    Adjoint,
}

/// A block operation by name and parameters. Arguments are blocks in order; the result is one block.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kernel {
    /// Elementwise with broadcasting. The result has the order most input elements have.
    Map(Arc<MapBody>),
    /// `op(A) * op(B)`, result column-major.
    Dot { a: Conj, b: Conj },
    /// `[C, A, B]`: `C + op(A) * op(B)`, into the memory of C where nobody else holds it.
    DotAdd { a: Conj, b: Conj },
    /// `[A]`: the lower triangle of `A' * A` (`adjoint_first`) or `A * A'`; elements above the diagonal are unspecified.
    SymDot { adjoint_first: bool },
    /// `[C, A]`: adds the same into the lower triangle of C.
    SymDotAdd { adjoint_first: bool },
    /// `op(A) * op(B)` of every page, the matrices of the first two axes; result column-major.
    PageDot { a: Conj, b: Conj },
    /// Copies the lower triangle onto the upper, conjugated.
    Mirror,
    /// Reduces whole axes at once (bit a of `axes` for axis a): of the argument, or of what an elementwise expression
    /// makes of the arguments, tile by tile and never stored.
    Reduce { kind: ReduceKind, axes: u32, of: Option<Arc<MapBody>> },
    /// The state of a reduction over one panel: column-major, the reduced axes of extent 1, components slowest (an
    /// axis beyond those of the argument, if there is more than one). Components: Mean sum and count; Var and Std
    /// count, mean and sum of squared deviations; ArgMin and ArgMax value, index from 1 within the panel and length
    /// of the panel; the others one.
    ReducePartial { kind: ReduceKind, axes: u32, of: Option<Arc<MapBody>> },
    /// States of neighbouring panels, in order, folded into one.
    ReduceMerge { kind: ReduceKind },
    /// A final state turned into the result: a column-major block of this shape's number of elements and this type.
    ReduceFinish { kind: ReduceKind, dtype: DType },
    /// Running result along an axis of one block; with two arguments the second is the carry.
    Scan { kind: ScanKind, axis: u8 },
    /// `[X, Y]`, a block and what the filter made of it: the state behind it (the carry of a filter); with three arguments
    /// the third is the carry.
    FilterState { filter: Arc<Filter>, axis: u8 },
    /// The last layer of a block along an axis (the carry of a scan).
    Last { axis: u8 },
    /// A function of every lane along an axis, the lanes whole.
    Lanes { kind: LaneKind, axis: u8 },
    /// A function of the surroundings of every element.
    Window(Arc<Window>),
    /// Axis `i` of the result is axis `perm[i]` of the argument.
    Permute { perm: SmallVec<[u8; 4]> },
    /// Every `step`-th layer along each axis from `start`, `len` of them; negative steps walk backwards.
    Slice { axes: SmallVec<[(usize, isize, usize); 4]> },
    /// Layers along an axis by index (from 0).
    Gather { axis: u8, indices: Arc<Vec<u64>> },
    /// `[A, B]`: A with the layers of this box (start, step, length by axis) replaced by B, which has the box's shape or is
    /// one element; into the memory of A where nobody else holds it.
    Assign { axes: SmallVec<[(usize, isize, usize); 4]> },
    /// Blocks side by side along an axis.
    Concat { axis: u8 },
    /// The same elements in column-major sequence under another shape.
    Reshape { shape: Shape },
    /// `[mask, A]`: the elements of A where the mask is true, in column-major sequence, as a column.
    Compress,
    /// The block in another order in memory.
    Reorder { order: Order },
}

/// What an operation costs.
#[derive(Debug, Clone, PartialEq)]
pub struct Price {
    pub shape: Shape,
    pub dtype: DType,
    /// Bytes of temporary memory besides arguments and result.
    pub scratch: u64,
    pub flops: u64,
}

/// What a kernel may use while it runs.
pub struct Context<'a> {
    pub pool: &'a Pool,
    /// Threads this kernel may use (of the rayon pool it runs in); 1 nearly always.
    pub threads: usize,
}
