//! How one number is shown: the notation, the decimals and the width that all numbers of one array share.
//!
//! The choice follows the largest and the smallest magnitude, as Octave makes it: `digits` of a number is how many
//! stand before its point (negative: zeros behind it). Fixed decimals are kept while the digits before and behind
//! the point stay within one and a half times the precision; beyond that every number has an exponent.

use crate::value::decimal;
use crate::value::settings::{NumberFormat, Settings};

/// The bits Octave gives to `NA`, a NaN that means "not available".
pub const NA: f64 = f64::from_bits(0x7FF8_40F4_4000_0000);

/// Whether a number is `NA`.
pub fn is_na(x: f64) -> bool {
    x.to_bits() == NA.to_bits()
}

/// The notation of one number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Style {
    /// Up to so many significant digits, an exponent where needed; whole numbers come out whole.
    General(usize),
    Fixed(usize),
    Exponent(usize),
}

/// The notation of a number and the least number of characters it takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct NumberForm {
    pub width: usize,
    pub style: Style,
}

impl NumberForm {
    /// The number, right-aligned.
    pub fn write(&self, out: &mut String, x: f64) {
        let start = out.len();
        if x.is_nan() {
            out.push_str(if is_na(x) { "NA" } else { "NaN" });
        } else if x.is_infinite() {
            out.push_str(if x < 0.0 { "-Inf" } else { "Inf" });
        } else if x == 0.0 {
            out.push('0');
        } else {
            match self.style {
                Style::General(digits) => decimal::general(out, x, digits, false),
                Style::Fixed(decimals) => decimal::fixed(out, x, decimals),
                Style::Exponent(decimals) => decimal::exponent(out, x, decimals),
            }
        }
        let len = out.len() - start;
        if len < self.width {
            out.insert_str(start, &" ".repeat(self.width - len));
        }
    }
}

/// Digits before the point; 0.05 has -1, and 0 counts as none.
pub(super) fn digits(x: f64) -> i32 {
    if x == 0.0 { 0 } else { x.log10().floor() as i32 + 1 }
}

/// How many digits the settings ask for, and how many are too many.
#[derive(Debug, Clone, Copy)]
pub(super) struct Precision {
    pub notation: NumberFormat,
    /// Significant digits.
    pub digits: i32,
    /// Most digits before and behind the point together.
    most: i32,
}

impl Precision {
    pub fn new(settings: &Settings, single: bool) -> Precision {
        let asked = settings.precision as i32;
        let cap = if single { 8 } else { 16 };
        let digits = asked.min(cap);
        Precision { notation: settings.format, digits, most: (digits + digits / 2).min(cap) }
    }

    /// Digits before and behind the point for a number with so many digits before it.
    fn split(self, digits: i32) -> (i32, i32) {
        let behind = if digits == 0 {
            (self.digits - 1).max(1)
        } else if self.digits > digits {
            self.digits - digits
        } else {
            self.digits
        };
        (digits.max(1), behind)
    }

    /// Digits before and behind the point that suit the numbers of two sizes.
    fn split_both(self, max: i32, min: i32) -> (i32, i32) {
        let (a, b) = (self.split(max), self.split(min));
        (a.0.max(b.0), a.1.max(b.1))
    }

    /// With an exponent: `d.dddde+XX`, without room for a sign.
    fn exponent(self, wide_exponent: bool) -> NumberForm {
        let width = (self.digits + 5) as usize + usize::from(wide_exponent);
        // Without a precision C's streams write six decimals.
        let decimals = if self.digits == 0 { 6 } else { self.digits as usize - 1 };
        NumberForm { width, style: Style::Exponent(decimals) }
    }

    fn general(self, width: i32) -> NumberForm {
        NumberForm { width: width as usize, style: Style::General(self.digits as usize) }
    }

    /// A real scalar: no room for a sign, no blanks in front.
    pub fn scalar(self, x: f64) -> NumberForm {
        match self.notation {
            NumberFormat::General => return self.general(self.digits),
            _ if !x.is_finite() => return NumberForm { width: 3, style: Style::General(1) },
            NumberFormat::Exponent => return self.exponent(false),
            NumberFormat::Fixed => {}
        }
        let size = digits(x.abs());
        if x == x.round() {
            if size > self.most {
                return self.exponent(false);
            }
            return NumberForm { width: 0, style: Style::Fixed(0) };
        }
        let (before, behind) = if size == 0 { (1, (self.digits - 1).max(0)) } else { self.split(size) };
        if before + behind > self.most {
            return self.exponent(false);
        }
        NumberForm { width: (before + 1 + behind) as usize, style: Style::Fixed(behind as usize) }
    }

