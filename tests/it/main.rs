//! The tests that see the house from outside.

mod store;
