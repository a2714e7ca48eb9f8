//! Elementary functions without a branch, for loops that the compiler turns into vector code.
//!
//! Each is within 2 ulp of the true value and exact at zeros, infinities and NaN, for the arguments its companion
//! predicate (`*_outside`) does not name; those few go to [`super::elementary`], which gives the same bits for all the
//! others. Reductions and polynomials after fdlibm (Sun Microsystems, 1993) where not said otherwise; every product
//! and sum that is fused is fused by name, so that all machines give the same bits.

/// 1.5 * 2^52: adding it rounds to an integer, which then stands in the low bits.
const ROUNDER: f64 = 6_755_399_441_055_744.0;
const LN2_HI: f64 = 6.931_471_803_691_238e-1;
const LN2_LO: f64 = 1.908_214_929_270_587_7e-10;

/// A polynomial, highest coefficient first.
#[inline(always)]
fn horner<const N: usize>(c: [f64; N], x: f64) -> f64 {
    let mut sum = c[0];
    let mut i = 1;
    while i < N {
        sum = sum.mul_add(x, c[i]);
        i += 1;
    }
    sum
}

/// `2^k` for a whole number from -1022 to 1023.
#[inline(always)]
fn power_of_two(k: f64) -> f64 {
    f64::from_bits((k + (ROUNDER + 1023.0)).to_bits() << 52)
}

/// `y * 2^k` for whole `k` from -2000 to 2000, rounded once.
#[inline(always)]
fn scaled(y: f64, k: f64) -> f64 {
    let half = k.mul_add(0.5, ROUNDER) - ROUNDER;
    y * power_of_two(half) * power_of_two(k - half)
}

#[inline(always)]
fn clamped(x: f64, low: f64, high: f64) -> f64 {
    // Comparisons with NaN are false: NaN passes.
    let x = if x < low { low } else { x };
    if x > high { high } else { x }
}

/// `(k, r)` with `x = k ln 2 + r`, `|r| <= ln 2 / 2`.
#[inline(always)]
fn exp_reduced(x: f64) -> (f64, f64) {
    use std::f64::consts::{LN_2, LOG2_E};
    const REST: f64 = 2.319_046_813_846_299_6e-17;
    let k = x.mul_add(LOG2_E, ROUNDER) - ROUNDER;
    // The first difference is exact: both are multiples of the last place of ln 2.
    (k, k.mul_add(-REST, k.mul_add(-LN_2, x)))
}

/// `(exp(r) - 1 - r) / r^2`, a Chebyshev fit with error 1e-16.
#[inline(always)]
fn exp_tail(r: f64) -> f64 {
    const P: [f64; 10] = [
        2.510_038_549_551_032e-8,
        2.762_008_844_540_974_6e-7,
        2.755_726_845_999_706_4e-6,
        2.480_152_129_595_437_6e-5,
        1.984_126_986_305_361_8e-4,
        1.388_888_891_721_371_7e-3,
        8.333_333_333_330_062e-3,
        4.166_666_666_662_413e-2,
        1.666_666_666_666_666_9e-1,
        0.5,
    ];
    horner(P, r)
}

/// Exponential function.
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    let (k, r) = exp_reduced(clamped(x, -746.0, 710.0));
    // What 1 + r loses is added to the small part: exp(1) is the double nearest to e.
    let one = 1.0 + r;
    scaled(one + (r * r).mul_add(exp_tail(r), (1.0 - one) + r), k)
}

/// `exp(x) - 1`.
#[inline(always)]
pub fn expm1(x: f64) -> f64 {
    let (k, r) = exp_reduced(clamped(x, -60.0, 710.0));
    let q = (r * r).mul_add(exp_tail(r), r);
    // 2^k (1 + q) - 1, the ones put together before the small part is added; 2^1024 only in halves.
    let big = k > 1000.0;
    let scale = power_of_two(if big { k - 30.0 } else { k });
    let near = scale.mul_add(q, scale - 1.0);
    let far = scale.mul_add(q, scale) * 1_073_741_824.0;
    let value = if big { far } else { near };
    // Keeps the sign of zero.
    if x == 0.0 { x } else { value }
}

/// Hyperbolic tangent.
#[inline(always)]
pub fn tanh(x: f64) -> f64 {
    let t = expm1(2.0 * clamped(x.abs(), 0.0, 22.0));
    let value = if x.abs() < 0.5 { t / (t + 2.0) } else { 1.0 - 2.0 / (t + 2.0) };
    value.copysign(x)
}

/// Hyperbolic sine.
#[inline(always)]
pub fn sinh(x: f64) -> f64 {
    let a = x.abs();
    let t = expm1(if a > 700.0 { a - 30.0 } else { a });
    let near = 0.5 * (t + t / (t + 1.0));
    // exp(30) as a product, where exp(a) alone would overflow.
    let far = 0.5 * t * 10_686_474_581_524.463;
    (if a > 700.0 { far } else { near }).copysign(x)
}

