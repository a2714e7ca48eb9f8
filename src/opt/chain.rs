//! The order of a matrix chain: `A * B * C` without parentheses is computed in the order that costs least in
//! arithmetic and in bytes of intermediate products (dynamic programming over the split points).
//!
//! Parentheses are honoured, and so is a product that has a name of its own. The text tells: a chain without
//! parentheses is read from the left, so all its products begin at the same character.

use super::api::{Class, Pass, Remarks, Rewrite};
use crate::diag::Result;
use crate::ir::{Graph, NodeId, Op};
use crate::kernel::Conj;

pub const PASS: Pass = Pass {
    name: "chain",
    doc: "multiplies A * B * C in the cheapest order",
    class: Class::RoundingOrInf,
    rewrite: Rewrite::Graph(run),
};

/// What writing and reading a byte of an intermediate product costs, in operations.
const OPERATIONS_A_BYTE: f64 = 8.0;

/// Another order must be at least this much cheaper: a small gain is not worth other rounding.
const WORTH_IT: f64 = 0.9;

/// Longer chains stay as they are.
const LONGEST: usize = 100;

/// A factor: a node of the old graph as it enters the chain.
#[derive(Clone, Copy)]
struct Factor {
    node: NodeId,
    enters: Conj,
}

fn run(graph: &Graph, remarks: &mut Remarks) -> Result<Option<Graph>> {
    let uses = graph.uses();
    // A product that is the left part of a longer chain is not looked at for itself.
    let mut part = vec![false; graph.len()];
    for id in 0..graph.len() as NodeId {
        if let Some(left) = continues(graph, &uses, id) {
            part[left as usize] = true;
        }
    }
    let mut renamed = vec![NodeId::MAX; graph.len()];
    let mut changed = false;
    let out = graph.rebuild(|new, id, node, inputs| {
        let made = match order_of(graph, &uses, &part, id, remarks) {
            Some((factors, splits)) => {
                changed = true;
                let mut maker = Maker { new, factors: &factors, splits: &splits, renamed: &renamed, root: id, graph };
                maker.product(0, factors.len())?.0
            }
            None => new.copy(node, inputs)?,
        };
        renamed[id as usize] = made;
        Ok(made)
    })?;
    Ok(changed.then_some(out))
}

/// The product that the left operand of a product is, where the two are one chain.
fn continues(graph: &Graph, uses: &[u32], id: NodeId) -> Option<NodeId> {
    let node = graph.node(id);
    let Op::Dot { a: Conj::No, .. } = node.op else { return None };
    let left = node.inputs[0];
    let inner = graph.node(left);
    let chained = matches!(inner.op, Op::Dot { .. })
        && uses[left as usize] == 1
        && (inner.span.source, inner.span.start) == (node.span.source, node.span.start);
    chained.then_some(left)
}

/// The factors of the chain that ends in this product and where to split it, if another order is cheaper.
fn order_of(
    graph: &Graph,
    uses: &[u32],
    part: &[bool],
    id: NodeId,
    remarks: &mut Remarks,
) -> Option<(Vec<Factor>, Splits)> {
    let Op::Dot { a, b } = graph.node(id).op else { return None };
    if part[id as usize] {
        return None;
    }
    let mut factors = Vec::new();
    let mut at = id;
    loop {
        let Op::Dot { b, .. } = graph.node(at).op else { break };
        factors.push(Factor { node: graph.node(at).inputs[1], enters: b });
        match continues(graph, uses, at) {
            Some(left) if factors.len() < LONGEST => at = left,
            _ => {
                let Op::Dot { a, .. } = graph.node(at).op else { break };
                factors.push(Factor { node: graph.node(at).inputs[0], enters: a });
                break;
            }
        }
    }
    factors.reverse();
    if factors.len() == 2 {
        remark_on_parentheses(graph, uses, id, (a, b), remarks);
        return None;
    }
    let splits = Splits::best(graph, &factors);
    let as_written = (2..=factors.len()).map(|n| step_cost(graph, &factors, 0, n - 1, n)).sum::<f64>();
    if splits.cost(0, factors.len()) >= WORTH_IT * as_written {
        remarks.add(graph.node(id).span, "the order it is written in costs least");
        return None;
    }
    Some((factors, splits))
}

