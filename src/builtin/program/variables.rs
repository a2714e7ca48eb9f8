//! The variables of the current scope: what there is, what is known of a name, and clearing.

use crate::array::DType;
use crate::builtin::api::{Builtin, Call, FunctionKind, Host, Values, Variable};
use crate::builtin::files::wildcard::fits;
use crate::diag::Result;
use crate::syntax::token::Keyword;
use crate::value::{Cell, Value};
use crate::{bail, fault};
use smallvec::smallvec;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "clear",
        (0, usize::MAX),
        0,
        clear,
        "clear\nclear NAME ...\nclear -x NAME ...\nclear -regexp PATTERN\n\nRemoves variables: all of them, those named (`*` and `?` stand for any text), \
         or with -x all others.\n\n    x = 1; clear x; exist (\"x\")\n    % ans = 0\n",
    ),
    Builtin::new(
        "clearvars",
        (0, usize::MAX),
        0,
        clear,
        "clearvars NAME ...\n\nRemoves variables, as clear does.\n\n    x = 1; clearvars x; exist (\"x\")\n    % ans = 0\n",
    ),
    Builtin::new(
        "exist",
        (1, 2),
        1,
        exist,
        "exist (NAME)\nexist (NAME, \"var\"), exist (NAME, \"builtin\"), exist (NAME, \"file\"), exist (NAME, \"dir\")\n\nWhat a name is: 1 a variable, 2 a \
         file or a function in one, 5 a builtin function, 7 a directory, 103 a function of the program, 0 nothing.\n\n    exist (\"sin\")\n    % ans = 5\n",
    ),
    Builtin::new(
        "isvarname",
        (1, 1),
        1,
        isvarname,
        "isvarname (NAME)\n\nWhether a variable could have this name.\n\n    isvarname (\"a1\")\n    % ans = 1\n",
    ),
    Builtin::new(
        "isglobal",
        (1, 1),
        1,
        isglobal,
        "isglobal (NAME)\n\nWhether a variable of this name is global here.\n\n    global g; isglobal (\"g\")\n    % ans = 1\n",
    ),
    Builtin::new(
        "who",
        (0, usize::MAX),
        1,
        who,
        "who\nC = who\nwho NAME ...\n\nThe names of the variables of the current scope.\n\n    x = 1; any (strcmp (who, \"x\"))\n    % ans = 1\n",
    ),
    Builtin::new(
        "whos",
        (0, usize::MAX),
        0,
        whos,
        "whos\nwhos NAME ...\n\nThe variables of the current scope with size, bytes and class. A large array that waits to be computed is marked l, \
         and its chunks are shown.\n\n    x = 1; whos x\n",
    ),
];

/// Least widths of the columns of `whos`: names, sizes before and from their first `x`, bytes.
const LEAST_NAME: usize = 6;
const LEAST_FRONT: usize = 5;
const LEAST_BACK: usize = 15;
const BYTES: usize = 12;

/// Whether a variable could have this name.
pub fn is_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
        && Keyword::from_word(name).is_none()
        && !matches!(name, "__FILE__" | "__LINE__")
}

fn words(args: &[Value], who: &str) -> Result<Vec<String>> {
    args.iter().map(|arg| arg.to_text().ok_or_else(|| fault!("{who}: all arguments must be strings"))).collect()
}

fn clear(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let words = words(args, "clear")?;
    let (options, names): (Vec<&String>, Vec<&String>) = words.iter().partition(|word| word.starts_with('-'));
    let has = |short: &str, long: &str| options.iter().any(|option| *option == short || *option == long);
    if has("-f", "-functions") {
        return Ok(Values::new());
    }
    if has("-r", "-regexp") {
        let patterns: Result<Vec<fancy_regex::Regex>> = names
            .iter()
            .map(|name| fancy_regex::Regex::new(name).map_err(|error| fault!("clear: bad pattern '{name}': {error}")))
            .collect();
        let patterns = patterns?;
        host.clear_variables(&|name| patterns.iter().any(|pattern| pattern.is_match(name).unwrap_or(false)));
        return Ok(Values::new());
    }
    let all = names.is_empty() || (names.len() == 1 && matches!(names[0].as_str(), "all" | "variables"));
    let others = has("-x", "-exclusive");
    host.clear_variables(&|name| all || names.iter().any(|pattern| fits(pattern, name)) != others);
    Ok(Values::new())
}

fn exist(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Some(name) = args[0].to_text() else {
        // Nothing is of no name; what is no text at all is a slip.
        if args[0].is_empty() || matches!(args[0], Value::Char(..)) || args[0].dtype().is_some() {
            return Ok(smallvec![Value::Num(0.0)]);
        }
        bail!("exist: NAME must be a string")
    };
    if args.get(1).is_some_and(|kind| kind.to_text().is_none_or(|text| text.is_empty())) {
        return Ok(smallvec![Value::Num(0.0)]);
    }
    let kind = args.get(1).map(|kind| kind.to_text().unwrap_or_default());
    if !matches!(kind.as_deref(), None | Some("var" | "builtin" | "file" | "dir")) {
        bail!("exist: unrecognized type argument \"{}\"", kind.unwrap_or_default());
    }
    let asked = |what: &str| kind.is_none() || kind.as_deref() == Some(what);
    let path = Path::new(&name);
    let code = if asked("var") && host.variable(&name).is_some() {
        1
    } else {
        match host.function_kind(&name) {
            Some(FunctionKind::Defined) if kind.is_none() => 103,
            Some(FunctionKind::File) if asked("file") => 2,
            Some(FunctionKind::Builtin) if asked("builtin") => 5,
            _ if (asked("dir") || asked("file")) && path.is_dir() => 7,
            _ if asked("file") && path.is_file() => 2,
            _ => 0,
        }
    };
    Ok(smallvec![Value::Num(f64::from(code))])
}

