//! Amounts of bytes and of arithmetic as people read them: three digits and a unit, in powers of 1000 as disks are sold.

/// `512 B`, `8.0 MB`, `1.2 GB`.
pub fn bytes(n: impl Into<u128>) -> String {
    scaled(n.into(), &["B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB"])
}

/// `120 flop`, `1.0 Gflop`.
pub fn flops(n: impl Into<u128>) -> String {
    scaled(n.into(), &["flop", "kflop", "Mflop", "Gflop", "Tflop", "Pflop", "Eflop"])
}

/// A number in the largest of some units, each a thousand of the one before, in which it is at least one.
fn scaled(n: u128, units: &[&str]) -> String {
    let (mut x, mut unit) = (n as f64, 0);
    // What would round to 1000.0 is 1.0 of the next.
    while x >= 999.95 && unit + 1 < units.len() {
        x /= 1000.0;
        unit += 1;
    }
    if unit == 0 { format!("{n} {}", units[0]) } else { format!("{x:.1} {}", units[unit]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_digits_and_a_unit() {
        let texts: Vec<String> = [0u64, 999, 1000, 999_949, 999_950, 8_000_000_000, u64::MAX].map(bytes).into();
        assert_eq!(texts, ["0 B", "999 B", "1.0 kB", "999.9 kB", "1.0 MB", "8.0 GB", "18.4 EB"]);
        assert_eq!([7u64, 2_000_000_000].map(flops), ["7 flop", "2.0 Gflop"]);
    }
}
