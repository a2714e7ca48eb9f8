//! Minima of functions of several variables.

use crate::builtin::api::Builtin;

const SOURCE: &str = include_str!("minima.arr");

pub const TABLE: &[Builtin] = &[Builtin::in_language(
    "fminunc",
    (2, 3),
    6,
    SOURCE,
    "`[X, FVAL, INFO, OUTPUT, GRAD, HESS] = fminunc (F, X0)`, `fminunc (F, X0, OPTIONS)`\n\nA minimum near X0 by quasi-Newton steps; with the option \"GradObj\" \"on\" F gives its gradient as a second result.\nHESS is what the steps have found of the second derivatives.\n\n    round (1e4 * fminunc (@(x) sum ((x - [1 2]) .^ 2), [0 0])) / 1e4\n    % ans =\n    %    1   2\n",
)];
