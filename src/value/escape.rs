//! Backslash escapes in text: replaced where a template in single quotes is used.

/// Text with its escapes replaced by the characters they stand for.
///
/// `slip` is told of each escape that is none; such a one stands for its own character, as in Octave.
pub fn unescape(text: &[u8], slip: &mut dyn FnMut(String)) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        if text[at] != b'\\' || at + 1 == text.len() {
            out.push(text[at]);
            at += 1;
            continue;
        }
        let c = text[at + 1];
        at += 2;
        out.push(match c {
            b'a' => 7,
            b'b' => 8,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'v' => 11,
            b'\\' | b'\'' | b'"' => c,
            b'0'..=b'7' => coded(text, at - 1, 8, 3, &mut at),
            b'x' => {
                let start = at;
                let code = coded(text, at, 16, 2, &mut at);
                if at == start {
                    slip("malformed hex escape sequence '\\x' -- converting to '\\0'".to_owned());
                }
                code
            }
            other => {
                let shown = other as char;
                slip(format!("unrecognized escape sequence '\\{shown}' -- converting to '{shown}'"));
                other
            }
        });
    }
    out
}

/// The byte whose digits (at most `most`) begin at `start`; moves `at` behind them.
fn coded(text: &[u8], start: usize, radix: u32, most: usize, at: &mut usize) -> u8 {
    let digits = text[start..].iter().take(most).map_while(|&b| (b as char).to_digit(radix));
    let (mut code, mut count) = (0u32, 0);
    for digit in digits {
        code = code * radix + digit;
        count += 1;
    }
    *at = start + count;
    code as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_what_are_none() {
        let mut slips = Vec::new();
        let out = unescape(br"\t\\\x41g\1012\q\x", &mut |s| slips.push(s));
        assert_eq!(out, b"\t\\AgA2q\0");
        assert_eq!(slips.len(), 2);
        assert_eq!(unescape(br"abc\", &mut |_| {}), br"abc\");
    }
}
