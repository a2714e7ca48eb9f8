//! Versions.

use crate::builtin::api::Builtin;

const SOURCE: &str = include_str!("versions.arr");

pub const TABLE: &[Builtin] = &[
    Builtin::in_language(
        "compare_versions",
        (3, 3),
        1,
        SOURCE,
        "`compare_versions (V1, V2, OPERATOR)`\n\nWhether two version numbers are in the relation that an operator such as \"<=\" names.\n\n    compare_versions (\"1.10\", \"1.9\", \">\")\n    % ans = 1\n",
    ),
    Builtin::in_language(
        "verLessThan",
        (2, 2),
        1,
        SOURCE,
        "`verLessThan (\"Octave\", VERSION)`\n\nWhether the language is older than a version of Octave.\n\n    verLessThan (\"Octave\", \"3.0.0\")\n    % ans = 0\n",
    ),
];
