//! Filled templates against text recorded from Octave 7.3.

use super::*;

fn filled(template: &str, args: &[Value]) -> String {
    match format("printf", template.as_bytes(), args) {
        Ok(text) => String::from_utf8_lossy(&text).into_owned(),
        Err(fault) => format!("error: {fault}"),
    }
}

fn n(x: f64) -> Value {
    Value::Num(x)
}

#[test]
fn the_template_is_used_again() {
    assert_eq!(filled("%d %d\n", &[n(1.0), n(2.0), n(3.0)]), "1 2\n3 ");
    assert_eq!(filled("%d,", &[Value::empty()]), ",");
    assert_eq!(filled("x%dy%dz", &[n(1.0), Value::empty()]), "x1yz");
    assert_eq!(filled("hello %d world", &[]), "hello ");
    assert_eq!(filled("hello", &[n(1.0), n(2.0)]), "hello");
    assert_eq!(filled("%d%%", &[n(5.0)]), "5%");
}

#[test]
fn integer_conversions_of_what_is_no_integer() {
    assert_eq!(filled("%d", &[n(1.5)]), "1.5");
    assert_eq!(filled("%5d|", &[n(f64::NAN)]), "  NaN|");
    assert_eq!(filled("%d", &[n(123456789.5)]), "1.23457e+08");
    assert_eq!(filled("%x", &[n(-255.0)]), "-255");
    assert_eq!(filled("%d", &[n(1e10)]), "10000000000");
    assert_eq!(filled("%d", &[n(9223372036854775808.0)]), "9223372036854775807");
    assert_eq!(filled("%d", &[Value::block(Block::scalar(i64::MAX - 1))]), "9223372036854775806");
    assert_eq!(filled("%#5x|%-5o|%+d", &[n(255.0), n(8.0), n(3.0)]), " 0xff|10   |+3");
}

#[test]
fn text_and_numbers_stand_for_each_other() {
    let word = Value::text("abc");
    assert_eq!(filled("%d %s|", &[word.clone(), Value::text("def")]), "97 bc|100 ef|");
    assert_eq!(filled("%5.2s|", &[word]), "   ab|");
    assert_eq!(filled("%s|", &[Value::row(vec![65.0, 66.0, 1.5, 67.0])]), "AB||C|");
    assert_eq!(filled("%c", &[n(65.5)]), "65.5");
    assert_eq!(filled("%c", &[n(1000.0)]), "\u{3e8}");
}

#[test]
fn widths_come_from_the_template_or_the_elements() {
    assert_eq!(filled("%*.*f|", &[n(8.0), n(2.0), n(std::f64::consts::PI)]), "    3.14|");
    assert_eq!(filled("%010.3f|%-8d|%8.3d|", &[n(-1.5), n(5.0), n(5.0)]), "-00001.500|5       |     005|");
    assert_eq!(filled("%#.0f|%+.3e|%G", &[n(5.0), n(12345.678), n(1e-10)]), "5.|+1.235e+04|1E-10");
}

#[test]
fn faults_name_the_function() {
    assert_eq!(
        filled("%d", &[Value::Cell(Arc::new(super::super::Cell::row(vec![])))]),
        "error: printf: wrong type argument 'cell'"
    );
    assert_eq!(filled("%y", &[]), "error: printf: invalid format specified");
    assert_eq!(
        filled("%*d", &[n(-5.0), n(3.0)]),
        "error: printf: invalid field width, must be integer >= 0 and <= INT_MAX"
    );
}
