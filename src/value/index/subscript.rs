//! Subscripts: the values written between parentheses, brought to positions from 0.
//!
//! A subscript knows its positions and the shape it was written in, never the array it is applied to; a colon takes
//! its length from the extent it meets. Ranges stay ranges, so that a slice costs nothing until elements move.

use crate::array::{Block, Data, Shape};
use crate::diag::{Fault, Result};
use crate::fault;
use crate::value::{Range, Value, decimal};

/// One argument of an indexing expression, as it was written.
#[derive(Debug, Clone)]
pub enum Index {
    /// `:`
    All,
    Value(Value),
}

/// Positions from 0 along one axis (or through the whole array).
#[derive(Debug, Clone)]
pub enum Subscript {
    /// Every position, whatever the extent.
    Colon,
    /// A scalar.
    One(usize),
    /// `start`, `start + step`, ...: a range, 1 x `len`.
    Run { start: usize, step: isize, len: usize },
    /// Any positions, in the shape they were given.
    List { at: Vec<usize>, shape: Shape },
}

impl Subscript {
    /// Number of positions, given the extent a colon would take.
    pub fn len(&self, extent: usize) -> usize {
        match self {
            Subscript::Colon => extent,
            Subscript::One(_) => 1,
            Subscript::Run { len, .. } => *len,
            Subscript::List { at, .. } => at.len(),
        }
    }

    /// The smallest extent, not below `extent`, that holds every position.
    pub fn reach(&self, extent: usize) -> usize {
        let last = match self {
            Subscript::Colon | Subscript::Run { len: 0, .. } => return extent,
            Subscript::One(at) => *at,
            Subscript::Run { start, step, len } => *start.max(&run_position(*start, *step, len - 1)),
            Subscript::List { at, .. } => match at.iter().max() {
                Some(&most) => most,
                None => return extent,
            },
        };
        extent.max(last + 1)
    }

    /// Whether it stands for every position of an extent, in order.
    pub fn is_whole(&self, extent: usize) -> bool {
        match self {
            Subscript::Colon => true,
            Subscript::One(at) => *at == 0 && extent == 1,
            Subscript::Run { start, step, len } => {
                *len == extent && (*len == 0 || (*start == 0 && (*step == 1 || *len == 1)))
            }
            Subscript::List { at, .. } => at.len() == extent && at.iter().enumerate().all(|(i, &p)| i == p),
        }
    }

    pub fn is_colon(&self) -> bool {
        matches!(self, Subscript::Colon)
    }

    pub fn is_scalar(&self) -> bool {
        matches!(self, Subscript::One(_))
    }

    /// The shape of what `x(subscript)` selects, before the orientation rule for vectors.
    pub fn shape(&self, extent: usize) -> Shape {
        match self {
            Subscript::Colon => Shape::matrix(extent, 1),
            Subscript::One(_) => Shape::scalar(),
            Subscript::Run { len, .. } => Shape::matrix(1, *len),
            Subscript::List { shape, .. } => shape.clone(),
        }
    }

    /// Position number `k`.
    pub fn position(&self, k: usize) -> usize {
        match self {
            Subscript::Colon => k,
            Subscript::One(at) => *at,
            Subscript::Run { start, step, .. } => run_position(*start, *step, k),
            Subscript::List { at, .. } => at[k],
        }
    }
}

fn run_position(start: usize, step: isize, k: usize) -> usize {
    start.wrapping_add_signed(step.wrapping_mul(k as isize))
}

/// Resolves all arguments of one indexing expression, left to right.
///
/// # Errors
/// `index (_,0): subscripts must be ...` with the identifier `Octave:invalid-index`.
pub fn resolve(args: &[Index]) -> Result<smallvec::SmallVec<[Subscript; 3]>> {
    args.iter().enumerate().map(|(place, arg)| one(arg, place, args.len())).collect()
}

fn one(arg: &Index, place: usize, count: usize) -> Result<Subscript> {
    let value = match arg {
        Index::All => return Ok(Subscript::Colon),
        Index::Value(value) => value,
    };
    let bad = |text: String| invalid(&text, place, count);
    match value {
        Value::Num(x) => position(*x).map(Subscript::One).map_err(bad),
        Value::Bool(true) => Ok(Subscript::One(0)),
        Value::Bool(false) => Ok(Subscript::List { at: Vec::new(), shape: Shape::matrix(0, 0) }),
        Value::Range(range) => run(range).map_err(bad),
        Value::Char(block, _) if block.len() == 1 && matches!(block.data(), Data::Char(v) if v[0] == b':') => {
            Ok(Subscript::Colon)
        }
        Value::Array(block) | Value::Char(block, _) => list(block, value).map_err(bad),
        Value::Diag(diagonal) => list(&diagonal.full()?, value).map_err(bad),
        other => Err(bad(format!("<{}>", other.type_name()))),
    }
}

