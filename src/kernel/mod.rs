//! Arithmetic on blocks: blocks in, block out. Knows no files, no threads but those it is lent, no names.
//!
//! Kernels are data ([`Kernel`]), so that a task graph can be printed, compared and sent elsewhere; [`run`] gives
//! them their meaning. Each kernel's file holds its arithmetic; this file is only the table.

pub mod api;
mod dot;
mod elements;
mod filter;
pub mod formula;
pub mod lanes;
mod map;
mod moving;
pub mod pages;
pub mod philox;
mod price;
pub mod program;
pub mod random;
mod reduce;
mod scan;
mod simd;
mod window;

#[cfg(test)]
mod tests;

pub use api::{Conj, Context, Instr, Kernel, MapBody, Operand, Price, ReduceKind, ScanKind};
pub use filter::Filter;
pub use formula::Formula;
pub use lanes::{Ends, Figure, LaneKind};
pub use map::{leaves_reals, narrow_complex};
pub use price::price;
pub use program::{Program, Step};
pub use window::{Window, WindowKind};

use crate::array::{Block, Pool};
use crate::diag::Result;
use crate::fault;
use std::sync::Arc;

/// Runs a kernel. Arguments are consumed: memory that nobody else holds becomes the result's or goes to the pool.
pub fn run(kernel: &Kernel, args: Vec<Arc<Block>>, cx: &Context) -> Result<Block> {
    match kernel {
        Kernel::Map(body) => map::run(body, args, cx),
        Kernel::Dot { a, b } => lent(args, cx, |[x, y]| dot::dot(*a, *b, None, x, y, cx)),
        Kernel::DotAdd { a, b } => {
            let [c, x, y] = exactly(args)?;
            let out = dot::dot(*a, *b, Some(c), &x, &y, cx);
            release(x, cx.pool);
            release(y, cx.pool);
            out
        }
        Kernel::SymDot { adjoint_first } => lent(args, cx, |[x]| dot::symmetric(*adjoint_first, None, x, cx)),
        Kernel::SymDotAdd { adjoint_first } => {
            let [c, x] = exactly(args)?;
            let out = dot::symmetric(*adjoint_first, Some(c), &x, cx);
            release(x, cx.pool);
            out
        }
        Kernel::PageDot { a, b } => lent(args, cx, |[x, y]| pages::product(*a, *b, x, y, cx)),
        Kernel::Mirror => dot::mirror(one(args)?, cx),
        Kernel::Reduce { kind, axes, of } => reduce::reduce(*kind, *axes, of.as_deref(), args, cx),
        Kernel::ReducePartial { kind, axes, of } => reduce::partial(*kind, *axes, of.as_deref(), args, cx),
        Kernel::ReduceMerge { kind } => {
            let out = reduce::merge(*kind, &args, cx);
            args.into_iter().for_each(|a| release(a, cx.pool));
            out
        }
        Kernel::ReduceFinish { kind, dtype } => lent(args, cx, |[x]| reduce::finish(*kind, *dtype, x, cx)),
        Kernel::Scan { kind, axis } if args.len() == 2 => {
            lent(args, cx, |[x, carry]| scan::scan(kind, *axis as usize, x, Some(carry), cx))
        }
        Kernel::Scan { kind, axis } => lent(args, cx, |[x]| scan::scan(kind, *axis as usize, x, None, cx)),
        Kernel::FilterState { filter, axis } if args.len() == 3 => {
            lent(args, cx, |[x, y, carry]| filter.state(*axis as usize, x, y, Some(carry), cx))
        }
        Kernel::FilterState { filter, axis } => lent(args, cx, |[x, y]| filter.state(*axis as usize, x, y, None, cx)),
        Kernel::Last { axis } => lent(args, cx, |[x]| scan::last(*axis as usize, x, cx)),
        Kernel::Lanes { kind, axis } => lent(args, cx, |[x]| lanes::run(kind, *axis as usize, x, cx)),
        Kernel::Window(window) => lent(args, cx, |[x]| window.run(x, cx)),
        Kernel::Permute { perm } => moving::permute(perm, one(args)?, cx),
        Kernel::Slice { axes } => lent(args, cx, |[x]| moving::slice(axes, x, cx)),
        Kernel::Gather { axis, indices } => lent(args, cx, |[x]| moving::gather(*axis as usize, indices, x, cx)),
        Kernel::Assign { axes } => {
            let [x, value] = exactly(args)?;
            moving::assign(axes, x, value, cx)
        }
        Kernel::Concat { axis } => {
            let out = moving::concat(*axis as usize, &args, cx);
            args.into_iter().for_each(|a| release(a, cx.pool));
            out
        }
        Kernel::Reshape { shape } => moving::reshape(shape, one(args)?, cx),
        Kernel::Compress => {
            let [mask, x] = exactly(args)?;
            moving::compress(mask, x, cx)
        }
        Kernel::Reorder { order } => moving::reorder(*order, one(args)?, cx),
    }
}

/// The arguments of a kernel that takes a fixed number.
fn exactly<const N: usize>(args: Vec<Arc<Block>>) -> Result<[Arc<Block>; N]> {
    let given = args.len();
    args.try_into().map_err(|_| fault!("a kernel of {N} arguments was given {given}"))
}

fn one(args: Vec<Arc<Block>>) -> Result<Arc<Block>> {
    exactly::<1>(args).map(|[x]| x)
}

/// Runs a kernel that only reads its arguments, and gives them back.
fn lent<const N: usize>(
    args: Vec<Arc<Block>>,
    cx: &Context,
    body: impl FnOnce([&Block; N]) -> Result<Block>,
) -> Result<Block> {
    let args = exactly::<N>(args)?;
    let out = body(std::array::from_fn(|i| &*args[i]));
    args.into_iter().for_each(|a| release(a, cx.pool));
    out
}

/// Gives a block's memory to the pool if nobody else holds it.
fn release(block: Arc<Block>, pool: &Pool) {
    if let Ok(block) = Arc::try_unwrap(block) {
        pool.give(block);
    }
}
