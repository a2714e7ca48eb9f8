//! Numbers as fractions of whole numbers, by continued fractions whose terms are rounded to nearest.

use super::api::{Builtin, Call, Host, Values};
use super::args::{numbers, one};
use super::text;
use crate::array::{Block, DType, Data};
use crate::diag::Result;
use crate::value::{Value, display};
use crate::{bail, fault};
use smallvec::smallvec;

pub const TABLE: &[Builtin] = &[Builtin::new("rat", (1, 2), 2, rat, RAT), Builtin::new("rats", (1, 2), 1, rats, RATS)];

const RAT: &str = "\
`S = rat (X)`, `S = rat (X, TOL)`, `[N, D] = rat (...)`

The continued fraction that comes within a tolerance of a number, by default a millionth of the sum of magnitudes;
with two results, numerator and denominator.

    rat (pi)             % ans = 3 + 1/(7 + 1/16)
    [n, d] = rat (pi)    % n = 355, d = 113";

const RATS: &str = "\
`rats (X)`, `rats (X, LEN)`

Numbers as fractions, in so many characters each.

    rats ([0.5 0.125])    % ans = 1/2   1/8";

/// A number's continued fraction.
struct Fraction {
    /// The terms after the whole part.
    steps: Vec<f64>,
    numerator: f64,
    denominator: f64,
}

/// More terms than any double needs.
const MOST_STEPS: usize = 200;

/// Terms until the fraction is closer than the tolerance.
fn expand(x: f64, tolerance: f64) -> Fraction {
    let (mut n, mut d) = (x.round(), 1.0);
    let (mut last_n, mut last_d) = (1.0, 0.0);
    let mut rest = x - n;
    let mut steps = Vec::new();
    while x != 0.0 && (x - n / d).abs() >= tolerance && steps.len() < MOST_STEPS {
        let flip = 1.0 / rest;
        let step = flip.round();
        steps.push(step);
        rest = flip - step;
        (n, last_n) = (n * step + last_n, n);
        (d, last_d) = (d * step + last_d, d);
    }
    Fraction { steps, numerator: n * d.signum(), denominator: d.abs() }
}

/// `3 + 1/(7 + 1/16)`.
fn continued(x: f64, tolerance: f64) -> String {
    if x.is_infinite() {
        return if x > 0.0 { "Inf" } else { "-Inf" }.to_owned();
    }
    if x == 0.0 {
        return "0".to_owned();
    }
    let whole = if x.is_nan() { "NaN".to_owned() } else { format!("{:.0}", x.round()) };
    let steps = expand(x, tolerance).steps;
    let Some((last, inner)) = steps.split_last() else { return format!("{whole} ") };
    let mut text = whole;
    for step in inner {
        text.push_str(&format!(" + 1/({step:.0}"));
    }
    text.push_str(&if *last < 0.0 { format!(" + 1/({last:.0})") } else { format!(" + 1/{last:.0}") });
    text.push_str(&")".repeat(inner.len()));
    text
}

fn rat(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    match args[0].dtype() {
        Some(dtype) if dtype.is_complex() => bail!("rat: X must be a real, not complex, array"),
        Some(dtype) if dtype.is_float() => {}
        _ => bail!("rat: X must be a single or double array"),
    }
    let value = host.gather(&args[0])?;
    let x = numbers("rat", &value)?;
    let tolerance = match args.get(1) {
        None => 1e-6 * x.iter().filter(|x| !x.is_infinite()).map(|x| x.abs()).sum::<f64>(),
        Some(tolerance) => tolerance
            .to_f64()
            .filter(|t| tolerance.is_scalar() && !matches!(tolerance, Value::Char(..)) && *t > 0.0)
            .ok_or_else(|| fault!("rat: TOL must be a numeric scalar > 0"))?,
    };
    if call.nargout < 2 {
        let rows: Vec<String> = x.iter().map(|&x| continued(x, tolerance)).collect();
        if rows.is_empty() {
            return one("");
        }
        return one(text::matrix(&rows));
    }
    let (mut n, mut d) = (Vec::with_capacity(x.len()), Vec::with_capacity(x.len()));
    for &x in &x {
        let (top, bottom) = if x.is_infinite() {
            (x.signum(), 0.0)
        } else {
            let fraction = expand(x, tolerance);
            (fraction.numerator, fraction.denominator)
        };
        n.push(top);
        d.push(bottom);
    }
    let shape = value.shape();
    let array = |v| Value::block(Block::dense(shape.clone(), Data::F64(v)));
    Ok(smallvec![array(n), array(d)])
}

