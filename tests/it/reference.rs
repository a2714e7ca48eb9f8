//! The naive evaluator: every node computed whole, element by element, in the most obvious way. Slow and right; what
//! the optimised, blocked, parallel engine is compared with. Shares no arithmetic with it.

use arr::array::{ScalarFn, Shape};
use arr::ir::{Node, Op, Source};
use arr::kernel::{Conj, Ends, Figure, LaneKind, Operand, ReduceKind, ScanKind, WindowKind};
use std::collections::HashMap;
use std::sync::Arc;

/// A whole array, column-major, as doubles (truth values as 0 and 1).
#[derive(Debug, Clone, PartialEq)]
pub struct Whole {
    pub shape: Shape,
    pub data: Vec<f64>,
}

impl Whole {
    fn new(shape: Shape, mut f: impl FnMut(&[usize]) -> f64) -> Whole {
        let mut data = Vec::with_capacity(shape.len());
        let mut at = vec![0; shape.rank()];
        for _ in 0..shape.len() {
            data.push(f(&at));
            for axis in 0..at.len() {
                at[axis] += 1;
                if at[axis] < shape[axis] {
                    break;
                }
                at[axis] = 0;
            }
        }
        Whole { shape, data }
    }

    fn get(&self, at: &[usize]) -> f64 {
        let mut index = 0;
        let mut stride = 1;
        for axis in 0..self.shape.rank() {
            // Broadcast axes have one layer.
            let i = at.get(axis).copied().unwrap_or(0).min(self.shape[axis] - 1);
            index += i * stride;
            stride *= self.shape[axis];
        }
        self.data[index]
    }
}

/// Evaluates nodes; equal pointers once.
pub fn evaluate(root: &Arc<Node>, known: &mut HashMap<*const Node, Whole>) -> Whole {
    if let Some(done) = known.get(&Arc::as_ptr(root)) {
        return done.clone();
    }
    let inputs: Vec<Whole> = root.inputs.iter().map(|n| evaluate(n, known)).collect();
    let mut out = apply(root, &inputs);
    if root.meta.dtype.is_single() {
        out.data.iter_mut().for_each(|v| *v = *v as f32 as f64);
    }
    assert_eq!(out.shape, root.meta.shape, "inference and evaluation agree on {:?}", root.op);
    known.insert(Arc::as_ptr(root), out.clone());
    out
}

