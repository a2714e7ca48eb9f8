//! The values of the language.
//!
//! Scalars are unboxed; everything larger sits behind a shared pointer, so that a copy costs a count and a
//! change copies only what is shared (copy on write through `Arc::make_mut`). A large array that is still to
//! be computed is [`Value::Lazy`].
//!
//! Dense blocks in values are always column-major ([`Order::F`]) and never 1x1 real doubles or logicals where
//! [`Value::Num`] and [`Value::Bool`] would do: make values with the constructors here, which see to that.

pub mod assign;
pub mod cell;
pub mod concat;
pub mod convert;
pub mod decimal;
pub mod display;
pub mod escape;
pub mod format;
pub mod func;
pub mod index;
pub mod lazy;
pub mod map;
pub mod object;
pub mod range;
pub mod settings;
pub mod strukt;

pub use cell::Cell;
pub use func::Func;
pub use lazy::Lazy;
pub use map::Map;
pub use object::Object;
pub use range::Range;
pub use settings::Settings;
pub use strukt::Struct;

use crate::array::{Block, Complex64, DType, Data, Element, Order, Shape, room};
use crate::diag::{Fault, Result};
use crate::fault;
use std::borrow::Cow;
use std::sync::Arc;

/// How a character array was written; double quotes stay double through concatenation, as in Octave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quote {
    Single,
    Double,
}

/// Any value a variable can hold.
#[derive(Debug, Clone)]
pub enum Value {
    /// A real double.
    Num(f64),
    /// A logical scalar.
    Bool(bool),
    /// A dense array of any type but char, in memory.
    Array(Arc<Block>),
    /// A character array (bytes).
    Char(Arc<Block>, Quote),
    /// `a:s:b` that has not been changed.
    Range(Arc<Range>),
    /// A diagonal matrix (`eye (n)` and what keeps its form).
    Diag(Arc<Diagonal>),
    Cell(Arc<Cell>),
    Struct(Arc<Struct>),
    Func(Arc<Func>),
    /// `containers.Map`: a handle, copies share it.
    Map(Map),
    /// An object of another class: a handle, copies share it.
    Object(Object),
    /// An array that is computed when it is needed.
    Lazy(Lazy),
}

/// A rectangular matrix that is zero off its main diagonal.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagonal {
    pub rows: usize,
    pub columns: usize,
    /// `min(rows, columns)` elements, a column of double, single or complex type.
    pub diagonal: Block,
}

impl Diagonal {
    /// The full matrix.
    ///
    /// # Errors
    /// One that memory does not hold.
    pub fn full(&self) -> Result<Block> {
        let shape = Shape::matrix(self.rows, self.columns);
        room::check(&shape, self.diagonal.dtype().size())?;
        let mut data = Data::zeros(self.diagonal.dtype(), self.rows * self.columns);
        macro_rules! fill {
            ($($variant:ident),*) => {
                match (&mut data, self.diagonal.data()) {
                    $((Data::$variant(out), Data::$variant(d)) => {
                        for (i, &x) in d.iter().enumerate() {
                            out[i * self.rows + i] = x;
                        }
                    })*
                    _ => {}
                }
            };
        }
        fill!(F64, F32, C64, C32);
        Ok(Block::dense(shape, data))
    }
}

impl From<f64> for Value {
    fn from(x: f64) -> Value {
        Value::Num(x)
    }
}

impl From<bool> for Value {
    fn from(x: bool) -> Value {
        Value::Bool(x)
    }
}

impl From<usize> for Value {
    fn from(x: usize) -> Value {
        Value::Num(x as f64)
    }
}

impl From<&str> for Value {
    fn from(x: &str) -> Value {
        Value::text(x)
    }
}

impl From<String> for Value {
    fn from(x: String) -> Value {
        Value::text(&x)
    }
}

impl From<Block> for Value {
    fn from(x: Block) -> Value {
        Value::block(x)
    }
}

/// The identifier of [`gather_first`].
pub const GATHER_FIRST: &str = "arr:gather-first";

/// The identifier of the fault that refuses to bring an array into memory.
pub const OUT_OF_MEMORY: &str = "arr:out-of-memory";

/// The fault of a place that takes no lazy array. Who can gather does so and tries again.
pub fn gather_first(done: &str) -> Fault {
    fault!("a large array must be gathered before it can be {done} here: use gather (X)").id(GATHER_FIRST)
}

