//! Dates in text: by a given format, or the first that fits of those people write.

use super::stamp;
use crate::bail;
use crate::diag::Result;

/// What is tried in this order where no format is given.
const KNOWN: [&str; 26] = [
    "dd-mmm-yyyy HH:MM:SS",
    "dd-mmm-yyyy",
    "mm/dd/yy",
    "mm/dd",
    "HH:MM:SS",
    "HH:MM:SS PM",
    "HH:MM",
    "HH:MM PM",
    "mm/dd/yyyy",
    "mmmyy",
    "mmm.dd,yyyy HH:MM:SS",
    "mmm.dd,yyyy",
    "yyyy/mm/dd",
    "yyyy-mm-dd",
    "yyyy-mm-dd HH:MM:SS",
    "mmm-dd-yyyy HH:MM:SS",
    "mmm-dd-yyyy",
    "dd mmm yyyy HH:MM:SS",
    "dd mmm yyyy",
    "mmm dd yyyy HH:MM:SS",
    "mmm dd yyyy",
    "dd.mmm.yyyy HH:MM:SS",
    "dd.mmm.yyyy",
    "mmm.dd.yyyy HH:MM:SS",
    "mmm.dd.yyyy",
    "mm/dd/yyyy HH:MM",
];

/// Year, month, day, hour, minute and second of a date in text. A year of two digits lies in the hundred years from
/// `pivot` (by default 50 years ago); what the text leaves out is the current year, the first of its month, midnight.
pub fn parse(text: &str, format: Option<&str>, pivot: Option<f64>) -> Result<[f64; 6]> {
    let this_year = super::now_local().year + 1900.0;
    let pivot = pivot.unwrap_or(this_year - 50.0);
    if let Some(format) = format {
        return match fit(text, format, pivot, this_year) {
            Some(found) => Ok(found),
            None => bail!("datevec: DATE not parsed correctly with given format"),
        };
    }
    match KNOWN.iter().find_map(|format| fit(text, format, pivot, this_year)) {
        Some(found) => Ok(found),
        None => bail!("datevec: none of the standard formats match the DATE string"),
    }
}

fn fit(text: &str, format: &str, pivot: f64, this_year: f64) -> Option<[f64; 6]> {
    let (template, fractions) = template(format);
    // Fractions of a second are taken out of the text, where the format has them.
    let mut text = text.to_owned();
    let mut fraction = 0.0;
    if let Some(before) = fractions {
        let (_, at) = stamp::read(text.as_bytes(), &before)?;
        let len = text[at..].bytes().take(3).take_while(u8::is_ascii_digit).count();
        fraction = text[at..at + len].parse::<f64>().ok()? / 10f64.powi(len as i32);
        text.replace_range(at..at + len, "");
    }
    let (at, read) = stamp::read(text.as_bytes(), &template)?;
    if read != text.len() {
        return None;
    }
    let has = |any: &[&str]| any.iter().any(|directive| template.contains(directive));
    let mut year = at.year + 1900.0;
    if has(&["%y"]) {
        year = year.rem_euclid(100.0) + pivot - pivot.rem_euclid(100.0);
        if year < pivot {
            year += 100.0;
        }
    }
    let (mut month, mut day) = (at.mon + 1.0, at.mday);
    match (has(&["%Y", "%y"]), has(&["%m", "%b", "%B"]), has(&["%d", "%a", "%A"])) {
        (false, false, false) => (year, month, day) = (this_year, 1.0, 1.0),
        (false, true, true) => year = this_year,
        (true, true, false) => day = 1.0,
        _ => {}
    }
    Some([year, month, day, at.hour, at.min, at.sec + fraction])
}

/// A format of repeated letters as a template of directives; and what stands before fractions of a second (`FFF`),
/// which themselves are left out.
fn template(format: &str) -> (String, Option<String>) {
    let twelve = format.contains("AM") || format.contains("PM");
    let (mut out, mut before) = (String::new(), None);
    let mut rest = format;
    while let Some(c) = rest.chars().next() {
        let any = |word: &str| rest.get(..word.len()).is_some_and(|r| r.eq_ignore_ascii_case(word));
        let is = |word: &str| rest.starts_with(word);
        let (directive, len) = match () {
            _ if any("yyyy") => ("%Y", 4),
            _ if any("yy") => ("%y", 2),
            _ if is("mmmm") => ("%B", 4),
            _ if is("mmm") => ("%b", 3),
            _ if is("mm") => ("%m", 2),
            _ if any("dddd") => ("%A", 4),
            _ if any("ddd") => ("%a", 3),
            _ if any("dd") => ("%d", 2),
            _ if is("HH") && twelve => ("%I", 2),
            _ if is("HH") => ("%H", 2),
            _ if is("AM") || is("PM") => ("%p", 2),
            _ if is("MM") => ("%M", 2),
            _ if any("ss") => ("%S", 2),
            _ if is("FFF") => {
                before = Some(out.clone());
                ("", 3)
            }
            _ if c == '%' => ("%%", 1),
            _ => (&rest[..c.len_utf8()], c.len_utf8()),
        };
        out.push_str(directive);
        rest = &rest[len..];
    }
    (out, before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_as_people_write_them() {
        let parsed = |text| parse(text, None, None).unwrap();
        assert_eq!(parsed("2020-01-02 03:04:05"), [2020.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!(parsed("03-Mar-2020"), [2020.0, 3.0, 3.0, 0.0, 0.0, 0.0]);
        assert_eq!(parsed("01/02/2020")[..3], [2020.0, 1.0, 2.0]);
        assert_eq!(parsed("5:06 PM")[3..], [17.0, 6.0, 0.0]);
        assert!(parse("foo", None, None).is_err());
        let seconds = parse("2020-03-04 05:06:07.890", Some("yyyy-mm-dd HH:MM:SS.FFF"), None).unwrap();
        assert_eq!(seconds[5], 7.89);
    }
}
