//! Live nodes: what the session's lazy values hold.

use super::{Op, Promised, Source, infer};
use crate::array::{Block, DType, Grid, Shape, room};
use crate::diag::{Result, Span};
use smallvec::SmallVec;
use std::sync::{Arc, Mutex, OnceLock};

/// What is known of a node's result at once.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Meta {
    pub shape: Shape,
    pub dtype: DType,
    /// The canonical chunks. Reductions and products accumulate over them, so they depend on the data and the
    /// program alone, never on budget or threads.
    pub chunks: SmallVec<[usize; 4]>,
}

impl Meta {
    pub fn grid(&self) -> Grid {
        Grid::new(self.shape.clone(), &self.chunks)
    }

    /// Elements of a canonical chunk.
    pub fn chunk_len(&self) -> usize {
        self.chunks.iter().fold(1, |n, &c| n.saturating_mul(c))
    }

    /// Bytes of the whole array, were it in memory.
    pub fn bytes(&self) -> u128 {
        self.shape.iter().map(|&d| d as u128).product::<u128>() * self.dtype.size() as u128
    }
}

/// A node of the live graph.
#[derive(Debug)]
pub struct Node {
    pub op: Op,
    pub inputs: SmallVec<[Arc<Node>; 2]>,
    pub meta: Meta,
    pub span: Span,
    /// A forced result that was kept.
    result: Mutex<Option<Arc<Block>>>,
    /// A promise that stands for this node from now on, whatever its inputs are.
    promised: OnceLock<Promised>,
}

impl Node {
    /// A node whose shape and type follow from its inputs, or the reason why there is none.
    pub fn new(op: Op, inputs: &[Arc<Node>], span: Span) -> Result<Arc<Node>> {
        let metas: SmallVec<[&Meta; 4]> = inputs.iter().map(|n| &n.meta).collect();
        let meta = infer::infer(&op, &metas)?;
        room::countable(&meta.shape)?;
        Ok(Arc::new(Node {
            op,
            inputs: SmallVec::from(inputs),
            meta,
            span,
            result: Mutex::new(None),
            promised: OnceLock::new(),
        }))
    }

    /// The kept result, if there is one.
    pub fn result(&self) -> Option<Arc<Block>> {
        self.result.lock().ok().and_then(|slot| slot.clone())
    }

    /// The promise this node is: one that stands for it, or its own.
    pub fn promised(&self) -> Option<&Promised> {
        match &self.op {
            Op::Source(Source::Promised(own)) => Some(own),
            _ => self.promised.get(),
        }
    }

    /// Lets a promise of the same shape and type stand for this node.
    pub fn let_stand(&self, promised: &Promised) {
        debug_assert!(promised.meta().shape == self.meta.shape && promised.meta().dtype == self.meta.dtype);
        let _ = self.promised.set(promised.clone());
    }

    /// Keeps a forced result (column-major, of this node's shape and type).
    pub fn keep(&self, block: Arc<Block>) {
        debug_assert!(block.shape() == &self.meta.shape && block.dtype() == self.meta.dtype);
        if let Ok(mut slot) = self.result.lock() {
            *slot = Some(block);
        }
    }

    /// Lets a kept result go; it can be computed again. Gives back its bytes.
    pub fn forget(&self) -> u64 {
        self.result.lock().ok().and_then(|mut slot| slot.take()).map_or(0, |b| b.bytes() as u64)
    }
}

/// A chain of a million nodes goes without recursion.
impl Drop for Node {
    fn drop(&mut self) {
        let mut pending: Vec<Arc<Node>> = self.inputs.drain(..).collect();
        while let Some(node) = pending.pop() {
            if let Some(mut last) = Arc::into_inner(node) {
                pending.extend(last.inputs.drain(..));
            }
        }
    }
}
