//! Reductions over any set of axes, whole or in panels.
//!
//! A panel's state is the fold of the states of its leaves (short runs, or short stacks of rows) over a balanced
//! tree; states of neighbouring panels fold in the order given. A reduction in one pass is a panel's state, finished:
//! the same bits. [`fold`] has the walk over the block, `sums`, `moments` and `choice` the arithmetic of each kind.

mod choice;
mod fold;
mod moments;
mod sums;

use super::{Context, MapBody, Price, ReduceKind, map};
use crate::array::{Block, Complex32, Complex64, DType, Data, Element, Order, Shape, per_axis};
use crate::diag::Result;
use crate::fault;
use fold::{Elements, Fold, Layout, Stored};
use std::sync::Arc;
pub use sums::Number;

/// Components of a state.
pub fn components(kind: ReduceKind) -> usize {
    match kind {
        ReduceKind::Mean => 2,
        ReduceKind::Var { .. } | ReduceKind::Std { .. } | ReduceKind::ArgMin | ReduceKind::ArgMax => 3,
        ReduceKind::Sum
        | ReduceKind::Prod
        | ReduceKind::SumSq
        | ReduceKind::Min
        | ReduceKind::Max
        | ReduceKind::Any
        | ReduceKind::All
        | ReduceKind::Nnz => 1,
    }
}

/// The type of a state's components: exact integers where they are compared, else doubles.
pub fn state_dtype(kind: ReduceKind, x: DType) -> DType {
    match kind {
        ReduceKind::Any | ReduceKind::All => DType::Bool,
        ReduceKind::Nnz | ReduceKind::SumSq => DType::F64,
        ReduceKind::Min | ReduceKind::Max | ReduceKind::ArgMin | ReduceKind::ArgMax
            if matches!(x, DType::I64 | DType::U64) =>
        {
            x
        }
        _ if x.is_complex() => DType::C64,
        _ => DType::F64,
    }
}

/// The shape with the reduced axes of extent 1.
pub fn kept_shape(shape: &Shape, axes: u32) -> Shape {
    Shape::new(&per_axis(shape.rank(), |a| if axes >> a & 1 == 1 { 1 } else { shape.extent(a) }))
}

/// The shape of the state of a reduction over a block of this shape.
pub fn state_shape(kind: ReduceKind, shape: &Shape, axes: u32) -> Shape {
    let kept = kept_shape(shape, axes);
    match components(kind) {
        1 => kept,
        parts => {
            let mut dims = kept.padded(shape.rank());
            dims.push(parts);
            Shape::new(&dims)
        }
    }
}

/// The shape of the result of a state of this shape.
pub fn finished_shape(kind: ReduceKind, state: &Shape) -> Shape {
    if components(kind) == 1 { state.clone() } else { Shape::new(&state[..state.rank() - 1]) }
}

/// Cost of making a state or, with `finish`, a result.
pub fn price(kind: ReduceKind, axes: u32, finish: bool, (shape, dtype): &(Shape, DType)) -> Price {
    let state = state_shape(kind, shape, axes);
    let bytes = (state.len() * state_dtype(kind, *dtype).size()) as u64;
    let flops = shape.len() as u64 * if components(kind) == 3 { 4 } else { 1 };
    // The tree of leaf states of one stretch of columns, and a state kept in memory order before it is turned.
    let tree = fold::tree_bytes(shape.len(), state.len() / components(kind), components(kind));
    if finish {
        Price { shape: kept_shape(shape, axes), dtype: kind.result_type(*dtype), scratch: 2 * bytes + tree, flops }
    } else {
        Price { shape: state, dtype: state_dtype(kind, *dtype), scratch: bytes + tree, flops }
    }
}

/// The same of an elementwise expression, with its registers and the leaf in hand.
pub fn price_of_map(
    kind: ReduceKind,
    axes: u32,
    finish: bool,
    body: &MapBody,
    args: &[(Shape, DType)],
) -> Result<Price> {
    let of = map::price(body, args)?;
    let leaf = (fold::LEAF.min(of.shape.len()) * of.dtype.size()) as u64;
    let mut price = price(kind, axes, finish, &(of.shape, of.dtype));
    price.scratch += of.scratch + leaf;
    price.flops += of.flops;
    Ok(price)
}

/// Reduces axes at once.
pub fn reduce(kind: ReduceKind, axes: u32, of: Option<&MapBody>, args: Vec<Arc<Block>>, cx: &Context) -> Result<Block> {
    let dtype = match of {
        Some(body) => body.dtype(),
        None => args.first().map_or(DType::F64, |x| x.dtype()),
    };
    finish(kind, kind.result_type(dtype), &partial(kind, axes, of, args, cx)?, cx)
}

