//! The functions of the language, one family a file, families of one subject in one room. This file is only the table
//! of families.
//!
//! To add a function: write it in the file of its family and add its row to that family's `TABLE`. To add a
//! family: a file, a `mod` line in its room and a line in [`FAMILIES`].
//!
//! Beside the rooms of families stand what they share: the contract ([`api`]), their arguments ([`args`], [`numeric`]),
//! operations of arrays in memory or not ([`ops`], [`lane`], [`large`], [`outofcore`]), algorithms of numbers ([`math`]),
//! and functions written in the language itself ([`library`]).

pub mod api;
pub mod args;
pub mod arrays;
pub mod containers;
pub mod files;
pub mod geometry;
pub mod lane;
pub mod large;
pub mod library;
pub mod math;
pub mod matrices;
pub mod numbers;
pub mod numeric;
pub mod operators;
pub mod ops;
pub mod outofcore;
pub mod polynomials;
pub mod program;
pub mod reduce;
pub mod signal;
pub mod solvers;
pub mod state;
pub mod text;
pub mod time;
pub mod types;

pub use api::{
    Arity, Arrays, Body, Builtin, Call, FunctionKind, Host, NumberFormat, Run, Scope, Settings, Values, Variable,
};

/// All families, in the order the language reference presents them.
pub const FAMILIES: &[(&str, &[Builtin])] = &[
    ("Operators", operators::TABLE),
    ("Constructors", arrays::constructors::TABLE),
    ("Size", arrays::size::TABLE),
    ("Shape", arrays::shape::TABLE),
    ("Arrangement", arrays::arrange::TABLE),
    ("Repetition", arrays::repeat::TABLE),
    ("Functions of one number", numbers::elementwise::TABLE),
    ("Reductions", reduce::reductions::TABLE),
    ("Evaluation", program::evaluation::TABLE),
    ("Functions from text", library::inline::TABLE),
    ("Rational approximations", library::approximations::TABLE),
    ("Calls", program::calls::TABLE),
    ("Variables", program::variables::TABLE),
    ("Classes and bits", types::classes::TABLE),
    ("Linear algebra", matrices::linear_algebra::TABLE),
    ("Norms and condition numbers", matrices::norms::TABLE),
    ("Functions of matrices", matrices::functions::TABLE),
    ("Schur forms", matrices::schur_forms::TABLE),
    ("Least squares", matrices::least_squares::TABLE),
    ("Vectors and subspaces", matrices::subspaces::TABLE),
    ("Pages", arrays::pages::TABLE),
    ("Factorisations", matrices::factorizations::TABLE),
    ("Updates of factorisations", matrices::factor_updates::TABLE),
    ("Forms of matrices", matrices::predicates::TABLE),
    ("Polynomials", polynomials::TABLE),
    ("Arithmetic of polynomials", polynomials::arithmetic::TABLE),
    ("Roots of polynomials", polynomials::roots::TABLE),
    ("Signals", signal::TABLE),
    ("Convolutions", signal::convolution::TABLE),
    ("Accumulation and moving windows", reduce::accumulate::TABLE),
    ("Coordinates and fields", geometry::TABLE),
    ("Search", arrays::search::TABLE),
    ("Special functions", numbers::special::TABLE),
    ("Bessel functions", numbers::bessel::TABLE),
    ("Functions defined by integrals", numbers::integrals::TABLE),
    ("Interpolation", polynomials::interpolation::TABLE),
    ("Interpolation on grids", library::gridded::TABLE),
    ("Piecewise polynomials", polynomials::piecewise::TABLE),
    ("Zeros and minima", solvers::minima::TABLE),
    ("Minima in several variables", library::minima::TABLE),
    ("Programs with constraints", library::constrained::TABLE),
    ("Systems of equations", library::equations::TABLE),
    ("Linear systems by iteration", library::iterative::TABLE),
    ("Integrals", solvers::quadrature::TABLE),
    ("Differential equations", solvers::ode::TABLE),
    ("Differential equations: options", solvers::ode_options::TABLE),
    ("Differential equations: times that are given", library::lsode::TABLE),
    ("Options of solvers", solvers::TABLE),
    ("Number theory", numbers::theory::TABLE),
    ("Combinatorics", numbers::combinatorics::TABLE),
    ("Special matrices", matrices::special::TABLE),
    ("Famous matrices", library::gallery::TABLE),
    ("Statistics", reduce::statistics::TABLE),
    ("Samples", reduce::samples::TABLE),
    ("Sets", arrays::sets::TABLE),
    ("Sets with a tolerance", arrays::uniquetol::TABLE),
    ("Random numbers", arrays::random::TABLE),
    ("Errors and warnings", program::errors::TABLE),
    ("Assertions", program::assert::TABLE),
    ("Printing", text::output::TABLE),
    ("Numbers as text", text::number_text::TABLE),
    ("Numbers in other bases, text as numbers", text::number_bases::TABLE),
    ("Fractions", numbers::rationals::TABLE),
    ("Large arrays", large::words::TABLE),
    ("Files", files::TABLE),
    ("Names of files", files::paths::TABLE),
    ("Open files", files::streams::TABLE),
    ("Open files: numbers in bytes", files::streams::binary::TABLE),
    ("Open files: rows of fields", files::fields::TABLE),
    ("JSON", files::json::TABLE),
    ("Matrices as text", files::dlmread::TABLE),
    ("Matrices as text: writing", library::delimited::TABLE),
    ("Folders", files::folders::TABLE),
    ("Pictures", files::pictures::TABLE),
    ("The console", program::console::TABLE),
    ("Help", program::help::TABLE),
    ("Text: letters", text::strings::letters::TABLE),
    ("Text: building", text::strings::build::TABLE),
    ("Text: comparing", text::strings::compare::TABLE),
    ("Text: searching", text::strings::search::TABLE),
    ("Text: splitting", text::strings::split::TABLE),
    ("Text: escapes", text::strings::escape::TABLE),
    ("Text: reading", text::strings::scan::TABLE),
    ("Regular expressions", text::regexp::TABLE),
    ("Cell arrays", containers::cells::TABLE),
    ("Cell arrays: calling for each element", containers::cells::each::TABLE),
    ("Structs", containers::structs::TABLE),
    ("Structs: chains of subscripts", containers::structs::chain::TABLE),
    ("Maps", containers::maps::TABLE),
    ("Kinds of values", types::predicates::TABLE),
    ("Equality", types::predicates::equal::TABLE),
    ("Checking arguments", types::predicates::checks::TABLE),
    ("Taking arguments apart", program::input_parser::TABLE),
    ("Cleaning up", program::on_cleanup::TABLE),
    ("Distributions of values", library::samples::TABLE),
    ("Time series", library::series::TABLE),
    ("Figures and rotations", library::geometry::TABLE),
    ("Scattered points", geometry::triangles::TABLE),
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
