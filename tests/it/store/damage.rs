//! Whatever lies on disk, reading it gives the elements or a message that names what is wrong and where.

use super::{options, write_pattern};
use arr::array::{DType, Order, Pool, Region, Shape};
use arr::diag::Fault;
use arr::store::{self, WriteOptions};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

fn open_fault(path: &Path) -> Fault {
    match store::open(path) {
        Ok(source) => panic!("{} opened: {}", path.display(), source.meta().description),
        Err(fault) => fault,
    }
}

fn read_fault(path: &Path) -> Fault {
    let source = store::open(path).unwrap();
    match source.read(&Region::whole(&source.meta().shape), &Pool::new()) {
        Ok(_) => panic!("{} was read", path.display()),
        Err(fault) => fault,
    }
}

fn says(fault: &Fault, words: &[&str]) {
    let text = format!("{} / {}", fault.message, fault.hint.as_deref().unwrap_or(""));
    for word in words {
        assert!(text.contains(word), "'{word}' is not in: {text}");
    }
}

fn array(dir: &Path, codec: &str) -> PathBuf {
    let path = dir.join(format!("{codec}.zarr"));
    write_pattern(&path, &Shape::matrix(20, 30), DType::F64, &options(&[10, 10], codec, 3, Order::C), Order::C, 1);
    path
}

#[test]
fn damaged_chunks_are_named() {
    let dir = tempfile::tempdir().unwrap();
    for codec in ["raw", "zstd", "gzip", "blosc"] {
        let path = array(dir.path(), codec);
        let chunk = path.join("c/1/2");
        let sound = fs::read(&chunk).unwrap();
        let named = [path.to_str().unwrap(), "[1, 2]", chunk.to_str().unwrap()];
        let mut longer = sound.clone();
        longer.extend([7; 9]);
        let damages: [&[u8]; 4] = [&sound[..sound.len() / 2], &[], &[0xa5; 500], &longer];
        for (number, damage) in damages.iter().enumerate() {
            // Bytes behind a complete gzip stream or blosc frame are theirs to ignore.
            if number == 3 && codec == "blosc" {
                continue;
            }
            fs::write(&chunk, damage).unwrap();
            says(&read_fault(&path), &named);
        }
        fs::write(&chunk, vec![0; 3 << 20]).unwrap();
        says(&read_fault(&path), &named);
        fs::remove_file(&chunk).unwrap();
        fs::create_dir(&chunk).unwrap();
        says(&read_fault(&path), &named);
        // The others can be read all the same.
        let source = store::open(&path).unwrap();
        assert!(source.read(&Region::new(&[0, 0], &[20, 20]), &Pool::new()).is_ok());
    }
}

/// Flips and cuts bytes of compressed chunks; nothing may panic, and nothing may give a wrong number of elements.
#[test]
fn no_garbage_brings_the_decoders_down() {
    let dir = tempfile::tempdir().unwrap();
    let mut seed = 1u64;
    let mut random = move |below: usize| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (seed >> 33) as usize % below
    };
    for codec in ["zstd", "gzip", "blosc"] {
        let path = array(dir.path(), codec);
        let chunk = path.join("c/0/0");
        let sound = fs::read(&chunk).unwrap();
        let source = store::open(&path).unwrap();
        for _ in 0..300 {
            let mut bytes = sound.clone();
            for _ in 0..1 + random(4) {
                let within = if random(2) == 0 { 24.min(bytes.len()) } else { bytes.len() };
                let at = random(within);
                bytes[at] = random(256) as u8;
            }
            if random(4) == 0 {
                bytes.truncate(random(bytes.len()));
            }
            fs::write(&chunk, bytes).unwrap();
            if let Ok(block) = source.read(&Region::new(&[0, 0], &[10, 10]), &Pool::new()) {
                assert_eq!(block.len(), 100);
            }
        }
    }
}

