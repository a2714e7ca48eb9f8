//! The local time zone, from the system's own table (TZif, RFC 8536). Without one, local time is universal time.

use super::civil::{date_of, days_from};
use std::path::PathBuf;
use std::sync::OnceLock;

/// What clocks show in a zone during some time.
#[derive(Debug, Clone, PartialEq)]
pub struct Kind {
    /// Seconds ahead of universal time.
    pub offset: i64,
    pub isdst: bool,
    pub name: String,
}

/// Kinds of local time and when they begin.
#[derive(Debug)]
struct Zone {
    first: Kind,
    changes: Vec<(i64, Kind)>,
    /// How it goes on after the last change.
    rule: Option<Rule>,
}

/// The kind of local time at a moment (seconds since 1970).
pub fn local(time: i64) -> Kind {
    static ZONE: OnceLock<Zone> = OnceLock::new();
    ZONE.get_or_init(|| load().unwrap_or_else(utc)).at(time)
}

fn utc() -> Zone {
    Zone { first: Kind { offset: 0, isdst: false, name: "UTC".to_owned() }, changes: Vec::new(), rule: None }
}

/// The zone `TZ` names, or the system's.
fn load() -> Option<Zone> {
    let path = match std::env::var("TZ") {
        Ok(name) if name.is_empty() => return None,
        Ok(name) => {
            let name = name.trim_start_matches(':').to_owned();
            let path = PathBuf::from("/usr/share/zoneinfo").join(&name);
            if !path.is_file() {
                let rule = Rule::parse(&name)?;
                return Some(Zone { first: rule.standard.clone(), changes: Vec::new(), rule: Some(rule) });
            }
            path
        }
        Err(_) => PathBuf::from("/etc/localtime"),
    };
    Zone::parse(&std::fs::read(path).ok()?)
}

impl Zone {
    fn at(&self, time: i64) -> Kind {
        let passed = self.changes.partition_point(|(begin, _)| *begin <= time);
        match &self.rule {
            Some(rule) if passed == self.changes.len() => rule.at(time),
            _ => passed.checked_sub(1).map_or(&self.first, |at| &self.changes[at].1).clone(),
        }
    }

    /// Reads the 64-bit part of a TZif file of version 2 or later.
    fn parse(file: &[u8]) -> Option<Zone> {
        let count =
            |header: &[u8], at: usize| Some(u32::from_be_bytes(header.get(at..at + 4)?.try_into().ok()?) as usize);
        let sizes = |header: &[u8]| -> Option<[usize; 6]> {
            let mut sizes = [0; 6];
            for (i, size) in sizes.iter_mut().enumerate() {
                *size = count(header, 20 + 4 * i)?;
            }
            header.starts_with(b"TZif").then_some(sizes)
        };
        let [isut, isstd, leap, times, types, chars] = sizes(file)?;
        let file = file.get(44 + times * 5 + types * 6 + chars + leap * 8 + isstd + isut..)?;
        let [isut, isstd, leap, times, types, chars] = sizes(file)?;
        let body = file.get(44..)?;
        let (begins, body) = body.split_at_checked(times * 8)?;
        let (which, body) = body.split_at_checked(times)?;
        let (kinds, body) = body.split_at_checked(types * 6)?;
        let (names, body) = body.split_at_checked(chars)?;
        let footer = body.get(leap * 12 + isstd + isut..)?;
        let kind = |at: usize| -> Option<Kind> {
            let entry = kinds.get(at * 6..at * 6 + 6)?;
            let name = names.get(usize::from(entry[5])..)?.split(|&c| c == 0).next()?;
            Some(Kind {
                offset: i32::from_be_bytes(entry[..4].try_into().ok()?).into(),
                isdst: entry[4] != 0,
                name: String::from_utf8_lossy(name).into_owned(),
            })
        };
        let changes = begins
            .chunks_exact(8)
            .zip(which)
            .map(|(begin, &at)| Some((i64::from_be_bytes(begin.try_into().ok()?), kind(at.into())?)))
            .collect::<Option<Vec<_>>>()?;
        let rule = std::str::from_utf8(footer).ok().and_then(|text| Rule::parse(text.trim()));
        Some(Zone { first: kind(0)?, changes, rule })
    }
}

/// `CET-1CEST,M3.5.0,M10.5.0/3`: standard time, and summer time between two days of every year.
#[derive(Debug)]
struct Rule {
    standard: Kind,
    summer: Option<(Kind, Turn, Turn)>,
}

/// When the clocks turn: a day of the year and seconds after its midnight.
#[derive(Debug)]
struct Turn {
    day: Day,
    seconds: i64,
}

