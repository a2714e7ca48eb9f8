//! A map body as steps on registers.
//!
//! Every value lives in the bank of its type: reals as doubles, complex numbers as pairs of them, 64-bit integers as
//! themselves. On exit, constants are set before the first tile, and registers are used again after their last reader.

use crate::array::scalar_fn::Rule;
use crate::array::{DType, ScalarFn};
use crate::diag::Result;
use crate::fault;
use crate::kernel::{MapBody, Operand};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// Where a value lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bank {
    Real,
    Complex,
    Signed,
    Unsigned,
}

impl Bank {
    pub fn of(dtype: DType) -> Bank {
        match dtype {
            DType::C64 | DType::C32 => Bank::Complex,
            DType::I64 => Bank::Signed,
            DType::U64 => Bank::Unsigned,
            _ => Bank::Real,
        }
    }
}

/// An operand of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    Register(usize),
    /// A double input, read where it lies.
    Input(usize),
}

/// How an input reaches the steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// Doubles that lie where the result's elements do: no load.
    Direct,
    /// One element for all: loaded once.
    Once,
    /// Loaded for each tile.
    Tile,
}

/// What a step does.
#[derive(Debug, Clone, PartialEq)]
pub enum Work {
    Constant(f64),
    Load(usize),
    /// On doubles, into doubles.
    Real {
        f: ScalarFn,
        dtype: DType,
    },
    /// On complex numbers; bit i of `real` for an operand of a real type.
    Complex {
        f: ScalarFn,
        dtype: DType,
        real: u8,
    },
    /// On integers, exactly; bit i of `integral` for an operand of an integer type.
    Exact {
        f: ScalarFn,
        dtype: DType,
        integral: u8,
    },
}

#[derive(Debug, Clone)]
pub struct Step {
    pub work: Work,
    pub args: SmallVec<[Source; 3]>,
    pub to: usize,
}

/// Steps to run once, steps to run for each tile, and where the result is.
#[derive(Debug)]
pub struct Plan {
    pub prelude: Vec<Step>,
    pub steps: Vec<Step>,
    pub banks: Vec<Bank>,
    /// The register of the result.
    pub result: usize,
}

/// A value with its type while the plan is made; registers are not yet shared.
#[derive(Clone, Copy)]
struct Typed {
    source: Source,
    dtype: DType,
    constant: bool,
}

struct Builder<'a> {
    body: &'a MapBody,
    entries: &'a [Entry],
    prelude: Vec<Step>,
    steps: Vec<Step>,
    banks: Vec<Bank>,
    constants: FxHashMap<u64, Source>,
    inputs: FxHashMap<u16, Source>,
}

impl Plan {
    /// The plan of a body whose inputs come in like this.
    pub fn new(body: &MapBody, entries: &[Entry]) -> Result<Plan> {
        let mut b = Builder {
            body,
            entries,
            prelude: Vec::new(),
            steps: Vec::new(),
            banks: Vec::new(),
            constants: FxHashMap::default(),
            inputs: FxHashMap::default(),
        };
        let mut values: Vec<Typed> = Vec::with_capacity(body.instrs.len());
        for instr in &body.instrs {
            if instr.args.len() != instr.f.arity() {
                return Err(fault!("{:?} takes {} operands", instr.f, instr.f.arity()));
            }
            let args = instr.args.iter().map(|&a| b.operand(a, &values)).collect::<Result<SmallVec<[Typed; 3]>>>()?;
            let source = b.instruction(instr.f, &args, instr.dtype);
            values.push(Typed { source, dtype: instr.dtype, constant: false });
        }
        let Some(Source::Register(result)) = values.last().map(|v| v.source) else {
            return Err(fault!("an elementwise kernel without instructions"));
        };
        let mut plan = Plan { prelude: b.prelude, steps: b.steps, banks: b.banks, result };
        plan.share_registers();
        Ok(plan)
    }

    /// Gives registers with disjoint lives the same place.
    fn share_registers(&mut self) {
        let mut last_use = vec![0usize; self.banks.len()];
        for (i, step) in self.steps.iter().enumerate() {
            last_use[step.to] = last_use[step.to].max(i);
            for a in &step.args {
                if let Source::Register(r) = a {
                    last_use[*r] = i;
                }
            }
        }
        let forever = usize::MAX;
        self.prelude.iter().for_each(|s| last_use[s.to] = forever);
        last_use[self.result] = forever;
        let mut place = vec![usize::MAX; self.banks.len()];
        let mut banks: Vec<Bank> = Vec::new();
        let mut free: Vec<usize> = Vec::new();
        for step in &mut self.prelude {
            banks.push(self.banks[step.to]);
            place[step.to] = banks.len() - 1;
            step.to = place[step.to];
        }
        for (i, step) in self.steps.iter_mut().enumerate() {
            let to = step.to;
            let bank = self.banks[to];
            let slot = match free.iter().position(|&s| banks[s] == bank) {
                Some(k) => free.swap_remove(k),
                None => {
                    banks.push(bank);
                    banks.len() - 1
                }
            };
            place[to] = slot;
            let mut dead: SmallVec<[usize; 4]> = SmallVec::new();
            for a in &mut step.args {
                if let Source::Register(r) = a {
                    if last_use[*r] == i && !dead.contains(r) {
                        dead.push(*r);
                    }
                    *r = place[*r];
                }
            }
            dead.iter().for_each(|&r| free.push(place[r]));
            if last_use[to] == i {
                free.push(slot);
            }
            step.to = slot;
        }
        self.result = place[self.result];
        self.banks = banks;
    }
}

