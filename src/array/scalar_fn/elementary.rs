//! The elementary functions of one number: the same bits as the vector loops of [`super::lanes`], for all arguments.

use super::lanes;
use crate::array::arch::dispatch;
use pulp::NullaryFnOnce;

/// A function of one number, inlined into code that has fused multiply-add.
macro_rules! one {
    ($x:expr, $f:path) => {{
        struct One(f64);
        impl NullaryFnOnce for One {
            type Output = f64;
            #[inline(always)]
            fn call(self) -> f64 {
                $f(self.0)
            }
        }
        dispatch(One($x))
    }};
}

macro_rules! everywhere {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        pub fn $name(x: f64) -> f64 {
            one!(x, lanes::$name)
        }
    )*};
}

everywhere! {
    /// Exponential function.
    exp;
    /// `exp(x) - 1`.
    expm1;
    /// Natural logarithm; NaN for negative numbers.
    log;
    /// Logarithm to base 2; NaN for negative numbers.
    log2;
    /// Logarithm to base 10; NaN for negative numbers.
    log10;
    /// `log(1 + x)`; NaN below -1.
    log1p;
    /// Hyperbolic sine.
    sinh;
    /// Hyperbolic cosine.
    cosh;
    /// Hyperbolic tangent.
    tanh;
    /// Inverse tangent.
    atan;
}

/// Sine.
pub fn sin(x: f64) -> f64 {
    if lanes::trig_outside(x) { libm::sin(x) } else { one!(x, lanes::sin) }
}

/// Cosine.
pub fn cos(x: f64) -> f64 {
    if lanes::trig_outside(x) { libm::cos(x) } else { one!(x, lanes::cos) }
}

/// Tangent.
pub fn tan(x: f64) -> f64 {
    if lanes::trig_outside(x) { libm::tan(x) } else { one!(x, lanes::tan) }
}

struct Power(f64, f64);

impl NullaryFnOnce for Power {
    type Output = f64;

    #[inline(always)]
    fn call(self) -> f64 {
        lanes::pow(self.0, self.1)
    }
}

