//! Samples against each other and sorted into bins: covariance, correlation, histograms, runs.

use crate::array::{DType, ScalarFn, Shape, room};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{numbers, one, several, usage};
use crate::builtin::lane::{self, dimension, sample};
use crate::builtin::library::large::SOURCE as LARGE;
use crate::builtin::math::Mat;
use crate::builtin::numeric::{self, IntoValue, Wide};
use crate::builtin::ops::{elementwise::Who, lazy};
use crate::builtin::outofcore::columns;
use crate::diag::{Result, interrupt};
use crate::fault;
use crate::kernel::lanes::table::{Steps, above};
use crate::kernel::{LaneKind, ReduceKind};
use crate::value::{Func, Value};
use std::sync::Arc;

/// A numeric or logical argument of real elements, as it is.
fn real_sample<'a>(who: &str, x: &'a Value) -> Result<&'a Value> {
    if x.dtype().is_none_or(|d| d == DType::Char) {
        return Err(fault!("{who}: X must be a numeric vector or matrix"));
    }
    lane::real_argument(who, x)?;
    Ok(x)
}

/// The columns of a sample: rows are observations; a row vector counts as one column.
fn observations(host: &mut dyn Host, who: &str, x: &Value) -> Result<(Mat<f64>, bool)> {
    if x.dtype().is_none_or(|d| d == DType::Char) || x.shape().rank() > 2 {
        return Err(fault!("{who}: X and Y must be numeric matrices or vectors"));
    }
    let wide = Wide::new(host, x, who)?;
    let single = wide.single;
    let (m, n) = wide.extents();
    let values = wide.real(who)?;
    Ok((if m == 1 { Mat::new(n, 1, values) } else { Mat::new(m, n, values) }, single))
}

fn centred(x: &Mat<f64>) -> Mat<f64> {
    let mut out = x.clone();
    for j in 0..out.cols {
        let m = lane::mean(out.col(j));
        out.col_mut(j).iter_mut().for_each(|v| *v -= m);
    }
    out
}

/// Covariances of the columns of two samples, divided by `n - 1` or by `n`.
fn covariance(x: &Mat<f64>, y: &Mat<f64>, population: bool) -> Mat<f64> {
    let n = x.rows as f64;
    let divisor = if population || x.rows == 1 { n } else { n - 1.0 };
    centred(x).transpose().times(&centred(y)).map(|v| v / divisor)
}

/// `cov (x, y, opt)`.
fn cov(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (mut population, mut second) = (false, None);
    let option = |v: &Value| -> Result<bool> {
        match v.to_f64() {
            Some(o) if v.is_scalar() && (o == 0.0 || o == 1.0) => Ok(o == 1.0),
            _ => Err(fault!("cov: normalization OPT must be 0 or 1")),
        }
    };
    match &args[1..] {
        [] => {}
        [o] if o.is_scalar() => population = option(o)?,
        [y] => second = Some(y),
        [y, o] => {
            second = Some(y).filter(|y| !y.is_empty());
            population = option(o)?;
        }
        _ => return Err(usage("cov")),
    }
    if columns::any_lazy(&[Some(&args[0]), second]) {
        return one(columns::covariance(host, "cov", &args[0], second, population, call.span)?);
    }
    let (x, single) = observations(host, "cov", &args[0])?;
    let Some(y) = second else {
        if x.rows == 0 {
            return one(Value::empty());
        }
        return one(covariance(&x, &x, population).into_value(single));
    };
    let (y, other) = observations(host, "cov", y)?;
    if x.rows != y.rows {
        return Err(fault!("cov: X and Y must have the same number of observations"));
    }
    one(covariance(&x, &y, population).into_value(single || other))
}

fn correlation(x: &Mat<f64>, y: &Mat<f64>) -> Mat<f64> {
    let c = covariance(x, y, false);
    let deviation = |m: &Mat<f64>| (0..m.cols).map(|j| lane::variance(m.col(j), false).sqrt()).collect::<Vec<f64>>();
    let (s, t) = (deviation(x), deviation(y));
    Mat::from_fn(c.rows, c.cols, |i, j| c[(i, j)] / (s[i] * t[j]))
}

