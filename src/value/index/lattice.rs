//! Moving elements between an array and a product of subscripts, whatever the element type.
//!
//! Leading subscripts that select a contiguous stretch are folded into one, so that a column, a page or a whole
//! array moves as one copy.

use super::Subscript;
use smallvec::SmallVec;

type Subscripts<'a> = SmallVec<[(std::borrow::Cow<'a, Subscript>, usize); 4]>;

/// Subscripts with their extents, the leading contiguous ones folded into one.
fn fold<'a>(extents: &[usize], subs: &'a [Subscript]) -> Subscripts<'a> {
    use std::borrow::Cow;
    let mut out: Subscripts = SmallVec::new();
    for (sub, &extent) in subs.iter().zip(extents) {
        if out.len() == 1 && out[0].0.is_whole(out[0].1) {
            let inner = out[0].1;
            let joined = match sub {
                sub if sub.is_whole(extent) => Some(Subscript::Colon),
                Subscript::One(at) => Some(Subscript::Run { start: at * inner, step: 1, len: inner }),
                Subscript::Run { start, step: 1, len } => {
                    Some(Subscript::Run { start: start * inner, step: 1, len: len * inner })
                }
                _ => None,
            };
            if let Some(joined) = joined {
                out[0] = (Cow::Owned(joined), inner * extent);
                continue;
            }
        }
        out.push((Cow::Borrowed(sub), extent));
    }
    out
}

/// Calls `line` for every combination of all but the first subscript, in column-major order, with the offset of
/// that line in the array, the first subscript and its extent.
fn each_line(extents: &[usize], subs: &[Subscript], mut line: impl FnMut(usize, &Subscript, usize)) {
    let folded = fold(extents, subs);
    let Some(((first, extent), outer)) = folded.split_first() else { return };
    if outer.iter().any(|(sub, extent)| sub.len(*extent) == 0) {
        return;
    }
    let mut strides: SmallVec<[usize; 4]> = SmallVec::new();
    let mut stride = *extent;
    for (_, extent) in outer {
        strides.push(stride);
        stride *= extent;
    }
    let mut counter: SmallVec<[usize; 4]> = SmallVec::from_elem(0, outer.len());
    loop {
        let offset = outer.iter().zip(&strides).zip(&counter).map(|(((sub, _), s), &k)| sub.position(k) * s).sum();
        line(offset, first, *extent);
        let mut axis = 0;
        loop {
            if axis == outer.len() {
                return;
            }
            counter[axis] += 1;
            if counter[axis] < outer[axis].0.len(outer[axis].1) {
                break;
            }
            counter[axis] = 0;
            axis += 1;
        }
    }
}

/// The selected elements, in column-major order. `extents` has one entry a subscript and covers the array; every
/// subscript lies inside its extent.
pub fn gather<T: Clone>(data: &[T], extents: &[usize], subs: &[Subscript]) -> Vec<T> {
    let count = subs.iter().zip(extents).map(|(sub, &extent)| sub.len(extent)).product();
    let mut out: Vec<T> = Vec::with_capacity(count);
    each_line(extents, subs, |offset, sub, extent| match sub {
        Subscript::Colon => out.extend_from_slice(&data[offset..offset + extent]),
        Subscript::One(at) => out.push(data[offset + at].clone()),
        Subscript::Run { len: 0, .. } => {}
        Subscript::Run { start, step: 1, len } => out.extend_from_slice(&data[offset + start..offset + start + len]),
        Subscript::Run { len, .. } => out.extend((0..*len).map(|k| data[offset + sub.position(k)].clone())),
        Subscript::List { at, .. } => out.extend(at.iter().map(|&p| data[offset + p].clone())),
    });
    out
}

/// Writes elements to the selected places, in column-major order; one element fills them all.
pub fn scatter<T: Clone>(data: &mut [T], extents: &[usize], subs: &[Subscript], source: &[T]) {
    if let [value] = source {
        each_line(extents, subs, |offset, sub, extent| match sub {
            Subscript::Colon => data[offset..offset + extent].fill(value.clone()),
            Subscript::Run { start, step: 1, len } => data[offset + start..offset + start + len].fill(value.clone()),
            sub => (0..sub.len(extent)).for_each(|k| data[offset + sub.position(k)] = value.clone()),
        });
        return;
    }
    let mut taken = 0;
    each_line(extents, subs, |offset, sub, extent| {
        let len = sub.len(extent);
        let from = &source[taken..taken + len];
        taken += len;
        match sub {
            Subscript::Colon => data[offset..offset + extent].clone_from_slice(from),
            Subscript::Run { start, step: 1, .. } => data[offset + start..offset + start + len].clone_from_slice(from),
            sub => from.iter().enumerate().for_each(|(k, value)| data[offset + sub.position(k)] = value.clone()),
        }
    });
}

/// Extents as `count` subscripts see them: the last takes the product of all axes that have no subscript of their
/// own; missing axes are 1.
pub fn folded_extents(shape: &[usize], count: usize) -> SmallVec<[usize; 4]> {
    let mut extents: SmallVec<[usize; 4]> = (0..count).map(|axis| shape.get(axis).copied().unwrap_or(1)).collect();
    if let (Some(last), true) = (extents.last_mut(), count < shape.len()) {
        *last = shape[count - 1..].iter().product();
    }
    extents
}
