//! Patterns with wildcards, as file names and names of variables are matched.

/// Whether a name fits a pattern with `*`, `?` and `[...]`.
pub fn fits(pattern: &str, name: &str) -> bool {
    let (pattern, name) = (pattern.as_bytes(), name.as_bytes());
    let (mut p, mut n) = (0, 0);
    // The last `*`, and where the name went on after what it stands for: the only place to come back to.
    let mut star = None;
    loop {
        if pattern.get(p) == Some(&b'*') {
            star = Some((p, n));
            p += 1;
        } else if p == pattern.len() && n == name.len() {
            return true;
        } else if let Some(length) = name.get(n).and_then(|&byte| fits_one(&pattern[p..], byte)) {
            p += length;
            n += 1;
        } else if let Some((at, taken)) = star
            && taken < name.len()
        {
            star = Some((at, taken + 1));
            (p, n) = (at + 1, taken + 1);
        } else {
            return false;
        }
    }
}

/// The bytes of a pattern that the next byte of the name fits, where it does.
fn fits_one(pattern: &[u8], byte: u8) -> Option<usize> {
    match pattern {
        [b'?', ..] => Some(1),
        [b'[', rest @ ..] => {
            let close = rest.iter().position(|&c| c == b']')?;
            let (set, negated) = match &rest[..close] {
                [b'!' | b'^', set @ ..] => (set, true),
                set => (set, false),
            };
            let ranges = set.windows(3).any(|w| w[1] == b'-' && (w[0]..=w[2]).contains(&byte));
            ((ranges || set.contains(&byte)) != negated).then_some(close + 2)
        }
        [first, ..] => (*first == byte).then_some(1),
        [] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn patterns() {
        for (pattern, name, expected) in [
            ("", "", true),
            ("*", "", true),
            ("a*b", "ab", true),
            ("a*b", "acb", true),
            ("a*b", "acbc", false),
            ("*.np?", "x.npy", true),
            ("*a*b*c", "xaybzc", true),
            ("*a*b*c", "xaybz", false),
            ("x[a-c0]", "xb", true),
            ("x[!a-c]", "xb", false),
            ("x[!a-c]", "xd", true),
            ("x[", "x[", false),
            ("?", "", false),
        ] {
            assert_eq!(fits(pattern, name), expected, "{pattern} {name}");
        }
        assert!(!fits(&"*a".repeat(60), &"a".repeat(59)));
    }
}
