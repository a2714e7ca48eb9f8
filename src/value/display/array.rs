//! Dense arrays of numbers and truth values, ranges and diagonal matrices.

use super::number::{NumberForm, Precision, Survey};
use super::printer::Printer;
use crate::array::{Block, Complex64, DType, Data, Shape};
use crate::value::{Diagonal, Range};
use std::fmt::Write as _;
use std::io;

/// What stands before each column, however wide the number.
const GAP: &str = "  ";

impl Printer<'_> {
    /// A real double as it stands behind `x = `.
    pub fn scalar(&mut self, x: f64, single: bool) -> io::Result<()> {
        let mut text = String::new();
        Precision::new(self.settings, single).scalar(x).write(&mut text, x);
        text.push('\n');
        self.out.write_all(text.as_bytes())
    }

    /// A scalar of any type as it stands behind `x = `.
    pub fn one(&mut self, data: &Data) -> io::Result<()> {
        match data {
            Data::F64(v) => self.scalar(v[0], false),
            Data::F32(v) => self.scalar(widen(v[0]), true),
            Data::C64(v) => self.complex_scalar(v[0], false),
            Data::C32(v) => self.complex_scalar(Complex64::new(widen(v[0].re), widen(v[0].im)), true),
            other => writeln!(self.out, "{}", whole(other, 0)),
        }
    }

    fn complex_scalar(&mut self, z: Complex64, single: bool) -> io::Result<()> {
        let forms = Precision::new(self.settings, single).complex_scalar(z.re, z.im);
        let mut text = String::new();
        write_complex(&mut text, forms, z);
        text.push('\n');
        self.out.write_all(text.as_bytes())
    }

    /// The rows of an array of two or more dimensions that is no scalar and not empty.
    pub fn array(&mut self, block: &Block) -> io::Result<()> {
        let shape = block.shape();
        let form = Whole::of(block.data());
        if shape.rank() > 2 {
            return self.pages(shape, &mut |p, start| p.matrix(block.data(), shape, start, form));
        }
        self.matrix(block.data(), shape, 0, form)
    }

    /// The matrix of `shape`'s first two extents that begins at an element of column-major data.
    fn matrix(&mut self, data: &Data, shape: &Shape, start: usize, form: Whole) -> io::Result<()> {
        let (rows, columns) = (shape.rows(), shape.columns());
        let range = start..start + rows * columns;
        let at = |row: usize, column: usize| start + row + column * rows;
        match data {
            Data::F64(_) | Data::F32(_) => {
                let x = |i: usize| real(data, i);
                let precision = Precision::new(self.settings, data.dtype() == DType::F32);
                let form = precision.matrix(&Survey::of(range.map(x)));
                self.real_grid(rows, columns, form, &|r, c| x(at(r, c)))
            }
            // A page of an n-d array that happens to be real is shown as one.
            Data::C64(_) | Data::C32(_) if shape.rank() > 2 && range.clone().all(|i| complex(data, i).im == 0.0) => {
                let x = |i: usize| complex(data, i).re;
                let precision = Precision::new(self.settings, data.dtype() == DType::C32);
                let form = precision.matrix(&Survey::of(range.map(x)));
                self.real_grid(rows, columns, form, &|r, c| x(at(r, c)))
            }
            Data::C64(_) | Data::C32(_) => {
                let z = |i: usize| complex(data, i);
                let precision = Precision::new(self.settings, data.dtype() == DType::C32);
                let forms = precision
                    .complex_matrix(&Survey::of(range.clone().map(|i| z(i).re)), &Survey::of(range.map(|i| z(i).im)));
                self.complex_grid(rows, columns, forms, &|r, c| Some(z(at(r, c))))
            }
            _ => self.grid(rows, columns, form.width + GAP.len(), &mut |line, r, c| {
                let _ = write!(line, "{GAP}{:>width$}", whole(data, at(r, c)), width = form.width);
            }),
        }
    }

    fn real_grid(
        &mut self,
        rows: usize,
        columns: usize,
        form: NumberForm,
        x: &dyn Fn(usize, usize) -> f64,
    ) -> io::Result<()> {
        self.grid(rows, columns, form.width + GAP.len(), &mut |line, r, c| {
            line.push_str(GAP);
            form.write(line, x(r, c));
        })
    }

    /// `None` stands for a zero off a diagonal, which is shown as a bare 0.
    fn complex_grid(
        &mut self,
        rows: usize,
        columns: usize,
        (re, im): (NumberForm, NumberForm),
        z: &dyn Fn(usize, usize) -> Option<Complex64>,
    ) -> io::Result<()> {
        let width = re.width + im.width + 4;
        // Octave counts one character more than a column has when it cuts rows.
        self.grid(rows, columns, GAP.len() + width + 1, &mut |line, r, c| {
            line.push_str(GAP);
            match z(r, c) {
                Some(z) => write_complex(line, (re, im), z),
                None => {
                    let _ = write!(line, "{:>width$}", 0);
                }
            }
        })
    }

    /// The row of a range that has at least two elements.
    pub fn range(&mut self, range: &Range) -> io::Result<()> {
        let ends = [range.start, range.limit];
        let mut survey = Survey::of(ends.into_iter());
        survey.whole = [range.start, range.step].iter().all(|x| *x == x.round());
        let form = Precision::new(self.settings, false).range(&survey);
        // Octave forgets the indentation of a range when it cuts the row.
        let width = form.width + GAP.len();
        self.grid_within(self.settings.columns, 1, range.len(), width, &mut |line, _, c| {
            line.push_str(GAP);
            form.write(line, range.get(c));
        })
    }

    /// The rows of a diagonal matrix under their heading.
    pub fn diagonal(&mut self, matrix: &Diagonal) -> io::Result<()> {
        self.out.write_all(b"Diagonal Matrix\n\n")?;
        let data = matrix.diagonal.data();
        let precision = Precision::new(self.settings, data.dtype().is_single());
        if data.dtype().is_complex() {
            let parts = |part: fn(Complex64) -> f64| Survey::of((0..data.len()).map(|i| part(complex(data, i))));
            let forms = precision.complex_matrix(&parts(|z| z.re), &parts(|z| z.im));
            self.complex_grid(matrix.rows, matrix.columns, forms, &|r, c| (r == c).then(|| complex(data, r)))?;
        } else {
            let form = precision.matrix(&Survey::of((0..data.len()).map(|i| real(data, i))));
            self.real_grid(matrix.rows, matrix.columns, form, &|r, c| if r == c { real(data, r) } else { 0.0 })?;
        }
        Ok(())
    }
}

