//! The functions of the language, one family a file. This file is only the table of families.
//!
//! To add a function: write it in the file of its family and add its row to that family's `TABLE`. To add a
//! family: a file, a `mod` line and a line in [`FAMILIES`].

pub mod accumulate;
pub mod api;
pub mod args;
pub mod arrange;
pub mod assert;
pub mod bessel_functions;
pub mod calls;
pub mod cells;
pub mod classes;
pub mod combinatorics;
pub mod console;
pub mod constructors;
pub mod convolution;
mod cumulative;
pub mod dlmread;
pub mod elementwise;
pub mod errors;
pub mod evaluation;
pub mod factor_updates;
pub mod factorizations;
pub mod fields;
pub mod files;
pub mod folders;
mod folds;
pub mod geometry;
pub mod help;
pub mod input_parser;
pub mod integral_functions;
pub mod interpolation;
pub mod json;
pub mod lane;
pub mod lazy;
mod lazy_accumulate;
mod lazy_elements;
mod lazy_fourier;
mod lazy_groups;
pub mod lazy_index;
mod lazy_lanes;
mod lazy_linear;
mod lazy_mask;
pub mod lazy_pieces;
mod lazy_sets;
mod lazy_shape;
pub mod least_squares;
pub mod library;
pub mod linear_algebra;
pub mod maps;
pub mod math;
pub mod matrix_functions;
pub mod matrix_predicates;
pub mod norms;
pub mod number_bases;
pub mod number_text;
pub mod number_theory;
pub mod numeric;
pub mod on_cleanup;
pub mod operators;
pub mod ops;
pub mod order;
pub mod outofcore;
pub mod pages;
mod parse_number;
pub mod paths;
pub mod pick;
pub mod pictures;
pub mod piecewise;
pub mod polynomial_arithmetic;
pub mod polynomial_roots;
pub mod polynomials;
pub mod predicates;
pub mod random;
pub mod rationals;
pub mod reductions;
pub mod regexp;
pub mod repeat;
mod rescale;
pub mod samples;
pub mod schur_forms;
pub mod search;
pub mod sets;
pub mod shape;
pub mod signal;
pub mod size;
pub mod solvers;
pub mod special_functions;
pub mod special_matrices;
pub mod state;
pub mod statistics;
pub mod streams;
pub mod strings;
pub mod structs;
pub mod subspaces;
pub mod text;
pub mod text_output;
pub mod time;
pub mod triangles;
pub mod variables;
mod wildcard;

pub use api::{
    Arity, Arrays, Body, Builtin, Call, FunctionKind, Host, NumberFormat, Run, Scope, Settings, Values, Variable,
};

