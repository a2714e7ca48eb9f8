//! Numbers from one class to another: conversions, reinterpretation of bytes, and functions on single bits.

use crate::array::{Block, Complex32, Complex64, DType, Data, ScalarFn, Shape, room};
use crate::builtin::api::{Builtin, Call, Host, Values};
use crate::builtin::args::{one, usage};
use crate::builtin::ops::elementwise::Who;
use crate::builtin::ops::{elementwise::no_truth_in_nan, lazy};
use crate::diag::Result;
use crate::fault;
use crate::value::Value;

/// `int8 (x)`, `double (x)`, ...
fn convert(host: &mut dyn Host, who: &str, to: DType, args: &[Value], call: Call) -> Result<Values> {
    let x = &args[0];
    let Some(from) = x.dtype() else {
        return Err(fault!("{who}: wrong type argument '{}'", x.type_name()));
    };
    if to == DType::Bool {
        no_truth_in_nan(x)?;
        if from == DType::Char {
            return Err(fault!("logical: wrong type argument 'string'"));
        }
        if from.is_complex() {
            return Err(fault!("logical: wrong type argument 'complex matrix'"));
        }
    }
    let to = if from.is_complex() && to.is_float() { to.complex() } else { to };
    if from.is_complex() && to.is_integer() {
        let real = lazy::elementwise(host, ScalarFn::Real, &[x], Who::Function("real"), call.span)?;
        return one(lazy::cast(host, &real, to, call.span)?);
    }
    if let Value::Diag(d) = x
        && to.is_float()
    {
        let diagonal = crate::value::convert::to_dtype(&d.diagonal, to);
        return one(crate::builtin::ops::diagonal::value(d.rows, d.columns, diagonal));
    }
    if let (Value::Range(_), DType::F64) = (x, to) {
        return one(x.clone());
    }
    if from == to {
        return one(match x {
            Value::Char(b, _) => Value::shared(b.clone()),
            other => other.clone(),
        });
    }
    one(lazy::cast(host, x, to, call.span)?)
}

macro_rules! class {
    ($name:literal, $dtype:ident, $help:literal, $example:literal) => {
        Builtin::new(
            $name,
            (1, 1),
            1,
            |host, args, call| convert(host, $name, DType::$dtype, args, call),
            concat!($name, " (X)\n\n", $help, "\n\n    ", $example, "\n"),
        )
    };
}

/// `cast (x, class)`.
fn cast(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let word = args[1].to_text().filter(|_| matches!(args[1], Value::Char(..)));
    let name = match (args.get(2), word) {
        (Some(like), Some(word)) if word.eq_ignore_ascii_case("like") => like.class().to_owned(),
        (Some(_), _) => return Err(usage("cast")),
        (None, Some(name)) => name,
        (None, None) => return Err(fault!("cast: TYPE must be a string")),
    };
    if args[0].dtype().is_none() {
        return Err(fault!("cast: type conversion from '{}' is not supported", args[0].class()));
    }
    let dtype = DType::from_class(&name).ok_or_else(|| fault!("cast: type conversion to '{name}' is not supported"))?;
    if dtype == DType::Char {
        let block = crate::value::convert::block_as(&args[0], DType::Char)?;
        return one(block);
    }
    convert(host, "cast", dtype, &args[..1], call)
}

/// The bytes of the elements, little-endian.
pub(in crate::builtin) fn bytes(data: &Data) -> Vec<u8> {
    macro_rules! plain {
        ($v:expr) => {
            $v.iter().flat_map(|x| x.to_le_bytes()).collect()
        };
    }
    match data {
        Data::F64(v) => plain!(v),
        Data::F32(v) => plain!(v),
        Data::I8(v) => plain!(v),
        Data::I16(v) => plain!(v),
        Data::I32(v) => plain!(v),
        Data::I64(v) => plain!(v),
        Data::U8(v) | Data::Char(v) => v.clone(),
        Data::U16(v) => plain!(v),
        Data::U32(v) => plain!(v),
        Data::U64(v) => plain!(v),
        Data::Bool(v) => v.iter().map(|&b| b as u8).collect(),
        Data::C64(v) => v.iter().flat_map(|z| [z.re.to_le_bytes(), z.im.to_le_bytes()].concat()).collect(),
        Data::C32(v) => v.iter().flat_map(|z| [z.re.to_le_bytes(), z.im.to_le_bytes()].concat()).collect(),
    }
}

