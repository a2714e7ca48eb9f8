//! Functions that are said best in the language itself: each file defines the functions of one family and their
//! helpers, and the session reads it when one of them is first called.

use super::api::Builtin;

const SAMPLES_SOURCE: &str = include_str!("samples.arr");

/// Distributions of values.
pub const SAMPLES: &[Builtin] = &[
    Builtin::in_language(
        "discrete_pdf",
        (3, 3),
        1,
        SAMPLES_SOURCE,
        "`discrete_pdf (X, V, P)`\n\nThe probability of X where the values V have the weights P.\n\n    discrete_pdf (2, [1 2], [1 3])\n    % ans = 0.7500\n",
    ),
    Builtin::in_language(
        "discrete_cdf",
        (3, 3),
        1,
        SAMPLES_SOURCE,
        "`discrete_cdf (X, V, P)`\n\nThe probability of a value of at most X where the values V have the weights P.\n\n    discrete_cdf (1, [1 2], [1 3])\n    % ans = 0.2500\n",
    ),
    Builtin::in_language(
        "discrete_inv",
        (3, 3),
        1,
        SAMPLES_SOURCE,
        "`discrete_inv (X, V, P)`\n\nThe quantile X of the values V with the weights P.\n\n    discrete_inv (0.5, [1 2], [1 3])\n    % ans = 2\n",
    ),
    Builtin::in_language(
        "discrete_rnd",
        (2, usize::MAX),
        1,
        SAMPLES_SOURCE,
        "`discrete_rnd (V, P)`, `discrete_rnd (V, P, M, N, ...)`\n\nRandom values of V with the weights P.\n\n    discrete_rnd (7, 1, 1, 2)\n    % ans =\n    %\n    %    7   7\n",
    ),
    Builtin::in_language(
        "empirical_pdf",
        (2, 2),
        1,
        SAMPLES_SOURCE,
        "`empirical_pdf (X, DATA)`\n\nThe share of a sample that equals X.\n\n    empirical_pdf (2, [1 2 2 3])\n    % ans = 0.5000\n",
    ),
    Builtin::in_language(
        "empirical_cdf",
        (2, 2),
        1,
        SAMPLES_SOURCE,
        "`empirical_cdf (X, DATA)`\n\nThe share of a sample that is at most X.\n\n    empirical_cdf (2, [1 2 2 3])\n    % ans = 0.7500\n",
    ),
    Builtin::in_language(
        "empirical_inv",
        (2, 2),
        1,
        SAMPLES_SOURCE,
        "`empirical_inv (X, DATA)`\n\nThe quantile X of a sample.\n\n    empirical_inv (0.5, [1 2 2 3])\n    % ans = 2\n",
    ),
    Builtin::in_language(
        "empirical_rnd",
        (1, usize::MAX),
        1,
        SAMPLES_SOURCE,
        "`empirical_rnd (DATA)`, `empirical_rnd (DATA, M, N, ...)`\n\nRandom draws from a sample.\n\n    empirical_rnd ([5 5], 1, 2)\n    % ans =\n    %\n    %    5   5\n",
    ),
];

const SERIES_SOURCE: &str = include_str!("series.arr");

