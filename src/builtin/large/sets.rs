//! Functions of sets on arrays that do not fit: everything follows from the elements in order ([`Groups`]).
//!
//! Of two arrays end to end, equal elements of the first come before those of the second. So what a group has of the
//! first is known from its first element on, and what it has of the second is known at its last.

use super::groups::{Columns, Groups};
use crate::array::{DType, Shape};
use crate::builtin::api::{Call, Host, Values};
use crate::builtin::arrays::sets::{Options, across};
use crate::builtin::ops::lazy;
use crate::builtin::outofcore::accumulate::{Fold, accumulated};
use crate::builtin::outofcore::lanes;
use crate::diag::Result;
use crate::fault;
use crate::kernel::lanes::table::Steps;
use crate::kernel::{LaneKind, ScanKind};
use crate::syntax::ast::BinaryOp;
use crate::value::Value;
use std::cmp::Ordering;
use std::sync::Arc;

/// A table that elements are looked up in uses at most one part in so many of the budget.
const TABLE_SHARE: u64 = 64;

/// Whether sets of these are made here: one of them is lazy, and memory does not hold what ranking them takes.
pub fn are_too_large(host: &mut dyn Host, operands: &[&Value]) -> bool {
    operands.iter().any(|x| matches!(x, Value::Lazy(_)))
        && !lanes::fits(host, operands.iter().map(|x| x.numel() as u128).sum())
}

/// How results lie of operands that memory does not hold, elements and places; `None` where it holds them.
pub fn lying(host: &mut dyn Host, who: &str, data: &[Value], options: Options) -> Result<Option<(bool, bool)>> {
    let [a, b] = data else { return Ok(None) };
    if !are_too_large(host, &[a, b]) {
        return Ok(None);
    }
    if [a, b].into_iter().any(|x| x.dtype().is_none()) {
        return Err(fault!("{who}: A and B must be arrays or cell arrays of strings"));
    }
    if options.rows && (a.shape().rank() != 2 || b.shape().rank() != 2) {
        return Err(fault!("{who}: A and B must be 2-dimensional matrices with \"rows\""));
    }
    if options.rows && a.shape().columns() != b.shape().columns() && !a.is_empty() && !b.is_empty() {
        return Err(fault!("{who}: number of columns in A and B must match"));
    }
    let row = |x: &Value| x.shape().is_row();
    let lies = match who {
        _ if options.legacy => row(a) || row(b),
        "setdiff" => row(a),
        "setxor" if a.is_empty() => row(b),
        "setxor" if b.is_empty() => row(a),
        _ => across(a, b),
    };
    let lies = lies && !options.rows;
    Ok(Some((lies, lies && options.legacy)))
}

/// An operand as a column, or as the rows it has.
fn listed(columns: &mut Columns, x: &Value, rows: bool) -> Result<Value> {
    if rows { Ok(x.clone()) } else { lazy::reshape(columns.host, x, Shape::matrix(x.numel(), 1), columns.span) }
}

/// A result of elements as it lies.
fn laid(columns: &mut Columns, x: Value, across: bool) -> Result<Value> {
    if across { lazy::reshape(columns.host, &x, Shape::matrix(1, x.numel()), columns.span) } else { Ok(x) }
}

/// `[y, i, j] = unique (x)`; `across` if one-dimensional results are rows, `indices_across` if their places are, too.
pub fn unique(
    host: &mut dyn Host,
    x: &Value,
    options: Options,
    (across, indices_across): (bool, bool),
    call: Call,
) -> Result<Values> {
    let mut c = Columns { host, span: call.span };
    let all = listed(&mut c, x, options.rows)?;
    let groups = Groups::new(&all, options.rows, call.nargout > 1 || options.stable, call.span)?;
    let last = options.last || options.legacy;
    let (y, i, j) = if options.stable {
        let first = c.scattered(groups.places()?, &groups.starts)?;
        let first = c.op(BinaryOp::Ne, &first, 0.0)?;
        let chosen = c.selected(&first)?;
        let numbers = c.counted(&first)?;
        let numbers = c.choose(&first, numbers, f64::NAN)?;
        // Numbers are known where groups begin in the sequence of the array; brought into order, they fill the groups.
        let order = c.count_to(all.shape().rows())?;
        let inverse = c.scattered(groups.places()?, &order)?;
        let in_order = c.scattered(&inverse, &numbers)?;
        (chosen.of(&mut c, &all)?, chosen.places()?, c.running(ScanKind::Latest, &in_order)?)
    } else {
        let mask = if last { groups.ends(&mut c)? } else { groups.starts.clone() };
        let chosen = c.selected(&mask)?;
        let y = chosen.of(&mut c, &groups.values)?;
        if call.nargout < 2 {
            let y = laid(&mut c, y, across)?;
            return c.finished(vec![y]);
        }
        let i = chosen.of(&mut c, groups.places()?)?;
        (y, i, c.counted(&groups.starts)?)
    };
    let mut out = vec![laid(&mut c, y, across)?];
    if call.nargout > 1 {
        out.push(laid(&mut c, i, indices_across)?);
    }
    if call.nargout > 2 {
        let j = c.scattered(groups.places()?, &j)?;
        out.push(laid(&mut c, j, indices_across)?);
    }
    c.finished(out)
}