    /// The numbers of a matrix, each with room for a sign.
    pub fn matrix(self, survey: &Survey) -> NumberForm {
        let wide = match survey.whole {
            true => survey.max.max(survey.min) >= 100,
            false => wide_exponent(survey.max, survey.min),
        };
        match self.notation {
            NumberFormat::General => return self.general(self.digits + 6),
            NumberFormat::Exponent => return with_sign(self.exponent(wide)),
            NumberFormat::Fixed => {}
        }
        if survey.whole {
            let width = whole_width(survey);
            if width > self.most {
                return with_sign(self.exponent(wide));
            }
            return NumberForm { width: width as usize, style: Style::General(width as usize) };
        }
        let (before, behind) = self.split_both(survey.max, survey.min);
        if before + behind > self.most {
            return with_sign(self.exponent(wide));
        }
        let width = 1 + before + 1 + behind;
        let width = if survey.nonfinite { width.max(4) } else { width };
        NumberForm { width: width as usize, style: Style::Fixed(behind as usize) }
    }

    /// The elements of a range, whose fractional form has one blank more.
    pub fn range(self, survey: &Survey) -> NumberForm {
        let mut form = self.matrix(survey);
        if self.notation == NumberFormat::Exponent || !matches!(form.style, Style::General(_)) {
            form.width += 1;
        }
        form
    }

    /// A complex scalar: the real part with room for a sign, the imaginary part without.
    pub fn complex_scalar(self, re: f64, im: f64) -> (NumberForm, NumberForm) {
        let nonfinite = !re.is_finite() || !im.is_finite();
        let whole = !re.is_nan() && !im.is_nan() && re == re.round() && im == im.round();
        let sizes = [re, im].map(|x| if x.is_finite() { digits(x.abs()) } else { 0 });
        let (max, min) = (sizes[0].max(sizes[1]), sizes[0].min(sizes[1]));
        let wide = wide_exponent(max, min);
        match self.notation {
            NumberFormat::General => return pair(self.general(self.digits + 6), true),
            NumberFormat::Exponent => return pair(with_sign(self.exponent(wide)), false),
            NumberFormat::Fixed => {}
        }
        if whole || nonfinite {
            let width = (max + 1).max(if nonfinite { 4 } else { 2 });
            if whole && max > self.most {
                return pair(with_sign(self.exponent(wide)), false);
            }
            let digits = if whole { width as usize } else { 1 };
            return pair(NumberForm { width: width as usize, style: Style::General(digits) }, false);
        }
        let (before, behind) = self.split_both(max, min);
        if before + behind > self.most {
            return pair(with_sign(self.exponent(wide)), false);
        }
        let width = (1 + before + 1 + behind) as usize;
        pair(NumberForm { width, style: Style::Fixed(behind as usize) }, false)
    }

    /// The numbers of a complex matrix, surveyed by part.
    pub fn complex_matrix(self, re: &Survey, im: &Survey) -> (NumberForm, NumberForm) {
        let survey = Survey {
            max: re.max.max(im.max),
            min: re.min.max(im.min),
            whole: re.whole && im.whole,
            nonfinite: re.nonfinite || im.nonfinite,
        };
        pair(self.matrix(&survey), self.notation == NumberFormat::General)
    }
}

fn whole_width(survey: &Survey) -> i32 {
    let size = survey.max.max(survey.min);
    (size + 1).max(if survey.nonfinite { 4 } else { 2 })
}

fn wide_exponent(max: i32, min: i32) -> bool {
    max.abs().max(min.abs()) >= 100
}

fn with_sign(form: NumberForm) -> NumberForm {
    NumberForm { width: form.width + 1, ..form }
}

/// The forms of both parts: the imaginary part, its sign apart, is one narrower unless `same`.
fn pair(re: NumberForm, same: bool) -> (NumberForm, NumberForm) {
    (re, if same { re } else { NumberForm { width: re.width - 1, ..re } })
}

/// What the form of a matrix depends on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Survey {
    /// Digits of the largest and of the smallest finite magnitude.
    pub max: i32,
    pub min: i32,
    /// Every element is a whole number or not finite. Octave tests this in single precision for matrices.
    pub whole: bool,
    pub nonfinite: bool,
}

impl Survey {
    /// Looks at all elements once.
    pub fn of(elements: impl Iterator<Item = f64>) -> Survey {
        let (mut max, mut min) = (-1.0f64, f64::INFINITY);
        let (mut whole, mut nonfinite) = (true, false);
        for x in elements {
            if x.is_finite() {
                max = max.max(x.abs());
                min = min.min(x.abs());
                let single = x as f32;
                whole &= single == single.round();
            } else {
                nonfinite = true;
            }
        }
        let (max, min) = if max < 0.0 { (0.0, 0.0) } else { (max, min) };
        Survey { max: digits(max), min: digits(min), whole, nonfinite }
    }
}
