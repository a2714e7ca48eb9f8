//! Names and lists of arguments.

use crate::builtin::api::Builtin;

const SOURCE: &str = include_str!("names.arr");

pub const TABLE: &[Builtin] = &[
    Builtin::in_language(
        "genvarname",
        (1, 2),
        1,
        SOURCE,
        "`genvarname (STR)`, `genvarname (STR, TAKEN)`\n\nA valid name of a variable made of a text, different from those that are taken.\n\n    genvarname (\"x\", {\"x\"})\n    % ans = x1\n",
    ),
    Builtin::in_language(
        "namedargs2cell",
        (1, 1),
        1,
        SOURCE,
        "`namedargs2cell (S)`\n\nThe fields of a struct as a list of names and values.\n\n    namedargs2cell (struct (\"a\", 1))\n    % ans =\n    % {\n    %   [1,1] = a\n    %   [1,2] = 1\n    % }\n",
    ),
    Builtin::in_language(
        "nthargout",
        (2, usize::MAX),
        1,
        SOURCE,
        "`nthargout (N, FCN, ...)`, `nthargout (N, NTOT, FCN, ...)`\n\nThe N-th result of a function, or a cell array of those that N lists.\n\n    nthargout (2, @max, [1 5 3])\n    % ans = 2\n",
    ),
    Builtin::in_language(
        "parseparams",
        (1, usize::MAX),
        usize::MAX,
        SOURCE,
        "`[REG, PROP] = parseparams (PARAMS)`, `[REG, V1, ...] = parseparams (PARAMS, NAME1, DEFAULT1, ...)`\n\nSplits a list of arguments before the first text; the pairs behind it give values to names.\n\n    [reg, v] = parseparams ({1, \"a\", 5}, \"a\", 0)\n    % reg =\n    % {\n    %   [1,1] = 1\n    % }\n    %\n    % v = 5\n",
    ),
    Builtin::in_language(
        "celldisp",
        (1, 2),
        0,
        SOURCE,
        "`celldisp (C)`, `celldisp (C, NAME)`\n\nShows the elements of a cell array one after the other.\n\n    c = {1, \"a\"};\n    celldisp (c)\n    % c{1} =\n    %\n    % 1\n    %\n    % c{2} =\n    %\n    % a\n",
    ),
    Builtin::in_language(
        "cellindexmat",
        (1, usize::MAX),
        1,
        SOURCE,
        "`cellindexmat (X, ...)`\n\nIndexes every element of a cell array.\n\n    cellindexmat ({[1 2], [3 4]}, 2)\n    % ans =\n    % {\n    %   [1,1] = 2\n    %   [1,2] = 4\n    % }\n",
    ),
    Builtin::in_language(
        "nonzeros",
        (1, 1),
        1,
        SOURCE,
        "`nonzeros (A)`\n\nThe elements that are not zero, as a column.\n\n    nonzeros ([1 0 2])\n    % ans =\n    %\n    %    1\n    %    2\n",
    ),
    Builtin::in_language(
        "vectorize",
        (1, 1),
        1,
        SOURCE,
        "`vectorize (FCN)`\n\nThe text of a formula with elementwise operators.\n\n    vectorize (\"x*y^2\")\n    % ans = x.*y.^2\n",
    ),
    Builtin::in_language(
        "strmatch",
        (2, 3),
        1,
        SOURCE,
        "`strmatch (S, A)`, `strmatch (S, A, \"exact\")`\n\nWhich texts begin with S, or equal it.\n\n    strmatch (\"ab\", {\"abc\", \"b\"})\n    % ans = 1\n",
    ),
    Builtin::in_language(
        "findstr",
        (2, 3),
        1,
        SOURCE,
        "`findstr (S, T)`, `findstr (S, T, OVERLAP)`\n\nWhere the shorter of two texts stands in the longer.\n\n    findstr (\"abcbc\", \"bc\")\n    % ans =\n    %\n    %    2   4\n",
    ),
];