fn isvarname(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    Ok(smallvec![Value::Bool(args[0].to_text().is_some_and(|name| is_name(&name)))])
}

fn isglobal(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Some(name) = args[0].to_text() else { bail!("isglobal: NAME must be a string") };
    let global = host.variables().iter().any(|variable| *variable.name == name && variable.global);
    Ok(smallvec![Value::Bool(global)])
}

/// The variables that fit one of the patterns; all without patterns.
fn listed(host: &mut dyn Host, args: &[Value], who: &str) -> Result<Vec<Variable>> {
    let patterns = words(args, who)?;
    let mut variables = host.variables();
    variables.retain(|variable| patterns.is_empty() || patterns.iter().any(|pattern| fits(pattern, &variable.name)));
    Ok(variables)
}

fn who(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let variables = listed(host, args, "who")?;
    if call.nargout > 0 {
        let names = variables.iter().map(|variable| Value::text(&variable.name)).collect();
        return Ok(smallvec![Value::Cell(Arc::new(Cell::column(names)))]);
    }
    if variables.is_empty() {
        return Ok(Values::new());
    }
    let width = variables.iter().map(|variable| variable.name.len()).max().unwrap_or(0) + 2;
    let columns = (host.settings().columns / width).max(1);
    let rows = variables.len().div_ceil(columns);
    let mut text = String::from("Variables visible from the current scope:\n\n");
    for row in 0..rows {
        let cells: Vec<&str> = variables.iter().skip(row).step_by(rows).map(|variable| &*variable.name).collect();
        let line: String = cells.iter().map(|name| format!("{name:width$}")).collect();
        text += line.trim_end();
        text.push('\n');
    }
    print(host, &(text + "\n"))
}

fn print(host: &mut dyn Host, text: &str) -> Result<Values> {
    host.out().write_all(text.as_bytes()).map_err(|error| fault!("cannot write the output: {error}"))?;
    Ok(Values::new())
}

/// Bytes of a value's elements; of a lazy array what it would have in memory.
fn bytes(value: &Value) -> u128 {
    match value {
        Value::Lazy(lazy) => lazy.bytes(),
        Value::Range(range) => 8 * range.len() as u128,
        Value::Cell(cell) => cell.values.iter().map(bytes).sum(),
        Value::Struct(record) => record.iter().flat_map(|(_, column)| column).map(bytes).sum(),
        Value::Func(_) | Value::Map(_) | Value::Object(_) => 0,
        other => other.numel() as u128 * other.dtype().map_or(8, DType::size) as u128,
    }
}

fn whos(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let variables = listed(host, args, "whos")?;
    if variables.is_empty() {
        return Ok(Values::new());
    }
    let sizes: Vec<String> = variables.iter().map(|variable| variable.value.shape().to_string()).collect();
    let name_width = variables.iter().map(|variable| variable.name.len()).max().unwrap_or(0).max(LEAST_NAME);
    let (front, back) = sizes.iter().fold((LEAST_FRONT, LEAST_BACK), |(front, back), size| {
        let at = size.find('x').unwrap_or(0);
        (front.max(at), back.max(size.len() - at))
    });
    let mut text = String::from("Variables visible from the current scope:\n\n");
    let name = host.frame().0;
    let _ = writeln!(text, "variables in scope: {}\n", if name.is_empty() { "top scope" } else { &name });
    for (title, size, count, class) in
        [("Attr   Name", "Size", "Bytes", "Class"), ("====   ====", "====", "=====", "===== ")]
    {
        let (title_width, size_width) = (name_width + 7, front + back);
        let size = format!("{:front$}{size}", "", front = front - 1);
        let _ = writeln!(text, "  {title:title_width$}  {size:size_width$}  {count:>BYTES$}  {class}");
    }
    let (mut elements, mut total) = (0u128, 0u128);
    for (variable, size) in variables.iter().zip(&sizes) {
        let value = &variable.value;
        let mut attributes = [b' '; 5];
        if value.dtype().is_some_and(DType::is_complex) {
            attributes[0] = b'c';
        }
        if variable.global {
            attributes[3] = b'g';
        }
        if let Value::Lazy(_) = value {
            attributes[4] = b'l';
        }
        let attributes = String::from_utf8_lossy(&attributes).into_owned();
        let size = format!("{}{size}", " ".repeat(front - size.find('x').unwrap_or(0)));
        let (count, width) = (bytes(value), front + back);
        let _ = write!(
            text,
            "  {attributes}  {:name_width$}  {size:width$}  {count:>BYTES$}  {}",
            variable.name,
            value.class()
        );
        if let Value::Lazy(lazy) = value {
            let chunks: Vec<String> = lazy.0.meta.chunks.iter().map(usize::to_string).collect();
            let _ = write!(text, ", lazy, chunks {}", chunks.join("x"));
        }
        text.push('\n');
        elements += value.shape().iter().map(|&d| d as u128).product::<u128>();
        total += count;
    }
    let plural = |count: u128, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let _ = writeln!(text, "\nTotal is {} using {}\n", plural(elements, "element"), plural(total, "byte"));
    print(host, &text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_of_names() {
        assert!(fits("x*", "xyz") && fits("x?z", "xyz") && fits("[a-c]1", "b1") && fits("[!a]1", "b1"));
        assert!(!fits("x", "xy") && !fits("[a-c]1", "d1") && !fits("?", ""));
    }

    #[test]
    fn names_of_variables() {
        assert!(is_name("_a1") && !is_name("1a") && !is_name("for") && !is_name("") && !is_name("a b"));
    }
}
