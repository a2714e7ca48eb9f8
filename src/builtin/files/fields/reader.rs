//! Reading rows of fields out of text.

use super::format::{Item, Kind};
use crate::array::Complex64;
use crate::builtin::text::strings::scan;
use crate::diag::Result;
use crate::fault;

/// What separates fields, and what does not count.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Where there are none, blanks separate.
    pub delimiters: Vec<Vec<u8>>,
    pub blanks: Vec<u8>,
    /// What ends a line; without it, `\n` and `\r\n`.
    pub line_end: Option<Vec<u8>>,
    /// What begins a comment and what ends it; without an end, the end of the line.
    pub comments: Vec<(Vec<u8>, Option<Vec<u8>>)>,
    /// What an empty field of numbers is.
    pub empty: f64,
    /// Words that mean an empty field.
    pub empty_words: Vec<Vec<u8>>,
    /// Several delimiters in a row are one.
    pub merge: bool,
    /// A field that does not fit ends the reading without an error.
    pub lenient: bool,
}

/// One column as it grows.
#[derive(Debug, Clone, PartialEq)]
pub enum Column {
    Numbers(Vec<Complex64>),
    Texts(Vec<Vec<u8>>),
}

impl Column {
    pub fn of(item: &Item) -> Column {
        match item.kind {
            Kind::Number(_) => Column::Numbers(Vec::new()),
            _ => Column::Texts(Vec::new()),
        }
    }
}

/// One field.
enum Field {
    Number(Complex64),
    Text(Vec<u8>),
    /// Nothing to keep.
    Nothing,
}

pub struct Reader<'a> {
    pub text: &'a [u8],
    pub at: usize,
    pub rules: &'a Rules,
}

