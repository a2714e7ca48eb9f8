//! What happens when a lazy value is needed: compile, bind the real sources and sinks, run, keep what fits.

use crate::array::Block;
use crate::builtin::{Arrays, Run};
use crate::compile::{Compiled, Options, compile};
use crate::diag::{Result, Sources};
use crate::engine::{Bindings, Config, Engine, Observer, Report};
use crate::ir::{Node, Op, Source};
use crate::opt::FpMode;
use crate::plan::Target;
use crate::store::{self, Sink, WriteOptions};
use crate::{explain, fault};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Weak};

/// Forced results may take one part in so many of the budget for as long as their nodes live.
const CACHE_SHARE: u64 = 4;

/// The large-array side of a session.
pub struct LargeArrays {
    pub config: Config,
    pub engine: Box<dyn Engine>,
    pub observer: Arc<dyn Observer>,
    /// Set by Ctrl-C.
    pub stop: Arc<AtomicBool>,
    /// Which classes of rewrites the optimiser may apply.
    pub fp: FpMode,
    /// What the last run did.
    last_run: Option<Run>,
    /// Nodes that keep a result, oldest first, with its bytes.
    kept: Vec<(Weak<Node>, u64)>,
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
            last_run: None,
            kept: Vec::new(),
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

    fn compile(&mut self, nodes: &[Arc<Node>], targets: &[Target]) -> Result<Compiled> {
        let budget = self.config.memory.saturating_sub(self.kept_bytes());
        compile(nodes, targets, Options { budget, threads: self.config.threads, optimise: true, fp: self.fp })
    }

    fn run(&mut self, compiled: &Compiled, sinks: Vec<Arc<dyn Sink>>, results: usize) -> Result<Report> {
        let bindings =
            Bindings { stored: compiled.sources.stored.clone(), dense: compiled.sources.dense.clone(), sinks, results };
        let config = Config { memory: self.config.memory.saturating_sub(self.kept_bytes()), ..self.config.clone() };
        let report = self.engine.execute(&compiled.tasks, &bindings, &config, &*self.observer, &self.stop)?;
        self.last_run = Some(Run {
            tasks: report.tasks,
            bytes_read: report.bytes_read,
            bytes_written: report.bytes_written,
            bytes_spilled: report.bytes_spilled,
            flops: report.flops,
            peak_bytes: report.peak_bytes,
            seconds: report.elapsed.as_secs_f64(),
        });
        Ok(report)
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
    fn show_stages(&mut self, nodes: &[Arc<Node>], what: &str) -> Result<()> {
        let Some(how) = self.explaining.clone() else { return Ok(()) };
        let compiled = self.compile(nodes, &vec![Target::Collect; nodes.len()])?;
        let text = self.stages(&compiled, nodes.len(), how.analyze)?;
        println!("== {what}\n{text}");
        if let Some(path) = &how.picture {
            std::fs::write(path, explain::dot::dot(&compiled.tasks))
                .map_err(|e| fault!("cannot write {}: {e}", path.display()))?;
        }
        Ok(())
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
        let mut out: Vec<Option<Arc<Block>>> = nodes.iter().map(|n| n.result()).collect();
        let missing: Vec<Arc<Node>> =
            nodes.iter().zip(&out).filter(|(_, done)| done.is_none()).map(|(n, _)| n.clone()).collect();
        if !missing.is_empty() {
            if self.explaining.is_some() {
                let what = format!("computed for {}", self.place(&missing[0]));
                self.show_stages(&missing, &what)?;
            }
            let bytes: u128 = missing.iter().map(|n| n.meta.bytes()).sum();
            if bytes > self.config.memory as u128 {
                let node = &missing[0];
                return Err(fault!(
                    "the {} array has {}, more than the memory budget of {}",
                    node.meta.shape,
                    crate::plan::print::bytes(bytes.min(u64::MAX as u128) as u64),
                    crate::plan::print::bytes(self.config.memory)
                )
                .id("arr:out-of-memory")
                .hint("save (\"name.zarr\", X) writes it piece by piece; a slice or a reduction of it may fit; --memory sets the budget")
                .at(node.span));
            }
            let compiled = self.compile(&missing, &vec![Target::Collect; missing.len()])?;
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

    fn save(&mut self, targets: &[(String, Arc<Node>, WriteOptions)]) -> Result<()> {
        if self.explaining.is_some() {
            for (path, node, _) in targets {
                let what = format!("saved to {path} for {}", self.place(node));
                self.show_stages(std::slice::from_ref(node), &what)?;
                self.unsaved.push((path.clone(), node.clone()));
            }
            return Ok(());
        }
        let mut sinks: Vec<Arc<dyn Sink>> = Vec::new();
        let mut plans = Vec::new();
        for (path, node, options) in targets {
            let mut options = options.clone();
            if options.chunk.is_none() {
                options.chunk = Some(node.meta.chunks.to_vec());
            }
            let sink = store::create(Path::new(path), &node.meta.shape, node.meta.dtype, &options)?;
            plans.push(Target::Save { sink: sinks.len() as u32, path: path.clone(), grid: sink.grid().clone() });
            sinks.push(sink);
        }
        let nodes: Vec<Arc<Node>> = targets.iter().map(|(_, node, _)| node.clone()).collect();
        let compiled = self.compile(&nodes, &plans)?;
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
        let compiled = self.compile(nodes, &vec![Target::Collect; nodes.len()])?;
        self.stages(&compiled, nodes.len(), analyze)
    }

    fn explained(&mut self, node: &Arc<Node>) -> Result<bool> {
        if self.explaining.is_none() {
            return Ok(false);
        }
        let what = format!("shown for {}", self.place(node));
        self.show_stages(std::slice::from_ref(node), &what)?;
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
