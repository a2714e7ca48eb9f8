//! Printing: values as they are shown, templates filled with values, and how numbers look.

use crate::builtin::api::{Builtin, Call, Host, NumberFormat, Settings, Values};
use crate::builtin::args::usage;
use crate::builtin::files::streams;
use crate::builtin::large::words::shown_whole;
use crate::builtin::ops::lazy::in_memory;
use crate::builtin::text::{self, all_bytes};
use crate::diag::{Result, interrupt};
use crate::value::{Lazy, Quote, Value, display, escape, format};
use crate::{bail, fault};
use smallvec::smallvec;
use std::io::Write;

pub const TABLE: &[Builtin] = &[
    Builtin::new("disp", (1, 1), 1, disp, DISP).minds_complex(),
    Builtin::new("display", (1, 1), 0, display_named, DISPLAY).minds_complex(),
    Builtin::new("fdisp", (2, 2), 0, fdisp, FDISP),
    Builtin::new("printf", (1, usize::MAX), 1, printf, PRINTF).minds_complex(),
    Builtin::new("fprintf", (1, usize::MAX), 1, fprintf, FPRINTF).minds_complex(),
    Builtin::new("sprintf", (1, usize::MAX), 1, sprintf, SPRINTF).minds_complex(),
    Builtin::new("puts", (1, 1), 1, puts, PUTS),
    Builtin::new("fputs", (2, 2), 1, fputs, FPUTS),
    Builtin::new("stdout", (0, 0), 1, |_, _, _| Ok(smallvec![Value::Num(1.0)]), STDOUT),
    Builtin::new("stderr", (0, 0), 1, |_, _, _| Ok(smallvec![Value::Num(2.0)]), STDERR),
    Builtin::new("format", (0, usize::MAX), 3, number_format, FORMAT),
    Builtin::new("output_precision", (0, 1), 1, output_precision, OUTPUT_PRECISION),
];

const DISP: &str = "\
`disp (X)`, `STR = disp (X)`

Prints a value without its name, or gives the text that would be printed.

    disp ([1 2; 3 4])
    %    1   2
    %    3   4";

const DISPLAY: &str = "\
`display (X)`

Prints a value as a statement without semicolon does: with its name where it is a variable.

    x = 5;
    display (x)    % x = 5";

const FDISP: &str = "\
`fdisp (FID, X)`

Prints a value without its name to a stream.

    fdisp (stdout, pi)    % 3.1416";

const PRINTF: &str = "\
`printf (TEMPLATE, ...)`, `N = printf (TEMPLATE, ...)`

