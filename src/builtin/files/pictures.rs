//! Pictures: arrays written to PNG files and read back, and colour maps.

use crate::array::{Block, Data, Shape};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{numbers, several, text, usage};
use crate::diag::{Fault, Result};
use crate::store::replace_file;
use crate::value::Value;
use crate::{bail, fault};
use png::{BitDepth, ColorType, Decoder, DecodingError, Encoder, Limits, Transformations};
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;

const MAPS_SOURCE: &str = include_str!("../library/pictures.arr");

pub const TABLE: &[Builtin] = &[
    Builtin::new(
        "imwrite",
        (2, 4),
        0,
        imwrite,
        "`imwrite (IMG, FILE)`, `imwrite (IMG, MAP, FILE)`, `imwrite (..., \"png\")`\n\nWrites a picture as a PNG file. IMG is a matrix of grey \
         values, an array of M x N x 3 red, green and blue values, or, with a colour map MAP, a matrix of row numbers of MAP (from 1 where IMG \
         is floating point, from 0 where it is integer). Floating point values from 0 to 1 become 16 bits, uint8 and uint16 are kept, truth \
         values become one bit. An array X of any range is scaled by `(X - min (X(:))) / range (X(:))`.\n\n\
         \x20   f = [tempname(), \".png\"];\n\x20   imwrite (uint8 ([0 128; 64 255]), f);\n\x20   imread (f)\n\
         \x20   % ans =\n\x20   %\n\x20   %     0  128\n\x20   %    64  255\n\x20   delete (f)",
    ),
    Builtin::new(
        "imread",
        (1, 2),
        2,
        imread,
        "`IMG = imread (FILE)`, `[IMG, MAP] = imread (FILE)`\n\nReads a PNG file: a matrix of grey values, an array of M x N x 3 colours, or row \
         numbers of a colour map MAP, from 0. IMG is uint8, uint16, or logical where the file has one bit for each point; transparency is left \
         out.\n\n\
         \x20   f = [tempname(), \".png\"];\n\x20   imwrite ([1 2; 2 1], [0 0 0; 1 0 0], f);\n\x20   [x, map] = imread (f)\n\
         \x20   % x =\n\x20   %\n\x20   %   0  1\n\x20   %   1  0\n\x20   %\n\x20   % map =\n\x20   %\n\
         \x20   %    0   0   0\n\x20   %    1   0   0\n\x20   %\n\x20   delete (f)",
    ),
    Builtin::in_language(
        "gray",
        (0, 1),
        1,
        MAPS_SOURCE,
        "`MAP = gray (N)`\n\nThe colour map from black to white, N rows (64 without N).\n\n    gray (2)\n    % ans =\n    %\n    %    0   0   0\n    %    1   1   1\n",
    ),
    Builtin::in_language(
        "hot",
        (0, 1),
        1,
        MAPS_SOURCE,
        "`MAP = hot (N)`\n\nThe colour map from black over red and yellow to white, N rows (64 without N).\n\n    hot (3)\n    % ans =\n    %\n    %    1   0   0\n    %    1   1   0\n    %    1   1   1\n",
    ),
    Builtin::in_language(
        "jet",
        (0, 1),
        1,
        MAPS_SOURCE,
        "`MAP = jet (N)`\n\nThe colour map from blue over cyan and yellow to red, N rows (64 without N).\n\n    jet (4)\n    % ans =\n    %\n    %    0   0   1\n    %    0   1   1\n    %    1   1   0\n    %    1   0   0\n",
    ),
];

/// A picture as a file holds it: rows of points, from the top.
struct Picture {
    width: u32,
    height: u32,
    color: ColorType,
    depth: BitDepth,
    /// Red, green and blue of each colour, where points are numbers of colours.
    palette: Option<Vec<u8>>,
    data: Vec<u8>,
}

fn imwrite(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let img = &args[0];
    if !matches!(img, Value::Char(..)) && img.dtype().is_none() {
        return Err(usage("imwrite"));
    }
    // IMG, or IMG and MAP; then the name, and perhaps the format.
    let (map, rest) = match &args[1] {
        Value::Char(..) => (None, &args[1..]),
        map => (Some(color_map(map)?), &args[2..]),
    };
    let name = match rest.first() {
        Some(name) => text("imwrite", "FILENAME", name)?,
        None => bail!("imwrite: no FILENAME specified"),
    };
    let format = match rest.get(1) {
        Some(format) => text("imwrite", "EXT", format)?,
        None => match Path::new(&name).extension() {
            Some(extension) => extension.to_string_lossy().into_owned(),
            None => bail!("imwrite: no extension found for {name} to identify the image format"),
        },
    };
    if rest.len() > 2 {
        return Err(usage("imwrite"));
    }
    if !format.trim_start_matches('.').eq_ignore_ascii_case("png") {
        return Err(fault!("imwrite: no way to write the image format {format}").hint("pictures are written as .png"));
    }
    let block = img.to_block()?;
    if block.is_empty() {
        bail!("imwrite: invalid empty image");
    }
    let picture = match map {
        Some(map) => indexed(host, &block, &map)?,
        None => direct(&block)?,
    };
    replace_file(Path::new(&name), |file| encode(&picture, file))?;
    Ok(Values::new())
}

