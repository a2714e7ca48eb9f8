//! Systems of equations that are not linear, and their kin.

use crate::builtin::api::Builtin;

const SOURCE: &str = include_str!("equations.arr");

pub const TABLE: &[Builtin] = &[
    Builtin::in_language(
        "fsolve",
        (2, 3),
        5,
        SOURCE,
        "`[X, FVAL, INFO, OUTPUT, JACOBIAN] = fsolve (F, X0, OPTIONS)`\n\nA zero of a function of several variables near X0, by Powell's dog leg. INFO is 1 where it was found. With the option\n`Jacobian` (\"on\") F gives its derivatives as a second result; others are `TolX`, `TolFun`, `MaxIter`, `MaxFunEvals` and\n`OutputFcn`.\n\n    x = fsolve (@(x) [x(1)^2 + x(2)^2 - 2; x(1) - x(2)], [2; 3]); printf (\"%.4f\\n\", x)\n    % 1.0000\n    % 1.0000\n",
    ),
    Builtin::in_language(
        "pqpnonneg",
        (2, 4),
        5,
        SOURCE,
        "`[X, VALUE, INFO, OUTPUT, LAMBDA] = pqpnonneg (C, D, X0)`\n\nWhere x' C x / 2 + D' x is least for x that are not negative; C is positive definite.\n\n    pqpnonneg ([2 0; 0 2], [-2; 4])\n    % ans =\n    %\n    %    1\n    %    0\n",
    ),
];