Prints a template filled with the elements of the arguments; the template is used again while elements are left.
Gives the number of bytes printed.

    printf (\"%d is %s\\n\", 1, \"one\", 2, \"two\")
    % 1 is one
    % 2 is two";

const FPRINTF: &str = "\
`fprintf (TEMPLATE, ...)`, `fprintf (FID, TEMPLATE, ...)`, `N = fprintf (...)`

As `printf`, to a stream: 1 is standard output, 2 standard error.

    fprintf (1, \"%5.2f|\\n\", pi)    %  3.14|";

const SPRINTF: &str = "\
`STR = sprintf (TEMPLATE, ...)`

The text `printf` would print.

    sprintf (\"%d,\", [1 2 3])    % ans = 1,2,3,";

const PUTS: &str = "\
`puts (STR)`, `STATUS = puts (STR)`

Prints text as it is. The status is 0, or -1 for what is no text.

    puts (\"100% done\\n\");    % 100% done";

const FPUTS: &str = "\
`fputs (FID, STR)`, `STATUS = fputs (FID, STR)`

Prints text as it is to a stream.

    fputs (stdout, \"done\\n\");    % done";

const STDOUT: &str = "\
`stdout ()`

The number of standard output, for `fprintf` and kin.

    fputs (stdout, \"to the terminal\\n\");    % to the terminal";

const STDERR: &str = "\
`stderr ()`

The number of standard error, for `fprintf` and kin.

    fprintf (stderr, \"careful\\n\")";

const FORMAT: &str = "\
`format`, `format short`, `format long`, `format short g`, `format long g`, `format short e`, `format long e`

How numbers are shown: 5 significant digits or 16, with `e` always with an exponent, with `g` each number in the
shorter form. Without a word the first look is back; with results, gives the current one.

    format long
    pi    % ans = 3.141592653589793";

const OUTPUT_PRECISION: &str = "\
`output_precision ()`, `OLD = output_precision (DIGITS)`

How many significant digits are shown, 0 to 16.

    output_precision (8)
    pi    % ans = 3.1415927";

/// Text of a template argument with its escapes replaced: double quotes did so when they were read.
fn template(host: &mut dyn Host, who: &str, value: &Value) -> Result<Vec<u8>> {
    let value = &host.gather(value)?;
    let Value::Char(block, quote) = value else { bail!("{who}: format TEMPLATE must be a string") };
    let mut text = all_bytes(value).unwrap_or_default().to_vec();
    let rows = block.shape().rows();
    if rows > 1 {
        host.warn("", "multi-row character matrix converted to a string, only the first row is used");
        text = text.into_iter().step_by(rows).collect();
    }
    Ok(match quote {
        Quote::Double => text,
        Quote::Single => escape::unescape(&text, &mut |slip| host.warn("", &slip)),
    })
}

/// A template (`args[0]`) filled with the other arguments, as `printf` prints it; `who` names the function in
/// complaints.
pub fn filled(host: &mut dyn Host, who: &str, args: &[Value]) -> Result<Vec<u8>> {
    let template = template(host, who, &args[0])?;
    if !args.iter().any(|arg| matches!(arg, Value::Lazy(_))) {
        return format::format_while(who, &template, &args[1..], &mut || host.check_interrupt());
    }
    let values = args[1..].iter().map(|arg| host.gather(arg)).collect::<Result<Vec<Value>>>()?;
    format::format_while(who, &template, &values, &mut || host.check_interrupt())
}

/// Writes to standard output.
fn write(host: &mut dyn Host, bytes: &[u8]) -> Result<()> {
    host.out().write_all(bytes).map_err(|error| fault!("cannot write the output: {error}"))
}

/// Writes to the file of a number; whether that went well. On standard error, what was printed before comes before.
fn write_to(host: &mut dyn Host, who: &str, fid: &Value, bytes: &[u8]) -> Result<bool> {
    if let Some(file) = streams::file(host, who, fid)? {
        let written = file.write(bytes);
        return Ok(streams::noted(file, who, written).is_some());
    }
    if streams::number(host, who, fid)? == 1 {
        return write(host, bytes).map(|()| true);
    }
    let written = host.out().flush().and_then(|()| std::io::stderr().write_all(bytes));
    written.map(|()| true).map_err(|error| fault!("cannot write the output: {error}"))
}

/// Text in memory that can be interrupted while it grows.
struct Growing(Vec<u8>);

impl std::io::Write for Growing {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        interrupt::poll();
        text::extend(&mut self.0, bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The text of a value without its name. A lazy array too large for memory is only named.
fn shown(host: &mut dyn Host, value: &Value) -> Result<Vec<u8>> {
    let limit = u128::from(host.settings().dense_limit);
    let small = |array: &Lazy| array.bytes() <= limit || shown_whole(array);
    let value = in_memory(host, value, &small)?;
    let mut out = Growing(Vec::new());
    display::disp(&value, host.settings(), &mut out).map_err(|error| fault!("cannot write the output: {error}"))?;
    Ok(out.0)
}

fn disp(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let shown = shown(host, &args[0])?;
    if call.nargout > 0 {
        return Ok(smallvec![text::row(shown)]);
    }
    write(host, &shown)?;
    Ok(Values::new())
}

fn fdisp(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let shown = shown(host, &args[1])?;
    write_to(host, "fdisp", &args[0], &shown)?;
    Ok(Values::new())
}

fn display_named(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let source = host.sources().slice(call.span).to_owned();
    let name = argument(&source).filter(|name| host.variable(name).is_some());
    let Some(name) = name else { return disp(host, args, Call { nargout: 0, ..call }) };
    let mut out = Growing(Vec::new());
    let value = in_memory(host, &args[0], &shown_whole)?;
    display::display(name, &value, host.settings(), &mut out)
        .map_err(|error| fault!("cannot write the output: {error}"))?;
    write(host, &out.0)?;
    Ok(Values::new())
}

/// The name between the parentheses of a call, where nothing but a name stands there.
fn argument(call: &str) -> Option<&str> {
    let (_, rest) = call.split_once('(')?;
    let name = rest.trim_end().strip_suffix(')')?.trim();
    let word = name.bytes().all(|c| c == b'_' || c.is_ascii_alphanumeric());
    (word && name.starts_with(|c: char| c == '_' || c.is_ascii_alphabetic())).then_some(name)
}

fn sprintf(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    Ok(smallvec![text::row_or_1x0(filled(host, "sprintf", args)?)])
}

fn printf(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let text = filled(host, "printf", args)?;
    write(host, &text)?;
    Ok(count(text.len(), call))
}

fn fprintf(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let stdout = Value::Num(1.0);
    let (fid, args) = match &args[0] {
        Value::Char(..) => (&stdout, args),
        _ if args.len() == 1 => return Err(usage("fprintf")),
        fid => (fid, &args[1..]),
    };
    let text = filled(host, "fprintf", args)?;
    write_to(host, "fprintf", fid, &text)?;
    Ok(count(text.len(), call))
}

/// The number of bytes, for who asks.
fn count(bytes: usize, call: Call) -> Values {
    if call.nargout > 0 { smallvec![Value::from(bytes)] } else { Values::new() }
}

fn puts(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    put(host, "puts", &Value::Num(1.0), &args[0])
}

fn fputs(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    put(host, "fputs", &args[0], &args[1])
}

fn put(host: &mut dyn Host, who: &str, fid: &Value, value: &Value) -> Result<Values> {
    let Some(text) = all_bytes(value) else { return Ok(smallvec![Value::Num(-1.0)]) };
    let done = write_to(host, who, fid, text)?;
    Ok(smallvec![Value::Num(if done { 0.0 } else { -1.0 })])
}

/// `format WORD ...`; every word is understood before any takes effect.
fn number_format(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let settings = host.settings();
    if call.nargout > 0 && args.is_empty() {
        let spacing = if settings.compact { "compact" } else { "loose" };
        let names = [name(settings), spacing, "lowercase"];
        return Ok(names.into_iter().take(call.nargout).map(Value::from).collect());
    }
    let (mut precision, mut notation, mut compact) = (settings.precision, settings.format, settings.compact);
    if args.is_empty() {
        (precision, notation, compact) = (Settings::SHORT, NumberFormat::Fixed, false);
    }
    for arg in args {
        let Some(word) = arg.to_text() else { bail!("format: arguments must be strings") };
        let lower = word.to_ascii_lowercase();
        match lower.as_str() {
            "loose" => compact = false,
            "compact" => compact = true,
            "short" => (precision, notation) = (Settings::SHORT, NumberFormat::Fixed),
            "long" => (precision, notation) = (Settings::LONG, NumberFormat::Fixed),
            "g" => notation = NumberFormat::General,
            "e" => notation = NumberFormat::Exponent,
            "shortg" => (precision, notation) = (Settings::SHORT, NumberFormat::General),
            "longg" => (precision, notation) = (Settings::LONG, NumberFormat::General),
            "shorte" => (precision, notation) = (Settings::SHORT, NumberFormat::Exponent),
            "longe" => (precision, notation) = (Settings::LONG, NumberFormat::Exponent),
            _ => bail!("format: unrecognized format state '{word}'"),
        }
    }
    let settings = host.settings_mut();
    (settings.precision, settings.format, settings.compact) = (precision, notation, compact);
    Ok(Values::new())
}

/// The word that would bring this look back.
fn name(settings: &Settings) -> &'static str {
    let long = settings.precision > Settings::SHORT;
    match (settings.format, long) {
        (NumberFormat::Fixed, false) => "short",
        (NumberFormat::Fixed, true) => "long",
        (NumberFormat::General, false) => "shortg",
        (NumberFormat::General, true) => "longg",
        (NumberFormat::Exponent, false) => "shorte",
        (NumberFormat::Exponent, true) => "longe",
    }
}

fn output_precision(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let old = Value::from(host.settings().precision);
    if let Some(value) = args.first() {
        let Some(digits) = value.to_f64().filter(|_| !matches!(value, Value::Char(..))) else {
            bail!("output_precision: argument must be an integer value");
        };
        if digits > Settings::LONG as f64 {
            bail!("output_precision: arg must be less than or equal to 16");
        }
        if digits.is_nan() || digits < 0.0 {
            bail!("output_precision: arg must be greater than or equal to 0");
        }
        host.settings_mut().precision = digits as usize;
        if call.nargout == 0 {
            return Ok(Values::new());
        }
    }
    Ok(smallvec![old])
}
