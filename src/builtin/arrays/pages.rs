//! Arrays of more than two dimensions as stacks of matrices, their pages.

use crate::array::grid::CHUNK_BYTES;
use crate::array::{Block, Shape};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{one, usage};
use crate::builtin::ops::{self, lazy, product};
use crate::diag::{Result, Span};
use crate::fault;
use crate::ir::AxisSlice;
use crate::kernel::{Conj, pages};
use crate::value::Value;

/// A page of more bytes is a large matrix by itself: its product is planned as one, block by block.
const LARGE_PAGE: usize = 4 * CHUNK_BYTES;

/// `pagemtimes (x, y)`, `pagemtimes (x, transpx, y, transpy)`.
fn pagemtimes(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let (x, a, y, b) = match args {
        [x, y] => (x, Conj::No, y, Conj::No),
        [x, a, y, b] => (x, turned(a)?, y, turned(b)?),
        _ => return Err(usage("pagemtimes")),
    };
    let dtype = product::common_float(x, y, "*")?;
    let shape = pages::shape(a, b, &x.shape(), &y.shape())?;
    let inner = x.shape().extent(usize::from(a == Conj::No));
    if shape.is_empty() || inner == 0 {
        return one(Value::block(Block::try_zeros(dtype.real(), shape)?));
    }
    let (x, y) = (lazy::cast(host, x, dtype, call.span)?, lazy::cast(host, y, dtype, call.span)?);
    let page = |x: &Value| x.shape().extent(0) * x.shape().extent(1) * dtype.size();
    let waits = lazy::waits(host, &[&x, &y], &shape, dtype);
    if waits && page(&x).max(page(&y)).max(shape.extent(0) * shape.extent(1) * dtype.size()) > LARGE_PAGE {
        return one(one_by_one(host, (&x, a), (&y, b), &shape, call.span)?);
    }
    one(lazy::page_dot(host, (&x, a), (&y, b), &shape, call.span)?)
}

fn turned(x: &Value) -> Result<Conj> {
    match x.to_text().as_deref() {
        Some("none") => Ok(Conj::No),
        Some("transpose") => Ok(Conj::Transposed),
        Some("ctranspose") => Ok(Conj::Adjoint),
        _ => Err(fault!("pagemtimes: TRANSP must be \"none\", \"transpose\" or \"ctranspose\"")),
    }
}

/// The products of large pages, each a matrix product, side by side.
fn one_by_one(
    host: &mut dyn Host,
    (x, a): (&Value, Conj),
    (y, b): (&Value, Conj),
    shape: &Shape,
    span: Span,
) -> Result<Value> {
    let rank = shape.rank();
    let pages: usize = (2..rank).map(|axis| shape.extent(axis)).product();
    let mut products = Vec::with_capacity(pages);
    for number in 0..pages {
        let page = |host: &mut dyn Host, x: &Value, conj: Conj| {
            let (mut rest, mut page) = (number, x.clone());
            for axis in 2..rank {
                let at = rest % shape.extent(axis);
                rest /= shape.extent(axis);
                if x.shape().extent(axis) > 1 {
                    page = lazy::layers(&page, axis, AxisSlice { start: at, step: 1, len: 1 }, span)?;
                }
            }
            let page = lazy::reshape(host, &page, Shape::matrix(x.shape().extent(0), x.shape().extent(1)), span)?;
            match conj {
                Conj::No => Ok(page),
                conj => ops::transpose(host, &page, conj == Conj::Adjoint, span),
            }
        };
        let (p, q) = (page(host, x, a)?, page(host, y, b)?);
        products.push(product::multiply(host, &p, &q, span)?);
    }
    let stacked = match products.as_slice() {
        [only] => only.clone(),
        many => lazy::concat(host, many, 2, span)?,
    };
    lazy::reshape(host, &stacked, shape.clone(), span)
}

/// `pagetranspose (a)`, `pagectranspose (a)`.
fn transposed(host: &mut dyn Host, who: &str, args: &[Value], conjugate: bool, call: Call) -> Result<Values> {
    let x = &args[0];
    let Some(dtype) = x.dtype() else { return Err(crate::builtin::numeric::wrong_type(who, x)) };
    let mut perm: Vec<usize> = (0..x.shape().rank()).collect();
    perm.swap(0, 1);
    let turned = lazy::permute(host, x, &perm, call.span)?;
    if !conjugate || !dtype.is_complex() {
        return one(turned);
    }
    let who = ops::elementwise::Who::Operator("'");
    one(lazy::elementwise(host, crate::array::ScalarFn::Conj, &[&turned], who, call.span)?)
}

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "pagemtimes",
        (2, 4),
        1,
        pagemtimes,
        "pagemtimes (X, Y), pagemtimes (X, TRANSPX, Y, TRANSPY)\n\nThe product of every page `X(:,:,k)` with `Y(:,:,k)`, each as it is (\"none\"), \"transpose\"d or \"ctranspose\"d; a single page goes with all of the other array.\n\n    size (pagemtimes (ones (2, 3, 4), ones (3, 5)))\n    % ans =\n    %\n    %    2   5   4\n",
    ),
    Builtin::new(
        "pagetranspose",
        (1, 1),
        1,
        |host, args, call| transposed(host, "pagetranspose", args, false, call),
        "pagetranspose (A)\n\nEvery page `A(:,:,k)` transposed.\n\n    size (pagetranspose (ones (2, 3, 4)))\n    % ans =\n    %\n    %    3   2   4\n",
    ),
    Builtin::new(
        "pagectranspose",
        (1, 1),
        1,
        |host, args, call| transposed(host, "pagectranspose", args, true, call),
        "pagectranspose (A)\n\nEvery page `A(:,:,k)` transposed and conjugated.\n\n    pagectranspose ([1 2i])\n    % ans =\n    %\n    %   1 - 0i\n    %   0 - 2i\n",
    ),
];
