//! Command syntax: `hold on`, `format long`, `pkg load statistics`. A name at the start of a statement, a blank, and
//! then text that does not read like the rest of an expression: the words of the line are arguments.
//!
//! Whether the name is a variable, which forbids it, the caller knows.

use super::literal;
use super::token::Token;

/// Names after which `pi -1` is meant as arithmetic.
const CONSTANTS: &[&str] = &["e", "pi", "I", "i", "j", "J", "Inf", "inf", "NaN", "nan", "NA", "eps"];

/// Operators that may begin an argument when no blank follows them: `-all`, `*.m`, `/usr`. Longest first.
const OPERATORS: &[&str] = &[
    ".**=", ".**", "**=", ".*=", "./=", ".\\=", ".^=", "...", "==", "!=", "~=", "<=", ">=", "&&", "||", "++", "--",
    "+=", "-=", "*=", "/=", "^=", "|=", "&=", "**", ".*", "./", ".\\", ".^", ".'", "+", "-", "*", "/", "^", "!", "~",
    "<", ">", "&", "|", ":", ".", "@", "?", "$",
];

/// `rest` follows the word `name` directly. True when the two are a command and its arguments.
pub fn is_command(name: &str, rest: &str) -> bool {
    if !rest.starts_with([' ', '\t']) || CONSTANTS.contains(&name) {
        return false;
    }
    let mut rest = rest.trim_start_matches([' ', '\t']);
    while rest.starts_with("...") {
        // The arguments may begin on the next line.
        let Some(line_end) = rest.find('\n') else { return false };
        rest = rest[line_end + 1..].trim_start_matches([' ', '\t']);
    }
    let Some(first) = rest.chars().next() else { return false };
    match first {
        '\'' => literal::single_quoted(rest).slips.is_empty(),
        '"' => literal::double_quoted(rest).slips.is_empty(),
        c if c.is_alphanumeric() || c == '_' => true,
        _ => OPERATORS.iter().find(|op| rest.starts_with(**op)).is_some_and(|op| {
            let after = rest[op.len()..].chars().next();
            !matches!(after, Some(' ' | '\t'))
        }),
    }
}

/// The arguments of a command.
pub struct Words {
    pub words: Vec<String>,
    /// Bytes read; the line end, comma, semicolon or comment behind the words is not among them.
    pub len: usize,
    /// Offset, length and message of a slip in a quoted part.
    pub slips: Vec<(usize, usize, String)>,
}

/// Splits the text after a command's name into words, up to the end of the statement.
pub fn words(text: &str) -> Words {
    let mut found = Words { words: Vec::new(), len: 0, slips: Vec::new() };
    let mut word: Option<String> = None;
    let mut depth = 0usize;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        match c {
            '\n' | '\r' | '%' | '#' => break,
            ',' | ';' if depth == 0 => break,
            ' ' | '\t' if depth == 0 => {
                found.words.extend(word.take());
                at += 1;
            }
            '.' if rest.starts_with("...") => {
                found.words.extend(word.take());
                at += rest.find('\n').map_or(rest.len(), |line_end| line_end + 1);
            }
            '\'' | '"' => {
                let literal = if c == '"' { literal::double_quoted(rest) } else { literal::single_quoted(rest) };
                if let Token::Str { text, .. } = literal.token {
                    word.get_or_insert_default().push_str(&text);
                }
                found.slips.extend(literal.slips.into_iter().map(|(from, len, message)| (at + from, len, message)));
                at += literal.len;
            }
            c => {
                match c {
                    '(' | '[' | '{' => depth += 1,
                    ')' | ']' | '}' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                word.get_or_insert_default().push(c);
                at += c.len_utf8();
            }
        }
    }
    found.words.extend(word);
    found.len = at;
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_told_from_expressions() {
        for line in [
            "zz a b",
            "zz -1",
            "zz ==b",
            "zz 'a b' c",
            "zz @x",
            "zz !b",
            "zz a(1, 2) b",
            "zz .b",
            "zz :b",
            "zz ++b",
            "zz +=b",
            "zz *",
            "zz *.m",
            "zz a = 3",
            "zz /usr/b",
            "zz if",
            "zz !=b",
            "zz ==",
            "zz ... c\n a",
        ] {
            assert!(is_command("zz", &line[2..]), "{line}");
        }
        for line in [
            "zz", "zz - 1", "zz =b", "zz = b", "zz == b", "zz [1 2]", "zz {1}", "zz ! b", "zz (1)", "zz : b",
            "zz += b", "zz * b", "zz \\b", "zz '", "zz, 3", "zz ; 3", "zz % c", "zz' a", "zz(1)", "zz ~= b", "zz )",
        ] {
            assert!(!is_command("zz", &line[2..]), "{line}");
        }
        assert!(!is_command("pi", " -1"));
    }

    #[test]
    fn words_keep_quotes_and_brackets_together() {
        let split = |text: &str| words(text).words;
        assert_eq!(split(" a  b "), ["a", "b"]);
        assert_eq!(split(" \"a\\n b\"c"), ["a\n bc"]);
        assert_eq!(split(" a'b c'd"), ["ab cd"]);
        assert_eq!(split(" a(1, 2) b; c"), ["a(1, 2)", "b"]);
        assert_eq!(split(" a#c"), ["a"]);
        assert_eq!(split(" a ... c\n b"), ["a", "b"]);
        assert_eq!(words(" a 'b").slips.len(), 1);
    }
}
