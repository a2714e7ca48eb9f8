//! The elements (or rows) of a large array in order, equal ones side by side: what functions of sets and of frequencies
//! are made of. Everything here waits; masks and numbers of groups are expressions like any other.

use super::mask::{Selection, linear};
use crate::array::grid::default_chunks;
use crate::array::{DType, ScalarFn, Shape};
use crate::builtin::api::{Call, Host, Values};
use crate::builtin::ops::{self, elementwise::Who, lazy};
use crate::builtin::outofcore::sort::{COLUMN_CHUNK, grouped};
use crate::builtin::outofcore::{lanes::by_lane, scatter::scattered};
use crate::diag::{Result, Span};
use crate::fault;
use crate::ir::{AxisSlice, Node, Op};
use crate::kernel::{ReduceKind, ScanKind};
use crate::syntax::ast::{BinaryOp, UnaryOp};
use crate::value::{Cell, Func, Value};
use smallvec::SmallVec;
use std::sync::Arc;

/// Expressions of lazy columns.
pub struct Columns<'a> {
    pub host: &'a mut dyn Host,
    pub span: Span,
}

impl Columns<'_> {
    pub fn op(&mut self, op: BinaryOp, a: &Value, b: impl Into<Value>) -> Result<Value> {
        ops::binary(self.host, op, a, &b.into(), self.span)
    }

    pub fn not(&mut self, x: &Value) -> Result<Value> {
        ops::unary(self.host, UnaryOp::Not, x, self.span)
    }

    /// `mask ? a : b`.
    pub fn choose(&mut self, mask: &Value, a: impl Into<Value>, b: impl Into<Value>) -> Result<Value> {
        let (a, b) = (a.into(), b.into());
        lazy::elementwise(self.host, ScalarFn::Select, &[mask, &a, &b], Who::Function("merge"), self.span)
    }

    pub fn cast(&mut self, x: &Value, dtype: DType) -> Result<Value> {
        lazy::cast(self.host, x, dtype, self.span)
    }

    /// 1, 2, ... n.
    pub fn count_to(&mut self, n: usize) -> Result<Value> {
        self.cut(&lazy::value(linear(n, Shape::matrix(n, 1), self.span)?), COLUMN_CHUNK)
    }

    /// The same column in chunks of so many elements.
    fn cut(&mut self, x: &Value, elements: usize) -> Result<Value> {
        let chunk = SmallVec::from_slice(&[elements.min(x.numel()).max(1), 1]);
        Ok(lazy::value(Node::new(Op::Rechunk { chunk }, &[lazy::as_node(x, self.span)?], self.span)?))
    }

    /// Elements (rows) from one on.
    pub fn part(&mut self, x: &Value, start: usize, len: usize) -> Result<Value> {
        lazy::layers(x, 0, AxisSlice { start, step: 1, len }, self.span)
    }

    /// Arrays one below the other.
    pub fn joined(&mut self, parts: &[Value]) -> Result<Value> {
        let joined = self.host.call(&Func::Named("vertcat".into()), parts, 1)?;
        joined.into_iter().next().ok_or_else(|| fault!("internal error: nothing was joined"))
    }

    /// Every element in the place of the one before it; true in the first place.
    pub fn after(&mut self, x: &Value) -> Result<Value> {
        let rest = self.part(x, 0, x.numel() - 1)?;
        let first = lazy::value(lazy::as_node(&Value::Bool(true), self.span)?);
        lazy::concat(self.host, &[first, rest], 0, self.span)
    }

    /// Every element in the place of the one behind it; true in the last place.
    pub fn before(&mut self, x: &Value) -> Result<Value> {
        let rest = self.part(x, 1, x.numel() - 1)?;
        let last = lazy::value(lazy::as_node(&Value::Bool(true), self.span)?);
        lazy::concat(self.host, &[rest, last], 0, self.span)
    }

    pub fn running(&mut self, kind: ScanKind, x: &Value) -> Result<Value> {
        lazy::scan(self.host, kind, x, 0, self.span)
    }

    /// How many elements of a mask are true up to each.
    pub fn counted(&mut self, mask: &Value) -> Result<Value> {
        let numbers = self.cast(mask, DType::F64)?;
        self.running(ScanKind::Sum, &numbers)
    }

    /// NaN filled by the number behind it.
    pub fn filled_back(&mut self, x: &Value) -> Result<Value> {
        let n = x.numel();
        let reversed = AxisSlice { start: n.saturating_sub(1), step: -1, len: n };
        let turned = lazy::layers(x, 0, reversed, self.span)?;
        let filled = self.running(ScanKind::Latest, &turned)?;
        lazy::layers(&filled, 0, reversed, self.span)
    }

    /// The column whose element `places(k)` is `x(k)`.
    pub fn scattered(&mut self, places: &Value, x: &Value) -> Result<Value> {
        let x = self.cast(x, DType::F64)?;
        let (places, x) = (lazy::as_node(places, self.span)?, lazy::as_node(&x, self.span)?);
        Ok(lazy::value(scattered(&places, &x, self.span)?))
    }

    /// What a mask selects.
    pub fn selected(&mut self, mask: &Value) -> Result<Selected> {
        let selection = Selection::new(self.host, lazy::as_node(mask, self.span)?, self.span)?;
        Ok(Selected { selection })
    }

    /// Results that are small are computed at once, all in one run; of others the chunks are those of doubles, which they
    /// are made from.
    pub fn finished(&mut self, values: Vec<Value>) -> Result<Values> {
        let bytes: u128 = values.iter().map(|v| if let Value::Lazy(l) = v { l.bytes() } else { 0 }).sum();
        if bytes > self.host.settings().dense_limit as u128 {
            let usual = values.into_iter().map(|v| {
                let node = lazy::as_node(&v, self.span)?;
                let chunk = default_chunks(&node.meta.shape, DType::F64);
                Ok(lazy::value(Node::new(Op::Rechunk { chunk }, &[node], self.span)?))
            });
            return usual.collect();
        }
        let nodes: Vec<_> =
            values.iter().filter_map(|v| if let Value::Lazy(l) = v { Some(l.0.clone()) } else { None }).collect();
        let mut blocks = self.host.arrays().force(&nodes)?.into_iter();
        let computed = values.into_iter().map(|v| match v {
            Value::Lazy(_) => blocks.next().map_or(v, Value::shared),
            other => other,
        });
        Ok(computed.collect())
    }
}

