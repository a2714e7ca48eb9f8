//! An open file: where reading and writing go on, with what was read ahead and what is still to be written.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};

/// Bytes read from a file, or gathered before they are written to it, at once.
const PIECE: usize = 64 * 1024;

/// The byte order of numbers in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByteOrder {
    Little,
    Big,
}

impl ByteOrder {
    /// By the names `fopen` knows; `native` is little, which is what runs here.
    pub fn from_name(name: &str) -> Option<ByteOrder> {
        match name {
            "native" | "n" | "ieee-le" | "l" | "little-endian" => Some(ByteOrder::Little),
            "ieee-be" | "b" | "big-endian" => Some(ByteOrder::Big),
            _ => None,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            ByteOrder::Little => "ieee-le",
            ByteOrder::Big => "ieee-be",
        }
    }
}

/// What `fopen` was asked for: `r`, `w`, `a`, each perhaps with `+`, and `t` or `b`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mode {
    /// As it is reported: `rb`, `w+b`, `rt`.
    pub name: String,
    pub reads: bool,
    pub writes: bool,
    options: (bool, bool, bool),
}

impl Mode {
    pub fn parse(text: &str) -> Option<Mode> {
        let mut rest: Vec<char> = text.chars().collect();
        let mut take = |c: char| rest.iter().position(|&x| x == c).map(|at| rest.remove(at)).is_some();
        let (plus, text_mode, _binary) = (take('+'), take('t'), take('b'));
        let _ = take('z');
        let [kind] = rest[..] else { return None };
        let (reads, writes, options) = match kind {
            'r' => (true, plus, (false, false, false)),
            'w' => (plus, true, (true, true, false)),
            'a' => (plus, true, (true, false, true)),
            _ => return None,
        };
        let name = format!("{kind}{}{}", if plus { "+" } else { "" }, if text_mode { "t" } else { "b" });
        Some(Mode { name, reads, writes, options })
    }

    fn open(&self, path: &str) -> io::Result<File> {
        let (create, truncate, append) = self.options;
        let mut options = OpenOptions::new();
        options.read(self.reads).write(self.writes && !append).create(create).truncate(truncate).append(append);
        options.open(path)
    }
}

/// A line that was read: its bytes with the newline, if one ended it.
pub struct Line {
    pub bytes: Vec<u8>,
    /// How many bytes of the file it took.
    pub taken: usize,
}

#[derive(Debug)]
pub struct Stream {
    pub name: String,
    pub mode: Mode,
    pub order: ByteOrder,
    file: File,
    /// Read from the file; what was taken of it ends at `at`.
    ahead: Vec<u8>,
    at: usize,
    /// Written, but not yet in the file.
    pending: Vec<u8>,
    /// A read met the end of the file.
    pub ended: bool,
    /// What went wrong last (`ferror`).
    pub trouble: Option<String>,
}

impl Stream {
    pub fn open(name: &str, mode: Mode, order: ByteOrder) -> io::Result<Stream> {
        let file = mode.open(name)?;
        if file.metadata()?.is_dir() {
            return Err(io::Error::from(io::ErrorKind::IsADirectory));
        }
        Ok(Stream {
            name: name.to_owned(),
            mode,
            order,
            file,
            ahead: Vec::new(),
            at: 0,
            pending: Vec::new(),
            ended: false,
            trouble: None,
        })
    }

    /// What was read and not yet taken.
    pub fn waiting(&self) -> &[u8] {
        &self.ahead[self.at..]
    }

    /// Reads another piece behind what is waiting; `false` at the end of the file.
    fn fill(&mut self) -> io::Result<bool> {
        if !self.mode.reads {
            return Err(io::Error::other("stream not open for reading"));
        }
        self.flush()?;
        // Moving what waits to the front pays once most has been taken.
        if self.at * 2 >= self.ahead.len() {
            self.ahead.drain(..self.at);
            self.at = 0;
        }
        let before = self.ahead.len();
        self.ahead.resize(before + PIECE, 0);
        let read = self.file.read(&mut self.ahead[before..]);
        self.ahead.truncate(before + *read.as_ref().unwrap_or(&0));
        Ok(read? > 0)
    }

    /// Makes `count` bytes wait, or all that are left.
    pub fn want(&mut self, count: usize) -> io::Result<()> {
        while self.waiting().len() < count {
            if !self.fill()? {
                self.ended = true;
                break;
            }
        }
        Ok(())
    }

    /// All that is left.
    pub fn rest(&mut self) -> io::Result<&[u8]> {
        while self.fill()? {}
        Ok(self.waiting())
    }

    /// Takes bytes that wait.
    pub fn take(&mut self, count: usize) -> Vec<u8> {
        let taken = self.waiting()[..count.min(self.waiting().len())].to_vec();
        self.at += taken.len();
        taken
    }

    /// A line of at most `most` bytes; `None` at the end of the file. Having read the last line, the stream knows that
    /// it has ended.
    pub fn line(&mut self, most: usize) -> io::Result<Option<Line>> {
        let mut searched = 0;
        let length = loop {
            let waiting = self.waiting();
            if let Some(found) = waiting[searched..].iter().position(|&c| c == b'\n') {
                break searched + found + 1;
            }
            searched = waiting.len();
            if searched >= most || !self.fill()? {
                break searched;
            }
        }
        .min(most);
        if length == 0 {
            self.ended |= most > 0;
            return Ok(None);
        }
        let bytes = self.take(length);
        if self.waiting().is_empty() && !self.fill()? {
            self.ended = true;
        }
        Ok(Some(Line { taken: length, bytes }))
    }

