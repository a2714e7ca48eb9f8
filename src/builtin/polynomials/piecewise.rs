//! Piecewise polynomials as values: made of breaks and coefficients, taken apart, evaluated, differentiated and
//! integrated. A polynomial may have values of any size; its coefficients then stand with the components of one
//! interval in neighbouring rows.

use super::interpolation::{Method, curves, piece};
use crate::array::{Complex64, Shape};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{numbers, one};
use crate::builtin::numeric::{self, Wide};
use crate::diag::Result;
use crate::fault;
use crate::value::{Struct, Value};
use std::sync::Arc;

/// A piecewise polynomial in the distance from the left end of each interval.
pub struct Piecewise {
    pub breaks: Vec<f64>,
    /// `width * pieces` rows, `order` columns, the highest power first; column-major.
    pub coefs: Vec<Complex64>,
    pub order: usize,
    /// The size of one value.
    pub dims: Vec<usize>,
}

impl Piecewise {
    fn pieces(&self) -> usize {
        self.breaks.len() - 1
    }

    /// How many numbers one value has.
    fn width(&self) -> usize {
        self.dims.iter().product()
    }

    fn rows(&self) -> usize {
        self.width() * self.pieces()
    }

    /// The argument of a function.
    fn new(host: &mut dyn Host, who: &str, pp: &Value) -> Result<Piecewise> {
        let complaint = || fault!("{who}: first argument must be a pp-form structure");
        let Value::Struct(s) = pp else { return Err(complaint()) };
        let field = |name: &str| s.get(name).cloned().ok_or_else(complaint);
        if field("form")?.to_text().is_none_or(|form| form != "pp") {
            return Err(complaint());
        }
        let breaks = Wide::new(host, &field("breaks")?, who)?.real(who)?;
        let coefs = Wide::new(host, &field("coefs")?, who)?;
        let dims: Vec<usize> = numbers(who, &field("dim")?)?.into_iter().map(|d| d as usize).collect();
        let (rows, order) = coefs.extents();
        let pp = Piecewise { breaks, coefs: coefs.complex(), order, dims };
        if pp.breaks.len() < 2 || rows != pp.rows() {
            return Err(complaint());
        }
        Ok(pp)
    }

    pub fn into_value(self) -> Value {
        let mut pp = Struct::scalar();
        pp.set("form", Value::text("pp"));
        let (rows, pieces) = (self.rows(), self.pieces());
        pp.set("breaks", Value::row(self.breaks));
        pp.set("coefs", numeric::complex(Shape::matrix(rows, self.order), self.coefs, false));
        pp.set("pieces", Value::from(pieces));
        pp.set("order", Value::from(self.order));
        pp.set("dim", Value::row(self.dims.iter().map(|&d| d as f64).collect()));
        Value::Struct(Arc::new(pp))
    }

    /// The components of the value at a point.
    fn at(&self, x: f64, out: &mut Vec<Complex64>) {
        if x.is_nan() {
            out.extend(std::iter::repeat_n(Complex64::from(f64::NAN), self.width()));
            return;
        }
        let k = piece(&self.breaks, x);
        let (rows, distance) = (self.rows(), x - self.breaks[k]);
        for row in k * self.width()..(k + 1) * self.width() {
            out.push((0..self.order).fold(Complex64::ZERO, |y, c| y * distance + self.coefs[c * rows + row]));
        }
    }

    /// The values at an array of points: a value of one number takes the shape of the points, others stand before it.
    fn over(&self, points: Wide, who: &str) -> Result<Value> {
        let (shape, single) = (points.shape.clone(), points.single);
        let mut out = Vec::with_capacity(shape.len() * self.width());
        for x in points.real(who)? {
            self.at(x, &mut out);
        }
        let shape = if self.width() == 1 && self.dims.len() == 1 {
            shape
        } else {
            let places: Vec<usize> = if shape.is_vector() { vec![shape.len()] } else { shape.to_vec() };
            Shape::new(&[self.dims.clone(), places].concat())
        };
        Ok(numeric::complex(shape, out, single))
    }
}

/// `mkpp (breaks, coefs, d)`.
fn mkpp(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let breaks = Wide::new(host, &args[0], "mkpp")?.real("mkpp")?;
    if breaks.len() < 2 {
        return Err(fault!("mkpp: at least one interval is needed"));
    }
    let dims: Vec<usize> = match args.get(2) {
        None => vec![1],
        Some(d) => numbers("mkpp", d)?.into_iter().map(|d| d.max(0.0) as usize).collect(),
    };
    let coefs = Wide::new(host, &args[1], "mkpp")?;
    let rows = dims.iter().fold(breaks.len() - 1, |rows, &d| rows.saturating_mul(d));
    let order = coefs.len().checked_div(rows).unwrap_or(0);
    if order * rows != coefs.len() || order == 0 {
        return Err(fault!("mkpp: expected COEFS to have {rows} rows"));
    }
    one(Piecewise { breaks, coefs: coefs.complex(), order, dims }.into_value())
}

