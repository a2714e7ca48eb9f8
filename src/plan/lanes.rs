//! Functions of whole lanes: a task makes some lanes from end to end. When memory is short the array that they become is cut
//! across them too, and a task makes all the pieces of its lanes: whoever reads across lanes needs a piece of each, not
//! all of each at once.

use super::builder::Builder;
use super::expand::crop_region;
use super::planner::{Form, Pending, Planner};
use super::task::{ArrayId, Output};
use super::tile;
use crate::array::{Grid, Region};
use crate::diag::Result;
use crate::fault;
use crate::ir::{NodeId, Op};
use crate::kernel::Kernel;
use smallvec::SmallVec;

/// More pieces of a lane cost more to look after than they save.
const MOST_PIECES: usize = 256;

/// Gives lanes along an axis their array of blocks.
pub fn realise(planner: &mut Planner, id: NodeId, axis: usize) -> Form {
    let node = planner.graph.node(id);
    let shrink = planner.limits.shrink;
    let mut chunk = tile::halved(&node.meta.chunks, &|a| a != axis, shrink);
    if let Some(extent) = chunk.get_mut(axis) {
        *extent = extent.div_ceil((1 << shrink.min(usize::BITS - 1)).min(MOST_PIECES)).max(1);
    }
    Form::Lanes { array: planner.node_array(id, Grid::new(node.meta.shape.clone(), &chunk)) }
}

/// The task that makes the lanes of a block, with all blocks that they are cut into.
pub fn task(planner: &mut Planner, id: NodeId, array: ArrayId, block: u32) -> Result<Pending> {
    let graph = planner.graph;
    let node = graph.node(id);
    let Op::Lanes { kind, axis } = &node.op else { return Err(fault!("internal error: lanes are not lanes")) };
    let along = *axis as usize;
    let whole = |mut region: Region, extent: usize| {
        if along < region.rank() {
            (region.start[along], region.len[along]) = (0, extent);
        }
        region
    };
    let own = planner.block_region(array, block);
    let input = node.inputs[0];
    let shape = &graph.node(input).meta.shape;
    let mut b = Builder::default();
    let x = planner.expand(&mut b, input, &whole(crop_region(&own, shape.rank()), shape.extent(along)), 0)?;
    let lanes = b.step(Kernel::Lanes { kind: kind.clone(), axis: *axis }, &[x]);
    let made = whole(own, node.meta.shape.extent(along));
    let grid = planner.grid(array);
    let (mut regs, mut outputs): (Vec<_>, SmallVec<[Output; 2]>) = Default::default();
    for coords in grid.touching(&made) {
        let part = grid.region(&coords).relative_to(&made.start);
        let axes = (0..part.rank()).map(|a| (part.start[a], 1, part.len[a])).collect();
        outputs.push(Output { array, block: grid.number(&coords) as u32 });
        regs.push(if part.len == made.len { lanes } else { b.step(Kernel::Slice { axes }, &[lanes]) });
    }
    Ok(planner.pending(b, &regs, outputs))
}
