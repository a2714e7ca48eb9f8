//! Numbers and words read out of text or a file by a template: `sscanf`, `fscanf`.

use crate::array::{Block, Data, Shape, room};
use crate::builtin::files::streams;
use crate::builtin::text::{all_bytes, bytes, row};
use crate::builtin::{Builtin, Call, Host, Values};
use crate::diag::Result;
use crate::value::Value;
use crate::{bail, fault};
use smallvec::smallvec;

pub const TABLE: &[Builtin] = &[
    Builtin::new("sscanf", (2, 3), usize::MAX, sscanf, SSCANF),
    Builtin::new("fscanf", (2, 3), usize::MAX, fscanf, FSCANF),
];

const SSCANF: &str = "\
`[VAL, COUNT, ERRMSG, POS] = sscanf (STRING, TEMPLATE)`, `sscanf (STRING, TEMPLATE, SIZE)`, `[V1, V2, ...] = sscanf (STRING, TEMPLATE, \"C\")`

Numbers and words read from a text. The template is used again and again until the text ends or does not fit; SIZE
limits and shapes the result.

    sscanf (\"10:20\", \"%d:%d\")'    % 10 20";

const FSCANF: &str = "\
`[VAL, COUNT, ERRMSG] = fscanf (FID, TEMPLATE, SIZE)`, `[V1, V2, ...] = fscanf (FID, TEMPLATE, \"C\")`

As `sscanf`, from a file: what was read is taken from it.

    f = tmpfile (); fputs (f, \"1 2\\n3 4\\n\"); frewind (f); x = fscanf (f, \"%d\", [2 Inf])', fclose (f);
    % x =
    %
    %    1   2
    %    3   4";

/// One element of a template.
#[derive(Debug, PartialEq)]
enum Item {
    /// Any amount of white space, none included.
    Blank,
    Literal(u8),
    Convert {
        kind: Kind,
        width: usize,
        discard: bool,
    },
}

#[derive(Debug, PartialEq)]
enum Kind {
    /// Base 10, 8, 16, or 0 for a base given by the prefix; and the largest number it may give.
    Integer(u32, f64),
    Float,
    Word,
    Chars,
    /// `%[...]`: which bytes it takes.
    Set(Box<[bool; 256]>),
}

/// Reads a template.
///
/// # Errors
/// A conversion nobody knows.
fn template(who: &str, text: &[u8]) -> Result<Vec<Item>> {
    let mut items = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let c = text[at];
        at += 1;
        if c.is_ascii_whitespace() {
            if items.last() != Some(&Item::Blank) {
                items.push(Item::Blank);
            }
            continue;
        }
        if c != b'%' {
            items.push(Item::Literal(c));
            continue;
        }
        if text.get(at) == Some(&b'%') {
            items.push(Item::Literal(b'%'));
            at += 1;
            continue;
        }
        let discard = text.get(at) == Some(&b'*');
        at += usize::from(discard);
        let digits = text[at..].iter().take_while(|c| c.is_ascii_digit()).count();
        let width = std::str::from_utf8(&text[at..at + digits]).ok().and_then(|t| t.parse().ok()).unwrap_or(0);
        at += digits;
        let mut long = false;
        while matches!(text.get(at), Some(b'l' | b'h' | b'L')) {
            long |= text[at] == b'l';
            at += 1;
        }
        // What does not fit the machine's integer becomes the largest that does.
        let signed = if long { i64::MAX as f64 } else { i32::MAX as f64 };
        let unsigned = if long { u64::MAX as f64 } else { u32::MAX as f64 };
        let kind = match text.get(at) {
            Some(b'd') => Kind::Integer(10, signed),
            Some(b'u') => Kind::Integer(10, unsigned),
            Some(b'i') => Kind::Integer(0, signed),
            Some(b'o') => Kind::Integer(8, unsigned),
            Some(b'x' | b'X') => Kind::Integer(16, unsigned),
            Some(b'f' | b'e' | b'g' | b'E' | b'G') => Kind::Float,
            Some(b's') => Kind::Word,
            Some(b'c') => Kind::Chars,
            Some(b'[') => {
                let (set, end) = set(who, text, at + 1)?;
                at = end;
                Kind::Set(set)
            }
            _ => bail!("{who}: invalid format specified"),
        };
        at += 1;
        items.push(Item::Convert { kind, width, discard });
    }
    Ok(items)
}

/// A set from behind its `[`, and where its `]` stands.
pub fn set(who: &str, text: &[u8], mut at: usize) -> Result<(Box<[bool; 256]>, usize)> {
    let negated = text.get(at) == Some(&b'^');
    at += usize::from(negated);
    let start = at;
    let end = text.iter().skip(start + 1).position(|&c| c == b']').map(|p| start + 1 + p);
    let Some(end) = end else { bail!("{who}: invalid format specified") };
    let mut set = Box::new([negated; 256]);
    let mut i = start;
    while i < end {
        let (from, to) = match text.get(i + 1) {
            Some(b'-') if i + 2 < end => (text[i], text[i + 2]),
            _ => (text[i], text[i]),
        };
        (from..=to).for_each(|c| set[usize::from(c)] = !negated);
        i += if from == to && text.get(i + 1) != Some(&b'-') { 1 } else { 3 };
    }
    Ok((set, end))
}

/// What one conversion read.
enum Read {
    Number(f64),
    Text(Vec<u8>),
}

struct Scanner<'a> {
    text: &'a [u8],
    at: usize,
}

