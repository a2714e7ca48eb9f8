//! The directory of an array that is open for reading, and what happens when a new array takes its name.
//!
//! A statement may save over an array that later statements still read (`A = load(p); save(p, 2*A); A(1,1)`). So a
//! directory that is replaced in this process moves aside and lives on until its last reader is dropped; readers find
//! it through [`Root::open_file`]. A directory that another process replaced is noticed: no read mixes old and new chunks.
//!
//! Which directories are open is known to the process as a whole, as the file system is; nothing else is remembered.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, RwLock, Weak};

/// Directories that sources read from.
static OPEN: Mutex<Vec<Weak<Root>>> = Mutex::new(Vec::new());

fn open_roots() -> MutexGuard<'static, Vec<Weak<Root>>> {
    OPEN.lock().unwrap_or_else(|e| e.into_inner())
}

/// A directory open for reading.
#[derive(Debug)]
pub struct Root {
    /// Where it is now.
    path: RwLock<PathBuf>,
    /// What tells it from another directory of the same name: device and inode.
    identity: (u64, u64),
    /// Set once it was replaced: its lock, which keeps others from tidying it away.
    retired: Mutex<Option<File>>,
}

/// What [`Root::open_file`] found.
pub enum Opened {
    File(File),
    /// The file is not there.
    Missing,
    /// Another process has put another array in this place.
    Replaced,
}

fn identity(path: &Path) -> io::Result<(u64, u64)> {
    fs::metadata(path).map(|m| (m.dev(), m.ino()))
}

impl Root {
    /// The directory at a path, shared with other readers of it.
    pub fn open(path: &Path) -> io::Result<Arc<Root>> {
        let path = fs::canonicalize(path)?;
        let mut roots = open_roots();
        roots.retain(|root| root.strong_count() > 0);
        let identity = identity(&path)?;
        let same = roots.iter().filter_map(Weak::upgrade).find(|root| root.identity == identity && root.path() == path);
        if let Some(root) = same {
            return Ok(root);
        }
        let root = Arc::new(Root { path: RwLock::new(path), identity, retired: Mutex::new(None) });
        roots.push(Arc::downgrade(&root));
        Ok(root)
    }

    /// Where it is now.
    pub fn path(&self) -> PathBuf {
        self.path.read().unwrap_or_else(|e| e.into_inner()).clone()
    }

    /// Opens a file below it, and makes sure that it belongs to this array.
    pub fn open_file(&self, key: &str) -> io::Result<Opened> {
        let path = self.path.read().unwrap_or_else(|e| e.into_inner());
        let file = match File::open(path.join(key)) {
            Ok(file) => Some(file),
            Err(e) if e.kind() == io::ErrorKind::NotFound => None,
            Err(e) => return Err(e),
        };
        // The order matters: if the directory is still ours after the file was opened, so is the file.
        if identity(&path).ok() != Some(self.identity) {
            return Ok(Opened::Replaced);
        }
        Ok(file.map_or(Opened::Missing, Opened::File))
    }

    /// Lets `exchange` move the directory at `path` (canonical) away to `aside`; it is removed as soon as no reader has it open.
    pub fn retire(path: &Path, aside: &Path, exchange: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        let roots = open_roots();
        let lock = File::open(path)?;
        // Whoever tidies up takes this lock first. Where there are no locks, nobody tidies.
        let _ = lock.try_lock_shared();
        let reader = roots.iter().filter_map(Weak::upgrade).find(|root| root.path() == path);
        match &reader {
            Some(root) => {
                let mut now = root.path.write().unwrap_or_else(|e| e.into_inner());
                exchange()?;
                *now = aside.to_path_buf();
                *root.retired.lock().unwrap_or_else(|e| e.into_inner()) = Some(lock);
            }
            None => {
                exchange()?;
                // What cannot be removed now is tidied away by the next save beside it.
                let _ = fs::remove_dir_all(aside);
            }
        }
        drop(roots); // before `reader`, whose end may be the end of the directory
        Ok(())
    }
}

impl Drop for Root {
    fn drop(&mut self) {
        let retired = self.retired.get_mut().unwrap_or_else(|e| e.into_inner());
        if retired.is_some() {
            // What cannot be removed now is tidied away by the next save beside it.
            let _ = fs::remove_dir_all(self.path());
        }
    }
}
