//! QR of a tall matrix that does not fit, by a tree of panels (TSQR).
//!
//! The rows are cut into panels, several times as high as wide; every panel is factored where it comes by. The triangles
//! of neighbouring panels are stacked, as many as make one more panel, and factored again, and so on up to a root: its
//! triangle is R. Panels and tree follow from the shape and the canonical chunks alone, so the bits depend neither on
//! the budget nor on threads.
//!
//! If Q is wanted, the orthogonal factor of every panel is put aside, and of every stack. Going down from the root these
//! are multiplied out until each panel has the small matrix that turns its factor into its rows of Q; those rows are
//! made when they are read.
//!
//! With m x n elements in panels of h rows, in theory: reads the matrix once, writes the triangles (n / 2h of it) and reads
//! them. For Q it writes the factors of the panels (as much as the matrix) and of the stacks, and the small matrices
//! (n / h of it, a little more for the upper part of the tree), and reads all of these once when all of Q is used.
//!
//! Signs are LAPACK's: those that one Householder reflection after the other gives. They are found from the first n rows
//! of Q by the elimination that reconstructs the reflections.
//!
//! Demmel, Grigori, Hoemmen, Langou, SIAM J. Sci. Comput. 34 (2012); Benson, Gleich, Demmel, "Direct QR factorizations
//! for tall-and-skinny matrices", IEEE BigData 2013; Ballard et al., "Reconstructing Householder vectors from TSQR",
//! IPDPS 2014, for the signs.

use super::reflections::{BLOCK, Entry, Factored, householder_signs, matrix_of, packed, packed_len, place};
use super::{each_chunk, lock};
use crate::array::{Block, Complex64, DType, Grid, Order, Pool, Region, Shape};
use crate::builtin::math::Mat;
use crate::diag::{Result, Span};
use crate::fault;
use crate::ir::{Algorithm, Made, Meta, Node, Promise, Runner};
use crate::store::{ArrayMeta, Scratch, ScratchArray, Sink, Source};
use faer::{MatMut, MatRef, Par};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Acquire, Ordering::Relaxed, Ordering::Release};
use std::sync::{Arc, Mutex};

/// A panel is at least so many times as high as wide, if the matrix is.
const SLENDER: usize = 4;

/// Rows of a panel of a matrix: whole canonical chunks where they are not too high.
pub fn panel_rows(meta: &Meta) -> usize {
    let (m, n) = (meta.shape.rows(), meta.shape.columns());
    let (chunk, wanted) = (meta.chunks[0].max(1), (SLENDER * n).max(1));
    let rows = if chunk >= 2 * wanted { chunk.div_ceil(chunk / wanted) } else { chunk * wanted.div_ceil(chunk) };
    rows.clamp(1, m.max(1))
}

/// Whether a matrix is so tall that its triangles are small beside it.
pub fn is_tall(meta: &Meta) -> bool {
    meta.shape.rank() == 2 && meta.shape.rows() >= 2 * meta.shape.columns() && meta.shape.columns() > 0
}

/// `[R]`, or `[Q, R]`, of the economy factorisation of a tall float matrix. Nothing runs yet.
pub fn factors(a: &Arc<Node>, with_q: bool, span: Span) -> Result<Vec<Arc<Node>>> {
    let (m, n) = (a.meta.shape.rows(), a.meta.shape.columns());
    let dtype = a.meta.dtype;
    let square = Shape::matrix(n, n);
    let r = Meta { chunks: square.iter().copied().collect(), shape: square, dtype };
    let rows = panel_rows(&a.meta);
    let q = Meta { shape: Shape::matrix(m, n), dtype, chunks: [rows, n].into_iter().collect() };
    let outputs = if with_q { vec![q, r] } else { vec![r] };
    Promise::nodes(TallQr { with_q }, std::slice::from_ref(a), &outputs, span)
}

#[derive(Debug)]
struct TallQr {
    with_q: bool,
}

impl Algorithm for TallQr {
    fn name(&self) -> &'static str {
        "tall QR"
    }

    fn run(&self, inputs: &[Arc<Node>], runner: &mut dyn Runner) -> Result<Vec<Made>> {
        match inputs[0].meta.dtype {
            DType::C64 | DType::C32 => self.typed::<Complex64>(&inputs[0], runner),
            _ => self.typed::<f64>(&inputs[0], runner),
        }
    }
}

