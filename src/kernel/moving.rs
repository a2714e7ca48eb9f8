//! Kernels that move elements and change none: permutation, slices, gathers, concatenation, reshape, compression.

use super::elements::{CopyBox, Transfer, reordered, strides_of, transfer};
use super::{Context, release};
use crate::array::strided::View;
use crate::array::{Block, Data, Order, Shape};
use crate::diag::Result;
use crate::fault;
use smallvec::SmallVec;
use std::sync::Arc;

/// The shape whose axis `i` is axis `perm[i]` of the argument's.
pub fn permuted_shape(shape: &Shape, perm: &[u8]) -> Shape {
    let dims: SmallVec<[usize; 4]> = perm.iter().map(|&p| shape.extent(p as usize)).collect();
    Shape::new(&dims)
}

fn check_permutation(shape: &Shape, perm: &[u8]) -> Result<()> {
    let sorted = {
        let mut p: SmallVec<[u8; 4]> = SmallVec::from_slice(perm);
        p.sort_unstable();
        p
    };
    if perm.len() < shape.rank() || sorted.iter().enumerate().any(|(i, &p)| p as usize != i) {
        return Err(fault!("permute: [{}] is no permutation of the axes of a {shape} array", join(perm)));
    }
    Ok(())
}

fn join(perm: &[u8]) -> String {
    perm.iter().map(|p| (p + 1).to_string()).collect::<Vec<_>>().join(" ")
}

/// Axes in another sequence. A full reversal (the transpose) only changes the order of the block.
pub fn permute(perm: &[u8], arg: Arc<Block>, cx: &Context) -> Result<Block> {
    check_permutation(arg.shape(), perm)?;
    let shape = permuted_shape(arg.shape(), perm);
    let rank = perm.len();
    // Only the sequence of the axes that have more than one layer matters.
    let moving: SmallVec<[u8; 4]> = perm.iter().copied().filter(|&p| arg.shape().extent(p as usize) != 1).collect();
    let rising = moving.windows(2).all(|w| w[0] < w[1]);
    let falling = moving.windows(2).all(|w| w[0] > w[1]);
    if rising || falling {
        let order = if rising { arg.order() } else { arg.order().reversed() };
        let block = owned(arg, cx);
        return Ok(Block::new(shape, order, block.into_data()));
    }
    let mut data = cx.pool.take(arg.dtype(), arg.len());
    let own = strides_of(arg.shape(), arg.order());
    let from =
        View { offset: 0, strides: perm.iter().map(|&p| own.strides.get(p as usize).copied().unwrap_or(1)).collect() };
    let dims: SmallVec<[usize; 4]> = shape.padded(rank);
    let mut to = strides_of(&shape, Order::F);
    to.strides.resize(rank, 1);
    transfer(arg.data(), &mut data, CopyBox { dims: &dims, from, to });
    release(arg, cx.pool);
    Ok(Block::new(shape, Order::F, data))
}

/// The block itself if nobody else holds it, else a copy.
fn owned(arg: Arc<Block>, cx: &Context) -> Block {
    Arc::try_unwrap(arg).unwrap_or_else(|shared| {
        let mut data = cx.pool.take(shared.dtype(), shared.len());
        transfer(shared.data(), &mut data, CopyAll);
        Block::new(shared.shape().clone(), shared.order(), data)
    })
}

struct CopyAll;

impl Transfer for CopyAll {
    fn run<T: Copy>(self, from: &[T], to: &mut [T]) {
        to.copy_from_slice(from);
    }
}

/// The shape of a slice; an error where it leaves the array.
pub fn sliced_shape(shape: &Shape, axes: &[(usize, isize, usize)]) -> Result<Shape> {
    if axes.len() < shape.rank() {
        return Err(fault!("a slice of {} axes of a {shape} array", axes.len()));
    }
    for (axis, &(start, step, len)) in axes.iter().enumerate() {
        let last = start as i128 + step as i128 * (len.max(1) as i128 - 1);
        let extent = shape.extent(axis) as i128;
        if len > 0 && (start as i128 >= extent || last < 0 || last >= extent) {
            return Err(fault!("index ({}): out of bound {extent}", last.max(start as i128) + 1)
                .id("Octave:index-out-of-bounds"));
        }
    }
    Ok(Shape::new(&axes.iter().map(|a| a.2).collect::<SmallVec<[usize; 4]>>()))
}