impl Value {
    /// A dense block as a value: column-major, real double and logical scalars unboxed, char as single-quoted.
    pub fn block(block: Block) -> Value {
        debug_assert!(block.order() == Order::F || block.is_order_free());
        match block.data() {
            Data::F64(v) if block.shape().is_scalar() => Value::Num(v[0]),
            Data::Bool(v) if block.shape().is_scalar() => Value::Bool(v[0]),
            Data::Char(_) => Value::Char(Arc::new(block), Quote::Single),
            _ => Value::Array(Arc::new(block)),
        }
    }

    /// As [`Value::block`], for a shared block.
    pub fn shared(block: Arc<Block>) -> Value {
        match block.data() {
            Data::F64(v) if block.shape().is_scalar() => Value::Num(v[0]),
            Data::Bool(v) if block.shape().is_scalar() => Value::Bool(v[0]),
            Data::Char(_) => Value::Char(block, Quote::Single),
            _ => Value::Array(block),
        }
    }

    /// A block that was computed: a complex one without any imaginary part is real, as every result is narrowed.
    pub fn result(block: Arc<Block>) -> Value {
        if block.dtype().is_complex() {
            Value::block(convert::narrow(Arc::unwrap_or_clone(block)))
        } else {
            Value::shared(block)
        }
    }

    /// A complex scalar; stays complex unless the imaginary part is zero (as a result is narrowed).
    pub fn complex(z: Complex64) -> Value {
        if z.im == 0.0 { Value::Num(z.re) } else { Value::Array(Arc::new(Block::scalar(z))) }
    }

    /// A single-quoted row of text; `''` is 0x0.
    pub fn text(text: &str) -> Value {
        Value::Char(Arc::new(Block::text(text)), Quote::Single)
    }

    /// A double-quoted row of text.
    pub fn dq_text(text: &str) -> Value {
        Value::Char(Arc::new(Block::text(text)), Quote::Double)
    }

    /// A row of doubles.
    pub fn row(values: Vec<f64>) -> Value {
        Value::block(Block::row(values))
    }

    /// A column of doubles.
    pub fn column(values: Vec<f64>) -> Value {
        Value::block(Block::column(values))
    }

    /// A double matrix from column-major elements.
    pub fn matrix(rows: usize, columns: usize, values: Vec<f64>) -> Value {
        Value::block(Block::dense(Shape::matrix(rows, columns), Data::F64(values)))
    }

    /// The 0x0 double.
    pub fn empty() -> Value {
        Value::Array(Arc::new(Block::dense(Shape::matrix(0, 0), Data::F64(Vec::new()))))
    }

    /// What `size(x)` says.
    pub fn shape(&self) -> Shape {
        match self {
            Value::Num(_) | Value::Bool(_) | Value::Func(_) | Value::Object(_) => Shape::scalar(),
            Value::Array(b) | Value::Char(b, _) => b.shape().clone(),
            Value::Range(r) => Shape::matrix(1, r.len()),
            Value::Diag(d) => Shape::matrix(d.rows, d.columns),
            Value::Cell(c) => c.shape().clone(),
            Value::Struct(s) => s.shape().clone(),
            Value::Map(m) => Shape::matrix(m.len(), 1),
            Value::Lazy(l) => l.shape().clone(),
        }
    }

    pub fn numel(&self) -> usize {
        match self {
            Value::Num(_) | Value::Bool(_) | Value::Func(_) | Value::Object(_) => 1,
            other => other.shape().len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.numel() == 0
    }

    pub fn is_scalar(&self) -> bool {
        match self {
            Value::Num(_) | Value::Bool(_) | Value::Func(_) | Value::Object(_) => true,
            other => other.shape().is_scalar(),
        }
    }

    /// The element type, where the value is an array of numbers, truth values or characters.
    pub fn dtype(&self) -> Option<DType> {
        Some(match self {
            Value::Num(_) | Value::Range(_) => DType::F64,
            Value::Bool(_) => DType::Bool,
            Value::Array(b) | Value::Char(b, _) => b.dtype(),
            Value::Diag(d) => d.diagonal.dtype(),
            Value::Lazy(l) => l.dtype(),
            Value::Cell(_) | Value::Struct(_) | Value::Func(_) | Value::Map(_) | Value::Object(_) => return None,
        })
    }

    /// What `class(x)` says.
    pub fn class(&self) -> &'static str {
        match self {
            Value::Cell(_) => "cell",
            Value::Struct(_) => "struct",
            Value::Func(_) => "function_handle",
            Value::Map(_) => "containers.Map",
            Value::Object(object) => object.0.name(),
            other => other.dtype().map_or("double", DType::class),
        }
    }

