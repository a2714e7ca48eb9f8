//! What happens when a lazy value is needed: compile, bind the real sources and sinks, run, keep what fits.

mod identity;

use crate::array::{Block, Grid, Order, amount};
use crate::builtin::outofcore::compress;
use crate::builtin::{Arrays, Run};
use crate::compile::{Compiled, Options, compile};
use crate::diag::{Result, Sources, say};
use crate::engine::{Bindings, Config, Engine, Observer, Report, refusal};
use crate::ir::promise::{Promise, unkept, waiting};
use crate::ir::{Meta, Node, Op, Runner, Source};
use crate::opt::FpMode;
use crate::plan::{Target, halved};
use crate::store::{self, Scratch, ScratchArray, Sink, WriteOptions};
use crate::{explain, fault};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Weak};

/// Forced results may take one part in so many of the budget for as long as their nodes live.
const CACHE_SHARE: u64 = 4;

/// A chunk of a save may take one part in so many of the budget: with what it is made of, and by several threads.
const SAVED_SHARE: u64 = 16;

/// The large-array side of a session.
pub struct LargeArrays {
    pub config: Config,
    pub engine: Box<dyn Engine>,
    pub observer: Arc<dyn Observer>,
    /// Set by Ctrl-C.
    pub stop: Arc<AtomicBool>,
    /// Which classes of rewrites the optimiser may apply.
    pub fp: FpMode,
    /// Whether a save goes on where a killed one of the same array stopped.
    pub resume: bool,
    /// What the last computation did: all its runs together.
    last_run: Option<Run>,
    /// Nodes that keep a result, oldest first, with its bytes.
    kept: Vec<(Weak<Node>, u64)>,
    /// Promises that were kept and what of them stays in memory.
    promises: Vec<(Weak<Promise>, u64)>,
    /// The texts of the session.
    sources: Sources,
    explaining: Option<Explaining>,
    /// What a session that explains would have saved, so that it can be loaded again.
    unsaved: Vec<(String, Arc<Node>)>,
}

/// How a session explains instead of running.
#[derive(Debug, Clone)]
pub struct Explaining {
    /// Runs each plan as well and shows what was measured.
    pub analyze: bool,
    /// Where the task graph of the last result goes, for Graphviz.
    pub picture: Option<PathBuf>,
}

impl LargeArrays {
    pub fn new(config: Config, engine: Box<dyn Engine>, observer: Arc<dyn Observer>, stop: Arc<AtomicBool>) -> Self {
        LargeArrays {
            config,
            engine,
            observer,
            stop,
            fp: FpMode::default(),
            resume: false,
            last_run: None,
            kept: Vec::new(),
            promises: Vec::new(),
            sources: Sources::default(),
            explaining: None,
            unsaved: Vec::new(),
        }
    }

    /// Bytes of results that are kept by nodes still alive.
    fn kept_bytes(&mut self) -> u64 {
        self.kept.retain(|(node, _)| node.strong_count() > 0);
        self.kept.iter().map(|(_, bytes)| bytes).sum()
    }

    /// Keeps a result with its node if the cache has room for it, letting the oldest go.
    fn keep(&mut self, node: &Arc<Node>, block: &Arc<Block>) {
        let (bytes, room) = (block.bytes() as u64, self.config.memory / CACHE_SHARE);
        if bytes > room {
            return;
        }
        while self.kept_bytes() + bytes > room {
            let (oldest, _) = self.kept.remove(0);
            if let Some(node) = oldest.upgrade() {
                node.forget();
            }
        }
        node.keep(block.clone());
        self.kept.push((Arc::downgrade(node), bytes));
    }

    /// Bytes that a run may use now, beside what lives on and the `held` bytes of whoever asks for it.
    fn free_bytes(&mut self, held: u64) -> u64 {
        self.promises.retain(|(promise, _)| promise.strong_count() > 0);
        let resident: u64 = self.promises.iter().map(|(_, bytes)| bytes).sum();
        self.config.memory.saturating_sub(self.kept_bytes() + resident + held)
    }

