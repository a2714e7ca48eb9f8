//! A save that does not end well changes nothing; one that does replaces the old array in one step, and who still reads
//! the old one goes on reading it.

use super::{check_pattern, element, options, wanted, write_pattern};
use arr::array::{Block, DType, Data, Order, Pool, Region, Shape};
use arr::store::{self, Sink, WriteOptions};
use std::fs;
use std::path::Path;
use std::sync::Arc;

const SHAPE: [usize; 2] = [20, 30];

pub fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(dir).unwrap().flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn start(path: &Path) -> Arc<dyn Sink> {
    let options = WriteOptions { chunk: Some(vec![10, 10]), ..WriteOptions::default() };
    store::create(path, &Shape::new(&SHAPE), DType::F64, &options).unwrap()
}

fn write_all(sink: &dyn Sink, value: f64) {
    let region = Region::whole(&Shape::new(&SHAPE));
    sink.write(&region, &Block::new(region.shape(), Order::F, Data::F64(vec![value; 600]))).unwrap();
}

fn first(source: &dyn store::Source, column: usize) -> f64 {
    source.read(&Region::new(&[0, column], &[1, 1]), &Pool::new()).unwrap().data().get_f64(0)
}

#[test]
fn a_dropped_save_leaves_no_trace() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["a.zarr", "a.npy"] {
        let path = dir.path().join(name);
        let sink = start(&path);
        write_all(sink.as_ref(), 1.0);
        assert_eq!(names(dir.path()).len(), 1, "one temporary");
        drop(sink);
        assert_eq!(names(dir.path()), Vec::<String>::new());
    }
}

#[test]
fn a_failed_save_keeps_the_old_array() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["a.zarr", "a.npy"] {
        let path = dir.path().join(name);
        write_pattern(&path, &Shape::new(&SHAPE), DType::F64, &WriteOptions::default(), Order::C, 1);
        let sink = start(&path);
        write_all(sink.as_ref(), 1.0);
        drop(sink);
        check_pattern(store::open(&path).unwrap().as_ref());
    }
    assert_eq!(names(dir.path()), ["a.npy", "a.zarr"]);
}

#[test]
fn an_array_that_is_read_can_be_replaced() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["a.zarr", "a.npy"] {
        let path = dir.path().join(name);
        write_pattern(&path, &Shape::new(&SHAPE), DType::F64, &options_for(name), Order::C, 1);
        let old = store::open(&path).unwrap();
        let also_old = store::open(&path).unwrap();
        for round in 1..4 {
            let sink = start(&path);
            write_all(sink.as_ref(), round as f64);
            sink.publish().unwrap();
            sink.publish().unwrap();
            check_pattern(old.as_ref());
            assert_eq!(first(store::open(&path).unwrap().as_ref(), 29), round as f64);
        }
        drop(old);
        check_pattern(also_old.as_ref());
        drop(also_old);
        assert_eq!(names(dir.path()), [name], "what nobody reads any more is gone");
        fs::remove_dir_all(&path).or_else(|_| fs::remove_file(&path)).unwrap();
    }
}

fn options_for(name: &str) -> WriteOptions {
    if name.ends_with("npy") { WriteOptions::default() } else { options(&[10, 10], "raw", 3, Order::C) }
}

#[test]
fn an_array_replaced_by_somebody_else_is_not_mixed_with_the_new_one() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.zarr");
    write_pattern(&path, &Shape::new(&SHAPE), DType::F64, &options(&[10, 10], "raw", 3, Order::C), Order::C, 1);
    let source = store::open(&path).unwrap();
    assert_eq!(first(source.as_ref(), 0), element(DType::F64, 0).re);
    fs::rename(&path, dir.path().join("gone")).unwrap();
    fs::create_dir(&path).unwrap();
    let fault = source.read(&Region::new(&[0, 0], &[1, 1]), &Pool::new()).unwrap_err();
    assert!(fault.message.contains("put in its place"), "{fault}");
}

#[test]
fn reading_while_others_save() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.zarr");
    let sink = start(&path);
    write_all(sink.as_ref(), 0.0);
    sink.publish().unwrap();
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                for _ in 0..100 {
                    let source = store::open(&path).unwrap();
                    let block = source.read(&Region::whole(&Shape::new(&SHAPE)), &Pool::new()).unwrap();
                    let values = block.slice::<f64>().unwrap();
                    assert!(values.iter().all(|v| *v == values[0]), "old and new chunks are mixed");
                }
            });
        }
        for round in 1..40 {
            let sink = start(&path);
            write_all(sink.as_ref(), round as f64);
            sink.publish().unwrap();
        }
    });
    assert_eq!(names(dir.path()), ["a.zarr"]);
}

