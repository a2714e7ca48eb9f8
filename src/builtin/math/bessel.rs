//! Bessel functions of real order for positive arguments.
//!
//! Source: Temme's series for small arguments and Steed's continued fractions for others (Temme, Journal of
//! Computational Physics 19, 1975 and 21, 1976; Barnett, Computer Physics Communications 8, 1974), with recurrence in
//! the order.

use std::f64::consts::PI;

/// Taylor coefficients of `1 / gamma (z)` at 0, from `z` on (Abramowitz and Stegun 6.1.34).
const RECIPROCAL_GAMMA: [f64; 22] = [
    1.0,
    0.577_215_664_901_532_9,
    -0.655_878_071_520_253_8,
    -0.042_002_635_034_095_2,
    0.166_538_611_382_291_5,
    -0.042_197_734_555_544_3,
    -0.009_621_971_527_877,
    0.007_218_943_246_663,
    -0.001_165_167_591_859_1,
    -0.000_215_241_674_114_9,
    0.000_128_050_282_388_2,
    -0.000_020_134_854_780_7,
    -0.000_001_250_493_482_1,
    0.000_001_133_027_232,
    -0.000_000_205_633_841_7,
    0.000_000_006_116_095,
    0.000_000_005_002_007_5,
    -0.000_000_001_181_274_6,
    0.000_000_000_104_342_7,
    0.000_000_000_007_782_3,
    -0.000_000_000_003_696_8,
    0.000_000_000_000_51,
];

/// Half the difference over `mu` and half the sum of `1 / gamma (1 - mu)` and `1 / gamma (1 + mu)`, and these two;
/// for `|mu| <= 1/2`.
fn gammas(mu: f64) -> (f64, f64, f64, f64) {
    let square = mu * mu;
    let sum = |from: usize| RECIPROCAL_GAMMA[from..].iter().step_by(2).rev().fold(0.0, |s, c| s * square + c);
    let (odd, even) = (-sum(1), sum(0));
    (odd, even, even - mu * odd, even + mu * odd)
}

const ROUNDS: usize = 100_000;
const TINY: f64 = 1e-300;

