//! Functions of lanes that are longer than memory: the same functions as those of whole lanes, made of reductions, running
//! results, order statistics and sorted lanes, which all go block by block.

use super::fourier;
use super::groups::{Columns, Groups, mode};
use super::mask::linear;
use crate::array::{DType, ScalarFn, Shape};
use crate::builtin::api::{Call, Host};
use crate::builtin::ops::{elementwise::Who, lazy};
use crate::builtin::outofcore::lanes::{self, by_lane};
use crate::builtin::outofcore::select::Figure as Selected;
use crate::builtin::outofcore::tally;
use crate::diag::{Result, Span};
use crate::fault;
use crate::ir::{AxisSlice, Node, print};
use crate::kernel::lanes::sample::Ties;
use crate::kernel::{Figure, LaneKind, ReduceKind, ScanKind};
use crate::syntax::ast::BinaryOp::{Add, And, ElDiv as Div, ElMul as Mul, ElPow as Pow, Gt, Or, Sub};
use crate::value::Value;
use std::sync::Arc;

/// A function of every lane along an axis, in the type that it has of whole lanes.
pub fn made(host: &mut dyn Host, kind: &LaneKind, x: &Arc<Node>, axis: usize, span: Span) -> Result<Value> {
    let Some(dtype) = kind.result_type(x.meta.dtype) else {
        return Err(fault!("{} is not defined for complex arguments", print::lane_text(kind)));
    };
    let first = |values: Result<crate::builtin::api::Values>| {
        values?.into_iter().next().ok_or_else(|| fault!("internal error: a function of lanes without a result"))
    };
    let second = |values: Result<crate::builtin::api::Values>| {
        values?.into_iter().nth(1).ok_or_else(|| fault!("internal error: a function of lanes without places"))
    };
    let selected = |figure| lanes::figure(&print::lane_text(kind), x, axis, &figure, span);
    let doubles = |shares: &[u64]| shares.iter().map(|&p| f64::from_bits(p)).collect();
    let call = Call { nargout: 1, span };
    let result = match kind {
        LaneKind::Sort { descending } => first(lanes::sort(x, axis, *descending, false, span))?,
        LaneKind::SortIndex { descending } => second(lanes::sort(x, axis, *descending, true, span))?,
        LaneKind::Best { greatest, count, places: false } => {
            first(lanes::best(x, axis, *greatest, *count, false, span))?
        }
        LaneKind::Best { greatest, count, places: true } => {
            second(lanes::best(x, axis, *greatest, *count, true, span))?
        }
        LaneKind::Tally { bins } => lazy::value(tally::tallied(x, axis, *bins, span)?),
        LaneKind::Quantile { shares, method } => {
            selected(Selected::Quantiles { p: doubles(shares), method: *method as u32 })?
        }
        // Keys of 64 bits are those of doubles: whole numbers beyond them are sorted.
        LaneKind::Nth { places } if matches!(x.meta.dtype, DType::I64 | DType::U64) || x.meta.dtype.is_complex() => {
            let sorted = first(lanes::sort(x, axis, false, false, span))?;
            let parts = places
                .iter()
                .map(|&k| lazy::layers(&sorted, axis, AxisSlice { start: k as usize, step: 1, len: 1 }, span));
            lazy::concat(host, &parts.collect::<Result<Vec<_>>>()?, axis, span)?
        }
        LaneKind::Nth { places } => selected(Selected::Nth { ranks: places.to_vec() })?,
        LaneKind::Figure(Figure::Median) => selected(Selected::Median)?,
        LaneKind::Figure(Figure::Mode) => first(mode(host, x, axis, call))?,
        LaneKind::Figure(Figure::Repeats) => second(mode(host, x, axis, Call { nargout: 2, span }))?,
        LaneKind::Fourier { points, inverse } => fourier::transform(host, x, *points, axis, *inverse, span)?,
        LaneKind::RunningIndex { greatest } => {
            Lanes::new(host, axis, span).running_places(&lazy::value(x.clone()), *greatest)?
        }
        _ => {
            let mut lanes = Lanes::new(host, axis, span);
            let x = lanes.c.cast(&lazy::value(x.clone()), DType::F64)?;
            match kind {
                LaneKind::Figure(figure) => lanes.figure(*figure, &x)?,
                LaneKind::Statistics => lanes.statistics(&x)?,
                LaneKind::Center => lanes.centred(&x)?,
                LaneKind::Standardise { population } => lanes.standardised(&x, *population)?,
                LaneKind::Ranks(ties) => lanes.ranks(&x, *ties)?,
                LaneKind::Unwrap { tolerance } => lanes.unwrapped(&x, f64::from_bits(*tolerance))?,
                other => return lazy::lanes(lanes.c.host, other.clone(), &x, axis, span),
            }
        }
    };
    lazy::cast(host, &result, dtype, span)
}