/// Two operands end to end, in order.
struct Pair {
    groups: Groups,
    /// Both, as they came.
    all: Value,
    /// How many items the one in front has.
    front: usize,
    /// Which items in order are of the one in front.
    is_front: Value,
    options: Options,
    /// Whether results lie as rows, and whether places do.
    across: (bool, bool),
}

impl Pair {
    fn new(c: &mut Columns, [front, back]: [&Value; 2], options: Options, across: (bool, bool)) -> Result<Pair> {
        let parts = [listed(c, front, options.rows)?, listed(c, back, options.rows)?];
        let all = c.joined(&parts)?;
        let groups = Groups::new(&all, options.rows, true, c.span)?;
        let front = parts[0].shape().rows();
        let is_front = c.op(BinaryOp::Le, groups.places()?, front as f64)?;
        Ok(Pair { groups, all, front, is_front, options, across })
    }

    /// For each item in order the place of an item of its group that is in front, 0 if there is none: the first, or from
    /// there on the last so far.
    fn in_front(&self, c: &mut Columns, last: bool) -> Result<Value> {
        let none = c.choose(&self.groups.starts, 0.0, f64::NAN)?;
        let known =
            if last { self.is_front.clone() } else { c.op(BinaryOp::And, &self.groups.starts, self.is_front.clone())? };
        let marks = c.choose(&known, self.groups.places()?.clone(), none)?;
        c.running(ScanKind::Latest, &marks)
    }

    /// The part of a column of the sequence of both that belongs to one of them.
    fn part(&self, c: &mut Columns, x: &Value, front: bool) -> Result<Value> {
        let (start, len) = if front { (0, self.front) } else { (self.front, x.shape().rows() - self.front) };
        c.part(x, start, len)
    }

    /// Marks of items in order, in the sequence of both.
    fn returned(&self, c: &mut Columns, marks: &Value) -> Result<Value> {
        let marks = c.scattered(self.groups.places()?, marks)?;
        c.op(BinaryOp::Ne, &marks, 0.0)
    }

    fn index(&self, c: &mut Columns, places: Value) -> Result<Value> {
        laid(c, places, self.across.1)
    }

    /// The items of both that are marked, and where they are in either.
    fn of_both(&self, c: &mut Columns, marks: &Value, nargout: usize) -> Result<Values> {
        let mut out = Vec::new();
        if self.options.stable {
            let marks = self.returned(c, marks)?;
            let all = c.selected(&marks)?.of(c, &self.all)?;
            out.push(laid(c, all, self.across.0)?);
            for front in [true, false].into_iter().take(nargout.saturating_sub(1)) {
                let own = self.part(c, &marks, front)?;
                let places = c.selected(&own)?.places()?;
                out.push(self.index(c, places)?);
            }
            return c.finished(out);
        }
        let items = c.selected(marks)?.of(c, &self.groups.values)?;
        out.push(laid(c, items, self.across.0)?);
        if nargout > 1 {
            let front = c.op(BinaryOp::And, marks, self.is_front.clone())?;
            let places = c.selected(&front)?.of(c, self.groups.places()?)?;
            out.push(self.index(c, places)?);
        }
        if nargout > 2 {
            let back = c.not(&self.is_front)?;
            let back = c.op(BinaryOp::And, marks, back)?;
            let own = c.op(BinaryOp::Sub, self.groups.places()?, self.front as f64)?;
            let places = c.selected(&back)?.of(c, &own)?;
            out.push(self.index(c, places)?);
        }
        c.finished(out)
    }
}