/// Elements from bytes; `None` if they do not divide.
pub(in crate::builtin) fn from_bytes(dtype: DType, bytes: &[u8]) -> Option<Data> {
    if !bytes.len().is_multiple_of(dtype.size()) {
        return None;
    }
    macro_rules! plain {
        ($t:ty, $variant:ident) => {
            Data::$variant(
                bytes
                    .chunks_exact(size_of::<$t>())
                    .filter_map(|c| c.try_into().ok().map(<$t>::from_le_bytes))
                    .collect(),
            )
        };
    }
    Some(match dtype {
        DType::F64 => plain!(f64, F64),
        DType::F32 => plain!(f32, F32),
        DType::I8 => plain!(i8, I8),
        DType::I16 => plain!(i16, I16),
        DType::I32 => plain!(i32, I32),
        DType::I64 => plain!(i64, I64),
        DType::U8 => Data::U8(bytes.to_vec()),
        DType::U16 => plain!(u16, U16),
        DType::U32 => plain!(u32, U32),
        DType::U64 => plain!(u64, U64),
        DType::Bool => Data::Bool(bytes.iter().map(|&b| b != 0).collect()),
        DType::Char => Data::Char(bytes.to_vec()),
        DType::C64 => {
            let Data::F64(v) = plain!(f64, F64) else { return None };
            Data::C64(v.chunks_exact(2).map(|p| Complex64::new(p[0], p[1])).collect())
        }
        DType::C32 => {
            let Data::F32(v) = plain!(f32, F32) else { return None };
            Data::C32(v.chunks_exact(2).map(|p| Complex32::new(p[0], p[1])).collect())
        }
    })
}

/// `typecast (x, class)`: the same bytes read as another class.
fn typecast(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let x = lazy::gathered(host, &args[0], "typecast")?;
    let name = args[1].to_text().ok_or_else(|| fault!("typecast: TYPE must be a string"))?;
    let dtype = match name.as_str() {
        "double complex" => DType::C64,
        "single complex" => DType::C32,
        _ => DType::from_class(&name).ok_or_else(|| fault!("typecast: cannot convert to {name} class"))?,
    };
    let block = match x.dtype() {
        Some(_) => x.to_block()?,
        None => return Err(fault!("typecast: invalid input CLASS: {}", x.class())),
    };
    let shape = block.shape();
    if !(shape.is_vector() || (shape.rows() == 0 && shape.columns() == 0)) {
        return Err(fault!("typecast: X must be a vector"));
    }
    let data = from_bytes(dtype, &bytes(block.data()))
        .ok_or_else(|| fault!("typecast: incorrect number of input values to make output value"))?;
    let n = data.len();
    let out = if *shape == Shape::matrix(0, 0) {
        Shape::matrix(0, 0)
    } else if shape.is_row() {
        Shape::matrix(1, n)
    } else {
        Shape::matrix(n, 1)
    };
    one(Block::dense(out, data))
}

/// `bitpack (x, class)`: elements from their bits, lowest first.
fn bitpack(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let Value::Array(block) = &host.gather(&args[0])? else {
        return Err(fault!("bitpack: X must be a logical array"));
    };
    let Data::Bool(bits) = block.data() else { return Err(fault!("bitpack: X must be a logical array")) };
    let name = args[1].to_text().ok_or_else(|| fault!("bitpack: CLASS must be a string"))?;
    let dtype = DType::from_class(&name).ok_or_else(|| fault!("bitpack: invalid class {name}"))?;
    let packed: Vec<u8> =
        bits.chunks(8).map(|c| c.iter().enumerate().fold(0u8, |byte, (i, &b)| byte | (b as u8) << i)).collect();
    if bits.len() % 8 != 0 {
        return Err(fault!("bitpack: incorrect number of bits to make up output value"));
    }
    let data = from_bytes(dtype, &packed)
        .ok_or_else(|| fault!("bitpack: incorrect number of bits to make up output value"))?;
    let n = data.len();
    one(Block::dense(if block.shape().is_row() { Shape::matrix(1, n) } else { Shape::matrix(n, 1) }, data))
}

