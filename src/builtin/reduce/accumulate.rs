//! Values gathered by index, and functions over windows that move along a dimension.

use crate::array::{Complex64, DType, Data, Shape, room};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{Lanes, axis, numbers, one, usage};
use crate::builtin::lane::real_argument;
use crate::builtin::large;
use crate::builtin::library::large::SOURCE as LARGE;
use crate::builtin::numeric::{self, Elements, Wide};
use crate::builtin::ops::lazy;
use crate::builtin::ops::pick::pick;
use crate::builtin::outofcore::accumulate::{Accumulator, Fold};
use crate::diag::{Fault, Result};
use crate::fault;
use crate::ir::AxisSlice;
use crate::kernel::{Ends, Figure, Window, WindowKind};
use crate::value::{Cell, Func, Value, concat};
use smallvec::SmallVec;
use std::sync::Arc;

/// The function argument of an accumulation: those known by name need no calls.
pub enum How {
    Fold(Fold),
    Call(Arc<Func>),
}

pub fn how(who: &str, x: Option<&Value>) -> Result<How> {
    let Some(x) = x.filter(|x| !x.is_empty()) else { return Ok(How::Fold(Fold::Sum)) };
    let Value::Func(f) = x else { return Err(fault!("{who}: FUNC must be a function handle")) };
    let Func::Named(name) = &**f else { return Ok(How::Call(f.clone())) };
    Ok(match &**name {
        "sum" | "plus" => How::Fold(Fold::Sum),
        "max" => How::Fold(Fold::Max),
        "min" => How::Fold(Fold::Min),
        "prod" | "times" => How::Fold(Fold::Prod),
        _ => How::Call(f.clone()),
    })
}

/// The extents of the result of an accumulation, from the greatest subscript of each column and the size that is asked
/// for.
pub fn extents(who: &str, most: &[f64], size: Option<&Value>) -> Result<Vec<usize>> {
    let mut dims: Vec<usize> = most.iter().map(|&m| m as usize).collect();
    if let Some(size) = size.filter(|s| !s.is_empty()) {
        let wanted: Vec<f64> = numbers(who, size)?.iter().map(|w| w.trunc()).collect();
        let reach = match dims[..] {
            [n] => wanted.iter().product::<f64>() >= n as f64,
            _ => wanted.len() >= dims.len() && dims.iter().zip(&wanted).all(|(n, w)| *w >= *n as f64),
        };
        let enough = reach && wanted.iter().all(|w| *w >= 0.0);
        if !enough {
            return Err(fault!("{who}: index out of range").id("Octave:index-out-of-bounds"));
        }
        dims = wanted.into_iter().map(|v| v as usize).collect();
    } else if dims.len() == 1 {
        dims.push(1);
    }
    room::check(&Shape::new(&dims), size_of::<f64>())?;
    Ok(dims)
}

pub fn not_positive(who: &str) -> Fault {
    fault!("{who}: indices must be positive integers").id("Octave:index-out-of-bounds")
}

/// Rows of subscripts as linear indices into a shape, which is found if it is not given.
fn linear(who: &str, subs: &Value, size: Option<&Value>) -> Result<(Vec<usize>, Shape)> {
    let columns: Vec<Vec<f64>> = match subs {
        Value::Cell(c) => c.values.iter().map(|v| numbers(who, v)).collect::<Result<_>>()?,
        other => {
            let shape = other.shape();
            let v = numbers(who, other)?;
            let rows = shape.rows();
            let single = shape.is_column();
            if rows == 0 || single { vec![v] } else { v.chunks(rows).map(<[f64]>::to_vec).collect() }
        }
    };
    if columns.windows(2).any(|w| w[0].len() != w[1].len()) {
        return Err(fault!("{who}: dimension mismatch"));
    }
    if columns.iter().flatten().any(|v| *v < 1.0 || *v != v.trunc()) {
        return Err(not_positive(who));
    }
    let most: Vec<f64> = columns.iter().map(|c| c.iter().copied().fold(0.0, f64::max)).collect();
    let dims = extents(who, &most, size)?;
    let shape = Shape::new(&dims);
    let mut out = vec![0usize; columns.first().map_or(0, Vec::len)];
    let mut stride = 1;
    for (c, n) in columns.iter().zip(&dims) {
        out.iter_mut().zip(c).for_each(|(at, v)| *at += (*v as usize - 1) * stride);
        stride *= n;
    }
    Ok((out, shape))
}

