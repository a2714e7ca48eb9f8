//! Programs about arrays that print the same whether everything is computed at once or everything waits. Each
//! statement is tried by itself; a value becomes a variable only once it has been printed, so that both runs hold the
//! same variables after a fault.

use super::generate::Rng;
use super::targets::{CUT, FAULT};

/// Prints class, extents and elements; six digits, since a rewrite may change the last ones.
const PRELUDE: &str = r#"
function t = shown (t)
  t = whole (t);
  printf ("%s %s:", class (t), mat2str (size (t)));
  if ischar (t), t = double (t); end
  if isreal (t)
    printf (" %.6g", t);
  else
    printf (" %.6g", real (t)); printf (" %.6gi", imag (t));
  end
  printf ("\n");
end
function t = whole (t)
  t = gather (t);
  if isfloat (t), t(abs (t) < 1e-9) = 0; end
end
"#;

/// Arrays to begin with: whole numbers mostly, whose sums are exact in any order.
const ARRAYS: &[&str] = &[
    "reshape (1:24, 4, 6)",
    "reshape (mod ((1:30) .^ 2, 17), 6, 5) - 8",
    "reshape (mod (7 * (1:36), 11), 6, 6)",
    "(1:7)'",
    "mod (5 * (1:9), 7)",
    "reshape (1:24, 2, 3, 4)",
    "reshape (mod ((1:36) .^ 3, 13), 3, 4, 3) - 6",
    "magic (4)",
    "single (reshape (1:12, 3, 4)) / 4",
    "int8 (reshape (-60:10:50, 3, 4))",
    "uint8 (reshape (0:23:253, 4, 3))",
    "int32 (magic (3)) * 1000000",
    "reshape (mod (1:20, 3), 4, 5) == 1",
    "[1 NaN 3; -Inf 0 2; 4 NaN Inf]",
    "[0 1 0 2; 3 0 0 1]",
    "zeros (0, 4)",
    "zeros (3, 0)",
    "full (eye (4))",
    "ones (1, 5) * 3",
    "complex (magic (4), eye (4))",
    "5",
];

/// Calls; A and B stand for operands, D for a dimension, S for a scalar, I for a subscript, M for a truth value array.
const CALLS: &[&str] = &[
    "abs (A)",
    "sign (A)",
    "floor (A / 3)",
    "-(A)",
    "!(A)",
    "isnan (A)",
    "cos (A)",
    "exp (-abs (A))",
    "sqrt (abs (A))",
    "double (A)",
    "single (A)",
    "int8 (A)",
    "uint8 (A)",
    "int32 (A)",
    "logical (A != 0)",
    "real (A)",
    "imag (A)",
    "conj (A)",
    "fix (A / 2)",
    "round (A / 4)",
    "isinf (A)",
    "gamma (abs (A))",
    "A + B",
    "A - B",
    "A .* B",
    "A ./ B",
    "A + S",
    "S - A",
    "A * S",
    "A .^ 2",
    "S .^ abs (A)",
    "A / S",
    "A .\\ B",
    "max (A, B)",
    "min (A, S)",
    "mod (A, S)",
    "rem (A, B)",
    "hypot (A, B)",
    "atan2 (A, B)",
    "idivide (int32 (A), int32 (S))",
    "A == B",
    "A < S",
    "A >= B",
    "A != S",
    "A & B",
    "A | S",
    "xor (A, B)",
    "(A > S) & (A < S)",
    "A * B",
    "A' * A",
    "A' * B",
    "A * B'",
    "A * A'",
    "(A * B)'",
    "A' * (A * B)",
    "A * eye (columns (A))",
    "dot (A, B)",
    "sum (A)",
    "sum (A, D)",
    "sum (A(:))",
    "prod (A, D)",
    "sumsq (A, D)",
    "mean (A)",
    "mean (A, D)",
    "median (A, D)",
    "median (A)",
    "mode (A, D)",
    "std (A, 0, D)",
    "var (A, 1, D)",
    "max (A, [], D)",
    "min (A, [], D)",
    "max (A)",
    "any (A, D)",
    "all (A)",
    "nnz (A)",
    "range (A)",
    "norm (A(:))",
    "norm (A, 1)",
    "trace (A)",
    "cumsum (A, D)",
    "cumprod (A, D)",
    "cummax (A, D)",
    "cummin (A, D)",
    "diff (A, 1, D)",
    "sort (A, D)",
    "sort (A, D, 'descend')",
    "sort (A(:))",
    "unique (A)",
    "find (A)",
    "issorted (A(:))",
    "quantile (A, 0.3, D)",
    "prctile (A, 40, D)",
    "histc (A(:), 0:3:12)",
    "accumarray (abs (A(:)) + 1, 1)",
    "ismember (A, B)",
    "cov (A)",
    "corr (A)",
    "union (A, B)",
    "intersect (A, B)",
    "setdiff (A, B)",
    "sortrows (A)",
    "sortrows (A, -1)",
    "fliplr (A)",
    "flipud (A)",
    "A'",
    "A.'",
    "permute (A, [2 1 3])",
    "permute (A, [3 1 2])",
    "reshape (A, [], 2)",
    "reshape (A, 3, [])",
    "A(:)",
    "squeeze (A)",
    "[A, B]",
    "[A; B]",
    "cat (D, A, B)",
    "[A, A(:, 1)]",
    "repmat (A, 2, 3)",
    "repmat (A, [1 1 2])",
    "kron (A, B)",
    "circshift (A, S)",
    "circshift (A, 1, D)",
    "flip (A, D)",
    "rot90 (A)",
    "tril (A)",
    "triu (A, 1)",
    "diag (A)",
    "vec (A)",
    "A(I)",
    "A(I, :)",
    "A(:, I)",
    "A(I, I)",
    "A(:, :, I)",
    "A(end:-1:1, :)",
    "A(1:2:end)",
    "A(end)",
    "A(M)",
    "A(M, :)",
    "A(A > S)",
    "A(:, end)",
    "A(end, 1:end)",
    "A([1 1 2], :)",
    "A(:)'",
    "A(:, :)",
    "size (A)",
    "numel (A)",
    "ndims (A)",
    "columns (A)",
    "isempty (A)",
    "isreal (A)",
    "isequal (A, B)",
    "class (A)",
    "filter ([1 2], 1, A)",
    "conv (A(:), [1 2 1])",
    "conv2 (A, [1 1; 1 1], 'same')",
    "conv2 (A, [1 2; 3 4])",
    "movmean (A, 3)",
    "movmax (A, 3)",
    "cumtrapz (A)",
    "trapz (A)",
    "real (fft (A))",
    "abs (fft (A, [], D))",
    "interp1 (1:9, 2:2:18, A)",
    "lookup (1:3:20, A)",
    "polyval ([1 2 3], A)",
    "num2str (A)",
    "mat2str (A)",
    "triu (A) + tril (A)",
    "nthargout (2, @max, A)",
    "nthargout (2, @sort, A)",
    "nthargout (2, @min, A, [], D)",
    "nthargout ([1 2], @size, A){2}",
    "bitand (abs (A), 5)",
    "bitshift (uint8 (abs (A)), 1)",
    "cellfun (@(u) u + 1, num2cell (A))",
    "arrayfun (@(u) u * 2, A)",
    "bsxfun (@plus, A, B)",
    "A(1, :) - A",
    "A - mean (A)",
    "(A - mean (A)) ./ std (A)",
    "maxk (A, 2)",
    "inv (A + 20 * eye (rows (A)))",
    "det (A)",
    "(A + 20 * eye (rows (A))) \\ B",
    "rank (A)",
    "pinv (A)",
    "svd (A)",
    "chol (A' * A + eye (columns (A)))",
    "nanmax (A)",
    "deal (A)",
    "blkdiag (A, B)",
    "nchoosek (5, 2) * A",
    "postpad (A, 4)",
    "resize (A, 3, 3)",
    "cross (A, B)",
    "del2 (A)",
    "gradient (A)",
    "fftshift (A)",
    "ones (size (A)) + A",
    "zeros (size (A), class (A))",
    "A(:, 1) * A(1, :)",
    "sum (A .* B)",
    "sum (A(:) > S)",
    "mean (A(A > S))",
];

