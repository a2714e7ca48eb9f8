//! A fault as text for a person: the message, the source line with the place underlined, the advice, the calls that
//! led there.
//!
//! The first line is exactly `error: MESSAGE`, as scripts that read it expect. The frame around the source is
//! ariadne's. Whatever a span says, this never fails: a place outside its text is shown as far as it makes sense.

use super::{Diagnostic, Severity, Sources, Span};
use ariadne::{Color, Config, Fmt, Label, Report, ReportKind};
use std::fmt::Write;
use std::ops::Range;
use std::sync::Arc;

/// Longer source lines are not framed: only the piece under the span is shown.
const MAX_LINE: usize = 200;

/// So many calls are listed.
const MAX_TRACE: usize = 16;

/// The message with source line, underlined place and advice; ends in a newline.
pub fn render(diagnostic: &Diagnostic, sources: &Sources, color: bool) -> String {
    let (word, tint) = match diagnostic.severity {
        Severity::Error => ("error", Color::Red),
        Severity::Warning => ("warning", Color::Yellow),
    };
    let paint = |text: &str, tint: Color| if color { text.fg(tint).to_string() } else { text.to_string() };
    let mut out = format!("{}: {}\n", paint(word, tint), diagnostic.message);
    let found = diagnostic.labels.iter().filter_map(|label| Place::find(label.span, sources, label.text.clone()));
    let mut places: Vec<Place> = found.collect();
    let mut hint = diagnostic.hint.as_deref();
    let framed = places.iter().all(Place::is_short);
    if let Some(first) = places.first_mut() {
        if !framed {
            let _ = writeln!(out, "  --> {}: `{}`", first.position(), first.piece());
        } else if first.text.is_empty() {
            // The place itself has no remark of its own: the advice stands there.
            first.text = hint.take().unwrap_or("here").to_string();
        }
    }
    if framed && !places.is_empty() {
        frame(&mut out, &places, tint, color);
    }
    if let Some(hint) = hint {
        let _ = writeln!(out, "{}: {hint}", paint("hint", Color::Cyan));
    }
    trace(&mut out, diagnostic, sources);
    out
}

/// The functions that were active, innermost first.
fn trace(out: &mut String, diagnostic: &Diagnostic, sources: &Sources) {
    if diagnostic.trace.is_empty() {
        return;
    }
    out.push_str("called from\n");
    for (name, span) in diagnostic.trace.iter().take(MAX_TRACE) {
        match Place::find(*span, sources, String::new()) {
            Some(place) => {
                let _ = writeln!(out, "    {name} at {}", place.position());
            }
            None => {
                let _ = writeln!(out, "    {name}");
            }
        }
    }
    if let Some(more) = diagnostic.trace.len().checked_sub(MAX_TRACE).filter(|&more| more > 0) {
        let _ = writeln!(out, "    ... and {more} more");
    }
}

/// A span as a person sees it: a line, and characters in it.
struct Place {
    file: Arc<str>,
    /// From 0.
    line: usize,
    line_text: String,
    /// Characters of `line_text`; where a span goes on over further lines, the rest of the first.
    columns: Range<usize>,
    text: String,
}