impl TallQr {
    fn typed<T: Entry>(&self, a: &Arc<Node>, runner: &mut dyn Runner) -> Result<Vec<Made>> {
        let (m, n) = (a.meta.shape.rows(), a.meta.shape.columns());
        let rows = panel_rows(&a.meta);
        let grid = Grid::new(a.meta.shape.clone(), &[rows, n]);
        let tree = Tree { leaves: grid.count(0), fan: (rows / n).max(2) };
        let file = runner.scratch()?;
        let q = self.with_q.then(|| {
            ScratchArray::new(file.clone(), "panel factors", &Shape::matrix(m, n), T::DTYPE, &[rows, n], Order::C)
        });
        let width = size_of::<T>() as u64;
        let panel_height = rows.max(tree.fan * n);
        let (panel, square) = ((panel_height * n) as u64 * width, (n * n) as u64 * width);
        let sink = Arc::new(Panels::<T> {
            grid,
            dtype: a.meta.dtype,
            n,
            tree,
            // The panel as it is factored and becomes its Q, its triangle, and a block of its columns or a part of the
            // factor of a stack; then what blocked reflections take, and what writing takes.
            scratch: panel
                + square
                + square.max((panel_height * n.min(BLOCK)) as u64 * width)
                + 3 * (n * n.min(BLOCK)) as u64 * width
                + q.as_ref().map_or(0, |q| q.write_scratch()),
            file: file.clone(),
            q,
            waiting: Mutex::default(),
            first_rows: Mutex::new(Mat::zeros(0, 0)),
            stacks: Mutex::default(),
            root: Mutex::new(None),
            written: AtomicU64::new(0),
        });
        runner.stream(&[(a.clone(), sink.clone())], 2 * square)?;
        let mut r = lock(&sink.root).take().ok_or_else(|| fault!("internal error: a tree without a root"))?;
        // From whatever signs the panels had to a positive diagonal, and from there to LAPACK's.
        let mut turn = vec![T::real(1.0); n];
        for (k, turn) in turn.iter_mut().enumerate() {
            let d = r[(k, k)];
            if d != T::default() {
                *turn = d.scaled(1.0 / d.modulus());
            }
        }
        let mut head = std::mem::replace(&mut *lock(&sink.first_rows), Mat::zeros(0, 0));
        (0..n).for_each(|j| head.col_mut(j).iter_mut().for_each(|x| *x *= turn[j]));
        for (turn, sign) in turn.iter_mut().zip(householder_signs(head)) {
            *turn = turn.scaled(sign);
        }
        for j in 0..n {
            for i in 0..=j {
                r[(i, j)] = turn[i].conjugate() * r[(i, j)];
            }
            if !r[(j, j)].complex().is_nan() {
                r[(j, j)] = T::real(r[(j, j)].part_re());
            }
        }
        let mut made = Vec::new();
        if self.with_q {
            let small = sink.small_matrices(&turn)?;
            made.push(self.lazy_q::<T>(&sink, small, a));
        }
        let single = a.meta.dtype.is_single();
        let block = Block::dense(Shape::matrix(n, n), T::wrap(r.a));
        let block = if single { crate::builtin::ops::elementwise::to_single(block) } else { block };
        made.push(Made::Block(Arc::new(block)));
        Ok(made)
    }

    fn lazy_q<T: Entry>(&self, sink: &Arc<Panels<T>>, small: Vec<Small>, a: &Node) -> Made {
        let meta = ArrayMeta {
            shape: a.meta.shape.clone(),
            dtype: a.meta.dtype,
            grid: sink.grid.clone(),
            order: Order::F,
            partial_reads: true,
            description: "orthogonal factor of a tall QR".to_owned(),
        };
        let resident = (small.len() * size_of::<Small>()) as u64;
        Made::Stored { source: Arc::new(TallQ { panels: sink.clone(), small, meta }), resident }
    }
}

/// Panels are leaves, numbered from the top; `fan` neighbours have one parent.
#[derive(Debug, Clone, Copy)]
struct Tree {
    leaves: usize,
    fan: usize,
}

impl Tree {
    /// Nodes at a level, the leaves being level 0.
    fn nodes(self, level: u32) -> usize {
        (0..level).fold(self.leaves, |count, _| count.div_ceil(self.fan))
    }

    /// Children of a node above the leaves.
    fn children(self, level: u32, index: usize) -> std::ops::Range<usize> {
        index * self.fan..((index + 1) * self.fan).min(self.nodes(level - 1))
    }

    fn is_root(self, level: u32) -> bool {
        self.nodes(level) == 1
    }
}

/// A node of the tree: level, index.
type Place = (u32, usize);

/// Factors every panel it is handed, and every stack that becomes complete.
struct Panels<T> {
    grid: Grid,
    dtype: DType,
    n: usize,
    tree: Tree,
    scratch: u64,
    file: Arc<Scratch>,
    /// Factors of the panels, if Q is wanted.
    q: Option<ScratchArray>,
    /// Triangles that wait for their neighbours: rows, and offset in the file.
    waiting: Mutex<BTreeMap<Place, (usize, u64)>>,
    /// The first n rows of the orthogonal factor of what is above the leftmost triangle.
    first_rows: Mutex<Mat<T>>,
    /// For every child of a stack: offset and rows of its part of the stack's factor.
    stacks: Mutex<BTreeMap<Place, (u64, usize)>>,
    root: Mutex<Option<Mat<T>>>,
    written: AtomicU64,
}