fn with_metadata(dir: &Path, change: impl Fn(&mut Value)) -> PathBuf {
    let path = dir.join("lies.zarr");
    let _ = fs::create_dir(&path);
    let mut metadata = json!({
        "zarr_format": 3, "node_type": "array", "shape": [20, 30], "data_type": "float64",
        "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [10, 10]}},
        "chunk_key_encoding": {"name": "default", "configuration": {"separator": "/"}},
        "fill_value": 0.0, "codecs": [{"name": "bytes", "configuration": {"endian": "little"}}], "attributes": {}
    });
    change(&mut metadata);
    fs::write(path.join("zarr.json"), metadata.to_string()).unwrap();
    path
}

#[test]
fn lying_metadata_is_refused_when_opened() {
    let dir = tempfile::tempdir().unwrap();
    let chunks = |m: &mut Value, shape: Value| m["chunk_grid"]["configuration"]["chunk_shape"] = shape;
    let sharded = |inner: Value| {
        json!([{"name": "sharding_indexed", "configuration": {"chunk_shape": inner,
            "codecs": [{"name": "bytes", "configuration": {"endian": "little"}}],
            "index_codecs": [{"name": "bytes", "configuration": {"endian": "little"}}, {"name": "crc32c"}]}}])
    };
    let zstd = json!([{"name": "bytes", "configuration": {"endian": "little"}}, {"name": "zstd", "configuration": {"level": 1, "checksum": false}}]);
    let cases: Vec<(&str, Box<dyn Fn(&mut Value)>)> = vec![
        ("larger than any file", Box::new(move |m| chunks(m, json!([1u64 << 60, 1])))),
        ("larger than any file", Box::new(move |m| chunks(m, json!([1u64 << 32, 1u64 << 32])))),
        (
            "decoded at once",
            Box::new(move |m| {
                m["codecs"] = zstd.clone();
                chunks(m, json!([1u64 << 40, 1]))
            }),
        ),
        ("empty", Box::new(move |m| chunks(m, json!([0, 10])))),
        ("no list of sizes", Box::new(move |m| chunks(m, json!([-10, 10])))),
        ("2 extents, but chunks of 1", Box::new(move |m| chunks(m, json!([10])))),
        ("larger than any memory", Box::new(|m| m["shape"] = json!([1u64 << 62, 1u64 << 62]))),
        ("[-20,30] is no list of sizes", Box::new(|m| m["shape"] = json!([-20, 30]))),
        ("no list of sizes", Box::new(|m| m["shape"] = json!([1e300, 30]))),
        ("no list of sizes", Box::new(|m| m["shape"] = json!("20x30"))),
        (
            "dimensions",
            Box::new(move |m| {
                m["shape"] = json!(vec![1; 40]);
                chunks(m, json!(vec![1; 40]))
            }),
        ),
        ("float16", Box::new(|m| m["data_type"] = json!("float16"))),
        (
            "datetime64",
            Box::new(|m| m["data_type"] = json!({"name": "numpy.datetime64", "configuration": {"unit": "s"}})),
        ),
        ("rectilinear", Box::new(|m| m["chunk_grid"]["name"] = json!("rectilinear"))),
        ("lzma", Box::new(|m| m["codecs"] = json!([{"name": "bytes"}, {"name": "lzma"}]))),
        ("metadata", Box::new(|m| m["codecs"] = json!([]))),
        ("fill value", Box::new(|m| m["fill_value"] = json!("nothing"))),
        ("cannot be cut", Box::new(move |m| m["codecs"] = sharded(json!([3, 5])))),
        ("Sharding", Box::new(move |m| m["codecs"] = sharded(json!([0, 5])))),
        ("zarr_format is 9", Box::new(|m| m["zarr_format"] = json!(9))),
    ];
    for (word, change) in cases {
        let path = with_metadata(dir.path(), change);
        says(&open_fault(&path), &["lies.zarr", word]);
    }
    let path = with_metadata(dir.path(), |_| {});
    fs::write(path.join("zarr.json"), "{\"zarr_format\": 3, ").unwrap();
    says(&open_fault(&path), &["lies.zarr", "damaged", "zarr.json"]);
}

