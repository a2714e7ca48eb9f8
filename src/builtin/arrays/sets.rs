//! Sets of numbers, of rows and of strings.
//!
//! Both operands are put end to end and ranked once; every operation is then a choice of positions in that list.

use super::order::Items;
use crate::array::{Block, DType, Data, Shape, room};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{one, several, split_options, usage};
use crate::builtin::large;
use crate::builtin::ops::lazy;
use crate::builtin::ops::pick::pick;
use crate::builtin::text::is_cellstr;
use crate::diag::Result;
use crate::fault;
use crate::value::{Cell, Value, concat, gather_first};
use std::sync::Arc;

/// What all set functions understand.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    pub rows: bool,
    pub stable: bool,
    /// Whether the last of equal items stands for them.
    pub last: bool,
    /// The manner of old: the last stands, and places lie as the items do.
    pub legacy: bool,
}

fn options(who: &str, words: &[String]) -> Result<Options> {
    let mut options = Options::default();
    let (mut sorted, mut first) = (false, false);
    for word in words {
        match word.as_str() {
            "rows" => options.rows = true,
            "stable" | "sorted" if who == "ismember" => {
                return Err(fault!("ismember: \"stable\" or \"sorted\" are not valid options"));
            }
            "stable" => options.stable = true,
            "sorted" => sorted = true,
            "first" if who == "unique" => first = true,
            "last" if who == "unique" => options.last = true,
            "legacy" => options.legacy = true,
            _ if who == "unique" => return Err(fault!("unique: invalid option")),
            other => return Err(fault!("{who}: invalid option: {other}")),
        }
    }
    let ordered = sorted || options.stable;
    if who == "unique" {
        if first && options.last {
            return Err(fault!("unique: cannot specify both \"first\" and \"last\""));
        }
        if ordered && (first || options.last) {
            return Err(fault!("unique: cannot specify \"first\"/\"last\" with \"sorted\"/\"stable\""));
        }
        if ordered && options.legacy {
            return Err(fault!("unique: cannot specify \"sorted\" or \"stable\" with \"legacy\""));
        }
    } else if sorted as u8 + options.stable as u8 + options.legacy as u8 > 1 {
        return Err(fault!("{who}: only one of \"sorted\", \"stable\", or \"legacy\" may be specified"));
    }
    Ok(options)
}

/// Splits the option words off, but never the operands themselves, which may be text.
fn operands<'a>(who: &str, args: &'a [Value], count: usize) -> Result<(&'a [Value], Options)> {
    if args.len() < count {
        return Err(usage(who));
    }
    let (data, rest) = args.split_at(count);
    let (left, words) = split_options(rest);
    if !left.is_empty() {
        return Err(fault!("{who}: invalid option"));
    }
    Ok((data, options(who, &words)?))
}

/// One operand as a list: a column of elements, the rows of a matrix, or a column of strings.
pub fn listed(host: &mut dyn Host, who: &str, x: &Value, cells: bool, rows: bool) -> Result<Value> {
    let x = lazy::gathered(host, x, who)?;
    if cells && matches!(x, Value::Char(..)) {
        return Ok(Value::Cell(Arc::new(Cell::column(vec![x]))));
    }
    if cells && !matches!(x, Value::Cell(_)) {
        if x.is_empty() {
            return Ok(Value::Cell(Arc::new(Cell::column(Vec::new()))));
        }
        return Err(fault!("{who}: cell arrays of strings cannot be combined with other types"));
    }
    if rows && !cells {
        if x.shape().rank() != 2 {
            return Err(fault!("{who}: A and B must be 2-dimensional matrices with \"rows\""));
        }
        return Ok(x);
    }
    if x.dtype().is_none() && !cells {
        return Err(fault!("{who}: A and B must be arrays or cell arrays of strings"));
    }
    let n = x.numel();
    room::check(&Shape::matrix(n, 1), size_of::<usize>())?;
    pick(host, who, &x, Shape::matrix(n, 1), &(0..n).collect::<Vec<_>>())
}

/// Whether a cell array holds strings and nothing else. Text that waits must be in memory to be compared.
fn holds_texts(x: &Value) -> Result<bool> {
    match x {
        Value::Cell(cell) if cell.values.iter().any(|v| matches!(v, Value::Lazy(_))) => Err(gather_first("compared")),
        other => Ok(is_cellstr(other)),
    }
}