/// `corr (x, y)`.
fn corr(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    if args[0].is_scalar() && args.get(1).is_none_or(Value::is_scalar) {
        let single = args.iter().any(|x| x.dtype().is_some_and(DType::is_single));
        return one(numeric::real(Shape::scalar(), vec![1.0], single));
    }
    if columns::any_lazy(&[Some(&args[0]), args.get(1)]) {
        return one(columns::correlation(host, "corr", &args[0], args.get(1), call.span)?);
    }
    let (x, single) = observations(host, "corr", &args[0])?;
    let (y, other) = match args.get(1) {
        Some(y) => observations(host, "corr", y)?,
        None => (x.clone(), single),
    };
    if x.rows != y.rows {
        return Err(fault!("cov: X and Y must have the same number of observations"));
    }
    one(correlation(&x, &y).into_value(single || other))
}

/// `corrcoef (x, y)`: the matrix of correlations of all columns.
fn corrcoef(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    if args[0].is_empty() {
        return one(f64::NAN);
    }
    if args[0].dtype().is_none_or(|d| d == DType::Char) {
        return Err(fault!("corrcoef: X must be numeric"));
    }
    let second = args.get(1).filter(|y| !matches!(y, Value::Char(..)));
    if second.is_none() && args[0].is_scalar() {
        return one(f64::NAN);
    }
    if columns::any_lazy(&[Some(&args[0]), second]) && second.is_none_or(|y| y.numel() == args[0].numel()) {
        return one(columns::coefficients(host, &args[0], second, call.span)?);
    }
    let (x, single) = observations(host, "corrcoef", &args[0])?;
    let x = match args.get(1).filter(|y| !matches!(y, Value::Char(..))) {
        None => x,
        Some(y) => {
            if y.numel() != args[0].numel() {
                return Err(fault!("corrcoef: X and Y must be the same size"));
            }
            let wide = Wide::new(host, y, "corrcoef")?;
            let mut both = x.a.clone();
            both.extend(wide.re());
            Mat::new(x.a.len(), 2, both)
        }
    };
    if x.rows == 1 && x.cols == 1 {
        return one(f64::NAN);
    }
    let mut r = correlation(&x, &x);
    (0..r.cols).for_each(|i| r[(i, i)] = 1.0);
    one(r.into_value(single))
}

fn ranked(x: &Mat<f64>) -> Mat<f64> {
    let mut out = x.clone();
    for j in 0..x.cols {
        out.col_mut(j).copy_from_slice(&lane::ranks(x.col(j), lane::Ties::Fractional));
    }
    out
}

/// `spearman (x, y)`: correlation of ranks.
fn spearman(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (x, single) = observations(host, "spearman", &args[0])?;
    let (y, other) = match args.get(1) {
        Some(y) => observations(host, "spearman", y)?,
        None => (x.clone(), single),
    };
    if x.rows != y.rows {
        return Err(fault!("spearman: X and Y must have the same number of observations"));
    }
    one(correlation(&ranked(&x), &ranked(&y)).into_value(single || other))
}

/// `kendall (x, y)`: the share of pairs in the same order less that in the opposite one.
fn kendall(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (x, single) = observations(host, "kendall", &args[0])?;
    let (y, other) = match args.get(1) {
        Some(y) => observations(host, "kendall", y)?,
        None => (x.clone(), single),
    };
    if x.rows != y.rows {
        return Err(fault!("kendall: X and Y must have the same number of observations"));
    }
    let sign = |a: f64, b: f64| i64::from(a > b) - i64::from(a < b);
    // Over all pairs of observations, whether two variables order them alike.
    let alike = |u: &[f64], v: &[f64]| -> f64 {
        let with = |(a, b): (&f64, &f64)| -> i64 {
            interrupt::poll();
            u.iter().zip(v).map(|(c, d)| sign(*a, *c) * sign(*b, *d)).sum()
        };
        u.iter().zip(v).map(with).sum::<i64>() as f64
    };
    let own = |m: &Mat<f64>| (0..m.cols).map(|j| alike(m.col(j), m.col(j))).collect::<Vec<_>>();
    let (p, q) = (own(&x), own(&y));
    let tau = Mat::from_fn(x.cols, y.cols, |i, j| alike(x.col(i), y.col(j)) / (p[i] * q[j]).sqrt());
    one(tau.into_value(single || other))
}

/// How many of the whole numbers in every lane are 1, 2, ... up to a number of bins.
fn tallied(host: &mut dyn Host, numbers: &Value, axis: usize, bins: usize, call: Call) -> Result<Value> {
    lane::each(host, LaneKind::Tally { bins }, numbers, axis, call.span)
}