/// Positions of every group, in order.
fn groups(at: &[usize], count: usize) -> Vec<Vec<usize>> {
    let mut groups = vec![Vec::new(); count];
    at.iter().enumerate().for_each(|(i, &g)| groups[g].push(i));
    groups
}

/// `accumarray (subs, vals, sz, func, fillval)`.
fn accumarray(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let how = how("accumarray", args.get(3))?;
    let fill = args.get(4).filter(|f| !f.is_empty()).and_then(Value::to_f64).unwrap_or(0.0);
    if let Some(result) = large::accumulate::accumarray(host, args, &how, fill, call)? {
        return one(result);
    }
    let subs = match &args[0] {
        Value::Cell(_) => args[0].clone(),
        other => lazy::gathered(host, other, "accumarray")?,
    };
    let vals = lazy::gathered(host, &args[1], "accumarray")?;
    if let (How::Fold(Fold::Sum), 0.0) = (&how, fill)
        && let Some(sums) = sums_of_doubles(&subs, &vals, args.get(2))?
    {
        return one(sums);
    }
    let (at, shape) = linear("accumarray", &subs, args.get(2))?;
    if vals.numel() != 1 && vals.numel() != at.len() {
        return Err(fault!("accumarray: dimension mismatch"));
    }
    let fold = match how {
        How::Call(f) => return one(by_calls(host, &f, &vals, &at, shape, fill)?),
        How::Fold(fold) => fold,
    };
    let wide = Wide::new(host, &vals, "accumarray")?;
    let n = shape.len();
    let pick = |i: usize| if wide.len() == 1 { 0 } else { i };
    if let (Elements::Complex(v), Fold::Sum) = (&wide.elements, &fold) {
        let mut out = vec![Complex64::ZERO; n];
        at.iter().enumerate().for_each(|(i, &g)| out[g] += v[pick(i)]);
        return one(numeric::complex(shape, out, wide.single));
    }
    let v = wide.re();
    let mut sums = Accumulator::new(fold, n);
    at.iter().enumerate().for_each(|(i, &g)| sums.add(g, v[pick(i)]));
    one(numeric::of_class(shape, sums.finish(fill), class_of(&vals, fold)))
}

/// The plain case, which needs no list of places: sums of doubles by one column of subscripts.
fn sums_of_doubles(subs: &Value, vals: &Value, size: Option<&Value>) -> Result<Option<Value>> {
    let Value::Array(places) = subs else { return Ok(None) };
    let (Data::F64(at), true) = (places.data(), places.shape().is_column()) else { return Ok(None) };
    // Adding and taking away 2^52 leaves a number below it as it is if it is whole; several at a time.
    const WHOLE: f64 = (1u64 << 52) as f64;
    let (mut most, mut whole) = ([0.0; 8], [true; 8]);
    let mut look = |part: &[f64]| {
        for ((most, whole), &p) in most.iter_mut().zip(&mut whole).zip(part) {
            *most = if p > *most { p } else { *most };
            *whole &= (p >= 1.0) & ((p >= WHOLE) | ((p + WHOLE) - WHOLE == p));
        }
    };
    let parts = at.chunks_exact(8);
    look(parts.remainder());
    parts.for_each(&mut look);
    let most = most.into_iter().fold(0.0, f64::max);
    if !whole.into_iter().all(|w| w) {
        return Err(not_positive("accumarray"));
    }
    let dims = extents("accumarray", &[most], size)?;
    let mut sums = vec![0.0; dims.iter().product()];
    match vals {
        Value::Num(x) => at.iter().for_each(|&p| sums[p as i64 as usize - 1] += x),
        Value::Array(block) if block.len() == at.len() => {
            let Data::F64(x) = block.data() else { return Ok(None) };
            at.iter().zip(x).for_each(|(&p, x)| sums[p as i64 as usize - 1] += x);
        }
        _ => return Ok(None),
    }
    Ok(Some(numeric::real(Shape::new(&dims), sums, false)))
}

/// The class of a result: extremes of integers are of theirs.
pub fn class_of(vals: &Value, fold: Fold) -> DType {
    match vals.dtype() {
        Some(own) if own.is_integer() && matches!(fold, Fold::Max | Fold::Min) => own,
        Some(own) if own.is_single() => DType::F32,
        _ => DType::F64,
    }
}

