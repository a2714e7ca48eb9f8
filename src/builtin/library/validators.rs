//! Demands on arguments.

use crate::builtin::api::Builtin;

const SOURCE: &str = include_str!("validators.arr");

pub const TABLE: &[Builtin] = &[
    Builtin::in_language(
        "mustBeFinite",
        (1, 1),
        0,
        SOURCE,
        "`mustBeFinite (X)`\n\nAn error unless X is finite.\n\n    mustBeFinite (1)\n",
    ),
    Builtin::in_language(
        "mustBeInteger",
        (1, 1),
        0,
        SOURCE,
        "`mustBeInteger (X)`\n\nAn error unless X is a whole number.\n\n    mustBeInteger (1)\n",
    ),
    Builtin::in_language(
        "mustBeNegative",
        (1, 1),
        0,
        SOURCE,
        "`mustBeNegative (X)`\n\nAn error unless X is negative.\n\n    mustBeNegative (-1)\n",
    ),
    Builtin::in_language(
        "mustBePositive",
        (1, 1),
        0,
        SOURCE,
        "`mustBePositive (X)`\n\nAn error unless X is positive.\n\n    mustBePositive (1)\n",
    ),
    Builtin::in_language(
        "mustBeNonnegative",
        (1, 1),
        0,
        SOURCE,
        "`mustBeNonnegative (X)`\n\nAn error unless X is not negative.\n\n    mustBeNonnegative (0)\n",
    ),
    Builtin::in_language(
        "mustBeNonpositive",
        (1, 1),
        0,
        SOURCE,
        "`mustBeNonpositive (X)`\n\nAn error unless X is not positive.\n\n    mustBeNonpositive (0)\n",
    ),
    Builtin::in_language(
        "mustBeNonzero",
        (1, 1),
        0,
        SOURCE,
        "`mustBeNonzero (X)`\n\nAn error unless X is not zero.\n\n    mustBeNonzero (1)\n",
    ),
    Builtin::in_language(
        "mustBeNonNan",
        (1, 1),
        0,
        SOURCE,
        "`mustBeNonNan (X)`\n\nAn error unless X is not NaN.\n\n    mustBeNonNan (1)\n",
    ),
    Builtin::in_language(
        "mustBeNonempty",
        (1, 1),
        0,
        SOURCE,
        "`mustBeNonempty (X)`\n\nAn error unless X is not empty.\n\n    mustBeNonempty (1)\n",
    ),
    Builtin::in_language(
        "mustBeNumeric",
        (1, 1),
        0,
        SOURCE,
        "`mustBeNumeric (X)`\n\nAn error unless X is numeric.\n\n    mustBeNumeric (1)\n",
    ),
    Builtin::in_language(
        "mustBeNumericOrLogical",
        (1, 1),
        0,
        SOURCE,
        "`mustBeNumericOrLogical (X)`\n\nAn error unless X is numeric or logical.\n\n    mustBeNumericOrLogical (true)\n",
    ),
    Builtin::in_language(
        "mustBeReal",
        (1, 1),
        0,
        SOURCE,
        "`mustBeReal (X)`\n\nAn error unless X is real.\n\n    mustBeReal (1)\n",
    ),
    Builtin::in_language(
        "mustBeGreaterThan",
        (2, 2),
        0,
        SOURCE,
        "`mustBeGreaterThan (X, C)`\n\nAn error unless all of X is greater than C.\n\n    mustBeGreaterThan (2, 1)\n",
    ),
    Builtin::in_language(
        "mustBeGreaterThanOrEqual",
        (2, 2),
        0,
        SOURCE,
        "`mustBeGreaterThanOrEqual (X, C)`\n\nAn error unless all of X is greater than or equal to C.\n\n    mustBeGreaterThanOrEqual (2, 2)\n",
    ),
    Builtin::in_language(
        "mustBeLessThan",
        (2, 2),
        0,
        SOURCE,
        "`mustBeLessThan (X, C)`\n\nAn error unless all of X is less than C.\n\n    mustBeLessThan (1, 2)\n",
    ),
    Builtin::in_language(
        "mustBeLessThanOrEqual",
        (2, 2),
        0,
        SOURCE,
        "`mustBeLessThanOrEqual (X, C)`\n\nAn error unless all of X is less than or equal to C.\n\n    mustBeLessThanOrEqual (1, 1)\n",
    ),
    Builtin::in_language(
        "mustBeMember",
        (2, 2),
        0,
        SOURCE,
        "`mustBeMember (X, C)`\n\nAn error unless all of X is among the elements of C.\n\n    mustBeMember (1, [1 2])\n",
    ),
];
