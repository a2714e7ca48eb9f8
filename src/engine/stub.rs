//! Stands in for the kernels until they are there: a few of them, on doubles, by the definition.

use super::job::internal;
use crate::array::{Block, DType, Data, Order, Region, ScalarFn, Shape};
use crate::diag::Result;
use crate::kernel::{Context, Formula, Kernel, Operand, Program};
use smallvec::SmallVec;
use std::sync::Arc;

pub fn run(program: &Program, args: Vec<Arc<Block>>, cx: &Context) -> Result<SmallVec<[Arc<Block>; 2]>> {
    let mut registers: Vec<Option<Arc<Block>>> = args.into_iter().map(Some).collect();
    let last_use = |register: u16| program.steps.iter().rposition(|step| step.args.contains(&register));
    for (at, step) in program.steps.iter().enumerate() {
        let mut blocks = Vec::new();
        for &arg in &step.args {
            let slot = &mut registers[arg as usize];
            let keep = program.outputs.contains(&arg) || last_use(arg) != Some(at);
            blocks.extend(if keep { slot.clone() } else { slot.take() });
        }
        let result = kernel(&step.kernel, blocks, cx)?;
        registers.push(Some(Arc::new(result)));
    }
    Ok(program.outputs.iter().filter_map(|&r| registers[r as usize].clone()).collect())
}

pub fn formula(formula: &Formula, region: &Region, order: Order) -> Result<Block> {
    match formula {
        Formula::Fill { bits, dtype: DType::F64 } => {
            Ok(Block::new(region.shape(), order, Data::F64(vec![f64::from_bits(*bits); region.size()])))
        }
        other => Err(internal(&format!("{other:?} is not there yet"))),
    }
}

fn kernel(kernel: &Kernel, mut args: Vec<Arc<Block>>, cx: &Context) -> Result<Block> {
    let made = match kernel {
        Kernel::Map(body) => {
            let shape = args[0].shape().clone();
            let order = args[0].order();
            let instr = &body.instrs[0];
            let value = |operand: Operand, i: usize| match operand {
                Operand::Input(n) => args[n as usize].data().get_f64(i),
                Operand::Const(bits) => f64::from_bits(bits),
                Operand::Instr(_) => f64::NAN,
            };
            let values = (0..shape.len()).map(|i| {
                let x = value(instr.args[0], i);
                match instr.f {
                    ScalarFn::Add => x + value(instr.args[1], i),
                    ScalarFn::Sub => x - value(instr.args[1], i),
                    ScalarFn::Mul => x * value(instr.args[1], i),
                    _ => f64::NAN,
                }
            });
            let Data::F64(mut out) = cx.pool.take(DType::F64, shape.len()) else { return Err(internal("type")) };
            out.clear();
            out.extend(values);
            Block::new(shape, order, Data::F64(out))
        }
        Kernel::DotAdd { .. } => {
            let (a, b) = (args[1].clone(), args[2].clone());
            let mut c = Arc::try_unwrap(args.remove(0)).unwrap_or_else(|shared| (*shared).clone());
            let (rows, columns, inner) = (a.shape().rows(), b.shape().columns(), a.shape().columns());
            let (sc, sa, sb) = (c.strides(), a.strides(), b.strides());
            let Data::F64(out) = c.data_mut() else { return Err(internal("type")) };
            for i in 0..rows {
                for j in 0..columns {
                    for k in 0..inner {
                        out[i * sc[0] + j * sc[1]] +=
                            a.data().get_f64(i * sa[0] + k * sa[1]) * b.data().get_f64(k * sb[0] + j * sb[1]);
                    }
                }
            }
            c
        }
        Kernel::Reduce { .. } => {
            let sum = (0..args[0].len()).map(|i| args[0].data().get_f64(i)).sum();
            Block::new(Shape::scalar(), Order::F, Data::F64(vec![sum]))
        }
        other => return Err(internal(&format!("{other:?} is not there yet"))),
    };
    args.into_iter().for_each(|arg| cx.pool.recycle(arg));
    Ok(made)
}
