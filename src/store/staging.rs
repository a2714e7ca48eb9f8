//! Safe writes: a new array grows under a temporary name beside its final one, and takes that name in one step when it
//! is complete and on disk. Until then whatever had the name keeps it; an array that is never published vanishes.
//!
//! Every temporary is locked while its process lives. The next array made in the same directory tidies away the
//! unlocked ones: they are what a crash or a power cut left behind. One that is asked to go on where a killed save of
//! the same array stopped takes what that left over, if its journal proves that it belongs ([`super::journal`]).

use super::exchange::exchange;
use super::io_text;
use super::journal::Journal;
use super::root::Root;
use crate::diag::{Fault, Result};
use crate::fault;
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard};

/// What is growing: its name is `.NAME.arr-tmp-PROCESS-NUMBER`.
const GROWING: &str = ".arr-tmp-";
/// What is moved aside where names cannot be exchanged; it takes its name back if that was the last that happened.
const ASIDE: &str = ".arr-old-";

/// A temporary file or directory on its way to its name.
pub struct Staging {
    /// The name as the user gave it, for messages.
    name: String,
    target: PathBuf,
    temp: PathBuf,
    /// The open temporary, locked; `None` once it was published.
    open: Mutex<Option<File>>,
}

impl Staging {
    /// A temporary directory beside `path`.
    pub fn directory(path: &Path) -> Result<Staging> {
        Staging::start(path, Leftovers::Remove, make_directory)
    }

    /// The temporary file or directory that a killed process left for `path` and that `accept` takes, with what it says
    /// of it; or a new one. What such processes left for other arrays stays, so that they can be gone on with, too.
    pub fn resumed<T>(
        path: &Path,
        make: impl Fn(&Path) -> io::Result<File>,
        accept: impl Fn(&Path) -> io::Result<Option<T>>,
    ) -> Result<(Staging, Option<T>)> {
        let staging = Staging::start(path, Leftovers::Keep, make)?;
        for left in leftovers(staging.target.parent().unwrap_or(Path::new("/"))) {
            if Some(left.array.as_os_str()) != staging.target.file_name() || !left.growing {
                continue;
            }
            match accept(&left.path).map_err(|e| staging.fault(&e))? {
                Some(found) => {
                    let taken = Staging {
                        name: staging.name.clone(),
                        target: staging.target.clone(),
                        temp: left.path,
                        open: Mutex::new(Some(left.lock)),
                    };
                    return Ok((taken, Some(found)));
                }
                None => remove(&left.path),
            }
        }
        Ok((staging, None))
    }

    /// A temporary file beside `path`.
    pub fn file(path: &Path) -> Result<Staging> {
        Staging::start(path, Leftovers::Remove, make_file)
    }

    fn start(path: &Path, others: Leftovers, make: impl Fn(&Path) -> io::Result<File>) -> Result<Staging> {
        let name = path.display().to_string();
        let wrong = |e: io::Error| fault!("{name}: cannot be written: {}", io_text(&e));
        let file_name = path.file_name().ok_or_else(|| fault!("{name}: not a name that an array can have"))?;
        let target = match fs::canonicalize(path) {
            Ok(existing) => existing,
            Err(_) => {
                let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
                let parent = fs::canonicalize(parent)
                    .map_err(|e| fault!("{name}: cannot be written: {}: {}", parent.display(), io_text(&e)))?;
                parent.join(file_name)
            }
        };
        tidy(target.parent().unwrap_or(Path::new("/")), others);
        loop {
            let temp = beside(&target, GROWING);
            let file = match make(&temp) {
                Ok(file) => file,
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => continue,
                Err(e) => return Err(wrong(e)),
            };
            // Where the file system has no locks, nothing is tidied either.
            let _ = file.lock();
            // Somebody may have tidied it away between its making and its lock.
            if temp.exists() {
                return Ok(Staging { name, target, temp, open: Mutex::new(Some(file)) });
            }
        }
    }

    /// The temporary file, open for reading and writing.
    pub fn handle(&self) -> Result<File> {
        File::options().read(true).write(true).open(&self.temp).map_err(|e| self.fault(&e))
    }

    /// Where the new array grows.
    pub fn path(&self) -> &Path {
        &self.temp
    }

    /// Whether it has its name already, and must not be written any more.
    pub fn is_published(&self) -> bool {
        self.open().is_none()
    }