    /// Writes where the stream stands.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if !self.mode.writes {
            return Err(io::Error::other("stream not open for writing"));
        }
        self.drop_ahead()?;
        self.pending.extend_from_slice(bytes);
        if self.pending.len() >= PIECE { self.flush() } else { Ok(()) }
    }

    /// Writes what is pending.
    pub fn flush(&mut self) -> io::Result<()> {
        let pending = std::mem::take(&mut self.pending);
        self.file.write_all(&pending)
    }

    /// Puts the file where reading stands.
    fn drop_ahead(&mut self) -> io::Result<()> {
        let unread = self.waiting().len() as i64;
        self.ahead.clear();
        self.at = 0;
        if unread > 0 { self.file.seek(SeekFrom::Current(-unread)).map(|_| ()) } else { Ok(()) }
    }

    /// Where the stream stands, in bytes from the start.
    pub fn position(&mut self) -> io::Result<u64> {
        self.flush()?;
        Ok(self.file.stream_position()? - self.waiting().len() as u64)
    }

    /// Moves to a place within the file; `false`, and nothing moves, where there is none.
    pub fn seek(&mut self, to: SeekFrom) -> io::Result<bool> {
        let here = self.position()?;
        let end = self.file.metadata()?.len();
        let target = match to {
            SeekFrom::Start(x) => Some(x),
            SeekFrom::Current(x) => here.checked_add_signed(x),
            SeekFrom::End(x) => end.checked_add_signed(x),
        };
        let Some(target) = target.filter(|&x| x <= end) else { return Ok(false) };
        self.ahead.clear();
        self.at = 0;
        self.file.seek(SeekFrom::Start(target))?;
        self.ended = false;
        Ok(true)
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        // Who must know whether it was written closes the file; there is nobody left to tell here.
        let _ = self.flush();
    }
}

/// The open files by number; 0, 1 and 2 are the standard streams.
#[derive(Debug, Default)]
pub struct Streams {
    open: BTreeMap<u32, Stream>,
}

impl Streams {
    /// The smallest free number is the stream's.
    pub fn add(&mut self, stream: Stream) -> u32 {
        let id = (3..).find(|id| !self.open.contains_key(id)).unwrap_or(u32::MAX);
        self.open.insert(id, stream);
        id
    }

    /// A file that is open; standard input is opened when it is first asked for.
    pub fn get(&mut self, id: u32) -> Option<&mut Stream> {
        if id == 0 && !self.open.contains_key(&0) {
            let stdin = Stream::open("/dev/stdin", Mode::parse("r")?, ByteOrder::Little).ok()?;
            self.open.insert(0, stdin);
        }
        self.open.get_mut(&id)
    }

    /// The number of a file that is open under this name.
    pub fn find(&self, name: &str) -> Option<u32> {
        match name {
            "stdin" => Some(0),
            "stdout" => Some(1),
            "stderr" => Some(2),
            _ => self.open.iter().find(|(_, stream)| stream.name == name).map(|(&id, _)| id),
        }
    }

    pub fn close(&mut self, id: u32) -> Option<io::Result<()>> {
        self.open.remove(&id).map(|mut stream| stream.flush())
    }

    /// Files that were opened, in order of their numbers.
    pub fn files(&self) -> impl Iterator<Item = (u32, &Stream)> {
        self.open.iter().filter(|(id, _)| **id > 2).map(|(id, stream)| (*id, stream))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(name: &str, mode: &str) -> Stream {
        Stream::open(name, Mode::parse(mode).unwrap(), ByteOrder::Little).unwrap()
    }

    #[test]
    fn modes() {
        assert_eq!(Mode::parse("rt").unwrap().name, "rt");
        assert_eq!(Mode::parse("w+b").unwrap().name, "w+b");
        assert_eq!(Mode::parse("ab+").unwrap().name, "a+b");
        assert!(Mode::parse("q").is_none() && Mode::parse("").is_none() && Mode::parse("rw").is_none());
    }

    #[test]
    fn reading_and_writing_share_a_position() {
        let path = std::env::temp_dir().join(format!("arr-stream-{}", std::process::id()));
        let name = path.display().to_string();
        let mut w = stream(&name, "w");
        w.write(b"one\ntwo\nend").unwrap();
        assert_eq!(w.position().unwrap(), 11);
        assert!(w.line(10).is_err());
        drop(w);
        let mut s = stream(&name, "r+");
        assert_eq!(s.line(usize::MAX).unwrap().unwrap().bytes, b"one\n");
        assert_eq!(s.position().unwrap(), 4);
        s.write(b"TW").unwrap();
        assert_eq!(s.line(usize::MAX).unwrap().unwrap().bytes, b"o\n");
        assert!(!s.ended);
        assert_eq!(s.line(2).unwrap().unwrap().bytes, b"en");
        assert_eq!(s.line(usize::MAX).unwrap().unwrap().bytes, b"d");
        assert!(s.ended && s.line(usize::MAX).unwrap().is_none());
        assert!(s.seek(SeekFrom::End(-3)).unwrap() && !s.ended);
        assert!(!s.seek(SeekFrom::Start(12)).unwrap());
        assert_eq!(s.rest().unwrap(), b"end");
        std::fs::remove_file(path).unwrap();
    }
}
