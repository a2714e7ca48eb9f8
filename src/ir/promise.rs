//! Arrays that one pass over their input cannot make: a sorted array, the factors of a QR decomposition.
//!
//! A promise is an algorithm with its inputs. Its outputs are nodes of known shape and type like any other; nothing
//! runs until one of them is needed. Then, before the graph that reads them is planned, the algorithm runs once: it
//! streams its inputs through the engine into sinks of its own, puts aside what it must in scratch files, and leaves for
//! every output a block or something that can be read by regions. Both go when the last node that reads them goes.

use super::{Meta, Node, Op, Source};
use crate::array::{Block, Grid, Order, Pool, Region};
use crate::diag::{Result, Span};
use crate::fault;
use crate::store::{self, ArrayMeta, Scratch, Sink};
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

/// What an algorithm of several runs may ask for while it runs.
pub trait Runner {
    /// Computes nodes together, in one run inside the budget, and hands every block to its sink as it is made: regions
    /// are unions of whole chunks of the sink's grid, each is handed over once, from many threads. The sink's
    /// `write_scratch` is what one call of it may use; `held` are bytes that the algorithm holds meanwhile.
    fn stream(&mut self, targets: &[(Arc<Node>, Arc<dyn Sink>)], held: u64) -> Result<()>;
    /// Computes nodes into memory.
    fn blocks(&mut self, nodes: &[Arc<Node>]) -> Result<Vec<Arc<Block>>>;
    /// A new scratch file.
    fn scratch(&mut self) -> Result<Arc<Scratch>>;
    /// Bytes that may be used now.
    fn room(&self) -> u64;
}

/// An algorithm that needs runs of its own.
pub trait Algorithm: std::fmt::Debug + Send + Sync {
    /// In a word or two, for plans and messages: `sort`, `tall QR`.
    fn name(&self) -> &'static str;
    /// All that decides what it makes of its inputs, in other processes too; `None` where that cannot be told.
    fn identity(&self) -> Option<String> {
        Some(format!("{self:?}"))
    }
    /// Runs, and gives every output in order.
    fn run(&self, inputs: &[Arc<Node>], runner: &mut dyn Runner) -> Result<Vec<Made>>;
}

/// What was made of an output.
#[derive(Clone)]
pub enum Made {
    /// In memory, column-major.
    Block(Arc<Block>),
    /// Readable by regions; `resident` bytes stay in memory as long as it lives.
    Stored { source: Arc<dyn store::Source>, resident: u64 },
}

/// An algorithm, its inputs, and what it gave once it ran.
pub struct Promise {
    algorithm: Box<dyn Algorithm>,
    inputs: Vec<Arc<Node>>,
    outputs: Vec<Meta>,
    made: OnceLock<Vec<Made>>,
    /// Stands for the outputs in plans that are only shown.
    pending: Vec<Arc<dyn store::Source>>,
}

impl std::fmt::Debug for Promise {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.algorithm)
    }
}

impl Promise {
    /// Promises outputs of these shapes and types: one node each.
    pub fn nodes(
        algorithm: impl Algorithm + 'static,
        inputs: &[Arc<Node>],
        outputs: &[Meta],
        span: Span,
    ) -> Result<Vec<Arc<Node>>> {
        let algorithm = Box::new(algorithm);
        let pending = outputs.iter().map(|meta| Pending::source(algorithm.name(), meta)).collect();
        let (inputs, outputs) = (inputs.to_vec(), outputs.to_vec());
        let promise = Arc::new(Promise { algorithm, inputs, outputs, made: OnceLock::new(), pending });
        (0..promise.outputs.len())
            .map(|output| {
                let promised = Promised { promise: promise.clone(), output };
                Node::new(Op::Source(Source::Promised(promised)), &[], span)
            })
            .collect()
    }

    /// Promises one output of this shape and type.
    pub fn node(
        algorithm: impl Algorithm + 'static,
        inputs: &[Arc<Node>],
        output: Meta,
        span: Span,
    ) -> Result<Arc<Node>> {
        let node = Promise::nodes(algorithm, inputs, &[output], span)?.pop();
        node.ok_or_else(|| fault!("internal error: a promise of nothing"))
    }

