//! Mathematics on plain numbers and plain matrices: what the numeric families compute with.
//!
//! Nothing here knows values of the language, its classes, messages or the session. Everything works in double
//! precision; single results are rounded by the caller.

pub mod bessel;
pub mod cholesky;
pub mod complex_bessel;
pub mod eig;
pub mod functions;
pub mod gamma;
pub mod mat;
pub mod pencil;
pub mod qr;
pub mod quadrature;
pub mod schur;
pub mod solve;
pub mod svd;
pub mod tridiagonal;

pub use mat::{Mat, Scalar};
