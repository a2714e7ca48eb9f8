//! Functions beyond the elementary ones: gamma, error functions and their inverses.

use super::elementary;
use std::f64::consts::SQRT_2;

/// Gamma function. Poles give +Inf (-Inf at -0), as Octave has it.
pub fn gamma(x: f64) -> f64 {
    if x == 0.0 {
        1.0 / x
    } else if (x < 0.0 && x == x.floor()) || x == f64::INFINITY {
        f64::INFINITY
    } else {
        libm::tgamma(x)
    }
}

/// Logarithm of |gamma|, and whether gamma is negative there.
pub fn log_abs_gamma(x: f64) -> (f64, bool) {
    let (value, sign) = libm::lgamma_r(x);
    (value, sign < 0)
}

/// Logarithm of gamma; NaN where gamma is negative.
pub fn lgamma(x: f64) -> f64 {
    match log_abs_gamma(x) {
        (_, true) => f64::NAN,
        (value, false) => value,
    }
}

/// Inverse of erf; ±Inf at ±1, NaN outside.
pub fn erfinv(x: f64) -> f64 {
    if x.abs() > 1.0 || x.is_nan() {
        return f64::NAN;
    }
    quantile(0.5 * x, 0.5 * (1.0 - x.abs())) / SQRT_2
}

/// Inverse of erfc; NaN outside 0..2.
pub fn erfcinv(x: f64) -> f64 {
    if !(0.0..=2.0).contains(&x) {
        return f64::NAN;
    }
    -quantile(0.5 * (x - 1.0), 0.5 * x.min(2.0 - x)) / SQRT_2
}

/// The standard normal quantile at `0.5 + q`, where `tail` is `0.5 - |q|` (given apart, so that tails keep their
/// digits). Algorithm AS 241, M. J. Wichura, Applied Statistics 37 (1988), about 1e-16 relative.
#[inline(always)]
pub fn quantile(q: f64, tail: f64) -> f64 {
    if q.abs() <= 0.425 {
        return quantile_centre(q);
    }
    let r = (-elementary::log(tail)).sqrt();
    let value = if tail == 0.0 { f64::INFINITY } else { quantile_tail(r) };
    value.copysign(q)
}

/// [`quantile`] for `|q| <= 0.425`.
#[inline(always)]
pub fn quantile_centre(q: f64) -> f64 {
    const A: [f64; 8] = [
        2.509_080_928_730_122_7e3,
        3.343_057_558_358_813e4,
        6.726_577_092_700_87e4,
        4.592_195_393_154_987e4,
        1.373_169_376_550_946e4,
        1.971_590_950_306_551_3e3,
        1.331_416_678_917_843_8e2,
        3.387_132_872_796_366_5,
    ];
    const B: [f64; 8] = [
        5.226_495_278_852_854e3,
        2.872_908_573_572_194_3e4,
        3.930_789_580_009_271e4,
        2.121_379_430_158_66e4,
        5.394_196_021_424_751e3,
        6.871_870_074_920_579e2,
        4.231_333_070_160_091e1,
        1.0,
    ];
    let r = q.mul_add(-q, 0.180625);
    q * horner(&A, r) / horner(&B, r)
}

/// [`quantile`] in the tails, as a function of `sqrt(-log(tail))`; the absolute value.
#[inline(always)]
pub fn quantile_tail(r: f64) -> f64 {
    const C: [f64; 8] = [
        7.745_450_142_783_414e-4,
        2.272_384_498_926_918_4e-2,
        2.417_807_251_774_506e-1,
        1.270_458_252_452_368_4,
        3.647_848_324_763_204_5,
        5.769_497_221_460_691,
        4.630_337_846_156_546,
        1.423_437_110_749_683_5,
    ];
    const D: [f64; 8] = [
        1.050_750_071_644_416_9e-9,
        5.475_938_084_995_345e-4,
        1.519_866_656_361_645_7e-2,
        1.481_039_764_274_800_8e-1,
        6.897_673_349_851e-1,
        1.676_384_830_183_803_8,
        2.053_191_626_637_759,
        1.0,
    ];
    const E: [f64; 8] = [
        2.010_334_399_292_288_1e-7,
        2.711_555_568_743_487_6e-5,
        1.242_660_947_388_078_4e-3,
        2.653_218_952_657_612_4e-2,
        2.965_605_718_285_048_7e-1,
        1.784_826_539_917_291_3,
        5.463_784_911_164_114,
        6.657_904_643_501_103,
    ];
    const F: [f64; 8] = [
        2.044_263_103_389_939_8e-15,
        1.421_511_758_316_446e-7,
        1.846_318_317_510_054_8e-5,
        7.868_691_311_456_133e-4,
        1.487_536_129_085_061_5e-2,
        1.369_298_809_227_358e-1,
        5.998_322_065_558_879e-1,
        1.0,
    ];
    let near = r <= 5.0;
    let t = if near { r - 1.6 } else { r - 5.0 };
    let a = horner(&C, t) / horner(&D, t);
    let b = horner(&E, t) / horner(&F, t);
    if near { a } else { b }
}

/// A polynomial, highest coefficient first.
#[inline(always)]
fn horner(coefficients: &[f64; 8], x: f64) -> f64 {
    let mut sum = coefficients[0];
    for &c in &coefficients[1..] {
        sum = sum.mul_add(x, c);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64, ulps: f64) {
        assert!((a - b).abs() <= ulps * f64::EPSILON * b.abs(), "{a:e} is not {b:e}");
    }

    #[test]
    fn error_functions_and_their_inverses() {
        for i in 1..400 {
            let x = i as f64 / 400.0;
            close(libm::erf(erfinv(x)), x, 4.0);
            close(libm::erfc(erfcinv(x)), x, 16.0);
            close(erfinv(-x), -erfinv(x), 0.0);
        }
        close(erfcinv(1e-300), 26.209_469_960_516_124, 8.0);
        let erfcx = |x| crate::array::scalar_fn::eval_f64(crate::array::ScalarFn::Erfcx, &[x]);
        close(erfcx(30.0), 0.018_795_888_861_416_754, 2.0);
        close(erfcx(25f64.next_down()), erfcx(25.0), 8.0);
        assert_eq!(erfcx(-30.0), f64::INFINITY);
        assert_eq!(erfinv(1.0), f64::INFINITY);
        assert_eq!(erfinv(-1.0), f64::NEG_INFINITY);
        assert_eq!(erfcinv(0.0), f64::INFINITY);
        assert_eq!(erfcinv(2.0), f64::NEG_INFINITY);
        assert!(erfinv(1.5).is_nan());
        assert_eq!(erfinv(0.0), 0.0);
    }

    #[test]
    fn gamma_at_its_poles() {
        assert_eq!(gamma(0.0), f64::INFINITY);
        assert_eq!(gamma(-0.0), f64::NEG_INFINITY);
        assert_eq!(gamma(-1.0), f64::INFINITY);
        assert_eq!(gamma(5.0), 24.0);
        assert!(lgamma(-0.5).is_nan());
        close(gamma(171.0), 7.257_415_615_307_999e306, 4.0);
    }
}