    fn compile(&mut self, nodes: &[Arc<Node>], targets: &[Target]) -> Result<Compiled> {
        self.compile_within(nodes, targets, 0)
    }

    fn compile_within(&mut self, nodes: &[Arc<Node>], targets: &[Target], held: u64) -> Result<Compiled> {
        let budget = self.free_bytes(held);
        compile(nodes, targets, Options { budget, threads: self.config.threads, optimise: true, fp: self.fp })
    }

    fn run(&mut self, compiled: &Compiled, sinks: Vec<Arc<dyn Sink>>, results: usize) -> Result<Report> {
        self.run_within(compiled, sinks, results, 0)
    }

    /// The budget that a run would need, where it cannot do with what there is.
    fn shortage(&mut self, compiled: &Compiled, held: u64) -> Option<u64> {
        let free = self.free_bytes(held);
        let fits = compiled.tasks.serial_peak <= free;
        let least = if fits { 0 } else { compiled.tasks.least_peak() };
        (least > free).then(|| least + self.config.memory.saturating_sub(free))
    }

    fn run_within(
        &mut self,
        compiled: &Compiled,
        sinks: Vec<Arc<dyn Sink>>,
        results: usize,
        held: u64,
    ) -> Result<Report> {
        if let Some(needed) = self.shortage(compiled, held) {
            return Err(refusal(needed, self.config.memory));
        }
        let bindings =
            Bindings { stored: compiled.sources.stored.clone(), dense: compiled.sources.dense.clone(), sinks, results };
        let config = Config { memory: self.free_bytes(held), ..self.config.clone() };
        let report = self.engine.execute(&compiled.tasks, &bindings, &config, &*self.observer, &self.stop);
        self.observer.ended();
        let report = report?;
        let before = self.last_run.unwrap_or_default();
        self.last_run = Some(Run {
            tasks: before.tasks + report.tasks,
            bytes_read: before.bytes_read + report.bytes_read,
            bytes_written: before.bytes_written + report.bytes_written,
            bytes_spilled: before.bytes_spilled + report.bytes_spilled,
            flops: before.flops + report.flops,
            peak_bytes: before.peak_bytes.max(report.peak_bytes + held),
            seconds: before.seconds + report.elapsed.as_secs_f64(),
        });
        Ok(report)
    }

    /// Runs the algorithms whose results some nodes wait for, those that others need first.
    fn keep_promises(&mut self, nodes: &[Arc<Node>]) -> Result<()> {
        for promise in unkept(nodes) {
            self.keep_promises(promise.inputs())?;
            promise.keep(self)?;
            self.promises.push((Arc::downgrade(&promise), promise.resident()));
        }
        Ok(())
    }

    /// Everything that must be there before nodes can be planned, and their plan.
    fn prepare(&mut self, nodes: &[Arc<Node>], targets: &[Target], held: u64) -> Result<Compiled> {
        self.keep_promises(nodes)?;
        let compiled = self.compile_within(nodes, targets, held)?;
        let free = self.free_bytes(held);
        let graph = compiled.optimised();
        let needed = graph.reachable();
        let too_large = |op: &Op, input: Option<&Meta>| {
            matches!(op, Op::Compress { .. }) && input.is_some_and(|meta| compress::is_too_large(meta, free))
        };
        let survives = graph
            .nodes()
            .iter()
            .zip(needed)
            .any(|(node, needed)| needed && too_large(&node.op, node.inputs.get(1).map(|&i| &graph.node(i).meta)));
        if !survives {
            return Ok(compiled);
        }
        // Masks that no rule has made part of something else, of arrays that do not fit.
        for node in waiting(nodes) {
            if too_large(&node.op, node.inputs.get(1).map(|input| &input.meta)) {
                compress::stand_in(&node)?;
            }
        }
        self.keep_promises(nodes)?;
        self.compile_within(nodes, targets, held)
    }

