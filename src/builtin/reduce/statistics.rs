//! Figures that describe a sample: means, spreads, moments, quantiles, along one dimension.

use super::reductions::sum;
use crate::array::grid::CHUNK_BYTES;
use crate::array::{DType, ScalarFn, Shape};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{Lanes, numbers, one, several, split_options, usage};
use crate::builtin::lane::{self, Ties, dimension, fold, sample};
use crate::builtin::large;
use crate::builtin::numeric::{self, Elements, Wide};
use crate::builtin::ops::{self, elementwise::Who, lazy};
use crate::builtin::outofcore::lanes::too_long;
use crate::diag::Result;
use crate::fault;
use crate::ir::AxisSlice;
use crate::kernel::{Figure, LaneKind, ReduceKind};
use crate::value::{Cell, Func, Value};
use std::sync::Arc;

/// A lazy argument is reduced by the engine.
fn lazily(host: &mut dyn Host, kind: ReduceKind, x: &Value, axis: usize, call: Call) -> Result<Option<Value>> {
    match x {
        Value::Lazy(node) if axis < node.shape().rank() => Ok(Some(lazy::reduce(host, kind, x, 1 << axis, call.span)?)),
        _ => Ok(None),
    }
}

/// `mean (x, dim, opt, outtype)`.
fn mean(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    if matches!(args[0], Value::Char(..)) {
        return Err(fault!("mean: X must be a numeric vector or matrix"));
    }
    let (args, options) = split_options(args);
    let x = args.first().ok_or_else(|| usage("mean"))?;
    let axis = match args.get(1) {
        // An empty dimension is passed over, other than elsewhere.
        None => x.shape().iter().position(|&n| n > 1).unwrap_or(0),
        Some(_) => dimension("mean", args, 1)?,
    };
    let mut kind = 'a';
    let (mut native, mut double) = (false, false);
    for option in &options {
        match option.as_str() {
            "a" | "g" | "h" => kind = option.chars().next().unwrap_or('a'),
            "native" => native = true,
            "double" => double = true,
            "default" => {}
            _ => return Err(usage("mean")),
        }
    }
    if kind == 'a'
        && let Some(result) = lazily(host, ReduceKind::Mean, x, axis, call)?
    {
        return one(result);
    }
    if matches!(x, Value::Lazy(_)) && kind != 'a' {
        let figure = if kind == 'g' { Figure::GeometricMean } else { Figure::HarmonicMean };
        return one(lane::lanes(host, "mean", LaneKind::Figure(figure), x, axis, call)?);
    }
    if kind == 'a' && !x.is_empty() && matches!(x, Value::Array(block) if block.dtype() == DType::F64) {
        let (total, count) = (sum(host, x, axis, call)?, x.shape().extent(axis));
        // One number needs no kernel: `movfun (@mean, ...)` asks for millions of them.
        if let Value::Num(total) = total {
            return one(total / count as f64);
        }
        let count = Value::from(count);
        return one(lazy::elementwise(host, ScalarFn::Div, &[&total, &count], Who::Function("mean"), call.span)?);
    }
    let class = x.dtype();
    let wide = sample(host, "mean", x)?;
    let shape =
        if wide.shape == Shape::matrix(0, 0) && args.len() < 2 { Shape::matrix(0, 1) } else { wide.shape.clone() };
    let result = match (&wide.elements, kind) {
        (Elements::Complex(v), 'a') => {
            let n = shape.extent(axis) as f64;
            let out = Lanes::new(&shape, axis).map(v, 1, |lane, out: &mut [crate::array::Complex64]| {
                out[0] = lane.iter().sum::<crate::array::Complex64>() / n;
            });
            numeric::complex(shape.with_extent(axis, 1), out, wide.single)
        }
        _ => {
            let wide = Wide { shape, ..wide };
            match kind {
                'g' => fold("mean", wide, axis, |x| Figure::GeometricMean.of(x))?,
                'h' => fold("mean", wide, axis, |x| Figure::HarmonicMean.of(x))?,
                _ => fold("mean", wide, axis, lane::mean)?,
            }
        }
    };
    match class {
        Some(class) if native && class.is_integer() => one(lazy::cast(host, &result, class, call.span)?),
        Some(DType::F32) if double => one(lazy::cast(host, &result, DType::F64, call.span)?),
        _ => one(result),
    }
}