/// `[n, idx] = histc (x, edges, dim)`: counts between edges; the last bin holds what equals the last edge.
fn histc(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let x = real_sample("histc", &args[0])?;
    let edges = lazy::gathered(host, &args[1], "histc")?;
    let mut edges = numbers("histc", &edges)?;
    let Some(&last) = edges.last() else { return Err(fault!("histc: EDGES must not be empty")) };
    let axis = dimension("histc", args, 2)?;
    let bins = edges.len();
    edges.push(above(last));
    let bin = (0..=bins + 1).map(|k| if k <= bins { k as f64 } else { 0.0 });
    let steps = LaneKind::Steps(Arc::new(Steps::new(&edges, bin, false)));
    let places = lazy::by_table(host, steps, x, call.span)?;
    let counts = tallied(host, &places, axis, bins, call)?;
    if call.nargout < 2 {
        return one(counts);
    }
    several([counts, places])
}

/// The least and greatest finite elements.
fn finite_range(host: &mut dyn Host, x: &Value, call: Call) -> Result<(f64, f64)> {
    let wide = lazy::cast(host, x, DType::F64, call.span)?;
    let finite = lazy::elementwise(host, ScalarFn::IsFinite, &[&wide], Who::Function("isfinite"), call.span)?;
    let nan = Value::Num(f64::NAN);
    let kept = lazy::elementwise(host, ScalarFn::Select, &[&finite, &wide, &nan], Who::Function("merge"), call.span)?;
    let axes = (1u32 << x.shape().rank()) - 1;
    let least = lazy::reduce(host, ReduceKind::Min, &kept, axes, call.span)?;
    let most = lazy::reduce(host, ReduceKind::Max, &kept, axes, call.span)?;
    let both = host.call(&Func::Named("gather".into()), &[least, most], 2)?;
    let number = |k: usize| both.get(k).and_then(Value::to_f64).filter(|v| !v.is_nan());
    Ok((number(0).unwrap_or(f64::INFINITY), number(1).unwrap_or(f64::NEG_INFINITY)))
}

/// `[nn, xx] = hist (y, bins, norm)`.
fn hist(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    if call.nargout == 0 {
        return Err(
            fault!("hist: pictures are not supported").hint("[nn, xx] = hist (...) gives the counts and centres")
        );
    }
    let y = real_sample("hist", &args[0])?;
    let shape = y.shape();
    let row = shape.is_row();
    let n = if row { 1 } else { shape.len() / shape.rows().max(1) };
    let centres: Vec<f64> = match args.get(1) {
        Some(b) if !b.shape().is_vector() || b.is_empty() => {
            return Err(fault!("hist: bin specification must be a scalar or vector"));
        }
        Some(b) if !b.is_scalar() => {
            let list = lazy::gathered(host, b, "hist")?;
            lane::sorted(&numbers("hist", &list)?)
        }
        other => {
            let count = match other {
                None => 10.0,
                Some(b) => crate::builtin::args::scalar("hist", "number of bins NBINS", b)?,
            };
            if count.is_nan() || count < 1.0 {
                return Err(fault!("hist: number of bins NBINS must be positive"));
            }
            room::check(&Shape::matrix(n.max(1), count as usize), size_of::<f64>())?;
            let (least, most) = finite_range(host, y, call)?;
            let (least, most) = if least == most { (least - 0.5, most + 0.5) } else { (least, most) };
            let step = (most - least) / count / 2.0;
            (0..count as usize).map(|k| least + step * (2 * k + 1) as f64).collect()
        }
    };
    let bins = centres.len();
    // An element on a cut belongs to the bin below it; NaN to none.
    let mut cuts: Vec<f64> = centres.windows(2).map(|w| above((w[0] + w[1]) / 2.0)).collect();
    cuts.push(f64::NAN);
    let bin = (1..=bins).map(|k| k as f64).chain([0.0]);
    let steps = LaneKind::Steps(Arc::new(Steps::new(&cuts, bin, false)));
    let places = lazy::by_table(host, steps, y, call.span)?;
    let lanes = Shape::matrix(shape.len() / n.max(1), n);
    let places = lazy::reshape(host, &places, lanes, call.span)?;
    let lies = if shape.is_vector() { Shape::matrix(1, bins) } else { Shape::matrix(bins, n) };
    // Of nothing there is nothing in any bin.
    let mut counts = match shape.is_empty() {
        true => numeric::real(lies.clone(), vec![0.0; lies.len()], false),
        false => tallied(host, &places, 0, bins, call)?,
    };
    if let Some(norm) = args.get(2) {
        let norm = numbers("hist", norm)?;
        if norm.len() != 1 && norm.len() != n {
            return Err(fault!("hist: NORM must be scalar or vector of length 'columns (Y)'"));
        }
        let dense = lazy::gathered(host, &counts, "hist")?;
        let mut scaled = numbers("hist", &dense)?;
        for (j, column) in scaled.chunks_mut(bins).enumerate() {
            let total: f64 = column.iter().sum();
            let to = norm[if norm.len() == 1 { 0 } else { j }];
            column.iter_mut().for_each(|c| *c = *c / total * to);
        }
        counts = numeric::real(Shape::matrix(bins, n), scaled, false);
    }
    let shape_of_centres = if shape.is_vector() { Shape::matrix(1, bins) } else { Shape::matrix(bins, 1) };
    several([lazy::reshape(host, &counts, lies, call.span)?, numeric::real(shape_of_centres, centres, false)])
}

