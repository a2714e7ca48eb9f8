//! Products: output tiles, panels of the inner axis, and lanes.
//!
//! `C_ij = sum_p A_ip B_pj`. The inner axis is cut into panels, the output into tiles, both by the canonical chunks of
//! the operands. A tile is accumulated panel by panel in place; where there are few tiles the panels are dealt to a few
//! lanes whose sums are added in a fixed order. As many tiles as memory allows go through the panels together, so that
//! a panel of an operand is read once for all of them.

use super::builder::{Builder, Reg};
use super::planner::{Pending, Planner};
use super::task::{ArrayId, ArrayKind, Output};
use super::tile::{lanes, tile};
use crate::array::{DType, Grid, Region, ScalarFn, Shape};
use crate::diag::Result;
use crate::ir::{Graph, NodeId, Op};
use crate::kernel::{Conj, Kernel, MapBody};
use smallvec::{SmallVec, smallvec};
use std::ops::Range;
use std::sync::Arc;

/// Part of the budget (one in so many) that the accumulators of tiles computed together may take.
const TILES_SHARE: u64 = 2;

/// Up to so many rows or columns a product costs no more than reading its operands.
const THIN: usize = 64;

/// Bytes of an operand in a panel, where the product is thin on both sides.
const THIN_PANEL_BYTES: usize = 1 << 20;

/// A product's operands and how its index space is cut.
struct Product {
    left: NodeId,
    right: NodeId,
    a: Conj,
    b: Conj,
    symmetric: bool,
    dtype: DType,
    /// Extent and panel of the inner axis.
    inner: (usize, usize),
    grid: Grid,
}

fn product(graph: &Graph, id: NodeId) -> Product {
    let node = graph.node(id);
    let (left, a, right, b, symmetric) = match &node.op {
        Op::SymDot { adjoint_first: true } => (node.inputs[0], Conj::Adjoint, node.inputs[0], Conj::No, true),
        Op::SymDot { adjoint_first: false } => (node.inputs[0], Conj::No, node.inputs[0], Conj::Adjoint, true),
        Op::Dot { a, b } => (node.inputs[0], *a, node.inputs[1], *b, false),
        _ => (node.inputs[0], Conj::No, node.inputs[0], Conj::No, false),
    };
    let (x, y) = (&graph.node(left).meta, &graph.node(right).meta);
    let inner_axis = usize::from(a == Conj::No);
    let rows = tile(x.chunks[1 - inner_axis]);
    let columns = tile(y.chunks[usize::from(b == Conj::No)]);
    let chunk = [rows, columns];
    // The panels of the larger operand: a vector is one chunk, and would make a panel of all of a matrix.
    let own = if y.shape.len() > x.shape.len() { y.chunks[usize::from(b != Conj::No)] } else { x.chunks[inner_axis] };
    let mut panel = own.max(1);
    // Of a product of a few columns a canonical chunk is a long panel: shorter ones cost no more.
    let widest = node.meta.shape.iter().copied().max().unwrap_or(1).max(1);
    if widest <= THIN {
        panel = panel.min((THIN_PANEL_BYTES / node.meta.dtype.size() / widest).max(1));
    }
    Product {
        left,
        right,
        a,
        b,
        symmetric,
        dtype: node.meta.dtype,
        inner: (x.shape.extent(inner_axis), panel),
        grid: Grid::new(node.meta.shape.clone(), &chunk),
    }
}

impl Product {
    fn panels(&self) -> usize {
        self.inner.0.div_ceil(self.inner.1).max(1)
    }

    fn panel(&self, p: usize) -> (usize, usize) {
        let start = p * self.inner.1;
        (start, self.inner.1.min(self.inner.0 - start.min(self.inner.0)))
    }

    /// Regions of both operands that panel `p` of a tile needs.
    fn operands(&self, rows: (usize, usize), columns: (usize, usize), p: usize) -> (Region, Region) {
        let k = self.panel(p);
        let region =
            |first: (usize, usize), second: (usize, usize)| Region::new(&[first.0, second.0], &[first.1, second.1]);
        let left = if self.a == Conj::No { region(rows, k) } else { region(k, rows) };
        let right = if self.b == Conj::No { region(k, columns) } else { region(columns, k) };
        (left, right)
    }
}

/// Blocks of a product's result.
pub fn result_grid(graph: &Graph, id: NodeId) -> Grid {
    product(graph, id).grid
}

/// A thin product over a single panel costs no more than reading its operands: it is expanded where it is used, which
/// is how `A'*(A*v)` becomes one scan.
pub fn stays_inline(planner: &Planner, id: NodeId) -> bool {
    let node = planner.graph.node(id);
    let p = product(planner.graph, id);
    let thin = node.meta.shape.iter().any(|&d| d <= THIN);
    !p.symmetric && p.panels() == 1 && thin && planner.uses[id as usize] == 1 && !planner.graph.roots.contains(&id)
}

