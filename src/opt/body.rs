//! Elementwise bodies: putting one into another, and simplifying the instructions.

use crate::array::scalar_fn::eval_f64;
use crate::array::{DType, ScalarFn};
use crate::kernel::{Instr, MapBody, Operand};
use smallvec::SmallVec;

/// Builds a body instruction by instruction, equal instructions once.
#[derive(Default)]
pub struct BodyBuilder {
    pub inputs: Vec<DType>,
    pub instrs: Vec<Instr>,
}

impl BodyBuilder {
    /// Appends an instruction after simplifying it; says where its value is.
    pub fn push(&mut self, f: ScalarFn, args: &[Operand], dtype: DType) -> Operand {
        if let Some(simpler) = self.simplify(f, args, dtype) {
            return simpler;
        }
        let instr = Instr { f, args: SmallVec::from_slice(args), dtype };
        let at = self.instrs.iter().position(|i| *i == instr).unwrap_or_else(|| {
            self.instrs.push(instr);
            self.instrs.len() - 1
        });
        Operand::Instr(at as u16)
    }

    fn dtype(&self, x: Operand) -> DType {
        match x {
            Operand::Input(i) => self.inputs[i as usize],
            Operand::Instr(i) => self.instrs[i as usize].dtype,
            Operand::Const(_) => DType::F64,
        }
    }

    /// The exact identities: same bits for NaN, infinities and signed zeros.
    fn simplify(&self, f: ScalarFn, args: &[Operand], dtype: DType) -> Option<Operand> {
        let constant = |x: Operand| match x {
            Operand::Const(bits) => Some(f64::from_bits(bits)),
            _ => None,
        };
        let real = matches!(dtype, DType::F64 | DType::F32);
        // Arithmetic on constants alone, in the order it was written.
        if dtype == DType::F64 && args.iter().all(|&x| constant(x).is_some()) {
            let values: SmallVec<[f64; 3]> = args.iter().filter_map(|&x| constant(x)).collect();
            if matches!(f, ScalarFn::Add | ScalarFn::Sub | ScalarFn::Mul | ScalarFn::Div | ScalarFn::Neg) {
                return Some(Operand::constant(eval_f64(f, &values)));
            }
        }
        match (f, args) {
            (ScalarFn::Sub, &[x, c]) if real && constant(c).is_some_and(|c| c == 0.0 && c.is_sign_positive()) => {
                self.same(x, dtype)
            }
            (ScalarFn::Mul | ScalarFn::Div | ScalarFn::Pow, &[x, c]) if real && constant(c) == Some(1.0) => {
                self.same(x, dtype)
            }
            (ScalarFn::Mul, &[c, x]) if real && constant(c) == Some(1.0) => self.same(x, dtype),
            // -(-x)
            (ScalarFn::Neg, &[Operand::Instr(i)]) if real => match &self.instrs[i as usize] {
                Instr { f: ScalarFn::Neg, args, .. } => self.same(args[0], dtype),
                _ => None,
            },
            (ScalarFn::Cast, &[x]) => self.same(x, dtype),
            _ => None,
        }
    }

    /// `x` itself, if it already has the type and is not a bare constant.
    fn same(&self, x: Operand, dtype: DType) -> Option<Operand> {
        (self.dtype(x) == dtype && !matches!(x, Operand::Const(_))).then_some(x)
    }

    /// Appends a whole body whose inputs are these operands; says where its result is.
    pub fn append(&mut self, body: &MapBody, inputs: &[Operand]) -> Operand {
        let mut moved: Vec<Operand> = Vec::with_capacity(body.instrs.len());
        for instr in &body.instrs {
            let args: SmallVec<[Operand; 3]> = instr
                .args
                .iter()
                .map(|&x| match x {
                    Operand::Input(i) => inputs[i as usize],
                    Operand::Instr(i) => moved[i as usize],
                    Operand::Const(_) => x,
                })
                .collect();
            moved.push(self.push(instr.f, &args, instr.dtype));
        }
        moved.last().copied().unwrap_or(Operand::Input(0))
    }

    /// The finished body whose result is `result`: only what it needs, inputs renumbered. Also says which of the old
    /// inputs remain, in order. `None` when the result is an input or a constant, so that there is nothing to compute.
    pub fn finish(&self, result: Operand) -> Option<(MapBody, Vec<usize>)> {
        let Operand::Instr(last) = result else { return None };
        let mut needed = vec![false; last as usize + 1];
        needed[last as usize] = true;
        let mut used = vec![false; self.inputs.len()];
        for at in (0..=last as usize).rev() {
            if !needed[at] {
                continue;
            }
            for arg in &self.instrs[at].args {
                match arg {
                    Operand::Instr(i) => needed[*i as usize] = true,
                    Operand::Input(i) => used[*i as usize] = true,
                    Operand::Const(_) => {}
                }
            }
        }
        let kept: Vec<usize> = (0..self.inputs.len()).filter(|&i| used[i]).collect();
        let mut numbers = vec![0u16; last as usize + 1];
        let mut body = MapBody { inputs: kept.iter().map(|&i| self.inputs[i]).collect(), instrs: Vec::new() };
        for at in 0..=last as usize {
            if !needed[at] {
                continue;
            }
            numbers[at] = body.instrs.len() as u16;
            let mut instr = self.instrs[at].clone();
            for arg in &mut instr.args {
                *arg = match *arg {
                    Operand::Instr(i) => Operand::Instr(numbers[i as usize]),
                    Operand::Input(i) => Operand::Input(kept.iter().position(|&k| k == i as usize).unwrap_or(0) as u16),
                    constant => constant,
                };
            }
            body.instrs.push(instr);
        }
        Some((body, kept))
    }
}