/// `[x, p, n, k, d] = unmkpp (pp)`.
fn unmkpp(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    Piecewise::new(host, "unmkpp", &args[0])?;
    let Value::Struct(pp) = &args[0] else { return Ok(Values::new()) };
    let names = ["breaks", "coefs", "pieces", "order", "dim"];
    Ok(names.iter().take(call.nargout.max(1)).filter_map(|name| pp.get(name).cloned()).collect())
}

/// `ppval (pp, x)`.
fn ppval(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let pp = Piecewise::new(host, "ppval", &args[0])?;
    let points = Wide::new(host, &args[1], "ppval")?;
    one(pp.over(points, "ppval")?)
}

/// `ppder (pp, m)`: the m-th derivative.
fn ppder(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let pp = Piecewise::new(host, "ppder", &args[0])?;
    let times = match args.get(1) {
        None => 1,
        Some(m) => crate::builtin::args::whole("ppder", "M", m, 1)? as usize,
    };
    if times >= pp.order {
        let ends = vec![pp.breaks[0], pp.breaks[pp.breaks.len() - 1]];
        let coefs = vec![Complex64::ZERO; pp.width()];
        return one(Piecewise { breaks: ends, coefs, order: 1, dims: pp.dims }.into_value());
    }
    let (rows, order) = (pp.rows(), pp.order - times);
    let mut coefs = pp.coefs[..order * rows].to_vec();
    for (c, column) in coefs.chunks_mut(rows).enumerate() {
        let power = pp.order - 1 - c;
        let factor: f64 = (0..times).map(|k| (power - k) as f64).product();
        column.iter_mut().for_each(|x| *x *= factor);
    }
    one(Piecewise { coefs, order, ..pp }.into_value())
}

/// `ppint (pp, c)`: the integral that is `c` (0) at the first break.
fn ppint(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let pp = Piecewise::new(host, "ppint", &args[0])?;
    let (rows, width) = (pp.rows(), pp.width());
    let mut coefs = pp.coefs.clone();
    for (c, column) in coefs.chunks_mut(rows).enumerate() {
        column.iter_mut().for_each(|x| *x /= (pp.order - c) as f64);
    }
    let mut constants = vec![Complex64::ZERO; rows];
    if let Some(start) = args.get(1) {
        let start = Wide::new(host, start, "ppint")?.complex();
        if start.len() != width && start.len() != 1 {
            return Err(fault!("ppint: C must have one element for each component of PP"));
        }
        (0..width).for_each(|i| constants[i] = start[i % start.len()]);
    }
    for k in 1..pp.pieces() {
        let step = pp.breaks[k] - pp.breaks[k - 1];
        for i in 0..width {
            let before = (k - 1) * width + i;
            let gained = (0..pp.order).fold(Complex64::ZERO, |y, c| (y + coefs[c * rows + before]) * step);
            constants[k * width + i] = constants[before] + gained;
        }
    }
    coefs.extend(constants);
    one(Piecewise { coefs, order: pp.order + 1, ..pp }.into_value())
}

/// `ppjumps (pp)`: how much the polynomial and its derivatives jump at the inner breaks.
fn ppjumps(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let pp = Piecewise::new(host, "ppjumps", &args[0])?;
    let (rows, width, inner) = (pp.rows(), pp.width(), pp.pieces() - 1);
    // Value and derivatives of a row at a distance from its left end, by repeated Horner steps.
    let derivatives = |row: usize, distance: f64| -> Vec<Complex64> {
        let mut c: Vec<Complex64> = (0..pp.order).map(|k| pp.coefs[k * rows + row]).collect();
        let mut out = Vec::with_capacity(pp.order);
        let mut factorial = 1.0;
        for k in 0..pp.order {
            for i in 1..pp.order - k {
                let left = c[i - 1];
                c[i] += left * distance;
            }
            if k > 0 {
                factorial *= k as f64;
            }
            out.push(c[pp.order - 1 - k] * factorial);
        }
        out
    };
    let mut jumps = vec![Complex64::ZERO; width * pp.order * inner];
    for k in 0..inner {
        let step = pp.breaks[k + 1] - pp.breaks[k];
        for i in 0..width {
            let left = derivatives(k * width + i, step);
            let right = derivatives((k + 1) * width + i, 0.0);
            for (o, (l, r)) in left.into_iter().zip(right).enumerate() {
                jumps[(k * pp.order + o) * width + i] = r - l;
            }
        }
    }
    let mut dims = if width == 1 { Vec::new() } else { pp.dims.clone() };
    dims.extend([pp.order, inner]);
    one(numeric::complex(Shape::new(&dims), jumps, false))
}

