//! The wording of the walker's own errors, as scripts may test it.

use super::interp::{Interp, builtins};
use crate::diag::{Fault, Span};
use crate::fault;
use crate::value::Value;
use std::borrow::Cow;

pub const UNDEFINED: &str = "Octave:undefined-function";
pub const INVALID_CALL: &str = "Octave:invalid-fun-call";

/// Functions of Octave that draw.
const GRAPHICS: &[&str] = &[
    "area", "axes", "axis", "bar", "barh", "caxis", "clf", "colorbar", "colormap", "contour", "contourf", "drawnow",
    "errorbar", "figure", "gca", "gcf", "grid", "hold", "image", "imagesc", "imshow", "legend", "line", "loglog",
    "mesh", "patch", "pcolor", "pie", "plot", "plot3", "print", "quiver", "saveas", "scatter", "semilogx", "semilogy",
    "stairs", "stem", "subplot", "surf", "title", "xlabel", "xlim", "ylabel", "ylim", "zlabel",
];

impl Interp {
    /// A name that is neither variable nor function.
    #[cold]
    pub(super) fn undefined(&self, name: &str, span: Span) -> Fault {
        let variables = self.frame.all_names().filter(|(_, slot)| self.variable(*slot).is_some()).map(|(n, _)| &**n);
        let functions = self.functions.keys().map(|n| &**n);
        self.undefined_among(name, span, variables.chain(functions))
    }

    /// The same, where these names and the builtins are what could have been meant.
    pub(super) fn undefined_among<'n>(&self, name: &str, span: Span, known: impl Iterator<Item = &'n str>) -> Fault {
        let (line, column) = self.sources.line_col(span);
        let fault = fault!("'{name}' undefined near line {line}, column {column}").id(UNDEFINED).at(span);
        if GRAPHICS.contains(&name) {
            return fault.hint("there are no figures here; imwrite (IMG, \"name.png\") writes an array as a picture");
        }
        match similar(name, known.chain(builtins().keys().copied())) {
            Some(other) => fault.hint(format!("did you mean '{other}'?")),
            None => fault,
        }
    }
}

/// The known name that is nearest to a misspelt one, if any is near.
fn similar<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let most = match name.chars().count() {
        0..=2 => return None,
        3..=5 => 1,
        _ => 2,
    };
    let near = known.map(|other| (distance(name, other, most), other)).filter(|(edits, _)| *edits <= most);
    near.min().map(|(_, other)| other)
}

/// Edits (insert, delete, replace, swap neighbours) between two names; anything above `most` may be reported as more.
fn distance(a: &str, b: &str, most: usize) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.to_lowercase().chars().collect(), b.to_lowercase().chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return most + 1;
    }
    let mut rows = [vec![0; b.len() + 1], (0..=b.len()).collect::<Vec<usize>>(), vec![0; b.len() + 1]];
    for i in 1..=a.len() {
        rows[2][0] = i;
        for j in 1..=b.len() {
            let replace = rows[1][j - 1] + (a[i - 1] != b[j - 1]) as usize;
            let mut best = replace.min(rows[1][j] + 1).min(rows[2][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[0][j - 2] + 1);
            }
            rows[2][j] = best;
        }
        rows.rotate_left(1);
    }
    rows[1][b.len()]
}

pub fn too_many(what: &str, function: &str) -> Fault {
    fault!("{function}: function called with too many {what}").id(INVALID_CALL)
}

pub fn no_value() -> Fault {
    fault!("value on right hand side of assignment is undefined")
}

pub fn missing_element(number: usize) -> Fault {
    fault!("element number {number} undefined in return list")
}

pub fn further_index() -> Fault {
    fault!("a cs-list cannot be further indexed")
}

/// `x{1}` or `x.a` where the value has no such thing.
pub fn not_indexable(value: &Value, with: char) -> Fault {
    let kind: Cow<'_, str> = match value {
        Value::Struct(_) => "struct".into(),
        other => other.type_name(),
    };
    fault!("{kind} cannot be indexed with {with}")
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn a_swap_is_one_edit() {
        assert_eq!(distance("lenght", "length", 2), 1);
        assert_eq!(distance("zeroes", "zeros", 2), 1);
        assert!(distance("abc", "wxyzuv", 2) > 2);
    }
}
