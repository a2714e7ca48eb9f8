//! Arrays at rest: what Python's zarr and NumPy write is read, and what we write they read; safe writes; damaged files.

use arr::array::{Block, Complex32, Complex64, DType, Data, Grid, Order, Pool, Region, Shape};
use arr::store::{self, Source, WriteOptions};
use std::path::Path;
use std::process::Command;

mod damage;
mod programs;
mod safety;

/// Runs a helper script; `None`, with a note, where Python has no zarr.
fn python(script: &str, args: &[&str]) -> Option<String> {
    let present = Command::new("python3").args(["-c", "import zarr, numpy; assert zarr.__version__ >= '3'"]).output();
    if !present.is_ok_and(|o| o.status.success()) {
        eprintln!("skipped: python3 with zarr 3 and numpy is not installed");
        return None;
    }
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python");
    let run = Command::new("python3").arg(home.join(script)).args(args).output().unwrap();
    assert!(run.status.success(), "{script}: {}", String::from_utf8_lossy(&run.stderr));
    Some(String::from_utf8(run.stdout).unwrap())
}

/// The element with this row-major number, as `tests/python/pattern.py` has it.
fn element(dtype: DType, i: usize) -> Complex64 {
    let value = (i * 7 % 101) as f64;
    match dtype {
        DType::Bool => Complex64::new((i * 7 % 101 % 2) as f64, 0.0),
        DType::C64 | DType::C32 => Complex64::new(value, (i % 13) as f64),
        DType::F64 | DType::F32 => Complex64::new(value - 50.5, 0.0),
        d if d.is_integer() && d.class().starts_with("int") => Complex64::new(value - 50.0, 0.0),
        _ => Complex64::new(value, 0.0),
    }
}

fn data(dtype: DType, values: impl Iterator<Item = Complex64>) -> Data {
    match dtype {
        DType::F64 => Data::F64(values.map(|v| v.re).collect()),
        DType::F32 => Data::F32(values.map(|v| v.re as f32).collect()),
        DType::I8 => Data::I8(values.map(|v| v.re as i8).collect()),
        DType::I16 => Data::I16(values.map(|v| v.re as i16).collect()),
        DType::I32 => Data::I32(values.map(|v| v.re as i32).collect()),
        DType::I64 => Data::I64(values.map(|v| v.re as i64).collect()),
        DType::U8 => Data::U8(values.map(|v| v.re as u8).collect()),
        DType::U16 => Data::U16(values.map(|v| v.re as u16).collect()),
        DType::U32 => Data::U32(values.map(|v| v.re as u32).collect()),
        DType::U64 => Data::U64(values.map(|v| v.re as u64).collect()),
        DType::Bool => Data::Bool(values.map(|v| v.re != 0.0).collect()),
        DType::Char => Data::Char(values.map(|v| v.re as u8).collect()),
        DType::C64 => Data::C64(values.collect()),
        DType::C32 => Data::C32(values.map(|v| Complex32::new(v.re as f32, v.im as f32)).collect()),
    }
}

/// Row-major numbers of the elements of a region, in an order.
fn numbers(shape: &Shape, region: &Region, order: Order) -> Vec<usize> {
    let rank = shape.rank();
    (0..region.size())
        .map(|mut k| {
            let mut at = vec![0; rank];
            for depth in 0..rank {
                let axis = if order == Order::F { depth } else { rank - 1 - depth };
                at[axis] = region.start[axis] + k % region.len[axis];
                k /= region.len[axis];
            }
            at.iter().zip(shape.iter()).fold(0, |n, (&i, &extent)| n * extent + i)
        })
        .collect()
}

/// The block of the pattern that fills a region.
fn wanted(shape: &Shape, region: &Region, dtype: DType, order: Order) -> Block {
    let values = numbers(shape, region, order).into_iter().map(|i| element(dtype, i));
    Block::new(region.shape(), order, data(dtype, values))
}

