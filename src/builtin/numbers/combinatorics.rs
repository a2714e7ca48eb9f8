//! Factorials, combinations and permutations.

use super::theory::{extended_gcd, paired};
use crate::array::{DType, Shape, room};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::one;
use crate::builtin::numeric::{self, Wide};
use crate::builtin::ops::pick::pick;
use crate::diag::Result;
use crate::fault;
use crate::value::Value;

/// `factorial (n)`.
fn factorial(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let bad = || fault!("factorial: all N must be real non-negative integers");
    if args[0].dtype().is_none_or(|d| d.is_complex()) {
        return Err(bad());
    }
    let class = args[0].dtype().filter(|d| d.is_integer());
    let x = Wide::new(host, &args[0], "factorial")?;
    let (shape, single) = (x.shape.clone(), x.single);
    let n = x.real("factorial")?;
    if n.iter().any(|v| !(*v >= 0.0 && *v == v.trunc())) {
        return Err(bad());
    }
    let values: Vec<f64> = n
        .into_iter()
        .map(|v| if v > 170.0 { f64::INFINITY } else { (2..=v as u64).fold(1.0, |p, k| p * k as f64) })
        .collect();
    one(match class {
        Some(class) => numeric::of_class(shape, values, class),
        None => numeric::real(shape, values, single),
    })
}

/// `nchoosek (n, k)`, `nchoosek (set, k)`.
fn nchoosek(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let bad_k = || fault!("nchoosek: K must be an integer between 0 and N");
    let k = match args[1].to_f64() {
        Some(k) if args[1].is_scalar() && k >= 0.0 && k == k.trunc() => k,
        _ if !args[1].is_scalar() => return Err(fault!("nchoosek: K must be an integer between 0 and N")),
        _ => return Err(bad_k()),
    };
    if args[0].is_scalar() && !matches!(args[0], Value::Cell(_)) {
        let Some(n) = args[0].to_f64().filter(|n| *n == n.trunc() && *n >= 0.0) else {
            return Err(fault!("nchoosek: N must be a non-negative integer >= K"));
        };
        if n < k {
            return Err(fault!("nchoosek: N must be a non-negative integer >= K"));
        }
        let class = [&args[0], &args[1]].iter().find_map(|x| x.dtype().filter(|d| d.is_integer() || *d == DType::F32));
        let k = k.min(n - k);
        let mut result = 1.0f64;
        for i in 1..=k as u64 {
            // Exact as long as the numbers are: what is divided is divisible.
            let top = n - k + i as f64;
            let (g, ..) = extended_gcd(result, i as f64);
            result = (result / g) * (top / (i as f64 / g));
            if result < 9e15 {
                result = result.round();
            }
            if !result.is_finite() {
                break;
            }
        }
        if result > 9007199254740992.0 {
            host.warn("", "nchoosek: possible loss of precision");
        }
        return one(numeric::of_class(Shape::scalar(), vec![result], class.unwrap_or(DType::F64)));
    }
    let set = &args[0];
    if !set.shape().is_vector() && !set.is_empty() {
        return Err(fault!("nchoosek: N must be a scalar or a vector"));
    }
    let (n, k) = (set.numel(), k as usize);
    room::countable(&Shape::matrix(1, k))?;
    let mut combinations: Vec<Vec<usize>> = Vec::new();
    if k <= n {
        let count = (0..k.min(n - k)).fold(1.0, |count, i| count * (n - i) as f64 / (i + 1) as f64);
        // Each is a list of its own until all are there.
        room::check(&Shape::matrix(count as usize, k + 4), size_of::<usize>())?;
        let mut current: Vec<usize> = (0..k).collect();
        loop {
            if combinations.len().is_multiple_of(4096) {
                host.check_interrupt()?;
            }
            combinations.push(current.clone());
            let Some(at) = (0..k).rev().find(|&i| current[i] < n - k + i) else { break };
            current[at] += 1;
            (at + 1..k).for_each(|i| current[i] = current[i - 1] + 1);
        }
    }
    let rows = combinations.len();
    let columns = if rows == 0 { 0 } else { k };
    let from: Vec<usize> = (0..columns).flat_map(|j| combinations.iter().map(move |c| c[j])).collect();
    one(pick(host, "nchoosek", set, Shape::matrix(rows, k), &from)?)
}