/// Statements that change a variable; X is its name.
const CHANGES: &[&str] = &[
    "X(I) = S",
    "X(:, I) = S",
    "X(I, :) = S",
    "X(I, I) = S",
    "X(M) = S",
    "X(X > S) = 0",
    "X(I) = []",
    "X(:, I) = []",
    "X(end+1, :) = S",
    "X(:, end+1) = S",
    "X(:) = S",
    "X(2, :) = B",
    "X(:, 1) = A",
    "X(:, :, 2) = S",
    "X(I) = A(I)",
    "X += A",
    "X .*= S",
    "X -= S",
    "X(M) += 1",
    "X(3, 4) = A(1)",
    "X(isnan (X)) = S",
];

const SUBSCRIPTS: &[&str] = &[
    "1", "2", "3", "end", "1:2", "2:end", "[1 3]", "[2 2 1]", "end:-1:1", "1:2:end", "[]", ":", "end-1", "[3 1]", "7",
    "0",
];

const SCALARS: &[&str] = &["2", "3", "-1", "0", "0.5", "4", "1", "10", "NaN", "single (2)", "int8 (3)", "true", "2i"];

const NAMES: &[&str] = &["x", "y", "z"];

const CUTS: &[&str] = &["[1 1]", "[2 3]", "[3 2]", "[4 4]", "[1 100]", "[100 1]", "[5 2]"];

fn operand(rng: &mut Rng, depth: usize) -> String {
    match rng.below(if depth == 0 { 4 } else { 7 }) {
        0..=2 => rng.pick(NAMES).to_owned(),
        3 => format!("({})", rng.pick(ARRAYS)),
        _ => format!("({})", call(rng, depth - 1)),
    }
}

/// A template with its places taken.
fn filled(rng: &mut Rng, template: &str, name: &str, depth: usize) -> String {
    let mut out = String::new();
    let letters: Vec<char> = template.chars().collect();
    let first = operand(rng, depth);
    for (at, &letter) in letters.iter().enumerate() {
        let alone = |i: Option<&char>| i.is_none_or(|c| !c.is_alphanumeric() && *c != '_' && *c != '@');
        let place = alone(letters.get(at + 1)) && (at == 0 || alone(letters.get(at - 1)));
        match letter {
            // The same array wherever it stands, so that extents fit.
            'A' if place => out.push_str(&first),
            'B' if place && rng.below(2) == 0 => out.push_str(&first),
            'B' if place => out.push_str(&operand(rng, depth)),
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
            format!("t = {name}; {changed}; shown (t); if numel (t) < 2000, {name} = t; end")
        } else {
            let depth = rng.below(3);
            format!("t = {}; shown (t); if numel (t) < 2000, {name} = t; end", call(rng, depth))
        };
        text.push_str(&format!("try, {body}\ncatch e, disp ([\"{FAULT}\", e.message]), end\n"));
    }
    text + PRELUDE
}
