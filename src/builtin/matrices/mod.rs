//! Linear algebra: products and solutions, factorisations, functions and forms of matrices.

pub mod factor_updates;
pub mod factorizations;
pub mod functions;
pub mod least_squares;
pub mod linear_algebra;
pub mod norms;
pub mod predicates;
pub mod schur_forms;
pub mod special;
pub mod subspaces;
