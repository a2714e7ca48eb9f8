//! Where it is decided whether an array operation is computed at once or becomes a node of the graph.
//!
//! The rule: a result is computed at once while all operands are in memory and it has at most
//! `Settings::dense_limit` bytes; otherwise it waits. Scalars made from operands in memory never wait.

use super::elementwise::{self, Who};
use super::run;
use crate::array::{Block, Complex64, DType, Data, Order, Region, ScalarFn, Shape, amount, room};
use crate::builtin::Host;
use crate::diag::{Result, Span};
use crate::fault;
use crate::ir::{AxisSlice, Meta, Node, Op, op::Source};
use crate::kernel::{Conj, Formula, Instr, Kernel, LaneKind, MapBody, Operand, ReduceKind, ScanKind, Window};
use crate::value::convert::narrow;
use crate::value::{Cell, Lazy, Struct, Value};
use smallvec::SmallVec;
use std::sync::Arc;

/// A value as a node of the graph. Dense arrays become sources that share their memory, ranges and scalars formulas.
pub fn as_node(x: &Value, span: Span) -> Result<Arc<Node>> {
    let source = match x {
        Value::Lazy(node) => return Ok(node.0.clone()),
        Value::Num(x) => Source::Formula(Formula::Fill { bits: x.to_bits(), dtype: DType::F64 }, Shape::scalar()),
        Value::Bool(x) => {
            Source::Formula(Formula::Fill { bits: (*x as u8 as f64).to_bits(), dtype: DType::Bool }, Shape::scalar())
        }
        Value::Range(r) => {
            let formula = Formula::Linear { start: r.start.to_bits(), step: r.step.to_bits(), last: r.last.to_bits() };
            Source::Formula(formula, Shape::matrix(1, r.len()))
        }
        Value::Diag(d) => return super::lazy_diagonal::matrix(d, span),
        other => Source::Dense(other.to_block()?),
    };
    Node::new(Op::Source(source), &[], span)
}

/// A node as a value. An array without elements has nothing to wait for.
pub fn value(node: Arc<Node>) -> Value {
    let Meta { shape, dtype, .. } = &node.meta;
    if shape.is_empty() {
        return Value::block(narrow(Block::dense(shape.clone(), Data::zeros(*dtype, 0))));
    }
    Value::Lazy(Lazy(node))
}

/// An array that is made by formula: at once if it is small, otherwise when it is needed.
pub fn formula(host: &mut dyn Host, formula: Formula, shape: Shape, span: Span) -> Result<Value> {
    if waits(host, &[], &shape, formula.dtype()) {
        return Ok(value(Node::new(Op::Source(Source::Formula(formula, shape)), &[], span)?));
    }
    let pool = crate::array::Pool::new();
    Ok(Value::block(formula.block(&shape, &Region::whole(&shape), Order::F, &pool)))
}

/// Whether a result of this size waits.
pub fn waits(host: &dyn Host, operands: &[&Value], shape: &Shape, dtype: DType) -> bool {
    if operands.iter().any(|x| matches!(x, Value::Lazy(_))) {
        return true;
    }
    let bytes = shape.iter().fold(dtype.size() as u128, |bytes, &extent| bytes.saturating_mul(extent as u128));
    bytes > host.settings().dense_limit as u128 && !shape.is_scalar()
}

/// A function of scalars on every element, with broadcasting.
pub fn elementwise(host: &mut dyn Host, f: ScalarFn, args: &[&Value], who: Who, span: Span) -> Result<Value> {
    if let [a, b] = args
        && host.settings().dense_limit >= elementwise::FAST_BYTES
        && let Some(result) = elementwise::fast(f, a, b)
    {
        return Ok(result);
    }
    let mut types: SmallVec<[DType; 3]> = SmallVec::new();
    for x in args {
        types.push(x.dtype().ok_or_else(|| who.unsupported(args))?);
    }
    let dtype = f.result_type(&types).ok_or_else(|| who.unsupported(args))?;
    let mut shape = Shape::scalar();
    for x in args {
        let other = x.shape();
        shape = shape.broadcast(&other).ok_or_else(|| who.nonconformant(f, &args[0].shape(), &other))?;
    }
    if waits(host, args, &shape, dtype) {
        return map_node(f, args, dtype, span).map(value);
    }
    elementwise::dense(f, args, &types, dtype)
}

