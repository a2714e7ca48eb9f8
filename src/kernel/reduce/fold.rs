//! The walk of a reduction over a block: stretches of kept positions, stacks of rows, a balanced tree of leaf states.

use crate::array::arch::dispatch;
use crate::array::{Block, Complex64, Data, Element, Order, Pool, Shape};
use crate::diag::Result;
use crate::kernel::elements::{CopyBox, strides_of, transfer};
use crate::kernel::map;
use pulp::NullaryFnOnce;
use smallvec::SmallVec;
use std::marker::PhantomData;

/// A stack of rows: element `(row, column)` is `data[row * stride + column]`. A single contiguous run is a stack of
/// width 1 and stride 1.
pub struct Rows<'a, T> {
    pub data: &'a [T],
    pub rows: usize,
    pub stride: usize,
    pub width: usize,
    /// Whether the columns lie side by side along a kept axis: a stack stays one where only one column of it is in the
    /// block, so that a column's state does not depend on how its neighbours were cut.
    pub stacked: bool,
}

// By hand, for it asks nothing of the elements.
impl<T> Clone for Rows<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Rows<'_, T> {}

impl<'a, T> Rows<'a, T> {
    pub fn row(&self, row: usize) -> &'a [T] {
        &self.data[row * self.stride..row * self.stride + self.width]
    }

    /// The one column of a stack of width 1, if it is contiguous.
    pub fn run(&self) -> Option<&'a [T]> {
        (!self.stacked && self.width == 1 && self.stride == 1).then(|| &self.data[..self.rows])
    }
}

/// The arithmetic of one kind of reduction. States are stored component by component: component `c` of column `w` of
/// `width` columns at `c * width + w`.
pub trait Fold<T> {
    type Part: Element;
    const PARTS: usize;

    /// The state of no element at all.
    fn nothing(&self) -> SmallVec<[Self::Part; 3]>;

    /// The state of each column of a short stack of at least one row.
    fn leaf(&self, rows: Rows<T>, state: &mut [Self::Part]);

    /// Folds the states of what follows into the states of what came before.
    fn merge(&self, into: &mut [Self::Part], next: &[Self::Part], width: usize);
}

/// Neighbouring axes with one fate, fastest in memory first.
#[derive(Debug, Clone, Copy)]
struct Group {
    len: usize,
    stride: usize,
    reduced: bool,
}

/// Where the elements of a panel come from.
pub trait Elements<T> {
    /// A leaf's rows, by the offset of its first element in order of memory: row `r` begins at `at + r * stride`. Rows of
    /// a leaf are asked for once, and may be gone when the next leaf is asked for.
    fn rows(&mut self, at: usize, rows: usize, stride: usize, width: usize) -> Result<(&[T], usize)>;
}

/// Elements that lie in memory.
pub struct Stored<'a, T>(pub &'a [T]);

impl<T> Elements<T> for Stored<'_, T> {
    fn rows(&mut self, at: usize, _: usize, stride: usize, _: usize) -> Result<(&[T], usize)> {
        Ok((&self.0[at..], stride))
    }
}

/// Elements that an expression makes when they are asked for.
pub struct Computed<'a, 'm, T> {
    elements: &'a mut map::Elements<'m>,
    leaf: Data,
    of: PhantomData<T>,
}

impl<'a, 'm, T: Element> Computed<'a, 'm, T> {
    /// `len` elements in all.
    pub fn new(elements: &'a mut map::Elements<'m>, len: usize, pool: &Pool) -> Self {
        Computed { elements, leaf: pool.take(T::DTYPE, LEAF.min(len)), of: PhantomData }
    }
}

impl<T: Element> Elements<T> for Computed<'_, '_, T> {
    fn rows(&mut self, at: usize, rows: usize, stride: usize, width: usize) -> Result<(&[T], usize)> {
        if stride == width {
            self.elements.fill(&mut self.leaf, 0, at, rows * width)?;
        } else {
            for row in 0..rows {
                self.elements.fill(&mut self.leaf, row * width, at + row * stride, width)?;
            }
        }
        Ok((T::slice(&self.leaf).unwrap_or_default(), width))
    }
}

