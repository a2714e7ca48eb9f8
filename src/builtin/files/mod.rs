//! Files, folders and the environment: names, whether they are there, making and removing them.

pub mod dlmread;
pub mod fields;
pub mod folders;
pub mod json;
pub mod paths;
pub mod pictures;
pub mod streams;
pub(crate) mod wildcard;

use super::api::{Builtin, Call, Host, Values};
use super::args::{one, several, text};
use super::text::cell_column;
use crate::diag::Result;
use crate::fault;
use crate::store::system_text;
use crate::value::Value;
use std::path::{MAIN_SEPARATOR, Path};
use std::sync::atomic::{AtomicU64, Ordering};
use std::{env, fs};

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "tempname",
        (0, 2),
        1,
        tempname,
        "tempname ()\ntempname (DIR, PREFIX)\n\nA name for a temporary file that does not exist yet.\n\n    exist (tempname (), \"file\")\n    % ans = 0\n",
    ),
    Builtin::new(
        "tempdir",
        (0, 0),
        1,
        tempdir,
        "tempdir ()\n\nThe system's directory for temporary files.\n\n    isfolder (tempdir ())\n    % ans = 1\n",
    ),
    Builtin::new(
        "isfile",
        (1, 1),
        1,
        isfile,
        "isfile (PATH)\n\nWhether there is a file of this name.\n\n    isfile (\"no such file\")\n    % ans = 0\n",
    ),
    Builtin::new(
        "isfolder",
        (1, 1),
        1,
        isfolder,
        "isfolder (PATH)\n\nWhether there is a directory of this name.\n\n    isfolder (\".\")\n    % ans = 1\n",
    ),
    Builtin::new(
        "isdir",
        (1, 1),
        1,
        isfolder,
        "isdir (PATH)\n\nWhether there is a directory of this name.\n\n    isdir (\".\")\n    % ans = 1\n",
    ),
    Builtin::new(
        "mkdir",
        (1, 2),
        3,
        mkdir,
        "mkdir (DIR)\n[OK, MESSAGE, ID] = mkdir (PARENT, DIR)\n\nMakes a directory, its parents too.\n\n    d = tempname (); mkdir (d); isfolder (d)\n    % ans = 1\n",
    ),
    Builtin::new(
        "unlink",
        (1, 1),
        2,
        unlink,
        "[ERR, MESSAGE] = unlink (FILE)\n\nRemoves a file; ERR is 0 when it is gone.\n\n    e = unlink (\"no such file\")\n    % e = -1\n",
    ),
    Builtin::new(
        "delete",
        (1, 1),
        0,
        delete,
        "delete (FILE)\n\nRemoves a file, or an array saved as a directory of chunks.\n\n    f = [tempname(), \".npy\"]; save (f, 1:3); delete (f); isfile (f)\n    % ans = 0\n",
    ),
    Builtin::new(
        "rmdir",
        (1, 1),
        3,
        rmdir,
        "rmdir (DIR)\n\nRemoves an empty directory.\n\n    d = tempname (); mkdir (d); rmdir (d); isfolder (d)\n    % ans = 0\n",
    ),
    Builtin::new("rename", (2, 2), 2, rename, RENAME),
    Builtin::new("movefile", (1, 3), 3, movefile, MOVEFILE),
    Builtin::new("copyfile", (2, 3), 3, copyfile, COPYFILE),
    Builtin::new("readdir", (1, 1), 3, readdir, READDIR),
    Builtin::new("setenv", (1, 2), 0, setenv, SETENV),
    Builtin::new("putenv", (1, 2), 0, setenv, PUTENV),
    Builtin::new("unsetenv", (1, 1), 1, unsetenv, UNSETENV),
    Builtin::new("pwd", (0, 0), 1, pwd, "pwd ()\n\nThe current directory.\n\n    ischar (pwd ())\n    % ans = 1\n"),
    Builtin::new(
        "getenv",
        (1, 1),
        1,
        getenv,
        "getenv (NAME)\n\nA variable of the environment; empty where there is none.\n\n    getenv (\"NO_SUCH_NAME\")\n    % ans =\n",
    ),
    Builtin::new(
        "nproc",
        (0, 0),
        1,
        nproc,
        "nproc ()\n\nThe number of processors this process may use.\n\n    nproc () >= 1\n    % ans = 1\n",
    ),
    Builtin::new("ispc", (0, 0), 1, ispc, "ispc ()\n\nWhether this is Windows.\n\n    ispc ()\n    % ans = 0\n"),
    Builtin::new("isunix", (0, 0), 1, isunix, "isunix ()\n\nWhether this is a Unix.\n\n    isunix ()\n    % ans = 1\n"),
    Builtin::new("ismac", (0, 0), 1, ismac, "ismac ()\n\nWhether this is macOS.\n\n    ismac ()\n    % ans = 0\n"),
];