/// All families, in the order the language reference presents them.
pub const FAMILIES: &[(&str, &[Builtin])] = &[
    ("Operators", operators::TABLE),
    ("Constructors", constructors::TABLE),
    ("Size", size::TABLE),
    ("Shape", shape::TABLE),
    ("Arrangement", arrange::TABLE),
    ("Repetition", repeat::TABLE),
    ("Functions of one number", elementwise::TABLE),
    ("Reductions", reductions::TABLE),
    ("Evaluation", evaluation::TABLE),
    ("Functions from text", library::inline::TABLE),
    ("Calls", calls::TABLE),
    ("Variables", variables::TABLE),
    ("Classes and bits", classes::TABLE),
    ("Linear algebra", linear_algebra::TABLE),
    ("Norms and condition numbers", norms::TABLE),
    ("Functions of matrices", matrix_functions::TABLE),
    ("Schur forms", schur_forms::TABLE),
    ("Least squares", least_squares::TABLE),
    ("Vectors and subspaces", subspaces::TABLE),
    ("Pages", pages::TABLE),
    ("Factorisations", factorizations::TABLE),
    ("Updates of factorisations", factor_updates::TABLE),
    ("Forms of matrices", matrix_predicates::TABLE),
    ("Polynomials", polynomials::TABLE),
    ("Arithmetic of polynomials", polynomial_arithmetic::TABLE),
    ("Roots of polynomials", polynomial_roots::TABLE),
    ("Signals", signal::TABLE),
    ("Convolutions", convolution::TABLE),
    ("Accumulation and moving windows", accumulate::TABLE),
    ("Coordinates and fields", geometry::TABLE),
    ("Search", search::TABLE),
    ("Special functions", special_functions::TABLE),
    ("Bessel functions", bessel_functions::TABLE),
    ("Functions defined by integrals", integral_functions::TABLE),
    ("Interpolation", interpolation::TABLE),
    ("Interpolation on grids", library::gridded::TABLE),
    ("Piecewise polynomials", piecewise::TABLE),
    ("Zeros and minima", solvers::minima::TABLE),
    ("Minima in several variables", library::minima::TABLE),
    ("Programs with constraints", library::constrained::TABLE),
    ("Systems of equations", library::equations::TABLE),
    ("Linear systems by iteration", library::iterative::TABLE),
    ("Integrals", solvers::quadrature::TABLE),
    ("Differential equations", solvers::ode::TABLE),
    ("Differential equations: options", solvers::ode_options::TABLE),
    ("Options of solvers", solvers::TABLE),
    ("Number theory", number_theory::TABLE),
    ("Combinatorics", combinatorics::TABLE),
    ("Special matrices", special_matrices::TABLE),
    ("Famous matrices", library::gallery::TABLE),
    ("Statistics", statistics::TABLE),
    ("Samples", samples::TABLE),
    ("Sets", sets::TABLE),
    ("Random numbers", random::TABLE),
    ("Errors and warnings", errors::TABLE),
    ("Assertions", assert::TABLE),
    ("Printing", text_output::TABLE),
    ("Numbers as text", number_text::TABLE),
    ("Numbers in other bases, text as numbers", number_bases::TABLE),
    ("Fractions", rationals::TABLE),
    ("Large arrays", lazy::TABLE),
    ("Files", files::TABLE),
    ("Names of files", paths::TABLE),
    ("Open files", streams::TABLE),
    ("Open files: numbers in bytes", streams::binary::TABLE),
    ("Open files: rows of fields", fields::TABLE),
    ("JSON", json::TABLE),
    ("Matrices as text", dlmread::TABLE),
    ("Matrices as text: writing", library::delimited::TABLE),
    ("Folders", folders::TABLE),
    ("Pictures", pictures::TABLE),
    ("The console", console::TABLE),
    ("Help", help::TABLE),
    ("Text: letters", strings::letters::TABLE),
    ("Text: building", strings::build::TABLE),
    ("Text: comparing", strings::compare::TABLE),
    ("Text: searching", strings::search::TABLE),
    ("Text: splitting", strings::split::TABLE),
    ("Text: escapes", strings::escape::TABLE),
    ("Text: reading", strings::scan::TABLE),
    ("Regular expressions", regexp::TABLE),
    ("Cell arrays", cells::TABLE),
    ("Cell arrays: calling for each element", cells::each::TABLE),
    ("Structs", structs::TABLE),
    ("Structs: chains of subscripts", structs::chain::TABLE),
    ("Maps", maps::TABLE),
    ("Kinds of values", predicates::TABLE),
    ("Equality", predicates::equal::TABLE),
    ("Checking arguments", predicates::checks::TABLE),
    ("Taking arguments apart", input_parser::TABLE),
    ("Cleaning up", on_cleanup::TABLE),
    ("Distributions of values", library::samples::TABLE),
    ("Time series", library::series::TABLE),
    ("Figures and rotations", library::geometry::TABLE),
    ("Scattered points", triangles::TABLE),
    ("Versions", library::versions::TABLE),
    ("Names and lists of arguments", library::names::TABLE),
    ("Equations and estimates of matrices", library::linear::TABLE),
    ("Integrals of several dimensions", library::integrals::TABLE),
    ("Demands on arguments", library::validators::TABLE),
    ("Bytes as text", library::codes::TABLE),
    ("Text: layout and words", library::text::TABLE),
    ("Clocks and moments", time::TABLE),
    ("Dates", time::dates::TABLE),
];

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_unique() {
        let mut names: Vec<&str> =
            super::FAMILIES.iter().flat_map(|(_, rows)| rows.iter().map(|row| row.name)).collect();
        names.sort_unstable();
        let twice: Vec<&str> = names.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        assert_eq!(twice, Vec::<&str>::new());
    }
}
