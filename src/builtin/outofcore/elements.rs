//! Functions of single elements that the graph has no name for, of arrays that do not fit.
//!
//! In theory: reads the arguments once, writes the result once to temporary storage.

use super::{Visit, chunks_of};
use crate::array::{Block, DType, Data, Grid, Order, Region};
use crate::diag::{Result, Span};
use crate::fault;
use crate::ir::{Algorithm, Made, Meta, Node, Op, Promise, Runner};
use crate::store::{ScratchArray, Sink};
use std::sync::Arc;

/// A block that is worked on is at most one part in so many of the budget.
const SHARE: u64 = 16;

/// A function of one element of each argument.
pub type Scalar = Arc<dyn Fn(&[f64]) -> Result<f64> + Send + Sync>;

/// The function of elements that lie in the same place of arrays of doubles of one shape; `name` is its name in plans and
/// messages. Nothing runs yet.
pub fn of_elements(name: &'static str, arguments: &[Arc<Node>], f: Scalar, span: Span) -> Result<Arc<Node>> {
    let first = arguments.first().ok_or_else(|| fault!("internal error: a function of nothing"))?;
    let output = Meta { dtype: DType::F64, ..first.meta.clone() };
    // Side by side along an axis of their own, so that they are streamed together.
    let axis = first.meta.shape.rank() as u8;
    let together = match arguments {
        [one] => one.clone(),
        many => Node::new(Op::Concat { axis }, many, span)?,
    };
    let function = OfElements { name, f, count: arguments.len(), output: output.clone() };
    Promise::node(function, &[together], output, span)
}

struct OfElements {
    name: &'static str,
    f: Scalar,
    count: usize,
    output: Meta,
}

impl std::fmt::Debug for OfElements {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OfElements({} of {})", self.name, self.count)
    }
}

impl Algorithm for OfElements {
    fn name(&self) -> &'static str {
        self.name
    }

    fn identity(&self) -> Option<String> {
        None
    }

    fn run(&self, inputs: &[Arc<Node>], runner: &mut dyn Runner) -> Result<Vec<Made>> {
        let (x, count) = (&inputs[0], self.count);
        let elements = runner.room() / SHARE / (8 * (count as u64 + 1));
        let own = chunks_of(&self.output, elements);
        let mut chunk = own.clone();
        chunk.extend((own.len()..x.meta.shape.rank()).map(|_| count));
        let file = runner.scratch()?;
        let shape = &self.output.shape;
        let result = Arc::new(ScratchArray::new(file, self.name, shape, DType::F64, &own, Order::F));
        let grid = Grid::new(x.meta.shape.clone(), &chunk);
        let scratch = grid.chunk.iter().map(|&c| c as u64).product::<u64>() / count as u64 * 8 + result.write_scratch();
        let visit = {
            let (result, f, rank) = (result.clone(), self.f.clone(), shape.rank());
            move |region: &Region, block: &Block| {
                let values = block.slice::<f64>().ok_or_else(|| fault!("internal error: elements of another type"))?;
                let n = values.len() / count;
                let (next, other) = if block.order() == Order::F { (1, n) } else { (count, 1) };
                let mut at = vec![0.0; count];
                let made = (0..n).map(|i| {
                    at.iter_mut().enumerate().for_each(|(k, slot)| *slot = values[i * next + k * other]);
                    f(&at)
                });
                let made = Data::F64(made.collect::<Result<Vec<f64>>>()?);
                let own = Region::new(&region.start[..rank], &region.len[..rank]);
                result.write(&own, &Block::new(own.shape(), block.order(), made))?;
                Ok((n * size_of::<f64>()) as u64)
            }
        };
        runner.stream(&[(x.clone(), Arc::new(Visit::new(grid, DType::F64, scratch, visit)))], 0)?;
        Ok(vec![Made::Stored { source: result, resident: 0 }])
    }
}