fn apply(node: &Node, x: &[Whole]) -> Whole {
    let shape = node.meta.shape.clone();
    match &node.op {
        Op::Source(Source::Dense(block)) => {
            Whole { shape, data: (0..block.len()).map(|i| block.data().get_f64(i)).collect() }
        }
        Op::Map(body) => Whole::new(shape, |at| {
            let mut done: Vec<f64> = Vec::new();
            for instr in &body.instrs {
                let args: Vec<f64> = instr
                    .args
                    .iter()
                    .map(|a| match a {
                        Operand::Input(i) => x[*i as usize].get(at),
                        Operand::Instr(i) => done[*i as usize],
                        Operand::Const(bits) => f64::from_bits(*bits),
                    })
                    .collect();
                done.push(scalar(instr.f, &args));
            }
            *done.last().expect("a body has an instruction")
        }),
        Op::Dot { a, b } => product(shape, &x[0], *a, &x[1], *b),
        Op::SymDot { adjoint_first: true } => product(shape, &x[0], Conj::Adjoint, &x[0], Conj::No),
        Op::SymDot { adjoint_first: false } => product(shape, &x[0], Conj::No, &x[0], Conj::Adjoint),
        Op::Reduce { kind, axes } => {
            let mut groups: HashMap<Vec<usize>, Vec<f64>> = HashMap::new();
            Whole::new(x[0].shape.clone(), |at| {
                let key = at.iter().enumerate().map(|(a, &i)| if axes & (1 << a) != 0 { 0 } else { i }).collect();
                let value = x[0].get(at);
                groups.entry(key).or_default().push(value);
                value
            });
            Whole::new(shape, |at| {
                let mut key = at.to_vec();
                key.resize(x[0].shape.rank(), 0);
                reduce(*kind, groups.get(&key).map_or(&[], Vec::as_slice))
            })
        }
        Op::Permute { perm } => Whole::new(shape, |at| {
            let mut from = vec![0; x[0].shape.rank()];
            for (axis, &p) in perm.iter().enumerate() {
                if (p as usize) < from.len() {
                    from[p as usize] = at.get(axis).copied().unwrap_or(0);
                }
            }
            x[0].get(&from)
        }),
        Op::Slice { axes } => Whole::new(shape, |at| {
            let from: Vec<usize> = axes
                .iter()
                .enumerate()
                .map(|(a, s)| (s.start as isize + at.get(a).copied().unwrap_or(0) as isize * s.step) as usize)
                .collect();
            x[0].get(&from)
        }),
        Op::Gather { axis, indices } => Whole::new(shape, |at| {
            let mut from = at.to_vec();
            from[*axis as usize] = indices[at[*axis as usize]] as usize;
            x[0].get(&from)
        }),
        Op::Assign { axes } => Whole::new(shape, |at| {
            let inside: Option<Vec<usize>> = axes
                .iter()
                .enumerate()
                .map(|(a, s)| {
                    let i = at.get(a).copied().unwrap_or(0);
                    (0..s.len).find(|&k| s.start as isize + k as isize * s.step == i as isize)
                })
                .collect();
            match inside {
                Some(from) => x[1].get(&from),
                None => x[0].get(at),
            }
        }),
        Op::Reshape { .. } => Whole { shape, data: x[0].data.clone() },
        Op::Concat { axis } => {
            let axis = *axis as usize;
            Whole::new(shape, |at| {
                let mut from = at.to_vec();
                from.resize(from.len().max(axis + 1), 0);
                for part in x {
                    if from[axis] < part.shape.extent(axis) {
                        return part.get(&from);
                    }
                    from[axis] -= part.shape.extent(axis);
                }
                unreachable!("an index of a concatenation lies in a part")
            })
        }
        Op::Rechunk { .. } => x[0].clone(),
        Op::Lanes { kind, axis } => {
            let mut done: HashMap<Vec<usize>, Vec<f64>> = HashMap::new();
            Whole::new(shape, |at| {
                let mut from = at.to_vec();
                from.resize(from.len().max(*axis as usize + 1), 0);
                let k = std::mem::replace(&mut from[*axis as usize], 0);
                let made = done.entry(from.clone()).or_insert_with(|| {
                    let n = x[0].shape.extent(*axis as usize);
                    let along = |i| {
                        let mut from = from.clone();
                        from[*axis as usize] = i;
                        x[0].get(&from)
                    };
                    lane(kind, &(0..n).map(along).collect::<Vec<_>>())
                });
                made[k]
            })
        }
        Op::Scan { kind, axis } => Whole::new(shape, |at| {
            let lane: Vec<f64> = (0..=at[*axis as usize])
                .map(|k| {
                    let mut from = at.to_vec();
                    from[*axis as usize] = k;
                    x[0].get(&from)
                })
                .collect();
            match kind {
                ScanKind::Sum => lane.iter().sum(),
                ScanKind::Prod => lane.iter().product(),
                ScanKind::Max => lane.iter().copied().fold(f64::NAN, f64::max),
                ScanKind::Min => lane.iter().copied().fold(f64::NAN, f64::min),
                ScanKind::Latest => lane.iter().copied().rfind(|x| !x.is_nan()).unwrap_or(f64::NAN),
                ScanKind::Filter(filter) => {
                    let [b, a] = filter.coefficients();
                    let before = |k: usize| {
                        let mut from = at.to_vec();
                        from[*axis as usize] = k;
                        x.get(1).filter(|_| k < filter.order()).map_or(0.0, |start| start.get(&from))
                    };
                    let mut y: Vec<f64> = Vec::new();
                    for i in 0..lane.len() {
                        let fed: f64 = (0..b.len().min(i + 1)).map(|k| b[k].re * lane[i - k]).sum();
                        let back: f64 = (1..a.len().min(i + 1)).map(|k| a[k].re * y[i - k]).sum();
                        y.push(fed - back + before(i));
                    }
                    y[lane.len() - 1]
                }
            }
        }),
        Op::Window(window) => Whole::new(shape, |at| {
            let place = |axis: usize| at.get(axis).map_or(0, |&i| i as i64) + window.offset.get(axis).unwrap_or(&0);
            let element = |places: &[i64]| {
                let inside = (0..places.len()).all(|a| (0..x[0].shape.extent(a) as i64).contains(&places[a]));
                inside.then(|| x[0].get(&places.iter().map(|&p| p as usize).collect::<Vec<_>>()))
            };
            match &window.kind {
                WindowKind::Convolve { taps, extents } => {
                    let rank = extents.len().max(x[0].shape.rank());
                    let tap = |(k, bits): (usize, &[u64; 2])| {
                        let mut rest = k;
                        let mut places = vec![0; rank];
                        for (axis, slot) in places.iter_mut().enumerate() {
                            let n = extents.get(axis).copied().unwrap_or(1);
                            *slot = place(axis) - (rest % n) as i64;
                            rest /= n;
                        }
                        // A tap of zero sees nothing, not even what is not a number.
                        let tap = f64::from_bits(bits[0]);
                        element(&places).filter(|_| tap != 0.0).map_or(0.0, |v| v * tap)
                    };
                    taps.iter().enumerate().map(tap).sum()
                }
                WindowKind::Moving { figure: Figure::Sum, axis, before, after, ends: Ends::Shrink } => {
                    let axis = *axis as usize;
                    let along = |k: i64| {
                        let mut places: Vec<i64> = (0..x[0].shape.rank()).map(place).collect();
                        places[axis] += k;
                        element(&places)
                    };
                    (-(*before as i64)..=*after as i64).filter_map(along).sum()
                }
                other => panic!("the naive evaluator does not know {other:?}"),
            }
        }),
        other => panic!("the naive evaluator does not know {other:?}"),
    }
}

