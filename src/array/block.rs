//! A piece of an array in memory: contiguous elements of one type, in row-major or column-major order.
//!
//! Dense values of the language are blocks in column-major order; blocks read from storage keep the order
//! they have there, so that a transpose of a matrix is a change of shape and order, never of elements.

use super::{Complex32, Complex64, DType, Shape};
use crate::diag::Result;
use serde::{Deserialize, Serialize};

/// Which index moves fastest in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Order {
    /// The first (column-major), as the language counts.
    F,
    /// The last (row-major).
    C,
}

impl Order {
    pub fn reversed(self) -> Order {
        match self {
            Order::F => Order::C,
            Order::C => Order::F,
        }
    }
}

/// The elements of a block.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    F64(Vec<f64>),
    F32(Vec<f32>),
    I8(Vec<i8>),
    I16(Vec<i16>),
    I32(Vec<i32>),
    I64(Vec<i64>),
    U8(Vec<u8>),
    U16(Vec<u16>),
    U32(Vec<u32>),
    U64(Vec<u64>),
    Bool(Vec<bool>),
    Char(Vec<u8>),
    C64(Vec<Complex64>),
    C32(Vec<Complex32>),
}

/// Runs one generic expression on the vector inside a [`Data`], whatever its type.
#[macro_export]
macro_rules! each_data {
    ($data:expr, $v:ident => $body:expr) => {
        match $data {
            $crate::array::Data::F64($v) => $body,
            $crate::array::Data::F32($v) => $body,
            $crate::array::Data::I8($v) => $body,
            $crate::array::Data::I16($v) => $body,
            $crate::array::Data::I32($v) => $body,
            $crate::array::Data::I64($v) => $body,
            $crate::array::Data::U8($v) => $body,
            $crate::array::Data::U16($v) => $body,
            $crate::array::Data::U32($v) => $body,
            $crate::array::Data::U64($v) => $body,
            $crate::array::Data::Bool($v) => $body,
            $crate::array::Data::Char($v) => $body,
            $crate::array::Data::C64($v) => $body,
            $crate::array::Data::C32($v) => $body,
        }
    };
}

/// As [`each_data!`], and makes a [`Data`] of the same variant from the vector the expression gives.
#[macro_export]
macro_rules! map_data {
    ($data:expr, $v:ident => $body:expr) => {
        match $data {
            $crate::array::Data::F64($v) => $crate::array::Data::F64($body),
            $crate::array::Data::F32($v) => $crate::array::Data::F32($body),
            $crate::array::Data::I8($v) => $crate::array::Data::I8($body),
            $crate::array::Data::I16($v) => $crate::array::Data::I16($body),
            $crate::array::Data::I32($v) => $crate::array::Data::I32($body),
            $crate::array::Data::I64($v) => $crate::array::Data::I64($body),
            $crate::array::Data::U8($v) => $crate::array::Data::U8($body),
            $crate::array::Data::U16($v) => $crate::array::Data::U16($body),
            $crate::array::Data::U32($v) => $crate::array::Data::U32($body),
            $crate::array::Data::U64($v) => $crate::array::Data::U64($body),
            $crate::array::Data::Bool($v) => $crate::array::Data::Bool($body),
            $crate::array::Data::Char($v) => $crate::array::Data::Char($body),
            $crate::array::Data::C64($v) => $crate::array::Data::C64($body),
            $crate::array::Data::C32($v) => $crate::array::Data::C32($body),
        }
    };
}

impl Data {
    /// `len` zeros of a type.
    pub fn zeros(dtype: DType, len: usize) -> Data {
        match dtype {
            DType::F64 => Data::F64(vec![0.0; len]),
            DType::F32 => Data::F32(vec![0.0; len]),
            DType::I8 => Data::I8(vec![0; len]),
            DType::I16 => Data::I16(vec![0; len]),
            DType::I32 => Data::I32(vec![0; len]),
            DType::I64 => Data::I64(vec![0; len]),
            DType::U8 => Data::U8(vec![0; len]),
            DType::U16 => Data::U16(vec![0; len]),
            DType::U32 => Data::U32(vec![0; len]),
            DType::U64 => Data::U64(vec![0; len]),
            DType::Bool => Data::Bool(vec![false; len]),
            DType::Char => Data::Char(vec![0; len]),
            DType::C64 => Data::C64(vec![Complex64::ZERO; len]),
            DType::C32 => Data::C32(vec![Complex32::ZERO; len]),
        }
    }