/// The closest fraction that takes at most so many characters; `*` where there is none.
fn fraction(x: f64, len: usize) -> String {
    const MOST: f64 = i32::MAX as f64;
    if x.is_nan() {
        return "0/0".to_owned();
    }
    if x.is_infinite() {
        return if x > 0.0 { "1/0" } else { "-1/0" }.to_owned();
    }
    let (mut n, mut d) = (x.round(), 1.0);
    let (mut last_n, mut last_d) = (1.0, 0.0);
    let mut rest = x - n;
    let mut text = format!("{n:.0}");
    while rest != 0.0 {
        let flip = 1.0 / rest;
        if flip.abs() > MOST {
            break;
        }
        let step = flip.round();
        rest = flip - step;
        (n, last_n) = (n * step + last_n, n);
        (d, last_d) = (d * step + last_d, d);
        let next = format!("{:.0}/{:.0}", n * d.signum(), d.abs());
        if n.abs() > MOST || d.abs() > MOST || next.len() > len {
            break;
        }
        text = next;
    }
    let vanished = x != 0.0 && (text == "0" || text == "-0");
    if vanished || text.len() > len { "*".to_owned() } else { text }
}

fn rats(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if matches!(args[0].dtype(), None | Some(DType::Bool | DType::Char)) {
        bail!("rats: X must be numeric");
    }
    let value = host.gather(&args[0])?;
    let x = numbers("rats", &value)?;
    let len = match args.get(1).map(Value::to_f64) {
        None => 9,
        Some(Some(len)) if (1.0..=1000.0).contains(&len) => len as usize,
        Some(_) => bail!("rats: LEN must be a number of characters"),
    };
    let shape = value.shape();
    if x.is_empty() {
        return one("");
    }
    if let [x] = x.as_slice() {
        return one(if *x == 0.0 { "0".to_owned() } else { format!("{:>len$}", fraction(*x, len)) });
    }
    let (rows, columns) = (shape.rows(), x.len() / shape.rows());
    let room = host.settings().columns;
    let bunch = if columns * (len + 2) <= room { columns } else { (room / (len + 2)).max(1) };
    let mut lines = Vec::new();
    for first in (0..columns).step_by(bunch) {
        let last = (first + bunch).min(columns);
        if bunch < columns {
            if first > 0 {
                lines.push(String::new());
            }
            lines.extend([display::columns_heading(first + 1, last), String::new()]);
        }
        for row in 0..rows {
            lines.push((first..last).map(|c| format!("  {:>len$}", fraction(x[row + c * rows], len))).collect());
        }
    }
    one(text::matrix(&lines))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_within_a_width() {
        for (x, len, text) in [
            (std::f64::consts::PI, 9, "355/113"),
            (std::f64::consts::PI, 5, "22/7"),
            (-1.5, 9, "-3/2"),
            (1e10, 9, "*"),
            (123456.789, 9, "617284/5"),
            (2.0005, 10, "4001/2000"),
        ] {
            assert_eq!(fraction(x, len), text);
        }
    }

    #[test]
    fn continued_fractions() {
        assert_eq!(continued(std::f64::consts::PI, 1e-6 * std::f64::consts::PI), "3 + 1/(7 + 1/16)");
        assert_eq!(continued(1.5, 1e-6), "2 + 1/(-2)");
        assert_eq!(continued(-2.0, 1e-6), "-2 ");
    }
}
