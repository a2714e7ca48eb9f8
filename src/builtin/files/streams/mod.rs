//! Files that are open: opening and closing, lines, where reading stands. Numbers in bytes are in [`binary`], printing
//! is in `text::output`, reading by a template in `strings::scan`.

pub mod binary;
pub mod stream;

use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{one, several, usage};
use crate::builtin::text::{bytes, row, row_or_1x0};
use crate::diag::Result;
use crate::store::system_text;
use crate::value::Value;
use crate::{bail, fault};
use std::io::{self, SeekFrom};
use stream::{ByteOrder, Mode, Stream};

pub const TABLE: &[Builtin] = &[
    Builtin::new("fopen", (1, 4), 4, fopen, FOPEN),
    Builtin::new("fclose", (1, 1), 1, fclose, FCLOSE),
    Builtin::new("tmpfile", (0, 0), 2, tmpfile, TMPFILE),
    Builtin::new("fgetl", (1, 2), 2, fgetl, FGETL),
    Builtin::new("fgets", (1, 2), 2, fgets, FGETS),
    Builtin::new("fskipl", (1, 2), 1, fskipl, FSKIPL),
    Builtin::new("fileread", (1, usize::MAX), 1, fileread, FILEREAD),
    Builtin::new("feof", (1, 1), 1, feof, FEOF),
    Builtin::new("ferror", (1, 2), 2, ferror, FERROR),
    Builtin::new("fclear", (1, 1), 0, fclear, FCLEAR),
    Builtin::new("fflush", (1, 1), 1, fflush, FFLUSH),
    Builtin::new("fseek", (2, 3), 1, fseek, FSEEK),
    Builtin::new("ftell", (1, 1), 1, ftell, FTELL),
    Builtin::new("frewind", (1, 1), 1, frewind, FREWIND),
    Builtin::new("is_valid_file_id", (1, 1), 1, is_valid_file_id, IS_VALID),
    Builtin::new("freport", (0, 0), 0, freport, FREPORT),
    Builtin::new("stdin", (0, 0), 1, |_, _, _| one(0.0), STDIN),
    Builtin::new("SEEK_SET", (0, 0), 1, |_, _, _| one(0.0), SEEK_SET),
    Builtin::new("SEEK_CUR", (0, 0), 1, |_, _, _| one(1.0), SEEK_CUR),
    Builtin::new("SEEK_END", (0, 0), 1, |_, _, _| one(2.0), SEEK_END),
];

const FOPEN: &str = "\
`[FID, MESSAGE] = fopen (NAME, MODE, ARCH)`, `[NAME, MODE, ARCH] = fopen (FID)`, `fopen (\"all\")`

