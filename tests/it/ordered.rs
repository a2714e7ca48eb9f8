//! What orders, searches and counts, on arrays of random chunkings inside budgets much smaller than they are, against
//! the same functions on arrays in memory.

use crate::outofcore::{agrees, run};

const NUMBERS: &str = "round (50 * sin ((1:6000)' * (1:7) * 0.37)) / 4";
const BUDGETS: &[u64] = &[4_000_000, 1 << 28];

/// Elements of which some are missing, infinite, or zeros of either sign.
const MIXED: &str = "
    y = A; y(3, 1) = NaN; y(77, 1) = NaN; y(500, 2) = NaN; y(5, 1) = Inf; y(6, 1) = -Inf; y(9, 1) = -0;
";

#[test]
fn different_elements() {
    let body = format!(
        "{MIXED}
        check (unique (y));
        [u, i, j] = unique (y(:));
        check (u); check (i); check (j);
        [u, i, j] = unique (y, \"stable\");
        check (u); check (i); check (j);
        [u, i, j] = unique (y(:)', \"last\");
        check (u); check (i); check (j);
        [u, i, j] = unique (y(:)', \"legacy\");
        check (u); check (i); check (j);
        check (unique (int8 (A)));
        [u, i] = unique (single (A));
        check (double (u)); check (i);
        check (unique (A > 3));
        check (unique (complex (A, mod (A, 2))));
        check (1 ./ unique (A(A == 0) .* y(9, 1)));
    "
    );
    agrees(NUMBERS, &["[1000 3]", "[6000 1]"], BUDGETS, &body);
}

#[test]
fn different_rows() {
    let body = "
        B = [mod(A(:, 1), 2) floor(A(:, 2:3) / 5)];
        B(7, 2) = NaN; B(70, 2) = NaN;
        [u, i, j] = unique (B, \"rows\");
        check (u); check (i); check (j);
        [u, i, j] = unique (B, \"rows\", \"stable\");
        check (u); check (i); check (j);
        check (unique (int16 (B(:, 2:3)), \"rows\"));
        [s, i] = sortrows (B);
        check (s); check (i);
        [s, i] = sortrows (B, [-2 3]);
        check (s); check (i);
        check (sortrows (B, -1)(17:900, 2));
        check (sortrows (int8 (B), \"descend\"));
        check (sortrows (complex (B(:, 1), B(:, 3))));
    ";
    agrees(NUMBERS, &["[1000 3]", "[6000 1]"], BUDGETS, body);
}

#[test]
fn two_sets() {
    let body = format!(
        "{MIXED}
        a = y(:, 1:4); b = y(:, 3:7) + 0.5; b(1, 1) = NaN;
        for how = {{\"sorted\", \"stable\", \"legacy\"}}
          [c, i, j] = union (a, b, how{{1}});
          check (c); check (i); check (j);
          [c, i, j] = intersect (a, b, how{{1}});
          check (c); check (i); check (j);
          [c, i] = setdiff (a, b, how{{1}});
          check (c); check (i);
          [c, i, j] = setxor (a, b, how{{1}});
          check (c); check (i); check (j);
        end
        check (setdiff (a(:)', 3)); check (union (int16 (a), 7)); check (intersect (a(:)', b(:)'));
        [t, k] = ismember (a, b);
        check (t); check (k);
        [t, k] = ismember (a, [3 7 -2 3 NaN]);
        check (t); check (k);
        [t, k] = ismember ([3 7; 100 NaN], a);
        check (t); check (k);
        check (ismember (3, a)); check (ismember (int8 (a), int8 (b)));
    "
    );
    agrees(NUMBERS, &["[1000 3]"], BUDGETS, &body);
}

#[test]
fn two_sets_of_rows() {
    let body = "
        a = floor (A(:, 1:2) / 4); b = floor (A(:, 4:5) / 4) + 1;
        [c, i, j] = union (a, b, \"rows\");
        check (c); check (i); check (j);
        [c, i, j] = intersect (a, b, \"rows\");
        check (c); check (i); check (j);
        [c, i] = setdiff (a, b, \"rows\", \"stable\");
        check (c); check (i);
        [c, i, j] = setxor (a, b, \"rows\");
        check (c); check (i); check (j);
        [t, k] = ismember (a, b, \"rows\");
        check (t); check (k);
    ";
    agrees(NUMBERS, &["[1000 3]"], BUDGETS, body);
}

#[test]
fn frequencies() {
    let body = format!(
        "{MIXED}
        [m, f] = mode (y(:));
        check (m); check (f);
        [m, f, c] = mode (A(:)');
        check (m); check (f); check (c{{1}});
        [m, f, c] = mode (A);
        check (m); check (f); check (c{{3}});
        check (mode (int8 (A(:)))); check (double (mode (single (A(:))))); check (mode (A(:) > 3)); check (mode (A, 2));
        check (mode (NaN (60000, 1)));
        [n, k] = histc (y(:), [-5 0 2.5 Inf]);
        check (n); check (k);
        [n, k] = histc (y, -12:3:12);
        check (n); check (k);
        check (histc (y, -12:3:12, 2)); check (histc (int8 (A(:)'), 0:4));
        [n, x] = hist (y(:));
        check (n); check (x);
        [n, x] = hist (A, 5, 1);
        check (n); check (x);
        [n, x] = hist (y(:)', [-3 0 4 1]);
        check (n); check (x);
    "
    );
    agrees(NUMBERS, &["[1000 3]", "[6000 1]"], BUDGETS, &body);
}

#[test]
fn places_in_tables() {
    let body = format!(
        "{MIXED}
        t = [-7 -3 -3 0 2.25 9];
        for how = {{\"\", \"m\", \"b\", \"l\", \"r\", \"lr\"}}
          check (lookup (t, y, how{{1}})); check (lookup (flip (t), y, how{{1}}));
        end
        check (lookup ([1 2 NaN], y)); check (lookup ([NaN Inf 2 -Inf], y)); check (lookup ([1 2], int8 (A)));
        check (lookup (t, 2));
        p = [-10 -2 0 1 8];
        for how = {{\"linear\", \"nearest\", \"previous\", \"next\", \"pchip\", \"spline\"}}
          check (interp1 (p, p .^ 2, y, how{{1}})); check (interp1 (p, p .^ 2, y, how{{1}}, \"extrap\"));
        end
        check (interp1 (p, p .^ 2, y, \"linear\", 0)); check (interp1 (p, [p; 2 * p]', A(:)));
        check (double (interp1 (p, single (p), single (A)))); check (interp1 (p, p * 1i, A));
        check (interp1 ([0 1 1 2], [1 2 3 4], A, \"left\"));
    "
    );
    agrees(NUMBERS, &["[1000 3]", "[600 7]"], BUDGETS, &body);
}

#[test]
fn values_by_index() {
    let body = "
        s = floor (A(:, 1:2) / 5) + 4; v = A(:, 3) + 0.1 * A(:, 4);
        check (accumarray (s(:, 1), v)); check (accumarray (s, v)); check (accumarray (s, v, [9 12]));
        check (accumarray (s(:, 1), 1)); check (accumarray (s, v, [], @max, NaN)); check (accumarray (s, v, [], @min));
        check (accumarray (s(:, 1), 1 + v / 1e4, [], @prod)); check (accumarray ({s(:, 1), s(:, 2)}, v));
        check (accumarray (s(:, 2), int16 (v), [], @max)); check (double (accumarray (s(:, 2), single (v))));
        check (accumarray (s, complex (v, 1))); check (accumarray (s(:, 1), v, [], @(x) x(end) - x(1)));
        check (accumarray (s, v, [], @(x) {numel(x)}){2});
    ";
    agrees(NUMBERS, &["[1000 3]", "[6000 1]"], &[2_000_000, 1 << 28], body);
}

#[test]
fn order_and_extremes() {
    let body = format!(
        "{MIXED}
        for k = [0 1 5 300]
          [b, i] = maxk (y(:), k);
          check (b); check (i);
          [b, i] = mink (y(:)', k);
          check (b); check (i);
        end
        [b, i] = maxk (y, 3, 2);
        check (b); check (i);
        check (maxk (y, 4)); check (mink (int8 (A), 2)); check (maxk (complex (A(:), 1), 3)); check (maxk (y(:), 41990));
        s = (1:60000)';
        t = s; t(500) = 3;
        n = s; n(60000) = NaN;
        for x = {{s, t, n, flip(s), [s; NaN; NaN], [NaN; s], 0 * s}}
          x = [rechunk(x{{1}}, [7000 1]); A(1, 1) * ones(0, 1)];
          check ([issorted(x) issorted(x, \"descend\") issorted(x, \"either\")]);
        end
        R = [floor(s / 7) mod(s, 7)];
        check (issorted (R, \"rows\")); check (issorted (flip (R), \"rows\", \"descend\")); check (issorted (y, \"rows\"));
        check (nnz (y)); check (find (y > 10, 7)); check (find (y > 10, 7, \"last\"));
        [i, j, v] = find (y > 10, 70, \"last\");
        check (i); check (j); check (v);
    "
    );
    agrees(NUMBERS, &["[1000 3]", "[6000 1]"], BUDGETS, &body);
}

#[test]
fn zeros_of_both_signs_keep_their_sequence_in_any_budget() {
    let temp = tempfile::tempdir().unwrap();
    let program = "x = rechunk (mod ((1:40000)' * 7919, 11) - 5, [900 1]); x(x == 2) = -0;\n\
                   s = sort (x); z = 1 ./ s(s == 0); disp (sum (z > 0)); disp (gather (find (z < 0, 5)'))\n\
                   disp (gather (find (z < 0, 5, \"last\")'))";
    let first = run(program, 1 << 28, 1, temp.path());
    for (memory, threads) in [(1_500_000, 1), (1_500_000, 3), (3_000_000, 2)] {
        assert_eq!(run(program, memory, threads, temp.path()), first, "{memory} bytes, {threads} threads");
    }
}

#[test]
fn what_must_be_in_memory_says_how_much_would_do() {
    let temp = tempfile::tempdir().unwrap();
    for (program, budget) in [
        ("kendall (x, x)", "--memory 2MB"),
        ("accumarray (floor (x * 1e6) + 1, 1)", "--memory 36MB"),
        ("histc (x, x)", "--memory 2MB"),
    ] {
        let shown =
            run(&format!("x = rechunk (rand (200000, 1), [9000 1]); gather ({program});"), 1_500_000, 2, temp.path());
        assert!(shown.contains(budget), "{program}: {shown}");
    }
}