/// The tasks that make a tile, together with as many other tiles as go through the panels with it.
pub fn tasks(planner: &mut Planner, id: NodeId, array: ArrayId, block: u32) -> Result<Vec<Pending>> {
    let p = product(planner.graph, id);
    let group = tiles_together(planner, &p, array, block);
    let wanted: Vec<(usize, usize)> = group.into_iter().filter(|&(i, j)| !p.symmetric || i >= j).collect();
    let total_tiles = if p.symmetric { p.grid.count(0) * (p.grid.count(0) + 1) / 2 } else { p.grid.len() };
    let lanes = lanes(total_tiles, p.panels());
    let panels = p.panels();
    let mut work = Work { planner, p, id, array, out: Vec::new() };
    if lanes == 1 {
        for panel in 0..panels {
            for &(i, j) in &wanted {
                work.accumulate(i, j, panel, 0..panels)?;
            }
        }
    } else {
        let bounds: Vec<usize> = (0..=lanes).map(|l| l * panels / lanes).collect();
        for &(i, j) in &wanted {
            work.lane_sum(i, j, &bounds)?;
        }
    }
    Ok(work.out)
}

/// Which tiles are accumulated together with one: a rectangle of tiles around it, as near to a square as fits the share of the
/// budget, aligned so that every tile belongs to one rectangle. Of a symmetric product, its mirror too.
fn tiles_together(planner: &Planner, p: &Product, array: ArrayId, block: u32) -> Vec<(usize, usize)> {
    let grid = &planner.out.arrays[array as usize].grid;
    let coords = grid.coords(block as usize);
    let (rows, columns) = (grid.count(0), grid.count(1));
    let tile_bytes = (grid.chunk[0] * grid.chunk[1] * p.dtype.size()).max(1) as u64;
    let room = ((planner.limits.budget / TILES_SHARE / tile_bytes) >> planner.limits.shrink).max(1) as usize;
    let everything = if p.symmetric { rows * (rows + 1) / 2 } else { rows * columns };
    if p.symmetric {
        // All at once, or tile by tile with its mirror: the lower triangle is not cut into rectangles.
        if everything <= room {
            return (0..rows).flat_map(|i| (0..=i).map(move |j| (i, j))).collect();
        }
        let (i, j) = (coords[0].max(coords[1]), coords[0].min(coords[1]));
        let side = (1..=rows).take_while(|s| s * s <= room).last().unwrap_or(1);
        let (bi, bj) = (i / side * side, j / side * side);
        return (bi..(bi + side).min(rows))
            .flat_map(|i| (bj..(bj + side).min(rows)).map(move |j| (i, j)))
            .filter(|&(i, j)| i >= j)
            .collect();
    }
    // A rectangle r x c costs (r * A panel + c * B panel) of reading for r * c tiles.
    let mut best = (1, 1);
    let mut best_cost = f64::INFINITY;
    for r in 1..=rows.min(room) {
        let c = (room / r).min(columns).max(1);
        let cost = rows.div_ceil(r) as f64 * columns as f64 * grid.chunk[1] as f64
            + columns.div_ceil(c) as f64 * rows as f64 * grid.chunk[0] as f64;
        if cost < best_cost {
            best_cost = cost;
            best = (r, c);
        }
    }
    let (bi, bj) = (coords[0] / best.0 * best.0, coords[1] / best.1 * best.1);
    (bi..(bi + best.0).min(rows)).flat_map(|i| (bj..(bj + best.1).min(columns)).map(move |j| (i, j))).collect()
}

/// Tasks of one group of tiles under construction.
struct Work<'p, 'g> {
    planner: &'p mut Planner<'g>,
    p: Product,
    id: NodeId,
    array: ArrayId,
    out: Vec<Pending>,
}

impl Work<'_, '_> {
    /// The temporary of running sums: block `(i, j, p)` holds a sum after panel `p` of its lane, and, behind those,
    /// block `(i, j, panels + l)` a sum of lanes that begins with lane `l`.
    fn sums(&mut self) -> ArrayId {
        if let Some(&sums) = self.planner.product_sums.get(&self.id) {
            return sums;
        }
        let g = &self.p.grid;
        let shape = Shape::new(&[g.shape.extent(0), g.shape.extent(1), 2 * self.p.panels()]);
        let grid = Grid::new(shape, &[g.chunk[0], g.chunk[1], 1]);
        let span = self.planner.graph.node(self.id).span;
        let name = format!("sum of {}", super::print::name(self.planner.graph, self.id));
        let sums = self.planner.new_array(name, ArrayKind::Temporary, self.p.dtype, grid, span);
        self.planner.product_sums.insert(self.id, sums);
        sums
    }

