use super::*;
use crate::value::Range;

fn num(x: f64) -> Index {
    Index::Value(Value::Num(x))
}

fn row(values: &[f64]) -> Index {
    Index::Value(Value::row(values.to_vec()))
}

fn magic() -> Value {
    Value::matrix(3, 3, vec![8.0, 3.0, 4.0, 1.0, 5.0, 9.0, 6.0, 7.0, 2.0])
}

fn numbers(value: &Value) -> (Shape, Vec<f64>) {
    let block = value.to_block().unwrap();
    (block.shape().clone(), (0..block.len()).map(|i| block.data().get_f64(i)).collect())
}

fn fails(value: &Value, args: &[Index]) -> String {
    index(value, args).unwrap_err().message
}

#[test]
fn selects() {
    let x = magic();
    let range = |a, s, b| Index::Value(Value::Range(Arc::new(Range::new(a, s, b))));
    assert_eq!(numbers(&index(&x, &[num(2.0), num(3.0)]).unwrap()).1, [7.0]);
    assert_eq!(numbers(&index(&x, &[Index::All, num(2.0)]).unwrap()), (Shape::matrix(3, 1), vec![1.0, 5.0, 9.0]));
    assert_eq!(numbers(&index(&x, &[num(2.0), Index::All]).unwrap()), (Shape::matrix(1, 3), vec![3.0, 5.0, 7.0]));
    assert_eq!(numbers(&index(&x, &[range(3.0, -2.0, 1.0)]).unwrap()), (Shape::matrix(1, 2), vec![4.0, 8.0]));
    assert_eq!(
        numbers(&index(&x, &[range(1.0, 1.0, 2.0), row(&[3.0, 1.0])]).unwrap()),
        (Shape::matrix(2, 2), vec![6.0, 7.0, 8.0, 3.0])
    );
    assert_eq!(index(&x, &[Index::All]).unwrap().shape(), Shape::matrix(9, 1));
    assert_eq!(index(&x, &[Index::Value(Value::empty())]).unwrap().shape(), Shape::matrix(0, 0));
}

#[test]
fn vectors_keep_their_direction() {
    let column = Value::column(vec![1.0, 2.0, 3.0]);
    assert_eq!(index(&column, &[row(&[1.0, 2.0])]).unwrap().shape(), Shape::matrix(2, 1));
    assert_eq!(index(&Value::Num(5.0), &[row(&[1.0, 1.0])]).unwrap().shape(), Shape::matrix(1, 2));
    let square = Index::Value(Value::matrix(2, 2, vec![1.0, 2.0, 3.0, 1.0]));
    assert_eq!(index(&column, &[square]).unwrap().shape(), Shape::matrix(2, 2));
}

#[test]
fn trailing_axes_fold() {
    let x = Value::block(Block::dense(Shape::new(&[2, 3, 4]), Data::F64((0..24).map(f64::from).collect())));
    assert_eq!(numbers(&index(&x, &[num(2.0), num(7.0)]).unwrap()).1, [13.0]);
    assert_eq!(index(&x, &[Index::All, Index::All]).unwrap().shape(), Shape::matrix(2, 12));
    assert_eq!(
        numbers(&index(&x, &[num(1.0), row(&[1.0, 3.0]), row(&[2.0, 4.0])]).unwrap()),
        (Shape::new(&[1, 2, 2]), vec![6.0, 10.0, 18.0, 22.0])
    );
}

#[test]
fn faults_name_the_place() {
    let x = magic();
    assert_eq!(fails(&x, &[num(5.0), num(1.0)]), "index (5,_): out of bound 3 (dimensions are 3x3)");
    assert_eq!(fails(&x, &[num(10.0)]), "index (10): out of bound 9 (dimensions are 3x3)");
    let bad = "subscripts must be either integers 1 to (2^63)-1 or logicals";
    assert_eq!(fails(&x, &[num(1.0), num(0.0)]), format!("index (_,0): {bad}"));
    assert_eq!(fails(&x, &[num(123456.789)]), format!("index (123457-0.211): {bad}"));
    assert_eq!(fails(&x, &[num(1e20)]), format!("index (1e+20): {bad}"));
    let named = with_name(index(&x, &[num(f64::NAN)]).unwrap_err(), "x");
    assert_eq!(named.message, format!("x(nan): {bad}"));
}

#[test]
fn leading_corner_of_a_diagonal_stays_diagonal() {
    let eye = Value::Diag(Arc::new(Diagonal { rows: 3, columns: 3, diagonal: Block::column(vec![1.0; 3]) }));
    assert!(matches!(index(&eye, &[Index::All, num(1.0)]).unwrap(), Value::Diag(_)));
    assert!(matches!(index(&eye, &[num(2.0), num(2.0)]).unwrap(), Value::Num(1.0)));
    assert!(matches!(index(&eye, &[row(&[1.0, 3.0]), row(&[1.0, 3.0])]).unwrap(), Value::Array(_)));
}
