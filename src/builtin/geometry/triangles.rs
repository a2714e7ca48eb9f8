//! Points of the plane: their hull and their triangles.

use crate::array::{Block, Data, Shape};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{numbers, one, usage};
use crate::diag::Result;
use crate::fault;
use crate::value::Value;
use delaunator::{Point, Triangulation, triangulate};

const SOURCE: &str = include_str!("../library/triangles.arr");

/// Points from a matrix of two columns or from two vectors, before options for the library that others use, which are
/// let be.
fn points(who: &str, args: &[Value]) -> Result<Vec<Point>> {
    let is_option = |x: &&Value| x.dtype().is_none_or(|dtype| dtype == crate::array::DType::Char);
    let count = args.len() - args.last().filter(|_| args.len() > 1).filter(is_option).map_or(0, |_| 1);
    if let Some(option) = args.get(count)
        && !matches!(option, Value::Char(..) | Value::Cell(_))
    {
        return Err(fault!("{who}: OPTIONS must be a string, cell array of strings, or empty"));
    }
    let in_space = || fault!("{who}: points in space are not supported").hint("X and Y of points in the plane are");
    let (x, y) = match &args[..count] {
        [both] => {
            let shape = both.shape();
            if shape.rank() == 2 && shape.columns() == 3 {
                return Err(in_space());
            } else if shape.rank() != 2 || shape.columns() != 2 {
                return Err(fault!("{who}: input matrix must have 2 columns"));
            }
            let mut x = numbers(who, both)?;
            let y = x.split_off(shape.rows());
            (x, y)
        }
        [x, y] => {
            if !x.shape().is_vector() || !y.shape().is_vector() || x.numel() != y.numel() {
                return Err(fault!("{who}: X and Y must be vectors with the same number of elements"));
            }
            (numbers(who, x)?, numbers(who, y)?)
        }
        [_, _, _] => return Err(in_space()),
        _ => return Err(usage(who)),
    };
    if x.iter().chain(&y).any(|v| !v.is_finite()) {
        return Err(fault!("{who}: the points must be finite"));
    }
    Ok(x.into_iter().zip(y).map(|(x, y)| Point { x, y }).collect())
}

fn triangulated(who: &str, points: &[Point]) -> Result<Triangulation> {
    let found = triangulate(points);
    if found.triangles.is_empty() {
        return Err(fault!("{who}: the points must be at least three that are not on a line"));
    }
    Ok(found)
}

/// Twice the area of a triangle, positive counter-clockwise.
fn turn(a: &Point, b: &Point, c: &Point) -> f64 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

fn indices(shape: Shape, at: impl Iterator<Item = usize>) -> Block {
    Block::dense(shape, Data::F64(at.map(|k| (k + 1) as f64).collect()))
}

/// `convhull (x, y)`: the corners counter-clockwise from the leftmost one, which comes again at the end.
fn convhull(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let points = points("convhull", args)?;
    let mut hull = triangulated("convhull", &points)?.hull;
    let n = hull.len();
    if turn(&points[hull[0]], &points[hull[1]], &points[hull[2 % n]]) < 0.0 {
        hull.reverse();
    }
    let around = |k: usize| &points[hull[k % n]];
    let corners = (0..n).filter(|&k| turn(around(k + n - 1), around(k), around(k + 1)) > 0.0);
    let mut corners: Vec<usize> = corners.map(|k| hull[k]).collect();
    let place = |&k: &usize| (points[k].x, points[k].y);
    let leftmost = (0..corners.len()).min_by(|&a, &b| {
        let (a, b) = (place(&corners[a]), place(&corners[b]));
        a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
    });
    corners.rotate_left(leftmost.unwrap_or(0));
    corners.extend(corners.first().copied());
    one(indices(Shape::matrix(corners.len(), 1), corners.into_iter()))
}

/// `delaunay (x, y)`: a row of three points for each triangle, counter-clockwise.
fn delaunay(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let points = points("delaunay", args)?;
    let triangles = triangulated("delaunay", &points)?.triangles;
    let rows: Vec<[usize; 3]> = triangles
        .chunks_exact(3)
        .map(|t| {
            if turn(&points[t[0]], &points[t[1]], &points[t[2]]) < 0.0 {
                [t[0], t[2], t[1]]
            } else {
                [t[0], t[1], t[2]]
            }
        })
        .collect();
    let columns = (0..3).flat_map(|j| rows.iter().map(move |row| row[j]));
    one(indices(Shape::matrix(rows.len(), 3), columns))
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "convhull",
        (1, 4),
        1,
        convhull,
        "`H = convhull (X, Y)`, `convhull (POINTS)`\n\nThe corners of the convex hull of points in the plane, counter-clockwise; the first comes again at the end.\n\n    convhull ([0 1 1 0 0.5], [0 0 1 1 0.5])'\n    % ans =\n    %\n    %    1   2   3   4   1\n",
    ),
    Builtin::new(
        "delaunay",
        (1, 4),
        1,
        delaunay,
        "`TRI = delaunay (X, Y)`, `delaunay (POINTS)`\n\nThe Delaunay triangles of points in the plane: no circle around one has a point inside. A row of three points for each.\n\n    rows (delaunay ([0 1 1 0 0.5], [0 0 1 1 0.5]))\n    % ans = 4\n",
    ),
    Builtin::in_language(
        "tsearch",
        (5, 5),
        1,
        SOURCE,
        "`AT = tsearch (X, Y, T, XI, YI)`\n\nThe row of T with the triangle of the points X, Y in which each XI, YI lies; NaN for none.\n\n    tsearch ([0 1 0]', [0 0 1]', [1 2 3], 0.2, 0.2)\n    % ans = 1\n",
    ),
    Builtin::in_language(
        "tsearchn",
        (3, 3),
        2,
        SOURCE,
        "`[AT, P] = tsearchn (X, T, XI)`\n\nThe row of T with the simplex of the points in rows of X in which each row of XI lies, NaN for none, and its barycentric coordinates.\n\n    tsearchn ([0 0; 1 0; 0 1], [1 2 3], [0.2 0.2])\n    % ans = 1\n",
    ),
    Builtin::in_language(
        "dsearch",
        (4, 5),
        2,
        SOURCE,
        "`[AT, D] = dsearch (X, Y, XI, YI)`, `dsearch (X, Y, TRI, XI, YI)`\n\nThe nearest of the points X, Y to each XI, YI, and its distance.\n\n    dsearch ([0 1], [0 1], 0.9, 0.8)\n    % ans = 2\n",
    ),
    Builtin::in_language(
        "dsearchn",
        (2, 4),
        2,
        SOURCE,
        "`[AT, D] = dsearchn (X, XI)`, `dsearchn (X, TRI, XI, OUTSIDE)`\n\nThe nearest row of X to each row of XI, and its distance; OUTSIDE where no simplex of TRI has it inside.\n\n    dsearchn ([0 0; 1 1], [0.9 0.8])\n    % ans = 2\n",
    ),
    Builtin::in_language(
        "griddata",
        (5, 7),
        3,
        SOURCE,
        "`VI = griddata (X, Y, Z, XI, YI, METHOD)`, `[XI, YI, VI] = griddata (...)`\n\nValues between those Z at scattered points X, Y: \"linear\" over their Delaunay triangles, NaN outside; those of the \"nearest\" point; or a biharmonic spline, \"v4\".\n\n    griddata ([0 1 0 1], [0 0 1 1], [0 1 1 2], 0.25, 0.5)\n    % ans = 0.7500\n",
    ),
];