impl<T: Entry> Panels<T> {
    fn panel(&self, region: &Region, block: &Block) -> Result<()> {
        let number = region.start[0] / self.grid.chunk[0];
        let (rows, n) = (region.len[0], self.n);
        let factored = Factored::new(matrix_of::<T>(block, rows, n));
        let r = factored.r();
        if let Some(stored) = &self.q {
            let q = factored.into_q();
            if number == 0 {
                *lock(&self.first_rows) = q.rows_of(0, n.min(rows));
            }
            // The factor of a last panel that is wider than high has fewer columns; the rest are zeros.
            let mut columns = q.a;
            columns.resize(rows * n, T::default());
            stored.write(region, &Block::dense(region.shape(), T::wrap(columns)))?;
        } else if number == 0 {
            *lock(&self.first_rows) = factored.into_q().rows_of(0, n.min(rows));
        }
        self.settle((0, number), r)
    }

    /// A triangle is there: it is the root, or it waits, or it completes its stack.
    fn settle(&self, place: Place, r: Mat<T>) -> Result<()> {
        let (mut place, mut r) = (place, r);
        loop {
            let (level, index) = place;
            if self.tree.is_root(level) {
                *lock(&self.root) = Some(r);
                return Ok(());
            }
            let parent = (level + 1, index / self.tree.fan);
            let children = self.tree.children(parent.0, parent.1);
            let offset = self.put(&packed(&r))?;
            let mut waiting = lock(&self.waiting);
            waiting.insert(place, (r.rows, offset));
            if !children.clone().all(|child| waiting.contains_key(&(level, child))) {
                return Ok(());
            }
            let parts: Vec<(usize, u64)> =
                children.clone().filter_map(|child| waiting.remove(&(level, child))).collect();
            drop(waiting);
            drop(r);
            r = self.stack(level, children, &parts)?;
            place = parent;
        }
    }

    /// Factors the triangles of neighbours, one on top of the other.
    fn stack(&self, level: u32, children: std::ops::Range<usize>, parts: &[(usize, u64)]) -> Result<Mat<T>> {
        let n = self.n;
        let heights: Vec<usize> = parts.iter().map(|&(height, _)| height).collect();
        let factored = Factored::stack(&heights, n, |child| {
            let mut triangle = vec![T::default(); packed_len(heights[child], n)];
            self.file.read(bytemuck::cast_slice_mut(&mut triangle), parts[child].1)?;
            Ok(triangle)
        })?;
        let r = factored.r();
        if self.q.is_none() && children.start > 0 {
            return Ok(r);
        }
        let q = factored.into_q();
        // The rows that belong to a child, with columns of zeros where the stack is wider than high.
        let part = |number: usize| {
            let element = |i, j| if j < q.cols { q[(place(&heights, number, i), j)] } else { T::default() };
            Mat::from_fn(heights[number], n, element)
        };
        if self.q.is_some() {
            for (number, child) in children.clone().enumerate() {
                let part = part(number);
                // Room for a whole square: the product with what is above it goes to the same place.
                let offset = self.file.reserve((n * n * size_of::<T>()) as u64);
                self.write(&part.a, offset)?;
                lock(&self.stacks).insert((level, child), (offset, part.rows));
            }
        }
        if children.start == 0 {
            let first = part(0);
            drop(q);
            let mut head = lock(&self.first_rows);
            *head = head.times(&first);
        }
        Ok(r)
    }

    fn put(&self, values: &[T]) -> Result<u64> {
        let offset = self.file.reserve(size_of_val(values) as u64);
        self.write(values, offset)?;
        Ok(offset)
    }

    fn write(&self, values: &[T], offset: u64) -> Result<()> {
        self.written.fetch_add(size_of_val(values) as u64, Relaxed);
        self.file.write(bytemuck::cast_slice(values), offset)
    }

    fn read_small(&self, offset: u64, rows: usize) -> Result<Mat<T>> {
        let mut m = Mat::zeros(rows, self.n);
        self.file.read(bytemuck::cast_slice_mut(&mut m.a), offset)?;
        Ok(m)
    }

