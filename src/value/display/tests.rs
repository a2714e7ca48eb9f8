//! Shown values against text recorded from Octave 7.3.

use super::*;
use crate::array::Complex64;
use crate::value::{Range, Struct};
use std::sync::Arc;

fn shown(value: impl Into<Value>) -> String {
    let mut out = Vec::new();
    display("x", &value.into(), &Settings::default(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn real_scalars() {
    let cases = [
        (5.0, "5"),
        (-0.0, "0"),
        (100000.0, "100000"),
        (1e7, "1.0000e+07"),
        (0.015, "0.015000"),
        (0.001, "1.0000e-03"),
        (1234.56, "1234.6"),
        (12345.678, "1.2346e+04"),
        (f64::NAN, "NaN"),
        (f64::NEG_INFINITY, "-Inf"),
        (number::NA, " NA"),
    ];
    for (x, text) in cases {
        assert_eq!(shown(x), format!("x = {text}\n"));
    }
}

#[test]
fn complex_scalars() {
    let z = |re, im| shown(Value::complex(Complex64::new(re, im)));
    assert_eq!(z(3.0, 4.0), "x =  3 + 4i\n");
    assert_eq!(z(1.5, f64::NAN), "x =    2 + NaNi\n");
    assert_eq!(z(1000.5, 2.0), "x =  1.0005e+03 + 2.0000e+00i\n");
}

#[test]
fn ranges_measure_their_limit() {
    let range = |a, s, b| shown(Value::Range(Arc::new(Range::new(a, s, b))));
    assert_eq!(range(0.0, 3.0, 10.0), "x =\n\n    0    3    6    9\n\n");
    assert_eq!(range(0.0, 0.5, 1.0), "x =\n\n         0    0.5000    1.0000\n\n");
    assert_eq!(range(1.0, 1.0, 0.0), "x = [](1x0)\n");
}

#[test]
fn structs_nest() {
    let mut inner = Struct::scalar();
    inner.set("b", Value::row(vec![1.0, 2.0]));
    let mut outer = Struct::scalar();
    outer.set("a", Value::Struct(Arc::new(inner)));
    assert_eq!(
        shown(Value::Struct(Arc::new(outer))),
        "x =\n\n  scalar structure containing the fields:\n\n    a =\n\n      scalar structure containing the fields:\n\n\
         \x20       b =\n\n           1   2\n\n\n\n"
    );
}
