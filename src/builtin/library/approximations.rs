//! Rational approximations.

use crate::builtin::api::Builtin;

const SOURCE: &str = include_str!("approximations.arr");

pub const TABLE: &[Builtin] = &[Builtin::in_language(
    "padecoef",
    (1, 2),
    2,
    SOURCE,
    "`[NUM, DEN] = padecoef (T)`, `[NUM, DEN] = padecoef (T, N)`\n\nThe polynomials of degree N (1) whose quotient is Padé's approximation of exp (-T*s), a delay by T; the highest power\ncomes first.\n\n    [num, den] = padecoef (1, 2)\n    % num =\n    %\n    %    1   -6   12\n    %\n    % den =\n    %\n    %     1    6   12\n    %\n",
)];