    /// Multiplies the factors of the stacks out, from the root down; gives each panel's matrix, which is n x n with as
    /// many rows that count as the panel has columns in its factor. The products of the panels themselves are left to
    /// those who read them.
    fn small_matrices(&self, turn: &[T]) -> Result<Vec<Small>> {
        let n = self.n;
        let stacks = std::mem::take(&mut *lock(&self.stacks));
        let mut level = (0..).find(|&level| self.tree.is_root(level)).unwrap_or(0);
        let root = Mat::from_fn(n, n, |i, j| if i == j { turn[i] } else { T::default() });
        let whole = |offset| Small { offset, height: n, above: offset, made: AtomicBool::new(true) };
        let mut made = vec![whole(self.put(&root.a)?)];
        while level > 0 {
            let mut below = Vec::with_capacity(self.tree.nodes(level - 1));
            for (index, parent) in made.iter().enumerate() {
                for child in self.tree.children(level, index) {
                    let (offset, height) = stacks[&(level - 1, child)];
                    let small = Small { offset, height, above: parent.offset, made: AtomicBool::new(false) };
                    if level > 1 {
                        self.small(&small)?;
                    }
                    below.push(small);
                }
            }
            made = below;
            level -= 1;
        }
        Ok(made)
    }

    /// A small matrix, multiplied out when it is first read. Two who do so at once write the same bytes.
    fn small(&self, small: &Small) -> Result<Mat<T>> {
        if small.made.load(Acquire) {
            return self.read_small(small.offset, self.n);
        }
        let product = self.read_small(small.offset, small.height)?.times(&self.read_small(small.above, self.n)?);
        let element = |i, j| if i < small.height { product[(i, j)] } else { T::default() };
        let whole = Mat::from_fn(self.n, self.n, element);
        self.write(&whole.a, small.offset)?;
        small.made.store(true, Release);
        Ok(whole)
    }
}

/// The matrix that turns the factor of a panel, or of a stack, into its rows of Q: where it is, or where what it is the
/// product of is.
struct Small {
    offset: u64,
    /// Rows of the part of the stack's factor.
    height: usize,
    above: u64,
    made: AtomicBool,
}

impl<T: Entry> Sink for Panels<T> {
    fn grid(&self) -> &Grid {
        &self.grid
    }

    fn dtype(&self) -> DType {
        self.dtype
    }

    fn write(&self, region: &Region, block: &Block) -> Result<()> {
        each_chunk(&self.grid, region, block, |region, block| self.panel(region, block))
    }

    fn publish(&self) -> Result<()> {
        Ok(())
    }

    fn written(&self) -> u64 {
        self.written.load(Relaxed) + self.q.as_ref().map_or(0, |q| q.written())
    }

    fn write_scratch(&self) -> u64 {
        self.scratch
    }
}

/// The rows of Q, made from the factors of the panels when they are read.
struct TallQ<T: Entry> {
    panels: Arc<Panels<T>>,
    /// The small matrix of each panel.
    small: Vec<Small>,
    meta: ArrayMeta,
}

impl<T: Entry> Source for TallQ<T> {
    fn meta(&self) -> &ArrayMeta {
        &self.meta
    }

    fn name(&self) -> &str {
        "Q of a tall QR"
    }

    fn read(&self, region: &Region, pool: &Pool) -> Result<Block> {
        let n = self.panels.n;
        let stored = self.panels.q.as_ref().ok_or_else(|| fault!("internal error: a Q that was not kept"))?;
        let (rows, columns) = (region.len[0], region.len[1]);
        let mut out = Mat::<T>::zeros(rows, columns);
        for coords in self.meta.grid.touching(region) {
            let Some(common) = self.meta.grid.region(&coords).intersect(region) else { continue };
            let small = self.panels.small(&self.small[coords[0]])?;
            let strip = Region::new(&[common.start[0], 0], &[common.len[0], n]);
            let part = stored.read(&strip, pool)?;
            let data = T::slice(part.data()).ok_or_else(|| fault!("internal error: a factor of another type"))?;
            let part = MatRef::from_row_major_slice(data, common.len[0], n);
            let small = small.faer().get(.., region.start[1]..region.start[1] + columns);
            let to = MatMut::from_column_major_slice_mut(&mut out.a, rows, columns);
            let to = to.subrows_mut(common.start[0] - region.start[0], common.len[0]);
            let fresh = faer::Accum::Replace;
            faer::linalg::matmul::matmul(to, fresh, part, small, T::real(1.0), Par::Seq);
        }
        let block = Block::dense(region.shape(), T::wrap(out.a));
        let single = self.meta.dtype.is_single();
        Ok(if single { crate::builtin::ops::elementwise::to_single(block) } else { block })
    }

    fn read_bytes(&self, region: &Region) -> u64 {
        let panels = self.meta.grid.touching(region).len();
        ((region.len[0] + panels * self.panels.n) * self.panels.n * size_of::<T>()) as u64
    }

    fn read_scratch(&self, region: &Region) -> u64 {
        let n = self.panels.n;
        let single = if self.meta.dtype.is_single() { region.size() * size_of::<T>() } else { 0 };
        ((region.len[0].min(self.meta.grid.chunk[0]) * n + 4 * n * n) * size_of::<T>() + single) as u64
    }
}
