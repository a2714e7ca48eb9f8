//! Interpolation between the values on a grid of any number of dimensions.

use crate::builtin::api::Builtin;

const SOURCE: &str = include_str!("gridded.arr");

pub const TABLE: &[Builtin] = &[
    Builtin::in_language(
        "interp2",
        (1, 7),
        1,
        SOURCE,
        "`interp2 (X, Y, Z, XI, YI)`, `interp2 (Z, XI, YI)`, `interp2 (Z, N)`, `interp2 (..., METHOD, EXTRAP)`\n\nA table of two dimensions read between its points; of Z alone, every cell is halved N times (once). METHOD is \"nearest\", \"linear\", \"cubic\" (as \"pchip\") or \"spline\". Beyond the table lies EXTRAP: NA, or what the spline says.\n\n    interp2 ([1 2; 3 4], 1.5, 1.5)\n    % ans = 2.5000\n",
    ),
    Builtin::in_language(
        "interp3",
        (1, 9),
        1,
        SOURCE,
        "`interp3 (X, Y, Z, V, XI, YI, ZI)`, `interp3 (V, XI, YI, ZI)`, `interp3 (V, N)`, `interp3 (..., METHOD, EXTRAP)`\n\nA table of three dimensions read between its points; X runs along the columns of V, as meshgrid makes it. METHOD is \"nearest\", \"linear\" or \"spline\".\n\n    V = reshape (1:8, 2, 2, 2);\n    interp3 (V, 1.5, 1, 1)\n    % ans = 2\n",
    ),
    Builtin::in_language(
        "interpn",
        (1, usize::MAX),
        1,
        SOURCE,
        "`interpn (X1, X2, ..., V, Y1, Y2, ...)`, `interpn (V, Y1, Y2, ...)`, `interpn (V, N)`, `interpn (..., METHOD, EXTRAP)`\n\nA table of any number of dimensions read between its points; X1 runs along the first dimension of V, as ndgrid makes it. METHOD is \"nearest\", \"linear\" or \"spline\".\n\n    V = reshape (1:8, 2, 2, 2);\n    interpn (V, 1.5, 1, 1)\n    % ans = 1.5000\n",
    ),
];
