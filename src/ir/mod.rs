//! Array expressions as a graph of typed nodes. Touches no block and reads no file.
//!
//! Two forms of one thing. A [`node::Node`] is live: the session's lazy values point to it, its inputs are
//! shared pointers, and it goes when nobody can reach it. A [`graph::Graph`] is what the compiler works on: the
//! nodes needed for some roots in one vector, inputs before users, equal nodes stored once, so that a pass is a
//! forward loop and depth never meets the stack.

pub mod graph;
pub mod infer;
pub mod node;
pub mod op;
pub mod print;
pub mod promise;

pub use graph::{Graph, GraphNode, NodeId};
pub use node::{Meta, Node};
pub use op::{AxisSlice, Op, Source};
pub use promise::{Algorithm, Made, Promise, Promised, Runner};
