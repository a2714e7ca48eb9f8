//! Fuzzing on stable Rust. `cargo test` tries some hundred fixed texts on every target; a search is
//!
//! ```text
//! cargo test --test fuzz -- evaluator --seconds 3600 --seed 7
//! ```
//!
//! for one of `lexer`, `parser`, `evaluator`, `sizes`, `waiting`. Texts come from [`generate`], [`sizes`] and [`arrays`];
//! every one is tried in a child process, in a folder of its own, under bounds of time and memory. What brings a child
//! down is shortened line by line and kept in `target/fuzz/TARGET/`; `cargo test --test fuzz -- TARGET --file FILE` tries
//! one such file again. The same targets serve cargo fuzz (`fuzz/`), which needs a nightly compiler.

mod arrays;
mod generate;
mod sizes;
mod targets;
mod templates;

use arr::array::memory;
use generate::{Corpus, Rng};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// A text that takes longer hangs: a program is interrupted long before.
const HANG: Duration = Duration::from_secs(30);

/// Kilobytes of address space a child may have; the walker's stack is 1 GB of it.
const ADDRESSES: u64 = 5 << 20;

/// A child is replaced after so many texts, so that its memory says something about few of them.
const TEXTS: u64 = 500;

/// Bytes that may stay resident after a child's texts.
const RESIDENT: u64 = 1 << 30;

/// How many findings of one kind are kept.
const KEPT: usize = 2;

/// What the program itself allocates with: that memory is used up shows only in its count.
#[global_allocator]
static ALLOCATOR: arr::array::allocator::Allocator = arr::array::allocator::Allocator;

type Target = fn(&str);

const TARGETS: &[(&str, Target, u64)] = &[
    ("lexer", targets::lexer, 1000),
    ("parser", targets::parser, 600),
    ("evaluator", targets::evaluator, 250),
    ("sizes", targets::evaluator, 250),
    ("waiting", targets::waiting, 250),
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| args.iter().position(|arg| arg == name).and_then(|at| args.get(at + 1));
    let number = |name: &str, default: u64| option(name).and_then(|text| text.parse().ok()).unwrap_or(default);
    let chosen = args.first().and_then(|name| TARGETS.iter().find(|(target, ..)| target == name));
    let seed = number("--seed", 0);
    match chosen {
        Some((name, run, _)) if args.iter().any(|arg| arg == "--child") => child(name, *run, seed, number("--from", 0)),
        Some((name, run, _)) if option("--file").is_some() => {
            let file = option("--file").expect("asked just before");
            let text = std::fs::read(file).unwrap_or_else(|error| panic!("{name}: cannot read {file}: {error}"));
            prepare_child();
            run(&String::from_utf8_lossy(&text));
            ExitCode::SUCCESS
        }
        Some((name, ..)) => {
            let end = Instant::now() + Duration::from_secs(number("--seconds", 60));
            search(name, seed, number("--from", 0), &|_| Instant::now() < end)
        }
        // A filter meant for other tests.
        None if args.iter().any(|arg| !arg.starts_with('-')) => ExitCode::SUCCESS,
        None => {
            let failed =
                TARGETS.iter().any(|(name, _, texts)| search(name, 0, 0, &|done| done < *texts) != ExitCode::SUCCESS);
            if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
        }
    }
}

/// Text `number` of a seed, for a target.
fn text(corpus: &Corpus, target: &str, seed: u64, number: u64) -> String {
    let mut rng = Rng::new(seed, number);
    match target {
        "evaluator" => corpus.program(&mut rng),
        "sizes" => sizes::program(&mut rng),
        "waiting" => arrays::program(&mut rng),
        _ => corpus.text(&mut rng),
    }
}

/// A panic anywhere, caught or not, ends the process.
fn prepare_child() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        report(info);
        std::process::abort();
    }));
}

/// Tries one text after the other, saying the number of each before.
fn child(name: &str, run: Target, seed: u64, from: u64) -> ExitCode {
    prepare_child();
    let corpus = Corpus::read();
    let mut out = std::io::stdout();
    for at in from..from + TEXTS {
        let text = text(&corpus, name, seed, at);
        if writeln!(out, "{at}").and_then(|()| out.flush()).is_err() {
            break;
        }
        if !generate::leaves_its_folder(&text) {
            run(&text);
        }
    }
    let resident = memory::resident();
    assert!(resident < RESIDENT, "memory: {resident} bytes stay after {TEXTS} texts");
    ExitCode::SUCCESS
}

/// A running child and what it says.
struct Running {
    process: Child,
    lines: Receiver<String>,
    errors: std::thread::JoinHandle<String>,
}

