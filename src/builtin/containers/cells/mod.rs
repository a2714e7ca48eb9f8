//! Cell arrays: made, taken apart, turned into matrices and structs.

pub mod each;

use crate::array::{DType, Shape, room};
use crate::builtin::arrays::shape;
use crate::builtin::text::{is_cellstr, strings};
use crate::builtin::{Builtin, Call, Host, Values};
use crate::diag::Result;
use crate::value::concat::Form;
use crate::value::index::{Index, index};
use crate::value::{Cell, Range, Struct, Value};
use crate::{bail, fault};
use smallvec::smallvec;
use std::sync::Arc;

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "cell",
        (0, usize::MAX),
        1,
        cell,
        "cell (N), cell (M, N, ...), cell ([M N ...])\n\nA cell array of empty matrices.\n\n    size (cell (2, 3))    % 2 3\n",
    ),
    Builtin::new(
        "iscell",
        (1, 1),
        1,
        |_, a, _| Ok(smallvec![Value::Bool(matches!(a[0], Value::Cell(_)))]),
        "iscell (X)\n\nWhether X is a cell array.\n\n    iscell ({1})    % 1\n",
    ),
    Builtin::new(
        "iscellstr",
        (1, 1),
        1,
        |_, a, _| Ok(smallvec![Value::Bool(is_cellstr(&a[0]))]),
        "iscellstr (X)\n\nWhether X is a cell array of nothing but strings.\n\n    iscellstr ({\"a\", 1})    % 0\n",
    ),
    Builtin::new(
        "num2cell",
        (1, 2),
        1,
        num2cell,
        "num2cell (A), num2cell (A, DIMS)\n\nEvery element (or every slice along dimensions) in a cell of its own.\n\n    num2cell ([1 2]){2}    % 2\n",
    ),
    Builtin::new(
        "cell2mat",
        (1, 1),
        1,
        cell2mat,
        "cell2mat (C)\n\nThe matrices of a cell array put together as they lie.\n\n    cell2mat ({1 2; 3 4})\n",
    ),
    Builtin::new(
        "mat2cell",
        (2, usize::MAX),
        1,
        mat2cell,
        "mat2cell (A, D1, D2, ...), mat2cell (A, R)\n\nAn array cut into blocks of the given heights, widths, ...\n\n    size (mat2cell (magic (4), [2 2], [3 1]))    % 2 2\n",
    ),
    Builtin::new(
        "cellslices",
        (3, 4),
        1,
        cellslices,
        "cellslices (X, LB, UB), cellslices (X, LB, UB, DIM)\n\nSlices of an array between lower and upper bounds.\n\n    cellslices (1:4, [1 3], [2 4]){2}    % 3 4\n",
    ),
    Builtin::new(
        "struct2cell",
        (1, 1),
        1,
        struct2cell,
        "struct2cell (S)\n\nThe values of a struct's fields, one below the other.\n\n    struct2cell (struct (\"a\", 1)){1}    % 1\n",
    ),
    Builtin::new(
        "cell2struct",
        (2, 3),
        1,
        cell2struct,
        "cell2struct (CELL, FIELDS), cell2struct (CELL, FIELDS, DIM)\n\nA struct whose fields take the values along a dimension of a cell array.\n\n    cell2struct ({1; 2}, {\"a\", \"b\"}, 1).b    % 2\n",
    ),
    Builtin::new(
        "deal",
        (1, usize::MAX),
        usize::MAX,
        deal,
        "[R1, R2, ...] = deal (A), [R1, R2, ...] = deal (A1, A2, ...)\n\nOne value to every result, or each value to its own.\n\n    [a, b] = deal (1, 2)\n    % a = 1\n    % b = 2\n",
    ),
];

/// Whole numbers of an argument, negative ones as 0.
fn extents(who: &str, value: &Value) -> Result<Vec<usize>> {
    let block = value.to_block().map_err(|_| fault!("{who}: dimensions must be numbers"))?;
    Ok((0..block.len()).map(|i| block.data().get_f64(i).max(0.0) as usize).collect())
}

fn cell(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let shape = match args {
        [] => Shape::matrix(0, 0),
        [n] if n.is_scalar() => {
            let n = extents("cell", n)?[0];
            Shape::matrix(n, n)
        }
        [sizes] => Shape::new(&extents("cell", sizes)?),
        many => {
            let mut all = Vec::new();
            for x in many {
                match extents("cell", x)?[..] {
                    [n] => all.push(n),
                    _ => bail!("cell: dimensions must be scalar integers"),
                }
            }
            Shape::new(&all)
        }
    };
    crate::array::room::check(&shape, size_of::<Value>())?;
    Ok(smallvec![Value::Cell(Arc::new(Cell::empty(shape)))])
}

