//! Where elements are: nonzero elements, sorted order, places in a table.

use super::api::{Builtin, Call, Host, Values};
use super::args::{Lanes, one, several, truths, usage};
use super::lazy_mask::{self, Selection};
use super::ops::lazy;
use super::order::{Items, Sortable};
use super::outofcore::lanes;
use super::pick::pick;
use crate::array::{Block, DType, Data, Shape};
use crate::diag::Result;
use crate::fault;
use crate::ir::AxisSlice;
use crate::kernel::LaneKind;
use crate::value::{Cell, Value};
use std::cmp::Ordering;
use std::sync::Arc;

/// `find (x, n, direction)`, `[i, j, v] = find (x)`.
fn find(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let x = &args[0];
    if x.dtype().is_none() {
        return Err(fault!("find: wrong type argument '{}'", x.type_name()));
    }
    let most = match args.get(1) {
        None => usize::MAX,
        Some(n) => match n.to_f64() {
            Some(v) if v >= 1.0 && v == v.trunc() => v as usize,
            _ => return Err(fault!("find: N must be an integer")),
        },
    };
    let from_end = match args.get(2).map(|d| d.to_text().unwrap_or_default()) {
        None => false,
        Some(d) if d == "first" => false,
        Some(d) if d == "last" => true,
        Some(_) => return Err(fault!("find: DIRECTION must be \"first\" or \"last\"")),
    };
    if let Value::Lazy(_) = x {
        return large_find(host, x, most, from_end, call);
    }
    let block = x.to_block()?;
    let shape = block.shape().clone();
    let truths = truths(&block);
    let mut found: Vec<usize> = if from_end {
        let mut last: Vec<usize> = (0..truths.len()).rev().filter(|&i| truths[i]).take(most).collect();
        last.reverse();
        last
    } else {
        (0..truths.len()).filter(|&i| truths[i]).take(most).collect()
    };
    found.shrink_to_fit();
    let n = found.len();
    let out = if shape.is_scalar() && n == 0 || shape == Shape::matrix(0, 0) {
        Shape::matrix(0, 0)
    } else if shape.is_row() && !shape.is_scalar() {
        Shape::matrix(1, n)
    } else {
        Shape::matrix(n, 1)
    };
    let numbers = |f: &dyn Fn(usize) -> usize| {
        Value::block(Block::dense(out.clone(), Data::F64(found.iter().map(|&i| (f(i) + 1) as f64).collect())))
    };
    if call.nargout < 2 {
        return one(numbers(&|i| i));
    }
    let rows = shape.rows().max(1);
    several([numbers(&|i| i % rows), numbers(&|i| i / rows), pick(host, "find", x, out.clone(), &found)?])
}

/// `find` of a large array: one counting pass; the places themselves wait.
fn large_find(host: &mut dyn Host, x: &Value, most: usize, from_end: bool, call: Call) -> Result<Values> {
    let shape = x.shape();
    let selection = Selection::new(host, lazy_mask::truths(x, call.span)?, call.span)?;
    let n = selection.count.min(most);
    let start = if from_end { selection.count - n } else { 0 };
    let out = if shape.is_row() && !shape.is_scalar() { Shape::matrix(1, n) } else { Shape::matrix(n, 1) };
    let mut part = |node| {
        let taken = AxisSlice { start, step: 1, len: n };
        let all = lazy::value(node);
        let some = if n == selection.count { all } else { lazy::layers(&all, 0, taken, call.span)? };
        lazy::reshape(host, &some, out.clone(), call.span)
    };
    if call.nargout < 2 {
        return one(part(selection.places()?)?);
    }
    let (rows, columns) = (selection.places_along(0, false)?, selection.places_along(1, true)?);
    let values = selection.of(&lazy::as_node(x, call.span)?)?;
    several([part(rows)?, part(columns)?, part(values)?])
}