/// Two operands end to end, ranked.
struct Pair {
    all: Value,
    /// How many items the first operand has.
    first: usize,
    ranks: Vec<usize>,
    count: usize,
    rows: bool,
    /// Whether one-dimensional results are rows.
    across: bool,
    /// Whether the last of equal items stands for them, and indices lie as the items do.
    legacy: bool,
}

impl Pair {
    fn new(host: &mut dyn Host, who: &str, a: &Value, b: &Value, options: Options) -> Result<Pair> {
        let cells = matches!(a, Value::Cell(_)) || matches!(b, Value::Cell(_));
        for x in [a, b].into_iter().filter(|x| matches!(x, Value::Cell(_))) {
            if !holds_texts(x)? {
                return Err(fault!("{who}: A and B must be arrays or cell arrays of strings"));
            }
        }
        if options.rows && cells {
            return Err(fault!("{who}: cells not supported with \"rows\" flag"));
        }
        let rows = options.rows;
        let x = listed(host, who, a, cells, rows)?;
        let y = listed(host, who, b, cells, rows)?;
        if rows && x.shape().columns() != y.shape().columns() && !x.is_empty() && !y.is_empty() {
            return Err(fault!("{who}: number of columns in A and B must match"));
        }
        let first = if rows || x.shape().rank() == 2 { x.shape().rows() } else { x.numel() };
        let all = concat::vcat(&[x, y])?;
        let (ranks, count) = ranks(who, &all, rows)?;
        let mut across = across(a, b);
        if options.legacy && !cells {
            across = a.shape().is_row() || b.shape().is_row();
        }
        Ok(Pair { all, first, ranks, count, rows, across, legacy: options.legacy })
    }

    /// Positions in an operand as a result: a column, or as the items lie in the manner of old.
    fn index(&self, positions: impl Iterator<Item = usize>) -> Value {
        let places: Vec<f64> = positions.map(|i| (i + 1) as f64).collect();
        if self.legacy && self.across && !self.rows { Value::row(places) } else { Value::column(places) }
    }

    /// The items at some positions, as the result of a set operation.
    fn take(&self, host: &mut dyn Host, who: &str, positions: &[usize]) -> Result<Value> {
        take(host, who, &self.all, positions, self.rows, self.across)
    }
}

/// Whether the result of an operation on two arrays is a row: both are rows, or one is and the other is a scalar or
/// empty text.
pub fn across(a: &Value, b: &Value) -> bool {
    let row = |x: &Value| x.shape().is_row() || matches!(x, Value::Char(..));
    let cells = matches!(a, Value::Cell(_)) || matches!(b, Value::Cell(_));
    if cells {
        let lone = |x: &Value| matches!(x, Value::Char(..)) || matches!(x, Value::Cell(_)) && x.is_empty();
        return (row(a) || lone(a)) && (row(b) || lone(b));
    }
    row(a) && row(b)
}

fn ranks(who: &str, all: &Value, rows: bool) -> Result<(Vec<usize>, usize)> {
    match all {
        Value::Cell(c) => Ok(Items::texts(who, c)?.ranks()),
        other => {
            let block = other.to_block()?;
            Ok(if rows { Items::Rows(&block) } else { Items::Elements(&block) }.ranks())
        }
    }
}

pub fn take(
    host: &mut dyn Host,
    who: &str,
    all: &Value,
    positions: &[usize],
    rows: bool,
    across: bool,
) -> Result<Value> {
    if rows {
        let (m, n) = (all.shape().rows(), all.shape().columns());
        room::check(&Shape::matrix(positions.len(), n), size_of::<usize>())?;
        let from: Vec<usize> = (0..n).flat_map(|j| positions.iter().map(move |&i| j * m + i)).collect();
        return pick(host, who, all, Shape::matrix(positions.len(), n), &from);
    }
    let n = positions.len();
    pick(host, who, all, if across { Shape::matrix(1, n) } else { Shape::matrix(n, 1) }, positions)
}

pub fn index_column(positions: impl Iterator<Item = usize>) -> Value {
    Value::column(positions.map(|i| (i + 1) as f64).collect())
}

