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

/// Whether a matrix is zero off its main diagonal.
fn is_diagonal(x: &Value) -> Result<bool> {
    let (block, shape) = (x.to_block()?, x.shape());
    let off = |at: usize| at % shape.rows() != at / shape.rows();
    Ok(shape.rank() == 2 && (0..block.len()).all(|at| !off(at) || block.data().get_c64(at).norm() == 0.0))
}

/// The classes that a name of `validateattributes` stands for.
fn members(class: &str) -> Vec<&str> {
    const NUMERIC: [&str; 10] =
        ["double", "int16", "int32", "int64", "int8", "single", "uint16", "uint32", "uint64", "uint8"];
    match class {
        "numeric" => NUMERIC.to_vec(),
        "float" => vec!["double", "single"],
        other => vec![other],
    }
}

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
        // Families of classes are spelled out.
        let mut spelled: Vec<&str> = names.iter().flat_map(|class| members(class)).collect();
        spelled.sort_unstable();
        spelled.dedup();
        return Err(fault!(
            "{prefix}{name} must be of class:\n\n  {}\n\nbut was of class {}",
            spelled.join(" "),
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
            let (id, demand) = demand(&x, &word, limit.as_ref());
            return Err(fault!("{prefix}{name} must {demand}").id(format!("Octave:{id}")));
        }
    }
    Ok(smallvec![])
}

/// The identifier of an attribute that a value lacks, and what the value must do or be.
fn demand(x: &Value, attribute: &str, limit: Option<&Value>) -> (String, String) {
    let bound = limit.and_then(Value::to_f64).unwrap_or(f64::NAN);
    let figure = |id: &str, text: String| (id.to_owned(), text);
    match attribute {
        "numel" => figure("incorrect-numel", format!("have {bound} elements")),
        "ncols" => figure("incorrect-numcols", format!("have {bound} columns")),
        "nrows" => figure("incorrect-numrows", format!("have {bound} rows")),
        "ndims" => figure("incorrect-numdims", format!("have {bound} dimensions")),
        ">" => figure("expected-greater", format!("be greater than {bound:.6}")),
        ">=" => figure("expected-greater-equal", format!("be greater than or equal to {bound:.6}")),
        "<" => figure("expected-less", format!("be less than {bound:.6}")),
        "<=" => figure("expected-less-equal", format!("be less than or equal to {bound:.6}")),
        "size" => {
            let wanted = limit.and_then(|v| crate::builtin::args::numbers("validateattributes", v).ok());
            let shown = |n: f64| if n.is_nan() { "N".to_owned() } else { n.to_string() };
            let wanted: Vec<String> = wanted.unwrap_or_default().into_iter().map(shown).collect();
            figure("incorrect-size", format!("be of size {} but was {}", wanted.join("x"), x.shape()))
        }
        other => (format!("expected-{other}"), format!("be {other}")),
    }
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
        "diag" => is_diagonal(x)?,
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
                // Extents that may be anything may also be missing.
                wanted.len() >= shape.rank()
                    && (0..wanted.len()).all(|i| {
                        let n = wanted.data().get_f64(i);
                        n.is_nan() || i < shape.rank() && n == shape[i] as f64
                    })
            })
        }
        other => bail!("validateattributes: unknown ATTRIBUTE {other}"),
    })
}