/// `bitunpack (x)`.
fn bitunpack(host: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let block = host.gather(&args[0])?.to_block()?;
    room::check(block.shape(), 8 * block.dtype().size())?;
    let bits: Vec<bool> = bytes(block.data()).into_iter().flat_map(|b| (0..8).map(move |i| b >> i & 1 == 1)).collect();
    let n = bits.len();
    let shape = if block.shape().is_row() { Shape::matrix(1, n) } else { Shape::matrix(n, 1) };
    one(Block::dense(shape, Data::Bool(bits)))
}

/// `swapbytes (x)`.
fn swapbytes(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let block = args[0].to_block()?;
    let dtype = block.dtype();
    if matches!(dtype, DType::Char | DType::Bool) || dtype.is_complex() {
        return Err(fault!("swapbytes: invalid object of class '{}'", dtype.class()));
    }
    let swapped: Vec<u8> =
        bytes(block.data()).chunks(dtype.size()).flat_map(|c| c.iter().rev().copied().collect::<Vec<_>>()).collect();
    let data = from_bytes(dtype, &swapped).ok_or_else(|| usage("swapbytes"))?;
    one(Block::dense(block.shape().clone(), data))
}

/// `bitand`, `bitor`, `bitxor` of two or more.
fn bits(host: &mut dyn Host, who: &'static str, f: ScalarFn, args: &[Value], call: Call) -> Result<Values> {
    let mut result = args[0].clone();
    for y in &args[1..] {
        for v in [&result, y] {
            if v.dtype().is_none_or(|d| d == DType::Char || d.is_complex()) {
                return Err(fault!("{who}: invalid operand class"));
            }
        }
        let (s, t) = (result.shape(), y.shape());
        if s != t && !s.is_scalar() && !t.is_scalar() {
            return Err(fault!("size of X and Y must match, or one operand must be a scalar"));
        }
        if let (Some(a), Some(b)) = (result.dtype(), y.dtype())
            && a.is_integer()
            && b.is_integer()
            && a != b
        {
            return Err(fault!("{who}: invalid operand class"));
        }
        result = lazy::elementwise(host, f, &[&result, y], Who::Function(who), call.span)?;
    }
    one(result)
}

/// Bits of the class: 53 of a double, 24 of a single.
fn width(dtype: DType) -> u32 {
    match dtype {
        DType::F64 => 53,
        DType::F32 => 24,
        other => other.size() as u32 * 8,
    }
}

/// `bitshift (a, n, mask)`.
fn bitshift(host: &mut dyn Host, args: &[Value], call: Call) -> Result<Values> {
    let Some(dtype) = args[0].dtype().filter(|d| (d.is_integer() || d.is_float()) && !d.is_complex()) else {
        return Err(fault!("bitshift: not defined for {} objects", args[0].class()));
    };
    let shifts = crate::builtin::args::numbers("bitshift", &args[1])?;
    if shifts.iter().any(|v| *v != v.trunc()) {
        return Err(fault!("bitshift: K must be a scalar or array of integers"));
    }
    let mut result =
        lazy::elementwise(host, ScalarFn::BitShift, &[&args[0], &args[1]], Who::Function("bitshift"), call.span)?;
    if let Some(mask) = args.get(2) {
        let bits = crate::builtin::args::whole("bitshift", "N", mask, 0)? as u32;
        let keep = if bits >= 64 { u64::MAX } else { (1u64 << bits) - 1 };
        let keep = lazy::cast(host, &Value::Num(keep as f64), dtype, call.span)?;
        result = lazy::elementwise(host, ScalarFn::BitAnd, &[&result, &keep], Who::Function("bitshift"), call.span)?;
    }
    one(result)
}

/// The two operands of `bitset` and `bitget`, checked: an array and bit numbers from 1.
fn bit_numbers(who: &str, args: &[Value]) -> Result<(std::sync::Arc<Block>, Vec<f64>, Shape, u32)> {
    let block = args[0].to_block()?;
    let dtype = block.dtype();
    if !(dtype.is_integer() || matches!(dtype, DType::F64 | DType::F32)) {
        return Err(fault!("{who}: invalid class {}", dtype.class()));
    }
    let bits = crate::builtin::args::numbers(who, &args[1])?;
    let most = width(dtype);
    if bits.iter().any(|&n| n < 1.0 || n > most as f64 || n != n.trunc()) {
        return Err(fault!("{who}: N must be in the range [1,{most}]"));
    }
    let (s, t) = (block.shape().clone(), args[1].shape());
    let shape = if s.is_scalar() {
        t
    } else if t.is_scalar() || s == t {
        s
    } else {
        return Err(fault!("{who}: size of A and N must match, or one operand must be a scalar"));
    };
    Ok((block, bits, shape, most))
}