impl Scanner<'_> {
    fn skip_blank(&mut self) {
        self.at += self.text[self.at..].iter().take_while(|c| c.is_ascii_whitespace()).count();
    }

    /// One conversion; `None` where the text does not fit.
    fn convert(&mut self, kind: &Kind, width: usize) -> Option<Read> {
        if !matches!(kind, Kind::Chars | Kind::Set(_)) {
            self.skip_blank();
        }
        let rest = &self.text[self.at..];
        let rest = if width > 0 { &rest[..width.min(rest.len())] } else { rest };
        if rest.is_empty() {
            return None;
        }
        let (len, read) = match kind {
            Kind::Integer(base, most) => {
                let (len, x) = integer(rest, *base)?;
                (len, Read::Number(x.clamp(-most - 1.0, *most)))
            }
            Kind::Float => {
                let (len, x) = float(rest)?;
                (len, Read::Number(x))
            }
            Kind::Word => {
                let len = rest.iter().take_while(|c| !c.is_ascii_whitespace()).count();
                (len, Read::Text(rest[..len].to_vec()))
            }
            Kind::Chars => {
                let len = width.max(1).min(rest.len());
                (len, Read::Text(rest[..len].to_vec()))
            }
            Kind::Set(set) => {
                let len = rest.iter().take_while(|&&c| set[usize::from(c)]).count();
                if len == 0 {
                    return None;
                }
                (len, Read::Text(rest[..len].to_vec()))
            }
        };
        self.at += len;
        Some(read)
    }
}

/// An integer at the start of a text: its length and value.
fn integer(text: &[u8], base: u32) -> Option<(usize, f64)> {
    let sign = usize::from(matches!(text.first(), Some(b'+' | b'-')));
    let mut at = sign;
    let mut base = base;
    let prefix = text.get(at) == Some(&b'0') && matches!(text.get(at + 1), Some(b'x' | b'X'));
    if prefix && matches!(base, 0 | 16) && text.get(at + 2).is_some_and(u8::is_ascii_hexdigit) {
        base = 16;
        at += 2;
    } else if base == 0 {
        base = if text.get(at) == Some(&b'0') { 8 } else { 10 };
    }
    let mut x = 0.0;
    let start = at;
    while let Some(digit) = text.get(at).and_then(|&c| (c as char).to_digit(base)) {
        x = x * f64::from(base) + f64::from(digit);
        at += 1;
    }
    (at > start).then_some((at, if text[0] == b'-' { -x } else { x }))
}

