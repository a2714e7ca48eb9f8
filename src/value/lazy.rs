//! A large array that waits.

use crate::array::{DType, Shape};
use crate::ir::Node;
use std::sync::Arc;

/// A node of the live graph as a value.
#[derive(Debug, Clone)]
pub struct Lazy(pub Arc<Node>);

impl Lazy {
    pub fn shape(&self) -> &Shape {
        &self.0.meta.shape
    }

    pub fn dtype(&self) -> DType {
        self.0.meta.dtype
    }

    /// Bytes of the whole array, were it in memory.
    pub fn bytes(&self) -> u128 {
        self.shape().iter().map(|&d| d as u128).product::<u128>() * self.dtype().size() as u128
    }
}