Opens a file to read (\"r\", as without MODE), to write anew (\"w\") or to write at its end (\"a\"); \"r+\", \"w+\" and \"a+\"
do both. FID is -1 where that fails. ARCH is the byte order of its numbers, \"ieee-le\" or \"ieee-be\".

    name = tempname ();
    f = fopen (name, \"w\"); fprintf (f, \"%d\\n\", 1:3); fclose (f);
    f = fopen (name); x = fscanf (f, \"%d\")', fclose (f); unlink (name);
    % x =
    %
    %    1   2   3";

const FCLOSE: &str = "\
`fclose (FID)`, `fclose (\"all\")`

Closes a file, or all files that fopen opened; 0 where what was written is in the file.

    f = tmpfile (); fclose (f)
    % ans = 0";

const TMPFILE: &str = "\
`[FID, MESSAGE] = tmpfile ()`

Opens a file without a name, to write and to read; it is gone once it is closed.

    f = tmpfile (); fputs (f, \"some text\"); frewind (f); fgetl (f), fclose (f);
    % ans = some text";

const FGETL: &str = "\
`[TEXT, LEN] = fgetl (FID)`, `fgetl (FID, LEN)`

The next line of a file without its newline, of at most LEN characters; -1 at the end of the file.

    f = tmpfile (); fputs (f, \"one\\ntwo\\n\"); frewind (f);
    while ischar (l = fgetl (f)), disp (l), end
    fclose (f);
    % one
    % two";

const FGETS: &str = "\
`[TEXT, LEN] = fgets (FID)`, `fgets (FID, LEN)`

The next line of a file with its newline, of at most LEN characters; -1 at the end of the file.

    f = tmpfile (); fputs (f, \"one\\ntwo\\n\"); frewind (f); double (fgets (f)), fclose (f);
    % ans =
    %
    %    111   110   101    10";

const FSKIPL: &str = "\
`N = fskipl (FID, COUNT)`

Skips a line of a file, COUNT lines, or with Inf all that are left; gives how many there were.

    f = tmpfile (); fputs (f, \"a\\nb\\nc\\n\"); frewind (f); fskipl (f, 2), fgetl (f), fclose (f);
    % ans = 2
    % ans = c";

const FILEREAD: &str = "\
`fileread (NAME)`

All of a file as a row of text.

    name = tempname (); f = fopen (name, \"w\"); fputs (f, \"text\"); fclose (f);
    fileread (name), unlink (name);
    % ans = text";

const FEOF: &str = "\
`feof (FID)`

Whether a read has met the end of the file.

    f = tmpfile (); fputs (f, \"x\\n\"); frewind (f); feof (f), fgetl (f); feof (f), fclose (f);
    % ans = 0
    % ans = 1";

const FERROR: &str = "\
`[MESSAGE, NUMBER] = ferror (FID)`, `ferror (FID, \"clear\")`

What went wrong with a file last: empty and 0 where nothing did.

    f = tmpfile (); [m, n] = ferror (f), fclose (f);
    % m =
    % n = 0";

const FCLEAR: &str = "\
`fclear (FID)`

Forgets that a file has ended, and what went wrong.

    f = tmpfile (); fgetl (f); fclear (f); feof (f), fclose (f);
    % ans = 0";

const FFLUSH: &str = "\
`fflush (FID)`

Writes what was printed to a file so far.

    fflush (stdout);";

const FSEEK: &str = "\
`STATUS = fseek (FID, OFFSET, ORIGIN)`

Moves where a file is read and written: OFFSET bytes from its start (SEEK_SET or \"bof\", as without ORIGIN), from where
it stands (SEEK_CUR, \"cof\") or from its end (SEEK_END, \"eof\"). STATUS is 0, or -1 where there is no such place.

    f = tmpfile (); fputs (f, \"abcdef\"); fseek (f, -2, SEEK_END); fgetl (f), fclose (f);
    % ans = ef";

const FTELL: &str = "\
`ftell (FID)`

Where a file is read and written, in bytes from its start.

    f = tmpfile (); fputs (f, \"abcdef\"); ftell (f), fclose (f);
    % ans = 6";

const FREWIND: &str = "\
`frewind (FID)`

Goes back to the start of a file.

    f = tmpfile (); fputs (f, \"abc\"); frewind (f); ftell (f), fclose (f);
    % ans = 0";

const IS_VALID: &str = "\
`is_valid_file_id (FID)`

Whether a file with this number is open.

    is_valid_file_id (stdout)
    % ans = 1";

const FREPORT: &str = "\
`freport ()`

A list of the files that are open.

    freport ()";

const STDIN: &str = "\
`stdin`

The number of standard input, for `fgetl` and kin.

    stdin
    % ans = 0";

const SEEK_SET: &str = "\
`SEEK_SET`

An offset of `fseek` counts from the start of the file.

    SEEK_SET
    % ans = 0";

const SEEK_CUR: &str = "\
`SEEK_CUR`

An offset of `fseek` counts from where the file stands.

    SEEK_CUR
    % ans = 1";

const SEEK_END: &str = "\
`SEEK_END`

An offset of `fseek` counts from the end of the file.

    SEEK_END
    % ans = 2";

/// Numbers of the streams that are always there.
const STANDARD: [&str; 3] = ["stdin", "stdout", "stderr"];

/// The number an argument means: a number, or the name of an open file; -1 for a name nobody has.
///
/// # Errors
/// Neither.
pub fn number(host: &mut dyn Host, who: &str, fid: &Value) -> Result<i64> {
    if let Some(name) = bytes(fid) {
        let name = String::from_utf8_lossy(name).into_owned();
        return Ok(host.state().streams.find(&name).map_or(-1, i64::from));
    }
    match fid.to_f64().filter(|x| fid.is_scalar() && *x == x.trunc()) {
        Some(x) => Ok(x as i64),
        None => Err(fault!("{who}: file id must be a file object, std::string, or integer value")),
    }
}

fn unknown(who: &str, number: i64) -> crate::diag::Fault {
    fault!("{who}: invalid stream number = {number}")
        .hint("fopen gives the number of a file; -1 means it could not open")
}

/// The open file an argument means; `None` for standard output and standard error.
///
/// # Errors
/// No such file is open.
pub fn file<'a>(host: &'a mut dyn Host, who: &str, fid: &Value) -> Result<Option<&'a mut Stream>> {
    let id = number(host, who, fid)?;
    if matches!(id, 1 | 2) {
        return Ok(None);
    }
    let stream = u32::try_from(id).ok().and_then(|id| host.state().streams.get(id));
    stream.map(Some).ok_or_else(|| unknown(who, id))
}

/// A file to read from.
///
/// # Errors
/// No such file is open.
pub fn source<'a>(host: &'a mut dyn Host, who: &str, fid: &Value) -> Result<&'a mut Stream> {
    file(host, who, fid)?.ok_or_else(|| fault!("{who}: stream not open for reading"))
}

/// Takes note of what went wrong with a stream: scripts ask `ferror`.
pub fn noted<T>(stream: &mut Stream, who: &str, result: io::Result<T>) -> Option<T> {
    result.inspect_err(|error| stream.trouble = Some(format!("{who}: {}", system_text(error)))).ok()
}

fn fopen(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    if let [fid] = args {
        if fid.to_text().is_some_and(|t| t == "all") {
            let ids: Vec<f64> = host.state().streams.files().map(|(id, _)| f64::from(id)).collect();
            return one(if ids.is_empty() { Value::empty() } else { Value::column(ids) });
        }
        if bytes(fid).is_none() {
            return described(host, fid);
        }
    }
    let Some(name) = args[0].to_text() else { bail!("fopen: file name must be a string") };
    let mode = match args.get(1) {
        None => "r".to_owned(),
        Some(mode) => mode.to_text().ok_or_else(|| fault!("fopen: file mode must be a string"))?,
    };
    let Some(mode) = Mode::parse(&mode) else {
        return Err(fault!("invalid mode specified").hint("modes are r, w and a, each perhaps with +, b or t"));
    };
    let order = match args.get(2) {
        None => ByteOrder::Little,
        Some(arch) => {
            let arch = arch.to_text().ok_or_else(|| fault!("fopen: architecture type must be a string"))?;
            ByteOrder::from_name(&arch).ok_or_else(|| fault!("invalid architecture: \"{arch}\""))?
        }
    };
    match Stream::open(&super::paths::expanded(&name), mode, order) {
        Ok(stream) => {
            let id = host.state().streams.add(stream);
            if call.nargout < 2 { one(f64::from(id)) } else { several([f64::from(id).into(), "".into()]) }
        }
        Err(error) => several([(-1.0).into(), system_text(&error).into()]),
    }
}

/// `[name, mode, arch, encoding] = fopen (fid)`.
fn described(host: &mut dyn Host, fid: &Value) -> Result<Values> {
    let id = number(host, "fopen", fid)?;
    if let Some(name) = usize::try_from(id).ok().and_then(|id| STANDARD.get(id)) {
        let mode = if *name == "stdin" { "r" } else { "w" };
        return several([(*name).into(), mode.into(), "ieee-le".into(), "utf-8".into()]);
    }
    match u32::try_from(id).ok().and_then(|id| host.state().streams.get(id)) {
        Some(s) => {
            several([s.name.as_str().into(), s.mode.name.as_str().into(), s.order.name().into(), "utf-8".into()])
        }
        None => Err(unknown("fopen", id)),
    }
}

fn tmpfile(host: &mut dyn Host, _: &[Value], call: Call) -> Result<Values> {
    let name = super::temporary_name(&std::env::temp_dir().display().to_string(), "arr-");
    let mode = Mode::parse("w+").ok_or_else(|| usage("tmpfile"))?;
    let opened = Stream::open(&name, mode, ByteOrder::Little);
    // A file without a name goes when nobody holds it any more.
    match opened.and_then(|stream| std::fs::remove_file(&name).map(|()| stream)) {
        Ok(mut stream) => {
            stream.name.clear();
            let id = host.state().streams.add(stream);
            if call.nargout < 2 { one(f64::from(id)) } else { several([f64::from(id).into(), "".into()]) }
        }
        Err(error) => several([(-1.0).into(), system_text(&error).into()]),
    }
}

fn fclose(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let ids: Vec<u32> = if args[0].to_text().is_some_and(|t| t == "all") {
        host.state().streams.files().map(|(id, _)| id).collect()
    } else {
        let id = number(host, "fclose", &args[0])?;
        if (0..=2).contains(&id) {
            bail!("fclose: the standard streams stay open");
        }
        vec![u32::try_from(id).map_err(|_| unknown("fclose", id))?]
    };
    for id in ids {
        match host.state().streams.close(id) {
            None => return Err(unknown("fclose", id.into())),
            Some(Err(error)) => {
                host.warn("", &format!("fclose: {}", system_text(&error)));
                return one(-1.0);
            }
            Some(Ok(())) => {}
        }
    }
    one(0.0)
}

/// `fgetl` and `fgets`.
fn line(host: &mut dyn Host, who: &str, args: &[Value], newline: bool) -> Result<Values> {
    let Some(stream) = file(host, who, &args[0])? else { return several([(-1.0).into(), 0.0.into()]) };
    let most = match args.get(1).map(|n| n.to_f64().filter(|x| *x >= 0.0 || x.is_nan())) {
        None => usize::MAX,
        Some(Some(n)) => n as usize,
        Some(None) => bail!("{who}: invalid length specified"),
    };
    let read = stream.line(most);
    match noted(stream, who, read).flatten() {
        None => {
            stream.trouble.get_or_insert_with(|| format!("{who}: at end of file"));
            several([(-1.0).into(), 0.0.into()])
        }
        Some(mut line) => {
            if !newline && line.bytes.last() == Some(&b'\n') {
                line.bytes.pop();
            }
            several([row(line.bytes), line.taken.into()])
        }
    }
}

fn fgetl(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    line(host, "fgetl", args, false)
}

fn fgets(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    line(host, "fgets", args, true)
}

fn fskipl(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let count = args.get(1).map_or(Some(1.0), Value::to_f64).filter(|n| *n >= 0.0);
    let Some(count) = count else { bail!("fskipl: number of lines must be a number of lines, or Inf for all") };
    let stream = source(host, "fskipl", &args[0])?;
    let mut skipped = 0.0;
    while skipped < count {
        let read = stream.line(usize::MAX);
        match noted(stream, "fskipl", read).flatten() {
            Some(line) if line.bytes.last() == Some(&b'\n') => skipped += 1.0,
            _ => break,
        }
    }
    one(skipped)
}

fn fileread(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Some(name) = args[0].to_text() else { bail!("fileread: FILENAME argument must be a string") };
    match std::fs::read(&name) {
        Ok(text) => one(row_or_1x0(text)),
        Err(error) => Err(fault!("fileread: cannot open file {name}").hint(system_text(&error))),
    }
}

fn feof(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    one(file(host, "feof", &args[0])?.is_some_and(|stream| stream.ended))
}

fn ferror(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let clear = match args.get(1) {
        None => false,
        Some(word) if word.to_text().is_some_and(|t| t == "clear") => true,
        Some(_) => bail!("ferror: second argument must be \"clear\""),
    };
    let trouble = match file(host, "ferror", &args[0])? {
        Some(stream) if clear => stream.trouble.take(),
        Some(stream) => stream.trouble.clone(),
        None => None,
    };
    match trouble {
        Some(text) => several([text.into(), (-1.0).into()]),
        None => several(["".into(), 0.0.into()]),
    }
}

fn fclear(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    if let Some(stream) = file(host, "fclear", &args[0])? {
        stream.ended = false;
        stream.trouble = None;
    }
    Ok(Values::new())
}

fn fflush(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let flushed = match file(host, "fflush", &args[0])? {
        Some(stream) => {
            let flushed = stream.flush();
            noted(stream, "fflush", flushed).is_some()
        }
        None => host.out().flush().is_ok(),
    };
    one(if flushed { 0.0 } else { -1.0 })
}

fn fseek(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let stream = source(host, "fseek", &args[0])?;
    let Some(offset) = args[1].to_f64().filter(|x| *x == x.trunc()) else { bail!("fseek: invalid value for offset") };
    let origin = match args.get(2) {
        None => 0,
        Some(word) => match (word.to_text().filter(|_| bytes(word).is_some()).as_deref(), word.to_f64()) {
            (Some("bof"), _) => 0,
            (Some("cof"), _) => 1,
            (Some("eof"), _) => 2,
            (None, Some(0.0 | -1.0)) => 0,
            (None, Some(1.0)) => 1,
            (None, Some(2.0)) => 2,
            _ => bail!("fseek: invalid value for origin"),
        },
    };
    let offset = offset as i64;
    let moved = match origin {
        0 if offset < 0 => Ok(false),
        0 => stream.seek(SeekFrom::Start(offset.unsigned_abs())),
        1 => stream.seek(SeekFrom::Current(offset)),
        _ => stream.seek(SeekFrom::End(offset)),
    };
    one(if noted(stream, "fseek", moved) == Some(true) { 0.0 } else { -1.0 })
}

fn ftell(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Some(stream) = file(host, "ftell", &args[0])? else { return one(-1.0) };
    let position = stream.position();
    one(noted(stream, "ftell", position).map_or(-1.0, |x| x as f64))
}

fn frewind(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let stream = source(host, "frewind", &args[0])?;
    let moved = stream.seek(SeekFrom::Start(0));
    let status = if noted(stream, "frewind", moved).is_some() { 0.0 } else { -1.0 };
    if call.nargout > 0 { one(status) } else { Ok(Values::new()) }
}

fn is_valid_file_id(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let known = |id: i64| (0..=2).contains(&id);
    let Ok(id) = number(host, "is_valid_file_id", &args[0]) else { return one(false) };
    one(known(id) || u32::try_from(id).is_ok_and(|id| host.state().streams.get(id).is_some()))
}

fn freport(host: &mut dyn Host, _: &[Value], _: Call) -> Result<Values> {
    let mut text = String::from("\n  number  mode  arch       name\n  ------  ----  ----       ----\n");
    for (id, name) in STANDARD.iter().enumerate() {
        let mode = if id == 0 { "r" } else { "w" };
        text += &format!("  {id:>4}     {mode:<3}  {:<9}  {name}\n", "ieee-le");
    }
    for (id, stream) in host.state().streams.files() {
        text += &format!("  {id:>4}     {:<3}  {:<9}  {}\n", stream.mode.name, stream.order.name(), stream.name);
    }
    text.push('\n');
    host.out().write_all(text.as_bytes()).map_err(|error| fault!("cannot write the output: {error}"))?;
    Ok(Values::new())
}
