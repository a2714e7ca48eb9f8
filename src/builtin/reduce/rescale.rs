//! Arrays moved from the range they have to another.

use crate::array::{DType, ScalarFn};
use crate::builtin::api::{Call, Host, Values};
use crate::builtin::args::{one, usage};
use crate::builtin::lane::{self, sample};
use crate::builtin::numeric;
use crate::builtin::ops::{self, elementwise::Who, lazy};
use crate::diag::Result;
use crate::fault;
use crate::kernel::ReduceKind;
use crate::syntax::ast::BinaryOp;
use crate::value::Value;

/// An array that waits, from its limits (its own where none are given) to others.
fn rescaled(host: &mut dyn Host, x: &Value, from: [Option<Value>; 2], to: [Value; 2], call: Call) -> Result<Value> {
    lane::real_argument("rescale", x)?;
    let x =
        if x.dtype().is_some_and(DType::is_float) { x.clone() } else { lazy::cast(host, x, DType::F64, call.span)? };
    let axes = (1 << x.shape().rank()) - 1;
    let [least, most] = from;
    let mut limit = |given: Option<Value>, kind| match given {
        Some(given) => Ok(given),
        None => lazy::reduce(host, kind, &x, axes, call.span),
    };
    let (least, most) = (limit(least, ReduceKind::Min)?, limit(most, ReduceKind::Max)?);
    let of = |host: &mut dyn Host, f: ScalarFn, args: &[&Value]| {
        lazy::elementwise(host, f, args, Who::Function("rescale"), call.span)
    };
    let above = of(host, ScalarFn::Max, &[&x, &least])?;
    let within = of(host, ScalarFn::Min, &[&above, &most])?;
    let range = of(host, ScalarFn::Sub, &[&most, &least])?;
    let distance = of(host, ScalarFn::Sub, &[&within, &least])?;
    let share = of(host, ScalarFn::Div, &[&distance, &range])?;
    let varies = of(host, ScalarFn::Ne, &[&range, &Value::Num(0.0)])?;
    let share = of(host, ScalarFn::Select, &[&varies, &share, &Value::Num(0.0)])?;
    let [low, high] = to;
    let width = of(host, ScalarFn::Sub, &[&high, &low])?;
    let moved = of(host, ScalarFn::Mul, &[&share, &width])?;
    let result = of(host, ScalarFn::Add, &[&low, &moved])?;
    if result.shape() != x.shape() {
        return Err(fault!("rescale: the limits must be scalars or fit the size of A"));
    }
    Ok(result)
}

/// `rescale (x, l, u, "inputmin", inmin, "inputmax", inmax)`.
pub fn rescale(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let numeric = |x: &Value| x.dtype().is_some_and(|d| d != DType::Char);
    if !numeric(&args[0]) {
        return Err(fault!("rescale: A must be a numeric or logical matrix"));
    }
    let (mut low, mut high, mut least, mut most) = (Value::Num(0.0), Value::Num(1.0), None, None);
    let mut rest = &args[1..];
    if let [l, u, options @ ..] = rest
        && !matches!(l, Value::Char(..))
    {
        for (name, x) in [("L", l), ("U", u)] {
            if !numeric(x) {
                return Err(fault!("rescale: {name} must be numeric"));
            }
        }
        (low, high, rest) = (l.clone(), u.clone(), options);
    }
    if rest.len() % 2 == 1 {
        return Err(usage("rescale"));
    }
    for pair in rest.chunks(2) {
        let (bound, name) = match pair[0].to_text().map(|t| t.to_lowercase()).as_deref() {
            Some("inputmin") => (&mut least, "INMIN"),
            Some("inputmax") => (&mut most, "INMAX"),
            _ => return Err(fault!("rescale: invalid option(s)")),
        };
        if !numeric(&pair[1]) {
            return Err(fault!("rescale: {name} must be numeric"));
        }
        *bound = Some(pair[1].clone());
    }
    let above = ops::binary(host, BinaryOp::Gt, &low, &high, call.span)?;
    if crate::builtin::args::flag(&host.gather(&above)?) {
        return Err(fault!("rescale: lower bound L must be smaller than upper bound U"));
    }
    if let Value::Lazy(_) = &args[0] {
        return one(rescaled(host, &args[0], [least, most], [low, high], call)?);
    }
    let x = sample(host, "rescale", &args[0])?;
    let (shape, single) = (x.shape.clone(), x.single);
    let mut values = x.real("rescale")?;
    let own = |given: Option<Value>, start: f64, choose: fn(f64, f64) -> f64| {
        given.unwrap_or_else(|| Value::Num(values.iter().copied().fold(start, choose)))
    };
    let (least, most) = (own(least, f64::INFINITY, f64::min), own(most, f64::NEG_INFINITY, f64::max));
    let mut spread = |x: &Value| -> Result<Vec<f64>> {
        let full = numeric::real(shape.clone(), vec![0.0; shape.len()], false);
        let x = ops::binary(host, BinaryOp::Add, &full, x, call.span)?;
        if x.shape() != shape {
            return Err(fault!("rescale: the limits must be scalars or fit the size of A"));
        }
        crate::builtin::args::numbers("rescale", &host.gather(&x)?)
    };
    let (least, most, low, high) = (spread(&least)?, spread(&most)?, spread(&low)?, spread(&high)?);
    for (i, v) in values.iter_mut().enumerate() {
        let range = most[i] - least[i];
        let share = if range == 0.0 { 0.0 } else { (v.max(least[i]).min(most[i]) - least[i]) / range };
        *v = low[i] + share * (high[i] - low[i]);
    }
    one(numeric::real(shape, values, single))
}