/// Every group given to a function; cells make a cell array.
fn by_calls(host: &mut dyn Host, f: &Func, vals: &Value, at: &[usize], shape: Shape, fill: f64) -> Result<Value> {
    let mut results: Vec<Option<Value>> = Vec::with_capacity(shape.len());
    let scalar = vals.numel() == 1;
    for group in groups(at, shape.len()) {
        if group.is_empty() {
            results.push(None);
            continue;
        }
        let from: Vec<usize> = group.iter().map(|&i| if scalar { 0 } else { i }).collect();
        let part = pick(host, "accumarray", vals, Shape::matrix(from.len(), 1), &from)?;
        results.push(Some(called(host, f, part)?));
    }
    assembled(host, results, shape, fill)
}

/// What a function makes of a group.
pub fn called(host: &mut dyn Host, f: &Func, group: Value) -> Result<Value> {
    let values = host.call_in_memory(f, &[group], 1)?;
    values.into_iter().next().ok_or_else(|| fault!("accumarray: FUNC gave no value"))
}

/// What a function made of the group of each place.
pub fn assembled(host: &mut dyn Host, results: Vec<Option<Value>>, shape: Shape, fill: f64) -> Result<Value> {
    if results.iter().flatten().any(|v| matches!(v, Value::Cell(_))) {
        let cells = results
            .into_iter()
            .map(|v| match v {
                Some(Value::Cell(c)) if c.values.len() == 1 => c.values[0].clone(),
                Some(other) => other,
                None => Value::empty(),
            })
            .collect();
        return Ok(Value::Cell(Arc::new(Cell::new(shape, cells))));
    }
    let filled: Vec<Value> = results.into_iter().map(|v| v.unwrap_or(Value::Num(fill))).collect();
    if let Some(bad) = filled.iter().find(|v| !v.is_scalar()) {
        return Err(fault!("accumarray: FUNC must return a scalar or a cell, not a {} array", bad.shape()));
    }
    let column = concat::vcat(&filled)?;
    pick(host, "accumarray", &column, shape.clone(), &(0..shape.len()).collect::<Vec<_>>())
}

/// `accumdim (subs, vals, dim, n, func, fillval)`.
fn accumdim(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if !args[0].shape().is_vector() {
        return Err(fault!("accumdim: SUBS must be a vector"));
    }
    let subs = numbers("accumdim", &args[0])?;
    if subs.iter().any(|v| *v < 1.0 || *v != v.trunc()) {
        return Err(fault!("accumdim: indices must be positive integers"));
    }
    let wide = Wide::new(host, &args[1], "accumdim")?;
    let axis = match args.get(2).filter(|d| !d.is_empty()) {
        None => wide.shape.first_nonsingleton(),
        Some(d) => axis("accumdim", d)?,
    };
    let largest = subs.iter().copied().fold(0.0, f64::max) as usize;
    let n = match args.get(3).filter(|n| !n.is_empty()).and_then(Value::to_f64) {
        None | Some(0.0) => largest,
        Some(n) if n as usize >= largest => n as usize,
        Some(_) => return Err(fault!("accumdim: N index out of range")),
    };
    let (shape, single) = (wide.shape.clone(), wide.single);
    if shape.extent(axis) != subs.len() {
        return Err(fault!("accumdim: dimension mismatch"));
    }
    room::check(&shape.with_extent(axis, n), size_of::<Vec<usize>>())?;
    room::check(&Shape::matrix(n, 1), size_of::<Vec<usize>>())?;
    let how = how("accumdim", args.get(4))?;
    let fill = args.get(5).filter(|f| !f.is_empty()).and_then(Value::to_f64).unwrap_or(0.0);
    let at: Vec<usize> = subs.into_iter().map(|v| v as usize - 1).collect();
    let groups = groups(&at, n);
    let mut failed = None;
    let out = Lanes::new(&shape, axis).map(&wide.real("accumdim")?, n, |lane, out: &mut [f64]| {
        for (y, group) in out.iter_mut().zip(&groups) {
            let values: Vec<f64> = group.iter().map(|&i| lane[i]).collect();
            *y = match (&how, values.is_empty()) {
                (_, true) => fill,
                (How::Fold(Fold::Sum), _) => values.iter().sum(),
                (How::Fold(Fold::Prod), _) => values.iter().product(),
                (How::Fold(Fold::Max), _) => values.iter().copied().fold(f64::NAN, f64::max),
                (How::Fold(Fold::Min), _) => values.iter().copied().fold(f64::NAN, f64::min),
                (How::Call(f), _) => match host.call_in_memory(f, &[Value::column(values)], 1) {
                    Ok(v) => v.first().and_then(Value::to_f64).unwrap_or(f64::NAN),
                    Err(fault) => {
                        failed.get_or_insert(fault);
                        f64::NAN
                    }
                },
            };
        }
    });
    match failed {
        Some(fault) => Err(fault),
        None => one(numeric::real(shape.with_extent(axis, n), out, single)),
    }
}