    /// The name of the array in messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn open(&self) -> MutexGuard<'_, Option<File>> {
        self.open.lock().unwrap_or_else(|e| e.into_inner())
    }

    fn fault(&self, e: &io::Error) -> Fault {
        fault!("{}: cannot be written: {}", self.name, io_text(e))
    }

    /// Brings everything to disk, then gives it its name. The old bearer of the name is gone afterwards, save for
    /// those who still read it. Does nothing the second time.
    pub fn publish(&self) -> Result<()> {
        let mut open = self.open();
        let Some(file) = open.as_ref() else { return Ok(()) };
        self.sync_and_rename(file).map_err(|e| self.fault(&e))?;
        // From here on the temporary name is not ours to remove.
        *open = None;
        let parent = self.target.parent().unwrap_or(Path::new("/"));
        File::open(parent).and_then(|parent| parent.sync_all()).map_err(|e| self.fault(&e))
    }

    fn sync_and_rename(&self, file: &File) -> io::Result<()> {
        let directory = self.temp.is_dir();
        match directory {
            // The journal goes last: a save that is killed while it waits for the disk can be gone on with.
            true => sync_below(&self.temp).and_then(|()| Journal::end(&self.temp))?,
            false => file.sync_all()?,
        }
        match self.target.symlink_metadata() {
            Err(e) if e.kind() == io::ErrorKind::NotFound => fs::rename(&self.temp, &self.target),
            Err(e) => Err(e),
            // A file is replaced in one step, and whoever has it open keeps it.
            Ok(_) if !directory => fs::rename(&self.temp, &self.target),
            Ok(_) => self.replace(),
        }
    }

    /// Puts a directory in the place of another.
    fn replace(&self) -> io::Result<()> {
        let swapped = Root::retire(&self.target, &self.temp, || exchange(&self.temp, &self.target));
        match swapped {
            Err(e) if e.kind() == io::ErrorKind::Unsupported => {
                let aside = beside(&self.target, ASIDE);
                Root::retire(&self.target, &aside, || {
                    fs::rename(&self.target, &aside)?;
                    fs::rename(&self.temp, &self.target).inspect_err(|_| {
                        // Nothing was lost if this works; if not, the next save beside it tries again.
                        let _ = fs::rename(&aside, &self.target);
                    })
                })
            }
            other => other,
        }
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if self.open().is_some() {
            remove(&self.temp);
        }
    }
}

/// Makes a temporary directory.
pub fn make_directory(path: &Path) -> io::Result<File> {
    fs::create_dir(path)?;
    File::open(path)
}

/// Makes a temporary file.
pub fn make_file(path: &Path) -> io::Result<File> {
    File::options().read(true).write(true).create_new(true).open(path)
}

/// A name of ours beside a path: `.NAME<mark>PROCESS-NUMBER`.
fn beside(target: &Path, mark: &str) -> PathBuf {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(format!("{mark}{}-{number}", std::process::id()));
    target.with_file_name(name)
}

/// What to do with unfinished arrays that can be gone on with.
#[derive(Clone, Copy, PartialEq)]
enum Leftovers {
    Remove,
    Keep,
}

/// Something of ours that no living process holds.
struct Leftover {
    path: PathBuf,
    /// The name of the array it was to be or has been.
    array: OsString,
    /// Whether it was growing, not moved aside.
    growing: bool,
    /// Ours now.
    lock: File,
}

/// What crashed processes left in a directory, locked.
fn leftovers(directory: &Path) -> Vec<Leftover> {
    let Ok(entries) = fs::read_dir(directory) else { return Vec::new() };
    let ours = |entry: fs::DirEntry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        let hidden = name.strip_prefix('.')?;
        let growing = hidden.contains(GROWING);
        let (array, _) = hidden.split_once(if growing { GROWING } else { ASIDE })?;
        let lock = File::open(entry.path()).ok()?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock | TryLockError::Error(_)) => return None,
        }
        Some(Leftover { path: entry.path(), array: array.into(), growing, lock })
    };
    entries.flatten().filter_map(ours).collect()
}

/// Removes what crashed processes left in a directory, or puts it back. What cannot be removed stays: this is a courtesy.
fn tidy(directory: &Path, others: Leftovers) {
    for left in leftovers(directory) {
        let original = directory.join(&left.array);
        match left.growing {
            false if !original.exists() => drop(fs::rename(&left.path, original)),
            _ if others == Leftovers::Keep && left.growing && Journal::is_in(&left.path) => {}
            _ => remove(&left.path),
        }
    }
}

fn remove(path: &Path) {
    let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
}

/// Brings a directory with all that is in it to disk.
///
/// A single sync waits for the disk to say that it is done; syncs that wait at the same time share that answer, which
/// makes many small files some twenty times quicker. These threads do nothing but wait.
fn sync_below(directory: &Path) -> io::Result<()> {
    const WAITING: usize = 16;
    let paths = Mutex::new(Walk { root: Some(directory.to_path_buf()), open: Vec::new() });
    let next = || paths.lock().unwrap_or_else(|e| e.into_inner()).next();
    let sync = || -> io::Result<()> {
        while let Some(path) = next() {
            File::open(path?)?.sync_all()?;
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..WAITING).map(|_| scope.spawn(sync)).collect();
        let mut ends = workers.into_iter().map(|w| w.join().unwrap_or_else(|_| Err(io::Error::other("a thread died"))));
        // The scope waits for all; the first that failed counts.
        ends.try_fold((), |(), end| end)
    })
}

/// A directory and all that is in it.
struct Walk {
    root: Option<PathBuf>,
    open: Vec<fs::ReadDir>,
}

impl Iterator for Walk {
    type Item = io::Result<PathBuf>;

    fn next(&mut self) -> Option<io::Result<PathBuf>> {
        let path = match self.root.take() {
            Some(root) => root,
            None => loop {
                match self.open.last_mut()?.next() {
                    Some(entry) => match entry {
                        Ok(entry) => break entry.path(),
                        Err(e) => return Some(Err(e)),
                    },
                    None => drop(self.open.pop()),
                }
            },
        };
        if path.is_dir() {
            match fs::read_dir(&path) {
                Ok(entries) => self.open.push(entries),
                Err(e) => return Some(Err(e)),
            }
        }
        Some(Ok(path))
    }
}
