//! Bessel functions of real order and real argument.
//!
//! Temme's series near zero, Steed's continued fractions elsewhere (Temme, J. Comp. Phys. 19, 1975; Barnett et al.,
//! Comp. Phys. Comm. 8, 1974), upward and downward recurrence to the order wanted.

use crate::array::scalar_fn::special::gamma;
use std::f64::consts::PI;

const EPS: f64 = 1e-16;
const TINY: f64 = 1e-290;

/// Coefficients of Temme's series: (1/gamma (1-mu) -+ 1/gamma (1+mu)) / (2 mu and 2), and the two reciprocals.
fn temme(mu: f64) -> (f64, f64, f64, f64) {
    let plus = 1.0 / gamma(1.0 + mu);
    let minus = 1.0 / gamma(1.0 - mu);
    let g2 = 0.5 * (minus + plus);
    let g1 = if mu.abs() < 1e-3 {
        // The limit with its next term.
        -0.577_215_664_901_532_9 + 0.042_002_635_034_095_24 * mu * mu
    } else {
        0.5 * (minus - plus) / mu
    };
    (g1, g2, plus, minus)
}

/// Recurrences over more orders than this are not run: J vanishes beyond them, and Y has no bound.
const LONGEST: f64 = 1e6;

/// J and Y of order `nu >= 0` at `x > 0`.
pub fn jy(nu: f64, x: f64) -> (f64, f64) {
    if x > 1e5_f64.max(10.0 * nu * nu) {
        return jy_far(nu, x);
    }
    if nu - x > LONGEST {
        return (0.0, f64::NEG_INFINITY);
    }
    let steps = if x < 2.0 { (nu + 0.5) as i64 } else { ((nu - x + 1.5) as i64).max(0) };
    let mu = nu - steps as f64;
    let (mu2, xi) = (mu * mu, 1.0 / x);
    let xi2 = 2.0 * xi;
    let w = xi2 / PI;
    // The ratio J'/J by its continued fraction.
    let mut sign = 1.0;
    let mut h = (nu * xi).max(TINY);
    let mut b = xi2 * nu;
    let (mut d, mut c) = (0.0, h);
    for _ in 0..2_000_000 {
        b += xi2;
        d = b - d;
        d = if d.abs() < TINY { TINY } else { d };
        c = b - 1.0 / c;
        c = if c.abs() < TINY { TINY } else { c };
        d = 1.0 / d;
        let step = c * d;
        h *= step;
        if d < 0.0 {
            sign = -sign;
        }
        if (step - 1.0).abs() < EPS {
            break;
        }
    }
    let mut rj = sign * TINY;
    let mut rjp = h * rj;
    let (rj1, mut fact) = (rj, nu * xi);
    for _ in 0..steps {
        let t = fact * rj + rjp;
        fact -= xi;
        rjp = fact * t - rj;
        rj = t;
    }
    if rj == 0.0 {
        rj = EPS;
    }
    let f = rjp / rj;
    let (rjmu, mut rymu, mut ry1);
    if x < 2.0 {
        let x2 = 0.5 * x;
        let pimu = PI * mu;
        let fact = if pimu.abs() < EPS { 1.0 } else { pimu / pimu.sin() };
        let d = -x2.ln();
        let e = mu * d;
        let fact2 = if e.abs() < EPS { 1.0 } else { e.sinh() / e };
        let (g1, g2, plus, minus) = temme(mu);
        let mut ff = 2.0 / PI * fact * (g1 * e.cosh() + g2 * fact2 * d);
        let e = e.exp();
        let mut p = e / (plus * PI);
        let mut q = 1.0 / (e * PI * minus);
        let half = 0.5 * pimu;
        let fact3 = if half.abs() < EPS { 1.0 } else { half.sin() / half };
        let r = PI * half * fact3 * fact3;
        let mut c = 1.0;
        let d = -x2 * x2;
        let mut sum = ff + r * q;
        let mut sum1 = p;
        for i in 1..10_000 {
            let i = i as f64;
            ff = (i * ff + p + q) / (i * i - mu2);
            c *= d / i;
            p /= i - mu;
            q /= i + mu;
            let del = c * (ff + r * q);
            sum += del;
            sum1 += c * p - i * del;
            if del.abs() < (1.0 + sum.abs()) * EPS {
                break;
            }
        }
        rymu = -sum;
        ry1 = -sum1 * xi2;
        let rymup = mu * xi * rymu - ry1;
        rjmu = w / (rymup - f * rymu);
    } else {
        let mut a = 0.25 - mu2;
        let (mut p, mut q) = (-0.5 * xi, 1.0);
        let (br, mut bi) = (2.0 * x, 2.0);
        let fact = a * xi / (p * p + q * q);
        let (mut cr, mut ci) = (br + q * fact, bi + p * fact);
        let den = br * br + bi * bi;
        let (mut dr, mut di) = (br / den, -bi / den);
        let (dlr, dli) = (cr * dr - ci * di, cr * di + ci * dr);
        (p, q) = (p * dlr - q * dli, p * dli + q * dlr);
        for i in 2..1_000_000 {
            a += (2 * (i - 1)) as f64;
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
            let den = dr * dr + di * di;
            dr /= den;
            di /= -den;
            let (dlr, dli) = (cr * dr - ci * di, cr * di + ci * dr);
            (p, q) = (p * dlr - q * dli, p * dli + q * dlr);
            if (dlr - 1.0).abs() + dli.abs() < EPS {
                break;
            }
        }
        let gam = (p - f) / q;
        rjmu = (w / ((p - f) * gam + q)).sqrt().copysign(rj);
        rymu = rjmu * gam;
        let rymup = rymu * (p + q / gam);
        ry1 = mu * xi * rymu - rymup;
    }
    let j = rj1 * (rjmu / rj);
    for i in 1..=steps {
        let t = (mu + i as f64) * xi2 * ry1 - rymu;
        rymu = ry1;
        ry1 = t;
    }
    (j, rymu)
}

