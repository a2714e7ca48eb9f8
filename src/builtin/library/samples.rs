//! Distributions of values.

use crate::builtin::api::Builtin;

const SOURCE: &str = include_str!("samples.arr");

pub const TABLE: &[Builtin] = &[
    Builtin::in_language(
        "discrete_pdf",
        (3, 3),
        1,
        SOURCE,
        "`discrete_pdf (X, V, P)`\n\nThe probability of X where the values V have the weights P.\n\n    discrete_pdf (2, [1 2], [1 3])\n    % ans = 0.7500\n",
    ),
    Builtin::in_language(
        "discrete_cdf",
        (3, 3),
        1,
        SOURCE,
        "`discrete_cdf (X, V, P)`\n\nThe probability of a value of at most X where the values V have the weights P.\n\n    discrete_cdf (1, [1 2], [1 3])\n    % ans = 0.2500\n",
    ),
    Builtin::in_language(
        "discrete_inv",
        (3, 3),
        1,
        SOURCE,
        "`discrete_inv (X, V, P)`\n\nThe quantile X of the values V with the weights P.\n\n    discrete_inv (0.5, [1 2], [1 3])\n    % ans = 2\n",
    ),
    Builtin::in_language(
        "discrete_rnd",
        (2, usize::MAX),
        1,
        SOURCE,
        "`discrete_rnd (V, P)`, `discrete_rnd (V, P, M, N, ...)`\n\nRandom values of V with the weights P.\n\n    discrete_rnd (7, 1, 1, 2)\n    % ans =\n    %\n    %    7   7\n",
    ),
    Builtin::in_language(
        "empirical_pdf",
        (2, 2),
        1,
        SOURCE,
        "`empirical_pdf (X, DATA)`\n\nThe share of a sample that equals X.\n\n    empirical_pdf (2, [1 2 2 3])\n    % ans = 0.5000\n",
    ),
    Builtin::in_language(
        "empirical_cdf",
        (2, 2),
        1,
        SOURCE,
        "`empirical_cdf (X, DATA)`\n\nThe share of a sample that is at most X.\n\n    empirical_cdf (2, [1 2 2 3])\n    % ans = 0.7500\n",
    ),
    Builtin::in_language(
        "empirical_inv",
        (2, 2),
        1,
        SOURCE,
        "`empirical_inv (X, DATA)`\n\nThe quantile X of a sample.\n\n    empirical_inv (0.5, [1 2 2 3])\n    % ans = 2\n",
    ),
    Builtin::in_language(
        "empirical_rnd",
        (1, usize::MAX),
        1,
        SOURCE,
        "`empirical_rnd (DATA)`, `empirical_rnd (DATA, M, N, ...)`\n\nRandom draws from a sample.\n\n    empirical_rnd ([5 5], 1, 2)\n    % ans =\n    %\n    %    5   5\n",
    ),
];
