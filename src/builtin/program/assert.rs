//! `assert`: conditions, and observed against expected values with a tolerance.
//!
//! A failure lists every place that differs in a table, worded as Octave words it.

use super::errors::{general, short_number};
use crate::array::{Block, Complex64, DType, Shape};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::numbers::elementwise::is_missing;
use crate::builtin::ops::lazy;
use crate::diag::{Diagnostic, Fault, Result};
use crate::fault;
use crate::syntax;
use crate::syntax::ast;
use crate::value::Func;
use crate::value::Value;

/// One line of the table of differences.
struct Difference {
    place: String,
    observed: String,
    expected: String,
    reason: String,
}

impl Difference {
    fn new(
        place: &str,
        observed: impl Into<String>,
        expected: impl Into<String>,
        reason: impl Into<String>,
    ) -> Difference {
        Difference { place: place.into(), observed: observed.into(), expected: expected.into(), reason: reason.into() }
    }
}

fn assert(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let logical = args[0].dtype() == Some(DType::Bool);
    let worded = args.len() > 1 && logical && matches!(args[1], Value::Char(..));
    if args.len() == 1 || worded {
        let condition = lazy::gathered(host, &args[0], "assert")?;
        let holds = match &condition {
            Value::Bool(b) => *b,
            other if other.dtype().is_some() => {
                let block = other.to_block()?;
                !block.is_empty() && crate::builtin::args::truths(&block).into_iter().all(|t| t)
            }
            _ => return Err(fault!("assert: condition must be numeric or logical")),
        };
        if holds {
            return Ok(Values::new());
        }
        if worded {
            let error = Func::Named("error".into());
            host.call(&error, &args[1..], 0)?;
            return Ok(Values::new());
        }
        return Err(fault!("assert ({}) failed", argument_text(host, call)));
    }
    let observed = lazy::gathered(host, &args[0], "assert")?;
    let expected = lazy::gathered(host, &args[1], "assert")?;
    let tolerance = match args.get(2) {
        Some(t) => Some(lazy::gathered(host, t, "assert")?),
        None => None,
    };
    match compare(&observed, &expected, tolerance.as_ref()) {
        Outcome::Same => Ok(Values::new()),
        Outcome::Differs(list) => Err(table(&argument_text(host, call), &list)),
        Outcome::Inside(list) => Err(table("cond {i},expected {i},tol", &list)),
    }
}

/// What a comparison found; differences inside cells and structs are reported in the name of the inner comparison.
enum Outcome {
    Same,
    Differs(Vec<Difference>),
    Inside(Vec<Difference>),
}

fn differs(
    place: &str,
    observed: impl Into<String>,
    expected: impl Into<String>,
    reason: impl Into<String>,
) -> Outcome {
    Outcome::Differs(vec![Difference::new(place, observed, expected, reason)])
}

/// Compares all elements of two lists of values.
fn compare_all<'a>(pairs: impl Iterator<Item = (&'a Value, &'a Value)>, tolerance: Option<&Value>) -> Outcome {
    // Inside containers the tolerance is always given, and so classes need not agree.
    let zero = Value::Num(0.0);
    for (a, b) in pairs {
        match compare(a, b, Some(tolerance.unwrap_or(&zero))) {
            Outcome::Same => {}
            Outcome::Differs(list) | Outcome::Inside(list) => return Outcome::Inside(list),
        }
    }
    Outcome::Same
}