impl Builder<'_> {
    fn register(&mut self, bank: Bank) -> usize {
        self.banks.push(bank);
        self.banks.len() - 1
    }

    fn emit(&mut self, work: Work, args: &[Source], bank: Bank) -> Source {
        let to = self.register(bank);
        self.steps.push(Step { work, args: SmallVec::from_slice(args), to });
        Source::Register(to)
    }

    fn constant(&mut self, x: f64) -> Source {
        if let Some(&source) = self.constants.get(&x.to_bits()) {
            return source;
        }
        let to = self.register(Bank::Real);
        self.prelude.push(Step { work: Work::Constant(x), args: SmallVec::new(), to });
        self.constants.insert(x.to_bits(), Source::Register(to));
        Source::Register(to)
    }

    fn operand(&mut self, operand: Operand, values: &[Typed]) -> Result<Typed> {
        match operand {
            Operand::Const(bits) => {
                let source = self.constant(f64::from_bits(bits));
                Ok(Typed { source, dtype: DType::F64, constant: true })
            }
            Operand::Instr(i) => {
                values.get(i as usize).copied().ok_or_else(|| fault!("instruction {i} is used before it is made"))
            }
            Operand::Input(k) => {
                let dtype = *self.body.inputs.get(k as usize).ok_or_else(|| fault!("there is no input {k}"))?;
                let source = match self.inputs.get(&k) {
                    Some(&source) => source,
                    None => {
                        let work = Work::Load(k as usize);
                        let source = match self.entries[k as usize] {
                            Entry::Direct => Source::Input(k as usize),
                            Entry::Tile => self.emit(work, &[], Bank::of(dtype)),
                            Entry::Once => {
                                let to = self.register(Bank::of(dtype));
                                self.prelude.push(Step { work, args: SmallVec::new(), to });
                                Source::Register(to)
                            }
                        };
                        self.inputs.insert(k, source);
                        source
                    }
                };
                Ok(Typed { source, dtype, constant: false })
            }
        }
    }

    fn instruction(&mut self, f: ScalarFn, args: &[Typed], dtype: DType) -> Source {
        let rule = f.row().rule;
        let some = |test: fn(DType) -> bool| test(dtype) || args.iter().any(|a| test(a.dtype));
        // Powers of two integers and bit patterns need their integers exactly, whatever the width.
        let whole = dtype.is_integer()
            && (matches!(rule, Rule::Bits | Rule::Shift)
                || (f == ScalarFn::Pow && args.iter().all(|a| a.dtype.is_integer())));
        let exact = whole || some(|d| matches!(d, DType::I64 | DType::U64));
        let (mut real, mut integral) = (0u8, 0u8);
        let mut sources: SmallVec<[Source; 3]> = SmallVec::new();
        for (i, &arg) in args.iter().enumerate() {
            real |= u8::from(!arg.dtype.is_complex()) << i;
            integral |= u8::from(arg.dtype.is_integer()) << i;
            // Single wins before the operation: its double operand is rounded first. Remainders of integers take
            // their other operand as an integer.
            let narrow = match dtype {
                _ if matches!(rule, Rule::Cast | Rule::Comparison | Rule::Predicate) => None,
                DType::F32 | DType::C32 if arg.dtype == DType::F64 => Some(DType::F32),
                DType::F32 | DType::C32 if arg.dtype == DType::C64 => Some(DType::C32),
                d if d.is_integer() && rule == Rule::Modulo && arg.dtype != d && !exact => Some(d),
                _ => None,
            };
            sources.push(narrow.map_or(arg.source, |to| self.narrowed(arg, to)));
        }
        let work = if some(DType::is_complex) {
            Work::Complex { f, dtype, real }
        } else if exact {
            Work::Exact { f, dtype, integral }
        } else {
            Work::Real { f, dtype }
        };
        self.emit(work, &sources, Bank::of(dtype))
    }

    /// A double rounded to single, or to an integer type.
    fn narrowed(&mut self, arg: Typed, to: DType) -> Source {
        if let (true, Source::Register(r)) = (arg.constant, arg.source) {
            let value = self.prelude.iter().find(|s| s.to == r).map(|s| s.work.clone());
            if let Some(Work::Constant(x)) = value {
                return self.constant(crate::array::scalar_fn::round_to(to, x));
            }
        }
        let bank = Bank::of(to);
        let work = match bank {
            Bank::Complex => Work::Complex { f: ScalarFn::Cast, dtype: to, real: 0 },
            _ => Work::Real { f: ScalarFn::Cast, dtype: to },
        };
        self.emit(work, &[arg.source], bank)
    }
}