/// Says so where parentheses (or a name) keep a product of three from a cheaper order.
fn remark_on_parentheses(graph: &Graph, uses: &[u32], id: NodeId, enters: (Conj, Conj), remarks: &mut Remarks) {
    let node = graph.node(id);
    for (side, conj) in [(0, enters.0), (1, enters.1)] {
        let inner = graph.node(node.inputs[side]);
        let Op::Dot { a, b } = inner.op else { continue };
        if conj != Conj::No || uses[node.inputs[side] as usize] != 1 {
            continue;
        }
        let pair = [Factor { node: inner.inputs[0], enters: a }, Factor { node: inner.inputs[1], enters: b }];
        let other = Factor { node: node.inputs[1 - side], enters: if side == 0 { enters.1 } else { enters.0 } };
        let factors = if side == 0 { vec![pair[0], pair[1], other] } else { vec![other, pair[0], pair[1]] };
        let as_written = match side {
            0 => step_cost(graph, &factors, 0, 1, 2) + step_cost(graph, &factors, 0, 2, 3),
            _ => step_cost(graph, &factors, 1, 2, 3) + step_cost(graph, &factors, 0, 1, 3),
        };
        if Splits::best(graph, &factors).cost(0, 3) < WORTH_IT * as_written {
            remarks.add(node.span, "another order would be cheaper, but parentheses and names are honoured");
        }
    }
}

/// Rows and columns of a factor as it enters.
fn extents(graph: &Graph, factor: Factor) -> (f64, f64) {
    let shape = &graph.node(factor.node).meta.shape;
    let (rows, columns) = (shape.rows() as f64, shape.columns() as f64);
    if factor.enters == Conj::No { (rows, columns) } else { (columns, rows) }
}

/// What the product of factors `from..split` with `split..to` costs, both being there.
fn step_cost(graph: &Graph, factors: &[Factor], from: usize, split: usize, to: usize) -> f64 {
    let (rows, inner) = (extents(graph, factors[from]).0, extents(graph, factors[split]).0);
    let columns = extents(graph, factors[to - 1]).1;
    let flops = 2.0 * rows * inner * columns;
    // X' * X needs half the arithmetic.
    let symmetric = to - from == 2
        && factors[from].node == factors[from + 1].node
        && (factors[from].enters == Conj::No) != (factors[from + 1].enters == Conj::No);
    let intermediate = if to - from == factors.len() { 0.0 } else { rows * columns };
    let width = graph.node(factors[from].node).meta.dtype.size() as f64;
    flops * if symmetric { 0.5 } else { 1.0 } + intermediate * width * OPERATIONS_A_BYTE
}

/// For every stretch of factors, the least cost and where to split for it.
struct Splits {
    factors: usize,
    table: Vec<(f64, usize)>,
}

impl Splits {
    fn best(graph: &Graph, factors: &[Factor]) -> Splits {
        let n = factors.len();
        let mut splits = Splits { factors: n, table: vec![(0.0, 0); (n + 1) * (n + 1)] };
        for length in 2..=n {
            for from in 0..=n - length {
                let to = from + length;
                let mut best = (f64::INFINITY, from + 1);
                for split in from + 1..to {
                    let cost = splits.cost(from, split) + splits.cost(split, to);
                    let cost = cost + step_cost(graph, factors, from, split, to);
                    if cost < best.0 {
                        best = (cost, split);
                    }
                }
                splits.table[from * (n + 1) + to] = best;
            }
        }
        splits
    }

    fn cost(&self, from: usize, to: usize) -> f64 {
        self.table[from * (self.factors + 1) + to].0
    }

    fn split(&self, from: usize, to: usize) -> usize {
        self.table[from * (self.factors + 1) + to].1
    }
}

/// Makes the products of a chain in the new graph.
struct Maker<'a> {
    graph: &'a Graph,
    new: &'a mut Graph,
    factors: &'a [Factor],
    splits: &'a Splits,
    renamed: &'a [NodeId],
    root: NodeId,
}

impl Maker<'_> {
    /// The product of a stretch of factors, and how it enters what it is multiplied with.
    fn product(&mut self, from: usize, to: usize) -> Result<(NodeId, Conj)> {
        if to - from == 1 {
            let factor = self.factors[from];
            return Ok((self.renamed[factor.node as usize], factor.enters));
        }
        let split = self.splits.split(from, to);
        let ((x, a), (y, b)) = (self.product(from, split)?, self.product(split, to)?);
        let root = self.graph.node(self.root);
        let meta = (to - from == self.factors.len()).then(|| root.meta.clone());
        Ok((self.new.add_with(Op::Dot { a, b }, &[x, y], root.span, meta)?, Conj::No))
    }
}
