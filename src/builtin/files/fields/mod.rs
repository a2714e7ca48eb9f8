//! Text of rows and fields as columns: `textscan`, `strread`, `textread`.

mod format;
mod reader;

use super::streams;
use crate::array::{Block, DType, Data, Shape};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{flag, one, several, text as text_of};
use crate::builtin::text::{all_bytes, cell_column, cell_row, lossy, row, strings};
use crate::diag::Result;
use crate::value::convert::to_dtype;
use crate::value::{Value, escape};
use crate::{bail, fault};
use format::{Item, Kind};
use reader::{Column, Reader, Rules};

pub const TABLE: &[Builtin] = &[
    Builtin::new("textscan", (1, usize::MAX), 3, textscan, TEXTSCAN),
    Builtin::new("strread", (1, usize::MAX), usize::MAX, strread, STRREAD),
    Builtin::new("textread", (1, usize::MAX), usize::MAX, textread, TEXTREAD),
];

const TEXTSCAN: &str = "\
`C = textscan (FID, FORMAT, REPEAT, OPTION, VALUE, ...)`, `textscan (STRING, FORMAT, ...)`, `[C, POSITION] = textscan (...)`

The fields of a file or a text as a row of columns, one for each conversion of FORMAT: `%f`, `%n`, `%d`, `%u` (with a
number of bits: `%d8`, `%f32`) for numbers, `%s` for words, `%q` for words that may be quoted, `%c`, `%[a-z]` and
`%[^,]` for characters; `%*` reads without a column, and other text must stand as it is. Blanks and ends of lines
separate fields, or what the option `Delimiter` says. Other options: `HeaderLines`, `CommentStyle`, `EmptyValue`,
`TreatAsEmpty`, `MultipleDelimsAsOne`, `CollectOutput`, `EndOfLine`, `Whitespace`, `ReturnOnError`.

    c = textscan (sprintf (\"a,1\\nb,2\\n\"), \"%s %f\", \"Delimiter\", \",\");
    c{2}'
    % ans =
    %
    %    1   2";

const STRREAD: &str = "\
`[A, B, ...] = strread (STRING, FORMAT, OPTION, VALUE, ...)`

As `textscan`, with each column as a result of its own.

    [name, x] = strread (\"a 1 b 2\", \"%s %f\"); x'
    % ans =
    %
    %    1   2";

const TEXTREAD: &str = "\
`[A, B, ...] = textread (NAME, FORMAT, OPTION, VALUE, ...)`

As `strread`, from a file.

    name = tempname (); f = fopen (name, \"w\"); fprintf (f, \"%d %d\\n\", 1:4); fclose (f);
    [a, b] = textread (name, \"%f %f\"); b', unlink (name);
    % ans =
    %
    %    2   4";

/// All that the options say.
struct Request {
    rules: Rules,
    header_lines: usize,
    collect: bool,
}

/// A text or the texts of an option, with their escapes replaced.
fn texts(who: &str, name: &str, value: &Value) -> Result<Vec<Vec<u8>>> {
    let list = strings(value).ok_or_else(|| fault!("{who}: {name} must be a string or cell array of strings"))?;
    Ok(list.iter().map(|text| escape::unescape(text, &mut |_| {})).collect())
}

fn comments(who: &str, value: &Value) -> Result<Vec<(Vec<u8>, Option<Vec<u8>>)>> {
    let styles = texts(who, "CommentStyle", value)?;
    let known = |start: &[u8]| (start.to_vec(), None);
    Ok(match &styles[..] {
        [style] => match style.as_slice() {
            b"shell" => vec![known(b"#")],
            b"c++" => vec![known(b"//")],
            b"c" => vec![(b"/*".to_vec(), Some(b"*/".to_vec()))],
            b"matlab" => vec![known(b"%")],
            other => vec![known(other)],
        },
        [start, end] => vec![(start.clone(), Some(end.clone()))],
        _ => bail!("{who}: CommentStyle must be either a string or cell array of one or two strings"),
    })
}

impl Request {
    fn read(who: &str, options: &[Value]) -> Result<Request> {
        let rules = Rules {
            delimiters: Vec::new(),
            blanks: b" \x08\t".to_vec(),
            line_end: None,
            comments: Vec::new(),
            empty: f64::NAN,
            empty_words: Vec::new(),
            merge: false,
            lenient: true,
        };
        let mut request = Request { rules, header_lines: 0, collect: false };
        if !options.len().is_multiple_of(2) {
            bail!("{who}: {} parameters given, but only {} values", options.len().div_ceil(2), options.len() / 2);
        }
        for pair in options.chunks(2) {
            let Some(name) = pair[0].to_text() else {
                bail!("{who}: Invalid parameter type <{}> for parameter {}", pair[0].class(), 1);
            };
            request.option(who, &name, &pair[1])?;
        }
        Ok(request)
    }

    fn option(&mut self, who: &str, name: &str, value: &Value) -> Result<()> {
        let rules = &mut self.rules;
        let number = || value.to_f64().ok_or_else(|| fault!("{who}: {name} must be a number"));
        match name.to_lowercase().as_str() {
            "delimiter" => {
                let written = strings(value).unwrap_or_default();
                // A text is a list of characters, a cell array one of texts.
                rules.delimiters = match value {
                    Value::Cell(_) => texts(who, name, value)?,
                    _ => texts(who, name, value)?.concat().into_iter().map(|c| vec![c]).collect(),
                };
                // What separates is no blank, but for the space. One that is spelled out as an escape stays a blank, too.
                rules.blanks.retain(|c| *c == b' ' || !written.iter().any(|text| text.contains(c)));
            }
            "whitespace" => rules.blanks = texts(who, name, value)?.concat(),
            "endofline" => rules.line_end = texts(who, name, value)?.into_iter().next(),
            "commentstyle" => rules.comments = comments(who, value)?,
            "emptyvalue" => rules.empty = number()?,
            "treatasempty" => rules.empty_words = texts(who, name, value)?,
            "multipledelimsasone" => rules.merge = flag(value),
            "returnonerror" => rules.lenient = flag(value),
            "collectoutput" => self.collect = flag(value),
            "headerlines" => self.header_lines = number()? as usize,
            "bufsize" | "expchars" | "datelocale" => {}
            _ => bail!("{who}: unrecognized option '{name}'"),
        }
        Ok(())
    }

    /// The columns of a text, and where reading stopped.
    fn columns(&self, who: &str, text: &[u8], format: Option<&[u8]>, rows: usize) -> Result<(Vec<Value>, usize)> {
        let mut reader = Reader { text, at: 0, rules: &self.rules };
        for _ in 0..self.header_lines {
            if !reader.skip_line() {
                break;
            }
        }
        let items = match format {
            None => vec![Item::number()],
            Some([]) => vec![Item::number(); reader.fields_of_line().max(1)],
            Some(format) => format::parse(who, format)?,
        };
        let columns = reader.rows(who, &items, rows)?;
        let nothing = columns.iter().all(|column| length(column) == 0);
        let kinds = items.iter().filter(|item| item.is_kept()).map(|item| &item.kind);
        let mut values: Vec<Value> = kinds.zip(columns).map(|(kind, column)| finished(kind, column, nothing)).collect();
        if self.collect {
            values = collected(values);
        }
        Ok((values, reader.at))
    }
}

fn length(column: &Column) -> usize {
    match column {
        Column::Numbers(list) => list.len(),
        Column::Texts(list) => list.len(),
    }
}

/// A column as a value; one that got nothing is 0x0 where others got something.
fn finished(kind: &Kind, column: Column, nothing: bool) -> Value {
    match column {
        Column::Texts(list) if matches!(kind, Kind::Chars(_)) => crate::builtin::text::matrix(&list),
        Column::Texts(list) => cell_column(list.into_iter().map(row).collect()),
        Column::Numbers(list) => {
            let dtype = if let Kind::Number(dtype) = kind { *dtype } else { DType::F64 };
            let shape = Shape::matrix(list.len(), usize::from(nothing || !list.is_empty()));
            let complex = list.iter().any(|z| z.im != 0.0) && dtype.is_float();
            let block = if complex {
                Block::dense(shape, Data::C64(list))
            } else {
                Block::dense(shape, Data::F64(list.iter().map(|z| z.re).collect()))
            };
            let target = match (complex, dtype) {
                (true, DType::F32) => DType::C32,
                (true, _) => DType::C64,
                (false, dtype) => dtype,
            };
            Value::block(if block.dtype() == target { block } else { to_dtype(&block, target) })
        }
    }
}

/// Neighbours of the same class and height in one matrix.
fn collected(values: Vec<Value>) -> Vec<Value> {
    let mut out: Vec<Value> = Vec::new();
    for value in values {
        if let Some(last) = out.last_mut()
            && last.class() == value.class()
            && last.shape().rows() == value.shape().rows()
            && let Ok(joined) = crate::value::concat::hcat(&[last.clone(), value.clone()])
        {
            *last = joined;
            continue;
        }
        out.push(value);
    }
    out
}

/// FORMAT and REPEAT before the options.
fn leading<'a>(who: &str, args: &'a [Value]) -> Result<(Option<Vec<u8>>, usize, &'a [Value])> {
    const OPTIONS: [&str; 14] = [
        "delimiter",
        "whitespace",
        "endofline",
        "commentstyle",
        "emptyvalue",
        "treatasempty",
        "multipledelimsasone",
        "returnonerror",
        "collectoutput",
        "headerlines",
        "bufsize",
        "expchars",
        "datelocale",
        "",
    ];
    let mut rest = args;
    let mut format = None;
    if let Some(first) = rest.first() {
        let is_option = |t: &str| !t.is_empty() && OPTIONS.contains(&t.to_lowercase().as_str());
        match all_bytes(first) {
            Some(_) if rest.len().is_multiple_of(2) && first.to_text().is_some_and(|t| is_option(&t)) => {}
            Some(text) => {
                format = Some(escape::unescape(text, &mut |_| {}));
                rest = &rest[1..];
            }
            None => bail!("{who}: FORMAT must be a string"),
        }
    }
    let mut rows = usize::MAX;
    if let Some(count) = rest.first().filter(|v| all_bytes(v).is_none()) {
        let count = count.to_f64().ok_or_else(|| fault!("{who}: REPEAT = {} is too large", count.class()))?;
        rows = if count < 0.0 || count.is_infinite() { usize::MAX } else { count as usize };
        rest = &rest[1..];
    }
    Ok((format, rows, rest))
}

fn textscan(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (format, rows, options) = leading("textscan", &args[1..])?;
    let request = Request::read("textscan", options)?;
    if let Some(text) = all_bytes(&args[0]) {
        let (values, end) = request.columns("textscan", text, format.as_deref(), rows)?;
        return several([cell_row(values), end.into(), "".into()]);
    }
    let stream = streams::source(host, "textscan", &args[0])?;
    let read = stream.rest().map(|_| ());
    streams::noted(stream, "textscan", read);
    let (values, end) = request.columns("textscan", stream.waiting(), format.as_deref(), rows)?;
    stream.ended |= end == stream.waiting().len();
    stream.take(end);
    let position = stream.position();
    let position = streams::noted(stream, "textscan", position).map_or(-1.0, |x| x as f64);
    several([cell_row(values), position.into(), "".into()])
}

/// The columns of a text, each a result.
fn columns_of(who: &str, text: &[u8], args: &[Value], call: Call) -> Result<Values> {
    let (format, rows, options) = leading(who, args)?;
    let request = Request::read(who, options)?;
    let (values, _) = request.columns(who, text, format.as_deref(), rows)?;
    if values.len() < call.nargout {
        bail!("{who}: too many output arguments for FORMAT");
    }
    match values.len() {
        0 => one(Value::empty()),
        _ => Ok(values.into_iter().collect()),
    }
}

fn strread(_: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let Some(text) = all_bytes(&args[0]) else { bail!("strread: argument STR must be a string") };
    columns_of("strread", text, &args[1..], call)
}

fn textread(_: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let name = text_of("textread", "FILENAME", &args[0])?;
    match std::fs::read(&name) {
        Ok(text) => columns_of("textread", &text, &args[1..], call),
        Err(_) => Err(fault!("textread: could not open '{}' for reading", lossy(name.as_bytes()))),
    }
}