    /// A node written into a scratch file, in chunks that a save would have; a source stays what it is.
    fn put_aside(&mut self, node: &Arc<Node>, held: u64) -> Result<Arc<Node>> {
        if node.op.is_source() {
            return Ok(node.clone());
        }
        let Meta { shape, dtype, .. } = &node.meta;
        let (file, chunk) = (Arrays::scratch(self)?, self.saved_chunks(&node.meta));
        let stored = Arc::new(ScratchArray::new(file, "put aside", shape, *dtype, &chunk, Order::F));
        let target = save_target(0, "temporary", &*stored, false);
        let compiled = self.prepare(std::slice::from_ref(node), &[target], held)?;
        self.run_within(&compiled, vec![stored.clone()], 0, held)?;
        Node::new(Op::Source(Source::Stored(stored)), &[], node.span)
    }

    /// Computes nodes together; what is kept already is not computed again.
    fn compute(&mut self, nodes: &[Arc<Node>]) -> Result<Vec<Arc<Block>>> {
        let mut out: Vec<Option<Arc<Block>>> = nodes.iter().map(|n| n.result()).collect();
        let missing: Vec<Arc<Node>> =
            nodes.iter().zip(&out).filter(|(_, done)| done.is_none()).map(|(n, _)| n.clone()).collect();
        if !missing.is_empty() {
            let bytes: u128 = missing.iter().map(|n| n.meta.bytes()).sum();
            if bytes > self.config.memory as u128 {
                return Err(self.too_large(&missing[0], bytes));
            }
            let compiled = self.prepare(&missing, &vec![Target::Collect; missing.len()], 0)?;
            let report = self.run(&compiled, Vec::new(), missing.len())?;
            let mut results = report.results.into_iter();
            for (slot, node) in out.iter_mut().zip(nodes) {
                if slot.is_none()
                    && let Some(block) = results.next()
                {
                    self.keep(node, &block);
                    *slot = Some(block);
                }
            }
        }
        out.into_iter().map(|b| b.ok_or_else(|| fault!("internal error: a result was not computed"))).collect()
    }

    /// Chunks for a save that names none: canonical ones, halved until [`SAVED_SHARE`] of them fit the budget.
    fn saved_chunks(&self, meta: &Meta) -> Vec<usize> {
        let most = (self.config.memory / SAVED_SHARE) as usize / meta.dtype.size();
        let cut = |times| halved(&meta.chunks, &|_| true, times);
        let size = |chunks: &[usize]| chunks.iter().fold(1usize, |n, &c| n.saturating_mul(c));
        let times = (0..usize::BITS).find(|&times| size(&cut(times)) <= most).unwrap_or(usize::BITS);
        cut(times).to_vec()
    }

    fn too_large(&self, node: &Node, bytes: u128) -> crate::diag::Fault {
        fault!(
            "the {} array has {}, more than the memory budget of {}",
            node.meta.shape,
            amount::bytes(bytes),
            amount::bytes(self.config.memory)
        )
        .id("arr:out-of-memory")
        .hint("save (\"name.zarr\", X) writes it piece by piece; a slice or a reduction of it may fit; --memory sets the budget")
        .at(node.span)
    }

    /// From now on stages are shown on standard output where something would be shown or saved.
    pub fn explain_instead(&mut self, how: Explaining) {
        self.explaining = Some(how);
    }

    /// The stages of a compilation as text, and of its run if it shall be measured.
    fn stages(&mut self, compiled: &Compiled, results: usize, analyze: bool) -> Result<String> {
        let budget = self.config.memory;
        let mut text = explain::stages(compiled, budget, Some(&self.sources));
        if analyze {
            let report = self.run(compiled, Vec::new(), results)?;
            text.push_str(&explain::analysis(compiled, &report, budget));
        }
        Ok(text)
    }

    /// Shows the stages of nodes that the program wants, in a session that explains.
    fn show_stages(&mut self, nodes: &[Arc<Node>], targets: &[Target], what: &str) -> Result<()> {
        let Some(how) = self.explaining.clone() else { return Ok(()) };
        let text = self.explained_as(nodes, targets, how.analyze)?;
        say::out(format_args!("== {what}\n{text}\n"));
        if let Some(path) = &how.picture {
            let compiled = self.compile(nodes, &vec![Target::Collect; nodes.len()])?;
            std::fs::write(path, explain::dot::dot(&compiled.tasks))
                .map_err(|e| fault!("cannot write {}: {e}", path.display()))?;
        }
        Ok(())
    }

