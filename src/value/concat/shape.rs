//! The shape of arrays joined along an axis.

use crate::array::Shape;

/// Joins two shapes along an axis. Other extents must agree; a 0x0 array joins anything and leaves no trace. Along
/// rows and columns (`lenient`) so does a 1x0 or 0x1. `None` if they do not fit.
pub fn join(left: &Shape, right: &Shape, axis: usize, lenient: bool) -> Option<Shape> {
    let rank = left.rank().max(right.rank()).max(axis + 1);
    if (0..rank).all(|a| a == axis || left.extent(a) == right.extent(a)) {
        return Some(left.with_extent(axis, left.extent(axis) + right.extent(axis)));
    }
    let extents = |shape: &Shape| (shape.rank() == 2).then(|| shape.rows() + shape.columns());
    match (extents(left), extents(right)) {
        (_, Some(0)) => return Some(left.clone()),
        (Some(0), _) => return Some(right.clone()),
        _ => {}
    }
    let vanishes = |shape: &Shape| lenient && extents(shape) == Some(1);
    match (vanishes(left), vanishes(right)) {
        (true, true) => Some(Shape::matrix(0, 0)),
        (false, true) => Some(left.clone()),
        (true, false) => Some(right.clone()),
        (false, false) => None,
    }
}
