//! Time series.

use crate::builtin::api::Builtin;

const SOURCE: &str = include_str!("series.arr");

pub const TABLE: &[Builtin] = &[
    Builtin::in_language(
        "fftconv",
        (2, 3),
        1,
        SOURCE,
        "`fftconv (A, B)`, `fftconv (A, B, N)`\n\nThe convolution of two vectors by way of their transforms.\n\n    round (fftconv ([1 2], [1 3]))\n    % ans =\n    %\n    %    1   5   6\n",
    ),
    Builtin::in_language(
        "fftfilt",
        (2, 3),
        1,
        SOURCE,
        "`fftfilt (B, X)`\n\nX filtered by the impulse response B.\n\n    fftfilt ([1 1], [1 2 3])\n    % ans =\n    %\n    %    1   3   5\n",
    ),
    Builtin::in_language(
        "arma_rnd",
        (4, 5),
        1,
        SOURCE,
        "`arma_rnd (A, B, V, T)`, `arma_rnd (A, B, V, T, N)`\n\nT values of an autoregressive moving average of noise with variance V, after N (100) values that are thrown away.\n\n    size (arma_rnd (0.5, 0.2, 1, 3))\n    % ans =\n    %\n    %    3   1\n",
    ),
    Builtin::in_language(
        "autoreg_matrix",
        (2, 2),
        1,
        SOURCE,
        "`autoreg_matrix (Y, K)`\n\nA column of ones and the K preceding values of each element.\n\n    autoreg_matrix ([1; 2; 3], 1)\n    % ans =\n    %\n    %    1   0\n    %    1   1\n    %    1   2\n",
    ),
    Builtin::in_language(
        "periodogram",
        (1, 5),
        2,
        SOURCE,
        "`[PXX, W] = periodogram (X)`, `periodogram (X, WIN, NFFT, FS, RANGE)`\n\nThe power of a signal at each frequency.\n\n    numel (periodogram (1:8))\n    % ans = 129\n",
    ),
    Builtin::in_language(
        "sinetone",
        (1, 4),
        1,
        SOURCE,
        "`sinetone (FREQ, RATE, SEC, AMPL)`\n\nA sine of a frequency, sampled RATE (8000) times a second for SEC (1) seconds.\n\n    size (sinetone (440, 8000, 0.5))\n    % ans =\n    %\n    %    4000      1\n",
    ),
    Builtin::in_language(
        "sinewave",
        (1, 3),
        1,
        SOURCE,
        "`sinewave (M, N, D)`\n\nM values of a sine with period N, from place D on.\n\n    round (sinewave (4, 4))\n    % ans =\n    %\n    %    0   1   0  -1\n",
    ),
    Builtin::in_language(
        "hurst",
        (1, 1),
        1,
        SOURCE,
        "`hurst (X)`\n\nHow strongly a series keeps its direction, from its range.\n\n    hurst ([1 2 1 2]') < 0.5\n    % ans = 1\n",
    ),
    Builtin::in_language(
        "interpft",
        (2, 3),
        1,
        SOURCE,
        "`interpft (X, N)`, `interpft (X, N, DIM)`\n\nN values of the trigonometric polynomial through X.\n\n    interpft ([1 0 -1 0], 8)(3)\n    % ans = 0\n",
    ),
];
