//! An array put aside in square tiles, so that what was made by rows can be read by columns.
//!
//! In theory: reads the array once, writes it once to temporary storage.

use crate::array::Order;
use crate::diag::{Result, Span};
use crate::ir::{Algorithm, Made, Node, Promise, Runner};
use crate::store::ScratchArray;
use std::sync::Arc;

/// The matrix in tiles of so many rows and columns. Nothing runs yet.
pub fn in_tiles(x: &Arc<Node>, side: usize, span: Span) -> Result<Arc<Node>> {
    Promise::node(InTiles { side }, std::slice::from_ref(x), x.meta.clone(), span)
}

#[derive(Debug)]
struct InTiles {
    side: usize,
}

impl Algorithm for InTiles {
    fn name(&self) -> &'static str {
        "tiles"
    }

    fn run(&self, inputs: &[Arc<Node>], runner: &mut dyn Runner) -> Result<Vec<Made>> {
        let x = &inputs[0];
        let chunk: Vec<usize> = x.meta.shape.iter().map(|&d| d.min(self.side).max(1)).collect();
        let file = runner.scratch()?;
        let tiles = Arc::new(ScratchArray::new(file, "tiles", &x.meta.shape, x.meta.dtype, &chunk, Order::F));
        runner.stream(&[(x.clone(), tiles.clone())], 0)?;
        Ok(vec![Made::Stored { source: tiles, resident: 0 }])
    }
}