/// Time series.
pub const SERIES: &[Builtin] = &[
    Builtin::in_language(
        "fftconv",
        (2, 3),
        1,
        SERIES_SOURCE,
        "`fftconv (A, B)`, `fftconv (A, B, N)`\n\nThe convolution of two vectors by way of their transforms.\n\n    round (fftconv ([1 2], [1 3]))\n    % ans =\n    %\n    %    1   5   6\n",
    ),
    Builtin::in_language(
        "fftfilt",
        (2, 3),
        1,
        SERIES_SOURCE,
        "`fftfilt (B, X)`\n\nX filtered by the impulse response B.\n\n    fftfilt ([1 1], [1 2 3])\n    % ans =\n    %\n    %    1   3   5\n",
    ),
    Builtin::in_language(
        "arma_rnd",
        (4, 5),
        1,
        SERIES_SOURCE,
        "`arma_rnd (A, B, V, T)`, `arma_rnd (A, B, V, T, N)`\n\nT values of an autoregressive moving average of noise with variance V, after N (100) values that are thrown away.\n\n    size (arma_rnd (0.5, 0.2, 1, 3))\n    % ans =\n    %\n    %    3   1\n",
    ),
    Builtin::in_language(
        "autoreg_matrix",
        (2, 2),
        1,
        SERIES_SOURCE,
        "`autoreg_matrix (Y, K)`\n\nA column of ones and the K preceding values of each element.\n\n    autoreg_matrix ([1; 2; 3], 1)\n    % ans =\n    %\n    %    1   0\n    %    1   1\n    %    1   2\n",
    ),
    Builtin::in_language(
        "periodogram",
        (1, 5),
        2,
        SERIES_SOURCE,
        "`[PXX, W] = periodogram (X)`, `periodogram (X, WIN, NFFT, FS, RANGE)`\n\nThe power of a signal at each frequency.\n\n    numel (periodogram (1:8))\n    % ans = 129\n",
    ),
    Builtin::in_language(
        "sinetone",
        (1, 4),
        1,
        SERIES_SOURCE,
        "`sinetone (FREQ, RATE, SEC, AMPL)`\n\nA sine of a frequency, sampled RATE (8000) times a second for SEC (1) seconds.\n\n    size (sinetone (440, 8000, 0.5))\n    % ans =\n    %\n    %    4000      1\n",
    ),
    Builtin::in_language(
        "sinewave",
        (1, 3),
        1,
        SERIES_SOURCE,
        "`sinewave (M, N, D)`\n\nM values of a sine with period N, from place D on.\n\n    round (sinewave (4, 4))\n    % ans =\n    %\n    %    0   1   0  -1\n",
    ),
    Builtin::in_language(
        "hurst",
        (1, 1),
        1,
        SERIES_SOURCE,
        "`hurst (X)`\n\nHow strongly a series keeps its direction, from its range.\n\n    hurst ([1 2 1 2]') < 0.5\n    % ans = 1\n",
    ),
    Builtin::in_language(
        "interpft",
        (2, 3),
        1,
        SERIES_SOURCE,
        "`interpft (X, N)`, `interpft (X, N, DIM)`\n\nN values of the trigonometric polynomial through X.\n\n    interpft ([1 0 -1 0], 8)(3)\n    % ans = 0\n",
    ),
];

const GEOMETRY_SOURCE: &str = include_str!("geometry.arr");

/// Figures and rotations.
pub const GEOMETRY: &[Builtin] = &[
    Builtin::in_language(
        "rotx",
        (1, 1),
        1,
        GEOMETRY_SOURCE,
        "`rotx (ANGLE)`\n\nThe rotation about the first axis by an angle in degrees.\n\n    rotx (0)\n    % ans =\n    %\n    %    1   0   0\n    %    0   1   0\n    %    0   0   1\n",
    ),
    Builtin::in_language(
        "roty",
        (1, 1),
        1,
        GEOMETRY_SOURCE,
        "`roty (ANGLE)`\n\nThe rotation about the second axis by an angle in degrees.\n\n    roty (0)\n    % ans =\n    %\n    %    1   0   0\n    %    0   1   0\n    %    0   0   1\n",
    ),
    Builtin::in_language(
        "rotz",
        (1, 1),
        1,
        GEOMETRY_SOURCE,
        "`rotz (ANGLE)`\n\nThe rotation about the third axis by an angle in degrees.\n\n    rotz (0)\n    % ans =\n    %\n    %    1   0   0\n    %    0   1   0\n    %    0   0   1\n",
    ),
    Builtin::in_language(
        "rectint",
        (2, 2),
        1,
        GEOMETRY_SOURCE,
        "`rectint (A, B)`\n\nThe area that rectangles [X Y WIDTH HEIGHT] have in common.\n\n    rectint ([0 0 1 1], [0.5 0.5 1 1])\n    % ans = 0.2500\n",
    ),
    Builtin::in_language(
        "inpolygon",
        (4, 4),
        2,
        GEOMETRY_SOURCE,
        "`[IN, ON] = inpolygon (X, Y, XV, YV)`\n\nWhether points lie in a polygon with the corners XV, YV, or on its edge.\n\n    inpolygon (0.5, 0.5, [0 1 1 0], [0 0 1 1])\n    % ans = 1\n",
    ),
    Builtin::in_language(
        "peaks",
        (0, 2),
        3,
        GEOMETRY_SOURCE,
        "`[X, Y, Z] = peaks ()`, `peaks (N)`, `peaks (X, Y)`\n\nA surface with hills and hollows.\n\n    size (peaks (5))\n    % ans =\n    %\n    %    5   5\n",
    ),
    Builtin::in_language(
        "humps",
        (0, 1),
        2,
        GEOMETRY_SOURCE,
        "`Y = humps (X)`, `[X, Y] = humps ()`\n\nA curve with two narrow humps.\n\n    humps (0.3) > 90\n    % ans = 1\n",
    ),
];

