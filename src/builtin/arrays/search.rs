//! Where elements are: nonzero elements, sorted order, places in a table.

use super::order::{Items, Sortable};
use crate::array::{Block, DType, Data, Shape, room};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{Lanes, one, several, truths, usage};
use crate::builtin::lane;
use crate::builtin::large;
use crate::builtin::large::mask::{self, Selection};
use crate::builtin::library::large::SOURCE as LARGE;
use crate::builtin::ops::lazy;
use crate::builtin::ops::pick::pick;
use crate::builtin::outofcore::lanes;
use crate::builtin::outofcore::sort::sorted_rows;
use crate::diag::Result;
use crate::fault;
use crate::ir::AxisSlice;
use crate::kernel::LaneKind;
use crate::kernel::lanes::table::{Steps, above};
use crate::syntax::ast::BinaryOp;
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
    let found = if most >= truths.len() {
        places(&truths)
    } else if from_end {
        let mut last: Vec<usize> = (0..truths.len()).rev().filter(|&i| truths[i]).take(most).collect();
        last.reverse();
        last
    } else {
        (0..truths.len()).filter(|&i| truths[i]).take(most).collect()
    };
    let n = found.len();
    let out = found_shape(&shape, n);
    let numbers = |f: &dyn Fn(usize) -> usize| {
        Value::block(Block::dense(out.clone(), Data::F64(found.iter().map(|&i| (f(i) + 1) as f64).collect())))
    };
    if call.nargout < 2 {
        return one(numbers(&|i| i));
    }
    let rows = shape.rows().max(1);
    several([numbers(&|i| i % rows), numbers(&|i| i / rows), pick(host, "find", x, out.clone(), &found)?])
}

/// Where the true ones are. Every place is written, the next one over it where it was not true: no branch to guess.
fn places(truths: &[bool]) -> Vec<usize> {
    let count = truths.iter().filter(|t| **t).count();
    let mut found = vec![0; count + 1];
    let mut n = 0;
    for (i, &t) in truths.iter().enumerate() {
        found[n] = i;
        n += usize::from(t);
    }
    found.truncate(count);
    found
}

/// How `n` elements that were found in an array lie.
fn found_shape(shape: &Shape, n: usize) -> Shape {
    if shape.is_scalar() && n == 0 || *shape == Shape::matrix(0, 0) {
        Shape::matrix(0, 0)
    } else if shape.is_row() && !shape.is_scalar() {
        Shape::matrix(1, n)
    } else {
        Shape::matrix(n, 1)
    }
}

