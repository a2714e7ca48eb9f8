//! Day numbers, date vectors and date texts. Day 1 is the first of January of year 0.

use super::civil::{self, Moment};
use super::stamp::{self, MONTHS, WEEKDAYS};
use crate::array::{Block, DType, Data, Shape};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{numbers, one, usage};
use crate::builtin::text;
use crate::diag::Result;
use crate::value::Value;
use crate::{bail, fault};
use smallvec::smallvec;

pub const TABLE: &[Builtin] = &[
    Builtin::new("datenum", (1, 6), 2, datenum, DATENUM),
    Builtin::new("datevec", (1, 3), 6, datevec, DATEVEC),
    Builtin::new("datestr", (1, 3), 1, datestr, DATESTR),
    Builtin::new("weekday", (1, 2), 2, weekday, WEEKDAY),
    Builtin::new("addtodate", (3, 3), 1, addtodate, ADDTODATE),
    Builtin::new("calendar", (0, 2), 1, calendar, CALENDAR),
    Builtin::new("eomday", (2, 2), 1, eomday, EOMDAY),
    Builtin::new("is_leap_year", (0, 1), 1, is_leap_year, IS_LEAP_YEAR),
];

const DATENUM: &str = "\
`datenum (YEAR, MONTH, DAY, HOUR, MINUTE, SECOND)`, `datenum (VECTOR)`, `datenum (TEXT)`, `[DAYS, SECS] = datenum (...)`

The number of a day, counted from the first of January of year 0, with the time of day as its fraction.

    datenum (2020, 1, 2)    % ans = 737792";

const DATEVEC: &str = "\
`datevec (DATE)`, `datevec (DATE, FORMAT)`, `[Y, M, D, H, MI, S] = datevec (...)`