/// What `sort` was asked for besides the data.
fn sort_options(who: &str, args: &[Value], shape: &Shape) -> Result<(usize, bool)> {
    let (mut axis, mut descending) = (shape.first_nonsingleton(), false);
    for x in args {
        if let Some(mode) = x.to_text().filter(|_| matches!(x, Value::Char(..))) {
            descending = match mode.to_lowercase().as_str() {
                "ascend" => false,
                "descend" => true,
                _ => return Err(fault!("{who}: MODE must be either \"ascend\" or \"descend\"")),
            };
        } else {
            axis = match x.to_f64() {
                // Beyond the rank all axes are alike.
                Some(v) if v >= 1.0 && v == v.trunc() => (v as usize - 1).min(Shape::MAX_RANK),
                _ => return Err(fault!("{who}: DIM must be a valid dimension")),
            };
        }
    }
    Ok((axis, descending))
}

/// `[s, i] = sort (x, dim, mode)`.
fn sort(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let x = &args[0];
    let shape = x.shape();
    let (axis, descending) = sort_options("sort", &args[1..], &shape)?;
    if let Value::Cell(c) = x {
        return sort_texts(host, x, c, axis, descending, call);
    }
    if x.dtype().is_none() {
        return Err(fault!("sort: only cell arrays of character strings may be sorted"));
    }
    if let Some(x) = lanes::too_long(host, x, axis) {
        return lanes::sort(&x, axis, descending, call.nargout > 1, call.span);
    }
    let sorted = lazy::lanes(host, LaneKind::Sort { descending }, x, axis, call.span)?;
    if call.nargout < 2 {
        return one(sorted);
    }
    several([sorted, lazy::lanes(host, LaneKind::SortIndex { descending }, x, axis, call.span)?])
}

/// The strings of a cell array in order along an axis.
fn sort_texts(
    host: &mut dyn Host,
    x: &Value,
    cell: &Cell,
    axis: usize,
    descending: bool,
    call: Call,
) -> Result<Values> {
    let shape = x.shape();
    let lanes = Lanes::new(&shape, axis);
    let n = lanes.n;
    let items = Items::texts("sort", cell)?;
    let all: Vec<usize> = (0..cell.values.len()).collect();
    let places: Vec<usize> = lanes.map(&all, n, |lane, made: &mut [usize]| {
        let mut order: Vec<usize> = (0..lane.len()).collect();
        order.sort_by(|&a, &b| {
            let o = items.compare(lane[a], lane[b]);
            if descending { o.reverse() } else { o }
        });
        made.copy_from_slice(&order);
    });
    let before = lanes.before.max(1);
    let from: Vec<usize> =
        places.iter().enumerate().map(|(k, &i)| lanes.at(k / (before * n.max(1)), k % before, i)).collect();
    let sorted = pick(host, "sort", x, shape.clone(), &from)?;
    if call.nargout < 2 {
        return one(sorted);
    }
    several([sorted, Value::block(Block::dense(shape, Data::F64(places.iter().map(|&i| (i + 1) as f64).collect())))])
}

