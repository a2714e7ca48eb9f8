//! Names of files: their parts, and what they mean from here.

use crate::bail;
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{one, several, text};
use crate::builtin::text::over_cells;
use crate::diag::Result;
use crate::fault;
use crate::value::{Cell, Value};
use std::path::Path;
use std::sync::Arc;

pub const TABLE: &[Builtin] = &[
    Builtin::new("fileparts", (1, 1), 3, fileparts, FILEPARTS),
    Builtin::new("fullfile", (0, usize::MAX), 1, fullfile, FULLFILE),
    Builtin::new("filesep", (0, 1), 1, filesep, FILESEP),
    Builtin::new("pathsep", (0, 0), 1, |_, _, _| one(":"), PATHSEP),
    Builtin::new("is_absolute_filename", (1, 1), 1, is_absolute, IS_ABSOLUTE),
    Builtin::new("is_rooted_relative_filename", (1, 1), 1, is_rooted_relative, IS_ROOTED),
    Builtin::new("make_absolute_filename", (1, 1), 1, make_absolute, MAKE_ABSOLUTE),
    Builtin::new("canonicalize_file_name", (1, 1), 3, canonicalize, CANONICALIZE),
    Builtin::new("tilde_expand", (1, 1), 1, tilde_expand, TILDE_EXPAND),
    Builtin::new("get_home_directory", (0, 0), 1, |_, _, _| one(home()), GET_HOME),
];

const FILEPARTS: &str = "\
`[DIR, NAME, EXT] = fileparts (PATH)`

The parts of a path.

    [d, n, e] = fileparts (\"a/b.txt\")
    % d = a
    % n = b
    % e = .txt";

const FULLFILE: &str = "\
`fullfile (DIR, ..., NAME)`

A path from its parts; one of them may be a cell array, then it gives as many.

    fullfile (\"a\", \"b.txt\")
    % ans = a/b.txt";

const FILESEP: &str = "\
`filesep ()`, `filesep (\"all\")`

What separates the parts of a path.

    filesep ()
    % ans = /";

const PATHSEP: &str = "\
`pathsep ()`

What separates the directories of a search path.

    pathsep ()
    % ans = :";

const IS_ABSOLUTE: &str = "\
`is_absolute_filename (PATH)`

Whether a path begins at the root.

    is_absolute_filename (\"/tmp\")
    % ans = 1";

const IS_ROOTED: &str = "\
`is_rooted_relative_filename (PATH)`

Whether a path begins at the current directory or above it.

    is_rooted_relative_filename (\"./a\")
    % ans = 1";

const MAKE_ABSOLUTE: &str = "\
`make_absolute_filename (PATH)`

A path from the root, without `.` and `..`.

    make_absolute_filename (\"/a/./b/../c\")
    % ans = /a/c";

const CANONICALIZE: &str = "\
`[PATH, STATUS, MESSAGE] = canonicalize_file_name (PATH)`

The path of a file that exists, from the root and without links; empty, and a STATUS of -1, where there is none.

    [p, status] = canonicalize_file_name (\"/no such file\"); status
    % status = -1";

const TILDE_EXPAND: &str = "\
`tilde_expand (PATH)`

A path whose leading `~` is the home directory.

    tilde_expand (\"a/~b\")
    % ans = a/~b";

const GET_HOME: &str = "\
`get_home_directory ()`

The home directory.

    ischar (get_home_directory ())
    % ans = 1";

fn fileparts(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let path = args[0].to_text().ok_or_else(|| fault!("fileparts: FILENAME must be a single string"))?;
    let cut = path.rfind('/').map_or(0, |i| i + 1);
    let (folder, file) = path.split_at(cut);
    let folder = if folder.len() > 1 { folder.trim_end_matches('/') } else { folder };
    let dot = file.rfind('.').unwrap_or(file.len());
    let (name, extension) = file.split_at(dot);
    several([folder.into(), name.into(), extension.into()])
}

/// Parts with one separator between each two; parts that are empty do not count.
fn joined(parts: &[String]) -> String {
    let mut path = String::new();
    for (at, part) in parts.iter().filter(|part| !part.is_empty()).enumerate() {
        if at > 0 && !path.ends_with('/') {
            path.push('/');
        }
        // One separator is as good as several.
        part.chars().for_each(|c| {
            if c != '/' || !path.ends_with('/') {
                path.push(c);
            }
        });
    }
    path
}

fn fullfile(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let wrong = || fault!("fullfile: input is not a string or cell array of strings");
    let cells: Vec<&Cell> =
        args.iter().filter_map(|arg| if let Value::Cell(cell) = arg { Some(&**cell) } else { None }).collect();
    let part = |value: &Value| if value.is_empty() { Some(String::new()) } else { value.to_text() };
    // Of every cell array the same element.
    let with = |at: usize| -> Result<Value> {
        let chosen = args.iter().map(|arg| if let Value::Cell(cell) = arg { &cell.values[at] } else { arg });
        let parts: Option<Vec<String>> = chosen.map(part).collect();
        Ok(joined(&parts.ok_or_else(wrong)?).into())
    };
    let Some(first) = cells.first() else { return one(with(0)?) };
    if cells.iter().any(|cell| cell.shape() != first.shape()) {
        bail!("fullfile: cell arrays must have the same dimensions");
    }
    let paths = (0..first.values.len()).map(with).collect::<Result<Vec<_>>>()?;
    one(Value::Cell(Arc::new(Cell::new(first.shape().clone(), paths))))
}

fn filesep(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    match args.first().map(Value::to_text) {
        None => one("/"),
        Some(Some(all)) if all == "all" => one("/"),
        Some(Some(_)) => bail!("filesep: argument must be \"all\""),
        Some(None) => bail!("filesep: argument must be a string"),
    }
}

fn is_absolute(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    one(args[0].to_text().is_some_and(|path| path.starts_with('/')))
}

fn is_rooted_relative(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let rooted =
        |path: String| ["./", "../"].iter().any(|start| path.starts_with(start)) || path == "." || path == "..";
    one(args[0].to_text().is_some_and(rooted))
}

fn make_absolute(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let path = expanded(&text("make_absolute_filename", "FILE", &args[0])?);
    let here = std::env::current_dir().map_err(|error| fault!("make_absolute_filename: {error}"))?;
    let mut parts: Vec<String> = Vec::new();
    for part in here.join(path).components() {
        match part {
            std::path::Component::ParentDir => {
                parts.pop();
            }
            std::path::Component::Normal(name) => parts.push(name.to_string_lossy().into_owned()),
            _ => {}
        }
    }
    one(format!("/{}", parts.join("/")))
}

fn canonicalize(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let path = text("canonicalize_file_name", "NAME", &args[0])?;
    match Path::new(&path).canonicalize() {
        Ok(path) => several([path.display().to_string().into(), 0.0.into(), "".into()]),
        Err(error) => several(["".into(), (-1.0).into(), crate::store::system_text(&error).into()]),
    }
}

fn home() -> String {
    std::env::home_dir().map_or_else(String::new, |home| home.display().to_string())
}

/// A path whose leading `~` is the home directory.
pub fn expanded(path: &str) -> String {
    match path.strip_prefix('~') {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => format!("{}{rest}", home()),
        _ => path.to_owned(),
    }
}

fn tilde_expand(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let wrong = "tilde_expand: argument must be char or cellstr object";
    one(over_cells(&args[0], &mut |path| match path.to_text() {
        Some(path) => Ok(expanded(&path).into()),
        None => bail!("{wrong}"),
    })?)
}