/// `[c, ia, ib] = union (a, b)`.
pub fn union(
    host: &mut dyn Host,
    ab: [&Value; 2],
    options: Options,
    across: (bool, bool),
    call: Call,
) -> Result<Values> {
    let mut c = Columns { host, span: call.span };
    let pair = Pair::new(&mut c, ab, options, across)?;
    let marks = if options.legacy { pair.groups.ends(&mut c)? } else { pair.groups.starts.clone() };
    pair.of_both(&mut c, &marks, call.nargout)
}

/// `[c, ia, ib] = setxor (a, b)`.
pub fn setxor(
    host: &mut dyn Host,
    ab: [&Value; 2],
    options: Options,
    across: (bool, bool),
    call: Call,
) -> Result<Values> {
    let mut c = Columns { host, span: call.span };
    let pair = Pair::new(&mut c, ab, options, across)?;
    // A group ends in front if nothing of it is behind; if it ends behind, what it has in front is known by then.
    let front = pair.in_front(&mut c, false)?;
    let none = c.op(BinaryOp::Eq, &front, 0.0)?;
    let alone = c.op(BinaryOp::Or, &pair.is_front, none)?;
    let ends = pair.groups.ends(&mut c)?;
    let marks = if options.legacy {
        c.op(BinaryOp::And, &ends, alone)?
    } else {
        let alone = c.cast(&alone, DType::F64)?;
        let known = c.choose(&ends, alone, f64::NAN)?;
        let alone = c.filled_back(&known)?;
        let alone = c.op(BinaryOp::Ne, &alone, 0.0)?;
        c.op(BinaryOp::And, &pair.groups.starts, alone)?
    };
    pair.of_both(&mut c, &marks, call.nargout)
}

/// `[c, ia, ib] = intersect (a, b)`, or `[c, ia] = setdiff (a, b)`: the items of `a` that are (`wanted`) or are not in `b`.
pub fn of_first(
    host: &mut dyn Host,
    [a, b]: [&Value; 2],
    wanted: bool,
    options: Options,
    across: (bool, bool),
    call: Call,
) -> Result<Values> {
    let mut c = Columns { host, span: call.span };
    // What is looked for in front, so that it is known when the items of `a` come.
    let pair = Pair::new(&mut c, [b, a], options, across)?;
    let found = pair.in_front(&mut c, options.legacy)?;
    let is = c.op(if wanted { BinaryOp::Gt } else { BinaryOp::Eq }, &found, 0.0)?;
    let own = c.not(&pair.is_front)?;
    let own = c.op(BinaryOp::And, &own, is)?;
    let one = if options.legacy {
        pair.groups.ends(&mut c)?
    } else {
        // The first of a group, or the first behind those in front.
        let behind = c.after(&pair.is_front)?;
        c.op(BinaryOp::Or, &pair.groups.starts, behind)?
    };
    let marks = c.op(BinaryOp::And, &own, one)?;
    let mut out = Vec::new();
    let with = |out: &Vec<Value>| out.len() < call.nargout.max(1);
    if options.stable {
        let marks = pair.returned(&mut c, &marks)?;
        let marks = pair.part(&mut c, &marks, false)?;
        let chosen = c.selected(&marks)?;
        let items = pair.part(&mut c, &pair.all, false)?;
        let items = chosen.of(&mut c, &items)?;
        out.push(laid(&mut c, items, across.0)?);
        if with(&out) {
            out.push(pair.index(&mut c, chosen.places()?)?);
        }
        if wanted && with(&out) {
            let found = c.scattered(pair.groups.places()?, &found)?;
            let found = pair.part(&mut c, &found, false)?;
            let found = chosen.of(&mut c, &found)?;
            out.push(pair.index(&mut c, found)?);
        }
        return c.finished(out);
    }
    let chosen = c.selected(&marks)?;
    let items = chosen.of(&mut c, &pair.groups.values)?;
    out.push(laid(&mut c, items, across.0)?);
    if with(&out) {
        let own = c.op(BinaryOp::Sub, pair.groups.places()?, pair.front as f64)?;
        let places = chosen.of(&mut c, &own)?;
        out.push(pair.index(&mut c, places)?);
    }
    if wanted && with(&out) {
        let found = chosen.of(&mut c, &found)?;
        out.push(pair.index(&mut c, found)?);
    }
    c.finished(out)
}