fn list(block: &Block, value: &Value) -> Result<Subscript, String> {
    let at: Vec<usize> = match block.data() {
        Data::Bool(mask) => {
            let at: Vec<usize> = mask.iter().enumerate().filter(|(_, set)| **set).map(|(i, _)| i).collect();
            let shape = along_mask(block.shape(), at.len());
            return Ok(Subscript::List { at, shape });
        }
        Data::C64(_) | Data::C32(_) if block.len() == 1 => {
            let z = block.data().get_c64(0);
            return Err(format!("{}{}{}i", general(z.re), if z.im < 0.0 { "" } else { "+" }, general(z.im)));
        }
        Data::C64(_) | Data::C32(_) => return Err(format!("<{}>", value.type_name())),
        Data::F64(v) => v.iter().map(|&x| position(x)).collect::<Result<_, _>>()?,
        Data::U64(v) => v.iter().map(|&x| integer(x as i128)).collect::<Result<_, _>>()?,
        Data::I64(v) => v.iter().map(|&x| integer(x as i128)).collect::<Result<_, _>>()?,
        data => (0..data.len()).map(|i| position(data.get_f64(i))).collect::<Result<_, _>>()?,
    };
    if block.shape().is_scalar() {
        return Ok(Subscript::One(at[0]));
    }
    Ok(Subscript::List { at, shape: block.shape().clone() })
}

fn run(range: &Range) -> Result<Subscript, String> {
    let len = range.len();
    if len == 0 {
        return Ok(Subscript::Run { start: 0, step: 1, len: 0 });
    }
    let start = position(range.start)?;
    if len == 1 {
        return Ok(Subscript::Run { start, step: 1, len: 1 });
    }
    if range.step.fract() != 0.0 {
        position(range.get(1))?;
    }
    position(range.last)?;
    Ok(Subscript::Run { start, step: range.step as isize, len })
}

/// A shape with one extent that is not 1 takes `len` there; `None` for any other shape.
pub fn along(shape: &Shape, len: usize) -> Option<Shape> {
    let mut free = (0..shape.rank()).filter(|&axis| shape[axis] != 1);
    match (free.next(), free.next()) {
        (Some(axis), None) => Some(shape.with_extent(axis, len)),
        _ => None,
    }
}

/// The shape of the subscript that a mask with `count` elements set stands for.
pub fn along_mask(mask: &Shape, count: usize) -> Shape {
    along(mask, count).unwrap_or_else(|| Shape::matrix(count, 1))
}

/// The position an index names; the text of the index where it names none.
fn position(x: f64) -> Result<usize, String> {
    if (1.0..9.2e18).contains(&x) && x.fract() == 0.0 {
        return Ok(x as usize - 1);
    }
    Err(shown(x))
}

fn integer(x: i128) -> Result<usize, String> {
    if x >= 1 && x <= i64::MAX as i128 { Ok(x as usize - 1) } else { Err(x.to_string()) }
}

/// A bad index as its message shows it: six digits, and the rest where these would look like an integer.
fn shown(x: f64) -> String {
    let mut text = general(x);
    let rest = x - (x + 0.5).floor();
    if rest != 0.0 && x.is_finite() && !text.contains('.') {
        text += &format!("{}{}", if rest < 0.0 { "" } else { "+" }, general(rest));
    }
    text
}

/// C's `%g`.
fn general(x: f64) -> String {
    let mut text = String::new();
    match x {
        _ if x.is_nan() => text.push_str("nan"),
        _ if x.is_infinite() => text.push_str(if x > 0.0 { "inf" } else { "-inf" }),
        _ => decimal::general(&mut text, x, 6, false),
    }
    text
}

/// `_,5,_`: an index among the other arguments.
fn among(text: &str, place: usize, count: usize) -> String {
    (0..count).map(|i| if i == place { text } else { "_" }).collect::<Vec<_>>().join(",")
}

fn invalid(text: &str, place: usize, count: usize) -> Fault {
    let why = if text.ends_with('i') && !text.starts_with('<') {
        "subscripts must be real (forgot to initialize i or j?)"
    } else {
        "subscripts must be either integers 1 to (2^63)-1 or logicals"
    };
    fault!("index ({}): {why}", among(text, place, count)).id("Octave:invalid-index")
}

/// `index (5,_): out of bound 3 (dimensions are 3x3)`; positions in the message count from 1.
pub fn out_of_bound(index: usize, extent: usize, place: usize, count: usize, shape: &Shape) -> Fault {
    fault!("index ({}): out of bound {extent} (dimensions are {shape})", among(&index.to_string(), place, count))
        .id("Octave:index-out-of-bounds")
}

/// A fault of indexing that names the variable: `index (5,_): ...` becomes `x(5,_): ...`.
pub fn with_name(mut fault: Fault, name: &str) -> Fault {
    if let Some(rest) = fault.message.strip_prefix("index (") {
        fault.message = format!("{name}({rest}");
    }
    fault
}
