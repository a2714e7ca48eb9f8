//! Numbers as decimal text, in the forms C's `printf` and streams write them.
//!
//! All digits are those of the exact binary value, the last one rounded half to even on that exact value. These
//! functions take finite numbers; what stands for the others is the caller's matter.

use std::fmt::Write;

/// No double has more decimals than this that are not zero, nor more significant digits.
const EXACT: usize = 1100;

/// `%.*f`.
pub fn fixed(out: &mut String, x: f64, decimals: usize) {
    let exact = decimals.min(EXACT);
    let _ = write!(out, "{x:.exact$}");
    out.extend(std::iter::repeat_n('0', decimals - exact));
}

/// `%.*e`: the exponent has a sign and at least two digits.
pub fn exponent(out: &mut String, x: f64, decimals: usize) {
    let start = out.len();
    let exact = decimals.min(EXACT);
    let _ = write!(out, "{x:.exact$e}");
    let Some(at) = out[start..].find('e').map(|at| start + at) else { return };
    let power: i32 = out[at + 1..].parse().unwrap_or(0);
    out.truncate(at);
    out.extend(std::iter::repeat_n('0', decimals - exact));
    let _ = write!(out, "e{}{:02}", if power < 0 { '-' } else { '+' }, power.abs());
}

/// `%.*g`: at most `digits` significant digits, with an exponent below 1e-4 and from 10^digits on, trailing zeros
/// dropped unless `keep_zeros` (`%#g`).
pub fn general(out: &mut String, x: f64, digits: usize, keep_zeros: bool) {
    let digits = digits.max(1);
    let start = out.len();
    exponent(out, x, digits - 1);
    let power = out[start..].rfind('e').and_then(|at| out[start + at + 1..].parse::<i32>().ok()).unwrap_or(0);
    if power >= -4 && (power as i64) < digits as i64 {
        out.truncate(start);
        fixed(out, x, (digits as i64 - 1 - power as i64) as usize);
        if !keep_zeros {
            trim_zeros(out, start);
        }
    } else if !keep_zeros {
        let at = start + out[start..].rfind('e').unwrap_or(out.len() - start);
        let tail = out.split_off(at);
        trim_zeros(out, start);
        out.push_str(&tail);
    }
    if keep_zeros && !out[start..].contains('.') {
        let at = out[start..].find('e').map_or(out.len(), |at| start + at);
        out.insert(at, '.');
    }
}

/// Drops zeros, and then a point, from the end of a number that begins at `start` and has a point.
fn trim_zeros(out: &mut String, start: usize) {
    if out[start..].contains('.') {
        let kept = out[start..].trim_end_matches('0').trim_end_matches('.').len();
        out.truncate(start + kept);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(write: impl Fn(&mut String)) -> String {
        let mut out = String::new();
        write(&mut out);
        out
    }

    #[test]
    fn rounds_half_to_even_on_the_exact_value() {
        assert_eq!(text(|o| fixed(o, 0.5, 0)), "0");
        assert_eq!(text(|o| fixed(o, 2.5, 0)), "2");
        assert_eq!(text(|o| fixed(o, 3.5, 0)), "4");
        assert_eq!(text(|o| fixed(o, 1.005, 2)), "1.00");
        assert_eq!(text(|o| fixed(o, 0.1, 25)), "0.1000000000000000055511151");
        assert_eq!(text(|o| exponent(o, 2.5, 0)), "2e+00");
    }

    #[test]
    fn exponents_have_two_digits_or_more() {
        assert_eq!(text(|o| exponent(o, 12345.678, 4)), "1.2346e+04");
        assert_eq!(text(|o| exponent(o, -1e-300, 1)), "-1.0e-300");
        assert_eq!(text(|o| exponent(o, 0.0, 2)), "0.00e+00");
    }

    #[test]
    fn general_takes_the_shorter_form() {
        assert_eq!(text(|o| general(o, 100000.0, 5, false)), "1e+05");
        assert_eq!(text(|o| general(o, 100000.0, 6, false)), "100000");
        assert_eq!(text(|o| general(o, 0.0001, 5, false)), "0.0001");
        assert_eq!(text(|o| general(o, 0.00001, 5, false)), "1e-05");
        assert_eq!(text(|o| general(o, 99999.5, 5, false)), "1e+05");
        assert_eq!(text(|o| general(o, 1.5, 0, false)), "2");
        assert_eq!(text(|o| general(o, 0.0, 5, true)), "0.0000");
        assert_eq!(text(|o| general(o, 1e10, 1, true)), "1.e+10");
    }
}
