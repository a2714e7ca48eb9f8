//! Concatenation: `[a, b; c]`, `horzcat`, `vertcat`, `cat`.
//!
//! Characters win over numbers, the first integer type over other types, single over double; truth values stay so
//! among themselves; a cell array takes everything else in as elements; struct arrays must have the same fields.
//! Rows of text of different length are padded in a literal, as Octave does. Knows nothing of graphs.

mod shape;

pub use shape::join;

use super::convert::{narrow, to_dtype};
use super::{Cell, Quote, Struct, Value, gather_first};
use crate::array::{Block, DType, Data, Element, Shape, room};
use crate::diag::{Fault, Result};
use crate::{bail, fault};
use std::sync::Arc;

/// Where a concatenation comes from; its faults read differently.
#[derive(Clone, Copy, PartialEq)]
pub enum Form {
    Literal,
    Function,
}

/// `[rows{1}{:}; rows{2}{:}; ...]`: a matrix literal.
///
/// # Errors
/// Rows or columns that do not fit, kinds that cannot stand side by side.
pub fn matrix(rows: &[Vec<Value>]) -> Result<Value> {
    if let Some(numbers) = all_numbers(rows) {
        return Ok(numbers);
    }
    let any_cell = rows.iter().flatten().any(|v| matches!(v, Value::Cell(_)));
    let first_struct = matches!(rows.iter().flatten().next(), Some(Value::Struct(_)));
    let celled: Vec<Vec<Value>>;
    let rows = if any_cell && !first_struct {
        celled = rows.iter().map(|row| row.iter().map(in_cell).collect()).collect();
        &celled
    } else {
        rows
    };
    let texts = rows.iter().flatten().all(|v| matches!(v, Value::Char(..)));
    let mut joined = rows.iter().filter(|row| !row.is_empty()).map(|row| concat(row, 1, Form::Literal));
    if rows.len() == 1 {
        return joined.next().unwrap_or_else(|| Ok(Value::empty()));
    }
    let mut joined = joined.collect::<Result<Vec<Value>>>()?;
    if texts {
        pad_texts(&mut joined);
    }
    concat(&joined, 0, Form::Literal)
}

/// `[a, b, ...]` of a matrix literal with one row.
///
/// # Errors
/// As [`matrix`].
pub fn hcat(values: &[Value]) -> Result<Value> {
    concat(values, 1, Form::Literal)
}

/// `[a; b; ...]` of a matrix literal, one value a row.
///
/// # Errors
/// As [`matrix`].
pub fn vcat(values: &[Value]) -> Result<Value> {
    concat(values, 0, Form::Literal)
}

/// `cat (axis + 1, values...)`, and with axis 0 and 1 `vertcat` and `horzcat`.
///
/// # Errors
/// As [`matrix`]; faults say `cat: dimension mismatch`.
pub fn cat(axis: usize, values: &[Value]) -> Result<Value> {
    concat(values, axis, Form::Function)
}

/// A literal of nothing but real scalars.
fn all_numbers(rows: &[Vec<Value>]) -> Option<Value> {
    let columns = rows.first()?.len();
    if columns == 0 || rows.iter().any(|row| row.len() != columns || !row.iter().all(|v| matches!(v, Value::Num(_)))) {
        return None;
    }
    let at = |i: usize, j: usize| match rows[i][j] {
        Value::Num(x) => x,
        _ => 0.0,
    };
    let elements = (0..columns).flat_map(|j| (0..rows.len()).map(move |i| at(i, j))).collect();
    Some(Value::matrix(rows.len(), columns, elements))
}

/// A value as the part of a cell array it becomes beside one: itself as the only element, nothing if it is empty.
fn in_cell(value: &Value) -> Value {
    match value {
        Value::Cell(_) => value.clone(),
        other if other.is_empty() => Value::Cell(Arc::new(Cell::empty(Shape::matrix(0, 0)))),
        other => Value::Cell(Arc::new(Cell::row(vec![other.clone()]))),
    }
}

/// Rows of text brought to the width of the widest.
fn pad_texts(rows: &mut [Value]) {
    let width = rows.iter().map(|row| row.shape().columns()).max().unwrap_or(0);
    for row in rows {
        let Value::Char(block, quote) = row else { continue };
        let shape = block.shape();
        if shape.rank() != 2 || shape.columns() == width || shape.is_empty() {
            continue;
        }
        if let Data::Char(v) = block.data() {
            let mut padded = v.clone();
            padded.resize(shape.rows() * width, b' ');
            let padded = Block::dense(Shape::matrix(shape.rows(), width), Data::Char(padded));
            *row = Value::Char(Arc::new(padded), *quote);
        }
    }
}