    /// Block and region number `at` of the running sums of a tile.
    fn sum_block(&mut self, i: usize, j: usize, at: usize) -> (Output, Region) {
        let array = self.sums();
        let grid = &self.planner.out.arrays[array as usize].grid;
        let block = grid.number(&[i, j, at]) as u32;
        (Output { array, block }, grid.region(&[i, j, at]))
    }

    /// Adds one panel to a tile's sum over the panels of `lane`. The last panel of an only lane makes the result.
    fn accumulate(&mut self, i: usize, j: usize, panel: usize, lane: Range<usize>) -> Result<()> {
        let tile = self.p.grid.region(&[i, j]);
        let (rows, columns) = ((tile.start[0], tile.len[0]), (tile.start[1], tile.len[1]));
        let (left, right) = self.p.operands(rows, columns, panel);
        let mut b = Builder::default();
        let mut args: SmallVec<[Reg; 3]> = SmallVec::new();
        if panel > lane.start {
            let (before, region) = self.sum_block(i, j, panel - 1);
            args.push(b.input(before.array, region));
        }
        let started = !args.is_empty();
        args.push(self.planner.expand(&mut b, self.p.left, &left, 0)?);
        let adjoint_first = self.p.a != Conj::No;
        let kernel = if self.p.symmetric && i == j {
            if started { Kernel::SymDotAdd { adjoint_first } } else { Kernel::SymDot { adjoint_first } }
        } else {
            args.push(self.planner.expand(&mut b, self.p.right, &right, 0)?);
            let (a, b) = (self.p.a, self.p.b);
            if started { Kernel::DotAdd { a, b } } else { Kernel::Dot { a, b } }
        };
        let reg = b.step(kernel, &args);
        if panel + 1 == lane.end && lane == (0..self.p.panels()) {
            self.finish(b, reg, i, j);
        } else {
            let (output, _) = self.sum_block(i, j, panel);
            let pending = self.planner.pending(b, &[reg], smallvec![output]);
            self.out.push(pending);
        }
        Ok(())
    }

    /// The sum of the lanes between consecutive bounds: halves first, then their sum, so that the tree depends on the
    /// number of lanes alone. Says in which block of the running sums it is; the sum of all lanes is the result.
    fn lane_sum(&mut self, i: usize, j: usize, bounds: &[usize]) -> Result<usize> {
        let (first, end) = (bounds[0], bounds[bounds.len() - 1]);
        if bounds.len() == 2 {
            for panel in first..end {
                self.accumulate(i, j, panel, first..end)?;
            }
            return Ok(end - 1);
        }
        let middle = bounds.len() / 2;
        let left = self.lane_sum(i, j, &bounds[..=middle])?;
        let right = self.lane_sum(i, j, &bounds[middle..])?;
        let mut b = Builder::default();
        let mut args: SmallVec<[Reg; 2]> = SmallVec::new();
        for at in [left, right] {
            let (sum, region) = self.sum_block(i, j, at);
            args.push(b.input(sum.array, region));
        }
        let body = MapBody::single(ScalarFn::Add, &[self.p.dtype; 2], self.p.dtype);
        let reg = b.step(Kernel::Map(Arc::new(body)), &args);
        if first == 0 && end == self.p.panels() {
            self.finish(b, reg, i, j);
            return Ok(0);
        }
        // The panel the left half ends with is free to name this sum: both halves are used up.
        let at = self.p.panels() + bounds[middle] - 1;
        let (output, _) = self.sum_block(i, j, at);
        let pending = self.planner.pending(b, &[reg], smallvec![output]);
        self.out.push(pending);
        Ok(at)
    }

    /// The last task of a tile; a tile of a symmetric product makes its mirror as well.
    fn finish(&mut self, mut b: Builder, reg: Reg, i: usize, j: usize) {
        let grid = &self.planner.out.arrays[self.array as usize].grid;
        let block = |i: usize, j: usize| Output { array: self.array, block: grid.number(&[i, j]) as u32 };
        let (regs, outputs): (_, SmallVec<[Output; 2]>) = if !self.p.symmetric {
            (smallvec![reg], smallvec![block(i, j)])
        } else if i == j {
            (smallvec![b.step(Kernel::Mirror, &[reg])], smallvec![block(i, i)])
        } else {
            let mut mirrored = b.step(Kernel::Permute { perm: smallvec![1, 0] }, &[reg]);
            if self.p.dtype.is_complex() {
                let conj = MapBody::single(ScalarFn::Conj, &[self.p.dtype], self.p.dtype);
                mirrored = b.step(Kernel::Map(Arc::new(conj)), &[mirrored]);
            }
            (smallvec![reg, mirrored], smallvec![block(i, j), block(j, i)])
        };
        let regs: SmallVec<[Reg; 2]> = regs;
        let pending = self.planner.pending(b, &regs, outputs);
        self.out.push(pending);
    }
}
