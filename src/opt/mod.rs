//! Optimisation passes: graph to graph, the same roots with the same shapes and types.
