//! Algorithms of several runs: lazy arrays of random shapes and chunkings, inside budgets much smaller than they are,
//! against the same program on arrays in memory. The bits depend neither on the budget nor on threads.

use arr::builtin::{Arrays, Settings};
use arr::diag::render::render;
use arr::engine::{Config, Observer, Parallel};
use arr::force::LargeArrays;
use arr::session::Session;
use std::cell::RefCell;
use std::io::{self, Write};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

#[derive(Clone, Default)]
struct Buffer(Rc<RefCell<Vec<u8>>>);

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Quiet;
impl Observer for Quiet {}

/// What a program prints, or the fault it ends in.
pub fn run(program: &str, memory: u64, threads: usize, temp: &Path) -> String {
    let (program, temp) = (program.to_owned(), temp.to_owned());
    arr::eval::with_deep_stack(move || {
        let config = Config { memory, threads, temp_dir: temp };
        let arrays: Box<dyn Arrays> =
            Box::new(LargeArrays::new(config, Box::new(Parallel::default()), Arc::new(Quiet), Arc::default()));
        let out = Buffer::default();
        let mut session = Session::with_output(
            Settings::default(),
            arrays,
            Arc::default(),
            Box::new(out.clone()),
            Box::new(out.clone()),
        );
        let outcome = session.run_source("case", &program);
        let mut shown = String::from_utf8_lossy(&out.0.take()).into_owned();
        for fault in outcome.err().into_iter().flatten() {
            shown.push_str(&render(&fault, session.sources(), false));
        }
        shown
    })
}

/// Runs a program twice: on an array in memory, and lazily in several chunkings, budgets and numbers of threads. What
/// it hands to `check` is kept by the first and compared by the others: exactly, or to rounding with `near`.
pub fn agrees(make: &str, chunks: &[&str], budgets: &[u64], body: &str) {
    let temp = tempfile::tempdir().unwrap();
    let path = temp.path().join("data");
    std::fs::create_dir(&path).unwrap();
    let path = path.display();
    let keep = format!(
        "A = {make};\nsave (\"{path}/a.zarr\", A);\n{body}\n\
         function check (x, how)\n  global k; k = [k 1]; save (sprintf (\"{path}/%d.npy\", numel (k)), x);\nend"
    );
    assert_eq!(run(&keep, 1 << 28, 2, temp.path()), "");
    let kept = std::fs::read_dir(temp.path().join("data")).unwrap();
    let checks = kept.filter(|e| e.as_ref().unwrap().path().extension().is_some_and(|e| e == "npy")).count();
    let wanted = format!("{checks}\n");
    for chunk in chunks {
        for &memory in budgets {
            let compare = format!(
                "A = rechunk (load (\"{path}/a.zarr\"), {chunk});\n{body}\nglobal k; disp (numel (k))\n\
                 function check (x, how)\n  global k; k = [k 1];\n  x = gather (x); y = load (sprintf (\"{path}/%d.npy\", numel (k)));\n\
                 if (nargin > 1)\n    ok = max (abs (x(:) - y(:))) <= (1e-10 + 1e-6 * isa (y, \"single\")) * (1 + max (abs (y(:))));\n\
                 else\n    ok = all ((x(:) == y(:)) | (isnan (x(:)) & isnan (y(:))));\n  end\n\
                 if (! (isequal (size (x), size (y)) && all (gather (ok))))\n    printf (\"check %d differs\\n\", numel (k));\n  end\nend"
            );
            for threads in [1, 3] {
                let shown = run(&compare, memory, threads, temp.path());
                assert_eq!(shown, wanted, "chunks {chunk}, {memory} bytes, {threads} threads:\n{body}");
            }
        }
    }
    let left: Vec<_> = std::fs::read_dir(temp.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, ["data"], "temporary files are left behind");
}

const NUMBERS: &str = "round (50 * sin ((1:6000)' * (1:7) * 0.37)) / 4";