/// Elements before and after the middle of a window.
fn window(who: &str, x: &Value) -> Result<(usize, usize)> {
    let bad = || fault!("{who}: WLEN must be a scalar or 2-element array of integers >= 0");
    let v = numbers(who, x)?;
    if v.iter().any(|n| *n < 0.0 || *n != n.trunc()) {
        return Err(bad());
    }
    match v[..] {
        [1.0] => Err(fault!("{who}: WLEN must be > 1")),
        [n] if n % 2.0 == 1.0 => Ok((n as usize / 2, n as usize / 2)),
        [n] if n > 0.0 => Ok((n as usize / 2, n as usize / 2 - 1)),
        [before, after] => Ok((before as usize, after as usize)),
        _ => Err(bad()),
    }
}

struct Moving {
    axis: usize,
    ends: Ends,
}

/// The DIM argument and the properties of the moving functions.
fn moving_options(who: &str, x: &Value, rest: &[Value]) -> Result<Moving> {
    let mut options = Moving { axis: x.shape().first_nonsingleton(), ends: Ends::Shrink };
    let mut at = 0;
    if let Some(d) = rest.first().filter(|d| !matches!(d, Value::Char(..))) {
        options.axis = crate::builtin::args::axis(who, d)?;
        at = 1;
    }
    while at < rest.len() {
        let name = rest[at].to_text().unwrap_or_default().to_lowercase();
        let value = rest.get(at + 1);
        match (name.as_str(), value) {
            ("omitnan" | "includenan", _) => {
                at += 1;
                continue;
            }
            ("dim", Some(d)) => options.axis = crate::builtin::args::axis(who, d)?,
            ("endpoints", Some(v)) => {
                options.ends = match v.to_text().filter(|_| matches!(v, Value::Char(..))).as_deref() {
                    Some("shrink") => Ends::Shrink,
                    Some("fill") => Ends::Fill(f64::NAN.to_bits()),
                    Some("periodic") => Ends::Periodic,
                    Some("same") => Ends::Same,
                    Some(other) => return Err(fault!("{who}: unknown Endpoints value \"{other}\"")),
                    None => Ends::Fill(v.to_f64().ok_or_else(|| usage(who))?.to_bits()),
                }
            }
            ("nancond" | "outdim" | "samplepoints", Some(_)) => {}
            _ => return Err(fault!("{who}: invalid option \"{name}\"")),
        }
        at += 2;
    }
    Ok(options)
}

/// A window must be shorter than the lane it moves along.
fn check_window(who: &str, (before, after): (usize, usize), axis: usize, n: usize) -> Result<()> {
    let length = before.saturating_add(after).saturating_add(1);
    if length > n {
        return Err(fault!(
            "{who}: window length WLEN ({length}) must be shorter than length along DIM{} ({n})",
            axis + 1
        ));
    }
    Ok(())
}

fn moving(host: &mut dyn Host, who: &'static str, args: &[Value], figure: Figure, call: Call) -> Result<Values> {
    if args[0].dtype().is_none_or(|d| d == DType::Char) {
        return Err(fault!("{who}: X must be numeric"));
    }
    let (before, after) = window(who, &args[1])?;
    let Moving { axis, ends } = moving_options(who, &args[0], &args[2..])?;
    check_window(who, (before, after), axis, args[0].shape().extent(axis))?;
    real_argument(who, &args[0])?;
    let (x, first) = wrapped(host, &args[0], axis, (before, after), ends, call)?;
    let kind = WindowKind::Moving { figure, axis: axis as u8, before, after, ends };
    let mut offset: SmallVec<[i64; 4]> = SmallVec::from_elem(0, axis + 1);
    offset[axis] = first;
    one(lazy::window(host, Window { kind, offset, shape: args[0].shape() }, &x, call.span)?)
}

