//! Elementwise expressions: a small interpreter of vector kernels over tiles of the result.
//!
//! [`plan`] turns a body into steps on registers; here the steps run over one tile after another, so that every
//! intermediate stays in the cache. A step rounds to its own type, so the bits do not depend on what was fused.
//! Inputs of the other memory order are reordered first; broadcast inputs are spread while they are loaded.

mod load;
mod plan;
mod real;
mod whole;
mod wide;

use super::elements::reordered;
use super::{Context, MapBody, Price};
use crate::array::{Block, Complex64, DType, Data, Order, ScalarFn, Shape};
use crate::diag::Result;
use crate::fault;
use load::Feed;
use plan::{Bank, Plan, Source, Work};
use smallvec::SmallVec;
use std::sync::Arc;

/// Elements per tile: a handful of registers of this many doubles fit the first-level cache.
pub const TILE: usize = 1024;

/// The contents of a register for one tile.
enum Register {
    Real(Vec<f64>),
    Complex(Vec<Complex64>),
    Signed(Vec<i64>),
    Unsigned(Vec<u64>),
}

impl Register {
    fn new(bank: Bank) -> Register {
        match bank {
            Bank::Real => Register::Real(vec![0.0; TILE]),
            Bank::Complex => Register::Complex(vec![Complex64::ZERO; TILE]),
            Bank::Signed => Register::Signed(vec![0; TILE]),
            Bank::Unsigned => Register::Unsigned(vec![0; TILE]),
        }
    }
}

/// The shape all inputs broadcast to.
pub fn shape<'a>(shapes: impl Iterator<Item = &'a Shape>) -> Result<Shape> {
    let mut out: Option<Shape> = None;
    for shape in shapes {
        out = Some(match out {
            None => shape.clone(),
            Some(so_far) => so_far.broadcast(shape).ok_or_else(|| {
                fault!("nonconformant arguments (op1 is {so_far}, op2 is {shape})").id("Octave:nonconformant-args")
            })?,
        });
    }
    Ok(out.unwrap_or_else(Shape::scalar))
}

/// Cost of a map: its instructions times its elements; registers and reordered inputs as scratch.
pub fn price(body: &MapBody, args: &[(Shape, DType)]) -> Result<Price> {
    let shape = shape(args.iter().map(|a| &a.0))?;
    let flops: u64 = body.instrs.iter().map(|i| i.f.row().flops).sum();
    // Inputs in the minority order are copied; which ones is not known before the blocks are.
    let largest =
        args.iter().map(|(s, d)| (s.len() * d.size()) as u64).fold((0, 0), |(sum, max), b| (sum + b, b.max(max)));
    let scratch = (largest.0 - largest.1) + (body.instrs.len() * TILE * 32) as u64;
    Ok(Price { dtype: body.dtype(), flops: flops * shape.len() as u64, scratch, shape })
}

/// Runs the body over all elements.
pub fn run(body: &MapBody, mut args: Vec<Arc<Block>>, cx: &Context) -> Result<Block> {
    let (shape, order) = align(body, &mut args, cx)?;
    let (len, dtype) = (shape.len(), body.dtype());
    let reused = reusable(&args, &shape, dtype);
    let mut out = match reused {
        Some(k) => match Arc::try_unwrap(std::mem::replace(&mut args[k], Arc::new(Block::scalar(0.0)))) {
            Ok(block) => block.into_data(),
            Err(_) => unreachable!("the block was seen to have one owner"),
        },
        None => cx.pool.take_growing(dtype, len),
    };
    let feeds: Vec<Feed> = args
        .iter()
        .enumerate()
        .map(|(k, a)| if reused == Some(k) { Feed::in_place() } else { Feed::new(a, &shape, order) })
        .collect();
    let plan = Plan::new(body, &feeds.iter().map(Feed::entry).collect::<Vec<_>>())?;
    if len > 0 {
        Machine::new(&plan, &feeds)?.fill(&mut out, 0, 0, len)?;
    }
    drop(feeds);
    args.into_iter().for_each(|a| super::release(a, cx.pool));
    Ok(Block::new(shape, order, out))
}

/// Makes the elements of an expression where they are wanted instead of storing them: the consumer is given the shape of
/// the result and the order in memory that its elements are counted in.
pub fn consume<R>(
    body: &MapBody,
    mut args: Vec<Arc<Block>>,
    cx: &Context,
    consumer: impl FnOnce(&Shape, Order, &mut Elements) -> Result<R>,
) -> Result<R> {
    let (shape, order) = align(body, &mut args, cx)?;
    let feeds: Vec<Feed> = args.iter().map(|a| Feed::new(a, &shape, order)).collect();
    let plan = Plan::new(body, &feeds.iter().map(Feed::entry).collect::<Vec<_>>())?;
    let out = consumer(&shape, order, &mut Elements { machine: Machine::new(&plan, &feeds)? });
    drop(feeds);
    args.into_iter().for_each(|a| super::release(a, cx.pool));
    out
}