/// A decimal number, `Inf`, `NaN` or `NA` at the start of a text: its length and value.
pub fn float(text: &[u8]) -> Option<(usize, f64)> {
    let sign = usize::from(matches!(text.first(), Some(b'+' | b'-')));
    let negative = text.first() == Some(&b'-');
    let rest = &text[sign..];
    for (word, x) in [(&b"inf"[..], f64::INFINITY), (b"nan", f64::NAN), (b"na", f64::NAN)] {
        if rest.len() >= word.len() && rest[..word.len()].eq_ignore_ascii_case(word) {
            return Some((sign + word.len(), if negative { -x } else { x }));
        }
    }
    let digits = |from: usize| text[from..].iter().take_while(|c| c.is_ascii_digit()).count();
    let whole = digits(sign);
    let mut end = sign + whole;
    let mut fraction = 0;
    if text.get(end) == Some(&b'.') {
        fraction = digits(end + 1);
        end += 1 + fraction;
    }
    if whole + fraction == 0 {
        return None;
    }
    if matches!(text.get(end), Some(b'e' | b'E')) {
        let signed = usize::from(matches!(text.get(end + 1), Some(b'+' | b'-')));
        let power = text.get(end + 1 + signed..).map_or(0, |t| t.iter().take_while(|c| c.is_ascii_digit()).count());
        if power == 0 {
            // As C has it: an exponent that was begun must be finished.
            return None;
        }
        end += 1 + signed + power;
    }
    std::str::from_utf8(&text[..end]).ok()?.parse().ok().map(|x| (end, x))
}

/// How many values are wanted, and how they are laid out.
enum Layout {
    Column(usize),
    Rows(usize, usize),
}

fn layout(who: &str, size: Option<&Value>) -> Result<Layout> {
    let Some(size) = size else { return Ok(Layout::Column(usize::MAX)) };
    let block = size.to_block()?;
    let extents: Vec<f64> = (0..block.len()).map(|i| block.data().get_f64(i)).collect();
    let count = |x: f64| if x.is_infinite() { usize::MAX } else { x.max(0.0) as usize };
    match extents[..] {
        [] => Ok(Layout::Column(usize::MAX)),
        [n] => Ok(Layout::Column(count(n))),
        [m, n] if m.is_finite() => Ok(Layout::Rows(count(m), count(n))),
        _ => Err(fault!("{who}: invalid SIZE specification")),
    }
}

fn sscanf(_: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let Some(text) = all_bytes(&args[0]) else { bail!("sscanf: argument STRING must be a string") };
    let (mut values, end) = scanned("sscanf", text, &args[1], args.get(2), call.nargout)?;
    if !by_conversion(args.get(2)) {
        values.push(Value::from(end + 1));
    }
    Ok(values)
}

fn fscanf(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let stream = streams::source(host, "fscanf", &args[0])?;
    let read = stream.rest().map(|_| ());
    streams::noted(stream, "fscanf", read);
    let (values, end) = scanned("fscanf", stream.waiting(), &args[1], args.get(2), call.nargout)?;
    stream.ended |= end == stream.waiting().len();
    stream.take(end);
    Ok(values)
}

/// Whether each conversion is to be a result of its own.
fn by_conversion(size: Option<&Value>) -> bool {
    size.and_then(Value::to_text).is_some_and(|t| t == "C")
}

