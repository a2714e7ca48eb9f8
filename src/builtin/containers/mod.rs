//! Values that hold values: cells, structs, maps.

pub mod cells;
pub mod maps;
pub mod structs;
