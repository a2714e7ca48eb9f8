//! Integrals of several dimensions.

use crate::builtin::api::Builtin;

const SOURCE: &str = include_str!("integrals.arr");

pub const TABLE: &[Builtin] = &[
    Builtin::in_language(
        "quadcc",
        (3, 5),
        3,
        SOURCE,
        "`[Q, ERR] = quadcc (F, A, B)`, `quadcc (F, A, B, TOL, SING)`\n\nThe integral of F from A to B.\n\n    quadcc (@(x) x .^ 2, 0, 3)\n    % ans = 9\n",
    ),
    Builtin::in_language(
        "triplequad",
        (7, usize::MAX),
        1,
        SOURCE,
        "`triplequad (F, XA, XB, YA, YB, ZA, ZB)`\n\nThe integral of F over a box.\n\n    abs (triplequad (@(x, y, z) x + y + z, 0, 1, 0, 1, 0, 1) - 1.5) < 1e-6\n    % ans = 1\n",
    ),
    Builtin::in_language(
        "quad2d",
        (5, usize::MAX),
        2,
        SOURCE,
        "`[Q, ERR] = quad2d (F, XA, XB, YA, YB)`\n\nThe integral of F over a region whose limits in y may depend on x.\n\n    abs (quad2d (@(x, y) x .* y, 0, 1, 0, 2) - 1) < 1e-6\n    % ans = 1\n",
    ),
    Builtin::in_language(
        "integral3",
        (7, usize::MAX),
        1,
        SOURCE,
        "`integral3 (F, XA, XB, YA, YB, ZA, ZB)`\n\nThe integral of F over a region whose limits may depend on the variables before.\n\n    abs (integral3 (@(x, y, z) x + y + z, 0, 1, 0, 1, 0, 1) - 1.5) < 1e-6\n    % ans = 1\n",
    ),
];