    pub fn name(&self) -> &'static str {
        self.algorithm.name()
    }

    pub fn inputs(&self) -> &[Arc<Node>] {
        &self.inputs
    }

    /// What its algorithm is, with all parameters.
    pub fn identity(&self) -> Option<String> {
        self.algorithm.identity()
    }

    pub fn is_kept(&self) -> bool {
        self.made.get().is_some()
    }

    /// Runs the algorithm, unless it ran before.
    pub fn keep(&self, runner: &mut dyn Runner) -> Result<()> {
        if self.is_kept() {
            return Ok(());
        }
        let made = self.algorithm.run(&self.inputs, runner)?;
        if made.len() != self.outputs.len() {
            return Err(fault!("internal error: {} gave {} results", self.name(), made.len()));
        }
        let _ = self.made.set(made);
        Ok(())
    }

    /// Bytes of memory that the outputs take.
    pub fn resident(&self) -> u64 {
        let bytes = |made: &Made| match made {
            Made::Block(block) => block.bytes() as u64,
            Made::Stored { resident, .. } => *resident,
        };
        self.made.get().map_or(0, |made| made.iter().map(bytes).sum())
    }
}

/// One output of a promise.
#[derive(Clone)]
pub struct Promised {
    promise: Arc<Promise>,
    output: usize,
}

impl Promised {
    pub fn promise(&self) -> &Arc<Promise> {
        &self.promise
    }

    pub fn name(&self) -> &'static str {
        self.promise.name()
    }

    /// Which of the promise's outputs it is.
    pub fn output(&self) -> usize {
        self.output
    }

    pub fn meta(&self) -> &Meta {
        &self.promise.outputs[self.output]
    }

    /// Where the elements come from; of a promise that was not kept yet something that only looks like it.
    pub fn source(&self) -> Source {
        match self.promise.made.get().map(|made| &made[self.output]) {
            Some(Made::Block(block)) => Source::Dense(block.clone()),
            Some(Made::Stored { source, .. }) => Source::Stored(source.clone()),
            None => Source::Stored(self.promise.pending[self.output].clone()),
        }
    }
}

impl std::fmt::Debug for Promised {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Promised({:?}, {})", self.promise, self.output)
    }
}

impl PartialEq for Promised {
    fn eq(&self, other: &Promised) -> bool {
        Arc::ptr_eq(&self.promise, &other.promise) && self.output == other.output
    }
}

impl Eq for Promised {}

impl Hash for Promised {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (Arc::as_ptr(&self.promise), self.output).hash(state);
    }
}

/// Looks like an output before there is one.
struct Pending {
    name: &'static str,
    meta: ArrayMeta,
}

impl Pending {
    fn source(name: &'static str, meta: &Meta) -> Arc<dyn store::Source> {
        let grid = Grid::new(meta.shape.clone(), &meta.chunks);
        let meta = ArrayMeta {
            shape: meta.shape.clone(),
            dtype: meta.dtype,
            grid,
            order: Order::F,
            partial_reads: true,
            description: "not computed yet".to_owned(),
        };
        Arc::new(Pending { name, meta })
    }
}

impl store::Source for Pending {
    fn meta(&self) -> &ArrayMeta {
        &self.meta
    }

    fn name(&self) -> &str {
        self.name
    }

    fn read(&self, _: &Region, _: &Pool) -> Result<Block> {
        Err(fault!("internal error: the result of {} is read before it is there", self.name))
    }

    fn read_bytes(&self, region: &Region) -> u64 {
        (region.size() * self.meta.dtype.size()) as u64
    }

    fn read_scratch(&self, _: &Region) -> u64 {
        0
    }
}

/// The nodes that must be computed for some roots: what has a result or a promise hides what it was made from.
pub fn waiting(roots: &[Arc<Node>]) -> Vec<Arc<Node>> {
    let mut seen = rustc_hash::FxHashSet::default();
    let mut out: Vec<Arc<Node>> = Vec::new();
    let mut stack: Vec<&Arc<Node>> = roots.iter().rev().collect();
    while let Some(node) = stack.pop() {
        if !seen.insert(Arc::as_ptr(node)) || node.result().is_some() {
            continue;
        }
        out.push(node.clone());
        if node.promised().is_none() {
            stack.extend(node.inputs.iter().rev());
        }
    }
    out
}

/// The promises that some roots wait for.
pub fn unkept(roots: &[Arc<Node>]) -> Vec<Arc<Promise>> {
    let mut out: Vec<Arc<Promise>> = Vec::new();
    for node in waiting(roots) {
        if let Some(Promised { promise, .. }) = node.promised()
            && !promise.is_kept()
            && !out.iter().any(|p| Arc::ptr_eq(p, promise))
        {
            out.push(promise.clone());
        }
    }
    out
}