/// `x` to the power `y`; NaN where the result is not real.
pub fn pow(x: f64, y: f64) -> f64 {
    if lanes::pow_outside(x, y) { libm::pow(x, y) } else { dispatch(Power(x, y)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Distance in units of the last place of the expected value.
    fn ulps(got: f64, want: f64) -> f64 {
        if got == want || (got.is_nan() && want.is_nan()) {
            return 0.0;
        }
        let place = (want.abs().next_up() - want.abs()).max(f64::from_bits(1));
        ((got - want) / place).abs()
    }

    /// Many numbers: spread evenly over an interval and over its magnitudes.
    fn numbers(low: f64, high: f64) -> impl Iterator<Item = f64> {
        (0..200_000u64).flat_map(move |i| {
            let u = (i.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 11) as f64 / (1u64 << 53) as f64;
            let even = low + (high - low) * u;
            [even, even * 2f64.powi(-((i % 40) as i32))]
        })
    }

    fn worst(name: &str, f: fn(f64) -> f64, reference: fn(f64) -> f64, range: (f64, f64), allowed: f64) {
        let (mut most, mut place) = (0.0, 0.0);
        for x in numbers(range.0, range.1) {
            let d = ulps(f(x), reference(x));
            if d > most {
                (most, place) = (d, x);
            }
        }
        assert!(most <= allowed, "{name}: {most} ulp at {place:e}");
    }

    #[test]
    fn close_to_the_library() {
        worst("exp", exp, libm::exp, (-745.0, 709.7), 1.0);
        worst("exp", exp, libm::exp, (-1.0, 1.0), 1.0);
        worst("expm1", expm1, libm::expm1, (-40.0, 709.0), 2.0);
        worst("expm1", expm1, libm::expm1, (-1.0, 1.0), 2.0);
        worst("log", log, libm::log, (1e-310, 1e300), 1.0);
        worst("log", log, libm::log, (0.5, 2.0), 1.0);
        worst("log2", log2, libm::log2, (0.0, 1e10), 1.0);
        worst("log10", log10, libm::log10, (0.0, 1e10), 1.0);
        worst("log1p", log1p, libm::log1p, (-0.999, 3.0), 2.0);
        worst("log1p", log1p, libm::log1p, (-1e-8, 1e20), 2.0);
        worst("sin", sin, libm::sin, (-1e8, 1e8), 1.0);
        worst("sin", sin, libm::sin, (-10.0, 10.0), 1.0);
        worst("cos", cos, libm::cos, (-1e6, 1e6), 1.0);
        worst("cos", cos, libm::cos, (-10.0, 10.0), 1.0);
        worst("tan", tan, libm::tan, (-1e6, 1e6), 3.0);
        worst("sinh", sinh, libm::sinh, (-710.0, 710.0), 3.0);
        worst("sinh", sinh, libm::sinh, (-2.0, 2.0), 3.0);
        worst("cosh", cosh, libm::cosh, (-710.0, 710.0), 3.0);
        worst("tanh", tanh, libm::tanh, (-25.0, 25.0), 3.0);
        worst("atan", atan, libm::atan, (-10.0, 10.0), 2.0);
        worst("atan", atan, libm::atan, (-1e18, 1e18), 2.0);
    }

    #[test]
    fn powers_are_close_to_the_library() {
        let (mut most, mut place) = (0.0, (0.0, 0.0));
        for (i, x) in numbers(1e-3, 1e3).enumerate() {
            for y in [(i % 2000) as f64 / 20.0 - 50.0, 0.5, -0.5, 1.0 / 3.0, (i % 50) as f64] {
                let want = libm::pow(x, y);
                let d = if want < f64::MIN_POSITIVE { 0.0 } else { ulps(pow(x, y), want) };
                if d > most {
                    (most, place) = (d, (x, y));
                }
            }
        }
        assert!(most <= 1.0, "{most} ulp at {place:?}");
    }

    #[test]
    fn exact_where_it_shows() {
        assert_eq!(exp(1.0), std::f64::consts::E);
        assert_eq!(exp(0.0), 1.0);
        for k in -1074..1024 {
            assert_eq!(pow(2.0, k as f64), libm::scalbn(1.0, k), "2^{k}");
            assert_eq!(log2(libm::scalbn(1.0, k)), k as f64);
        }
        let mut ten = 1.0;
        for k in 0..=22 {
            assert_eq!(pow(10.0, k as f64), ten, "10^{k}");
            assert_eq!(log10(ten), k as f64);
            ten *= 10.0;
        }
        for base in 2..200u64 {
            let mut whole = base;
            for k in 1.. {
                assert_eq!(pow(base as f64, k as f64), whole as f64, "{base}^{k}");
                assert_eq!(pow(-(base as f64), k as f64), if k % 2 == 0 { whole as f64 } else { -(whole as f64) });
                whole *= base;
                if whole > 1 << 53 {
                    break;
                }
            }
            assert_eq!(pow((base * base) as f64, 0.5), base as f64);
        }
        assert_eq!(sin(std::f64::consts::PI), 1.2246467991473532e-16);
        assert_eq!(cos(std::f64::consts::FRAC_PI_2), 6.123233995736766e-17);
        assert_eq!(tanh(1.0), libm::tanh(1.0));
        assert_eq!(atan(1.0), std::f64::consts::FRAC_PI_4);
        assert_eq!(log(std::f64::consts::E), 1.0);
    }

    #[test]
    fn exact_at_the_edges() {
        let inf = f64::INFINITY;
        let edges =
            [0.0, -0.0, inf, -inf, f64::NAN, 5e-324, -5e-324, f64::MAX, -f64::MAX, 1e-310, 1.0, -1.0, 1e9, -2e15];
        let pairs: [(&str, fn(f64) -> f64, fn(f64) -> f64); 13] = [
            ("exp", exp, libm::exp),
            ("expm1", expm1, libm::expm1),
            ("log", log, libm::log),
            ("log2", log2, libm::log2),
            ("log10", log10, libm::log10),
            ("log1p", log1p, libm::log1p),
            ("sin", sin, libm::sin),
            ("cos", cos, libm::cos),
            ("tan", tan, libm::tan),
            ("sinh", sinh, libm::sinh),
            ("cosh", cosh, libm::cosh),
            ("tanh", tanh, libm::tanh),
            ("atan", atan, libm::atan),
        ];
        for (name, f, reference) in pairs {
            for x in edges {
                let (got, want) = (f(x), reference(x));
                assert!(ulps(got, want) <= 1.0, "{name} {x:e}: {got:e}, not {want:e}");
                assert!(got.is_nan() || got.is_sign_negative() == want.is_sign_negative(), "{name} {x:e}: sign");
            }
        }
        for x in edges {
            for y in edges.into_iter().chain([2.0, 3.0, -3.0, 0.5, 7.0]) {
                let (got, want) = (pow(x, y), libm::pow(x, y));
                assert!(ulps(got, want) <= 1.0, "{x:e}^{y:e}: {got:e}, not {want:e}");
                assert!(got.is_nan() || got.is_sign_negative() == want.is_sign_negative(), "{x:e}^{y:e}: sign");
            }
        }
    }
}
