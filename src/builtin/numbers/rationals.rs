//! Numbers as fractions in a field, by continued fractions whose terms are rounded to nearest.

use crate::array::DType;
use crate::bail;
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{numbers, one, several};
use crate::builtin::numeric::{self, Wide};
use crate::builtin::text;
use crate::diag::Result;
use crate::fault;
use crate::value::{Value, display};

pub const TABLE: &[Builtin] = &[Builtin::new("rats", (1, 2), 1, rats, RATS), Builtin::new("rat", (1, 2), 2, rat, RAT)];

const RAT: &str = "\
`S = rat (X)`, `[N, D] = rat (X, TOL)`

A continued fraction close to X, as text or as numerator and denominator.

    rat (pi)    % ans = 3 + 1/(7 + 1/16)";

const RATS: &str = "\
`rats (X)`, `rats (X, LEN)`

Numbers as fractions, in so many characters each.

    rats ([0.5 0.125])    % ans = 1/2   1/8";

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

/// `rat (x)` writes a number as a continued fraction; `[n, d] = rat (x)` gives numerator and denominator.
fn rat(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    if args[0].dtype().is_none_or(|d| !d.is_float()) {
        return Err(fault!("rat: X must be a single or double array"));
    } else if args[0].dtype().is_some_and(DType::is_complex) {
        return Err(fault!("rat: X must be a real, not complex, array"));
    }
    let x = Wide::new(host, &args[0], "rat")?;
    let shape = x.shape.clone();
    let single = x.single;
    let values = x.real("rat")?;
    let tolerance = match args.get(1) {
        Some(t) if t.dtype().is_none_or(|d| !d.is_float()) || !t.is_scalar() => {
            return Err(fault!("rat: TOL must be a numeric scalar > 0"));
        }
        Some(t) => crate::builtin::args::scalar("rat", "TOL", t)?,
        None => {
            let size: f64 = values.iter().filter(|v| v.is_finite()).map(|v| v.abs()).sum();
            1e-6 * size
        }
    };
    let mut fractions = Vec::with_capacity(values.len());
    for &v in &values {
        fractions.push(continued_fraction(v, tolerance));
    }
    if call.nargout < 2 {
        let rows: Vec<String> = fractions.iter().map(|f| f.2.clone()).collect();
        let widest = rows.iter().map(String::len).max().unwrap_or(0);
        let padded: Vec<String> = rows.iter().map(|r| format!("{r:<widest$}")).collect();
        return one(text::matrix(&padded));
    }
    several([
        numeric::real(shape.clone(), fractions.iter().map(|f| f.0).collect(), single),
        numeric::real(shape, fractions.iter().map(|f| f.1).collect(), single),
    ])
}

/// Numerator, denominator and the expansion as text.
fn continued_fraction(x: f64, tolerance: f64) -> (f64, f64, String) {
    if !x.is_finite() {
        let text = if x.is_nan() {
            "NaN"
        } else if x > 0.0 {
            "Inf"
        } else {
            "-Inf"
        };
        return if x.is_nan() { (f64::NAN, 1.0, text.to_owned()) } else { (x.signum(), 0.0, text.to_owned()) };
    }
    let first = x.round();
    let (mut last, mut now) = ((1.0, 0.0), (first, 1.0));
    let mut rest = x - first;
    let mut text = format!("{first}");
    let mut open = 0;
    while (x - now.0 / now.1).abs() >= tolerance && rest != 0.0 && open < 20 {
        let flipped = 1.0 / rest;
        let step = flipped.round();
        rest = flipped - step;
        (last, now) = (now, (now.0 * step + last.0, now.1 * step + last.1));
        let shown = if step < 0.0 { format!("({step})") } else { format!("{step}") };
        // A last denominator stands without brackets of its own.
        text = format!("{text} + 1/({shown}");
        open += 1;
    }
    let text = tidy(&text, open);
    if now.1 < 0.0 { (-now.0, -now.1, text) } else { (now.0, now.1, text) }
}

/// Closes the brackets: the innermost fraction is written `1/16`, or `1/(-2)`.
fn tidy(text: &str, open: usize) -> String {
    if open == 0 {
        return text.to_owned();
    }
    let at = text.rfind("1/(").unwrap_or(0);
    let (head, inner) = (&text[..at], &text[at + 3..]);
    format!("{head}1/{inner}{}", ")".repeat(open - 1))
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
}
