//! Lanes of any type as lanes of doubles or complex doubles, and the results back in the type they belong to.

use super::Lanes;
use crate::array::{Complex32, Complex64, Data};
use crate::each_data;

/// An element as the wide type that arithmetic is done in (as a double: its real part).
trait Widen<W>: Copy {
    fn widen(self) -> W;
}

/// A wide result, rounded to the type of the elements.
trait Narrow<W>: Clone + Default {
    fn narrow(wide: W) -> Self;
}

macro_rules! conversions {
    ($($t:ty, $x:ident => $re:expr, $im:expr;)*) => {$(
        impl Widen<f64> for $t {
            fn widen(self) -> f64 {
                let $x = self;
                $re
            }
        }
        impl Widen<Complex64> for $t {
            fn widen(self) -> Complex64 {
                let $x = self;
                Complex64::new($re, $im)
            }
        }
    )*};
}
conversions! {
    f64, x => x, 0.0;
    f32, x => x as f64, 0.0;
    i8, x => x as f64, 0.0;
    i16, x => x as f64, 0.0;
    i32, x => x as f64, 0.0;
    i64, x => x as f64, 0.0;
    u8, x => x as f64, 0.0;
    u16, x => x as f64, 0.0;
    u32, x => x as f64, 0.0;
    u64, x => x as f64, 0.0;
    bool, x => f64::from(x), 0.0;
    Complex64, x => x.re, x.im;
    Complex32, x => x.re as f64, x.im as f64;
}

macro_rules! narrowings {
    ($($w:ty => $t:ty, $x:ident => $value:expr;)*) => {$(
        impl Narrow<$w> for $t {
            fn narrow($x: $w) -> $t {
                $value
            }
        }
    )*};
}
narrowings! {
    f64 => f64, x => x;
    f64 => f32, x => x as f32;
    Complex64 => Complex64, x => x;
    Complex64 => Complex32, x => Complex32::new(x.re as f32, x.im as f32);
}

/// A function of real lanes, the results as doubles or rounded to single.
pub fn real(lanes: &Lanes, extent: usize, from: &Data, to: &mut Data, f: impl FnMut(&[f64], &mut [f64])) {
    match to {
        Data::F64(to) => each_data!(from, v => through(lanes, extent, v, to, f)),
        Data::F32(to) => each_data!(from, v => through(lanes, extent, v, to, f)),
        to => unreachable!("real lanes are not {:?}", to.dtype()),
    }
}

/// A function of complex lanes, the results as complex doubles or rounded to single.
pub fn complex(
    lanes: &Lanes,
    extent: usize,
    from: &Data,
    to: &mut Data,
    f: impl FnMut(&[Complex64], &mut [Complex64]),
) {
    match to {
        Data::C64(to) => each_data!(from, v => through(lanes, extent, v, to, f)),
        Data::C32(to) => each_data!(from, v => through(lanes, extent, v, to, f)),
        to => unreachable!("complex lanes are not {:?}", to.dtype()),
    }
}

fn through<T: Widen<W>, W: Clone + Default, R: Narrow<W>>(
    lanes: &Lanes,
    extent: usize,
    from: &[T],
    to: &mut [R],
    mut f: impl FnMut(&[W], &mut [W]),
) {
    let (mut wide, mut made) = (Vec::with_capacity(lanes.n), vec![W::default(); extent]);
    lanes.map_into(from, to, extent, |lane, out: &mut [R]| {
        wide.clear();
        wide.extend(lane.iter().map(|&x| Widen::<W>::widen(x)));
        f(&wide, &mut made);
        out.iter_mut().zip(&made).for_each(|(y, v)| *y = R::narrow(v.clone()));
    });
}
