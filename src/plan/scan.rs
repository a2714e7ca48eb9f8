//! Running results block by block: along the scanned axis the blocks are a chain, each handing its last layer on.
//!
//! A task makes a block and, unless it is the last of its chain, the *carry*: the running result of its last layer, or
//! the state of a filter. The carry has the width in which the sums are accumulated, and a chain adds element after
//! element as one whole scan does, so the bits depend neither on how the axis is cut nor on how the others are.

use super::builder::{Builder, Reg};
use super::planner::{Form, Pending, Planner};
use super::task::{ArrayId, ArrayKind, Output};
use super::tile;
use crate::array::{DType, Grid, ScalarFn};
use crate::diag::Result;
use crate::fault;
use crate::ir::{NodeId, Op};
use crate::kernel::{Kernel, MapBody, ScanKind};
use smallvec::{SmallVec, smallvec};
use std::sync::Arc;

/// Gives a scan its array of blocks and, where a chain has more than one, that of its carries.
pub fn realise(planner: &mut Planner, id: NodeId, kind: &ScanKind, axis: usize) -> Form {
    let graph = planner.graph;
    let node = graph.node(id);
    let grid = tile::free_grid(&node.meta, planner.limits.shrink);
    let links = if axis < grid.rank() { grid.count(axis).saturating_sub(1) } else { 0 };
    let mut chunk = grid.chunk.clone();
    let array = planner.node_array(id, grid);
    let carries = (links > 0).then(|| {
        chunk[axis] = kind.carried();
        let grid = Grid::new(node.meta.shape.with_extent(axis, links * kind.carried()), &chunk);
        let name = format!("carry of {}", super::print::name(graph, id));
        let dtype = accumulator(kind, graph.node(node.inputs[0]).meta.dtype);
        planner.owned_array(id, name, ArrayKind::Temporary, dtype, grid)
    });
    Form::Scan { array, carries }
}

/// The type in which a scan adds up: single precision results are rounded only when they leave.
fn accumulator(kind: &ScanKind, x: DType) -> DType {
    match (kind, kind.result_type(x)) {
        (ScanKind::Sum | ScanKind::Prod, DType::F32) => DType::F64,
        (ScanKind::Sum | ScanKind::Prod, DType::C32) => DType::C64,
        (_, other) => other,
    }
}

/// The task that makes a block and its carry; `made` is either of the two arrays, `block` a number in its grid.
pub fn task(
    planner: &mut Planner,
    id: NodeId,
    (array, carries): (ArrayId, Option<ArrayId>),
    made: ArrayId,
    block: u32,
) -> Result<Pending> {
    let graph = planner.graph;
    let node = graph.node(id);
    let Op::Scan { kind, axis } = &node.op else { return Err(fault!("internal error: a scan is not a scan")) };
    let axis = *axis as usize;
    let own = planner.grid(array);
    let mut coords = planner.grid(made).coords(block as usize);
    coords.resize(own.rank(), 0);
    let (number, region) = (own.number(&coords) as u32, own.region(&coords));
    let mut b = Builder::default();
    let input = node.inputs[0];
    let x = planner.expand(&mut b, input, &region, 0)?;
    let (from, to) = (graph.node(input).meta.dtype, node.meta.dtype);
    let wide = accumulator(kind, from);
    let x = if wide == to { x } else { cast(&mut b, x, from, wide) };
    let mut args = vec![x];
    match (carries, coords.get(axis).and_then(|c| c.checked_sub(1))) {
        (Some(carries), Some(before)) => {
            let mut above = coords.clone();
            above[axis] = before;
            let grid = planner.grid(carries);
            args.push(b.input(carries, grid.region(&above[..grid.rank()])));
        }
        _ => {
            if let Some(&start) = node.inputs.get(1) {
                let mut region = region.clone();
                (region.start[axis], region.len[axis]) = (0, kind.carried());
                args.push(planner.expand(&mut b, start, &region, 0)?);
            }
        }
    }
    let running = b.step(Kernel::Scan { kind: kind.clone(), axis: axis as u8 }, &args);
    let result = if wide == to { running } else { cast(&mut b, running, wide, to) };
    let mut regs = vec![result];
    let mut outputs: SmallVec<[Output; 2]> = smallvec![Output { array, block: number }];
    if let Some(carries) = carries
        && coords[axis] + 1 < planner.grid(array).count(axis)
    {
        regs.push(match kind {
            ScanKind::Filter(filter) => {
                args.insert(1, running);
                b.step(Kernel::FilterState { filter: filter.clone(), axis: axis as u8 }, &args)
            }
            _ => b.step(Kernel::Last { axis: axis as u8 }, &[running]),
        });
        let grid = planner.grid(carries);
        outputs.push(Output { array: carries, block: grid.number(&coords[..grid.rank()]) as u32 });
    }
    Ok(planner.pending(b, &regs, outputs))
}

fn cast(b: &mut Builder, x: Reg, from: DType, to: DType) -> Reg {
    b.step(Kernel::Map(Arc::new(MapBody::single(ScalarFn::Cast, &[from], to))), &[x])
}
