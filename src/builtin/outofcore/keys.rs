//! Elements as unsigned numbers that order alike: what sorting and counting on disk compare.

use crate::array::{Complex32, Complex64, Element};
use crate::kernel::lanes::order::Sortable;

/// What a key can do besides comparing.
pub trait Key: Copy + Ord + Send + Sync + std::fmt::Debug + 'static {
    /// The key that orders the other way round.
    fn reversed(self) -> Self;
}

impl Key for u64 {
    fn reversed(self) -> u64 {
        !self
    }
}

impl Key for [u64; 4] {
    fn reversed(self) -> [u64; 4] {
        self.map(|part| !part)
    }
}

/// Elements whose order, as `sort` sees it, is that of a key: NaN last, complex numbers by length and angle.
pub trait Keyed: Element + Sortable {
    type Key: Key;
    /// Equal elements have equal keys: zeros of either sign, all NaN.
    fn key(self) -> Self::Key;
    /// Only elements of the same bits have equal keys (save for the sign of NaN); otherwise in the order of `key`.
    fn exact(self) -> Self::Key;
    /// One of the NaN that `exact` cannot tell apart.
    fn settled(self) -> Self {
        self
    }
    /// Which zero this is: 1 for a positive one, 2 for a negative one, 0 for none that has a sign.
    fn zero(self) -> u8 {
        0
    }
}

/// The key of a double: its bits, those of negative numbers turned round.
pub fn of_f64(x: f64) -> u64 {
    if x.is_nan() {
        return u64::MAX;
    }
    exact_f64(if x == 0.0 { 0.0 } else { x })
}

/// The double behind a key of [`of_f64`].
pub fn to_f64(key: u64) -> f64 {
    if key == u64::MAX {
        return f64::NAN;
    }
    f64::from_bits(if key >> 63 == 1 { key & !(1 << 63) } else { !key })
}

fn exact_f64(x: f64) -> u64 {
    let bits = if x.is_nan() { x.abs().to_bits() } else { x.to_bits() };
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

impl Keyed for f64 {
    type Key = u64;
    fn key(self) -> u64 {
        of_f64(self)
    }
    fn exact(self) -> u64 {
        exact_f64(self)
    }
    fn settled(self) -> f64 {
        if self.is_nan() { self.abs() } else { self }
    }
    fn zero(self) -> u8 {
        if self != 0.0 { 0 } else { 1 + self.is_sign_negative() as u8 }
    }
}

impl Keyed for f32 {
    type Key = u64;
    fn key(self) -> u64 {
        of_f64(self as f64)
    }
    fn exact(self) -> u64 {
        exact_f64(self as f64)
    }
    fn settled(self) -> f32 {
        if self.is_nan() { self.abs() } else { self }
    }
    fn zero(self) -> u8 {
        if self != 0.0 { 0 } else { 1 + self.is_sign_negative() as u8 }
    }
}

macro_rules! whole_numbers {
    ($($t:ty),*) => {$(
        impl Keyed for $t {
            type Key = u64;
            fn key(self) -> u64 {
                // Wide enough for both ranges: signed numbers are moved up by 2^63.
                (self as i128 - if <$t>::MIN as i128 == 0 { 0 } else { i64::MIN as i128 }) as u64
            }
            fn exact(self) -> u64 {
                self.key()
            }
        }
    )*};
}
whole_numbers!(i8, i16, i32, i64, u8, u16, u32, u64);

impl Keyed for bool {
    type Key = u64;
    fn key(self) -> u64 {
        self as u64
    }
    fn exact(self) -> u64 {
        self as u64
    }
}

impl Keyed for Complex64 {
    type Key = [u64; 4];
    fn key(self) -> [u64; 4] {
        [of_f64(self.norm()), of_f64(self.arg()), 0, 0]
    }
    fn exact(self) -> [u64; 4] {
        [of_f64(self.norm()), of_f64(self.arg()), exact_f64(self.re), exact_f64(self.im)]
    }
    fn settled(self) -> Complex64 {
        Complex64::new(self.re.settled(), self.im.settled())
    }
}

impl Keyed for Complex32 {
    type Key = [u64; 4];
    fn key(self) -> [u64; 4] {
        Complex64::new(self.re as f64, self.im as f64).key()
    }
    fn exact(self) -> [u64; 4] {
        Complex64::new(self.re as f64, self.im as f64).exact()
    }
    fn settled(self) -> Complex32 {
        Complex32::new(self.re.settled(), self.im.settled())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builtin::arrays::order::Sortable;

    #[test]
    fn keys_order_as_elements_do() {
        let numbers =
            [f64::NEG_INFINITY, -3.5, -1.0, -f64::MIN_POSITIVE, -0.0, 0.0, 5e-324, 1.0, 2.0, f64::INFINITY, f64::NAN];
        for a in numbers {
            for b in numbers {
                assert_eq!(a.key().cmp(&b.key()), a.order(&b), "{a} {b}");
                assert_eq!((a as f32).key().cmp(&(b as f32).key()), (a as f32).order(&(b as f32)), "{a} {b}");
            }
            assert!(to_f64(of_f64(a)) == a || a.is_nan());
        }
        assert!((-0.0f64).exact() < 0.0f64.exact());
        assert!((i64::MIN.key() < (-1i64).key()) && ((-1i64).key() < 0i64.key()) && 0i64.key() < i64::MAX.key());
        assert!(0u64.key() < u64::MAX.key() && (-128i8).key() < 127i8.key());
        let z = |re, im| Complex64::new(re, im);
        for (a, b) in [(z(1.0, 0.0), z(0.0, 1.0)), (z(3.0, 4.0), z(-5.0, 0.0)), (z(0.0, 0.0), z(f64::NAN, 0.0))] {
            assert_eq!(a.key().cmp(&b.key()), a.order(&b), "{a} {b}");
        }
    }
}