/// One element of any value, as `x(i)` gives it (from 0).
pub fn element_of(value: &Value, at: usize) -> Result<Value> {
    index(value, &[Index::Value(Value::Num(at as f64 + 1.0))])
}

fn num2cell(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let value = &host.gather(&args[0])?;
    let shape = value.shape();
    let whole: Vec<usize> = match args.get(1) {
        None => Vec::new(),
        Some(dims) => extents("num2cell", dims)?,
    };
    if whole.contains(&0) {
        bail!("num2cell: dimension vectors for DIM must be positive");
    }
    let outer: Vec<usize> =
        (0..shape.rank()).map(|axis| if whole.contains(&(axis + 1)) { 1 } else { shape[axis] }).collect();
    let count: usize = outer.iter().product();
    crate::array::room::check(&Shape::matrix(count, 1), size_of::<Value>())?;
    let mut values = Vec::with_capacity(count);
    let mut counter = vec![0usize; outer.len()];
    for at in 0..count {
        if whole.is_empty() {
            values.push(element_of(value, at)?);
            continue;
        }
        let args: Vec<Index> =
            (0..shape.rank())
                .map(|axis| {
                    if whole.contains(&(axis + 1)) { Index::All } else { Index::Value(Value::from(counter[axis] + 1)) }
                })
                .collect();
        values.push(index(value, &args)?);
        for axis in 0..outer.len() {
            counter[axis] += 1;
            if counter[axis] < outer[axis] {
                break;
            }
            counter[axis] = 0;
        }
    }
    Ok(smallvec![Value::Cell(Arc::new(Cell::new(Shape::new(&outer), values)))])
}

fn cell2mat(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let Value::Cell(cell) = &args[0] else { bail!("cell2mat: C must be a cell array") };
    if cell.values.is_empty() {
        return Ok(smallvec![Value::block(crate::array::Block::try_zeros(DType::F64, cell.shape().clone())?)]);
    }
    let kind = |v: &Value| match v {
        Value::Cell(_) => Some(0),
        Value::Struct(_) => Some(1),
        Value::Func(_) | Value::Map(_) | Value::Object(_) => None,
        v if v.dtype() == Some(DType::Char) => Some(2),
        v if v.dtype() == Some(DType::Bool) => Some(3),
        _ => Some(4),
    };
    let first = kind(&cell.values[0]);
    if first.is_none() || cell.values.iter().any(|v| kind(v) != first) {
        bail!("cell2mat: wrong type elements or mixed cells, structs, and matrices");
    }
    if !cell.values.iter().any(|v| matches!(v, Value::Lazy(_))) {
        let count = cell.values.iter().map(Value::numel).fold(0, usize::saturating_add);
        room::check(&Shape::matrix(1, count), cell.values[0].dtype().map_or(size_of::<Value>(), DType::size))?;
    }
    // Along each axis in turn, the pieces that lie on a line are joined.
    let mut shape = cell.shape().clone();
    let mut values = cell.values.clone();
    for axis in 0..shape.rank() {
        let line = shape[axis];
        if line == 1 {
            continue;
        }
        let before: usize = shape[..axis].iter().product();
        let after: usize = shape[axis + 1..].iter().product();
        let mut joined = Vec::with_capacity(before * after);
        for b in 0..after {
            for a in 0..before {
                let pieces: Vec<Value> = (0..line).map(|k| values[a + (k + b * line) * before].clone()).collect();
                let whole = shape::joined(host, axis, &pieces, Form::Function, call);
                joined.push(whole.map_err(|fault| match &*fault.id {
                    "" => fault!("cell2mat: dimension mismatch"),
                    _ => fault,
                })?);
            }
        }
        let mut extents = shape.to_vec();
        extents[axis] = 1;
        shape = Shape::new(&extents);
        values = joined;
    }
    Ok(smallvec![values.swap_remove(0)])
}

/// Bounds of consecutive pieces of the given lengths as ranges.
fn piece(start: usize, len: usize) -> Index {
    Index::Value(Value::Range(Arc::new(Range::with_len(start as f64 + 1.0, 1.0, len))))
}