fn product(shape: Shape, x: &Whole, a: Conj, y: &Whole, b: Conj) -> Whole {
    let inner = x.shape.extent(usize::from(a == Conj::No));
    Whole::new(shape, |at| {
        (0..inner)
            .map(|k| {
                let left = if a == Conj::No { [at[0], k] } else { [k, at[0]] };
                let right = if b == Conj::No { [k, at[1]] } else { [at[1], k] };
                x.get(&left) * y.get(&right)
            })
            .sum()
    })
}

fn scalar(f: ScalarFn, x: &[f64]) -> f64 {
    match f {
        ScalarFn::Add => x[0] + x[1],
        ScalarFn::Sub => x[0] - x[1],
        ScalarFn::Mul => x[0] * x[1],
        ScalarFn::Div => x[0] / x[1],
        ScalarFn::Pow => x[0].powf(x[1]),
        ScalarFn::Neg => -x[0],
        ScalarFn::Abs => x[0].abs(),
        ScalarFn::Sin => x[0].sin(),
        ScalarFn::Exp => x[0].exp(),
        ScalarFn::Lt => f64::from(x[0] < x[1]),
        ScalarFn::Max => {
            if x[0].is_nan() || x[1] > x[0] {
                x[1]
            } else {
                x[0]
            }
        }
        other => panic!("the naive evaluator does not know {other:?}"),
    }
}

