//! Errors and warnings raised by scripts.

use crate::array::Shape;
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{one, several, usage};
use crate::builtin::state::{LastError, Level};
use crate::builtin::text::output::filled;
use crate::diag::{Diagnostic, Fault, Result};
use crate::fault;
use crate::value::format;
use crate::value::{Struct, Value};
use smallvec::smallvec;
use std::sync::Arc;

/// Whether text has the form of an identifier (`package:what`): a colon inside, no blanks, not at the end.
fn is_identifier(text: &str) -> bool {
    !text.is_empty()
        && text.contains(':')
        && !text.starts_with(':')
        && !text.ends_with(':')
        && !text.contains(|c: char| c.is_whitespace() || c == '%')
}

/// Identifier and message from the arguments of `error`, `warning`, `MException`: `(template, ...)` or
/// `(id, template, ...)`. A template without arguments is the message as it stands.
fn message(host: &mut dyn Host, who: &str, args: &[Value]) -> Result<(String, String)> {
    let first = text(&args[0]).ok_or_else(|| fault!("{who}: format TEMPLATE must be a string"))?;
    if let [_] = args {
        if is_identifier(&first) {
            return Err(fault!("call to {who} with message identifier '{first}' requires message"));
        }
        return Ok((String::new(), first));
    }
    let (id, args) = if is_identifier(&first) { (first, &args[1..]) } else { (String::new(), args) };
    let bytes = filled(host, who, args)?;
    Ok((id, String::from_utf8_lossy(&bytes).into_owned()))
}

/// The characters of text of any number of rows.
fn text(x: &Value) -> Option<String> {
    match x {
        Value::Char(b, _) => match b.data() {
            crate::array::Data::Char(v) => Some(String::from_utf8_lossy(v).into_owned()),
            _ => None,
        },
        _ => None,
    }
}

/// A fault from identifier and message; a newline at the end only asks for no traceback.
fn raised(id: String, mut message: String) -> Fault {
    if message.ends_with('\n') {
        message.pop();
    }
    Diagnostic::new(message).id(id)
}

/// The fault an error struct describes; `None` if its message is empty.
fn from_struct(s: &Struct) -> Option<Fault> {
    let field = |name: &str| s.get(name).and_then(text).unwrap_or_default();
    let message = field("message");
    (!message.is_empty()).then(|| raised(field("identifier"), message))
}

/// `error (template, ...)`, `error (id, template, ...)`, `error (struct)`.
fn error(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let nothing = Ok(Values::new());
    match args {
        [Value::Struct(s)] => match from_struct(s) {
            Some(fault) => Err(fault),
            None => nothing,
        },
        [x] if text(x).is_none() || x.is_empty() => nothing,
        _ => {
            let (id, message) = message(host, "error", args)?;
            if message.is_empty() { nothing } else { Err(raised(id, message)) }
        }
    }
}

/// An error as a value: `message`, `identifier`, `stack`.
fn error_value(id: &str, message: &str) -> Value {
    let mut s = Struct::scalar();
    s.set("message", Value::text(message));
    s.set("identifier", Value::text(id));
    let mut stack = Struct::new(Shape::matrix(0, 1));
    for name in ["file", "name", "line", "column"] {
        stack.set_column(&Arc::from(name), Vec::new());
    }
    s.set("stack", Value::Struct(Arc::new(stack)));
    Value::Struct(Arc::new(s))
}

/// `MException (id, template, ...)`.
fn exception(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let id = text(&args[0]).ok_or_else(|| fault!("MException: ID must be a string"))?;
    let bytes = filled(host, "MException", &args[1..])?;
    one(error_value(&id, &String::from_utf8_lossy(&bytes)))
}

/// `rethrow (err)`, `throw (err)`.
fn rethrow(args: &[Value], who: &str) -> Result<Values> {
    let Value::Struct(s) = &args[0] else { return Err(fault!("{who}: ERR must be a struct")) };
    if s.get("message").is_none() || s.get("identifier").is_none() {
        return Err(fault!("{who}: ERR struct must contain the fields 'message' and 'identifier'"));
    }
    Err(from_struct(s).unwrap_or_else(|| Diagnostic::new("unspecified error")))
}

/// `getReport (err)`.
fn report(args: &[Value]) -> Result<Values> {
    let Value::Struct(s) = &args[0] else { return Err(usage("getReport")) };
    one(format!("error: {}", s.get("message").and_then(text).unwrap_or_default()))
}