/// Hyperbolic cosine.
#[inline(always)]
pub fn cosh(x: f64) -> f64 {
    let a = x.abs();
    let t = exp(if a > 700.0 { a - 30.0 } else { a });
    let near = 0.5 * t + 0.5 / t;
    let far = 0.5 * t * 10_686_474_581_524.463;
    if a > 700.0 { far } else { near }
}

/// `(k, m)` with `x = 2^k m`, `m` in [sqrt(1/2), sqrt(2)), for positive finite `x`.
#[inline(always)]
fn split(x: f64) -> (f64, f64) {
    const OFFSET: u64 = 0x3ff0_0000_0000_0000 - 0x3fe6_a09e_0000_0000;
    let tiny = x < f64::MIN_POSITIVE;
    let bits = (if tiny { x * 18_014_398_509_481_984.0 } else { x }).to_bits().wrapping_add(OFFSET);
    let m = f64::from_bits((bits & 0x000f_ffff_ffff_ffff) + 0x3fe6_a09e_0000_0000);
    // The exponent as a number, by way of the low bits of 2^52.
    let e = f64::from_bits((bits >> 52) | 0x4330_0000_0000_0000) - 4_503_599_627_370_496.0;
    (e - if tiny { 1077.0 } else { 1023.0 }, m)
}

/// `log(1 + f) = f - f^2/2 + s (f^2/2 + R)`: gives `(f^2/2, s (f^2/2 + R))`.
#[inline(always)]
fn log_tail(f: f64) -> (f64, f64) {
    const LG: [f64; 7] = [
        1.479_819_860_511_658_6e-1,
        1.531_383_769_920_937_3e-1,
        1.818_357_216_161_805e-1,
        2.222_219_843_214_978_4e-1,
        2.857_142_874_366_239e-1,
        3.999_999_999_940_942e-1,
        6.666_666_666_666_735e-1,
    ];
    let s = f / (2.0 + f);
    let z = s * s;
    let half = 0.5 * f * f;
    (half, s * z.mul_add(horner(LG, z), half))
}

/// The value a logarithm has at the edges of its domain, else `value`.
#[inline(always)]
fn log_edges(x: f64, value: f64) -> f64 {
    let value = if x == 0.0 { f64::NEG_INFINITY } else { value };
    let value = if x == f64::INFINITY { x } else { value };
    if x >= 0.0 { value } else { f64::NAN }
}

/// Natural logarithm; NaN for negative numbers.
#[inline(always)]
pub fn log(x: f64) -> f64 {
    let (k, m) = split(x);
    let f = m - 1.0;
    let (half, tail) = log_tail(f);
    log_edges(x, k.mul_add(LN2_HI, f - (half - k.mul_add(LN2_LO, tail))))
}

/// `log(1 + x)`; NaN below -1.
#[inline(always)]
pub fn log1p(x: f64) -> f64 {
    let u = 1.0 + x;
    let (k, m) = split(u);
    let f = m - 1.0;
    let (half, tail) = log_tail(f);
    // What 1 + x lost, relative to it.
    let lost = if x < 1.0 { x - (u - 1.0) } else { 1.0 - (u - x) };
    let c = lost / u;
    let value = k.mul_add(LN2_HI, f - (half - (tail + k.mul_add(LN2_LO, c))));
    let value = log_edges(u, value);
    if x == 0.0 { x } else { value }
}

/// The logarithm of `m` as the sum of a number with few bits and a rest.
#[inline(always)]
fn log_parts(m: f64) -> (f64, f64) {
    let f = m - 1.0;
    let (half, tail) = log_tail(f);
    let hi = f64::from_bits((f - half).to_bits() & 0xffff_ffff_0000_0000);
    (hi, (f - hi) - half + tail)
}

/// Logarithm to base 2; exact for powers of two.
#[inline(always)]
pub fn log2(x: f64) -> f64 {
    const HI: f64 = 1.442_695_040_721_446_3;
    const LO: f64 = 1.675_171_316_488_651_2e-10;
    let (k, m) = split(x);
    let (hi, lo) = log_parts(m);
    let (head, rest) = (hi * HI, (lo + hi) * LO + lo * HI);
    let w = k + head;
    log_edges(x, (rest + ((k - w) + head)) + w)
}

