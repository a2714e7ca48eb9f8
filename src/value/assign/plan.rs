//! What `A(I, J, ...) = X` does to the shape of `A`, settled before anything is changed.
//!
//! The rules are those of `Array<T>::assign` in GNU Octave: singleton extents of the right side are ignored, a
//! scalar fills, an empty `A` may take extents from the right side where a colon stands.

use crate::array::{Shape, room};
use crate::diag::{Fault, Result};
use crate::fault;
use crate::value::index::{Subscript, folded_extents};
use smallvec::SmallVec;

type Extents = SmallVec<[usize; 4]>;

/// How to carry out an assignment.
pub struct Plan {
    /// The shape of the array afterwards.
    pub shape: Shape,
    /// One extent a subscript, of the array afterwards.
    pub extents: Extents,
    /// Nothing is selected: only the shape may change.
    pub nothing: bool,
}

fn nonconformant(left: &[usize], right: &[usize]) -> Fault {
    fault!("=: nonconformant arguments (op1 is {}, op2 is {})", Shape::new(left), Shape::new(right))
        .id("Octave:nonconformant-args")
}

fn invalid_resize() -> Fault {
    fault!("Invalid resizing operation or ambiguous assignment to an out-of-bounds array element")
        .id("Octave:invalid-resize")
}

/// Extents without those that are 1, at least two of them.
fn without_ones(shape: &[usize]) -> Extents {
    let mut out: Extents = shape.iter().copied().filter(|&d| d != 1).collect();
    while out.len() < 2 {
        out.push(1);
    }
    out
}

impl Plan {
    /// For a left side of shape `left` and a right side of shape `right`.
    ///
    /// # Errors
    /// Sizes that do not match, and growth that would be ambiguous.
    pub fn new(left: &Shape, subs: &[Subscript], right: &Shape) -> Result<Plan> {
        match subs {
            [sub] => Plan::linear(left, sub, right),
            _ => Plan::product(left, subs, right),
        }
    }

    /// The same for a left side in memory, `width` bytes an element, which must have room to grow.
    ///
    /// # Errors
    /// Those of [`Plan::new`], and more than memory holds.
    pub fn in_memory(left: &Shape, subs: &[Subscript], right: &Shape, width: usize) -> Result<Plan> {
        let plan = Plan::new(left, subs, right)?;
        if plan.shape != *left {
            room::check(&plan.shape, width)?;
        }
        Ok(plan)
    }

    /// For a mask of all elements that selects `selected` of them.
    ///
    /// # Errors
    /// A right side of another number of elements, unless it has one.
    pub fn masked(selected: usize, right: &Shape) -> Result<()> {
        if right.len() == 1 || right.len() == selected { Ok(()) } else { Err(nonconformant(&[selected, 1], right)) }
    }

    fn linear(left: &Shape, sub: &Subscript, right: &Shape) -> Result<Plan> {
        let len = left.len();
        let selected = sub.len(len);
        Plan::masked(selected, right)?;
        let reach = sub.reach(len);
        let shape = if reach == len { left.clone() } else { grown_vector(left, reach)? };
        Ok(Plan { shape, extents: SmallVec::from_slice(&[reach]), nothing: selected == 0 })
    }

    fn product(left: &Shape, subs: &[Subscript], right: &Shape) -> Result<Plan> {
        let before = folded_extents(left, subs.len());
        let extents: Extents = if left.iter().all(|&d| d == 0) {
            inquired(subs, right)
        } else {
            subs.iter().zip(&before).map(|(sub, &extent)| sub.reach(extent)).collect()
        };
        let lens: Extents = subs.iter().zip(&extents).map(|(sub, &extent)| sub.len(extent)).collect();
        let nothing = lens.contains(&0);
        let squeezed = without_ones(right);
        if right.len() != 1 && !fits(&lens, &squeezed) {
            // Any empty right side may go into an empty selection.
            if nothing && right.is_empty() {
                return Ok(Plan { shape: left.clone(), extents: before, nothing });
            }
            return Err(nonconformant(&lens, if subs.len() == 2 { right } else { &squeezed }));
        }
        if extents == before {
            return Ok(Plan { shape: left.clone(), extents, nothing });
        }
        if left.rank() > subs.len() {
            return Err(invalid_resize());
        }
        Ok(Plan { shape: Shape::new(&extents), extents, nothing })
    }
}

/// Whether selected lengths and a right side agree, extents of 1 on either side left out.
fn fits(lens: &[usize], squeezed: &[usize]) -> bool {
    let mut rest = squeezed.iter();
    lens.iter().filter(|&&len| len != 1).all(|len| rest.next() == Some(len)) && rest.all(|&d| d == 1)
}

/// `A(n) = x` beyond the end: a column grows as a column; a row, a scalar and all that is empty become rows.
fn grown_vector(left: &Shape, len: usize) -> Result<Shape> {
    if left.rank() != 2 {
        Err(invalid_resize())
    } else if left.rows() <= 1 {
        Ok(Shape::matrix(1, len))
    } else if left.columns() == 1 {
        Ok(Shape::matrix(len, 1))
    } else {
        Err(invalid_resize())
    }
}

/// The extents of a left side that is empty in every direction: colons take theirs from the right side.
fn inquired(subs: &[Subscript], right: &Shape) -> Extents {
    if subs.iter().all(Subscript::is_colon) && right.rank() <= subs.len() {
        return right.padded(subs.len());
    }
    let free = subs.iter().filter(|sub| !sub.is_scalar()).count();
    let given: Extents = if free == right.rank() { SmallVec::from_slice(right) } else { without_ones(right) };
    let mut next = given.iter().copied();
    subs.iter()
        .map(|sub| {
            let extent = if sub.is_scalar() { 1 } else { next.next().unwrap_or(1) };
            if sub.is_colon() { extent } else { sub.reach(0) }
        })
        .collect()
}