/// `re + imi`; zeros of either sign are 0, the sign of the imaginary part stands apart.
pub(super) fn write_complex(out: &mut String, (re, im): (NumberForm, NumberForm), z: Complex64) {
    re.write(out, z.re);
    out.push_str(if z.im.is_sign_negative() && !z.im.is_nan() { " - " } else { " + " });
    im.write(out, if z.im.is_nan() { z.im } else { z.im.abs() });
    out.push('i');
}

/// A single as a double; `NA` stays `NA`.
fn widen(x: f32) -> f64 {
    const NA_BITS: u32 = 0x7FC2_07A2;
    if x.to_bits() == NA_BITS { super::number::NA } else { x as f64 }
}

fn real(data: &Data, at: usize) -> f64 {
    match data {
        Data::F32(v) => widen(v[at]),
        other => other.get_f64(at),
    }
}

fn complex(data: &Data, at: usize) -> Complex64 {
    match data {
        Data::C32(v) => Complex64::new(widen(v[at].re), widen(v[at].im)),
        other => other.get_c64(at),
    }
}

/// The text of an integer or truth value.
pub(super) fn whole(data: &Data, at: usize) -> i128 {
    match data {
        Data::I8(v) => v[at] as i128,
        Data::I16(v) => v[at] as i128,
        Data::I32(v) => v[at] as i128,
        Data::I64(v) => v[at] as i128,
        Data::U8(v) | Data::Char(v) => v[at] as i128,
        Data::U16(v) => v[at] as i128,
        Data::U32(v) => v[at] as i128,
        Data::U64(v) => v[at] as i128,
        Data::Bool(v) => v[at] as i128,
        other => other.get_f64(at) as i128,
    }
}

/// The width of integers: the digits of the largest magnitude, and one for a sign if any is negative.
#[derive(Debug, Clone, Copy)]
struct Whole {
    width: usize,
}

impl Whole {
    fn of(data: &Data) -> Whole {
        if !data.dtype().is_integer() && data.dtype() != DType::Bool {
            return Whole { width: 0 };
        }
        // Octave takes magnitudes in the type itself, where the least negative number has none.
        let least = match data.dtype() {
            DType::I8 => i8::MIN as i128,
            DType::I16 => i16::MIN as i128,
            DType::I32 => i32::MIN as i128,
            _ => i64::MIN as i128,
        };
        let (mut largest, mut negative) = (0u128, false);
        for x in (0..data.len()).map(|at| whole(data, at)).filter(|&x| x != least) {
            largest = largest.max(x.unsigned_abs());
            negative |= x < 0;
        }
        // Zeros alone count no digit, so that rows of them are cut late.
        let digits = largest.checked_ilog10().map_or(0, |n| n as usize + 1);
        Whole { width: digits + usize::from(negative) }
    }
}
