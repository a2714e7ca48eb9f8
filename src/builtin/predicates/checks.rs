//! `validateattributes`: a list of demands on an argument.

use crate::array::DType;
use crate::builtin::{Builtin, Call, Host, Values};
use crate::diag::Result;
use crate::value::Value;
use crate::{bail, fault};
use smallvec::smallvec;

pub const TABLE: &[Builtin] = &[Builtin::new(
    "validateattributes",
    (3, 6),
    0,
    validateattributes,
    "validateattributes (A, CLASSES, ATTRIBUTES), validateattributes (A, CLASSES, ATTRIBUTES, FUNCNAME, VARNAME, ARGIDX)\n\nComplains when A is of none of the classes or lacks an attribute, such as \"positive\", \"integer\", \"vector\" or\n\"size\", [2 NaN].\n\n    validateattributes (5, {\"numeric\"}, {\"positive\", \"scalar\"})\n",
)];

/// Whether a value belongs to a class or group of classes.
fn is_class(x: &Value, class: &str) -> bool {
    let dtype = x.dtype();
    match class {
        "numeric" => dtype.is_some_and(|t| !matches!(t, DType::Bool | DType::Char)),
        "float" => dtype.is_some_and(DType::is_float),
        other => x.class() == other,
    }
}

fn validateattributes(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let x = host.gather(&args[0])?;
    let (Value::Cell(classes), Value::Cell(attributes)) = (&args[1], &args[2]) else {
        bail!("validateattributes: CLASSES and ATTRIBUTES must be cell arrays");
    };
    let prefix = match args.get(3).and_then(Value::to_text) {
        Some(name) if !name.is_empty() => format!("{name}: "),
        _ => String::new(),
    };
    let name = match args.get(4).and_then(Value::to_text) {
        Some(name) if !name.is_empty() => name,
        _ => "input".to_owned(),
    };
    let names: Vec<String> = classes.values.iter().filter_map(Value::to_text).collect();
    if !names.is_empty() && !names.iter().any(|class| is_class(&x, class)) {
        return Err(fault!(
            "{prefix}{name} must be of class:\n\n  {}\n\nbut was of class {}",
            names.join("\n  "),
            x.class()
        )
        .id("Octave:invalid-type"));
    }
    let mut at = 0;
    let mut next = || -> Option<&Value> {
        at += 1;
        attributes.values.get(at - 1)
    };
    while let Some(attribute) = next() {
        let Some(word) = attribute.to_text().map(|t| t.to_lowercase()) else {
            bail!("validateattributes: invalid attribute");
        };
        let takes = matches!(word.as_str(), ">" | ">=" | "<" | "<=" | "size" | "numel" | "ncols" | "nrows" | "ndims");
        let limit = if takes { next().cloned() } else { None };
        if takes && limit.is_none() {
            bail!("validateattributes: attribute {word} needs a value");
        }
        if !has(&x, &word, limit.as_ref())? {
            let id = format!("Octave:expected-{word}");
            return Err(fault!("{prefix}{name} must be {word}").id(id));
        }
    }
    Ok(smallvec![])
}

/// Whether a value has an attribute.
fn has(x: &Value, attribute: &str, limit: Option<&Value>) -> Result<bool> {
    let shape = x.shape();
    let numbers = || -> Result<Vec<f64>> {
        let block = x.to_block()?;
        Ok((0..block.len()).map(|i| block.data().get_f64(i)).collect())
    };
    let all = |f: &dyn Fn(f64) -> bool| -> Result<bool> { Ok(numbers()?.into_iter().all(f)) };
    let steps = |f: &dyn Fn(f64, f64) -> bool| -> Result<bool> { Ok(numbers()?.windows(2).all(|w| f(w[0], w[1]))) };
    let bound = limit.and_then(Value::to_f64).unwrap_or(f64::NAN);
    Ok(match attribute {
        "2d" => shape.rank() == 2,
        "3d" => shape.rank() <= 3,
        "column" => shape.is_column(),
        "row" => shape.is_row(),
        "scalar" => shape.is_scalar(),
        "vector" => shape.is_vector() && !shape.is_empty(),
        "square" => shape.rank() == 2 && shape.rows() == shape.columns(),
        "nonempty" => !shape.is_empty(),
        "nonsparse" => true,
        "binary" => all(&|v| v == 0.0 || v == 1.0)?,
        "even" => all(&|v| v % 2.0 == 0.0)?,
        "odd" => all(&|v| (v % 2.0).abs() == 1.0)?,
        "integer" => all(&|v| v == v.trunc() && v.is_finite())?,
        "real" => x.dtype().is_some_and(|t| !t.is_complex()),
        "finite" => all(&f64::is_finite)?,
        "nonnan" => all(&|v| !v.is_nan())?,
        "nonnegative" => all(&|v| v >= 0.0)?,
        "nonzero" => all(&|v| v != 0.0)?,
        "positive" => all(&|v| v > 0.0)?,
        "decreasing" => steps(&|a, b| a > b)?,
        "increasing" => steps(&|a, b| a < b)?,
        "nondecreasing" => steps(&|a, b| a <= b)?,
        "nonincreasing" => steps(&|a, b| a >= b)?,
        ">" => all(&|v| v > bound)?,
        ">=" => all(&|v| v >= bound)?,
        "<" => all(&|v| v < bound)?,
        "<=" => all(&|v| v <= bound)?,
        "numel" => shape.len() as f64 == bound,
        "ncols" => shape.columns() as f64 == bound,
        "nrows" => shape.rows() as f64 == bound,
        "ndims" => shape.rank() as f64 == bound,
        "size" => {
            let wanted = limit.map(|v| v.to_block()).transpose()?;
            wanted.is_some_and(|wanted| {
                wanted.len() == shape.rank()
                    && (0..wanted.len()).all(|i| {
                        let n = wanted.data().get_f64(i);
                        n.is_nan() || n == shape[i] as f64
                    })
            })
        }
        other => bail!("validateattributes: unknown ATTRIBUTE {other}"),
    })
}