/// An element as a bit pattern, and back.
fn pattern(data: &Data, at: usize) -> u64 {
    match data {
        Data::I64(v) => v[at] as u64,
        Data::U64(v) => v[at],
        other => {
            let x = other.get_f64(at);
            if x < 0.0 { x as i64 as u64 } else { x as u64 }
        }
    }
}

fn of_patterns(dtype: DType, shape: Shape, patterns: Vec<u64>) -> Block {
    let data = match dtype {
        DType::I8 => Data::I8(patterns.into_iter().map(|p| p as i8).collect()),
        DType::I16 => Data::I16(patterns.into_iter().map(|p| p as i16).collect()),
        DType::I32 => Data::I32(patterns.into_iter().map(|p| p as i32).collect()),
        DType::I64 => Data::I64(patterns.into_iter().map(|p| p as i64).collect()),
        DType::U8 => Data::U8(patterns.into_iter().map(|p| p as u8).collect()),
        DType::U16 => Data::U16(patterns.into_iter().map(|p| p as u16).collect()),
        DType::U32 => Data::U32(patterns.into_iter().map(|p| p as u32).collect()),
        DType::U64 => Data::U64(patterns),
        DType::F32 => Data::F32(patterns.into_iter().map(|p| p as f32).collect()),
        _ => Data::F64(patterns.into_iter().map(|p| p as f64).collect()),
    };
    Block::dense(shape, data)
}

fn at(len: usize, i: usize) -> usize {
    if len == 1 { 0 } else { i }
}

/// `bitget (a, n)`.
fn bitget(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (block, bits, shape, _) = bit_numbers("bitget", args)?;
    let set = (0..shape.len())
        .map(|i| pattern(block.data(), at(block.len(), i)) >> (bits[at(bits.len(), i)] as u32 - 1) & 1 == 1)
        .collect();
    one(Block::dense(shape, Data::Bool(set)))
}

/// `bitset (a, n, value)`.
fn bitset(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let (block, bits, shape, _) = bit_numbers("bitset", args)?;
    let (values, shape) = match args.get(2) {
        None => (vec![1.0], shape),
        Some(v) => {
            let given = v.shape();
            if !shape.is_scalar() && !given.is_scalar() && shape != given {
                return Err(fault!("bitset: A, N, and VAL must be the same size or scalar"));
            }
            (crate::builtin::args::numbers("bitset", v)?, if shape.is_scalar() { given } else { shape })
        }
    };
    if block.data().dtype().is_float() && (0..block.len()).any(|i| block.data().get_f64(i) < 0.0) {
        return Err(fault!("bitset: A must be >= 0"));
    }
    let patterns = (0..shape.len())
        .map(|i| {
            let bit = 1u64 << (bits[at(bits.len(), i)] as u32 - 1);
            let old = pattern(block.data(), at(block.len(), i));
            if values[at(values.len(), i)] != 0.0 { old | bit } else { old & !bit }
        })
        .collect();
    one(of_patterns(block.dtype(), shape, patterns))
}

/// `bitcmp (a, k)`: the complement.
fn bitcmp(_: &mut dyn Host, args: &[Value], _: Call) -> Result<Values> {
    let block = args[0].to_block()?;
    let dtype = block.dtype();
    if !(dtype.is_integer() || matches!(dtype, DType::F64 | DType::F32)) {
        return Err(fault!("bitcmp: invalid class {}", dtype.class()));
    }
    let bits = width(dtype);
    let mask = if bits >= 64 { u64::MAX } else { (1u64 << bits) - 1 };
    let shown = match args.get(1) {
        None => mask,
        Some(k) => {
            let k = crate::builtin::args::whole("bitcmp", "K", k, 1)? as u32;
            if k >= 64 { u64::MAX } else { (1u64 << k) - 1 }
        }
    };
    let patterns = (0..block.len()).map(|i| !pattern(block.data(), i) & mask & shown).collect();
    one(of_patterns(dtype, block.shape().clone(), patterns))
}

/// `sizemax ()`: the largest index.
fn sizemax() -> Result<Values> {
    one(i64::MAX as f64)
}