/// How the axes of a block lie in memory, for a reduction.
#[derive(Debug)]
pub struct Layout {
    groups: SmallVec<[Group; 4]>,
    kept: usize,
    empty: bool,
}

impl Layout {
    pub fn new(shape: &Shape, order: Order, axes: u32) -> Layout {
        let rank = shape.rank();
        let mut groups: SmallVec<[Group; 4]> = SmallVec::new();
        let (mut stride, mut kept) = (1, 1);
        for i in 0..rank {
            let axis = if order == Order::F { i } else { rank - 1 - i };
            let (len, reduced) = (shape.extent(axis), axes >> axis & 1 == 1);
            kept *= if reduced { 1 } else { len };
            // A kept axis that is fastest in memory makes stacks, however little of it is here.
            if len == 1 && (reduced || !groups.is_empty()) {
                continue;
            }
            match groups.last_mut() {
                Some(g) if g.reduced == reduced => g.len *= len,
                _ => groups.push(Group { len, stride, reduced }),
            }
            stride *= len;
        }
        Layout { groups, kept, empty: shape.is_empty() }
    }
}

struct Leaf<'a, T, F: Fold<T>> {
    fold: &'a F,
    rows: Rows<'a, T>,
    state: &'a mut [F::Part],
}

impl<T, F: Fold<T>> NullaryFnOnce for Leaf<'_, T, F> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        self.fold.leaf(self.rows, self.state);
    }
}

/// Columns that are reduced together, so that their states stay in the cache.
const STRETCH: usize = 512;
/// Elements of a leaf that is a run, rows of a leaf that is a stack. The same for any width, so that a column's state
/// does not depend on how many neighbours are in the block.
const LEAF_RUN: usize = 1024;
const LEAF_ROWS: usize = 64;
/// Most elements of a leaf.
pub const LEAF: usize = if LEAF_RUN > LEAF_ROWS * STRETCH { LEAF_RUN } else { LEAF_ROWS * STRETCH };

/// Bytes of the states that wait while so many elements are folded into so many positions: one for each level of the
/// tree over the leaves of a stretch, and two in hand.
pub fn tree_bytes(elements: usize, kept: usize, parts: usize) -> u64 {
    let leaves = elements / kept.max(1) / LEAF_ROWS + 1;
    let levels = leaves.ilog2() as usize + 3;
    (kept.clamp(1, STRETCH) * parts * size_of::<Complex64>() * levels) as u64
}

/// A buffer of the pool.
pub fn taken<P: Element>(pool: &Pool, len: usize) -> Vec<P> {
    let mut data = pool.take(P::DTYPE, len);
    P::vec_mut(&mut data).map(std::mem::take).unwrap_or_default()
}

/// The states of all kept positions, in the block's memory order, component by component.
pub fn run<T, F: Fold<T>>(fold: &F, data: &mut dyn Elements<T>, layout: &Layout, pool: &Pool) -> Result<Data> {
    let mut out: Vec<F::Part> = taken(pool, layout.kept * F::PARTS);
    if layout.kept == 0 {
        return Ok(Element::wrap(out));
    }
    if layout.empty {
        for (part, value) in fold.nothing().into_iter().enumerate() {
            out[part * layout.kept..(part + 1) * layout.kept].fill(value);
        }
        return Ok(Element::wrap(out));
    }
    let mut groups = layout.groups.iter().copied().peekable();
    let stack = groups.next_if(|g| !g.reduced);
    let (stacked, width) = (stack.is_some(), stack.map_or(1, |g| g.len));
    let (depth, stride) = groups.next().map_or((1, 1), |g| (g.len, g.stride));
    let outer: SmallVec<[Group; 4]> = groups.collect();
    let kept_outer: SmallVec<[Group; 4]> = outer.iter().copied().filter(|g| !g.reduced).collect();
    let reduced_outer: SmallVec<[Group; 4]> = outer.iter().copied().filter(|g| g.reduced).collect();
    let leaf_rows = if !stacked && stride == 1 { LEAF_RUN } else { LEAF_ROWS };
    let mut tree = Tree::new(fold);
    let mut position = 0;
    offsets(&kept_outer, |base| -> Result<()> {
        for first in (0..width).step_by(STRETCH) {
            let columns = STRETCH.min(width - first);
            offsets(&reduced_outer, |inner| -> Result<()> {
                for row in (0..depth).step_by(leaf_rows) {
                    let at = base + inner + first + row * stride;
                    let rows = leaf_rows.min(depth - row);
                    let (data, stride) = data.rows(at, rows, stride, columns)?;
                    tree.add(Rows { data, rows, stride, width: columns, stacked });
                }
                Ok(())
            })?;
            let state = tree.take();
            for part in 0..F::PARTS {
                let to = part * layout.kept + position + first;
                out[to..to + columns].copy_from_slice(&state[part * columns..(part + 1) * columns]);
            }
            tree.spare.push(state);
        }
        position += width;
        Ok(())
    })?;
    Ok(Element::wrap(out))
}