const VERSIONS_SOURCE: &str = include_str!("versions.arr");

/// Versions.
pub const VERSIONS: &[Builtin] = &[
    Builtin::in_language(
        "compare_versions",
        (3, 3),
        1,
        VERSIONS_SOURCE,
        "`compare_versions (V1, V2, OPERATOR)`\n\nWhether two version numbers are in the relation that an operator such as \"<=\" names.\n\n    compare_versions (\"1.10\", \"1.9\", \">\")\n    % ans = 1\n",
    ),
    Builtin::in_language(
        "verLessThan",
        (2, 2),
        1,
        VERSIONS_SOURCE,
        "`verLessThan (\"Octave\", VERSION)`\n\nWhether the language is older than a version of Octave.\n\n    verLessThan (\"Octave\", \"3.0.0\")\n    % ans = 0\n",
    ),
];

const NAMES_SOURCE: &str = include_str!("names.arr");

/// Names and lists of arguments.
pub const NAMES: &[Builtin] = &[
    Builtin::in_language(
        "genvarname",
        (1, 2),
        1,
        NAMES_SOURCE,
        "`genvarname (STR)`, `genvarname (STR, TAKEN)`\n\nA valid name of a variable made of a text, different from those that are taken.\n\n    genvarname (\"x\", {\"x\"})\n    % ans = x1\n",
    ),
    Builtin::in_language(
        "namedargs2cell",
        (1, 1),
        1,
        NAMES_SOURCE,
        "`namedargs2cell (S)`\n\nThe fields of a struct as a list of names and values.\n\n    namedargs2cell (struct (\"a\", 1))\n    % ans =\n    % {\n    %   [1,1] = a\n    %   [1,2] = 1\n    % }\n",
    ),
    Builtin::in_language(
        "nthargout",
        (2, usize::MAX),
        1,
        NAMES_SOURCE,
        "`nthargout (N, FCN, ...)`, `nthargout (N, NTOT, FCN, ...)`\n\nThe N-th result of a function, or a cell array of those that N lists.\n\n    nthargout (2, @max, [1 5 3])\n    % ans = 2\n",
    ),
    Builtin::in_language(
        "parseparams",
        (1, usize::MAX),
        usize::MAX,
        NAMES_SOURCE,
        "`[REG, PROP] = parseparams (PARAMS)`, `[REG, V1, ...] = parseparams (PARAMS, NAME1, DEFAULT1, ...)`\n\nSplits a list of arguments before the first text; the pairs behind it give values to names.\n\n    [reg, v] = parseparams ({1, \"a\", 5}, \"a\", 0)\n    % reg =\n    % {\n    %   [1,1] = 1\n    % }\n    %\n    % v = 5\n",
    ),
    Builtin::in_language(
        "celldisp",
        (1, 2),
        0,
        NAMES_SOURCE,
        "`celldisp (C)`, `celldisp (C, NAME)`\n\nShows the elements of a cell array one after the other.\n\n    c = {1, \"a\"};\n    celldisp (c)\n    % c{1} =\n    %\n    % 1\n    %\n    % c{2} =\n    %\n    % a\n",
    ),
    Builtin::in_language(
        "cellindexmat",
        (1, usize::MAX),
        1,
        NAMES_SOURCE,
        "`cellindexmat (X, ...)`\n\nIndexes every element of a cell array.\n\n    cellindexmat ({[1 2], [3 4]}, 2)\n    % ans =\n    % {\n    %   [1,1] = 2\n    %   [1,2] = 4\n    % }\n",
    ),
    Builtin::in_language(
        "nonzeros",
        (1, 1),
        1,
        NAMES_SOURCE,
        "`nonzeros (A)`\n\nThe elements that are not zero, as a column.\n\n    nonzeros ([1 0 2])\n    % ans =\n    %\n    %    1\n    %    2\n",
    ),
    Builtin::in_language(
        "vectorize",
        (1, 1),
        1,
        NAMES_SOURCE,
        "`vectorize (FCN)`\n\nThe text of a formula with elementwise operators.\n\n    vectorize (\"x*y^2\")\n    % ans = x.*y.^2\n",
    ),
    Builtin::in_language(
        "strmatch",
        (2, 3),
        1,
        NAMES_SOURCE,
        "`strmatch (S, A)`, `strmatch (S, A, \"exact\")`\n\nWhich texts begin with S, or equal it.\n\n    strmatch (\"ab\", {\"abc\", \"b\"})\n    % ans = 1\n",
    ),
    Builtin::in_language(
        "findstr",
        (2, 3),
        1,
        NAMES_SOURCE,
        "`findstr (S, T)`, `findstr (S, T, OVERLAP)`\n\nWhere the shorter of two texts stands in the longer.\n\n    findstr (\"abcbc\", \"bc\")\n    % ans =\n    %\n    %    2   4\n",
    ),
];