/// Writes a picture as PNG.
fn encode(picture: &Picture, file: &mut File) -> std::io::Result<()> {
    let mut encoder = Encoder::new(BufWriter::new(file), picture.width, picture.height);
    encoder.set_color(picture.color);
    encoder.set_depth(picture.depth);
    if let Some(palette) = &picture.palette {
        encoder.set_palette(palette.as_slice());
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&picture.data)?;
    Ok(writer.finish()?)
}

/// The extents of a picture and the number of its colours.
fn extents(shape: &Shape) -> Result<(usize, usize, usize)> {
    let colors = if shape.rank() > 2 { shape.extent(2) } else { 1 };
    if !matches!(colors, 1 | 3) || shape.rank() > 3 {
        return Err(fault!("imwrite: IMG 3rd dimension must be 1, 3, or 4")
            .hint("a .png picture is M x N grey values or M x N x 3 colours; it has no CMYK and no frames"));
    }
    let (height, width) = (shape.rows(), shape.extent(1));
    if height > i32::MAX as usize || width > i32::MAX as usize {
        bail!("imwrite: a picture of {height} x {width} points is larger than the format allows");
    }
    Ok((height, width, colors))
}

/// The elements of a column-major block in the order of a file: point after point, row after row.
fn points(block: &Block, (height, width, colors): (usize, usize, usize)) -> impl Iterator<Item = usize> + use<> {
    debug_assert_eq!(block.len(), height * width * colors);
    (0..height).flat_map(move |row| {
        (0..width).flat_map(move |column| (0..colors).map(move |color| row + height * (column + width * color)))
    })
}

/// A picture of grey values or of colours.
fn direct(block: &Block) -> Result<Picture> {
    let extents = extents(block.shape())?;
    let (height, width, colors) = extents;
    let order = points(block, extents);
    let mut depth = BitDepth::Eight;
    let data = match block.data() {
        Data::U8(v) => order.map(|at| v[at]).collect(),
        Data::Bool(v) if colors == 1 => {
            depth = BitDepth::One;
            let rows: Vec<bool> = order.map(|at| v[at]).collect();
            rows.chunks(width).flat_map(packed).collect()
        }
        Data::Bool(v) => order.map(|at| if v[at] { 255 } else { 0 }).collect(),
        data => {
            depth = BitDepth::Sixteen;
            let value = |at: usize| match data {
                Data::U16(v) => Ok(v[at]),
                Data::F64(_) | Data::F32(_) => Ok(sample(data.get_f64(at))),
                _ => Err(fault!("imwrite: a {} array is no picture", data.dtype().class())
                    .hint("double and single values from 0 to 1, uint8, uint16 and logical arrays are")),
            };
            let mut bytes = Vec::with_capacity(2 * block.len());
            for at in order {
                bytes.extend(value(at)?.to_be_bytes());
            }
            bytes
        }
    };
    let color = if colors == 3 { ColorType::Rgb } else { ColorType::Grayscale };
    Ok(Picture { width: width as u32, height: height as u32, color, depth, palette: None, data })
}

/// A value from 0 to 1 in 16 bits; NaN is black.
fn sample(x: f64) -> u16 {
    (x.clamp(0.0, 1.0) * u16::MAX as f64).round() as u16
}

/// Truth values as bits, the first in the highest.
fn packed(row: &[bool]) -> Vec<u8> {
    row.chunks(8)
        .map(|bits| bits.iter().enumerate().fold(0, |byte, (at, &bit)| byte | (u8::from(bit) << (7 - at))))
        .collect()
}

/// Rows of red, green and blue as bytes.
fn color_map(map: &Value) -> Result<Vec<[u8; 3]>> {
    let shape = map.shape();
    let values = if map.dtype().is_some() { numbers("imwrite", map)? } else { Vec::new() };
    let rows = shape.rows();
    let fits = shape.rank() == 2 && shape.extent(1) == 3 && rows > 0 && values.len() == shape.len();
    if !fits || !values.iter().all(|v| (0.0..=1.0).contains(v)) {
        return Err(fault!("imwrite: MAP must be a colormap")
            .hint("a colour map has three columns of values from 0 to 1, as jet (64) makes one"));
    }
    // Cut to 16 bits first, as Octave does: the middle of the scale is 127.
    let byte = |value: f64| ((value * u16::MAX as f64).floor() / 257.0).round() as u8;
    Ok((0..rows).map(|row| [0, 1, 2].map(|color| byte(values[row + color * rows]))).collect())
}

