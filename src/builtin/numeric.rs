//! Dense numeric arguments as plain doubles or complex doubles, and results back in the class they belong to.
//!
//! Most functions of the numeric families compute in double precision whatever float class they are given; what is
//! single on the way in is rounded to single on the way out.

use super::Host;
use super::math::Mat;
use super::ops::{elementwise, lazy};
use crate::array::{Block, Complex64, DType, Data, Shape, room};
use crate::diag::Result;
use crate::fault;
use crate::value::Value;
use crate::value::convert::narrow;

/// Real or complex doubles.
#[derive(Debug, Clone)]
pub enum Elements {
    Real(Vec<f64>),
    Complex(Vec<Complex64>),
}

/// A float array widened to double precision.
#[derive(Debug, Clone)]
pub struct Wide {
    pub shape: Shape,
    pub single: bool,
    pub elements: Elements,
}

impl Wide {
    /// The argument of a function named `who`; text, truth values and integers count as doubles.
    pub fn new(host: &mut dyn Host, x: &Value, who: &str) -> Result<Wide> {
        let x = lazy::gathered(host, x, who)?;
        if x.dtype().is_none() {
            return Err(wrong_type(who, &x));
        }
        Ok(Wide::of(&*x.to_block()?))
    }

    pub fn of(block: &Block) -> Wide {
        let data = block.data();
        room::ensure_shape(block.shape(), if block.dtype().is_complex() { 16 } else { 8 });
        let elements = match data {
            Data::F64(v) => Elements::Real(v.clone()),
            Data::C64(v) => Elements::Complex(v.clone()),
            Data::C32(_) => Elements::Complex((0..data.len()).map(|i| data.get_c64(i)).collect()),
            _ => Elements::Real((0..data.len()).map(|i| data.get_f64(i)).collect()),
        };
        Wide { shape: block.shape().clone(), single: block.dtype().is_single(), elements }
    }

    pub fn len(&self) -> usize {
        self.shape.len()
    }

    pub fn is_empty(&self) -> bool {
        self.shape.is_empty()
    }

    pub fn is_complex(&self) -> bool {
        matches!(self.elements, Elements::Complex(_))
    }

    /// The unit roundoff of the class the argument had.
    pub fn epsilon(&self) -> f64 {
        if self.single { f32::EPSILON as f64 } else { f64::EPSILON }
    }

    /// Real parts.
    pub fn re(&self) -> Vec<f64> {
        room::ensure_shape(&self.shape, 8);
        match &self.elements {
            Elements::Real(v) => v.clone(),
            Elements::Complex(v) => v.iter().map(|z| z.re).collect(),
        }
    }

    /// All elements as complex numbers.
    pub fn complex(&self) -> Vec<Complex64> {
        room::ensure_shape(&self.shape, 16);
        match &self.elements {
            Elements::Real(v) => v.iter().map(|&x| Complex64::new(x, 0.0)).collect(),
            Elements::Complex(v) => v.clone(),
        }
    }

    /// The real elements, or the complaint that they are complex.
    pub fn real(self, who: &str) -> Result<Vec<f64>> {
        match self.elements {
            Elements::Real(v) => Ok(v),
            Elements::Complex(_) => Err(fault!("{who}: not defined for complex arguments")),
        }
    }

    /// Rows and columns of the matrix that the array is (N-d arrays by folding the trailing dimensions).
    pub fn extents(&self) -> (usize, usize) {
        let rows = self.shape.rows();
        (rows, if self.shape.rank() == 2 { self.shape.columns() } else { self.shape[1..].iter().product() })
    }

    pub fn matrix(self) -> Matrix {
        let (m, n) = self.extents();
        match self.elements {
            Elements::Real(v) => Matrix::Real(Mat::new(m, n, v)),
            Elements::Complex(v) => Matrix::Complex(Mat::new(m, n, v)),
        }
    }
}

/// A plain matrix of either field.
#[derive(Debug, Clone)]
pub enum Matrix {
    Real(Mat<f64>),
    Complex(Mat<Complex64>),
}

/// Runs one generic expression on the matrix inside a [`Matrix`].
#[macro_export]
macro_rules! each_matrix {
    ($matrix:expr, $m:ident => $body:expr) => {
        match $matrix {
            $crate::builtin::numeric::Matrix::Real($m) => $body,
            $crate::builtin::numeric::Matrix::Complex($m) => $body,
        }
    };
}

impl Matrix {
    pub fn complex(&self) -> Mat<Complex64> {
        each_matrix!(self, m => m.to_complex())
    }
}

/// The wrong kind of argument.
pub fn wrong_type(who: &str, x: &Value) -> crate::diag::Fault {
    fault!("{who}: wrong type argument '{}'", x.type_name())
}

/// A matrix as a value of class double or single, real where it can be.
pub trait IntoValue {
    fn into_value(self, single: bool) -> Value;
}

impl IntoValue for Mat<f64> {
    fn into_value(self, single: bool) -> Value {
        real(Shape::matrix(self.rows, self.cols), self.a, single)
    }
}

impl IntoValue for Mat<Complex64> {
    fn into_value(self, single: bool) -> Value {
        complex(Shape::matrix(self.rows, self.cols), self.a, single)
    }
}

impl IntoValue for Matrix {
    fn into_value(self, single: bool) -> Value {
        each_matrix!(self, m => m.into_value(single))
    }
}

/// Doubles as a value, rounded if `single`.
pub fn real(shape: Shape, values: Vec<f64>, single: bool) -> Value {
    let data = if single { Data::F32(values.into_iter().map(|x| x as f32).collect()) } else { Data::F64(values) };
    Value::block(Block::dense(shape, data))
}

/// Complex doubles as a value, real where all imaginary parts are zero, rounded if `single`.
pub fn complex(shape: Shape, values: Vec<Complex64>, single: bool) -> Value {
    let block = narrow(Block::dense(shape, Data::C64(values)));
    Value::block(if single { elementwise::to_single(block) } else { block })
}

/// Doubles as a value of any real class, rounded and saturated as conversion does.
pub fn of_class(shape: Shape, values: Vec<f64>, dtype: DType) -> Value {
    Value::shared(elementwise::convert(std::sync::Arc::new(Block::dense(shape, Data::F64(values))), dtype))
}

/// The product of elements of which one is real where its imaginary part is zero: NaN stays in the part it is in.
pub fn times(x: Complex64, y: Complex64) -> Complex64 {
    match (x.im == 0.0, y.im == 0.0) {
        (true, true) => Complex64::new(x.re * y.re, 0.0),
        (true, _) => Complex64::new(x.re * y.re, x.re * y.im),
        (_, true) => Complex64::new(x.re * y.re, x.im * y.re),
        _ => x * y,
    }
}