/// Any part of the metadata is replaced by any nonsense: opening and reading end in elements or in a fault.
#[test]
fn no_metadata_brings_the_reader_down() {
    fn spots(value: &Value, at: String, out: &mut Vec<String>) {
        out.push(at.clone());
        match value {
            Value::Object(map) => map.iter().for_each(|(k, v)| spots(v, format!("{at}/{k}"), out)),
            Value::Array(list) => list.iter().enumerate().for_each(|(k, v)| spots(v, format!("{at}/{k}"), out)),
            _ => {}
        }
    }
    let nonsense = [
        json!(null),
        json!(-1),
        json!(0),
        json!(1),
        json!(3),
        json!(u64::MAX),
        json!(1u64 << 40),
        json!(0.5),
        json!(true),
        json!(""),
        json!("F"),
        json!("bytes"),
        json!("NaN"),
        json!("0xff"),
        json!([]),
        json!([0, 0]),
        json!([1, 0]),
        json!([5, 5, 5]),
        json!({}),
        json!({"name": "transpose", "configuration": {"order": [7, 7]}}),
        json!([[["a"]]]),
    ];
    let dir = tempfile::tempdir().unwrap();
    let v2 = json!({"zarr_format": 2, "shape": [20, 30], "chunks": [10, 10], "dtype": "<f8", "order": "F", "fill_value": 0.0,
        "compressor": {"id": "blosc", "cname": "lz4", "clevel": 5, "shuffle": 1, "blocksize": 0},
        "filters": null, "dimension_separator": "."});
    let v3 = json!({
        "zarr_format": 3, "node_type": "array", "shape": [20, 30], "data_type": "float64",
        "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [10, 10]}},
        "chunk_key_encoding": {"name": "default", "configuration": {"separator": "/"}}, "fill_value": 0.0,
        "codecs": [{"name": "sharding_indexed", "configuration": {"chunk_shape": [5, 5], "index_location": "end",
            "codecs": [{"name": "transpose", "configuration": {"order": [1, 0]}},
                {"name": "bytes", "configuration": {"endian": "little"}},
                {"name": "blosc", "configuration": {"cname": "lz4", "clevel": 5, "shuffle": "shuffle", "typesize": 8, "blocksize": 0}}],
            "index_codecs": [{"name": "bytes", "configuration": {"endian": "little"}}, {"name": "crc32c"}]}}],
        "dimension_names": ["y", "x"], "attributes": {}
    });
    for (file, metadata) in [(".zarray", v2), ("zarr.json", v3)] {
        let path = dir.path().join(format!("{file}.d"));
        fs::create_dir_all(path.join("c/0")).unwrap();
        fs::write(path.join("c/0/0"), [0x5a; 900]).unwrap();
        fs::write(path.join("0.0"), [0x5a; 900]).unwrap();
        let mut list = Vec::new();
        spots(&metadata, String::new(), &mut list);
        for spot in &list {
            for value in &nonsense {
                let mut changed = metadata.clone();
                *changed.pointer_mut(spot).unwrap() = value.clone();
                fs::write(path.join(file), changed.to_string()).unwrap();
                if let Ok(source) = store::open(&path) {
                    let shape = source.meta().shape.clone();
                    let some =
                        Region::new(&vec![0; shape.rank()], &shape.iter().map(|&e| e.min(3)).collect::<Vec<_>>());
                    let _ = source.read(&some, &Pool::new());
                }
            }
        }
    }
}

