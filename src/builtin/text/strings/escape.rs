//! Backslash escapes, done and undone.

use crate::bail;
use crate::builtin::text::{bytes, row};
use crate::builtin::{Builtin, Call, Host, Values};
use crate::diag::Result;
use crate::value::Value;
use crate::value::escape::unescape;
use smallvec::smallvec;

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "do_string_escapes",
        (1, 1),
        1,
        do_escapes,
        "do_string_escapes (S)\n\nText with its escapes (`\\n`, `\\t`, `\\x41`, `\\101` ...) replaced by what they stand for.\n\n    do_string_escapes ('a\\nb')",
    ),
    Builtin::new(
        "undo_string_escapes",
        (1, 1),
        1,
        undo_escapes,
        "undo_string_escapes (S)\n\nText with special characters written as escapes.\n\n    undo_string_escapes (\"a\\nb\")    % a\\nb",
    ),
];

/// Text with escapes replaced; an unknown one keeps its letter.
pub fn done(text: &[u8]) -> Vec<u8> {
    unescape(text, &mut |_| {})
}

/// Text with special characters written as escapes.
pub fn undone(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for &c in text {
        let letter = match c {
            0 => b'0',
            7 => b'a',
            8 => b'b',
            12 => b'f',
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            11 => b'v',
            b'\\' | b'\'' | b'"' => c,
            _ => {
                out.push(c);
                continue;
            }
        };
        out.extend([b'\\', letter]);
    }
    out
}

fn do_escapes(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Some(text) = bytes(&args[0]) else { bail!("do_string_escapes: STRING argument must be of type string") };
    let mut slips = Vec::new();
    let text = unescape(text, &mut |slip| slips.push(slip));
    slips.iter().for_each(|slip| host.warn("", slip));
    Ok(smallvec![row(text)])
}

fn undo_escapes(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Some(text) = bytes(&args[0]) else { bail!("undo_string_escapes: STRING argument must be a string") };
    Ok(smallvec![row(undone(text))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        assert_eq!(done(br"a\n\x41\101\q\\"), b"a\nAAq\\");
        assert_eq!(undone(b"a\n\t\"\\"), br#"a\n\t\"\\"#);
        let all: Vec<u8> = (1..=255).collect();
        assert_eq!(done(&undone(&all)), all);
    }
}