const LINEAR_SOURCE: &str = include_str!("linear.arr");

/// Equations and estimates of matrices.
pub const LINEAR: &[Builtin] = &[
    Builtin::in_language(
        "svds",
        (1, 3),
        3,
        LINEAR_SOURCE,
        "`S = svds (A)`, `S = svds (A, K)`, `[U, S, V] = svds (A, K)`\n\nThe K (6) largest singular values and their vectors. Of a large matrix that is neither tall nor wide they are those of its part in a random space that 6 products with A and A' have turned towards them: values are exact to rounding where those beyond the K + max (K, 10) largest are below half of the K-th, and to one part in a hundred where they hardly fall at all.\n\n    svds ([3 0; 0 4], 1)\n    % ans = 4\n",
    ),
    Builtin::in_language(
        "sylvester",
        (3, 3),
        1,
        LINEAR_SOURCE,
        "`sylvester (A, B, C)`\n\nThe solution X of A*X + X*B = C.\n\n    sylvester (1, 1, 4)\n    % ans = 2\n",
    ),
    Builtin::in_language(
        "gls",
        (3, 3),
        3,
        LINEAR_SOURCE,
        "`[BETA, V, R] = gls (Y, X, O)`\n\nLeast squares for errors with the covariance O.\n\n    gls ([1; 2], [1; 1], eye (2))\n    % ans = 1.5000\n",
    ),
    Builtin::in_language(
        "normest1",
        (1, usize::MAX),
        4,
        LINEAR_SOURCE,
        "`[NEST, V, W, ITER] = normest1 (A, T, X0)`\n\nAn estimate of the 1-norm of a matrix, or of a function that multiplies by one.\n\n    normest1 ([1 2; 3 4])\n    % ans = 6\n",
    ),
    Builtin::in_language(
        "ordeig",
        (1, 2),
        1,
        LINEAR_SOURCE,
        "`ordeig (A)`, `ordeig (A, B)`\n\nEigenvalues of a quasi-triangular matrix, or of a pair, in the order of the diagonal.\n\n    ordeig ([1 2; 0 3])\n    % ans =\n    %\n    %    1\n    %    3\n",
    ),
    Builtin::in_language(
        "condeig",
        (1, 1),
        3,
        LINEAR_SOURCE,
        "`C = condeig (A)`, `[V, LAMBDA, C] = condeig (A)`\n\nHow sensitive the eigenvalues are.\n\n    condeig ([1 0; 0 2])\n    % ans =\n    %\n    %    1\n    %    1\n",
    ),
    Builtin::in_language(
        "blkmm",
        (2, 2),
        1,
        LINEAR_SOURCE,
        "`blkmm (A, B)`\n\nThe products of the matrices that two arrays of rank three hold.\n\n    size (blkmm (ones (2, 3, 4), ones (3, 2, 4)))\n    % ans =\n    %\n    %    2   2   4\n",
    ),
];