fn mat2cell(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let value = &host.gather(&args[0])?;
    let shape = value.shape();
    let mut cuts: Vec<Vec<usize>> = args[1..].iter().map(|v| extents("mat2cell", v)).collect::<Result<_>>()?;
    let rank = shape.rank().max(cuts.len());
    for axis in cuts.len()..rank {
        cuts.push(vec![shape.extent(axis)]);
    }
    for (axis, lens) in cuts.iter().enumerate() {
        let total = lens.iter().fold(0usize, |sum, len| sum.saturating_add(*len));
        if total != shape.extent(axis) {
            bail!("mat2cell: mismatch on dimension {} ({} != {total})", axis + 1, shape.extent(axis));
        }
    }
    let outer: Vec<usize> = cuts.iter().map(Vec::len).collect();
    let count: usize = outer.iter().product();
    let mut values = Vec::with_capacity(count);
    for at in 0..count {
        let mut rest = at;
        let args: Vec<Index> = cuts
            .iter()
            .map(|lens| {
                let k = rest % lens.len();
                rest /= lens.len();
                piece(lens[..k].iter().sum(), lens[k])
            })
            .collect();
        values.push(index(value, &args)?);
    }
    Ok(smallvec![Value::Cell(Arc::new(Cell::new(Shape::new(&outer), values)))])
}

fn cellslices(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let shape = args[0].shape();
    let (from, to) = (extents("cellslices", &args[1])?, extents("cellslices", &args[2])?);
    if from.len() != to.len() {
        bail!("cellslices: the lengths of LB and UB must match");
    }
    let axis = match args.get(3).and_then(Value::to_f64) {
        None => shape.first_nonsingleton(),
        Some(dim) if dim >= 1.0 => (dim as usize - 1).min(Shape::MAX_RANK),
        Some(_) => bail!("cellslices: DIM must be a valid dimension"),
    };
    let mut values = Vec::with_capacity(from.len());
    for (&from, &to) in from.iter().zip(&to) {
        let mut subs = vec![Index::All; shape.rank().max(axis + 1)];
        subs[axis] = piece(from.saturating_sub(1), to.saturating_add(1).saturating_sub(from));
        values.push(index(&args[0], &subs)?);
    }
    Ok(smallvec![Value::Cell(Arc::new(Cell::row(values)))])
}

fn struct2cell(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Value::Struct(records) = &args[0] else { bail!("struct2cell: argument must be of type structure") };
    let fields = records.names().len();
    let mut extents = vec![fields];
    // A column of structs gives its values without a singleton between.
    let own = records.shape();
    let column = own.is_column();
    extents.extend_from_slice(if column { &own[..1] } else { own });
    let mut values = Vec::with_capacity(fields * records.len());
    for at in 0..records.len() {
        values.extend(records.iter().map(|(_, column)| column[at].clone()));
    }
    Ok(smallvec![Value::Cell(Arc::new(Cell::new(Shape::new(&extents), values)))])
}

fn cell2struct(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Value::Cell(cell) = &args[0] else { bail!("cell2struct: argument CELL must be of type cell array") };
    let Some(fields) = strings(&args[1]) else {
        bail!("cell2struct: FIELDS must be a cell array of strings or a character matrix");
    };
    let axis = match args.get(2).map(|v| v.to_f64()) {
        None => 0,
        Some(Some(dim)) if dim >= 1.0 && dim.fract() == 0.0 => (dim as usize - 1).min(Shape::MAX_RANK),
        Some(_) => bail!("cell2struct: DIM must be a real scalar"),
    };
    let shape = cell.shape();
    if axis >= shape.rank() {
        bail!("cell2struct: DIM must be a valid dimension");
    }
    if shape.extent(axis) != fields.len() {
        bail!("cell2struct: number of FIELDS does not match dimension");
    }
    let before: usize = shape[..axis].iter().product();
    let after: usize = shape[axis + 1..].iter().product();
    let mut extents: Vec<usize> = shape.to_vec();
    extents.remove(axis);
    let mut records = Struct::new(Shape::new(&extents));
    for (k, name) in fields.iter().enumerate() {
        let kept = name.iter().rposition(|&c| c != b' ').map_or(0, |p| p + 1);
        let name: Arc<str> = String::from_utf8_lossy(&name[..kept]).into();
        let at = |b: usize, a: usize| cell.values[a + (k + b * fields.len()) * before].clone();
        let column = (0..after).flat_map(|b| (0..before).map(move |a| (b, a))).map(|(b, a)| at(b, a)).collect();
        records.set_column(&name, column);
    }
    Ok(smallvec![Value::Struct(Arc::new(records))])
}

fn deal(_: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let wanted = call.nargout.max(1);
    match args {
        [value] => Ok((0..wanted).map(|_| value.clone()).collect()),
        many if many.len() == wanted => Ok(many.iter().cloned().collect()),
        _ => bail!("deal: nargin > 1 and nargin != nargout"),
    }
}