/// `spline` and `pchip`: the piecewise cubic through points, or its values.
fn cubic(host: &mut dyn Host, who: &str, args: &[Value], method: Method) -> Result<Values> {
    let x = Wide::new(host, &args[0], who)?.real(who)?;
    let y = Wide::new(host, &args[1], who)?;
    let n = x.len();
    if n < 2 {
        return Err(fault!("{who}: requires at least 2 points"));
    }
    // The points lie along the last dimension of Y.
    let (dims, count) = if y.shape.is_vector() {
        (vec![1], y.len())
    } else {
        (y.shape[..y.shape.rank() - 1].to_vec(), y.shape[y.shape.rank() - 1])
    };
    let clamped = method == Method::Spline && count == n + 2;
    if count != n && !clamped {
        return Err(fault!("{who}: length of X and Y must match"));
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&a, &b| x[a].total_cmp(&x[b]));
    let breaks: Vec<f64> = order.iter().map(|&k| x[k]).collect();
    if breaks.windows(2).any(|w| w[0] >= w[1]) {
        return Err(fault!("{who}: X must be strictly monotonic"));
    }
    let width: usize = dims.iter().product();
    let values = y.complex();
    let component = |i: usize| -> (Vec<Complex64>, Option<(Complex64, Complex64)>) {
        let line: Vec<Complex64> = (0..count).map(|k| values[k * width + i]).collect();
        let ends = clamped.then(|| (line[0], line[count - 1]));
        let first = usize::from(clamped);
        (order.iter().map(|&k| line[first + k]).collect(), ends)
    };
    let components: Vec<_> = (0..width).map(component).collect();
    let pp = curves(&breaks, &components, dims, method);
    match args.get(2) {
        None => one(pp.into_value()),
        Some(at) => {
            let at = Wide::new(host, at, who)?;
            one(pp.over(at, who)?)
        }
    }
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "spline",
        (2, 3),
        1,
        |host, args, _| cubic(host, "spline", args, Method::Spline),
        "`PP = spline (X, Y)`, `YI = spline (X, Y, XI)`\n\nThe cubic spline through points that lie along the last dimension of Y; two more values in Y are the slopes at the\nends.\n\n    spline (0:3, [0 1 8 27], 1.5)\n    % ans = 3.3750\n",
    ).by_elements(2),
    Builtin::new(
        "pchip",
        (2, 3),
        1,
        |host, args, _| cubic(host, "pchip", args, Method::Monotone),
        "`PP = pchip (X, Y)`, `YI = pchip (X, Y, XI)`\n\nThe piecewise cubic through points that rises and falls only where they do.\n\n    pchip (0:3, [0 1 1 2], 1.5)\n    % ans = 1\n",
    ).by_elements(2),
    Builtin::new(
        "mkpp",
        (2, 3),
        1,
        mkpp,
        "`mkpp (BREAKS, COEFS)`, `mkpp (BREAKS, COEFS, D)`\n\nA piecewise polynomial: a row of coefficients for each interval, or one for each component of its values of size D.\n\n    ppval (mkpp ([0 1 2], [1 0; 0 1]), 1.5)\n    % ans = 1\n",
    ),
    Builtin::new(
        "unmkpp",
        (1, 1),
        5,
        unmkpp,
        "`[X, P, N, K, D] = unmkpp (PP)`\n\nBreaks, coefficients, number of pieces, order and dimension.\n\n    [x, p] = unmkpp (mkpp ([0 1], [2 3]))\n    % x =\n    %\n    %    0   1\n    %\n    % p =\n    %\n    %    2   3\n",
    ),
    Builtin::new(
        "ppval",
        (2, 2),
        1,
        ppval,
        "`ppval (PP, XI)`\n\nThe values of a piecewise polynomial.\n\n    ppval (mkpp ([0 1], [2 3]), 0.5)\n    % ans = 4\n",
    ).by_elements(1),
    Builtin::new(
        "ppder",
        (1, 2),
        1,
        ppder,
        "`ppder (PP)`, `ppder (PP, M)`\n\nThe derivative of a piecewise polynomial, or the M-th one.\n\n    ppval (ppder (mkpp ([0 1], [2 3 4])), 0.5)\n    % ans = 5\n",
    ),
    Builtin::new(
        "ppint",
        (1, 2),
        1,
        ppint,
        "`ppint (PP)`, `ppint (PP, C)`\n\nThe integral of a piecewise polynomial, C (0) at its first break.\n\n    ppval (ppint (mkpp ([0 1], [2 3])), 1)\n    % ans = 4\n",
    ),
    Builtin::new(
        "ppjumps",
        (1, 1),
        1,
        ppjumps,
        "`ppjumps (PP)`\n\nHow much the value and the derivatives jump at the inner breaks, one column for each.\n\n    ppjumps (mkpp ([0 1 2], [1; 3]))\n    % ans = 2\n",
    ),
];