/// The whole array, every chunk, and some regions across chunks.
fn regions(source: &dyn Source) -> Vec<Region> {
    let (shape, grid) = (&source.meta().shape, &source.meta().grid);
    let mut out = vec![Region::whole(shape)];
    out.extend((0..grid.len()).map(|n| grid.region(&grid.coords(n))));
    if !shape.is_empty() {
        let part = |from: usize, to: usize| {
            let start: Vec<usize> = shape.iter().map(|&e| (e - 1) * from / 10).collect();
            let len: Vec<usize> =
                shape.iter().zip(&start).map(|(&e, &s)| (e * to).div_ceil(10).max(s + 1) - s).collect();
            Region::new(&start, &len)
        };
        out.extend([part(0, 1), part(2, 9), part(5, 6), part(3, 10)]);
        for axis in 0..shape.rank() {
            let mut line = Region::whole(shape);
            (line.start[axis], line.len[axis]) = (shape[axis] / 2, 1);
            out.push(line);
        }
    }
    out
}

fn check_pattern(source: &dyn Source) {
    let meta = source.meta();
    for region in regions(source) {
        let block = source.read(&region, &Pool::new()).unwrap_or_else(|e| panic!("{}: {e}", source.name()));
        assert_eq!(block.order(), meta.order, "{}", source.name());
        let wanted = wanted(&meta.shape, &region, meta.dtype, meta.order);
        assert_eq!(block, wanted, "{} {region} ({})", source.name(), meta.description);
        if !region.is_empty() {
            assert!(source.read_bytes(&region) > 0);
        }
    }
}

#[test]
fn reads_what_python_writes() {
    let dir = quick_directory();
    let Some(list) = python("write_zarr.py", &[dir.path().to_str().unwrap()]) else { return };
    for line in list.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        if words[0].ends_with(".npy") {
            continue;
        }
        let source = store::open(&dir.path().join(words[0])).unwrap_or_else(|e| panic!("{line}: {e}"));
        let extents: Vec<usize> = words[1].split('x').filter_map(|e| e.parse().ok()).collect();
        assert_eq!(source.meta().shape, Shape::new(&extents), "{line}");
        match words.get(3) {
            None => check_pattern(source.as_ref()),
            Some(fill) => check_partly(source.as_ref(), fill),
        }
    }
}

/// Rows beyond the third are the fill value.
fn check_partly(source: &dyn Source, fill: &str) {
    let (shape, dtype, order) = (&source.meta().shape, source.meta().dtype, source.meta().order);
    let fill = if fill == "True" { 1.0 } else { fill.parse().unwrap() };
    for region in regions(source) {
        let block = source.read(&region, &Pool::new()).unwrap_or_else(|e| panic!("{}: {e}", source.name()));
        for (at, number) in numbers(shape, &region, order).into_iter().enumerate() {
            let wanted = if number / shape.columns() < 3 { element(dtype, number).re } else { fill };
            let read = block.data().get_f64(at);
            assert!(
                read == wanted || read.is_nan() && wanted.is_nan(),
                "{} {region}: {read} for {wanted}",
                source.name()
            );
        }
    }
}

/// Writes the pattern by regions of `step` chunks along each axis, from blocks in the given order.
fn write_pattern(path: &Path, shape: &Shape, dtype: DType, options: &WriteOptions, order: Order, step: usize) {
    let sink = store::create(path, shape, dtype, options).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let coarse: Vec<usize> = sink.grid().chunk.iter().map(|c| c * step).collect();
    let grid = Grid::new(shape.clone(), &coarse);
    for number in 0..grid.len() {
        let region = grid.region(&grid.coords(number));
        sink.write(&region, &wanted(shape, &region, dtype, order)).unwrap();
    }
    assert!(!path.exists(), "nothing is visible before it is published");
    sink.publish().unwrap();
    assert!(path.exists());
}

fn options(chunk: &[usize], codec: &str, version: u8, order: Order) -> WriteOptions {
    WriteOptions {
        chunk: Some(chunk.to_vec()),
        codec: Some(codec.to_string()),
        version: Some(version),
        order: Some(order),
        ..WriteOptions::default()
    }
}

/// A directory for hundreds of saves, each of which is synced: in memory where the system offers that.
fn quick_directory() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

