//! Compiled patterns and their matches in a text, as byte positions.

use super::translate::{Flags, translate};
use crate::diag::Result;
use crate::fault;
use fancy_regex::Regex;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A compiled pattern and its named groups.
#[derive(Debug)]
pub struct Pattern {
    regex: Regex,
    /// Names of groups in order of appearance, with the number of the group.
    pub names: Vec<(String, usize)>,
}

/// One match: where it lies, and where its groups lie (`None` for a group that took no part).
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    pub start: usize,
    pub end: usize,
    pub groups: Vec<Option<(usize, usize)>>,
}

impl Match {
    /// The groups that count as tokens: those that took part, without one that repeats the extent of the group before
    /// it, and without an empty one at the very start of the text. As Octave counts them, also for `$1`.
    pub fn tokens(&self) -> Vec<(usize, usize)> {
        let counts = |(i, group): (usize, &Option<(usize, usize)>)| {
            let (start, end) = (*group)?;
            let repeats = i > 0 && self.groups[i - 1] == *group;
            (end > 0 && !repeats).then_some((start, end))
        };
        self.groups.iter().enumerate().filter_map(counts).collect()
    }
}

/// Patterns that were compiled lately.
#[derive(Debug, Default)]
pub struct Cache {
    known: FxHashMap<(Box<[u8]>, Flags), Arc<Pattern>>,
}

/// More patterns than a loop uses; beyond that the cache starts again.
const MOST: usize = 256;

impl Cache {
    /// The compiled form of a pattern.
    ///
    /// # Errors
    /// A pattern the engine does not take.
    pub fn pattern(&mut self, who: &str, source: &[u8], flags: Flags) -> Result<Arc<Pattern>> {
        let key = (Box::from(source), flags);
        if let Some(pattern) = self.known.get(&key) {
            return Ok(pattern.clone());
        }
        let translated = translate(who, &String::from_utf8_lossy(source), flags)?;
        let regex = Regex::new(&translated.pattern).map_err(|e| fault!("{who}: {e}"))?;
        let pattern = Arc::new(Pattern { regex, names: translated.names });
        if self.known.len() >= MOST {
            self.known.clear();
        }
        self.known.insert(key, pattern.clone());
        Ok(pattern)
    }
}

/// Bytes as text of the same length: what is not UTF-8 becomes `?`.
pub fn subject(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => {
            let mut out = String::with_capacity(bytes.len());
            for chunk in bytes.utf8_chunks() {
                out.push_str(chunk.valid());
                out.extend(std::iter::repeat_n('?', chunk.invalid().len()));
            }
            out.into()
        }
    }
}

impl Pattern {
    /// All matches (or the first) in a text, left to right; empty ones only on demand.
    ///
    /// # Errors
    /// A pattern that runs out of steps.
    pub fn matches(&self, who: &str, text: &str, once: bool, empty: bool) -> Result<Vec<Match>> {
        let mut found = Vec::new();
        let mut at = 0;
        while at <= text.len() {
            let captures = self.regex.captures_from_pos(text, at).map_err(|e| fault!("{who}: {e}"))?;
            let Some(captures) = captures else { break };
            let Some(whole) = captures.get(0) else { break };
            let (start, end) = (whole.start(), whole.end());
            if start < end || empty {
                let groups = (1..captures.len()).map(|i| captures.get(i).map(|m| (m.start(), m.end()))).collect();
                found.push(Match { start, end, groups });
                if once {
                    break;
                }
            }
            at = if start == end { end + text[end..].chars().next().map_or(1, char::len_utf8) } else { end };
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(pattern: &str, text: &str, empty: bool) -> Vec<(usize, usize)> {
        let pattern = Cache::default().pattern("regexp", pattern.as_bytes(), Flags::default()).unwrap();
        pattern.matches("regexp", text, false, empty).unwrap().iter().map(|m| (m.start, m.end)).collect()
    }

    #[test]
    fn empty_matches_on_demand() {
        assert_eq!(find("x*", "abc", false), []);
        assert_eq!(find("x*", "abc", true), [(0, 0), (1, 1), (2, 2), (3, 3)]);
        assert_eq!(find("a|", "abc", false), [(0, 1)]);
    }

    #[test]
    fn looks_behind_and_refers_back() {
        assert_eq!(find(r"(?<=a)b", "abb", false), [(1, 2)]);
        assert_eq!(find(r"(ab)\1", "ababab", false), [(0, 4)]);
        assert_eq!(find(r"\<b", "foo bar", false), [(4, 5)]);
    }

    #[test]
    fn groups_that_took_no_part_are_no_tokens() {
        let pattern = Cache::default().pattern("regexp", b"(x)?((b))", Flags::default()).unwrap();
        let found = pattern.matches("regexp", "abc", false, false).unwrap();
        assert_eq!(found[0].tokens(), [(1, 2)]);
    }

    #[test]
    fn bytes_keep_their_places() {
        assert_eq!(subject(b"a\xffb"), "a?b");
    }
}