/// Hankel's expansion for large arguments.
fn jy_far(nu: f64, x: f64) -> (f64, f64) {
    let m = 4.0 * nu * nu;
    let (mut p, mut q, mut term) = (1.0, 0.0, 1.0);
    for k in 1..60 {
        let odd = (2 * k - 1) as f64;
        let next = term * (m - odd * odd) / (k as f64 * 8.0 * x);
        if next.abs() > f64::abs(term) {
            break;
        }
        term = next;
        match k % 4 {
            1 => q += term,
            2 => p -= term,
            3 => q -= term,
            _ => p += term,
        }
        if term.abs() < EPS {
            break;
        }
    }
    let chi = x - (0.5 * nu + 0.25) * PI;
    let size = (2.0 / (PI * x)).sqrt();
    (size * (p * chi.cos() - q * chi.sin()), size * (p * chi.sin() + q * chi.cos()))
}

/// I and K of a high order, scaled: the first term of Debye's expansion (DLMF 10.41).
fn ik_high(nu: f64, x: f64) -> (f64, f64) {
    let z = x / nu;
    let p = z.hypot(1.0);
    let growth = nu * (p + (z / (1.0 + p)).ln()) - x;
    (growth.exp() / (2.0 * PI * nu * p).sqrt(), (PI / (2.0 * nu * p)).sqrt() * (-growth).exp())
}

/// The same far out, by Hankel's expansion: terms fall until they are nothing where x is beyond the square of the order.
/// Abramowitz and Stegun, 9.7.1 and 9.7.2.
fn ik_far(nu: f64, x: f64) -> (f64, f64) {
    let four = 4.0 * nu * nu;
    let (mut i, mut k, mut term) = (1.0, 1.0, 1.0f64);
    for n in 1..60 {
        let n = n as f64;
        term *= (four - (2.0 * n - 1.0).powi(2)) / (8.0 * n * x);
        k += term;
        i += if n % 2.0 == 1.0 { -term } else { term };
        if term.abs() < EPS * k.abs().min(i.abs()) {
            break;
        }
    }
    (i / (2.0 * PI * x).sqrt(), k * (PI / (2.0 * x)).sqrt())
}