/// A map of one instruction; real scalars in memory become constants of the program.
fn map_node(f: ScalarFn, args: &[&Value], dtype: DType, span: Span) -> Result<Arc<Node>> {
    let mut inputs: SmallVec<[Arc<Node>; 3]> = SmallVec::new();
    let mut operands = SmallVec::new();
    for &x in args {
        match constant(x) {
            // A map needs an input to take its shape from.
            Some(c) if args.len() > 1 && args.iter().any(|y| constant(y).is_none()) => {
                operands.push(Operand::constant(c));
            }
            _ => {
                operands.push(Operand::Input(inputs.len() as u16));
                inputs.push(as_node(x, span)?);
            }
        }
    }
    let body = MapBody {
        inputs: inputs.iter().map(|n| n.meta.dtype).collect(),
        instrs: vec![Instr { f, args: operands, dtype }],
    };
    Node::new(Op::Map(Arc::new(body)), &inputs, span)
}

/// The double that stands for a real scalar in memory, where one can.
fn constant(x: &Value) -> Option<f64> {
    match x {
        Value::Num(x) => Some(*x),
        Value::Bool(x) => Some(*x as u8 as f64),
        Value::Array(b) | Value::Char(b, _) if b.shape().is_scalar() => match b.data() {
            Data::I64(_) | Data::U64(_) | Data::C64(_) | Data::C32(_) => None,
            data => Some(data.get_f64(0)),
        },
        _ => None,
    }
}

/// The same elements in another type (the conversion of `int8 (x)`, `double (x)`, ...).
pub fn cast(host: &mut dyn Host, x: &Value, dtype: DType, span: Span) -> Result<Value> {
    if x.dtype() == Some(dtype) {
        return Ok(x.clone());
    }
    if waits(host, &[x], &x.shape(), dtype) {
        return map_node(ScalarFn::Cast, &[x], dtype, span).map(value);
    }
    Ok(Value::shared(elementwise::convert(x.to_block()?, dtype)))
}

/// A reduction over the axes whose bit is set.
pub fn reduce(host: &mut dyn Host, kind: ReduceKind, x: &Value, axes: u32, span: Span) -> Result<Value> {
    if let Value::Lazy(node) = x {
        return Ok(value(Node::new(Op::Reduce { kind, axes }, std::slice::from_ref(&node.0), span)?));
    }
    let _ = host;
    let axes = axes | x.shape().singletons();
    let block = run::run(&Kernel::Reduce { kind, axes, of: None }, vec![x.to_block()?])?;
    Ok(Value::block(narrow(block)))
}

/// Running results along an axis.
pub fn scan(host: &mut dyn Host, kind: ScanKind, x: &Value, axis: usize, span: Span) -> Result<Value> {
    scan_from(host, kind, x, None, axis, span)
}

/// As [`scan`], from a carry that is there before the first element.
pub fn scan_from(
    host: &mut dyn Host,
    kind: ScanKind,
    x: &Value,
    before: Option<&Value>,
    axis: usize,
    span: Span,
) -> Result<Value> {
    let inputs: SmallVec<[&Value; 2]> = std::iter::once(x).chain(before).collect();
    if waits(host, &inputs, &x.shape(), x.dtype().unwrap_or(DType::F64)) {
        let nodes = inputs.iter().map(|x| as_node(x, span)).collect::<Result<Vec<_>>>()?;
        return Ok(value(Node::new(Op::Scan { kind, axis: axis as u8 }, &nodes, span)?));
    }
    let blocks = inputs.iter().map(|x| x.to_block()).collect::<Result<Vec<_>>>()?;
    let block = run::run(&Kernel::Scan { kind, axis: axis as u8 }, blocks)?;
    Ok(Value::block(narrow(block)))
}

/// A function of every lane along an axis.
pub fn lanes(host: &mut dyn Host, kind: LaneKind, x: &Value, axis: usize, span: Span) -> Result<Value> {
    let shape = x.shape();
    let out = shape.with_extent(axis, kind.extent(shape.extent(axis)));
    if axis < shape.rank() && !shape.is_empty() && waits(host, &[x], &out, x.dtype().unwrap_or(DType::F64)) {
        let node = as_node(x, span)?;
        return Ok(value(Node::new(Op::Lanes { kind, axis: axis as u8 }, &[node], span)?));
    }
    let x = gathered(host, x, &crate::ir::print::lane_text(&kind))?;
    if let LaneKind::Fourier { .. } = kind {
        // The plan, its scratch and the result.
        room::ensure(out.len(), 4, size_of::<Complex64>());
    }
    let block = run::run(&Kernel::Lanes { kind, axis: axis as u8 }, vec![x.to_block()?])?;
    Ok(match x {
        Value::Char(_, quote) if block.dtype() == DType::Char => Value::Char(Arc::new(block), quote),
        _ => Value::block(narrow(block)),
    })
}

