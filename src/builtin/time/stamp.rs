//! Moments and text: what `strftime` writes and `strptime` reads.

use super::civil::{self, Moment, days_from};
use std::fmt::Write;

pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// A moment as a template of `%` directives says (the English names of C's own locale).
pub fn write(template: &str, at: &Moment) -> String {
    let mut out = String::new();
    let mut chars = template.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        let mut directive = Directive { pad: None, width: None };
        let mut seen = String::from('%');
        loop {
            let Some(c) = chars.next() else {
                out.push_str(&seen);
                return out;
            };
            seen.push(c);
            match c {
                '-' | '_' | '0' if directive.width.is_none() => directive.pad = Some(c),
                '0'..='9' => {
                    let digit = c as usize - '0' as usize;
                    directive.width = Some((directive.width.unwrap_or(0) * 10 + digit).min(1000));
                }
                'E' | 'O' => {}
                _ => {
                    if !directive.write(&mut out, c, at) {
                        out.push_str(&seen);
                    }
                    break;
                }
            }
        }
    }
    out
}

/// The flags of one directive.
struct Directive {
    pad: Option<char>,
    width: Option<usize>,
}

impl Directive {
    /// Writes one field; false for a letter that names none.
    fn write(&self, out: &mut String, letter: char, at: &Moment) -> bool {
        let year = at.year as i64 + 1900;
        let hour = at.hour as i64;
        let hour12 = (hour + 11).rem_euclid(12) + 1;
        let (wday, yday) = (at.wday as i64, at.yday as i64);
        let name = |names: &[&'static str], index: f64| names.get(index as usize).copied().unwrap_or("?");
        let compound = |out: &mut String, template: &str| out.push_str(&write(template, at));
        match letter {
            'a' => out.push_str(&name(&WEEKDAYS, at.wday)[..3.min(name(&WEEKDAYS, at.wday).len())]),
            'A' => out.push_str(name(&WEEKDAYS, at.wday)),
            'b' | 'h' => out.push_str(&name(&MONTHS, at.mon)[..3.min(name(&MONTHS, at.mon).len())]),
            'B' => out.push_str(name(&MONTHS, at.mon)),
            'c' => compound(out, "%a %b %e %H:%M:%S %Y"),
            'C' => self.number(out, year.div_euclid(100), 2, '0'),
            'd' => self.number(out, at.mday as i64, 2, '0'),
            'D' | 'x' => compound(out, "%m/%d/%y"),
            'e' => self.number(out, at.mday as i64, 2, ' '),
            'F' => compound(out, "%Y-%m-%d"),
            'g' => self.number(out, iso_week(year, yday, wday).0.rem_euclid(100), 2, '0'),
            'G' => self.number(out, iso_week(year, yday, wday).0, 4, '0'),
            'H' => self.number(out, hour, 2, '0'),
            'I' => self.number(out, hour12, 2, '0'),
            'j' => self.number(out, yday + 1, 3, '0'),
            'k' => self.number(out, hour, 2, ' '),
            'l' => self.number(out, hour12, 2, ' '),
            'm' => self.number(out, at.mon as i64 + 1, 2, '0'),
            'M' => self.number(out, at.min as i64, 2, '0'),
            'n' => out.push('\n'),
            'p' => out.push_str(if hour >= 12 { "PM" } else { "AM" }),
            'q' => self.number(out, at.mon as i64 / 3 + 1, 1, '0'),
            'r' => compound(out, "%I:%M:%S %p"),
            'R' => compound(out, "%H:%M"),
            's' => self.number(out, at.seconds() - at.gmtoff as i64, 1, '0'),
            'S' => self.number(out, at.sec as i64, 2, '0'),
            't' => out.push('\t'),
            'T' | 'X' => compound(out, "%H:%M:%S"),
            'u' => self.number(out, (wday + 6).rem_euclid(7) + 1, 1, '0'),
            'U' => self.number(out, (yday + 7 - wday) / 7, 2, '0'),
            'V' => self.number(out, iso_week(year, yday, wday).1, 2, '0'),
            'w' => self.number(out, wday, 1, '0'),
            'W' => self.number(out, (yday + 7 - (wday + 6) % 7) / 7, 2, '0'),
            'y' => self.number(out, year.rem_euclid(100), 2, '0'),
            'Y' => self.number(out, year, 4, '0'),
            'z' => {
                let minutes = (at.gmtoff as i64).abs() / 60;
                let sign = if at.gmtoff < 0.0 { '-' } else { '+' };
                let _ = write!(out, "{sign}{:02}{:02}", minutes / 60, minutes % 60);
            }
            'Z' => out.push_str(&at.zone),
            '%' => out.push('%'),
            _ => return false,
        }
        true
    }

    fn number(&self, out: &mut String, x: i64, width: usize, pad: char) {
        let width = self.width.unwrap_or(width);
        let _ = match self.pad {
            Some('-') => write!(out, "{x}"),
            Some('_') => write!(out, "{x:>width$}"),
            Some(_) => write!(out, "{x:0width$}"),
            None if pad == ' ' => write!(out, "{x:>width$}"),
            None => write!(out, "{x:0width$}"),
        };
    }
}

/// Year and week by ISO 8601: weeks begin on Monday, the first holds the year's first Thursday.
fn iso_week(year: i64, yday: i64, wday: i64) -> (i64, i64) {
    let thursday = yday + 3 - (wday + 6) % 7;
    let length = |year: i64| if civil::is_leap(year as f64) { 366 } else { 365 };
    if thursday < 0 {
        return (year - 1, (thursday + length(year - 1)) / 7 + 1);
    }
    if thursday >= length(year) {
        return (year + 1, (thursday - length(year)) / 7 + 1);
    }
    (year, thursday / 7 + 1)
}

/// Reads a text by a template of `%` directives; gives the moment and how many bytes were read.
pub fn read(text: &[u8], template: &str) -> Option<(Moment, usize)> {
    let mut found = Moment { mday: 0.0, ..Moment::of(0.0, 0, false, "UTC") };
    (found.year, found.wday) = (0.0, 0.0);
    let mut reader = Reader { text, at: 0 };
    let mut half = None;
    reader.fields(template, &mut found, &mut half)?;
    if let Some(afternoon) = half {
        found.hour = found.hour % 12.0 + if afternoon { 12.0 } else { 0.0 };
    }
    let days = days_from(found.year as i64 + 1900, found.mon as i64 + 1, found.mday.max(1.0) as i64);
    found.wday = (days + 4).rem_euclid(7) as f64;
    found.yday = (days - days_from(found.year as i64 + 1900, 1, 1)) as f64;
    Some((found, reader.at))
}

struct Reader<'a> {
    text: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn fields(&mut self, template: &str, found: &mut Moment, half: &mut Option<bool>) -> Option<()> {
        let mut chars = template.bytes();
        while let Some(c) = chars.next() {
            if c.is_ascii_whitespace() {
                self.blanks();
            } else if c != b'%' {
                if self.text.get(self.at) != Some(&c) {
                    return None;
                }
                self.at += 1;
            } else {
                self.field(chars.next()?, found, half)?;
            }
        }
        Some(())
    }