fn mismatch(left: &Shape, right: &Shape, axis: usize, form: Form) -> Fault {
    match (form, axis) {
        (Form::Literal, 0) => fault!("vertical dimensions mismatch ({left} vs {right})"),
        (Form::Literal, _) => fault!("horizontal dimensions mismatch ({left} vs {right})"),
        (Form::Function, _) => fault!("cat: dimension mismatch"),
    }
}

fn concat(values: &[Value], axis: usize, form: Form) -> Result<Value> {
    if values.iter().any(|v| matches!(v, Value::Lazy(_))) {
        return Err(gather_first("joined"));
    }
    if values.iter().any(|v| matches!(v, Value::Func(_))) {
        match values {
            [Value::Func(_), ..] => bail!("octave_base_value::resize (): wrong type argument 'function handle'"),
            _ if values.iter().all(|v| !matches!(v, Value::Cell(_))) => {
                bail!("concatenation operator not implemented for 'matrix' by 'function handle' operations")
            }
            _ => {}
        }
    }
    if let [Value::Map(first), others @ ..] = values
        && others.iter().all(|v| matches!(v, Value::Map(_)))
    {
        let mut joined = first.join(first)?;
        for other in others {
            if let Value::Map(other) = other {
                joined = joined.join(other)?;
            }
        }
        return Ok(Value::Map(joined));
    }
    if values.iter().any(|v| matches!(v, Value::Map(_))) {
        bail!("concatenation operator not implemented for 'object' by 'matrix' operations");
    }
    let any_cell = values.iter().any(|v| matches!(v, Value::Cell(_)));
    let any_struct = values.iter().any(|v| matches!(v, Value::Struct(_)));
    if any_cell && !matches!(values.first(), Some(Value::Struct(_))) {
        let cells: Vec<Value> = values.iter().map(in_cell).collect();
        return cat_cells(&cells, axis, form);
    }
    if any_struct {
        return cat_structs(values, axis, form);
    }
    cat_blocks(values, axis, form)
}

/// The shape of the whole; empty arrays that leave no trace are joined too.
///
/// # Errors
/// Extents that differ along another axis.
pub fn total_shape<'a>(shapes: impl Iterator<Item = &'a Shape>, axis: usize, form: Form) -> Result<Shape> {
    let mut total: Option<Shape> = None;
    for shape in shapes {
        total = Some(match total {
            None => shape.clone(),
            Some(left) => {
                let lenient = axis < 2 || form == Form::Literal;
                join(&left, shape, axis, lenient).ok_or_else(|| mismatch(&left, shape, axis, form))?
            }
        });
    }
    Ok(total.unwrap_or_else(|| Shape::matrix(0, 0)))
}

/// Elements of several arrays joined along an axis; every array has elements, and their shapes fit.
fn interleave<T: Clone>(parts: &[(&Shape, &[T])], axis: usize, total: &Shape) -> Vec<T> {
    let mut out = Vec::with_capacity(total.len());
    let outer: usize = (axis + 1..total.rank()).map(|a| total.extent(a)).product();
    for k in 0..outer {
        for (shape, data) in parts {
            let piece: usize = (0..=axis).map(|a| shape.extent(a)).product();
            out.extend_from_slice(&data[k * piece..(k + 1) * piece]);
        }
    }
    out
}

fn cat_cells(values: &[Value], axis: usize, form: Form) -> Result<Value> {
    let cells: Vec<&Cell> = values
        .iter()
        .filter_map(|v| match v {
            Value::Cell(cell) => Some(&**cell),
            _ => None,
        })
        .collect();
    let shape = total_shape(cells.iter().map(|c| c.shape()), axis, form)?;
    let parts: Vec<(&Shape, &[Value])> =
        cells.iter().filter(|c| !c.values.is_empty()).map(|c| (c.shape(), c.values.as_slice())).collect();
    room::check(&shape, size_of::<Value>())?;
    let joined = interleave(&parts, axis, &shape);
    Ok(Value::Cell(Arc::new(Cell::new(shape, joined))))
}

