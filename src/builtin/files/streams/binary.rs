//! Numbers in bytes: `fread` and `fwrite`.

use super::stream::ByteOrder;
use super::{file, noted, source};
use crate::array::{Block, DType, Shape, room};
use crate::bail;
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{numbers, one, several};
use crate::builtin::text::bytes;
use crate::builtin::types::classes;
use crate::diag::Result;
use crate::store::bytes::swap;
use crate::value::Value;
use crate::value::convert::to_dtype;
use std::io::SeekFrom;

pub const TABLE: &[Builtin] =
    &[Builtin::new("fread", (1, 5), 2, fread, FREAD), Builtin::new("fwrite", (2, 5), 1, fwrite, FWRITE)];

const FREAD: &str = "\
`[X, COUNT] = fread (FID, SIZE, PRECISION, SKIP, ARCH)`

Numbers of a file, by default all its bytes. SIZE is how many, or `[ROWS, COLUMNS]` (Inf for as many as there are);
PRECISION their type, as \"int16\", \"int16=>single\" with the class of the result, \"*int16\" where that is the same, or
\"3*int16\" for SKIP bytes to be left out after three of them; ARCH their byte order.

    f = tmpfile (); fwrite (f, 1:3, \"int16\"); frewind (f); fread (f, [1 Inf], \"int16=>int16\"), fclose (f);
    % ans =
    %
    %   1  2  3";

const FWRITE: &str = "\
`COUNT = fwrite (FID, X, PRECISION, SKIP, ARCH)`

Writes the elements of an array as numbers of a type, by default as bytes; before each, SKIP bytes are left out.

    f = tmpfile (); fwrite (f, [1 256], \"uint16\", 0, \"ieee-be\"); frewind (f); fread (f)', fclose (f);
    % ans =
    %
    %    0   1   1   0";

/// A type of numbers in a file, by one of its many names.
fn element(name: &str) -> Option<DType> {
    Some(match name {
        "uchar" | "unsigned char" | "uint8" | "char" | "char*1" => DType::U8,
        "schar" | "signed char" | "int8" | "integer*1" => DType::I8,
        "short" | "int16" | "integer*2" => DType::I16,
        "ushort" | "unsigned short" | "uint16" => DType::U16,
        "int" | "int32" | "integer*4" | "long" => DType::I32,
        "uint" | "unsigned int" | "uint32" | "ulong" | "unsigned long" => DType::U32,
        "longlong" | "int64" | "integer*8" => DType::I64,
        "ulonglong" | "unsigned long long" | "uint64" => DType::U64,
        "single" | "float" | "float32" | "real*4" => DType::F32,
        "double" | "float64" | "real*8" => DType::F64,
        "logical" => DType::Bool,
        _ => return None,
    })
}

/// What a precision says: how many elements stand between skips, their type, and the class of the result.
struct Precision {
    block: usize,
    from: DType,
    to: DType,
}

impl Precision {
    fn parse(text: &str) -> Option<Precision> {
        let spaced = |t: &str| t.trim().to_lowercase();
        let class = |t: &str| if t == "char" { Some(DType::Char) } else { element(t) };
        if let Some(same) = text.trim().strip_prefix('*') {
            let same = spaced(same);
            return Some(Precision { block: 1, from: element(&same)?, to: class(&same)? });
        }
        let (block, rest) = match text.split_once('*') {
            Some((count, rest)) if count.trim().bytes().all(|c| c.is_ascii_digit()) && !count.trim().is_empty() => {
                (count.trim().parse().ok()?, rest)
            }
            _ => (1, text),
        };
        let (from, to) = match rest.split_once("=>") {
            Some((from, to)) => (element(&spaced(from))?, class(&spaced(to))?),
            None => (element(&spaced(rest))?, DType::F64),
        };
        Some(Precision { block, from, to })
    }
}

/// How many elements are wanted and in how many rows they stand; 0 rows are a column.
fn size(value: Option<&Value>) -> Result<Option<(usize, usize)>> {
    let Some(value) = value else { return Ok(Some((usize::MAX, 0))) };
    let count = |x: f64| if x.is_infinite() { usize::MAX } else { x as usize };
    Ok(match numbers("fread", value)?[..] {
        [] => Some((usize::MAX, 0)),
        [n] if n >= 0.0 => Some((count(n), 0)),
        [m, n] if m >= 0.0 && n >= 0.0 && m.is_finite() => Some((count(m).saturating_mul(count(n)), count(m).max(1))),
        _ => None,
    })
}

/// The byte order an argument names, or that of the file.
fn order(who: &str, arch: Option<&Value>, own: ByteOrder) -> Result<ByteOrder> {
    let Some(arch) = arch else { return Ok(own) };
    match arch.to_text().as_deref().and_then(ByteOrder::from_name) {
        Some(order) => Ok(order),
        None => bail!("{who}: invalid architecture type specified"),
    }
}

fn skip(who: &str, value: Option<&Value>) -> Result<i64> {
    match value.map_or(Some(0.0), Value::to_f64) {
        Some(x) if x == x.trunc() => Ok(x as i64),
        _ => bail!("{who}: SKIP must be an integer"),
    }
}

fn fread(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let mut args = args.to_vec();
    if args.get(1).is_some_and(|x| bytes(x).is_some()) {
        args.insert(1, Value::Num(f64::INFINITY));
    }
    if args.get(3).is_some_and(|x| bytes(x).is_some()) {
        args.insert(3, Value::Num(0.0));
    }
    let precision = args.get(2).map_or(Some("uint8".to_owned()), Value::to_text);
    let Some(precision) = precision.as_deref().and_then(Precision::parse) else {
        bail!("fread: invalid PRECISION specified");
    };
    let Some((most, rows)) = size(args.get(1))? else { bail!("fread: invalid SIZE specification") };
    let skip = skip("fread", args.get(3))?;
    let stream = source(host, "fread", &args[0])?;
    let order = order("fread", args.get(4), stream.order)?;
    let width = precision.from.size();
    let mut raw: Vec<u8> = Vec::new();
    if skip == 0 {
        let wanted = most.saturating_mul(width);
        let read =
            if wanted == usize::MAX || most == usize::MAX { stream.rest().map(|_| ()) } else { stream.want(wanted) };
        noted(stream, "fread", read);
        stream.ended |= most == usize::MAX;
        let whole = stream.waiting().len().min(wanted) / width * width;
        raw = stream.take(if whole < wanted { wanted } else { whole });
        raw.truncate(whole);
    } else {
        while raw.len() / width < most {
            let wanted = precision.block.max(1).min(most - raw.len() / width) * width;
            let read = stream.want(wanted);
            noted(stream, "fread", read);
            let piece = stream.take(wanted);
            raw.extend_from_slice(&piece[..piece.len() / width * width]);
            if piece.len() < wanted {
                break;
            }
            let moved = stream.seek(SeekFrom::Current(skip));
            if noted(stream, "fread", moved) != Some(true) {
                stream.ended = true;
                break;
            }
        }
    }
    if order == ByteOrder::Big {
        swap(&mut raw, precision.from);
    }
    let count = raw.len() / width;
    let shape = match (rows, count) {
        (0, 0) if most == usize::MAX => Shape::matrix(0, 1),
        (0, 0) => Shape::matrix(0, 0),
        (0, _) => Shape::matrix(count, 1),
        (_, 0) if most == usize::MAX => Shape::matrix(rows, 0),
        (_, 0) => Shape::matrix(0, 0),
        _ => Shape::matrix(rows, count.div_ceil(rows)),
    };
    room::check(&shape, width)?;
    raw.resize(shape.len() * width, 0);
    let carrier = if precision.from == DType::Bool { DType::U8 } else { precision.from };
    let Some(data) = classes::from_bytes(carrier, &raw) else { bail!("fread: invalid PRECISION specified") };
    let block = Block::dense(shape, data);
    let block = if block.dtype() == precision.to { block } else { to_dtype(&block, precision.to) };
    several([Value::block(block), count.into()])
}

fn fwrite(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let mut args = args.to_vec();
    if args.get(3).is_some_and(|x| bytes(x).is_some()) {
        args.insert(3, Value::Num(0.0));
    }
    let precision = args.get(2).map_or(Some("uint8".to_owned()), Value::to_text);
    let Some(precision) = precision.as_deref().and_then(Precision::parse) else {
        bail!("fwrite: invalid PRECISION specified");
    };
    let value = host.gather(&args[1])?;
    if value.dtype().is_none() {
        bail!("fwrite: wrong type argument '{}'", value.type_name());
    }
    let skip = skip("fwrite", args.get(3))?;
    let carrier = if precision.from == DType::Bool { DType::U8 } else { precision.from };
    let block = to_dtype(&*value.to_block()?, carrier);
    let mut raw = classes::bytes(block.data());
    let count = block.len();
    let own = file(host, "fwrite", &args[0])?.map_or(ByteOrder::Little, |stream| stream.order);
    if order("fwrite", args.get(4), own)? == ByteOrder::Big {
        swap(&mut raw, carrier);
    }
    let Some(stream) = file(host, "fwrite", &args[0])? else {
        let written = host.out().write_all(&raw);
        return one(if written.is_ok() { count } else { 0 });
    };
    if skip == 0 {
        let written = stream.write(&raw);
        return one(if noted(stream, "fwrite", written).is_some() { count } else { 0 });
    }
    for (done, element) in raw.chunks(carrier.size()).enumerate() {
        let written = leave_out(stream, skip).and_then(|()| stream.write(element));
        if noted(stream, "fwrite", written).is_none() {
            return one(done);
        }
    }
    one(count)
}

/// A file grows by at most so many bytes that nobody writes: a larger number is a slip.
const MOST_LEFT_OUT: u64 = 1 << 30;

/// Goes on so many bytes; behind the end of the file they are zero.
fn leave_out(stream: &mut super::stream::Stream, count: i64) -> std::io::Result<()> {
    if stream.seek(SeekFrom::Current(count))? {
        return Ok(());
    }
    let here = stream.position()?;
    stream.seek(SeekFrom::End(0))?;
    let missing = (here.saturating_add_signed(count)).saturating_sub(stream.position()?);
    if missing > MOST_LEFT_OUT {
        return Err(std::io::ErrorKind::FileTooLarge.into());
    }
    stream.write(&vec![0; missing as usize])
}