    fn field(&mut self, letter: u8, found: &mut Moment, half: &mut Option<bool>) -> Option<()> {
        match letter {
            b'Y' => found.year = self.number(4, 0, 9999)? - 1900.0,
            b'y' => {
                let year = self.number(2, 0, 99)?;
                found.year = if year < 69.0 { year + 100.0 } else { year };
            }
            b'm' => found.mon = self.number(2, 1, 12)? - 1.0,
            b'b' | b'B' | b'h' => found.mon = self.name(&MONTHS)? as f64,
            b'd' | b'e' => found.mday = self.number(2, 1, 31)?,
            b'a' | b'A' => {
                self.name(&WEEKDAYS)?;
            }
            b'H' | b'k' => found.hour = self.number(2, 0, 23)?,
            b'I' | b'l' => found.hour = self.number(2, 1, 12)?,
            b'M' => found.min = self.number(2, 0, 59)?,
            b'S' => found.sec = self.number(2, 0, 61)?,
            b'j' => found.yday = self.number(3, 1, 366)? - 1.0,
            b'p' => {
                let word = self.text.get(self.at..self.at + 2)?.to_ascii_uppercase();
                *half = Some(match word.as_slice() {
                    b"AM" => false,
                    b"PM" => true,
                    _ => return None,
                });
                self.at += 2;
            }
            b'D' => self.fields("%m/%d/%y", found, half)?,
            b'F' => self.fields("%Y-%m-%d", found, half)?,
            b'R' => self.fields("%H:%M", found, half)?,
            b'T' => self.fields("%H:%M:%S", found, half)?,
            b'n' | b't' => self.blanks(),
            b'%' if self.text.get(self.at) == Some(&b'%') => self.at += 1,
            _ => return None,
        }
        Some(())
    }

    fn blanks(&mut self) {
        while self.text.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }

    fn number(&mut self, most_digits: usize, least: u32, most: u32) -> Option<f64> {
        self.blanks();
        let rest = &self.text[self.at..];
        let len = rest.iter().take(most_digits).take_while(|c| c.is_ascii_digit()).count();
        let x: u32 = std::str::from_utf8(&rest[..len]).ok()?.parse().ok()?;
        self.at += len;
        (least..=most).contains(&x).then_some(x.into())
    }

    /// A name in full or its first three letters, in any case.
    fn name(&mut self, names: &[&str]) -> Option<usize> {
        let rest = &self.text[self.at..];
        let begins = |word: &str| rest.get(..word.len()).is_some_and(|r| r.eq_ignore_ascii_case(word.as_bytes()));
        let which = names.iter().position(|name| begins(&name[..3]))?;
        self.at += if begins(names[which]) { names[which].len() } else { 3 };
        Some(which)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_c_writes() {
        let at = Moment::of(1234567890.0, 0, false, "GMT");
        assert_eq!(
            write("%c|%j|%U|%u|%I %p|%z %Z|%s|%G-W%V", &at),
            "Fri Feb 13 23:31:30 2009|044|06|5|11 PM|+0000 GMT|1234567890|2009-W07"
        );
        assert_eq!(write("%5d|%-d|%_d|%E|%f|%", &Moment::of(0.0, 0, false, "GMT")), "00001|1| 1|%E|%f|%");
    }

    #[test]
    fn reads_what_it_writes() {
        let (at, read) = read(b"2020-02-03 04:05:06 PM", "%Y-%m-%d %I:%M:%S %p").unwrap();
        assert_eq!((at.year, at.mon, at.mday, at.hour, read), (120.0, 1.0, 3.0, 16.0, 22));
        assert_eq!((at.wday, at.yday), (1.0, 33.0));
        assert!(super::read(b"2020-13-03", "%Y-%m-%d").is_none());
    }
}
