//! Programs of calls with sizes beyond memory.

use super::generate::{BINARY, Rng, VALUES, builtin};

/// Extents and places far beyond what fits into memory, or just beyond.
const SIZES: &[&str] = &[
    "1e5",
    "1e6",
    "2e8",
    "3e9",
    "-3e9",
    "1e12",
    "1e15",
    "1e300",
    "2^31",
    "2^53",
    "2^64",
    "[3e4 3e4]",
    "[1e5 1e5]",
    "[1 4e8]",
    "[4e8 1]",
    "[1e5 1 1e5]",
    "[2 0 3e9]",
    "[116 101 120 116]",
    "[1 2 3] * 1e9",
    "[1; 1e9]",
    "[0 4e9]",
    "1:4e8",
    "(1:4e8)'",
    "1:1e15",
    "0:-1:-1e12",
    "zeros (0, 1e9)",
    "zeros (3e8, 0)",
    "zeros (2, 0, 3)",
    "ones (1e5, 0)",
    "eye (1e5)",
    "eye (1e9, 2)",
    "uint32 (4e9)",
    "int32 (2147483647)",
    "intmax (\"int64\")",
    "uint8 (250)",
    "single (3e9)",
    "{3e9}",
    "{1e5, 1e5}",
    "cell (0, 3e8)",
    "'text'",
    "'%999999999d'",
    "'a{1000}{1000}{1000}'",
    "repmat ('a', 1, 1e6)",
];

/// Calls with sizes of which most cannot be: what is refused must be refused before memory is asked for.
pub fn program(rng: &mut Rng) -> String {
    let mut text = String::from("x = [1 2; 3 4]; y = 'text'; z = {1, 'b'};\n");
    for _ in 0..1 + rng.below(12) {
        let value = |rng: &mut Rng| if rng.chance(2) { rng.pick(SIZES) } else { rng.pick(VALUES) }.to_owned();
        let statement = if rng.chance(8) {
            let (a, b) = (value(rng), value(rng));
            match rng.below(4) {
                0 => format!("x({a}, {b}) = {}", value(rng)),
                1 => format!("z{{{a}}} = {b}"),
                2 => format!("q = ({a})({b})"),
                _ => format!("q = ({a}) {} ({b})", rng.pick(BINARY)),
            }
        } else {
            let (name, (least, most), outs) = builtin(rng);
            let count = least + rng.below(most.min(least + 4) - least + 1);
            let args: Vec<String> = (0..count).map(|_| value(rng)).collect();
            let targets = ["a", "b", "c", "d"][..1 + rng.below(outs.clamp(1, 4))].join(", ");
            format!("[{targets}] = {name} ({});", args.join(", "))
        };
        text.push_str(&format!("try, {statement};\ncatch problem, disp (problem.message), end\n"));
    }
    text
}