/// The state over one panel: of a block, or of what an elementwise expression makes of some.
pub fn partial(
    kind: ReduceKind,
    axes: u32,
    of: Option<&MapBody>,
    args: Vec<Arc<Block>>,
    cx: &Context,
) -> Result<Block> {
    match of {
        Some(body) => map::consume(body, args, cx, |shape, order, elements| {
            let panel = Panel::new(kind, axes, shape, order)?;
            macro_rules! state {
                ($t:ty, $reduced:ident) => {{
                    let mut source = fold::Computed::<$t>::new(elements, shape.len(), cx.pool);
                    $reduced::<$t>(kind, &mut source, &panel.layout, cx)
                }};
            }
            let state = match body.dtype() {
                DType::F64 => state!(f64, real),
                DType::F32 => state!(f32, real),
                DType::I8 => state!(i8, real),
                DType::I16 => state!(i16, real),
                DType::I32 => state!(i32, real),
                DType::U8 | DType::Char => state!(u8, real),
                DType::U16 => state!(u16, real),
                DType::U32 => state!(u32, real),
                DType::Bool => state!(bool, real),
                DType::I64 => state!(i64, whole),
                DType::U64 => state!(u64, whole),
                DType::C64 => state!(Complex64, complex),
                DType::C32 => state!(Complex32, complex),
            }?;
            Ok(panel.block(state, cx))
        }),
        None => super::lent(args, cx, |[x]| stored(kind, axes, x, cx)),
    }
}

/// What is reduced, seen from outside.
struct Panel {
    kind: ReduceKind,
    layout: Layout,
    order: Order,
    kept: Shape,
    /// Of the state.
    shape: Shape,
}

impl Panel {
    fn new(kind: ReduceKind, axes: u32, shape: &Shape, order: Order) -> Result<Panel> {
        let kept = kept_shape(shape, axes);
        let nothing = shape.is_empty() && !kept.is_empty();
        if nothing && matches!(kind, ReduceKind::Min | ReduceKind::Max | ReduceKind::ArgMin | ReduceKind::ArgMax) {
            return Err(fault!("the extremum of an axis without elements ({shape}) does not exist"));
        }
        let layout = Layout::new(shape, order, axes);
        Ok(Panel { kind, layout, order, kept, shape: state_shape(kind, shape, axes) })
    }

    fn block(self, state: Data, cx: &Context) -> Block {
        fold::column_major(state, self.order, &self.kept, components(self.kind), self.shape, cx.pool)
    }
}

/// The state over a block.
fn stored(kind: ReduceKind, axes: u32, arg: &Block, cx: &Context) -> Result<Block> {
    let panel = Panel::new(kind, axes, arg.shape(), arg.order())?;
    let layout = &panel.layout;
    let state = match arg.data() {
        Data::F64(v) => real(kind, &mut Stored(v), layout, cx),
        Data::F32(v) => real(kind, &mut Stored(v), layout, cx),
        Data::I8(v) => real(kind, &mut Stored(v), layout, cx),
        Data::I16(v) => real(kind, &mut Stored(v), layout, cx),
        Data::I32(v) => real(kind, &mut Stored(v), layout, cx),
        Data::U8(v) | Data::Char(v) => real(kind, &mut Stored(v), layout, cx),
        Data::U16(v) => real(kind, &mut Stored(v), layout, cx),
        Data::U32(v) => real(kind, &mut Stored(v), layout, cx),
        Data::Bool(v) => real(kind, &mut Stored(v), layout, cx),
        Data::I64(v) => whole(kind, &mut Stored(v), layout, cx),
        Data::U64(v) => whole(kind, &mut Stored(v), layout, cx),
        Data::C64(v) => complex(kind, &mut Stored(v), layout, cx),
        Data::C32(v) => complex(kind, &mut Stored(v), layout, cx),
    };
    Ok(panel.block(state?, cx))
}

fn real<T: sums::Number<Sum = f64>>(
    kind: ReduceKind,
    data: &mut dyn Elements<T>,
    layout: &Layout,
    cx: &Context,
) -> Result<Data> {
    match kind {
        ReduceKind::Min => fold::run(&choice::Extremum { greatest: false }, data, layout, cx.pool),
        ReduceKind::Max => fold::run(&choice::Extremum { greatest: true }, data, layout, cx.pool),
        ReduceKind::ArgMin => fold::run(&choice::Where { greatest: false }, data, layout, cx.pool),
        ReduceKind::ArgMax => fold::run(&choice::Where { greatest: true }, data, layout, cx.pool),
        _ => common(kind, data, layout, cx),
    }
}

