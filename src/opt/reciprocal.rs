//! `x / c` to `x * (1 / c)` where c is a power of two: both are then the same exact number, rounded once.

use super::api::{Class, Pass, Rewrite};
use super::site::{Arg, Site};
use crate::array::{DType, ScalarFn};
use crate::diag::Result;
use crate::ir::{NodeId, Op};

pub const PASS: Pass = Pass {
    name: "reciprocal",
    doc: "multiplies by 1/c instead of dividing by c where c is a power of two",
    class: Class::Exact,
    rewrite: Rewrite::Node { at: |op| matches!(op, Op::Map(_)), rule },
};

fn rule(site: &mut Site) -> Result<Option<NodeId>> {
    let Some(call) = site.call().filter(|c| c.f == ScalarFn::Div && c.is_real()) else { return Ok(None) };
    let Arg::Const(c) = call.args[1] else { return Ok(None) };
    if c == 1.0 {
        return Ok(None);
    }
    if !has_exact_reciprocal(c, call.dtype) {
        return site.declines(format!("{c} is not a power of two"));
    }
    site.replace_by(ScalarFn::Mul, &[call.args[0], Arg::Const(1.0 / c)])
}

/// Whether c is a power of two that has, as its reciprocal has, a normal representation in the type.
fn has_exact_reciprocal(c: f64, dtype: DType) -> bool {
    const MANTISSA: u64 = (1 << 52) - 1;
    let normal = |x: f64| if dtype == DType::F32 { (x as f32).is_normal() } else { x.is_normal() };
    c.to_bits() & MANTISSA == 0 && normal(c) && normal(1.0 / c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_two_within_the_type() {
        for c in [2.0, -0.5, 1024.0] {
            assert!(has_exact_reciprocal(c, DType::F64) && has_exact_reciprocal(c, DType::F32));
        }
        for c in [0.0, 3.0, f64::INFINITY, f64::NAN, f64::MIN_POSITIVE / 2.0, 2f64.powi(1023)] {
            assert!(!has_exact_reciprocal(c, DType::F64), "{c}");
        }
        assert!(!has_exact_reciprocal(2f64.powi(200), DType::F32));
        assert!(has_exact_reciprocal(2f64.powi(200), DType::F64));
    }
}
