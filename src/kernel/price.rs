//! What each kernel costs, from shapes and types alone.

use super::{Conj, Kernel, Price, ScanKind, dot, lanes, map, moving, pages, reduce};
use crate::array::{DType, Shape};
use crate::diag::Result;
use crate::fault;

/// Shape and type of the result, temporary bytes, arithmetic. The result of `Compress` is priced as if the whole mask
/// were true.
pub fn price(kernel: &Kernel, args: &[(Shape, DType)]) -> Result<Price> {
    let arg = |i: usize| args.get(i).ok_or_else(|| fault!("a kernel was priced with {} arguments", args.len()));
    let bytes = |(shape, dtype): &(Shape, DType)| shape.len() as u64 * dtype.size() as u64;
    let moved = |shape: Shape, dtype: DType, scratch: u64| Price { flops: shape.len() as u64, shape, dtype, scratch };
    Ok(match kernel {
        Kernel::Map(body) => map::price(body, args)?,
        Kernel::Dot { a, b } => product(*a, *b, arg(0)?, arg(1)?)?,
        Kernel::DotAdd { a, b } => product(*a, *b, arg(1)?, arg(2)?)?,
        Kernel::SymDot { adjoint_first } => symmetric(*adjoint_first, arg(0)?)?,
        Kernel::SymDotAdd { adjoint_first } => symmetric(*adjoint_first, arg(1)?)?,
        Kernel::PageDot { a, b } => pages::price(*a, *b, arg(0)?, arg(1)?)?,
        Kernel::Mirror => moved(arg(0)?.0.clone(), arg(0)?.1, bytes(arg(0)?)),
        Kernel::Reduce { kind, axes, of: None } => reduce::price(*kind, *axes, true, arg(0)?),
        Kernel::ReducePartial { kind, axes, of: None } => reduce::price(*kind, *axes, false, arg(0)?),
        Kernel::Reduce { kind, axes, of: Some(body) } => reduce::price_of_map(*kind, *axes, true, body, args)?,
        Kernel::ReducePartial { kind, axes, of: Some(body) } => reduce::price_of_map(*kind, *axes, false, body, args)?,
        Kernel::ReduceMerge { .. } => {
            let mut out = moved(arg(0)?.0.clone(), arg(0)?.1, 0);
            out.flops *= 4 * args.len() as u64;
            out
        }
        Kernel::ReduceFinish { kind, dtype } => moved(reduce::finished_shape(*kind, &arg(0)?.0), *dtype, 0),
        Kernel::Scan { kind, axis } => {
            let (shape, dtype) = arg(0)?;
            let layer = shape.len() / shape.extent(*axis as usize).max(1);
            let mut out = moved(shape.clone(), kind.result_type(*dtype), layer as u64 * 32);
            if let ScanKind::Filter(filter) = kind {
                let (layers, order) = (shape.extent(*axis as usize) as u64, filter.order() as u64);
                // The carry turned, and some lanes copied out with their results.
                out.scratch = 16 * (layer as u64 * order + layers * 32);
                out.flops = 4 * (order + 1) * shape.len() as u64;
            }
            out
        }
        Kernel::FilterState { filter, axis } => {
            let out = arg(0)?.0.with_extent(*axis as usize, filter.order());
            let scratch = bytes(arg(1)?) + 16 * out.len() as u64;
            moved(out, arg(0)?.1, scratch)
        }
        Kernel::Last { axis } => moved(arg(0)?.0.with_extent(*axis as usize, 1), arg(0)?.1, 0),
        Kernel::Lanes { kind, axis } => lanes::price(kind, *axis as usize, &arg(0)?.0, arg(0)?.1)?,
        Kernel::Window(window) => window.price(&arg(0)?.0, arg(0)?.1)?,
        Kernel::Permute { perm } => moved(moving::permuted_shape(&arg(0)?.0, perm), arg(0)?.1, 0),
        Kernel::Slice { axes } => moved(moving::sliced_shape(&arg(0)?.0, axes)?, arg(0)?.1, 0),
        Kernel::Gather { axis, indices } => moved(arg(0)?.0.with_extent(*axis as usize, indices.len()), arg(0)?.1, 0),
        Kernel::Assign { .. } => moved(arg(0)?.0.clone(), arg(0)?.1, 0),
        Kernel::Concat { axis } => {
            let shape = moving::concatenated_shape(*axis as usize, args.iter().map(|a| &a.0))?;
            moved(shape, arg(0)?.1, 0)
        }
        Kernel::Reshape { shape } => moved(shape.clone(), arg(0)?.1, 0),
        Kernel::Compress => {
            let x = arg(1)?;
            moved(Shape::matrix(x.0.len(), 1), x.1, bytes(x) + bytes(arg(0)?))
        }
        Kernel::Reorder { .. } => moved(arg(0)?.0.clone(), arg(0)?.1, 0),
    })
}

fn product(a: Conj, b: Conj, x: &(Shape, DType), y: &(Shape, DType)) -> Result<Price> {
    let (m, k, n) = dot::extents(a, b, &x.0, &y.0)?;
    let flops = dot::flops(m, k, n, x.1);
    Ok(Price { shape: Shape::matrix(m, n), dtype: x.1, scratch: dot::scratch(m, k, n, x.1), flops })
}

fn symmetric(adjoint_first: bool, x: &(Shape, DType)) -> Result<Price> {
    let (rows, columns) = dot::oriented(&x.0, Conj::No)?;
    let (n, k) = if adjoint_first { (columns, rows) } else { (rows, columns) };
    let flops = dot::flops(n, k, n, x.1) / 2 + dot::flops(n, k, 1, x.1) / 2;
    Ok(Price { shape: Shape::matrix(n, n), dtype: x.1, scratch: dot::scratch(n, k, n, x.1), flops })
}