/// `median (x, dim)`.
fn median(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    if args[0].is_empty() && args[0].dtype().is_some() {
        return Err(fault!("median: X cannot be an empty matrix"));
    }
    let axis = dimension("median", args, 1)?;
    let result = lane::lanes(host, "median", LaneKind::Figure(Figure::Median), &args[0], axis, call)?;
    one(of_class(host, result, &args[0], call)?)
}

/// A result of integers is of their class.
fn of_class(host: &mut dyn Host, result: Value, x: &Value, call: Call) -> Result<Value> {
    match x.dtype().filter(|d| d.is_integer()) {
        Some(class) => lazy::cast(host, &result, class, call.span),
        None => Ok(result),
    }
}

/// `[m, f, c] = mode (x, dim)`.
fn mode(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let axis = dimension("mode", args, 1)?;
    let shape = args[0].shape();
    let out = shape.with_extent(axis, 1);
    if shape.is_empty() {
        let x = sample(host, "mode", &args[0])?;
        let nan = numeric::real(out.clone(), vec![f64::NAN; out.len()], x.single);
        return several([nan, Value::Num(0.0), Value::Cell(Arc::new(Cell::row(Vec::new())))]);
    }
    if let Some(x) = too_long(host, &args[0], axis) {
        lane::real_argument("mode", &args[0])?;
        return large::groups::mode(host, &x, axis, call);
    }
    let mut figure = |figure| lane::lanes(host, "mode", LaneKind::Figure(figure), &args[0], axis, call);
    let (m, counts) = (figure(Figure::Mode)?, figure(Figure::Repeats)?);
    let m = of_class(host, m, &args[0], call)?;
    if call.nargout < 3 {
        return several([m, counts]);
    }
    // Lane by lane, as many at a time as a chunk holds.
    let (n, rank) = (shape.extent(axis), shape.rank());
    let others: Vec<usize> = (0..rank).filter(|&a| a != axis).collect();
    let turned = lazy::permute(host, &args[0], &[&[axis.min(rank - 1)], others.as_slice()].concat(), call.span)?;
    let lanes = lazy::reshape(host, &turned, Shape::matrix(n, shape.len() / n), call.span)?;
    let most = (CHUNK_BYTES / size_of::<f64>() / n).max(1);
    let mut all = Vec::new();
    for start in (0..lanes.shape().columns()).step_by(most) {
        let len = most.min(lanes.shape().columns() - start);
        let part = lazy::layers(&lanes, 1, AxisSlice { start, step: 1, len }, call.span)?;
        let values = sample(host, "mode", &part)?.real("mode")?;
        all.extend(values.chunks(n).map(|lane| Value::column(crate::kernel::lanes::sample::modes(lane).1)));
    }
    several([m, counts, Value::Cell(Arc::new(Cell::new(out, all)))])
}