    /// No elements of a type yet, and room for `len`.
    pub fn with_capacity(dtype: DType, len: usize) -> Data {
        let mut data = Data::zeros(dtype, 0);
        each_data!(&mut data, v => v.reserve_exact(len));
        data
    }

    pub fn dtype(&self) -> DType {
        match self {
            Data::F64(_) => DType::F64,
            Data::F32(_) => DType::F32,
            Data::I8(_) => DType::I8,
            Data::I16(_) => DType::I16,
            Data::I32(_) => DType::I32,
            Data::I64(_) => DType::I64,
            Data::U8(_) => DType::U8,
            Data::U16(_) => DType::U16,
            Data::U32(_) => DType::U32,
            Data::U64(_) => DType::U64,
            Data::Bool(_) => DType::Bool,
            Data::Char(_) => DType::Char,
            Data::C64(_) => DType::C64,
            Data::C32(_) => DType::C32,
        }
    }

    pub fn len(&self) -> usize {
        each_data!(self, v => v.len())
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The memory of the elements, in the byte order of the machine.
    pub fn bytes(&self) -> &[u8] {
        each_data!(self, v => bytemuck::cast_slice(v))
    }

    /// Element as a real double (the real part of a complex one; 64-bit integers round).
    pub fn get_f64(&self, at: usize) -> f64 {
        match self {
            Data::F64(v) => v[at],
            Data::F32(v) => v[at] as f64,
            Data::I8(v) => v[at] as f64,
            Data::I16(v) => v[at] as f64,
            Data::I32(v) => v[at] as f64,
            Data::I64(v) => v[at] as f64,
            Data::U8(v) | Data::Char(v) => v[at] as f64,
            Data::U16(v) => v[at] as f64,
            Data::U32(v) => v[at] as f64,
            Data::U64(v) => v[at] as f64,
            Data::Bool(v) => v[at] as u8 as f64,
            Data::C64(v) => v[at].re,
            Data::C32(v) => v[at].re as f64,
        }
    }

    /// Element as a complex double.
    pub fn get_c64(&self, at: usize) -> Complex64 {
        match self {
            Data::C64(v) => v[at],
            Data::C32(v) => Complex64::new(v[at].re as f64, v[at].im as f64),
            other => Complex64::new(other.get_f64(at), 0.0),
        }
    }
}

/// A Rust type that is the element type of a [`Data`] variant (`u8` is uint8; char has no type of its own).
pub trait Element: Copy + Send + Sync + PartialEq + std::fmt::Debug + Default + 'static {
    const DTYPE: DType;
    fn slice(data: &Data) -> Option<&[Self]>;
    fn vec_mut(data: &mut Data) -> Option<&mut Vec<Self>>;
    fn wrap(values: Vec<Self>) -> Data;
}

macro_rules! element {
    ($($t:ty => $variant:ident),*) => {$(
        impl Element for $t {
            const DTYPE: DType = DType::$variant;
            fn slice(data: &Data) -> Option<&[Self]> {
                match data { Data::$variant(v) => Some(v), _ => None }
            }
            fn vec_mut(data: &mut Data) -> Option<&mut Vec<Self>> {
                match data { Data::$variant(v) => Some(v), _ => None }
            }
            fn wrap(values: Vec<Self>) -> Data { Data::$variant(values) }
        }
    )*};
}
element!(f64 => F64, f32 => F32, i8 => I8, i16 => I16, i32 => I32, i64 => I64, u8 => U8, u16 => U16, u32 => U32,
    u64 => U64, bool => Bool, Complex64 => C64, Complex32 => C32);

