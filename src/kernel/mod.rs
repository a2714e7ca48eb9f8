//! Arithmetic on blocks: blocks in, block out. Knows no files, no threads but those it is lent, no names.
//!
//! Kernels are data ([`Kernel`]), so that a task graph can be printed, compared and sent elsewhere; [`run`] gives
//! them their meaning. Each kernel's file holds its arithmetic; this file is only the table.

pub mod api;
pub mod formula;
pub mod program;

pub use api::{Conj, Context, Instr, Kernel, MapBody, Operand, Price, ReduceKind, ScanKind};
pub use formula::Formula;
pub use program::{Program, Step};