/// For every rank, the position of the item that stands for it.
fn representatives(ranks: &[usize], count: usize, last: bool) -> Vec<usize> {
    let mut chosen = vec![usize::MAX; count];
    for (at, &rank) in ranks.iter().enumerate() {
        if last || chosen[rank] == usize::MAX {
            chosen[rank] = at;
        }
    }
    chosen
}

/// `[y, i, j] = unique (x, options)`.
fn unique(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (data, options) = operands("unique", args, 1)?;
    let x = &data[0];
    let cells = matches!(x, Value::Cell(_));
    if x.dtype().is_none() && !cells || cells && !holds_texts(x)? {
        return Err(fault!("unique: X must be an array or cell array of strings"));
    }
    let shape = x.shape();
    let rows = options.rows && !cells;
    if x.is_empty() && !rows {
        let out = if shape == Shape::matrix(0, 0) { shape } else { Shape::matrix(0, 1) };
        let empty = pick(host, "unique", x, out, &[])?;
        return several([empty, Value::empty(), Value::empty()]);
    }
    let across = shape.is_row() && !rows;
    if large::sets::are_too_large(host, &[x]) {
        if rows && shape.rank() != 2 {
            return Err(fault!("unique: A and B must be 2-dimensional matrices with \"rows\""));
        }
        return large::sets::unique(host, x, options, (across, across && options.legacy), call);
    }
    let all = listed(host, "unique", x, cells, rows)?;
    let (ranks, count) = ranks("unique", &all, rows)?;
    let mut chosen = representatives(&ranks, count, options.last || options.legacy);
    let mut place: Vec<usize> = (0..count).collect();
    if options.stable {
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by_key(|&r| chosen[r]);
        order.iter().enumerate().for_each(|(k, &r)| place[r] = k);
        chosen = order.iter().map(|&r| chosen[r]).collect();
    }
    let y = take(host, "unique", &all, &chosen, rows, across)?;
    if call.nargout < 2 {
        return one(y);
    }
    let i = index_column(chosen.iter().copied());
    let j = index_column(ranks.iter().map(|&r| place[r]));
    if options.legacy && across {
        let flat = |v: Value| -> Result<Value> {
            let n = v.numel();
            Ok(Value::block(v.to_block()?.as_ref().clone().with_shape(Shape::matrix(1, n))))
        };
        return several([y, flat(i)?, flat(j)?]);
    }
    several([y, i, j])
}

/// `[c, ia, ib] = union (a, b)`.
fn union(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (data, options) = operands("union", args, 2)?;
    if let Some(across) = large::sets::lying(host, "union", data, options)? {
        return large::sets::union(host, [&data[0], &data[1]], options, across, call);
    }
    let pair = Pair::new(host, "union", &data[0], &data[1], options)?;
    let mut chosen = representatives(&pair.ranks, pair.count, pair.legacy);
    if options.stable {
        chosen.sort_unstable();
    }
    let c = pair.take(host, "union", &chosen)?;
    if call.nargout < 2 {
        return one(c);
    }
    let ia = pair.index(chosen.iter().copied().filter(|&i| i < pair.first));
    let ib = pair.index(chosen.iter().filter(|&&i| i >= pair.first).map(|&i| i - pair.first));
    several([c, ia, ib])
}

/// `[c, ia, ib] = intersect (a, b)`.
fn intersect(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (data, options) = operands("intersect", args, 2)?;
    if data.iter().any(Value::is_empty) {
        let cells = data.iter().any(|x| matches!(x, Value::Cell(_)));
        let nothing = if cells { Value::Cell(Arc::new(Cell::empty(Shape::matrix(0, 0)))) } else { Value::empty() };
        return several([nothing, Value::empty(), Value::empty()]);
    }
    if let Some(across) = large::sets::lying(host, "intersect", data, options)? {
        return large::sets::of_first(host, [&data[0], &data[1]], true, options, across, call);
    }
    let pair = Pair::new(host, "intersect", &data[0], &data[1], options)?;
    let left = representatives(&pair.ranks[..pair.first], pair.count, pair.legacy);
    let right = representatives(&pair.ranks[pair.first..], pair.count, pair.legacy);
    let mut both: Vec<usize> = (0..pair.count).filter(|&r| left[r] != usize::MAX && right[r] != usize::MAX).collect();
    if options.stable {
        both.sort_by_key(|&r| left[r]);
    }
    let positions: Vec<usize> = both.iter().map(|&r| left[r]).collect();
    let c = pair.take(host, "intersect", &positions)?;
    let ib = pair.index(both.iter().map(|&r| right[r]));
    several([c, pair.index(positions.into_iter()), ib])
}