/// Logarithm to base 10; exact for powers of ten.
#[inline(always)]
pub fn log10(x: f64) -> f64 {
    const HI: f64 = 4.342_944_818_781_689e-1;
    const LO: f64 = 2.508_294_671_164_527_5e-11;
    const TWO_HI: f64 = 3.010_299_956_636_117_7e-1;
    const TWO_LO: f64 = 3.694_239_077_158_931e-13;
    let (k, m) = split(x);
    let (hi, lo) = log_parts(m);
    let (head, whole) = (hi * HI, k * TWO_HI);
    let rest = k * TWO_LO + (lo + hi) * LO + lo * HI;
    let w = whole + head;
    log_edges(x, (rest + ((whole - w) + head)) + w)
}

/// Arguments whose quadrant [`sin`], [`cos`] and [`tan`] cannot tell.
#[inline(always)]
pub fn trig_outside(x: f64) -> bool {
    x.abs() > 1e8
}

/// `x` less the nearest multiple of pi/2, as a sum of two, and the quadrant's number in the low bits.
#[inline(always)]
fn quadrant(x: f64) -> (f64, f64, u64) {
    use std::f64::consts::{FRAC_2_PI, FRAC_PI_2};
    const MIDDLE: f64 = 6.123_233_995_736_766e-17;
    const LOW: f64 = -1.497_384_904_859_169_8e-33;
    let t = x.mul_add(FRAC_2_PI, ROUNDER);
    let k = t - ROUNDER;
    // Exact: both are multiples of the last place of pi/2.
    let first = k.mul_add(-FRAC_PI_2, x);
    let hi = k.mul_add(-MIDDLE, first);
    let lo = k.mul_add(-LOW, k.mul_add(-MIDDLE, first - hi));
    (hi, lo, t.to_bits())
}

/// Sine of `x + y` for `|x| <= pi/4`, `y` its rounding error.
#[inline(always)]
fn sin_kernel(x: f64, y: f64) -> f64 {
    const S: [f64; 5] = [
        1.589_690_995_211_55e-10,
        -2.505_076_025_340_686_3e-8,
        2.755_731_370_707_006_8e-6,
        -1.984_126_982_985_795e-4,
        8.333_333_333_322_49e-3,
    ];
    const S1: f64 = -1.666_666_666_666_663_2e-1;
    let z = x * x;
    let v = z * x;
    let rest = z * (0.5 * y - v * horner(S, z)) - y;
    x - (rest - v * S1)
}

/// Cosine of `x + y`.
#[inline(always)]
fn cos_kernel(x: f64, y: f64) -> f64 {
    const C: [f64; 6] = [
        -1.135_964_755_778_819_5e-11,
        2.087_572_321_298_175e-9,
        -2.755_731_435_139_066_3e-7,
        2.480_158_728_947_673e-5,
        -1.388_888_888_887_411e-3,
        4.166_666_666_666_66e-2,
    ];
    let z = x * x;
    let half = 0.5 * z;
    let w = 1.0 - half;
    w + (((1.0 - w) - half) + (z * (z * horner(C, z)) - x * y))
}

/// Sine.
#[inline(always)]
pub fn sin(x: f64) -> f64 {
    let (hi, lo, q) = quadrant(x);
    let value = if q & 1 == 1 { cos_kernel(hi, lo) } else { sin_kernel(hi, lo) };
    let value = f64::from_bits(value.to_bits() ^ (q & 2) << 62);
    if x == 0.0 { x } else { value }
}

/// Cosine.
#[inline(always)]
pub fn cos(x: f64) -> f64 {
    let (hi, lo, q) = quadrant(x);
    let value = if q & 1 == 1 { sin_kernel(hi, lo) } else { cos_kernel(hi, lo) };
    f64::from_bits(value.to_bits() ^ (q.wrapping_add(1) & 2) << 62)
}

/// Tangent.
#[inline(always)]
pub fn tan(x: f64) -> f64 {
    let (hi, lo, q) = quadrant(x);
    let (s, c) = (sin_kernel(hi, lo), cos_kernel(hi, lo));
    let value = if q & 1 == 1 { -c / s } else { s / c };
    if x == 0.0 { x } else { value }
}

/// Inverse tangent: reduced to `|z| <= tan(pi/8)`, a Chebyshev fit of `(z - atan(z)) / z^3` with error 3e-17.
#[inline(always)]
pub fn atan(x: f64) -> f64 {
    use std::f64::consts::{FRAC_PI_2, FRAC_PI_4};
    const A: [f64; 11] = [
        1.916_206_521_298_404e-2,
        -3.921_954_950_592_892e-2,
        5.085_030_387_940_87e-2,
        -5.858_068_736_801_242_5e-2,
        6.664_502_213_359_91e-2,
        -7.692_182_534_952_383e-2,
        9.090_904_549_877_533e-2,
        -1.111_111_101_456_083_9e-1,
        1.428_571_428_465_789e-1,
        -1.999_999_999_999_548e-1,
        3.333_333_333_333_333e-1,
    ];
    let a = x.abs();
    let (middle, high) = (a > 0.414_213_562_373_095_03, a > 2.414_213_562_373_095);
    let above = if high {
        -1.0
    } else if middle {
        a - 1.0
    } else {
        a
    };
    let below = if high {
        a
    } else if middle {
        a + 1.0
    } else {
        1.0
    };
    let base = if high {
        FRAC_PI_2
    } else if middle {
        FRAC_PI_4
    } else {
        0.0
    };
    let rest = if high {
        6.123_233_995_736_766e-17
    } else if middle {
        3.061_616_997_868_383e-17
    } else {
        0.0
    };
    let z = above / below;
    let w = z * z;
    let value = base - ((z * w * horner(A, w) - rest) - z);
    value.copysign(x)
}