/// `[count, value] = runlength (x)`.
fn runlength(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if !args[0].shape().is_vector() {
        return Err(fault!("runlength: X must be a numeric vector"));
    }
    let x = numbers("runlength", &args[0])?;
    let (mut counts, mut values): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
    for v in x {
        match (values.last(), counts.last_mut()) {
            (Some(last), Some(count)) if *last == v => *count += 1.0,
            _ => {
                counts.push(1.0);
                values.push(v);
            }
        }
    }
    several([Value::row(counts), Value::row(values)])
}

/// `run_count (x, n, dim)`: how many ascending runs of each length there are, those of n and more together.
fn run_count(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let x = sample(host, "run_count", &args[0])?;
    let n = crate::builtin::args::whole("run_count", "N", &args[1], 1)? as usize;
    let axis = dimension("run_count", args, 2)?;
    room::check(&x.shape.with_extent(axis, n), size_of::<f64>())?;
    one(lane::apply("run_count", x, axis, n, |lane, out| {
        out.iter_mut().for_each(|c| *c = 0.0);
        let mut run = 0usize;
        for (i, v) in lane.iter().enumerate() {
            run += 1;
            if lane.get(i + 1).is_none_or(|next| next < v) {
                out[run.min(n) - 1] += 1.0;
                run = 0;
            }
        }
    })?)
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "cov",
        (1, 3),
        1,
        cov,
        "cov (X), cov (X, Y), cov (..., OPT)\n\nCovariances of columns, divided by n-1 (OPT 0) or n.\n\n    cov ([1 2; 3 4; 5 7])\n",
    ),
    Builtin::new(
        "corr",
        (1, 2),
        1,
        corr,
        "corr (X), corr (X, Y)\n\nCorrelations of columns.\n\n    corr ([1 2 3]', [1 2 4]')\n",
    ),
    Builtin::new(
        "corrcoef",
        (1, 2),
        1,
        corrcoef,
        "corrcoef (X), corrcoef (X, Y)\n\nThe matrix of correlations of all columns.\n\n    corrcoef ([1 2 3], [1 2 4])\n",
    ),
    Builtin::new(
        "spearman",
        (1, 2),
        1,
        spearman,
        "spearman (X, Y)\n\nCorrelation of ranks.\n\n    spearman ([1 2 3]', [1 3 2]')\n",
    ).out_of_core(LARGE),
    Builtin::new(
        "kendall",
        (1, 2),
        1,
        kendall,
        "kendall (X, Y)\n\nKendall's rank correlation.\n\n    kendall ([1 2 3]', [1 3 2]')\n",
    ),
    Builtin::new(
        "histc",
        (2, 3),
        2,
        histc,
        "[N, IDX] = histc (X, EDGES), histc (X, EDGES, DIM)\n\nHow many elements lie between edges.\n\n    histc ([1 2 2 3 5], 1:5)\n",
    ),
    Builtin::new(
        "hist",
        (1, 3),
        2,
        hist,
        "[NN, XX] = hist (Y), hist (Y, NBINS), hist (Y, CENTERS, NORM)\n\nCounts in bins of equal width, and their centres.\n\n    nn = hist ([1 2 2 3 5], 3)\n",
    ),
    Builtin::new(
        "runlength",
        (1, 1),
        2,
        runlength,
        "[COUNT, VALUE] = runlength (X)\n\nLengths of runs of equal elements.\n\n    runlength ([2 2 0 4 4 4])\n",
    ).out_of_core(LARGE),
    Builtin::new(
        "run_count",
        (2, 3),
        1,
        run_count,
        "run_count (X, N), run_count (X, N, DIM)\n\nHow many runs of nonzero elements have length 1, 2, ..., N or more.\n\n    run_count ([1 1 0 1], 2)\n",
    ).out_of_core(LARGE),
];