fn reduce(kind: ReduceKind, x: &[f64]) -> f64 {
    let n = x.len() as f64;
    let sum: f64 = x.iter().sum();
    let squares = || {
        let mean = sum / n;
        x.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>()
    };
    match kind {
        ReduceKind::Sum => sum,
        ReduceKind::Prod => x.iter().product(),
        ReduceKind::SumSq => x.iter().map(|v| v * v).sum(),
        ReduceKind::Mean => sum / n,
        ReduceKind::Var { population: false } => {
            if x.len() == 1 {
                0.0
            } else {
                squares() / (n - 1.0)
            }
        }
        ReduceKind::Max => x.iter().copied().fold(f64::NAN, f64::max),
        ReduceKind::Min => x.iter().copied().fold(f64::NAN, f64::min),
        ReduceKind::Any => f64::from(x.iter().any(|&v| v != 0.0)),
        ReduceKind::All => f64::from(x.iter().all(|&v| v != 0.0)),
        ReduceKind::Nnz => x.iter().filter(|&&v| v != 0.0).count() as f64,
        ReduceKind::ArgMax => {
            let best = x.iter().copied().fold(f64::NAN, f64::max);
            x.iter().position(|&v| v == best).map_or(1.0, |i| i as f64 + 1.0)
        }
        other => panic!("the naive evaluator does not know {other:?}"),
    }
}

/// What becomes of a lane (of a transform, the real parts).
fn lane(kind: &LaneKind, x: &[f64]) -> Vec<f64> {
    let n = x.len();
    // Positions in ascending order by repeated search for the least, NaN greatest.
    let order = |descending: bool| {
        let mut left: Vec<usize> = (0..n).collect();
        let before = |a: f64, b: f64| match (a.is_nan(), b.is_nan()) {
            (false, true) => !descending,
            (true, false) => descending,
            _ => {
                if descending {
                    a > b
                } else {
                    a < b
                }
            }
        };
        let mut out = Vec::new();
        while !left.is_empty() {
            let first = (1..left.len()).fold(0, |best, k| if before(x[left[k]], x[left[best]]) { k } else { best });
            out.push(left.remove(first));
        }
        out
    };
    let ascending = |v: &[f64]| {
        let mut v = v.to_vec();
        v.sort_by(f64::total_cmp);
        v
    };
    match kind {
        LaneKind::Sort { descending } => order(*descending).into_iter().map(|i| x[i]).collect(),
        LaneKind::SortIndex { descending } => order(*descending).into_iter().map(|i| i as f64 + 1.0).collect(),
        LaneKind::Figure(Figure::Median) => {
            let s = ascending(x);
            vec![if x.iter().any(|v| v.is_nan()) { f64::NAN } else { (s[(n - 1) / 2] + s[n / 2]) / 2.0 }]
        }
        LaneKind::Quantile { shares, method: 7 } => {
            let s = ascending(&x.iter().copied().filter(|v| !v.is_nan()).collect::<Vec<_>>());
            let at = |p: f64| match s.len().checked_sub(1) {
                None => f64::NAN,
                Some(last) => {
                    let place = last as f64 * p;
                    let (low, share) = (place.floor() as usize, place.fract());
                    s[low] + share * (s[(low + 1).min(last)] - s[low])
                }
            };
            shares.iter().map(|&p| at(f64::from_bits(p))).collect()
        }
        LaneKind::Fourier { points, inverse: false } => {
            let turn = -2.0 * std::f64::consts::PI / *points as f64;
            let term = |k: usize, j: usize| x.get(j).map_or(0.0, |v| v * (turn * (k * j) as f64).cos());
            (0..*points).map(|k| (0..*points).map(|j| term(k, j)).sum()).collect()
        }
        LaneKind::Best { greatest, count, places } => {
            let (numbers, missing): (Vec<usize>, Vec<usize>) =
                order(*greatest).into_iter().partition(|&i| !x[i].is_nan());
            let best = numbers.into_iter().chain(missing).take(*count);
            best.map(|i| if *places { i as f64 + 1.0 } else { x[i] }).collect()
        }
        LaneKind::Tally { bins } => {
            (1..=*bins).map(|k| x.iter().filter(|v| v.floor() == k as f64).count() as f64).collect()
        }
        other => panic!("the naive evaluator does not know {other:?}"),
    }
}