/// Calls with the offset of every position of some axes, the first moving fastest.
fn offsets(groups: &[Group], mut visit: impl FnMut(usize) -> Result<()>) -> Result<()> {
    let mut index: SmallVec<[usize; 4]> = SmallVec::from_elem(0, groups.len());
    let mut at = 0;
    loop {
        visit(at)?;
        let mut k = 0;
        loop {
            let Some(group) = groups.get(k) else { return Ok(()) };
            index[k] += 1;
            at += group.stride;
            if index[k] < group.len {
                break;
            }
            at -= group.stride * group.len;
            index[k] = 0;
            k += 1;
        }
    }
}

/// States waiting for their equals: entry `i` folds twice as many leaves as the one above it, so that every element
/// takes part in a number of additions logarithmic in the number of leaves.
struct Tree<'a, T, F: Fold<T>> {
    fold: &'a F,
    waiting: Vec<(u32, Vec<F::Part>)>,
    spare: Vec<Vec<F::Part>>,
    width: usize,
}

impl<'a, T, F: Fold<T>> Tree<'a, T, F> {
    fn new(fold: &'a F) -> Self {
        Tree { fold, waiting: Vec::new(), spare: Vec::new(), width: 1 }
    }

    fn add(&mut self, rows: Rows<T>) {
        self.width = rows.width;
        let mut state = self.taken(rows.width);
        dispatch(Leaf { fold: self.fold, rows, state: &mut state });
        let mut level = 0;
        while self.waiting.last().is_some_and(|(l, _)| *l == level) {
            let Some((_, mut before)) = self.waiting.pop() else { break };
            self.fold.merge(&mut before, &state, self.width);
            self.spare.push(std::mem::replace(&mut state, before));
            level += 1;
        }
        self.waiting.push((level, state));
    }

    fn taken(&mut self, width: usize) -> Vec<F::Part> {
        let mut state = self.spare.pop().unwrap_or_default();
        state.resize(width * F::PARTS, F::Part::default());
        state
    }

    /// The fold of everything added since the last call; there was something.
    fn take(&mut self) -> Vec<F::Part> {
        let Some((_, mut state)) = self.waiting.pop() else { return Vec::new() };
        while let Some((_, mut before)) = self.waiting.pop() {
            self.fold.merge(&mut before, &state, self.width);
            self.spare.push(std::mem::replace(&mut state, before));
        }
        state
    }
}

/// A state in the memory order of the argument as a column-major block of the state's shape.
pub fn column_major(state: Data, order: Order, kept: &Shape, parts: usize, shape: Shape, pool: &Pool) -> Block {
    if order == Order::F || kept.iter().filter(|&&d| d != 1).count() <= 1 {
        return Block::new(shape, Order::F, state);
    }
    let mut data = pool.take(state.dtype(), state.len());
    let rank = kept.rank();
    let mut dims = kept.padded(rank);
    dims.push(parts);
    let (mut from, mut to) = (strides_of(kept, Order::C), strides_of(kept, Order::F));
    from.strides.push(kept.len() as isize);
    to.strides.push(kept.len() as isize);
    transfer(&state, &mut data, CopyBox { dims: &dims, from, to });
    Block::new(shape, Order::F, data)
}