/// `[tf, at] = ismember (a, s)`; `shape` is that of the results.
pub fn ismember(
    host: &mut dyn Host,
    [a, s]: [&Value; 2],
    options: Options,
    shape: &Shape,
    call: Call,
) -> Result<Values> {
    let mut c = Columns { host, span: call.span };
    let found = match found_by_table(&mut c, [a, s], options)? {
        Some(found) => found,
        None => {
            let pair = Pair::new(&mut c, [s, a], options, (false, false))?;
            let found = pair.in_front(&mut c, true)?;
            let found = c.scattered(pair.groups.places()?, &found)?;
            pair.part(&mut c, &found, false)?
        }
    };
    let found = lazy::reshape(c.host, &found, shape.clone(), call.span)?;
    let is = c.op(BinaryOp::Gt, &found, 0.0)?;
    c.finished(if call.nargout > 1 { vec![is, found] } else { vec![is] })
}

/// The place in `s` of the last element that equals each of `a`, 0 where there is none, if one of the two makes a table of
/// numbers that memory holds.
fn found_by_table(c: &mut Columns, [a, s]: [&Value; 2], options: Options) -> Result<Option<Value>> {
    let numbers = |x: &Value| x.dtype().is_some_and(|d| !d.is_complex() && !matches!(d, DType::I64 | DType::U64));
    let most = c.host.arrays().budget() / TABLE_SHARE / size_of::<f64>() as u64;
    let small = |x: &Value| x.numel() as u64 <= most;
    if options.rows || !numbers(a) || !numbers(s) || !small(a) && !small(s) {
        return Ok(None);
    }
    let (a, s) = (listed(c, a, false)?, listed(c, s, false)?);
    // Both of the class they have end to end, and then as doubles.
    let class = c.joined(&[a.clone(), s.clone()])?.dtype().unwrap_or(DType::F64);
    let mut doubles = |x: &Value| {
        let x = c.cast(x, class)?;
        c.cast(&x, DType::F64)
    };
    let (a, s) = (doubles(&a)?, doubles(&s)?);
    let table = c.host.gather(if small(&s) { &s } else { &a })?;
    let table = crate::builtin::args::numbers("ismember", &table)?;
    let mut entries: Vec<(f64, usize)> = table.iter().copied().zip(1..).filter(|(x, _)| !x.is_nan()).collect();
    entries.sort_by(|x, y| x.0.total_cmp(&y.0).then(x.1.cmp(&y.1)));
    // Of equal ones the last, zeros of either sign being equal.
    entries.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        kept.1 = if same { kept.1.max(next.1) } else { kept.1 };
        same
    });
    let keys: Vec<f64> = entries.iter().map(|entry| entry.0).collect();
    if small(&s) {
        let places = std::iter::once(0.0).chain(entries.iter().map(|entry| entry.1 as f64));
        let steps = LaneKind::Steps(Arc::new(Steps::new(&keys, places, true)));
        return lazy::by_table(c.host, steps, &a, c.span).map(Some);
    }
    // Where each entry is last found in `s`; what is no entry goes to a place of its own, the first.
    let entry = (0..=keys.len()).map(|k| (k + 1) as f64);
    let steps = LaneKind::Steps(Arc::new(Steps::new(&keys, entry, true)));
    let entry = lazy::by_table(c.host, steps, &s, c.span)?;
    let places = c.count_to(s.numel())?;
    let both = lazy::concat(c.host, &[entry, places], 1, c.span)?;
    let shape = Shape::matrix(keys.len() + 1, 1);
    let last = accumulated(&lazy::as_node(&both, c.span)?, shape, Fold::Max, 0.0, c.span)?;
    let last = c.host.gather(&lazy::value(last))?;
    let last = crate::builtin::args::numbers("ismember", &last)?;
    let found = table.iter().map(|x| keys.binary_search_by(|key| key.partial_cmp(x).unwrap_or(Ordering::Less)));
    Ok(Some(Value::column(found.map(|at| at.map_or(0.0, |at| last[at + 1])).collect())))
}
