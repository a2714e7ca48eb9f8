//! Decompositions of two matrices at once: the rows stand with `qz`.

pub const SOURCE: &str = include_str!("pairs.arr");