fn compare(observed: &Value, expected: &Value, tolerance: Option<&Value>) -> Outcome {
    let sizes =
        |reason: &str| differs(".", format!("O({})", observed.shape()), format!("E({})", expected.shape()), reason);
    match expected {
        Value::Char(..) => match observed {
            Value::Char(..) if same_text(observed, expected) => Outcome::Same,
            Value::Char(..) => differs("[]", shown_text(observed), shown_text(expected), "Strings don't match"),
            _ if observed.dtype() == Some(DType::Bool) && observed.is_empty() => Outcome::Same,
            _ => {
                let (kind, shown) = match observed.dtype() {
                    Some(_) => ("number".to_owned(), shown_numbers(observed)),
                    None => (observed.class().to_owned(), "O".to_owned()),
                };
                differs(".", shown, shown_text(expected), format!("Expected string, but observed {kind}"))
            }
        },
        Value::Cell(e) => match observed {
            Value::Cell(o) if o.shape() != e.shape() => sizes("Dimensions don't match"),
            Value::Cell(o) => compare_all(o.values.iter().zip(&e.values), tolerance),
            _ => differs(".", "O", "E", format!("Expected cell, but observed {}", observed.class())),
        },
        Value::Func(e) => match observed {
            Value::Func(o) if same_function(o, e) => Outcome::Same,
            Value::Func(_) => differs("@", "O", "E", "Function handles don't match"),
            _ => differs("@", "O", "E", format!("Expected function handle, but observed {}", observed.class())),
        },
        Value::Struct(e) => match observed {
            Value::Struct(o) if o.shape() != e.shape() || o.names().len() != e.names().len() => {
                sizes("Structure sizes don't match")
            }
            Value::Struct(o) => {
                if e.names().iter().any(|name| o.position(name).is_none()) {
                    return differs(".", "O", "E", "Structure fieldname mismatch");
                }
                let pairs = e.iter().flat_map(|(name, column)| o.field(name).unwrap_or(&[]).iter().zip(column));
                compare_all(pairs, tolerance)
            }
            _ => differs(".", "O", "E", format!("Expected struct, but observed {}", observed.class())),
        },
        _ if observed.shape() != expected.shape() => sizes("Dimensions don't match"),
        _ => compare_numbers(observed, expected, tolerance),
    }
}

fn same_function(a: &Func, b: &Func) -> bool {
    match (a, b) {
        (Func::Named(a), Func::Named(b)) => a == b,
        (Func::Anonymous(a), Func::Anonymous(b)) => {
            std::sync::Arc::ptr_eq(&a.code, &b.code)
                || syntax::print::print_anonymous(&a.code) == syntax::print::print_anonymous(&b.code)
        }
        _ => false,
    }
}

fn same_text(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Char(a, _), Value::Char(b, _)) => a.shape() == b.shape() && a.data() == b.data(),
        _ => false,
    }
}

fn shown_text(x: &Value) -> String {
    match x {
        Value::Char(b, _) => match b.data() {
            crate::array::Data::Char(v) => String::from_utf8_lossy(v).into_owned(),
            _ => String::new(),
        },
        _ => String::new(),
    }
}

fn shown_numbers(x: &Value) -> String {
    let Ok(block) = x.to_block() else { return "O".to_owned() };
    (0..block.len()).map(|i| shown_number(&block, i)).collect::<Vec<_>>().join("  ")
}

fn shown_number(block: &Block, at: usize) -> String {
    let z = block.data().get_c64(at);
    if !block.dtype().is_complex() {
        return short_number(z.re);
    }
    let sign = if z.im < 0.0 { "-" } else { "+" };
    format!("{}{sign}{}i", short_number(z.re), short_number(z.im.abs()))
}

fn compare_numbers(observed: &Value, expected: &Value, tolerance: Option<&Value>) -> Outcome {
    if tolerance.is_none() {
        let (o, e) = (observed.class(), expected.class());
        if o != e {
            return differs("()", "O", "E", format!("Class {o} != {e}"));
        }
        let complex = |x: &Value| x.dtype().is_some_and(DType::is_complex);
        let kind = |x: &Value| if complex(x) { "complex" } else { "real" };
        if complex(observed) != complex(expected) {
            return differs("()", "O", "E", format!("{} != {}", kind(observed), kind(expected)));
        }
    }
    let (Ok(a), Ok(b)) = (observed.to_block(), expected.to_block()) else {
        return differs("()", "O", "E", format!("Class {} != {}", observed.class(), expected.class()));
    };
    let tolerances: Vec<f64> = match tolerance.map(Value::to_block) {
        Some(Ok(t)) => (0..t.len()).map(|i| t.data().get_f64(i)).collect(),
        _ => vec![0.0],
    };
    let mut found: Vec<(usize, Difference)> = Vec::new();
    let mut note = |at: usize, reason: String| {
        let place = place(a.shape(), at);
        found.push((at, Difference::new(&place, shown_number(&a, at), shown_number(&b, at), reason)));
    };
    let exact = !a.dtype().is_float() && a.dtype() == b.dtype();
    // Kinds of differences in the order they are reported: missing values, infinities, then errors.
    let mut rest = Vec::with_capacity(a.len());
    for at in 0..a.len() {
        let (x, y) = (a.data().get_c64(at), b.data().get_c64(at));
        let missing = |z: Complex64| is_missing(z.re) || is_missing(z.im);
        let nan = |z: Complex64| z.re.is_nan() || z.im.is_nan();
        let infinite = |z: Complex64| z.re.is_infinite() || z.im.is_infinite();
        if nan(x) || nan(y) {
            if missing(x) != missing(y) {
                note(at, "'NA' mismatch".to_owned());
            } else if nan(x) != nan(y) {
                note(at, "'NaN' mismatch".to_owned());
            }
        } else if infinite(x) || infinite(y) {
            if x != y {
                note(at, "'Inf' mismatch".to_owned());
            }
        } else {
            rest.push((at, x, y));
        }
    }
    for (at, x, y) in rest {
        let tolerance = if tolerances.len() == 1 { tolerances[0] } else { tolerances.get(at).copied().unwrap_or(0.0) };
        let same = if exact && tolerance == 0.0 { same_element(&a, &b, at) } else { x == y };
        if same || tolerance.is_infinite() {
            continue;
        }
        let error = (x - y).norm();
        let limit = tolerance.abs();
        let (word, error) =
            if tolerance < 0.0 && y != Complex64::ZERO { ("Rel", error / y.norm()) } else { ("Abs", error) };
        if error > limit || error.is_nan() {
            let (error_text, limit_text) = (general(error, 5), general(limit, 5));
            note(at, format!("{word} err {error_text} exceeds tol {limit_text} by {}", general(error - limit, 1)));
        }
    }
    if found.is_empty() { Outcome::Same } else { Outcome::Differs(found.into_iter().map(|(_, d)| d).collect()) }
}