/// Every `step`-th layer along each axis.
pub fn slice(axes: &[(usize, isize, usize)], arg: &Block, cx: &Context) -> Result<Block> {
    let shape = sliced_shape(arg.shape(), axes)?;
    let own = strides_of(arg.shape(), arg.order());
    let mut from = View::contiguous(axes.len());
    for (axis, &(start, step, _)) in axes.iter().enumerate() {
        let stride = own.strides.get(axis).copied().unwrap_or(0);
        from.offset += start as isize * stride;
        from.strides[axis] = step * stride;
    }
    let dims: SmallVec<[usize; 4]> = axes.iter().map(|a| a.2).collect();
    let mut data = cx.pool.take(arg.dtype(), shape.len());
    let mut to = strides_of(&shape, arg.order());
    to.strides.resize(axes.len(), 1);
    transfer(arg.data(), &mut data, CopyBox { dims: &dims, from, to });
    Ok(Block::new(shape, arg.order(), data))
}

/// The block with the layers of a box replaced by those of another block of the box's shape, or by one element.
pub fn assign(axes: &[(usize, isize, usize)], base: Arc<Block>, value: Arc<Block>, cx: &Context) -> Result<Block> {
    let shape = sliced_shape(base.shape(), axes)?;
    if value.dtype() != base.dtype() || !(value.len() == 1 || value.shape() == &shape) {
        return Err(fault!("=: nonconformant arguments (op1 is {shape}, op2 is {})", value.shape()));
    }
    let base = owned(base, cx);
    let own = strides_of(base.shape(), base.order());
    let mut to = View::contiguous(axes.len());
    for (axis, &(start, step, _)) in axes.iter().enumerate() {
        let stride = own.strides.get(axis).copied().unwrap_or(0);
        to.offset += start as isize * stride;
        to.strides[axis] = step * stride;
    }
    let mut from = strides_of(&shape, value.order());
    from.strides.resize(axes.len(), 1);
    if value.len() == 1 {
        from.strides.iter_mut().for_each(|s| *s = 0);
    }
    let dims: SmallVec<[usize; 4]> = axes.iter().map(|a| a.2).collect();
    let (whole, order) = (base.shape().clone(), base.order());
    let mut data = base.into_data();
    transfer(value.data(), &mut data, CopyBox { dims: &dims, from, to });
    release(value, cx.pool);
    Ok(Block::new(whole, order, data))
}

struct GatherLayers<'a> {
    indices: &'a [u64],
    /// Extents of the axes before, at and after the gathered one, fastest first.
    inner: usize,
    extent: usize,
}

impl Transfer for GatherLayers<'_> {
    fn run<T: Copy>(self, from: &[T], to: &mut [T]) {
        let (layer, count) = (self.inner, self.indices.len());
        if layer == 0 || count == 0 || self.extent == 0 {
            return;
        }
        for (from, to) in from.chunks_exact(layer * self.extent).zip(to.chunks_exact_mut(layer * count)) {
            if layer == 1 {
                to.iter_mut().zip(self.indices).for_each(|(t, &i)| *t = from[i as usize]);
            } else {
                for (t, &i) in to.chunks_exact_mut(layer).zip(self.indices) {
                    t.copy_from_slice(&from[i as usize * layer..(i as usize + 1) * layer]);
                }
            }
        }
    }
}

/// Layers along an axis by index.
pub fn gather(axis: usize, indices: &[u64], arg: &Block, cx: &Context) -> Result<Block> {
    let extent = arg.shape().extent(axis);
    if let Some(&bad) = indices.iter().find(|&&i| i >= extent as u64) {
        return Err(fault!("index ({}): out of bound {extent}", bad as u128 + 1).id("Octave:index-out-of-bounds"));
    }
    let shape = arg.shape().with_extent(axis, indices.len());
    let rank = arg.shape().rank();
    let inner: usize = match arg.order() {
        Order::F => (0..axis.min(rank)).map(|a| arg.shape().extent(a)).product(),
        Order::C => (axis + 1..rank).map(|a| arg.shape().extent(a)).product(),
    };
    let mut data = cx.pool.take(arg.dtype(), shape.len());
    transfer(arg.data(), &mut data, GatherLayers { indices, inner, extent });
    Ok(Block::new(shape, arg.order(), data))
}

/// The shape of blocks side by side.
pub fn concatenated_shape<'a>(axis: usize, shapes: impl Iterator<Item = &'a Shape>) -> Result<Shape> {
    let mut out: Option<Shape> = None;
    for shape in shapes {
        out = Some(match out {
            None => shape.clone(),
            Some(so_far) if so_far.with_extent(axis, 1) == shape.with_extent(axis, 1) => {
                so_far.with_extent(axis, so_far.extent(axis) + shape.extent(axis))
            }
            Some(so_far) => {
                let which = if axis == 0 { "vertical" } else { "horizontal" };
                return Err(fault!("{which} dimensions mismatch ({so_far} vs {shape})"));
            }
        });
    }
    out.ok_or_else(|| fault!("nothing to concatenate"))
}

