//! Patterns of the language (PCRE) in the syntax of the regular expression engine.
//!
//! Named groups become plain ones, so that a name may stand twice and numbers count as in PCRE; `\d`, `\w` and `\s`
//! mean ASCII; a brace that starts no repetition and a bracket inside a class stand for themselves.

use crate::bail;
use crate::diag::Result;

/// What a pattern means besides its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Flags {
    pub ignore_case: bool,
    /// `^` and `$` match at lines.
    pub line_anchors: bool,
    /// `.` does not match a newline.
    pub dot_except_newline: bool,
    pub free_spacing: bool,
    /// The subject ends in a newline, before which `$` matches too.
    pub final_newline: bool,
}

/// A pattern ready to compile, and its named groups: name, number of the group.
pub struct Translated {
    pub pattern: String,
    pub names: Vec<(String, usize)>,
}

/// Translates a pattern.
///
/// # Errors
/// Parentheses or brackets that do not close.
pub fn translate(who: &str, source: &str, flags: Flags) -> Result<Translated> {
    let mut out = String::with_capacity(source.len() + 16);
    out.push_str("(?");
    if flags.ignore_case {
        out.push('i');
    }
    if flags.line_anchors {
        out.push('m');
    }
    if flags.free_spacing {
        out.push('x');
    }
    if !flags.dot_except_newline {
        out.push('s');
    }
    if out.ends_with('?') {
        out.clear();
    } else {
        out.push(')');
    }
    let chars: Vec<char> = source.chars().collect();
    let mut names = Vec::new();
    let mut groups = 0;
    let mut open = 0usize;
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        at += 1;
        match c {
            '\\' => at = escape(&chars, at, &mut out, &names),
            '[' => at = class(who, &chars, at, &mut out)?,
            '(' => {
                open += 1;
                if chars.get(at) != Some(&'?') {
                    groups += 1;
                    out.push('(');
                    continue;
                }
                if chars.get(at + 1) == Some(&'#') {
                    open -= 1;
                    at = chars[at..].iter().position(|&c| c == ')').map_or(chars.len(), |p| at + p + 1);
                    continue;
                }
                let name_at = match (chars.get(at + 1), chars.get(at + 2)) {
                    (Some('P'), Some('<')) => Some(at + 3),
                    (Some('<'), Some(c)) if !matches!(c, '=' | '!') => Some(at + 2),
                    _ => None,
                };
                out.push('(');
                if let Some(start) = name_at
                    && let Some(len) = chars[start..].iter().position(|&c| c == '>')
                {
                    groups += 1;
                    names.push((chars[start..start + len].iter().collect(), groups));
                    at = start + len + 1;
                }
            }
            ')' => {
                if open == 0 {
                    bail!("{who}: unmatched parentheses at position {} of expression", at - 1);
                }
                open -= 1;
                out.push(')');
            }
            '{' if !is_repetition(&chars[at..]) => out.push_str("\\{"),
            '*' | '+' | '?' if out.is_empty() || out.ends_with("s)") && at == 1 => {
                bail!("{who}: nothing to repeat at position {} of expression", at - 1);
            }
            '$' if flags.final_newline && !flags.line_anchors => out.push_str(r"(?=\n?\z)"),
            c => out.push(c),
        }
    }
    if open > 0 {
        bail!("{who}: missing ) at position {} of expression", chars.len());
    }
    Ok(Translated { pattern: out, names })
}

/// Whether `3}`, `3,}` or `3,5}` comes next.
fn is_repetition(rest: &[char]) -> bool {
    let Some(end) = rest.iter().position(|&c| c == '}') else { return false };
    let inside = &rest[..end];
    let digits = inside.iter().take_while(|c| c.is_ascii_digit()).count();
    digits > 0
        && match inside[digits..].split_first() {
            None => true,
            Some((',', rest)) => rest.iter().all(char::is_ascii_digit),
            _ => false,
        }
}

const SPACE: &str = r"\x20\t\n\x0B\f\r";

