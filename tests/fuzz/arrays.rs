//! Programs about arrays that print the same whether everything is computed at once or everything waits. Each
//! statement is tried by itself; a value becomes a variable only once it has been printed, so that both runs hold the
//! same variables after a fault.

use super::generate::Rng;
use super::targets::{CUT, FAULT};
use super::templates::{ARRAYS, CALLS, CHANGES};

/// Prints class, extents and elements; six digits, since a rewrite may change the last ones. NA and complex NaN are shown as
/// NaN: which of them a sum or a quotient is depends on the order in which the machine adds, and on whether numbers that
/// turn out to be real were taken for complex ones. For the same reasons variables hold fewer digits.
const PRELUDE: &str = r#"
function t = shown (t)
  t = whole (t);
  printf ("%s %s:", class (t), mat2str (size (t)));
  if ischar (t), t = double (t); end
  if isreal (t)
    printf (" %.6g", t);
  else
    printf (" %.6g", real (t) + 0); printf (" %.6gi", imag (t) + 0);
  end
  printf ("\n");
end
function t = whole (t)
  t = gather (t);
  if isfloat (t)
    t(abs (t) < 1e-9) = 0;
    t(isnan (t)) = NaN;
  end
end
function t = kept (t)
  if isreal (t) && isfloat (t), t = real (t); end
  if isfloat (t) && any (t(:) != fix (t(:)))
    t = round (t * 1024) / 1024;
  end
end
"#;

const SUBSCRIPTS: &[&str] = &[
    "1", "2", "3", "end", "1:2", "2:end", "[1 3]", "[2 2 1]", "end:-1:1", "1:2:end", "[]", ":", "end-1", "[3 1]", "7",
    "0",
];

const SCALARS: &[&str] = &["2", "3", "-1", "0", "0.5", "4", "1", "10", "NaN", "single (2)", "int8 (3)", "true", "2i"];

const NAMES: &[&str] = &["x", "y", "z"];

const CUTS: &[&str] = &["[1 1]", "[2 3]", "[3 2]", "[4 4]", "[1 100]", "[100 1]", "[5 2]"];

/// Functions whose results jump with the last digit of what they are given; they are given fewer digits.
const DISCRETE: &[&str] = &[
    "unique",
    "ranks",
    "ismember",
    "mode",
    "union",
    "intersect",
    "setdiff",
    "setxor",
    "histc",
    "hist",
    "lookup",
    "fix",
    "floor",
    "ceil",
    "round",
    "find",
    "nnz",
    "run",
    "accum",
    "issorted",
    "==",
    "!=",
    "<",
    ">",
    "max",
    "min",
    "sort",
];

fn operand(rng: &mut Rng, depth: usize, discrete: bool) -> String {
    match rng.below(if depth == 0 { 4 } else { 7 }) {
        0..=2 => rng.pick(NAMES).to_owned(),
        3 => format!("({})", rng.pick(ARRAYS)),
        _ if discrete => format!("kept ({})", call(rng, depth - 1)),
        _ => format!("({})", call(rng, depth - 1)),
    }
}

/// A template with its places taken.
fn filled(rng: &mut Rng, template: &str, name: &str, depth: usize) -> String {
    let mut out = String::new();
    let letters: Vec<char> = template.chars().collect();
    let discrete = DISCRETE.iter().any(|word| template.contains(word));
    let first = operand(rng, depth, discrete);
    for (at, &letter) in letters.iter().enumerate() {
        let alone = |i: Option<&char>| i.is_none_or(|c| !c.is_alphanumeric() && *c != '_' && *c != '@');
        let place = alone(letters.get(at + 1)) && (at == 0 || alone(letters.get(at - 1)));
        match letter {
            // The same array wherever it stands, so that extents fit.
            'A' if place => out.push_str(&first),
            'B' if place && rng.below(2) == 0 => out.push_str(&first),
            'B' if place => out.push_str(&operand(rng, depth, discrete)),
            'D' if place => out.push_str(rng.pick(&["1", "2", "3", "1", "2"])),
            'S' if place => out.push_str(rng.pick(SCALARS)),
            'I' if place => out.push_str(rng.pick(SUBSCRIPTS)),
            'M' if place && name.is_empty() => out.push_str(&format!("{first} > 2")),
            'M' if place => out.push_str(&format!("{name} > 2")),
            'X' if place => out.push_str(name),
            other => out.push(other),
        }
    }
    out
}

fn call(rng: &mut Rng, depth: usize) -> String {
    let template = rng.pick(CALLS).to_owned();
    filled(rng, &template, "", depth)
}

/// A program about arrays.
pub fn program(rng: &mut Rng) -> String {
    let mut text = format!("cut = @(a, c) {CUT};\n");
    for name in NAMES {
        let array = rng.pick(ARRAYS);
        let array = if rng.below(3) == 0 { array.to_owned() } else { format!("cut ({array}, {})", rng.pick(CUTS)) };
        text.push_str(&format!("{name} = {array};\n"));
    }
    for _ in 0..2 + rng.below(12) {
        let name = rng.pick(NAMES);
        let body = if rng.below(5) == 0 {
            let template = rng.pick(CHANGES).to_owned();
            let changed = filled(rng, &template, "t", 1);
            format!("t = {name}; {changed}; shown (t); if numel (t) < 2000, {name} = kept (t); end")
        } else {
            let depth = rng.below(3);
            format!("t = {}; shown (t); if numel (t) < 2000, {name} = kept (t); end", call(rng, depth))
        };
        text.push_str(&format!("try, {body}\ncatch e, disp ([\"{FAULT}\", e.message]), end\n"));
    }
    text + PRELUDE
}
