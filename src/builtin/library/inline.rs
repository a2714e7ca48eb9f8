//! Functions from text.

use crate::builtin::api::Builtin;

const SOURCE: &str = include_str!("inline.arr");

pub const TABLE: &[Builtin] = &[
    Builtin::in_language(
        "inline",
        (1, usize::MAX),
        1,
        SOURCE,
        "`inline (EXPR)`, `inline (EXPR, NAME, ...)`, `inline (EXPR, N)`\n\nThe anonymous function of an expression in a text. Its arguments are the names given; `x` and `P1` to `PN`; or the\nvariables of the expression.\n\n    f = inline (\"x ^ 2 + y\");\n    f (3, 1)\n    % ans = 10\n",
    ),
    Builtin::in_language(
        "formula",
        (1, 1),
        1,
        SOURCE,
        "`formula (F)`\n\nThe expression of an anonymous function as text.\n\n    formula (inline (\"x ^ 2\"))\n    % ans = x ^ 2\n",
    ),
    Builtin::in_language(
        "argnames",
        (1, 1),
        1,
        SOURCE,
        "`argnames (F)`\n\nThe arguments of an anonymous function as a column of texts.\n\n    argnames (inline (\"x + y\"))\n    % ans =\n    % {\n    %   [1,1] = x\n    %   [2,1] = y\n    % }\n    %\n",
    ),
    Builtin::in_language(
        "symvar",
        (1, 1),
        1,
        SOURCE,
        "`symvar (EXPR)`\n\nThe variables of an expression in a text, as a column of texts: names that are no constants and are not called.\n\n    symvar (\"sin (2*pi*x) + y\")\n    % ans =\n    % {\n    %   [1,1] = x\n    %   [2,1] = y\n    % }\n    %\n",
    ),
];