/// Whether two elements of one type are the same, 64-bit integers to the last bit.
fn same_element(a: &Block, b: &Block, at: usize) -> bool {
    use crate::array::Data;
    match (a.data(), b.data()) {
        (Data::I64(x), Data::I64(y)) => x[at] == y[at],
        (Data::U64(x), Data::U64(y)) => x[at] == y[at],
        (x, y) => x.get_f64(at) == y.get_f64(at),
    }
}

/// `()`, `(3)` or `(2,1)`.
fn place(shape: &Shape, at: usize) -> String {
    if shape.is_scalar() {
        return "()".to_owned();
    }
    if shape.is_vector() {
        return format!("({})", at + 1);
    }
    let mut rest = at;
    let subscripts: Vec<String> = shape
        .iter()
        .map(|&extent| {
            let c = rest % extent;
            rest /= extent;
            (c + 1).to_string()
        })
        .collect();
    format!("({})", subscripts.join(","))
}

/// The message with all differences.
fn table(arguments: &str, list: &[Difference]) -> Fault {
    let mut text =
        format!("ASSERT errors for:  assert ({arguments})\n\n  Location  |  Observed  |  Expected  |  Reason");
    for d in list {
        text.push('\n');
        text.push_str(&centred(&d.place, 13));
        text.push_str(&centred(&d.observed, 13));
        text.push_str(&centred(&d.expected, 15));
        text.push_str(&d.reason);
    }
    Diagnostic::new(text)
}

/// Text centred in 12 columns of a field of this width, always followed by a blank.
fn centred(text: &str, width: usize) -> String {
    let len = text.chars().count();
    let before = 12usize.saturating_sub(len) / 2;
    let after = width.saturating_sub(before + len).max(1);
    format!("{}{text}{}", " ".repeat(before), " ".repeat(after))
}

/// The arguments of the call as the parser prints them.
fn argument_text(host: &dyn Host, call: Call) -> String {
    let source = host.sources().slice(call.span);
    let parsed = syntax::parse::parse(source, call.span.source, &|_| true);
    let printed = parsed.program.body.first().and_then(|statement| match &statement.kind {
        ast::StmtKind::Expr(expr) => call_arguments(expr),
        _ => None,
    });
    printed.unwrap_or_else(|| "cond".to_owned())
}

fn call_arguments(expr: &ast::Expr) -> Option<String> {
    match &expr.kind {
        ast::ExprKind::Index { args, .. } => {
            Some(args.iter().map(syntax::print::print_expr).collect::<Vec<_>>().join(","))
        }
        _ => None,
    }
}

pub const TABLE: &[Builtin] = &[Builtin::new(
    "assert",
    (1, usize::MAX),
    0,
    assert,
    "assert (COND), assert (COND, TEMPLATE, ...), assert (OBSERVED, EXPECTED), assert (OBSERVED, EXPECTED, TOL)\n\nAn error unless a condition holds, or two values agree: exactly and in class, or within an absolute (negative: relative) tolerance.\n\n    assert (3.14, pi, 0.01)\n",
)];