/// Every format, codec, order and type; read back by us, and by Python.
#[test]
fn what_is_written_is_read_here_and_in_python() {
    let dir = quick_directory();
    let at = |name: &str| dir.path().join(name);
    let mut list = String::new();
    let mut round_trip = |name: String, shape: &[usize], dtype: DType, options: &WriteOptions| {
        let shape = Shape::new(shape);
        for (order, step, mark) in [(Order::F, 1, "f1"), (Order::C, 2, "c2")] {
            let name = format!("{mark}{name}");
            write_pattern(&at(&name), &shape, dtype, options, order, step);
            let source = store::open(&at(&name)).unwrap_or_else(|e| panic!("{name}: {e}"));
            let char_as_bytes = if dtype == DType::Char { DType::U8 } else { dtype };
            assert_eq!((&source.meta().shape, source.meta().dtype), (&shape, char_as_bytes), "{name}");
            check_pattern(source.as_ref());
            // Inner chunks of nothing but zeros need not be there.
            let (stored, all) = (source.stored().unwrap().chunks, source.meta().grid.len() as u64);
            assert!(stored == all || options.shard.is_some() && stored < all, "{name}: {stored} of {all}");
            list += &format!("{name} {shape}\n");
        }
    };
    for dtype in DType::ALL {
        for (order, mark) in [(Order::C, 'C'), (Order::F, 'F')] {
            for version in [2, 3] {
                let name = format!("-{dtype:?}-{mark}-{version}.zarr");
                round_trip(name, &[13, 10], dtype, &options(&[5, 4], "raw", version, order));
            }
            let npy = WriteOptions { order: Some(order), chunk: Some(vec![5, 4]), ..WriteOptions::default() };
            round_trip(format!("-{dtype:?}-{mark}.npy"), &[13, 10], dtype, &npy);
        }
    }
    for codec in ["zstd", "zstd:1", "gzip", "gzip:9", "blosc", "blosc:1"] {
        for (order, version) in [(Order::C, 2), (Order::F, 2), (Order::C, 3), (Order::F, 3)] {
            for (dtype, label) in [(DType::F64, "d"), (DType::C32, "c"), (DType::Bool, "b")] {
                let name = format!("-{}-{order:?}-{version}-{label}.zarr", codec.replace(':', "_"));
                round_trip(name, &[37, 21], dtype, &options(&[10, 8], codec, version, order));
            }
        }
    }
    for shape in [&[7, 1][..], &[1, 7], &[1, 1], &[4, 5, 6], &[3, 1, 4, 2, 3], &[0, 4], &[5, 0, 2], &[300, 200]] {
        let label = Shape::new(shape);
        for order in [Order::C, Order::F] {
            round_trip(
                format!("-{label}-{order:?}.zarr"),
                shape,
                DType::F64,
                &options(&[3, 2, 2, 1, 2], "raw", 3, order),
            );
            let npy = WriteOptions { order: Some(order), ..WriteOptions::default() };
            round_trip(format!("-{label}-{order:?}.npy"), shape, DType::F64, &npy);
        }
        round_trip(format!("-{label}.zarr"), shape, DType::F32, &WriteOptions::default());
    }
    for (codec, order) in [("raw", Order::C), ("zstd", Order::C), ("blosc", Order::F)] {
        for shape in [&[37, 21][..], &[4, 5], &[9, 9, 9]] {
            let options = WriteOptions { shard: Some(vec![20, 8, 4]), ..options(&[5, 4, 2], codec, 3, order) };
            let name = format!("-shard-{codec}-{}.zarr", Shape::new(shape));
            round_trip(name.clone(), shape, DType::F64, &options);
            round_trip(name.replace("shard", "shardbool"), shape, DType::Bool, &options);
        }
    }
    std::fs::write(at("list"), list).unwrap();
    python("read_back.py", &[dir.path().to_str().unwrap()]);
    let left: Vec<_> = std::fs::read_dir(dir.path()).unwrap().flatten().map(|e| e.file_name()).collect();
    assert!(left.iter().all(|n| !n.to_string_lossy().starts_with('.')), "temporaries are left: {left:?}");
}