impl Place {
    fn find(span: Span, sources: &Sources, text: String) -> Option<Place> {
        let source = sources.get(span.source)?;
        let whole: &str = &source.text;
        let start = boundary(whole, span.start as usize);
        let end = boundary(whole, span.end as usize).max(start);
        let line_start = whole[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = whole[start..].find('\n').map_or(whole.len(), |newline| start + newline);
        let column = |at: usize| whole[line_start..at.clamp(line_start, line_end)].chars().count();
        let line_text = whole[line_start..line_end].trim_end_matches('\r').chars().map(printable).collect();
        let columns = column(start)..column(end).max(column(start) + 1);
        let line = whole[..line_start].matches('\n').count();
        Some(Place { file: source.name.clone(), line, line_text, columns, text })
    }

    fn is_short(&self) -> bool {
        self.line_text.chars().count() <= MAX_LINE
    }

    fn position(&self) -> String {
        format!("{}:{}:{}", self.file, self.line + 1, self.columns.start + 1)
    }

    /// The text under the span, cut where it is long.
    fn piece(&self) -> String {
        let piece: String = self.line_text.chars().skip(self.columns.start).take(60.min(self.columns.len())).collect();
        if self.columns.len() > 60 { piece + "..." } else { piece }
    }
}

/// The nearest character boundary at or before a byte.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// Control characters in a source line must not reach the terminal. A tab is one blank, so that columns agree.
fn printable(c: char) -> char {
    match c {
        '\t' => ' ',
        c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => '\u{FFFD}',
        c => c,
    }
}

/// The lines in ariadne's frame. It is given blank lines for those without labels, so that it can count.
fn frame(out: &mut String, places: &[Place], tint: Color, color: bool) {
    let first = &places[0];
    let mut shown: Vec<&Place> = places.iter().filter(|place| place.file == first.file).collect();
    shown.sort_by_key(|place| place.line);
    let mut text = String::new();
    let (mut length, mut lines, mut line_start) = (0, 0, 0);
    let mut labels = Vec::new();
    let mut main = 0..0;
    for place in shown {
        let width = place.line_text.chars().count() + 1;
        if lines <= place.line {
            let blank = place.line - lines;
            text.extend(std::iter::repeat_n('\n', blank));
            // The blank at the end is room for a caret behind the last character.
            text.push_str(&place.line_text);
            text.push_str(" \n");
            line_start = length + blank;
            length = line_start + width + 1;
            lines = place.line + 1;
        }
        let from = place.columns.start.min(width - 1);
        let area = line_start + from..line_start + place.columns.end.clamp(from + 1, width.max(from + 1));
        let is_first = std::ptr::eq(place, first);
        if is_first {
            main = area.clone();
        }
        let label = Label::new((first.file.clone(), area)).with_color(if is_first { tint } else { Color::Blue });
        labels.push(label.with_message(&place.text));
    }
    let report = Report::build(ReportKind::Custom("", tint), (first.file.clone(), main))
        .with_config(Config::new().with_color(color).with_compact(false))
        .with_labels(labels)
        .finish();
    let mut bytes = Vec::new();
    if report.write(ariadne::sources([(first.file.clone(), text)]), &mut bytes).is_ok() {
        // The header is ours; so is the dislike of blanks at line ends.
        for line in String::from_utf8_lossy(&bytes).lines().skip(1) {
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Diagnostic;

    fn sources(text: &str) -> Sources {
        let mut sources = Sources::default();
        sources.add("demo.arr", text);
        sources
    }

    #[test]
    fn first_line_is_the_message_alone() {
        let fault = Diagnostic::new("operator +: nonconformant arguments");
        assert_eq!(render(&fault, &Sources::default(), false), "error: operator +: nonconformant arguments\n");
        let fault = fault.hint("transpose one");
        assert!(render(&fault, &Sources::default(), false).ends_with("hint: transpose one\n"));
    }

    #[test]
    fn the_place_is_underlined() {
        let fault = Diagnostic::new("m").at(Span::new(0, 10, 13)).label(Span::new(0, 0, 1), "here");
        let text = render(&fault, &sources("x = 1;\n\ty = abc + 2;\n"), false);
        assert!(text.contains("demo.arr:2:4"), "{text}");
        assert!(text.contains("2 │  y = abc + 2;"), "{text}");
        assert!(text.contains("here"), "{text}");
        assert!(!text.contains('\t') && !text.contains('\x1b'), "{text}");
    }

    #[test]
    fn no_span_is_too_wild() {
        for text in ["", "\n", "é\u{1F600}\r\n\u{7}x", "a\n", "ab", "\u{2028}"] {
            let sources = sources(text);
            for start in 0..12 {
                for end in 0..12 {
                    let wild = Span { source: 0, start, end };
                    let away = Span { source: 7, start, end };
                    for color in [false, true] {
                        let fault = Diagnostic::new("m").at(wild).label(wild, "again").label(away, "nowhere");
                        assert!(render(&fault, &sources, color).contains("m\n"));
                    }
                }
            }
        }
        let long = "1+".repeat(50_000);
        let text = render(&Diagnostic::new("m").at(Span::new(0, 70_000, 99_000)), &sources(&long), false);
        assert!(text.contains("demo.arr:1:70001") && text.len() < 300, "{text}");
    }

    #[test]
    fn calls_are_listed_innermost_first() {
        let mut fault = Diagnostic::new("m");
        fault.trace = (0..20).map(|at| (format!("f{at}"), Span::new(0, at, at + 1))).collect();
        let text = render(&fault, &sources("abcdefghijklmnopqrstuvw"), false);
        assert!(text.starts_with("error: m\ncalled from\n    f0 at demo.arr:1:1\n    f1"), "{text}");
        assert!(text.ends_with("... and 4 more\n"), "{text}");
    }
}
