//! Classes of values, and what can be asked of any value.

pub mod classes;
pub mod predicates;
