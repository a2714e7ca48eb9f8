//! What a save has finished: each chunk that was written, with a digest of its bytes. Beside chunks that are files the
//! journal is a file among them; of an array that is a single file it stands behind the elements until that is complete.
//!
//! The first line says what the array is made from. A save that was killed can be taken up by one of the same
//! identity: chunks whose bytes still have the digest that was noted are finished, whatever happened since.

use super::digest::Digest;
use std::collections::HashMap;
use std::fs::{self, File};
use std::hash::Hasher;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Mutex;

/// The journal's name beside the chunks; gone when the array gets its name.
const NAME: &str = ".arr-journal";

/// Bytes read at once to check a chunk.
const PIECE: usize = 1 << 18;

/// A journal being written.
pub struct Journal(Mutex<File>);

/// What a finished chunk is known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finished {
    pub bytes: u64,
    pub digest: u64,
}

fn heading(identity: u64) -> String {
    format!("arr save of {identity:016x}")
}

impl Journal {
    /// Starts the journal of a new array in its directory.
    pub fn start(directory: &Path, identity: u64) -> io::Result<Journal> {
        let mut file = File::options().create_new(true).append(true).open(directory.join(NAME))?;
        writeln!(file, "{}", heading(identity))?;
        Ok(Journal(Mutex::new(file)))
    }

    /// Starts the journal behind the elements of a file that ends with them.
    pub fn behind(path: &Path, identity: u64) -> io::Result<Journal> {
        let mut file = File::options().append(true).open(path)?;
        writeln!(file, "{}", heading(identity))?;
        Ok(Journal(Mutex::new(file)))
    }

    /// Goes on with the journal of an array that was begun, and says which chunks are finished. `None` if it is of
    /// another identity.
    pub fn go_on(directory: &Path, identity: u64) -> io::Result<Option<(Journal, HashMap<String, Finished>)>> {
        let path = directory.join(NAME);
        match File::open(&path) {
            Ok(file) => go_on(&path, file, identity, |key| of_file(&directory.join(key))),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(e),
        }
    }

    /// The same where the journal stands behind the elements of a file, from this byte on; `digest` says what a chunk is.
    pub fn go_on_behind(
        path: &Path,
        from: u64,
        identity: u64,
        digest: impl Fn(&str) -> io::Result<Finished>,
    ) -> io::Result<Option<(Journal, HashMap<String, Finished>)>> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(from))?;
        go_on(path, file, identity, digest)
    }

    /// Notes a chunk that has been written.
    pub fn note(&self, key: &str, chunk: Finished) -> io::Result<()> {
        let line = format!("{:016x} {} {key}\n", chunk.digest, chunk.bytes);
        self.0.lock().unwrap_or_else(|e| e.into_inner()).write_all(line.as_bytes())
    }

    /// Removes the journal from an array that is complete.
    pub fn end(directory: &Path) -> io::Result<()> {
        match fs::remove_file(directory.join(NAME)) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other,
        }
    }

    /// Whether an unfinished array may have a journal: a file may have one at its end.
    pub fn is_in(path: &Path) -> bool {
        path.is_file() || path.join(NAME).is_file()
    }
}

/// The journal of a save, if it has an identity, and what is finished already: that of an earlier one which was found, or
/// a new one.
pub fn begun(
    found: Option<(Journal, HashMap<String, Finished>)>,
    identity: Option<u64>,
    start: impl FnOnce(u64) -> io::Result<Journal>,
) -> io::Result<(Option<Journal>, HashMap<String, Finished>)> {
    match found {
        Some((journal, finished)) => Ok((Some(journal), finished)),
        None => Ok((identity.map(start).transpose()?, HashMap::new())),
    }
}

/// Goes on with a journal, of which the open file has the lines left to read.
fn go_on(
    path: &Path,
    mut file: File,
    identity: u64,
    digest: impl Fn(&str) -> io::Result<Finished>,
) -> io::Result<Option<(Journal, HashMap<String, Finished>)>> {
    let mut text = String::new();
    match file.read_to_string(&mut text) {
        Ok(_) => {}
        Err(e) if e.kind() == io::ErrorKind::InvalidData => return Ok(None),
        Err(e) => return Err(e),
    }
    let mut lines = text.lines();
    if lines.next() != Some(heading(identity).as_str()) {
        return Ok(None);
    }
    let noted: HashMap<String, Finished> = lines.filter_map(entry).collect();
    let finished = noted.into_iter().filter(|(key, wanted)| digest(key).ok() == Some(*wanted)).collect();
    let mut file = File::options().append(true).open(path)?;
    // The last line may have been torn: what follows begins a new one.
    writeln!(file)?;
    Ok(Some((Journal(Mutex::new(file)), finished)))
}

/// `digest bytes key`; nothing for a line that was torn.
fn entry(line: &str) -> Option<(String, Finished)> {
    let (digest, rest) = line.split_once(' ')?;
    let (bytes, key) = rest.split_once(' ')?;
    let digest = if digest.len() == 16 { u64::from_str_radix(digest, 16).ok()? } else { return None };
    Some((key.to_owned(), Finished { bytes: bytes.parse().ok()?, digest }))
}

/// Length and digest of a file.
fn of_file(path: &Path) -> io::Result<Finished> {
    let mut file = File::open(path)?;
    let mut seen = Seen::default();
    let mut piece = vec![0; PIECE];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(seen.finished()),
            n => seen.add(&piece[..n]),
        }
    }
}

/// The bytes of a chunk, as they come.
#[derive(Default)]
pub struct Seen {
    bytes: u64,
    digest: Digest,
}

impl Seen {
    pub fn add(&mut self, bytes: &[u8]) {
        self.digest.write(bytes);
        self.bytes += bytes.len() as u64;
    }

    pub fn finished(&self) -> Finished {
        Finished { bytes: self.bytes, digest: self.digest.finish() }
    }
}

/// A chunk's file that is digested as it is written, if there is a journal.
pub struct ChunkFile {
    file: File,
    bytes: u64,
    digest: Option<Digest>,
}

impl ChunkFile {
    pub fn new(file: File, journal: Option<&Journal>) -> ChunkFile {
        ChunkFile { file, bytes: 0, digest: journal.map(|_| Digest::default()) }
    }

    /// Bytes written.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// What the journal notes of it.
    pub fn finished(&self) -> Finished {
        Finished { bytes: self.bytes, digest: self.digest.as_ref().map_or(0, Digest::finish) }
    }
}

impl Write for ChunkFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.file.write(bytes)?;
        self.bytes += n as u64;
        if let Some(digest) = &mut self.digest {
            digest.write(&bytes[..n]);
        }
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn torn_lines_count_for_nothing() {
        let line = "00000000000000ff 12 c/0/1";
        assert_eq!(entry(line), Some(("c/0/1".to_owned(), Finished { bytes: 12, digest: 255 })));
        for end in 0..17 {
            assert_eq!(entry(&line[..end]), None);
        }
        assert_eq!(entry("no digest 12 c/0/1"), None);
    }
}