/// For periodic ends the array with the layers that windows find beyond its ends, and where it begins in there.
fn wrapped(
    host: &mut dyn Host,
    x: &Value,
    axis: usize,
    (before, after): (usize, usize),
    ends: Ends,
    call: Call,
) -> Result<(Value, i64)> {
    if ends != Ends::Periodic {
        return Ok((x.clone(), 0));
    }
    let n = x.shape().extent(axis);
    let x =
        if x.dtype().is_some_and(DType::is_float) { x.clone() } else { lazy::cast(host, x, DType::F64, call.span)? };
    let layers = |start, len| lazy::layers(&x, axis, AxisSlice { start, step: 1, len }, call.span);
    let parts: Vec<Value> = [(n - before, before), (0, n), (0, after)]
        .into_iter()
        .filter(|&(_, len)| len > 0)
        .map(|(start, len)| layers(start, len))
        .collect::<Result<_>>()?;
    Ok((lazy::concat(host, &parts, axis, call.span)?, before as i64))
}

/// `movfun (fcn, x, wlen, ...)`.
fn movfun(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let Value::Func(function) = &args[0] else { return Err(fault!("movfun: FCN must be a valid function handle")) };
    let function = function.clone();
    if args[1].is_empty() {
        return one(args[1].clone());
    }
    let window = window("movfun", &args[2])?;
    let Moving { axis, ends } = moving_options("movfun", &args[1], &args[3..])?;
    let n = args[1].shape().extent(axis);
    let in_pieces = args[1].shape().is_vector() && n > 1 && !matches!(ends, Ends::Periodic);
    if in_pieces && large::pieces::are_too_large(host, &args[1..2]) {
        check_window("movfun", window, axis, n)?;
        return one(movfun_in_pieces(host, &function, &args[1], window, ends, call)?);
    }
    let wide = Wide::new(host, &args[1], "movfun")?;
    let (shape, single) = (wide.shape.clone(), wide.single);
    check_window("movfun", window, axis, n)?;
    let mut results: Vec<Vec<f64>> = Vec::new();
    let mut outcome = Ok(());
    let out = Lanes::new(&shape, axis).map(&wide.real("movfun")?, n, |lane, out: &mut [f64]| {
        for (place, y) in out.iter_mut().enumerate() {
            let part = Value::column(window_at(lane, place, window, ends));
            let found = outcome.clone().and_then(|()| host.call_in_memory(&function, &[part], 1));
            match found.and_then(|y| numbers("movfun", y.first().unwrap_or(&Value::empty()))) {
                Ok(numbers) => {
                    *y = numbers.first().copied().unwrap_or(f64::NAN);
                    results.push(numbers);
                }
                Err(fault) => outcome = Err(fault),
            }
        }
    });
    outcome?;
    let width = results.first().map_or(1, Vec::len);
    if width == 0 || results.iter().any(|r| r.len() != width) || width > 1 && results.len() != n {
        return Err(fault!("movfun: FCN must return one number, or of a vector as many everywhere"));
    }
    if width == 1 {
        return one(numeric::real(shape, out, single));
    }
    // Of a vector, what is found in each window is a row.
    let rows = (0..width).flat_map(|k| results.iter().map(move |r| r[k])).collect();
    one(numeric::real(Shape::matrix(n, width), rows, single))
}

/// `movfun` of a vector that memory does not hold: a piece with what its windows reach on either side at a time.
fn movfun_in_pieces(
    host: &mut dyn Host,
    function: &Func,
    x: &Value,
    window: (usize, usize),
    ends: Ends,
    call: Call,
) -> Result<Value> {
    let n = x.numel();
    let piece = large::pieces::piece(host, 2);
    let mut columns = large::pieces::each(host, n, piece, call.span, |host, start, len| {
        // Where nothing lies beyond these, the vector ends, too.
        let (low, high) = (start.saturating_sub(window.0), start.saturating_add(len).saturating_add(window.1).min(n));
        let part = large::pieces::taken(host, std::slice::from_ref(x), low, high - low, call.span)?;
        let part = numbers("movfun", &part[0])?;
        let mut out = Vec::with_capacity(len);
        for place in start - low..start - low + len {
            let seen = Value::column(window_at(&part, place, window, ends));
            let found = host.call_in_memory(function, &[seen], 1)?;
            match numbers("movfun", found.first().unwrap_or(&Value::empty()))?[..] {
                [y] => out.push(y),
                _ => return Err(fault!("movfun: of a large vector, FCN must return one number for each window")),
            }
        }
        one(Value::column(out))
    })?;
    let found = columns.pop().ok_or_else(|| fault!("internal error: a vector without elements"))?;
    let found = lazy::reshape(host, &found, x.shape(), call.span)?;
    if x.dtype().is_some_and(DType::is_single) { lazy::cast(host, &found, DType::F32, call.span) } else { Ok(found) }
}