/// A mask of the elements of a column, counted.
pub struct Selected {
    selection: Selection,
}

impl Selected {
    /// The selected elements of a column, or rows of a matrix.
    pub fn of(&self, columns: &mut Columns, x: &Value) -> Result<Value> {
        let mut parts = Vec::new();
        for column in 0..x.shape().columns() {
            let one = lazy::layers(x, 1, AxisSlice { start: column, step: 1, len: 1 }, columns.span)?;
            parts.push(lazy::value(self.selection.of(&lazy::as_node(&one, columns.span)?)?));
        }
        match parts.as_slice() {
            [one] => Ok(one.clone()),
            many => lazy::concat(columns.host, many, 1, columns.span),
        }
    }

    /// Where they are, from 1.
    pub fn places(&self) -> Result<Value> {
        Ok(lazy::value(self.selection.places()?))
    }
}

/// An array in order.
pub struct Groups {
    /// A column of elements, or rows.
    pub values: Value,
    /// Which of them differ from the one before.
    pub starts: Value,
    places: Option<Value>,
}

impl Groups {
    /// The elements of an array, or its rows; with `places` also where they were.
    pub fn new(x: &Value, rows: bool, places: bool, span: Span) -> Result<Groups> {
        let mut nodes = grouped(&lazy::as_node(x, span)?, rows, places, span)?.into_iter().map(lazy::value);
        match (nodes.next(), nodes.next()) {
            (Some(values), Some(starts)) => Ok(Groups { values, starts, places: nodes.next() }),
            _ => Err(fault!("internal error: groups of another kind")),
        }
    }

    /// Where they were, from 1.
    pub fn places(&self) -> Result<&Value> {
        self.places.as_ref().ok_or_else(|| fault!("internal error: places that nobody asked for"))
    }

    /// Which elements are the last of their group.
    pub fn ends(&self, columns: &mut Columns) -> Result<Value> {
        columns.before(&self.starts)
    }
}

