//! Places in source text.

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

/// All texts of a session; spans point into them.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    texts: Vec<SourceText>,
}

impl Sources {
    pub fn add(&mut self, name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> SourceId {
        self.texts.push(SourceText { name: name.into(), text: text.into() });
        (self.texts.len() - 1) as SourceId
    }

    /// Number of texts.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    pub fn get(&self, id: SourceId) -> Option<&SourceText> {
        self.texts.get(id as usize)
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