/// `var (x, w, dim)`, and `std` as its root.
fn var(host: &mut dyn Host, who: &'static str, args: &[Value], call: Call) -> Result<Values> {
    if args[0].dtype().is_none_or(|d| d == DType::Char) {
        return Err(fault!("var: X must be a numeric vector or matrix"));
    }
    let root = who == "std";
    let all = args.get(2).and_then(Value::to_text).is_some_and(|t| t.eq_ignore_ascii_case("all"));
    let flattened;
    let x = if all {
        let n = args[0].numel();
        flattened = lazy::reshape(host, &args[0], Shape::matrix(n, 1), call.span)?;
        &flattened
    } else {
        &args[0]
    };
    let axis = if all { 0 } else { dimension(who, args, 2)? };
    let weights = match args.get(1).filter(|w| !w.is_empty()) {
        None => vec![0.0],
        Some(w) => numbers(who, w)?,
    };
    if weights.iter().any(|w| *w < 0.0) {
        return Err(fault!("var: W must be 0, 1, or a vector of positive integers"));
    }
    let weighted = weights.len() > 1;
    if !weighted && weights[0] != 0.0 && weights[0] != 1.0 && x.shape().extent(axis) > 1 {
        return Err(fault!("var: W must be 0, 1, or a vector of positive integers"));
    }
    if weighted && weights.len() != x.shape().extent(axis) {
        return Err(fault!(
            "var: the length of W must be equal to the size of X in the dimension along which variance is calculated"
        ));
    }
    let population = !weighted && weights[0] == 1.0;
    let kind = if root { ReduceKind::Std { population } } else { ReduceKind::Var { population } };
    if !weighted && let Some(result) = lazily(host, kind, x, axis, call)? {
        return one(result);
    }
    let wide = Wide::new(host, x, who)?;
    if wide.shape == Shape::matrix(0, 0) {
        let shape = if args.len() > 2 { wide.shape.with_extent(axis, 1) } else { Shape::scalar() };
        let nothing = vec![f64::NAN; shape.len()];
        return one(numeric::real(shape, nothing, wide.single));
    }
    let wide = if let Elements::Complex(_) = wide.elements { distances(wide, axis) } else { wide };
    let total: f64 = weights.iter().sum();
    let one_lane = |x: &[f64]| {
        let v = if weighted {
            let mean = x.iter().zip(&weights).map(|(v, w)| v * w).sum::<f64>() / total;
            x.iter().zip(&weights).map(|(v, w)| w * (v - mean) * (v - mean)).sum::<f64>() / total
        } else {
            lane::variance(x, population)
        };
        if root { v.sqrt() } else { v }
    };
    one(fold(who, wide, axis, one_lane)?)
}

/// Complex numbers as real ones of the same spread: real and imaginary parts side by side cannot be told from one lane
/// of distances, so the lane holds plus and minus the distance from the mean in turn.
fn distances(x: Wide, axis: usize) -> Wide {
    let z = x.complex();
    let lanes = Lanes::new(&x.shape, axis);
    let n = lanes.n as f64;
    let values = lanes.map(&z, lanes.n, |lane, out: &mut [f64]| {
        let mean = lane.iter().sum::<crate::array::Complex64>() / n;
        // Two points at +d and -d would shift the count; a lane whose squares sum to the total does not.
        let total: f64 = lane.iter().map(|z| (z - mean).norm_sqr()).sum();
        out.iter_mut().for_each(|v| *v = 0.0);
        if let [first, second, ..] = out {
            let half = (total / 2.0).sqrt();
            (*first, *second) = (half, -half);
        }
    });
    Wide { elements: Elements::Real(values), ..x }
}

/// Functions of one sample to one figure, and nothing else to say.
fn figure(host: &mut dyn Host, who: &'static str, args: &[Value], figure: Figure, call: Call) -> Result<Values> {
    let axis = dimension(who, args, 1)?;
    one(lane::lanes(host, who, LaneKind::Figure(figure), &args[0], axis, call)?)
}

/// `center (x, dim)`, `ranks (x, dim)`: lanes made into lanes.
fn lanes(host: &mut dyn Host, who: &'static str, args: &[Value], kind: LaneKind, call: Call) -> Result<Values> {
    let axis = dimension(who, args, 1)?;
    one(lane::lanes(host, who, kind, &args[0], axis, call)?)
}

/// `iqr (x, dim)`, `iqr (x, "all")`: the distance of the quartiles of what is a number.
fn iqr(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let x = &args[0];
    if x.is_empty() {
        return Err(fault!("quantile: X must be a non-empty numeric vector or matrix"));
    }
    let wrong = || fault!("iqr: DIM must be a positive integer scalar, vector, or 'all'");
    let mut values = x.clone();
    let axes: Vec<usize> = match args.get(1) {
        None => vec![x.shape().first_nonsingleton()],
        Some(all) if all.to_text().is_some_and(|t| t == "all") => (0..x.shape().rank()).collect(),
        Some(dims) if matches!(dims, Value::Char(..)) || !dims.shape().is_vector() => return Err(wrong()),
        Some(dims) => numbers("iqr", dims)?
            .into_iter()
            .map(|d| {
                if d >= 1.0 && d == d.trunc() && d <= Shape::MAX_RANK as f64 {
                    Ok(d as usize - 1)
                } else {
                    Err(wrong())
                }
            })
            .collect::<Result<_>>()?,
    };
    // Several dimensions become one: the others are brought behind them.
    let mut shape = x.shape();
    let axis = if let [axis] = axes[..] {
        axis
    } else {
        let rank = shape.rank().max(axes.iter().max().map_or(0, |a| a + 1));
        let order: Vec<f64> =
            axes.iter().copied().chain((0..rank).filter(|a| !axes.contains(a))).map(|a| (a + 1) as f64).collect();
        values = host.call(&Func::Named("permute".into()), &[values, Value::row(order)], 1)?.remove(0);
        let folded: usize = axes.iter().map(|&a| shape.extent(a)).product();
        let others = shape.len() / folded.max(1);
        values = lazy::reshape(host, &values, Shape::matrix(folded, others), call.span)?;
        for &a in &axes {
            shape = shape.with_extent(a, 1);
        }
        0
    };
    let result = lane::lanes(host, "iqr", LaneKind::Figure(Figure::QuartileRange), &values, axis, call)?;
    one(if axes.len() == 1 { result } else { lazy::reshape(host, &result, shape, call.span)? })
}