Year, month, day, hour, minute and second of a day number or a date in text.

    datevec (\"2020-01-02 03:04:05\")    % 2020  1  2  3  4  5";

const DATESTR: &str = "\
`datestr (DATE)`, `datestr (DATE, FORMAT)`

A date as text, in a format given by its number (0 to 31) or written with `yyyy mm dd HH MM SS FFF` and kin.

    datestr (730000, \"yyyy-mm-dd\")    % ans = 1998-09-02";

const WEEKDAY: &str = "\
`N = weekday (DATE)`, `[N, NAME] = weekday (DATE, \"long\")`

The day of the week, 1 for Sunday, and its name.

    [n, name] = weekday (738000)    % n = 3, name = Tue";

const ADDTODATE: &str = "\
`addtodate (DATE, AMOUNT, UNIT)`

The day number so many years, months, days, hours, minutes, seconds or milliseconds later.

    addtodate (730000, 1, \"month\")    % ans = 730030";

const CALENDAR: &str = "\
`calendar ()`, `calendar (DATE)`, `calendar (YEAR, MONTH)`, `C = calendar (...)`

Prints the days of a month in weeks, or gives them as a matrix.

    calendar (2020, 2)";

const EOMDAY: &str = "\
`eomday (YEAR, MONTH)`

The last day of a month.

    eomday (2020, 2)    % ans = 29";

const IS_LEAP_YEAR: &str = "\
`is_leap_year (YEAR)`

Whether years, by default the current one, have a 29th of February.

    is_leap_year (2000)    % ans = 1";

/// Day number of the first of January 1970.
pub const EPOCH: f64 = 719_529.0;

/// Year, month, day, hour, minute, second.
type Stamp = [f64; 6];

/// The day number of a date, fractions of months and years counted in days; months below 1 are taken as 1.
fn days(stamp: &Stamp) -> f64 {
    let [year, month, mut day, hour, minute, second] = *stamp;
    let month = month.max(1.0);
    let whole = month.floor();
    if month != whole {
        let length = civil::month_length(year.floor(), (whole as i64 - 1).rem_euclid(12) as usize + 1);
        day += (month - whole) * length;
    }
    // A year that begins in March, as the leap day then ends it.
    let mut from_march = year + ((whole - 14.0) / 12.0).ceil();
    let fraction = from_march - from_march.floor();
    if fraction != 0.0 {
        from_march = from_march.floor();
        day += fraction * if civil::is_leap(from_march + 1.0) { 366.0 } else { 365.0 };
    }
    let month_of_march = (whole - 3.0).rem_euclid(12.0);
    let before = ((153.0 * month_of_march + 2.0) / 5.0).floor();
    let year_days =
        365.0 * from_march + (from_march / 4.0).floor() - (from_march / 100.0).floor() + (from_march / 400.0).floor();
    let day = day + before + 60.0 + year_days;
    day + (hour + (minute + second / 60.0) / 60.0) / 24.0
}

/// The date of a day number; the seconds are rounded to what the number can tell.
fn stamp(number: f64) -> Stamp {
    let (year, month, day) = civil::date_of((number.floor() - EPOCH).clamp(-1e12, 1e12) as i64);
    let fraction = number - number.floor();
    let unit = match (f64::EPSILON * 86_400.0 * number).abs() {
        0.0 => 1.0,
        x => x,
    };
    let scale = (-unit.log2()).floor().exp2();
    let mut second = (86_400.0 * fraction * scale).round() / scale;
    let hour = (second / 3600.0).floor();
    second -= 3600.0 * hour;
    let minute = (second / 60.0).floor();
    second -= 60.0 * minute;
    [year as f64, month as f64, day as f64, hour, minute, second]
}

/// The current date and time.
pub fn today() -> Stamp {
    let at = super::now_local();
    [at.year + 1900.0, at.mon + 1.0, at.mday, at.hour, at.min, at.sec + at.usec / 1e6]
}

/// The day number of the current date and time.
pub fn now() -> f64 {
    days(&today())
}

/// Seconds of a date vector, counted from day 0.
pub fn seconds(who: &str, value: &Value) -> Result<f64> {
    match numbers(who, value)?.as_slice() {
        [year, month, day, hour, minute, second] => {
            let midnight = days(&[*year, *month, *day, 0.0, 0.0, 0.0]);
            Ok(midnight * 86_400.0 + hour * 3600.0 + minute * 60.0 + second)
        }
        _ => Err(fault!("{who}: a time has six elements, as clock () gives it")),
    }
}

/// Text as rows: of a character matrix, or the elements of a cell array.
fn texts(value: &Value) -> Option<Vec<String>> {
    let rows = text::strings(value)?;
    Some(rows.iter().map(|row| text::lossy(row).trim_end().to_owned()).collect())
}

/// Dates in any form as date vectors: text, day numbers, or (with `vectors`) rows that are date vectors.
fn stamps(value: &Value, format: Option<&str>, pivot: Option<f64>, vectors: bool) -> Result<Vec<Stamp>> {
    if let Some(texts) = texts(value) {
        return texts.iter().map(|text| super::parse_date::parse(text, format, pivot)).collect();
    }
    let shape = value.shape();
    let v = numbers("datevec", value)?;
    let rows = shape.rows();
    if vectors && shape.rank() == 2 && shape.columns() == 6 {
        let row = |r: usize| -> Stamp { std::array::from_fn(|c| v[r + c * rows]) };
        let most = [f64::INFINITY, 12.0, 31.0, 23.0, 59.0, 60.0];
        let fits = |s: &Stamp| s.iter().zip(most).all(|(x, most)| *x <= most) && s[..5].iter().all(|x| *x == x.floor());
        let found: Vec<Stamp> = (0..rows).map(row).collect();
        if found.iter().all(fits) {
            return Ok(found);
        }
    }
    Ok(v.into_iter().map(stamp).collect())
}

/// The columns of a date vector from arguments of one common size.
fn fields(args: &[Value]) -> Result<(Shape, Vec<Stamp>)> {
    if args.iter().any(|x| x.dtype() != Some(DType::F64)) {
        bail!("datenum: all inputs must be of class double");
    }
    if let [vector] = args {
        let shape = vector.shape();
        let columns = shape.columns();
        if shape.rank() > 2 || !(3..=6).contains(&columns) {
            bail!("datenum: expected date vector containing [YEAR, MONTH, DAY, HOUR, MINUTE, SECOND]");
        }
        let v = numbers("datenum", vector)?;
        let rows = shape.rows();
        let row = |r: usize| -> Stamp { std::array::from_fn(|c| if c < columns { v[r + c * rows] } else { 0.0 }) };
        return Ok((Shape::matrix(rows, 1), (0..rows).map(row).collect()));
    }
    let mut shape = Shape::scalar();
    let mut columns = Vec::new();
    for arg in args {
        if !arg.is_scalar() {
            if !shape.is_scalar() && shape != arg.shape() {
                bail!("datenum: incompatible sizes for YEAR, MONTH, DAY");
            }
            shape = arg.shape();
        }
        columns.push(numbers("datenum", arg)?);
    }
    let at = |c: usize, i: usize| match columns.get(c) {
        Some(v) if v.len() == 1 => v[0],
        Some(v) => v[i],
        // Month and day begin at 1, the clock at 0.
        None => f64::from(u8::from(c < 3)),
    };
    let found = (0..shape.len()).map(|i| std::array::from_fn(|c| at(c, i))).collect();
    Ok((shape, found))
}

fn array(shape: Shape, values: Vec<f64>) -> Value {
    Value::block(Block::dense(shape, Data::F64(values)))
}

fn datenum(_: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (shape, found) = if texts(&args[0]).is_some() {
        if args.len() > 2 {
            return Err(usage("datenum"));
        }
        let format = args.get(1).and_then(Value::to_text);
        let found = stamps(&args[0], format.as_deref(), None, false)?;
        (Shape::matrix(found.len(), 1), found)
    } else {
        fields(args)?
    };
    let number = array(shape.clone(), found.iter().map(days).collect());
    if call.nargout < 2 {
        return one(number);
    }
    let seconds = found.iter().map(|s| {
        let midnight = days(&[s[0], s[1], s[2], 0.0, 0.0, 0.0]);
        midnight * 86_400.0 + s[3] * 3600.0 + s[4] * 60.0 + s[5]
    });
    Ok(smallvec![number, array(shape, seconds.collect())])
}

fn datevec(_: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let format = args.get(1).and_then(Value::to_text).filter(|f| !f.is_empty());
    let pivot = args.get(2).or(args.get(1)).filter(|x| !matches!(x, Value::Char(..))).and_then(Value::to_f64);
    let found = stamps(&args[0], format.as_deref(), pivot, false)?;
    let column = |c: usize| found.iter().map(move |s| s[c]);
    if call.nargout < 2 {
        return one(array(Shape::matrix(found.len(), 6), (0..6).flat_map(column).collect()));
    }
    let shape = if texts(&args[0]).is_some() { Shape::matrix(found.len(), 1) } else { args[0].shape() };
    Ok((0..call.nargout.min(6)).map(|c| array(shape.clone(), column(c).collect())).collect())
}

/// The formats that have a number.
const FORMATS: [&str; 32] = [
    "dd-mmm-yyyy HH:MM:SS",
    "dd-mmm-yyyy",
    "mm/dd/yy",
    "mmm",
    "m",
    "mm",
    "mm/dd",
    "dd",
    "ddd",
    "d",
    "yyyy",
    "yy",
    "mmmyy",
    "HH:MM:SS",
    "HH:MM:SS PM",
    "HH:MM",
    "HH:MM PM",
    "QQ-YY",
    "QQ",
    "dd/mm",
    "dd/mm/yy",
    "mmm.dd,yyyy HH:MM:SS",
    "mmm.dd,yyyy",
    "mm/dd/yyyy",
    "dd/mm/yyyy",
    "yy/mm/dd",
    "yyyy/mm/dd",
    "QQ-YYYY",
    "mmmyyyy",
    "yyyy-mm-dd",
    "yyyymmddTHHMMSS",
    "yyyy-mm-dd HH:MM:SS",
];

fn datestr(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let pivot = args.get(2).and_then(Value::to_f64);
    let mut found = stamps(&args[0], None, pivot, true)?;
    for s in &mut found {
        // What rounds to a full second in three decimals is one.
        if s[5] - s[5].trunc() >= 0.9995 {
            s[5] = s[5].trunc() + 1.0;
            *s = stamp(days(s));
        }
    }
    let format = match args.get(1) {
        Some(f) if matches!(f, Value::Char(..)) => f.to_text().unwrap_or_default(),
        Some(f) if !f.is_empty() => {
            let number = f.to_f64().filter(|x| *x >= 0.0 && *x == x.trunc()).map_or(usize::MAX, |x| x as usize);
            let format =
                FORMATS.get(number).ok_or_else(|| fault!("datestr: FORMAT must be text or a number from 0 to 31"));
            (*format?).to_owned()
        }
        _ if found.iter().all(|s| s[3..] == [0.0; 3]) => FORMATS[1].to_owned(),
        _ if found.iter().all(|s| s[..3] == [-1.0, 12.0, 31.0]) => FORMATS[16].to_owned(),
        _ => FORMATS[0].to_owned(),
    };
    let rows: Vec<String> = found.iter().map(|s| date_text(s, &format)).collect();
    one(text::matrix(&rows))
}

/// A date in a format of repeated letters; the longest run of a letter that means something is taken first.
fn date_text(s: &Stamp, format: &str) -> String {
    let twelve = format.contains("AM") || format.contains("PM");
    let wday = (days(&[s[0], s[1], s[2], 0.0, 0.0, 0.0]).floor() - 1.0).rem_euclid(7.0) as usize;
    let wday = (wday + 6) % 7;
    let at = Moment {
        sec: s[5].trunc(),
        min: s[4],
        hour: s[3],
        mday: s[2],
        mon: s[1] - 1.0,
        year: s[0] - 1900.0,
        wday: wday as f64,
        ..Moment::of(0.0, 0, false, "GMT")
    };
    let field = |directive: &str| stamp::write(directive, &at);
    let month = MONTHS.get((s[1] - 1.0) as usize).copied().unwrap_or("?");
    let mut out = String::new();
    let mut rest = format;
    while let Some(c) = rest.chars().next() {
        let lower = |n: usize| rest.get(..n).map(str::to_ascii_lowercase);
        let is = |word: &str| rest.starts_with(word);
        let any = |word: &str| lower(word.len()).as_deref() == Some(word);
        let (text, len) = match () {
            _ if is("AM") || is("PM") => (field("%p"), 2),
            _ if is("HH") && twelve => (format!("{:2}", (s[3] as i64 + 11).rem_euclid(12) + 1), 2),
            _ if is("HH") => (field("%H"), 2),
            _ if any("yyyy") => (field("%Y"), 4),
            _ if any("yy") => (field("%y"), 2),
            _ if any("dddd") => (WEEKDAYS[wday].to_owned(), 4),
            _ if any("ddd") => (WEEKDAYS[wday][..3].to_owned(), 3),
            _ if any("dd") => (field("%d"), 2),
            _ if any("d") => (WEEKDAYS[wday][..1].to_owned(), 1),
            _ if is("mmmm") => (month.to_owned(), 4),
            _ if is("mmm") => (month[..3.min(month.len())].to_owned(), 3),
            _ if is("mm") => (field("%m"), 2),
            _ if is("m") => (month[..1].to_owned(), 1),
            _ if is("MM") => (field("%M"), 2),
            _ if any("ss") => (field("%S"), 2),
            _ if is("FFF") => (format!("{:03}", (1000.0 * (s[5] - s[5].trunc())).round()), 3),
            _ if is("QQ") => (format!("Q{}", ((s[1] + 2.0) / 3.0).trunc()), 2),
            _ => (c.to_string(), c.len_utf8()),
        };
        out.push_str(&text);
        rest = &rest[len..];
    }
    out
}

/// Dates as day numbers, and the shape of the answer.
fn day_numbers(value: &Value) -> Result<(Shape, Vec<f64>)> {
    if texts(value).is_none() {
        return Ok((value.shape(), numbers("weekday", value)?));
    }
    let found: Vec<f64> = stamps(value, None, None, false)?.iter().map(days).collect();
    let shape = if matches!(value, Value::Cell(_)) { value.shape() } else { Shape::matrix(found.len(), 1) };
    Ok((shape, found))
}

/// 1 for Sunday to 7 for Saturday.
fn weekday_of(number: f64) -> f64 {
    (number - 1.0).floor().rem_euclid(7.0) + 1.0
}

fn weekday(_: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (shape, found) = day_numbers(&args[0])?;
    // Day 1 was a Saturday.
    let which: Vec<f64> = found.iter().map(|&x| weekday_of(x - 1.0)).collect();
    let number = array(shape, which.clone());
    if call.nargout < 2 {
        return one(number);
    }
    let long = args.get(1).and_then(Value::to_text).is_some_and(|f| f.eq_ignore_ascii_case("long"));
    let names: Vec<&str> = which
        .iter()
        .filter_map(|&d| WEEKDAYS.get((d as usize).wrapping_sub(1)))
        .map(|name| if long { name } else { &name[..3] })
        .collect();
    Ok(smallvec![number, text::matrix(&names)])
}

fn addtodate(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Some(unit) = args[2].to_text() else { bail!("addtodate: F must be a single character string") };
    let name = unit.strip_suffix('s').unwrap_or(&unit).to_ascii_lowercase();
    let (dates, amounts) = (numbers("addtodate", &args[0])?, numbers("addtodate", &args[1])?);
    let shape = if args[0].is_scalar() { args[1].shape() } else { args[0].shape() };
    if !args[0].is_scalar() && !args[1].is_scalar() && args[0].shape() != args[1].shape() {
        bail!("addtodate: D and Q must have the same size");
    }
    let step: Box<dyn Fn(f64, f64) -> f64> = match name.as_str() {
        "year" => Box::new(|date, n| {
            let mut s = stamp(date);
            s[0] += n;
            days(&s)
        }),
        "month" => Box::new(|date, n| {
            let mut s = stamp(date);
            let month = s[1] - 1.0 + n;
            s[0] += (month / 12.0).floor();
            s[1] = month.rem_euclid(12.0) + 1.0;
            s[2] = s[2].min(civil::month_length(s[0], (s[1] as usize).clamp(1, 12)));
            days(&s)
        }),
        "day" => Box::new(|date, n| date + n),
        "hour" => Box::new(|date, n| date + n * (1.0 / 24.0)),
        "minute" => Box::new(|date, n| date + n * (1.0 / 1440.0)),
        "second" => Box::new(|date, n| date + n * (1.0 / 86_400.0)),
        "millisecond" => Box::new(|date, n| date + n * (1.0 / 86_400_000.0)),
        _ => bail!("addtodate: Invalid time unit: {}", unit.strip_suffix('s').unwrap_or(&unit)),
    };
    let at = |v: &[f64], i: usize| if v.len() == 1 { v[0] } else { v[i] };
    let found = (0..shape.len()).map(|i| step(at(&dates, i), at(&amounts, i))).collect();
    one(array(shape, found))
}

fn calendar(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (year, month, day) = match args {
        [year, month] => {
            let field = |x: &Value| x.to_f64().ok_or_else(|| fault!("calendar: YEAR and MONTH must be numbers"));
            (field(year)?, field(month)?, None)
        }
        [date] => {
            let found = stamps(date, None, None, false)?;
            let s = found.first().ok_or_else(|| fault!("calendar: there is no date"))?;
            (s[0], s[1], Some(s[2]))
        }
        _ => {
            let s = today();
            (s[0], s[1], Some(s[2]))
        }
    };
    if year.is_nan() || year.abs() >= 1e12 {
        bail!("calendar: YEAR must be a number of at most twelve digits");
    }
    if !(1.0..=12.0).contains(&month) || month != month.trunc() {
        bail!("calendar: MONTH must be a whole number from 1 to 12");
    }
    let first = weekday_of(days(&[year, month, 1.0, 0.0, 0.0, 0.0]) - 1.0) as usize - 1;
    let length = civil::month_length(year, month as usize) as usize;
    let mut weeks = [0usize; 42];
    (1..=length).for_each(|d| weeks[first + d - 1] = d);
    if call.nargout > 0 {
        let columns = (0..7).flat_map(|c| (0..6).map(move |r| weeks[c + 7 * r] as f64));
        return one(Value::matrix(6, 7, columns.collect()));
    }
    let mut text = format!("{:20}{} {year}\n", "", &MONTHS[month as usize - 1][..3]);
    text.push_str("     S     M    Tu     W    Th     F     S\n");
    for week in weeks.chunks(7) {
        for &d in week {
            let mark = if day == Some(d as f64) { "*" } else { "" };
            text.push_str(&format!("{:>6}", format!("{mark}{d}")));
        }
        text.push('\n');
    }
    host.out().write_all(text.as_bytes()).map_err(|error| fault!("cannot write the output: {error}"))?;
    Ok(Values::new())
}

fn eomday(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (years, months) = (numbers("eomday", &args[0])?, numbers("eomday", &args[1])?);
    let shape = if args[1].is_scalar() { args[0].shape() } else { args[1].shape() };
    if !args[0].is_scalar() && !args[1].is_scalar() && args[0].shape() != args[1].shape() {
        bail!("eomday: YEAR and MONTH must have the same size");
    }
    let at = |v: &[f64], i: usize| if v.len() == 1 { v[0] } else { v[i] };
    let length = |i: usize| {
        let month = at(&months, i);
        if !(1.0..=12.0).contains(&month) || month != month.trunc() {
            bail!("eomday: MONTH must be a whole number from 1 to 12");
        }
        Ok(civil::month_length(at(&years, i), month as usize))
    };
    let found = (0..shape.len()).map(length).collect::<Result<Vec<f64>>>()?;
    one(array(shape, found))
}

fn is_leap_year(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Some(years) = args.first() else { return one(civil::is_leap(today()[0])) };
    let found = numbers("is_leap_year", years)?.into_iter().map(civil::is_leap).collect();
    one(Value::block(Block::dense(years.shape(), Data::Bool(found))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn day_numbers_and_dates() {
        assert_eq!(days(&[2020.0, 1.0, 2.0, 0.0, 0.0, 0.0]), 737792.0);
        assert_eq!(days(&[1970.0, 1.0, 1.0, 0.0, 0.0, 0.0]), EPOCH);
        assert_eq!(days(&[2000.0, -5.0, 1.0, 0.0, 0.0, 0.0]), 730486.0);
        for number in (1..800_000).step_by(379) {
            assert_eq!(days(&stamp(number as f64)), number as f64);
        }
        assert_eq!(stamp(730000.75), [1998.0, 9.0, 2.0, 18.0, 0.0, 0.0]);
        assert_eq!(weekday_of(738000.0 - 1.0), 3.0);
    }

    #[test]
    fn formats_of_dates() {
        let s = stamp(730000.123456);
        let texts = ["02-Sep-1998 02:57:46", "02-Sep-1998", "09/02/98", "Sep", "S", "09", "09/02", "02", "Wed", "W"];
        for (format, text) in FORMATS.iter().zip(texts) {
            assert_eq!(date_text(&s, format), text);
        }
        assert_eq!(date_text(&s, "HH:MM:SS PM"), " 2:57:46 AM");
        assert_eq!(date_text(&s, "QQ-YYYY dddd dd mmmm"), "Q3-1998 Wednesday 02 September");
    }
}