fn complex<T: sums::Number<Sum = Complex64>>(
    kind: ReduceKind,
    data: &mut dyn Elements<T>,
    layout: &Layout,
    cx: &Context,
) -> Result<Data> {
    match kind {
        ReduceKind::Min => fold::run(&choice::Longest { greatest: false }, data, layout, cx.pool),
        ReduceKind::Max => fold::run(&choice::Longest { greatest: true }, data, layout, cx.pool),
        ReduceKind::ArgMin => fold::run(&choice::WhereLongest { greatest: false }, data, layout, cx.pool),
        ReduceKind::ArgMax => fold::run(&choice::WhereLongest { greatest: true }, data, layout, cx.pool),
        _ => common(kind, data, layout, cx),
    }
}

fn whole<T>(kind: ReduceKind, data: &mut dyn Elements<T>, layout: &Layout, cx: &Context) -> Result<Data>
where
    T: sums::Number<Sum = f64> + choice::Whole,
{
    match kind {
        ReduceKind::Min => fold::run(&choice::WholeExtremum { greatest: false }, data, layout, cx.pool),
        ReduceKind::Max => fold::run(&choice::WholeExtremum { greatest: true }, data, layout, cx.pool),
        ReduceKind::ArgMin => fold::run(&choice::WholeWhere { greatest: false }, data, layout, cx.pool),
        ReduceKind::ArgMax => fold::run(&choice::WholeWhere { greatest: true }, data, layout, cx.pool),
        _ => common(kind, data, layout, cx),
    }
}

fn common<T: sums::Number>(
    kind: ReduceKind,
    data: &mut dyn Elements<T>,
    layout: &Layout,
    cx: &Context,
) -> Result<Data> {
    match kind {
        ReduceKind::Sum => fold::run(&sums::Sum, data, layout, cx.pool),
        ReduceKind::Prod => fold::run(&sums::Prod, data, layout, cx.pool),
        ReduceKind::SumSq => fold::run(&sums::SumSq, data, layout, cx.pool),
        ReduceKind::Mean => fold::run(&moments::Mean, data, layout, cx.pool),
        ReduceKind::Var { .. } | ReduceKind::Std { .. } => fold::run(&moments::Spread, data, layout, cx.pool),
        ReduceKind::Any => fold::run(&sums::Any, data, layout, cx.pool),
        ReduceKind::All => fold::run(&sums::All, data, layout, cx.pool),
        ReduceKind::Nnz => fold::run(&sums::Nnz, data, layout, cx.pool),
        ReduceKind::Min | ReduceKind::Max | ReduceKind::ArgMin | ReduceKind::ArgMax => {
            unreachable!("extrema go by the kind of number")
        }
    }
}

/// States of neighbouring panels, in order, as one.
pub fn merge(kind: ReduceKind, args: &[Arc<Block>], cx: &Context) -> Result<Block> {
    let Some(first) = args.first() else { return Err(fault!("nothing to merge")) };
    // Shapes may differ in axes of extent 1 that one of them dropped; the elements lie alike.
    if args.iter().any(|a| a.len() != first.len() || a.dtype() != first.dtype()) {
        return Err(fault!("states of different shapes do not merge"));
    }
    let width = first.len() / components(kind);
    macro_rules! merged {
        ($fold:expr, $t:ty, $variant:ident) => {{
            let mut out = fold::taken(cx.pool, first.len());
            for (i, arg) in args.iter().enumerate() {
                let Data::$variant(state) = arg.data() else { unreachable!("all states have one type") };
                if i == 0 {
                    out.copy_from_slice(state);
                } else {
                    Fold::<$t>::merge(&$fold, &mut out, state, width);
                }
            }
            Element::wrap(out)
        }};
    }
    use ReduceKind::*;
    let greatest = matches!(kind, Max | ArgMax);
    let data = match (kind, first.data()) {
        (Sum, Data::F64(_)) => merged!(sums::Sum, f64, F64),
        (Sum, Data::C64(_)) => merged!(sums::Sum, Complex64, C64),
        (Prod, Data::F64(_)) => merged!(sums::Prod, f64, F64),
        (Prod, Data::C64(_)) => merged!(sums::Prod, Complex64, C64),
        (SumSq, Data::F64(_)) => merged!(sums::SumSq, f64, F64),
        (Nnz, Data::F64(_)) => merged!(sums::Nnz, f64, F64),
        (Mean, Data::F64(_)) => merged!(moments::Mean, f64, F64),
        (Mean, Data::C64(_)) => merged!(moments::Mean, Complex64, C64),
        (Var { .. } | Std { .. }, Data::F64(_)) => merged!(moments::Spread, f64, F64),
        (Var { .. } | Std { .. }, Data::C64(_)) => merged!(moments::Spread, Complex64, C64),
        (Any, Data::Bool(_)) => merged!(sums::Any, f64, Bool),
        (All, Data::Bool(_)) => merged!(sums::All, f64, Bool),
        (Min | Max, Data::F64(_)) => merged!(choice::Extremum { greatest }, f64, F64),
        (Min | Max, Data::I64(_)) => merged!(choice::WholeExtremum { greatest }, i64, I64),
        (Min | Max, Data::U64(_)) => merged!(choice::WholeExtremum { greatest }, u64, U64),
        (Min | Max, Data::C64(_)) => merged!(choice::Longest { greatest }, Complex64, C64),
        (ArgMin | ArgMax, Data::F64(_)) => merged!(choice::Where { greatest }, f64, F64),
        (ArgMin | ArgMax, Data::I64(_)) => merged!(choice::WholeWhere { greatest }, i64, I64),
        (ArgMin | ArgMax, Data::U64(_)) => merged!(choice::WholeWhere { greatest }, u64, U64),
        (ArgMin | ArgMax, Data::C64(_)) => merged!(choice::WhereLongest { greatest }, Complex64, C64),
        (kind, data) => return Err(fault!("{kind:?} has no state of {:?}", data.dtype())),
    };
    Ok(Block::new(first.shape().clone(), Order::F, data))
}

