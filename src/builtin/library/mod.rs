//! Functions that are said best in the language itself: each file defines the functions of one family and their
//! helpers, and the session reads it when one of them is first called.

pub mod approximations;
pub mod codes;
pub mod constrained;
pub mod delimited;
pub mod equations;
pub mod gallery;
pub mod geometry;
pub mod gridded;
pub mod inline;
pub mod integrals;
pub mod iterative;
pub mod large;
pub mod linear;
pub mod lsode;
pub mod minima;
pub mod names;
pub mod samples;
pub mod series;
pub mod text;
pub mod validators;
pub mod versions;

#[cfg(test)]
mod tests {
    use crate::syntax::ast::StmtKind;

    #[test]
    fn every_function_stands_in_its_file() {
        for row in super::super::FAMILIES.iter().flat_map(|(_, rows)| rows.iter()) {
            for text in [row.source, row.large].into_iter().flatten() {
                let parsed = crate::syntax::parse(text, 0, &|_| false);
                assert!(parsed.errors.is_empty(), "{}: {:?}", row.name, parsed.errors);
                let defines = |kind: &StmtKind| matches!(kind, StmtKind::Function(f) if &*f.name == row.name);
                assert!(parsed.program.body.iter().any(|stmt| defines(&stmt.kind)), "{}", row.name);
            }
        }
    }
}
