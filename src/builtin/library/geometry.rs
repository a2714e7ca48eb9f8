//! Figures and rotations.

use crate::builtin::api::Builtin;

const SOURCE: &str = include_str!("geometry.arr");

pub const TABLE: &[Builtin] = &[
    Builtin::in_language(
        "rotx",
        (1, 1),
        1,
        SOURCE,
        "`rotx (ANGLE)`\n\nThe rotation about the first axis by an angle in degrees.\n\n    rotx (0)\n    % ans =\n    %\n    %    1   0   0\n    %    0   1   0\n    %    0   0   1\n",
    ),
    Builtin::in_language(
        "roty",
        (1, 1),
        1,
        SOURCE,
        "`roty (ANGLE)`\n\nThe rotation about the second axis by an angle in degrees.\n\n    roty (0)\n    % ans =\n    %\n    %    1   0   0\n    %    0   1   0\n    %    0   0   1\n",
    ),
    Builtin::in_language(
        "rotz",
        (1, 1),
        1,
        SOURCE,
        "`rotz (ANGLE)`\n\nThe rotation about the third axis by an angle in degrees.\n\n    rotz (0)\n    % ans =\n    %\n    %    1   0   0\n    %    0   1   0\n    %    0   0   1\n",
    ),
    Builtin::in_language(
        "rectint",
        (2, 2),
        1,
        SOURCE,
        "`rectint (A, B)`\n\nThe area that rectangles [X Y WIDTH HEIGHT] have in common.\n\n    rectint ([0 0 1 1], [0.5 0.5 1 1])\n    % ans = 0.2500\n",
    ),
    Builtin::in_language(
        "inpolygon",
        (4, 4),
        2,
        SOURCE,
        "`[IN, ON] = inpolygon (X, Y, XV, YV)`\n\nWhether points lie in a polygon with the corners XV, YV, or on its edge.\n\n    inpolygon (0.5, 0.5, [0 1 1 0], [0 0 1 1])\n    % ans = 1\n",
    ),
    Builtin::in_language(
        "peaks",
        (0, 2),
        3,
        SOURCE,
        "`[X, Y, Z] = peaks ()`, `peaks (N)`, `peaks (X, Y)`\n\nA surface with hills and hollows.\n\n    size (peaks (5))\n    % ans =\n    %\n    %    5   5\n",
    ),
    Builtin::in_language(
        "humps",
        (0, 1),
        2,
        SOURCE,
        "`Y = humps (X)`, `[X, Y] = humps ()`\n\nA curve with two narrow humps.\n\n    humps (0.3) > 90\n    % ans = 1\n",
    ),
];
