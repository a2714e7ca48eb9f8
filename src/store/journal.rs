//! What a save has finished: a file among the chunks that names each one that was written, with a digest of its bytes.
//!
//! The first line says what the array is made from. A save that was killed can be taken up by one of the same
//! identity: chunks whose bytes still have the digest that was noted are finished, whatever happened since.

use super::digest::Digest;
use std::collections::HashMap;
use std::fs::{self, File};
use std::hash::Hasher;
use std::io::{self, Read, Write};
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

    /// Goes on with the journal of an array that was begun, and says which chunks are finished. `None` if it is of
    /// another identity.
    pub fn go_on(directory: &Path, identity: u64) -> io::Result<Option<(Journal, HashMap<String, Finished>)>> {
        let text = match fs::read_to_string(directory.join(NAME)) {
            Ok(text) => text,
            Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::InvalidData) => return Ok(None),
            Err(e) => return Err(e),
        };
        let mut lines = text.lines();
        if lines.next() != Some(heading(identity).as_str()) {
            return Ok(None);
        }
        let noted: HashMap<String, Finished> = lines.filter_map(entry).collect();
        let sound = noted.into_iter().filter(|(key, wanted)| of_file(&directory.join(key)).ok() == Some(*wanted));
        let finished = sound.collect();
        let mut file = File::options().append(true).open(directory.join(NAME))?;
        // The last line may have been torn: what follows begins a new one.
        writeln!(file)?;
        Ok(Some((Journal(Mutex::new(file)), finished)))
    }

    /// Notes a chunk that has been written.
    pub fn note(&self, key: &str, chunk: &ChunkFile) -> io::Result<()> {
        let digest = chunk.digest.as_ref().map_or(0, Digest::finish);
        let line = format!("{digest:016x} {} {key}\n", chunk.bytes);
        self.0.lock().unwrap_or_else(|e| e.into_inner()).write_all(line.as_bytes())
    }

    /// Removes the journal from an array that is complete.
    pub fn end(directory: &Path) -> io::Result<()> {
        match fs::remove_file(directory.join(NAME)) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other,
        }
    }

    /// Whether a directory has a journal.
    pub fn is_in(directory: &Path) -> bool {
        directory.join(NAME).is_file()
    }
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
    let (mut digest, mut bytes) = (Digest::default(), 0);
    let mut piece = vec![0; PIECE];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(Finished { bytes, digest: digest.finish() }),
            n => {
                digest.write(&piece[..n]);
                bytes += n as u64;
            }
        }
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