/// A function of each real element by a table.
pub fn by_table(host: &mut dyn Host, kind: LaneKind, x: &Value, span: Span) -> Result<Value> {
    let (shape, dtype) = (x.shape(), x.dtype().unwrap_or(DType::F64));
    let axis = shape.rank() as u8;
    if !shape.is_empty() && waits(host, &[x], &shape, dtype) {
        return Ok(value(Node::new(Op::Lanes { kind, axis }, &[as_node(x, span)?], span)?));
    }
    let x = gathered(host, x, &crate::ir::print::lane_text(&kind))?;
    Ok(Value::block(run::run(&Kernel::Lanes { kind, axis }, vec![x.to_block()?])?))
}

/// `op (a) * op (b)` for operands of one float type.
pub fn dot(host: &mut dyn Host, a: (&Value, Conj), b: (&Value, Conj), span: Span) -> Result<Value> {
    let (x, y) = (as_node(a.0, span)?, as_node(b.0, span)?);
    let node = Node::new(Op::Dot { a: a.1, b: b.1 }, &[x, y], span)?;
    let Meta { shape, dtype, .. } = &node.meta;
    if waits(host, &[a.0, b.0], shape, *dtype) {
        return Ok(value(node));
    }
    let block = run::run(&Kernel::Dot { a: a.1, b: b.1 }, vec![a.0.to_block()?, b.0.to_block()?])?;
    Ok(Value::block(narrow(block)))
}

/// `op (a) * op (b)` of every page of operands of one float type; `shape` is that of the result.
pub fn page_dot(host: &mut dyn Host, a: (&Value, Conj), b: (&Value, Conj), shape: &Shape, span: Span) -> Result<Value> {
    if waits(host, &[a.0, b.0], shape, a.0.dtype().unwrap_or(DType::F64)) {
        let inputs = [as_node(a.0, span)?, as_node(b.0, span)?];
        return Ok(value(Node::new(Op::PageDot { a: a.1, b: b.1 }, &inputs, span)?));
    }
    let block = run::run(&Kernel::PageDot { a: a.1, b: b.1 }, vec![a.0.to_block()?, b.0.to_block()?])?;
    Ok(Value::block(narrow(block)))
}

/// A function of the surroundings of every element.
pub fn window(host: &mut dyn Host, window: Window, x: &Value, span: Span) -> Result<Value> {
    let dtype = window.result_type(x.dtype().unwrap_or(DType::F64)).unwrap_or(DType::F64);
    let window = Arc::new(window);
    if waits(host, &[x], &window.shape, dtype) {
        return Ok(value(Node::new(Op::Window(window), &[as_node(x, span)?], span)?));
    }
    let block = run::run(&Kernel::Window(window), vec![x.to_block()?])?;
    Ok(Value::block(narrow(block)))
}

/// Axis `i` of the result is axis `perm[i]` of the array (from 0).
pub fn permute(host: &mut dyn Host, x: &Value, perm: &[usize], span: Span) -> Result<Value> {
    let perm: SmallVec<[u8; 4]> = perm.iter().map(|&p| p as u8).collect();
    if waits(host, &[x], &x.shape(), x.dtype().unwrap_or(DType::F64)) {
        return Ok(value(Node::new(Op::Permute { perm }, &[as_node(x, span)?], span)?));
    }
    let quote = if let Value::Char(_, quote) = x { Some(*quote) } else { None };
    let block = run::run(&Kernel::Permute { perm }, vec![x.to_block()?])?;
    Ok(match quote {
        Some(quote) => Value::Char(Arc::new(block), quote),
        None => Value::block(block),
    })
}

/// The same elements in column-major sequence under another shape of equal size.
pub fn reshape(host: &mut dyn Host, x: &Value, shape: Shape, span: Span) -> Result<Value> {
    match x {
        Value::Lazy(node) => {
            if node.0.meta.shape == shape {
                return Ok(x.clone());
            }
            Ok(value(Node::new(Op::Reshape { shape }, std::slice::from_ref(&node.0), span)?))
        }
        Value::Range(r) if waits(host, &[], &shape, DType::F64) => {
            let formula = Formula::Linear { start: r.start.to_bits(), step: r.step.to_bits(), last: r.last.to_bits() };
            self::formula(host, formula, shape, span)
        }
        Value::Char(b, quote) => Ok(Value::Char(Arc::new(b.as_ref().clone().with_shape(shape)), *quote)),
        other => Ok(Value::block(Arc::unwrap_or_clone(other.to_block()?).with_shape(shape))),
    }
}

/// Arrays of one type side by side along an axis; shapes must fit.
pub fn concat(host: &mut dyn Host, parts: &[Value], axis: usize, span: Span) -> Result<Value> {
    let total: usize = parts.iter().map(|x| x.shape().extent(axis)).sum();
    let first = parts.first().ok_or_else(|| fault!("nothing to concatenate"))?;
    let shape = first.shape().with_extent(axis, total);
    let operands: Vec<&Value> = parts.iter().collect();
    if waits(host, &operands, &shape, first.dtype().unwrap_or(DType::F64)) {
        let nodes = parts.iter().map(|x| as_node(x, span)).collect::<Result<Vec<_>>>()?;
        return Ok(value(Node::new(Op::Concat { axis: axis as u8 }, &nodes, span)?));
    }
    let blocks = parts.iter().map(Value::to_block).collect::<Result<Vec<_>>>()?;
    Ok(Value::block(run::run(&Kernel::Concat { axis: axis as u8 }, blocks)?))
}