/// What comes after a backslash outside a class; gives the position behind it.
fn escape(chars: &[char], at: usize, out: &mut String, names: &[(String, usize)]) -> usize {
    let Some(&c) = chars.get(at) else {
        out.push_str(r"\\");
        return at;
    };
    match c {
        '<' => out.push_str(r"\b(?=\w)"),
        '>' => out.push_str(r"\b(?<=\w)"),
        'd' => out.push_str("[0-9]"),
        'D' => out.push_str("[^0-9]"),
        'w' => out.push_str("[A-Za-z0-9_]"),
        'W' => out.push_str("[^A-Za-z0-9_]"),
        's' => out.extend(["[", SPACE, "]"]),
        'S' => out.extend(["[^", SPACE, "]"]),
        'h' => out.push_str(r"[\x20\t]"),
        'e' => out.push_str(r"\x1B"),
        'k' if chars.get(at + 1) == Some(&'<') => {
            let end = chars[at..].iter().position(|&c| c == '>').map_or(chars.len(), |p| at + p);
            let name: String = chars[(at + 2).min(end)..end].iter().collect();
            match names.iter().find(|(known, _)| *known == name) {
                Some((_, group)) => out.push_str(&format!("(?:\\{group})")),
                None => out.push_str("(?!)"),
            }
            return (end + 1).min(chars.len());
        }
        'Q' => {
            let mut end = at + 1;
            while end < chars.len() && !(chars[end] == '\\' && chars.get(end + 1) == Some(&'E')) {
                literal(chars[end], out);
                end += 1;
            }
            return (end + 2).min(chars.len());
        }
        c if c.is_ascii_alphanumeric() => out.extend(['\\', c]),
        c => literal(c, out),
    }
    at + 1
}

fn literal(c: char, out: &mut String) {
    if c.is_ascii() && !c.is_ascii_alphanumeric() && !matches!(c, '<' | '>') {
        out.push('\\');
    }
    out.push(c);
}

/// A bracket expression from behind its `[`; gives the position behind its `]`.
fn class(who: &str, chars: &[char], mut at: usize, out: &mut String) -> Result<usize> {
    out.push('[');
    if chars.get(at) == Some(&'^') {
        out.push('^');
        at += 1;
    }
    let mut first = true;
    loop {
        let Some(&c) = chars.get(at) else {
            bail!("{who}: missing terminating ] for character class at position {} of expression", chars.len());
        };
        at += 1;
        match c {
            ']' if !first => {
                out.push(']');
                return Ok(at);
            }
            '[' if chars.get(at) == Some(&':') => {
                let rest: String = chars[at..].iter().take(16).collect();
                match rest.find(":]") {
                    Some(end) if rest[1..end].chars().all(|c| c.is_ascii_lowercase() || c == '^') => {
                        out.extend(["[", &rest[..end + 2]]);
                        at += end + 2;
                    }
                    _ => out.push_str("\\["),
                }
            }
            '\\' => {
                let Some(&c) = chars.get(at) else { continue };
                at += 1;
                match c {
                    'd' => out.push_str("0-9"),
                    'D' => out.push_str("[^0-9]"),
                    'w' => out.push_str("A-Za-z0-9_"),
                    'W' => out.push_str("[^A-Za-z0-9_]"),
                    's' => out.push_str(SPACE),
                    'S' => out.extend(["[^", SPACE, "]"]),
                    'h' => out.push_str(r"\x20\t"),
                    'b' => out.push_str(r"\x08"),
                    'e' => out.push_str(r"\x1B"),
                    c if c.is_ascii_alphanumeric() => out.extend(['\\', c]),
                    c => literal(c, out),
                }
            }
            '-' => out.push('-'),
            c => literal(c, out),
        }
        first = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(source: &str) -> String {
        translate("regexp", source, Flags { dot_except_newline: true, ..Flags::default() }).unwrap().pattern
    }

    #[test]
    fn braces_and_brackets_that_mean_themselves() {
        assert_eq!(plain("a{b"), r"a\{b");
        assert_eq!(plain("a{2,}"), "a{2,}");
        assert_eq!(plain("[[a&&b]"), r"[\[a\&\&b]");
        assert_eq!(plain("[]x]"), r"[\]x]");
        assert_eq!(plain("[[:alpha:]_]"), r"[[:alpha:]\_]");
        assert_eq!(plain("(?#note)b"), "b");
    }

    #[test]
    fn names_become_numbers() {
        let t = translate("regexp", r"(x)(?<a>y)(?<a>z)\k<a>", Flags::default()).unwrap();
        assert_eq!(t.pattern, r"(?s)(x)(y)(z)(?:\2)");
        assert_eq!(t.names, [("a".to_owned(), 2), ("a".to_owned(), 3)]);
    }

    #[test]
    fn faults() {
        let message = |source| translate("regexp", source, Flags::default()).err().unwrap().message;
        assert_eq!(message("("), "regexp: missing ) at position 1 of expression");
        assert_eq!(message("["), "regexp: missing terminating ] for character class at position 1 of expression");
        assert_eq!(message(")"), "regexp: unmatched parentheses at position 0 of expression");
        assert_eq!(message("*"), "regexp: nothing to repeat at position 0 of expression");
    }
}