fn start(args: &[&str], folder: &Path) -> Running {
    let _ = std::fs::remove_dir_all(folder);
    std::fs::create_dir_all(folder).expect("a folder for the child");
    let program = std::env::current_exe().expect("this program has a path");
    let mut process = Command::new("sh")
        .args(["-c", &format!("ulimit -v {ADDRESSES}; exec \"$0\" \"$@\"")])
        .arg(program)
        .args(args)
        .current_dir(folder)
        .env("TMPDIR", folder)
        .env("HOME", folder)
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a child can be started");
    let (say, lines) = channel();
    let out = BufReader::new(process.stdout.take().expect("piped"));
    std::thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| say.send(line)));
    let mut errors = process.stderr.take().expect("piped");
    let errors = std::thread::spawn(move || {
        let mut text = Vec::new();
        let _ = errors.read_to_end(&mut text);
        String::from_utf8_lossy(&text).into_owned()
    });
    Running { process, lines, errors }
}

/// How a child ended: the number of the last text it began, and what went wrong with it.
fn watch(mut running: Running, mut began: impl FnMut(u64) -> bool) -> (Option<u64>, Option<String>) {
    let mut last = None;
    let mut stopped = false;
    let mut hangs = false;
    loop {
        match running.lines.recv_timeout(HANG) {
            Ok(line) => {
                last = line.parse().ok().or(last);
                if let Some(at) = last
                    && !began(at)
                {
                    stopped = true;
                    break;
                }
            }
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                hangs = true;
                break;
            }
        }
    }
    if stopped || hangs {
        let _ = running.process.kill();
    }
    let status = running.process.wait().expect("a child ends");
    let errors = running.errors.join().unwrap_or_default();
    let problem = match (stopped, hangs) {
        (true, _) => None,
        (_, true) => Some("hang".to_owned()),
        _ if status.success() => None,
        _ => Some(errors.lines().filter(|line| !line.trim().is_empty()).take(4).collect::<Vec<_>>().join("\n")),
    };
    (last, problem)
}

/// Where a panic stood, or what else ended the process: what makes two findings the same.
fn kind(problem: &str) -> String {
    if let Some(line) = problem.lines().find(|line| line.starts_with("differs: ")) {
        // The functions called, without what they are given.
        let words = line.split(|c: char| !(c.is_alphanumeric() || c == '_'));
        return words
            .filter(|word| word.len() > 1 && !word.starts_with(|c: char| c.is_ascii_digit()))
            .take(7)
            .collect::<Vec<_>>()
            .join(" ");
    }
    let line =
        problem.lines().find(|line| line.contains("panicked at")).unwrap_or(problem.lines().next().unwrap_or(""));
    let place = line.split("panicked at ").nth(1).unwrap_or(line);
    place.chars().filter(|c| !c.is_ascii_digit() || line.contains("src/")).collect()
}

fn search(target: &str, seed: u64, from: u64, goes_on: &dyn Fn(u64) -> bool) -> ExitCode {
    let corpus = Corpus::read();
    let folder = std::env::temp_dir().join(format!("arr-fuzz-{}-{target}", std::process::id()));
    let kept = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/fuzz").join(target);
    let (mut at, mut done) = (from, 0);
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    while goes_on(done) {
        let (seed_text, from_text) = (seed.to_string(), at.to_string());
        let args = [target, "--child", "--seed", &seed_text, "--from", &from_text];
        let (last, problem) = watch(start(&args, &folder), |_| {
            done += 1;
            goes_on(done)
        });
        at = last.map_or(at, |last| last + 1);
        let Some(problem) = problem else { continue };
        let count = found.entry(kind(&problem)).or_default();
        *count += 1;
        if *count > KEPT {
            continue;
        }
        let number = at - 1;
        let mut culprit = text(&corpus, target, seed, number);
        if problem != "hang" && *count == 1 {
            culprit = shortened(target, culprit, &kind(&problem), &folder);
        }
        let _ = std::fs::create_dir_all(&kept);
        let file = kept.join(format!("{seed}-{number}.arr"));
        let _ = std::fs::write(&file, &culprit);
        println!("{target}: text {number} of seed {seed}, kept as {}\n{problem}\n{culprit}\n", file.display());
    }
    let _ = std::fs::remove_dir_all(&folder);
    let total: usize = found.values().sum();
    println!("{target}: {done} texts from seed {seed}, {total} findings of {} kinds", found.len());
    for (kind, count) in &found {
        println!("  {count:>6}  {kind}");
    }
    if found.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The text without the lines that the finding does not need.
fn shortened(target: &str, text: String, wanted: &str, folder: &Path) -> String {
    let fails = |lines: &[&str]| {
        let file = folder.with_extension("arr");
        let _ = std::fs::write(&file, lines.join("\n"));
        let (_, problem) = watch(start(&[target, "--file", &file.to_string_lossy()], folder), |_| true);
        let _ = std::fs::remove_file(&file);
        problem.is_some_and(|problem| kind(&problem) == wanted)
    };
    let mut lines: Vec<&str> = text.lines().collect();
    if !fails(&lines) {
        return text;
    }
    let mut size = lines.len().div_ceil(2);
    while size > 0 {
        let mut at = 0;
        while at < lines.len() {
            let mut fewer = lines.clone();
            fewer.drain(at..(at + size).min(lines.len()));
            if fails(&fewer) { lines = fewer } else { at += size }
        }
        size = if size == 1 { 0 } else { size.div_ceil(2) };
    }
    lines.join("\n")
}
