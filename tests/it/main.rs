//! The tests that see the house from outside.

mod engine;
mod store;