/// `perms (v)`: all orders, in reverse lexicographic order of positions.
fn perms(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let unique = args.get(1).and_then(Value::to_text).is_some_and(|t| t == "unique");
    if args.len() > 1 && !unique {
        return Err(fault!("perms: option \"unique\" not recognized"));
    }
    let n = args[0].numel();
    if n > 11 {
        return Err(fault!("perms: the {n}! orders of {n} elements do not fit into memory"));
    }
    let count = (1..=n).product();
    // Each is a list of its own until all are there.
    room::check(&Shape::matrix(count, 2 * n + 4), size_of::<usize>())?;
    let mut orders: Vec<Vec<usize>> = Vec::with_capacity(count);
    // Rows come in descending order of what they hold; a cell array is taken as it stands.
    let mut ascending: Vec<usize> = (0..n).collect();
    if let Ok(block) = args[0].to_block()
        && block.dtype() != DType::Bool
    {
        ascending = crate::builtin::arrays::order::Items::Elements(&block).sorted();
    }
    let mut current: Vec<usize> = (0..n).rev().collect();
    loop {
        if orders.len().is_multiple_of(4096) {
            host.check_interrupt()?;
        }
        orders.push(current.clone());
        // The previous permutation in lexicographic order.
        let Some(at) = (1..n).rev().find(|&i| current[i - 1] > current[i]) else { break };
        let Some(swap) = (at..n).rev().find(|&i| current[i] < current[at - 1]) else { break };
        current.swap(at - 1, swap);
        current[at..].reverse();
    }
    orders.iter_mut().flatten().for_each(|i| *i = ascending[*i]);
    if unique && let Ok(block) = args[0].to_block() {
        let items = crate::builtin::arrays::order::Items::Elements(&block);
        let (ranks, _) = items.ranks();
        let mut seen = std::collections::HashSet::new();
        orders.retain(|order| seen.insert(order.iter().map(|&i| ranks[i]).collect::<Vec<_>>()));
    }
    let rows = orders.len();
    let from: Vec<usize> = (0..n).flat_map(|j| orders.iter().map(move |o| o[j])).collect();
    one(pick(host, "perms", &args[0], Shape::matrix(rows, n), &from)?)
}

/// `bincoeff (n, k)`: generalised binomial coefficients.
fn bincoeff(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (s, t) = (args[0].shape(), args[1].shape());
    if s != t && !s.is_scalar() && !t.is_scalar() {
        return Err(fault!("bincoeff: N and K must have consistent dimensions"));
    }
    let single = args.iter().any(|x| x.dtype() == Some(DType::F32));
    let _ = host;
    let (n, k, shape) = paired("bincoeff", &args[0], &args[1])?;
    let choose = |n: f64, k: f64| {
        if n.is_nan() || k != k.trunc() {
            return f64::NAN;
        }
        if k < 0.0 {
            return 0.0;
        }
        if k == 0.0 {
            return 1.0;
        }
        let whole = n == n.trunc();
        if whole && n >= 0.0 && k > n {
            return 0.0;
        }
        let value = if k <= 1000.0 {
            (1..=k as u64).fold(1.0, |p, i| p * (n - k + i as f64) / i as f64)
        } else {
            (libm::lgamma(n + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(n - k + 1.0)).exp()
        };
        if whole { value.round() } else { value }
    };
    one(numeric::real(shape, n.into_iter().zip(k).map(|(n, k)| choose(n, k)).collect(), single))
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "factorial",
        (1, 1),
        1,
        factorial,
        "factorial (N)\n\nThe product 1 * 2 * ... * N.\n\n    factorial (5)\n",
    )
    .by_elements(0),
    Builtin::new(
        "nchoosek",
        (2, 2),
        1,
        nchoosek,
        "nchoosek (N, K), nchoosek (SET, K)\n\nThe number of choices of K things from N; or all of them, one a row.\n\n    nchoosek (5, 2)\n",
    ),
    Builtin::new(
        "perms",
        (1, 2),
        1,
        perms,
        "perms (V), perms (V, \"unique\")\n\nAll orders of the elements, one a row.\n\n    perms ([1 2 3])\n",
    ),
    Builtin::new(
        "bincoeff",
        (2, 2),
        1,
        bincoeff,
        "bincoeff (N, K)\n\nBinomial coefficients, also of negative and fractional N.\n\n    bincoeff (5, 2)\n",
    ),
];
