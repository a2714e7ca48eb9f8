pub mod array;
pub mod diag;
pub mod syntax;