/// Expressions of real lanes along an axis.
struct Lanes<'a> {
    c: Columns<'a>,
    axis: usize,
}

impl<'a> Lanes<'a> {
    fn new(host: &'a mut dyn Host, axis: usize, span: Span) -> Lanes<'a> {
        Lanes { c: Columns { host, span }, axis }
    }

    fn of(&mut self, f: ScalarFn, x: &Value) -> Result<Value> {
        lazy::elementwise(self.c.host, f, &[x], Who::Function(f.name()), self.c.span)
    }

    fn reduce(&mut self, kind: ReduceKind, x: &Value) -> Result<Value> {
        lazy::reduce(self.c.host, kind, x, 1 << self.axis, self.c.span)
    }

    fn scan(&mut self, kind: ScanKind, x: &Value) -> Result<Value> {
        lazy::scan(self.c.host, kind, x, self.axis, self.c.span)
    }

    fn part(&self, x: &Value, start: usize, len: usize) -> Result<Value> {
        lazy::layers(x, self.axis, AxisSlice { start, step: 1, len }, self.c.span)
    }

    fn extent(&self, x: &Value) -> usize {
        x.shape().extent(self.axis)
    }

    /// 1, 2, ... along the axis.
    fn count_to(&self, n: usize) -> Result<Value> {
        let shape = (0..self.axis).fold(Shape::scalar(), |s, a| s.with_extent(a, 1)).with_extent(self.axis, n);
        Ok(lazy::value(linear(n, shape, self.c.span)?))
    }

    fn centred(&mut self, x: &Value) -> Result<Value> {
        let mean = self.reduce(ReduceKind::Mean, x)?;
        self.c.op(Sub, x, mean)
    }

    fn standardised(&mut self, x: &Value, population: bool) -> Result<Value> {
        let deviation = self.reduce(ReduceKind::Std { population }, x)?;
        let varies = self.c.op(Gt, &deviation, 0.0)?;
        let missing = self.of(ScalarFn::IsNan, &deviation)?;
        let varies = self.c.op(Or, &varies, missing)?;
        let divisor = self.c.choose(&varies, deviation, 1.0)?;
        let centred = self.centred(x)?;
        self.c.op(Div, &centred, divisor)
    }

    /// The mean power of the elements of lanes.
    fn mean_power(&mut self, x: &Value, power: f64) -> Result<Value> {
        let powers = self.c.op(Pow, x, power)?;
        self.reduce(ReduceKind::Mean, &powers)
    }

    fn figure(&mut self, figure: Figure, x: &Value) -> Result<Value> {
        let n = self.extent(x) as f64;
        match figure {
            Figure::Sum => self.reduce(ReduceKind::Sum, x),
            Figure::Product => self.reduce(ReduceKind::Prod, x),
            Figure::Least => self.reduce(ReduceKind::Min, x),
            Figure::Greatest => self.reduce(ReduceKind::Max, x),
            Figure::Mean => self.reduce(ReduceKind::Mean, x),
            Figure::Variance { population } => self.reduce(ReduceKind::Var { population }, x),
            Figure::Deviation { population } => self.reduce(ReduceKind::Std { population }, x),
            Figure::MeanSquare => {
                let squares = self.reduce(ReduceKind::SumSq, x)?;
                self.c.op(Div, &squares, n)
            }
            Figure::GeometricMean => {
                let logarithms = self.of(ScalarFn::Log, x)?;
                let mean = self.reduce(ReduceKind::Mean, &logarithms)?;
                self.of(ScalarFn::Exp, &mean)
            }
            Figure::HarmonicMean => {
                let mean = self.mean_power(x, -1.0)?;
                self.c.op(Pow, &mean, -1.0)
            }
            Figure::Range => {
                let (most, least) = (self.reduce(ReduceKind::Max, x)?, self.reduce(ReduceKind::Min, x)?);
                self.c.op(Sub, &most, least)
            }
            Figure::QuartileRange => {
                let quartiles = self.selected(x, Selected::Quantiles { p: vec![0.25, 0.75], method: 5 })?;
                let (low, high) = (self.part(&quartiles, 0, 1)?, self.part(&quartiles, 1, 1)?);
                self.c.op(Sub, &high, low)
            }
            Figure::MeanDeviation => {
                let centred = self.centred(x)?;
                let distances = self.of(ScalarFn::Abs, &centred)?;
                self.reduce(ReduceKind::Mean, &distances)
            }
            Figure::MedianDeviation => {
                let median = self.selected(x, Selected::Median)?;
                let centred = self.c.op(Sub, x, median)?;
                let distances = self.of(ScalarFn::Abs, &centred)?;
                self.selected(&distances, Selected::Median)
            }
            Figure::Standardised { order, biased } => self.standard_moment(x, order, biased),
            Figure::Moment { power, central, absolute } => {
                let x = if central { self.centred(x)? } else { x.clone() };
                let x = if absolute { self.of(ScalarFn::Abs, &x)? } else { x };
                self.mean_power(&x, f64::from_bits(power))
            }
            Figure::Median | Figure::Mode | Figure::Repeats => {
                made(self.c.host, &LaneKind::Figure(figure), &lazy::as_node(x, self.c.span)?, self.axis, self.c.span)
            }
        }
    }

    fn selected(&self, x: &Value, figure: Selected) -> Result<Value> {
        lanes::figure("quantile", &lazy::as_node(x, self.c.span)?, self.axis, &figure, self.c.span)
    }

    /// The third or fourth standardised moment; the correction for bias is that of the functions of whole lanes.
    fn standard_moment(&mut self, x: &Value, order: u8, biased: bool) -> Result<Value> {
        let n = self.extent(x) as f64;
        let centred = self.centred(x)?;
        let (square, moment) = (self.mean_power(&centred, 2.0)?, self.mean_power(&centred, order as f64)?);
        let scale = self.c.op(Pow, &square, order as f64 / 2.0)?;
        let g = self.c.op(Div, &moment, scale)?;
        match order {
            _ if biased => Ok(g),
            3 => self.c.op(Mul, &g, (n * (n - 1.0)).sqrt() / (n - 2.0)),
            _ => {
                let inner = self.c.op(Mul, &g, n + 1.0)?;
                let inner = self.c.op(Sub, &inner, 3.0 * (n - 1.0))?;
                let outer = self.c.op(Mul, &inner, (n - 1.0) / ((n - 2.0) * (n - 3.0)))?;
                self.c.op(Add, &outer, 3.0)
            }
        }
    }

    /// Least, quartiles, greatest, mean, standard deviation, skewness and kurtosis.
    fn statistics(&mut self, x: &Value) -> Result<Value> {
        let mut parts = vec![self.reduce(ReduceKind::Min, x)?];
        parts.push(self.selected(x, Selected::Quantiles { p: vec![0.25, 0.5, 0.75], method: 7 })?);
        for kind in [ReduceKind::Max, ReduceKind::Mean, ReduceKind::Std { population: false }] {
            parts.push(self.reduce(kind, x)?);
        }
        for order in [3, 4] {
            parts.push(self.standard_moment(x, order, true)?);
        }
        lazy::concat(self.c.host, &parts, self.axis, self.c.span)
    }

    /// Where the greatest (least) element so far is, from 1; NaN is passed over.
    fn running_places(&mut self, x: &Value, greatest: bool) -> Result<Value> {
        let n = self.extent(x);
        let best = self.scan(if greatest { ScanKind::Max } else { ScanKind::Min }, x)?;
        let (first, rest, before) = (self.part(x, 0, 1)?, self.part(x, 1, n - 1)?, self.part(&best, 0, n - 1)?);
        let there = |lanes: &mut Self, x: &Value| {
            let missing = lanes.of(ScalarFn::IsNan, x)?;
            lanes.c.not(&missing)
        };
        let better =
            if greatest { self.c.op(Gt, &rest, before.clone())? } else { self.c.op(Gt, &before, rest.clone())? };
        // The first number behind nothing but NaN.
        let (found, none) = (there(self, &rest)?, self.of(ScalarFn::IsNan, &before)?);
        let begins = self.c.op(And, &found, none)?;
        let better = self.c.op(Or, &better, begins)?;
        let marks = [there(self, &first)?, better];
        let marks = lazy::concat(self.c.host, &marks, self.axis, self.c.span)?;
        let places = self.count_to(n)?;
        let marked = self.c.choose(&marks, places.clone(), f64::NAN)?;
        let latest = self.scan(ScanKind::Latest, &marked)?;
        let none = self.of(ScalarFn::IsNan, &latest)?;
        self.c.choose(&none, places, latest)
    }

    /// Angles with multiples of 2 pi added where they jump by more than the tolerance.
    fn unwrapped(&mut self, x: &Value, tolerance: f64) -> Result<Value> {
        let period = 2.0 * std::f64::consts::PI;
        let n = self.extent(x);
        let (before, behind) = (self.part(x, 0, n - 1)?, self.part(x, 1, n - 1)?);
        let steps = self.c.op(Sub, &before, behind)?;
        let sizes = self.of(ScalarFn::Abs, &steps)?;
        let above = self.c.op(Sub, &sizes, std::f64::consts::PI)?;
        let above = self.c.op(Div, &above, period)?;
        let turns = self.of(ScalarFn::Ceil, &above)?;
        let jumps = self.c.op(Gt, &sizes, tolerance)?;
        let turns = self.c.choose(&jumps, turns, 0.0)?;
        let counts = self.c.op(Gt, &turns, 0.0)?;
        let turns = self.c.choose(&counts, turns, 0.0)?;
        let signs = self.of(ScalarFn::Sign, &steps)?;
        let turns = self.c.op(Mul, &turns, signs)?;
        let first = self.part(x, 0, 1)?;
        let none = self.c.op(Mul, &first, 0.0)?;
        let turns = lazy::concat(self.c.host, &[none, turns], self.axis, self.c.span)?;
        let turns = self.scan(ScanKind::Sum, &turns)?;
        let added = self.c.op(Mul, &turns, period)?;
        self.c.op(Add, x, added)
    }

    /// Places in ascending order from 1.
    fn ranks(&mut self, x: &Value, ties: Ties) -> Result<Value> {
        let (axis, span) = (self.axis, self.c.span);
        let node = lazy::as_node(x, span)?;
        let host = &mut *self.c.host;
        let ranked = by_lane(&node, axis, span, |lane, shape| {
            let mut c = Columns { host: &mut *host, span };
            let groups = Groups::new(&lazy::value(lane.clone()), false, true, span)?;
            let places = c.count_to(shape.len())?;
            let firsts = |c: &mut Columns| {
                let begins = c.choose(&groups.starts, places.clone(), f64::NAN)?;
                c.running(ScanKind::Latest, &begins)
            };
            let lasts = |c: &mut Columns| {
                let ends = groups.ends(c)?;
                let ends = c.choose(&ends, places.clone(), f64::NAN)?;
                c.filled_back(&ends)
            };
            let ranks = match ties {
                Ties::Ordinal => places.clone(),
                Ties::Dense => c.counted(&groups.starts)?,
                Ties::Competition => firsts(&mut c)?,
                Ties::Modified => lasts(&mut c)?,
                Ties::Fractional => {
                    let (first, last) = (firsts(&mut c)?, lasts(&mut c)?);
                    let both = c.op(Add, &first, last)?;
                    c.op(Div, &both, 2.0)?
                }
            };
            let ranks = c.scattered(groups.places()?, &ranks)?;
            let ranks = lazy::reshape(c.host, &ranks, shape.clone(), span)?;
            Ok(vec![lazy::as_node(&ranks, span)?])
        })?;
        ranked.into_iter().next().map(lazy::value).ok_or_else(|| fault!("internal error: ranks of nothing"))
    }
}