/// What a template reads from a text, how often, a message, and where it stopped.
fn scanned(who: &str, text: &[u8], format: &Value, size: Option<&Value>, nargout: usize) -> Result<(Values, usize)> {
    let Some(format) = bytes(format) else { bail!("{who}: format TEMPLATE must be a string") };
    let items = template(who, format)?;
    let mut scanner = Scanner { text, at: 0 };
    if by_conversion(size) {
        let values = one_by_one(who, &items, &mut scanner, nargout);
        return Ok((values, scanner.at));
    }
    let layout = layout(who, size)?;
    let most = match layout {
        Layout::Column(n) => n,
        Layout::Rows(m, n) => m.saturating_mul(n),
    };
    let mut values: Vec<f64> = Vec::new();
    let mut all_text = true;
    let mut count = 0;
    let mut failed = false;
    let converts = items.iter().any(|item| matches!(item, Item::Convert { .. }));
    'again: while converts && values.len() < most && scanner.at < text.len() {
        let before = scanner.at;
        for item in &items {
            if values.len() >= most {
                break 'again;
            }
            match item {
                Item::Blank => scanner.skip_blank(),
                Item::Literal(c) if text.get(scanner.at) == Some(c) => scanner.at += 1,
                Item::Literal(_) => {
                    failed = scanner.at < text.len();
                    break 'again;
                }
                Item::Convert { kind, width, discard } => match scanner.convert(kind, *width) {
                    None => {
                        failed = scanner.at < text.len();
                        break 'again;
                    }
                    Some(_) if *discard => {}
                    Some(Read::Number(x)) => {
                        all_text = false;
                        count += 1;
                        values.push(x);
                    }
                    Some(Read::Text(word)) => {
                        count += 1;
                        values.extend(word.into_iter().map(f64::from));
                    }
                },
            }
        }
        if scanner.at == before {
            break;
        }
    }
    let only_text = items
        .iter()
        .all(|item| !matches!(item, Item::Convert { kind: Kind::Integer(..) | Kind::Float, discard: false, .. }));
    let shape = match layout {
        Layout::Rows(m, _) if m > 0 => {
            let columns = values.len().div_ceil(m);
            room::check(&Shape::matrix(m, columns), size_of::<f64>())?;
            values.resize(m * columns, 0.0);
            Shape::matrix(m, columns)
        }
        _ if all_text && only_text => Shape::matrix(usize::from(!values.is_empty()), values.len()),
        _ => Shape::matrix(values.len(), 1),
    };
    let value = if all_text && only_text {
        let text = values.iter().map(|&x| x as u8).collect();
        crate::builtin::text::shaped(shape, text)
    } else {
        Value::block(Block::dense(shape, Data::F64(values)))
    };
    let message = if failed { format!("{who}: format failed to match") } else { String::new() };
    Ok((smallvec![value, Value::from(count as usize), row(message)], scanner.at))
}

/// Each conversion as a result of its own, then the number of conversions and a message.
fn one_by_one(who: &str, items: &[Item], scanner: &mut Scanner, nargout: usize) -> Values {
    let mut out = Values::new();
    let mut count = 0usize;
    let mut fits = true;
    for item in items {
        match item {
            Item::Blank => scanner.skip_blank(),
            Item::Literal(c) => {
                fits = fits && scanner.text.get(scanner.at) == Some(c);
                scanner.at += usize::from(fits);
            }
            Item::Convert { kind, width, discard } => {
                let read = if fits { scanner.convert(kind, *width) } else { None };
                fits = read.is_some();
                match read {
                    _ if *discard => {}
                    None => out.push(Value::empty()),
                    Some(read) => {
                        count += 1;
                        out.push(match read {
                            Read::Number(x) => Value::Num(x),
                            Read::Text(word) => row(word),
                        });
                    }
                }
            }
        }
    }
    out.push(Value::from(count));
    out.push(row(if fits { String::new() } else { format!("{who}: format failed to match") }));
    out.truncate(nargout.max(1));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        assert_eq!(float(b"-1.5e3x"), Some((6, -1500.0)));
        assert_eq!(float(b"1e"), None);
        assert_eq!(float(b".5."), Some((2, 0.5)));
        assert_eq!(integer(b"-077", 0), Some((4, -63.0)));
        assert_eq!(integer(b"0x1F", 16), Some((4, 31.0)));
        assert_eq!(integer(b"x", 10), None);
    }

    #[test]
    fn templates() {
        assert_eq!(template("sscanf", b"a %*3d").unwrap().len(), 3);
        assert!(template("sscanf", b"%q").is_err());
        let Ok((set, 4)) = set("sscanf", b"[a-c]", 1) else { panic!() };
        assert!(set[usize::from(b'b')] && !set[usize::from(b'd')]);
    }
}