    /// The stages of nodes on their way to targets. What is measured is run into memory.
    fn explained_as(&mut self, nodes: &[Arc<Node>], targets: &[Target], analyze: bool) -> Result<String> {
        let mut text = String::new();
        for promise in unkept(nodes) {
            text.push_str(&format!("-- first, for {}\n{}", promise.name(), self.explain(promise.inputs(), false)?));
        }
        let collected = vec![Target::Collect; nodes.len()];
        if analyze {
            self.last_run = None;
            self.keep_promises(nodes)?;
        }
        let compiled = self.compile(nodes, if analyze { &collected } else { targets })?;
        text.push_str(&self.stages(&compiled, nodes.len(), analyze)?);
        Ok(text)
    }

    /// What a save becomes in a plan that is only shown.
    fn imagined_save(&self, path: &str, node: &Node, options: &WriteOptions) -> Target {
        let usual = || self.saved_chunks(&node.meta);
        let chunk = options.shard.clone().or_else(|| options.chunk.clone()).unwrap_or_else(usual);
        let extents = node.meta.shape.iter().enumerate();
        let chunk: Vec<usize> = extents.map(|(a, &d)| chunk.get(a).copied().unwrap_or(1).clamp(1, d.max(1))).collect();
        let grid = Grid::new(node.meta.shape.clone(), &chunk);
        Target::Save { sink: 0, path: path.to_owned(), grid, scratch: 0, finished: Vec::new() }
    }

    /// `line 3: A' * A`, the place a node came from.
    fn place(&self, node: &Node) -> String {
        let text = self.sources.slice(node.span);
        if text.is_empty() {
            return "a result".to_owned();
        }
        let (line, _) = self.sources.line_col(node.span);
        format!("line {line}: {text}")
    }
}

impl Arrays for LargeArrays {
    fn force(&mut self, nodes: &[Arc<Node>]) -> Result<Vec<Arc<Block>>> {
        let missing: Vec<Arc<Node>> = nodes.iter().filter(|n| n.result().is_none()).cloned().collect();
        if let Some(first) = missing.first() {
            if self.explaining.is_some() {
                let what = format!("computed for {}", self.place(first));
                self.show_stages(&missing, &vec![Target::Collect; missing.len()], &what)?;
            }
            self.last_run = None;
        }
        self.compute(nodes)
    }

    fn scratch(&mut self) -> Result<Arc<Scratch>> {
        Scratch::new(&self.config.temp_dir).map(Arc::new)
    }

    fn save(&mut self, targets: &[(String, Arc<Node>, WriteOptions)]) -> Result<()> {
        if self.explaining.is_some() {
            for (path, node, options) in targets {
                let what = format!("saved to {path} for {}", self.place(node));
                let target = self.imagined_save(path, node, options);
                self.show_stages(std::slice::from_ref(node), &[target], &what)?;
                self.unsaved.push((path.clone(), node.clone()));
            }
            return Ok(());
        }
        let mut sinks: Vec<Arc<dyn Sink>> = Vec::new();
        let mut plans = Vec::new();
        for (path, node, options) in targets {
            let rank = node.meta.shape.rank();
            let mut given = [&options.chunk, &options.shard].into_iter().flatten();
            if let Some(extents) = given.find(|extents| extents.len() > rank) {
                let shape = &node.meta.shape;
                return Err(fault!(
                    "{path}: chunks of {} extents for a {shape} array of {rank} dimensions",
                    extents.len()
                ));
            }
            let mut options = options.clone();
            options.identity = identity::of(node, self.fp);
            options.resume |= self.resume;
            if options.chunk.is_none() && options.shard.is_none() {
                options.chunk = Some(self.saved_chunks(&node.meta));
            }
            let sink = store::create(Path::new(path), &node.meta.shape, node.meta.dtype, &options)?;
            plans.push(save_target(sinks.len(), path, &*sink, options.resume));
            sinks.push(sink);
        }
        let nodes: Vec<Arc<Node>> = targets.iter().map(|(_, node, _)| node.clone()).collect();
        self.last_run = None;
        let compiled = self.prepare(&nodes, &plans, 0)?;
        self.run(&compiled, sinks.clone(), 0)?;
        sinks.iter().try_for_each(|sink| sink.publish())
    }