/// What a function sees of a lane through the window around a place, beyond the ends what is asked for there.
fn window_at(lane: &[f64], place: usize, (before, after): (usize, usize), ends: Ends) -> Vec<f64> {
    let n = lane.len() as isize;
    (place as isize - before as isize..=place as isize + after as isize)
        .filter_map(|k| match ends {
            _ if (0..n).contains(&k) => Some(lane[k as usize]),
            Ends::Shrink => None,
            Ends::Fill(bits) => Some(f64::from_bits(bits)),
            Ends::Periodic => Some(lane[k.rem_euclid(n) as usize]),
            Ends::Same => Some(lane[if k < 0 { 0 } else { n as usize - 1 }]),
        })
        .collect()
}

/// `[slcidx, c, cpre, cpost, win] = movslice (n, wlen)`.
fn movslice(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let n = match args[0].to_f64() {
        Some(v) if args[0].is_scalar() && v > 0.0 && v == v.trunc() => v as usize,
        _ => return Err(fault!("movslice: N must be a positive integer")),
    };
    let (before, after) = window("movslice", &args[1])?;
    let length = before.saturating_add(after).saturating_add(1);
    if length > n {
        return Err(fault!("movslice: window length WLEN ({length}) must be shorter than length along DIM ({n})"));
    }
    room::ensure(n, length, size_of::<f64>());
    let centres: Vec<f64> = (before + 1..=n - after).map(|i| i as f64).collect();
    let win: Vec<f64> = (-(before as i64)..=after as i64).map(|k| k as f64).collect();
    let slices: Vec<f64> = centres.iter().flat_map(|c| win.iter().map(move |w| c + w)).collect();
    let row = |v: Vec<f64>| Value::block(crate::array::Block::row(v));
    crate::builtin::args::several([
        Value::matrix(win.len(), centres.len(), slices),
        row(centres),
        row((1..=before).map(|i| i as f64).collect()),
        row((n - after + 1..=n).map(|i| i as f64).collect()),
        Value::column(win),
    ])
}

macro_rules! mov {
    ($name:literal, $f:expr, $what:literal) => {
        Builtin::new(
            $name,
            (2, usize::MAX),
            1,
            |host, args, call| moving(host, $name, args, $f, call),
            concat!(
                $name,
                " (X, WLEN), ",
                $name,
                " (X, [NB NA], DIM, ...)\n\n",
                $what,
                " of a window that moves along X.\n\n    ",
                $name,
                " (1:5, 3)\n"
            ),
        )
    };
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "accumarray",
        (2, 6),
        1,
        accumarray,
        "accumarray (SUBS, VALS), accumarray (SUBS, VALS, SZ, FUNC, FILLVAL)\n\nValues summed (or folded by FUNC) where their subscripts are equal.\n\n    accumarray ([1; 2; 1], [10; 20; 30])\n",
    ),
    Builtin::new(
        "accumdim",
        (2, 6),
        1,
        accumdim,
        "accumdim (SUBS, VALS), accumdim (SUBS, VALS, DIM, N, FUNC, FILLVAL)\n\nLayers summed where their subscripts are equal.\n\n    accumdim ([1; 2; 1], [1 2; 3 4; 5 6])\n",
    ),
    Builtin::new(
        "movfun",
        (3, usize::MAX),
        1,
        movfun,
        "movfun (FCN, X, WLEN), movfun (..., \"Endpoints\", E)\n\nA function of a window that moves along X.\n\n    movfun (@mean, 1:5, 3)\n",
    ).out_of_core(LARGE),
    Builtin::new(
        "movslice",
        (2, 2),
        5,
        movslice,
        "[SLCIDX, C, CPRE, CPOST, WIN] = movslice (N, WLEN)\n\nIndices of all windows along N elements.\n\n    movslice (4, 3)\n",
    ),
    mov!("movmean", Figure::Mean, "The mean"),
    mov!("movsum", Figure::Sum, "The sum"),
    mov!("movprod", Figure::Product, "The product"),
    mov!("movmax", Figure::Greatest, "The greatest").minds_complex(),
    mov!("movmin", Figure::Least, "The least").minds_complex(),
    mov!("movmedian", Figure::Median, "The median"),
    mov!("movstd", Figure::Deviation { population: false }, "The standard deviation"),
    mov!("movvar", Figure::Variance { population: false }, "The variance"),
    mov!("movmad", Figure::MeanDeviation, "The mean absolute deviation"),
    mov!("movrange", Figure::Range, "The range"),
];
