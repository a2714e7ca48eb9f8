//! Linear, quadratic and smooth programs with constraints.

use crate::builtin::api::Builtin;

const LINEAR: &str = include_str!("linear_programs.arr");
const QUADRATIC: &str = include_str!("quadratic_programs.arr");
const SMOOTH: &str = include_str!("smooth_programs.arr");

pub const TABLE: &[Builtin] = &[
    Builtin::in_language(
        "glpk",
        (3, 9),
        4,
        LINEAR,
        "`[X, FMIN, ERRNUM, EXTRA] = glpk (C, A, B, LB, UB, CTYPE, VARTYPE, SENSE, PARAM)`\n\nA linear program: C' * X as small as it can be (as large with SENSE -1), X between LB (0) and UB (Inf), where CTYPE says of each row of A * X whether it is at most (`\"U\"`), at least (`\"L\"`) or exactly (`\"S\"`, as where CTYPE is left out) B. VARTYPE says which of X must be whole (`\"I\"`).\n\n    glpk ([3; 2], [1 1; 1 3], [4; 6], [], [], \"UU\", \"CC\", -1)\n    % ans =\n    %\n    %    4\n    %    0\n",
    ),
    Builtin::in_language(
        "qp",
        (2, 11),
        4,
        QUADRATIC,
        "`[X, OBJ, INFO, LAMBDA] = qp (X0, H, Q, A, B, LB, UB, A_LB, A_IN, A_UB)`\n\nA quadratic program: X' * H * X / 2 + Q' * X as small as it can be where A * X = B, LB <= X <= UB and A_LB <= A_IN * X <= A_UB. INFO.info is 0 where it was found, 6 where nothing meets the constraints.\n\n    qp ([0; 0], eye (2), [-2; -3], [], [], [0; 0], [1; 1])\n    % ans =\n    %\n    %    1\n    %    1\n",
    ),
    Builtin::in_language(
        "sqp",
        (2, 8),
        6,
        SMOOTH,
        "`[X, OBJ, INFO, ITER, NF, LAMBDA] = sqp (X0, PHI, G, H, LB, UB, MAXITER, TOL)`\n\nPHI (X) as small as it can be near X0 where G (X) = 0, H (X) >= 0 and LB <= X <= UB, by quadratic programs one after the other. PHI may be a cell array with its gradient and Hessian, G and H with their Jacobians. INFO is 104 where the steps came to an end, 103 where MAXITER (100) did.\n\n    x = sqp ([1; 1], @(x) sumsq (x - [2; 3]), @(x) x(1) + x(2) - 1);\n    norm (x - [0; 1]) < 1e-6\n    % ans = 1\n",
    ),
];