/// `[s, i] = sortrows (a, c)`.
fn sortrows(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let x = lazy::gathered(host, &args[0], "sortrows")?;
    let shape = x.shape();
    if shape.rank() != 2 {
        return Err(fault!("sortrows: only cell arrays of character strings may be sorted"));
    }
    let (rows, columns) = (shape.rows(), shape.columns());
    let keys: Vec<(usize, bool)> = match args.get(1) {
        None => (0..columns).map(|j| (j, false)).collect(),
        Some(mode) if matches!(mode, Value::Char(..)) => match mode.to_text().as_deref() {
            Some("ascend") => (0..columns).map(|j| (j, false)).collect(),
            Some("descend") => (0..columns).map(|j| (j, true)).collect(),
            _ => return Err(fault!("sortrows: MODE must be either \"ascend\" or \"descend\"")),
        },
        Some(c) if !c.shape().is_vector() => return Err(fault!("sortrows: C must be a numeric vector")),
        Some(c) => {
            let mut keys = Vec::new();
            for v in super::args::numbers("sortrows", c)? {
                if v == 0.0 || v != v.trunc() {
                    return Err(fault!("sortrows: C must be a vector of nonzero integers"));
                }
                if v.abs() > columns as f64 {
                    return Err(fault!("sortrows: index in C exceeds number of columns in A"));
                }
                keys.push((v.abs() as usize - 1, v < 0.0));
            }
            keys
        }
    };
    let block;
    let items = match &x {
        Value::Cell(c) if columns == 1 => Items::texts("sortrows", c)?,
        Value::Cell(_) => return Err(fault!("sortrows: only cell arrays of character strings may be sorted")),
        other => {
            block = other.to_block()?;
            Items::Elements(&block)
        }
    };
    let mut order: Vec<usize> = (0..rows).collect();
    order.sort_by(|&a, &b| {
        keys.iter()
            .map(|&(j, down)| {
                let o = items.compare(j * rows + a, j * rows + b);
                if down { o.reverse() } else { o }
            })
            .find(|o| o.is_ne())
            .unwrap_or(Ordering::Equal)
    });
    let from: Vec<usize> = (0..columns).flat_map(|j| order.iter().map(move |&i| j * rows + i)).collect();
    let sorted = pick(host, "sortrows", &x, shape, &from)?;
    several([sorted, Value::column(order.iter().map(|&i| (i + 1) as f64).collect())])
}

/// `issorted (a, mode)`, `issorted (a, "rows", mode)`.
fn issorted(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let x = lazy::gathered(host, &args[0], "issorted")?;
    let mut rows = false;
    let mut mode = "ascend".to_owned();
    for option in &args[1..] {
        match option.to_text().map(|t| t.to_lowercase()).as_deref() {
            Some("rows") => rows = true,
            Some(m @ ("ascend" | "ascending" | "descend" | "descending" | "either")) => mode = m.to_owned(),
            _ => return Err(fault!("issorted: MODE must be \"ascend\", \"descend\", or \"either\"")),
        }
    }
    let block;
    let items = match &x {
        Value::Cell(c) => Items::texts("issorted", c)?,
        other => {
            block = other.to_block()?;
            if rows {
                Items::Rows(&block)
            } else {
                if !block.shape().is_vector() && !block.is_empty() {
                    return Err(fault!("issorted: needs a vector"));
                }
                Items::Elements(&block)
            }
        }
    };
    let is = |bad: Ordering| (1..items.len()).all(|i| items.compare(i - 1, i) != bad);
    one(match &mode[..1] {
        "a" => is(Ordering::Greater),
        "d" => is(Ordering::Less),
        _ => is(Ordering::Greater) || is(Ordering::Less),
    })
}