/// A final state as the result.
pub fn finish(kind: ReduceKind, dtype: DType, state: &Block, cx: &Context) -> Result<Block> {
    let shape = finished_shape(kind, state.shape());
    let n = shape.len();
    let complex = |f: &dyn Fn(usize) -> Complex64| match dtype {
        DType::C32 => Data::C32((0..n).map(f).map(|z| Complex32::new(z.re as f32, z.im as f32)).collect()),
        _ => Data::C64((0..n).map(f).collect()),
    };
    let data = state.data();
    let data = match kind {
        ReduceKind::Any | ReduceKind::All => data.clone(),
        ReduceKind::Sum | ReduceKind::Prod | ReduceKind::Min | ReduceKind::Max if dtype.is_complex() => {
            complex(&|i| data.get_c64(i))
        }
        ReduceKind::Min | ReduceKind::Max if matches!(dtype, DType::I64 | DType::U64) => data.clone(),
        ReduceKind::Sum
        | ReduceKind::Prod
        | ReduceKind::SumSq
        | ReduceKind::Nnz
        | ReduceKind::Min
        | ReduceKind::Max => narrowed(dtype, n, |i| data.get_f64(i), cx),
        ReduceKind::ArgMin | ReduceKind::ArgMax => narrowed(dtype, n, |i| data.get_f64(n + i), cx),
        ReduceKind::Mean if dtype.is_complex() => complex(&|i| data.get_c64(i) / data.get_f64(n + i)),
        ReduceKind::Mean => narrowed(dtype, n, |i| data.get_f64(i) / data.get_f64(n + i), cx),
        ReduceKind::Var { population } => {
            narrowed(dtype, n, |i| moments::variance(data.get_f64(i), data.get_f64(2 * n + i), population), cx)
        }
        ReduceKind::Std { population } => {
            narrowed(dtype, n, |i| moments::variance(data.get_f64(i), data.get_f64(2 * n + i), population).sqrt(), cx)
        }
    };
    Ok(Block::new(shape, Order::F, data))
}

/// Reals brought into the type of a result.
fn narrowed(dtype: DType, n: usize, value: impl Fn(usize) -> f64, cx: &Context) -> Data {
    let mut out = cx.pool.take(dtype, n);
    macro_rules! fill {
        ($v:expr, $t:ty) => {
            $v.iter_mut().enumerate().for_each(|(i, x)| *x = value(i) as $t)
        };
    }
    match &mut out {
        Data::F64(v) => fill!(v, f64),
        Data::F32(v) => fill!(v, f32),
        Data::I8(v) => fill!(v, i8),
        Data::I16(v) => fill!(v, i16),
        Data::I32(v) => fill!(v, i32),
        Data::I64(v) => fill!(v, i64),
        Data::U8(v) | Data::Char(v) => fill!(v, u8),
        Data::U16(v) => fill!(v, u16),
        Data::U32(v) => fill!(v, u32),
        Data::U64(v) => fill!(v, u64),
        Data::Bool(v) => v.iter_mut().enumerate().for_each(|(i, x)| *x = value(i) != 0.0),
        Data::C64(_) | Data::C32(_) => unreachable!("complex results are made apart"),
    }
    out
}
