//! What a value looks like, byte for byte as Octave prints it.
//!
//! [`display`] prints a named value (a statement without semicolon), [`disp`] the value alone. Both are given the
//! settings that decide; neither remembers anything. A lazy array has no elements here: its header is
//! [`lazy_header`], and the corner that the session computes is shown by [`corner`].

mod array;
mod container;
mod lazy;
pub mod number;
mod printer;

pub use lazy::{corner, lazy_header};
pub use printer::columns_heading;

use super::{Func, Settings, Value};
use crate::array::{Block, Data};
use printer::Printer;
use std::io::{self, Write};

/// Levels of nested structs that are shown in full.
const STRUCT_LEVELS: i32 = 2;

/// Prints `name = value`, as a statement without semicolon does.
pub fn display(name: &str, value: &Value, settings: &Settings, out: &mut dyn Write) -> io::Result<()> {
    let mut printer = Printer { out, settings, indent: 0, struct_levels: STRUCT_LEVELS };
    match value {
        Value::Map(map) => {
            writeln!(printer.out, "{name} =\n")?;
            printer.map(map)?;
            printer.blank()
        }
        Value::Object(object) => writeln!(printer.out, "{name} =\n\n{}", object.0.text()),
        _ => printer.named(name, value),
    }
}

/// Prints a value without its name.
pub fn disp(value: &Value, settings: &Settings, out: &mut dyn Write) -> io::Result<()> {
    let mut printer = Printer { out, settings, indent: 0, struct_levels: STRUCT_LEVELS };
    match value {
        Value::Map(map) => printer.map(map),
        Value::Object(object) => write!(printer.out, "{}", object.0.text()),
        Value::Struct(s) if s.shape().is_scalar() => {
            printer.indent += 2;
            printer.fields(s)
        }
        Value::Struct(s) => {
            printer.indent += 2;
            printer.field_names(s)
        }
        _ if inline(value) => printer.inline(value),
        _ => printer.body(value),
    }
}

/// Whether a value stands on the line of its name.
fn inline(value: &Value) -> bool {
    match value {
        Value::Num(_) | Value::Bool(_) | Value::Lazy(_) => true,
        Value::Func(f) => matches!(**f, Func::Named(_)),
        Value::Char(b, _) => b.shape().rows() == 0 || (b.shape().rows() == 1 && b.shape().rank() == 2),
        Value::Array(b) => b.shape().is_scalar() || b.is_empty(),
        Value::Range(r) => r.len() < 2,
        Value::Diag(d) => d.rows * d.columns < 2,
        Value::Cell(c) => c.shape().is_empty() || c.shape().rank() > 2,
        Value::Struct(_) | Value::Map(_) | Value::Object(_) => false,
    }
}

impl Printer<'_> {
    /// A name and its value; a value of several lines is set off by a blank line on either side.
    fn named(&mut self, name: &str, value: &Value) -> io::Result<()> {
        if inline(value) {
            write!(self.out, "{:indent$}{name} = ", "", indent = self.indent)?;
            return self.inline(value);
        }
        self.line(&format!("{name} ="))?;
        if !matches!(value, Value::Cell(_)) && !self.settings.compact {
            self.blank()?;
        }
        self.body(value)?;
        self.blank()
    }

    /// A value that fits the line of its name.
    fn inline(&mut self, value: &Value) -> io::Result<()> {
        match value {
            Value::Num(x) => self.scalar(*x, false),
            Value::Bool(x) => writeln!(self.out, "{}", *x as u8),
            Value::Char(b, _) if b.shape().rank() == 2 => {
                self.out.write_all(bytes(b))?;
                self.blank()
            }
            Value::Array(b) if !b.is_empty() => self.one(b.data()),
            Value::Range(r) if r.len() == 1 => self.scalar(r.start, false),
            Value::Diag(d) if d.rows * d.columns == 1 => self.one(d.diagonal.data()),
            Value::Func(f) => writeln!(self.out, "{f:?}"),
            Value::Cell(c) if c.shape().rank() > 2 => writeln!(self.out, "{{{} Cell Array}}", c.shape()),
            Value::Lazy(l) => writeln!(self.out, "{}", lazy::summary(l)),
            other => {
                self.out.write_all(if matches!(other, Value::Cell(_)) { b"{}" } else { b"[]" })?;
                if self.settings.print_empty_dimensions {
                    write!(self.out, "({})", other.shape())?;
                }
                self.blank()
            }
        }
    }

    /// A value that takes lines of its own.
    fn body(&mut self, value: &Value) -> io::Result<()> {
        match value {
            Value::Array(b) => self.array(b),
            Value::Char(b, _) => self.text(b),
            Value::Range(r) => self.range(r),
            Value::Diag(d) => self.diagonal(d),
            Value::Cell(c) => self.cell(c),
            Value::Struct(s) => self.structure(s),
            Value::Map(m) => self.map_inside(m),
            Value::Object(object) => self.object(object),
            Value::Func(f) => match &**f {
                Func::Anonymous(closure) => writeln!(self.out, "{}", closure.code.text),
                Func::Named(name) => writeln!(self.out, "@{name}"),
            },
            Value::Num(_) | Value::Bool(_) | Value::Lazy(_) => self.inline(value),
        }
    }

    /// The rows of a character array, never indented.
    fn text(&mut self, block: &Block) -> io::Result<()> {
        let (rows, columns) = (block.shape().rows(), block.shape().columns());
        let chars = bytes(block);
        let page = |p: &mut Self, start: usize| {
            for row in 0..rows {
                let line: Vec<u8> = (0..columns).map(|c| chars[start + row + c * rows]).chain([b'\n']).collect();
                p.out.write_all(&line)?;
            }
            Ok(())
        };
        if block.shape().rank() > 2 {
            if block.is_empty() {
                return writeln!(self.out, "[]({})", block.shape());
            }
            return self.pages(block.shape(), &mut { page });
        }
        page(self, 0)
    }
}

/// The characters of a block.
fn bytes(block: &Block) -> &[u8] {
    match block.data() {
        Data::Char(v) => v,
        _ => &[],
    }
}

#[cfg(test)]
mod tests;
