//! Accumulation of values that do not fit, into a result that does.

use super::groups::Columns;
use super::sets::are_too_large;
use crate::array::grid::CHUNK_BYTES;
use crate::array::{Complex64, DType, Shape, amount};
use crate::builtin::api::{Call, Host};
use crate::builtin::numeric;
use crate::builtin::ops::lazy;
use crate::builtin::outofcore::accumulate::{Fold, accumulated, must_fit};
use crate::builtin::outofcore::sort::sorted_rows;
use crate::builtin::reduce::accumulate::{How, assembled, called, class_of, extents, not_positive};
use crate::diag::Result;
use crate::fault;
use crate::ir::{AxisSlice, Node, Op, Source};
use crate::kernel::{Formula, ReduceKind};
use crate::syntax::ast::BinaryOp;
use crate::value::{Func, Value};

/// A group that a function is called with uses at most one part in so many of the budget.
const GROUP_SHARE: u64 = 8;

/// `accumarray (subs, vals, sz)` where one of them is lazy and memory does not hold what it takes.
pub fn accumarray(host: &mut dyn Host, args: &[Value], how: &How, fill: f64, call: Call) -> Result<Option<Value>> {
    let mut operands: Vec<&Value> = match &args[0] {
        Value::Cell(cell) => cell.values.iter().collect(),
        other => vec![other],
    };
    operands.push(&args[1]);
    if !are_too_large(host, &operands) {
        return Ok(None);
    }
    let mut c = Columns { host, span: call.span };
    let subs = columns_of(&mut c, &args[0])?;
    let count = subs[0].numel();
    let vals = &args[1];
    if subs.iter().any(|s| s.numel() != count) || vals.numel() != 1 && vals.numel() != count {
        return Err(fault!("accumarray: dimension mismatch"));
    }
    let dims = extents("accumarray", &greatest(&mut c, &subs)?, args.get(2))?;
    let shape = Shape::new(&dims);
    must_fit(&shape, c.host.arrays().budget())?;
    // Places from 1 in the sequence of the result.
    let mut places = subs[0].clone();
    let mut step = 1.0;
    for (sub, extent) in subs.iter().skip(1).zip(&dims) {
        step *= *extent as f64;
        let before = c.op(BinaryOp::Sub, sub, 1.0)?;
        let before = c.op(BinaryOp::ElMul, &before, step)?;
        places = c.op(BinaryOp::Add, &places, before)?;
    }
    let complex = vals.dtype().is_some_and(DType::is_complex);
    let mut parts = vec![c.host.call(&Func::Named("real".into()), std::slice::from_ref(vals), 1)?.remove(0)];
    if complex && !matches!(how, How::Fold(Fold::Prod | Fold::Max | Fold::Min)) {
        parts.push(c.host.call(&Func::Named("imag".into()), std::slice::from_ref(vals), 1)?.remove(0));
    }
    let mut values = Vec::new();
    for part in &parts {
        values.push(column(&mut c, part, count)?);
    }
    let fold = match how {
        How::Call(f) => return by_calls(&mut c, f, &places, &values, (vals, shape, fill)).map(Some),
        How::Fold(fold) => *fold,
    };
    let mut sums = Vec::new();
    for value in &values {
        let both = lazy::concat(c.host, &[places.clone(), value.clone()], 1, call.span)?;
        let node = accumulated(&lazy::as_node(&both, call.span)?, shape.clone(), fold, fill, call.span)?;
        sums.push(c.cast(&lazy::value(node), class_of(vals, fold))?);
    }
    let mut sums = c.finished(sums)?;
    if sums.len() == 2 {
        return Ok(c.host.call(&Func::Named("complex".into()), &sums, 1)?.into_iter().next());
    }
    Ok(sums.pop())
}

/// Subscripts column by column, as doubles.
fn columns_of(c: &mut Columns, subs: &Value) -> Result<Vec<Value>> {
    let parts: Vec<Value> = match subs {
        Value::Cell(cell) => cell.values.clone(),
        other if other.shape().is_column() => vec![other.clone()],
        other => (0..other.shape().columns())
            .map(|j| {
                let taken = AxisSlice { start: j, step: 1, len: 1 };
                lazy::layers(other, 1, taken, c.span)
            })
            .collect::<Result<_>>()?,
    };
    if parts.is_empty() {
        return Err(fault!("accumarray: dimension mismatch"));
    }
    parts.iter().map(|part| column(c, part, part.numel())).collect()
}

