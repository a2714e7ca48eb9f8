//! Clocks, and moments taken apart. Dates are in `dates`, the calendar's arithmetic in `civil`.

mod civil;
pub mod dates;
mod parse_date;
mod stamp;
mod zone;

use super::api::{Builtin, Call, Host, Values};
use super::args::{one, usage};
use crate::array::Block;
use crate::diag::Result;
use crate::value::{Struct, Value};
use crate::{bail, fault};
use civil::Moment;
use smallvec::smallvec;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

pub const TABLE: &[Builtin] = &[
    Builtin::new("tic", (0, 0), 1, tic, TIC),
    Builtin::new("toc", (0, 1), 1, toc, TOC),
    Builtin::new("time", (0, 0), 1, |_, _, _| one(seconds_now()), TIME),
    Builtin::new("now", (0, 0), 1, |_, _, _| one(dates::now()), NOW),
    Builtin::new("clock", (0, 0), 1, |_, _, _| one(Value::row(dates::today().to_vec())), CLOCK),
    Builtin::new("date", (0, 0), 1, |_, _, _| one(stamp::write("%d-%b-%Y", &now_local())), DATE),
    Builtin::new("cputime", (0, 0), 3, cputime, CPUTIME),
    Builtin::new("etime", (2, 2), 1, etime, ETIME),
    Builtin::new("pause", (0, 1), 0, pause, PAUSE),
    Builtin::new("gmtime", (1, 1), 1, gmtime, GMTIME),
    Builtin::new("localtime", (1, 1), 1, localtime, LOCALTIME),
    Builtin::new("mktime", (1, 1), 1, mktime, MKTIME),
    Builtin::new("strftime", (2, 2), 1, strftime, STRFTIME),
    Builtin::new("strptime", (2, 2), 2, strptime, STRPTIME),
    Builtin::new("asctime", (1, 1), 1, asctime, ASCTIME),
    Builtin::new("ctime", (1, 1), 1, ctime, CTIME),
];

const TIC: &str = "\
`tic`, `ID = tic`

Starts the stopwatch, or a stopwatch of its own that `ID` names.

    tic; x = sum (rand (1000)(:)); toc";

const TOC: &str = "\
`toc`, `toc (ID)`, `SECONDS = toc (...)`

Prints or gives the time since `tic`.

    id = tic; elapsed = toc (id);";

const TIME: &str = "\
`time ()`

Seconds since the beginning of 1970, universal time.

    t = time ();";

const NOW: &str = "\
`now ()`

The current local date and time as a day number.

    datestr (now ())";

const CLOCK: &str = "\
`clock ()`

The current local date and time as [year, month, day, hour, minute, seconds].

    t0 = clock ();";

const DATE: &str = "\
`date ()`

The current local date as text.

    date ()    % as 02-Jan-2020";

const CPUTIME: &str = "\
`[TOTAL, USER, SYSTEM] = cputime ()`

Processor time this process has used, in seconds.

    t = cputime (); x = rand (500) ^ 2; cputime () - t;";

const ETIME: &str = "\
`etime (T1, T0)`

Seconds from `T0` to `T1`, both as `clock` gives them.

    t0 = clock (); elapsed = etime (clock (), t0);";

const PAUSE: &str = "\
`pause ()`, `pause (SECONDS)`

Waits for a line of input, or for some time.

    pause (0.01)";

const GMTIME: &str = "\
`gmtime (T)`

Seconds since 1970 taken apart, in universal time.

    gmtime (0).year    % ans = 70";

const LOCALTIME: &str = "\
`localtime (T)`

Seconds since 1970 taken apart, in local time.

    localtime (time ()).hour";

const MKTIME: &str = "\
`mktime (TM)`

Seconds since 1970 of a local time taken apart.

    mktime (localtime (5))    % ans = 5";

const STRFTIME: &str = "\
`strftime (TEMPLATE, TM)`

