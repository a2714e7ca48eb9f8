//! Files, folders and the environment: names, whether they are there, making and removing them.

use super::api::{Builtin, Call, Host, Values};
use super::args::{one, several, text};
use crate::diag::Result;
use crate::fault;
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
        "fileparts",
        (1, 1),
        3,
        fileparts,
        "[DIR, NAME, EXT] = fileparts (PATH)\n\nThe parts of a path.\n\n    [d, n, e] = fileparts (\"a/b.txt\")\n    % d = a\n    % n = b\n    % e = .txt\n",
    ),
    Builtin::new(
        "fullfile",
        (0, usize::MAX),
        1,
        fullfile,
        "fullfile (DIR, ..., NAME)\n\nA path from its parts.\n\n    fullfile (\"a\", \"b.txt\")\n    % ans = a/b.txt\n",
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

/// Distinguishes names made within one process.
static COUNTER: AtomicU64 = AtomicU64::new(0);

fn tempname(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let dir = match args.first() {
        Some(dir) if !dir.is_empty() => text("tempname", "DIR", dir)?,
        _ => env::temp_dir().display().to_string(),
    };
    let prefix = args.get(1).map_or(Ok("arr-".to_owned()), |p| text("tempname", "PREFIX", p))?;
    loop {
        let number = COUNTER.fetch_add(1, Ordering::Relaxed);
        let name = format!("{dir}{MAIN_SEPARATOR}{prefix}{:x}-{number:x}", std::process::id());
        if !Path::new(&name).exists() {
            return one(name);
        }
    }
}

fn tempdir(_: &mut dyn Host, _: &[Value], _: Call) -> Result<Values> {
    one(env::temp_dir().display().to_string())
}

fn fileparts(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let path = args[0].to_text().ok_or_else(|| fault!("fileparts: FILENAME must be a single string"))?;
    let cut = path.rfind('/').map_or(0, |i| i + 1);
    let (folder, file) = path.split_at(cut);
    let folder = if folder.len() > 1 { folder.trim_end_matches('/') } else { folder };
    let dot = file.rfind('.').unwrap_or(file.len());
    let (name, extension) = file.split_at(dot);
    several([folder.into(), name.into(), extension.into()])
}

fn fullfile(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let mut path = String::new();
    let parts: Vec<String> = args.iter().map(|p| text("fullfile", "a part", p)).collect::<Result<_>>()?;
    let last = parts.len().saturating_sub(1);
    for (i, part) in parts.iter().enumerate() {
        if part.is_empty() && i != last {
            continue;
        }
        if !path.is_empty() && !path.ends_with('/') {
            path.push('/');
        }
        path.push_str(if path.is_empty() { part } else { part.trim_start_matches('/') });
    }
    one(path)
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

fn getenv(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    one(env::var(text("getenv", "VAR", &args[0])?).unwrap_or_default())
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