/// `[z, mu, sigma] = zscore (x, opt, dim)`.
fn zscore(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let population = match args.get(1).filter(|o| !o.is_empty()).map(Value::to_f64) {
        None => false,
        Some(Some(v)) if v == 0.0 || v == 1.0 => v == 1.0,
        _ => return Err(fault!("zscore: normalization OPT must be empty, 0, or 1")),
    };
    let axis = dimension("zscore", args, 2)?;
    let mut lanes = |kind| lane::lanes(host, "zscore", kind, &args[0], axis, call);
    let mu = lanes(LaneKind::Figure(Figure::Mean))?;
    let sigma = lanes(LaneKind::Figure(Figure::Deviation { population }))?;
    several([lanes(LaneKind::Standardise { population })?, mu, sigma])
}

/// `skewness (x, flag, dim)` and `kurtosis`: standardised moments, corrected for bias if `flag` is 0.
fn shape_moment(host: &mut dyn Host, who: &'static str, order: u8, args: &[Value], call: Call) -> Result<Values> {
    let biased = match args.get(1).filter(|o| !o.is_empty()).map(Value::to_f64) {
        None => true,
        Some(Some(v)) if v == 0.0 || v == 1.0 => v == 1.0,
        _ => return Err(fault!("{who}: FLAG must be 0 or 1")),
    };
    let axis = dimension(who, args, 2)?;
    let kind = LaneKind::Figure(Figure::Standardised { order, biased });
    one(lane::lanes(host, who, kind, &args[0], axis, call)?)
}

/// `moment (x, p, type, dim)`.
fn moment(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    if args[0].is_empty() || args[0].dtype().is_none_or(|d| matches!(d, DType::Char | DType::Bool)) {
        return Err(fault!("moment: X must be a non-empty numeric matrix or vector"));
    }
    let Some(p) = args[1].to_f64().filter(|_| args[1].is_scalar() && !matches!(args[1], Value::Char(..))) else {
        return Err(fault!("moment: P must be a numeric scalar"));
    };
    let mut kind = String::new();
    let mut axis = args[0].shape().first_nonsingleton();
    if args.len() > 3 && !matches!(args[2], Value::Char(..)) {
        return Err(fault!("moment: TYPE must be a string"));
    }
    for option in &args[2..] {
        match option.to_text().filter(|_| matches!(option, Value::Char(..))) {
            Some(word) => kind = word,
            None => axis = dimension("moment", &[args[0].clone(), option.clone()], 1)?,
        }
    }
    let (central, absolute) = (!kind.contains('r'), kind.contains('a'));
    let kind = LaneKind::Figure(Figure::Moment { power: p.to_bits(), central, absolute });
    one(lane::lanes(host, "moment", kind, &args[0], axis, call)?)
}