#[derive(Debug)]
enum Day {
    /// The `week`th (5: last) `weekday` of a month.
    Month { month: i64, week: i64, weekday: i64 },
    /// Day 1 to 365, never counting a leap day.
    Julian(i64),
    /// Day 0 to 365.
    Count(i64),
}

impl Rule {
    fn parse(text: &str) -> Option<Rule> {
        let mut rest = text;
        let standard_name = name(&mut rest)?;
        let standard = Kind { offset: -clock(&mut rest)?, isdst: false, name: standard_name };
        if rest.is_empty() {
            return Some(Rule { standard, summer: None });
        }
        let summer_name = name(&mut rest)?;
        let offset = if rest.starts_with(',') { standard.offset + 3600 } else { -clock(&mut rest)? };
        let summer = Kind { offset, isdst: true, name: summer_name };
        let mut turns = rest.strip_prefix(',')?.split(',');
        let (begin, end) = (Turn::parse(turns.next()?)?, Turn::parse(turns.next()?)?);
        Some(Rule { standard, summer: Some((summer, begin, end)) })
    }

    fn at(&self, time: i64) -> Kind {
        let Some((summer, begin, end)) = &self.summer else { return self.standard.clone() };
        let (year, _, _) = date_of((time + self.standard.offset).div_euclid(86_400));
        let begin = begin.seconds_of(year) - self.standard.offset;
        let end = end.seconds_of(year) - summer.offset;
        let warm = if begin < end { (begin..end).contains(&time) } else { !(end..begin).contains(&time) };
        if warm { summer.clone() } else { self.standard.clone() }
    }
}

impl Turn {
    fn parse(text: &str) -> Option<Turn> {
        let (day, time) = text.split_once('/').unwrap_or((text, "2"));
        let mut time = time;
        let seconds = clock(&mut time)?;
        let day = if let Some(rest) = day.strip_prefix('M') {
            let mut parts = rest.split('.').map(|part| part.parse().ok());
            Day::Month { month: parts.next()??, week: parts.next()??, weekday: parts.next()?? }
        } else if let Some(rest) = day.strip_prefix('J') {
            Day::Julian(rest.parse().ok()?)
        } else {
            Day::Count(day.parse().ok()?)
        };
        Some(Turn { day, seconds })
    }

    /// Seconds since 1970 on the clock that is turned.
    fn seconds_of(&self, year: i64) -> i64 {
        let first = days_from(year, 1, 1);
        let day = match self.day {
            Day::Month { month, week, weekday } => {
                let start = days_from(year, month, 1);
                let next = start + (weekday - (start + 4)).rem_euclid(7) + (week - 1) * 7;
                if next < days_from(year, month + 1, 1) { next } else { next - 7 }
            }
            Day::Julian(n) => first + n - 1 + i64::from(n >= 60 && super::civil::is_leap(year as f64)),
            Day::Count(n) => first + n,
        };
        day * 86_400 + self.seconds
    }
}

/// A zone's short name, `<...>` around it where it is not all letters.
fn name(rest: &mut &str) -> Option<String> {
    let (name, after) = match rest.strip_prefix('<') {
        Some(inner) => inner.split_once('>')?,
        None => rest.split_at(rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len())),
    };
    *rest = after;
    (name.len() >= 3).then(|| name.to_owned())
}

/// `[+-]hh[:mm[:ss]]` in seconds.
fn clock(rest: &mut &str) -> Option<i64> {
    let end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '+' | '-'))).unwrap_or(rest.len());
    let (text, after) = rest.split_at(end);
    *rest = after;
    let negative = text.starts_with('-');
    let mut seconds = 0;
    for (part, unit) in text.trim_start_matches(['+', '-']).split(':').zip([3600, 60, 1]) {
        seconds += part.parse::<i64>().ok()? * unit;
    }
    Some(if negative { -seconds } else { seconds })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_turns_the_clocks() {
        let rule = Rule::parse("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        // 2024-03-31 01:00 and 2024-10-27 01:00, universal time.
        for (time, offset) in [(1711846799, 3600), (1711846800, 7200), (1729990799, 7200), (1729990800, 3600)] {
            assert_eq!(rule.at(time).offset, offset, "{time}");
        }
        assert_eq!(Rule::parse("<+0330>-3:30").unwrap().standard.offset, 12600);
        let south = Rule::parse("AEST-10AEDT,M10.1.0,M4.1.0/3").unwrap();
        assert!(south.at(1704067200).isdst);
        assert!(!south.at(1719792000).isdst);
    }
}