/// `[c, ia] = setdiff (a, b)`.
fn setdiff(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (data, options) = operands("setdiff", args, 2)?;
    if let Some(across) = large::sets::lying(host, "setdiff", data, options)?.filter(|_| !data[0].is_empty()) {
        return large::sets::of_first(host, [&data[0], &data[1]], false, options, across, call);
    }
    let mut pair = Pair::new(host, "setdiff", &data[0], &data[1], options)?;
    if data[0].is_empty() {
        return several([data[0].clone(), Value::empty()]);
    }
    if !options.legacy {
        pair.across = data[0].shape().is_row();
    }
    let left = representatives(&pair.ranks[..pair.first], pair.count, pair.legacy);
    let mut gone = vec![false; pair.count];
    pair.ranks[pair.first..].iter().for_each(|&r| gone[r] = true);
    let mut positions: Vec<usize> =
        (0..pair.count).filter(|&r| left[r] != usize::MAX && !gone[r]).map(|r| left[r]).collect();
    if options.stable {
        positions.sort_unstable();
    }
    let c = pair.take(host, "setdiff", &positions)?;
    several([c, pair.index(positions.into_iter())])
}

/// `[c, ia, ib] = setxor (a, b)`.
fn setxor(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (data, options) = operands("setxor", args, 2)?;
    if let Some(across) = large::sets::lying(host, "setxor", data, options)? {
        return large::sets::setxor(host, [&data[0], &data[1]], options, across, call);
    }
    let mut pair = Pair::new(host, "setxor", &data[0], &data[1], options)?;
    match (data[0].is_empty(), data[1].is_empty()) {
        (true, true) => return several([data[0].clone(), Value::empty(), Value::empty()]),
        (true, false) => pair.across = data[1].shape().is_row(),
        (false, true) => pair.across = data[0].shape().is_row(),
        (false, false) => {}
    }
    let left = representatives(&pair.ranks[..pair.first], pair.count, pair.legacy);
    let right = representatives(&pair.ranks[pair.first..], pair.count, pair.legacy);
    let mut positions: Vec<usize> = (0..pair.count)
        .filter_map(|r| match (left[r], right[r]) {
            (l, usize::MAX) => Some(l),
            (usize::MAX, r) => Some(pair.first + r),
            _ => None,
        })
        .collect();
    if options.stable {
        positions.sort_unstable();
    }
    let c = pair.take(host, "setxor", &positions)?;
    let ia = pair.index(positions.iter().copied().filter(|&i| i < pair.first));
    let ib = pair.index(positions.iter().filter(|&&i| i >= pair.first).map(|&i| i - pair.first));
    several([c, ia, ib])
}

/// `[tf, idx] = ismember (a, s)`.
fn ismember(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (data, options) = operands("ismember", args, 2)?;
    let (a, s) = (&data[0], &data[1]);
    if large::sets::lying(host, "ismember", data, options)?.is_some() {
        let shape = if options.rows { Shape::matrix(a.shape().rows(), 1) } else { a.shape() };
        return large::sets::ismember(host, [a, s], options, &shape, call);
    }
    if let (Value::Num(x), false) = (a, matches!(s, Value::Cell(_)) || options.rows) {
        // One number in an array needs no sorting.
        let s = lazy::gathered(host, s, "ismember")?;
        let block = s.to_block()?;
        let at = (0..block.len()).rev().find(|&i| block.data().get_c64(i) == crate::array::Complex64::from(*x));
        return several([Value::Bool(at.is_some()), Value::Num(at.map_or(0.0, |i| (i + 1) as f64))]);
    }
    let doubles = |x: &Value| x.dtype() == Some(DType::F64) && !matches!(x, Value::Lazy(_));
    if doubles(a) && doubles(s) && !options.rows {
        let (x, table) = (a.to_block()?, s.to_block()?);
        if let (Data::F64(x), Data::F64(table)) = (x.data(), table.data()) {
            return membership(a.shape(), super::order::places_in(table, x), call);
        }
    }
    let text = matches!(a, Value::Char(..)) && matches!(s, Value::Cell(_));
    let shape = if text {
        Shape::scalar()
    } else if options.rows && !matches!(a, Value::Cell(_)) {
        Shape::matrix(a.shape().rows(), 1)
    } else {
        a.shape()
    };
    if matches!(s, Value::Cell(_)) && !matches!(a, Value::Cell(_) | Value::Char(..)) && !a.is_empty() {
        return Err(fault!("ismember: cell array of strings cannot be combined with a nonstring value"));
    }
    let pair = Pair::new(host, "ismember", a, s, options)?;
    let right = representatives(&pair.ranks[pair.first..], pair.count, true);
    let found: Vec<usize> =
        pair.ranks[..pair.first].iter().map(|&r| if right[r] == usize::MAX { 0 } else { right[r] + 1 }).collect();
    membership(shape, found, call)
}