A time taken apart as text: `%Y` is the year, `%m` the month, `%d` the day, `%H`, `%M`, `%S` the clock, and so on
as in C.

    strftime (\"%Y-%m-%d\", gmtime (0))    % ans = 1970-01-01";

const STRPTIME: &str = "\
`[TM, N] = strptime (TEXT, TEMPLATE)`

A time in text taken apart; `N` is the position behind what was read, 0 where the text does not fit.

    [tm, n] = strptime (\"2020-01-02\", \"%Y-%m-%d\");";

const ASCTIME: &str = "\
`asctime (TM)`

A time taken apart as one line of text.

    asctime (gmtime (0))    % ans = Thu Jan 01 00:00:00 1970";

const CTIME: &str = "\
`ctime (T)`

Seconds since 1970 as one line of text in local time.

    ctime (time ())";

fn since_1970() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

fn seconds_now() -> f64 {
    since_1970().as_secs_f64()
}

fn local(time: f64) -> Moment {
    let kind = zone::local(time.trunc().clamp(-1e15, 1e15) as i64);
    Moment::of(time, kind.offset, kind.isdst, &kind.name)
}

/// The date of a moment (seconds since 1970) in local time, and its day number.
pub fn dated(time: f64) -> (String, f64) {
    let at = local(time);
    (stamp::write("%d-%b-%Y %H:%M:%S", &at), dates::EPOCH + (time.trunc() + at.gmtoff) / 86_400.0)
}

fn now_local() -> Moment {
    local(seconds_now())
}

fn tic(host: &mut dyn Host, _: &[Value], call: Call) -> Result<Values> {
    let now = since_1970().as_micros() as u64;
    if call.nargout > 0 {
        return Ok(smallvec![Value::block(Block::scalar(now))]);
    }
    host.state().tic = Some(now);
    Ok(Values::new())
}

fn toc(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let start = match args.first() {
        Some(Value::Array(block)) if block.slice::<u64>().is_some() => {
            block.slice::<u64>().and_then(|v| v.first().copied())
        }
        Some(id) => match id.to_f64() {
            Some(x) if x >= 0.0 => Some(x as u64),
            _ => bail!("toc: invalid ID"),
        },
        None => host.state().tic,
    };
    let Some(start) = start else { bail!("toc: function called before timer initialization with tic()") };
    let elapsed = (since_1970().as_micros() as u64).saturating_sub(start) as f64 / 1e6;
    if call.nargout > 0 {
        return one(elapsed);
    }
    let mut text = String::from("Elapsed time is ");
    crate::value::decimal::general(&mut text, elapsed, 6, false);
    text.push_str(" seconds.\n");
    host.out().write_all(text.as_bytes()).map_err(|error| fault!("cannot write the output: {error}"))?;
    Ok(Values::new())
}

/// User and system time from the kernel's count for this process, in hundredths of a second.
fn cputime(_: &mut dyn Host, _: &[Value], _: Call) -> Result<Values> {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program, in parentheses, may hold blanks.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|x| x.parse::<f64>().ok()).unwrap_or(0.0) / 100.0;
    let (user, system) = (ticks(11), ticks(12));
    Ok(smallvec![Value::Num(user + system), Value::Num(user), Value::Num(system)])
}

fn etime(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (from, to) = (dates::seconds("etime", &args[1])?, dates::seconds("etime", &args[0])?);
    one(to - from)
}

/// Waits in short steps, so that an interrupt is noticed.
fn pause(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Some(arg) = args.first() else {
        let mut line = String::new();
        let _ = host.out().flush();
        let _ = std::io::stdin().read_line(&mut line);
        return Ok(Values::new());
    };
    let seconds = match arg.to_f64() {
        Some(x) if !matches!(arg, Value::Char(..)) && x >= 0.0 => x,
        _ => bail!("pause: argument N must be a non-negative real scalar"),
    };
    let _ = host.out().flush();
    let start = Instant::now();
    loop {
        host.check_interrupt()?;
        let left = seconds - start.elapsed().as_secs_f64();
        if left <= 0.0 {
            return Ok(Values::new());
        }
        std::thread::sleep(Duration::from_secs_f64(left.min(0.05)));
    }
}

/// The one number an argument must be.
fn moment_argument(who: &str, value: &Value) -> Result<f64> {
    match value.to_f64() {
        _ if matches!(value, Value::Char(..)) => Err(fault!("invalid conversion from string to real scalar")),
        Some(x) if value.is_scalar() && !x.is_nan() => Ok(x),
        _ => Err(usage(who)),
    }
}

fn gmtime(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    one(to_struct(&Moment::of(moment_argument("gmtime", &args[0])?, 0, false, "GMT")))
}

fn localtime(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    one(to_struct(&local(moment_argument("localtime", &args[0])?)))
}

fn mktime(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let at = from_struct("mktime", &args[0], "TM_STRUCT argument must be a structure")?;
    let clock = at.seconds();
    // The zone's offset depends on the answer; near a turn of the clocks the second look settles it.
    let first = clock - zone::local(clock).offset;
    let seconds = clock - zone::local(first).offset;
    one(seconds as f64 + at.usec / 1e6)
}

fn strftime(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Some(template) = args[0].to_text() else { bail!("strftime: FMT must be a string") };
    one(stamp::write(&template, &from_struct("strftime", &args[1], "TM_STRUCT must be a structure")?))
}

fn strptime(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Some(text) = args[0].to_text() else { bail!("strptime: argument STR must be a string") };
    let Some(template) = args[1].to_text() else { bail!("strptime: FMT must be a string") };
    let (at, behind) = match stamp::read(text.as_bytes(), &template) {
        Some((at, read)) => (at, read + 1),
        None => (Moment { mday: 0.0, year: -1900.0, wday: 0.0, ..Moment::of(0.0, 0, false, "GMT") }, 0),
    };
    Ok(smallvec![to_struct(&at), Value::from(behind)])
}

/// As the C function of the name writes a time, newline included.
const LINE: &str = "%a %b %d %H:%M:%S %Y\n";

fn asctime(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    one(stamp::write(LINE, &from_struct("strftime", &args[0], "TM_STRUCT must be a structure")?))
}

fn ctime(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    one(stamp::write(LINE, &local(moment_argument("ctime", &args[0])?)))
}

fn to_struct(at: &Moment) -> Value {
    let mut s = Struct::scalar();
    let fields = [
        ("usec", at.usec),
        ("sec", at.sec),
        ("min", at.min),
        ("hour", at.hour),
        ("mday", at.mday),
        ("mon", at.mon),
        ("year", at.year),
        ("wday", at.wday),
        ("yday", at.yday),
        ("isdst", at.isdst),
        ("gmtoff", at.gmtoff),
    ];
    for (name, x) in fields {
        s.set(name, Value::Num(x));
    }
    s.set("zone", Value::text(&at.zone));
    Value::Struct(Arc::new(s))
}

/// Fields that are missing count as zero.
fn from_struct(who: &str, value: &Value, complaint: &str) -> Result<Moment> {
    let s = match value {
        Value::Struct(s) if s.shape().is_scalar() => s,
        _ => return Err(fault!("{who}: {complaint}")),
    };
    if s.iter().any(|(name, column)| &**name != "zone" && matches!(column[0], Value::Char(..))) {
        bail!("{who}: invalid TM_STRUCT argument");
    }
    let field = |name: &str| s.get(name).and_then(Value::to_f64).filter(|x| x.is_finite()).unwrap_or(0.0);
    Ok(Moment {
        usec: field("usec"),
        sec: field("sec"),
        min: field("min"),
        hour: field("hour"),
        mday: field("mday"),
        mon: field("mon"),
        year: field("year"),
        wday: field("wday"),
        yday: field("yday"),
        isdst: field("isdst"),
        gmtoff: field("gmtoff"),
        zone: s.get("zone").and_then(Value::to_text).unwrap_or_default(),
    })
}