fn cat_structs(values: &[Value], axis: usize, form: Form) -> Result<Value> {
    let mut parts: Vec<&Struct> = Vec::new();
    for (at, value) in values.iter().enumerate() {
        match value {
            Value::Struct(records) => parts.push(records),
            Value::Cell(_) => bail!("octave_base_value::cell_value(): wrong type argument 'scalar struct'"),
            other if other.is_empty() => {}
            other if at == 0 => {
                let records = values.iter().find(|v| matches!(v, Value::Struct(_)));
                let name = records.map_or("struct".into(), Value::type_name);
                let kind = if matches!(other, Value::Char(..)) { "string" } else { "matrix" };
                bail!("concatenation operator not implemented for '{kind}' by '{name}' operations");
            }
            other => {
                let name = other.type_name();
                bail!("concatenation operator not implemented for 'struct' by '{name}' operations");
            }
        }
    }
    let Some((first, others)) = parts.split_first() else { return Ok(Value::empty()) };
    let same =
        |s: &Struct| s.names().len() == first.names().len() && s.names().iter().all(|n| first.position(n).is_some());
    if !others.iter().all(|s| same(s)) {
        bail!("cat: field names mismatch in concatenating structs");
    }
    let shape = total_shape(parts.iter().map(|s| s.shape()), axis, form)?;
    room::check(&shape, first.names().len() * size_of::<Value>())?;
    let mut joined = Struct::new(shape.clone());
    for name in first.names() {
        let columns: Vec<(&Shape, &[Value])> =
            parts.iter().filter(|s| !s.is_empty()).map(|s| (s.shape(), s.field(name).unwrap_or(&[]))).collect();
        joined.set_column(name, interleave(&columns, axis, &shape));
    }
    Ok(Value::Struct(Arc::new(joined)))
}

/// The element type of arrays joined.
///
/// # Errors
/// Complex numbers among integers or characters.
pub fn common_type(values: &[Value]) -> Result<DType> {
    let target = joined_type(values.iter().filter_map(Value::dtype));
    if !target.is_complex()
        && let Some(value) = values.iter().find(|v| v.dtype().is_some_and(DType::is_complex))
    {
        let class = if target == DType::Char { "char_array".to_owned() } else { format!("{}_array", target.class()) };
        bail!("octave_base_value::{class}_value(): wrong type argument '{}'", value.type_name());
    }
    Ok(target)
}

/// The element type of arrays joined; empty ones count.
pub fn joined_type(types: impl Iterator<Item = DType> + Clone) -> DType {
    if types.clone().any(|t| t == DType::Char) {
        return DType::Char;
    }
    if let Some(integer) = types.clone().find(|t| t.is_integer()) {
        return integer;
    }
    let complex = types.clone().any(DType::is_complex);
    let single = types.clone().any(DType::is_single);
    match (complex, single) {
        (true, true) => DType::C32,
        (true, false) => DType::C64,
        (false, true) => DType::F32,
        (false, false) if types.clone().next().is_some() && types.clone().all(|t| t == DType::Bool) => DType::Bool,
        (false, false) => DType::F64,
    }
}