/// Blocks side by side along an axis, in the order of the first.
pub fn concat(axis: usize, args: &[Arc<Block>], cx: &Context) -> Result<Block> {
    let shape = concatenated_shape(axis, args.iter().map(|a| a.shape()))?;
    if args.iter().any(|a| a.dtype() != args[0].dtype()) {
        return Err(fault!("concatenation of blocks of different types"));
    }
    let order = args[0].order();
    let rank = shape.rank().max(axis + 1);
    let mut to = strides_of(&shape, order);
    to.strides.resize(rank, 1);
    let mut data = cx.pool.take(args[0].dtype(), shape.len());
    for arg in args {
        let mut from = strides_of(arg.shape(), arg.order());
        from.strides.resize(rank, 1);
        let dims = arg.shape().padded(rank);
        transfer(arg.data(), &mut data, CopyBox { dims: &dims, from, to: to.clone() });
        to.offset += arg.shape().extent(axis) as isize * to.strides[axis];
    }
    Ok(Block::new(shape, order, data))
}

/// The same elements in column-major sequence under another shape.
pub fn reshape(shape: &Shape, arg: Arc<Block>, cx: &Context) -> Result<Block> {
    if shape.len() != arg.len() {
        return Err(fault!("reshape: can't reshape {} array to {shape} array", arg.shape()));
    }
    let solid = |s: &Shape| s.iter().copied().filter(|&d| d != 1).collect::<SmallVec<[usize; 4]>>();
    let order = if solid(arg.shape()) == solid(shape) { arg.order() } else { Order::F };
    if arg.order() == order || arg.is_order_free() {
        return Ok(Block::new(shape.clone(), order, owned(arg, cx).into_data()));
    }
    let block = reordered(&arg, Order::F, cx.pool);
    release(arg, cx.pool);
    Ok(block.with_shape(shape.clone()))
}

/// The block in another order in memory.
pub fn reorder(order: Order, arg: Arc<Block>, cx: &Context) -> Result<Block> {
    if arg.order() == order || arg.is_order_free() {
        let shape = arg.shape().clone();
        return Ok(Block::new(shape, order, owned(arg, cx).into_data()));
    }
    let block = reordered(&arg, order, cx.pool);
    release(arg, cx.pool);
    Ok(block)
}

struct Keep<'a> {
    mask: &'a [bool],
}

impl Transfer for Keep<'_> {
    fn run<T: Copy>(self, from: &[T], to: &mut [T]) {
        let mut kept = from.iter().zip(self.mask).filter(|(_, m)| **m);
        to.iter_mut().for_each(|t| {
            if let Some((&x, _)) = kept.next() {
                *t = x;
            }
        });
    }
}

/// The elements where the mask is true, in column-major sequence, as a column.
pub fn compress(mask: Arc<Block>, arg: Arc<Block>, cx: &Context) -> Result<Block> {
    if mask.shape() != arg.shape() {
        return Err(fault!("a {} mask does not fit a {} array", mask.shape(), arg.shape()));
    }
    let (mask, arg) = (column_major(mask, cx), column_major(arg, cx));
    let Data::Bool(truth) = mask.data() else {
        return Err(fault!("a mask is logical, not {}", mask.dtype().class()));
    };
    let count = truth.iter().filter(|&&m| m).count();
    let mut data = cx.pool.take(arg.dtype(), count);
    transfer(arg.data(), &mut data, Keep { mask: truth });
    release(mask, cx.pool);
    release(arg, cx.pool);
    Ok(Block::new(Shape::matrix(count, 1), Order::F, data))
}