impl Reader<'_> {
    fn rest(&self) -> &[u8] {
        &self.text[self.at..]
    }

    pub fn at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    /// The length of the line end that stands here, or 0.
    fn line_end(&self) -> usize {
        let rest = self.rest();
        match &self.rules.line_end {
            Some(end) if rest.starts_with(end) => end.len(),
            Some(_) => 0,
            None if rest.starts_with(b"\n") => 1,
            None if rest.starts_with(b"\r\n") => 2,
            None => 0,
        }
    }

    /// The length of the longest delimiter that stands here, or 0.
    fn delimiter(&self) -> usize {
        let rest = self.rest();
        let fits = self.rules.delimiters.iter().filter(|d| !d.is_empty() && rest.starts_with(d));
        fits.map(Vec::len).max().unwrap_or(0)
    }

    fn is_blank(&self, c: u8) -> bool {
        self.rules.blanks.contains(&c)
    }

    /// Skips blanks and comments.
    pub fn skip_blanks(&mut self) {
        loop {
            while !self.at_end() && self.line_end() == 0 && self.is_blank(self.text[self.at]) {
                self.at += 1;
            }
            let begun =
                self.rules.comments.iter().find(|(start, _)| !start.is_empty() && self.rest().starts_with(start));
            let Some((start, end)) = begun else { return };
            let whole_line =
                self.text[..self.at].iter().rev().find(|c| !self.is_blank(**c)).is_none_or(|c| *c == b'\n');
            self.at += start.len();
            match end {
                Some(end) => {
                    let found = self.rest().windows(end.len().max(1)).position(|w| w == end.as_slice());
                    self.at = found.map_or(self.text.len(), |p| self.at + p + end.len());
                }
                None => {
                    while !self.at_end() && self.line_end() == 0 {
                        self.at += 1;
                    }
                    // A line that holds nothing else is no line.
                    if whole_line {
                        self.at += self.line_end();
                    }
                }
            }
        }
    }

    /// Skips a line; `false` where none is left.
    pub fn skip_line(&mut self) -> bool {
        while !self.at_end() {
            let end = self.line_end();
            if end > 0 {
                self.at += end;
                return true;
            }
            self.at += 1;
        }
        false
    }

    /// Skips what separates two fields; whether a delimiter did, so that another field must follow.
    fn skip_separator(&mut self) -> bool {
        let mut delimited = false;
        self.skip_blanks();
        loop {
            let (line, delimiter) = (self.line_end(), self.delimiter());
            if line == 0 && delimiter == 0 {
                return delimited;
            }
            delimited |= delimiter > 0 && line == 0;
            self.at += line.max(delimiter);
            self.skip_blanks();
            if !self.rules.merge || line > 0 {
                return delimited;
            }
        }
    }

    /// Whether a field ends here.
    fn ends(&self) -> bool {
        self.at_end()
            || self.line_end() > 0
            || if self.rules.delimiters.is_empty() { self.is_blank(self.text[self.at]) } else { self.delimiter() > 0 }
    }

    /// One field; `None` where the text does not fit.
    fn field(&mut self, item: &Item) -> Option<Field> {
        if !matches!(item.kind, Kind::Chars(_)) {
            self.skip_blanks();
        }
        let start = self.at;
        let most = if item.width == 0 { usize::MAX } else { item.width };
        match &item.kind {
            Kind::Literal(text) => {
                // The last literal may be cut off by the end.
                let fits = self.rest().starts_with(text) || text.starts_with(self.rest());
                self.at += text.len().min(self.rest().len());
                fits.then_some(Field::Nothing)
            }
            Kind::Number(_) => self.number(most).map(Field::Number),
            Kind::Chars(count) => {
                let taken = self.rest()[..(*count).min(self.rest().len())].to_vec();
                self.at += taken.len();
                (!taken.is_empty()).then_some(Field::Text(taken))
            }
            Kind::Set(set) => {
                let length = self.rest().iter().take(most).take_while(|c| set[usize::from(**c)]).count();
                self.at += length;
                (length > 0).then(|| Field::Text(self.text[start..self.at].to_vec()))
            }
            Kind::Quoted if self.rest().starts_with(b"\"") => {
                let mut text = Vec::new();
                self.at += 1;
                while let Some(&c) = self.text.get(self.at) {
                    self.at += 1;
                    if c == b'"' {
                        // Two quotes are one inside the text.
                        if self.text.get(self.at) != Some(&b'"') {
                            break;
                        }
                        self.at += 1;
                    }
                    text.push(c);
                }
                Some(Field::Text(text))
            }
            Kind::Word | Kind::Quoted => {
                while self.at - start < most && !self.ends() {
                    self.at += 1;
                }
                Some(Field::Text(self.text[start..self.at].to_vec()))
            }
        }
    }

    /// A number, real or complex; an empty field is what the rules say.
    fn number(&mut self, most: usize) -> Option<Complex64> {
        let start = self.at;
        let empty = Complex64::new(self.rules.empty, 0.0);
        if self.ends() && !self.at_end() {
            return Some(empty);
        }
        for word in &self.rules.empty_words {
            if !word.is_empty() && self.rest().starts_with(word) {
                self.at += word.len();
                if self.ends() || self.rest().first().is_some_and(|&c| self.is_blank(c)) {
                    return Some(empty);
                }
                self.at = start;
            }
        }
        let text = self.text;
        let field = &text[start..start.saturating_add(most).min(text.len())];
        let (length, re) = scan::float(field)?;
        if field[..length].eq_ignore_ascii_case(b"na") {
            return None;
        }
        self.at += length;
        let unit = |at: usize| matches!(field.get(at), Some(b'i' | b'j'));
        if unit(length) {
            self.at += 1;
            return Some(Complex64::new(0.0, re));
        }
        if let Some(b'+' | b'-') = field.get(length)
            && let Some((more, im)) = scan::float(&field[length..])
            && unit(length + more)
        {
            self.at += more + 1;
            return Some(Complex64::new(re, im));
        }
        Some(Complex64::new(re, 0.0))
    }

    /// Reads at most so many rows into columns, one for each item that is kept.
    ///
    /// # Errors
    /// A field that does not fit, unless the rules are lenient.
    pub fn rows(&mut self, who: &str, items: &[Item], most: usize) -> Result<Vec<Column>> {
        let mut columns: Vec<Column> = items.iter().filter(|item| item.is_kept()).map(Column::of).collect();
        let mut row = 0;
        'rows: while row < most && !items.is_empty() {
            self.skip_blanks();
            if self.at_end() {
                break;
            }
            let (mut column, mut delimited, before) = (0, false, self.at);
            for (number, item) in items.iter().enumerate() {
                if self.at_end() && number > 0 && !(delimited && item.is_kept()) {
                    break 'rows;
                }
                let field = if self.at_end() && matches!(item.kind, Kind::Number(_)) {
                    Some(Field::Number(Complex64::new(self.rules.empty, 0.0)))
                } else {
                    self.field(item)
                };
                match field {
                    None if self.rules.lenient => break 'rows,
                    None => return Err(fault!("{who}: Read error in field {} of row {}", number + 1, row + 1)),
                    Some(field) if item.is_kept() => {
                        match (&mut columns[column], field) {
                            (Column::Numbers(list), Field::Number(z)) => list.push(z),
                            (Column::Texts(list), Field::Text(text)) => list.push(text),
                            _ => {}
                        }
                        column += 1;
                    }
                    Some(_) => {}
                }
                delimited = !matches!(item.kind, Kind::Literal(_)) && self.skip_separator();
            }
            row += 1;
            if self.at == before {
                break;
            }
        }
        Ok(columns)
    }

    /// How many fields the next line has.
    pub fn fields_of_line(&mut self) -> usize {
        let start = self.at;
        let mut count = 0;
        self.skip_blanks();
        while !self.at_end() && self.line_end() == 0 {
            count += 1;
            while !self.ends() {
                self.at += 1;
            }
            self.skip_blanks();
            let delimiter = self.delimiter();
            self.at += delimiter;
            self.skip_blanks();
        }
        self.at = start;
        count
    }
}