#[test]
fn what_is_no_array_is_explained() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    array(dir.path(), "raw");
    says(&open_fault(&at("rwa.zarr")), &["rwa.zarr", "no such file", "did you mean raw.zarr?"]);
    says(&open_fault(&at("raw")), &["did you mean raw.zarr?"]);
    says(&open_fault(&at("elsewhere/raw.zarr")), &["no such file"]);

    fs::create_dir(at("plain")).unwrap();
    says(&open_fault(&at("plain")), &["empty directory"]);
    fs::write(at("plain/notes.txt"), "x").unwrap();
    says(&open_fault(&at("plain")), &["no array", "notes.txt"]);

    fs::create_dir(at("group.zarr")).unwrap();
    fs::write(at("group.zarr/zarr.json"), r#"{"zarr_format": 3, "node_type": "group"}"#).unwrap();
    fs::rename(at("raw.zarr"), at("group.zarr/inner")).unwrap();
    says(&open_fault(&at("group.zarr")), &["group", "group.zarr/inner"]);
    assert!(store::open(&at("group.zarr/inner")).is_ok());

    fs::write(at("file.zarr"), "x").unwrap();
    says(&open_fault(&at("file.zarr")), &["a file, where"]);
    fs::write(at("text.csv"), "1,2").unwrap();
    says(&open_fault(&at("text.csv")), &["format", "zarr", "npy"]);
    fs::create_dir(at("dir.npy")).unwrap();
    says(&open_fault(&at("dir.npy")), &["a directory, where"]);
}

#[test]
fn damaged_npy_files_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.npy");
    write_pattern(&path, &Shape::matrix(20, 30), DType::F64, &WriteOptions::default(), Order::F, 1);
    let sound = fs::read(&path).unwrap();
    for (damage, word) in [
        (&sound[..sound.len() - 1], "promises"),
        (&sound[..40], "cut off"),
        (&sound[..3], "does not begin"),
        (b"PK\x03\x04 something else", "does not begin"),
    ] {
        fs::write(&path, damage).unwrap();
        says(&open_fault(&path), &["a.npy", word]);
    }
    let text = String::from_utf8_lossy(&sound[10..128]).replace("(20, 30)", "(99999999999, 99999999999)");
    let text = format!("{}\n", text.trim_end());
    let lie = [&b"\x93NUMPY\x01\0"[..], &(text.len() as u16).to_le_bytes(), text.as_bytes(), &sound[128..]].concat();
    fs::write(&path, lie).unwrap();
    says(&open_fault(&path), &["a.npy", "promises"]);
    // A file that is cut while it is open.
    fs::write(&path, &sound).unwrap();
    let source = store::open(&path).unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_len(1000).unwrap();
    let fault = source.read(&Region::whole(&source.meta().shape), &Pool::new()).unwrap_err();
    says(&fault, &["a.npy"]);
}

#[test]
fn an_unreadable_file_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let path = array(dir.path(), "raw");
    let chunk = path.join("c/0/1");
    fs::set_permissions(&chunk, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::File::open(&chunk).is_ok() {
        eprintln!("skipped: this user may read everything");
        return;
    }
    says(&read_fault(&path), &["[0, 1]", "permission denied", chunk.to_str().unwrap()]);
}

#[test]
fn info_tells_what_is_there() {
    let dir = tempfile::tempdir().unwrap();
    let path = array(dir.path(), "raw");
    fs::remove_file(path.join("c/1/1")).unwrap();
    let info = store::info(&path).unwrap();
    let text = info.to_string();
    let wanted = "20x30 double\n  format   zarr v3, raw, chunks 10x10\n  chunks   10x10, 2x3 = 6 of them, 5 written\n  \
                  bytes    4.8 kB in memory, 4.0 kB on disk\n";
    assert_eq!(text.split_once(": ").unwrap().1, wanted);
    let shards = dir.path().join("s.zarr");
    let options = WriteOptions { shard: Some(vec![20, 10]), ..options(&[10, 5], "zstd:3", 3, Order::F) };
    write_pattern(&shards, &Shape::matrix(20, 30), DType::C64, &options, Order::F, 1);
    let text = store::info(&shards).unwrap().to_string();
    for word in [
        "complex double",
        "zstd 3, column-major, chunks 10x5 in shards 20x10",
        "2x6 = 12 of them, 12 written",
        "times smaller",
    ] {
        assert!(text.contains(word), "'{word}' is not in: {text}");
    }
}
