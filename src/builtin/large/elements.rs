//! Functions of single elements that only the language knows, of arrays that memory does not hold.

use crate::array::{DType, Shape};
use crate::builtin::api::Host;
use crate::builtin::ops::lazy;
use crate::builtin::outofcore::elements::of_elements;
use crate::builtin::outofcore::lanes::fits;
use crate::diag::{Result, Span};
use crate::fault;
use crate::value::{Lazy, Value};
use std::sync::Arc;

/// A real function of the elements of arguments of one shape, scalars going with all elements; `None` where memory holds
/// all of them, so that they may as well be gathered.
pub fn beyond_memory(
    host: &mut dyn Host,
    who: &'static str,
    args: &[Value],
    f: impl Fn(&[f64]) -> Result<f64> + Send + Sync + 'static,
) -> Result<Option<Value>> {
    let span = Span::default();
    let mut large = false;
    for x in args {
        large |= matches!(x, Value::Lazy(Lazy(node)) if !fits(host, node.meta.shape.len() as u128));
    }
    if !large {
        return Ok(None);
    }
    let mut shape = Shape::scalar();
    let (mut nodes, mut at, mut places) = (Vec::new(), vec![0.0; args.len()], Vec::new());
    for (k, x) in args.iter().enumerate() {
        if x.dtype().is_none_or(DType::is_complex) {
            return Err(fault!("{who}: large arguments must be real"));
        }
        if x.is_scalar() {
            at[k] = lazy::gathered(host, x, who)?.to_f64().unwrap_or(f64::NAN);
            continue;
        }
        if !shape.is_scalar() && shape != x.shape() {
            return Err(fault!("{who}: nonconformant arguments ({shape} and {})", x.shape()));
        }
        shape = x.shape();
        nodes.push(lazy::as_node(&lazy::cast(host, x, DType::F64, span)?, span)?);
        places.push(k);
    }
    let whole = move |values: &[f64]| {
        let mut at = at.clone();
        places.iter().zip(values).for_each(|(&k, &x)| at[k] = x);
        f(&at)
    };
    let result = lazy::value(of_elements(who, &nodes, Arc::new(whole), span)?);
    let single = args.iter().any(|x| x.dtype().is_some_and(DType::is_single));
    Ok(Some(if single { lazy::cast(host, &result, DType::F32, span)? } else { result }))
}