/// `lookup (table, y, opt)`: the last entry of a sorted table that is not above.
fn lookup(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let option = match args.get(2) {
        None => String::new(),
        Some(o) => super::args::text("lookup", "OPT", o)?,
    };
    let table = lazy::gathered(host, &args[0], "lookup")?;
    let y = lazy::gathered(host, &args[1], "lookup")?;
    let (found, shape, n, text) = match (&table, &y) {
        (Value::Cell(t), _) => {
            let single;
            let keys = match &y {
                Value::Cell(c) => c.as_ref(),
                Value::Char(..) => {
                    single = crate::value::Cell::row(vec![y.clone()]);
                    &single
                }
                _ => return Err(usage("lookup")),
            };
            let Items::Texts(table) = Items::texts("lookup", t)? else { return Err(usage("lookup")) };
            let Items::Texts(keys) = Items::texts("lookup", keys)? else { return Err(usage("lookup")) };
            let found: Vec<(usize, bool)> = keys
                .iter()
                .map(|k| {
                    let at = table.partition_point(|t| t <= k);
                    (at, at > 0 && table[at - 1] == *k)
                })
                .collect();
            let shape = if let Value::Cell(c) = &y { c.shape().clone() } else { Shape::scalar() };
            (found, shape, table.len(), true)
        }
        _ => {
            let t = super::args::numbers("lookup", &table)?;
            let keys = super::args::numbers("lookup", &y)?;
            let descending = t.len() > 1 && t[0] > t[t.len() - 1];
            let found: Vec<(usize, bool)> = keys
                .iter()
                .map(|k| {
                    let at = if descending {
                        t.partition_point(|v| v.order(k).is_ge())
                    } else {
                        t.partition_point(|v| v.order(k).is_le())
                    };
                    (at, at > 0 && t[at - 1] == *k)
                })
                .collect();
            (found, y.shape(), t.len(), false)
        }
    };
    let has = |c: char| option.contains(c);
    if has('b') {
        return one(Block::dense(shape, Data::Bool(found.into_iter().map(|(_, hit)| hit).collect())));
    }
    let index = |(at, hit): (usize, bool)| {
        if has('m') {
            return if hit { at } else { 0 };
        }
        let at = if has('l') && !text { at.max(1) } else { at };
        if has('r') && !text { at.min(n.saturating_sub(1)) } else { at }
    };
    one(Block::dense(shape, Data::F64(found.into_iter().map(|f| index(f) as f64).collect())))
}

/// `nth_element (x, n, dim)`.
fn nth_element(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let x = &args[0];
    match x.dtype() {
        None | Some(DType::Char) => return Err(fault!("nth_element: invalid input data class: {}", x.type_name())),
        Some(_) => {}
    }
    let axis = super::args::axis_or_first("nth_element", args, 2)?;
    let wanted: Vec<f64> = super::args::numbers("nth_element", &args[1])?;
    let n = x.shape().extent(axis);
    if wanted.iter().any(|&v| v < 1.0 || v != v.trunc() || v > n as f64) {
        return Err(fault!("nth_element: n must be valid index"));
    }
    let places = Arc::new(wanted.iter().map(|&v| v as u64 - 1).collect());
    one(lazy::lanes(host, LaneKind::Nth { places }, x, axis, call.span)?)
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "find",
        (1, 3),
        3,
        find,
        "IDX = find (X), find (X, N, DIRECTION), [I, J, V] = find (X)\n\nIndices of the elements that are not zero.\n\n    find ([0 5 7])\n",
    ),
    Builtin::new(
        "sort",
        (1, 3),
        2,
        sort,
        "[S, I] = sort (X), sort (X, DIM), sort (X, MODE)\n\nElements in ascending (or \"descend\"ing) order along a dimension, and where they were.\n\n    [s, i] = sort ([3 1 2])\n",
    ),
    Builtin::new(
        "sortrows",
        (1, 2),
        2,
        sortrows,
        "[S, I] = sortrows (A), sortrows (A, C)\n\nRows in order of their columns C (all); negative columns descend.\n\n    sortrows ([2 1; 1 2])\n",
    ),
    Builtin::new(
        "issorted",
        (1, 3),
        1,
        issorted,
        "issorted (A), issorted (A, MODE), issorted (A, \"rows\", MODE)\n\nWhether elements (or rows) are in order.\n\n    issorted ([1 2 2])\n",
    ),
    Builtin::new(
        "lookup",
        (2, 3),
        1,
        lookup,
        "lookup (TABLE, Y), lookup (TABLE, Y, OPT)\n\nThe index of the last entry of a sorted table that is not above Y. OPT: m (exact or 0), b (whether exact), l, r.\n\n    lookup ([1 2 3], [0.5 2.5])\n",
    ),
    Builtin::new(
        "nth_element",
        (2, 3),
        1,
        nth_element,
        "nth_element (X, N), nth_element (X, N, DIM)\n\nThe N-th smallest element.\n\n    nth_element ([5 3 4], 2)\n",
    ),
];
