//! Functions of arrays in memory, for arrays that it does not hold.

/// Defines each function that [`out_of_core`](crate::builtin::Builtin::out_of_core) names it for.
pub const SOURCE: &str = include_str!("large.arr");