const INTEGRALS_SOURCE: &str = include_str!("integrals.arr");

/// Integrals of several dimensions.
pub const INTEGRALS: &[Builtin] = &[
    Builtin::in_language(
        "quadcc",
        (3, 5),
        3,
        INTEGRALS_SOURCE,
        "`[Q, ERR] = quadcc (F, A, B)`, `quadcc (F, A, B, TOL, SING)`\n\nThe integral of F from A to B.\n\n    quadcc (@(x) x .^ 2, 0, 3)\n    % ans = 9\n",
    ),
    Builtin::in_language(
        "triplequad",
        (7, usize::MAX),
        1,
        INTEGRALS_SOURCE,
        "`triplequad (F, XA, XB, YA, YB, ZA, ZB)`\n\nThe integral of F over a box.\n\n    abs (triplequad (@(x, y, z) x + y + z, 0, 1, 0, 1, 0, 1) - 1.5) < 1e-6\n    % ans = 1\n",
    ),
    Builtin::in_language(
        "quad2d",
        (5, usize::MAX),
        2,
        INTEGRALS_SOURCE,
        "`[Q, ERR] = quad2d (F, XA, XB, YA, YB)`\n\nThe integral of F over a region whose limits in y may depend on x.\n\n    abs (quad2d (@(x, y) x .* y, 0, 1, 0, 2) - 1) < 1e-6\n    % ans = 1\n",
    ),
    Builtin::in_language(
        "integral3",
        (7, usize::MAX),
        1,
        INTEGRALS_SOURCE,
        "`integral3 (F, XA, XB, YA, YB, ZA, ZB)`\n\nThe integral of F over a region whose limits may depend on the variables before.\n\n    abs (integral3 (@(x, y, z) x + y + z, 0, 1, 0, 1, 0, 1) - 1.5) < 1e-6\n    % ans = 1\n",
    ),
];

const VALIDATORS_SOURCE: &str = include_str!("validators.arr");