/// `quantile (x, p, dim, method)` and `prctile`.
fn quantile(host: &mut dyn Host, who: &'static str, args: &[Value], call: Call) -> Result<Values> {
    if args[0].dtype().is_none_or(|d| d == DType::Char) || args[0].is_empty() {
        return Err(fault!("{who}: X must be a non-empty numeric vector or matrix"));
    }
    if args.get(1).is_some_and(|p| {
        p.dtype().is_none_or(|d| matches!(d, DType::Char | DType::Bool)) || !p.is_empty() && !p.shape().is_vector()
    }) {
        return Err(fault!("{who}: P must be a numeric vector"));
    }
    let percent = who == "prctile";
    let p: Vec<f64> = match args.get(1).filter(|p| !p.is_empty()) {
        None => vec![0.0, 0.25, 0.5, 0.75, 1.0],
        Some(p) => numbers(who, p)?.into_iter().map(|v| if percent { v / 100.0 } else { v }).collect(),
    };
    let method = match args.get(3) {
        None => 5,
        Some(m) => crate::builtin::args::whole(who, "METHOD", m, 1)? as u32,
    };
    if !(1..=9).contains(&method) {
        return Err(fault!("{who}: Unknown METHOD, '{method}'"));
    }
    let axis = dimension(who, args, 2)?;
    let shape = args[0].shape();
    let lone = shape.is_vector() && shape.extent(axis) == shape.len();
    let shares = Arc::new(p.into_iter().map(f64::to_bits).collect());
    let result = lane::lanes(host, who, LaneKind::Quantile { shares, method: method as u8 }, &args[0], axis, call)?;
    // The quantiles of a vector lie as P does.
    let turn = lone
        && args
            .get(1)
            .is_some_and(|p| !p.is_scalar() && !p.is_empty() && p.shape().is_row() != result.shape().is_row());
    one(if turn { ops::transpose(host, &result, false, call.span)? } else { result })
}

/// `mad (x, opt, dim)`: mean (0) or median (1) absolute deviation.
fn mad(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let middle = args.get(1).filter(|o| !o.is_empty()).and_then(Value::to_f64).is_some_and(|v| v != 0.0);
    let axis = dimension("mad", args, 2)?;
    let figure = if middle { Figure::MedianDeviation } else { Figure::MeanDeviation };
    one(lane::lanes(host, "mad", LaneKind::Figure(figure), &args[0], axis, call)?)
}

/// `ranks (x, dim, ties)`.
fn ranks(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let ties = match args.get(2) {
        None => Ties::Fractional,
        Some(kind) => lane::ties(kind)?,
    };
    lanes(host, "ranks", args, LaneKind::Ranks(ties), call)
}