/// Elements with a shape. `data.len() == shape.len()` always.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    shape: Shape,
    order: Order,
    data: Data,
}

impl Block {
    /// A block from its parts; the number of elements must fit the shape.
    pub fn new(shape: Shape, order: Order, data: Data) -> Block {
        assert_eq!(shape.len(), data.len(), "a block's elements must fill its shape");
        Block { shape, order, data }
    }

    /// A column-major block, as dense values are.
    pub fn dense(shape: Shape, data: Data) -> Block {
        Block::new(shape, Order::F, data)
    }

    /// A column-major block of zeros; an error when no machine could hold it.
    pub fn try_zeros(dtype: DType, shape: Shape) -> Result<Block> {
        super::room::check(&shape, dtype.size())?;
        let len = shape.len();
        Ok(Block::dense(shape, Data::zeros(dtype, len)))
    }

    /// A 1x1 block.
    pub fn scalar<T: Element>(value: T) -> Block {
        Block::dense(Shape::scalar(), T::wrap(vec![value]))
    }

    /// A row of elements.
    pub fn row<T: Element>(values: Vec<T>) -> Block {
        Block::dense(Shape::matrix(1, values.len()), T::wrap(values))
    }

    /// A column of elements.
    pub fn column<T: Element>(values: Vec<T>) -> Block {
        Block::dense(Shape::matrix(values.len(), 1), T::wrap(values))
    }

    /// A row of characters.
    pub fn text(text: &str) -> Block {
        Block::dense(
            Shape::matrix(if text.is_empty() { 0 } else { 1 }, text.len()),
            Data::Char(text.as_bytes().to_vec()),
        )
    }

    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    pub fn order(&self) -> Order {
        self.order
    }

    pub fn dtype(&self) -> DType {
        self.data.dtype()
    }

    pub fn data(&self) -> &Data {
        &self.data
    }

    pub fn data_mut(&mut self) -> &mut Data {
        &mut self.data
    }

    /// Changes elements and shape together; they must agree afterwards.
    pub fn edit<R>(&mut self, shape: Shape, change: impl FnOnce(&mut Data) -> R) -> R {
        let result = change(&mut self.data);
        assert_eq!(shape.len(), self.data.len(), "a block's elements must fill its shape");
        self.shape = shape;
        result
    }

    pub fn into_data(self) -> Data {
        self.data
    }

    pub fn len(&self) -> usize {
        self.data.len()
    }

    pub fn is_empty(&self) -> bool {
        self.data.is_empty()
    }

    /// Bytes of the elements.
    pub fn bytes(&self) -> usize {
        self.len() * self.dtype().size()
    }

    /// The elements, if they are of this type.
    pub fn slice<T: Element>(&self) -> Option<&[T]> {
        T::slice(&self.data)
    }

    /// The same elements under another shape of equal size (column-major blocks keep Octave's reshape).
    pub fn with_shape(mut self, shape: Shape) -> Block {
        assert_eq!(shape.len(), self.data.len(), "a reshape keeps the number of elements");
        self.shape = shape;
        self
    }

    /// The transpose of a matrix, without moving an element.
    pub fn transposed(mut self) -> Block {
        debug_assert_eq!(self.shape.rank(), 2);
        self.shape = Shape::matrix(self.shape.columns(), self.shape.rows());
        self.order = self.order.reversed();
        self
    }

    /// Whether both orders read the same elements in the same sequence (at most one extent above 1).
    pub fn is_order_free(&self) -> bool {
        self.shape.iter().filter(|&&d| d != 1).count() <= 1
    }

    /// Strides in elements, by axis.
    pub fn strides(&self) -> smallvec::SmallVec<[usize; 4]> {
        let rank = self.shape.rank();
        let mut strides = smallvec::SmallVec::from_elem(1, rank);
        match self.order {
            Order::F => (1..rank).for_each(|a| strides[a] = strides[a - 1] * self.shape[a - 1].max(1)),
            Order::C => (0..rank - 1).rev().for_each(|a| strides[a] = strides[a + 1] * self.shape[a + 1].max(1)),
        }
        strides
    }
}