fn column_major(arg: Arc<Block>, cx: &Context) -> Arc<Block> {
    if arg.order() == Order::F || arg.is_order_free() {
        return arg;
    }
    let block = Arc::new(reordered(&arg, Order::F, cx.pool));
    release(arg, cx.pool);
    block
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::array::Pool;
    use crate::kernel::{Kernel, run};

    /// A block of this shape and order whose elements are their column-major positions.
    fn numbered(dims: &[usize], order: Order) -> Arc<Block> {
        let shape = Shape::new(dims);
        let block = Block::dense(shape.clone(), Data::I32((0..shape.len() as i32).collect()));
        Arc::new(reordered(&block, order, &Pool::new()))
    }

    /// Elements in column-major sequence.
    fn values(block: &Block) -> Vec<i32> {
        reordered(block, Order::F, &Pool::new()).slice::<i32>().expect("int32").to_vec()
    }

    fn call(kernel: Kernel, args: Vec<Arc<Block>>) -> Result<Block> {
        let pool = Pool::new();
        run(&kernel, args, &Context { pool: &pool, threads: 1 })
    }

    const ORDERS: [Order; 2] = [Order::F, Order::C];

    #[test]
    fn permutations() {
        for order in ORDERS {
            for perm in [[0u8, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
                let a = numbered(&[3, 4, 5], order);
                let p = call(Kernel::Permute { perm: SmallVec::from_slice(&perm) }, vec![a.clone()]).expect("runs");
                let dims = [3, 4, 5];
                let strides = [1i32, 3, 12];
                let mut expected = Vec::new();
                for k in 0..dims[perm[2] as usize] {
                    for j in 0..dims[perm[1] as usize] {
                        for i in 0..dims[perm[0] as usize] {
                            let at = i * strides[perm[0] as usize] + j * strides[perm[1] as usize];
                            expected.push(at + k * strides[perm[2] as usize]);
                        }
                    }
                }
                assert_eq!(values(&p), expected, "{order:?} {perm:?}");
            }
        }
        let a = numbered(&[3, 4], Order::F);
        let lifted = call(Kernel::Permute { perm: SmallVec::from_slice(&[2, 0, 1]) }, vec![a]).expect("runs");
        assert_eq!(lifted.shape(), &Shape::new(&[1, 3, 4]));
        let a = numbered(&[3, 4], Order::F);
        assert!(call(Kernel::Permute { perm: SmallVec::from_slice(&[0, 0]) }, vec![a]).is_err());
    }

    #[test]
    fn slices_gathers_and_concatenation() {
        for order in ORDERS {
            let a = numbered(&[5, 6], order);
            let axes = SmallVec::from_slice(&[(4usize, -2isize, 3usize), (1, 3, 2)]);
            let s = call(Kernel::Slice { axes }, vec![a.clone()]).expect("runs");
            assert_eq!(values(&s), [9, 7, 5, 24, 22, 20]);
            let g = call(Kernel::Gather { axis: 0, indices: Arc::new(vec![4, 0, 4]) }, vec![a.clone()]).expect("runs");
            assert_eq!(g.shape(), &Shape::matrix(3, 6));
            assert_eq!(values(&g)[..6], [4, 0, 4, 9, 5, 9]);
            let g = call(Kernel::Gather { axis: 1, indices: Arc::new(vec![5]) }, vec![a.clone()]).expect("runs");
            assert_eq!(values(&g), [25, 26, 27, 28, 29]);
            for other in ORDERS {
                let b = numbered(&[5, 2], other);
                let c = call(Kernel::Concat { axis: 1 }, vec![a.clone(), b.clone()]).expect("runs");
                assert_eq!(values(&c)[28..], [28, 29, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
                let d = call(Kernel::Concat { axis: 2 }, vec![b.clone(), b]).expect("runs");
                assert_eq!(d.shape(), &Shape::new(&[5, 2, 2]));
                assert_eq!(values(&d)[8..12], [8, 9, 0, 1]);
            }
            let far = SmallVec::from_slice(&[(0usize, 2isize, 4usize), (0, 1, 6)]);
            assert!(call(Kernel::Slice { axes: far }, vec![a.clone()]).is_err());
            assert!(call(Kernel::Gather { axis: 0, indices: Arc::new(vec![5]) }, vec![a]).is_err());
        }
    }

    #[test]
    fn reshape_and_compress_count_column_major() {
        for order in ORDERS {
            let a = numbered(&[4, 3], order);
            let r = call(Kernel::Reshape { shape: Shape::matrix(2, 6) }, vec![a.clone()]).expect("runs");
            assert_eq!(values(&r), (0..12).collect::<Vec<_>>());
            let mask = Block::dense(Shape::matrix(4, 3), Data::Bool((0..12).map(|i| i % 5 == 1).collect()));
            for other in ORDERS {
                let mask = Arc::new(reordered(&mask, other, &Pool::new()));
                let c = call(Kernel::Compress, vec![mask, a.clone()]).expect("runs");
                assert_eq!(values(&c), [1, 6, 11]);
            }
            assert!(call(Kernel::Reshape { shape: Shape::matrix(5, 2) }, vec![a]).is_err());
        }
    }
}