/// Layers `start`, `start + step`, ... of an array along an axis, `len` of them.
pub fn layers(x: &Value, axis: usize, taken: AxisSlice, span: Span) -> Result<Value> {
    let mut axes: SmallVec<[AxisSlice; 4]> = x.shape().iter().map(|&d| AxisSlice::all(d)).collect();
    let Some(slot) = axes.get_mut(axis) else { return Err(fault!("internal error: no layers along axis {axis}")) };
    *slot = taken;
    if matches!(x, Value::Lazy(_)) {
        return Ok(value(Node::new(Op::Slice { axes }, &[as_node(x, span)?], span)?));
    }
    let axes = axes.iter().map(|s| (s.start, s.step, s.len)).collect();
    Ok(Value::block(run::run(&Kernel::Slice { axes }, vec![x.to_block()?])?))
}

/// A value in memory: a lazy array is computed, if the budget holds it.
pub fn gathered(host: &mut dyn Host, x: &Value, what: &str) -> Result<Value> {
    gathered_for(host, x, what, 1)
}

/// As [`gathered`], for work that takes the array so many times in memory. Refuses before anything runs, and names the
/// smallest budget that would do.
pub fn gathered_for(host: &mut dyn Host, x: &Value, what: &str, times: u128) -> Result<Value> {
    let Value::Lazy(lazy) = x else { return Ok(x.clone()) };
    let budget = host.arrays().budget();
    let needed = lazy.bytes() * times;
    if needed > budget as u128 {
        return Err(fault!(
            "{what}: needs the whole {} array in memory, {} with what it works on, and the budget is {}",
            lazy.shape(),
            amount::bytes(needed),
            amount::bytes(budget)
        )
        .id(crate::value::OUT_OF_MEMORY)
        .hint(format!(
            "run with --memory {}MB or more, take a part of it by indexing, or reduce it first",
            needed.div_ceil(1_000_000)
        )));
    }
    host.gather(x)
}

/// A complex array that waits as what it will be: its real part, where no element has another. One pass tells, for who
/// must know before: order, for one, is another among complex numbers.
pub fn settled(host: &mut dyn Host, x: &Value, span: Span) -> Result<Value> {
    let Value::Lazy(lazy) = x else { return Ok(x.clone()) };
    if !lazy.dtype().is_complex() {
        return Ok(x.clone());
    }
    let imaginary = elementwise(host, ScalarFn::Imag, &[x], Who::Function("imag"), span)?;
    let present = elementwise(host, ScalarFn::Ne, &[&imaginary, &Value::Num(0.0)], Who::Operator("!="), span)?;
    let some = reduce(host, ReduceKind::Any, &present, (1 << lazy.shape().rank()) - 1, span)?;
    match host.gather(&some)?.to_f64() {
        Some(0.0) => elementwise(host, ScalarFn::Real, &[x], Who::Function("real"), span),
        _ => Ok(x.clone()),
    }
}

/// Whether a value is a lazy array, or a cell array or a struct with one in it.
pub fn holds_lazy(value: &Value) -> bool {
    match value {
        Value::Lazy(_) => true,
        Value::Cell(cell) => cell.values.iter().any(holds_lazy),
        Value::Struct(records) => records.iter().any(|(_, column)| column.iter().any(holds_lazy)),
        _ => false,
    }
}

/// A value with the lazy arrays in it that are `wanted`, at any depth of cells and structs, in memory.
pub fn in_memory(host: &mut dyn Host, value: &Value, wanted: &dyn Fn(&Lazy) -> bool) -> Result<Value> {
    match value {
        Value::Lazy(lazy) if wanted(lazy) => host.gather(value),
        Value::Cell(cell) if holds_lazy(value) => {
            let mut cell = Cell::clone(cell);
            for value in &mut cell.values {
                *value = in_memory(host, value, wanted)?;
            }
            Ok(Value::Cell(Arc::new(cell)))
        }
        Value::Struct(records) if holds_lazy(value) => {
            let mut gathered = Struct::clone(records);
            for (name, column) in records.iter() {
                let column = column.iter().map(|value| in_memory(host, value, wanted)).collect::<Result<Vec<_>>>()?;
                gathered.set_column(name, column);
            }
            Ok(Value::Struct(Arc::new(gathered)))
        }
        other => Ok(other.clone()),
    }
}
