//! Equations and estimates of matrices.

use crate::builtin::api::Builtin;

const SOURCE: &str = include_str!("linear.arr");

pub const TABLE: &[Builtin] = &[
    Builtin::in_language(
        "svds",
        (1, 3),
        3,
        SOURCE,
        "`S = svds (A)`, `S = svds (A, K)`, `[U, S, V] = svds (A, K)`\n\nThe K (6) largest singular values and their vectors. Of a large matrix that is neither tall nor wide they are those of its part in a random space that 6 products with A and A' have turned towards them: values are within one part in a hundred where they hardly fall at all, and closer the faster they fall.\n\n    svds ([3 0; 0 4], 1)\n    % ans = 4\n",
    ),
    Builtin::in_language(
        "sylvester",
        (3, 3),
        1,
        SOURCE,
        "`sylvester (A, B, C)`\n\nThe solution X of A*X + X*B = C.\n\n    sylvester (1, 1, 4)\n    % ans = 2\n",
    ),
    Builtin::in_language(
        "gls",
        (3, 3),
        3,
        SOURCE,
        "`[BETA, V, R] = gls (Y, X, O)`\n\nLeast squares for errors with the covariance O.\n\n    gls ([1; 2], [1; 1], eye (2))\n    % ans = 1.5000\n",
    ),
    Builtin::in_language(
        "normest1",
        (1, usize::MAX),
        4,
        SOURCE,
        "`[NEST, V, W, ITER] = normest1 (A, T, X0)`\n\nAn estimate of the 1-norm of a matrix, or of a function that multiplies by one.\n\n    normest1 ([1 2; 3 4])\n    % ans = 6\n",
    ),
    Builtin::in_language(
        "ordeig",
        (1, 2),
        1,
        SOURCE,
        "`ordeig (A)`, `ordeig (A, B)`\n\nEigenvalues of a quasi-triangular matrix, or of a pair, in the order of the diagonal.\n\n    ordeig ([1 2; 0 3])\n    % ans =\n    %\n    %    1\n    %    3\n",
    ),
    Builtin::in_language(
        "condeig",
        (1, 1),
        3,
        SOURCE,
        "`C = condeig (A)`, `[V, LAMBDA, C] = condeig (A)`\n\nHow sensitive the eigenvalues are.\n\n    condeig ([1 0; 0 2])\n    % ans =\n    %\n    %    1\n    %    1\n",
    ),
    Builtin::in_language(
        "blkmm",
        (2, 2),
        1,
        SOURCE,
        "`blkmm (A, B)`\n\nThe products of the matrices that two arrays of rank three hold.\n\n    size (blkmm (ones (2, 3, 4), ones (3, 2, 4)))\n    % ans =\n    %\n    %    2   2   4\n",
    ),
];