/// `a + b` and what the sum lost.
#[inline(always)]
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let s = a + b;
    let t = s - a;
    (s, (a - (s - t)) + (b - t))
}

/// The natural logarithm of a positive finite number as a sum of two doubles, about 2^-63 relative:
/// `log m = 2 s + s z (2/3 + z Q(z))` with `s = (m-1)/(m+1)`, `z = s^2`, the leading terms in double-double.
#[inline(always)]
fn log_double(x: f64) -> (f64, f64) {
    const Q: [f64; 8] = [
        1.172_368_902_364_922_7e-1,
        1.170_618_751_997_879_3e-1,
        1.333_480_651_730_55e-1,
        1.538_459_492_898_411e-1,
        1.818_181_833_570_672e-1,
        2.222_222_222_165_45e-1,
        2.857_142_857_142_937e-1,
        0.4,
    ];
    const THIRDS: f64 = 2.0 / 3.0;
    const THIRDS_LO: f64 = 3.700_743_415_417_188e-17;
    let (k, m) = split(x);
    let f = m - 1.0;
    let g = m + 1.0;
    let g_lo = m - (g - 1.0);
    let inverse = 1.0 / g;
    let s = f * inverse;
    let s_lo = s.mul_add(-g_lo, s.mul_add(-g, f)) * inverse;
    let z = s * s;
    let z_lo = s.mul_add(s, -z) + 2.0 * s * s_lo;
    let cube = z * s;
    let cube_lo = z.mul_add(s, -cube) + (z * s_lo + z_lo * s);
    let q = z * horner(Q, z);
    let u = THIRDS + q;
    let u_lo = (THIRDS - u) + q + THIRDS_LO;
    let t = cube * u;
    let t_lo = cube.mul_add(u, -t) + (cube * u_lo + cube_lo * u);
    let (a, a_lo) = two_sum(k * LN2_HI, 2.0 * s);
    let (b, b_lo) = two_sum(a, t);
    let lo = a_lo + b_lo + k.mul_add(LN2_LO, 2.0 * s_lo + t_lo);
    let hi = b + lo;
    (hi, (b - hi) + lo)
}

/// Arguments [`pow`] does not know: a base that is zero or not finite, an exponent that is not finite.
#[inline(always)]
pub fn pow_outside(x: f64, y: f64) -> bool {
    let known = (x != 0.0) & (x.abs() < f64::INFINITY) & (y.abs() < f64::INFINITY);
    !known
}

/// `x^y`; NaN where it is not real. Squares and cubes are products; whole results of whole numbers are exact.
#[inline(always)]
pub fn pow(x: f64, y: f64) -> f64 {
    let (hi, lo) = log_double(x.abs());
    let p = y * hi;
    let p_lo = y.mul_add(hi, -p) + y * lo;
    let p_lo = if p.abs() < 800.0 { p_lo } else { 0.0 };
    let p = clamped(p, -746.0, 710.0);
    let (k, r) = exp_reduced(p);
    let (r, r_lo) = {
        let sum = r + p_lo;
        (sum, (r - sum) + p_lo)
    };
    let one = 1.0 + r;
    let value = scaled(one + (((1.0 - one) + r) + (r * r).mul_add(exp_tail(r), r_lo)), k);
    let whole = |v: f64| v == v.trunc();
    // The true value is an integer within an ulp.
    let exact = whole(x) & whole(y) & (y >= 0.0) & (value < 4_503_599_627_370_496.0);
    let value = if exact { value.round_ties_even() } else { value };
    let odd = whole(y) & !whole(0.5 * y);
    let signed = if odd { -value } else { value };
    let signed = if whole(y) { signed } else { f64::NAN };
    let value = if x < 0.0 { signed } else { value };
    let value = if y == 3.0 { x * x * x } else { value };
    if y == 2.0 { x * x } else { value }
}

/// The nearest integer, halves away from zero.
#[inline(always)]
pub fn round(x: f64) -> f64 {
    let t = x.trunc();
    if (x - t).abs() >= 0.5 { t + 1f64.copysign(x) } else { t }
}
