//! The graph a compilation works on: inputs before users, equal nodes once.

use super::{Meta, Node, Op, infer};
use crate::diag::{Diagnostic, Result, Span, interrupt};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::sync::Arc;

/// Ctrl-C is looked for once in so many nodes.
const POLL: usize = 4096;

/// An index into [`Graph::nodes`].
pub type NodeId = u32;

/// A node of a [`Graph`].
#[derive(Debug, Clone)]
pub struct GraphNode {
    pub op: Op,
    pub inputs: SmallVec<[NodeId; 2]>,
    pub meta: Meta,
    pub span: Span,
}

type Key = (Op, SmallVec<[NodeId; 2]>);

/// Nodes in order and the roots that are wanted.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    nodes: Vec<GraphNode>,
    pub roots: Vec<NodeId>,
    interned: FxHashMap<Key, NodeId>,
}

impl Graph {
    /// The nodes needed for some live roots. A node with a kept result enters as that dense block, a promise as what
    /// was made of it.
    pub fn from_live(roots: &[Arc<Node>]) -> Result<Graph> {
        let mut graph = Graph::default();
        let mut known: FxHashMap<*const Node, NodeId> = FxHashMap::default();
        for root in roots {
            let mut stack: Vec<(&Arc<Node>, bool)> = vec![(root, false)];
            while let Some((node, expanded)) = stack.pop() {
                if known.contains_key(&Arc::as_ptr(node)) {
                    continue;
                }
                if let Some(block) = node.result() {
                    let id = graph.add_with(
                        Op::Source(super::Source::Dense(block)),
                        &[],
                        node.span,
                        Some(node.meta.clone()),
                    )?;
                    known.insert(Arc::as_ptr(node), id);
                } else if let Some(promised) = node.promised() {
                    let op = Op::Source(promised.source());
                    let id = graph.add_with(op, &[], node.span, Some(node.meta.clone()))?;
                    known.insert(Arc::as_ptr(node), id);
                } else if expanded {
                    let inputs: SmallVec<[NodeId; 2]> = node.inputs.iter().map(|n| known[&Arc::as_ptr(n)]).collect();
                    let id = graph.add_with(node.op.clone(), &inputs, node.span, Some(node.meta.clone()))?;
                    known.insert(Arc::as_ptr(node), id);
                } else {
                    stack.push((node, true));
                    stack.extend(node.inputs.iter().map(|n| (n, false)));
                }
            }
            graph.roots.push(known[&Arc::as_ptr(root)]);
        }
        Ok(graph)
    }

    /// Adds a node, or finds the equal one. Shape, type and chunks are inferred.
    pub fn add(&mut self, op: Op, inputs: &[NodeId], span: Span) -> Result<NodeId> {
        self.add_with(op, inputs, span, None)
    }

    /// As [`Graph::add`] with metadata known to be right (chunks that a rewrite must keep).
    pub fn add_with(&mut self, op: Op, inputs: &[NodeId], span: Span, meta: Option<Meta>) -> Result<NodeId> {
        let key = (op, SmallVec::from_slice(inputs));
        if let Some(&id) = self.interned.get(&key) {
            return Ok(id);
        }
        let meta = match meta {
            Some(meta) => meta,
            None => {
                let metas: SmallVec<[&Meta; 4]> = inputs.iter().map(|&i| &self.node(i).meta).collect();
                infer::infer(&key.0, &metas)?
            }
        };
        let id = self.nodes.len() as NodeId;
        self.nodes.push(GraphNode { op: key.0.clone(), inputs: key.1.clone(), meta, span });
        self.interned.insert(key, id);
        Ok(id)
    }

    pub fn node(&self, id: NodeId) -> &GraphNode {
        &self.nodes[id as usize]
    }

    pub fn nodes(&self) -> &[GraphNode] {
        &self.nodes
    }

    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// For each node, how many reachable nodes read it; roots count one more.
    pub fn uses(&self) -> Vec<u32> {
        let mut uses = vec![0u32; self.nodes.len()];
        let reachable = self.reachable();
        for (id, node) in self.nodes.iter().enumerate() {
            if reachable[id] {
                node.inputs.iter().for_each(|&i| uses[i as usize] += 1);
            }
        }
        self.roots.iter().for_each(|&r| uses[r as usize] += 1);
        uses
    }

    /// Which nodes the roots need.
    pub fn reachable(&self) -> Vec<bool> {
        let mut seen = vec![false; self.nodes.len()];
        self.roots.iter().for_each(|&r| seen[r as usize] = true);
        for id in (0..self.nodes.len()).rev() {
            if seen[id] {
                self.nodes[id].inputs.iter().for_each(|&i| seen[i as usize] = true);
            }
        }
        seen
    }

    /// Copies the graph node by node: `rewrite` is given the graph made so far, the old node and its new inputs, and
    /// names the new node (usually `new.copy(old, inputs)`). Unreachable nodes are left behind. Roots keep shape and type.
    pub fn rebuild(
        &self,
        mut rewrite: impl FnMut(&mut Graph, NodeId, &GraphNode, &[NodeId]) -> Result<NodeId>,
    ) -> Result<Graph> {
        let reachable = self.reachable();
        let mut out = Graph::default();
        let mut renamed = vec![NodeId::MAX; self.nodes.len()];
        for (id, node) in self.nodes.iter().enumerate() {
            if !reachable[id] {
                continue;
            }
            if id.is_multiple_of(POLL) && interrupt::is_pending() {
                return Err(Diagnostic::interrupted());
            }
            let inputs: SmallVec<[NodeId; 4]> = node.inputs.iter().map(|&i| renamed[i as usize]).collect();
            renamed[id] = rewrite(&mut out, id as NodeId, node, &inputs)?;
            debug_assert_eq!(out.node(renamed[id]).meta.shape, node.meta.shape, "a rewrite keeps shapes");
            debug_assert_eq!(out.node(renamed[id]).meta.dtype, node.meta.dtype, "a rewrite keeps types");
        }
        out.roots = self.roots.iter().map(|&r| renamed[r as usize]).collect();
        Ok(out)
    }

    /// The same node with new inputs (of the same shapes and types), its canonical chunks kept.
    pub fn copy(&mut self, old: &GraphNode, inputs: &[NodeId]) -> Result<NodeId> {
        self.add_with(old.op.clone(), inputs, old.span, Some(old.meta.clone()))
    }
}