/// The results of `ismember` from places that count from 1.
fn membership(shape: Shape, found: Vec<usize>, call: Call) -> Result<Values> {
    let truths = Block::dense(shape.clone(), Data::Bool(found.iter().map(|&f| f > 0).collect()));
    if call.nargout < 2 {
        return one(truths);
    }
    let places = Block::dense(shape, Data::F64(found.into_iter().map(|f| f as f64).collect()));
    several([truths.into(), places.into()])
}

/// `powerset (a)`.
fn powerset(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    if args.get(1).is_some_and(|o| o.to_text().is_none_or(|t| t != "rows")) {
        return Err(fault!("powerset: optional second argument must be \"rows\""));
    }
    if args[0].is_empty() {
        return one(Value::Cell(Arc::new(Cell::empty(Shape::matrix(0, 0)))));
    }
    let set = unique(host, &args[..1], call.single())?.remove(0);
    let n = set.numel();
    if n > 24 {
        return Err(fault!("powerset: a set of {n} elements has too many subsets"));
    }
    let mut subsets = Vec::with_capacity(1 << n);
    for mask in 0usize..1 << n {
        let members: Vec<usize> = (0..n).filter(|i| mask >> i & 1 == 1).collect();
        subsets.push(pick(host, "powerset", &set, Shape::matrix(1, members.len()), &members)?);
    }
    one(Value::Cell(Arc::new(Cell::row(subsets))))
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "unique",
        (1, 5),
        3,
        unique,
        "[Y, I, J] = unique (X), unique (X, \"rows\"), unique (..., \"stable\" | \"first\" | \"last\")\n\nThe different elements in order; Y = X(I), X = Y(J).\n\n    unique ([3 1 3])\n",
    ).minds_complex(),
    Builtin::new(
        "union",
        (2, 5),
        3,
        union,
        "[C, IA, IB] = union (A, B), union (A, B, \"rows\")\n\nElements of A or B.\n\n    union ([1 3], [2 3])\n",
    ).minds_complex(),
    Builtin::new(
        "intersect",
        (2, 5),
        3,
        intersect,
        "[C, IA, IB] = intersect (A, B), intersect (A, B, \"rows\")\n\nElements of A and B.\n\n    intersect ([1 2 3], [2 3 4])\n",
    ).minds_complex(),
    Builtin::new(
        "setdiff",
        (2, 5),
        2,
        setdiff,
        "[C, IA] = setdiff (A, B), setdiff (A, B, \"rows\")\n\nElements of A that are not in B.\n\n    setdiff ([1 2 3], 2)\n",
    ).minds_complex(),
    Builtin::new(
        "setxor",
        (2, 5),
        3,
        setxor,
        "[C, IA, IB] = setxor (A, B), setxor (A, B, \"rows\")\n\nElements of one of A and B only.\n\n    setxor ([1 2], [2 3])\n",
    ).minds_complex(),
    Builtin::new(
        "ismember",
        (2, 3),
        2,
        ismember,
        "[TF, IDX] = ismember (A, S), ismember (A, S, \"rows\")\n\nWhether elements of A are in S, and where.\n\n    ismember ([1 5], [1 2])\n",
    ),
    Builtin::new(
        "powerset",
        (1, 2),
        1,
        powerset,
        "powerset (A)\n\nAll subsets, as a cell array.\n\n    numel (powerset ([1 2 3]))\n",
    ),
];
