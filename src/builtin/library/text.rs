//! Text: layout and words.

use crate::builtin::api::Builtin;

const SOURCE: &str = include_str!("text.arr");

pub const TABLE: &[Builtin] = &[
    Builtin::in_language(
        "strtrunc",
        (0, 2),
        1,
        SOURCE,
        "`strtrunc (S, N)`\n\nThe first N characters of a text, of the rows of a matrix or of the elements of a cell array.\n\n    strtrunc (\"abcdef\", 3)\n    % ans = abc\n",
    ),
    Builtin::in_language(
        "newline",
        (0, 0),
        1,
        SOURCE,
        "`newline`\n\nThe character that ends a line.\n\n    double (newline)\n    % ans = 10\n",
    ),
    Builtin::in_language(
        "isstring",
        (1, 1),
        1,
        SOURCE,
        "`isstring (X)`\n\nWhether X is an object of class string, of which there are none; see ischar.\n\n    isstring (\"a\")\n    % ans = 0\n",
    ),
    Builtin::in_language(
        "isstudent",
        (0, 0),
        1,
        SOURCE,
        "`isstudent ()`\n\nFalse: there is no student version.\n\n    isstudent ()\n    % ans = 0\n",
    ),
    Builtin::in_language(
        "namelengthmax",
        (0, 0),
        1,
        SOURCE,
        "`namelengthmax ()`\n\nHow long a name may be where others are to read it.\n\n    namelengthmax ()\n    % ans = 63\n",
    ),
    Builtin::in_language(
        "iskeyword",
        (0, 1),
        1,
        SOURCE,
        "`iskeyword (NAME)`, `iskeyword ()`\n\nWhether a word belongs to the grammar of the language; without arguments the list of such words.\n\n    iskeyword (\"for\")\n    % ans = 1\n",
    ),
    Builtin::in_language(
        "list_in_columns",
        (1, 3),
        1,
        SOURCE,
        "`list_in_columns (LIST)`, `list_in_columns (LIST, WIDTH, PREFIX)`\n\nThe texts of a list in columns, as wide as WIDTH (80) allows.\n\n    list_in_columns ({\"abc\", \"de\"}, 20)\n    % ans = abc  de\n",
    ),
];
