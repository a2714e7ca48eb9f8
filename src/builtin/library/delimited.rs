//! Matrices as text with a separator between the numbers.

use crate::builtin::api::Builtin;

const SOURCE: &str = include_str!("delimited.arr");

pub const TABLE: &[Builtin] = &[
    Builtin::in_language(
        "dlmwrite",
        (2, usize::MAX),
        0,
        SOURCE,
        "`dlmwrite (FILE, M)`, `dlmwrite (FILE, M, SEPARATOR, ROWS, COLUMNS)`, `dlmwrite (FILE, M, OPTION, VALUE, ...)`\n\nWrites a matrix as text. ROWS and COLUMNS are how many are left empty before it; the options are `delimiter`, `newline`\n(\"unix\", \"pc\", \"mac\" or what ends a line), `roffset`, `coffset`, `precision` (digits or a template) and `append` (\"on\").\n\n    f = tempname (); dlmwrite (f, [1 2; 3 4], \";\"); fileread (f), unlink (f);\n    % ans = 1;2\n    % 3;4\n",
    ),
    Builtin::in_language(
        "csvwrite",
        (2, usize::MAX),
        0,
        SOURCE,
        "`csvwrite (FILE, M)`, `csvwrite (FILE, M, ROWS, COLUMNS)`\n\nWrites a matrix with commas between its numbers; as dlmwrite.\n\n    f = tempname (); csvwrite (f, [1 2]); fileread (f), unlink (f);\n    % ans = 1,2\n",
    ),
    Builtin::in_language(
        "csvread",
        (1, usize::MAX),
        1,
        SOURCE,
        "`csvread (FILE)`, `csvread (FILE, ROW, COLUMN)`\n\nReads a matrix of numbers with commas between them; as dlmread.\n\n    f = tempname (); csvwrite (f, [1 2; 3 4]); csvread (f), unlink (f);\n    % ans =\n    %\n    %    1   2\n    %    3   4\n",
    ),
    Builtin::in_language(
        "importdata",
        (1, 3),
        3,
        SOURCE,
        "`[DATA, SEPARATOR, HEADER_LINES] = importdata (FILE, SEPARATOR, HEADER_LINES)`\n\nReads a file of numbers; where there are lines of text above them, a struct with fields `data`, `textdata` and\n`colheaders`.\n\n    f = tempname (); dlmwrite (f, [1 2; 3 4]); importdata (f), unlink (f);\n    % ans =\n    %\n    %    1   2\n    %    3   4\n",
    ),
];