    fn open(&mut self, path: &str) -> Result<Arc<Node>> {
        if let Some((_, node)) = self.unsaved.iter().rev().find(|(name, _)| name == path) {
            return Ok(node.clone());
        }
        let source = store::open(Path::new(path))?;
        Node::new(Op::Source(Source::Stored(source)), &[], crate::diag::Span::default())
    }

    fn explain(&mut self, nodes: &[Arc<Node>], analyze: bool) -> Result<String> {
        self.explained_as(nodes, &vec![Target::Collect; nodes.len()], analyze)
    }

    fn explained(&mut self, node: &Arc<Node>) -> Result<bool> {
        if self.explaining.is_none() {
            return Ok(false);
        }
        let what = format!("shown for {}", self.place(node));
        self.show_stages(std::slice::from_ref(node), &[Target::Collect], &what)?;
        Ok(true)
    }

    fn learn(&mut self, sources: &Sources) {
        if self.sources.len() != sources.len() {
            self.sources = sources.clone();
        }
    }

    fn last_run(&self) -> Option<Run> {
        self.last_run
    }

    fn budget(&self) -> u64 {
        self.config.memory
    }

    fn fp_mode(&mut self) -> &mut FpMode {
        &mut self.fp
    }
}

/// The target that hands blocks to a sink; of one that goes on, only those that are missing.
fn save_target(number: usize, path: &str, sink: &dyn Sink, resumed: bool) -> Target {
    let grid = sink.grid().clone();
    let there = |&number: &usize| sink.finished(&grid.region(&grid.coords(number)));
    Target::Save {
        sink: number as u32,
        path: path.to_owned(),
        scratch: sink.write_scratch(),
        finished: if resumed { (0..grid.len()).filter(there).collect() } else { Vec::new() },
        grid,
    }
}

impl Runner for LargeArrays {
    fn stream(&mut self, targets: &[(Arc<Node>, Arc<dyn Sink>)], held: u64) -> Result<()> {
        let mut nodes: Vec<Arc<Node>> = targets.iter().map(|(node, _)| node.clone()).collect();
        let plans: Vec<Target> =
            targets.iter().enumerate().map(|(k, (_, sink))| save_target(k, "temporary", &**sink, false)).collect();
        let mut compiled = self.prepare(&nodes, &plans, held)?;
        // What is made, and what takes it in: each may fit where both together do not.
        if self.shortage(&compiled, held).is_some() && nodes.iter().any(|node| !node.op.is_source()) {
            nodes = nodes.iter().map(|node| self.put_aside(node, held)).collect::<Result<_>>()?;
            compiled = self.prepare(&nodes, &plans, held)?;
        }
        self.run_within(&compiled, targets.iter().map(|(_, sink)| sink.clone()).collect(), 0, held)?;
        Ok(())
    }

    fn blocks(&mut self, nodes: &[Arc<Node>]) -> Result<Vec<Arc<Block>>> {
        self.compute(nodes)
    }

    fn scratch(&mut self) -> Result<Arc<Scratch>> {
        Arrays::scratch(self)
    }

    fn room(&self) -> u64 {
        let resident: u64 = self.promises.iter().filter(|(p, _)| p.strong_count() > 0).map(|(_, b)| b).sum();
        let kept: u64 = self.kept.iter().filter(|(n, _)| n.strong_count() > 0).map(|(_, b)| b).sum();
        self.config.memory.saturating_sub(resident + kept)
    }
}
