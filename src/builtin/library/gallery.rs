//! Famous matrices.

use crate::builtin::api::Builtin;

const SOURCE: &str = include_str!("gallery.arr");

pub const TABLE: &[Builtin] = &[Builtin::in_language(
    "gallery",
    (1, usize::MAX),
    3,
    SOURCE,
    "`gallery (NAME, ...)`\n\nA famous matrix: cauchy, chebspec, chebvand, chow, circul, clement, compar, condex, cycol, dorr, dramadah, fiedler,\nforsythe, frank, gcdmat, gearmat, grcar, hanowa, house, integerdata, invhess, invol, ipjfact, jordbloc, kahan, kms,\nkrylov, lauchli, lehmer, lesp, lotkin, minij, moler, neumann, normaldata, orthog, parter, pei, poisson, prolate,\nqmult, rando, randhess, randsvd, redheff, riemann, ris, smoke, toeppd, toeppen, tridiag, triw, uniformdata, wathen or wilk;\nmost take their order N first. All of them are full matrices. `gallery (3)` and `gallery (5)` are two small ones that\nare hard to find the eigenvalues of.\n\n    gallery (\"minij\", 3)\n    % ans =\n    %    1   1   1\n    %    1   2   2\n    %    1   2   3\n",
)];