    /// What Octave's messages call this kind of value: `matrix`, `complex scalar`, `int32 matrix`, `bool`, `string`...
    pub fn type_name(&self) -> Cow<'static, str> {
        let scalar = self.is_scalar();
        match self {
            Value::Cell(_) => Cow::Borrowed("cell"),
            Value::Struct(_) if scalar => Cow::Borrowed("scalar struct"),
            Value::Struct(_) => Cow::Borrowed("struct"),
            Value::Func(_) => Cow::Borrowed("function handle"),
            Value::Map(_) | Value::Object(_) => Cow::Borrowed("object"),
            Value::Range(_) => Cow::Borrowed("range"),
            Value::Char(..) => Cow::Borrowed("string"),
            Value::Diag(d) if d.diagonal.dtype().is_complex() => Cow::Borrowed("complex diagonal matrix"),
            Value::Diag(_) => Cow::Borrowed("diagonal matrix"),
            other => match (other.dtype().unwrap_or(DType::F64), scalar) {
                (DType::F64, true) => Cow::Borrowed("scalar"),
                (DType::F64, false) => Cow::Borrowed("matrix"),
                (DType::F32, true) => Cow::Borrowed("float scalar"),
                (DType::F32, false) => Cow::Borrowed("float matrix"),
                (DType::C64, true) => Cow::Borrowed("complex scalar"),
                (DType::C64, false) => Cow::Borrowed("complex matrix"),
                (DType::C32, true) => Cow::Borrowed("float complex scalar"),
                (DType::C32, false) => Cow::Borrowed("float complex matrix"),
                (DType::Bool, true) => Cow::Borrowed("bool"),
                (DType::Bool, false) => Cow::Borrowed("bool matrix"),
                (DType::Char, _) => Cow::Borrowed("string"),
                (integer, true) => Cow::Owned(format!("{} scalar", integer.class())),
                (integer, false) => Cow::Owned(format!("{} matrix", integer.class())),
            },
        }
    }

    /// Numbers, truth values and characters as one dense block; ranges and diagonal matrices are filled in.
    ///
    /// Cells, structs, handles and maps are an error; so is a lazy array, which the caller must force first.
    pub fn to_block(&self) -> Result<Arc<Block>> {
        Ok(match self {
            Value::Num(x) => Arc::new(Block::scalar(*x)),
            Value::Bool(x) => Arc::new(Block::scalar(*x)),
            Value::Array(b) | Value::Char(b, _) => b.clone(),
            Value::Range(r) => {
                room::check(&self.shape(), DType::F64.size())?;
                Arc::new(r.full())
            }
            Value::Diag(d) => Arc::new(d.full()?),
            Value::Lazy(_) => return Err(gather_first("used")),
            other => {
                return Err(fault!("wrong type argument '{}'", other.type_name()).id("Octave:undefined-function"));
            }
        })
    }

    /// The real double in a numeric, logical or char scalar (of a complex one the real part).
    pub fn to_f64(&self) -> Option<f64> {
        match self {
            Value::Num(x) => Some(*x),
            Value::Bool(x) => Some(*x as u8 as f64),
            Value::Array(b) | Value::Char(b, _) if b.len() == 1 => Some(b.data().get_f64(0)),
            Value::Range(r) if r.len() == 1 => Some(r.start),
            Value::Diag(d) if d.rows == 1 && d.columns == 1 => Some(d.diagonal.data().get_f64(0)),
            _ => None,
        }
    }

    /// The text of a character row (or empty character array).
    pub fn to_text(&self) -> Option<String> {
        match self {
            Value::Char(b, _) if b.shape().rank() == 2 && (b.shape().rows() <= 1 || b.is_empty()) => match b.data() {
                Data::Char(v) => Some(String::from_utf8_lossy(v).into_owned()),
                _ => None,
            },
            _ => None,
        }
    }

    /// The elements of a dense array of exactly this type (not for unboxed scalars).
    pub fn elements<T: Element>(&self) -> Option<&[T]> {
        match self {
            Value::Array(b) => b.slice::<T>(),
            _ => None,
        }
    }
}