/// I scaled by e^-x and K scaled by e^x, of order `nu >= 0` at `x > 0`.
pub fn ik_scaled(nu: f64, x: f64) -> (f64, f64) {
    if nu > LONGEST {
        return ik_high(nu, x);
    }
    if x > 200.0f64.max(nu * nu) {
        return ik_far(nu, x);
    }
    let steps = (nu + 0.5) as i64;
    let mu = nu - steps as f64;
    let (mu2, xi) = (mu * mu, 1.0 / x);
    let xi2 = 2.0 * xi;
    let mut h = (nu * xi).max(TINY);
    let mut b = xi2 * nu;
    let (mut d, mut c) = (0.0, h);
    for _ in 0..2_000_000 {
        b += xi2;
        d = 1.0 / (b + d);
        c = b + 1.0 / c;
        let step = c * d;
        h *= step;
        if (step - 1.0).abs() < EPS {
            break;
        }
    }
    let mut ri = TINY;
    let mut rip = h * ri;
    let (ri1, mut fact) = (ri, nu * xi);
    for _ in 0..steps {
        let t = fact * ri + rip;
        fact -= xi;
        rip = fact * t + ri;
        ri = t;
    }
    let f = rip / ri;
    let (mut kmu, mut k1);
    if x < 2.0 {
        let x2 = 0.5 * x;
        let pimu = PI * mu;
        let fact = if pimu.abs() < EPS { 1.0 } else { pimu / pimu.sin() };
        let d = -x2.ln();
        let e = mu * d;
        let fact2 = if e.abs() < EPS { 1.0 } else { e.sinh() / e };
        let (g1, g2, plus, minus) = temme(mu);
        let mut ff = fact * (g1 * e.cosh() + g2 * fact2 * d);
        let mut sum = ff;
        let e = e.exp();
        let mut p = 0.5 * e / plus;
        let mut q = 0.5 / (e * minus);
        let mut c = 1.0;
        let d = x2 * x2;
        let mut sum1 = p;
        for i in 1..10_000 {
            let i = i as f64;
            ff = (i * ff + p + q) / (i * i - mu2);
            c *= d / i;
            p /= i - mu;
            q /= i + mu;
            let del = c * ff;
            sum += del;
            sum1 += c * (p - i * ff);
            if del.abs() < sum.abs() * EPS {
                break;
            }
        }
        kmu = sum * x.exp();
        k1 = sum1 * xi2 * x.exp();
    } else {
        let mut b = 2.0 * (1.0 + x);
        let mut d = 1.0 / b;
        let mut delh = d;
        let mut h = d;
        let (mut q1, mut q2) = (0.0, 1.0);
        let a1 = 0.25 - mu2;
        let mut c = a1;
        let mut q = c;
        let mut a = -a1;
        let mut s = 1.0 + q * delh;
        for i in 2..1_000_000 {
            a -= (2 * (i - 1)) as f64;
            c = -a * c / i as f64;
            let qnew = (q1 - b * q2) / a;
            q1 = q2;
            q2 = qnew;
            q += c * qnew;
            b += 2.0;
            d = 1.0 / (b + a * d);
            delh *= b * d - 1.0;
            h += delh;
            let dels = q * delh;
            s += dels;
            if (dels / s).abs() < EPS {
                break;
            }
        }
        h *= a1;
        kmu = (PI / (2.0 * x)).sqrt() / s;
        k1 = kmu * (mu + x + 0.5 - h) * xi;
    }
    let kmup = mu * xi * kmu - k1;
    // The Wronskian gives I; both scales cancel.
    let imu = xi / (f * kmu - kmup);
    let i = imu * ri1 / ri;
    for n in 1..=steps {
        let t = (mu + n as f64) * xi2 * k1 + kmu;
        kmu = k1;
        k1 = t;
    }
    (i, kmu)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() <= 2e-14 * b.abs(), "{a} {b}");
    }

    #[test]
    fn known_values() {
        let (j, y) = jy(0.0, 1.0);
        close(j, 0.765_197_686_557_966_6);
        close(y, 0.088_256_964_215_676_96);
        let x = 7f64;
        let half = (2.0 / (PI * x)).sqrt() * (x.sin() / x - x.cos());
        close(jy(1.5, x).0, half);
        let (i, k) = ik_scaled(0.0, 1.0);
        close(i, 1.266_065_877_752_008_4 * (-1f64).exp());
        close(k, 0.421_024_438_240_708_3 * 1f64.exp());
        let (i, k) = ik_scaled(1.5, 3.0);
        close(i * 3f64.exp(), (2.0 / (PI * 3.0)).sqrt() * (3f64.cosh() - 3f64.sinh() / 3.0));
        close(k * (-3f64).exp(), (PI / 6.0).sqrt() * (-3f64).exp() * (1.0 + 1.0 / 3.0));
    }
}