/// `find` of a large array: one counting pass; the places themselves wait.
fn large_find(host: &mut dyn Host, x: &Value, most: usize, from_end: bool, call: Call) -> Result<Values> {
    let shape = x.shape();
    let selection = Selection::new(host, mask::truths(x, call.span)?, call.span)?;
    let n = selection.count.min(most);
    let start = if from_end { selection.count - n } else { 0 };
    let out = found_shape(&shape, n);
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
fn sortrows(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let shape = args[0].shape();
    if shape.rank() != 2 {
        return Err(fault!("sortrows: only cell arrays of character strings may be sorted"));
    }
    let (rows, columns) = (shape.rows(), shape.columns());
    room::check(&Shape::matrix(1, columns), size_of::<(usize, bool)>())?;
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
            for v in crate::builtin::args::numbers("sortrows", c)? {
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
    if large::sets::are_too_large(host, &[&args[0]]) {
        let sorted = sorted_rows(&lazy::as_node(&args[0], call.span)?, keys, call.span)?;
        return Ok(sorted.into_iter().map(lazy::value).collect());
    }
    let x = lazy::gathered(host, &args[0], "sortrows")?;
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
fn issorted(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let mut rows = false;
    let mut mode = "ascend".to_owned();
    for option in &args[1..] {
        match option.to_text().map(|t| t.to_lowercase()).as_deref() {
            Some("rows") => rows = true,
            Some(m @ ("ascend" | "ascending" | "descend" | "descending" | "either")) => mode = m.to_owned(),
            _ => return Err(fault!("issorted: MODE must be \"ascend\", \"descend\", or \"either\"")),
        }
    }
    let needs_vector = |x: &Value| {
        let vector = rows || x.shape().is_vector() || x.is_empty();
        if vector { Ok(()) } else { Err(fault!("issorted: needs a vector")) }
    };
    let either = |is: [bool; 2]| match &mode[..1] {
        "a" => is[0],
        "d" => is[1],
        _ => is[0] || is[1],
    };
    if large::sets::are_too_large(host, &[&args[0]]) {
        needs_vector(&args[0])?;
        return one(either(large::groups::in_order(host, &args[0], rows, call)?));
    }
    let x = lazy::gathered(host, &args[0], "issorted")?;
    let block;
    let items = match &x {
        Value::Cell(c) => Items::texts("issorted", c)?,
        other => {
            needs_vector(other)?;
            block = other.to_block()?;
            if rows { Items::Rows(&block) } else { Items::Elements(&block) }
        }
    };
    let is = |bad: Ordering| (1..items.len()).all(|i| items.compare(i - 1, i) != bad);
    one(either([is(Ordering::Greater), is(Ordering::Less)]))
}

/// What `lookup` gives for the place it found.
#[derive(Clone, Copy)]
pub struct LookupOptions {
    /// Only entries that equal the element count.
    exact: bool,
    /// Whether there is one, instead of its place.
    truth: bool,
    /// Never below the first place, nor above the last but one.
    left: bool,
    right: bool,
}

/// `lookup (table, y, opt)`: the last entry of a sorted table that is not above.
fn lookup(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let option = match args.get(2) {
        None => String::new(),
        Some(o) => crate::builtin::args::text("lookup", "OPT", o)?,
    };
    let has = |c: char| option.contains(c);
    let options = LookupOptions { exact: has('m') || has('b'), truth: has('b'), left: has('l'), right: has('r') };
    let y = &args[1];
    if let Value::Cell(table) = &args[0] {
        return lookup_texts(table, y, options);
    }
    lane::real_argument("lookup", y)?;
    let table = lazy::gathered(host, &args[0], "lookup")?;
    let table = crate::builtin::args::numbers("lookup", &table)?;
    let found = lazy::by_table(host, LaneKind::Steps(Arc::new(lookup_steps(&table, options))), y, call.span)?;
    if options.truth {
        return one(crate::builtin::ops::binary(host, BinaryOp::Ne, &found, &Value::Num(0.0), call.span)?);
    }
    one(found)
}

/// Lookup as a step function.
fn lookup_steps(table: &[f64], options: LookupOptions) -> Steps {
    let n = table.len();
    let descending = n > 1 && table[0] > table[n - 1];
    let ascending: Vec<f64> = if descending { table.iter().rev().copied().collect() } else { table.to_vec() };
    if options.exact {
        // In a descending table the first of equal entries from below is the last.
        let place = |k: usize| match k.checked_sub(1) {
            None => 0,
            Some(last) if descending => n - ascending.partition_point(|t| t.order(&ascending[last]).is_lt()),
            Some(_) => k,
        };
        return Steps::new(&ascending, (0..=n).map(|k| place(k) as f64), true);
    }
    let bounded = |at: usize| {
        let at = if options.left { at.max(1) } else { at };
        (if options.right { at.min(n.saturating_sub(1)) } else { at }) as f64
    };
    if descending {
        // All but those below the element; NaN is below all of them.
        let above = ascending.iter().map(|&t| above(t)).chain([f64::NAN]).collect::<Vec<f64>>();
        let numbers = (0..=n).map(|k| n - k).chain([n]).map(bounded);
        return Steps::new(&above, numbers, false);
    }
    Steps::new(&ascending, (0..=n).map(bounded), false)
}

/// The strings of a cell array in a sorted one.
fn lookup_texts(table: &Cell, y: &Value, options: LookupOptions) -> Result<Values> {
    let single;
    let keys = match y {
        Value::Cell(c) => c.as_ref(),
        Value::Char(..) => {
            single = Cell::row(vec![y.clone()]);
            &single
        }
        _ => return Err(usage("lookup")),
    };
    let Items::Texts(table) = Items::texts("lookup", table)? else { return Err(usage("lookup")) };
    let Items::Texts(keys) = Items::texts("lookup", keys)? else { return Err(usage("lookup")) };
    let shape = if let Value::Cell(c) = y { c.shape().clone() } else { Shape::scalar() };
    let falling = table.first() > table.last();
    let found = keys.iter().map(|key| {
        let at = table.partition_point(|t| if falling { t >= key } else { t <= key });
        if options.exact && (at == 0 || table[at - 1] != *key) { 0 } else { at }
    });
    if options.truth {
        return one(Block::dense(shape, Data::Bool(found.map(|at| at > 0).collect())));
    }
    one(Block::dense(shape, Data::F64(found.map(|at| at as f64).collect())))
}

/// `[b, i] = maxk (a, k, dim)` and `mink`: NaN comes last.
fn best(host: &mut dyn Host, who: &'static str, greatest: bool, args: &[Value], call: Call) -> Result<Values> {
    let x = &args[0];
    if x.dtype().is_none_or(|d| d == DType::Char) {
        return Err(fault!("{who}: A must be numeric or logical"));
    }
    let axis = crate::builtin::args::axis_or_first(who, args, 2)?;
    let count = (crate::builtin::args::whole(who, "K", &args[1], 0)? as usize).min(x.shape().extent(axis));
    if let Some(x) = lanes::too_long(host, x, axis) {
        return lanes::best(&x, axis, greatest, count, call.nargout > 1, call.span);
    }
    let mut kind = |places| lazy::lanes(host, LaneKind::Best { greatest, count, places }, x, axis, call.span);
    let found = kind(false)?;
    if call.nargout < 2 {
        return one(found);
    }
    several([found, kind(true)?])
}

/// `nth_element (x, n, dim)`.
fn nth_element(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let x = &args[0];
    match x.dtype() {
        None | Some(DType::Char) => return Err(fault!("nth_element: invalid input data class: {}", x.type_name())),
        Some(_) => {}
    }
    let axis = crate::builtin::args::axis_or_first("nth_element", args, 2)?;
    let wanted: Vec<f64> = crate::builtin::args::numbers("nth_element", &args[1])?;
    let n = x.shape().extent(axis);
    if wanted.iter().any(|&v| v < 1.0 || v != v.trunc() || v > n as f64) {
        return Err(fault!("nth_element: n must be valid index"));
    }
    let places = Arc::new(wanted.iter().map(|&v| v as u64 - 1).collect());
    one(lane::each(host, LaneKind::Nth { places }, x, axis, call.span)?)
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
    ).minds_complex(),
    Builtin::new(
        "sortrows",
        (1, 2),
        2,
        sortrows,
        "[S, I] = sortrows (A), sortrows (A, C)\n\nRows in order of their columns C (all); negative columns descend.\n\n    sortrows ([2 1; 1 2])\n",
    ).minds_complex(),
    Builtin::new(
        "issorted",
        (1, 3),
        1,
        issorted,
        "issorted (A), issorted (A, MODE), issorted (A, \"rows\", MODE)\n\nWhether elements (or rows) are in order.\n\n    issorted ([1 2 2])\n",
    ).minds_complex(),
    Builtin::new(
        "lookup",
        (2, 3),
        1,
        lookup,
        "lookup (TABLE, Y), lookup (TABLE, Y, OPT)\n\nThe index of the last entry of a sorted table that is not above Y. OPT: m (exact or 0), b (whether exact), l, r.\n\n    lookup ([1 2 3], [0.5 2.5])\n",
    ).out_of_core(LARGE),
    Builtin::new(
        "maxk",
        (2, 3),
        2,
        |h, a, c| best(h, "maxk", true, a, c),
        "[B, I] = maxk (A, K), maxk (A, K, DIM)\n\nThe K greatest elements in descending order, and where they are; NaN comes last.\n\n    maxk ([3 9 NaN 7], 2)\n",
    ).minds_complex(),
    Builtin::new(
        "mink",
        (2, 3),
        2,
        |h, a, c| best(h, "mink", false, a, c),
        "[B, I] = mink (A, K), mink (A, K, DIM)\n\nThe K least elements in ascending order, and where they are; NaN comes last.\n\n    mink ([3 9 NaN 7], 2)\n",
    ).minds_complex(),
    Builtin::new(
        "nth_element",
        (2, 3),
        1,
        nth_element,
        "nth_element (X, N), nth_element (X, N, DIM)\n\nThe N-th smallest element.\n\n    nth_element ([5 3 4], 2)\n",
    ).minds_complex(),
];