/// Demands on arguments.
pub const VALIDATORS: &[Builtin] = &[
    Builtin::in_language(
        "mustBeFinite",
        (1, 1),
        0,
        VALIDATORS_SOURCE,
        "`mustBeFinite (X)`\n\nAn error unless X is finite.\n\n    mustBeFinite (1)\n",
    ),
    Builtin::in_language(
        "mustBeInteger",
        (1, 1),
        0,
        VALIDATORS_SOURCE,
        "`mustBeInteger (X)`\n\nAn error unless X is a whole number.\n\n    mustBeInteger (1)\n",
    ),
    Builtin::in_language(
        "mustBeNegative",
        (1, 1),
        0,
        VALIDATORS_SOURCE,
        "`mustBeNegative (X)`\n\nAn error unless X is negative.\n\n    mustBeNegative (-1)\n",
    ),
    Builtin::in_language(
        "mustBePositive",
        (1, 1),
        0,
        VALIDATORS_SOURCE,
        "`mustBePositive (X)`\n\nAn error unless X is positive.\n\n    mustBePositive (1)\n",
    ),
    Builtin::in_language(
        "mustBeNonnegative",
        (1, 1),
        0,
        VALIDATORS_SOURCE,
        "`mustBeNonnegative (X)`\n\nAn error unless X is not negative.\n\n    mustBeNonnegative (0)\n",
    ),
    Builtin::in_language(
        "mustBeNonpositive",
        (1, 1),
        0,
        VALIDATORS_SOURCE,
        "`mustBeNonpositive (X)`\n\nAn error unless X is not positive.\n\n    mustBeNonpositive (0)\n",
    ),
    Builtin::in_language(
        "mustBeNonzero",
        (1, 1),
        0,
        VALIDATORS_SOURCE,
        "`mustBeNonzero (X)`\n\nAn error unless X is not zero.\n\n    mustBeNonzero (1)\n",
    ),
    Builtin::in_language(
        "mustBeNonNan",
        (1, 1),
        0,
        VALIDATORS_SOURCE,
        "`mustBeNonNan (X)`\n\nAn error unless X is not NaN.\n\n    mustBeNonNan (1)\n",
    ),
    Builtin::in_language(
        "mustBeNonempty",
        (1, 1),
        0,
        VALIDATORS_SOURCE,
        "`mustBeNonempty (X)`\n\nAn error unless X is not empty.\n\n    mustBeNonempty (1)\n",
    ),
    Builtin::in_language(
        "mustBeNumeric",
        (1, 1),
        0,
        VALIDATORS_SOURCE,
        "`mustBeNumeric (X)`\n\nAn error unless X is numeric.\n\n    mustBeNumeric (1)\n",
    ),
    Builtin::in_language(
        "mustBeNumericOrLogical",
        (1, 1),
        0,
        VALIDATORS_SOURCE,
        "`mustBeNumericOrLogical (X)`\n\nAn error unless X is numeric or logical.\n\n    mustBeNumericOrLogical (true)\n",
    ),
    Builtin::in_language(
        "mustBeReal",
        (1, 1),
        0,
        VALIDATORS_SOURCE,
        "`mustBeReal (X)`\n\nAn error unless X is real.\n\n    mustBeReal (1)\n",
    ),
    Builtin::in_language(
        "mustBeGreaterThan",
        (2, 2),
        0,
        VALIDATORS_SOURCE,
        "`mustBeGreaterThan (X, C)`\n\nAn error unless all of X is greater than C.\n\n    mustBeGreaterThan (2, 1)\n",
    ),
    Builtin::in_language(
        "mustBeGreaterThanOrEqual",
        (2, 2),
        0,
        VALIDATORS_SOURCE,
        "`mustBeGreaterThanOrEqual (X, C)`\n\nAn error unless all of X is greater than or equal to C.\n\n    mustBeGreaterThanOrEqual (2, 2)\n",
    ),
    Builtin::in_language(
        "mustBeLessThan",
        (2, 2),
        0,
        VALIDATORS_SOURCE,
        "`mustBeLessThan (X, C)`\n\nAn error unless all of X is less than C.\n\n    mustBeLessThan (1, 2)\n",
    ),
    Builtin::in_language(
        "mustBeLessThanOrEqual",
        (2, 2),
        0,
        VALIDATORS_SOURCE,
        "`mustBeLessThanOrEqual (X, C)`\n\nAn error unless all of X is less than or equal to C.\n\n    mustBeLessThanOrEqual (1, 1)\n",
    ),
    Builtin::in_language(
        "mustBeMember",
        (2, 2),
        0,
        VALIDATORS_SOURCE,
        "`mustBeMember (X, C)`\n\nAn error unless all of X is among the elements of C.\n\n    mustBeMember (1, [1 2])\n",
    ),
];

const CODES_SOURCE: &str = include_str!("codes.arr");

