//! Where the session stands in the tree of folders, and what is there.

use super::paths::expanded;
use super::wildcard::fits;
use crate::array::Shape;
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{one, text};
use crate::builtin::time;
use crate::diag::Result;
use crate::fault;
use crate::store::io_text;
use crate::store::system_text;
use crate::value::{Cell, Struct, Value};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{env, fs};

const LIST_SOURCE: &str = include_str!("../library/folders.arr");

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "cd",
        (0, 1),
        1,
        cd,
        "`cd DIR`, `BEFORE = cd (DIR)`, `D = cd ()`\n\nMakes another directory the current one: relative paths start there, and functions in its files can be \
         called. Without DIR it goes home, or tells where it is.\n\n\
         \x20   before = cd (tempdir ()); cd (before); strcmp (pwd (), before)\n\x20   % ans = 1\n",
    ),
    Builtin::new(
        "chdir",
        (0, 1),
        1,
        cd,
        "`chdir (DIR)`\n\nMakes another directory the current one, as `cd` does.\n\n    chdir (\".\")\n",
    ),
    Builtin::in_language(
        "ls",
        (0, usize::MAX),
        1,
        LIST_SOURCE,
        "`ls`, `ls PATTERN`, `L = ls (...)`\n\nThe names in the current directory, or of the files that fit a pattern.\n\n    ischar (ls (\".\"))\n    % ans = 1\n",
    ),
    Builtin::new(
        "glob",
        (1, 1),
        1,
        glob,
        "`C = glob (PATTERN)`\n\nThe files whose names fit a pattern with `*`, `?` and `[...]`, or one of a cell array of patterns, sorted.\n\n\
         \x20   d = tempname (); mkdir (d); save ([d \"/a1.npy\"], 1:3); save ([d \"/a2.npy\"], 1:3);\n\
         \x20   numel (glob ([d \"/a*.npy\"]))\n\x20   % ans = 2\n",
    ),
    Builtin::new(
        "dir",
        (0, 1),
        1,
        dir,
        "`D = dir (PATH)`, `dir`\n\nWhat is in a directory, or the files that fit a pattern: a struct array with `name`, `folder`, `date`, `bytes`, \
         `isdir` and `datenum`. Without a result the names are shown.\n\n\
         \x20   d = dir (\".\"); d(1).isdir\n\x20   % ans = 1\n",
    ),
];

fn cd(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let before = env::current_dir().map_err(|error| fault!("cd: {}", system_text(&error)))?.display().to_string();
    let directory = match args.first() {
        Some(directory) => expanded(&text("cd", "DIR", directory)?),
        None if call.nargout > 0 => return one(before),
        None => expanded("~"),
    };
    env::set_current_dir(&directory).map_err(|error| fault!("{directory}: {}", system_text(&error)))?;
    host.add_directory(Path::new("."));
    if call.nargout > 0 { one(before) } else { Ok(Values::new()) }
}

/// The files that fit a pattern, sorted; each part of the path may have wildcards.
fn matches(pattern: &str) -> Vec<String> {
    let mut found = vec![if pattern.starts_with('/') { "/".to_owned() } else { String::new() }];
    for part in pattern.split('/').filter(|part| !part.is_empty()) {
        let below = |base: &String| -> Vec<String> {
            if !part.contains(['*', '?', '[']) {
                return vec![format!("{base}{part}")];
            }
            let folder = if base.is_empty() { "." } else { base.as_str() };
            let names = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
            let names = names.map(|name| name.to_string_lossy().into_owned());
            // Hidden files are asked for by name.
            let fitting = names.filter(|name| (part.starts_with('.') || !name.starts_with('.')) && fits(part, name));
            fitting.map(|name| format!("{base}{name}")).collect()
        };
        let next = found.iter().flat_map(below).filter(|path| Path::new(path).symlink_metadata().is_ok());
        found = next.map(|path| path + "/").collect();
    }
    for path in &mut found {
        if path.len() > 1 {
            path.pop();
        }
    }
    found.retain(|path| !path.is_empty());
    found.sort_unstable();
    found
}

fn glob(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let patterns = match &args[0] {
        Value::Cell(cell) => {
            cell.values.iter().map(|pattern| text("glob", "PATTERN", pattern)).collect::<Result<Vec<_>>>()?
        }
        pattern => {
            vec![pattern.to_text().ok_or_else(|| fault!("glob: PATTERN must be a string or cell array of strings"))?]
        }
    };
    let mut found: Vec<String> = patterns.iter().flat_map(|pattern| matches(pattern)).collect();
    found.sort_unstable();
    if found.is_empty() {
        return one(Value::Cell(Arc::new(Cell::new(Shape::matrix(0, 0), Vec::new()))));
    }
    one(Value::Cell(Arc::new(Cell::column(found.iter().map(|path| Value::text(path)).collect()))))
}

fn dir(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let wanted = args.first().map_or(Ok(".".to_owned()), |path| text("dir", "DIRECTORY", path))?;
    let paths: Vec<PathBuf> = if Path::new(&wanted).is_dir() {
        let names = fs::read_dir(&wanted).map_err(|e| fault!("dir: {wanted}: {}", io_text(&e)))?;
        let mut paths: Vec<PathBuf> = names.flatten().map(|entry| entry.path()).collect();
        paths.extend([".", ".."].map(|name| Path::new(&wanted).join(name)));
        paths.sort_unstable();
        paths
    } else {
        matches(&wanted).into_iter().map(PathBuf::from).collect()
    };
    let name_of = |path: &Path| {
        let name = path.to_string_lossy().into_owned();
        name.rsplit('/').next().unwrap_or_default().to_owned()
    };
    if call.nargout == 0 {
        let names = paths.iter().map(|path| name_of(path) + "\n").collect::<String>();
        if names.is_empty() {
            host.warn("", &format!("dir: nonexistent directory '{wanted}'"));
        }
        host.out().write_all(names.as_bytes()).map_err(|error| fault!("cannot write the output: {error}"))?;
        return Ok(Values::new());
    }
    let mut columns: [Vec<Value>; 6] = Default::default();
    for path in &paths {
        let Ok(metadata) = path.metadata().or_else(|_| path.symlink_metadata()) else { continue };
        let folder = path.parent().and_then(|parent| {
            fs::canonicalize(if parent.as_os_str().is_empty() { Path::new(".") } else { parent }).ok()
        });
        let changed = metadata.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
        let seconds = changed.map_or(0.0, |since| since.as_secs_f64());
        let (date, number) = time::dated(seconds);
        let row = [
            Value::text(&name_of(path)),
            Value::text(&folder.unwrap_or_default().display().to_string()),
            Value::text(&date),
            Value::Num(if metadata.is_dir() { 0.0 } else { metadata.len() as f64 }),
            Value::Bool(metadata.is_dir()),
            Value::Num(number),
        ];
        columns.iter_mut().zip(row).for_each(|(column, value)| column.push(value));
    }
    let mut out = Struct::new(Shape::matrix(columns[0].len(), 1));
    for (name, column) in ["name", "folder", "date", "bytes", "isdir", "datenum"].iter().zip(columns) {
        out.set_column(&Arc::from(*name), column);
    }
    one(Value::Struct(Arc::new(out)))
}