/// `J` and `Y` of order `nu >= 0` at `x > 0`.
pub fn ordinary(nu: f64, x: f64) -> (f64, f64) {
    let steps = if x < 2.0 { (nu + 0.5) as usize } else { (nu - x + 1.5).max(0.0) as usize };
    let mu = nu - steps as f64;
    let (inverse, twice) = (1.0 / x, 2.0 / x);
    let wronskian = twice / PI;
    // The logarithmic derivative of J by continued fraction.
    let mut sign = 1.0;
    let mut h = nu * inverse;
    if h < TINY {
        h = TINY;
    }
    let (mut b, mut d, mut c) = (twice * nu, 0.0, h);
    for _ in 0..ROUNDS {
        b += twice;
        d = b - d;
        if d == 0.0 {
            d = TINY;
        }
        c = b - 1.0 / c;
        if c == 0.0 {
            c = TINY;
        }
        d = 1.0 / d;
        let step = c * d;
        h *= step;
        if d < 0.0 {
            sign = -sign;
        }
        if (step - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    let mut j = sign * TINY;
    let mut slope = h * j;
    let (first, mut factor) = (j, nu * inverse);
    for _ in 0..steps {
        let next = factor * j + slope;
        factor -= inverse;
        slope = factor * next - j;
        j = next;
    }
    if j == 0.0 {
        j = f64::EPSILON;
    }
    let f = slope / j;
    let (j_mu, mut y, mut y_next);
    if x < 2.0 {
        let half = 0.5 * x;
        let angle = PI * mu;
        let ratio = if angle.abs() < f64::EPSILON { 1.0 } else { angle / angle.sin() };
        let log = -half.ln();
        let e = mu * log;
        let ratio2 = if e.abs() < f64::EPSILON { 1.0 } else { e.sinh() / e };
        let (g1, g2, plus, minus) = gammas(mu);
        // `plus` is 1 / gamma (1 + mu), `minus` 1 / gamma (1 - mu).
        let mut ff = 2.0 / PI * ratio * (g1 * e.cosh() + g2 * ratio2 * log);
        let grown = e.exp();
        let mut p = grown / (plus * PI);
        let mut q = 1.0 / (grown * PI * minus);
        let half_angle = 0.5 * angle;
        let ratio3 = if half_angle.abs() < f64::EPSILON { 1.0 } else { half_angle.sin() / half_angle };
        let r = PI * half_angle * ratio3 * ratio3;
        let mut c = 1.0;
        let square = -half * half;
        let (mut sum, mut sum1) = (ff + r * q, p);
        for i in 1..ROUNDS {
            let i = i as f64;
            ff = (i * ff + p + q) / (i * i - mu * mu);
            c *= square / i;
            p /= i - mu;
            q /= i + mu;
            let step = c * (ff + r * q);
            sum += step;
            sum1 += c * p - i * step;
            if step.abs() < (1.0 + sum.abs()) * f64::EPSILON {
                break;
            }
        }
        y = -sum;
        y_next = -sum1 * twice;
        let slope = mu * inverse * y - y_next;
        j_mu = wronskian / (slope - f * y);
    } else {
        let mut a = 0.25 - mu * mu;
        let (mut p, mut q) = (-0.5 * inverse, 1.0);
        let (br, mut bi) = (2.0 * x, 2.0);
        let fact = a * inverse / (p * p + q * q);
        let (mut cr, mut ci) = (br + q * fact, bi + p * fact);
        let mut size = br * br + bi * bi;
        let (mut dr, mut di) = (br / size, -bi / size);
        let (mut lr, mut li) = (cr * dr - ci * di, cr * di + ci * dr);
        (p, q) = (p * lr - q * li, p * li + q * lr);
        for i in 2..ROUNDS {
            a += 2.0 * (i - 1) as f64;
            bi += 2.0;
            dr = a * dr + br;
            di = a * di + bi;
            if dr.abs() + di.abs() < TINY {
                dr = TINY;
            }
            let fact = a / (cr * cr + ci * ci);
            cr = br + cr * fact;
            ci = bi - ci * fact;
            if cr.abs() + ci.abs() < TINY {
                cr = TINY;
            }
            size = dr * dr + di * di;
            dr /= size;
            di /= -size;
            lr = cr * dr - ci * di;
            li = cr * di + ci * dr;
            (p, q) = (p * lr - q * li, p * li + q * lr);
            if (lr - 1.0).abs() + li.abs() < f64::EPSILON {
                break;
            }
        }
        let gamma = (p - f) / q;
        let value = (wronskian / ((p - f) * gamma + q)).sqrt();
        j_mu = value.copysign(j);
        y = j_mu * gamma;
        let slope = y * (p + q / gamma);
        y_next = mu * inverse * y - slope;
    }
    let scale = j_mu / j;
    for i in 1..=steps {
        (y, y_next) = (y_next, (mu + i as f64) * twice * y_next - y);
    }
    (first * scale, y)
}

/// `I` and `K` of order `nu >= 0` at `x > 0`.
pub fn modified(nu: f64, x: f64) -> (f64, f64) {
    let steps = (nu + 0.5) as usize;
    let mu = nu - steps as f64;
    let (inverse, twice) = (1.0 / x, 2.0 / x);
    let mut h = (nu * inverse).max(TINY);
    let (mut b, mut d, mut c) = (twice * nu, 0.0, h);
    for _ in 0..ROUNDS {
        b += twice;
        d = 1.0 / (b + d);
        c = b + 1.0 / c;
        let step = c * d;
        h *= step;
        if (step - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    let mut i = TINY;
    let mut slope = h * i;
    let (first, mut factor) = (i, nu * inverse);
    for _ in 0..steps {
        let next = factor * i + slope;
        factor -= inverse;
        slope = factor * next + i;
        i = next;
    }
    let f = slope / i;
    let (mut k, mut k_next);
    if x < 2.0 {
        let half = 0.5 * x;
        let angle = PI * mu;
        let ratio = if angle.abs() < f64::EPSILON { 1.0 } else { angle / angle.sin() };
        let log = -half.ln();
        let e = mu * log;
        let ratio2 = if e.abs() < f64::EPSILON { 1.0 } else { e.sinh() / e };
        let (g1, g2, plus, minus) = gammas(mu);
        let mut ff = ratio * (g1 * e.cosh() + g2 * ratio2 * log);
        let mut sum = ff;
        let grown = e.exp();
        let mut p = 0.5 * grown / plus;
        let mut q = 0.5 / (grown * minus);
        let mut c = 1.0;
        let square = half * half;
        let mut sum1 = p;
        for n in 1..ROUNDS {
            let n = n as f64;
            ff = (n * ff + p + q) / (n * n - mu * mu);
            c *= square / n;
            p /= n - mu;
            q /= n + mu;
            let step = c * ff;
            sum += step;
            sum1 += c * (p - n * ff);
            if step.abs() < sum.abs() * f64::EPSILON {
                break;
            }
        }
        k = sum;
        k_next = sum1 * twice;
    } else {
        let mut b = 2.0 * (1.0 + x);
        let mut d = 1.0 / b;
        let (mut h, mut step) = (d, d);
        let (mut q1, mut q2) = (0.0, 1.0);
        let a1 = 0.25 - mu * mu;
        let (mut q, mut c) = (a1, a1);
        let mut a = -a1;
        let mut s = 1.0 + q * step;
        for n in 2..ROUNDS {
            a -= 2.0 * (n - 1) as f64;
            c = -a * c / n as f64;
            let next = (q1 - b * q2) / a;
            (q1, q2) = (q2, next);
            q += c * next;
            b += 2.0;
            d = 1.0 / (b + a * d);
            step *= b * d - 1.0;
            h += step;
            let ds = q * step;
            s += ds;
            if (ds / s).abs() < f64::EPSILON {
                break;
            }
        }
        h *= a1;
        k = (PI / (2.0 * x)).sqrt() * (-x).exp() / s;
        k_next = k * (mu + x + 0.5 - h) * inverse;
    }
    let slope = mu * inverse * k - k_next;
    let i_mu = inverse / (f * k - slope);
    let value = i_mu * first / i;
    for n in 1..=steps {
        (k, k_next) = (k_next, (mu + n as f64) * twice * k_next + k);
    }
    (value, k)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() <= 1e-12 * (1.0 + b.abs()), "{a} {b}");
    }

    #[test]
    fn half_orders_are_elementary_and_integers_agree_with_the_library() {
        for x in [0.3, 1.7, 2.5, 12.0] {
            let scale = (2.0 / (PI * x)).sqrt();
            close(ordinary(0.5, x).0, scale * x.sin());
            close(ordinary(0.5, x).1, -scale * x.cos());
            close(modified(0.5, x).1, (PI / (2.0 * x)).sqrt() * (-x).exp());
            close(modified(0.5, x).0 / x.cosh(), scale * x.sinh() / x.cosh());
            for n in 0..4 {
                close(ordinary(n as f64, x).0, libm::jn(n, x));
                close(ordinary(n as f64, x).1, libm::yn(n, x));
            }
        }
    }
}
