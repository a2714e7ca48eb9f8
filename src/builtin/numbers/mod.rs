//! Functions of each number alone, and of whole numbers.

pub mod bessel;
pub mod combinatorics;
pub mod elementwise;
pub mod integrals;
pub mod rationals;
pub mod special;
pub mod theory;