/// Bytes as text.
pub const CODES: &[Builtin] = &[
    Builtin::in_language(
        "num2hex",
        (1, 2),
        1,
        CODES_SOURCE,
        "`num2hex (N)`, `num2hex (N, \"cell\")`\n\nThe bytes of each number as hexadecimal digits, the highest first.\n\n    num2hex (single (1))\n    % ans = 3f800000\n",
    ),
    Builtin::in_language(
        "hex2num",
        (1, 2),
        1,
        CODES_SOURCE,
        "`hex2num (S)`, `hex2num (S, CLASS)`\n\nThe numbers whose bytes the hexadecimal digits are; missing digits on the right are zero.\n\n    hex2num (\"bff\")\n    % ans = -1\n",
    ),
    Builtin::in_language(
        "base64_encode",
        (1, 1),
        1,
        CODES_SOURCE,
        "`base64_encode (X)`\n\nThe bytes of an array in letters and digits.\n\n    base64_encode (uint8 ([72 105]))\n    % ans = SGk=\n",
    ),
    Builtin::in_language(
        "base64_decode",
        (1, 2),
        1,
        CODES_SOURCE,
        "`base64_decode (S)`, `base64_decode (S, DIMS)`\n\nThe doubles whose bytes base64_encode wrote.\n\n    base64_decode (base64_encode (pi)) == pi\n    % ans = 1\n",
    ),
];

const TEXT_SOURCE: &str = include_str!("text.arr");

/// Text: layout and words.
pub const TEXT: &[Builtin] = &[
    Builtin::in_language(
        "strtrunc",
        (0, 2),
        1,
        TEXT_SOURCE,
        "`strtrunc (S, N)`\n\nThe first N characters of a text, of the rows of a matrix or of the elements of a cell array.\n\n    strtrunc (\"abcdef\", 3)\n    % ans = abc\n",
    ),
    Builtin::in_language(
        "newline",
        (0, 0),
        1,
        TEXT_SOURCE,
        "`newline`\n\nThe character that ends a line.\n\n    double (newline)\n    % ans = 10\n",
    ),
    Builtin::in_language(
        "isstring",
        (1, 1),
        1,
        TEXT_SOURCE,
        "`isstring (X)`\n\nWhether X is an object of class string, of which there are none; see ischar.\n\n    isstring (\"a\")\n    % ans = 0\n",
    ),
    Builtin::in_language(
        "isstudent",
        (0, 0),
        1,
        TEXT_SOURCE,
        "`isstudent ()`\n\nFalse: there is no student version.\n\n    isstudent ()\n    % ans = 0\n",
    ),
    Builtin::in_language(
        "namelengthmax",
        (0, 0),
        1,
        TEXT_SOURCE,
        "`namelengthmax ()`\n\nHow long a name may be where others are to read it.\n\n    namelengthmax ()\n    % ans = 63\n",
    ),
    Builtin::in_language(
        "iskeyword",
        (0, 1),
        1,
        TEXT_SOURCE,
        "`iskeyword (NAME)`, `iskeyword ()`\n\nWhether a word belongs to the grammar of the language; without arguments the list of such words.\n\n    iskeyword (\"for\")\n    % ans = 1\n",
    ),
    Builtin::in_language(
        "list_in_columns",
        (1, 3),
        1,
        TEXT_SOURCE,
        "`list_in_columns (LIST)`, `list_in_columns (LIST, WIDTH, PREFIX)`\n\nThe texts of a list in columns, as wide as WIDTH (80) allows.\n\n    list_in_columns ({\"abc\", \"de\"}, 20)\n    % ans = abc  de\n",
    ),
];

#[cfg(test)]
mod tests {
    use crate::syntax::ast::StmtKind;

    #[test]
    fn every_function_stands_in_its_file() {
        for row in super::super::FAMILIES.iter().flat_map(|(_, rows)| rows.iter()) {
            let Some(text) = row.source else { continue };
            let parsed = crate::syntax::parse(text, 0, &|_| false);
            assert!(parsed.errors.is_empty(), "{}: {:?}", row.name, parsed.errors);
            let defines = |kind: &StmtKind| matches!(kind, StmtKind::Function(f) if &*f.name == row.name);
            assert!(parsed.program.body.iter().any(|stmt| defines(&stmt.kind)), "{}", row.name);
        }
    }
}