/// A picture whose points are numbers of colours.
fn indexed(host: &mut dyn Host, block: &Block, map: &[[u8; 3]]) -> Result<Picture> {
    let extents = extents(block.shape())?;
    let (height, width, colors) = extents;
    if colors != 1 {
        bail!("imwrite: an image with a colormap must be a matrix");
    }
    let first = if block.dtype().is_float() { 1.0 } else { 0.0 };
    // A negative number or NaN is the first colour.
    let number = |at: usize| (block.data().get_f64(at) - first).max(0.0) as usize;
    let numbers: Vec<usize> = points(block, extents).map(number).collect();
    let beyond = numbers.iter().any(|&n| n >= map.len());
    if beyond {
        host.warn("", "imwrite: MAP has not enough colors.  Filling with black");
    }
    let (width, height) = (width as u32, height as u32);
    let depth = BitDepth::Eight;
    // A palette has 256 colours at most, one of which may have to be the black of those that are not there.
    if map.len() + usize::from(beyond) <= 256 {
        let mut palette: Vec<u8> = map.concat();
        if beyond {
            palette.extend([0; 3]);
        }
        let data = numbers.into_iter().map(|n| n.min(map.len()) as u8).collect();
        return Ok(Picture { width, height, color: ColorType::Indexed, depth, palette: Some(palette), data });
    }
    let data = numbers.into_iter().flat_map(|n| map.get(n).copied().unwrap_or_default()).collect();
    Ok(Picture { width, height, color: ColorType::Rgb, depth, palette: None, data })
}

fn imread(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let name = text("imread", "FILENAME", &args[0])?;
    if !Path::new(&name).is_file() {
        bail!("imread: unable to find file '{name}'");
    }
    let wrong = |e: DecodingError| -> Fault {
        fault!("imread: {name}: not a PNG picture that can be read: {e}").hint("pictures are read from .png files")
    };
    let file = File::open(&name).map_err(|e| fault!("imread: {name}: cannot be read: {e}"))?;
    let room = usize::try_from(host.arrays().budget()).unwrap_or(usize::MAX);
    let mut decoder = Decoder::new_with_limits(BufReader::new(file), Limits { bytes: room });
    // Samples below a byte stay packed only where they are read as truth values.
    decoder.set_transformations(Transformations::IDENTITY);
    let mut reader = decoder.read_info().map_err(wrong)?;
    let size = reader.output_buffer_size().filter(|&size| size <= room);
    let size = size.ok_or_else(|| fault!("imread: {name}: larger than the memory budget"))?;
    let mut bytes = vec![0; size];
    let frame = reader.next_frame(&mut bytes).map_err(wrong)?;
    let palette = reader.info().palette.as_ref().map(|palette| palette.to_vec());
    let (width, height, line) = (frame.width as usize, frame.height as usize, frame.line_size);
    let samples = frame.color_type.samples();
    // Without the channel of transparency.
    let colors = if samples > 2 { 3 } else { 1 };
    let bits = frame.bit_depth as usize;
    let at = |row: usize, column: usize, color: usize| -> u16 {
        let place = column * samples + color;
        let start = row * line;
        match bits {
            16 => u16::from_be_bytes([bytes[start + 2 * place], bytes[start + 2 * place + 1]]),
            8 => bytes[start + place] as u16,
            _ => (bytes[start + place * bits / 8] >> (8 - bits - place * bits % 8)) as u16 & ((1 << bits) - 1),
        }
    };
    let mut values = Vec::with_capacity(height * width * colors);
    for color in 0..colors {
        for column in 0..width {
            values.extend((0..height).map(|row| at(row, column, color)));
        }
    }
    let grey = frame.color_type == ColorType::Grayscale;
    // Grey values of two or four bits are spread over a byte.
    let factor = if grey && matches!(bits, 2 | 4) { 255 / ((1 << bits) - 1) } else { 1 };
    let data = match bits {
        16 => Data::U16(values),
        1 if grey => Data::Bool(values.into_iter().map(|v| v != 0).collect()),
        _ => Data::U8(values.into_iter().map(|v| (v * factor) as u8).collect()),
    };
    let shape = if colors == 3 { Shape::new(&[height, width, 3]) } else { Shape::matrix(height, width) };
    let map = match palette {
        Some(palette) if frame.color_type == ColorType::Indexed => {
            let rows = palette.len() / 3;
            let value = |k: usize| palette[k % rows * 3 + k / rows] as f64 / 255.0;
            Value::matrix(rows, 3, (0..3 * rows).map(value).collect())
        }
        _ => Value::empty(),
    };
    several([Value::block(Block::dense(shape, data)), map])
}
