//! Bytes as text.

use crate::builtin::api::Builtin;

const SOURCE: &str = include_str!("codes.arr");

pub const TABLE: &[Builtin] = &[
    Builtin::in_language(
        "num2hex",
        (1, 2),
        1,
        SOURCE,
        "`num2hex (N)`, `num2hex (N, \"cell\")`\n\nThe bytes of each number as hexadecimal digits, the highest first.\n\n    num2hex (single (1))\n    % ans = 3f800000\n",
    ),
    Builtin::in_language(
        "hex2num",
        (1, 2),
        1,
        SOURCE,
        "`hex2num (S)`, `hex2num (S, CLASS)`\n\nThe numbers whose bytes the hexadecimal digits are; missing digits on the right are zero.\n\n    hex2num (\"bff\")\n    % ans = -1\n",
    ),
    Builtin::in_language(
        "base64_encode",
        (1, 1),
        1,
        SOURCE,
        "`base64_encode (X)`\n\nThe bytes of an array in letters and digits.\n\n    base64_encode (uint8 ([72 105]))\n    % ans = SGk=\n",
    ),
    Builtin::in_language(
        "base64_decode",
        (1, 2),
        1,
        SOURCE,
        "`base64_decode (S)`, `base64_decode (S, DIMS)`\n\nThe doubles whose bytes base64_encode wrote.\n\n    base64_decode (base64_encode (pi)) == pi\n    % ans = 1\n",
    ),
];
