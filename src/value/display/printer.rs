//! What every kind of value is printed with: the indentation, the grid of columns, the pages of n-d arrays.

use crate::array::Shape;
use crate::value::Settings;
use std::io::{self, Write};

/// Text on its way out, and how far it is indented.
pub(super) struct Printer<'a> {
    pub out: &'a mut dyn Write,
    pub settings: &'a Settings,
    pub indent: usize,
    /// How many levels of structs are still shown in full.
    pub struct_levels: i32,
}

impl Printer<'_> {
    /// A line at the current indentation.
    pub fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{:indent$}{text}", "", indent = self.indent)
    }

    pub fn blank(&mut self) -> io::Result<()> {
        self.out.write_all(b"\n")
    }

    /// Rows of cells of one width, cut into bunches of columns where they do not fit what the indentation leaves of
    /// the line.
    pub fn grid(
        &mut self,
        rows: usize,
        columns: usize,
        width: usize,
        cell: &mut dyn FnMut(&mut String, usize, usize),
    ) -> io::Result<()> {
        self.grid_within(self.settings.columns.saturating_sub(self.indent), rows, columns, width, cell)
    }

    /// As [`Printer::grid`], for lines of a given width.
    pub fn grid_within(
        &mut self,
        room: usize,
        rows: usize,
        columns: usize,
        width: usize,
        cell: &mut dyn FnMut(&mut String, usize, usize),
    ) -> io::Result<()> {
        let fits = columns.saturating_mul(width) <= room || !self.settings.split_long_rows;
        let bunch = if fits { columns.max(1) } else { (room / width.max(1)).max(1) };
        let mut line = String::new();
        for first in (0..columns).step_by(bunch) {
            let last = (first + bunch).min(columns);
            if !fits {
                if first > 0 {
                    self.blank()?;
                }
                self.line(&columns_heading(first + 1, last))?;
                self.blank()?;
            }
            for row in 0..rows {
                line.clear();
                line.extend(std::iter::repeat_n(' ', self.indent));
                for column in first..last {
                    cell(&mut line, row, column);
                }
                line.push('\n');
                self.out.write_all(line.as_bytes())?;
            }
        }
        Ok(())
    }

    /// Every page of an n-d array under its heading; `page` prints the matrix that begins at an element.
    pub fn pages(&mut self, shape: &Shape, page: &mut dyn FnMut(&mut Self, usize) -> io::Result<()>) -> io::Result<()> {
        let size = shape.rows() * shape.columns();
        let count = shape.len() / size.max(1);
        let mut at = vec![1usize; shape.rank() - 2];
        for number in 0..count {
            let place: Vec<String> = at.iter().map(usize::to_string).collect();
            self.line(&format!("ans(:,:,{}) =", place.join(",")))?;
            self.blank()?;
            page(self, number * size)?;
            if number + 1 < count {
                self.blank()?;
            }
            for (axis, index) in at.iter_mut().enumerate() {
                *index += 1;
                if *index <= shape.extent(axis + 2) {
                    break;
                }
                *index = 1;
            }
        }
        Ok(())
    }
}

/// What stands above a bunch of columns, counted from 1.
pub fn columns_heading(first: usize, last: usize) -> String {
    match last - first {
        0 => format!(" Column {last}:"),
        1 => format!(" Columns {first} and {last}:"),
        _ => format!(" Columns {first} through {last}:"),
    }
}