#[test]
fn long_lanes_are_sorted_as_short_ones() {
    let body = "
        y = A; y(3, 1) = NaN; y(77, 1) = NaN; y(500, 1) = NaN; y(5, 1) = Inf; y(6, 1) = -Inf; y(9, 1) = -0;
        check (sort (y(:)));
        check (sort (y(:), \"descend\"));
        [s, i] = sort (y(:));
        check (s); check (i);
        [s, i] = sort (y(:), \"descend\");
        check (s); check (i);
        check (s(1000:3:4000));
        check (sort (int8 (A(:))));
        check (sort (single (A(:)), \"descend\"));
        check (sort (A(:) > 3));
        check (sort (complex (A(:), 1)));
    ";
    agrees(NUMBERS, &["[1000 3]", "[6000 1]"], &[1_600_000, 1 << 28], body);
}

#[test]
fn masks_take_elements_of_arrays_that_do_not_fit() {
    let body = "
        check (A(A > 2));
        x = A(mod (A, 1) == 0.5 & A < 10);
        check (x);
        check (x(100:7:end));
        check (2 * x + 1);
        check (A(A > 100));
        B = rechunk (reshape (A, 60, 100, 7), [40 30 2]);
        check (B(B < 0));
        v = rechunk (A(:)', [1 2000]);
        check (v(v > 0));
        check (sum (A(A > 2)), \"near\");
        check (sort (x));
        b = int8 (A);
        check (b(A > 2));
    ";
    agrees(NUMBERS, &["[1000 3]", "[600 7]"], &[900_000, 1 << 28], body);
}

#[test]
fn covariances_of_columns() {
    let body = "
        A = A + 1e6;
        check (cov (A), \"near\"); check (cov (A, 1), \"near\"); check (cov (A(:, 1:2), A(:, 3:4)), \"near\");
        check (corr (A), \"near\"); check (corr (A(:, 1:3), A(:, 4)), \"near\");
        check (corrcoef (A), \"near\"); check (corrcoef (A(:, 1), A(:, 2)), \"near\");
    ";
    agrees(NUMBERS, &["[1000 3]"], &[8_000_000, 1 << 28], body);
}

#[test]
fn order_statistics_of_long_lanes() {
    let body = "
        check (median (A(:)));
        check (median (abs (A(:)) * 1e-3));
        check (quantile (A(:), [0 0.2 0.5 0.77 1]));
        check (prctile (A(:), [10 90], 1));
        check (median (int16 (A(:))));
    ";
    agrees(NUMBERS, &["[1000 3]", "[6000 1]"], &[900_000, 1 << 28], body);
}

#[test]
fn figures_of_long_lanes() {
    let body = "
        v = A(:); v(5) = NaN; w = A(:) / 7;
        check (range (v)); check (iqr (w), \"near\"); check (meansq (w), \"near\"); check (mad (w), \"near\"); check (mad (w, 1));
        check (skewness (w), \"near\"); check (kurtosis (w, 0), \"near\"); check (skewness (A(:), 0), \"near\");
        check (moment (w, 3), \"near\"); check (moment (w, 2, \"r\"), \"near\"); check (moment (w, 3, \"a\"), \"near\");
        check (statistics (w), \"near\"); check (center (w), \"near\"); check (zscore (w), \"near\"); check (zscore (0 * w), \"near\");
        check (nth_element (v, [1 77 42000])); check (nth_element (int64 (A(:)), 9)); check (nth_element (A(:)' > 3, 1, 2));
        for ties = 0:4
          check (ranks (v, 1, ties));
        end
        check (mode (A(:)));
    ";
    agrees(NUMBERS, &["[1000 3]", "[6000 1]"], &[2_400_000, 1 << 28], body);
}

#[test]
fn running_results_of_long_lanes() {
    let body = "
        v = A(:); v([1 2 700]) = NaN;
        [m, i] = cummax (v);
        check (m); check (i);
        [m, i] = cummin (single (A(:)'));
        check (m); check (i);
        check (unwrap (A(:) / 3), \"near\"); check (unwrap (cumsum (A(:)), 2)(1:40000), \"near\");
        [y, s] = filter ([1 2 1], [2 -0.5 0.25], A(:));
        check (y); check (s);
        [y, s] = filter (2, 1, A(:));
        check (y); check (s);
        [y, s] = filter ([1 1i], [1 0.5], A, ones (1, 7));
        check (y); check (s);
        check (filter (1, [1 -0.9], single (A), [], 2)); check (filter ([1 1], 1, A > 0));
        [y, s] = filter (1, [1 0.25 0.25], A(:, 1:3), [1 2 3; 4 5 6]);
        check (y); check (s);
        [y, s] = filter ([1 2 3], 1, A', ones (2, 7), 2);
        check (y); check (s);
        check (filter (1, [1 0.5], A, [], 3));
    ";
    agrees(NUMBERS, &["[1000 3]", "[6000 1]"], &[3_500_000, 1 << 28], body);
}

#[test]
fn transforms_of_long_lanes() {
    let body = "
        v = A(:);
        check (fft (v), \"near\"); check (ifft (v), \"near\"); check (real (ifft (fft (v))), \"near\");
        check (fft (v(1:41999)), \"near\"); check (ifft (v(1:41999) * i), \"near\");
        check (fft (v', 50000), \"near\"); check (fft (v, 30000), \"near\"); check (fft (single (v)), \"near\");
        check (abs (fft (reshape (v, 21000, 2)))(2:3, :), \"near\");
    ";
    agrees(NUMBERS, &["[1000 3]", "[6000 1]"], &[5_000_000, 1 << 28], body);
}

#[test]
fn functions_of_elements_without_a_name_in_the_graph() {
    let body = "
        x = abs (A) / 3; y = x / max (x(:));
        check (gammainc (x, 2)); check (gammainc (2, x + 1, \"upper\")); check (betainc (y(:, 1:2)(:), 2, 2));
        check (sinc (single (A))); check (dawson (A)); check (expint (x + 1)); check (nextpow2 (A));
        check (isprime (floor (x))); check (gcd (floor (x), 12)); check (gcd (int16 (floor (x)), int16 (floor (2 * x))));
        check (polyval ([1 2 3], A)); check (polyval (4, A)); check (polyval ([1 2i], A));
        check (rescale (A), \"near\"); check (rescale (A, -1, 2, \"inputmin\", -3), \"near\"); check (rescale (A, (1:7) / 8, 2), \"near\");
        check (gradient (A)); check (gradient (A(:), 0.5)); [p, q] = gradient (A, [1 2 4 7 8 9 11], 3); check (p); check (q, \"near\");
    ";
    agrees(NUMBERS, &["[1000 3]", "[600 7]"], &[2_400_000, 1 << 28], body);
}

#[test]
fn tall_matrices_are_taken_apart_through_their_triangle() {
    let body = "
        check (abs (qr (A(:, 1:2) > 1)), \"near\");
        [Q, R] = qr (A, 0);
        check (R, \"near\"); check (Q, \"near\"); check (Q' * Q, \"near\");
        check (qr (A, 0), \"near\");
        check (svd (A), \"near\");
        [U, S, V] = svd (A, 0);
        check (U * S * V', \"near\"); check (U' * U, \"near\");
        b = A(:, 1) .* (1:rows (A))';
        check (A \\ b, \"near\");
        check (A(:, 1:4) \\ [b A(:, 5)], \"near\");
        check (pinv (A), \"near\");
        check (rank (A));
        check (log (cond (A)), \"near\");
        check ([norm(A) norm(A, \"fro\") norm(A, 1) norm(A, Inf) norm(b) norm(b, 3)], \"near\");
        check (size (null (A))); check (size (null ([A A(:, 1)])));
        o = orth (A);
        check (o' * o, \"near\");
        W = A'; c = (1:9)';
        check (svd (W), \"near\");
        check (W \\ c, \"near\");
        [Q, R] = qr (W, 0);
        check (R, \"near\"); check (Q, \"near\");
        check (pinv (W), \"near\");
        [Q, R] = qr (complex (A, A .^ 2), 0);
        check (R, \"near\"); check (Q, \"near\");
    ";
    let make = "sin ((1:1500)' * sqrt (1:9)) + ((1:1500)' == (1:9))";
    agrees(make, &["[200 4]", "[77 9]", "[1500 1]"], &[6_000_000, 1 << 28], body);
}

#[test]
fn the_bits_of_a_factorisation_do_not_depend_on_budget_or_threads() {
    let temp = tempfile::tempdir().unwrap();
    let program = "A = rechunk (cos ((1:3000)' * sqrt (1:8)), [150 8]); [Q, R] = qr (A, 0);\n\
                   f = @(x) fprintf (\"%.17g\\n\", gather (x)(:)); f (R); f (sum (Q .* (1:3000)')); f (svd (A));\n\
                   f (A \\ (1:3000)'); f (Q(777, :));";
    let first = run(program, 1 << 28, 1, temp.path());
    assert!(!first.contains("error"), "{first}");
    for (memory, threads) in [(1 << 28, 4), (900_000, 1), (900_000, 3), (2_000_000, 2)] {
        assert_eq!(run(program, memory, threads, temp.path()), first, "{memory} bytes, {threads} threads");
    }
}

#[test]
fn what_cannot_be_done_in_parts_is_refused_before_it_starts() {
    let temp = tempfile::tempdir().unwrap();
    let programs = [
        ("inv (A)", 11),
        ("det (A)", 8),
        ("lu (A)", 8),
        ("chol (A)", 7),
        ("eig (A)", 20),
        ("A \\ (1:400)'", 8),
        ("expm (A)", 27),
    ];
    for (program, enough) in programs {
        let shown = run(&format!("A = rechunk (rand (400), [100 100]);\n{program};"), 2_000_000, 2, temp.path());
        assert!(shown.contains("needs the whole 400x400 array in memory"), "{program}: {shown}");
        assert!(shown.contains(&format!("--memory {enough}MB")), "{program}: {shown}");
    }
}

#[test]
fn a_full_or_missing_directory_for_temporary_files_is_named() {
    let shown = run(
        "x = rechunk (rand (200000, 1), [1000 1]); s = gather (sort (x));",
        1_700_000,
        2,
        Path::new("/dev/null/none"),
    );
    assert!(shown.contains("cannot make a temporary file in /dev/null/none"), "{shown}");
}

#[test]
fn what_a_mask_selects_comes_in_pieces() {
    let body = "
        check (A(A > 9000));
        check (find (A > 9500));
        [i, j, v] = find (A .* (A > 9900));
        check (i); check (j); check (v);
        check (find (A < 100, 5, \"last\"));
        check (A(A < 0));
        y = A; y([7 3 9], :) = 1;
        check (y);
    ";
    for make in
        ["reshape (mod ((1:60000) * 7919, 10007), 20000, 3)", "reshape (mod ((1:60000) * 7919, 10007), 100, 600)"]
    {
        agrees(make, &["[64 30]", "[20000 1]"], &[2_500_000, 1 << 28], body);
    }
}

/// What is made in little memory from chunks that lie across, and how: each chunk is decoded once, and of one that can
/// be read in part little more is read than is wanted.
#[test]
fn lanes_across_the_chunks_are_read_once() {
    let made = [
        "sort (X)",
        "sort (X, 2)",
        "cumsum (X)",
        "reshape (X, 1500, 40)",
        "X'",
        "fft (X)",
        "X(X > 9000)",
        "median (X)",
    ];
    for (chunk, threads, codec, most) in [
        ("[20 100]", 1, "zstd:1", 3),
        ("[600 2]", 3, "zstd:1", 3),
        ("[75 40]", 2, "zstd:1", 3),
        ("[20 100]", 2, "raw", 5),
        ("[75 40]", 1, "raw", 5),
    ] {
        let temp = tempfile::tempdir().unwrap();
        let path = temp.path().display().to_string();
        let prepare = format!(
            "D = reshape (mod ((1:60000) * 7919, 10007), 600, 100);\nsave (\"{path}/a.zarr\", D, \"chunk\", {chunk}, \"codec\", \"{codec}\");\n"
        );
        assert_eq!(run(&prepare, 1 << 28, 1, temp.path()), "");
        let mut make = format!("X = load (\"{path}/a.zarr\");\n");
        let mut compare = format!("X = gather (load (\"{path}/a.zarr\"));\n");
        for (k, what) in made.iter().enumerate() {
            // Twice for the masks: one pass counts.
            make.push_str(&format!(
                "save (\"{path}/{k}.zarr\", {what}, \"chunk\", [64 4]);\nr = lastrun ();\nif (r.bytes_read > {most} * 8 * 60000)\n  {k}, r\nend\n"
            ));
            compare.push_str(&format!("disp (isequal (gather (load (\"{path}/{k}.zarr\")), {what}))\n"));
        }
        assert_eq!(run(&make, 700_000, threads, temp.path()), "", "chunks {chunk}, {threads} threads");
        assert_eq!(run(&compare, 1 << 28, 1, temp.path()), "1\n".repeat(made.len()), "chunks {chunk}");
    }
}

#[test]
fn windows_reach_across_chunks() {
    let body = "
        k = [1 2 -1; 0 3 0];
        check (conv2 (A, k)); check (conv2 (A, k, \"same\")); check (conv2 (A, k, \"valid\"));
        check (conv2 ([1 2 1], [1; -1], A, \"same\")); check (conv2 (k, A, \"same\"));
        check (filter2 (k, A)); check (conv2 (single (A), k)); check (conv2 (A, k * i)); check (conv2 (A > 0, k));
        check (conv (A(:), [1 2 3])); check (conv ([1 2 3]', A(:)', \"same\")); check (conv (A(:, 2), 1:4, \"valid\"));
        B = reshape (A, 60, 100, 7);
        check (convn (B, ones (2, 3, 2))); check (convn (B, cat (3, k, -k), \"same\")); check (convn (B, k, \"valid\"));
        check (movmean (A, 5)); check (movmax (A, [3 0], 2)); check (movmedian (A(:), 7)); check (movsum (B, 3, 3));
        check (movstd (A, 4, \"Endpoints\", \"same\")); check (movmin (A, 3, \"Endpoints\", 3));
        check (movmean (A, [2 9], \"Endpoints\", \"periodic\")); check (movvar (A(:)', 5, \"Endpoints\", \"fill\"));
        check (conv2 (movmean (A, 3), k)(17:40, :));
    ";
    agrees(NUMBERS, &["[1000 3]", "[600 7]"], &[4_000_000, 1 << 28], body);
}

#[test]
fn pages_multiply_one_by_one() {
    let body = "
        B = reshape (A, 20, 30, 70);
        check (pagemtimes (B, \"transpose\", B, \"none\")); check (pagemtimes (B, ones (30, 2)));
        check (pagemtimes (B, \"none\", B(:, :, 3), \"ctranspose\")); check (pagemtimes (B(:, :, 1:7) * i, \"ctranspose\", B(:, :, 1:7), \"none\"));
        C = reshape (A, 20, 30, 10, 7);
        check (pagemtimes (C, reshape (1:210, 30, 1, 1, 7))); check (pagetranspose (C)); check (pagectranspose (C * i));
    ";
    agrees(NUMBERS, &["[1000 3]", "[600 7]"], &[4_000_000, 1 << 28], body);
}

#[test]
fn figures_along_a_last_axis() {
    let body = "
        B = rechunk (reshape (A, 60, 100, 7), [40 30 2]);
        check (var (B, 1, 3), \"near\"); check (std (B, 0, 3), \"near\"); check (mean (B, 3), \"near\"); check (var (B, 0, 1), \"near\");
        [m, i] = max (B, [], 3);
        check (m); check (i);
        [m, i] = min (B(:, 1:31, :), [], 1);
        check (m); check (i);
    ";
    agrees(NUMBERS, &["[1000 3]"], &[4_000_000, 1 << 28], body);
}

#[test]
fn subscripts_that_count_through_all_elements() {
    let body = "
        check (A(1:1000:end)); check (A(end:-7:3)'); check (A([17 42000 3 3; 9 6001 6000 12000])); check (A(5998:6003));
        B = reshape (A, 60, 100, 7);
        check (B(2:61:end)); check (B([42000 1 6001]));
        y = A; y(10:1000:end) = -1; check (y);
        y = B; y(end:-77:5) = 7; check (y);
        y = A; y(6002, 9) = 5; check (y);
        y = A(:)'; y(y > 3) = []; check (y);
        y = A(:); y(isnan (y) | y < 0) = []; check (y);
        v = A(:, 3); v(6003) = 1; check (v);
    ";
    agrees(NUMBERS, &["[1000 3]", "[600 7]"], &[4_000_000, 1 << 28], body);
}

#[test]
fn lists_are_put_where_masks_and_subscripts_say() {
    let body = "
        y = A; y(A > 2) = A(A > 2) * 3; check (y);
        y = A; y(A > 2) = (1:nnz (A > 2)); check (y);
        y = A; y(y > 100) = []; check (y);
        y = int8 (A); y(A < 0) = A(A < 0); check (y);
        B = reshape (A, 60, 100, 7);
        y = B; y(B < 0) = 1:nnz (B < 0); check (y);
        y = A; y([17 42000 3 3 9 6001]) = 1:6; check (y);
        y = A; y([17 42000 3 3; 9 6001 6000 12000]) = [1 2 3 4; 5 6 7 8]; check (y);
        y = A; y([5 1 5 7], :) = 9; check (y);
        y = A; y(:, [2 2 5]) = A(:, 1:3); check (y);
        y = A; y(end:-3:7, 4) = A(1:1998, 1); check (y);
        y = B; y(3, 5:200) = 1:196; check (y);
        y = B; y(:, :, 9) = B(:, :, 2); check (y);
        y = A; y(end+1, :) = 1:7; check (y);
        y = A; y(:, [1 3]) = []; y(7:5000, :) = []; check (y);
        s.x = A; s.x(s.x < 0) = 0; s.x(:, 2) *= 2; s.x(end+1, 1) = 5; check (s.x);
        c = {A, 1}; c{1}(3:4, :) = []; check (c{1});
        check (A(:, 2, [1 1 1]));
        y = A; check (diag (1:7) * A(1:7, :)); check (A * diag (1:7)); check (A / diag ([1 2 0 4 5 6 7])); check (A * eye (7, 9));
        check (diag (A(1:50, 2), -1)); check (diag (mean (A)) * A(1:7, :), \"near\");
    ";
    agrees(NUMBERS, &["[1000 3]", "[600 7]"], &[2_000_000, 1 << 28], body);
}

#[test]
fn shapes_made_of_parts() {
    let body = "
        check (resize (A, 6100, 4)); check (resize (A, 5, 9)); check (blkdiag (A, A(1:4, :))(5995:end, :));
        check (vecnorm (A)); check (vecnorm (A, 1, 2)); check (vecnorm (A, Inf), \"near\");
        S = A(1:7, :) / 10;
        check (S ^ 3, \"near\"); check ((1:6000) * A, \"near\"); check (A * (1:7)', \"near\"); check (A(1:50, 1) * A(1:70, 2)');
        [x, y] = meshgrid (A(1:90, 1), A(1:80, 2));
        check (x); check (y);
        check (sum ((1:6000)' + (1:7))); check ((1:3000)' .* (1:20));
    ";
    agrees(NUMBERS, &["[1000 3]", "[600 7]"], &[4_000_000, 1 << 28], body);
}

#[test]
fn lists_of_places_beyond_memory() {
    // Places of all elements in a random order with repeats, made of the array itself.
    let body = "k = floor (mod (abs (A) * 1e6, numel (A))) + 1;\n\
        check (A(k));\nr = mod (k, 40) + 1;\ncheck (A(:, 1)(r(:, 1)));\ncheck (A(r(:, 2), [2 1]));\n\
        B = A; B(k) = -A; check (B);\nB = A; B(k) = 7; check (B);\n\
        v = A(:); v(k) = []; check (v);\nt = (1:40) .^ 2; check (t(r));\n\
        w = int16 (A(:) * 1000); check (w(k));\nz = complex (A, -A)(:); check (real (z(k))); check (imag (z(k)));\n\
        try, A(k + 0.5); catch e, check (length (e.message)); end\n\
        try, A(k + numel (A)); catch e, check (length (e.message)); end";
    agrees("randn (50000, 3)", &["[5000 2]", "[50000 1]"], &[4_500_000], body);
}

#[test]
fn functions_of_the_program_come_in_pieces() {
    let body = "check (arrayfun (@(x) x ^ 2 + 1, A));\ncheck (arrayfun (@(x) x > 0, A));\n\
        [p, q] = arrayfun (@(x, y) deal (x + y, x - y), A, 2 * A); check (p); check (q);\n\
        check (arrayfun (@(x) error (\"no\"), A, \"ErrorHandler\", @(e, x) e.index));\n\
        check (movfun (@(w) max (w) - min (w), A(:, 1), 5));\n\
        check (movfun (@mean, A(:, 2)', [3 0], \"Endpoints\", \"fill\"));\n\
        check (besselj (1, A), \"near\");\ncheck (factorial (floor (abs (A))));\ncheck (ppval (mkpp ([-9 0 9], [1 2; 3 4]), A));\n\
        check (spline (0:4, [0 1 4 9 16], A), \"near\");\ncheck (lcm (floor (abs (A)) + 1, 6));\n\
        k = floor (abs (A)) + 1;\ncheck (sub2ind ([20 20], k, k));\n[i, j] = ind2sub ([7 3], k); check (i); check (j);";
    agrees("randn (4000, 3)", &["[500 2]", "[4000 1]"], &[400_000], body);
}

#[test]
fn random_numbers_do_not_depend_on_the_budget() {
    let body = "rand (\"seed\", 7);\ncheck (rande (4000, 3), \"near\");\ncheck (randg (2.5, 4000, 3));\ncheck (randg (abs (A)));\n\
        check (randp (30, 4000, 3));\ncheck (repmat (A(:, 1), 2, 3));\ncheck (repmat (A(1, :), 3000, 2));";
    agrees("randn (4000, 3)", &["[500 2]"], &[1_500_000], body);
}

#[test]
fn functions_of_arrays_in_memory_have_a_definition_for_larger_ones() {
    let body = "x = (1:rows (A))';
        check (cross (A, 2 * A + 1), \"near\");\ncheck (cross (A', A(end:-1:1, :)'), \"near\");
        check (detrend (A), \"near\");\ncheck (detrend (A(:, 1)', \"constant\"), \"near\");\ncheck (detrend (A, 3), \"near\");
        [b, r] = deconv (A(:, 1), [4 1 0.5]); check (b, \"near\"); check (r, \"near\");
        [b, r] = deconv (A(:, 1)', [4 1]); check (b, \"near\"); check (r, \"near\");
        check (deconv ([1 2], A(:, 1)));
        [p, s, mu] = polyfit (x, A(:, 1), 3); check (p, \"near\"); check (mu, \"near\"); check (s.yf, \"near\");
        check (s.df); check (s.normr, \"near\"); check (abs (s.R), \"near\"); check (s.C, \"near\");
        check (polyfit (A(:, 1), A(:, 2), logical ([1 0 1])), \"near\");
        check (del2 (A), \"near\");\ncheck (del2 (A, 2), \"near\");\ncheck (del2 (A, 3, x .^ 1.5), \"near\");
        check (del2 (A(:, 1), x .^ 1.5), \"near\");
        q = round (3 * A);
        check (spearman (q), \"near\");\ncheck (spearman (q(:, 1), A(:, 2:3)), \"near\");
        [n, v] = runlength (round (3 * sin (x))'); check (n); check (v);
        check (run_count (A, 3));\ncheck (run_count (A', 2, 2));
        check (movfun (@(w) max (w) - min (w), A, 5));\ncheck (movfun (@mean, A', [2 1], \"dim\", 2, \"Endpoints\", \"fill\"));
        check (movfun (@mean, A(:, 1), 4, \"Endpoints\", \"periodic\"));
        t = cumsum (abs (A(:, 1)) + 0.1); at = [-1 t(7) NaN t(9)/2+t(10)/2 t(end)+1 t(end) 55.5];
        for m = {\"linear\", \"nearest\", \"previous\", \"next\"}
          check (interp1 (t, A(:, 2), at, m{1}), \"near\");
          check (interp1 (t, A(:, 2), A(:, 3) * 100, m{1}, \"extrap\"), \"near\");
        end
        check (interp1 (A(:, 2), at, \"nearest\", 9), \"near\");\ncheck (interp1 (t(end:-1:1), A(:, 2), at', 0), \"near\");";
    agrees("randn (20000, 3)", &["[2500 2]", "[20000 1]"], &[1_200_000], body);
}

#[test]
fn a_table_may_be_larger_than_memory() {
    let body = "t = cumsum (abs (A) + 0.1); u = A(500:-1:1) * 5000; u(77) = NaN; at = [-1 t(7) NaN t(end) t(end)+1];
        check (lookup (t, u));\ncheck (lookup (t(end:-1:1), u, \"lr\"));
        for o = {\"\", \"l\", \"r\"}
          check (lookup (t, at, o{1}));\ncheck (lookup (t(end:-1:1), at, o{1}));
        end
        check (lookup (t, at, \"m\"));\ncheck (lookup (t, [t(77:200); A(1:200)], \"b\"));";
    agrees("randn (110000, 1)", &["[20000 1]"], &[7_000_000], body);
}

/// A product and the panels of its QR each fit where both together do not.
#[test]
fn what_does_not_fit_beside_its_reader_is_put_aside_first() {
    let temp = tempfile::tempdir().unwrap();
    let path = temp.path().join("a.zarr");
    let path = path.display();
    let make = format!("save (\"{path}\", sin ((1:4000)' * (1:200)), \"codec\", \"raw\", \"chunk\", [500 200]);");
    assert_eq!(run(&make, 1 << 28, 2, temp.path()), "");
    let program = format!(
        "A = load (\"{path}\"); r = gather (qr (A * A(1:200, 1:20) * A(1:200, 1:20)', 0));\n\
         printf (\"%.17g \", r(1:7, 1:9)); printf (\"\\n%d\", lastrun ().bytes_written > 6.4e6);"
    );
    let [roomy, tight] = [16_000_000, 6_500_000].map(|memory| run(&program, memory, 2, temp.path()));
    assert_eq!(roomy.lines().next(), tight.lines().next(), "the bits depend on the budget");
    assert_eq!([roomy.lines().last(), tight.lines().last()], [Some("0"), Some("1")], "4000 x 200 doubles are 6.4 MB");
}
