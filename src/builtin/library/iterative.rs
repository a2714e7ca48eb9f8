//! Linear systems by iteration.

use crate::builtin::api::Builtin;

const SOURCE: &str = include_str!("iterative.arr");

pub const TABLE: &[Builtin] = &[
    Builtin::in_language(
        "pcg",
        (2, usize::MAX),
        5,
        SOURCE,
        "`[X, FLAG, RELRES, ITER, RESVEC] = pcg (A, B, TOL, MAXIT, M1, M2, X0)`\n\nSolves A * X = B for a positive definite A, a matrix or a function that multiplies by it, by conjugate gradients. FLAG is 0\nwhere the relative residual came below TOL (1e-6) within MAXIT steps. M1 * M2 is like A and easily divided by.\n\n    pcg ([4 1; 1 3], [1; 2])\n    % ans =\n    %\n    %    0.090909\n    %    0.636364\n",
    ),
    Builtin::in_language(
        "bicgstab",
        (2, usize::MAX),
        5,
        SOURCE,
        "`[X, FLAG, RELRES, ITER, RESVEC] = bicgstab (A, B, TOL, MAXIT, M1, M2, X0)`\n\nSolves A * X = B by stabilised biconjugate gradients; as pcg, for any square A.\n\n    norm (bicgstab ([4 1; 2 3], [1; 2]) - [0.1; 0.6]) < 1e-5\n    % ans = 1\n",
    ),
    Builtin::in_language(
        "cgs",
        (2, usize::MAX),
        5,
        SOURCE,
        "`[X, FLAG, RELRES, ITER, RESVEC] = cgs (A, B, TOL, MAXIT, M1, M2, X0)`\n\nSolves A * X = B by squared conjugate gradients; as pcg, for any square A.\n\n    norm (cgs ([4 1; 2 3], [1; 2]) - [0.1; 0.6]) < 1e-5\n    % ans = 1\n",
    ),
    Builtin::in_language(
        "gmres",
        (2, usize::MAX),
        5,
        SOURCE,
        "`[X, FLAG, RELRES, ITER, RESVEC] = gmres (A, B, RESTART, TOL, MAXIT, M1, M2, X0)`\n\nSolves A * X = B by generalised minimal residuals, begun anew after RESTART steps; as pcg, for any square A.\n\n    norm (gmres ([4 1; 2 3], [1; 2]) - [0.1; 0.6]) < 1e-5\n    % ans = 1\n",
    ),
];