/// `lasterr ()`, `lasterr (message, id)`.
fn lasterr(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let old = host.state().last_error.clone().unwrap_or_default();
    if let Some(message) = args.first() {
        let id = args.get(1).and_then(text).unwrap_or_default();
        host.state().last_error = Some(LastError { message: text(message).unwrap_or_default(), id });
        if call.nargout == 0 {
            return Ok(Values::new());
        }
    }
    several([Value::text(&old.message), Value::text(&old.id)])
}

/// `lastwarn ()`, `lastwarn (message, id)`.
fn lastwarn(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (message, id) = host.state().warnings.last.clone();
    if let Some(new) = args.first() {
        let id = args.get(1).and_then(text).unwrap_or_default();
        host.state().warnings.last = (text(new).unwrap_or_default(), id);
        if call.nargout == 0 {
            return Ok(Values::new());
        }
    }
    several([Value::text(&message), Value::text(&id)])
}

fn level_value(id: &str, level: Level) -> Value {
    let mut s = Struct::scalar();
    s.set("identifier", Value::text(id));
    s.set("state", Value::text(level.name()));
    Value::Struct(Arc::new(s))
}

/// `warning (template, ...)`, `warning (id, template, ...)`, `warning ("on" | "off" | "error" | "query", id)`.
fn warning(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let words: Option<Vec<String>> = args.iter().map(text).collect();
    if let Some(words) = &words
        && let Some(word) = words.first()
        && matches!(word.as_str(), "on" | "off" | "error" | "query")
        && words.len() <= 3
    {
        return set_level(host, words, call);
    }
    match args {
        [] => {
            let states: Vec<(String, Level)> = host.state().warnings.levels();
            let mut list = Struct::new(Shape::matrix(states.len(), 1));
            list.set_column(&Arc::from("identifier"), states.iter().map(|(id, _)| Value::text(id)).collect());
            list.set_column(&Arc::from("state"), states.iter().map(|(_, l)| Value::text(l.name())).collect());
            return one(Value::Struct(Arc::new(list)));
        }
        [Value::Struct(states)] => {
            for at in 0..states.len() {
                let element = states.element(at);
                let field = |name: &str| element.get(name).and_then(text).unwrap_or_default();
                if let Some(level) = Level::from_name(&field("state")) {
                    host.state().warnings.set(&field("identifier"), level);
                }
            }
            return Ok(Values::new());
        }
        _ => {}
    }
    let (id, mut message) = message(host, "warning", args)?;
    if message.is_empty() {
        return Ok(Values::new());
    }
    if host.state().warnings.level(&id) == Level::Error {
        return Err(raised(id, message));
    }
    if message.ends_with('\n') {
        message.pop();
    }
    host.warn(&id, &message);
    Ok(Values::new())
}

fn set_level(host: &mut dyn Host, words: &[String], call: Call) -> Result<Values> {
    let id = words.get(1).map_or("all", String::as_str);
    let id = if id == "last" { host.state().warnings.last.1.clone() } else { id.to_owned() };
    let old = level_value(&id, host.state().warnings.level(&id));
    if words[0] == "query" {
        if call.nargout > 0 {
            return one(old);
        }
        let level = host.state().warnings.level(&id);
        let line = format!("\"{id}\" warning state is \"{}\"\n", level.name());
        let _ = host.out().write_all(line.as_bytes());
        return Ok(Values::new());
    }
    if words[0] == "error" && id == "all" {
        return Err(fault!("warning: cannot specify \"all\" warning ID with state \"error\""));
    }
    if let Some(level) = Level::from_name(&words[0]) {
        host.state().warnings.set(&id, level);
    }
    if call.nargout > 0 { one(old) } else { Ok(Values::new()) }
}

/// `fail (code)`, `fail (code, pattern)`, `fail (code, "warning", pattern)`: the code must raise an error (a warning)
/// whose message matches.
fn fail(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let code = crate::builtin::args::text("fail", "CODE", &args[0])?;
    let mut rest: Vec<String> = args[1..].iter().filter_map(text).collect();
    let warns = rest.first().is_some_and(|w| w == "warning");
    if warns {
        rest.remove(0);
    }
    let pattern = rest.first().cloned().unwrap_or_default();
    host.state().warnings.last = Default::default();
    let outcome = host.eval_text(&code, 0);
    let got = match outcome {
        Err(fault) if fault.interrupt => return Err(fault),
        Err(fault) if !warns => Some(fault.message.clone()),
        Err(fault) => return Err(fault!("expected warning <{pattern}> but got error <{}>", fault.message)),
        Ok(_) if warns => Some(host.state().warnings.last.0.clone()).filter(|m| !m.is_empty()),
        Ok(_) => None,
    };
    let kind = if warns { "warning" } else { "error" };
    let shown = if pattern.is_empty() { "." } else { &pattern };
    let complaint = match got {
        None => Some(format!("expected {kind} <{shown}> but got none")),
        Some(message) => {
            let matched = pattern.is_empty()
                || fancy_regex::Regex::new(&pattern)
                    .map(|r| r.is_match(&message).unwrap_or(false))
                    .unwrap_or_else(|_| message.contains(&pattern));
            (!matched).then(|| format!("expected {kind} <{shown}>\nbut got <{message}>"))
        }
    };
    match complaint {
        Some(text) if call.nargout == 0 => Err(Diagnostic::new(text)),
        Some(text) => several([Value::Bool(false), Value::text(&text)]),
        None if call.nargout == 0 => Ok(Values::new()),
        None => several([Value::Bool(true), Value::text("")]),
    }
}