/// A value as a lazy column of doubles; a scalar for each element.
fn column(c: &mut Columns, x: &Value, count: usize) -> Result<Value> {
    if x.is_scalar() && count != 1 {
        let dense = c.host.gather(x)?;
        let bits = dense.to_f64().unwrap_or(f64::NAN).to_bits();
        let fill = Source::Formula(Formula::Fill { bits, dtype: DType::F64 }, Shape::matrix(count, 1));
        return Ok(lazy::value(Node::new(Op::Source(fill), &[], c.span)?));
    }
    let x = lazy::value(lazy::as_node(x, c.span)?);
    let x = lazy::reshape(c.host, &x, Shape::matrix(count, 1), c.span)?;
    c.cast(&x, DType::F64)
}

/// The greatest of each column of subscripts, which must be whole numbers from 1.
fn greatest(c: &mut Columns, subs: &[Value]) -> Result<Vec<f64>> {
    let mut nodes = Vec::new();
    for sub in subs {
        let whole = c.host.call(&Func::Named("fix".into()), std::slice::from_ref(sub), 1)?.remove(0);
        let is_whole = c.op(BinaryOp::Eq, sub, whole)?;
        let is_positive = c.op(BinaryOp::Ge, sub, 1.0)?;
        let good = c.op(BinaryOp::And, &is_whole, is_positive)?;
        for (kind, x) in [(ReduceKind::Max, sub), (ReduceKind::All, &good)] {
            nodes.push(lazy::as_node(&lazy::reduce(c.host, kind, x, 1, c.span)?, c.span)?);
        }
    }
    let found: Vec<f64> = c.host.arrays().force(&nodes)?.iter().map(|b| b.data().get_f64(0)).collect();
    if found.chunks(2).any(|pair| pair[1] == 0.0) {
        return Err(not_positive("accumarray"));
    }
    Ok(found.chunks(2).map(|pair| pair[0]).collect())
}

/// Groups given to a function one after the other, from places and values in the order of places.
fn by_calls(
    c: &mut Columns,
    f: &Func,
    places: &Value,
    values: &[Value],
    (vals, shape, fill): (&Value, Shape, f64),
) -> Result<Value> {
    let parts: Vec<Value> = std::iter::once(places).chain(values).cloned().collect();
    let rows = lazy::concat(c.host, &parts, 1, c.span)?;
    let sorted = sorted_rows(&lazy::as_node(&rows, c.span)?, vec![(0, false)], c.span)?;
    let sorted = lazy::value(sorted[0].clone());
    let count = sorted.shape().rows();
    let budget = c.host.arrays().budget();
    let most = (CHUNK_BYTES as u64).min(budget / GROUP_SHARE) / (8 * parts.len() as u64);
    let mut results: Vec<Option<Value>> = vec![None; shape.len()];
    let (mut place, mut group): (usize, Vec<Complex64>) = (0, Vec::new());
    let mut close = |c: &mut Columns, place: usize, group: &mut Vec<Complex64>| -> Result<()> {
        if let Some(result) = place.checked_sub(1).and_then(|at| results.get_mut(at)) {
            let group = grouped_value(vals, std::mem::take(group));
            *result = Some(called(c.host, f, group)?);
        }
        Ok(())
    };
    for start in (0..count).step_by(most.max(1) as usize) {
        let part = c.part(&sorted, start, (most.max(1) as usize).min(count - start))?;
        let block = c.host.gather(&part)?.to_block()?;
        let rows = block.shape().rows();
        let at = |i: usize, j: usize| block.data().get_f64(j * rows + i);
        for i in 0..rows {
            let own = at(i, 0) as usize;
            if own != place {
                close(c, place, &mut group)?;
                place = own;
            }
            group.push(Complex64::new(at(i, 1), if parts.len() > 2 { at(i, 2) } else { 0.0 }));
        }
        let bytes = group.len() as u64 * size_of::<Complex64>() as u64 * 2;
        if bytes > budget / 2 {
            return Err(fault!("accumarray: a group that FUNC is called with has more than {}", amount::bytes(bytes))
                .id("arr:out-of-memory")
                .hint(format!("run with --memory {}MB or more", (bytes * 4).div_ceil(1_000_000))));
        }
    }
    close(c, place, &mut group)?;
    assembled(c.host, results, shape, fill)
}

/// The values of a group, of the class they had.
fn grouped_value(vals: &Value, group: Vec<Complex64>) -> Value {
    let shape = Shape::matrix(group.len(), 1);
    match vals.dtype() {
        Some(own) if own.is_complex() => numeric::complex(shape, group, own.is_single()),
        own => numeric::of_class(shape, group.iter().map(|z| z.re).collect(), own.unwrap_or(DType::F64)),
    }
}
