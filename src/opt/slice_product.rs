//! `(A * B)(I, J)` to `A(I, :) * B(:, J)`, and whatever slices move on from there.
//!
//! The same sums, but a product is summed tile by tile, and the tiles of a smaller product are cut at other places; a
//! matrix kernel may then round differently.

use super::api::{Class, Pass, Rewrite};
use super::push_slice;

pub const PASS: Pass = Pass {
    name: "slice_product",
    doc: "multiplies slices of the factors instead of slicing their product",
    class: Class::Rounding,
    rewrite: Rewrite::Graph(|graph, remarks| push_slice::push(graph, remarks, true)),
};