/// `statistics (x, dim)`: nine figures.
fn statistics(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let axis = dimension("statistics", args, 1)?;
    if args[0].dtype().is_some() && args[0].shape().extent(axis) < 2 {
        return Err(fault!("statistics: dimension of X is too small (<2)"));
    }
    one(lane::lanes(host, "statistics", LaneKind::Statistics, &args[0], axis, call)?)
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "mean",
        (1, 4),
        1,
        mean,
        "mean (X), mean (X, DIM), mean (..., \"a\" | \"g\" | \"h\"), mean (..., \"native\")\n\nThe arithmetic (geometric, harmonic) mean along a dimension.\n\n    mean ([1 2; 3 4])\n",
    ),
    Builtin::new(
        "median",
        (1, 2),
        1,
        median,
        "median (X), median (X, DIM)\n\nThe middle element in order; NaN if there is one among them.\n\n    median ([1 3 2])\n",
    ).minds_complex(),
    Builtin::new(
        "mode",
        (1, 2),
        3,
        mode,
        "[M, F, C] = mode (X), mode (X, DIM)\n\nThe most frequent element, how often it occurs, and all that occur so often.\n\n    mode ([1 2 2 3])\n",
    ).minds_complex(),
    Builtin::new(
        "var",
        (1, 3),
        1,
        |h, a, c| var(h, "var", a, c),
        "var (X), var (X, W), var (X, W, DIM), var (X, W, \"all\")\n\nVariance: divided by n-1 (W = 0) or n (W = 1), or weighted.\n\n    var ([1 2 3])\n",
    ),
    Builtin::new(
        "std",
        (1, 3),
        1,
        |h, a, c| var(h, "std", a, c),
        "std (X), std (X, W), std (X, W, DIM), std (X, W, \"all\")\n\nStandard deviation, the root of the variance.\n\n    std ([1 2 3])\n",
    ),
    Builtin::new(
        "meansq",
        (1, 2),
        1,
        |h, a, c| figure(h, "meansq", a, Figure::MeanSquare, c),
        "meansq (X), meansq (X, DIM)\n\nThe mean of the squares.\n\n    meansq ([1 2])\n",
    ),
    Builtin::new(
        "range",
        (1, 2),
        1,
        |h, a, c| figure(h, "range", a, Figure::Range, c),
        "range (X), range (X, DIM)\n\nThe greatest less the least element.\n\n    range ([1 5 3])\n",
    ),
    Builtin::new(
        "iqr",
        (1, 2),
        1,
        iqr,
        "`iqr (X)`, `iqr (X, DIM)`, `iqr (X, \"all\")`\n\nThe distance of the quartiles.\n\n    iqr ([1 2 3 4])\n",
    ),
    Builtin::new(
        "center",
        (1, 2),
        1,
        |h, a, c| lanes(h, "center", a, LaneKind::Center, c),
        "center (X), center (X, DIM)\n\nX less its mean.\n\n    center ([1 2 3])\n",
    ),
    Builtin::new(
        "zscore",
        (1, 3),
        3,
        zscore,
        "[Z, MU, SIGMA] = zscore (X, OPT, DIM)\n\nX less its mean, divided by its standard deviation.\n\n    zscore ([1 2 3])\n",
    ),
    Builtin::new(
        "skewness",
        (1, 3),
        1,
        |h, a, c| shape_moment(h, "skewness", 3, a, c),
        "skewness (X), skewness (X, FLAG, DIM)\n\nThe third standardised moment; FLAG = 0 corrects its bias.\n\n    skewness ([1 2 3 10])\n",
    ),
    Builtin::new(
        "kurtosis",
        (1, 3),
        1,
        |h, a, c| shape_moment(h, "kurtosis", 4, a, c),
        "kurtosis (X), kurtosis (X, FLAG, DIM)\n\nThe fourth standardised moment; FLAG = 0 corrects its bias.\n\n    kurtosis ([1 2 3 10])\n",
    ),
    Builtin::new(
        "moment",
        (2, 4),
        1,
        moment,
        "moment (X, P), moment (X, P, TYPE, DIM)\n\nThe P-th moment; TYPE \"c\" central, \"a\" absolute, \"ac\" both.\n\n    moment ([1 2 3], 2, \"c\")\n",
    ),
    Builtin::new(
        "quantile",
        (1, 4),
        1,
        |h, a, c| quantile(h, "quantile", a, c),
        "quantile (X, P), quantile (X, P, DIM, METHOD)\n\nThe elements below which a share P of the sample lies.\n\n    quantile ([1 2 3 4 5], 0.5)\n",
    ),
    Builtin::new(
        "prctile",
        (1, 3),
        1,
        |h, a, c| quantile(h, "prctile", a, c),
        "prctile (X, P), prctile (X, P, DIM)\n\nQuantiles by percent.\n\n    prctile ([1 2 3 4 5], 50)\n",
    ),
    Builtin::new(
        "mad",
        (1, 3),
        1,
        mad,
        "mad (X), mad (X, OPT, DIM)\n\nMean (OPT 0) or median (OPT 1) distance from the mean or median.\n\n    mad ([1 2 3 10])\n",
    ),
    Builtin::new(
        "ranks",
        (1, 3),
        1,
        ranks,
        "`ranks (X)`, `ranks (X, DIM)`, `ranks (X, DIM, TIES)`\n\nPlaces in ascending order. Equal elements share the mean place (TIES is \"fractional\" or 0), the least\n(\"competition\", 1) or the greatest of theirs (\"modified\", 2), keep their order (\"ordinal\", 3), or count as one\n(\"dense\", 4).\n\n    ranks ([3 1 2])\n",
    ),
    Builtin::new(
        "statistics",
        (1, 2),
        1,
        statistics,
        "statistics (X), statistics (X, DIM)\n\nMinimum, quartiles, maximum, mean, standard deviation, skewness and kurtosis.\n\n    statistics ([1 2 3 4 5]')\n",
    ),
    Builtin::new(
        "rescale",
        (1, 7),
        1,
        super::rescale::rescale,
        "`rescale (X)`, `rescale (X, L, U)`, `rescale (..., \"inputmin\", MIN, \"inputmax\", MAX)`\n\nX moved and scaled to the interval from L (0) to U (1).\n\n    rescale ([1 2 3])\n",
    ),
];
