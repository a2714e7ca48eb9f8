//! Functions of scalars on dense operands: a direct loop where both are doubles, the map kernel for the rest.

use super::run;
use crate::array::{Block, DType, Data, ScalarFn, Shape};
use crate::diag::{Fault, Result};
use crate::fault;
use crate::kernel::{self, Kernel, MapBody};
use crate::value::Value;
use crate::value::convert::{narrow, to_dtype};
use std::sync::Arc;

/// On whose behalf an elementwise function runs: how its errors are worded.
#[derive(Debug, Clone, Copy)]
pub enum Who {
    Operator(&'static str),
    Function(&'static str),
}

impl Who {
    /// Operands the function is not defined for.
    pub fn unsupported(self, args: &[&Value]) -> Fault {
        match (self, args) {
            (Who::Operator(symbol), [a, b]) => run::not_implemented(symbol, a, b),
            (Who::Operator(symbol), _) => {
                fault!("unary operator '{symbol}' not implemented for '{}' operands", args[0].type_name())
            }
            (Who::Function(name), [a, b]) if a.dtype().is_some() && b.dtype().is_some() => fault!(
                "binary operator '{name}' not implemented for '{}' by '{}' operations",
                a.type_name(),
                b.type_name()
            )
            .id("Octave:undefined-function"),
            (Who::Function(name), _) => {
                let culprit = args.iter().find(|x| x.dtype().is_none()).unwrap_or(&args[0]);
                fault!("{name}: wrong type argument '{}'", culprit.type_name())
            }
        }
    }

    /// Shapes that do not broadcast.
    pub fn nonconformant(self, f: ScalarFn, a: &Shape, b: &Shape) -> Fault {
        let name = match (self, f) {
            (Who::Function(name), _) => name.to_owned(),
            (_, ScalarFn::Mul) => "product".to_owned(),
            (_, ScalarFn::Div) => "quotient".to_owned(),
            (_, ScalarFn::Eq | ScalarFn::Ne | ScalarFn::Lt | ScalarFn::Le | ScalarFn::Gt | ScalarFn::Ge) => {
                format!("mx_el_{}", f.name())
            }
            (_, ScalarFn::And | ScalarFn::Or) => format!("mx_el_{}", f.name()),
            (_, ScalarFn::Pow) => "operator .^".to_owned(),
            (Who::Operator(symbol), _) => format!("operator {symbol}"),
        };
        let fault = fault!("{name}: nonconformant arguments (op1 is {a}, op2 is {b})").id("Octave:nonconformant-args");
        if a.len() == b.len() && a.is_vector() && b.is_vector() {
            return fault;
        }
        fault.hint("extents must be equal or 1 along every dimension")
    }
}

/// Doubles as they lie in a value, without copying.
enum Doubles<'a> {
    One(f64),
    Many(&'a [f64], &'a Shape),
}

fn doubles(x: &Value) -> Option<Doubles<'_>> {
    match x {
        Value::Num(x) => Some(Doubles::One(*x)),
        Value::Array(b) => b.slice::<f64>().map(|v| Doubles::Many(v, b.shape())),
        _ => None,
    }
}

/// Most bytes of a result that [`fast`] makes.
pub const FAST_BYTES: u64 = 1 << 19;

/// The common cases of arithmetic and comparison: doubles in memory, of one shape or with a scalar, and a small result.
/// `None` leaves the work to the general way.
pub fn fast(f: ScalarFn, a: &Value, b: &Value) -> Option<Value> {
    const LARGE: usize = FAST_BYTES as usize / 8;
    let (a, b) = (doubles(a)?, doubles(b)?);
    let shape = match (&a, &b) {
        (Doubles::Many(x, s), Doubles::Many(_, t)) => (s == t && x.len() <= LARGE).then_some(*s)?,
        (Doubles::Many(x, s), Doubles::One(_)) | (Doubles::One(_), Doubles::Many(x, s)) => {
            (x.len() <= LARGE).then_some(*s)?
        }
        _ => return None,
    };
    macro_rules! numbers {
        ($op:expr) => {
            Some(Value::block(Block::dense(shape.clone(), Data::F64(zip(&a, &b, $op)))))
        };
    }
    macro_rules! truths {
        ($op:expr) => {
            Some(Value::block(Block::dense(shape.clone(), Data::Bool(zip(&a, &b, $op)))))
        };
    }
    match f {
        ScalarFn::Add => numbers!(|x, y| x + y),
        ScalarFn::Sub => numbers!(|x, y| x - y),
        ScalarFn::Mul => numbers!(|x, y| x * y),
        ScalarFn::Div => numbers!(|x, y| x / y),
        ScalarFn::Pow if matches!(b, Doubles::One(2.0)) => numbers!(|x, _| x * x),
        ScalarFn::Eq => truths!(|x, y| x == y),
        ScalarFn::Ne => truths!(|x, y| x != y),
        ScalarFn::Lt => truths!(|x, y| x < y),
        ScalarFn::Le => truths!(|x, y| x <= y),
        ScalarFn::Gt => truths!(|x, y| x > y),
        ScalarFn::Ge => truths!(|x, y| x >= y),
        _ => None,
    }
}

