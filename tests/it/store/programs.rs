//! Saves and loads of whole programs that do not go well: the process is killed, the disk is full, the array is not what
//! its metadata says. Nothing is lost, nothing half made is left under a name, and the message tells what to look at.

use super::safety::names;
use super::{check_pattern, options, quick_directory, write_pattern};
use arr::array::{DType, Order, Region, Shape};
use arr::store;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

/// 3000x3000 doubles in 900 chunks: enough to be killed in the middle of.
const SAVE: &str = "x = (1:3000)'; save (\"a.zarr\", rechunk (sin (x + (1:3000)), [100 100]));";
const SHAPE: [usize; 2] = [3000, 3000];
const CHUNKS: usize = 900;

fn arr(directory: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_arr"));
    command.current_dir(directory).env("NO_COLOR", "1").args(["--threads", "2"]);
    if !words.contains(&"--memory") {
        command.args(["--memory", "64MB"]);
    }
    command.args(words);
    command
}

fn run(directory: &Path, words: &[&str]) -> Output {
    arr(directory, words).output().expect("arr runs")
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Runs a program that must fail, and gives what it says.
fn fails(directory: &Path, words: &[&str]) -> String {
    let output = run(directory, words);
    let text = text(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(!text.contains("panicked") && !text.contains("internal error"), "{text}");
    text
}

fn done(directory: &Path, words: &[&str]) -> String {
    let output = run(directory, words);
    assert!(output.status.success(), "{}", text(&output));
    text(&output)
}

/// The one hidden directory in which an array grows, if there is one.
fn growing(directory: &Path) -> Option<PathBuf> {
    let name = names(directory).into_iter().find(|name| name.starts_with(".a.zarr.arr-tmp-"))?;
    Some(directory.join(name))
}

fn chunks_in(directory: &Path) -> usize {
    let rows = fs::read_dir(directory.join("c")).into_iter().flatten().flatten();
    rows.map(|row| fs::read_dir(row.path()).map_or(0, Iterator::count)).sum()
}

/// Starts the save and kills it once some chunks are there. What it left is named.
fn killed_save(directory: &Path, wanted: usize) -> PathBuf {
    let mut child = arr(directory, &["-e", SAVE]).spawn().expect("arr runs");
    let began = Instant::now();
    let left = loop {
        assert!(began.elapsed() < Duration::from_secs(60), "nothing is written");
        assert!(child.try_wait().expect("a child").is_none(), "the save ended before it could be killed");
        match growing(directory) {
            Some(left) if chunks_in(&left) >= wanted => break left,
            _ => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    child.kill().expect("kill -9");
    child.wait().expect("a child");
    left
}

fn element(path: &Path, row: usize, column: usize) -> f64 {
    let source = store::open(path).expect("an array");
    let block = source.read(&Region::new(&[row, column], &[1, 1]), &arr::array::Pool::new()).expect("an element");
    block.data().get_f64(0)
}

#[test]
fn a_killed_save_leaves_the_old_array_and_goes_away() {
    let home = quick_directory();
    let dir = home.path();
    let path = dir.join("a.zarr");
    write_pattern(&path, &Shape::new(&[20, 30]), DType::F64, &options(&[10, 10], "raw", 3, Order::C), Order::C, 1);
    killed_save(dir, 50);
    check_pattern(store::open(&path).expect("the old array").as_ref());
    assert_eq!(names(dir).len(), 2, "the old array and what was left");
    // The next save beside it tidies up.
    done(dir, &["-e", "save (\"b.zarr\", 1:3)"]);
    assert_eq!(names(dir), ["a.zarr", "b.zarr"]);
    check_pattern(store::open(&path).expect("the old array").as_ref());
}

#[test]
fn a_killed_save_goes_on_where_it_stopped() {
    let home = quick_directory();
    let dir = home.path();
    let path = dir.join("a.zarr");
    let left = killed_save(dir, 200);
    let there = chunks_in(&left);
    // Damage done meanwhile is noticed: a chunk that is torn, one that is changed, one that is gone.
    let chunk = |name: &str| left.join("c").join(name);
    let written: Vec<_> =
        (0..30).flat_map(|i| (0..30).map(move |j| format!("{i}/{j}"))).filter(|n| chunk(n).exists()).collect();
    fs::write(chunk(&written[0]), b"torn").expect("a chunk");
    let mut bytes = fs::read(chunk(&written[1])).expect("a chunk");
    bytes[1000] ^= 1;
    fs::write(chunk(&written[1]), bytes).expect("a chunk");
    fs::remove_file(chunk(&written[2])).expect("a chunk");
    // Another array in the same directory does not disturb what can be gone on with.
    done(dir, &["--resume", "-e", "save (\"b.zarr\", 1:3)"]);
    let again = format!("{SAVE} r = lastrun (); printf (\"%d\", r.bytes_written)");
    let bytes: usize = done(dir, &["--resume", "-e", &again]).trim().parse().expect("a number");
    let chunk_bytes = 100 * 100 * 8;
    // Two threads may each have been in the middle of a chunk.
    let made = bytes / chunk_bytes;
    assert!((CHUNKS - there + 3..=CHUNKS - there + 10).contains(&made), "{made} chunks made, {there} were there");
    assert_eq!(names(dir), ["a.zarr", "b.zarr"]);
    assert!(!path.join(".arr-journal").exists());
    for (row, column) in [(0, 0), (7, 2999), (1234, 567), (2999, 2999)] {
        let wanted = ((row + column + 2) as f64).sin();
        assert!((element(&path, row, column) - wanted).abs() < 1e-15);
    }
    let source = store::open(&path).expect("the array");
    assert_eq!(source.meta().shape, Shape::new(&SHAPE));
    assert_eq!(source.stored().expect("its chunks").chunks, CHUNKS as u64);
}

#[test]
fn a_killed_save_of_one_file_goes_on_too() {
    let home = quick_directory();
    let dir = home.path();
    let save = SAVE.replace("a.zarr", "a.npy");
    let bytes_of_elements = SHAPE[0] * SHAPE[1] * 8;
    // Behind the elements stands the journal: its lines are the chunks that are there.
    let noted = |left: &Path| {
        let bytes = fs::read(left).unwrap_or_default();
        let journal = bytes.windows(11).rposition(|w| w == b"arr save of").unwrap_or(bytes.len());
        let lines = String::from_utf8_lossy(&bytes[journal..]).into_owned();
        lines.lines().skip(1).filter(|line| line.contains('/')).map(str::to_owned).collect::<Vec<_>>()
    };
    let mut child = arr(dir, &["-e", &save]).spawn().expect("arr runs");
    let began = Instant::now();
    let left = loop {
        assert!(began.elapsed() < Duration::from_secs(60), "nothing is written");
        assert!(child.try_wait().expect("a child").is_none(), "the save ended before it could be killed");
        let left = names(dir).into_iter().find(|name| name.starts_with(".a.npy.arr-tmp-")).map(|name| dir.join(name));
        match left {
            Some(left) if left.metadata().is_ok_and(|m| m.len() > bytes_of_elements as u64 + 5000) => break left,
            _ => std::thread::sleep(Duration::from_millis(1)),
        }
    };
    child.kill().expect("kill -9");
    child.wait().expect("a child");
    let there = noted(&left);
    assert!(there.len() > 100 && there.len() < CHUNKS, "{} chunks are there", there.len());
    // Damage done meanwhile to the first chunk that was noted.
    let key = there[0].rsplit(' ').next().expect("a key");
    let (row, column) = key.split_once('/').expect("two numbers");
    let at: usize = (column.parse::<usize>().unwrap() * 100 * SHAPE[0] + row.parse::<usize>().unwrap() * 100) * 8;
    let mut bytes = fs::read(&left).expect("the file");
    let start = bytes.iter().position(|&b| b == b'\n').expect("the end of the header") + 1;
    bytes[start + at] ^= 1;
    fs::write(&left, bytes).expect("the file");

    let again = format!("{save} r = lastrun (); printf (\"%d\", r.bytes_written)");
    let written: usize = done(dir, &["--resume", "-e", &again]).trim().parse().expect("a number");
    let made = written / (100 * 100 * 8);
    assert!((CHUNKS - there.len() + 1..=CHUNKS - there.len() + 4).contains(&made), "{made} chunks made");
    assert_eq!(names(dir), ["a.npy"]);
    let path = dir.join("a.npy");
    assert_eq!(path.metadata().expect("the file").len(), (start + bytes_of_elements) as u64, "no journal is left");
    let (row, column) = (row.parse::<usize>().unwrap() * 100, column.parse::<usize>().unwrap() * 100);
    for (row, column) in [(0, 0), (row, column), (7, 2999), (1234, 567), (2999, 2999)] {
        let wanted = ((row + column + 2) as f64).sin();
        assert!((element(&path, row, column) - wanted).abs() < 1e-15);
    }
}

#[test]
fn only_the_same_save_goes_on() {
    let home = quick_directory();
    let dir = home.path();
    let total = CHUNKS * 100 * 100 * 8;
    let tail = " r = lastrun (); printf (\"%d\", r.bytes_written)";
    for change in [("sin", "cos"), ("[100 100]", "[100 300]"), ("(1:3000)'", "(0:2999)'")] {
        killed_save(dir, 20);
        let other = SAVE.replacen(change.0, change.1, 1) + tail;
        let bytes: usize = done(dir, &["--resume", "-e", &other]).trim().parse().expect("a number");
        assert_eq!(bytes, total, "after {change:?} everything is made anew");
        assert_eq!(names(dir), ["a.zarr"]);
        fs::remove_dir_all(dir.join("a.zarr")).expect("an array");
    }
    // Without the option too.
    killed_save(dir, 20);
    let bytes: usize = done(dir, &["-e", &(SAVE.to_owned() + tail)]).trim().parse().expect("a number");
    assert_eq!(bytes, total);
    assert_eq!(names(dir), ["a.zarr"]);
}

#[test]
fn an_input_that_changed_is_another_save() {
    let home = quick_directory();
    let dir = home.path();
    done(dir, &["-e", "save (\"in.npy\", (1:3000)')"]);
    let program = "x = load (\"in.npy\"); save (\"a.zarr\", rechunk (sin (x + (1:3000)), [100 100]))";
    let mut child = arr(dir, &["-e", program]).spawn().expect("arr runs");
    let began = Instant::now();
    while growing(dir).is_none_or(|left| chunks_in(&left) < 20) {
        assert!(began.elapsed() < Duration::from_secs(60), "nothing is written");
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().expect("kill -9");
    child.wait().expect("a child");
    done(dir, &["--resume", "-e", "save (\"in.npy\", (2:3001)')"]);
    done(dir, &["--resume", "-e", program]);
    assert!((element(&dir.join("a.zarr"), 0, 0) - 3f64.sin()).abs() < 1e-15);
    assert_eq!(names(dir), ["a.zarr", "in.npy"]);
}

#[test]
fn an_array_is_saved_over_itself_while_it_is_read() {
    let home = quick_directory();
    let dir = home.path();
    done(dir, &["-e", "x = (1:300)'; save (\"a.zarr\", rechunk (x + 1000 * (1:200), [32 50]))"]);
    let program = "A = load (\"a.zarr\"); B = load (\"a.zarr\"); save (\"a.zarr\", rechunk (A, [32 50])'); C = load (\"a.zarr\"); \
                   printf (\"%d %d %d\", gather (A(7, 9)), gather (B(300, 200)), gather (C(9, 7)))";
    assert_eq!(done(dir, &["-e", program]), "9007 200300 9007");
    assert_eq!(names(dir), ["a.zarr"]);
}

/// A small file system in memory, gone with the value; `None`, with a note, where this user may not mount one.
struct Tiny(tempfile::TempDir);

impl Tiny {
    fn new(size: &str) -> Option<Tiny> {
        let home = tempfile::tempdir().expect("a directory");
        let size = format!("size={size}");
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(home.path()).output();
        if !mount.is_ok_and(|o| o.status.success()) {
            eprintln!("skipped: this user may not mount a file system");
            return None;
        }
        Some(Tiny(home))
    }
}

impl Drop for Tiny {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[test]
fn a_full_disk_ends_the_program_and_keeps_the_old_array() {
    let Some(tiny) = Tiny::new("2m") else { return };
    let dir = tiny.0.path();
    let path = dir.join("a.zarr");
    write_pattern(&path, &Shape::new(&[20, 30]), DType::F64, &options(&[10, 10], "raw", 3, Order::C), Order::C, 1);
    let said = fails(dir, &["-e", SAVE]);
    for word in ["a.zarr", "no space left", "chunk"] {
        assert!(said.contains(word), "{word:?} is not in: {said}");
    }
    check_pattern(store::open(&path).expect("the old array").as_ref());
    assert_eq!(names(dir), ["a.zarr"]);
}

#[test]
fn a_full_temporary_directory_is_told() {
    let Some(tiny) = Tiny::new("1m") else { return };
    let home = quick_directory();
    let dir = home.path();
    let full = tiny.0.path().to_string_lossy().into_owned();
    let sort = "x = (1:3000)'; save (\"a.zarr\", sort (rechunk (sin (x + (1:3000)), [100 100])(:)))";
    let said = fails(dir, &["--memory", "24MB", "--temp-dir", &full, "-e", sort]);
    for word in [full.as_str(), "no space left", "--temp-dir"] {
        assert!(said.contains(word), "{word:?} is not in: {said}");
    }
    assert_eq!(names(dir), Vec::<String>::new());
    assert_eq!(names(tiny.0.path()), Vec::<String>::new(), "nothing is left behind");
}

#[test]
fn damage_is_named_by_array_chunk_and_file() {
    let home = quick_directory();
    let dir = home.path();
    let make = "x = (1:300)'; save (\"a.zarr\", rechunk (x + (1:200), [100 100]), \"codec\", \"zstd:3\")";
    let sum = ["-e", "A = load (\"a.zarr\"); sum (sum (A))"];
    let chunk = dir.join("a.zarr/c/1/1");
    for damage in ["truncated", "garbage", "unreadable"] {
        done(dir, &["-e", make]);
        let bytes = fs::read(&chunk).expect("a chunk");
        match damage {
            "truncated" => fs::write(&chunk, &bytes[..bytes.len() / 2]).expect("a chunk"),
            "garbage" => fs::write(&chunk, vec![7; bytes.len()]).expect("a chunk"),
            _ => {
                fs::remove_file(&chunk).expect("a chunk");
                fs::create_dir(&chunk).expect("a directory where a chunk should be");
            }
        }
        let said = fails(dir, &sum);
        for word in ["a.zarr", "[1, 1]", "c/1/1"] {
            assert!(said.contains(word), "{damage}: {word:?} is not in: {said}");
        }
        fs::remove_dir_all(dir.join("a.zarr")).expect("an array");
    }
}

#[test]
fn metadata_that_lies_asks_for_nothing() {
    let home = quick_directory();
    let dir = home.path();
    done(dir, &["-e", "save (\"a.zarr\", rechunk (rand (300, 200), [100 100]), \"codec\", \"zstd:3\")"]);
    let file = dir.join("a.zarr/zarr.json");
    let honest = fs::read_to_string(&file).expect("metadata");
    let huge = "[\n    1000000000,\n    1000000000\n  ]";
    let shape = honest.replacen("[\n    300,\n    200\n  ]", huge, 1);
    let chunk = "[\n        100,\n        100\n      ]";
    assert!(shape != honest && honest.contains(chunk), "the metadata is written otherwise now: {honest}");
    let chunked = shape.replacen(chunk, huge, 1);
    let load = |what: &str| format!("A = load (\"a.zarr\"); {what}");
    for (text, what) in
        [(&shape, "gather (A)"), (&chunked, "A(1, 1)"), (&chunked, "sum (A(1, :))"), (&chunked, "gather (A)")]
    {
        fs::write(&file, text).expect("metadata");
        let said = fails(dir, &["-e", &load(what)]);
        assert!(said.contains("a.zarr") || said.contains("memory"), "{said}");
    }
}

#[test]
fn what_is_no_array_is_told() {
    let home = quick_directory();
    let dir = home.path();
    fs::create_dir(dir.join("plain.zarr")).expect("a directory");
    fs::write(dir.join("plain.zarr/notes.txt"), "x").expect("a file");
    assert!(fails(dir, &["-e", "load (\"plain.zarr\")"]).contains("notes.txt"));
    assert!(fails(dir, &["-e", "save (\"plain.zarr\", 1:3)"]).contains("no array"));
    assert_eq!(names(dir), ["plain.zarr"]);
}

#[test]
fn shards_and_codecs_can_be_given() {
    let home = quick_directory();
    let dir = home.path();
    let say = |options: &str| {
        done(dir, &["-e", &format!("save (\"a.zarr\", rechunk (ones (400, 300), [100 100]), {options})")]);
        let said = done(dir, &["info", "a.zarr"]);
        let ok = done(dir, &["-e", "A = load (\"a.zarr\"); printf (\"%d\", sum (sum (A)))"]);
        assert_eq!(ok, "120000");
        said
    };
    assert!(
        say("\"shard\", [200 200], \"chunk\", [50 50], \"codec\", \"gzip:7\"")
            .contains("chunks 50x50 in shards 200x200")
    );
    assert!(say("\"shard\", [400 Inf], \"chunk\", [100 100]").contains("in shards 400x300"));
    assert!(say("\"shard\", [200 100]").contains("in shards 200x100"));
    assert!(say("\"codec\", \"zstd:9\"").contains("zstd 9, chunks 100x100"));
    assert!(fails(dir, &["-e", "save (\"a.zarr\", ones (4), \"shard\", [3 3], \"chunk\", [2 2])"]).contains("shard"));
}
