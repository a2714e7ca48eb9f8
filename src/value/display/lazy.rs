//! Large arrays that wait: what is known of one without computing it, and its corner once that is computed.

use super::number::{Precision, Survey};
use crate::array::{Block, Data, amount};
use crate::value::{Lazy, Settings};
use std::io::{self, Write};

/// `1000000x1000 double, lazy, chunks 1000x1000, 8.0 GB`.
pub(super) fn summary(lazy: &Lazy) -> String {
    let meta = &lazy.0.meta;
    let chunks: Vec<String> = meta.chunks.iter().map(usize::to_string).collect();
    let class =
        if meta.dtype.is_complex() { format!("complex {}", meta.dtype.class()) } else { meta.dtype.class().to_owned() };
    format!("{} {class}, lazy, chunks {}, {}", meta.shape, chunks.join("x"), amount::bytes(meta.bytes()))
}

/// The line that stands for a lazy array, without a newline: `A = 1000000x1000 double, lazy, ...`.
pub fn lazy_header(name: &str, lazy: &Lazy) -> String {
    format!("{name} = {}", summary(lazy))
}

/// Prints the header and, below it, the top-left corner of the first page, with `...` towards what is not shown.
///
/// `block` is a column-major matrix of the array's first rows and columns; as many of its columns are shown as fit
/// the line.
pub fn corner(name: &str, lazy: &Lazy, block: &Block, settings: &Settings, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}\n", lazy_header(name, lazy))?;
    let (rows, columns) = (block.shape().rows(), block.shape().columns());
    let all = lazy.shape().columns();
    let mut shown = columns;
    let mut cells = texts(block, rows * shown, settings);
    let wide = |cells: &[String]| cells.iter().map(String::len).max().unwrap_or(0).max(3) + 3;
    let mut width = wide(&cells);
    if shown * width + if shown < all { width } else { 0 } > settings.columns {
        shown = (settings.columns.saturating_sub(width) / width).max(1).min(columns);
        // What is not shown has no say in how the rest is.
        cells = texts(block, rows * shown, settings);
        width = wide(&cells);
    }
    let more_right = shown < all;
    let more_below = rows < lazy.shape().rows();
    let mut line = String::new();
    for row in 0..rows + usize::from(more_below) {
        line.clear();
        for column in 0..shown {
            let text = if row < rows { cells[row + column * rows].as_str() } else { "..." };
            line.push_str(&format!("{text:>width$}"));
        }
        if more_right {
            line.push_str(&format!("{:>width$}", "..."));
        }
        writeln!(out, "{line}")?;
    }
    writeln!(out)
}

/// The first elements as text, in the form a matrix of them would have.
fn texts(block: &Block, count: usize, settings: &Settings) -> Vec<String> {
    let data = block.data();
    let precision = Precision::new(settings, data.dtype().is_single());
    let text = |write: &dyn Fn(&mut String)| {
        let mut out = String::new();
        write(&mut out);
        out.trim_start().to_owned()
    };
    let each = 0..count;
    match data {
        Data::F64(_) | Data::F32(_) => {
            let form = precision.matrix(&Survey::of(each.clone().map(|i| data.get_f64(i))));
            each.map(|i| text(&|o| form.write(o, data.get_f64(i)))).collect()
        }
        Data::C64(_) | Data::C32(_) => {
            let forms = precision.complex_matrix(
                &Survey::of(each.clone().map(|i| data.get_c64(i).re)),
                &Survey::of(each.clone().map(|i| data.get_c64(i).im)),
            );
            each.map(|i| text(&|o| super::array::write_complex(o, forms, data.get_c64(i)))).collect()
        }
        Data::Char(v) => each.map(|i| (v[i] as char).to_string()).collect(),
        _ => each.map(|i| super::array::whole(data, i).to_string()).collect(),
    }
}