#[inline(always)]
fn zip<R>(a: &Doubles, b: &Doubles, op: impl Fn(f64, f64) -> R) -> Vec<R> {
    match (a, b) {
        (Doubles::Many(x, _), Doubles::Many(y, _)) => x.iter().zip(*y).map(|(&x, &y)| op(x, y)).collect(),
        (Doubles::Many(x, _), Doubles::One(y)) => x.iter().map(|&x| op(x, *y)).collect(),
        (Doubles::One(x), Doubles::Many(y, _)) => y.iter().map(|&y| op(*x, y)).collect(),
        (Doubles::One(x), Doubles::One(y)) => vec![op(*x, *y)],
    }
}

/// A function of scalars on dense operands whose shapes broadcast and whose result has this type, unless it leaves the
/// reals.
pub fn dense(f: ScalarFn, args: &[&Value], types: &[DType], dtype: DType) -> Result<Value> {
    if matches!(f, ScalarFn::And | ScalarFn::Or | ScalarFn::Not | ScalarFn::Xor) {
        for x in args {
            no_truth_in_nan(x)?;
        }
    }
    let blocks = args.iter().map(|x| x.to_block()).collect::<Result<Vec<_>>>()?;
    let operands: Vec<&Block> = blocks.iter().map(|b| &**b).collect();
    if !kernel::leaves_reals(f, &operands) {
        let body = Arc::new(MapBody::single(f, types, dtype));
        return Ok(Value::block(narrow(run::run(&Kernel::Map(body), blocks)?)));
    }
    let dtype = dtype.complex();
    let blocks: Vec<Arc<Block>> = blocks.into_iter().map(|b| convert(b, dtype)).collect();
    let types = vec![dtype; blocks.len()];
    let body = Arc::new(MapBody::single(f, &types, dtype));
    Ok(Value::block(narrow(run::run(&Kernel::Map(body), blocks)?)))
}

/// NaN is neither true nor false.
pub fn no_truth_in_nan(x: &Value) -> Result<()> {
    let nan = match x {
        Value::Num(x) => x.is_nan(),
        Value::Array(b) => match b.data() {
            Data::F64(v) => v.iter().any(|x| x.is_nan()),
            Data::F32(v) => v.iter().any(|x| x.is_nan()),
            _ => false,
        },
        _ => false,
    };
    if nan { Err(fault!("invalid conversion from NaN to logical")) } else { Ok(()) }
}

/// A double block rounded to single.
pub fn to_single(block: Block) -> Block {
    let shape = block.shape().clone();
    match block.data() {
        Data::F64(v) => Block::dense(shape, Data::F32(v.iter().map(|&x| x as f32).collect())),
        Data::C64(v) => {
            let data = v.iter().map(|z| crate::array::Complex32::new(z.re as f32, z.im as f32)).collect();
            Block::dense(shape, Data::C32(data))
        }
        _ => block,
    }
}

/// The elements in another type, by the rules of conversion (integers round and saturate).
pub fn convert(block: Arc<Block>, dtype: DType) -> Arc<Block> {
    if block.dtype() == dtype { block } else { Arc::new(to_dtype(&block, dtype)) }
}

/// The transpose of a column-major matrix, in tiles that stay in cache.
pub fn transpose_block(block: &Block) -> Block {
    let (m, n) = (block.shape().rows(), block.shape().columns());
    let shape = Shape::matrix(n, m);
    if m == 1 || n == 1 {
        return Block::dense(shape, block.data().clone());
    }
    Block::dense(shape, crate::map_data!(block.data(), v => turned(v, m, n)))
}

fn turned<T: Copy + Default>(v: &[T], m: usize, n: usize) -> Vec<T> {
    const TILE: usize = 32;
    let mut out = vec![T::default(); v.len()];
    for j0 in (0..n).step_by(TILE) {
        for i0 in (0..m).step_by(TILE) {
            for j in j0..(j0 + TILE).min(n) {
                for i in i0..(i0 + TILE).min(m) {
                    out[i * n + j] = v[j * m + i];
                }
            }
        }
    }
    out
}
