//! The calendar: days and seconds to year, month, day and back. Proleptic Gregorian, no zones, no names.

/// A moment taken apart, as C's `struct tm` counts: months from 0, years from 1900, Sunday is 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Moment {
    pub usec: f64,
    pub sec: f64,
    pub min: f64,
    pub hour: f64,
    pub mday: f64,
    pub mon: f64,
    pub year: f64,
    pub wday: f64,
    pub yday: f64,
    pub isdst: f64,
    pub gmtoff: f64,
    pub zone: String,
}

/// Days from 1970-01-01 to a day; months count from 1 and may lie outside 1 to 12.
pub fn days_from(year: i64, month: i64, day: i64) -> i64 {
    // Years begin in March here, so that the leap day is the last of its year; eras are 400 years.
    let month = year.saturating_mul(12).saturating_add(month - 3);
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12));
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * month + 2) / 5;
    era.saturating_mul(146_097) + of_era * 365 + of_era / 4 - of_era / 100 + of_year + day - 1 - 719_468
}

/// Year, month (from 1) and day of a number of days from 1970-01-01.
pub fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + i64::from(month <= 2), month, day)
}

pub fn is_leap(year: f64) -> bool {
    (year % 4.0 == 0.0 && year % 100.0 != 0.0) || year % 400.0 == 0.0
}

/// Days of a month, which counts from 1.
pub fn month_length(year: f64, month: usize) -> f64 {
    const LENGTHS: [f64; 12] = [31.0, 28.0, 31.0, 30.0, 31.0, 30.0, 31.0, 31.0, 30.0, 31.0, 30.0, 31.0];
    LENGTHS[month - 1] + f64::from(u8::from(month == 2 && is_leap(year)))
}

impl Moment {
    /// Seconds since 1970 taken apart, as a clock shows them that is so many seconds ahead of universal time.
    pub fn of(time: f64, offset: i64, isdst: bool, zone: &str) -> Moment {
        // Far beyond every calendar the seconds stay within what can be counted.
        let seconds = time.trunc().clamp(-1e15, 1e15) as i64 + offset;
        let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        let (year, month, day) = date_of(days);
        Moment {
            usec: ((time - time.trunc()) * 1e6).trunc(),
            sec: (rest % 60) as f64,
            min: (rest / 60 % 60) as f64,
            hour: (rest / 3600) as f64,
            mday: day as f64,
            mon: (month - 1) as f64,
            year: (year - 1900) as f64,
            wday: (days + 4).rem_euclid(7) as f64,
            yday: (days - days_from(year, 1, 1)) as f64,
            isdst: f64::from(u8::from(isdst)),
            gmtoff: offset as f64,
            zone: zone.to_owned(),
        }
    }

    /// Whole seconds since 1970 on this clock, fields beyond their range carried over.
    pub fn seconds(&self) -> i64 {
        let whole = |x: f64| x.clamp(-1e12, 1e12) as i64;
        let days = days_from(whole(self.year) + 1900, whole(self.mon) + 1, whole(self.mday));
        days.saturating_mul(86_400) + whole(self.hour) * 3600 + whole(self.min) * 60 + whole(self.sec)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_are_inverse() {
        for days in (-800_000..800_000).step_by(97) {
            let (y, m, d) = date_of(days);
            assert_eq!(days_from(y, m, d), days);
        }
        assert_eq!(date_of(0), (1970, 1, 1));
        assert_eq!(days_from(2000, 14, 1), days_from(2001, 2, 1));
    }

    #[test]
    fn moments_carry_over() {
        let moment = Moment::of(1e9, 0, false, "GMT");
        assert_eq!((moment.year, moment.mon, moment.mday, moment.hour), (101.0, 8.0, 9.0, 1.0));
        assert_eq!(moment.seconds(), 1_000_000_000);
        assert_eq!(Moment { sec: 3640.0, ..moment }.seconds(), 1_000_003_600);
    }
}