/// Whether the elements of a vector, or the rows of a matrix, ascend, and whether they descend.
pub fn in_order(host: &mut dyn Host, x: &Value, rows: bool, call: Call) -> Result<[bool; 2]> {
    let mut c = Columns { host, span: call.span };
    let x = if rows { x.clone() } else { lazy::reshape(c.host, x, Shape::matrix(x.numel(), 1), call.span)? };
    let (n, columns) = (x.shape().rows(), x.shape().columns());
    if n < 2 {
        return Ok([true; 2]);
    }
    let (before, behind) = (c.part(&x, 0, n - 1)?, c.part(&x, 1, n - 1)?);
    // NaN comes after everything but NaN.
    let missing = [c.op(BinaryOp::Ne, &before, before.clone())?, c.op(BinaryOp::Ne, &behind, behind.clone())?];
    let mut above = |op, a: &Value, b: &Value, missing: [&Value; 2]| {
        let there = c.not(missing[1])?;
        let last = c.op(BinaryOp::And, missing[0], there)?;
        let more = c.op(op, a, b.clone())?;
        c.op(BinaryOp::Or, &more, last)
    };
    let down = above(BinaryOp::Gt, &before, &behind, [&missing[0], &missing[1]])?;
    let up = above(BinaryOp::Gt, &behind, &before, [&missing[1], &missing[0]])?;
    // The first column in which two rows differ decides.
    let mut marks = [down, up];
    if columns > 1 {
        let differ = c.op(BinaryOp::Or, &marks[0], marks[1].clone())?;
        let differ = c.cast(&differ, DType::F64)?;
        let first = lazy::reduce(c.host, ReduceKind::ArgMax, &differ, 2, call.span)?;
        let numbers = lazy::value(linear(columns, Shape::matrix(1, columns), call.span)?);
        let decides = c.op(BinaryOp::Eq, &numbers, first)?;
        for mark in &mut marks {
            *mark = c.op(BinaryOp::And, mark, decides.clone())?;
        }
    }
    let mut nodes = Vec::new();
    for mark in &marks {
        nodes.push(lazy::as_node(&lazy::reduce(c.host, ReduceKind::Any, mark, 3, call.span)?, call.span)?);
    }
    let found = c.host.arrays().force(&nodes)?;
    let found = |k: usize| found.get(k).is_some_and(|block| block.data().get_f64(0) != 0.0);
    Ok([!found(0), !found(1)])
}

/// `[m, f, c] = mode (x)` of lanes that are too long: the most frequent elements (the least of several), how often they
/// occur, and all of them.
pub fn mode(host: &mut dyn Host, x: &Arc<Node>, axis: usize, call: Call) -> Result<Values> {
    let dtype = match x.meta.dtype {
        own if own.is_integer() || own.is_single() => own,
        _ => DType::F64,
    };
    let mut c = Columns { host, span: call.span };
    let mut all = Vec::new();
    let results = by_lane(x, axis, call.span, |lane, shape| {
        let groups = Groups::new(&lazy::value(lane.clone()), false, false, call.span)?;
        // How many of its group there are up to each element: most at the end of the longest.
        let numbers = c.count_to(shape.len())?;
        let begins = c.choose(&groups.starts, numbers.clone(), f64::NAN)?;
        let begins = c.running(ScanKind::Latest, &begins)?;
        let before = c.op(BinaryOp::Sub, &numbers, begins)?;
        let lengths = c.op(BinaryOp::Add, &before, 1.0)?;
        let most = lazy::reduce(c.host, ReduceKind::Max, &lengths, 1, call.span)?;
        let are = c.op(BinaryOp::Eq, &lengths, most.clone())?;
        let values = c.cast(&groups.values, DType::F64)?;
        let candidates = c.choose(&are, values.clone(), f64::NAN)?;
        let least = lazy::reduce(c.host, ReduceKind::Min, &candidates, 1, call.span)?;
        let least = c.cast(&least, dtype)?;
        if call.nargout > 2 {
            let modes = c.selected(&are)?.of(&mut c, &values)?;
            all.push(c.host.gather(&modes)?);
        }
        let node = |c: &mut Columns, x: &Value| {
            let x = lazy::reshape(c.host, x, shape.with_extent(axis, 1), call.span)?;
            lazy::as_node(&x, call.span)
        };
        Ok(vec![node(&mut c, &least)?, node(&mut c, &most)?])
    })?;
    let mut out: Vec<Value> = results.into_iter().map(lazy::value).collect();
    if call.nargout > 2 {
        out.push(Value::Cell(Arc::new(Cell::new(x.meta.shape.with_extent(axis, 1), all))));
    }
    out.truncate(call.nargout.max(1));
    c.finished(out)
}