/// The elements of an expression that is not stored.
pub struct Elements<'a> {
    machine: Machine<'a>,
}

impl Elements<'_> {
    /// Makes elements `from..from + len`, in order of memory, at `to` of a buffer of the type of the expression.
    pub fn fill(&mut self, buffer: &mut Data, to: usize, from: usize, len: usize) -> Result<()> {
        self.machine.fill(buffer, to, from, len)
    }
}

/// Brings the arguments into the order most of their elements have; returns it with the shape of the result.
fn align(body: &MapBody, args: &mut [Arc<Block>], cx: &Context) -> Result<(Shape, Order)> {
    check(body, args)?;
    let shape = shape(args.iter().map(|a| a.shape()))?;
    let order = majority_order(args);
    for arg in args {
        if arg.order() != order && !arg.is_order_free() {
            let other = Arc::new(reordered(arg, order, cx.pool));
            super::release(std::mem::replace(arg, other), cx.pool);
        }
    }
    Ok((shape, order))
}

fn check(body: &MapBody, args: &[Arc<Block>]) -> Result<()> {
    if args.len() != body.inputs.len() || args.iter().zip(&body.inputs).any(|(a, &d)| a.dtype() != d) {
        let given: Vec<_> = args.iter().map(|a| a.dtype()).collect();
        return Err(fault!("an elementwise kernel for {:?} was given {given:?}", body.inputs));
    }
    Ok(())
}

/// The order most elements have; blocks that fit both do not vote.
fn majority_order(args: &[Arc<Block>]) -> Order {
    let votes = |order: Order| -> usize {
        args.iter().filter(|a| !a.is_order_free() && a.order() == order).map(|a| a.len()).sum()
    };
    if votes(Order::C) > votes(Order::F) { Order::C } else { Order::F }
}

/// An argument that nobody else holds and whose memory fits the result.
fn reusable(args: &[Arc<Block>], shape: &Shape, dtype: DType) -> Option<usize> {
    (0..args.len()).find(|&k| {
        args[k].dtype() == dtype
            && args[k].shape() == shape
            && Arc::strong_count(&args[k]) == 1
            && Arc::weak_count(&args[k]) == 0
    })
}

/// The registers and inputs of one run.
struct Machine<'a> {
    plan: &'a Plan,
    feeds: &'a [Feed<'a>],
    registers: Vec<Register>,
}