/// Formats a number as `num2str` does for one real: integers in full, others with five digits and more for large ones.
pub fn short_number(x: f64) -> String {
    if x.is_nan() {
        return if crate::builtin::numbers::elementwise::is_missing(x) { "NA" } else { "NaN" }.to_owned();
    }
    if x.is_infinite() {
        return if x > 0.0 { "Inf" } else { "-Inf" }.to_owned();
    }
    let digits = if x == x.trunc() { 16 } else { (x.abs().log10().floor() + 5.0).clamp(5.0, 16.0) as usize };
    general(x, digits)
}

/// `%.{digits}g`.
pub fn general(x: f64, digits: usize) -> String {
    let template = format!("%.{digits}g");
    let bytes = format::format("assert", template.as_bytes(), &[Value::Num(x)]).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn beep(host: &mut dyn Host) -> Result<Values> {
    let _ = host.out().write_all(b"\x07");
    Ok(smallvec![])
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "error",
        (1, usize::MAX),
        0,
        error,
        "error (TEMPLATE, ...), error (ID, TEMPLATE, ...), error (STRUCT)\n\nEnds what is running with an error, which `try` can catch.\n\n    try, error (\"my:id\", \"value %d\", 3); catch e, disp (e.message); end\n",
    ),
    Builtin::new(
        "warning",
        (0, usize::MAX),
        1,
        warning,
        "warning (TEMPLATE, ...), warning (ID, TEMPLATE, ...), warning (\"on\" | \"off\" | \"error\" | \"query\", ID)\n\nShows a warning on standard error, or says what happens to warnings of an identifier.\n\n    warning (\"off\", \"my:id\");\n",
    ),
    Builtin::new(
        "rethrow",
        (1, 1),
        0,
        |_, a, _| rethrow(a, "rethrow"),
        "rethrow (ERR)\n\nRaises a caught error again.\n\n    try, try, error (\"a:b\", \"x\"); catch e, rethrow (e); end, catch f, disp (f.message); end\n",
    ),
    Builtin::new(
        "throw",
        (1, 1),
        0,
        |_, a, _| rethrow(a, "throw"),
        "throw (ERR)\n\nRaises an error made by MException.\n\n    try, throw (MException (\"a:b\", \"x\")); catch e, disp (e.message); end\n",
    ),
    Builtin::new(
        "MException",
        (2, usize::MAX),
        1,
        exception,
        "MException (ID, TEMPLATE, ...)\n\nAn error to be thrown.\n\n    e = MException (\"a:b\", \"value %d\", 3); disp (e.message)\n",
    ),
    Builtin::new(
        "getReport",
        (1, 1),
        1,
        |_, a, _| report(a),
        "getReport (ERR)\n\nThe text of an error.\n\n    getReport (MException (\"a:b\", \"x\"))\n",
    ),
    Builtin::new(
        "lasterr",
        (0, 2),
        2,
        lasterr,
        "[MSG, ID] = lasterr (), lasterr (MSG, ID)\n\nThe last error that was caught.\n\n    try, error (\"x\"); catch, end, lasterr ()\n",
    ),
    Builtin::new(
        "lastwarn",
        (0, 2),
        2,
        lastwarn,
        "[MSG, ID] = lastwarn (), lastwarn (MSG, ID)\n\nThe last warning.\n\n    lastwarn (\"none yet\"); lastwarn ()\n",
    ),
    Builtin::new(
        "fail",
        (1, 3),
        2,
        fail,
        "fail (CODE), fail (CODE, PATTERN), fail (CODE, \"warning\", PATTERN)\n\nAn error unless CODE fails with a message that matches.\n\n    fail (\"error ('abc')\", \"abc\")\n",
    ),
    Builtin::new("beep", (0, 0), 0, |h, _, _| beep(h), "beep\n\nRings the terminal's bell.\n\n    beep\n"),
];