fn cat_blocks(values: &[Value], axis: usize, form: Form) -> Result<Value> {
    let target = common_type(values)?;
    let blocks = values.iter().map(Value::to_block).collect::<Result<Vec<Arc<Block>>>>()?;
    let shape = total_shape(blocks.iter().map(|b| b.shape()), axis, form)?;
    room::countable(&shape)?;
    room::check(&shape, target.size())?;
    let full: Vec<Arc<Block>> = blocks
        .into_iter()
        .filter(|b| !b.is_empty())
        .map(|b| if b.dtype() == target { b } else { Arc::new(to_dtype(&b, target)) })
        .collect();
    fn join<T: Element>(full: &[Arc<Block>], axis: usize, shape: &Shape) -> Data {
        let parts: Vec<(&Shape, &[T])> =
            full.iter().filter_map(|b| b.slice::<T>().map(|data| (b.shape(), data))).collect();
        T::wrap(interleave(&parts, axis, shape))
    }
    let data = match target {
        DType::F64 => join::<f64>(&full, axis, &shape),
        DType::F32 => join::<f32>(&full, axis, &shape),
        DType::I8 => join::<i8>(&full, axis, &shape),
        DType::I16 => join::<i16>(&full, axis, &shape),
        DType::I32 => join::<i32>(&full, axis, &shape),
        DType::I64 => join::<i64>(&full, axis, &shape),
        DType::U8 => join::<u8>(&full, axis, &shape),
        DType::U16 => join::<u16>(&full, axis, &shape),
        DType::U32 => join::<u32>(&full, axis, &shape),
        DType::U64 => join::<u64>(&full, axis, &shape),
        DType::Bool => join::<bool>(&full, axis, &shape),
        DType::C64 => join::<crate::array::Complex64>(&full, axis, &shape),
        DType::C32 => join::<crate::array::Complex32>(&full, axis, &shape),
        DType::Char => {
            let parts: Vec<(&Shape, &[u8])> = full
                .iter()
                .filter_map(|b| match b.data() {
                    Data::Char(v) => Some((b.shape(), v.as_slice())),
                    _ => None,
                })
                .collect();
            let block = Block::dense(shape.clone(), Data::Char(interleave(&parts, axis, &shape)));
            let all_double = values.iter().all(|v| matches!(v, Value::Char(_, Quote::Double)));
            return Ok(Value::Char(Arc::new(block), if all_double { Quote::Double } else { Quote::Single }));
        }
    };
    Ok(Value::block(narrow(Block::dense(shape, data))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn int8(values: &[i8]) -> Value {
        Value::block(Block::row(values.to_vec()))
    }

    #[test]
    fn shapes() {
        let empty = Value::empty();
        let column = Value::column(vec![1.0, 2.0]);
        let row = Value::row(vec![1.0, 2.0]);
        assert_eq!(matrix(&[vec![column.clone(), column.clone()]]).unwrap().shape(), Shape::matrix(2, 2));
        assert_eq!(matrix(&[vec![empty], vec![row.clone()]]).unwrap().shape(), Shape::matrix(1, 2));
        let message = |r: Result<Value>| r.unwrap_err().message;
        assert_eq!(
            message(matrix(&[vec![row.clone(), column.clone()]])),
            "horizontal dimensions mismatch (1x2 vs 2x1)"
        );
        assert_eq!(
            message(matrix(&[vec![row.clone()], vec![Value::Num(3.0)]])),
            "vertical dimensions mismatch (1x2 vs 1x1)"
        );
        assert_eq!(message(cat(2, &[row.clone(), column])), "cat: dimension mismatch");
        assert_eq!(cat(2, &[row.clone(), row]).unwrap().shape(), Shape::new(&[1, 2, 2]));
        let none = Value::block(Block::row(Vec::<f64>::new()));
        assert_eq!(matrix(&[vec![none.clone()], vec![none]]).unwrap().shape(), Shape::matrix(2, 0));
    }

    #[test]
    fn types() {
        let class = |values: &[Value]| hcat(values).unwrap().class();
        assert_eq!(class(&[Value::Num(1.5), int8(&[1])]), "int8");
        assert_eq!(class(&[Value::Bool(true), Value::Bool(false)]), "logical");
        assert_eq!(class(&[Value::Bool(true), Value::Num(1.0)]), "double");
        assert_eq!(class(&[Value::text("a"), int8(&[65])]), "char");
        assert_eq!(hcat(&[Value::text("a"), Value::Num(65.0)]).unwrap().to_text().as_deref(), Some("aA"));
    }

    #[test]
    fn texts_are_padded() {
        let x = matrix(&[vec![Value::text("abc")], vec![Value::text("de")]]).unwrap();
        let Value::Char(block, Quote::Single) = x else { panic!() };
        assert_eq!(block.data(), &Data::Char(b"adbec ".to_vec()));
    }

    #[test]
    fn cells_take_others_in() {
        let c = Value::Cell(Arc::new(Cell::row(vec![Value::Num(1.0)])));
        assert_eq!(hcat(&[c.clone(), Value::row(vec![1.0, 2.0])]).unwrap().shape(), Shape::matrix(1, 2));
        assert_eq!(hcat(&[c.clone(), Value::empty()]).unwrap().shape(), Shape::matrix(1, 1));
        let rows = [vec![Value::Num(1.0), Value::Num(2.0)], vec![c.clone(), c]];
        assert_eq!(matrix(&rows).unwrap().shape(), Shape::matrix(2, 2));
    }
}