impl<'a> Machine<'a> {
    fn new(plan: &'a Plan, feeds: &'a [Feed<'a>]) -> Result<Machine<'a>> {
        let registers = plan.banks.iter().map(|&b| Register::new(b)).collect();
        let mut machine = Machine { plan, feeds, registers };
        for step in &plan.prelude {
            machine.step(step, 0, TILE, None)?;
        }
        Ok(machine)
    }

    /// Makes elements `from..from + len` of the result at `to` of a buffer. An input whose memory is the buffer is read
    /// where the elements lie in the result.
    fn fill(&mut self, buffer: &mut Data, to: usize, from: usize, len: usize) -> Result<()> {
        for done in (0..len).step_by(TILE) {
            let n = TILE.min(len - done);
            for step in &self.plan.steps {
                self.step(step, from + done, n, Some(buffer))?;
            }
            // A tile at a time, so that what is set to zero here is still in the cache when it is overwritten.
            grow(buffer, to + done + n);
            load::store(&self.registers[self.plan.result], buffer, to + done, n);
        }
        Ok(())
    }

    /// The elements of a real operand for this tile.
    fn real(&self, source: Source, at: usize, n: usize) -> &[f64] {
        match source {
            Source::Register(r) => match &self.registers[r] {
                Register::Real(v) => &v[..n],
                _ => unreachable!("the plan converts between banks"),
            },
            Source::Input(k) => self.feeds[k].direct(at, n),
        }
    }

    fn step(&mut self, step: &plan::Step, at: usize, n: usize, out: Option<&mut Data>) -> Result<()> {
        // Taken out while it is written, so that the operands can be read.
        let mut target = std::mem::replace(&mut self.registers[step.to], Register::Real(Vec::new()));
        let done = match (&step.work, &mut target) {
            (Work::Constant(x), Register::Real(to)) => {
                to.fill(*x);
                Ok(())
            }
            (Work::Load(k), to) => {
                self.feeds[*k].load(to, at, n, out.as_deref());
                Ok(())
            }
            (Work::Real { f, dtype }, Register::Real(to)) => {
                let mut operands: [&[f64]; 3] = [&[]; 3];
                for (slot, &a) in operands.iter_mut().zip(&step.args) {
                    *slot = self.real(a, at, n);
                }
                real::apply(*f, *dtype, &operands[..step.args.len()], &mut to[..n])
            }
            (work, to) => {
                let operands: SmallVec<[Operand; 3]> = step.args.iter().map(|&a| self.operand(a, at, n)).collect();
                match work {
                    Work::Complex { f, dtype, real } => wide::apply(*f, *dtype, *real, &operands, to, n),
                    Work::Exact { f, dtype, integral } => whole::apply(*f, *dtype, *integral, &operands, to, n),
                    Work::Constant(_) | Work::Load(_) | Work::Real { .. } => unreachable!("these are in the real bank"),
                }
            }
        };
        self.registers[step.to] = target;
        done
    }

    fn operand(&self, source: Source, at: usize, n: usize) -> Operand<'_> {
        match source {
            Source::Register(r) => match &self.registers[r] {
                Register::Real(v) => Operand::Real(&v[..n]),
                Register::Complex(v) => Operand::Complex(&v[..n]),
                Register::Signed(v) => Operand::Signed(&v[..n]),
                Register::Unsigned(v) => Operand::Unsigned(&v[..n]),
            },
            Source::Input(k) => Operand::Real(self.feeds[k].direct(at, n)),
        }
    }
}

/// Makes a buffer that is being filled at least so long.
fn grow(buffer: &mut Data, len: usize) {
    if buffer.len() < len {
        crate::each_data!(buffer, v => v.resize(len, Default::default()));
    }
}

/// An operand's elements for one tile.
enum Operand<'a> {
    Real(&'a [f64]),
    Complex(&'a [Complex64]),
    Signed(&'a [i64]),
    Unsigned(&'a [u64]),
}

/// Whether the function asks for a truth value, which NaN has not.
fn asks_truth(f: ScalarFn, dtype: DType) -> bool {
    matches!(f, ScalarFn::And | ScalarFn::Or | ScalarFn::Xor | ScalarFn::Not)
        || (f == ScalarFn::Cast && dtype == DType::Bool)
}

/// The fault for a truth value of NaN.
fn no_truth() -> crate::diag::Fault {
    fault!("invalid conversion from NaN to logical")
}

/// The fault for an element whose result would be complex in an array that was planned real.
fn left_reals(f: ScalarFn) -> crate::diag::Fault {
    let name = f.name();
    fault!("{name}: an element of a large array would make the result complex")
        .hint(format!("say that it is meant to be complex: {name} (complex (X))"))
}

/// Whether the function has a complex result for some element of these real blocks (which broadcast).
pub fn leaves_reals(f: ScalarFn, args: &[&Block]) -> bool {
    if !f.may_leave_reals() || args.iter().any(|a| a.dtype().is_complex()) {
        return false;
    }
    let outside = |x: f64| match f {
        ScalarFn::Sqrt | ScalarFn::Log | ScalarFn::Log2 | ScalarFn::Log10 => x < 0.0,
        ScalarFn::Log1p => x < -1.0,
        _ => !x.is_nan() && crate::array::scalar_fn::eval_f64(f, &[x]).is_nan(),
    };
    let any = |block: &Block, test: &dyn Fn(f64) -> bool| match block.data() {
        Data::F64(v) => v.iter().any(|&x| test(x)),
        other => (0..other.len()).any(|i| test(other.get_f64(i))),
    };
    if f != ScalarFn::Pow {
        return any(args[0], &outside);
    }
    if args.iter().any(|a| a.dtype().is_integer()) {
        return false;
    }
    let (base, exponent) = (args[0], args[1]);
    let fractional = |y: f64| y != y.trunc();
    if exponent.len() == 1 && !fractional(exponent.data().get_f64(0)) {
        return false;
    }
    if !any(base, &|x| x < 0.0) || !any(exponent, &|y| !y.is_nan() && fractional(y)) {
        return false;
    }
    if base.len() == 1 || exponent.len() == 1 {
        return true;
    }
    let Ok(shape) = shape([base.shape(), exponent.shape()].into_iter()) else { return false };
    let at = |block: &Block, index: usize| {
        let (mut rest, mut at) = (index, 0);
        for (axis, stride) in block.strides().iter().enumerate() {
            let k = rest % shape.extent(axis);
            rest /= shape.extent(axis);
            at += if block.shape().extent(axis) == 1 { 0 } else { k * stride };
        }
        block.data().get_f64(at)
    };
    (0..shape.len()).any(|i| at(base, i) < 0.0 && fractional(at(exponent, i)))
}

/// A complex block whose imaginary parts are all zero becomes real, as results of the language do; any other block
/// comes back as it is.
pub fn narrow_complex(block: Block) -> Block {
    let real = match block.data() {
        Data::C64(v) if v.iter().all(|z| z.im == 0.0) => Data::F64(v.iter().map(|z| z.re).collect()),
        Data::C32(v) if v.iter().all(|z| z.im == 0.0) => Data::F32(v.iter().map(|z| z.re).collect()),
        _ => return block,
    };
    Block::new(block.shape().clone(), block.order(), real)
}