pub const TABLE: &[Builtin] = &[
    class!("double", F64, "X in double precision.", "double (\"a\")"),
    class!("single", F32, "X in single precision.", "single (0.1)"),
    class!("logical", Bool, "Whether each element is not zero.", "logical ([0 2])"),
    class!("int8", I8, "X as 8-bit integers, rounded and saturated.", "int8 (200)"),
    class!("int16", I16, "X as 16-bit integers, rounded and saturated.", "int16 (2.5)"),
    class!("int32", I32, "X as 32-bit integers, rounded and saturated.", "int32 (-2.5)"),
    class!("int64", I64, "X as 64-bit integers, rounded and saturated.", "int64 (7)"),
    class!("uint8", U8, "X as unsigned 8-bit integers, rounded and saturated.", "uint8 (-1)"),
    class!("uint16", U16, "X as unsigned 16-bit integers, rounded and saturated.", "uint16 (70000)"),
    class!("uint32", U32, "X as unsigned 32-bit integers, rounded and saturated.", "uint32 (7)"),
    class!("uint64", U64, "X as unsigned 64-bit integers, rounded and saturated.", "uint64 (7)"),
    Builtin::new(
        "cast",
        (2, 3),
        1,
        cast,
        "`cast (X, CLASS)`, `cast (X, \"like\", Y)`\n\nX converted to a class by name, or to that of another value.\n\n    cast (3.7, \"int8\")\n",
    ),
    Builtin::new(
        "typecast",
        (2, 2),
        1,
        typecast,
        "typecast (X, CLASS)\n\nThe bytes of X read as another class.\n\n    typecast (single (1), \"uint32\")\n",
    ),
    Builtin::new(
        "bitpack",
        (2, 2),
        1,
        bitpack,
        "bitpack (BITS, CLASS)\n\nNumbers from their bits, lowest first.\n\n    bitpack (logical ([1 0 1 0 0 0 0 0]), \"uint8\")\n",
    ),
    Builtin::new(
        "bitunpack",
        (1, 1),
        1,
        bitunpack,
        "bitunpack (X)\n\nThe bits of the elements, lowest first.\n\n    bitunpack (uint8 (5))\n",
    ),
    Builtin::new(
        "swapbytes",
        (1, 1),
        1,
        swapbytes,
        "swapbytes (X)\n\nElements with their bytes in reverse order.\n\n    swapbytes (uint16 (1))\n",
    )
    .by_elements(0),
    Builtin::new(
        "bitand",
        (2, usize::MAX),
        1,
        |h, a, c| bits(h, "bitand", ScalarFn::BitAnd, a, c),
        "bitand (X, Y, ...)\n\nBits that are set in all.\n\n    bitand (12, 10)\n",
    ),
    Builtin::new(
        "bitor",
        (2, usize::MAX),
        1,
        |h, a, c| bits(h, "bitor", ScalarFn::BitOr, a, c),
        "bitor (X, Y, ...)\n\nBits that are set in some.\n\n    bitor (12, 10)\n",
    ),
    Builtin::new(
        "bitxor",
        (2, usize::MAX),
        1,
        |h, a, c| bits(h, "bitxor", ScalarFn::BitXor, a, c),
        "bitxor (X, Y, ...)\n\nBits that are set in an odd number.\n\n    bitxor (12, 10)\n",
    ),
    Builtin::new(
        "bitshift",
        (2, 3),
        1,
        bitshift,
        "bitshift (A, N), bitshift (A, N, MASK)\n\nBits moved up by N places, down if N is negative.\n\n    bitshift (1, 3)\n",
    ),
    Builtin::new("bitget", (2, 2), 1, bitget, "bitget (A, N)\n\nBit N, counted from 1.\n\n    bitget (5, 1:3)\n"),
    Builtin::new(
        "bitset",
        (2, 3),
        1,
        bitset,
        "bitset (A, N), bitset (A, N, VALUE)\n\nA with bit N set (or cleared).\n\n    bitset (8, 1)\n",
    ),
    Builtin::new("bitcmp", (1, 2), 1, bitcmp, "bitcmp (A)\n\nAll bits inverted.\n\n    bitcmp (uint8 (1))\n"),
    Builtin::new(
        "sizemax",
        (0, 0),
        1,
        |_, _, _| sizemax(),
        "sizemax\n\nThe largest number of elements an array may have.\n\n    sizemax\n",
    ),
];