const RENAME: &str = "\
`[ERR, MESSAGE] = rename (OLD, NEW)`

Gives a file another name; ERR is 0, or -1 and MESSAGE says why not.

    [e, m] = rename (\"no such file\", \"new\")
    % e = -1
    % m = No such file or directory";

const MOVEFILE: &str = "\
`movefile (FROM, TO)`, `[OK, MESSAGE, ID] = movefile (FROM, TO)`

Moves a file; into TO where that is a directory.

    a = tempname (); b = tempname (); fclose (fopen (a, \"w\")); movefile (a, b); isfile (b), delete (b);
    % ans = 1";

const COPYFILE: &str = "\
`copyfile (FROM, TO)`, `[OK, MESSAGE, ID] = copyfile (FROM, TO)`

Copies a file; into TO where that is a directory.

    a = tempname (); b = tempname (); fclose (fopen (a, \"w\")); copyfile (a, b); isfile (b), delete (a); delete (b);
    % ans = 1";

const READDIR: &str = "\
`[NAMES, ERR, MESSAGE] = readdir (DIR)`

The names in a directory, in order, as a column of a cell array.

    d = tempname (); mkdir (d); readdir (d), rmdir (d);
    % ans =
    % {
    %   [1,1] = .
    %   [2,1] = ..
    % }";

const SETENV: &str = "\
`setenv (NAME, VALUE)`

Sets a variable of the environment for this program.

    setenv (\"COLOUR\", \"red\"); getenv (\"COLOUR\")
    % ans = red";

const PUTENV: &str = "\
`putenv (NAME, VALUE)`

As setenv.

    putenv (\"COLOUR\", \"red\"); getenv (\"COLOUR\")
    % ans = red";

const UNSETENV: &str = "\
`STATUS = unsetenv (NAME)`

Takes a variable out of the environment of this program.

    setenv (\"COLOUR\", \"red\"); unsetenv (\"COLOUR\"); getenv (\"COLOUR\")
    % ans =";

/// Distinguishes names made within one process.
static COUNTER: AtomicU64 = AtomicU64::new(0);

fn tempname(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let dir = match args.first() {
        Some(dir) if !dir.is_empty() => text("tempname", "DIR", dir)?,
        _ => env::temp_dir().display().to_string(),
    };
    let prefix = args.get(1).map_or(Ok("arr-".to_owned()), |p| text("tempname", "PREFIX", p))?;
    one(temporary_name(&dir, &prefix))
}

/// A path in a folder where nothing is yet.
pub fn temporary_name(dir: &str, prefix: &str) -> String {
    loop {
        let number = COUNTER.fetch_add(1, Ordering::Relaxed);
        let name = format!("{dir}{MAIN_SEPARATOR}{prefix}{:x}-{number:x}", std::process::id());
        if !Path::new(&name).exists() {
            return name;
        }
    }
}

fn tempdir(_: &mut dyn Host, _: &[Value], _: Call) -> Result<Values> {
    one(env::temp_dir().display().to_string())
}

fn isfile(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    one(args[0].to_text().is_some_and(|p| Path::new(&p).is_file()))
}

fn isfolder(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    one(args[0].to_text().is_some_and(|p| Path::new(&p).is_dir()))
}

/// `[OK, MESSAGE, ID]`; without results a failure is an error.
fn outcome(who: &str, path: &Path, result: std::io::Result<()>, call: Call) -> Result<Values> {
    match result {
        Ok(()) if call.nargout == 0 => Ok(Values::new()),
        Ok(()) => several([true.into(), "".into(), "".into()]),
        Err(error) if call.nargout == 0 => {
            Err(fault!("{who}: operation failed: {}: {error}", path.display()).id(format!("Octave:{who}")))
        }
        Err(error) => several([false.into(), error.to_string().into(), who.into()]),
    }
}

fn mkdir(_: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let mut path = std::path::PathBuf::from(text("mkdir", "DIR", &args[0])?);
    if let Some(below) = args.get(1) {
        path.push(text("mkdir", "DIR", below)?);
    }
    outcome("mkdir", &path, fs::create_dir_all(&path), call)
}

fn rmdir(_: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let path = std::path::PathBuf::from(text("rmdir", "DIR", &args[0])?);
    outcome("rmdir", &path, fs::remove_dir(&path), call)
}

fn unlink(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    match fs::remove_file(text("unlink", "FILE", &args[0])?) {
        Ok(()) => several([0.0.into(), "".into()]),
        Err(error) => several([(-1.0).into(), error.to_string().into()]),
    }
}

fn delete(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let name = text("delete", "FILE", &args[0])?;
    let path = Path::new(&name);
    // A directory goes only when it is an array: chunks and metadata, nothing of anybody else's.
    let array = path.is_dir() && crate::store::open(path).is_ok();
    let gone = if array { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    if let Err(error) = gone {
        host.warn("Octave:delete:no-such-file", &format!("delete: {name}: {error}"));
    }
    Ok(Values::new())
}

fn pwd(_: &mut dyn Host, _: &[Value], _: Call) -> Result<Values> {
    let path = env::current_dir().map_err(|e| fault!("pwd: {e}"))?;
    one(path.display().to_string())
}

fn getenv(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let name = text("getenv", "VAR", &args[0])?;
    match host.state().environment.get(&name) {
        Some(own) => one(own.clone().unwrap_or_default()),
        None => one(env::var(name).unwrap_or_default()),
    }
}

fn setenv(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let name = args[0].to_text().ok_or_else(|| fault!("setenv: VAR must be a string"))?;
    let value = match args.get(1) {
        None => String::new(),
        Some(value) => value.to_text().ok_or_else(|| fault!("setenv: VALUE must be a string"))?,
    };
    host.state().environment.insert(name, Some(value));
    Ok(Values::new())
}

fn unsetenv(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    host.state().environment.insert(text("unsetenv", "VAR", &args[0])?, None);
    one(0.0)
}

fn rename(_: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (old, new) = (text("rename", "OLD", &args[0])?, text("rename", "NEW", &args[1])?);
    match fs::rename(&old, &new) {
        Ok(()) if call.nargout == 0 => Ok(Values::new()),
        Ok(()) => several([0.0.into(), "".into()]),
        Err(error) if call.nargout == 0 => Err(fault!("rename: operation failed: {}", system_text(&error))),
        Err(error) => several([(-1.0).into(), system_text(&error).into()]),
    }
}

/// Source and target of a copy or a move; a target that is a directory takes the file in.
fn from_to(who: &str, args: &[Value]) -> Result<(String, std::path::PathBuf)> {
    let from = text(who, "F1", &args[0])?;
    let mut to = match args.get(1) {
        Some(to) => std::path::PathBuf::from(text(who, "F2", to)?),
        None => env::current_dir().map_err(|error| fault!("{who}: {error}"))?,
    };
    if to.is_dir()
        && let Some(name) = Path::new(&from).file_name()
    {
        to.push(name);
    }
    Ok((from, to))
}

fn movefile(_: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (from, to) = from_to("movefile", args)?;
    // Between file systems a file is copied.
    let moved = fs::rename(&from, &to).or_else(|_| fs::copy(&from, &to).and_then(|_| fs::remove_file(&from)));
    outcome("movefile", Path::new(&from), moved, call)
}

fn copyfile(_: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (from, to) = from_to("copyfile", args)?;
    outcome("copyfile", Path::new(&from), fs::copy(&from, &to).map(|_| ()), call)
}

fn readdir(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let names = fs::read_dir(text("readdir", "DIR", &args[0])?).and_then(|entries| {
        entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect::<std::io::Result<Vec<_>>>()
    });
    match names {
        Ok(mut names) => {
            names.extend([".".to_owned(), "..".to_owned()]);
            names.sort();
            several([cell_column(names.iter().map(|name| Value::text(name)).collect()), 0.0.into(), "".into()])
        }
        Err(error) => several([cell_column(Vec::new()), (-1.0).into(), system_text(&error).into()]),
    }
}

fn nproc(_: &mut dyn Host, _: &[Value], _: Call) -> Result<Values> {
    one(std::thread::available_parallelism().map_or(1, |n| n.get()))
}

fn ispc(_: &mut dyn Host, _: &[Value], _: Call) -> Result<Values> {
    one(cfg!(windows))
}

fn isunix(_: &mut dyn Host, _: &[Value], _: Call) -> Result<Values> {
    one(cfg!(unix))
}

fn ismac(_: &mut dyn Host, _: &[Value], _: Call) -> Result<Values> {
    one(cfg!(target_os = "macos"))
}
