use super::*;
use crate::value::Range;

fn num(x: f64) -> Index {
    Index::Value(Value::Num(x))
}

fn span(a: f64, b: f64) -> Index {
    Index::Value(Value::Range(Arc::new(Range::new(a, 1.0, b))))
}

fn numbers(value: &Value) -> (Shape, Vec<f64>) {
    let block = value.to_block().unwrap();
    (block.shape().clone(), (0..block.len()).map(|i| block.data().get_f64(i)).collect())
}

fn after(mut base: Value, args: &[Index], rhs: Value) -> (Shape, Vec<f64>) {
    assign(&mut base, args, &rhs).unwrap();
    numbers(&base)
}

fn fault_of(mut base: Value, args: &[Index], rhs: Value) -> String {
    let before = base.clone();
    let message = assign(&mut base, args, &rhs).unwrap_err().message;
    assert_eq!(base.shape(), before.shape());
    message
}

#[test]
fn puts_and_grows() {
    let square = || Value::matrix(2, 2, vec![1.0, 2.0, 3.0, 4.0]);
    assert_eq!(after(square(), &[num(2.0), num(1.0)], Value::Num(9.0)).1, [1.0, 9.0, 3.0, 4.0]);
    assert_eq!(after(square(), &[Index::All, num(3.0)], Value::row(vec![5.0, 6.0])).1, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    assert_eq!(
        after(square(), &[num(3.0), Index::All], Value::Num(5.0)),
        (Shape::matrix(3, 2), vec![1.0, 2.0, 5.0, 3.0, 4.0, 5.0])
    );
    assert_eq!(after(square(), &[num(1.0), num(1.0), num(2.0)], Value::Num(1.0)).0, Shape::new(&[2, 2, 2]));
    assert_eq!(after(Value::Num(5.0), &[num(3.0)], Value::Num(1.0)).1, [5.0, 0.0, 1.0]);
    assert_eq!(after(Value::column(vec![1.0, 2.0]), &[num(3.0)], Value::Num(1.0)).0, Shape::matrix(3, 1));
    assert_eq!(after(Value::empty(), &[num(2.0), Index::All], Value::row(vec![1.0, 2.0])).0, Shape::matrix(2, 2));
    assert_eq!(after(Value::empty(), &[Index::All, num(1.0)], Value::column(vec![1.0, 2.0])).0, Shape::matrix(2, 1));
    assert_eq!(after(square(), &[Index::All], Value::row(vec![4.0, 3.0, 2.0, 1.0])).0, Shape::matrix(2, 2));
}

#[test]
fn growth_by_one_keeps_the_buffer() {
    let mut x = Value::row(vec![1.0, 2.0]);
    for k in 3..1000 {
        assign(&mut x, &[num(k as f64)], &Value::Num(k as f64)).unwrap();
    }
    assert_eq!(numbers(&x), (Shape::matrix(1, 999), (1..1000).map(f64::from).collect()));
}

#[test]
fn a_copy_is_not_changed() {
    let original = Value::row(vec![1.0, 2.0, 3.0]);
    let mut copy = original.clone();
    assign(&mut copy, &[num(2.0)], &Value::Num(7.0)).unwrap();
    assert_eq!(numbers(&original).1, [1.0, 2.0, 3.0]);
}

#[test]
fn the_left_side_decides_the_type() {
    let class = |mut base: Value, rhs: Value| {
        assign(&mut base, &[num(1.0)], &rhs).unwrap();
        (base.class(), base.dtype().unwrap().is_complex())
    };
    let ints = || Value::block(Block::row(vec![1i8, 2]));
    let single = || Value::block(Block::row(vec![1f32, 2.0]));
    let complex = || Value::complex(Complex64::new(0.0, 1.0));
    assert_eq!(class(ints(), Value::Num(300.7)), ("int8", false));
    assert_eq!(class(Value::row(vec![1.0, 2.0]), ints_scalar()), ("double", false));
    assert_eq!(class(single(), complex()), ("single", true));
    assert_eq!(class(Value::row(vec![1.0, 2.0]), complex()), ("double", true));
    assert_eq!(class(Value::text("ab"), Value::Num(65.0)), ("char", false));
    assert_eq!(class(Value::text("ab"), ints_scalar()), ("double", false));
    let mut z = Value::block(Block::row(vec![Complex64::new(0.0, 1.0), Complex64::new(2.0, 0.0)]));
    assign(&mut z, &[num(1.0)], &Value::Num(1.0)).unwrap();
    assert_eq!(z.dtype(), Some(DType::F64));
}

fn ints_scalar() -> Value {
    Value::block(Block::scalar(5i8))
}

#[test]
fn faults() {
    let square = || Value::matrix(3, 3, vec![0.0; 9]);
    let three = || Value::row(vec![1.0, 2.0, 3.0]);
    assert_eq!(fault_of(square(), &[span(1.0, 2.0)], three()), "=: nonconformant arguments (op1 is 2x1, op2 is 1x3)");
    assert_eq!(
        fault_of(square(), &[span(1.0, 2.0), num(1.0)], three()),
        "=: nonconformant arguments (op1 is 2x1, op2 is 1x3)"
    );
    assert!(fault_of(square(), &[num(11.0)], Value::Num(1.0)).starts_with("Invalid resizing operation"));
    assert_eq!(
        fault_of(three(), &[num(1.0)], Value::Cell(Arc::new(Cell::row(vec![])))),
        "operator =: no conversion for assignment of 'cell' to indexed 'matrix'"
    );
    assert!(fault_of(three(), &[num(1e12), num(1e12)], Value::Num(1.0)).starts_with("out of memory"));
}

#[test]
fn cells_and_structs() {
    let mut c = Value::empty();
    assign_cell(&mut c, &[num(3.0)], Value::Num(5.0)).unwrap();
    assert_eq!(c.shape(), Shape::matrix(1, 3));
    assign(&mut c, &[num(1.0)], &Value::Num(2.0)).unwrap();
    *cell_slot(&mut c, &[num(2.0), num(2.0)]).unwrap() = Value::text("x");
    assert_eq!(c.shape(), Shape::matrix(2, 3));
    let mut s = Value::empty();
    field_slots(&mut s, Some(&[num(2.0)]), &"a".into()).unwrap()[0] = Value::Num(1.0);
    assert_eq!(s.shape(), Shape::matrix(1, 2));
    let mut other = Struct::scalar();
    other.set("b", Value::Num(1.0));
    assert_eq!(fault_of(s, &[num(1.0)], Value::Struct(Arc::new(other))), "incompatible fields in struct assignment");
}

#[test]
fn deletes() {
    let gone = |mut base: Value, args: &[Index]| {
        delete(&mut base, args).map(|()| numbers(&base)).map_err(|fault| fault.message)
    };
    let magic = || Value::matrix(3, 3, vec![8.0, 3.0, 4.0, 1.0, 5.0, 9.0, 6.0, 7.0, 2.0]);
    assert_eq!(gone(magic(), &[num(2.0)]).unwrap().0, Shape::matrix(1, 8));
    assert_eq!(gone(magic(), &[Index::All, num(2.0)]).unwrap().1, [8.0, 3.0, 4.0, 6.0, 7.0, 2.0]);
    assert_eq!(gone(magic(), &[Index::All, Index::All]).unwrap().0, Shape::matrix(0, 3));
    assert_eq!(gone(Value::Num(5.0), &[num(1.0)]).unwrap().0, Shape::matrix(1, 0));
    assert_eq!(
        gone(magic(), &[num(1.0), num(1.0)]).unwrap_err(),
        "a null assignment can only have one non-colon index"
    );
    assert_eq!(gone(magic(), &[num(10.0)]).unwrap_err(), "A(I) = []: index out of bounds: value 10 out of bound 9");
    assert_eq!(gone(Value::column(vec![1.0, 2.0, 3.0]), &[span(1.0, 2.0)]).unwrap(), (Shape::scalar(), vec![3.0]));
}
