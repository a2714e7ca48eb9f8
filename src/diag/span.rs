//! Places in source text.

use std::collections::VecDeque;
use std::sync::Arc;

/// Which source text; an index into [`Sources`].
pub type SourceId = u32;

/// A half-open range of bytes in one source text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
pub struct Span {
    pub source: SourceId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub const fn new(source: SourceId, start: usize, end: usize) -> Span {
        Span { source, start: start as u32, end: end as u32 }
    }

    /// The smallest span that holds both (of the same source).
    pub fn to(self, other: Span) -> Span {
        Span { source: self.source, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// One text: a file, a `-e` argument, or a statement typed at the prompt.
#[derive(Debug, Clone)]
pub struct SourceText {
    /// What to call it in a message: a path, or `<command line>`, `<prompt 3>`.
    pub name: Arc<str>,
    pub text: Arc<str>,
}

/// All texts of a session; spans point into them. Texts that a program makes and runs (`eval`) come without end, so
/// only the latest of those are kept; a span into an older one points nowhere.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    texts: Vec<SourceText>,
    passing: VecDeque<SourceText>,
    /// How many passing texts have been dropped.
    dropped: u32,
    passing_bytes: usize,
}

/// The numbers of passing texts begin here.
const PASSING: SourceId = 1 << 31;

/// Most passing texts kept, and most bytes in them together.
const MOST_PASSING: usize = 1000;
const MOST_PASSING_BYTES: usize = 16 << 20;

impl Sources {
    pub fn add(&mut self, name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> SourceId {
        self.texts.push(SourceText { name: name.into(), text: text.into() });
        (self.texts.len() - 1) as SourceId
    }

    /// As [`Sources::add`], for a text that will be one of many.
    pub fn add_passing(&mut self, name: &str, text: &str) -> SourceId {
        let last = self.passing.back();
        if last.is_none_or(|last| *last.text != *text || *last.name != *name) {
            self.passing_bytes += text.len();
            self.passing.push_back(SourceText { name: name.into(), text: text.into() });
        }
        while self.passing.len() > MOST_PASSING || (self.passing.len() > 1 && self.passing_bytes > MOST_PASSING_BYTES) {
            let old = self.passing.pop_front();
            self.passing_bytes -= old.map_or(0, |old| old.text.len());
            // Numbers are used again after two thousand million texts.
            self.dropped = (self.dropped + 1) % (PASSING - MOST_PASSING as u32 - 1);
        }
        PASSING + self.dropped + self.passing.len() as u32 - 1
    }

    /// Number of texts ever added.
    pub fn len(&self) -> usize {
        self.texts.len() + self.dropped as usize + self.passing.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn get(&self, id: SourceId) -> Option<&SourceText> {
        match id.checked_sub(PASSING) {
            Some(passing) => self.passing.get(passing.checked_sub(self.dropped)? as usize),
            None => self.texts.get(id as usize),
        }
    }

    /// The text under a span; empty when the span does not lie in a known text.
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.source).and_then(|s| s.text.get(span.start as usize..span.end as usize)).unwrap_or("")
    }

    /// Line and column (both from 1, columns in characters) of the start of a span.
    pub fn line_col(&self, span: Span) -> (usize, usize) {
        let Some(source) = self.get(span.source) else { return (0, 0) };
        let before = source.text.get(..span.start as usize).unwrap_or(&source.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        (line, column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passing_texts_pass() {
        let mut sources = Sources::default();
        let file = sources.add("a.arr", "x = 1");
        let first = sources.add_passing("<eval>", "y");
        assert_eq!(sources.add_passing("<eval>", "y"), first);
        let mut last = first;
        for i in 0..5000 {
            last = sources.add_passing("<eval>", &format!("y{i}"));
        }
        assert_eq!(&*sources.get(last).unwrap().text, "y4999");
        assert_eq!(&*sources.get(last - 1).unwrap().text, "y4998");
        assert!(sources.get(first).is_none());
        assert!(sources.passing.len() <= MOST_PASSING);
        assert_eq!(&*sources.get(file).unwrap().text, "x = 1");
    }
}
