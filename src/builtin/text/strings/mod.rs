//! The functions of text: one file a concern. This file is only the list.

pub mod build;
pub mod compare;
pub mod escape;
pub mod letters;
pub mod scan;
pub mod search;
pub mod split;
