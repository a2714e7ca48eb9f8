//! Arrays made, measured, rearranged, searched and put in order.

pub mod arrange;
pub mod constructors;
pub mod order;
pub mod pages;
pub mod random;
pub mod repeat;
pub mod search;
pub mod sets;
pub mod shape;
pub mod size;
pub mod uniquetol;