#[test]
fn only_arrays_are_replaced() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    let refused = |name: &str, word: &str| {
        let fault = store::create(&at(name), &Shape::new(&SHAPE), DType::F64, &WriteOptions::default()).err().unwrap();
        assert!(fault.message.contains(word), "{name}: {fault}");
    };
    fs::create_dir(at("thesis")).unwrap();
    fs::write(at("thesis/chapter1"), "x").unwrap();
    refused("thesis", "no array");
    fs::write(at("file.zarr"), "x").unwrap();
    refused("file.zarr", "a file");
    fs::write(at("text.npy"), "not an array").unwrap();
    refused("text.npy", "no .npy");
    fs::create_dir(at("group.zarr")).unwrap();
    fs::write(at("group.zarr/.zgroup"), "{}").unwrap();
    refused("group.zarr", "no array");
    write_pattern(&at("mine.zarr"), &Shape::new(&SHAPE), DType::F64, &WriteOptions::default(), Order::C, 1);
    fs::write(at("mine.zarr/README"), "x").unwrap();
    refused("mine.zarr", "README");
    refused("a.xlsx", "format");
    refused("nowhere/a.zarr", "nowhere");
    refused("..", "no array");
    assert_eq!(fs::read_to_string(at("thesis/chapter1")).unwrap(), "x");
    assert!(names(dir.path()).iter().all(|n| !n.starts_with('.')));
}

#[test]
fn what_crashes_left_is_tidied_away() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    // A save that was killed; one that runs; an array that was moved aside when the power went.
    fs::create_dir_all(at(".a.zarr.arr-tmp-1-0/c")).unwrap();
    fs::write(at(".a.npy.arr-tmp-1-1"), "x").unwrap();
    let running = start(&at("b.zarr"));
    write_pattern(&at("c.zarr"), &Shape::new(&SHAPE), DType::F64, &WriteOptions::default(), Order::C, 1);
    fs::rename(at("c.zarr"), at(".c.zarr.arr-old-1-2")).unwrap();
    fs::write(at(".hidden"), "x").unwrap();
    drop(start(&at("d.zarr")));
    check_pattern(store::open(&at("c.zarr")).unwrap().as_ref());
    write_all(running.as_ref(), 3.0);
    running.publish().unwrap();
    assert_eq!(names(dir.path()), [".hidden", "b.zarr", "c.zarr"]);
}

#[test]
fn a_link_to_an_array_stays_a_link() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    fs::create_dir(at("data")).unwrap();
    write_pattern(&at("data/a.zarr"), &Shape::new(&SHAPE), DType::F64, &WriteOptions::default(), Order::C, 1);
    std::os::unix::fs::symlink("data/a.zarr", at("link.zarr")).unwrap();
    let sink = start(&at("link.zarr"));
    write_all(sink.as_ref(), 5.0);
    sink.publish().unwrap();
    assert!(at("link.zarr").symlink_metadata().unwrap().is_symlink());
    assert_eq!(first(store::open(&at("data/a.zarr")).unwrap().as_ref(), 3), 5.0);
}

#[test]
fn a_region_must_be_whole_chunks_of_the_right_type() {
    let dir = tempfile::tempdir().unwrap();
    let sink = start(&dir.path().join("a.zarr"));
    let part = Region::new(&[0, 0], &[5, 10]);
    assert!(sink.write(&part, &wanted(&Shape::new(&SHAPE), &part, DType::F64, Order::C)).is_err());
    let chunk = Region::new(&[0, 0], &[10, 10]);
    assert!(sink.write(&chunk, &wanted(&Shape::new(&SHAPE), &chunk, DType::F32, Order::C)).is_err());
    assert!(sink.write(&chunk, &wanted(&Shape::new(&SHAPE), &part, DType::F64, Order::C)).is_err());
    for codec in ["lzma", "zstd:99", "zstd:", "raw:1", ""] {
        let options = WriteOptions { codec: Some(codec.to_string()), ..WriteOptions::default() };
        let fault = store::create(&dir.path().join("b.zarr"), &Shape::new(&SHAPE), DType::F64, &options).err().unwrap();
        assert!(fault.message.contains("b.zarr"), "{fault}");
    }
}

/// Needs the right to mount a small file system in memory; elsewhere it says so.
#[test]
fn a_full_disk_is_a_fault_and_not_a_loss() {
    let dir = tempfile::tempdir().unwrap();
    let mount =
        std::process::Command::new("mount").args(["-t", "tmpfs", "-o", "size=256k", "tmpfs"]).arg(dir.path()).output();
    if !mount.is_ok_and(|o| o.status.success()) {
        eprintln!("skipped: this user may not mount a file system");
        return;
    }
    struct Unmount<'a>(&'a Path);
    impl Drop for Unmount<'_> {
        fn drop(&mut self) {
            let _ = std::process::Command::new("umount").arg(self.0).status();
        }
    }
    let unmount = Unmount(dir.path());
    for name in ["a.zarr", "a.npy"] {
        let path = dir.path().join(name);
        write_pattern(&path, &Shape::new(&SHAPE), DType::F64, &options_for(name), Order::C, 1);
        let shape = Shape::matrix(300, 300);
        let sink = store::create(&path, &shape, DType::F64, &WriteOptions::default()).unwrap();
        let region = Region::whole(&shape);
        let fault = sink.write(&region, &wanted(&shape, &region, DType::F64, Order::F)).unwrap_err();
        assert!(fault.message.contains(name) && fault.message.contains("no space left"), "{fault}");
        drop(sink);
        check_pattern(store::open(&path).unwrap().as_ref());
        assert_eq!(names(dir.path()), [name]);
        fs::remove_dir_all(&path).or_else(|_| fs::remove_file(&path)).unwrap();
    }
    drop(unmount);
}
